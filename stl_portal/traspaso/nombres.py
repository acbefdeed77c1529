"""Cómo se llama cada renglón fuera del portal y cuál es el que se llama así, sin una consulta por renglón."""

from collections import Counter
from typing import Any

from .recurso import ORDINAL, Recurso

Nombre = tuple[str, ...]
SIN_ORDINAL = -1


class Nombres:
    """Los nombres de los renglones de cada recurso, leídos una vez y puestos al día al importar."""

    def __init__(self) -> None:
        """Nada se lee hasta que se pregunta."""
        self._de: dict[type[Recurso], dict[Any, Nombre]] = {}
        self._cual: dict[type[Recurso], dict[Nombre, Any]] = {}
        self._cuantos: dict[type[Recurso], Counter[Nombre]] = {}
        self._lugar: dict[type[Recurso], int] = {}

    def de(self, recurso: type[Recurso]) -> dict[Any, Nombre]:
        """El nombre de cada renglón, por su número interno."""
        if recurso not in self._de:
            self._de[recurso] = self._leer(recurso)
        return self._de[recurso]

    def cual(self, recurso: type[Recurso]) -> dict[Nombre, Any]:
        """El número interno de cada renglón, por su nombre."""
        if recurso not in self._cual:
            self._cual[recurso] = {nombre: pk for pk, nombre in self.de(recurso).items()}
        return self._cual[recurso]

    def siguiente(self, recurso: type[Recurso], grupo: Nombre) -> int:
        """El ordinal que le toca al próximo renglón de ese grupo."""
        self.de(recurso)
        return self._cuantos[recurso][grupo] + 1

    def agregar(self, recurso: type[Recurso], nombre: Nombre, pk: Any) -> None:
        """Un renglón que acaba de nacer."""
        self.de(recurso)[pk] = nombre
        self.cual(recurso)[nombre] = pk
        self._cuantos[recurso][self.grupo(recurso, nombre)] += 1

    def grupo(self, recurso: type[Recurso], nombre: Nombre) -> Nombre:
        """El nombre sin su ordinal."""
        lugar = self._lugar.get(recurso)
        if lugar is None:
            con_el = ORDINAL in recurso.partes()
            lugar = self._lugar[recurso] = lugar_del_ordinal(recurso) if con_el else SIN_ORDINAL
        return () if lugar == SIN_ORDINAL else nombre[:lugar] + nombre[lugar + 1 :]

    def _leer(self, recurso: type[Recurso]) -> dict[Any, Nombre]:
        partes = [parte for parte in recurso.partes() if parte != ORDINAL]
        nombrar = Nombrar(self, recurso)
        campos = [recurso.fields[parte].attname for parte in partes]
        filas = recurso.filas().order_by("pk").values_list("pk", *campos)
        nombres = {fila[0]: nombrar(fila[1:]) for fila in filas.iterator(chunk_size=2000)}
        self._cuantos[recurso] = nombrar.cuantos
        return nombres


def lugar_del_ordinal(recurso: type[Recurso]) -> int:
    """En qué posición del nombre va el ordinal."""
    antes = 0
    for parte in recurso.partes():
        if parte == ORDINAL:
            return antes
        antes += len(recurso.fields[parte].encabezados)
    raise ValueError(f"La llave de «{recurso.clave}» no lleva ordinal.")


class Nombrar:
    """Arma el nombre de un renglón con los valores de las partes de su llave, de uno en uno y en orden."""

    def __init__(self, nombres: Nombres, recurso: type[Recurso]) -> None:
        """Prepara de una vez cómo se escribe cada parte."""
        columnas = [recurso.fields[parte] for parte in recurso.partes() if parte != ORDINAL]
        self._partes = [
            (columna.celda, {}, 0)
            if columna.relacion is None
            else (None, nombres.de(columna.recurso), len(columna.encabezados))
            for columna in columnas
        ]
        self._ordinal = lugar_del_ordinal(recurso) if ORDINAL in recurso.partes() else None
        self.cuantos: Counter[Nombre] = Counter()

    def __call__(self, valores: tuple[Any, ...]) -> Nombre:
        """El nombre; al llevar ordinal, cada llamada cuenta un renglón más de su grupo."""
        nombre: list[str] = []
        for (celda, ajenos, ancho), valor in zip(self._partes, valores, strict=True):
            if celda is not None:
                nombre.append(celda.render(valor))
            else:
                nombre.extend(("",) * ancho if valor is None else ajenos[valor])
        grupo = tuple(nombre) if self._ordinal is not None else ()
        self.cuantos[grupo] += 1
        if self._ordinal is not None:
            nombre.insert(self._ordinal, str(self.cuantos[grupo]))
        return tuple(nombre)
