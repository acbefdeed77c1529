"""Ver cómo quedará un corte municipal, publicarlo y abrir la corrección del que ya se publicó."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from municipios.ciudadania import tabla
from municipios.cortes import preparar
from municipios.cortes import publicar as publicacion
from municipios.cuadro import tomar
from municipios.documento import CorteLeido, documento_de, leer
from municipios.forms.cortes import FormaCorreccion
from municipios.models import CorteMunicipal, Municipio
from municipios.views.publico import del_mapa
from sesiones.forms.base import FormaInvalida
from sesiones.permisos import puede_conducir
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.cuentas import identidad
from stl_portal.sello.canonico import canonico, huella

from .cortes import LEE_Y_ESCRIBE, como_quedara, contra_el_anterior, corte_o_404, faltas_de, marco

CAMBIO = "Algo cambió desde que abriste esta página. Revisa lo que ahora se publicaría y confirma otra vez."


def _por_publicar(request: HttpRequest, organo: str, numero: int) -> CorteMunicipal:
    """El corte, para quien conduce el órgano y se identificó hace poco: publicar no le toca al enlace."""
    corte = corte_o_404(request, organo, numero, editar=True)
    if not puede_conducir(request.user, corte.organo, timezone.localdate()):
        raise PermissionDenied("Puedes preparar el corte, pero publicarlo le toca a quien conduce el órgano.")
    identidad.exigir(request, repetir=False)
    return corte


@require_safe
def previa(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Las cifras como las leerá cualquiera y qué cambia respecto del corte anterior."""
    corte = corte_o_404(request, organo, numero)
    leido = como_quedara(corte)
    contexto = marco(request, corte.organo) | {
        "corte": corte,
        "leido": leido,
        "comparacion": contra_el_anterior(corte, leido),
        **_a_la_vista(request, leido),
        "se_arma": corte.puede("publicar"),
        "actual": "Cómo quedará" if corte.puede("publicar") else "Qué cambió",
    }
    return render(request, "municipios/cortes/previa.html", contexto)


def _a_la_vista(request: HttpRequest, leido: CorteLeido) -> dict[str, Any]:
    """El mapa y la tabla, como en la página pública."""
    consulta, municipios = tabla.consultar(request.GET, leido), list(Municipio.objects.all())
    de_la_tabla = {
        "consulta": consulta,
        "columnas": tabla.columnas(consulta, leido),
        "filas": tabla.filas(consulta, leido, municipios),
        "cuantos": len(municipios),
    }
    return de_la_tabla | (del_mapa(leido, consulta) if leido.etapas else {})


@require_http_methods(LEE_Y_ESCRIBE)
def publicar(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Enseña lo que será público y, al confirmar, lo publica: 302, 409 si ya no es lo mismo o 422."""
    corte = _por_publicar(request, organo, numero)
    if request.method != "POST":
        return _confirmar(request, corte) if corte.puede("publicar") else redirect(corte.url_de_trabajo)
    try:
        return redirect(una_vez(request, lambda: _publicar(request, corte)))
    except publicacion.YaNoEsIgual:
        return _confirmar(request, corte_o_404(request, organo, numero), [CAMBIO], status=409)
    except ValidationError as error:
        return _confirmar(request, corte, error.messages, status=422)


def _publicar(request: HttpRequest, corte: CorteMunicipal) -> str:
    publicacion.publicar(corte, request.user, vista=request.POST.get("vista", ""))
    return corte.url_de_trabajo


def _confirmar(
    request: HttpRequest, corte: CorteMunicipal, rechazo: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """La página que dice qué quedará fijo y qué lo impide; lleva la huella de lo que enseña."""
    cuadro = tomar(corte.organo, corte.fecha)
    documento = canonico(documento_de(corte, cuadro))
    faltas = faltas_de(corte, cuadro)
    contexto = marco(request, corte.organo) | {
        "corte": corte,
        "leido": leer(documento),
        "vista": huella(documento),
        "actual": "Publicar",
        "faltas": faltas,
        "impedido": any(falta.impide for falta in faltas),
        "rechazo": rechazo,
    }
    return render(request, "municipios/cortes/publicar.html", contexto, status=status)


@require_http_methods(LEE_Y_ESCRIBE)
def corregir(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """Pide qué se corrige y abre un corte nuevo igual al publicado: 302, 409 o 422."""
    corte = _por_publicar(request, organo, numero)
    if request.method != "POST":
        return _pedir_motivo(request, corte, FormaCorreccion(), 200)
    try:
        return redirect(una_vez(request, lambda: _corregir(request, corte)))
    except FormaInvalida as error:
        errores = [e for lista in error.forma.errors.as_data().values() for e in lista]
        status = 409 if any(e.code == "estado" for e in errores) else 422
        return _pedir_motivo(request, corte, error.forma, status)


def _corregir(request: HttpRequest, corte: CorteMunicipal) -> str:
    with FormaCorreccion(request.POST).ejecutar() as datos:
        nuevo = preparar.corregir(corte, datos["motivo"])
        nuevo.organo = corte.organo
        return nuevo.url_de_trabajo


def _pedir_motivo(request: HttpRequest, corte: CorteMunicipal, forma: object, status: int) -> HttpResponse:
    contexto = marco(request, corte.organo) | {"corte": corte, "forma": forma, "actual": "Corregir"}
    return render(request, "municipios/cortes/corregir.html", contexto, status=status)
