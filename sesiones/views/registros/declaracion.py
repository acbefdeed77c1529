"""Cómo se declara un registro: qué filas tiene, qué columnas muestra y con qué formulario se captura."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from sesiones import permisos
from sesiones.forms.filtros import Filtro, FiltroPalabras
from sesiones.forms.registros import FormaRegistro
from sesiones.forms.terminar import FormaTerminar
from sesiones.models import Organo


@dataclass(frozen=True)
class Celda:
    """Lo que va en una casilla de la lista: texto, y si acaso una liga o un estado."""

    texto: str
    url: str = ""
    tono: str = ""
    nota: str = ""


Columna = tuple[str, Callable[[Any, Organo], Celda | str]]


@dataclass(frozen=True)
class Padre:
    """De qué cuelga cada fila nueva: un nombramiento, de su asiento. En `busca` se buscan las palabras.

    Si no hay ninguno, `falta` dice qué se registra primero y `antes` en qué registro.
    """

    parametro: str
    pregunta: str
    opciones: Callable[[Organo], QuerySet[Any]]
    busca: tuple[str, ...]
    falta: str = "Primero registra los asientos del órgano y a sus titulares."
    antes: str = "asientos"


def _sin_candado(fila: Any, organo: Organo) -> str:
    return ""


def _de_todos(organo: Organo) -> bool:
    return True


def _sin_argumentos(organo: Organo, hoy: dt.date) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Registro:
    """Un registro del órgano. Agregar otro es declararlo y sumarlo en `catalogo.py`.

    `candado` dice por qué una fila no se corrige (vacío: sí se corrige). `quien_captura` es el
    predicado de `permisos.py` que se exige para cambiarlo; leerlo le basta a quien lee la mesa.
    `reservadas` son columnas que solo ve quien captura. `nombra` dice cómo se llama una fila cuando se
    habla de ella. `casa` da el nombre y la dirección de la página donde se administra la fila, si no es la
    lista. `no_se_quita` dice por qué no se borra una fila que sí se corrige. `anota` deja constancia de un
    cambio: recibe la fila, qué cambió y quién, en la misma transacción. `para` dice qué órganos lo tienen:
    en los demás no existe.
    """

    clave: str
    titulo: str
    uno: str
    agregar: str
    ayuda: str
    forma: type[FormaRegistro]
    filas: Callable[[Organo], QuerySet[Any]]
    columnas: tuple[Columna, ...]
    nace: Callable[[Organo, Any], Model]
    busca: tuple[str, ...] = ()
    filtro: type[Filtro] = FiltroPalabras
    padre: Padre | None = None
    termina: type[FormaTerminar] | None = None
    borrable: bool = False
    candado: Callable[[Any, Organo], str] = _sin_candado
    argumentos: Callable[[Organo, dt.date], dict[str, Any]] = _sin_argumentos
    quien_captura: Callable[[Any, Organo, dt.date], bool] = permisos.puede_conducir
    al_guardar: Callable[[Any, Organo], str] | None = None
    nombra: Callable[[Any], str] = str
    reservadas: tuple[Columna, ...] = ()
    casa: Callable[[Any, Organo], tuple[str, str]] | None = None
    no_se_quita: Callable[[Any, Organo], str] = _sin_candado
    anota: Callable[[Any, str, Any], None] | None = None
    para: Callable[[Organo], bool] = _de_todos

    @property
    def administra(self) -> bool:
        """Si solo lo cambia la administración del órgano."""
        return self.quien_captura is permisos.puede_administrar

    def columnas_para(self, captura: bool) -> tuple[Columna, ...]:
        """Las que ve quien solo consulta o, además, las reservadas."""
        return self.columnas + (self.reservadas if captura else ())

    def url(self, organo: Organo) -> str:
        """Dirección de la lista."""
        return reverse("registros:lista", args=(organo.clave, self.clave))

    def url_nuevo(self, organo: Organo, padre: Model | None = None) -> str:
        """Dirección para agregar; con `padre`, ya se sabe de qué cuelga."""
        url = reverse("registros:nuevo", args=(organo.clave, self.clave))
        return f"{url}?{self.padre.parametro}={padre.pk}" if self.padre and padre else url

    def url_de(self, fila: Model, organo: Organo, verbo: str = "editar") -> str:
        """Dirección de una fila: «ver», «editar», «terminar» o «quitar»."""
        return reverse(f"registros:{verbo}", args=(organo.clave, self.clave, fila.pk))

    def de_donde(self, fila: Any, organo: Organo) -> tuple[str, str]:
        """Nombre y dirección de la página de la que se llega a la fila, y a la que se vuelve sin guardar."""
        return self.casa(fila, organo) if self.casa else (self.titulo, self.url(organo))

    def destino(self, fila: Any, organo: Organo) -> str:
        """A dónde se vuelve después de guardar."""
        return self.al_guardar(fila, organo) if self.al_guardar else self.de_donde(fila, organo)[1]

    @property
    def con_filtro(self) -> bool:
        """Si vale la pena mostrar el filtro."""
        return bool(self.busca) or self.filtro is not FiltroPalabras

    def hacer_filtro(self, datos: Any) -> Filtro:
        """El filtro con lo que llegó en la dirección."""
        return self.filtro(datos)

    def filtrar(self, organo: Organo, filtro: Any) -> QuerySet[Any]:
        """Las filas del órgano que cumplen el filtro."""
        filas = self.filas(organo)
        if isinstance(filtro, FiltroPalabras):
            return filtro.aplicar(filas, self.busca) if self.busca else filas
        filtradas: QuerySet[Any] = filtro.aplicar(filas)
        return filtradas
