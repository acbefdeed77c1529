"""Sesión nueva en menos de un minuto."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sesiones.agenda import formar_orden
from sesiones.estados import ClaseOrgano, TipoSesion
from sesiones.forms.base import FormaInvalida
from sesiones.forms.sesion import FormaNueva
from sesiones.models import Acuerdo, Organo, Serie, Sesion
from sesiones.models.sesiones import serie_de
from sesiones.plazos import es_habil
from sesiones.views.acceso import organo_o_404


def nueva(request: HttpRequest, organo: str) -> HttpResponse:
    """Propone todo; la facilitadora confirma o corrige."""
    del_organo = organo_o_404(request, organo, conducir=True)
    forma = FormaNueva(
        del_organo, request.POST or None, initial=propuesta(del_organo, request.GET.get("tipo"))
    )
    if request.method == "POST":
        try:
            return redirect(programar(forma, del_organo, request.user).paso_url("convocatoria"))
        except FormaInvalida:
            return _pintar(request, del_organo, forma, status=422)
    return _pintar(request, del_organo, forma)


def _pintar(request: HttpRequest, organo: Organo, forma: FormaNueva, status: int = 200) -> HttpResponse:
    denominacion = organo.denominacion(timezone.localdate())
    contexto = {"organo": organo, "denominacion": denominacion, "forma": forma}
    return render(request, "sesiones/mesa/nueva.html", contexto, status=status)


def programar(forma: FormaNueva, organo: Organo, por: Any) -> Sesion:
    """Crea la sesión y su orden del día, todo o nada."""
    with forma.ejecutar() as datos, transaction.atomic():
        copiar_de, acuerdos = datos.pop("copiar_de"), datos.pop("acuerdos")
        # Si el número es el que sigue, se toma de la secuencia bloqueada; dos a la vez no chocan.
        serie = serie_de(organo.regla(datos["fecha"]), datos["tipo"], datos["fecha"])
        if datos["numero"] == Serie.proximo(organo, serie):
            datos["numero"] = None
        sesion = Sesion.programar(organo, por=por, **datos)
        formar_orden(sesion, copiar_de=copiar_de, acuerdos=acuerdos)
    return sesion


def propuesta(organo: Organo, tipo: str | None = None) -> dict[str, Any]:
    """Valores propuestos: número que sigue, fecha y sede habituales, acuerdos pendientes."""
    es_comision = organo.clase in (ClaseOrgano.COMISION, ClaseOrgano.GRUPO)
    tipo = tipo or (TipoSesion.TRABAJO if es_comision else TipoSesion.ORDINARIA)
    fecha = timezone.localdate() + dt.timedelta(days=14)
    while not es_habil(fecha):
        fecha += dt.timedelta(days=1)
    anterior = organo.sesiones.filter(tipo=tipo).order_by("-fecha").first()
    regla = organo.regla(fecha)
    datos: dict[str, Any] = {
        "tipo": tipo,
        "numero": Serie.proximo(organo, serie_de(regla, tipo, fecha)),
        "fecha": fecha,
        "hora": anterior.hora if anterior else dt.time(10),
        "acuerdos": Acuerdo.objects.abiertos().filter(sesion__organo=organo),
    }
    if anterior:
        datos |= {"modalidad": anterior.modalidad, "lugar": anterior.lugar, "domicilio": anterior.domicilio}
    return datos
