"""Aprobada, el acta ya no se edita; sellada, la mesa la lee y la entrega del sello y no de las filas."""

import datetime as dt

import pytest
from django.test import Client

from sesiones import aprobacion, publicar, sellar
from sesiones import models as m
from sesiones.acta import imprenta
from sesiones.cierre import cerrar
from sesiones.estados import Resultado, TipoPunto
from tests.fabricas import crear_en_curso
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada, firmada, sellada
from tests.vida.test_mesa_vida import url


@pytest.fixture
def mesa(reparto: Reparto) -> Client:
    cliente = Client()
    cliente.force_login(reparto.cuentas["facilitadora"])
    return cliente


def test_aprobada_ya_no_ofrece_editar_y_no_se_edita(reparto: Reparto, mesa: Client) -> None:
    acta = aprobada(reparto)
    pagina = mesa.get(f"{url(acta, 'acta')}?editar=cierre").content.decode()
    assert "El texto aprobado" in pagina
    assert [algo for algo in ("?editar=", "data-editor", "Cambiar la forma") if algo in pagina] == []
    forma = {"estilo": "narrativa", "version": acta.sesion.version}
    assert mesa.post(url(acta, "estilo"), forma).status_code == 422
    acta.sesion.refresh_from_db()
    assert acta.sesion.estilo == "ordinales"


def test_sellada_se_lee_del_sello_y_no_de_las_filas(reparto: Reparto, mesa: Client) -> None:
    acta = sellada(reparto).acta
    acta.sesion.puntos.update(titulo="Titulo cambiado por debajo")
    for nombre in ("acta", "previa"):
        pagina = mesa.get(url(acta, nombre)).content.decode()
        assert "Asunto de prueba 1" in pagina
        assert "Titulo cambiado por debajo" not in pagina


def test_sellada_entrega_su_pdf_sus_datos_y_su_xml(reparto: Reparto, mesa: Client) -> None:
    sello = sellada(reparto)
    pdf = mesa.get(url(sello.acta, "acta_pdf"))
    assert pdf["Location"] == f"/archivos/{sello.pdf.huella}/{sello.pdf.nombre}?ver=1"
    assert mesa.get(url(sello.acta, "acta_json")).content == bytes(sello.documento)
    assert mesa.get(url(sello.acta, "acta_xml")).content == bytes(sello.xml)
    assert mesa.get(f"{url(sello.acta, 'acta_json')}?version=7").status_code == 404


def test_el_pdf_que_se_abre_lleva_las_firmas_y_luego_el_sello_del_organo(
    reparto: Reparto, mesa: Client
) -> None:
    sello = firmada(reparto)
    ultima = m.Firma.objects.latest("pk").pdf
    assert ultima.huella in mesa.get(url(sello.acta, "acta_pdf"))["Location"]
    publicacion = publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    assert publicacion.pdf.huella in mesa.get(url(sello.acta, "acta_pdf"))["Location"]


def test_sin_sellar_no_hay_datos_ni_xml(mesa: Client, acta: m.Acta) -> None:
    assert [mesa.get(url(acta, n)).status_code for n in ("acta_json", "acta_xml")] == [404, 404]


def test_la_certificacion_de_un_acta_sellada_no_lleva_marca_y_dice_lo_sellado(
    reparto: Reparto, mesa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    originales: list[imprenta.Original] = []
    imprimir = imprenta.imprimir

    def anotar(original: imprenta.Original) -> imprenta.Impreso:
        originales.append(original)
        return imprimir(original)

    monkeypatch.setattr(imprenta, "imprimir", anotar)
    sello = _con_acuerdo(reparto)
    m.Acuerdo.objects.update(texto="Texto cambiado por debajo")
    assert mesa.get(url(sello.acta, "certificacion", 1))["Content-Type"] == "application/pdf"
    assert originales[-1].marca == ""
    assert "Difundir el informe" in originales[-1].html
    assert "Texto cambiado por debajo" not in originales[-1].html


def _con_acuerdo(reparto: Reparto) -> m.Sello:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    m.Acuerdo.agregar(punto, texto="Difundir el informe")
    punto.resolver(Resultado.PRESENTADO)
    m.Punto.agregar(sesion, "Lectura del acta", tipo=TipoPunto.ACTA).resolver(Resultado.CONSENSO)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(12))
    m.Firmante.proponer(sesion)
    acta = m.Acta.de(sesion)
    aprobacion.aprobar_en_sesion(acta, reparto.cuentas["facilitadora"], JUEVES)
    return sellar.sellar(acta, reparto.cuentas["facilitadora"], JUEVES)
