"""Las columnas que muchos conjuntos llevan, dichas siempre con las mismas palabras."""

from collections.abc import Mapping, Sequence

from stl_portal.datos.registro import Columna, Fila, Tipo, Valor

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
    sobran = datos.keys() - {c.nombre for c in columnas}
    if sobran:
        raise KeyError(*sorted(sobran))
    return tuple(datos[c.nombre] for c in columnas)
