"""Los cortes municipales para quien los prepara: la lista, sus datos y qué se publica de cada etapa."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from municipios import permisos
from municipios.cortes import preparar
from municipios.cortes.comparar import Comparacion, comparar
from municipios.cortes.publicar import DE_UN_CORTE, Pendiente, pendientes
from municipios.cuadro import Cuadro, tomar
from municipios.documento import CorteLeido, documento_de, leer
from municipios.forms.cortes import FormaCorte, FormaEtapas
from municipios.models import CorteMunicipal, Etapa
from sesiones.estados import ClaseOrgano
from sesiones.faltantes import Falta
from sesiones.forms.base import FormaInvalida, FormaRancia
from sesiones.models import Organo
from sesiones.permisos import puede_conducir, puede_leer_mesa
from sesiones.views.acceso import exigir_cuenta
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.sello.canonico import canonico
from stl_portal.versiones import VersionRancia

DATOS = ("nombre", "fecha", "fuente", "punto", "nota")
LEE = ("GET", "HEAD")
LEE_Y_ESCRIBE = [*LEE, "POST"]


def organo_de_los_cortes_o_404(request: HttpRequest, clave: str, *, editar: bool = False) -> Organo:
    """El secretariado estatal con etapas municipales, si la cuenta lee su mesa; prepararlos, si lo sigue.

    Lanza `FaltaEntrar`, `Http404` o `PermissionDenied`.
    """
    exigir_cuenta(request)
    con_etapas = Exists(Etapa.objects.filter(organo=OuterRef("pk")))
    filas = (
        Organo.objects.filter(con_etapas, clase=ClaseOrgano.ESTATAL)
        .select_related("padre")
        .prefetch_related("denominaciones")
    )
    organo = get_object_or_404(filas, clave=clave)
    hoy = timezone.localdate()
    if not puede_leer_mesa(request.user, organo, hoy):
        raise Http404
    escribe = editar or request.method not in LEE
    if escribe and not permisos.sigue(request.user, organo, hoy):
        raise PermissionDenied(
            "Puedes consultar los cortes, pero prepararlos le toca a quien sigue el avance."
        )
    return organo


def corte_o_404(request: HttpRequest, organo: str, numero: int, *, editar: bool = False) -> CorteMunicipal:
    """El corte de ese seguimiento, con la misma puerta."""
    del_organo = organo_de_los_cortes_o_404(request, organo, editar=editar)
    filas = CorteMunicipal.objects.select_related(*DE_UN_CORTE[1:], "publicacion", "correccion")
    encontrado = get_object_or_404(filas, organo=del_organo, numero=numero)
    for uno in (encontrado, encontrado.corrige, getattr(encontrado, "correccion", None)):
        if uno:
            uno.organo = del_organo
    return encontrado


def marco(request: HttpRequest, organo: Organo) -> dict[str, Any]:
    """Lo que lleva toda página de cortes municipales."""
    hoy = timezone.localdate()
    return {
        "organo": organo,
        "denominacion": organo.denominacion(hoy),
        "prepara": permisos.sigue(request.user, organo, hoy),
        "publica": puede_conducir(request.user, organo, hoy),
    }


@require_safe
def inicio(request: HttpRequest, organo: str) -> HttpResponse:
    """Todos los cortes del seguimiento, del más nuevo al más viejo."""
    fila = organo_de_los_cortes_o_404(request, organo)
    cortes = fila.cortes_municipales.select_related("corrige", "correccion", "publicacion")
    cortes = cortes.defer("publicacion__documento").order_by("-fecha", "-numero")
    for corte in cortes:
        corte.organo = fila
    return render(request, "municipios/cortes/inicio.html", marco(request, fila) | {"cortes": cortes})


@require_http_methods(LEE_Y_ESCRIBE)
def nuevo(request: HttpRequest, organo: str) -> HttpResponse:
    """Pide a qué fecha es y lo abre: 302 o 422."""
    fila = organo_de_los_cortes_o_404(request, organo, editar=True)
    if request.method != "POST":
        return _pintar_datos(request, fila, FormaCorte(organo=fila))
    try:
        return redirect(una_vez(request, lambda: _abrir(request, fila)))
    except FormaInvalida as error:
        return _pintar_datos(request, fila, error.forma, status=422)


def _abrir(request: HttpRequest, organo: Organo) -> str:
    with FormaCorte(request.POST, organo=organo).ejecutar() as datos:
        return preparar.abrir(organo, **{campo: datos[campo] for campo in DATOS}).url_de_trabajo


@require_http_methods(LEE_Y_ESCRIBE)
def datos(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Cambia su nombre, su fecha, su fuente y dónde se presentó: 302, 409 o 422."""
    corte = corte_o_404(request, organo, numero, editar=True)
    corte.exigir("publicar")
    if request.method != "POST":
        guardado = {campo: getattr(corte, campo) for campo in (*DATOS, "version")}
        inicial = guardado | {"punto": corte.punto_id}
        return _pintar_datos(request, corte.organo, FormaCorte(organo=corte.organo, initial=inicial), corte)
    try:
        _guardar_datos(request, corte)
    except FormaRancia as error:
        forma: Any = error.forma
        return _pintar_datos(request, corte.organo, forma.al_dia(error.actual), corte, status=409)
    except FormaInvalida as error:
        return _pintar_datos(request, corte.organo, error.forma, corte, status=422)
    return redirect(corte.url_de_trabajo)


def _guardar_datos(request: HttpRequest, corte: CorteMunicipal) -> None:
    forma = FormaCorte(request.POST, organo=corte.organo, initial={"punto": corte.punto_id})
    with forma.ejecutar() as limpios:
        nuevos = {campo: limpios[campo] for campo in DATOS}
        corte.guardar_sobre(limpios["version"] or 0, por=request.user, **nuevos)


def _pintar_datos(
    request: HttpRequest, organo: Organo, forma: Any, corte: CorteMunicipal | None = None, status: int = 200
) -> HttpResponse:
    actual = "Datos" if corte else "Preparar un corte"
    contexto = marco(request, organo) | {"forma": forma, "corte": corte, "actual": actual}
    return render(request, "municipios/cortes/datos.html", contexto, status=status)


@require_safe
def corte(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Qué se publica de cada etapa y qué falta o, si ya se publicó, tal como quedó."""
    return pintar_corte(request, corte_o_404(request, organo, numero))


@require_POST
def etapas(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Guarda qué se publica de cada etapa: 302, 409 o 422."""
    fila = corte_o_404(request, organo, numero)
    fila.exigir("publicar")
    cuadro = tomar(fila.organo, fila.fecha)
    forma = forma_de_etapas(fila, cuadro, request.POST)
    if not forma.is_valid():
        return pintar_corte(request, fila, forma, cuadro, status=422)
    try:
        preparar.guardar_etapas(fila, forma.cleaned_data["version"], forma.lo_nuevo(), request.user)
    except VersionRancia as error:
        forma.al_dia(error.actual.version, preparar.lo_dicho(error.actual))
        return pintar_corte(request, fila, forma, cuadro, status=409)
    messages.success(request, "Guardado.")
    return redirect(fila.url_de_trabajo)


def forma_de_etapas(corte: CorteMunicipal, cuadro: Cuadro, enviado: Any = None) -> FormaEtapas:
    """La forma con lo que ya se eligió."""
    return FormaEtapas(enviado, cuadro=cuadro, corte=corte, dicho=preparar.lo_dicho(corte))


def pintar_corte(
    request: HttpRequest,
    corte: CorteMunicipal,
    forma: FormaEtapas | None = None,
    cuadro: Cuadro | None = None,
    status: int = 200,
) -> HttpResponse:
    """La página del corte; con `forma`, lo que se escribió en ella."""
    contexto = marco(request, corte.organo) | {"corte": corte, "se_arma": corte.puede("publicar")}
    if contexto["se_arma"]:
        cuadro = cuadro or tomar(corte.organo, corte.fecha)
        contexto |= {
            "forma": forma or forma_de_etapas(corte, cuadro),
            "faltas": (faltas := faltas_de(corte, cuadro, forma)),
            "impedido": any(falta.impide for falta in faltas),
        }
    if not (contexto["se_arma"] and contexto["prepara"]):
        contexto["leido"] = como_quedara(corte, cuadro)
    return render(request, "municipios/cortes/corte.html", contexto, status=status)


def faltas_de(corte: CorteMunicipal, cuadro: Cuadro, forma: FormaEtapas | None = None) -> list[Falta]:
    """Qué falta para publicarlo, cada cosa con la página donde se arregla; primero lo que impide.

    Con `forma`, también lo que no suma de lo escrito, que aún no se guarda.
    """
    hallados = list(pendientes(corte, cuadro, timezone.localdate()))
    if forma is not None:
        claves = {etapa.clave for etapa in cuadro.etapas}
        hallados = [p for p in hallados if not (p.impide and p.donde in claves)]
        hallados += [Pendiente(clave, frase) for clave, frase in forma.descuadres()]
    faltas = [Falta(p.frase, _donde(corte, p.donde), p.impide) for p in hallados]
    return sorted(faltas, key=lambda falta: not falta.impide)


def _donde(corte: CorteMunicipal, donde: str) -> str:
    if donde in ("datos", "fuente"):
        return reverse("cortes_municipales:datos", args=(corte.organo.clave, corte.numero))
    return f"{corte.url_de_trabajo}#{'etapas' if donde == 'etapas' else f'etapa-{donde}'}"


def como_quedara(corte: CorteMunicipal, cuadro: Cuadro | None = None) -> CorteLeido:
    """Lo que leerá cualquiera: lo publicado o, si se prepara, lo que hoy se publicaría."""
    if not corte.puede("publicar"):
        return leer(bytes(corte.publicacion.documento))
    return leer(canonico(documento_de(corte, cuadro or tomar(corte.organo, corte.fecha))))


def contra_el_anterior(corte: CorteMunicipal, leido: CorteLeido) -> Comparacion | None:
    """Qué cambia respecto del corte anterior."""
    previo = CorteMunicipal.objects.select_related("publicacion").anterior_a(corte)
    return comparar(leer(bytes(previo.publicacion.documento)), leido) if previo else None


@require_POST
def quitar(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Borra un corte que no se publicó."""
    fila = corte_o_404(request, organo, numero)
    preparar.quitar(fila)
    messages.success(request, f"Se borró «{fila.nombre}». No se había publicado.")
    return redirect("cortes_municipales:inicio", fila.organo.clave)
