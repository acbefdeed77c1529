"""Los archivos que se descargan: cada conjunto en sus formas, su esquema, sus versiones y los sueltos."""

import gzip
from collections.abc import Iterator
from http import HTTPStatus

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.avisos.envio import liga
from stl_portal.publico.compresion import admite_gzip

from . import catalogo, esquema, etiqueta, filtros, formas
from .licencia import LICENCIA
from .models import VersionDeDatos
from .registro import CONJUNTOS, SUELTOS, Conjunto, Suelto

BLOQUE = 64 * 1024
ESQUEMA = "esquema.json"
JSON_LD = "application/ld+json"
MAYOR = 2**31 - 1  # número de versión que cabe en su columna


def pedido(clave: str) -> Conjunto:
    """El conjunto con esa clave. Lanza `Http404`."""
    conjunto = CONJUNTOS.get(clave)
    if conjunto is None:
        raise Http404("Ese conjunto de datos no existe.")
    return conjunto


@require_safe
def archivo(request: HttpRequest, clave: str, forma: str) -> HttpResponseBase:
    """El conjunto en esa forma, con los filtros que se pidan; o su esquema, o un archivo suelto."""
    suelto = SUELTOS.get(f"{clave}.{forma}")
    if suelto is not None:
        return _suelto(request, suelto)
    conjunto = pedido(clave)
    if forma == ESQUEMA:
        return _json(request, esquema.table_schema(conjunto), "application/json")
    elegida = formas.formas_de(conjunto).get(forma)
    if elegida is None:
        raise Http404("No se descarga en esa forma.")
    try:
        seleccion = filtros.leer(conjunto, request.GET)
    except filtros.FiltroMalo as malo:
        return no_se_entiende(request, conjunto, malo, en_json=elegida.extension.endswith("json"))
    return _transmitido(request, seleccion, elegida)


def _transmitido(request: HttpRequest, seleccion: filtros.Seleccion, forma: formas.Forma) -> HttpResponseBase:
    marca = etiqueta.de(request)
    conocido = etiqueta.ya_lo_tiene(request, marca) or _de_mas(request, forma)
    if conocido is not None:
        return conocido
    conjunto = seleccion.conjunto
    respuesta = StreamingHttpResponse(forma.escribir(conjunto, seleccion.filas()), content_type=forma.tipo)
    _con_nombre(respuesta, f"{conjunto.clave}.{forma.extension}", adjunta=forma.adjunta)
    descrito = liga(reverse("datos:archivo", args=(conjunto.clave, ESQUEMA)))
    respuesta["Link"] = f'<{LICENCIA}>; rel="license", <{descrito}>; rel="describedby"'
    return etiqueta.con_cabeceras(respuesta, marca)


def _de_mas(request: HttpRequest, forma: formas.Forma) -> HttpResponse | None:
    """429 si desde esa dirección ya se pidieron demasiados libros, que son lo que cuesta componer."""
    if forma.extension != formas.XLSX.extension or request.method == "HEAD":
        return None
    respuesta: HttpResponse | None = ratelimit.consume_or_429(request, action="datos_xlsx", limit_get=True)
    return respuesta


def _suelto(request: HttpRequest, suelto: Suelto) -> HttpResponseBase:
    marca = etiqueta.de(request)
    conocido = etiqueta.ya_lo_tiene(request, marca)
    if conocido is not None:
        return conocido
    respuesta = StreamingHttpResponse(suelto.trozos(), content_type=suelto.tipo)
    _con_nombre(respuesta, suelto.nombre, adjunta=False)
    respuesta["Link"] = f'<{LICENCIA}>; rel="license"'
    return etiqueta.con_cabeceras(respuesta, marca)


@require_safe
def de_catalogo(request: HttpRequest) -> HttpResponseBase:
    """El catálogo DCAT, para otros catálogos."""
    return _json(request, catalogo.dcat(), JSON_LD)


def _json(request: HttpRequest, contenido: object, tipo: str) -> HttpResponseBase:
    marca = etiqueta.de(request)
    conocido = etiqueta.ya_lo_tiene(request, marca)
    if conocido is not None:
        return conocido
    opciones = {"ensure_ascii": False, "indent": 2}
    respuesta = JsonResponse(contenido, safe=False, json_dumps_params=opciones, content_type=tipo)
    return etiqueta.con_cabeceras(respuesta, marca)


@require_safe
def version(request: HttpRequest, clave: str, numero: int, forma: str) -> HttpResponseBase:
    """Una versión, que no cambia nunca: su CSV o el esquema que tenía. 410 si se retiró."""
    if forma not in ("csv", ESQUEMA) or numero > MAYOR:
        raise Http404("Las versiones se guardan en CSV.")
    fila = get_object_or_404(VersionDeDatos.objects.select_related("archivo"), conjunto=clave, numero=numero)
    if forma == ESQUEMA:
        return _json(request, fila.esquema, "application/json")
    if fila.retirada_el is not None:
        contexto = {"version": fila, "conjunto": CONJUNTOS.get(clave)}
        return render(request, "datos/retirada.html", contexto, status=HTTPStatus.GONE)
    comprimida = admite_gzip(request.headers.get("Accept-Encoding", ""))
    # Una etiqueta fuerte promete los mismos bytes: comprimido y sin comprimir no lo son (RFC 9110, 8.8.3).
    marca = f'"{fila.huella}{"-gzip" if comprimida else ""}"'
    respuesta = etiqueta.ya_lo_tiene(request, marca) or _de_la_version(fila, marca, comprimida=comprimida)
    respuesta["Vary"] = "Accept-Encoding"
    return respuesta


def _de_la_version(fila: VersionDeDatos, marca: str, *, comprimida: bool) -> HttpResponseBase:
    """Los bytes guardados; a quien no sabe descomprimir, descomprimidos al paso."""
    if almacen.pesa(fila.archivo.huella) is None:
        raise Http404("Falta el archivo de esa versión.")
    respuesta = StreamingHttpResponse(
        _bloques(fila.archivo, tal_cual=comprimida), content_type=formas.CSV.tipo
    )
    respuesta["Content-Length"] = str(fila.archivo.tamano if comprimida else fila.pesos["csv"])
    if comprimida:
        respuesta["Content-Encoding"] = "gzip"
    _con_nombre(respuesta, f"{fila.conjunto}-version-{fila.numero}.csv", adjunta=True)
    respuesta["Link"] = f'<{LICENCIA}>; rel="license"'
    return etiqueta.con_cabeceras(respuesta, marca)


def _bloques(archivo: Archivo, *, tal_cual: bool) -> Iterator[bytes]:
    """Abre al empezar a enviarse: si nadie lo lee, no queda nada abierto."""
    with almacen.abrir(archivo) as crudo, crudo if tal_cual else gzip.open(crudo) as abierto:
        while bloque := abierto.read(BLOQUE):
            yield bloque


def no_se_entiende(
    request: HttpRequest, conjunto: Conjunto, malo: filtros.FiltroMalo, *, en_json: bool = False
) -> HttpResponse:
    """422: qué filtro y qué se esperaba; a un programa, en JSON."""
    if en_json:
        cuerpo = {"error": "filtro", "campo": malo.campo, "mensaje": malo.frase}
        return JsonResponse(cuerpo, status=422, json_dumps_params={"ensure_ascii": False})
    contexto = {"conjunto": conjunto, "malo": malo, "migas": migas(conjunto)}
    return render(request, "datos/filtro_malo.html", contexto, status=422)


def migas(conjunto: Conjunto | None = None) -> list[tuple[str, str]]:
    """Desde la portada de los datos hasta la página de un conjunto."""
    todas = [("Datos abiertos", reverse("datos:inicio"))]
    return (
        [*todas, (conjunto.titulo, reverse("datos:conjunto", args=(conjunto.clave,)))] if conjunto else todas
    )


def _con_nombre(respuesta: HttpResponseBase, nombre: str, *, adjunta: bool) -> None:
    respuesta["Content-Disposition"] = content_disposition_header(adjunta, nombre) or "attachment"
