"""El ZIP de muchas actas: las que se eligieron, siempre igual, y se comprueba sin el portal."""

import datetime as dt
import io
import json
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client

from sesiones import compendio
from stl_portal.sello import puntos
from tests.documentos.lector import en_voz_alta
from tests.personas import Reparto, crear_reparto
from tests.vida.archivadas import archivada, corregida
from tests.vida.momentos import sellada
from tests.vida.publicas import (
    lo_dice,
    pedazos,
    publicada_testada,
    publicar_sin_firmas,
    sellada_con_dato,
)
from tests.vida.verificando import publicada_sin_firmas

ZIP = "/sesiones/actas.zip"


def bajar(client: Client, consulta: str = "") -> bytes:
    """Lo que recibe cualquiera."""
    respuesta = client.get(ZIP + consulta)
    assert (respuesta.status_code, respuesta["Content-Type"]) == (200, "application/zip")
    return respuesta.getvalue()


def abrir(contenido: bytes) -> dict[str, bytes]:
    """Ruta y bytes de cada archivo."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
        assert zip_.testzip() is None
        return {ficha.filename: zip_.read(ficha) for ficha in zip_.infolist()}


def carpetas(archivos: dict[str, bytes]) -> list[str]:
    """La de cada acta, en el orden del manifiesto."""
    return [acta["carpeta"] for acta in json.loads(archivos["MANIFIESTO.json"])["actas"]]


def comprobar(archivos: dict[str, bytes], carpeta: Path) -> tuple[int, str]:
    """Lo que dice su programa en esa carpeta."""
    for ruta, contenido in archivos.items():
        destino = carpeta / ruta
        destino.parent.mkdir(parents=True, exist_ok=True)
        destino.write_bytes(contenido)
    corrida = subprocess.run(
        ["bash", "comprobar.sh"], cwd=carpeta, capture_output=True, text=True, timeout=120, check=False
    )
    return corrida.returncode, corrida.stdout + corrida.stderr


def test_se_comprueba_entero_y_se_nota_cualquier_cambio(
    client: Client, reparto: Reparto, tmp_path: Path
) -> None:
    publicada_sin_firmas(reparto)
    puntos.publicar()
    contenido = bajar(client)
    assert contenido == bajar(client)
    archivos = abrir(contenido)
    [carpeta] = carpetas(archivos)
    assert comprobar(archivos, tmp_path / "bien") == (
        0,
        f"Consta  ./{carpeta}\nTodo está como se publicó.\n",
    )
    acta = f"{carpeta}/acta.json"
    cambiada = archivos | {acta: archivos[acta].replace(b"Sesi", b"Sesy", 1)}
    codigo, dicho = comprobar(cambiada, tmp_path / "cambiada")
    assert (codigo, f"MAL  ./{carpeta}" in dicho, "Algo no está como se publicó." in dicho) == (1, True, True)
    codigo, dicho = comprobar(archivos | {"de-mas.txt": b"x"}, tmp_path / "de-mas")
    assert (codigo, "No estaban en el ZIP:\nde-mas.txt" in dicho) == (1, True)


def test_van_las_elegidas_y_de_cada_una_la_ultima_publicada(client: Client, reparto: Reparto) -> None:
    otro = crear_reparto("otro")
    corregida(reparto, archivada(reparto))
    archivada(otro, fecha=dt.date(2025, 3, 19))
    sellada(crear_reparto("sin-publicar"))
    todas = abrir(bajar(client))
    primera, segunda = carpetas(todas)
    assert (primera.split("/")[0], segunda.split("/")[0], segunda.endswith("-v2")) == ("otro", "prueba", True)
    assert [ruta for ruta in todas if ruta.startswith(f"{primera}/")] == [
        f"{primera}/{nombre}" for nombre in ("acta.json", "acta.xml", "acta.pdf")
    ]
    assert primera in todas["LEEME.txt"].decode()  # todavía sin punto de control, y se dice
    assert carpetas(abrir(bajar(client, "?organo=prueba"))) == [segunda]
    assert carpetas(abrir(bajar(client, "?anio=2025"))) == [primera]
    assert client.get(f"{ZIP}?anio=1999").status_code == 404
    assert client.get(f"{ZIP}?anio=ayer").status_code == 422
    assert client.head(ZIP).getvalue() == b""
    assert f'href="{ZIP}?anio=2025"' in client.get("/sesiones/?anio=2025").content.decode()


def test_lo_testado_no_va(client: Client, reparto: Reparto) -> None:
    publicada_testada(reparto)
    puntos.publicar()
    archivos = abrir(bajar(client))
    assert [ruta for ruta, contenido in archivos.items() if lo_dice(contenido)] == []
    assert json.loads(archivos["MANIFIESTO.json"])["actas"][0]["version_publica"] is True


def test_con_los_extractos_que_se_pidan_y_cada_uno_dice_lo_que_el_acta(
    client: Client, reparto: Reparto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sello = publicada_testada(reparto)
    puntos.publicar()
    assert [ruta for ruta in abrir(bajar(client)) if "extractos" in ruta] == []
    contenido = bajar(client, "?extractos=1")
    assert contenido == bajar(client, "?extractos=1")
    archivos = abrir(contenido)
    [carpeta] = carpetas(archivos)
    uno = f"extractos/{carpeta}/acuerdo-1"
    [acta] = json.loads(archivos["MANIFIESTO.json"])["actas"]
    assert acta["extractos"] == [{"acuerdo": 1, "pdf": f"{uno}.pdf", "partes": f"{uno}.jsonl"}]
    assert [ruta for ruta, bytes_ in archivos.items() if lo_dice(bytes_)] == []
    leido = en_voz_alta(archivos[f"{uno}.pdf"])
    for dicho in ("Extracto del acuerdo primero", "la versión pública del acta", sello.codigo, "testado 1"):
        assert dicho in leido
    assert not any(lo_dice(pedazo) for pedazo in pedazos(archivos[f"{uno}.pdf"]))
    bien = f"Consta  ./{carpeta}\nLo dice el acta  ./{uno}.jsonl\nTodo está como se publicó.\n"
    assert comprobar(archivos, tmp_path / "bien") == (0, bien)
    # Quien rehaga también las huellas no logra que el acta diga lo que no dice, ni que sea de otra acta.
    for n, (antes, ahora) in enumerate(((b"Se llama", b"No se llama"), (b'"acta":"', b'"acta":"0'))):
        otro = archivos[f"{uno}.jsonl"].replace(antes, ahora)
        cambiados = archivos | {f"{uno}.jsonl": otro}
        cambiados["SHA256SUMS"] = archivos["SHA256SUMS"].replace(
            sha256(archivos[f"{uno}.jsonl"]).hexdigest().encode(), sha256(otro).hexdigest().encode()
        )
        codigo, dicho = comprobar(cambiados, tmp_path / str(n))
        assert (codigo, f"MAL  ./{uno}.jsonl" in dicho, f"Consta  ./{carpeta}" in dicho) == (1, True, True)
    monkeypatch.setattr(compendio, "CABEN", 0)
    de_mas = client.get(f"{ZIP}?extractos=1")
    assert (de_mas.status_code, "elige un órgano o un año" in de_mas.content.decode()) == (422, True)


def test_tambien_hay_extracto_de_un_acta_en_la_que_nada_se_testo(
    client: Client, reparto: Reparto, tmp_path: Path
) -> None:
    publicar_sin_firmas(reparto, sellada_con_dato(reparto))
    puntos.publicar()
    archivos = abrir(bajar(client, "?extractos=1"))
    [carpeta] = carpetas(archivos)
    uno = f"extractos/{carpeta}/acuerdo-1"
    leido = en_voz_alta(archivos[f"{uno}.pdf"])
    assert ("Extracto del acuerdo primero" in leido, "versión pública" in leido) == (True, False)
    assert comprobar(archivos, tmp_path / "bien") == (
        0,
        f"Consta  ./{carpeta}\nLo dice el acta  ./{uno}.jsonl\nTodo está como se publicó.\n",
    )


@pytest.mark.apariencia
def test_quien_conduce_halla_la_certificacion_donde_se_lee_el_acuerdo(
    client: Client, reparto: Reparto
) -> None:
    sesion = publicada_testada(reparto).acta.sesion
    liga = f'href="/mesa/prueba/{sesion.clave}/acuerdo/1/certificacion.pdf"'
    paginas = (f"/acuerdos/prueba/{sesion.clave}/1/", f"{sesion.get_absolute_url()}acta/")
    halla = {}
    for papel in ("", "integrante", "facilitadora"):
        if papel:
            client.force_login(reparto.cuentas[papel])
        halla[papel] = [liga in client.get(pagina).content.decode() for pagina in paginas]
    assert halla == {"": [False] * 2, "integrante": [False] * 2, "facilitadora": [True] * 2}


@pytest.mark.django_db
def test_sin_ninguna_acta_se_dice(client: Client) -> None:
    dicho = client.get(ZIP)
    assert (dicho.status_code, "todavía un acta publicada" in dicho.content.decode()) == (404, True)
