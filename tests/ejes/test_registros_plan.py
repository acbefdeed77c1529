"""El plan se captura como los demás registros: se agrega, se corrige y consta quién cambió qué."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ejes.gestion import publicar_plan
from ejes.models import Accion, Bimestre, Compromiso, Eje, Plan, Prorroga
from stl_portal.transiciones import TransicionInvalida
from tests import fabricas
from tests.ejes.fabricas import crear_bimestre, crear_formato, crear_reporte
from tests.ejes.gestion import HOY, plan_de_dos_ejes
from tests.personas import Reparto, crear_reparto
from tests.registros.captura import leido

SIN_RENGLONES = {"renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}
PLAN = {
    "nombre": "Plan nuevo",
    "clave": "2030-2032",
    "inicio": "2030",
    "fin": "2032",
    "formula": "ponderada",
    "trato": "omitir",
    "base": "acciones",
    "limitado": "1",
    "sustancial": "40",
    "completado": "95",
}
EJE = SIN_RENGLONES | {"numero": "3", "nombre": "Justicia abierta", "peso": "1"}
COMPROMISO = SIN_RENGLONES | {"numero": "1", "nombre": "Sentencias claras", "peso": "2"}


@contextmanager
def al_pedir_el_candado(hacer: Callable[[], object]) -> Iterator[None]:
    """Hace algo una sola vez, al leerse el órgano ya en la transacción: justo antes del candado."""
    pendientes, abierta = [hacer], False

    def vigilar(ejecutar: Callable[..., Any], sql: str, *resto: Any) -> Any:
        nonlocal abierta
        if abierta and pendientes and 'FROM "sesiones_organo"' in sql:
            pendientes.pop()()
        abierta = abierta or sql.startswith(("SAVEPOINT", "BEGIN"))
        return ejecutar(sql, *resto)

    with connection.execute_wrapper(vigilar):
        yield
    assert not pendientes


def _nuevo(registro: str, extra: str = "") -> str:
    return reverse("registros:nuevo", args=("prueba", registro)) + extra


def _corregir(registro: str, pk: int) -> str:
    return reverse("registros:editar", args=("prueba", registro, pk))


@pytest.fixture
def conduce(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def test_un_plan_desde_cero_hasta_su_prorroga(conduce: Client, reparto: Reparto) -> None:
    tablero = reverse("gestion:plan", args=("2030-2032",))
    assert conduce.post(_nuevo("planes"), PLAN).headers["Location"] == tablero
    plan = Plan.objects.get(clave="2030-2032")
    assert (plan.estado, plan.formula, plan.sustancial) == ("borrador", "ponderada", Decimal(40))
    asiento = reparto.asientos["civil"].pk
    datos = EJE | {
        "responsable": asiento,
        "submetas": "Una\n\n Otra ",
        "propuestas": "Oír",
        "ods": "17, 16.6",
    }
    assert conduce.post(_nuevo("ejes", f"?plan={plan.pk}"), datos).headers["Location"] == tablero
    eje = plan.ejes.get()
    assert [s.texto for s in eje.submetas.all()] == ["Una", "Otra"]
    assert [str(a) for a in eje.alineaciones.all()] == ["ODS 16.6", "ODS 17"]
    partes = {
        "renglon-TOTAL_FORMS": "2",
        "renglon-0-institucion": reparto.asientos["academia"].institucion_id,
        "renglon-0-le_toca": "Difundir",
        "renglon-1-nombre": "Colectivo",
        "renglon-1-sector": "sociedad_civil",
    }
    conduce.post(_nuevo("compromisos", f"?eje={eje.pk}"), COMPROMISO | partes)
    compromiso = eje.compromisos.get()
    assert [(p.nombre, p.sector) for p in compromiso.partes.all()] == [
        ("Universidad de Prueba prueba", "academia"),
        ("Colectivo", "sociedad_civil"),
    ]
    suyo = f"?compromiso={compromiso.pk}"
    conduce.post(_nuevo("acciones", suyo), {"numero": "1", "texto": "Publicar", "peso": "1"})
    conduce.post(_nuevo("hitos", suyo), {"nombre": "Primera sentencia", "previsto": "2030-06-01"})
    assert compromiso.hitos.get().atrasado(dt.date(2030, 6, 2))
    formato = crear_formato(plan)
    fechas = {"abre": "2030-06-01", "entrega": "2030-07-21", "carga": "2030-07-22"}
    bimestre = {"numero": "1", "nombre": "Junio-julio", "en_portal": "on", "formato": formato.pk} | fechas
    conduce.post(_nuevo("bimestres", f"?plan={plan.pk}"), bimestre)
    fila = plan.bimestres.get()
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    prorroga = {"entrega": "2030-08-14", "carga": "2030-08-21", "punto": punto.pk}
    conduce.post(_nuevo("prorrogas", f"?bimestre={fila.pk}"), prorroga)
    guardado = Bimestre.objects.con_prorrogas().get()
    assert (guardado.entrega, guardado.ventana.entrega) == (dt.date(2030, 7, 21), dt.date(2030, 8, 14))
    assert plan.historia.count() == 0  # mientras es borrador no se anota cada tecleo


@pytest.mark.parametrize(
    ("registro", "cambio", "frase"),
    [
        ("ejes", {"ods": "18"}, "«18» no es un ODS"),
        ("ejes", {"ods": "16.x9"}, "La meta se escribe con el número de su objetivo, como 16.1."),
        ("ejes", {"numero": "1"}, "El número 1 ya lo tiene otro."),
        ("ejes", {"peso": "-1"}, "Escribe un número de 0 o más."),
    ],
)
def test_lo_mal_escrito_se_dice_y_no_se_pierde(
    conduce: Client, reparto: Reparto, registro: str, cambio: dict[str, str], frase: str
) -> None:
    plan = plan_de_dos_ejes(reparto)
    respuesta = conduce.post(_nuevo(registro, f"?plan={plan.pk}"), EJE | {"meta": "Lo escrito"} | cambio)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert frase in texto
    assert "Lo escrito" in texto
    assert plan.ejes.count() == 2


def test_una_prorroga_dice_donde_se_concedio_y_amplia(conduce: Client, reparto: Reparto) -> None:
    bimestre = crear_bimestre(plan_de_dos_ejes(reparto), HOY)
    url = _nuevo("prorrogas", f"?bimestre={bimestre.pk}")
    sin_donde = conduce.post(url, {"entrega": "2026-05-01"})
    assert "Di en qué punto o con qué acuerdo de una sesión se concedió." in sin_donde.content.decode()
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    antes = conduce.post(url, {"entrega": "2026-03-20", "punto": punto.pk})
    assert "Una prórroga va después del 28/03/2026." in antes.content.decode()
    ajeno = fabricas.crear_en_curso(crear_reparto("otro")).puntos.get()
    assert conduce.post(url, {"entrega": "2026-05-01", "punto": ajeno.pk}).status_code == 422
    por_venir = fabricas.crear_punto(fabricas.crear_sesion(reparto))
    assert conduce.post(url, {"entrega": "2026-05-01", "punto": por_venir.pk}).status_code == 422
    with pytest.raises(ValidationError, match="todavía no se celebra"):
        Prorroga(bimestre=bimestre, entrega=dt.date(2026, 5, 1), punto=por_venir).clean()
    assert not Prorroga.objects.exists()


def test_al_buscar_un_punto_aparece_en_la_lista(conduce: Client, reparto: Reparto) -> None:
    bimestre = crear_bimestre(plan_de_dos_ejes(reparto), HOY)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    datos = {"entrega": "2026-05-01", "buscado": punto.titulo[:8]}
    respuesta = conduce.post(_nuevo("prorrogas", f"?bimestre={bimestre.pk}"), datos)
    assert "Elígelo de la lista" in respuesta.content.decode()
    assert punto.pk in [getattr(v, "value", v) for v, _ in respuesta.context["forma"].fields["punto"].choices]


def test_publicado_se_corrige_y_consta_quien_y_que(conduce: Client, reparto: Reparto) -> None:
    plan = plan_de_dos_ejes(reparto)
    accion = Accion.objects.get()
    url = _corregir("acciones", accion.pk)
    datos = leido(conduce, url) | {"numero": "7", "texto": "Abrir", "peso": "3"}
    assert conduce.post(url, datos).status_code == 302
    accion.refresh_from_db()
    assert (accion.numero, accion.peso) == (1, Decimal(3))  # el número ya se citó: no cambia
    cambio = plan.historia.latest("pk")
    assert cambio.por == reparto.cuentas["facilitadora"]
    assert cambio.nota == "Acción «1.1.1 Abrir». Peso: 1 → 3"
    tablero = conduce.get(reverse("gestion:plan", args=(plan.clave,))).content.decode()
    assert "Acción «1.1.1 Abrir». Peso: 1 → 3" in tablero
    publicado = plan.cortes.get().publicacion
    assert b'"peso":"3"' not in bytes(publicado.documento)


def test_guardar_sin_cambiar_no_anota_nada(conduce: Client, reparto: Reparto) -> None:
    plan = plan_de_dos_ejes(reparto)
    url = _corregir("acciones", Accion.objects.get().pk)
    conduce.post(url, leido(conduce, url) | {"numero": "1", "texto": "Abrir", "peso": "1"})
    assert not plan.historia.filter(verbo="corregir").exists()


def test_publicado_nada_se_quita_y_en_borrador_solo_lo_vacio(conduce: Client, reparto: Reparto) -> None:
    plan = plan_de_dos_ejes(reparto)
    accion, compromiso = Accion.objects.get(), Compromiso.objects.get()
    for registro, fila in (("acciones", accion), ("compromisos", compromiso), ("planes", plan)):
        quitar = reverse("registros:quitar", args=("prueba", registro, fila.pk))
        assert conduce.post(quitar).status_code == 403
        assert "Quitar del registro" not in conduce.get(_corregir(registro, fila.pk)).content.decode()
    Plan.objects.filter(pk=plan.pk).update(estado="borrador")
    eje = plan.ejes.get(numero=1)
    assert conduce.post(reverse("registros:quitar", args=("prueba", "ejes", eje.pk))).status_code == 403
    vacio = plan.ejes.get(numero=2)
    respuesta = conduce.post(reverse("registros:quitar", args=("prueba", "ejes", vacio.pk)))
    assert respuesta.headers["Location"] == reverse("gestion:plan", args=(plan.clave,))
    assert plan.ejes.count() == 1


def test_si_otra_persona_publica_el_plan_mientras_se_quita_su_eje_no_se_quita(
    conduce: Client, reparto: Reparto
) -> None:
    plan = Plan.objects.create(organo=reparto.organo, clave="nuevo", nombre="Nuevo", inicio=2030, fin=2031)
    eje = plan.ejes.create(numero=1, nombre="Datos", responsable=reparto.asientos["civil"])
    quitar = reverse("registros:quitar", args=("prueba", "ejes", eje.pk))
    with al_pedir_el_candado(lambda: publicar_plan.publicar(plan, None)):
        assert conduce.post(quitar).status_code == 403
    assert list(plan.ejes.all()) == [eje]


def test_si_otra_persona_quita_el_eje_mientras_se_publica_el_plan_no_se_publica(reparto: Reparto) -> None:
    plan = Plan.objects.create(organo=reparto.organo, clave="nuevo", nombre="Nuevo", inicio=2030, fin=2031)
    eje = plan.ejes.create(numero=1, nombre="Datos", responsable=reparto.asientos["civil"])
    with (
        al_pedir_el_candado(eje.delete),
        pytest.raises(TransicionInvalida, match="Agrega al menos un eje"),
    ):
        publicar_plan.publicar(plan, None)
    plan.refresh_from_db()
    assert plan.estado == "borrador"


@pytest.mark.parametrize("campo", ["submetas", "ods", "acuerdos"])
def test_dos_personas_no_se_pisan_lo_que_va_en_otras_filas(
    conduce: Client, reparto: Reparto, campo: str
) -> None:
    plan_de_dos_ejes(reparto)
    sesion = fabricas.crear_en_curso(reparto)
    acuerdo = fabricas.m.Acuerdo.agregar(sesion.puntos.get(), texto="Difundir")
    fila: Any = Compromiso.objects.get() if campo == "acuerdos" else Eje.objects.get(numero=1)
    registro = "compromisos" if campo == "acuerdos" else "ejes"
    url = _corregir(registro, fila.pk)
    huella = leido(conduce, url)
    if campo == "acuerdos":
        fila.acuerdos.add(acuerdo)
    elif campo == "ods":
        fila.alineaciones.create(objetivo=5)
    else:
        fila.submetas.create(orden=1, texto="La de la otra persona")
    escrito = huella | SIN_RENGLONES | {"numero": "1", "nombre": fila.nombre, "peso": "1", "ods": "16"}
    respuesta = conduce.post(url, escrito)
    assert respuesta.status_code == 409
    esperado = {"submetas": "La de la otra persona", "ods": "<td>5</td>", "acuerdos": str(acuerdo)}
    assert esperado[campo] in respuesta.content.decode()


def test_la_fecha_original_no_cambia_con_prorroga_ni_el_formato_con_reportes(
    conduce: Client, reparto: Reparto
) -> None:
    bimestre = crear_reporte(reparto, HOY).bimestre
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=dt.date(2026, 5, 1), punto=punto)
    url = _corregir("bimestres", bimestre.pk)
    datos = leido(conduce, url) | {
        "numero": "5",
        "nombre": "Otro nombre",
        "entrega": "2026-03-25",
        "carga": "2026-06-01",
        "formato": "",
        "en_portal": "on",
    }
    assert conduce.post(url, datos).status_code == 302
    guardado = Bimestre.objects.get()
    assert (guardado.nombre, guardado.numero) == ("Otro nombre", 1)
    assert (guardado.entrega, guardado.formato) == (bimestre.entrega, bimestre.formato)


def test_una_prorroga_que_ya_se_aplico_no_se_toca(conduce: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto, HOY)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    prorroga = reporte.bimestre.prorrogas.create(entrega=dt.date(2026, 5, 1), punto=punto)
    assert conduce.get(_corregir("prorrogas", prorroga.pk)).status_code == 200
    type(reporte).objects.filter(pk=reporte.pk).update(limite=prorroga.entrega)
    assert conduce.get(_corregir("prorrogas", prorroga.pk)).status_code == 403


def test_sin_planes_se_dice_que_registrar_primero(conduce: Client) -> None:
    texto = conduce.get(_nuevo("ejes")).content.decode()
    assert "Primero registra el plan." in texto
    assert _nuevo("planes") in texto


@pytest.mark.parametrize(
    ("registro", "consultas"),
    [
        ("planes", 9),
        ("ejes", 9),
        ("compromisos", 9),
        ("acciones", 9),
        ("hitos", 9),
        ("bimestres", 10),
        ("formatos", 9),
        ("prorrogas", 9),
    ],
)
def test_mismas_consultas_con_una_fila_o_muchas(
    conduce: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    registro: str,
    consultas: int,
) -> None:
    plan = plan_de_dos_ejes(reparto)
    bimestre = crear_bimestre(plan, HOY)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=dt.date(2026, 5, 1), punto=punto)
    compromiso = Compromiso.objects.get()
    compromiso.hitos.create(nombre="Hito", previsto=HOY, accion=compromiso.acciones.get())
    url = reverse("registros:lista", args=("prueba", registro))
    with django_assert_num_queries(consultas):
        assert conduce.get(url).status_code == 200
    for n in range(3, 20):
        eje = plan.ejes.create(numero=n, nombre=f"Eje {n}", responsable=reparto.asientos["poder"])
        otro = eje.compromisos.create(numero=1, nombre=f"C {n}", responsable=reparto.asientos["civil"])
        accion = otro.acciones.create(numero=1, texto="Hacer")
        otro.hitos.create(nombre="Hito", previsto=HOY, accion=accion)
        crear_bimestre(plan, HOY, numero=n).prorrogas.create(entrega=dt.date(2026, 6, 1), punto=punto)
        plan.formatos.create(version=n, nombre="Otro")
        Plan.objects.create(organo=reparto.organo, clave=f"p{n}", nombre=f"Plan {n}", inicio=n, fin=n)
    with django_assert_num_queries(consultas):
        assert conduce.get(url).status_code == 200
