"""El único camino para guardar texto: autoguardado y botón hacen exactamente lo mismo."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from sesiones.forms.base import FormaMesa
from sesiones.models import Sesion
from stl_portal.errores import es_autoguardado
from stl_portal.versiones import ConVersion, VersionRancia


def guardar_texto(
    request: HttpRequest, sesion: Sesion, fila: ConVersion, clase: type[FormaMesa], campo: str, volver: str
) -> HttpResponse:
    """Guarda `campo` sobre la versión leída.

    200 y la versión nueva; 409 con ambos textos si alguien guardó antes o la sesión cambió de
    estado; 422 con la frase si el texto no se admite. En ningún caso se pierde lo escrito.
    """
    forma = clase(request.POST)
    try:
        sesion.exigir_editable()
        if not forma.is_valid():
            raise ValidationError([m for mensajes in forma.errors.values() for m in mensajes])
        datos = forma.cleaned_data
        fila.guardar_sobre(datos["version"], por=request.user, **{campo: datos[campo]})
    except VersionRancia as error:
        return conflicto(request, sesion, error.actual, campo, volver)
    except ValidationError as error:
        return rechazo(request, sesion, error, campo, volver)
    if es_autoguardado(request):
        return JsonResponse({"version": fila.version})
    return redirect(volver)


def conflicto(request: HttpRequest, sesion: Sesion, actual: Any, campo: str, volver: str) -> HttpResponse:
    """409: ambos textos, quién guardó y cuándo. Nada se pisa."""
    guardado = getattr(actual, campo)
    if es_autoguardado(request):
        cuerpo = {
            "error": "version",
            "mensaje": "Otra persona guardó este texto mientras escribías.",
            "version": actual.version,
            "texto": guardado,
            "quien": quien_guardo(request, actual),
        }
        return JsonResponse(cuerpo, status=409)
    contexto = {
        "sesion": sesion,
        "campo": campo,
        "tuyo": request.POST.get(campo, ""),
        "guardado": guardado,
        "actual": actual,
        "quien": quien_guardo(request, actual),
        "volver": volver,
    }
    return render(request, "sesiones/mesa/conflicto.html", contexto, status=409)


def quien_guardo(request: HttpRequest, fila: ConVersion) -> str:
    """Quién se adelantó; puede ser la misma persona en otra ventana."""
    if fila.editado_por == request.user:
        return "Tu otra ventana"
    return str(fila.editado_por or "Otra persona")


def rechazo(
    request: HttpRequest, sesion: Sesion, error: ValidationError, campo: str, volver: str
) -> HttpResponse:
    """422: la frase y el texto tal como se escribió."""
    if es_autoguardado(request):
        return JsonResponse({"error": "texto", "mensaje": " ".join(error.messages)}, status=422)
    contexto = {
        "sesion": sesion,
        "campo": campo,
        "tuyo": request.POST.get(campo, ""),
        "version": request.POST.get("version", ""),
        "errores": error.messages,
        "volver": volver,
    }
    return render(request, "sesiones/mesa/rechazo.html", contexto, status=422)
