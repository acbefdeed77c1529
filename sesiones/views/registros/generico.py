"""Listar, agregar, corregir, terminar y quitar: lo mismo para todos los registros."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sesiones import permisos
from sesiones.forms.filtros import FiltroPalabras
from sesiones.models import Organo
from sesiones.views.acceso import organo_o_404
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.cuentas import identidad
from stl_portal.paginacion import pagina_pedida
from stl_portal.versiones import entero

from .auditado import constar, lo_escrito
from .catalogo import REGISTROS
from .declaracion import Padre, Registro
from .huella import CAMPO, Diferencia, diferencias, huella

POR_PAGINA = 25
CAPTURA = require_http_methods(["GET", "HEAD", "POST"])


def registro_o_404(clave: str, organo: Organo) -> Registro:
    """El registro declarado con esa clave, si el órgano lo lleva; lanza `Http404`."""
    registro = REGISTROS.get(clave)
    if registro is None or not registro.para(organo):
        raise Http404("No hay un registro con esa clave.")
    return registro


def marco(request: HttpRequest, organo: Organo, **contexto: Any) -> dict[str, Any]:
    """Lo que toda página de los registros necesita."""
    hoy = timezone.localdate()
    return {
        "organo": organo,
        "denominacion": organo.denominacion(hoy),
        "denominacion_padre": organo.padre.denominacion(hoy) if organo.padre else None,
        "conduce": permisos.puede_conducir(request.user, organo, hoy),
    } | contexto


def exigir_captura(request: HttpRequest, organo: Organo, registro: Registro) -> None:
    """Lanza `PermissionDenied` si la cuenta lee este registro pero no le toca cambiarlo."""
    if not registro.quien_captura(request.user, organo, timezone.localdate()):
        raise PermissionDenied(f"Cambiar «{registro.titulo}» le toca a la administración del órgano.")


@require_safe
def lista(request: HttpRequest, organo: str, registro: str) -> HttpResponse:
    """Las filas del órgano, con filtro y por páginas."""
    del_organo = organo_o_404(request, organo)
    este = registro_o_404(registro, del_organo)
    filtro = este.hacer_filtro(request.GET)
    pagina = pagina_pedida(request, este.filtrar(del_organo, filtro), POR_PAGINA)
    captura = este.quien_captura(request.user, del_organo, timezone.localdate())
    consulta = request.GET.copy()
    consulta.pop("page", None)
    contexto = marco(
        request,
        del_organo,
        registro=este,
        columnas=este.columnas_para(captura),
        filtro=filtro if este.con_filtro else None,
        pagina=pagina,
        renglones=[renglon(este, fila, del_organo, captura) for fila in pagina],
        captura=captura,
        url_nuevo=este.url_nuevo(del_organo),
        consulta=consulta.urlencode(),
    )
    return render(
        request, "sesiones/registros/lista.html", contexto, status=200 if filtro.is_valid() else 422
    )


def renglon(registro: Registro, fila: Any, organo: Organo, captura: bool) -> dict[str, Any]:
    """Celdas y acciones de una fila."""
    celdas = [celda(fila, organo) for _, celda in registro.columnas_para(captura)]
    con_pagina = registro.al_guardar and not registro.casa
    acciones = [] if con_pagina else [("Ver", registro.url_de(fila, organo, "ver"))]
    if captura and not registro.candado(fila, organo):
        acciones.append(("Corregir", registro.url_de(fila, organo)))
        if registro.termina and getattr(fila, "vigente_hasta", None) is None:
            acciones.append(("Terminar", registro.url_de(fila, organo, "terminar")))
    return {"celdas": celdas, "acciones": acciones, "nombre": registro.nombra(fila)}


@CAPTURA
def nuevo(request: HttpRequest, organo: str, registro: str) -> HttpResponse:
    """Agrega una fila; si cuelga de otra y no se dijo de cuál, primero lo pregunta."""
    del_organo = organo_o_404(request, organo, conducir=True)
    este = registro_o_404(registro, del_organo)
    exigir_captura(request, del_organo, este)
    exigir_identidad(request, este)
    padre = None
    if este.padre:
        elegido = entero(request.GET.get(este.padre.parametro))
        if not elegido:
            return elegir_padre(request, del_organo, este, este.padre)
        padre = get_object_or_404(este.padre.opciones(del_organo), pk=elegido)
    fila = este.nace(del_organo, padre)
    return capturar(request, del_organo, este, fila, este.forma, titulo=este.agregar, padre=padre)


def elegir_padre(request: HttpRequest, organo: Organo, registro: Registro, de: Padre) -> HttpResponse:
    """Pregunta de qué cuelga la fila nueva: por páginas, y con búsqueda cuando no caben en una."""
    filtro, todas = FiltroPalabras(request.GET), de.opciones(organo)
    pagina = pagina_pedida(request, filtro.aplicar(todas, de.busca), POR_PAGINA)
    contexto = marco(
        request,
        organo,
        registro=registro,
        filtro=filtro,
        pagina=pagina,
        opciones=[(fila, registro.url_nuevo(organo, fila)) for fila in pagina],
        consulta=urlencode({"q": request.GET.get("q", "")}) if filtro.activo else "",
    )
    estado = 200 if filtro.is_valid() else 422
    return render(request, "sesiones/registros/elegir.html", contexto, status=estado)


@CAPTURA
def editar(request: HttpRequest, organo: str, registro: str, pk: int) -> HttpResponse:
    """Corrige una fila."""
    del_organo, este, fila = fila_o_404(request, organo, registro, pk)
    return capturar(request, del_organo, este, fila, este.forma, titulo=f"Corregir {este.uno}")


@CAPTURA
def terminar(request: HttpRequest, organo: str, registro: str, pk: int) -> HttpResponse:
    """Pone fecha y motivo de fin."""
    del_organo, este, fila = fila_o_404(request, organo, registro, pk)
    if este.termina is None:
        raise Http404("Este registro no se termina.")
    return capturar(request, del_organo, este, fila, este.termina, titulo=f"Terminar {este.uno}")


@require_POST
def quitar(request: HttpRequest, organo: str, registro: str, pk: int) -> HttpResponse:
    """Borra una fila que nada más usa."""
    del_organo, este, fila = fila_o_404(request, organo, registro, pk)
    if not este.borrable:
        raise Http404("Este registro no se borra: se termina.")
    try:
        with transaction.atomic():
            fila = releer(este, del_organo, fila)
            if impedimento := este.no_se_quita(fila, del_organo):
                raise PermissionDenied(impedimento)
            _, volver = este.de_donde(fila, del_organo)
            if este.anota:
                este.anota(fila, "Se quitó", request.user)
            constar(request, del_organo, este, "quitar", fila)
            fila.delete()
    except ProtectedError:
        remedio = ": ponle fecha de fin" if hasattr(fila, "vigente_hasta") else ""
        messages.error(request, f"«{fila}» ya se usó y no se puede quitar{remedio}.")
        return redirect(este.url_de(fila, del_organo))
    messages.success(request, f"Se quitó «{fila}».")
    return redirect(volver)


def fila_o_404(request: HttpRequest, organo: str, clave: str, pk: int) -> tuple[Organo, Registro, Any]:
    """El órgano, el registro y la fila que se va a cambiar. Lanza `Http404` o `PermissionDenied`."""
    del_organo = organo_o_404(request, organo, conducir=True)
    registro = registro_o_404(clave, del_organo)
    exigir_captura(request, del_organo, registro)
    fila = get_object_or_404(registro.filas(del_organo), pk=pk)
    exigir_abierta(registro, fila, del_organo)
    exigir_identidad(request, registro)
    return del_organo, registro, fila


def exigir_identidad(request: HttpRequest, registro: Registro) -> None:
    """Lo que solo cambia la administración (reglas, roles, autoridades…) pide segundo factor reciente."""
    if registro.administra:
        identidad.exigir(request)


def exigir_abierta(registro: Registro, fila: Any, organo: Organo) -> None:
    """Lanza `PermissionDenied` si la fila tiene candado, con su porqué."""
    if impedimento := registro.candado(fila, organo):
        raise PermissionDenied(impedimento)


def capturar(
    request: HttpRequest,
    organo: Organo,
    registro: Registro,
    fila: Model,
    clase: Any,
    *,
    titulo: str,
    padre: Any = None,
) -> HttpResponse:
    """Muestra el formulario y, al enviarlo, guarda o lo devuelve con sus errores (422) y todo lo escrito.

    Si otra persona guardó la fila después de que se leyó, no guarda: muestra ambos valores (409). Una fila
    nueva enviada dos veces con la misma ficha se agrega una sola vez y lleva dos veces al mismo lugar.
    """
    nueva, enviado = fila.pk is None, request.method == "POST"
    nombre = "" if nueva else registro.nombra(fila)
    intento = Intento(fila)
    if enviado:
        if destino := una_vez(request, lambda: intentar(request, organo, registro, intento, clase)):
            return redirect(destino)
    else:
        intento.leer(armar(request, organo, registro, fila, clase))
    fila, choque = intento.fila, intento.choque
    contexto = marco(
        request, organo, registro=registro, forma=intento.forma, titulo=titulo, nombre=nombre, padre=padre
    )
    contexto |= {"huella": intento.leida, "choque": choque, "url": request.path, "nueva": nueva}
    contexto["volver_a"], contexto["volver"] = registro.de_donde(fila, organo)
    se_quita = fila.pk and registro.borrable and not registro.no_se_quita(fila, organo)
    contexto["url_quitar"] = registro.url_de(fila, organo, "quitar") if se_quita else ""
    estado = 409 if choque else 422 if enviado else 200
    return render(request, "sesiones/registros/forma.html", contexto, status=estado)


@dataclass
class Intento:
    """La fila que se captura, su formulario y, si otra persona se adelantó, en qué difieren."""

    fila: Any
    forma: Any = None
    leida: str = ""
    choque: list[Diferencia] = field(default_factory=list)

    def leer(self, forma: Any) -> None:
        """Toma el formulario con la huella de lo que hoy está guardado."""
        self.forma, self.leida = forma, huella(forma)


def intentar(request: HttpRequest, organo: Organo, registro: Registro, intento: Intento, clase: Any) -> str:
    """Guarda lo enviado y dice a dónde ir; vacío si no se guardó, con el porqué en `intento`."""
    with transaction.atomic():
        intento.fila = releer(registro, organo, intento.fila)
        intento.leer(armar(request, organo, registro, intento.fila, clase))
        if request.POST.get(CAMPO, "") != intento.leida:
            intento.choque = diferencias(intento.forma)
        que = "agregar" if intento.fila.pk is None else "corregir"
        escrito = lo_escrito(intento.forma)
        guardado = not intento.choque and guardar(intento.forma, registro, request.user)
        if guardado:
            constar(request, organo, registro, que, intento.forma.instance, escrito)
    if not guardado:
        return ""
    messages.success(request, f"Se guardó «{registro.nombra(intento.forma.instance)}».")
    return registro.destino(intento.forma.instance, organo)


def releer(registro: Registro, organo: Organo, fila: Model) -> Model:
    """Bloquea el órgano y trae la fila como está ahora: dos capturas a la vez no se enciman.

    Lanza `Http404` si ya no existe y `PermissionDenied` si mientras tanto dejó de corregirse.
    """
    Organo.objects.select_for_update().get(pk=organo.pk)
    if fila.pk is None:
        return fila
    actual: Model = get_object_or_404(registro.filas(organo), pk=fila.pk)
    exigir_abierta(registro, actual, organo)
    return actual


def armar(request: HttpRequest, organo: Organo, registro: Registro, fila: Model, clase: Any) -> Any:
    """El formulario de la fila, con lo enviado si se envió algo."""
    datos = (request.POST, request.FILES) if request.method == "POST" else ()
    argumentos = registro.argumentos(organo, timezone.localdate()) if clase is registro.forma else {}
    # Una liga puede proponer valores para la fila nueva: «?funcion=coordinacion».
    propuesto = request.GET.dict() if fila.pk is None and not datos else {}
    forma = clase(*datos, instance=fila, initial=propuesto, **argumentos)
    for quien_pide in (forma, *forma.fields.values()):
        if hasattr(quien_pide, "por"):
            quien_pide.por = request.user
    return forma


def guardar(forma: Any, registro: Registro, usuario: Any) -> bool:
    """Valida y guarda, con constancia de lo que cambió; se llama con el órgano bloqueado.

    El guardado va en su propio punto de retorno: si el modelo lo rechaza, el archivo ya recibido se conserva.
    """
    if not forma.is_valid():
        return False
    que = lo_que_cambia(forma, registro)
    try:
        with transaction.atomic():
            forma.save()
            if registro.anota and que:
                registro.anota(forma.instance, que, usuario)
    except ValidationError as error:
        forma.add_error(None, error)
    except IntegrityError:
        forma.add_error(None, "Alguien registró lo mismo al mismo tiempo: revisa la lista antes de guardar.")
    return not forma.errors


def lo_que_cambia(forma: Any, registro: Registro) -> str:
    """«Peso: 1 → 2», para la constancia; vacío si el registro no la lleva o nada cambió."""
    if registro.anota is None:
        return ""
    if forma.instance._state.adding:
        return "Se agregó"
    return "; ".join(f"{c.dato}: {c.guardado} → {c.tuyo}" for c in diferencias(forma))
