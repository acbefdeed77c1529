"""El bimestre, el reporte, la evidencia y la acción, para cualquiera: solo lo que se publicó."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ejes.ciudadania import historia, lectura
from ejes.ciudadania.enlaces import acuerdos_publicos, concedidas
from ejes.ciudadania.lectura import Leido
from ejes.ciudadania.quien_reporto import del_bimestre
from ejes.cortes.cuadro import Cuadro
from ejes.models import Accion, Bimestre, Evidencia, Plan, ReportePublicado
from ejes.views.plan import migas_de, plan_publicado
from stl_portal.versiones import entero


@require_safe
def bimestre(request: HttpRequest, plan: str, numero: int) -> HttpResponse:
    """Quién reportó, quién a destiempo y quién no, con los plazos y las prórrogas."""
    fila = plan_publicado(plan)
    encontrado = get_object_or_404(Bimestre.objects.con_prorrogas(), plan=fila, numero=numero)
    contexto = {
        "plan": fila,
        "organo": fila.organo,
        "bimestre": encontrado,
        "ventana": encontrado.ventana,
        "prorrogas": concedidas(encontrado.prorrogas.all()),
        "situaciones": del_bimestre(encontrado, timezone.localdate()),
        "migas": migas_de(fila),
    }
    return render(request, "ejes/publico/bimestre.html", contexto)


@require_safe
def reporte(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Un reporte como se publicó: lo último o, con `?version=`, lo que sustituyó."""
    fila = plan_publicado(plan)
    pedido, ultimo = _pedido(request, fila, pk)
    contexto = {
        "plan": fila,
        "organo": fila.organo,
        "publicado": pedido,
        "leido": Leido(pedido),
        "versiones": list(lectura.publicados().filter(reporte=pk).defer("documento")),
        "vigente": None if pedido == ultimo else ultimo,
        "consulta": "" if pedido == ultimo else f"?version={pedido.entrega.numero}",
        "migas": [*migas_de(fila), _miga(pedido.reporte.bimestre, fila)],
    }
    return render(request, "ejes/publico/reporte.html", contexto)


@require_safe
def reporte_pdf(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Lleva al PDF que se imprimió al publicarlo, cuya dirección dice su huella."""
    return redirect(_pedido(request, plan_publicado(plan), pk)[0].pdf.a_la_vista)


@require_safe
def reporte_json(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Los bytes canónicos, de los que sale su huella."""
    publicado, _ = _pedido(request, plan_publicado(plan), pk)
    return HttpResponse(bytes(publicado.documento), content_type="application/json")


@require_safe
def evidencia(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Una evidencia: qué muestra, su huella, lo que se dijo de ella y qué respalda."""
    fila = plan_publicado(plan)
    publicas = Evidencia.objects.publicadas().select_related("publicacion", "archivo", "asiento__institucion")
    encontrada = get_object_or_404(publicas, plan=fila, pk=pk)
    usos = lectura.usos_de(encontrada, lectura.publicados().filter(entrega__evidencias=encontrada))
    if not usos:
        raise Http404
    contexto = {
        "plan": fila,
        "organo": fila.organo,
        "evidencia": encontrada,
        "prueba": usos[0].prueba,
        "usos": usos,
        "antes": publicas.filter(sustituida_por=encontrada).first(),
        "sustituta": publicas.filter(sustituye=encontrada).first(),
        "acuerdos": acuerdos_publicos(encontrada.acuerdos),
        "migas": migas_de(fila),
    }
    return render(request, "ejes/publico/evidencia.html", contexto)


@require_safe
def accion(request: HttpRequest, plan: str, codigo: str) -> HttpResponse:
    """Una acción: quién responde, cómo ha avanzado, con qué evidencias y si va a tiempo."""
    fila = plan_publicado(plan)
    eje, compromiso, numero = codigo.split(".")
    filas = Accion.objects.select_related(
        "compromiso__responsable__institucion", "compromiso__eje__responsable__institucion"
    ).prefetch_related("hitos")
    encontrada = get_object_or_404(
        filas,
        compromiso__eje__plan=fila,
        compromiso__eje__numero=eje,
        compromiso__numero=compromiso,
        numero=numero,
    )
    encontrada.compromiso.eje.plan = fila
    return render(request, "ejes/publico/accion.html", _de_la_accion(fila, encontrada))


def _de_la_accion(plan: Plan, accion: Accion) -> dict[str, Any]:
    compromiso = accion.compromiso
    reportes = lectura.leidos(lectura.vigentes().filter(reporte__eje=compromiso.eje_id))
    cuadros = historia.cuadros(historia.cortes(plan))
    arriba = [(str(cosa), cosa.get_absolute_url()) for cosa in (compromiso.eje, compromiso)]
    return {
        "plan": plan,
        "organo": plan.organo,
        "accion": accion,
        "compromiso": compromiso,
        "responde": compromiso.responde,
        "historia": historia.de_accion(cuadros, reportes, accion.codigo),
        **_segun_el_corte(cuadros, accion),
        "pruebas": lectura.de_la_accion(reportes, accion.codigo),
        "hitos": [(hito, hito.atrasado(timezone.localdate())) for hito in accion.hitos.all()],
        "acuerdos": acuerdos_publicos(compromiso.acuerdos),
        "migas": [*migas_de(plan), *arriba],
    }


def _segun_el_corte(cuadros: list[Cuadro], accion: Accion) -> dict[str, Any]:
    """Quién responde y qué ligas cita el último corte: de la acción o, si no, de su compromiso."""
    codigos = (accion.codigo, accion.compromiso.codigo) if cuadros else ()
    hallados = [r for codigo in codigos if (r := historia.buscar(cuadros[-1].total, codigo))]
    return {
        "dicho": next((r for r in hallados if r.responsable), None),
        "citado": next((r for r in hallados if r.ligas), None),
    }


def _pedido(request: HttpRequest, plan: Plan, pk: int) -> tuple[ReportePublicado, ReportePublicado]:
    """La publicación de `?version=` (o la última) y la última. `Http404` si no la hay."""
    filas = (
        lectura.publicados()
        .filter(reporte=pk, reporte__bimestre__plan=plan)
        .select_related("reporte__bimestre", "entrega", "pdf")
    )
    ultimo = filas.last()
    version = request.GET.get("version")
    pedido = ultimo if version is None else filas.filter(entrega__numero=entero(version)).first()
    if ultimo is None or pedido is None:
        raise Http404("Ese reporte no se ha publicado.")
    return pedido, ultimo


def _miga(bimestre: Bimestre, plan: Plan) -> tuple[str, str]:
    bimestre.plan = plan
    return bimestre.nombre, bimestre.get_absolute_url()
