"""Un acta publicada hecha con filas: componer y firmar su PDF tardaría más que todo lo demás."""

import datetime as dt
from io import BytesIO

import pikepdf
from django.utils import timezone

from sesiones import constancia_publica
from sesiones import models as m
from sesiones.acta import edicion
from sesiones.acta.documento import documento_de
from sesiones.estados import EstadoActa, EstadoSesion
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.sello import puntos
from tests.fabricas import crear_sesion
from tests.personas import DIA, Reparto


def publicada_con_filas(reparto: Reparto) -> m.Sello:
    """Sellada, publicada y cubierta por un punto de control; su PDF no tiene más que una hoja en blanco."""
    sesion = crear_sesion(reparto, fecha=DIA - dt.timedelta(days=14))
    m.Acuerdo.objects.create(
        sesion=sesion, punto=m.Punto.agregar(sesion, "Asunto de prueba"), numero=1, texto="Difundir"
    )
    m.Sesion.objects.filter(pk=sesion.pk).update(estado=EstadoSesion.CONCLUIDA)
    sesion.refresh_from_db()
    acta, ahora = m.Acta.objects.create(sesion=sesion, estado=EstadoActa.PUBLICADA), timezone.now()
    documento, pdf = documento_de(acta, edicion.borrador(sesion)), _en_blanco()
    sello = m.Sello(acta=acta, documento=documento.canonico, huella=documento.huella, codigo=documento.codigo)
    sello.xml, sello.pdf, sello.sellado_el = b"<akomaNtoso/>", pdf, ahora
    publicacion = m.Publicacion(sello=sello, pdf=pdf, publicada_el=ahora)
    for fila in (sello, publicacion):
        constancia_publica.anotar(fila)
    sello.save(force_insert=True)
    publicacion.sello = sello
    publicacion.save(force_insert=True)
    puntos.publicar()
    return sello


def _en_blanco() -> Archivo:
    salida = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(salida)
    return almacen.guardar_propio(salida.getvalue(), "acta.pdf")
