"""El conjunto de datos abiertos `preguntas`: lo publicado y lo que se respondió, sin ningún correo."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, filtros_de_organo
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, apuntar_conjunto
from stl_portal.texto import a_llano

from .estados import EstadoPregunta
from .estados import Tipo as Clase
from .lectura import Leida, leer
from .models import Pregunta
from .registro import sede

ESTADOS = (
    (EstadoPregunta.PUBLICADA.value, "publicada, sin respuesta"),
    (EstadoPregunta.RESPONDIDA.value, "con respuesta"),
)
CLASES = tuple((t.value, t.label.lower()) for t in Clase)
COLUMNAS = (
    Columna(
        "id", Tipo.TEXTO, "Folio", "Identificador permanente; va en su dirección.", True, ejemplo="2026-0012"
    ),
    ORGANO,
    FICTICIO,
    Columna(
        "sobre",
        Tipo.TEXTO,
        "Sobre qué",
        "Clase y clave permanente del compromiso o acuerdo.",
        True,
        ejemplo="compromiso:2022-2024/1.2",
    ),
    Columna("sobre_titulo", Tipo.TEXTO, "Título", "Cómo se llama hoy aquello de que trata."),
    Columna(
        "tipo",
        Tipo.TEXTO,
        "Qué es",
        "Pregunta o comentario.",
        True,
        CLASES,
    ),
    Columna("texto", Tipo.TEXTO, "Texto", "Lo que se escribió, tal cual.", True),
    Columna("nombre", Tipo.TEXTO, "Nombre", "Cómo quiso aparecer quien escribió; vacío si no quiso."),
    Columna("estado", Tipo.TEXTO, "Estado", "Si tiene respuesta.", True, ESTADOS),
    Columna("publicada", Tipo.INSTANTE, "Publicada", "Cuándo se publicó, después de moderarse.", True),
    Columna(
        "plazo", Tipo.ENTERO, "Plazo", "Días para responder que regían al publicarse.", unidad="días hábiles"
    ),
    Columna("vence", Tipo.FECHA, "Vence", "Último día para responder; vacía en los comentarios."),
    Columna("respondida", Tipo.INSTANTE, "Respondida", "Cuándo se respondió por primera vez."),
    Columna(
        "tardo", Tipo.ENTERO, "Tardó", "Lo que pasó entre publicarse y responderse.", unidad="días hábiles"
    ),
    Columna("a_tiempo", Tipo.SI_NO, "A tiempo", "Si se respondió dentro del plazo; vacía sin respuesta."),
    Columna("respuesta", Tipo.TEXTO, "Respuesta", "La vigente, sin formato."),
    Columna("responde", Tipo.TEXTO, "Quién responde", "Nombre, cargo e institución del día de la respuesta."),
    Columna("versiones", Tipo.ENTERO, "Versiones", "Cuántas veces se ha escrito la respuesta.", True),
    direccion("de la pregunta"),
)


def filas(objetos: Sequence[Pregunta]) -> Iterable[tuple[Pregunta, Fila]]:
    """Una por pregunta."""
    for leida in leer(objetos):
        yield leida.pregunta, _fila(leida)


def _fila(leida: Leida) -> Fila:
    p, r = leida.pregunta, leida.respuesta
    de_su_plazo = (p.dias, p.vence, p.respondida_el, p.tardo)
    a_tiempo = not p.tarde if p.vence and p.respondida_el else None
    de_la_respuesta = (a_llano(r.texto), r.de_quien) if r else (None, None)
    return (
        *(p.folio, leida.organo.clave if leida.organo else "", bool(leida.organo and leida.organo.ficticio)),
        *(p.referencia, leida.objeto.titulo if leida.objeto else None),
        *(p.tipo, p.texto, p.nombre or None, p.estado, p.publicada_el),
        *de_su_plazo,
        a_tiempo,
        *de_la_respuesta,
        *(len(leida.respuestas), liga(p.get_absolute_url())),
    )


def publicado() -> "QuerySet[Any]":
    """Lo que cualquiera lee, con sus respuestas y con lo que de su órgano se filtra."""
    organo = sede().filas().filter(pk=OuterRef("organo"))
    con_organo = Pregunta.objects.visibles().annotate(
        organo_clave=Subquery(organo.values("clave")), organo_ficticio=Subquery(organo.values("ficticio"))
    )
    return con_organo.prefetch_related("respuestas")


def _de_id(objetos: "QuerySet[Any]", folio: str) -> "QuerySet[Any]":
    return objetos.filter(folio=folio)


PREGUNTAS = Conjunto(
    clave="preguntas",
    titulo="Preguntas de la ciudadanía",
    descripcion="Lo que la ciudadanía preguntó o comentó de cada compromiso y acuerdo, con su respuesta.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=_de_id,
    genera="Cada secretariado, que modera y responde",
    tema="Participación ciudadana",
    una_fila="una pregunta o un comentario que se publicó",
    cada_cuanto="R/P1D",
    filtros=(
        *filtros_de_organo("organo_"),
        Filtro("estado", Tipo.TEXTO, "estado", "Si tiene respuesta.", valores=ESTADOS),
        Filtro("tipo", Tipo.TEXTO, "tipo", "Pregunta o comentario.", valores=CLASES),
    ),
    palabras=("preguntas", "participación", "rendición de cuentas"),
    grafica=("estado", ""),
)


def registrar() -> None:
    """Se llama desde `ParticipacionConfig.ready()`; repetirlo no duplica nada."""
    apuntar_conjunto(PREGUNTAS)
