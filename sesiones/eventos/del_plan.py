"""Con qué ejes y compromisos se relaciona un evento, y los eventos de cada uno, por su clave pública."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from sesiones.eventos.models import Evento, RelacionConPlan
from sesiones.models import Organo
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import DE_LO_DEL_PLAN, PLANES, DelPlan, Ligado, apuntar


def opciones(organo: Organo, puestas: Iterable[str]) -> list[tuple[str, str]]:
    """Lo publicado del plan del órgano, o de aquel del que depende; lo ya puesto siempre se ofrece."""
    de_quien = [pk for pk in (organo.pk, organo.padre_id) if pk]
    hay = {d.clave: d.nombre for fuente in PLANES for d in fuente.de_organos(de_quien)}
    return list((hay | {clave: clave for clave in puestas if clave not in hay}).items())


def relacionado(evento: Evento) -> list[DelPlan]:
    """Los ejes y compromisos que hoy son públicos, en el orden del plan."""
    claves = [relacion.clave for relacion in evento.relaciones.all()]
    return list(chain.from_iterable(f.por_clave(claves) for f in PLANES)) if claves else []


def de_lo_del_plan(claves: Collection[str]) -> Mapping[str, list[Ligado]]:
    """Los eventos públicos de esos ejes y compromisos, el más reciente primero."""
    ligados: dict[str, list[Ligado]] = defaultdict(list)
    filas = RelacionConPlan.objects.filter(clave__in=claves, evento__in=Evento.objects.publicados())
    for relacion in filas.select_related("evento__organo").order_by("-evento__dia", "-evento__pk"):
        ligados[relacion.clave].append(ligado(relacion.evento))
    return ligados


def ligado(evento: Evento) -> Ligado:
    """«Panel: Datos abiertos, 3 de marzo de 2026»; dice si se canceló."""
    cancelado = " (cancelado)" if evento.estado == "cancelado" else ""
    dicho = f"{evento.get_tipo_display()}: {evento}, {fecha_larga(evento.dia)}{cancelado}"
    return Ligado(dicho, evento.get_absolute_url())


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(DE_LO_DEL_PLAN, de_lo_del_plan)
