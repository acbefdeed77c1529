"""Tomar otra vez de los reportes: entra lo nuevo, lo que cambió el personal se queda y nada se borra."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes.cortes import editar_corte, tomar_de_reportes
from ejes.cortes.publicar import publicar as publicar_corte
from ejes.models import Corte, Plan
from ejes.revision import publicar_reporte
from stl_portal.transiciones import TransicionInvalida
from tests.ejes import entregas
from tests.ejes.cortes import abrir, accion_de, cuadro, enviar, reporte_validado
from tests.ejes.fabricas import crear_plan
from tests.ejes.lectura import visible
from tests.personas import Reparto

MOTIVO = {"motivo": "Consta en su oficio."}


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    return crear_plan(reparto.organo)


@pytest.fixture
def mesa(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


@pytest.fixture
def nuevo(plan: Plan) -> Corte:
    return abrir(plan)


def tomado(corte: Corte) -> Any:
    """Lo que dice la acción."""
    return accion_de(corte)


def test_una_nota_cambiada_se_queda_y_el_avance_entra(
    reparto: Reparto, plan: Plan, nuevo: Corte, mesa: Client
) -> None:
    enviar(mesa, nuevo, {accion_de(nuevo): {"nota": "La del personal.", **MOTIVO}})
    reporte_validado(reparto, plan)
    assert tomar_de_reportes.llenar(nuevo) == 1
    figura = tomado(nuevo)
    assert (figura.nota, figura.declarado, figura.verificado) == ("La del personal.", 45, 30)
    assert figura.procedencia.startswith("Reporte de Bimestre 1")
    assert tomar_de_reportes.llenar(nuevo) == 0


def test_unas_ligas_cambiadas_se_quedan_y_lo_demas_entra(
    reparto: Reparto, plan: Plan, nuevo: Corte, mesa: Client
) -> None:
    enviar(mesa, nuevo, {accion_de(nuevo): {"ligas": "https://gob.example/avance", **MOTIVO}})
    reporte_validado(reparto, plan)
    tomar_de_reportes.llenar(nuevo)
    figura = tomado(nuevo)
    assert [liga.direccion for liga in figura.ligas.all()] == ["https://gob.example/avance"]
    assert (figura.declarado, figura.nota) == (45, f"Nota de {entregas.SECRETO}")


def test_donde_se_cambio_el_avance_no_entra_nada(
    reparto: Reparto, plan: Plan, nuevo: Corte, mesa: Client
) -> None:
    enviar(mesa, nuevo, {accion_de(nuevo): {"declarado": "70", **MOTIVO}})
    reporte_validado(reparto, plan)
    assert tomar_de_reportes.llenar(nuevo) == 0
    figura = tomado(nuevo)
    assert (figura.declarado, figura.nota, figura.verificado, figura.procedencia) == (70, "", None, "")
    assert not figura.evidencias.exists()


def test_el_asterisco_que_puso_o_quito_el_personal_se_queda(
    reparto: Reparto, plan: Plan, nuevo: Corte, mesa: Client
) -> None:
    enviar(mesa, nuevo, {accion_de(nuevo): {"con_asterisco": "on"}})
    reporte_validado(reparto, plan)
    assert tomar_de_reportes.llenar(nuevo) == 1
    figura = tomado(nuevo)
    assert (figura.con_asterisco, figura.declarado) == (True, 45)


def test_quien_respondia_se_dice_segun_el_ultimo_reporte(reparto: Reparto, plan: Plan, nuevo: Corte) -> None:
    nuevo.figuras.filter(compromiso__isnull=False).update(responsable="Otra persona", cargo="Otro cargo")
    reporte_validado(reparto, plan)
    tomar_de_reportes.llenar(nuevo)
    (compromiso,) = cuadro(nuevo).compromisos
    assert (compromiso.responsable, compromiso.cargo) == ("C. Darío Vega Cruz", "Titular")


def test_si_solo_cambian_las_evidencias_tambien_se_dice(
    reparto: Reparto, plan: Plan, nuevo: Corte, mesa: Client
) -> None:
    reporte_validado(reparto, plan)
    tomar_de_reportes.llenar(nuevo)
    figura = accion_de(nuevo)
    figura.evidencias.clear()
    respuesta = mesa.post(f"{nuevo.url_de_trabajo}tomar/", follow=True)
    assert "Una acción cambió." in respuesta.content.decode()
    assert figura.evidencias.count() == 1
    assert accion_de(nuevo).version == figura.version + 1
    otra_vez = mesa.post(f"{nuevo.url_de_trabajo}tomar/", follow=True)
    assert "Ninguna acción cambió." in otra_vez.content.decode()


def test_en_la_correccion_de_lo_que_nadie_reporto_nada_se_borra(plan: Plan) -> None:
    primero = plan.cortes.get()
    correccion = editar_corte.corregir(primero, "El 30 % era 35 %.")
    tomar_de_reportes.completar(correccion)
    compromiso = correccion.figuras.filter(compromiso__isnull=False)
    compromiso.update(responsable="Quien decía el informe", cargo="Su cargo")
    assert tomar_de_reportes.llenar(correccion) == 0
    assert accion_de(correccion).declarado == 30
    assert compromiso.get().responsable == "Quien decía el informe"


def test_la_correccion_recuerda_que_el_asterisco_es_del_personal(
    reparto: Reparto, plan: Plan, nuevo: Corte, mesa: Client
) -> None:
    reporte = reporte_validado(reparto, plan)
    tomar_de_reportes.llenar(nuevo)
    enviar(mesa, nuevo, {accion_de(nuevo): {"con_asterisco": "on"}})
    publicar_reporte.publicar(reporte, None, timezone.now())
    publicar_corte(nuevo, None, timezone.now())
    correccion = editar_corte.corregir(nuevo, "Falta una evidencia.")
    tomar_de_reportes.llenar(correccion)
    assert accion_de(correccion).con_asterisco


def test_lo_publicado_no_se_completa(plan: Plan) -> None:
    plan.ejes.create(numero=2, nombre="Otro")
    with pytest.raises(TransicionInvalida):
        tomar_de_reportes.completar(plan.cortes.get())


@pytest.mark.django_db(transaction=True)
def test_dos_paginas_abiertas_a_la_vez_completan_el_corte_una_vez(plan: Plan, nuevo: Corte) -> None:
    plan.ejes.create(numero=2, nombre="Otro")
    salida = Barrier(2)

    def abrir_pagina(_: int) -> None:
        salida.wait()
        try:
            tomar_de_reportes.completar(nuevo)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hilos:
        list(hilos.map(abrir_pagina, range(2)))
    assert nuevo.figuras.filter(eje__numero=2).count() == 1


def test_la_pagina_dice_que_se_queda(nuevo: Corte, mesa: Client) -> None:
    assert "Donde ya cambiaste el avance no entra nada" in visible(mesa.get(nuevo.url_de_trabajo))


def test_consultas_fijas_con_una_accion_o_muchas(
    reparto: Reparto, plan: Plan, nuevo: Corte, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reporte_validado(reparto, plan)
    for desde in (2, 22):
        corte = Corte.objects.get(pk=nuevo.pk)
        with django_assert_num_queries(33):
            tomar_de_reportes.llenar(corte)
        compromiso = plan.ejes.get().compromisos.get(numero=1)
        for numero in range(desde, desde + 20):
            compromiso.acciones.create(numero=numero, texto="Otra")
            otro = plan.ejes.get().compromisos.create(numero=numero, nombre="Otro")
            otro.acciones.create(numero=1, texto="Otra")
        tomar_de_reportes.completar(nuevo)
        nuevo.figuras.filter(accion__isnull=False).update(procedencia="De antes", declarado=7)
