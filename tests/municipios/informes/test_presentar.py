"""Presentar el informe en una sesión, y lo que pasa con él si se quita, se publica o se retira."""

import datetime as dt
import io
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from municipios.informes import escribir, impreso, presentar, publicados
from municipios.informes.trimestres import Trimestre
from municipios.models import InformeTrimestral
from sesiones import anexos
from sesiones import models as m
from sesiones.acta.estilos import redactar
from sesiones.acta.hechos import hechos_de
from sesiones.cierre import cerrar
from sesiones.estados import EstiloActa, Resultado, TipoPunto
from stl_portal.archivo import almacen
from stl_portal.transiciones import TransicionInvalida
from tests.documentos.conforme import reparos
from tests.fabricas import crear_en_curso, crear_punto, crear_sesion
from tests.personas import Reparto

from .llenar import AHORA, escrito, municipal, presentado, publicado

pytestmark = pytest.mark.django_db
OCTUBRE = dt.date(2026, 10, 14)


@pytest.fixture
def leon() -> Reparto:
    """El secretariado municipal."""
    return municipal()


def test_queda_como_anexo_de_un_punto_propio_antes_de_los_asuntos_generales(leon: Reparto) -> None:
    sesion = crear_sesion(leon, fecha=OCTUBRE)
    crear_punto(sesion, "Pase de lista", tipo=TipoPunto.LISTA)
    crear_punto(sesion, "Asuntos generales", tipo=TipoPunto.GENERALES)
    informe = presentado(leon, sesion)
    assert [punto.titulo for punto in sesion.puntos.en_arbol()] == [
        "Pase de lista",
        "Presentación del informe trimestral 1, julio a septiembre de 2026",
        "Asuntos generales",
    ]
    anexo = sesion.anexos.get()
    assert (informe.estado, informe.anexo) == ("presentado", anexo)
    assert anexo.titulo == "Informe trimestral 1, julio a septiembre de 2026"


def test_va_entre_los_asuntos_si_la_sesion_los_agrupa(leon: Reparto) -> None:
    sesion = crear_sesion(leon, fecha=OCTUBRE)
    grupo = crear_punto(sesion, "Asuntos", tipo=TipoPunto.GRUPO)
    presentado(leon, sesion)
    assert sesion.anexos.get().punto in grupo.hijos.all()


def test_el_pdf_dice_el_informe_con_el_nombre_que_el_organo_tenia_ese_dia(leon: Reparto) -> None:
    leon.organo.denominaciones.update(vigente_hasta=dt.date(2026, 10, 1))
    leon.organo.denominaciones.create(
        nombre="Secretariado de Estado Abierto de León",
        nombre_corto="Secretariado",
        siglas="SEAL",
        vigente_desde=dt.date(2026, 10, 2),
    )
    sesion = crear_sesion(leon, fecha=OCTUBRE)
    presentado(leon, sesion)
    archivo: Any = sesion.anexos.get().archivo
    assert archivo.nombre == "informe-trimestral-1-stm-leon-2026-3.pdf"
    with pikepdf.open(io.BytesIO(almacen.leer(archivo))) as pdf:
        datos = bytes(pdf.attachments["informe.json"].get_file().read_bytes()).decode()
        assert str(pdf.docinfo["/Author"]) == "Secretariado de Estado Abierto de León"
        assert str(pdf.Root.Lang) == "es-MX"
        assert len(pdf.pages) == 1  # un informe breve cabe, con su portada, en una hoja
        assert "Se difundió en el mes 8." in datos
        assert "Secretariado de Estado Abierto de León" in datos


@pytest.mark.parametrize("borrador", [False, True])
@pytest.mark.parametrize("largo", [False, True])
def test_cumple_lo_que_declara_sea_breve_o_largo(leon: Reparto, borrador: bool, largo: bool) -> None:
    informe = escrito(leon)
    if largo:
        parrafos = "\n\n".join(f"**Jornada {n}.** {'Se explicó a cada barrio. ' * 12}" for n in range(14))
        informe.textos.update(texto=f"{parrafos}\n\n- Una\n- Dos\n\n> Lo dicho\n\n{'x' * 400}")
    contenido = impreso.imprimir(informe, OCTUBRE, AHORA, ante="II Sesión Ordinaria", borrador=borrador)
    assert reparos(contenido) == []


def test_no_se_presenta_sin_entregar_ni_en_una_sesion_que_ya_concluyo(leon: Reparto) -> None:
    sesion = crear_sesion(leon, fecha=OCTUBRE)
    with pytest.raises(TransicionInvalida, match="está «En preparación»"):
        presentar.presentar(escrito(leon), sesion, None, None, AHORA)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    informe = InformeTrimestral.objects.get()
    escribir.entregar(informe, None, AHORA)
    sesion.refresh_from_db()
    with pytest.raises(ValidationError, match="reábrela con su motivo"):
        presentar.presentar(informe, sesion, None, None, AHORA)
    assert InformeTrimestral.objects.get().estado == "entregado"
    assert not sesion.puntos.exists()


def test_si_el_anexo_se_quita_en_la_mesa_vuelve_a_estar_entregado(leon: Reparto) -> None:
    sesion = crear_sesion(leon, fecha=OCTUBRE)
    informe = presentado(leon, sesion)
    sesion.anexos.get().quitar()
    informe.refresh_from_db()
    assert (informe.estado, informe.anexo) == ("entregado", None)
    assert informe.historia.latest("pk").nota == f"Se quitó de la {sesion}."
    presentar.presentar(informe, sesion, sesion.puntos.get(), None, AHORA)
    assert InformeTrimestral.objects.get().estado == "presentado"


def test_si_la_sesion_se_cancela_puede_presentarse_en_otra(leon: Reparto) -> None:
    quien, cancelada = leon.cuentas["facilitadora"], crear_sesion(leon, fecha=OCTUBRE)
    informe = presentado(leon, cancelada)
    cancelada.cancelar(quien, motivo="Inundación en la sede")
    informe.refresh_from_db()
    assert (informe.estado, informe.anexo, cancelada.anexos.count()) == ("entregado", None, 1)
    ultimo = informe.historia.latest("pk")
    assert ultimo.nota == f"La {cancelada.designacion} del 14 de octubre de 2026 se canceló."
    assert ultimo.por == quien
    otra = crear_sesion(leon, numero=2, fecha=OCTUBRE + dt.timedelta(days=7))
    presentar.presentar(informe, otra, None, quien, AHORA)
    assert InformeTrimestral.objects.get().anexo == otra.anexos.get()
    assert presentar.por_que_volvio(list(informe.historia.all())) == ""


def test_si_en_segunda_tampoco_hubo_quorum_puede_presentarse_en_otra(leon: Reparto) -> None:
    sesion = crear_sesion(leon, fecha=OCTUBRE)
    informe = presentado(leon, sesion)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="sin_quorum")
    sesion.dar_por_no_celebrada(None)
    informe.refresh_from_db()
    assert informe.estado == "entregado"
    assert informe.historia.latest("pk").nota.endswith("no se celebró por falta de quórum.")


def test_cancelar_una_sesion_no_toca_los_informes_de_las_demas(leon: Reparto) -> None:
    informe = presentado(leon, crear_sesion(leon, fecha=OCTUBRE))
    otra = crear_sesion(leon, numero=2, fecha=OCTUBRE)
    otra.cancelar(None, motivo="Sin sede")
    assert InformeTrimestral.objects.get() == informe
    assert InformeTrimestral.objects.get().estado == "presentado"


@pytest.mark.parametrize(
    ("resultado", "dicho"),
    [
        (Resultado.POSPUESTO, "El punto se pospuso"),
        (Resultado.RETIRADO, "El punto se retiró"),
        (Resultado.PENDIENTE, "No se trató"),
    ],
)
def test_si_la_sesion_concluyo_sin_verlo_puede_presentarse_en_otra(
    leon: Reparto, resultado: str, dicho: str
) -> None:
    sesion = crear_en_curso(leon, fecha=OCTUBRE)
    informe = presentado(leon, sesion)
    sesion.puntos.update(resultado=resultado, motivo="Faltó tiempo")
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    informe = InformeTrimestral.objects.get()
    assert presentar.no_se_vio(informe)
    presentar.quitar(informe, leon.cuentas["facilitadora"], AHORA)
    assert (informe.estado, informe.anexo, sesion.anexos.count()) == ("entregado", None, 1)
    esperada = f"{dicho} en la {sesion.designacion}, punto II."
    assert presentar.por_que_volvio(list(informe.historia.all())) == esperada


@pytest.mark.parametrize(
    ("resultado", "dicho"),
    [
        (Resultado.PRESENTADO, "Se tomó nota"),
        (Resultado.DA_CUENTA, "Se tomó nota"),
        (Resultado.CONSENSO, "Se aprobó por consenso"),
        (Resultado.DESAHOGADO, "Se trató"),
        (Resultado.DISPENSADO, "Se dispensó su lectura"),
    ],
)
def test_lo_que_la_sesion_hizo_con_el_sale_de_su_punto(leon: Reparto, resultado: str, dicho: str) -> None:
    sesion = crear_en_curso(leon, fecha=OCTUBRE)
    informe = presentado(leon, sesion)
    assert presentar.se_tomo_nota(informe) == (
        f"Se presentará en la {sesion.designacion} del 14 de octubre de 2026, punto II"
    )
    for punto in sesion.puntos.all():
        punto.resolver(resultado)
    cerrar(sesion, leon.cuentas["facilitadora"], cierre=dt.time(12, 0))
    fresco = InformeTrimestral.objects.get()
    assert presentar.se_tomo_nota(fresco) == f"{dicho} en la {sesion.designacion}, punto II"


def test_el_acta_narrativa_y_la_pagina_dicen_lo_mismo(leon: Reparto) -> None:
    m.Regla.objects.update(estilo_acta=EstiloActa.NARRATIVA)
    sesion = crear_en_curso(leon, fecha=OCTUBRE)
    anexo = presentado(leon, sesion).anexo
    assert anexo
    for cada in sesion.puntos.all():
        cada.resolver(Resultado.PRESENTADO)
    cerrar(sesion, leon.cuentas["facilitadora"], cierre=dt.time(12, 0))
    sesion = m.Sesion.objects.get()
    dicho = {bloque.clave: bloque.texto for bloque in redactar(hechos_de(sesion), sesion.regla.estilo_acta)}
    assert dicho[f"resultado-{anexo.punto_id}"] == "Las y los integrantes toman nota."
    assert presentar.se_tomo_nota(InformeTrimestral.objects.get()).startswith("Se tomó nota en la")


def test_dos_informes_en_un_mismo_punto_se_ligan_los_dos(leon: Reparto) -> None:
    uno = publicado(leon)
    assert uno.anexo
    otro = publicado(leon, Trimestre(2026, 2), uno.anexo.sesion)
    assert otro.anexo
    m.Anexo.objects.filter(pk=otro.anexo.pk).update(punto=uno.anexo.punto)
    punto = uno.anexo.punto_id
    assert punto
    ligados = publicados.de_puntos([punto])[punto]
    assert {ligado.texto for ligado in ligados} == {str(uno), str(otro)}


def test_es_publico_solo_con_los_anexos_del_acta_y_retirado_deja_de_serlo(leon: Reparto) -> None:
    presentado(leon, crear_sesion(leon, fecha=OCTUBRE))
    assert list(publicados.publicados()) == []
    otro = publicado(leon, Trimestre(2026, 2))
    assert list(publicados.publicados()) == [otro]
    assert otro.anexo
    anexos.retirar(otro.anexo, None, timezone.now(), "Traía datos personales")
    assert list(publicados.publicados()) == []
