"""Conjunto «practicas-reconocidas»: a qué se dio lugar o mención. Nada de lo demás que se postuló."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from sesiones.certamenes.datos import convocatorias
from sesiones.certamenes.datos.convocatorias import GENERA, SECTORES, TEMA
from sesiones.certamenes.estados import EstadoCertamen
from sesiones.certamenes.models import Resultado
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, filtros_de_organo, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

# Lo que quien postula dio para que lo contacten, y lo que calificó el comité, ni siquiera se trae.
PRIVADAS = (
    *(f"postulacion__{campo}" for campo in ("correo", "nombre", "telefono", "llave")),
    *("promedio", "porque", "orden"),
)
COLUMNAS = (
    identificador("al reconocimiento: la convocatoria y el folio", "stl/reconocimiento-de-practicas-2027/7"),
    Columna(
        "convocatoria",
        Tipo.TEXTO,
        "Convocatoria",
        "De cuál es; es la columna «id» de «convocatorias-publicas».",
        requerida=True,
        ejemplo="stl/reconocimiento-de-practicas-2027",
    ),
    ORGANO,
    FICTICIO,
    Columna("practica", Tipo.TEXTO, "Práctica", "Cómo se llama lo que se postuló.", requerida=True),
    Columna(
        "institucion",
        Tipo.TEXTO,
        "Institución u organización",
        "Por cuál se postuló; vacía si no fue por ninguna. El nombre de la persona no se publica.",
    ),
    Columna("sector", Tipo.TEXTO, "Sector", "De dónde viene.", requerida=True, valores=SECTORES),
    Columna("lugar", Tipo.ENTERO, "Lugar", "El que obtuvo, que puede compartirse; vacío si fue mención."),
    Columna("mencion", Tipo.SI_NO, "Es mención", "Verdadero si se reconoció sin lugar.", requerida=True),
    direccion("de la convocatoria, con sus resultados"),
)


def publicado() -> "QuerySet[Any]":
    """Lo reconocido en las convocatorias que ya publicaron sus resultados."""
    dicho = Q(lugar__isnull=False) | Q(mencion=True)
    filas = Resultado.objects.filter(dicho, postulacion__certamen__estado=EstadoCertamen.CON_RESULTADOS)
    return filas.select_related("postulacion__certamen__organo").defer(*PRIVADAS)


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por práctica reconocida."""
    for fila in objetos:
        yield fila, en_orden(COLUMNAS, _datos(fila))


def _datos(fila: Any) -> dict[str, Valor]:
    postulacion, certamen = fila.postulacion, fila.postulacion.certamen
    convocatoria = convocatorias.id_de(certamen)
    return {
        "id": f"{convocatoria}/{postulacion.folio}",
        "convocatoria": convocatoria,
        "organo": certamen.organo.clave,
        "ficticio": certamen.organo.ficticio,
        "practica": postulacion.titulo,
        "institucion": postulacion.institucion,
        "sector": postulacion.sector,
        "lugar": fila.lugar,
        "mencion": fila.mencion,
        "direccion": liga(certamen.get_absolute_url()),
    }


CONJUNTO = Conjunto(
    clave="practicas-reconocidas",
    titulo="Prácticas reconocidas",
    descripcion="Lo que obtuvo lugar o mención en las convocatorias públicas que ya dijeron sus resultados.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(
        rf"(?P<postulacion__certamen__organo__clave>{CLAVE})/(?P<postulacion__certamen__clave>{CLAVE})"
        rf"/(?P<postulacion__folio>{NUMERO})"
    ),
    genera=GENERA,
    tema=TEMA,
    una_fila="una práctica que obtuvo lugar o mención",
    filtros=(
        *filtros_de_organo("postulacion__certamen__organo__"),
        Filtro(
            "anio",
            Tipo.ENTERO,
            "postulacion__certamen__publicada_el__year",
            "Año en que se publicó la convocatoria.",
        ),
        Filtro("sector", Tipo.TEXTO, "postulacion__sector", "De dónde viene.", valores=SECTORES),
        Filtro("lugar", Tipo.ENTERO, "lugar", "El que obtuvo.", ejemplo="1"),
    ),
    palabras=("reconocimientos", "premios", "resultados", "prácticas de gobierno abierto"),
    grafica=("sector", ""),
)
