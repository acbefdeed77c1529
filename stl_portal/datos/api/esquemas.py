"""La interfaz descrita con las columnas y los filtros de cada conjunto: de aquí sale el OpenAPI."""

from collections.abc import Mapping
from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from stl_portal.datos.api import cursor
from stl_portal.datos.filtros import TEXTO_MAXIMO, rango
from stl_portal.datos.registro import Columna, Conjunto, Filtro, Tipo

LIMITE_MAXIMO = 200
LIMITE = 50  # filas por página si no se pide otra cosa
_DE_PYTHON: Mapping[Tipo, Any] = {Tipo.ENTERO: int, Tipo.NUMERO: float, Tipo.SI_NO: bool}
_FORMATO: Mapping[Tipo, dict[str, Any]] = {
    Tipo.FECHA: {"format": "date"},
    Tipo.INSTANTE: {"format": "date-time"},
    Tipo.LIGA: {"format": "uri"},
    Tipo.HORA: {"pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
}


class Error(Schema):
    """Lo que se responde cuando no se puede dar lo pedido."""

    error: str = Field(description="Qué clase de error es.", examples=["filtro"])
    mensaje: str = Field(
        description="Qué pasó y cómo remediarlo.",
        examples=["«anio» debe ser un año de cuatro cifras, como 2026."],
    )
    campo: str | None = Field(description="En qué parámetro, si fue en uno.", examples=["anio"])


class DelIndice(Schema):
    """Un conjunto, en el índice."""

    clave: str = Field(examples=["acuerdos"])
    titulo: str = Field(examples=["Acuerdos"])
    descripcion: str
    direccion: str = Field(description="Dónde se leen sus filas.", examples=["/api/v1/acuerdos/"])
    filtros: list[str] = Field(description="Por qué se puede filtrar.", examples=[["organo", "anio"]])


class Indice(Schema):
    """Qué hay en la interfaz."""

    titulo: str
    version: str
    documentacion: str = Field(description="Explicación para personas.", examples=["/api/"])
    openapi: str = Field(description="Descripción para programas.", examples=["/api/v1/openapi.json"])
    licencia: str
    conjuntos: list[DelIndice]


def fila(conjunto: Conjunto) -> type[Schema]:
    """El esquema de una fila: siempre vienen todas las columnas; lo que falta es `null`."""
    campos: dict[str, Any] = {c.nombre: (_tipo(c), _campo(c)) for c in conjunto.columnas}
    return create_model(f"Fila_{conjunto.clave}", __base__=Schema, __doc__=conjunto.descripcion, **campos)


def pagina(conjunto: Conjunto, de_fila: type[Schema]) -> type[Schema]:
    """El esquema de una página de filas."""
    dicho = "Se manda como `cursor` para leer la página que sigue; `null` si no hay más."
    liga = "La dirección de la página que sigue, con los mismos filtros."
    campos: dict[str, Any] = {
        "filas": (list[de_fila], Field(description="Las filas de esta página.")),  # type: ignore[valid-type]
        "siguiente": (str | None, Field(description=dicho)),
        "siguiente_url": (str | None, Field(description=liga)),
    }
    return create_model(f"Pagina_{conjunto.clave}", __base__=Schema, **campos)


def _tipo(columna: Columna) -> Any:
    tipo = _DE_PYTHON.get(columna.tipo, str)
    return tipo if columna.requerida else tipo | None


def _campo(columna: Columna) -> Any:
    ademas = dict(_FORMATO.get(columna.tipo, {}))
    if columna.valores:
        ademas["enum"] = [valor for valor, _ in columna.valores] + ([] if columna.requerida else [None])
    if columna.unidad:
        ademas["x-unidad"] = columna.unidad
    ejemplos = [_ejemplo(columna.tipo, columna.ejemplo)] if columna.ejemplo else None
    return Field(
        title=columna.titulo, description=_dicho(columna), examples=ejemplos, json_schema_extra=ademas
    )


def _dicho(columna: Columna) -> str:
    unidad = f" Unidad: {columna.unidad}." if columna.unidad else ""
    valores = "; ".join(f"`{valor}`: {dicho}" for valor, dicho in columna.valores)
    return f"{columna.descripcion}{unidad}{f' Valores: {valores}.' if valores else ''}"


def _ejemplo(tipo: Tipo, dicho: str) -> Any:
    """El ejemplo de la declaración, con el tipo que tiene en JSON."""
    if tipo is Tipo.NUMERO:
        return float(dicho)
    if tipo is Tipo.ENTERO:
        return int(dicho)
    return dicho == "true" if tipo is Tipo.SI_NO else dicho


def parametros(conjunto: Conjunto) -> list[dict[str, Any]]:
    """Los de la lista: cuántas filas, desde dónde y por qué se filtra."""
    limite = {"type": "integer", "minimum": 1, "maximum": LIMITE_MAXIMO, "default": LIMITE}
    marca = {"type": "string", "pattern": f"^{cursor.patron(conjunto)}$"}
    de_pagina = [
        _parametro("limite", f"Cuántas filas por página, de 1 a {LIMITE_MAXIMO}.", limite, 20),
        _parametro("cursor", "El `siguiente` de la página anterior, tal cual; sin él se empieza.", marca),
    ]
    filtros = [
        _parametro(f.nombre, f.descripcion, _de_filtro(f), _ejemplo(f.tipo, f.ejemplo) if f.ejemplo else None)
        for f in conjunto.filtros
    ]
    return [*de_pagina, *filtros]


def con_catalogos(
    documento: Mapping[str, Any], conjuntos: Mapping[str, Conjunto], raiz: str
) -> Mapping[str, Any]:
    """El OpenAPI con los valores que hoy admite cada filtro de catálogo; sin él, si no admite ninguno."""
    filtros = (f for conjunto in conjuntos.values() for f in conjunto.filtros)
    catalogos = {id(f.catalogo): f.catalogo for f in filtros if f.catalogo}  # varios filtros, un catálogo
    claves = {cual: [clave for clave, _ in uno.opciones()] for cual, uno in catalogos.items()}
    rutas = dict(documento["paths"])
    for conjunto in conjuntos.values():
        ruta = f"{raiz}{conjunto.clave}/"
        suyos = {f.nombre: claves[id(f.catalogo)] for f in conjunto.filtros if f.catalogo}
        operacion = rutas[ruta]["get"]
        parametros = [_con_opciones(p, suyos.get(p["name"])) for p in operacion["parameters"]]
        rutas[ruta] = {"get": operacion | {"parameters": [p for p in parametros if p]}}
    return {**documento, "paths": rutas}


def _con_opciones(parametro: dict[str, Any], claves: list[str] | None) -> dict[str, Any] | None:
    if claves is None:
        return parametro
    if not claves:
        return None
    dicho = parametro.get("example")
    ejemplo = dicho if dicho in claves else claves[0]
    return parametro | {"schema": {"type": "string", "enum": claves}, "example": ejemplo}


def _parametro(nombre: str, dicho: str, esquema: dict[str, Any], ejemplo: Any = None) -> dict[str, Any]:
    datos = {"name": nombre, "in": "query", "required": False, "description": dicho, "schema": esquema}
    return datos if ejemplo is None else datos | {"example": ejemplo}


def _de_filtro(filtro: Filtro) -> dict[str, Any]:
    if filtro.valores:
        return {"type": "string", "enum": [valor for valor, _ in filtro.valores]}
    if filtro.tipo is Tipo.ENTERO:
        minimo, maximo = rango(filtro)
        return {"type": "integer", "minimum": minimo, "maximum": maximo}
    if filtro.tipo is Tipo.SI_NO:
        return {"type": "boolean"}
    if filtro.tipo is Tipo.FECHA:
        return {"type": "string", "format": "date"}
    if filtro.tipo is Tipo.NUMERO:
        return {"type": "number"}
    algo = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"  # con solo espacios es como venir vacío
    return {"type": "string", "minLength": 1, "maxLength": TEXTO_MAXIMO, "pattern": algo}
