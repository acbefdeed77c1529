"""La página del buscador: la caja, lo hallado y cómo limitarlo. Funciona sin JavaScript."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from allauth.core.internal.ratelimit import consume  # la pública solo cuenta un GET si ella misma responde
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stl_portal import limites
from stl_portal.buscador import consulta, erratas, fuentes, resaltar, secciones
from stl_portal.buscador.buscar import POR_PAGINA, Documento, Resultados
from stl_portal.buscador.buscar import buscar as buscar_en_todo
from stl_portal.buscador.coincidencias import TOPE, Filtros
from stl_portal.buscador.consulta import Consulta
from stl_portal.buscador.forms import Filtro
from stl_portal.buscador.models import Hallable
from stl_portal.paginacion import NoHayPagina, PaginaMalEscrita

LIMITE = "buscar"  # en ACCOUNT_RATE_LIMITS
OPCIONES = 8  # a la vista de cada filtro; las demás, desplegadas
EJEMPLOS = ("transparencia", '"datos abiertos"', "XVIII ordinaria", "León", "capacitación")


@dataclass(frozen=True)
class Opcion:
    """Un modo de limitar lo hallado y cuántos lugares quedarían."""

    dicho: str
    cuantos: int
    url: str


@dataclass(frozen=True)
class Faceta:
    """Un filtro: lo elegido, con la liga que lo quita, o lo que se puede elegir.

    `nota` dice qué no cabe en ninguna de sus opciones.
    """

    nombre: str
    elegido: str
    quitar: str
    opciones: list[Opcion]
    nota: str = ""

    @property
    def primeras(self) -> list[Opcion]:
        """Las que se ven de entrada."""
        return self.opciones[:OPCIONES]

    @property
    def demas(self) -> list[Opcion]:
        """Las que se despliegan."""
        return self.opciones[OPCIONES:]


@dataclass(frozen=True)
class Renglon:
    """Un lugar hallado, como se lee en la lista."""

    fila: Hallable
    clase: str
    organo: str
    titulo: str
    fragmento: str
    de_donde: str


@dataclass(frozen=True)
class Hallado:
    """Un documento con sus lugares; `mas` lleva a todos los suyos."""

    documento: Documento
    renglones: list[Renglon]
    mas: str


@require_safe
def buscar(request: HttpRequest) -> HttpResponse:
    """Lo que dice todo lo buscado, por documentos; sin nada que buscar, ejemplos; un filtro malo, 422.

    Lanza lo mismo que `pagina_pedida`, como las demás listas.
    """
    forma = Filtro(request.GET)
    buscado = consulta.leer(request.GET.get("q", ""))
    if buscado and not consume(request, app=limites.DE_ALLAUTH, action=LIMITE, limit_get=True):
        return _demasiadas(request, buscado)
    if "page" in forma.errors:
        es_numero = request.GET.get("page", "").lstrip("-").isdecimal()
        raise NoHayPagina(request) if es_numero else PaginaMalEscrita(request)
    if not forma.is_valid():
        contexto = {"buscado": buscado, "forma": forma, "ejemplos": EJEMPLOS}
        return render(request, "buscador/buscar.html", contexto, status=422)
    hallado = buscar_en_todo(buscado, forma.filtros, forma.pagina)
    if forma.pagina > 1 and not hallado.documentos:
        raise NoHayPagina(request, -(-hallado.total // POR_PAGINA))
    nombres = {clave: str(organo) for clave, organo in forma.organos.items()}
    contexto = {
        "buscado": buscado,
        "forma": forma,
        "hallado": hallado,
        "tope": TOPE,
        "ejemplos": EJEMPLOS,
        "errata": erratas.sugerencia(buscado.escrito) if _falta_algo(hallado) else "",
        "documentos": [_leido(d, buscado, request, nombres) for d in hallado.documentos],
        "secciones": secciones.nombradas(buscado.escrito) if forma.pagina == 1 else [],
        "facetas": _facetas(request, forma.filtros, hallado, nombres),
        "filtrado": any(forma.filtros),
        "sin_filtros": _liga(request, clase=None, organo=None, anio=None, en=None),
        "del_documento": _del_documento(hallado, forma.filtros),
        "anterior": _liga(request, page=forma.pagina - 1) if forma.pagina > 1 else "",
        "siguiente": _liga(request, page=forma.pagina + 1) if _hay_otra(hallado, forma.pagina) else "",
        "pagina": forma.pagina,
        "paginas": -(-hallado.total // POR_PAGINA),
    }
    return render(request, "buscador/buscar.html", contexto)


def _demasiadas(request: HttpRequest, buscado: Consulta) -> HttpResponse:
    """429: desde esa dirección se ha buscado mucho; lo escrito sigue en la caja."""
    espera = limites.espera(request)
    contexto = {"buscado": buscado, "forma": Filtro({}), "espera": limites.dicha(espera)}
    respuesta = render(request, "buscador/buscar.html", contexto, status=429)
    respuesta["Retry-After"] = str(espera)
    return respuesta


def _falta_algo(hallado: Resultados) -> bool:
    """Si nada dice todo lo buscado."""
    return hallado.faltando > 0 or not hallado.total


def _hay_otra(hallado: Resultados, pagina: int) -> bool:
    return hallado.total > pagina * POR_PAGINA


def _del_documento(hallado: Resultados, filtros: Filtros) -> str:
    """De cuál son todos los lugares, si se pidieron los de uno solo."""
    if not filtros.documento or not hallado.documentos:
        return ""
    primero = hallado.documentos[0].primero
    return primero.de_donde if "#" in primero.clave else primero.titulo


def _leido(
    documento: Documento, buscado: Consulta, request: HttpRequest, nombres: Mapping[str, str]
) -> Hallado:
    clases = fuentes.clases()
    renglones = [
        Renglon(
            fila,
            clases[fila.clase].uno if fila.clase in clases else "",
            nombres.get(fila.organo, ""),
            resaltar.marcado(fila.titulo, buscado.partes),
            resaltar.fragmento(fila.texto, buscado.partes),
            resaltar.marcado(fila.de_donde, buscado.partes),
        )
        for fila in documento.lugares
    ]
    return Hallado(documento, renglones, _liga(request, en=documento.clave) if documento.faltan else "")


def _facetas(
    request: HttpRequest, filtros: Filtros, hallado: Resultados, nombres: Mapping[str, str]
) -> list[Faceta]:
    """Qué, de quién y de cuándo; de lo que ya se eligió, solo la liga para quitarlo."""
    clases = {clave: clase.varios for clave, clase in fuentes.clases().items()}
    anios = {anio: str(anio) for anio in hallado.anios}
    de_clase = ("clase", "Qué", filtros.clase, clases, _por_cuenta(hallado.clases))
    de_organo = ("organo", "De qué órgano", filtros.organo, nombres, _por_cuenta(hallado.organos))
    de_anio = ("anio", "De qué año", filtros.anio, anios, sorted(hallado.anios.items(), reverse=True))
    hechas = [
        _faceta(request, campo, nombre, elegido, dichos, cuentas)
        for campo, nombre, elegido, dichos, cuentas in (de_clase, de_organo, de_anio)
    ]
    if hechas[-1]:
        hechas[-1] = replace(hechas[-1], nota=_sin_anio(hallado.sin_anio, elegido=filtros.anio is not None))
    return [faceta for faceta in hechas if faceta]


def _sin_anio(cuantos: int, *, elegido: bool) -> str:
    """Qué pasa con lo que no es de un año: el plan, los municipios."""
    if elegido:
        return "Lo que no es de un año, como el plan o los municipios, queda fuera."
    if not cuantos:
        return ""
    dicho = "1 resultado más no es" if cuantos == 1 else f"{cuantos} resultados más no son"
    return f"{dicho} de un año, como el plan o los municipios: al elegir uno, queda fuera."


def _faceta(
    request: HttpRequest,
    campo: str,
    nombre: str,
    elegido: Any,
    dichos: Mapping[Any, str],
    cuentas: Iterable[tuple[Any, int]],
) -> Faceta | None:
    """None si no hay qué elegir."""
    if elegido:
        dicho = dichos.get(elegido, str(elegido))
        return Faceta(nombre, dicho, _liga(request, **{campo: None}), [])
    opciones = [
        Opcion(dichos.get(valor, str(valor)), cuantos, _liga(request, **{campo: valor}))
        for valor, cuantos in cuentas
    ]
    return Faceta(nombre, "", "", opciones) if len(opciones) > 1 else None


def _por_cuenta(cuentas: Counter[str]) -> list[tuple[str, int]]:
    return sorted(cuentas.items(), key=lambda par: (-par[1], par[0]))


def _liga(request: HttpRequest, **cambios: Any) -> str:
    """La misma búsqueda con esos cambios, desde su primera página; None quita."""
    parametros = request.GET.copy()
    for campo in list(parametros):
        if campo not in ("q", "clase", "organo", "anio", "en") or not parametros[campo]:
            del parametros[campo]
    parametros["q"] = consulta.leer(parametros.get("q", "")).escrito
    for campo, valor in cambios.items():
        if valor is None:
            parametros.pop(campo, None)
        else:
            parametros[campo] = str(valor)
    return f"?{parametros.urlencode()}"
