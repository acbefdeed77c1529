"""Lo que se lee en la página de un conjunto: descargas, vista previa, gráfica, versiones y ejemplos."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from stl_portal.avisos.envio import liga
from stl_portal.espanol import peso

from . import catalogo, formas, grafica, libro, licencia
from .escritura import si_no
from .filtros import Seleccion, es_de_anio
from .models import VersionDeDatos
from .registro import CONJUNTOS, SUELTOS, Columna, Conjunto, Fila, Filtro, Tipo

PREVIAS = 20  # filas
VERSIONES = 5
# Lo primero que hay que ver de una fila; en la tabla, al final, quedaba fuera de la pantalla.
A_LA_VISTA = ("estado", "ficticio")
LARGO = 80  # caracteres de una celda que se muestran; entera, en la descarga
DICHOS = {
    "R/P1D": "cada día",
    "R/P1M": "cada mes",
    "R/P2M": "cada dos meses",
    "R/P3M": "cada tres meses",
    "R/P4M": "cada cuatro meses",
    "R/P6M": "cada seis meses",
    "R/P1Y": "cada año",
}


@dataclass(frozen=True)
class Descarga:
    """Una forma de llevarse el conjunto; el peso es el de la última versión, entera."""

    forma: formas.Forma
    url: str
    peso: str = ""


@dataclass(frozen=True)
class Pregunta:
    """Un filtro como campo de la forma: su etiqueta, su control y lo que ya se pidió."""

    filtro: Filtro
    dicho: str
    opciones: tuple[tuple[str, str], ...] = ()

    @property
    def control(self) -> str:
        """Clase de campo del navegador, o «lista»."""
        if self.opciones:
            return "lista"
        return {Tipo.FECHA: "date"}.get(self.filtro.tipo, "text")

    @property
    def ayuda(self) -> str:
        """Qué se pide; de lo que se elige por su nombre no hace falta decir con qué clave se escribe."""
        return (self.opciones and AYUDAS.get(self.filtro.nombre)) or self.filtro.descripcion

    @property
    def numerico(self) -> bool:
        """Si se escribe con cifras."""
        return self.filtro.tipo in (Tipo.ENTERO, Tipo.NUMERO)

    @property
    def etiqueta(self) -> str:
        """«organo» → «Órgano»: el nombre del filtro, como se lee."""
        return "Año" if es_de_anio(self.filtro) else ROTULOS.get(self.filtro.nombre) or self._en_llano

    @property
    def _en_llano(self) -> str:
        return self.filtro.nombre.replace("_", " ").capitalize()


ROTULOS = {
    "organo": "Órgano",
    "ficticio": "De demostración",
    "sesion": "Sesión",
    "situacion": "Situación",
    "metrica": "Métrica",
}
AYUDAS = {
    "organo": "De qué secretariado o comisión.",
    "plan": "De qué plan de acción.",
    "municipio": "De qué municipio.",
    "metrica": "Qué se midió.",
    "ficticio": "Si son de órganos ficticios, que no deben sumarse a los reales.",
}


def preguntas(seleccion: Seleccion) -> list[Pregunta]:
    """Los filtros del conjunto con lo pedido; órganos, planes y municipios se eligen por su nombre."""
    pedidos = dichos(seleccion)
    return [Pregunta(f, pedidos.get(f.nombre, ""), _opciones(f)) for f in seleccion.conjunto.filtros]


def _opciones(filtro: Filtro) -> tuple[tuple[str, str], ...]:
    if filtro.valores:
        return filtro.valores
    if filtro.catalogo:
        return tuple(filtro.catalogo.opciones())
    return (("true", "Sí"), ("false", "No")) if filtro.tipo is Tipo.SI_NO else ()


def dichos(seleccion: Seleccion) -> dict[str, str]:
    """Lo pedido, como va en la dirección."""
    return {
        nombre: si_no(valor) if isinstance(valor, bool) else str(valor)
        for nombre, valor in seleccion.valores.items()
    }


@dataclass(frozen=True)
class Vista:
    """Una fila de la vista previa: su `id`, si es ficticia y sus demás celdas."""

    id: str
    ficticia: bool
    celdas: list[str]

    @property
    def partes(self) -> list[str]:
        """El `id` por donde conviene que se parta el renglón."""
        return self.id.split("/")


@dataclass(frozen=True)
class Previa:
    """Las primeras filas de lo pedido; `antes` son las columnas que aquí se adelantan, para que se vean."""

    columnas: tuple[Columna, ...]
    antes: tuple[str, ...]
    filas: list[Vista]
    hay_mas: bool = False


def previa(seleccion: Seleccion) -> Previa:
    """Las primeras `PREVIAS`, con una más que no se muestra para saber si hay otras."""
    conjunto = seleccion.conjunto
    primeras = (fila for _, fila in seleccion.por_objeto(lote=PREVIAS + 1))
    filas = list(islice(primeras, PREVIAS + 1))
    antes = tuple(nombre for nombre in A_LA_VISTA if nombre in conjunto.nombres)
    lugares = [conjunto.nombres.index(nombre) for nombre in (conjunto.nombres[0], *antes)]
    orden = [*lugares, *(n for n in range(len(conjunto.columnas)) if n not in lugares)]
    escritas = [_vista(conjunto, fila, orden) for fila in filas[:PREVIAS]]
    return Previa(tuple(conjunto.columnas[n] for n in orden), antes, escritas, len(filas) > PREVIAS)


def _vista(conjunto: Conjunto, fila: Fila, orden: Sequence[int]) -> Vista:
    primera, *demas = (celda(conjunto.columnas[n], fila[n]) for n in orden)
    ficticia = "ficticio" in conjunto.nombres and fila[conjunto.nombres.index("ficticio")] is True
    return Vista(primera, ficticia, demas)


def celda(columna: Columna, valor: Any) -> str:
    """Lo que dice el archivo, cortado si es largo; la celda vacía, vacía."""
    if valor is None:
        return ""
    escrito = formas.como_texto(columna.tipo, valor)
    return escrito if len(escrito) <= LARGO else f"{escrito[:LARGO]}…"


def descargas(conjunto: Conjunto, version: VersionDeDatos | None, consulta: str) -> list[Descarga]:
    """Con los filtros que se ven en la página; entonces no se sabe cuánto pesan."""
    pesos = {} if consulta or version is None else version.pesos
    return [
        Descarga(
            forma,
            reverse("datos:archivo", args=(conjunto.clave, forma.extension))
            + (f"?{consulta}" if consulta else ""),
            peso(pesos[forma.extension]) if forma.extension in pesos else "",
        )
        for forma in formas.formas_de(conjunto).values()
    ]


def de(seleccion: Seleccion) -> dict[str, Any]:
    """El contexto de la página."""
    conjunto = seleccion.conjunto
    versiones = list(VersionDeDatos.objects.filter(conjunto=conjunto.clave).order_by("-numero")[:VERSIONES])
    vigente = next((version for version in versiones if version.retirada_el is None), None)
    consulta = urlencode(dichos(seleccion))
    pagina = liga(reverse("datos:conjunto", args=(conjunto.clave,)))
    return {
        "conjunto": conjunto,
        "vigente": vigente,
        "versiones": versiones,
        "cada_cuanto": DICHOS.get(conjunto.cada_cuanto, ""),
        "consulta": consulta,
        "descargas": descargas(conjunto, vigente, consulta),
        "preguntas": preguntas(seleccion),
        "previa": previa(seleccion),
        "grafica": grafica.de(conjunto, vigente.grafica) if vigente else None,
        "ejemplos": {"csv": liga(reverse("datos:archivo", args=(conjunto.clave, "csv")))},
        "interfaz": liga(f"/api/v1/{conjunto.clave}/"),
        "licencia": licencia,
        "cita": licencia.cita(
            conjunto.titulo,
            conjunto.genera,
            pagina,
            timezone.localdate(),
            vigente.numero if vigente else None,
        ),
        "tope_de_celda": f"{libro.CABEN:,}".replace(",", " "),
    }


@dataclass(frozen=True)
class Renglon:
    """Un conjunto en la lista, con su última versión."""

    conjunto: Conjunto
    version: VersionDeDatos | None
    descargas: list[Descarga]


def por_tema() -> dict[str, list[Renglon]]:
    """Todos los conjuntos, por tema y en el orden en que se apuntaron; una consulta."""
    vigentes = catalogo.ultimas()
    temas: dict[str, list[Renglon]] = {}
    for clave, conjunto in CONJUNTOS.items():
        version = vigentes.get(clave)
        renglon = Renglon(conjunto, version, descargas(conjunto, version, ""))
        temas.setdefault(conjunto.tema, []).append(renglon)
    return temas


def sueltos() -> list[Any]:
    """Los archivos que no son tablas."""
    return list(SUELTOS.values())
