"""La copia queda entera o no queda, y nunca pisa lo que no es una copia."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from stl_portal.exportacion import comprobar, copia, entrega


@pytest.fixture(autouse=True)
def _solo_la_ayuda(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un sitio de una página y lo que ella enlaza dentro de `/static/`: lo demás se prueba aparte."""
    monkeypatch.setattr(copia, "semillas", lambda: iter(["/ayuda/"]))
    monkeypatch.setattr(
        "stl_portal.exportacion.direcciones.se_copia", lambda direccion: direccion.startswith("/static/")
    )


def _exportar(carpeta: Path) -> str:
    dicho = StringIO()
    call_command("exportar_sitio", str(carpeta), stdout=dicho, stderr=dicho)
    return dicho.getvalue()


@pytest.mark.django_db
def test_otra_copia_toma_el_lugar_de_la_anterior(tmp_path: Path) -> None:
    carpeta = tmp_path / "nueva" / "copia"
    assert "todo cuadra" in _exportar(carpeta)
    assert "todo cuadra" in _exportar(carpeta)
    assert [ruta.name for ruta in carpeta.parent.iterdir()] == ["copia"]


@pytest.mark.django_db
@pytest.mark.parametrize("que", ["ajena", "copia con algo más", "archivo", "liga"])
def test_no_se_escribe_sobre_otra_cosa(tmp_path: Path, que: str) -> None:
    carpeta = tmp_path / "copia"
    if que == "archivo":
        carpeta.write_text("mío")
    elif que == "liga":
        (tmp_path / "otra").mkdir()
        carpeta.symlink_to(tmp_path / "otra")
    else:
        if que == "copia con algo más":
            _exportar(carpeta)
        carpeta.mkdir(exist_ok=True)
        (carpeta / "mi-tesis.txt").write_text("mía")
    antes = sorted(tmp_path.rglob("*"))
    with pytest.raises(CommandError, match="Elige otra"):
        _exportar(carpeta)
    assert sorted(tmp_path.rglob("*")) == antes


@pytest.mark.django_db
def test_una_corrida_interrumpida_no_deja_nada_ni_toca_la_anterior(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carpeta = tmp_path / "copia"
    _exportar(carpeta)
    antes = {ruta: ruta.stat().st_mtime_ns for ruta in tmp_path.rglob("*")}

    def cortar(hecha: copia.Copia) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entrega, "terminar", cortar)
    with pytest.raises(KeyboardInterrupt):
        _exportar(carpeta)
    with pytest.raises(KeyboardInterrupt):
        _exportar(tmp_path / "nunca")
    assert {ruta: ruta.stat().st_mtime_ns for ruta in tmp_path.rglob("*") if ruta != tmp_path} == antes


@pytest.mark.django_db
def test_comprobar_encuentra_lo_que_se_cambio(tmp_path: Path) -> None:
    carpeta = tmp_path / "copia"
    _exportar(carpeta)
    ayuda = carpeta / "ayuda" / "index.html"
    ayuda.write_text(
        ayuda.read_text().replace("</main>", '<a href="../no/hay.html">x</a><a href="#nada">y</a></main>')
    )
    (carpeta / entrega.LEEME).unlink()
    (carpeta / "nuevo.txt").write_text("x")
    assert [str(p) for p in comprobar.todo(carpeta)] == [
        "ayuda/index.html: no existe: ../no/hay.html",
        "ayuda/index.html: ese lugar no está en la página: #nada",
        "LEEME.txt: falta",
        "ayuda/index.html: cambió",
        "nuevo.txt: no está en la lista de huellas",
    ]
    with pytest.raises(CommandError, match="no cuadra: 5"):
        call_command("exportar_sitio", str(carpeta), "--comprobar", stdout=StringIO(), stderr=StringIO())


@pytest.mark.parametrize(
    ("liga", "problema"),
    [
        ("/ayuda/", "necesita un servidor"),
        ("index.html?page=2", "necesita un servidor"),
        ("../fuera.html", "sale de la carpeta"),
        ("carpeta/", "no existe"),
        ("otra.html#aqui", ""),
        ("otra.html#alla", "ese lugar no está en la página"),
        ("https://otro.example/x?y=1", ""),
        ("mailto:a@b.example", ""),
    ],
)
def test_el_comprobador_distingue_las_ligas(tmp_path: Path, liga: str, problema: str) -> None:
    raiz = tmp_path / "copia"
    (raiz / "carpeta").mkdir(parents=True)
    (tmp_path / "fuera.html").write_text("x")
    (raiz / "otra.html").write_text('<p id="aqui">x</p>')
    (raiz / "index.html").write_text(f'<a href="{liga}">x</a>')
    esperado = [f"index.html: {problema}: {liga}"] if problema else []
    assert [str(p) for p in comprobar.ligas_rotas(raiz)] == esperado


def test_una_carpeta_cualquiera_no_es_una_copia(tmp_path: Path) -> None:
    (tmp_path / entrega.MANIFIESTO).write_text(json.dumps({"formato": "otra-cosa"}))
    (tmp_path / entrega.HUELLAS).write_text("")
    with pytest.raises(CommandError, match="no es una copia"):
        call_command("exportar_sitio", str(tmp_path), "--comprobar")


@pytest.mark.django_db
def test_el_nombre_del_sitio_debe_poder_atenderse(tmp_path: Path, settings: Settings) -> None:
    settings.SITIO = "https://otro.ejemplo.mx"
    with pytest.raises(CommandError, match="ALLOWED_HOSTS"):
        _exportar(tmp_path / "copia")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sitio", "avisa"),
    [("http://127.0.0.1:8000", True), ("http://localhost:8000", True), ("https://portal.ejemplo.mx", False)],
)
def test_dice_a_que_portal_apunta_y_avisa_si_nadie_mas_llega(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, sitio: str, avisa: bool
) -> None:
    settings.SITIO, settings.ALLOWED_HOSTS = sitio, ["*"]
    monkeypatch.setattr("stl_portal.exportacion.copia.semillas", lambda: iter(()))
    dicho, error = StringIO(), StringIO()
    call_command("exportar_sitio", str(tmp_path / "copia"), stdout=dicho, stderr=error)
    assert f"LEEME.txt dirán {sitio}\n" in dicho.getvalue()
    assert ("solo existe en esta máquina" in error.getvalue()) is avisa
