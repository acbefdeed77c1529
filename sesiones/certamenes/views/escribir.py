"""Donde se escriben las bases, las preguntas y los criterios, y se integra el comité."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sesiones.certamenes import preparar
from sesiones.certamenes.forms.bases import Apartados, Criterios, FormaBases, FormaIntegrante, filas, inicial
from sesiones.certamenes.models import Certamen
from stl_portal.versiones import VersionRancia

from .gestion import LEE_Y_ESCRIBE, certamen_o_404

RANCIA = (
    "Otra persona guardó cambios mientras escribías. Lo tuyo sigue en pantalla: si lo guardas otra vez, "
    "sustituye a lo suyo."
)


@require_http_methods(LEE_Y_ESCRIBE)
def bases(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Todo lo que dice la convocatoria: 302, 409 si ya se publicó o alguien guardó antes, o 422."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    preparar.exigir_borrador(fila)
    if request.method != "POST":
        return _hoja(request, fila, FormaBases(initial=inicial(fila)), *_guardados(fila))
    forma = FormaBases(request.POST, request.FILES, initial={"documento": fila.documento_id})
    forma.fields["documento"].por = request.user  # type: ignore[attr-defined]  # CampoArchivo
    apartados = Apartados(request.POST, prefix="apartados")
    criterios = Criterios(request.POST, prefix="criterios")
    if not all([forma.is_valid(), apartados.is_valid(), criterios.is_valid()]):
        return _hoja(request, fila, forma, apartados, criterios, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        preparar.guardar(
            fila,
            forma.cleaned_data["version"] or 0,
            request.user,
            forma.del_modelo,
            filas(apartados, "pregunta"),
            filas(criterios, "nombre"),
        )
    except VersionRancia as error:
        forma.add_error(None, RANCIA)
        fila.version = error.actual.version
        return _hoja(request, fila, forma, apartados, criterios, HTTPStatus.CONFLICT)
    except ValidationError as error:
        forma.add_error(None, error.messages)
        return _hoja(request, fila, forma, apartados, criterios, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "Se guardó.")
    return redirect(fila.url_de_gestion)


def _guardados(fila: Certamen) -> tuple[Any, Any]:
    """Los renglones guardados, con uno vacío al final."""
    apartados = list(fila.apartados.values("pregunta", "ayuda", "tope"))
    criterios = list(fila.criterios.values("nombre", "que_se_mira", "peso", "escala"))
    return (
        Apartados(initial=apartados, prefix="apartados"),
        Criterios(initial=criterios, prefix="criterios"),
    )


def _hoja(
    request: HttpRequest,
    fila: Certamen,
    forma: FormaBases,
    apartados: Any,
    criterios: Any,
    estado: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    contexto = {
        "c": fila,
        "forma": forma,
        "apartados": apartados,
        "criterios": criterios,
        "errores": [forma, apartados, criterios],
    }
    return render(request, "certamenes/gestion/bases.html", contexto, status=estado)


@require_http_methods(LEE_Y_ESCRIBE)
def comite(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Quién dictamina; sumar a alguien: 302, 409 si el dictamen ya se cerró o 422."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    if request.method != "POST":
        return _del_comite(request, fila, FormaIntegrante())
    forma = FormaIntegrante(request.POST)
    if not forma.is_valid():
        return _del_comite(request, fila, forma, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        preparar.sumar_al_comite(fila, forma.cleaned_data["institucion"], forma.usuario())
    except ValidationError as error:
        forma.add_error(None, error.messages)
        return _del_comite(request, fila, forma, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, "Se sumó al comité y le avisamos por correo.")
    return redirect("certamenes_gestion:comite", fila.organo.clave, fila.clave)


def _del_comite(
    request: HttpRequest, fila: Certamen, forma: FormaIntegrante, estado: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    contexto = {"c": fila, "forma": forma, "comite": fila.comite.select_related("usuario")}
    return render(request, "certamenes/gestion/comite.html", contexto, status=estado)


@require_POST
def quitar(request: HttpRequest, organo: str, clave: str, pk: int) -> HttpResponse:
    """Deja el comité: 302, o 409 si ya dictaminó algo."""
    fila = certamen_o_404(request, organo, clave, conducir=True)
    preparar.quitar_del_comite(get_object_or_404(fila.comite, pk=pk))
    messages.success(request, "Ya no está en el comité.")
    return redirect("certamenes_gestion:comite", fila.organo.clave, fila.clave)
