"""Los materiales de los eventos de la agenda: los abre cualquiera desde que el evento se publica."""

from django.db.models import Q

from sesiones.eventos.estados import PUBLICOS
from sesiones.eventos.models import Material
from sesiones.materiales import Materiales

DE_EVENTOS = Materiales(Material, Q(evento__estado__in=PUBLICOS), "eventos__materiales")
