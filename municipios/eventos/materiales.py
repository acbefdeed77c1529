"""Los materiales de las capacitaciones: los abre cualquiera si la capacitación es pública."""

from django.db.models import Q

from municipios.models import Material
from sesiones.materiales import Materiales

DE_CAPACITACIONES = Materiales(Material, Q(evento__publico=True), "eventos_municipales__materiales")
