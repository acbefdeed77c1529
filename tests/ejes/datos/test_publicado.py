"""Solo lo publicado sale en los datos del plan, dicho como se publicó, y sin consultas por fila."""

import datetime as dt
import json

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes.cortes.publicar import publicar as publicar_corte
from ejes.datos.avances import AVANCES
from ejes.datos.evidencias import EVIDENCIAS
from ejes.datos.indicadores import INDICADORES
from ejes.datos.portal import TODOS
from ejes.models import Corte, Evidencia, Plan, ReportePublicado
from stl_portal.cuentas.models import Usuario
from stl_portal.datos.registro import Conjunto
from tests.datos.tabla import tabla, una
from tests.ejes import entregas
from tests.ejes.fabricas import crear_bimestre, crear_plan, crear_reporte
from tests.ejes.publicados import cortar, publicado_con_historia, repetir
from tests.personas import Reparto

SECRETO = "Zanahoria"  # palabra que solo está en lo que no se ha publicado
CUANTAS = {"ejes": 6, "compromisos": 4, "acciones": 2, "avances": 1, "indicadores": 1, "evidencias": 4}
MUCHOS = 30


@pytest.fixture
def publicado(reparto: Reparto) -> ReportePublicado:
    """Lo publicado, y junto a ello un plan, un corte, un reporte y una evidencia que no lo están."""
    publicado = entregas.publicar(entregas.crear_entrega(reparto))
    _en_preparacion(publicado.reporte.eje.plan, reparto)
    _plan_en_borrador(reparto)
    return publicado


def _en_preparacion(plan: Plan, reparto: Reparto) -> None:
    eje = plan.ejes.get(numero=1)
    assert eje.responsable
    corte = Corte.objects.create(
        plan=plan, numero=99, nombre=SECRETO, desde=dt.date(2026, 1, 1), hasta=dt.date(2026, 9, 1)
    )
    corte.figuras.create(accion=eje.compromisos.get().acciones.get(), declarado=99, nota=SECRETO)
    bimestre = crear_bimestre(plan, timezone.localdate(), numero=80, nombre=SECRETO)
    enviado = crear_reporte(reparto, plan=plan)
    assert enviado.bimestre == bimestre
    entregas.enviar(entregas.contestar(enviado))
    Evidencia.objects.filter(usos__reporte=enviado).update(titulo=SECRETO)


def _plan_en_borrador(reparto: Reparto) -> None:
    plan = Plan.objects.create(organo=reparto.organo, clave="oculto", nombre=SECRETO, inicio=2027, fin=2028)
    compromiso = plan.ejes.create(numero=1, nombre=SECRETO).compromisos.create(numero=1, nombre=SECRETO)
    compromiso.acciones.create(numero=1, texto=SECRETO)


@pytest.mark.parametrize("conjunto", TODOS, ids=lambda conjunto: conjunto.clave)
def test_nada_sin_publicar_sale_ni_se_halla_por_su_identificador(
    publicado: ReportePublicado, conjunto: Conjunto
) -> None:
    filas = tabla(conjunto)
    assert filas
    assert SECRETO not in str(filas)
    assert {fila["plan"] for fila in filas.values()} == {"prueba"}
    for id_de_fila in filas:
        assert una(conjunto, id_de_fila.replace("prueba/", "oculto/")) == ()
    assert una(AVANCES, "prueba/corte-99/1.1.1") == ()


@pytest.mark.parametrize("conjunto", TODOS, ids=lambda conjunto: conjunto.clave)
def test_ninguna_fila_lleva_un_correo(publicado: ReportePublicado, conjunto: Conjunto) -> None:
    correos = list(Usuario.objects.values_list("email", flat=True))
    assert correos
    dicho = str(tabla(conjunto))
    assert [correo for correo in correos if correo in dicho] == []


def test_los_ocho_indicadores_dicen_lo_sellado(publicado: ReportePublicado) -> None:
    filas = list(tabla(INDICADORES).values())
    sellado = json.loads(bytes(publicado.documento))
    assert [fila["orden"] for fila in filas] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [f["respuesta"] for f in filas] == [r["texto"] for r in sellado["renglones"]]
    assert [f["valor"] for f in filas] == [None, 120, None, 120, None, None, None, None]
    assert {f["dictamen"] for f in filas} == {"validado"}
    archivo = publicado.entrega.evidencias.exclude(archivo=None).get()
    assert [f["evidencias"] for f in filas] == [f"prueba/evidencia-{archivo.pk}", *[""] * 7]
    assert filas[0]["huella"] == publicado.huella


def test_de_un_reporte_corregido_sale_solo_lo_ultimo(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    crear_reporte(reparto, plan=plan)
    primera = publicado_con_historia(plan)
    filas = tabla(INDICADORES)
    id_de_fila = f"prueba/reporte-{primera.reporte_id}/2"
    assert len(filas) == 8
    assert filas[id_de_fila]["valor"] == 98  # decía 120
    assert filas[id_de_fila]["huella"] != primera.huella


def test_las_evidencias_dicen_que_respaldan_y_donde_estan(publicado: ReportePublicado) -> None:
    archivo, liga = publicado.entrega.evidencias.order_by("pk")
    filas = tabla(EVIDENCIAS)
    del_archivo, de_la_liga = (filas[f"prueba/evidencia-{e.pk}"] for e in (archivo, liga))
    assert len(filas) == 2
    assert (del_archivo["tipo"], de_la_liga["tipo"]) == ("archivo", "liga")
    assert (del_archivo["indicadores"], del_archivo["acciones"]) == (
        f"prueba/reporte-{publicado.reporte_id}/1",
        "",
    )
    assert (de_la_liga["acciones"], de_la_liga["indicadores"]) == ("prueba/1.1.1", "")
    assert del_archivo["huella"] == archivo.archivo.huella  # type: ignore[union-attr]  # lo tiene
    assert del_archivo["huella"] in del_archivo["enlace"]
    assert de_la_liga["enlace"] == liga.liga
    assert (del_archivo["revision"], de_la_liga["revision"]) == ("verificada", None)
    assert list(tabla(EVIDENCIAS, "tipo=liga")) == [f"prueba/evidencia-{liga.pk}"]


def test_la_evidencia_que_sustituye_a_otra_lo_dice_solo_si_las_dos_son_publicas(
    publicado: ReportePublicado,
) -> None:
    antes = publicado.entrega.evidencias.earliest("pk")
    Evidencia.objects.create(
        plan=antes.plan,
        asiento=antes.asiento,
        titulo=SECRETO,
        liga="https://ejemplo.mx",
        sustituye=antes,
        subida_el=timezone.now(),
    )
    assert {fila["sustituida_por"] for fila in tabla(EVIDENCIAS).values()} == {""}
    Evidencia.objects.filter(sustituye=antes).update(sustituye=None)
    despues = publicado.entrega.evidencias.latest("pk")
    Evidencia.objects.filter(pk=despues.pk).update(sustituye=antes)
    filas = tabla(EVIDENCIAS)
    ids = [f"prueba/evidencia-{e.pk}" for e in (antes, despues)]
    assert [filas[i]["sustituida_por"] for i in ids] == [ids[1], ""]
    assert [filas[i]["sustituye"] for i in ids] == ["", ids[0]]


def test_un_corte_corregido_deja_su_lugar_a_su_correccion(publicado: ReportePublicado) -> None:
    plan = publicado.reporte.eje.plan
    viejo = plan.cortes.get(numero=1)
    nuevo = Corte.objects.create(
        plan=plan,
        numero=2,
        nombre="Corregido",
        desde=viejo.desde,
        hasta=viejo.hasta,
        corrige=viejo,
        que_corrige="La cifra no era.",
    )
    nuevo.figuras.create(accion=viejo.figuras.get().accion, declarado=25)
    assert set(tabla(AVANCES)) == {f"prueba/corte-1/{c}" for c in ("plan", "1", "1.1", "1.1.1")}
    publicar_corte(nuevo, None, timezone.now())
    filas = tabla(AVANCES)
    assert set(filas) == {f"prueba/corte-2/{c}" for c in ("plan", "1", "1.1", "1.1.1")}
    assert filas["prueba/corte-2/1.1.1"]["declarado"] == 25
    assert una(AVANCES, "prueba/corte-1/1.1.1") == ()


@pytest.mark.parametrize("conjunto", TODOS, ids=lambda conjunto: conjunto.clave)
def test_las_consultas_no_crecen_con_las_filas(
    publicado: ReportePublicado, conjunto: Conjunto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(CUANTAS[conjunto.clave]):
        pocas = len(tabla(conjunto))
    _muchos(publicado)
    with django_assert_num_queries(CUANTAS[conjunto.clave]):
        muchas = len(tabla(conjunto))
    assert muchas >= pocas + MUCHOS


def _muchos(publicado: ReportePublicado) -> None:
    plan = publicado.reporte.eje.plan
    repetir(publicado, MUCHOS)
    cortar(plan, 10)
    for numero in range(2, MUCHOS + 2):
        eje = plan.ejes.create(numero=numero, nombre=f"Eje {numero}", responsable=publicado.reporte.asiento)
        compromiso = eje.compromisos.create(numero=1, nombre="Otro", responsable=eje.responsable)
        compromiso.acciones.create(numero=1, texto="Otra")
        compromiso.alineaciones.create(objetivo=16)
        compromiso.partes.create(nombre="Red de Prueba", sector="sociedad_civil")
