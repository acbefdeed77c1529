"""El avance de los municipios para cualquiera: mapa, tabla y totales de un corte publicado.

Todo número sale de los bytes sellados del corte; lo que se está capturando no llega a ninguna plantilla.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from municipios.ciudadania import ficha, mapa, publicados, respaldo, tabla
from municipios.ciudadania.publicados import Seguimiento
from municipios.ciudadania.tabla import Consulta
from municipios.documento import CorteLeido
from municipios.forms.filtros import FiltroDeCorte
from municipios.models import CorteMunicipalPublicado, Municipio

MIGA = ("Municipios", "/municipios/")


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Los 46 según el último corte, o el que se elija; sin cortes, solo su lista.

    Con `?municipio=` lleva a la página de ese municipio: es lo que envía la caja de la portada.
    """
    municipios = list(Municipio.objects.all())
    if any(m.clave == request.GET.get("municipio") for m in municipios):
        return redirect("municipios:detalle", request.GET["municipio"])
    todos = publicados.seguimientos()
    seguimiento = publicados.elegir(todos, request.GET.get("organo", ""))
    fila = _elegido(seguimiento, request.GET.get("corte", "")) if seguimiento else None
    contexto = _del_corte(request, municipios, fila) | {
        "seguimientos": todos,
        "seguimiento": seguimiento,
        "correccion": publicados.correccion(fila) if fila else None,
        "solo_uno": bool(seguimiento and len(seguimiento.publicados) == 1),
    }
    return render(request, "municipios/lista.html", contexto, status=_estado(contexto))


def _elegido(seguimiento: Seguimiento, numero: str) -> CorteMunicipalPublicado:
    return seguimiento.con_numero(numero) if numero else seguimiento.ultimo


@require_safe
def corte(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Un corte, tal como se publicó; si después se corrigió, lo dice."""
    fila = publicados.pedido(organo, numero)
    contexto = _del_corte(request, list(Municipio.objects.all()), fila) | {
        "correccion": publicados.correccion(fila),
        "migas": [MIGA, ("Cortes", reverse("municipios:cortes"))],
    }
    return render(request, "municipios/corte.html", contexto, status=_estado(contexto))


def _estado(contexto: dict[str, Any]) -> int:
    """422 si se pidió algo que no hay: la página lo dice y muestra lo demás."""
    return 200 if contexto["filtro"].is_valid() else 422


@require_safe
def cortes(request: HttpRequest) -> HttpResponse:
    """Todos los publicados, también los corregidos: primero los reales, del más nuevo al más viejo."""
    orden = ("corte__organo__ficticio", "corte__organo__clave", "-corte__fecha", "-corte__numero")
    filas = publicados.filas().order_by(*orden)
    contexto = {"cortes": [(f, publicados.correccion(f)) for f in filas], "migas": [MIGA]}
    return render(request, "municipios/cortes.html", contexto)


def _del_corte(
    request: HttpRequest, municipios: list[Municipio], fila: CorteMunicipalPublicado | None
) -> dict[str, Any]:
    """Lo que el mapa, los totales y la tabla muestran."""
    leido = publicados.leido(fila) if fila else None
    consulta = tabla.consultar(request.GET, leido)
    comun: dict[str, Any] = {
        "publicado": fila,
        "organo": fila.corte.organo if fila else None,
        "corte": leido,
        "que_se_sabe": tabla.que_se_sabe(leido) if leido else "",
        "respaldo": respaldo.de(fila) if fila else None,
        "consulta": consulta,
        "filtro": FiltroDeCorte(request.GET, leido),
        "columnas": tabla.columnas(consulta, leido),
        "filas": tabla.filas(consulta, leido, municipios),
        "cuantos": len(municipios),
        "organo_en_la_liga": ficha.en_la_liga(fila.corte.organo) if fila else "",
    }
    if not (leido and leido.etapas):
        return comun
    del_corte = del_mapa(leido, consulta)
    return comun | del_corte | {"notas": tabla.notas(comun["filas"], leido, del_corte["etapa"])}


def del_mapa(leido: CorteLeido, consulta: Consulta) -> dict[str, Any]:
    """Lo que pintan el mapa y los totales; `leido` con al menos una etapa."""
    etapa = consulta.etapa or leido.etapas[0]
    casillas = {
        clave: dicho["situacion"] for (clave, de), dicho in leido.casillas.items() if de == etapa.clave
    }
    totales = tabla.totales(leido, consulta)
    return {
        "etapa": etapa,
        "mapa": mapa.trazar(leido.nombres, etapa, casillas, consulta.situacion),
        "totales": totales,
        "de_la_etapa": next(t for t in totales if t.etapa.clave == etapa.clave),
        "sin_desglose": [e.nombre for e in leido.etapas if e.solo_total],
    }
