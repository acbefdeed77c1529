"""La historia del plan: cada cifra en su fecha, sin lo que se corrigió y sin inventar lo que no consta."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from ejes.ciudadania import historia, lectura
from ejes.ciudadania.respuestas import Indicador, respuestas
from ejes.cortes.publicar import publicar as publicar_corte
from ejes.models import Corte, Plan, ReportePublicado
from tests.ejes.entregas import crear_entrega, publicar
from tests.ejes.fabricas import crear_plan
from tests.ejes.lectura import visible
from tests.ejes.publicados import cortar, repetir
from tests.personas import Reparto

# Lee lo publicado; que se guarde lo prueban las de publicar.
pytestmark = pytest.mark.apariencia


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    """Con tres cortes: la acción 1.1.1 declara 30, 32 y 33."""
    plan = crear_plan(reparto.organo)
    cortar(plan, 2)
    return plan


@pytest.fixture
def publicado(reparto: Reparto) -> ReportePublicado:
    """La acción 1.1.1 declara 45 y se verifica 30; el renglón 2 responde 120 personas."""
    return publicar(crear_entrega(reparto))


def de(plan: Plan, codigo: str = "") -> historia.Historia:
    return historia.de_cortes(historia.cuadros(historia.cortes(plan)), codigo)


def indicadores(plan: Plan) -> dict[str, Indicador]:
    (de_ella,) = respuestas(lectura.leidos(lectura.vigentes().filter(reporte__bimestre__plan=plan)))
    return {str(i.ultima["indicador"]): i for i in de_ella.indicadores}


@pytest.mark.parametrize(
    ("codigo", "declarado", "calculado"),
    [
        ("", [None] * 3, [30, 32, 33]),
        ("1", [None] * 3, [30, 32, 33]),
        ("1.1", [None] * 3, [30, 32, 33]),
        ("1.1.1", [30, 32, 33], [None] * 3),
    ],
)
def test_cada_nivel_tiene_un_momento_por_corte(
    plan: Plan, codigo: str, declarado: list[int | None], calculado: list[int | None]
) -> None:
    momentos = de(plan, codigo).momentos
    assert [m.declarado for m in momentos] == declarado
    assert [m.calculado for m in momentos] == calculado
    assert [m.fuente for m in momentos] == ["Primer Informe", "Informe 2", "Informe 3"]
    assert [m.al for m in momentos] == sorted(m.al for m in momentos if m.al)


def test_lo_que_el_plan_no_tiene_no_tiene_historia(plan: Plan) -> None:
    for codigo in ("2", "1.2", "1.1.2", "1.1.1.1"):
        assert de(plan, codigo) == historia.Historia(())
    assert de(plan, "2").ultimo is None


def test_el_corte_corregido_no_cuenta_dos_veces(client: Client, plan: Plan) -> None:
    viejo = plan.cortes.get(numero=2)
    corregido = Corte.objects.create(
        plan=plan,
        numero=9,
        nombre="Informe 2 corregido",
        desde=viejo.desde,
        hasta=viejo.hasta,
        corrige=viejo,
        que_corrige="La cifra era otra.",
    )
    accion = plan.ejes.get().compromisos.get().acciones.get()
    corregido.figuras.create(accion=accion, declarado=31)
    publicar_corte(corregido, None, timezone.now())
    assert [m.declarado for m in de(plan, "1.1.1").momentos] == [30, 31, 33]
    texto = visible(client.get("/plan/prueba/informe/2/"))
    assert "Este informe se corrigió La cifra era otra." in texto


def test_la_parte_nueva_deja_vacias_las_columnas_de_antes(plan: Plan) -> None:
    compromiso = plan.ejes.get().compromisos.get()
    compromiso.acciones.create(numero=2, texto="Otra")
    cortar(plan, 1)
    partes = {p.renglon.codigo: p for p in de(plan, "1.1").partes}
    assert [m.declarado for m in partes["1.1.2"].momentos] == [None] * 4
    assert partes["1.1.2"].trazo == ""
    assert len(partes["1.1.1"].trazo.split()) == 4


def test_la_accion_ordena_cortes_y_reportes_por_su_fecha(publicado: ReportePublicado) -> None:
    plan = publicado.reporte.bimestre.plan
    cuadros = historia.cuadros(historia.cortes(plan))
    toda = historia.de_accion(cuadros, lectura.leidos(lectura.vigentes()), "1.1.1")
    assert [(m.fuente, m.declarado, m.verificado) for m in toda.momentos] == [
        ("Primer Informe", Decimal(30), None),
        ("Reporte: Bimestre 1", Decimal(45), Decimal(30)),
    ]
    assert toda.con_verificado
    assert not toda.con_calculado


def test_la_pagina_grafica_la_historia_junto_a_su_tabla(client: Client, plan: Plan) -> None:
    for pagina in ("", "eje/1/", "compromiso/1.1/", "accion/1.1.1/"):
        html = client.get(f"/plan/prueba/{pagina}").content.decode()
        assert html.count('role="img"') == 1
        assert 'id="historia-tabla"' in html


def test_con_un_solo_corte_no_hay_que_comparar(client: Client, reparto: Reparto) -> None:
    crear_plan(reparto.organo)
    assert "Cómo ha avanzado" not in visible(client.get("/plan/prueba/"))


def test_los_numeros_se_siguen_de_bimestre_en_bimestre(client: Client, publicado: ReportePublicado) -> None:
    repetir(publicado, 2)
    plan = publicado.reporte.bimestre.plan
    con_unidad = indicadores(plan)["Indicador 2"]
    assert [r["valor"] for _, r in con_unidad.respuestas] == [120, 120, 120]
    assert con_unidad.grafica
    assert [c.texto for c in con_unidad.grafica.columnas] == ["120"] * 3
    assert [r.texto for r in con_unidad.grafica.rotulos] == ["Bim. 1", "Bim. 100", "Bim. 101"]
    assert indicadores(plan)["Indicador 1"].grafica is None
    texto = visible(client.get("/plan/prueba/eje/1/"))
    assert "Indicador 2, en personas" in texto


def test_la_meta_y_la_linea_de_base_se_dibujan() -> None:
    renglon = {"indicador": "Becas", "unidad": "becas", "linea_base": Decimal(8), "meta": Decimal(60)}
    leido = lectura.Leido(ReportePublicado(documento=b'{"bimestre":{"numero":1}}'))
    indicador = Indicador("Una", ((leido, {**renglon, "valor": Decimal(20)}),))
    assert indicador.grafica
    assert [g.texto for g in indicador.grafica.referencias] == ["Línea de base", "Meta"]


def test_lo_que_se_conto_en_otra_unidad_no_se_grafica_junto() -> None:
    base = {"indicador": "Becas", "linea_base": None, "meta": None}
    leido = lectura.Leido(ReportePublicado(documento=b'{"bimestre":{"numero":1}}'))
    antes = {**base, "unidad": "miles", "valor": Decimal(2)}
    ahora = {**base, "unidad": "becas", "valor": Decimal(2100)}
    indicador = Indicador("Una", ((leido, antes), (leido, ahora)))
    assert indicador.grafica
    assert [c.texto for c in indicador.grafica.columnas] == ["2100"]


def test_el_eje_dice_quien_respondio_antes(
    client: Client, publicado: ReportePublicado, reparto: Reparto
) -> None:
    antes = reparto.asientos["civil"].nombramientos.get()
    antes.vigente_hasta = dt.date(2026, 1, 31)
    antes.save()
    reparto.asientos["civil"].nombramientos.create(
        persona=reparto.personas["academia"], cargo="Nueva titular", vigente_desde=dt.date(2026, 2, 1)
    )
    texto = visible(client.get("/plan/prueba/eje/1/"))
    assert "(desde el 1 de enero de 2025 hasta el 31 de enero de 2026)" in texto
    assert "Nueva titular (desde el 1 de febrero de 2026)" in texto


def test_se_dice_lo_que_el_personal_cambio_y_con_que_evidencias(
    client: Client, publicado: ReportePublicado
) -> None:
    eje = publicado.reporte.eje
    corte = Corte.objects.create(
        plan=eje.plan, numero=2, nombre="Otro", desde=dt.date(2026, 4, 1), hasta=dt.date(2026, 7, 31)
    )
    accion = eje.compromisos.get().acciones.get()
    figura = corte.figuras.create(accion=accion, declarado=40, verificado=25, procedencia="Bimestre 1")
    figura.evidencias.add(publicado.entrega.evidencias.earliest("pk"))
    figura.ediciones.create(
        que="avance", antes="45", ahora="40", motivo="Error de captura", cuando=timezone.now()
    )
    publicar_corte(corte, None, timezone.now())
    assert "decía «45» y dice «40». Error de captura" in visible(client.get("/plan/prueba/"))
    texto = visible(client.get("/plan/prueba/compromiso/1.1/"))
    assert "Verificado por la revisión 25 %" in texto
    assert "antes, bimestre 1." in texto
    assert "Lista Zarzaparrilla (verificada)" in texto


class TestPortada:
    """Un número honesto, con su fecha y su fuente."""

    def test_dice_el_avance_del_ultimo_corte(self, client: Client, plan: Plan) -> None:
        texto = visible(client.get("/"))
        assert "Avance calculado 33 %" in texto
        assert "Fuente: Informe 3 , al 24 de julio de 2027" in texto

    def test_lo_ficticio_o_sin_publicar_no_es_la_cifra(self, client: Client, plan: Plan) -> None:
        plan.organo.ficticio = True
        plan.organo.save()
        assert "Todavía no se publica ningún avance." in visible(client.get("/"))
        plan.organo.ficticio = False
        plan.organo.save()
        Plan.objects.update(estado="borrador")
        assert "Todavía no se publica ningún avance." in visible(client.get("/"))
