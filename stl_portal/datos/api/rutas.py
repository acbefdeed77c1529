"""Las rutas de `/api/v1/`: dos por conjunto, hechas de su declaración; nada se escribe dos veces."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.params.functions import Path

from stl_portal.datos import formas, licencia
from stl_portal.datos.api import cursor, esquemas, peticion
from stl_portal.datos.api.errores import RAIZ, error, respuesta
from stl_portal.datos.filtros import FiltroMalo
from stl_portal.datos.registro import Conjunto

VERSION = "1.0.0"
TITULO = "Interfaz de lectura del portal"
DESCRIPCION = (
    "Lo mismo que se descarga en /datos/, fila por fila: sesiones, acuerdos, integrantes, plan de acción y"
    " municipios. Solo lo publicado. Se lee sin cuenta ni clave. Fechas en ISO 8601 y textos en UTF-8."
)
DICHOS = {
    HTTPStatus.OK: "Lo pedido.",
    HTTPStatus.NOT_MODIFIED: "No ha cambiado desde el `ETag` que mandaste en `If-None-Match`.",
    HTTPStatus.NOT_FOUND: "No existe o no se ha publicado.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Un parámetro no se entiende; `campo` dice cuál.",
    HTTPStatus.TOO_MANY_REQUESTS: "Demasiadas peticiones desde la misma dirección; `Retry-After` dice cuántos"
    " segundos esperar.",
}
NO_ESTA = "No existe o no se ha publicado."
Vista = Callable[..., HttpResponse]


def construir(conjuntos: Mapping[str, Conjunto]) -> NinjaAPI:
    """La interfaz de esos conjuntos. Documentación en HTML y OpenAPI van aparte: ni Swagger ni nada ajeno."""
    api = NinjaAPI(
        title=TITULO,
        version=VERSION,
        description=DESCRIPCION,
        openapi_url=None,
        docs_url=None,
        servers=[{"url": "/", "description": "Este portal"}],
        urls_namespace="api",
        openapi_extra={"info": {"license": {"name": licencia.NOMBRE, "url": licencia.LICENCIA}}},
    )
    api.add_exception_handler(FiltroMalo, _mal_pedido)
    api.add_exception_handler(Http404, _no_esta)
    _agregar(api, "/", _indice(conjuntos), esquemas.Indice, "indice", "Qué conjuntos hay", ())
    _agregar_openapi(api, conjuntos)
    for conjunto in conjuntos.values():
        _agregar_conjunto(api, conjunto)
    return api


def _mal_pedido(request: HttpRequest, malo: Any) -> HttpResponse:
    return error(HTTPStatus.UNPROCESSABLE_ENTITY, "parametro", malo.frase, malo.campo)


def _no_esta(request: HttpRequest, cual: Any) -> HttpResponse:
    return error(HTTPStatus.NOT_FOUND, "no_esta", NO_ESTA)


def _agregar_conjunto(api: NinjaAPI, conjunto: Conjunto) -> None:
    """Su lista y su fila."""
    una = esquemas.fila(conjunto)
    lista = esquemas.pagina(conjunto, una)
    clave, titulo = conjunto.clave, conjunto.titulo
    mal = (HTTPStatus.UNPROCESSABLE_ENTITY,)
    _agregar(
        api,
        f"/{clave}/",
        _lista(conjunto),
        lista,
        f"listar_{clave}",
        f"{titulo}: todas las filas",
        mal,
        parameters=esquemas.parametros(conjunto),
        description=conjunto.descripcion,
        tags=[clave],
    )
    _agregar(
        api,
        f"/{clave}/{{path:id}}/",
        _una(conjunto),
        una,
        f"leer_{clave}",
        f"{titulo}: una fila por su id",
        (HTTPStatus.NOT_FOUND, *mal),
        tags=[clave],
    )


def _agregar(
    api: NinjaAPI,
    ruta: str,
    vista: Vista,
    esquema: type[Schema],
    operacion: str,
    resumen: str,
    errores: Sequence[HTTPStatus],
    **extra: Any,
) -> None:
    """Una ruta, con todo lo que puede responder."""
    errores = (*errores, HTTPStatus.TOO_MANY_REQUESTS)
    dichos = {status: {"description": DICHOS[status]} for status in (HTTPStatus.OK, *errores)}
    extra["responses"] = dichos | {HTTPStatus.NOT_MODIFIED: {"description": DICHOS[HTTPStatus.NOT_MODIFIED]}}
    modelos = {HTTPStatus.OK: esquema} | dict.fromkeys(errores, esquemas.Error)
    api.get(
        ruta,
        response=modelos,
        operation_id=operacion,
        url_name=operacion,
        summary=resumen,
        openapi_extra=extra,
    )(vista)


def _agregar_openapi(api: NinjaAPI, conjuntos: Mapping[str, Conjunto]) -> None:
    """El OpenAPI: se arma una vez por proceso; los órganos o planes que hoy se pueden pedir, cada vez."""

    @cache
    def armado() -> Mapping[str, Any]:
        return dict(api.get_openapi_schema())

    @api.get("/openapi.json", include_in_schema=False, url_name="openapi")
    def openapi(request: HttpRequest) -> HttpResponse:
        escrito = json.dumps(esquemas.con_catalogos(armado(), conjuntos, RAIZ), ensure_ascii=False)
        return HttpResponse(escrito.encode(), content_type="application/json")


def _indice(conjuntos: Mapping[str, Conjunto]) -> Vista:
    def indice(request: HttpRequest) -> HttpResponse:
        peticion.exigir_sin_parametros(request.GET)
        return respuesta(
            {
                "titulo": TITULO,
                "version": VERSION,
                "documentacion": "/api/",
                "openapi": f"{RAIZ}openapi.json",
                "licencia": licencia.LICENCIA,
                "conjuntos": [_en_indice(conjunto) for conjunto in conjuntos.values()],
            }
        )

    return indice


def _en_indice(conjunto: Conjunto) -> dict[str, Any]:
    return {
        "clave": conjunto.clave,
        "titulo": conjunto.titulo,
        "descripcion": conjunto.descripcion,
        "direccion": f"{RAIZ}{conjunto.clave}/",
        "filtros": [filtro.nombre for filtro in conjunto.filtros],
    }


def _lista(conjunto: Conjunto) -> Vista:
    # Devuelve la respuesta ya escrita, sin que ninja valide cada fila otra vez: que las filas cumplen su
    # esquema lo comprueban las pruebas, con el OpenAPI en la mano.
    def lista(request: HttpRequest) -> HttpResponse:
        pedido = peticion.leer(conjunto, request.GET)
        filas, siguiente = cursor.pagina(pedido.seleccion, pedido.limite, pedido.cursor)
        return respuesta(
            {
                "filas": [formas.objeto(conjunto, fila) for fila in filas],
                "siguiente": siguiente,
                "siguiente_url": peticion.siguiente_url(request, siguiente),
            }
        )

    return lista


def _una(conjunto: Conjunto) -> Vista:
    primera = conjunto.columnas[0]
    de_la_ruta = Path(description=primera.descripcion, example=primera.ejemplo)

    def una(request: HttpRequest, id: str = de_la_ruta) -> HttpResponse:
        peticion.exigir_sin_parametros(request.GET)
        if "\x00" in id:
            raise Http404(NO_ESTA)
        for fila in conjunto.todas(conjunto.de_id(conjunto.publicado(), id)):
            if fila[0] == id:
                return respuesta(formas.objeto(conjunto, fila))
        raise Http404(NO_ESTA)

    return una
