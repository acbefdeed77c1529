"""El número de cada petición, lo que se anota de ella y lo que nunca se anota."""

import logging
import re
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from stl_portal.cuentas.models import Usuario
from stl_portal.observa import consultas
from stl_portal.observa.entrada import Observada
from stl_portal.observa.peticion import referencia_de
from stl_portal.publico import errores
from tests import servidor
from tests.observa.entrada import Portal, anotado, renglones
from tests.personas import Reparto

CORREO, TEXTO = "juana.perez@correo-suyo.example", "Me dicen La Güera y vivo en Reforma 222"
PERSONALES = (
    CORREO,
    CORREO.replace("@", "%40"),
    "juana",
    "Güera",
    "Reforma",
    "PEGJ800101MGTRRN09",
    "secreto",
)


@pytest.mark.parametrize(
    ("recibida", "se_queda"),
    [
        ("4101d51642a430ad", True),
        ("0f8fad5b-d9cb-469f-a165-70867728950e", True),
        ("corta", False),
        ("a" * 65, False),
        ("con espacio 1234", False),
        ("renglon\ny otro12", False),
        ("-empieza-mal", False),
        ("<script>alert(1)", False),
        ("", False),
        (None, False),
    ],
)
def test_la_referencia_que_llega_se_queda_solo_si_tiene_forma_de_serlo(recibida: Any, se_queda: bool) -> None:
    dada = referencia_de(recibida)
    assert (dada == recibida) is se_queda
    assert se_queda or re.fullmatch("[0-9a-f]{16}", dada)


@pytest.mark.django_db(transaction=True)
def test_lo_guardado_no_congela_el_numero_de_nadie(reparto: Reparto) -> None:
    portal = Portal()
    with anotado() as salida:
        primera = portal.pedir("/sesiones/", headers={"x-request-id": "de-la-primera-1"})
        segunda = portal.pedir("/sesiones/?", headers={"x-request-id": "de-la-segunda-2"})
        tercera = portal.pedir("/sesiones/")
    assert [r.referencia for r in (primera, segunda)] == ["de-la-primera-1", "de-la-segunda-2"]
    assert re.fullmatch("[0-9a-f]{16}", tercera.referencia)
    assert primera.cuerpo == segunda.cuerpo == tercera.cuerpo
    assert "de-la-primera" not in segunda.cuerpo + str(tercera.cabeceras)
    compuesta, *guardadas = renglones(salida)
    assert compuesta["consultas"] > 1
    for renglon in guardadas:
        assert (renglon["ruta"], renglon["codigo"], renglon["consultas"]) == ("sesiones:lista", 200, 1)
    assert [r["referencia"] for r in (compuesta, *guardadas)] == [
        "de-la-primera-1",
        "de-la-segunda-2",
        tercera.referencia,
    ]


@pytest.mark.django_db(transaction=True)
def test_de_cada_peticion_un_renglon_con_su_ruta_y_su_rol_sin_consultas_de_mas(reparto: Reparto) -> None:
    portal, galleta = Portal(), servidor.galleta(reparto.cuentas["facilitadora"])
    with anotado() as salida:
        portal.pedir("/salud/")
        portal.pedir("/mi/", headers={"cookie": galleta})
        portal.pedir(f"/no-existe/{CORREO}/?q={CORREO}")
        portal.pedir("/mi/", "QUITAR")
    dichos = [r for r in renglones(salida) if r["registro"] == "stl_portal.peticiones"]
    assert all(r.pop("ms") >= 0 and r.pop("hora") and len(r.pop("referencia")) == 16 for r in dichos)
    consultas_de_mi = dichos[1].pop("consultas")
    assert consultas_de_mi > 1
    fijo = {"nivel": "INFO", "registro": "stl_portal.peticiones", "mensaje": "petición"}
    salud = {"metodo": "GET", "ruta": "salud", "codigo": 200, "consultas": 0, "rol": "anonima"}
    assert dichos[0] == fijo | salud
    assert dichos[1] == fijo | {"metodo": "GET", "ruta": "mi", "codigo": 200, "rol": "cuenta"}
    assert {dichos[2][k] for k in ("ruta", "rol", "codigo")} == {"ninguna", "anonima", 404}
    assert (dichos[3]["metodo"], dichos[3]["ruta"]) == ("OTRO", "mi")
    assert "juana" not in salida.getvalue()


@pytest.mark.django_db(transaction=True)
def test_de_lo_que_se_niega_un_aviso_con_el_numero_de_la_cuenta(reparto: Reparto) -> None:
    """Y de lo que se concede, o de lo que no existe para nadie, ninguno."""
    portal, extrana, auditora = Portal(), reparto.cuentas["extrana"], reparto.cuentas["auditora"]
    ajena, lectora = servidor.galleta(extrana), servidor.galleta(auditora)
    seguridad = logging.getLogger("stl_portal.seguridad")
    with anotado() as salida:
        seguridad.setLevel(logging.INFO)
        portal.pedir("/mi/", headers={"cookie": ajena})
        portal.pedir(f"/no-existe/{CORREO}/", headers={"cookie": ajena})
        portal.pedir("/mesa/prueba/sesiones/", headers={"cookie": ajena})
        portal.pedir("/mesa/prueba/nueva/", headers={"cookie": lectora})
        portal.pedir("/sesiones/?page=ayer")
    seguridad.setLevel(logging.NOTSET)
    de_la_peticion = ("codigo", "ruta", "rol", "cuenta")
    avisos = [r for r in renglones(salida) if r["mensaje"] == "intento"]
    assert [tuple(aviso.get(dato) for dato in de_la_peticion) for aviso in avisos] == [
        (404, "registros:sesiones", "cuenta", extrana.pk),
        (403, "mesa:nueva", "cuenta", auditora.pk),
        (422, "sesiones:lista", "anonima", None),
    ]
    assert {aviso["registro"] for aviso in avisos} == {"stl_portal.seguridad"}
    assert extrana.email not in salida.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.observa.direcciones")
@pytest.mark.parametrize("falla", ["repite", "cita"])
def test_ni_las_trazas_dicen_nada_de_nadie(falla: str, settings: Settings) -> None:
    Usuario.objects.create(email=CORREO)
    settings.CONSULTA_LENTA_MS = 0.000001
    cuerpo = {"data": f"texto={TEXTO}&curp=PEGJ800101MGTRRN09", "headers": {"x-request-id": "la-que-fallo"}}
    forma = "application/x-www-form-urlencoded"
    settings.MIDDLEWARE = [paso for paso in settings.MIDDLEWARE if "csrf" not in paso]
    with anotado() as salida:
        respuesta = Portal().pedir(f"/{falla}/{CORREO}/?clave=secreto", "POST", content_type=forma, **cuerpo)
    assert (respuesta.estado, respuesta.referencia) == (500, "la-que-fallo")
    assert 'Número de referencia: <strong class="referencia">la-que-fallo</strong>' in respuesta.cuerpo
    assert respuesta.cabeceras["Cache-Control"] == "no-store"
    assert [dato for dato in PERSONALES if dato.lower() in salida.getvalue().lower()] == []
    todos = renglones(salida)
    assert {renglon["referencia"] for renglon in todos} == {"la-que-fallo"}
    [traza] = [renglon["error"] for renglon in todos if "error" in renglon]
    clase = "django.db.utils.IntegrityError" if falla == "repite" else "builtins.ValueError"
    assert traza[0]["clase"] == clase
    assert any("tests/observa/direcciones.py" in donde for donde in traza[0]["donde"])
    assert todos[-1] | {"ruta": falla, "codigo": 500, "metodo": "POST"} == todos[-1]
    if falla == "repite":
        [lenta] = {
            r["sql"] for r in todos if r["mensaje"] == "consulta lenta" and "cuentas_usuario" in r["sql"]
        }
        assert lenta.startswith('INSERT INTO "cuentas_usuario"')
        assert "%s, …" in lenta
        if connection.vendor == "postgresql":
            assert [uno["sqlstate"] for uno in traza if "sqlstate" in uno] == ["23505"]


def test_de_una_consulta_se_anota_la_forma() -> None:
    escrita = "SELECT a FROM t WHERE b = 'O''Higgins' AND c IN (%s, %s,%s) AND d = 'x'"
    assert consultas.sin_valores(escrita) == "SELECT a FROM t WHERE b = '…' AND c IN (%s, …) AND d = '…'"
    assert len(consultas.sin_valores("x" * 9000)) == consultas.LO_MAS


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.observa.direcciones")
def test_con_la_base_caida_se_pide_volver_y_no_se_dice_que_fallo() -> None:
    portal = Portal()
    pagina = portal.pedir("/sin-base/")
    assert (pagina.estado, pagina.cabeceras["Retry-After"]) == (503, "30")
    assert "El portal no puede atender en este momento" in pagina.cuerpo
    assert pagina.referencia in pagina.cuerpo
    assert pagina.cabeceras["Cache-Control"] == "no-store"
    programa = portal.pedir("/api/v1/sin-base/")
    assert (programa.estado, programa.cabeceras["Retry-After"]) == (503, "30")
    assert '"error":"sin_base"' in programa.cuerpo
    guardado = portal.pedir("/sin-base/", headers={"x-autoguardado": "1"})
    assert (guardado.estado, '"error": "sin_base"' in guardado.cuerpo) == (503, True)


def test_fuera_de_django_tambien_se_contesta_con_numero() -> None:
    def rota(*_: Any) -> Any:
        raise RuntimeError(CORREO)

    portal = Portal()
    portal.entrada.siguiente = rota
    with anotado() as salida:
        respuesta = portal.pedir("/", headers={"x-request-id": "fuera-de-django"})
    esperado = (500, "Algo falló de nuestro lado. Número de referencia: fuera-de-django\n")
    assert (respuesta.estado, respuesta.cuerpo) == esperado
    assert CORREO not in salida.getvalue()
    assert [r["referencia"] for r in renglones(salida)] == ["fuera-de-django"] * 2


@pytest.mark.apariencia
def test_las_paginas_de_falla_no_inventan_numero_fuera_de_una_peticion(rf: Any) -> None:
    from stl_portal.observa.peticion import EN_CURSO

    EN_CURSO.set(None)
    assert "Número de referencia" not in errores.fallo(rf.get("/")).content.decode()


def test_por_una_cifra_nadie_se_queda_sin_su_pagina(rf: Any) -> None:
    class Rotas:
        def sumar(self, *_: Any) -> None:
            raise OSError("disco lleno")

    entrada = Observada(lambda _, contestar: contestar("200 OK", []) or [b"ok"], Rotas())  # type: ignore[arg-type]
    assert entrada(rf.get("/").META, lambda *_: None) == [b"ok"]
    assert entrada.cifras is None
