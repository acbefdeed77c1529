"""El único camino para guardar texto: autoguardado y botón hacen exactamente lo mismo."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from sesiones.forms.base import FormaInvalida, FormaMesa, FormaRancia
from sesiones.models import Sesion
from stl_portal.errores import es_autoguardado
from stl_portal.versiones import ConVersion, VersionRancia

# Lo que la comparación vuelve a poner por su cuenta.
NO_SE_REPITE = {"csrfmiddlewaretoken", "version"}


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
    return hecho(fila.version) if es_autoguardado(request) else redirect(volver)


def hecho(version: int, **cambio: str) -> JsonResponse:
    """200 al autoguardado: la versión sobre la que se guardará lo siguiente y lo que cambió en la página."""
    return JsonResponse({"version": version} | cambio)


def conflicto(request: HttpRequest, sesion: Sesion, actual: Any, campo: str, volver: str) -> HttpResponse:
    """409: ambos textos, quién guardó y cuándo. Nada se pisa."""
    guardado = getattr(actual, campo)
    if es_autoguardado(request):
        return en_conflicto(request, actual, texto=guardado)
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


def en_conflicto(request: HttpRequest, actual: Any, **guardado: Any) -> JsonResponse:
    """409 al autoguardado: la versión que hay, quién la guardó y lo que dice (`texto` o `campos`)."""
    cuerpo = {
        "error": "version",
        "mensaje": "Otra persona guardó cambios mientras escribías.",
        "version": actual.version,
        "quien": quien_guardo(request, actual),
    }
    return JsonResponse(cuerpo | guardado, status=409)


def no_guardado(request: HttpRequest, error: Exception) -> JsonResponse:
    """Lo que se responde al autoguardado de una forma de varios campos: 409 con ambos valores, o 422."""
    if isinstance(error, FormaRancia):
        campos = [distinto._asdict() for distinto in error.forma.distintos(error.actual)]
        return en_conflicto(request, error.actual, campos=campos)
    if isinstance(error, FormaInvalida):
        mensajes = [frase_de(error.forma, campo, m) for campo, ms in error.forma.errors.items() for m in ms]
    elif isinstance(error, ValidationError):
        mensajes = error.messages
    else:
        raise error
    return JsonResponse({"error": "texto", "mensaje": " ".join(mensajes)}, status=422)


def frase_de(forma: FormaMesa, campo: str, mensaje: Any) -> str:
    """El error con el nombre de su campo: el aviso del autoguardado no está junto a él."""
    return f"{forma[campo].label}: {mensaje}" if campo in forma.fields else str(mensaje)


def choque(request: HttpRequest, error: VersionRancia) -> dict[str, Any]:
    """Lo enviado junto a lo guardado, campo por campo, para que la persona decida."""
    actual = error.actual
    enviado = [(n, v) for n, vs in request.POST.lists() for v in vs if n not in NO_SE_REPITE]
    return {
        "campos": error.forma.distintos(actual) if isinstance(error, FormaRancia) else [],
        "todos": enviado,
        "version": actual.version,
        "quien": quien_guardo(request, actual),
        "url": request.path,
        "volver": request.META.get("HTTP_REFERER", "/mi/"),
    }


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
