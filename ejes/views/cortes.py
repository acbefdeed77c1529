"""Los cortes del plan para quien los arma: la lista, sus datos y el cuadro completo con lo que falta."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejes.cortes import comparar as comparacion
from ejes.cortes import editar_corte, tomar_de_reportes
from ejes.cortes.corte import en_orden, para_comparar
from ejes.cortes.corte import tomar as tomar_cuadro
from ejes.cortes.cuadro import Cuadro
from ejes.cortes.publicar import DE_UN_CORTE, leido, lo_que_impide, pendientes
from ejes.forms.cortes import FormaCorte
from ejes.gestion import tablero
from ejes.models import Corte, Evidencia, Plan
from ejes.views.acceso import plan_o_404
from sesiones import permisos
from sesiones.faltantes import Falta
from sesiones.forms.base import FormaInvalida, FormaRancia
from sesiones.views.acceso import exigir_cuenta
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.versiones import entero

DATOS = ("nombre", "desde", "hasta", "presentado_en", "presentado_como", "presentado_el", "conserva")
LEE_Y_ESCRIBE = ["GET", "HEAD", "POST"]


def corte_o_404(request: HttpRequest, plan: str, numero: int, *, conducir: bool = False) -> Corte:
    """El corte de ese plan, con la misma puerta que `plan_o_404`."""
    del_plan = plan_o_404(request, plan, conducir=conducir)
    filas = Corte.objects.select_related(*DE_UN_CORTE[1:], "publicacion__pdf", "correccion")
    encontrado = get_object_or_404(filas, plan=del_plan, numero=numero)
    for uno in (encontrado, encontrado.corrige, getattr(encontrado, "correccion", None)):
        if uno:
            uno.plan = del_plan
    return encontrado


def cuadro_del(corte: Corte) -> Cuadro:
    """Lo publicado, si ya se publicó; si no, lo que hoy dicen sus filas."""
    return tomar_cuadro(corte) if corte.se_arma else leido(corte.publicacion)


def marco(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """Lo que lleva toda página de cortes."""
    captura = permisos.puede_conducir(request.user, plan.organo, timezone.localdate())
    return {"plan": plan, "organo": plan.organo, "captura": captura}


@require_safe
def planes(request: HttpRequest) -> HttpResponse:
    """De qué plan son los cortes: los que administra o audita quien entra."""
    exigir_cuenta(request)
    filas = tablero.planes_de(request.user, timezone.localdate())
    return render(request, "ejes/cortes/planes.html", {"planes": filas})


@require_safe
def inicio(request: HttpRequest, plan: str) -> HttpResponse:
    """Todos los cortes del plan, del más nuevo al más viejo."""
    fila = plan_o_404(request, plan)
    cortes = fila.cortes.select_related("corrige", "correccion", "publicacion").order_by("-numero")
    for corte in cortes:
        corte.plan = fila
    return render(request, "ejes/cortes/inicio.html", marco(request, fila) | {"cortes": cortes})


@require_http_methods(LEE_Y_ESCRIBE)
def nuevo(request: HttpRequest, plan: str) -> HttpResponse:
    """Pide de qué periodo es y lo abre con lo que dicen los reportes: 302 o 422."""
    fila = plan_o_404(request, plan, conducir=True)
    if request.method != "POST":
        forma = FormaCorte(plan=fila, initial={"nombre": editar_corte.nombre_propuesto(fila)})
        return _pintar_datos(request, fila, forma)
    try:
        return redirect(una_vez(request, lambda: _abrir(request, fila)))
    except FormaInvalida as error:
        return _pintar_datos(request, fila, error.forma, status=422)


def _abrir(request: HttpRequest, plan: Plan) -> str:
    forma = FormaCorte(request.POST, plan=plan)
    with forma.ejecutar() as datos:
        return editar_corte.abrir(plan, **{campo: datos[campo] for campo in DATOS}).url_de_trabajo


@require_http_methods(LEE_Y_ESCRIBE)
def datos(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Cambia su nombre, su periodo y dónde se presenta: 302, 409 o 422."""
    corte = corte_o_404(request, plan, numero, conducir=True)
    corte.exigir("publicar")
    if request.method != "POST":
        guardado = {campo: getattr(corte, campo) for campo in (*DATOS, "version")}
        return _pintar_datos(request, corte.plan, FormaCorte(plan=corte.plan, initial=guardado), corte)
    try:
        _guardar_datos(request, corte)
    except FormaRancia as error:
        forma = cast(FormaCorte, error.forma).al_dia(error.actual)
        return _pintar_datos(request, corte.plan, forma, corte, status=409)
    except FormaInvalida as error:
        return _pintar_datos(request, corte.plan, error.forma, corte, status=422)
    return redirect(corte.url_de_trabajo)


def _guardar_datos(request: HttpRequest, corte: Corte) -> None:
    forma = FormaCorte(request.POST, plan=corte.plan)
    with forma.ejecutar() as limpios:
        nuevos = {campo: limpios[campo] for campo in DATOS}
        Corte(plan=corte.plan, numero=corte.numero, **nuevos).clean_fields(exclude=["que_corrige"])
        corte.guardar_sobre(limpios["version"] or 0, por=request.user, **nuevos)


def _pintar_datos(
    request: HttpRequest, plan: Plan, forma: Any, corte: Corte | None = None, status: int = 200
) -> HttpResponse:
    contexto = marco(request, plan) | {"forma": forma, "corte": corte}
    return render(request, "ejes/cortes/datos.html", contexto, status=status)


@require_safe
def corte(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """El cuadro completo, con lo que falta para publicarlo o, si ya se publicó, tal como quedó."""
    return pintar_corte(request, corte_o_404(request, plan, numero))


def pintar_corte(
    request: HttpRequest, corte: Corte, rechazo: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """La página del corte; si algo se rechazó, lo dice arriba."""
    cuadro = cuadro_del(corte)
    contexto = marco(request, corte.plan) | {
        "corte": corte,
        "cuadro": cuadro,
        "faltas": faltas_de(corte, cuadro) if corte.se_arma else None,
        "rechazo": rechazo,
    }
    return render(request, "ejes/cortes/corte.html", contexto, status=status)


@dataclass(frozen=True)
class Faltas:
    """Lo que impide publicar un corte y lo que conviene completar antes."""

    impide: list[Falta]
    conviene: list[Falta]


def faltas_de(corte: Corte, cuadro: Cuadro) -> Faltas:
    """Qué falta para publicarlo, cada cosa con la página donde se arregla."""
    donde_se_publica = reverse("gestion:plan", args=(corte.plan.clave,))
    faltas = [Falta(frase, donde_se_publica, impide=True) for frase in lo_que_impide(corte)]
    faltas += [Falta(p.frase, _donde(corte, p.codigo), p.impide) for p in pendientes(cuadro)]
    conviene = [falta for falta in faltas if not falta.impide]
    return Faltas([f for f in faltas if f.impide], [*conviene, *_evidencias_por_publicar(corte)])


def _donde(corte: Corte, codigo: str) -> str:
    """La página donde se cambia ese renglón; una acción se cambia en la de su compromiso."""
    clave = corte.plan.clave
    if codigo == "datos":
        return reverse("cortes:datos", args=(clave, corte.numero))
    pagina = ".".join(codigo.split(".")[:2]) or "plan"
    return f"{reverse('cortes:cifras', args=(clave, corte.numero, pagina))}#r-{codigo or 'plan'}"


def _evidencias_por_publicar(corte: Corte) -> Iterator[Falta]:
    """Lo que todavía es privado no se cita: primero se publica su reporte."""
    privadas = Evidencia.objects.filter(figuras__corte=corte, publicacion__isnull=True).distinct().count()
    if privadas:
        cuantas = "una evidencia no es pública" if privadas == 1 else f"{privadas} evidencias no son públicas"
        yield Falta(f"Todavía {cuantas}: solo se citan las de reportes publicados.", reverse("mi"))


@require_POST
def tomar_otra_vez(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Toma lo que los reportes dicen ahora; lo que el personal ya cambió se queda como está."""
    fila = corte_o_404(request, plan, numero)
    cuantas = tomar_de_reportes.llenar(fila)
    varias = f"{cuantas or 'Ninguna'} {'acciones cambiaron' if cuantas else 'acción cambió'}"
    dicho = "Una acción cambió" if cuantas == 1 else varias
    messages.success(request, f"{dicho}. Lo que ya habías cambiado sigue igual.")
    return redirect(fila.url_de_trabajo)


@require_POST
def quitar(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Borra un corte que no se publicó."""
    fila = corte_o_404(request, plan, numero)
    editar_corte.quitar(fila)
    messages.success(request, f"Se borró «{fila.nombre}». No se había publicado.")
    return redirect("cortes:inicio", fila.plan.clave)


@require_safe
def comparar(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Qué cambió entre este corte y otro: el de `?con=` o, sin él, el que diga `para_comparar`."""
    fila = corte_o_404(request, plan, numero)
    otros = fila.plan.cortes.publicados().exclude(pk=fila.pk).select_related("publicacion")
    pedido = request.GET.get("con", "")
    otro = otros.filter(numero=entero(pedido)).first() if pedido else para_comparar(fila)
    if pedido and otro is None:
        raise Http404("Ese corte no existe o no se ha publicado.")
    contexto = marco(request, fila.plan) | {"corte": fila, "otro": otro, "otros": otros}
    return render(request, "ejes/cortes/comparar.html", contexto | comparados(fila, otro))


def comparados(corte: Corte, otro: Corte | None) -> dict[str, Any]:
    """Los dos cortes, del más viejo al más nuevo, y lo que cambió de uno a otro; vacío si no hay otro."""
    if otro is None:
        return {}
    antes, despues = en_orden(corte, otro)
    hecha = comparacion.comparar(cuadro_del(antes), cuadro_del(despues))
    return {"antes": antes, "despues": despues, "comparacion": hecha}
