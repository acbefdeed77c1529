"""Los cortes publicados que se presentaron en un punto de una sesión: su página los enlaza."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from municipios.models import CorteMunicipal
from stl_portal.publico.registro import Ligado


def de_puntos(puntos: Collection[int]) -> Mapping[int, Sequence[Ligado]]:
    """Los que rigen, por el punto donde se presentaron; el corregido ya lo dice su corrección."""
    ligados: dict[int, list[Ligado]] = defaultdict(list)
    for corte in CorteMunicipal.objects.vigentes().filter(punto__in=puntos).select_related("organo"):
        if corte.punto_id:
            texto = f"{corte.nombre}: el avance de los municipios"
            ligados[corte.punto_id].append(Ligado(texto, corte.get_absolute_url()))
    return ligados
