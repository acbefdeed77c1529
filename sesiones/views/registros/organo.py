"""La casa del órgano en la mesa: sesiones en curso, lo que sigue, y la puerta a los registros."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sesiones import espacios, pendientes, permisos
from sesiones.estados import EDITABLES
from sesiones.forms.filtros import FiltroSesiones
from sesiones.integracion import Lugar, integracion, por_vencer, vacantes
from sesiones.models import Acuerdo, Organo, Sesion
from sesiones.views.acceso import organo_o_404
from stl_portal.errores import FaltaEntrar
from stl_portal.espanol import fecha_larga
from stl_portal.paginacion import pagina_pedida

from .catalogo import grupos
from .celdas import periodo
from .generico import POR_PAGINA, marco

RECIENTES = 5


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Los órganos de la cuenta; si es uno solo, va directo a él."""
    if not request.user.is_authenticated:
        raise FaltaEntrar
    mesas = list(espacios.mesas(request.user, timezone.localdate()))
    if len(mesas) == 1:
        return redirect(mesas[0].url)
    return render(request, "sesiones/registros/inicio.html", {"espacios": mesas})


@require_safe
def casa(request: HttpRequest, organo: str) -> HttpResponse:
    """Qué está pasando y qué sigue en el órgano."""
    del_organo, hoy = organo_o_404(request, organo), timezone.localdate()
    sesiones = Sesion.objects.del_organo(del_organo)
    lugares = integracion(del_organo, hoy)
    abiertos = Acuerdo.objects.abiertos().filter(sesion__organo=del_organo)
    contexto = marco(
        request,
        del_organo,
        abiertas=con_accion(sesiones.filter(estado__in=EDITABLES).order_by("fecha", "hora"), del_organo),
        recientes=con_accion(sesiones.celebradas()[:RECIENTES], del_organo),
        lugares=lugares,
        vacantes=vacantes(lugares),
        atencion=por_atender(del_organo, lugares, hoy),
        abiertos=abiertos.count(),
        vencidos=Acuerdo.objects.vencidos(hoy).filter(sesion__organo=del_organo).count(),
        regla=del_organo.reglas.vigentes(hoy).first(),
        grupos=[(titulo, [(r, r.url(del_organo)) for r in suyos]) for titulo, suyos in grupos(del_organo)],
        funda=permisos.puede_fundar(request.user, del_organo, hoy),
        otras=permisos.organos_visibles(request.user, hoy).exclude(pk=del_organo.pk).exists(),
        comisiones=[(c, c.denominacion(hoy).nombre_corto) for c in del_organo.comisiones.con_nombre()],
    )
    contexto |= _para_empezar(contexto)
    return render(request, "sesiones/registros/organo.html", contexto)


def _para_empezar(casa: dict[str, Any]) -> dict[str, bool]:
    """Si se dicen los primeros pasos; si uno es revisar las reglas, no se dicen otra vez más abajo."""
    lugares, sesiones = casa["lugares"], casa["abiertas"] or casa["recientes"]
    empieza = casa["conduce"] and casa["vacantes"] == len(lugares) and not sesiones
    return {"primeros_pasos": empieza, "se_revisan": bool(empieza and lugares)}


def con_accion(sesiones: Any, organo: Organo) -> list[tuple[Sesion, str, str]]:
    """Cada sesión con la dirección y el texto de su siguiente paso."""
    filas = []
    for sesion in sesiones:
        sesion.organo = organo
        filas.append((sesion, sesion.siguiente_url, sesion.siguiente.accion))
    return filas


def por_atender(organo: Organo, lugares: list[Lugar], al: dt.date) -> list[str]:
    """Asientos vacantes y representaciones que están por terminar, en frases."""
    frases = [f"{lugar.asiento.institucion.nombre} no tiene titular." for lugar in lugares if lugar.vacante]
    limite = al + dt.timedelta(days=pendientes.CERCA)
    suplentes = [(s, s.vigente_hasta) for lugar in lugares for s in lugar.suplentes if s.vigente_hasta]
    fines: list[tuple[Any, dt.date]] = [
        *por_vencer([organo], al, limite),
        *((s, fin) for s, fin in suplentes if fin <= limite),
    ]
    for fila, fin in fines:
        termina = f"venció el {fecha_larga(fin)}" if fin < al else periodo(None, fin).lower()
        frases.append(f"{fila.persona.nombre} ({fila.asiento.institucion.nombre}): {termina}.")
    return frases


@require_safe
def sesiones(request: HttpRequest, organo: str) -> HttpResponse:
    """Todas las sesiones del órgano, también las que aún no son públicas."""
    del_organo = organo_o_404(request, organo)
    filtro = FiltroSesiones(request.GET, organo=del_organo)
    filas = filtro.aplicar(Sesion.objects.del_organo(del_organo))
    pagina = pagina_pedida(request, filas, POR_PAGINA)
    consulta = request.GET.copy()
    consulta.pop("page", None)
    contexto = marco(
        request,
        del_organo,
        filtro=filtro,
        pagina=pagina,
        filas=con_accion(pagina, del_organo),
        consulta=consulta.urlencode(),
    )
    return render(
        request, "sesiones/registros/sesiones.html", contexto, status=200 if filtro.is_valid() else 422
    )
