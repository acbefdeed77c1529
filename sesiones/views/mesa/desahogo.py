"""Paso 4: lo que ocurre en cada punto."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from sesiones.estados import Resultado
from sesiones.forms.desahogo import (
    SIN_VOTACION,
    FormaAcuerdo,
    FormaAnexo,
    FormaCorregirAcuerdo,
    FormaIntervencion,
    FormaOficios,
    FormaPlazo,
    FormaResultado,
    FormaTexto,
    FormaTextoIntervencion,
    FormaVotacion,
)
from sesiones.models import Frase, Intervencion, Presencia, Punto, Sesion, Votacion
from sesiones.models.acuerdos import Acuerdo
from sesiones.models.desahogo import Anexo, Plazo
from sesiones.plazos import aviso_plazo
from sesiones.views.acceso import sesion_o_404
from stl_portal.versiones import entero

from .base import accion, pintar
from .guardado import guardar_texto
from .orden import punto_de


def contexto(request: HttpRequest, sesion: Sesion, punto: int = 0, **_: Any) -> dict[str, Any]:
    """El punto en pantalla, con sus formularios y sus vecinos."""
    arbol = sesion.puntos.en_arbol()
    lugar = next((i for i, p in enumerate(arbol) if p.pk == punto), 0)
    ctx: dict[str, Any] = {"puntos": arbol}
    if not arbol:
        return ctx
    actual = arbol[lugar]
    actual.sesion = sesion
    acuerdos = list(
        actual.acuerdos.select_related("responsable_asiento__institucion").prefetch_related(
            "plazos", "suplencias_admitidas__persona"
        )
    )
    for acuerdo in acuerdos:
        acuerdo.avisos = [aviso for p in acuerdo.plazos.all() if (aviso := aviso_de(p, sesion))]  # type: ignore[attr-defined]
    return ctx | {
        "punto": actual,
        "previo": arbol[lugar - 1] if lugar else None,
        "siguiente": arbol[lugar + 1] if lugar + 1 < len(arbol) else None,
        "forma_intervencion": FormaIntervencion(sesion),
        "forma_votacion": FormaVotacion(actual),
        "forma_acuerdo": FormaAcuerdo(sesion),
        "forma_plazo": FormaPlazo(actual),
        "forma_anexo": FormaAnexo(actual),
        "forma_oficios": FormaOficios(sesion, initial={"oficios": actual.oficios.all()}),
        "resultados": [(v, t, v == actual.resultado) for v, t in SIN_VOTACION if v != Resultado.PENDIENTE],
        "intervenciones": actual.intervenciones.select_related("asistencia"),
        "acuerdos": acuerdos,
        "votaciones": actual.votaciones.select_related("acuerdo").prefetch_related("votos__asistencia"),
        "plazos": [(p, aviso_de(p, sesion)) for p in actual.plazos.all()],
        "anexos": actual.anexos.select_related("archivo"),
        "otras": Presencia.otras(actual, request.user, timezone.now()),
        "forma_resultado": FormaResultado(),
        "frases_datos": [
            {"titulo": f.nombre, "texto": f.texto} for f in Frase.objects.del_organo(sesion.organo)
        ],
        "personas_datos": [{"nombre": a.formal, "cargo": a.cargo} for a in sesion.asistencias.presentes()],
    }


def aviso_de(plazo: Plazo, sesion: Sesion) -> str:
    """Advertencia si el plazo dicho y su fecha no coinciden."""
    if not plazo.literal or plazo.fecha is None:
        return ""
    return aviso_plazo(plazo.literal, plazo.fecha, sesion.fecha) or ""


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Lleva al primer punto por desahogar."""
    fila = sesion_o_404(request, organo, sesion)
    arbol = fila.puntos.en_arbol()
    if not arbol:
        return pintar(request, fila, "desahogo", {"puntos": []})
    pendiente = next((p for p in arbol if p.resultado == Resultado.PENDIENTE), arbol[-1])
    return redirect(f"{fila.paso_url('desahogo')}{pendiente.pk}/")


def ver(request: HttpRequest, organo: str, sesion: str, punto: int) -> HttpResponse:
    """Un punto."""
    fila = sesion_o_404(request, organo, sesion)
    punto_de(fila, punto)
    return pintar(request, fila, "desahogo", contexto(request, fila, punto))


def url(punto: Punto, ancla: str = "") -> str:
    """Dirección del punto, con ancla a la sección que cambió."""
    return f"{punto.sesion.paso_url('desahogo')}{punto.pk}/{ancla and '#' + ancla}"


@require_POST
def texto(request: HttpRequest, organo: str, sesion: str, punto: int) -> HttpResponse:
    """Guarda el desahogo: autoguardado y botón «Guardar» pasan por aquí."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    del_punto = punto_de(fila, punto)
    return guardar_texto(request, fila, del_punto, FormaTexto, "desahogo", url(del_punto, "texto"))


@require_POST
def texto_intervencion(request: HttpRequest, organo: str, sesion: str, punto: int, pk: int) -> HttpResponse:
    """Guarda lo dicho por una persona, con el mismo camino que el desahogo."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    del_punto = punto_de(fila, punto)
    intervencion = get_object_or_404(Intervencion, punto=del_punto, pk=pk)
    return guardar_texto(
        request, fila, intervencion, FormaTextoIntervencion, "texto", url(del_punto, f"intervencion-{pk}")
    )


@accion("desahogo", contexto)
def intervenir(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Agrega una intervención."""
    forma = FormaIntervencion(sesion, request.POST)
    fila = punto_de(sesion, punto)
    with forma.ejecutar() as datos:
        Intervencion.agregar(fila, **datos)
    return url(fila, "intervenciones")


@accion("desahogo", contexto)
def quitar_intervencion(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    """Borra una intervención."""
    fila = punto_de(sesion, punto)
    get_object_or_404(Intervencion, punto=fila, pk=pk).quitar()
    return url(fila, "intervenciones")


@accion("desahogo", contexto)
def resultado(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Anota en un toque cómo terminó el punto."""
    fila = punto_de(sesion, punto)
    forma = FormaResultado(request.POST)
    with forma.ejecutar() as datos:
        fila.resolver(datos["resultado"], motivo=datos["motivo"])
    return url(fila, "resultado")


@accion("desahogo", contexto)
def votar(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Registra una votación con el padrón de ese momento."""
    fila = punto_de(sesion, punto)
    forma = FormaVotacion(fila, request.POST)
    with forma.ejecutar():
        Votacion.registrar(fila, **forma.argumentos())
    return url(fila, "resultado")


@accion("desahogo", contexto)
def quitar_votacion(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    """Anula una votación anotada por error, mientras la sesión siga en curso."""
    fila = punto_de(sesion, punto)
    get_object_or_404(Votacion, punto=fila, pk=pk).anular()
    return url(fila, "resultado")


@accion("desahogo", contexto)
def acordar(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Agrega un acuerdo con su número, responsable y plazo."""
    fila = punto_de(sesion, punto)
    forma = FormaAcuerdo(sesion, request.POST)
    with forma.ejecutar() as datos:
        literal, fecha = datos.pop("plazo_literal"), datos.pop("plazo_fecha")
        Acuerdo.agregar(fila, plazo=(literal, fecha), **datos)
    return url(fila, "acuerdos")


def contexto_acuerdo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> dict[str, Any]:
    """El acuerdo por corregir."""
    fila = get_object_or_404(Acuerdo, punto=punto_de(sesion, punto), pk=pk)
    campos = ("texto", "responsable_asiento", "responsable")
    inicial = {c: getattr(fila, c) for c in campos} | {"suplencias": fila.suplencias_admitidas.all()}
    forma = FormaCorregirAcuerdo(sesion, acuerdo=fila, initial=inicial)
    return {"acuerdo": fila, "punto": fila.punto, "forma_acuerdo": forma}


def corregir_acuerdo(request: HttpRequest, organo: str, sesion: str, punto: int, pk: int) -> HttpResponse:
    """Formulario para corregir texto y responsable de un acuerdo."""
    if request.method == "POST":
        return _guardar_acuerdo(request, organo=organo, sesion=sesion, punto=punto, pk=pk)
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    return pintar(request, fila, "acuerdo", contexto_acuerdo(request, fila, punto, pk))


@accion("acuerdo", contexto_acuerdo)
def _guardar_acuerdo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    fila = get_object_or_404(Acuerdo, punto=punto_de(sesion, punto), pk=pk)
    sesion.exigir_editable()
    forma = FormaCorregirAcuerdo(sesion, request.POST, acuerdo=fila)
    with forma.ejecutar() as datos, transaction.atomic():
        suplencias = datos.pop("suplencias")
        fila.guardar_sobre(entero(request.POST.get("version")), por=request.user, **datos)
        fila.suplencias_admitidas.set(suplencias)
    return url(fila.punto, "acuerdos")


@accion("desahogo", contexto)
def quitar_acuerdo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    """Borra un acuerdo sin votación ni seguimiento y cierra el hueco."""
    fila = punto_de(sesion, punto)
    get_object_or_404(Acuerdo, punto=fila, pk=pk).quitar()
    return url(fila, "acuerdos")


@accion("desahogo", contexto)
def mover_acuerdo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    """Cambia el número de un acuerdo."""
    fila = punto_de(sesion, punto)
    acuerdo = get_object_or_404(Acuerdo, punto=fila, pk=pk)
    acuerdo.mover(acuerdo.numero + (-1 if request.POST.get("hacia") == "subir" else 1))
    return url(fila, "acuerdos")


@accion("desahogo", contexto)
def plazo(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Agrega un plazo o prórroga."""
    fila = punto_de(sesion, punto)
    forma = FormaPlazo(fila, request.POST)
    with forma.ejecutar() as datos:
        Plazo.fijar(fila, **datos)
    return url(fila, "plazos")


@accion("desahogo", contexto)
def quitar_plazo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    """Borra un plazo anotado por error."""
    fila = punto_de(sesion, punto)
    get_object_or_404(Plazo, punto=fila, pk=pk).quitar()
    return url(fila, "plazos")


@accion("desahogo", contexto)
def anexar(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Agrega un anexo al punto; con el archivo arrastrado o solo con su título."""
    fila = punto_de(sesion, punto)
    forma = FormaAnexo(fila, request.POST, request.FILES)
    forma.fields["archivo"].por = request.user  # type: ignore[attr-defined]
    with forma.ejecutar() as datos:
        archivo = datos["archivo"]
        titulo = datos["titulo"] or archivo.nombre
        Anexo.agregar(fila, titulo=titulo, archivo=archivo, acuerdo=datos["acuerdo"])
    return url(fila, "anexos")


@accion("desahogo", contexto)
def quitar_anexo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    """Quita el anexo del punto; el archivo recibido se conserva en el almacén."""
    fila = punto_de(sesion, punto)
    get_object_or_404(Anexo, punto=fila, pk=pk).quitar()
    return url(fila, "anexos")


@accion("desahogo", contexto)
def oficios(request: HttpRequest, sesion: Sesion, punto: int) -> str:
    """Elige los oficios de los que se da cuenta."""
    fila = punto_de(sesion, punto)
    forma = FormaOficios(sesion, request.POST)
    with forma.ejecutar() as datos:
        fila.dar_cuenta(datos["oficios"])
    return url(fila, "oficios")


@require_POST
def presencia(request: HttpRequest, organo: str, sesion: str, punto: int) -> HttpResponse:
    """Aviso de que alguien está escribiendo aquí; responde quién más y la versión guardada."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    del_punto = punto_de(fila, punto)
    ahora = timezone.now()
    usuario: Any = request.user
    Presencia.objects.update_or_create(punto=del_punto, usuario=usuario, defaults={"visto": ahora})
    otras = Presencia.otras(del_punto, request.user, ahora)
    return JsonResponse({"otras": otras, "version": del_punto.version})
