"""Lleva las actas ficticias por su vida: una publicada, una por firmar y una en revisión."""

import datetime as dt
from io import BytesIO
from typing import Any

import pikepdf

from sesiones import anexos, aprobacion, firmar, publicar, revision, sellar, testados
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo

from . import anexo
from .datos import leer

METODO = "contraseña de demostración"


def publicada(sesion: m.Sesion, por: Any, cuando: dt.datetime) -> None:
    """Sellada, firmada por todas y todos y publicada sin su dato ficticio."""
    sello = firmada(m.Acta.de(sesion), por, cuando)
    for dato in leer("sesion-demo-publicada")["testado"]:
        testados.marcar(sello, por, cuando, **dato)
    publicar.publicar(sello.acta, por, cuando)
    anexo.publicar(sesion, por, cuando)


def publicar_firmada(sesion: m.Sesion, por: Any, cuando: dt.datetime) -> None:
    """Publicada tal cual, con todas sus firmas y sus anexos completos."""
    publicar.publicar(firmada(m.Acta.de(sesion), por, cuando).acta, por, cuando)
    for fila in sesion.anexos.exclude(archivo=None):
        anexos.publicar_completo(fila, por, cuando)


def firmada(acta: m.Acta, por: Any, cuando: dt.datetime) -> m.Sello:
    """Sellada y con todas sus firmas; a mano quien no tiene cuenta."""
    sello = sellar.sellar(acta, por, cuando)
    hoja = _hoja_escaneada(sello, por)
    for lugar in _lugares(sello):
        cuenta = lugar.persona and lugar.persona.usuario
        if cuenta:
            firmar.simple(lugar, cuenta, cuando, metodo=METODO)
        else:
            firmar.autografa(lugar, por, cuando, hoja)
    return sello


def por_firmar(sesion: m.Sesion, por: Any, cuando: dt.datetime) -> None:
    """Sellada; firmó quien conduce y falta lo demás, para que cada cuenta pueda hacerlo."""
    acta = m.Acta.de(sesion)
    aprobacion.aprobar_en_sesion(acta, por, cuando)
    sello = sellar.sellar(acta, por, cuando)
    for lugar in _lugares(sello).filter(persona__usuario=por):
        firmar.simple(lugar, por, cuando, metodo=METODO)


def en_revision(sesion: m.Sesion, por: Any, cuando: dt.datetime) -> None:
    """Circulada: alguien respondió «sin observaciones», alguien observó y alguien no ha contestado."""
    ronda = revision.circular(m.Acta.de(sesion), por, cuando)
    sin_cuenta = list(ronda.revisores.filter(persona__usuario__isnull=True)[:2])
    revision.conformar(sin_cuenta[0], cuando)
    sin_cuenta[1].observar(cuando, texto="Falta decir en cuáles tres barrios podría probarse la guía.")


def _lugares(sello: m.Sello) -> Any:
    return sello.lugares.select_related("persona__usuario")


def _hoja_escaneada(sello: m.Sello, por: Any) -> Archivo:
    """Hace las veces del escaneo: la última página del acta, que es su hoja de firmas."""
    salida = BytesIO()
    with pikepdf.open(BytesIO(almacen.leer(sello.pdf))) as acta, pikepdf.new() as hoja:
        ultima = acta.pages[-1]
        del ultima["/Annots"]  # los espacios de firma se quedan en el acta
        hoja.pages.append(ultima)
        hoja.save(salida)
    return almacen.guardar_propio(salida.getvalue(), "hoja-de-firmas-ficticia.pdf", por)
