"""La revisión del acta: quien revisa lee y responde; quien conduce circula, atiende y cierra."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sesiones import revision, ronda
from sesiones.estados import Atencion
from sesiones.forms.base import FormaInvalida
from sesiones.forms.revision import FormaAtencion, FormaObservacion, FormaRonda, ids_de, ids_para
from sesiones.models import Acta, Observacion, Revisor, Sesion
from sesiones.views.acceso import en_revision_o_404, sesion_o_404
from sesiones.views.hoja_de_revision import Hoja, contexto, marco

from .mesa.una_vez import una_vez


@require_safe
def pagina(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """El texto circulado, lo observado y lo que toca hacer."""
    fila, revisor = en_revision_o_404(request, organo, sesion)
    return _pintar(request, fila, revisor)


def _pintar(
    request: HttpRequest,
    sesion: Sesion,
    revisor: Revisor | None,
    error: FormaInvalida | ValidationError | None = None,
) -> HttpResponse:
    """La página; si algo se rechazó, con su frase y con todo lo escrito."""
    lo_suyo = contexto(request.user, sesion, revisor, error)
    status = _status(error) if error else 200
    return render(request, "sesiones/revision/revision.html", lo_suyo, status=status)


def _status(error: FormaInvalida | ValidationError) -> int:
    """409 si lo impide cómo están las cosas ahora; 422 si lo escrito no se admite."""
    if isinstance(error, FormaInvalida):
        errores = [e for lista in error.forma.errors.as_data().values() for e in lista]
    else:
        errores = error.error_list
    return 409 if any(e.code == "estado" for e in errores) else 422


def _hacer(
    request: HttpRequest, sesion: Sesion, revisor: Revisor | None, accion: Callable[[], str]
) -> HttpResponse:
    """Ejecuta una sola vez y lleva a donde diga la acción; lo rechazado se repinta."""
    try:
        destino = una_vez(request, accion)
    except (FormaInvalida, ValidationError) as error:
        if revisor:
            revisor.refresh_from_db()  # lo rechazado no se muestra como si constara
        return _pintar(request, sesion, revisor, error)
    return redirect(destino)


def de_quien_revisa(accion: Callable[..., str]) -> Callable[..., HttpResponse]:
    """Convierte una función en una acción POST de quien tiene un lugar en la ronda; nadie más pasa."""

    @require_POST
    @wraps(accion)
    def vista(request: HttpRequest, organo: str, sesion: str, **resto: Any) -> HttpResponse:
        fila, revisor = en_revision_o_404(request, organo, sesion)
        if revisor is None:
            raise PermissionDenied("Responde quien recibió el acta para revisarla.")
        return _hacer(request, fila, revisor, lambda: accion(request, revisor, **resto))

    return vista


def de_quien_conduce(accion: Callable[..., str]) -> Callable[..., HttpResponse]:
    """Convierte una función en una acción POST de quien conduce el órgano."""

    @require_POST
    @wraps(accion)
    def vista(request: HttpRequest, organo: str, sesion: str, **resto: Any) -> HttpResponse:
        fila = sesion_o_404(request, organo, sesion, conducir=True)
        acta = Acta.de(fila)
        revisor = revision.revisor_de(acta, request.user)
        return _hacer(request, fila, revisor, lambda: accion(request, acta, **resto))

    return vista


@de_quien_revisa
def observar(request: HttpRequest, revisor: Revisor) -> str:
    """Anota lo que pide corregir en un párrafo o en toda el acta."""
    forma = FormaObservacion(request.POST, auto_id=ids_de(request.POST.get("clave", "")))
    with forma.ejecutar() as datos:
        forma.exigir_la_misma(revisor.ronda)
        hecha = revisor.observar(
            timezone.now(), texto=datos["texto"], clave=datos["clave"], renglon=datos["renglon"]
        )
    return f"{revision.url_de_revision(revisor.ronda.acta)}#obs-{hecha.pk}"


@de_quien_revisa
def conformar(request: HttpRequest, revisor: Revisor) -> str:
    """«Sin observaciones», sobre el texto que la persona tenía a la vista."""
    forma = FormaRonda(request.POST)
    with forma.ejecutar():
        forma.exigir_la_misma(revisor.ronda)
        revision.conformar(revisor, timezone.now())
    return revision.url_de_revision(revisor.ronda.acta)


@de_quien_revisa
def retirar(request: HttpRequest, revisor: Revisor, pk: int) -> str:
    """Retira una observación propia."""
    observacion = get_object_or_404(revisor.observaciones, pk=pk)
    observacion.retirar(timezone.now())
    ancla = f"acta-{observacion.clave}" if observacion.clave else "responder"
    return f"{revision.url_de_revision(revisor.ronda.acta)}#{ancla}"


@de_quien_conduce
def circular(request: HttpRequest, acta: Acta) -> str:
    """Abre una ronda y avisa a quienes revisan."""
    revision.circular(acta, request.user, timezone.now())
    return revision.url_de_revision(acta)


@de_quien_conduce
def cerrar(request: HttpRequest, acta: Acta) -> str:
    """Cierra la ronda que se tenía a la vista, antes o después de su plazo."""
    forma, ultima = FormaRonda(request.POST), acta.rondas.last()
    with forma.ejecutar():
        forma.exigir_la_misma(ultima)
        if ultima:
            revision.cerrar(ultima, request.user, timezone.now())
    return revision.url_de_revision(acta)


@de_quien_conduce
def atender(request: HttpRequest, acta: Acta, pk: int) -> str:
    """Responde «incorporada» o «no, porque…»."""
    observacion = get_object_or_404(Observacion, revisor__ronda__acta=acta, pk=pk)
    forma = FormaAtencion(request.POST, auto_id=ids_para(observacion))
    with transaction.atomic(), forma.ejecutar() as datos:
        Acta.objects.select_for_update().get(pk=acta.pk)  # dos respuestas a la vez: una espera a la otra
        observacion.refresh_from_db()
        forma.exigir_lo_visto(observacion)
        if datos["atencion"] == Atencion.INCORPORADA:
            ronda.exigir_corregido(observacion)
        observacion.atender(request.user, timezone.now(), atencion=datos["atencion"], porque=datos["porque"])
    return f"{revision.url_de_revision(acta)}#obs-{pk}"


@require_safe
def cambios(request: HttpRequest, organo: str, sesion: str, numero: int) -> HttpResponse:
    """Lo que cambió de la ronda anterior a esta, palabra por palabra; la que sigue es el borrador de hoy."""
    fila, revisor = en_revision_o_404(request, organo, sesion)
    hoja = Hoja(request.user, fila, revisor, None, timezone.localdate())
    antes = get_object_or_404(hoja.acta.rondas, numero=numero - 1)
    despues = hoja.acta.rondas.filter(numero=numero).first()
    ahora = despues.parrafos if despues else _de_hoy(hoja)
    cambiados, sin_cambio = ronda.lo_que_cambio(antes, ahora, antes.observaciones())
    lo_suyo = {
        "antes": antes,
        "despues": despues,
        "cambiados": cambiados,
        "sin_cambio": sin_cambio,
        "volver": revision.url_de_revision(hoja.acta),
    }
    return render(request, "sesiones/revision/cambios.html", marco(hoja) | lo_suyo)


def _de_hoy(hoja: Hoja) -> list[dict[str, str]]:
    """El borrador como va, para quien puede leerlo; lanza `Http404` a los demás o si ya no es borrador."""
    if not (hoja.lee and hoja.acta.en_trabajo):
        raise Http404("Esa ronda no existe.")
    return revision.parrafos_de(hoja.borrador.bloques)
