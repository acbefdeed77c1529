"""Las novedades que dan los municipios: los cortes y los informes trimestrales publicados."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from municipios.documento import EtapaLeida, leer
from municipios.estados import Avance
from municipios.informes.publicados import publicados, url_de
from municipios.models import CorteMunicipalPublicado, InformeTrimestral
from sesiones import publica
from sesiones.que_cambio import CON_CLASE_PROPIA, de_anexo, publicaciones_de_anexos
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido
from stl_portal.publico.registro import apuntar


def cortes(pedido: Pedido) -> Iterator[Novedad]:
    """Cada corte municipal que se publicó."""
    filas = CorteMunicipalPublicado.objects.select_related("corte__organo")
    con_nombre = filas.prefetch_related("corte__organo__denominaciones")
    for fila in pedido.de(con_nombre, "publicado_el", "corte__organo__clave"):
        yield _de_corte(fila)


def _de_corte(fila: CorteMunicipalPublicado) -> Novedad:
    corte = fila.corte
    organo = corte.organo.denominacion(corte.fecha).nombre
    leido = leer(bytes(fila.documento))
    etapas = "; ".join(_de_etapa(etapa, leido.municipios) for etapa in leido.etapas)
    corrige = f" Corrige: {corte.que_corrige}" if corte.que_corrige else ""
    return Novedad(
        identidad=f"corte-municipal:{fila.huella}",
        titulo=corte.nombre,
        dicho=f"Avance de los municipios, {organo}.{f' {etapas}.' if etapas else ''}{corrige}",
        url=corte.get_absolute_url(),
        cuando=fila.publicado_el,
        autor=organo,
        ficticia=corte.organo.ficticio,
        eslabon=fila.eslabon,
    )


def _de_etapa(etapa: EtapaLeida, municipios: int) -> str:
    """«Instalación: 12 de 46 municipios la cumplen»."""
    cumplen = sum(s.municipios for s in etapa.situaciones if s.avance == Avance.CUMPLIDO)
    return f"{etapa.nombre}: {cumplen} de {municipios} municipios la cumplen"


def trimestrales(pedido: Pedido) -> Iterator[Novedad]:
    """Los informes trimestrales que se publicaron con el acta de su sesión, se cambiaron o se retiraron."""
    filas = publicaciones_de_anexos().filter(anexo__in=_anexos_de_informes())
    pedidas = list(pedido.de(filas, "publicado_el", "anexo__sesion__organo__clave"))
    por_sesion = publica.tachadores(fila.anexo.sesion_id for fila in pedidas)
    informes = {uno.anexo_id: uno for uno in publicados().filter(anexo__in=[f.anexo_id for f in pedidas])}
    for fila in pedidas:
        tachador = por_sesion.get(fila.anexo.sesion_id, publica.SIN_NADA)
        dicha = de_anexo(fila, tachador, "un informe trimestral")
        informe = informes.get(fila.anexo_id)
        yield replace(dicha, url=url_de(informe)) if informe else dicha


def _anexos_de_informes() -> QuerySet[Any, Any]:
    return InformeTrimestral.objects.filter(anexo__isnull=False).values("anexo")


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(CON_CLASE_PROPIA, _anexos_de_informes)
    NOVEDADES.update(
        municipios=Clase("Avance de los municipios", cortes),
        trimestrales=Clase("Informes trimestrales de los municipios", trimestrales),
    )
