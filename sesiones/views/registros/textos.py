"""Con qué se escribe en el órgano: su orden del día de costumbre, sus frases y sus fórmulas."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sesiones import ordenar
from sesiones.estados import TipoSesion
from sesiones.models import Frase, Organo
from sesiones.views.acceso import organo_o_404
from stl_portal.textos import hoja
from stl_portal.textos.models import Texto
from stl_portal.textos.registro import GRUPOS
from stl_portal.versiones import entero

from .generico import marco

DE_TODOS = ""  # los puntos que salen en sesiones de cualquier tipo


@require_safe
def inicio(request: HttpRequest, organo: str) -> HttpResponse:
    """El orden del día de un tipo de sesión, la biblioteca de frases y las fórmulas."""
    del_organo = organo_o_404(request, organo)
    tipo = _tipo(request.GET.get("tipo"))
    puntos = list(_puntos(del_organo, tipo))
    frases = list(Frase.objects.del_organo(del_organo))
    contexto = marco(
        request,
        del_organo,
        tipo=tipo,
        tipos=[(DE_TODOS, "Todos los puntos", tipo == DE_TODOS)]
        + [(t.value, t.label, t == tipo) for t in TipoSesion],
        puntos=[(p, *_ligas(del_organo, "plantilla", p)) for p in puntos],
        frases=[(f, *_ligas(del_organo, "frases", f)) for f in frases if f.organo_id],
        comunes=[f for f in frases if f.organo_id is None],
        grupos=_formulas(del_organo),
    )
    return render(request, "sesiones/registros/textos.html", contexto)


def _tipo(pedido: str | None) -> str:
    return pedido if pedido in TipoSesion.values else DE_TODOS


def _puntos(organo: Organo, tipo: str) -> Any:
    """Con los que nace una sesión de ese tipo, en su orden; sin tipo, todos."""
    return organo.plantilla.filter(tipo_sesion__in=(DE_TODOS, tipo)) if tipo else organo.plantilla.all()


def _ligas(organo: Organo, registro: str, fila: Any) -> tuple[str, str]:
    """Dónde se corrige y cómo se llama su clase al moverla."""
    return reverse("registros:editar", args=(organo.clave, registro, fila.pk)), registro


def _formulas(organo: Organo) -> list[tuple[str, str, list[tuple[Any, bool]]]]:
    """Los grupos con textos que el órgano puede cambiar; de cada uno, si tiene el suyo."""
    propias = set(Texto.objects.filter(ambito=organo.clave, de_fabrica=False).values_list("clave", flat=True))
    grupos = ((g, [t for t in g.textos if t.de_organo]) for g in GRUPOS)
    return [(g.nombre, g.explica, [(t, t.clave in propias) for t in suyos]) for g, suyos in grupos if suyos]


@require_http_methods(["GET", "HEAD", "POST"])
def texto(request: HttpRequest, organo: str, formula: str) -> HttpResponse:
    """Una fórmula o leyenda del órgano."""
    del_organo = organo_o_404(request, organo, conducir=True)
    declarado = hoja.editable_o_nada(formula, de_organo=True)
    if declarado is None:
        raise Http404("El órgano no tiene un texto con esa clave.")
    contexto = marco(request, del_organo, ambito=del_organo.clave)
    volver = f"{reverse('registros:textos', args=(organo,))}#formulas"
    plantilla = "sesiones/registros/texto.html"
    return hoja.atender(request, hoja.Hoja(declarado, del_organo.clave, plantilla, volver, contexto))


@require_POST
def mover(request: HttpRequest, organo: str, registro: str, pk: int) -> HttpResponse:
    """Sube o baja un punto de la plantilla o una frase, entre lo que se estaba viendo."""
    del_organo = organo_o_404(request, organo, conducir=True)
    tipo = _tipo(request.POST.get("tipo"))
    filas = {"plantilla": _puntos(del_organo, tipo), "frases": del_organo.frases.all()}.get(registro)
    if filas is None:
        raise Http404("Eso no se ordena.")
    fila = get_object_or_404(filas, pk=entero(pk))
    hacia = ordenar.SUBIR if request.POST.get("hacia") == ordenar.SUBIR else ordenar.BAJAR
    ordenar.mover(del_organo, fila, hacia, set(filas.values_list("pk", flat=True)))
    vista = reverse("registros:textos", args=(organo,))
    return redirect(f"{vista}{f'?tipo={tipo}' if tipo else ''}#{registro}-{pk}")
