"""Actas publicadas sin componer su PDF: filas como las deja el dominio, con bytes propios por documento.

Sirven donde lo que se prueba es leerlas; componer y firmar tiene sus propias pruebas.
"""

import datetime as dt
import json

from sesiones import constancia_publica, fe_de_erratas
from sesiones import models as m
from sesiones.acta import akn, edicion
from sesiones.acta.documento import documento_de
from sesiones.sellar import Preparada, _asentar
from stl_portal.archivo import almacen
from tests.archivo import muestras as mu
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada, aprobada_despues

METODO = "contraseña y código temporal"


def archivada(reparto: Reparto, **cambios: object) -> m.Sello:
    """Aprobada, sellada, firmada y publicada."""
    return archivar(reparto, aprobada(reparto, **cambios))


def corregida(reparto: Reparto, sello: m.Sello, motivo: str = "Dice 2025 y es 2026.") -> m.Sello:
    """La fe de erratas de esa acta, ya publicada: la primera queda sustituida."""
    por = reparto.cuentas["facilitadora"]
    anterior = m.Acta.objects.get(pk=sello.acta_id)
    nueva = aprobada_despues(reparto, fe_de_erratas.abrir(anterior, por, motivo=motivo))
    segundo = archivar(reparto, nueva, JUEVES + dt.timedelta(days=30))
    constancia_publica.anotar_sustitucion(anterior.sello, segundo)
    anterior.cambiar("sustituir", por, nota=motivo)
    return segundo


def archivar(reparto: Reparto, acta: m.Acta, cuando: dt.datetime = JUEVES) -> m.Sello:
    """Sella, firma (quien va primero se niega) y publica un acta aprobada."""
    por = reparto.cuentas["facilitadora"]
    sello = _sellar(acta, por, cuando)
    for lugar in sello.lugares.all():
        negada = lugar.orden == 1
        firma = m.Firma(
            lugar=lugar,
            clase="negada" if negada else "simple",
            motivo="No estuve de acuerdo." if negada else "",
            cuando=cuando,
            por=por,
            pdf=sello.pdf,
            detalle={} if negada else {"metodo": METODO},
        )
        constancia_publica.anotar(firma)
        firma.save(force_insert=True)
    acta.cambiar("completar_firmas", por, cuando=cuando)
    contenido = mu.pdf() + f"\n% publicada {sello.codigo}\n".encode()
    pdf = almacen.guardar_propio(contenido, f"acta-v{acta.version}.pdf")
    publicacion = m.Publicacion(sello=sello, pdf=pdf, publicada_el=cuando, publicada_por=por)
    constancia_publica.anotar(publicacion)
    publicacion.save(force_insert=True)
    acta.cambiar("publicar", por, cuando=cuando)
    return m.Sello.objects.get(pk=sello.pk)


def _sellar(acta: m.Acta, por: object, cuando: dt.datetime) -> m.Sello:
    """Asienta el sello como lo hace el dominio, con unos bytes cualesquiera en lugar del PDF compuesto."""
    borrador = edicion.borrador(acta.sesion)
    documento = documento_de(acta, borrador)
    preparada = Preparada(
        documento,
        akn.acta_xml(json.loads(documento.canonico), documento.huella),
        f"%PDF-1.7 sellada {documento.codigo}".encode(),
        "acta.pdf",
        borrador.hechos.firmas,
    )
    return _asentar(acta, preparada, por, cuando)
