"""Las novedades que dan los municipios: los cortes publicados y sus correcciones."""

from collections.abc import Iterator

from municipios.documento import EtapaLeida, leer
from municipios.estados import Avance
from municipios.models import CorteMunicipalPublicado
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido


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


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    NOVEDADES.update(municipios=Clase("Avance de los municipios", cortes))
