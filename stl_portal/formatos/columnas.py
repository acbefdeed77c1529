"""Cómo se escribe un formato: un renglón por columna, «Encabezado = de dónde sale».

De dónde sale es el nombre de una columna del conjunto, un texto fijo entre comillas o uno de `ESPECIALES`.
Los formatos de las obligaciones de transparencia cambian sin aviso (dominio.md, §1): por eso son dato.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from stl_portal.datos import escritura
from stl_portal.datos.formas import como_texto
from stl_portal.datos.registro import Columna, Conjunto, Fila, Tipo, Valor

ENCABEZADO_MAXIMO = 200
RENGLONES = 80
VACIO = ""
# El último «=» que no está dentro de un texto fijo separa las dos partes.
_RENGLON = re.compile(r"""(.*?)\s*=\s*("[^"]*"|«[^«»]*»|“[^“”]*”|[^="«»“”]*)""")


@dataclass(frozen=True)
class Periodo:
    """De qué día a qué día se informa, los dos incluidos, y qué día se hizo."""

    desde: dt.date
    hasta: dt.date
    hecho_el: dt.date


# Lo que no sale de la fila, sino de lo que se pidió.
ESPECIALES: Mapping[str, tuple[str, Callable[[Periodo], Valor]]] = {
    "@ejercicio": ("El año en que termina el periodo.", lambda p: p.hasta.year),
    "@desde": ("El primer día del periodo.", lambda p: p.desde),
    "@hasta": ("El último día del periodo.", lambda p: p.hasta),
    "@hecho": ("El día en que se descarga.", lambda p: p.hecho_el),
}


@dataclass(frozen=True)
class Renglon:
    """Una columna del formato: su encabezado y de dónde sale, como se escribió."""

    encabezado: str
    origen: str


def leer(escrito: str, conjunto: Conjunto) -> tuple[Renglon, ...]:
    """Los renglones, en su orden. Lanza `ValidationError` con una frase por cada uno que no se entiende."""
    renglones, problemas, vistos = [], [], set()
    for n, linea in enumerate(escrito.splitlines(), start=1):
        if not linea.strip():
            continue
        partes = _RENGLON.fullmatch(linea.strip())
        renglon = Renglon(*partes.groups()) if partes else Renglon("", "")
        problema = _problema(renglon, conjunto)
        if not problema and renglon.encabezado in vistos:
            problema = f"el encabezado «{renglon.encabezado}» ya está."
        if problema:
            problemas.append(f"Renglón {n}: {problema}")
        vistos.add(renglon.encabezado)
        renglones.append(renglon)
    if not renglones:
        problemas.append("Escribe al menos una columna.")
    if len(renglones) > RENGLONES:
        problemas.append(f"Son {len(renglones)} columnas y caben {RENGLONES}.")
    if problemas:
        raise ValidationError(problemas)
    return tuple(renglones)


def _problema(renglon: Renglon, conjunto: Conjunto) -> str:
    encabezado, origen = renglon.encabezado, renglon.origen
    if not encabezado or not origen:
        return "se escribe «Encabezado = columna»."
    if len(encabezado) > ENCABEZADO_MAXIMO:
        return f"el encabezado tiene {len(encabezado)} caracteres y caben {ENCABEZADO_MAXIMO}."
    if _fijo(origen) is not None or origen in ESPECIALES or origen in conjunto.nombres:
        return ""
    return f"«{conjunto.titulo}» no tiene una columna «{origen}». Tiene: {', '.join(conjunto.nombres)}."


def _fijo(origen: str) -> str | None:
    """El texto entre comillas; None si no las lleva."""
    return origen[1:-1] if origen[:1] in ('"', "«", "“") else None


def explicar(escrito: str, conjunto: Conjunto) -> tuple[tuple[str, str], ...]:
    """De cada columna, su encabezado y de dónde sale, en palabras."""
    return tuple((r.encabezado, _dicho(r.origen, conjunto)) for r in leer(escrito, conjunto))


def _dicho(origen: str, conjunto: Conjunto) -> str:
    fijo = _fijo(origen)
    if fijo is not None:
        return f"Siempre «{fijo}»." if fijo else "Siempre vacía."
    if origen in ESPECIALES:
        return ESPECIALES[origen][0]
    return conjunto.columnas[conjunto.nombres.index(origen)].descripcion


def con_formato(conjunto: Conjunto, renglones: tuple[Renglon, ...]) -> Conjunto:
    """El conjunto con las columnas del formato, para escribirlo."""
    return replace(conjunto, columnas=tuple(_columna(r, conjunto) for r in renglones))


def filas(
    conjunto: Conjunto,
    renglones: tuple[Renglon, ...],
    periodo: Periodo,
    originales: Iterator[Fila],
    dia: Callable[[dt.date], str],
) -> Iterator[Fila]:
    """Cada fila del conjunto, como la pide el formato: todo como texto, y lo que falta, vacío.

    `dia` es cómo se escribe una fecha.
    """
    sacar = [_sacar(r.origen, conjunto, periodo, dia) for r in renglones]
    return (tuple(saca(fila) for saca in sacar) for fila in originales)


def _columna(renglon: Renglon, conjunto: Conjunto) -> Columna:
    """Para el encabezado y el diccionario del libro."""
    if renglon.origen in conjunto.nombres:
        propia = conjunto.columnas[conjunto.nombres.index(renglon.origen)]
        return Columna(renglon.encabezado, Tipo.TEXTO, propia.titulo, propia.descripcion)
    if renglon.origen in ESPECIALES:
        return Columna(renglon.encabezado, Tipo.TEXTO, renglon.encabezado, ESPECIALES[renglon.origen][0])
    return Columna(renglon.encabezado, Tipo.TEXTO, renglon.encabezado, "Siempre dice lo mismo.")


def _sacar(
    origen: str, conjunto: Conjunto, periodo: Periodo, dia: Callable[[dt.date], str]
) -> Callable[[Fila], str]:
    fijo = _fijo(origen)
    if fijo is None and origen in ESPECIALES:
        dicho = ESPECIALES[origen][1](periodo)
        fijo = dia(dicho) if isinstance(dicho, dt.date) else str(dicho)
    if fijo is not None:
        return lambda fila, fijo=fijo: fijo  # type: ignore[misc]  # el valor se fija aquí
    n = conjunto.nombres.index(origen)
    escribir = _como_se_lee(conjunto.columnas[n], dia)
    return lambda fila: VACIO if fila[n] is None else escribir(fila[n])


def _como_se_lee(columna: Columna, dia: Callable[[dt.date], str]) -> Callable[[Valor], str]:
    """En palabras: lo que tiene una lista de valores, por su nombre; las fechas, como pide el formato."""
    nombres = dict(columna.valores)
    if nombres:
        return lambda valor: nombres.get(str(valor), str(valor))
    if columna.tipo is Tipo.SI_NO:
        return lambda valor: "Sí" if valor else "No"
    if columna.tipo is Tipo.FECHA:
        return dia  # type: ignore[return-value]  # su tipo lo dice la columna
    if columna.tipo is Tipo.INSTANTE:
        return lambda valor: escritura.instante(valor)  # type: ignore[arg-type]
    return lambda valor: como_texto(columna.tipo, valor)
