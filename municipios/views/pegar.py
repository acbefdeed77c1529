"""Pegar o importar el avance de una hoja de cálculo, con vista previa; exportarlo en las mismas columnas."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from municipios.captura.anotar import Rechazados
from municipios.captura.columnas import Columnas, de_cuadro
from municipios.captura.deshacer import deshacer_importacion
from municipios.captura.hoja import Hoja, corregir, de_json, repartir
from municipios.captura.nombres import Nombres
from municipios.captura.pegar import Revision
from municipios.captura.tablero import claves, fecha_pedida, por_que_no
from municipios.cuadro import Cuadro, tomar
from municipios.forms.pegar import FormaAjena, FormaArreglo, FormaFecha, FormaPegar
from municipios.models import Anotacion
from municipios.views.acceso import SOLO_LEES, informa_de, lee_todos, seguimiento_o_404
from municipios.views.matriz import pintar
from sesiones.models import Organo
from sesiones.views.mesa.una_vez import una_vez
from stl_portal.espanol import enumerar
from stl_portal.versiones import entero

CSV = "text/csv; charset=utf-8"
DICHAS = 6  # las casillas que se nombran al decir qué no se deshizo
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FaltaRevisar(Exception):
    """Lo enviado todavía no se puede anotar: hay que volver a enseñarlo."""

    def __init__(self, revision: Revision, frase: str = "") -> None:
        """Conserva la revisión; `frase` dice por qué si no se ve en ella."""
        super().__init__(frase)
        self.revision, self.frase = revision, frase


@require_http_methods(["GET", "HEAD", "POST"])
def pegar(request: HttpRequest, organo: str) -> HttpResponse:
    """Recibe las celdas, enseña qué cambiaría y, al aplicar, lo anota todo o nada: 200, 302, 409 o 422.

    Con «deshacer» deshace lo importado antes: 302.
    """
    seguimiento = seguimiento_o_404(request, organo)
    if not informa_de(request, seguimiento).exists():
        raise PermissionDenied(SOLO_LEES)
    hoy = timezone.localdate()
    if request.method != "POST":
        return _pedir(request, seguimiento, FormaPegar(hoy=hoy, initial={"fecha": hoy}))
    if "deshacer" in request.POST:
        return _deshacer(request, seguimiento)
    if "hoja" in request.POST:
        return _seguir(request, seguimiento)
    return _empezar(request, seguimiento, FormaPegar(request.POST, request.FILES, hoy=hoy))


def _pedir(request: HttpRequest, organo: Organo, forma: FormaPegar, status: int = 200) -> HttpResponse:
    """La página donde se pega."""
    cuadro = tomar(organo, timezone.localdate())
    columnas = Columnas(cuadro.etapas, cuadro.municipios)
    contexto = _marco(organo) | {"forma": forma, "columnas": columnas, "hay_etapas": bool(cuadro.etapas)}
    return render(request, "municipios/pegar/pegar.html", contexto, status=status)


def _marco(organo: Organo) -> dict[str, Any]:
    return {"organo": organo, "denominacion": organo.denominacion(timezone.localdate())}


def _empezar(request: HttpRequest, organo: Organo, forma: FormaPegar) -> HttpResponse:
    """La primera vista previa de lo que llegó."""
    if not forma.is_valid():
        return _pedir(request, organo, forma, status=422)
    cuadro = tomar(organo, forma.cleaned_data["fecha"])
    columnas = Columnas(cuadro.etapas, cuadro.municipios)
    try:
        hoja = repartir(forma.cleaned_data["leidas"], columnas, Nombres(cuadro.municipios))
    except ValidationError as error:
        forma.add_error("archivo" if forma.cleaned_data.get("archivo") else "celdas", error)
        return _pedir(request, organo, forma, status=422)
    return _previa(request, _revisar(request, cuadro, hoja))


def _revisar(request: HttpRequest, cuadro: Cuadro, hoja: Hoja) -> Revision:
    """La hoja contra lo que hoy rige."""
    informa = claves(informa_de(request, cuadro.organo))
    return Revision(request.user, cuadro, hoja, informa, timezone.localdate())


def _seguir(request: HttpRequest, organo: Organo) -> HttpResponse:
    """Corrige lo que se escribió en la vista previa y la enseña otra vez, o anota."""
    general = FormaFecha(request.POST)
    hoy = timezone.localdate()
    fecha = fecha_pedida(request.POST.get("fecha", ""), hoy)
    if general.is_valid() and general.cleaned_data["fecha"] > hoy:
        general.add_error("fecha", "La fecha todavía no llega.")
    try:
        if "aplicar" in request.POST and general.is_valid():
            return redirect(una_vez(request, lambda: _aplicar(request, tomar(organo, fecha))))
        revision = _corregida(request, tomar(organo, fecha))
    except FaltaRevisar as falta:
        return _previa(request, falta.revision, falta.frase)
    except ValidationError as error:
        return _de_nuevo(request, organo, error)
    return _previa(request, revision, general=general)


def _de_nuevo(request: HttpRequest, organo: Organo, error: ValidationError) -> HttpResponse:
    """Lo que llevaba la página no se entiende: se vuelve a pedir."""
    hoy = timezone.localdate()
    forma = FormaPegar({"fecha": hoy.isoformat(), "celdas": ""}, hoy=hoy)
    forma.errors.clear()
    forma.add_error("celdas", error)
    return _pedir(request, organo, forma, status=422)


def _corregida(request: HttpRequest, cuadro: Cuadro) -> Revision:
    """La hoja que llevaba la página con lo que se le corrigió. Lanza `ValidationError`."""
    columnas = Columnas(cuadro.etapas, cuadro.municipios)
    hoja = corregir(de_json(request.POST["hoja"], columnas), request.POST.dict(), columnas)
    revision = _revisar(request, cuadro, hoja)
    if "sin_ajenas" in request.POST and revision.ajenas:
        hoja.quitar(revision.ajenas)
        revision = _revisar(request, cuadro, hoja)
    return revision


def _aplicar(request: HttpRequest, cuadro: Cuadro) -> str:
    """Anota todo y dice a dónde ir. Lanza `FaltaRevisar` si algo cambió desde que se enseñó."""
    revision = _corregida(request, cuadro)
    if revision.impide or revision.choques or not revision.cambios:
        raise FaltaRevisar(revision)
    if not revision.se_vio:
        raise FaltaRevisar(revision, "Cambió lo que se anotaría: míralo y aplica otra vez.")
    try:
        antes = timezone.now()
        anotadas = revision.aplicar()
    except Rechazados as error:  # alguien anotó entre la revisión y este instante
        raise FaltaRevisar(_corregida(request, cuadro)) from error
    en = len(revision.que_cambian)
    donde = "un municipio" if en == 1 else f"{en} municipios"
    messages.success(request, f"Listo: {_contados(len(anotadas))} en {donde}.")
    nueva = max((a.pk for a in anotadas if a.cuando >= antes), default=0)
    return _a_la_matriz(cuadro.organo, cuadro.al) + (f"&importacion={nueva}" if nueva else "")


def _a_la_matriz(organo: Organo, al: dt.date) -> str:
    return f"{reverse('gestion_municipios:matriz', args=(organo.clave,))}?al={al.isoformat()}"


def _deshacer(request: HttpRequest, organo: Organo) -> HttpResponse:
    """Deshace lo que se anotó en una importación y dice lo que no se pudo."""
    hecho = deshacer_importacion(request.user, organo, entero(request.POST["deshacer"]))
    if hecho.cuantas:
        messages.success(request, f"Se deshizo la importación: {_contados(hecho.cuantas)}.")
    else:
        messages.warning(request, "No se deshizo nada de la importación.")
    for porque, quedan in (
        ("ya están en un corte publicado", hecho.publicadas),
        ("después se anotó otra cosa", hecho.tapadas),
    ):
        if quedan:
            messages.warning(request, f"No se deshicieron, porque {porque}: {_donde(quedan)}.")
    return redirect(_a_la_matriz(organo, fecha_pedida(request.POST.get("fecha", ""), timezone.localdate())))


def _donde(anotaciones: Sequence[Anotacion]) -> str:
    """«León (Convocatoria) y Celaya (Instalación)»; si son muchas, las primeras y cuántas más."""
    dichas = [f"{a.municipio} ({a.etapa})" for a in anotaciones[:DICHAS]]
    mas = len(anotaciones) - len(dichas)
    return enumerar([*dichas, f"{mas} más"] if mas else dichas)


def _contados(cuantos: int) -> str:
    return "un cambio" if cuantos == 1 else f"{cuantos} cambios"


def _previa(
    request: HttpRequest, revision: Revision, frase: str = "", general: FormaFecha | None = None
) -> HttpResponse:
    """Qué cambia, qué sigue igual y qué falta corregir: 200, 409 si otra persona anotó o 422 con errores."""
    hoja = revision.hoja
    municipios = [m for m in revision.municipios if m.clave in revision.informa]
    arreglos = [FormaArreglo(fila, revision.columnas, municipios) for fila in revision.por_corregir]
    ajenas = [FormaAjena(n, a, revision.columnas, hoja.columnas) for n, a in enumerate(hoja.ajenas)]
    general = general or FormaFecha({"fecha": revision.al.isoformat()})
    hoja.vistas = revision.vistas
    contexto = _marco(revision.organo) | {
        "revision": revision,
        "hoja": hoja.como_json(),
        "arreglos": arreglos,
        "ajenas": ajenas,
        "general": general,
        "errores": [general, *ajenas, *(par for arreglo in arreglos for par in arreglo.resumen)],
        "frase": frase,
        "aplicar": f"Aplicar {_contados(len(revision.cambios))}",
    }
    fallas = revision.impide or bool(general.errors)
    status = 409 if revision.choques or frase else 422 if fallas else 200
    return render(request, "municipios/pegar/previa.html", contexto, status=status)


@require_safe
def csv(request: HttpRequest, organo: str) -> HttpResponse:
    """El avance en CSV, con marca de UTF-8 para que la hoja de cálculo lea los acentos."""
    return _descarga(request, organo, CSV, "csv", lambda datos: "\ufeff" + datos.export("csv"))


@require_safe
def xlsx(request: HttpRequest, organo: str) -> HttpResponse:
    """El avance en una hoja de Excel."""
    return _descarga(request, organo, XLSX, "xlsx", _libro)


def _libro(datos: Any) -> bytes:
    datos.title = "Avance"
    contenido: bytes = datos.export("xlsx")
    return contenido


def _descarga(
    request: HttpRequest, organo: str, tipo: str, extension: str, exportar: Callable[[Any], str | bytes]
) -> HttpResponse:
    """El cuadro de hoy o del día de `?al=`, de lo que cada quien ve; 422 si ese día no se puede ver.

    Bajar lo de hoy con otro nombre engañaría: se enseña la matriz y por qué no.
    """
    seguimiento, hoy = seguimiento_o_404(request, organo), timezone.localdate()
    pedida = request.GET.get("al", "")
    if motivo := por_que_no(pedida, hoy):
        return pintar(request, seguimiento, hoy, status=422, motivo=motivo)
    cuadro = tomar(seguimiento, fecha_pedida(pedida, hoy))
    suyos = None if lee_todos(request, seguimiento) else claves(informa_de(request, seguimiento))
    vistos = [m for m in cuadro.municipios if suyos is None or m.clave in suyos]
    contenido = exportar(de_cuadro(cuadro, vistos))
    nombre = f"avance-{cuadro.organo.clave}-{cuadro.al:%Y-%m-%d}.{extension}"
    cabeceras = {"Content-Disposition": content_disposition_header(True, nombre) or "attachment"}
    return HttpResponse(contenido, content_type=tipo, headers=cabeceras)
