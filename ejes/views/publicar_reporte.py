"""Publicar un reporte y abrir su corrección: se explican antes, piden identificarse y se hacen una vez."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ejes.estados import RevisionEvidencia
from ejes.forms.revision import FormaCorregir
from ejes.models import Reporte
from ejes.revision import dictaminar, publicar_reporte
from ejes.revision.dictaminar import Revision
from ejes.templatetags.plan import porciento
from ejes.views.acceso import por_revisar_o_404
from sesiones.forms.base import FormaInvalida
from sesiones.sospechas import sospechas_en
from stl_portal.archivo.models import Archivo
from stl_portal.cuentas import identidad
from stl_portal.espanol import enumerar
from stl_portal.transiciones import TransicionInvalida


@require_http_methods(["GET", "HEAD", "POST"])
def publicar(request: HttpRequest, pk: int) -> HttpResponse:
    """Dice qué será público; al confirmarlo, lo es: 302, 409 si ya no procede o 422 con lo que lo impide."""
    reporte = _para_decidir(request, pk)
    if request.method != "POST":
        return (
            _confirmar(request, reporte) if reporte.puede("publicar") else redirect(reporte.url_de_revision)
        )
    try:
        publicar_reporte.publicar(reporte, request.user, timezone.now())
    except TransicionInvalida:
        if not _acaba_de(request, reporte, "publicar"):
            raise
    except ValidationError as error:
        return _confirmar(request, reporte, error.messages)
    return redirect(f"{reporte.url_de_revision}#decidir")


@require_http_methods(["GET", "HEAD", "POST"])
def corregir(request: HttpRequest, pk: int) -> HttpResponse:
    """Abre la corrección con su motivo."""
    reporte = _para_decidir(request, pk)
    if request.method != "POST" and not reporte.puede("corregir"):
        return redirect(reporte.url_de_revision)
    forma = FormaCorregir(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            with forma.ejecutar() as datos:
                publicar_reporte.corregir(reporte, datos["motivo"], request.user, timezone.now())
            return redirect(reporte.url_de_revision)
        except TransicionInvalida:
            if _acaba_de(request, reporte, "corregir"):
                return redirect(reporte.url_de_revision)
            raise
        except FormaInvalida:
            status = 422
    return render(request, "ejes/revision/corregir.html", {"reporte": reporte, "forma": forma}, status=status)


def _para_decidir(request: HttpRequest, pk: int) -> Reporte:
    """El reporte, si la cuenta lo publica y acaba de identificarse. Lanza lo de `por_revisar_o_404`."""
    reporte = por_revisar_o_404(request, pk, conducir=True)
    identidad.exigir(request, repetir=False)
    return reporte


def _acaba_de(request: HttpRequest, reporte: Reporte, verbo: str) -> bool:
    """Si lo último que pasó fue eso mismo y lo hizo esta cuenta: fueron dos clics."""
    ultimo = reporte.historia.last()
    return ultimo is not None and (ultimo.verbo, ultimo.por_id) == (verbo, request.user.pk)


def _confirmar(request: HttpRequest, reporte: Reporte, rechazo: Iterable[str] = ()) -> HttpResponse:
    revision = dictaminar.revision_de(dictaminar.ultima(reporte))
    contexto = {
        "reporte": reporte,
        "resumen": list(_resumen(reporte, revision)),
        "avisos": list(_avisos(revision)),
        "impide": list(publicar_reporte.lo_que_impide(reporte)),
        "rechazo": list(rechazo),
    }
    return render(request, "ejes/revision/publicar.html", contexto, status=422 if rechazo else 200)


def _resumen(reporte: Reporte, revision: Revision) -> Iterator[tuple[str, str]]:
    """Lo que cualquiera podrá leer."""
    acciones = [p for p in revision.partes.values() if p.de_accion]
    yield "Institución", reporte.asiento.institucion.nombre
    yield "Reporte", f"{reporte.eje} · {reporte.bimestre}"
    yield "Plazo", "Llegó tarde" if reporte.tardio else "A tiempo"
    yield "Renglones", str(len(revision.partes) - len(acciones))
    for accion in acciones:
        dicho = accion.dato["textual"] or porciento(accion.declarado)
        verificado = porciento(revision.dictamenes[accion.clave].verificado)
        yield accion.rotulo, f"Declarado {dicho} · verificado {verificado}"
    yield "Evidencias", _cuantas(revision)
    if reporte.publicaciones.exists():
        yield "Sustituye", "A lo ya publicado, que sigue a la vista y dice que se corrigió"


def _cuantas(revision: Revision) -> str:
    total = len(revision.documento["evidencias"])
    verificadas = sum(d.revision == RevisionEvidencia.VERIFICADA for d in revision.evidencias.values())
    return (
        f"{total}: {verificadas} verificadas, {len(revision.observadas)} observadas" if total else "Ninguna"
    )


def _avisos(revision: Revision) -> Iterator[str]:
    """Lo que conviene mirar antes: lo que parece un dato personal, lo que nadie revisó y cada archivo."""
    textos = "\n".join(parte.dicho for parte in revision.partes.values())
    if parecen := enumerar([s.texto for s in sospechas_en(textos)]):
        yield f"Parecen datos personales: {parecen}. Si lo son, abre una corrección en lugar de publicar."
    sin_revisar = [e for e in revision.documento["evidencias"] if e["id"] not in revision.evidencias]
    if sin_revisar:
        yield f"Se publicarán como «sin revisar»: {enumerar([e['titulo'] for e in sin_revisar])}."
    yield from _de_los_archivos(revision)


def _de_los_archivos(revision: Revision) -> Iterator[str]:
    por_huella: dict[str, Any] = {
        e["archivo"]["huella"]: e for e in revision.documento["evidencias"] if e["archivo"]
    }
    for archivo in Archivo.objects.filter(huella__in=por_huella).order_by("pk"):
        yield from (f"{por_huella[archivo.huella]['titulo']}: {dicho}" for dicho in archivo.advertencias)
