"""Lo que cada órgano escribe a su modo: su orden del día, sus frases y las fórmulas de sus documentos."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones import models as m
from sesiones.acta import constancias, edicion, formulas
from sesiones.acta.estilos import redactar
from sesiones.acta.hechos import hechos_de
from sesiones.acta.imprenta import convocatoria
from sesiones.cierre import cerrar
from sesiones.estados import EstiloActa
from stl_portal.textos.models import Texto
from stl_portal.textos.registro import TEXTOS
from tests.acta.piezas import hechos
from tests.fabricas import crear_en_curso, crear_sesion
from tests.personas import Reparto

MESA = "/mesa/prueba/textos/"
APERTURA = "acta.apertura.ordinales"
PROPIA = "En **{sede}**, a {cuando}, {organo} abre su {sesion}, {fundamento}"


def entrar(reparto: Reparto, papel: str = "facilitadora") -> Client:
    client = Client()
    client.force_login(reparto.cuentas[papel])
    return client


def poner(reparto: Reparto, clave: str, escrito: str, ambito: str = "prueba") -> None:
    """La cambia, sobre la versión que rija."""
    fila = Texto.objects.filter(clave=clave, ambito=ambito).first()
    quien = reparto.cuentas["facilitadora"]
    Texto.cambiar(TEXTOS[clave], ambito, escrito=escrito, version=fila.version if fila else 1, por=quien)


@pytest.mark.parametrize("estilo", EstiloActa.values)
def test_de_fabrica_cada_estilo_abre_y_cierra_con_todos_sus_datos(estilo: str) -> None:
    h = hechos(
        estado="concluida",
        cierre=dt.time(11, 42),
        modalidad="hibrida",
        citas={"proemio": "artículo 9 de los Lineamientos"},
    )
    dicho = {bloque.clave: bloque.texto for bloque in redactar(h, estilo)}
    assert dicho["apertura"] == (
        "En León, Guanajuato, siendo las diez horas con cinco minutos del dieciocho de marzo de dos mil "
        "veintiséis, con sede en la Sala de prueba, de manera presencial y a distancia, se reúne el "
        "Secretariado Técnico de Prueba para celebrar la IV Sesión Ordinaria, con fundamento en el artículo "
        "9 de los Lineamientos."
    )
    assert dicho["cierre"].startswith(
        "Sin más asuntos que tratar, se da por concluida la IV Sesión Ordinaria a "
    )


def test_la_formula_del_organo_cambia_lo_abierto_y_no_lo_cerrado_ni_lo_de_otros(reparto: Reparto) -> None:
    cerrada, abierta = crear_en_curso(reparto), crear_en_curso(reparto, fecha=dt.date(2026, 4, 15))
    cerrar(cerrada, reparto.cuentas["facilitadora"], cierre=dt.time(12), sin_tratar="Se acabó el tiempo")
    de_fabrica = edicion.borrador(cerrada).parrafo("apertura")
    poner(reparto, APERTURA, PROPIA)
    cerrada.refresh_from_db()
    assert cerrada.formulas == {}
    assert edicion.borrador(cerrada, "ordinales").parrafo("apertura") == de_fabrica
    propia = edicion.borrador(abierta, "ordinales").parrafo("apertura")
    assert propia
    assert propia.bloque.texto.startswith("En **con sede")
    assert propia.bloque.texto.endswith("abre su II Sesión Ordinaria.")  # sin cita, se va con su coma
    otro = edicion.borrador(abierta, "narrativa").parrafo("apertura")
    assert otro
    assert "se reúne el Secretariado" in otro.bloque.texto
    cerrar(abierta, reparto.cuentas["facilitadora"], cierre=dt.time(12), sin_tratar="Se acabó el tiempo")
    assert abierta.formulas == {APERTURA: PROPIA}
    poner(reparto, APERTURA, "{cuando} {organo} {sesion}")
    assert hechos_de(abierta).formulas == {APERTURA: PROPIA}
    abierta.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó algo")
    assert hechos_de(abierta).formulas == {APERTURA: "{cuando} {organo} {sesion}"}
    assert formulas.vivas("otro") == {}


def test_la_convocatoria_lleva_sus_leyendas_y_lo_vacio_no_se_imprime(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    suple = "su suplente acude con el oficio que le designa"
    m.CitaLegal.objects.create(organo=reparto.organo, clave="suplencia", texto="artículo 14")
    assert f"{suple} (artículo 14).</p>" in convocatoria(sesion).html
    poner(reparto, "convocatoria.suplencia", "", ambito="")
    poner(reparto, "convocatoria.orden", "Se dará preferencia a **lo urgente**")
    html = convocatoria(sesion).html
    assert suple not in html
    assert "<p>Se dará preferencia a <strong>lo urgente</strong>.</p>" in html
    assert constancias.leyendas(hechos()) == {
        "del_orden": "",
        "de_suplencia": f"Si la persona titular no puede asistir, {suple}.",
    }


def test_en_la_mesa_se_cambia_la_formula_y_quien_solo_lee_no(reparto: Reparto) -> None:
    client, url = entrar(reparto), f"{MESA}{APERTURA}/"
    mala = client.post(url, {"escrito": "{organo} {sesion}", "version": 1, "accion": "guardar"})
    assert (mala.status_code, "Falta {cuando}" in mala.content.decode()) == (422, True)
    assert client.post(url, {"escrito": PROPIA, "version": 1, "accion": "guardar"}).status_code == 302
    assert "Volver al del portal" in client.get(url).content.decode()
    assert client.post(url, {"version": 2, "accion": "fabrica"}).status_code == 302
    assert Texto.objects.get().de_fabrica
    for no_es_suyo in ("portada.titulo", "no.hay"):
        assert client.get(f"{MESA}{no_es_suyo}/").status_code == 404
    lee = entrar(reparto, "auditora")
    assert lee.get(url).status_code == 403
    pagina = lee.get(MESA).content.decode()
    assert (">Editar<" in pagina, "Subir" in pagina) == (False, False)


def test_se_ordena_lo_que_se_ve_y_lo_demas_conserva_su_lugar(reparto: Reparto) -> None:
    ordinario, todas = ("ordinaria", "")
    puntos = [
        m.PuntoPlantilla.objects.create(organo=reparto.organo, titulo=titulo, tipo_sesion=tipo, orden=7)
        for titulo, tipo in (
            ("Lista", todas),
            ("Instalar", "instalacion"),
            ("Acta", ordinario),
            ("Fin", todas),
        )
    ]
    propia = m.Frase.objects.create(organo=reparto.organo, nombre="Mía", texto="Se da cuenta")
    comun = m.Frase.objects.create(nombre="Común", texto="Resultó aprobado")
    client = entrar(reparto)
    pagina = client.get(f"{MESA}?tipo=ordinaria").content.decode()
    assert ("Instalar" in pagina, "Mía" in pagina, "Resultó aprobado" in pagina) == (False, True, True)

    def mover(pk: int, hacia: str, tipo: str = "", registro: str = "plantilla") -> int:
        datos = {"hacia": hacia, "tipo": tipo}
        return client.post(f"/mesa/prueba/registros/{registro}/{pk}/mover/", datos).status_code

    def orden() -> list[str]:
        return [p.titulo for p in reparto.organo.plantilla.all()]

    assert mover(puntos[2].pk, "subir", "ordinaria") == 302  # salta lo que ahí no se ve
    assert orden() == ["Acta", "Lista", "Instalar", "Fin"]
    assert mover(puntos[2].pk, "subir", "ordinaria") == 302  # ya es la primera
    assert mover(puntos[0].pk, "bajar") == 302
    assert orden() == ["Acta", "Instalar", "Lista", "Fin"]
    assert [p.orden for p in reparto.organo.plantilla.all()] == [1, 2, 3, 4]
    assert mover(propia.pk, "bajar", registro="frases") == 302
    assert mover(comun.pk, "subir", registro="frases") == 404  # es de todos: no la ordena un órgano
    assert mover(puntos[1].pk, "subir", "ordinaria") == 404
    assert mover(propia.pk, "subir", registro="roles") == 404
    with CaptureQueriesContext(connection) as pocas:
        client.get(MESA)
    for n in range(30):
        m.Frase.objects.create(organo=reparto.organo, nombre=f"F{n}", texto="x")
        m.PuntoPlantilla.objects.create(organo=reparto.organo, titulo=f"P{n}")
    with CaptureQueriesContext(connection) as muchas:
        client.get(MESA)
    assert (len(pocas), len(muchas)) == (9, 9)
