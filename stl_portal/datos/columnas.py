"""Las columnas que muchos conjuntos llevan, dichas siempre con las mismas palabras."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.utils import timezone

from stl_portal.datos.registro import CONJUNTOS, Catalogo, Columna, Fila, Filtro, Tipo, Valor
from stl_portal.publico import registro

LISTA = "; "  # entre los valores cortos de una celda que lleva varios
POR_RENGLON = "\n"  # entre los textos largos, que pueden llevar punto y coma

ORGANO = Columna(
    "organo",
    Tipo.TEXTO,
    "Órgano",
    "Clave del secretariado o comisión, como va en sus direcciones; es la columna «id» de «organos».",
    requerida=True,
    ejemplo="stl",
)
FICTICIO = Columna(
    "ficticio",
    Tipo.SI_NO,
    "Es ficticio",
    "Verdadero si el órgano es de demostración y sus datos se inventaron para probar el portal: no los sumes"
    " con los demás.",
    requerida=True,
)


def de_conjunto(clave: str, opciones: Callable[[], Iterable[tuple[str, str]]]) -> Catalogo:
    """El catálogo cuyas claves son los `id` de ese conjunto."""

    def tiene(pedida: str) -> bool:
        conjunto = CONJUNTOS[clave]
        return conjunto.de_id(conjunto.publicado(), pedida).exists()

    return Catalogo(tiene, opciones, f"/datos/{clave}/")


def _organos() -> Iterator[tuple[str, str]]:
    """Los reales primero, con su nombre de hoy."""
    return ((o.clave, str(o)) for o in registro.organos(timezone.localdate()).values())


ORGANOS = de_conjunto("organos", _organos)


def filtros_de_organo(camino: str) -> tuple[Filtro, Filtro]:
    """Por órgano y por si es ficticio; `camino` es lo que va antes de su `clave` («organo__»)."""
    return (
        Filtro(
            "organo",
            Tipo.TEXTO,
            f"{camino}clave",
            "Clave del órgano: el «id» de «organos».",
            ejemplo="stl",
            catalogo=ORGANOS,
        ),
        filtro_de_ficticio(camino),
    )


def filtro_de_ficticio(camino: str) -> Filtro:
    """Por si el órgano es ficticio; `camino`, como en `filtros_de_organo`."""
    return Filtro(
        "ficticio",
        Tipo.SI_NO,
        f"{camino}ficticio",
        "«false» deja fuera los órganos de demostración; «true» los deja solos.",
        ejemplo="false",
    )


def identificador(de_que: str, ejemplo: str) -> Columna:
    """La primera columna: identifica la fila y no cambia de una versión a otra."""
    return Columna(
        "id",
        Tipo.TEXTO,
        "Identificador",
        f"Identifica {de_que} en este conjunto y en las direcciones del portal; no cambia.",
        requerida=True,
        ejemplo=ejemplo,
    )


def direccion(de_que: str) -> Columna:
    """La página donde cualquiera lee lo mismo."""
    return Columna(
        "direccion", Tipo.LIGA, "Página", f"Página del portal {de_que}, para citarla.", requerida=True
    )


def en_orden(columnas: Sequence[Columna], datos: Mapping[str, Valor]) -> Fila:
    """La fila con esos datos; lanza `KeyError` si falta alguno o sobra."""
    fila = tuple(datos[c.nombre] for c in columnas)
    if len(datos) > len(fila):  # las filas son muchas: cuáles sobran solo se busca si sobra alguno
        raise KeyError(*sorted(datos.keys() - {c.nombre for c in columnas}))
    return fila
