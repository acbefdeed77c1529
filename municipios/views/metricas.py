"""Las métricas de los municipios: pegar los valores de un año y su tabla pública."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from municipios.ciudadania.abiertos import en_csv, si_o_no
from municipios.eventos import medir
from municipios.forms.metricas import FormaPegarValores
from municipios.models import Metrica, ValorDeMetrica
from sesiones.views.acceso import exigir_cuenta, exigir_permiso
from stl_portal.espanol import llano
from stl_portal.versiones import VersionRancia

COLUMNAS = (
    *("clave_inegi", "municipio", "anio", "valor", "literal", "unidad", "fuente"),
    *("metrica", "organo", "organo_ficticio"),
)
CAMBIO = "Lo escrito o lo guardado de ese año ya no es lo que se mostró. Míralo otra vez y guarda."


@require_http_methods(["GET", "HEAD", "POST"])
def valores(request: HttpRequest, pk: int) -> HttpResponse:
    """Recibe los renglones de un año, enseña qué cambiaría y, al aplicar, los guarda: 200, 302, 409 o 422."""
    exigir_cuenta(request)
    metrica = get_object_or_404(Metrica.objects.select_related("organo__padre"), pk=pk)
    exigir_permiso(request, metrica.organo, captura=request.method == "POST")
    hoy = timezone.localdate()
    if request.method != "POST":
        return _pintar(request, metrica, FormaPegarValores(hoy=hoy, initial={"anio": hoy.year - 1}))
    forma = FormaPegarValores(request.POST, hoy=hoy)
    if not forma.is_valid():
        return _pintar(request, metrica, forma, status=422)
    renglones = medir.leer(metrica, forma.cleaned_data["anio"], forma.cleaned_data["renglones"])
    if "aplicar" in request.POST:
        return _aplicar(request, metrica, forma, renglones)
    errores = any(renglon.error for renglon in renglones)
    return _pintar(request, metrica, forma, renglones, status=422 if errores else 200)


def _aplicar(
    request: HttpRequest, metrica: Metrica, forma: FormaPegarValores, renglones: list[medir.Renglon]
) -> HttpResponse:
    datos = forma.cleaned_data
    try:
        cuantos = medir.guardar(metrica, datos["anio"], datos["fuente"], renglones, datos["visto"])
    except VersionRancia:
        forma.add_error(None, CAMBIO)
        return _pintar(request, metrica, forma, renglones, status=409)
    except ValidationError as error:
        forma.add_error(None, error)
        return _pintar(request, metrica, forma, renglones, status=422)
    messages.success(request, f"Se guardaron {cuantos} valores de {datos['anio']}.")
    return redirect(metrica.get_absolute_url())


def _pintar(
    request: HttpRequest,
    metrica: Metrica,
    forma: FormaPegarValores,
    renglones: list[medir.Renglon] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """La página donde se pega; con renglones, también qué cambiaría."""
    contexto: dict[str, Any] = {"metrica": metrica, "forma": forma, "organo": metrica.organo}
    contexto["denominacion"] = metrica.organo.denominacion(timezone.localdate())
    if renglones is not None:
        datos = forma.cleaned_data
        guardados = medir.guardados_de(metrica, datos["anio"])
        contexto |= {
            "renglones": renglones,
            "con_error": sum(1 for renglon in renglones if renglon.error),
            "visto": medir.huella_de(guardados, datos["anio"], datos["fuente"], renglones),
        }
    return render(request, "municipios/metricas/valores.html", contexto, status=status)


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Las métricas que ya tienen valores."""
    filas = Metrica.objects.filter(valores__isnull=False).distinct().select_related("organo")
    return render(request, "municipios/metricas/lista.html", {"metricas": filas})


@require_safe
def tabla(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Un renglón por municipio y una columna por año; cada encabezado la ordena."""
    metrica = _metrica_o_404(organo, clave)
    filas = list(metrica.valores.select_related("municipio"))
    anios = sorted({fila.anio for fila in filas}, reverse=True)
    orden = request.GET.get("orden", "")
    contexto = {
        "metrica": metrica,
        "columnas": _columnas(anios, orden),
        "renglones": _ordenados(filas, anios, orden),
        "fuentes": sorted({(fila.anio, fila.fuente) for fila in filas}, reverse=True),
        "migas": [("Municipios", reverse("municipios:lista")), ("Métricas", reverse("municipios:metricas"))],
    }
    return render(request, "municipios/metricas/tabla.html", contexto)


def _metrica_o_404(organo: str, clave: str) -> Metrica:
    """La que tiene valores: sin ninguno todavía no es pública. Lanza `Http404`."""
    filas = Metrica.objects.filter(valores__isnull=False).distinct().select_related("organo")
    return get_object_or_404(filas, organo__clave=organo, clave=clave)


def _columnas(anios: list[int], orden: str) -> list[dict[str, str]]:
    """Los encabezados con su liga; el que ya ordena invierte el sentido."""
    columnas = [("municipio", "Municipio"), *((str(anio), str(anio)) for anio in anios)]
    actual = orden or "municipio"
    return [
        {
            "texto": texto,
            "url": f"?orden={'-' if actual == campo else ''}{campo}",
            "orden": {campo: "ascending", f"-{campo}": "descending"}.get(actual, "none"),
        }
        for campo, texto in columnas
    ]


def _ordenados(filas: list[ValorDeMetrica], anios: list[int], orden: str) -> list[tuple[Any, list[Any]]]:
    """Cada municipio con sus valores; los que no tienen el año por el que se ordena van al final."""
    de = {(fila.municipio_id, fila.anio): fila for fila in filas}
    municipios = {fila.municipio_id: fila.municipio for fila in filas}
    campo, al_reves = orden.removeprefix("-"), orden.startswith("-")
    alfabeto = sorted(municipios.values(), key=lambda m: llano(m.nombre))
    if campo.isdigit() and int(campo) in anios:
        con = [m for m in alfabeto if (m.clave, int(campo)) in de]
        con.sort(key=lambda m: de[m.clave, int(campo)].valor, reverse=al_reves)
        alfabeto = con + [m for m in alfabeto if m not in con]
    elif al_reves:
        alfabeto.reverse()
    return [(m, [de.get((m.clave, anio)) for anio in anios]) for m in alfabeto]


@require_safe
def csv(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Un renglón por municipio y año, con su fuente."""
    metrica = _metrica_o_404(organo, clave)
    filas = metrica.valores.select_related("municipio").order_by("municipio", "anio")
    de_cual = (metrica.nombre, metrica.organo.clave, si_o_no(metrica.organo.ficticio))
    cuerpo = en_csv(
        COLUMNAS,
        (
            (
                v.municipio_id,
                v.municipio.nombre,
                v.anio,
                Decimal(f"{v.valor.normalize():f}"),  # número: un negativo no es una fórmula
                v.literal,
                metrica.unidad,
                v.fuente,
                *de_cual,
            )
            for v in filas
        ),
    )
    respuesta = HttpResponse(cuerpo, content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = content_disposition_header(True, f"{metrica.clave}.csv") or ""
    return respuesta
