"""Conjunto «eventos»: la agenda pública de cada órgano."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from sesiones.estados import Modalidad
from sesiones.eventos.datos import columnas as comunes
from sesiones.eventos.estados import PUBLICOS, TipoEvento
from sesiones.eventos.models import Evento
from stl_portal.datos.columnas import FICTICIO, LISTA, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor
from stl_portal.texto import a_llano

TIPOS = tuple((str(valor), str(dicho).lower()) for valor, dicho in TipoEvento.choices)
ESTADOS = tuple(
    zip(
        map(str, PUBLICOS),
        ("se anunció", "se celebró", "se canceló y sigue a la vista"),
        strict=True,
    )
)
MODALIDADES = (
    (Modalidad.PRESENCIAL.value, "en un mismo lugar"),
    (Modalidad.REMOTA.value, "a distancia"),
    (Modalidad.HIBRIDA.value, "unas personas en el lugar y otras a distancia"),
)
TAL_CUAL = (
    *("tipo", "titulo", "estado", "motivo", "modalidad", "lugar", "liga", "liga_registro", "dia", "hora"),
    *("hasta", "hora_fin", "cupo", "alcance", "alcance_literal", "fuente"),
)
COLUMNAS = (
    identificador("al evento", "stl/panel-de-datos-abiertos-2026"),
    ORGANO,
    FICTICIO,
    Columna("tipo", Tipo.TEXTO, "Qué es", "Clase de actividad.", requerida=True, valores=TIPOS),
    Columna("titulo", Tipo.TEXTO, "Título", "Como se anunció.", requerida=True),
    Columna("estado", Tipo.TEXTO, "Estado", "En qué va.", requerida=True, valores=ESTADOS),
    Columna("motivo", Tipo.TEXTO, "Por qué se canceló", "Vacío si no se canceló."),
    Columna("descripcion", Tipo.TEXTO, "De qué trata", "Sin formato; vacía si no consta."),
    Columna(
        "organiza",
        Tipo.TEXTO,
        "Quién organiza",
        "Instituciones que lo organizan, separadas por punto y coma. Vacío: el propio órgano.",
    ),
    Columna("modalidad", Tipo.TEXTO, "Modalidad", "Cómo se asiste.", requerida=True, valores=MODALIDADES),
    Columna("lugar", Tipo.TEXTO, "Lugar", "Sede y domicilio; vacío si es a distancia o no consta."),
    Columna("liga", Tipo.LIGA, "Para verlo", "Transmisión o página del evento; vacía si no hay."),
    Columna("liga_registro", Tipo.LIGA, "Para registrarse", "Vacía si no hay que registrarse."),
    comunes.DIA,
    Columna("hora", Tipo.HORA, "Hora de inicio", "Del centro de México; vacía si no consta."),
    Columna("hasta", Tipo.FECHA, "Último día", "El mismo que el primero si dura un día.", requerida=True),
    Columna("hora_fin", Tipo.HORA, "Hora de fin", "Del último día; vacía si no consta."),
    Columna("cupo", Tipo.ENTERO, "Cupo", "Personas que caben; vacío si no hay límite.", unidad="personas"),
    Columna(
        "alcance",
        Tipo.ENTERO,
        "Alcance",
        "A cuántas personas llegó. Si es aproximado, el número del que hay seguridad; vacío si no consta.",
        unidad="personas",
        ejemplo="52000",
    ),
    Columna(
        "alcance_aproximado",
        Tipo.SI_NO,
        "Alcance: es aproximado",
        "Verdadero si la fuente no da el número exacto; vacío si no da ninguno.",
    ),
    Columna(
        "alcance_literal",
        Tipo.TEXTO,
        "Alcance, como se dijo",
        "Las palabras de la fuente cuando es aproximado.",
        ejemplo="52k",
    ),
    Columna(
        "plan",
        Tipo.TEXTO,
        "Ejes y compromisos",
        "Claves de los ejes y compromisos del plan con que se relaciona, separadas por punto y coma.",
        ejemplo="2022-2024/1.2",
    ),
    Columna("fuente", Tipo.TEXTO, "Fuente", "Documento del que se tomó; vacía si nació en el portal."),
    direccion("del evento"),
)


def publicado() -> "QuerySet[Any]":
    """Los anunciados, celebrados y cancelados."""
    return Evento.objects.publicados().select_related("organo", "institucion").prefetch_related("relaciones")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por evento."""
    for evento in objetos:
        yield evento, en_orden(COLUMNAS, _datos(evento))


def _datos(evento: Evento) -> dict[str, Valor]:
    return {
        **{campo: getattr(evento, campo) for campo in TAL_CUAL},
        "id": comunes.id_de(evento),
        "organo": evento.organo.clave,
        "ficticio": evento.organo.ficticio,
        "descripcion": a_llano(evento.descripcion),
        "organiza": evento.quien_organiza,
        "alcance_aproximado": None if evento.alcance is None else bool(evento.alcance_literal),
        "plan": LISTA.join(relacion.clave for relacion in evento.relaciones.all()),
        "direccion": comunes.pagina(evento),
    }


CONJUNTO = Conjunto(
    clave="eventos",
    titulo="Agenda de eventos",
    descripcion="Paneles, cursos, foros y talleres que cada órgano anunció: cuándo, dónde, quién organiza y a"
    " cuántas personas llegaron. Los cancelados siguen y lo dicen. Lo que se hace con los municipios está en"
    " «capacitaciones».",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<organo__clave>{CLAVE})/(?P<clave>{CLAVE})"),
    genera=comunes.GENERA,
    tema=comunes.TEMA,
    una_fila="un evento que un órgano anunció",
    filtros=(
        *comunes.filtros(),
        Filtro("tipo", Tipo.TEXTO, "tipo", "Qué es.", valores=TIPOS),
        Filtro("estado", Tipo.TEXTO, "estado", "En qué va.", valores=ESTADOS),
        Filtro("modalidad", Tipo.TEXTO, "modalidad", "Cómo se asiste.", valores=MODALIDADES),
    ),
    palabras=("eventos", "agenda", "cursos", "foros", "talleres", "gobierno abierto"),
    grafica=("tipo", ""),
)
