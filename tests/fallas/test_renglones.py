"""La tabla de fallas nombra pruebas que existen: un renglón que apunta a nada no ensaya nada."""

from pathlib import Path

from tests.fallas.renglones import TABLA

RAIZ = Path(__file__).resolve().parent.parent.parent


def test_cada_archivo_y_orden_de_la_tabla_existe() -> None:
    """La corrida larga dura una hora: mejor enterarse antes."""
    nombrados = [parte for r in TABLA for c in r.corridas for parte in c.que if "/" in parte]
    assert len(nombrados) > len(TABLA)
    assert [parte for parte in nombrados if not (RAIZ / parte).exists()] == []
