"""Lo que responde cada dirección: el archivo con sus cabeceras, 304, 404, 410 y 422 con el campo."""

import gzip
import hashlib
import io
import json

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from stl_portal.datos import versiones
from stl_portal.datos.registro import LOTE, SUELTOS, Conjunto, Suelto
from stl_portal.publico import edicion
from tests.datos import releer
from tests.datos.muestra import crear

CSV = "/datos/muestra.csv"


def _cuerpo(respuesta: object) -> bytes:
    return b"".join(respuesta)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("forma", "tipo", "disposicion"),
    [
        ("csv", "text/csv; charset=utf-8", 'attachment; filename="muestra.csv"'),
        ("json", "application/json", 'inline; filename="muestra.json"'),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            'attachment; filename="muestra.xlsx"',
        ),
    ],
)
def test_cada_forma_va_con_sus_cabeceras(
    client: Client, muestra: Conjunto, forma: str, tipo: str, disposicion: str
) -> None:
    crear(1)
    respuesta = client.get(f"/datos/muestra.{forma}")
    assert _cuerpo(respuesta)
    assert respuesta["Content-Type"] == tipo
    assert respuesta["Content-Disposition"] == disposicion
    assert respuesta["Cache-Control"] == "public, no-cache"
    assert respuesta["Access-Control-Allow-Origin"] == "*"
    assert respuesta["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert respuesta["Link"] == (
        '<https://datos.gob.mx/libreusomx>; rel="license", '
        '<http://127.0.0.1:8000/datos/muestra.esquema.json>; rel="describedby"'
    )
    assert "Set-Cookie" not in respuesta
    assert "Cookie" not in respuesta.get("Vary", "")


def test_los_filtros_de_la_direccion_valen_en_cada_forma(client: Client, muestra: Conjunto) -> None:
    crear(4)
    esperadas = ["aviso/1", "aviso/3"]
    en_csv = releer.de_csv(muestra, _cuerpo(client.get(f"{CSV}?estado=enviado")))
    en_json = releer.de_json(muestra, _cuerpo(client.get("/datos/muestra.json?estado=enviado")))
    en_xlsx = releer.de_xlsx(muestra, _cuerpo(client.get("/datos/muestra.xlsx?estado=enviado")))
    assert [[f[0] for f in filas] for filas in (en_csv, en_json, en_xlsx)] == [esperadas] * 3


@pytest.mark.parametrize(
    "url",
    [
        *("/datos/nada.csv", "/datos/nada/", "/datos/nada/versiones/", "/datos/nada/versiones/1.csv"),
        *(
            "/datos/muestra.pdf",
            "/datos/muestra.geojson",
            "/datos/muestra.csv.gz",
            "/datos/nada.esquema.json",
        ),
        *("/datos/muestra/versiones/1.csv", "/datos/muestra/versiones/0.csv", "/datos/Muestra.csv"),
        "/datos/muestra/versiones/99999999999999999999.csv",
        "/datos/nada.csv?anio=ayer",
    ],
)
def test_lo_que_no_existe_es_404(client: Client, muestra: Conjunto, url: str) -> None:
    assert client.get(url).status_code == 404


def test_un_filtro_malo_es_422_con_su_campo(client: Client, muestra: Conjunto) -> None:
    en_json = client.get("/datos/muestra.json?anio=ayer")
    frase = "«anio» debe ser un año de cuatro cifras, como 2026."
    assert en_json.status_code == 422
    assert en_json.json() == {"error": "filtro", "campo": "anio", "mensaje": frase}
    for url in (f"{CSV}?anio=ayer", "/datos/muestra.xlsx?anio=ayer", "/datos/muestra/?anio=ayer"):
        respuesta = client.get(url)
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)


def test_lo_que_ya_se_tiene_no_se_vuelve_a_componer(
    client: Client, muestra: Conjunto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crear(LOTE + 1)
    edicion.subir()
    primera = client.get(CSV)
    _cuerpo(primera)
    with django_assert_num_queries(1):
        conocida = client.get(CSV, headers={"If-None-Match": primera["ETag"]})
    assert (conocida.status_code, conocida.content) == (304, b"")
    assert conocida["ETag"] == primera["ETag"]
    assert client.get(f"{CSV}?anio=2026")["ETag"] != primera["ETag"]
    edicion.subir()
    assert client.get(CSV, headers={"If-None-Match": primera["ETag"]}).status_code == 200


def test_head_no_compone_nada(
    client: Client, muestra: Conjunto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crear(3)
    with django_assert_num_queries(1):
        respuesta = client.head(CSV)
    assert (respuesta.status_code, respuesta["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_solo_se_lee(client: Client, muestra: Conjunto) -> None:
    for url in ("/datos/", "/datos/muestra/", CSV, "/datos/catalogo.jsonld", "/datos/muestra/versiones/"):
        assert client.post(url).status_code == 405


def test_muchos_libros_seguidos_esperan(client: Client, muestra: Conjunto, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "datos_xlsx": "2/10m/ip"}
    direccion = {"REMOTE_ADDR": "192.0.2.77"}
    codigos = [client.get("/datos/muestra.xlsx", **direccion).status_code for _ in range(3)]  # type: ignore[arg-type]
    assert codigos == [200, 200, 429]
    assert client.get("/datos/muestra.xlsx", **direccion)["Retry-After"] == "600"  # type: ignore[arg-type]
    assert client.get(CSV, **direccion).status_code == 200  # type: ignore[arg-type]


def test_una_version_se_descarga_comprimida_o_no_y_es_la_misma(client: Client, muestra: Conjunto) -> None:
    crear(3)
    vigente = _cuerpo(client.get(CSV))
    guardada = versiones.guardar(muestra, timezone.now())
    assert guardada
    crear(2, desde=3)
    url = "/datos/muestra/versiones/1.csv"
    llana, comprimida = client.get(url), client.get(url, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in llana
    sin_querer = client.get(url, headers={"Accept-Encoding": "br, gzip;q=0"})
    assert _cuerpo(sin_querer) == vigente
    assert _cuerpo(llana) == vigente
    assert int(llana["Content-Length"]) == len(vigente)
    assert comprimida["Content-Encoding"] == "gzip"
    bytes_comprimidos = _cuerpo(comprimida)
    assert gzip.GzipFile(fileobj=io.BytesIO(bytes_comprimidos)).read() == vigente
    assert int(comprimida["Content-Length"]) == len(bytes_comprimidos)
    huella = hashlib.sha256(vigente).hexdigest()
    assert (llana["ETag"], comprimida["ETag"]) == (f'"{huella}"', f'"{huella}-gzip"')
    pedidos = [(tiene["ETag"], acepta) for tiene in (llana, comprimida) for acepta in ("identity", "gzip")]
    respondidos = [
        client.get(url, headers={"If-None-Match": tiene, "Accept-Encoding": acepta})
        for tiene, acepta in pedidos
    ]
    assert [r.status_code for r in respondidos] == [304, 200, 200, 304]
    assert {r["Vary"] for r in (llana, comprimida, *respondidos)} == {"Accept-Encoding"}
    assert llana["Content-Disposition"] == 'attachment; filename="muestra-version-1.csv"'
    assert client.get("/datos/muestra/versiones/1.esquema.json").json() == guardada.esquema


def test_una_version_retirada_ya_no_se_entrega_y_dice_por_que(client: Client, muestra: Conjunto) -> None:
    crear(1)
    guardada = versiones.guardar(muestra, timezone.now())
    assert guardada
    etiqueta = client.get(guardada.get_absolute_url())["ETag"]
    versiones.retirar(guardada, "Llevaba un dato personal.", timezone.now())
    respuesta = client.get(guardada.get_absolute_url(), headers={"If-None-Match": etiqueta})
    assert respuesta.status_code == 410
    assert "Llevaba un dato personal." in respuesta.content.decode()
    assert "aviso/0" not in respuesta.content.decode()


def test_un_archivo_que_no_es_tabla_se_transmite(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    suelto = Suelto(
        "popo.json", "Otro", "De prueba.", "application/json", lambda: iter((b"[1,", b"2]")), "Yo", "Pruebas"
    )
    monkeypatch.setitem(SUELTOS, suelto.nombre, suelto)
    respuesta = client.get("/datos/popo.json")
    assert json.loads(_cuerpo(respuesta)) == [1, 2]
    assert respuesta["Access-Control-Allow-Origin"] == "*"
    assert client.get("/datos/popo.json", headers={"If-None-Match": respuesta["ETag"]}).status_code == 304
    assert "popo.json" in client.get("/datos/").content.decode()
