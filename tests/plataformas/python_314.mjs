// Ejecuta un guion en el Python 3.14 que Pyodide compila para Node, con el curso en «/curso».
// Uso: node python_314.mjs CARPETA_DE_PYODIDE CARPETA_DEL_CURSO GUION
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, curso, guion] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodide, "pyodide.mjs")));
const python = await loadPyodide();
python.mountNodeFS("/curso", curso);
python.runPython(readFileSync(guion, "utf8"));
