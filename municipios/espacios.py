"""Lo que el avance de los municipios aporta a «Mi portal»: su lugar de trabajo y lo que falta informar."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from municipios import permisos
from municipios.captura import pruebas
from municipios.cuadro import Cuadro, tomar
from municipios.estados import Avance
from municipios.models import Municipio
from municipios.registros import catalogo
from sesiones.models import Organo
from stl_portal.archivo.permisos import ACCESO, POR_DENTRO
from stl_portal.archivo.procedencia import DE_DONDE
from stl_portal.publico import registro
from stl_portal.publico.registro import Espacio, Pendiente

QUE_ES = "En qué va cada etapa, con su fecha y su prueba"


def de_quien_informa(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """«Avance de los municipios» para quien sigue a los 46; «Avance de León» para su enlace."""
    for organo in _seguimientos(usuario, al):
        url = reverse("gestion_municipios:matriz", args=(organo.clave,))
        if permisos.sigue(usuario, organo, al):
            nombre = organo.denominacion(al).nombre_corto
            yield Espacio(f"Avance de los municipios: {nombre}", QUE_ES, url)
        else:
            propios = permisos.municipios_que_informa(usuario, organo, al)
            yield from (Espacio(f"Avance de {uno}", QUE_ES, url) for uno in propios)


def por_informar(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Las etapas de su municipio de las que nada se sabe, para quien solo informa del suyo."""
    for organo in _seguimientos(usuario, al):
        if permisos.sigue(usuario, organo, al):
            continue
        cuadro = tomar(organo, al)
        for municipio in permisos.municipios_que_informa(usuario, organo, al):
            yield from _pendiente(cuadro, municipio)


def _pendiente(cuadro: Cuadro, municipio: Municipio) -> Iterator[Pendiente]:
    calladas = [c.etapa.nombre for c in cuadro.de(municipio) if c.vale.avance == Avance.SIN_INFORMACION]
    if calladas:
        yield Pendiente(
            titulo=f"Informa el avance de {municipio}",
            detalle=f"Sin información: {', '.join(calladas)}",
            accion="Capturar el avance",
            url=reverse("gestion_municipios:matriz", args=(cuadro.organo.clave,)),
        )


def _seguimientos(usuario: Any, al: dt.date) -> "list[Organo]":
    suyos = permisos.organos_que_siguen(usuario, al)
    return list(Organo.objects.con_nombre().filter(pk__in=suyos).reales_primero())


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    catalogo.registrar()
    registro.apuntar(registro.ESPACIOS, de_quien_informa)
    registro.apuntar(registro.PENDIENTES, por_informar)
    registro.apuntar(ACCESO, pruebas.puede_abrir)
    registro.apuntar(POR_DENTRO, pruebas.lee_por_dentro)
    registro.apuntar(DE_DONDE, pruebas.de_donde)
