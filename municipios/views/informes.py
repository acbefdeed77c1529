"""Los informes trimestrales, para quien los escribe y quien los presenta."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from municipios import permisos
from municipios.forms.informes import FormaDevolver, FormaEmpezar, FormaPresentar
from municipios.informes import entregar as entregas
from municipios.informes import escribir, existencia, impreso, pendientes, presentar, trimestres
from municipios.models import InformeTrimestral
from sesiones.estados import ClaseOrgano
from sesiones.forms.base import FormaInvalida, FormaMesa
from sesiones.models import Organo, Serie
from sesiones.permisos import puede_conducir, puede_leer_mesa
from sesiones.views.acceso import exigir_cuenta
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.espanol import enumerar

LEE = ("GET", "HEAD")
SOLO_LEE = (
    "Puedes leer estos informes, pero escribirlos le toca a quien conduce el secretariado y a su enlace."
)
DEVUELTO = "Se devolvió el informe: ya se puede corregir."
SE_QUITO = "Se quitó de la sesión. Si el punto ya no hace falta, quítalo en la mesa."
YA_PUEDE = "El informe vuelve a estar entregado: elige en qué sesión se presenta."
ENTREGADO_PROPIO = "Se entregó el informe. Sigue elegir abajo en qué sesión se presenta."
ENTREGADO = "Se entregó el informe y se avisó a quien conduce el secretariado, que elige la sesión."
SIN_QUIEN = "Se entregó el informe. Falta que el secretariado tenga quien lo presente en una sesión."
SOLO_CONDUCE = "Presentarlo en sesión le toca a quien conduce el secretariado."


def organo_o_404(request: HttpRequest, clave: str, *, conducir: bool = False) -> Organo:
    """El órgano, si la cuenta lee sus informes; para escribir o (con `conducir`) presentar, si le toca.

    Lanza `FaltaEntrar`, `Http404` si no es municipal o a quien no tiene que ver con él, y `PermissionDenied`
    a quien solo lee.
    """
    exigir_cuenta(request)
    hoy = timezone.localdate()
    municipales = Organo.objects.filter(clase=ClaseOrgano.MUNICIPAL).select_related("padre").con_nombre()
    organo = get_object_or_404(municipales, clave=clave)
    escribe = permisos.escribe_informe(request.user, organo, hoy)
    if not escribe and not puede_leer_mesa(request.user, organo, hoy):
        raise Http404
    if request.method not in LEE and not escribe:
        raise PermissionDenied(SOLO_LEE)
    if conducir and not puede_conducir(request.user, organo, hoy):
        raise PermissionDenied(SOLO_CONDUCE)
    return organo


def informe_o_404(
    request: HttpRequest, organo: str, numero: int, *, conducir: bool = False
) -> InformeTrimestral:
    """El informe de ese órgano, con la misma puerta."""
    del_organo = organo_o_404(request, organo, conducir=conducir)
    filas = InformeTrimestral.objects.select_related("anexo__punto", "anexo__sesion", "anexo__archivo")
    informe = get_object_or_404(filas, organo=del_organo, numero=numero)
    informe.organo = del_organo
    if informe.anexo:
        informe.anexo.sesion.organo = del_organo
    return informe


def marco(request: HttpRequest, organo: Organo, **contexto: Any) -> dict[str, Any]:
    """Lo que lleva toda página de los informes."""
    hoy = timezone.localdate()
    return {
        "organo": organo,
        "denominacion": organo.denominacion(hoy),
        "escribe": permisos.escribe_informe(request.user, organo, hoy),
        "conduce": puede_conducir(request.user, organo, hoy),
    } | contexto


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los secretariados municipales cuyos informes escribe la cuenta; si es uno solo, lleva a él."""
    exigir_cuenta(request)
    organos = list(pendientes.organos_que_informan(request.user, timezone.localdate()))
    if len(organos) == 1:
        return redirect("informes:lista", organos[0].clave)
    hoy = timezone.localdate()
    contexto = {"organos": [(organo, organo.denominacion(hoy)) for organo in organos]}
    return render(request, "municipios/informes/inicio.html", contexto)


@require_safe
def lista(request: HttpRequest, organo: str) -> HttpResponse:
    """Los informes del órgano, del más reciente al más viejo, y los trimestres que no tienen."""
    return _pintar_lista(request, organo_o_404(request, organo))


def _pintar_lista(request: HttpRequest, organo: Organo, forma: FormaEmpezar | None = None) -> HttpResponse:
    hechos = escribir.del_organo(organo)
    contexto = marco(
        request,
        organo,
        informes=[(fila, presentar.estado_dicho(fila)) for fila in hechos.values()],
        huecos=list(trimestres.huecos(hechos)),
        forma=forma or _forma_empezar(organo, hechos),
    )
    return render(request, "municipios/informes/lista.html", contexto, status=422 if forma else 200)


def _forma_empezar(organo: Organo, hechos: Any, datos: Any = None) -> FormaEmpezar:
    """Ofrece los trimestres sin informe; si el último terminado no lo tiene, lo propone."""
    hoy = timezone.localdate()
    ofrecidos = trimestres.por_empezar(hoy, hechos, existencia.existen_desde([organo.pk])[organo.pk])
    terminado = trimestres.ultimo_terminado(hoy)
    inicial = {"trimestre": terminado.clave} if terminado in ofrecidos else {}
    proximo = Serie.proximo(organo, escribir.SERIE)
    return FormaEmpezar(datos, ofrecidos=ofrecidos, proximo=proximo, initial=inicial)


@require_POST
def empezar(request: HttpRequest, organo: str) -> HttpResponse:
    """Empieza un informe: 302 a escribirlo, 422 con lo que lo impide."""
    del_organo = organo_o_404(request, organo)
    forma = _forma_empezar(del_organo, escribir.del_organo(del_organo), request.POST)

    def hacer() -> str:
        with forma.ejecutar() as datos:
            nuevo = escribir.empezar(
                del_organo, datos["trimestre"], request.user, timezone.now(), datos["numero"]
            )
        return reverse("informes:escribir", args=(del_organo.clave, nuevo.numero))

    try:
        return redirect(una_vez(request, hacer))
    except FormaInvalida:
        return _pintar_lista(request, del_organo, forma)


@require_safe
def informe(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """El informe completo, lo que le falta y lo que sigue."""
    return _pintar(request, informe_o_404(request, organo, numero))


def _pintar(
    request: HttpRequest, fila: InformeTrimestral, *, status: int = 200, **extra: Any
) -> HttpResponse:
    meses = escribir.meses_de(fila)
    base = marco(request, fila.organo)
    entregado = fila.puede("presentar") and base["conduce"]
    historia = list(fila.historia.select_related("por"))
    contexto = base | {
        "informe": fila,
        "meses": meses,
        "falta": list(escribir.lo_que_falta(meses)) if fila.puede("entregar") else [],
        "se_descarta": base["escribe"] and escribir.se_descarta(fila),
        "historia": historia,
        "recupera": entregas.es_quien_entrego(historia, request.user),
        "le_toca_a": _le_toca_a(fila, conduce=base["conduce"]),
        "volvio": presentar.por_que_volvio(historia),
        "estado_dicho": presentar.estado_dicho(fila),
        "se_quita": base["conduce"] and presentar.se_quita(fila),
        "no_se_vio": base["conduce"] and presentar.no_se_vio(fila),
        "tomo_nota": presentar.se_tomo_nota(fila),
        "forma_devolver": FormaDevolver(),
        "forma_presentar": FormaPresentar(ofrecidas=presentar.donde_se_puede(fila.organo))
        if entregado
        else None,
    }
    return render(request, "municipios/informes/informe.html", contexto | extra, status=status)


def _le_toca_a(fila: InformeTrimestral, *, conduce: bool) -> str:
    """Quiénes lo presentan, para quien no puede; vacío si no toca presentarlo o puede quien lo ve."""
    if conduce or not fila.puede("presentar"):
        return ""
    return enumerar([str(cuenta) for cuenta in entregas.quienes_conducen(fila.organo, timezone.localdate())])


@require_safe
def previa(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """El PDF como quedaría hoy, con su marca de borrador."""
    fila = informe_o_404(request, organo, numero)
    ahora = timezone.now()
    contenido = impreso.imprimir(fila, timezone.localdate(), ahora, borrador=True)
    disposicion = f'inline; filename="borrador-{impreso.nombre(fila)}"'
    return HttpResponse(
        contenido, content_type="application/pdf", headers={"Content-Disposition": disposicion}
    )


@require_POST
def entregar(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Lo da por escrito: 302, 422 con lo que falta, 409 si ya se entregó."""
    fila = informe_o_404(request, organo, numero)
    try:
        avisados = entregas.entregar(fila, request.user, timezone.now())
    except ValidationError as error:
        fila.refresh_from_db(fields=["estado"])
        return _pintar(request, fila, status=422, errores=error.messages)
    if puede_conducir(request.user, fila.organo, timezone.localdate()):
        messages.success(request, ENTREGADO_PROPIO)
    else:
        messages.success(request, ENTREGADO if avisados else SIN_QUIEN)
    return redirect(fila.get_absolute_url())


@require_POST
def devolver(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Lo regresa a quien lo escribe, con su porqué."""
    fila, forma = informe_o_404(request, organo, numero), FormaDevolver(request.POST)
    return _hacer(request, fila, forma, lambda datos, ahora: _devuelto(request, fila, datos, ahora))


def _devuelto(
    request: HttpRequest, fila: InformeTrimestral, datos: dict[str, Any], ahora: dt.datetime
) -> str:
    escribir.devolver(fila, request.user, ahora, datos["motivo"])
    suyo = entregas.es_quien_entrego(list(fila.historia.all()), request.user)
    return "Recuperaste el informe: ya puedes corregirlo." if suyo else DEVUELTO


@require_POST
def presentado(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Lo agrega como anexo de un punto de la sesión elegida: 302 o 422."""
    fila = informe_o_404(request, organo, numero, conducir=True)
    forma = FormaPresentar(request.POST, ofrecidas=presentar.donde_se_puede(fila.organo))
    return _hacer(request, fila, forma, lambda datos, ahora: _presentado(request, fila, datos, ahora))


def _presentado(
    request: HttpRequest, fila: InformeTrimestral, datos: dict[str, Any], ahora: dt.datetime
) -> str:
    sesion, punto = presentar.punto_de(datos["donde"], presentar.donde_se_puede(fila.organo))
    presentar.presentar(fila, sesion, punto, request.user, ahora)
    return f"Se agregó como anexo a la {sesion}."


@require_POST
def quitar(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Lo saca de su sesión: 302, 409 si no está en ninguna o 422 si ahí ya se vio."""
    fila = informe_o_404(request, organo, numero, conducir=True)
    se_dira = YA_PUEDE if presentar.no_se_vio(fila) else SE_QUITO
    try:
        presentar.quitar(fila, request.user, timezone.now())
    except ValidationError as error:
        return _pintar(request, fila, status=422, errores=error.messages)
    messages.success(request, se_dira)
    return redirect(fila.get_absolute_url())


def _hacer(request: HttpRequest, fila: InformeTrimestral, forma: FormaMesa, acto: Any) -> HttpResponse:
    """Ejecuta el acto con los datos limpios y dice qué pasó; con errores, la página con ellos (422)."""
    try:
        with forma.ejecutar() as datos:
            messages.success(request, acto(datos, timezone.now()))
    except FormaInvalida:
        fila.refresh_from_db(fields=["estado", "anexo"])
        return _pintar(request, fila, status=422, errores=forma, **{forma.nombre: forma})
    return redirect(fila.get_absolute_url())


@require_POST
def descartar(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Borra el que se empezó por error; si ya se escribió algo, dice por qué no."""
    fila = informe_o_404(request, organo, numero)
    try:
        escribir.descartar(fila)
    except ValidationError as error:
        return _pintar(request, fila, status=422, errores=error.messages)
    messages.success(request, f"Se descartó el {str(fila)[:1].lower()}{str(fila)[1:]}.")
    return redirect("informes:lista", fila.organo.clave)
