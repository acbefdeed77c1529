"""La ficha de un asiento: quién lo ocupa, quién lo ha ocupado y quién suple."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sesiones.models import Organo
from sesiones.views.acceso import organo_o_404

from .celdas import periodo, situacion, vencimiento
from .de_integracion import ASIENTOS, NOMBRAMIENTOS, REFRENDOS, SUPLENCIAS
from .declaracion import Registro
from .generico import marco


@require_safe
def ficha(request: HttpRequest, organo: str, pk: int) -> HttpResponse:
    """Historia del asiento, lo más reciente primero."""
    del_organo = organo_o_404(request, organo)
    asientos = del_organo.asientos.con_ocupantes().prefetch_related(
        "nombramientos__refrendos__oficio", "suplencias__sesion", "suplencias__admitida_en__sesion"
    )
    asiento = get_object_or_404(asientos, pk=pk)
    contexto = marco(
        request,
        del_organo,
        asiento=asiento,
        registro=ASIENTOS,
        titulares=historia(asiento.nombramientos.all(), NOMBRAMIENTOS, del_organo),
        suplentes=historia(asiento.suplencias.all(), SUPLENCIAS, del_organo),
        vacante=asiento.titular(timezone.localdate()) is None,
        periodo=periodo(asiento.vigente_desde, asiento.vigente_hasta),
        url_lista=ASIENTOS.url(del_organo),
        url_editar=ASIENTOS.url_de(asiento, del_organo),
        url_nombrar=NOMBRAMIENTOS.url_nuevo(del_organo, asiento),
        url_suplir=SUPLENCIAS.url_nuevo(del_organo, asiento),
    )
    return render(request, "sesiones/registros/asiento.html", contexto)


def historia(filas: Any, registro: Registro, organo: Organo) -> list[dict[str, Any]]:
    """Cada ocupante con su periodo, su situación y las direcciones de sus verbos."""
    hoy = timezone.localdate()
    renglones = []
    for fila in sorted(filas, key=lambda f: (f.vigente(hoy), str(f.vigente_desde or "")), reverse=True):
        texto, tono = situacion(fila, hoy)
        renglones.append(
            {
                "fila": fila,
                "situacion": texto,
                "tono": tono,
                "periodo": periodo(fila.vigente_desde, fila.vigente_hasta)
                + (vencimiento(fila) if registro is NOMBRAMIENTOS else ""),
                "url_editar": registro.url_de(fila, organo),
                "url_terminar": "" if fila.vigente_hasta else registro.url_de(fila, organo, "terminar"),
                "url_refrendar": REFRENDOS.url_nuevo(organo, fila) if registro is NOMBRAMIENTOS else "",
            }
        )
    return renglones
