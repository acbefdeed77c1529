"""Los órganos con los nombres que han tenido, y quién ha ocupado cada asiento, con su cargo."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sesiones.estados import TipoSuplencia
from sesiones.models import Acuerdo, Asiento, Institucion, Nombramiento, Organo, Persona, Suplencia
from stl_portal.buscador import reindexar
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar
from stl_portal.buscador.models import Hallable


def grupos_de_organos() -> Iterator[str]:
    """Todos: su página es pública desde que se fundan."""
    return (f"organo:{clave}" for clave in Organo.objects.values_list("clave", flat=True))


def grupos_de_integrantes() -> Iterator[str]:
    """Los que tienen asientos que ya empezaron."""
    publicos = Asiento.objects.publicos(timezone.localdate())
    con_asientos = publicos.order_by().values_list("organo__clave", flat=True).distinct()
    return (f"integrantes:{clave}" for clave in con_asientos)


def de_organo(grupo: str) -> Iterator[Lugar]:
    """El órgano; se encuentra también por sus nombres anteriores y sus siglas, y no por los que vienen."""
    hoy = timezone.localdate()
    organo = Organo.objects.con_nombre().filter(clave=grupo.partition(":")[2]).first()
    if organo is None or not organo.denominaciones.all():
        return
    nombre = organo.denominacion(hoy).nombre
    ha_tenido = [d for d in organo.denominaciones.all() if (d.vigente_desde or dt.date.min) <= hoy]
    nombres = sorted(ha_tenido, key=lambda d: d.vigente_desde or dt.date.min, reverse=True)
    otros = dict.fromkeys(dicho for d in nombres for dicho in (d.nombre_corto, d.siglas, d.nombre))
    otros.pop(nombre, None)
    yield Lugar(
        grupo,
        "organo",
        nombre,
        reverse("sesiones:organo", args=(organo.clave,)),
        " · ".join(otros),
        de_donde=organo.get_clase_display(),
        organo=organo.clave,
        ficticio=organo.ficticio,
    )


def de_integrantes(grupo: str) -> Iterator[Lugar]:
    """Cada titular y cada suplente hasta nuevo aviso que ya empezaron, en la fecha desde la que consta."""
    hoy, suyos = timezone.localdate(), {"asiento__organo__clave": grupo.partition(":")[2]}
    permanentes = Suplencia.objects.publicos(hoy).filter(tipo=TipoSuplencia.PERMANENTE)
    for filas, que in ((Nombramiento.objects.publicos(hoy), "titular"), (permanentes, "suplente")):
        con_todo = filas.filter(**suyos).select_related("persona", "asiento__institucion", "asiento__organo")
        yield from (_persona(fila, que) for fila in con_todo.order_by("pk"))


def _persona(fila: Any, que: str) -> Lugar:
    organo, desde = fila.asiento.organo, fila.vigente_desde
    consulta = f"?{urlencode({'al': desde.isoformat()})}" if desde else ""
    return Lugar(
        f"persona:{organo.clave}/{que}-{fila.pk}",
        "persona",
        fila.persona.formal,
        f"{reverse('sesiones:integrantes_de', args=(organo.clave,))}{consulta}",
        f"{fila.cargo}, {que} por {fila.asiento.institucion.nombre}",
        de_donde="Integrantes",
        organo=organo.clave,
        fecha=desde,
        ficticio=organo.ficticio,
    )


def poner_al_dia() -> int:
    """Rehace lo que cambia solo con llegar el día: nadie guarda nada cuando algo que venía empieza.

    Devuelve cuántas personas se encuentran desde hoy. Lo llama `manage.py atender_plazos`; lo que no cambió
    no se toca.
    """
    personas = Hallable.objects.filter(clase="persona")
    antes = personas.count()
    reindexar.rehacer([*grupos_de_organos(), *grupos_de_integrantes()])
    return personas.count() - antes


def del_organo(organo: Organo) -> list[str]:
    """Los grupos de un órgano."""
    return [f"organo:{organo.clave}", f"integrantes:{organo.clave}"]


def del_asiento(asiento: Asiento) -> list[str]:
    """Los de un asiento: su integración y los acuerdos de los que responde."""
    return [f"integrantes:{asiento.organo.clave}", *_donde_responde(Q(responsable_asiento=asiento))]


def de_quien_ocupa(fila: Any) -> list[str]:
    """Los de un nombramiento o una suplencia."""
    return [f"integrantes:{fila.asiento.organo.clave}"]


def de_la_persona(persona: Persona) -> Iterator[str]:
    """Los de todos los órganos donde ocupa u ocupó un asiento."""
    suyos = Q(nombramientos__persona=persona) | Q(suplencias__persona=persona)
    claves = Asiento.objects.filter(suyos).order_by().values_list("organo__clave", flat=True)
    return (f"integrantes:{clave}" for clave in claves.distinct())


def de_la_institucion(institucion: Institucion) -> list[str]:
    """Los de los órganos donde tiene asiento y los de los acuerdos de los que responde."""
    claves = (
        Asiento.objects.filter(institucion=institucion).order_by().values_list("organo__clave", flat=True)
    )
    donde = Q(responsable_asiento__institucion=institucion)
    return [*(f"integrantes:{clave}" for clave in claves.distinct()), *_donde_responde(donde)]


def _donde_responde(suyos: Q) -> Iterator[str]:
    filas = Acuerdo.objects.de_sesiones_publicas().filter(suyos).order_by()
    for organo, sesion in filas.values_list("sesion__organo__clave", "sesion__clave").distinct():
        yield f"sesion:{organo}/{sesion}"


FUENTES = (
    Fuente("integrantes", {"persona": Clase("Persona", "Personas")}, grupos_de_integrantes, de_integrantes),
    Fuente("organo", {"organo": Clase("Órgano", "Órganos")}, grupos_de_organos, de_organo),
)
