"""Los órganos con los nombres que han tenido, y quién ha ocupado cada asiento, con su cargo."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from sesiones.estados import TipoSuplencia
from sesiones.models import Acuerdo, Asiento, Institucion, Nombramiento, Organo, Persona, Suplencia
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar


def grupos_de_organos() -> Iterator[str]:
    """Todos: su página es pública desde que se fundan."""
    return (f"organo:{clave}" for clave in Organo.objects.values_list("clave", flat=True))


def grupos_de_integrantes() -> Iterator[str]:
    """Los que tienen asientos."""
    con_asientos = Asiento.objects.order_by().values_list("organo__clave", flat=True).distinct()
    return (f"integrantes:{clave}" for clave in con_asientos)


def de_organo(grupo: str) -> Iterator[Lugar]:
    """El órgano; se encuentra también por sus nombres anteriores y sus siglas."""
    organo = Organo.objects.con_nombre().filter(clave=grupo.partition(":")[2]).first()
    nombres = sorted(organo.denominaciones.all(), key=lambda d: str(d.vigente_desde or "")) if organo else []
    if organo is None or not nombres:
        return
    otros = dict.fromkeys(dicho for d in reversed(nombres) for dicho in (d.nombre_corto, d.siglas, d.nombre))
    otros.pop(nombres[-1].nombre, None)
    yield Lugar(
        grupo,
        "organo",
        nombres[-1].nombre,
        reverse("sesiones:organo", args=(organo.clave,)),
        " · ".join(otros),
        de_donde=organo.get_clase_display(),
        organo=organo.clave,
        ficticio=organo.ficticio,
    )


def de_integrantes(grupo: str) -> Iterator[Lugar]:
    """Cada titular y cada suplente hasta nuevo aviso, en la fecha desde la que consta."""
    clave = grupo.partition(":")[2]
    suyos = {"asiento__organo__clave": clave}
    permanentes = Suplencia.objects.filter(tipo=TipoSuplencia.PERMANENTE)
    for filas, que in ((Nombramiento.objects.all(), "titular"), (permanentes, "suplente")):
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
