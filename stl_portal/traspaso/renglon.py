"""De las celdas de un renglón a los valores que se guardan: cada columna se lee, se revisa y se resuelve."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from .celdas import Celda
from .nombrados import recortado
from .nombres import Nombre, Nombres
from .recurso import ORDINAL, Columna, Recurso

RECUERDA = 20_000  # celdas ya leídas por columna: fechas, estados y claves se repiten mucho
CORTA = 64
Falla = tuple[str, str]  # columna y razón


@dataclass
class Renglon:
    """Un renglón leído: cómo se llama, qué valores trae y qué le falla."""

    numero: int
    celdas: list[str]
    nombre: Nombre = ()
    valores: dict[str, Any] = field(default_factory=dict)
    fallas: list[Falla] = field(default_factory=list)
    # Renglones de este mismo archivo a los que se refiere y que todavía no existen, por `attname`.
    esperados: dict[str, Nombre] = field(default_factory=dict)


class DeCampo:
    """Lee una celda."""

    def __init__(self, columna: Columna, *, nombra: bool) -> None:
        """Recuerda lo ya leído; `nombra`, si es parte de la llave."""
        self.columna, self._nombra = columna, nombra
        self.encabezado = columna.encabezados[0]
        self._leidas: dict[str, tuple[Any, str]] = {}

    def leer(self, celdas: list[str], renglon: Renglon) -> Nombre:
        """Pone el valor en el renglón, o la falla; devuelve la celda si nombra al renglón."""
        celda = celdas[0]
        leida = self._leidas.get(celda)
        if leida is None:
            leida = self._leer(celda)
            if len(celda) <= CORTA and len(self._leidas) < RECUERDA:
                self._leidas[celda] = leida
        valor, razon = leida
        if razon:
            renglon.fallas.append((self.encabezado, razon))
        renglon.valores[self.columna.attname] = valor
        return (self.columna.celda.render(valor),) if self._nombra else ()

    def _leer(self, celda: str) -> tuple[Any, str]:
        columna = self.columna
        try:
            valor = columna.celda.clean(celda)
            if valor is None and (columna.null or columna.vacio is None):
                return None, "" if columna.null else "No puede quedar vacía."
            if valor is None:
                return columna.vacio, "" if columna.admite_vacia else "No puede quedar vacía."
            if valor in columna.campo.empty_values:  # una lista sin nada también es un dato
                return valor, ""
            return columna.campo.clean(valor, None), ""
        except ValidationError as error:
            return None, self._dicho(error)
        except ValueError as error:
            return None, str(error)

    def _dicho(self, error: ValidationError) -> str:
        """Lo que el campo objeta; si es que se elige de una lista, cuál es la lista."""
        if "invalid_choice" not in {uno.code for uno in error.error_list}:
            return " ".join(error.messages)
        return f"Debe ser una de: {', '.join(str(valor) for valor, _ in self.columna.campo.flatchoices)}."


class DeReferencia:
    """Lee las celdas que nombran otro renglón y encuentra cuál es."""

    def __init__(self, columna: Columna, nombres: Nombres, recurso: type[Recurso]) -> None:
        """Lee una vez los nombres del recurso al que apunta."""
        self.columna = columna
        self.encabezado = columna.encabezados[0]
        self.ajeno = columna.recurso
        self.propia = self.ajeno is recurso
        self._cual = nombres.cual(self.ajeno)
        self._celdas = columna.recurso.celdas_del_nombre()
        self._solo_texto = all(type(celda) is Celda for celda in self._celdas)

    def leer(self, celdas: list[str], renglon: Renglon) -> Nombre:
        """Pone el número interno en el renglón, o la falla; devuelve el nombre al que apunta."""
        nombre = tuple(celdas)
        attname = self.columna.attname
        if not any(nombre):
            renglon.valores[attname] = None
            if not self.columna.null:
                renglon.fallas.append((self.encabezado, "No puede quedar vacía."))
            return nombre
        if not self._solo_texto:
            try:
                pares = zip(self._celdas, nombre, strict=True)
                nombre = tuple(celda.render(celda.clean(dicha)) for celda, dicha in pares)
            except ValueError as error:
                renglon.fallas.append((self.encabezado, str(error)))
                return nombre
        pk = renglon.valores[attname] = self._cual.get(nombre)
        if pk is None and self.propia:
            renglon.esperados[attname] = nombre
        elif pk is None:
            renglon.fallas.append((self.encabezado, self.no_hay(nombre)))
        return nombre

    def no_hay(self, nombre: Nombre) -> str:
        """La razón de que quedaría huérfano."""
        dicho = " · ".join(recortado(parte) for parte in nombre if parte)
        return f"No existe «{dicho}» en {self.ajeno.nombre}: impórtalo antes."


class Lector:
    """Lee los renglones de un recurso."""

    def __init__(self, recurso: type[Recurso], nombres: Nombres) -> None:
        """Prepara cada columna con el lugar de sus celdas."""
        self.recurso = recurso
        self.con_ordinal = ORDINAL in recurso.partes()
        self.ancho = len(recurso.encabezados())
        self.columnas: list[tuple[DeCampo | DeReferencia, slice]] = []
        lugar = 1 if self.con_ordinal else 0
        self._partes = recurso.partes()
        self._de_la_llave = set(self._partes) - {ORDINAL}
        for columna in recurso.columnas():
            hasta = lugar + len(columna.encabezados)
            suya = (
                DeCampo(columna, nombra=columna.attribute in self._de_la_llave)
                if columna.relacion is None
                else DeReferencia(columna, nombres, recurso)
            )
            self.columnas.append((suya, slice(lugar, hasta)))
            lugar = hasta

    def leer(self, numero: int, celdas: list[str]) -> Renglon:
        """El renglón, con lo que le falle."""
        renglon = Renglon(numero, celdas)
        if len(celdas) != self.ancho:
            renglon.fallas.append(("", "No tiene tantas celdas como encabezados."))
            return renglon
        partes: dict[str, Nombre] = {ORDINAL: (celdas[0].strip().removesuffix(".0"),)}
        for columna, lugar in self.columnas:
            dicho = columna.leer(celdas[lugar], renglon)
            if columna.columna.attribute in self._de_la_llave:
                partes[columna.columna.attribute] = dicho
        renglon.nombre = tuple(celda for parte in self._partes for celda in partes[parte])
        return renglon
