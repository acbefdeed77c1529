"""La página donde se escribe el informe: todos los apartados juntos, y cada uno se guarda solo."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from municipios.forms.informes import FormaTexto
from municipios.informes import escribir
from municipios.informes.escribir import Dato, Fila, Mes
from municipios.models import InformeTrimestral
from sesiones.forms.base import FormaInvalida
from sesiones.views.mesa.guardado import en_conflicto, hecho, no_guardado, quien_guardo
from stl_portal.errores import choque
from stl_portal.versiones import VersionRancia, entero

from .informes import informe_o_404, marco

Formas = list[tuple[Mes, list[FormaTexto]]]


@require_safe
def pagina(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Los doce apartados; si ya se entregó, lleva a leerlo."""
    fila = informe_o_404(request, organo, numero)
    if not fila.puede("entregar"):
        return redirect(fila.get_absolute_url())
    return _pintar(request, fila, _formas(escribir.meses_de(fila)))


def _formas(meses: list[Mes], datos: Any = None) -> Formas:
    return [(mes, [FormaTexto(fila, datos) for fila in mes.filas]) for mes in meses]


def _pintar(
    request: HttpRequest, fila: InformeTrimestral, formas: Formas, *, status: int = 200, **extra: Any
) -> HttpResponse:
    contexto = marco(request, fila.organo, informe=fila, meses=formas) | extra
    return render(request, "municipios/informes/escribir.html", contexto, status=status)


@require_POST
def guardar(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Guarda los doce; el que trae un error no detiene a los demás. 302, 409 o 422 con todo lo escrito."""
    fila = informe_o_404(request, organo, numero)
    meses = escribir.meses_de(fila)
    formas = _formas(meses, request.POST)
    if not fila.puede("entregar"):
        return _ya_entregado(request, fila, formas, [escribir.YA_SE_ENTREGO])
    estados: dict[str, int] = {}
    try:
        for forma in (f for _, del_mes in formas for f in del_mes):
            estados[forma.fila.clave] = _guardar_una(request, forma)
    except ValidationError as error:
        quedan = [(mes, [f for f in del_mes if estados.get(f.fila.clave, 1)]) for mes, del_mes in formas]
        return _ya_entregado(request, fila, quedan, error.messages)
    if peor := max(estados.values()):
        rechazadas = [forma for _, del_mes in formas for forma in del_mes if estados[forma.fila.clave]]
        juntas = _con_lo_guardado(fila, formas, estados)
        guardadas = len(estados) - len(rechazadas)
        return _pintar(request, fila, juntas, status=peor, errores=rechazadas, guardadas=guardadas)
    return _seguir(request, fila, meses)


def _seguir(request: HttpRequest, fila: InformeTrimestral, meses: list[Mes]) -> HttpResponse:
    """A donde se pidió: insertar un dato, quedarse escribiendo o revisarlo completo."""
    aqui = reverse("informes:escribir", args=(fila.organo.clave, fila.numero))
    if pedido := request.POST.get("insertar"):
        mes, dato = _dato_de(meses, entero(pedido))
        texto = fila.textos.get(mes=mes.numero, apartado="reuniones")
        try:
            escribir.insertar(texto, dato.texto, request.user)
        except ValidationError as error:
            return choque(request, " ".join(error.messages))
        return redirect(f"{aqui}#{mes.donde_se_insertan}")
    return redirect(aqui if request.POST.get("quedarse") else fila.get_absolute_url())


def _dato_de(meses: list[Mes], sesion: int) -> tuple[Mes, Dato]:
    """El dato de esa sesión y su mes; lanza `Http404` si no es del trimestre."""
    hallado = next(((mes, d) for mes in meses for d in mes.datos if d.sesion == sesion), None)
    if hallado is None:
        raise Http404
    return hallado


def _con_lo_guardado(fila: InformeTrimestral, formas: Formas, estados: dict[str, int]) -> Formas:
    """Lo rechazado tal como se escribió y lo demás como ya quedó guardado."""
    nuevas = {f.fila.clave: f for _, del_mes in _formas(escribir.meses_de(fila)) for f in del_mes}
    return [
        (mes, [f if estados[f.fila.clave] else nuevas[f.fila.clave] for f in del_mes])
        for mes, del_mes in formas
    ]


def _guardar_una(request: HttpRequest, forma: FormaTexto) -> int:
    """0 si quedó guardada o no se tocó; 422 o 409, con el porqué en la forma.

    Lanza `ValidationError` si el informe se entregó mientras tanto.
    """
    if not forma.is_valid():
        return 422
    if forma.intacta:
        return 0
    datos = forma.cleaned_data
    try:
        escribir.guardar(forma.fila.texto, datos["version"], request.user, datos["texto"])
    except VersionRancia as error:
        quien = quien_guardo(request, error.actual)
        forma.choque = {"quien": quien, "guardado": error.actual.texto}
        forma.add_error(None, f"{forma.fields['texto'].label}: {quien} guardó mientras escribías.")
        forma.seguir_desde(error.actual)
        return 409
    return 0


def _ya_entregado(
    request: HttpRequest, fila: InformeTrimestral, formas: Formas, porque: list[str]
) -> HttpResponse:
    """409: ya no se edita. Lo que no se guardó se muestra para copiarlo."""
    escrito = [
        (forma.fields["texto"].label, forma["texto"].value())
        for _, del_mes in formas
        for forma in del_mes
        if not (forma.is_valid() and forma.intacta)
    ]
    contexto = marco(request, fila.organo, informe=fila, sin_guardar=escrito, errores=porque)
    return render(request, "municipios/informes/sin_guardar.html", contexto, status=409)


@require_POST
def texto(request: HttpRequest, organo: str, numero: int, clave: str) -> HttpResponse:
    """El guardado automático de un apartado: 200 y la versión nueva, 409 con ambos textos o 422."""
    informe = informe_o_404(request, organo, numero)
    fila = _fila_o_404(informe, clave)
    datos = request.POST.copy()
    datos[f"{clave}-version"] = datos.get("version", "")
    forma = FormaTexto(fila, datos)
    if not informe.puede("entregar"):
        return choque(request, f"{escribir.YA_SE_ENTREGO} Copia tu texto.")
    try:
        if not forma.is_valid():
            raise FormaInvalida(forma)
        limpios = forma.cleaned_data
        return hecho(escribir.guardar(fila.texto, limpios["version"], request.user, limpios["texto"]).version)
    except VersionRancia as error:
        return en_conflicto(request, error.actual, texto=error.actual.texto)
    except FormaInvalida as error:
        return no_guardado(request, error)
    except ValidationError as error:
        return choque(request, f"{' '.join(error.messages)} Copia tu texto.")


def _fila_o_404(informe: InformeTrimestral, clave: str) -> Fila:
    """El apartado con esa clave; lanza `Http404`."""
    filas = {(fila := Fila(uno)).clave: fila for uno in informe.textos.all()}
    if clave not in filas:
        raise Http404
    return filas[clave]
