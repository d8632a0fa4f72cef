"""La orden `parecidos` con una clase de treinta: señala las tres copias, y a nadie más."""

import re

from clase_inventada import clase, informe

COPIAS = {
    ("Ana Alba", "Lidia Literal"): "código",
    ("Bruno Bello", "Nora Nombres"): "código",
    ("Carla Cano", "Omar Otro"): "modelo",
}


def test_senala_las_tres_copias_y_a_nadie_mas(tmp_path):
    dicho = informe(clase(), tmp_path / "entregas")
    assert "08_proyecto_final: 30 entregas. Parejas que mirar: 3." in dicho
    bloques = re.findall(r"^(\S.*?) · (\S.*)\n((?:  - .*\n)+)", dicho, re.MULTILINE)
    motivos = {(una, otra): dichos for una, otra, dichos in bloques}
    assert motivos.keys() == COPIAS.keys()
    for pareja, motivo in COPIAS.items():
        assert f"  - {motivo}: " in motivos[pareja]
    assert "de la variante de «Carla Cano»" in motivos["Carla Cano", "Omar Otro"]
