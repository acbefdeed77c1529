"""La copia en otra parte: igual, completa y de verdad en otra parte."""

from pathlib import Path

import pytest

from stl_portal.respaldo import otro_lugar
from stl_portal.respaldo.errores import NoSePudo


@pytest.fixture
def hecho(tmp_path: Path) -> Path:
    ruta = tmp_path / "respaldo-20261122T090000Z.tar.age"
    ruta.write_bytes(b"cifrado" * 1000)
    return ruta


def test_a_una_carpeta(hecho: Path, tmp_path: Path) -> None:
    copias = tmp_path / "copias"
    with pytest.raises(NoSePudo, match=r"¿Se desmontó\?"):
        otro_lugar.a_la_carpeta(hecho, copias, otro_disco=False)
    assert not copias.exists()
    copias.mkdir()
    copia = otro_lugar.a_la_carpeta(hecho, copias, otro_disco=False)
    assert [ruta.name for ruta in copias.iterdir()] == [hecho.name]
    assert (copia.read_bytes(), copia.stat().st_mode & 0o777) == (hecho.read_bytes(), 0o600)
    with pytest.raises(NoSePudo, match="mismo disco"):
        otro_lugar.a_la_carpeta(hecho, copias, otro_disco=True)


def test_una_copia_que_no_sale_igual_no_se_queda(
    hecho: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copias = tmp_path / "copias"
    copias.mkdir()
    monkeypatch.setattr(otro_lugar.shutil, "copyfileobj", lambda origen, destino: destino.write(b"otra cosa"))
    with pytest.raises(NoSePudo, match="no salió igual"):
        otro_lugar.a_la_carpeta(hecho, copias, otro_disco=False)
    assert list(copias.iterdir()) == []


def test_con_una_orden(hecho: Path, tmp_path: Path) -> None:
    otro_lugar.con_orden(hecho, f"cp {{archivo}} '{tmp_path}/con marca'")
    assert (tmp_path / "con marca").read_bytes() == hecho.read_bytes()
    (tmp_path / "con marca.d").mkdir()
    otro_lugar.con_orden(hecho, f"cp --target-directory='{tmp_path}/con marca.d'")
    assert (tmp_path / "con marca.d" / hecho.name).read_bytes() == hecho.read_bytes()
    for orden, frase in (
        ("cp {archivo} /no/hay/x", "falló: .*/no/hay/x"),
        ("/no/hay", "no existe «/no/hay»"),
    ):
        with pytest.raises(NoSePudo, match=frase):
            otro_lugar.con_orden(hecho, orden)
