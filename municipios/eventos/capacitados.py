"""Qué municipios constan en una capacitación publicada: cumple por sí sola la etapa que lo pida.

Es un hecho del municipio, no de su secretariado: puede no tenerlo todavía.
"""

import datetime as dt
from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse

from municipios.estados import ClaseEvento, QueHecho
from municipios.models import Evento
from sesiones.estados import ClaseOrgano
from sesiones.models import Organo
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import Hecho


def capacitados(organo: Organo, al: dt.date) -> Iterator[tuple[str, Hecho]]:
    """Clave del municipio y el hecho, de las que dio el órgano o alguno que acompaña; en una consulta.

    De las que solo se sabe cuántos municipios fueron no sale ninguno: no se inventa cuáles. Un secretariado
    municipal solo da fe de su municipio, y lo que registra un órgano ficticio no consta en uno real.
    """
    de_quien = Q(organo=organo) | Q(organo__acompanado_por=organo)
    eventos = Evento.objects.publicados().filter(de_quien, clase=ClaseEvento.CAPACITACION, hasta__lte=al)
    if not organo.ficticio:
        eventos = eventos.filter(organo__ficticio=False)
    de_quien_consta = ~Q(organo__clase=ClaseOrgano.MUNICIPAL) | Q(organo__clave_municipio=F("municipios"))
    con_municipio = eventos.filter(de_quien_consta, municipios__isnull=False).order_by("hasta", "pk")
    campos, lista = ("municipios", "organo", "titulo", "hasta"), reverse("municipios:capacitaciones")
    for municipio, de, titulo, hasta in con_municipio.values_list(*campos):
        dicho = f"Consta en la capacitación «{titulo}», del {fecha_larga(hasta)}."
        url = f"{lista}?municipio={municipio}"
        yield municipio, Hecho(de, QueHecho.CAPACITACION, hasta, dicho, url)
