"""Lo que los conjuntos municipales tienen en común: columnas, filtros y de qué órgano son."""

from collections.abc import Iterator

from municipios.estados import Avance
from municipios.models import Municipio
from sesiones.models import Organo
from stl_portal.datos.columnas import FICTICIO, ORGANO, de_conjunto
from stl_portal.datos.registro import Columna, Filtro, Tipo, Valor

GENERA = "Secretariado Técnico Local, con lo que informa cada municipio"
TEMA = "Municipios"
DEL_ORGANO = (ORGANO, FICTICIO)
MUNICIPIO = Columna(
    "municipio",
    Tipo.TEXTO,
    "Municipio",
    "Clave del INEGI, de cinco cifras: es texto, y la columna «id» del conjunto «municipios».",
    requerida=True,
    ejemplo="11020",
)
MUNICIPIO_NOMBRE = Columna(
    "municipio_nombre", Tipo.TEXTO, "Nombre del municipio", "Como lo escribe el INEGI.", requerida=True
)
AVANCES = (
    (Avance.SIN_INFORMACION.value, "no se sabe: no es lo mismo que no haber empezado"),
    (Avance.NO_INICIADO.value, "se sabe que no ha empezado"),
    (Avance.EN_PROCESO.value, "empezó y no ha terminado"),
    (Avance.CUMPLIDO.value, "se cumplió"),
)
ETAPA = (
    Columna(
        "etapa",
        Tipo.TEXTO,
        "Etapa",
        "Clave de la etapa. Las etapas son independientes: ninguna exige otra antes.",
        requerida=True,
        ejemplo="convocatoria",
    ),
    Columna("etapa_nombre", Tipo.TEXTO, "Nombre de la etapa", "Como se publicó.", requerida=True),
    Columna(
        "situacion",
        Tipo.TEXTO,
        "Situación",
        "Clave de la situación, con las palabras de esa etapa: cada órgano define las suyas.",
        requerida=True,
        ejemplo="en_trabajo",
    ),
    Columna("situacion_nombre", Tipo.TEXTO, "Nombre de la situación", "Como se publicó.", requerida=True),
    Columna(
        "avance",
        Tipo.TEXTO,
        "Qué tanto es",
        "La situación en una escala común a todas las etapas y órganos.",
        requerida=True,
        valores=AVANCES,
    ),
)
CORTE = (
    *DEL_ORGANO,
    Columna("corte", Tipo.ENTERO, "Corte", "Número del corte de ese órgano.", requerida=True),
    Columna("corte_nombre", Tipo.TEXTO, "Nombre del corte", "Como se publicó.", requerida=True),
    Columna(
        "corte_fecha",
        Tipo.FECHA,
        "Fecha del corte",
        "A qué día corresponde lo que dice; no es el día en que se cargó en este portal.",
        requerida=True,
    ),
    Columna("fuente", Tipo.TEXTO, "Fuente", "Documento del que se tomó el corte."),
    Columna("huella", Tipo.TEXTO, "Huella del corte", "SHA-256 de los datos sellados.", requerida=True),
)


def _municipios() -> Iterator[tuple[str, str]]:
    """Los 46, por nombre."""
    return ((m.clave, m.nombre) for m in Municipio.objects.order_by("nombre"))


MUNICIPIOS = de_conjunto("municipios", _municipios)


def del_municipio(busca: str, columna: str = "") -> Filtro:
    """El filtro por municipio: la condición del ORM o, si la base no lo sabe, la columna que se compara."""
    return Filtro(
        "municipio",
        Tipo.TEXTO,
        busca,
        "Clave del INEGI: el «id» de «municipios».",
        columna=columna,
        ejemplo="11020",
        catalogo=MUNICIPIOS,
    )


def datos_del_organo(organo: Organo) -> dict[str, Valor]:
    """De quién es la fila."""
    return {"organo": organo.clave, "ficticio": organo.ficticio}
