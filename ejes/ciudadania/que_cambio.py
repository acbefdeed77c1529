"""Las novedades que da el plan: los reportes y los informes publicados, y sus correcciones."""

import json
from collections.abc import Iterator

from ejes.avance import legible
from ejes.ciudadania.lectura import Leido, leidos, publicados
from ejes.cortes.documento import cuadro_de
from ejes.models import CortePublicado, Plan
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido


def reportes(pedido: Pedido) -> Iterator[Novedad]:
    """Cada versión de un reporte bimestral que se publicó."""
    yield from map(
        _de_reporte, leidos(pedido.de(publicados(), "publicado_el", "reporte__eje__plan__organo__clave"))
    )


def _de_reporte(leido: Leido) -> Novedad:
    documento, fila = leido.documento, leido.fila
    eje = documento["eje"]
    corrige = " Corrige lo que se había publicado." if documento["publicacion"]["sustituye"] else ""
    de_quien = f"Reporte de {leido.institucion} en el {documento['plan']['nombre']}."
    hechos = f"Informa de {_cuantas(len(documento['avances']), 'acción', 'acciones')}"
    con = f"con {_cuantas(len(documento['evidencias']), 'evidencia', 'evidencias')}"
    return Novedad(
        identidad=f"reporte:{fila.huella}",
        titulo=f"Eje {eje['numero']}. {eje['nombre']}, {leido.bimestre}",
        dicho=f"{de_quien} {hechos}, {con}.{corrige}",
        url=f"{leido.direccion}?version={fila.entrega.numero}",
        cuando=fila.publicado_el,
        autor=leido.institucion,
        ficticia=documento["ficticio"],
        eslabon=fila.eslabon,
    )


def _cuantas(numero: int, una: str, varias: str) -> str:
    return f"{numero} {una if numero == 1 else varias}"


def informes(pedido: Pedido) -> Iterator[Novedad]:
    """Cada corte del plan que se publicó como informe."""
    filas = CortePublicado.objects.filter(corte__plan__in=Plan.objects.publicados())
    con_todo = filas.select_related("corte__plan__organo")
    yield from map(_de_corte, pedido.de(con_todo, "publicado_el", "corte__plan__organo__clave"))


def _de_corte(fila: CortePublicado) -> Novedad:
    corte = fila.corte
    corrige = f" Corrige: {corte.que_corrige}" if corte.que_corrige else ""
    return Novedad(
        identidad=f"corte:{fila.huella}",
        titulo=f"{corte.nombre}, {corte.plan}",
        dicho=f"Informe de avance del {corte.plan}.{_avance(fila)}{corrige}",
        url=corte.get_absolute_url(),
        cuando=fila.publicado_el,
        autor=corte.plan.nombre,
        ficticia=corte.plan.organo.ficticio,
        eslabon=fila.eslabon,
    )


def _avance(fila: CortePublicado) -> str:
    """Lo declarado y lo calculado, cada uno por su nombre; vacío si el corte no trae cifra."""
    total = cuadro_de(json.loads(bytes(fila.documento))).total
    cifras = (("declarado", total.declarado), ("calculado", total.calculado))
    dichas = [f"{nombre}: {legible(cifra)} %" for nombre, cifra in cifras if cifra is not None]
    return f" Avance {', '.join(dichas)}." if dichas else ""


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    NOVEDADES.update(
        reportes=Clase("Reportes bimestrales del plan", reportes),
        informes=Clase("Informes de avance del plan", informes),
    )
