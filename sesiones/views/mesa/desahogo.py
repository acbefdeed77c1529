"""Paso 4: lo que ocurre en cada punto."""

from collections.abc import Callable, Iterable
from functools import wraps
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
from sesiones.models import (
    Acuerdo,
    Anexo,
    Frase,
    Intervencion,
    Plazo,
    Presencia,
    Punto,
    Sesion,
    Votacion,
)
from sesiones.plazos import aviso_plazo
from sesiones.views.acceso import punto_por_escribir, sesion_o_404
from stl_portal.cuentas.limites_de_sesion import latido
from stl_portal.versiones import entero

from .base import accion, pintar
from .guardado import guardar_texto
from .orden import punto_de


def contexto(request: HttpRequest, sesion: Sesion, punto: int = 0, **_: Any) -> dict[str, Any]:
    """El punto en pantalla, con sus formularios y sus vecinos."""
    arbol = sesion.puntos.en_arbol()
    if not arbol:
        return {"puntos": arbol}
    lugar = next((i for i, p in enumerate(arbol) if p.pk == punto), 0)
    actual = arbol[lugar]
    actual.sesion = sesion
    return {
        "puntos": arbol,
        "punto": actual,
        "previo": arbol[lugar - 1] if lugar else None,
        "siguiente": arbol[lugar + 1] if lugar + 1 < len(arbol) else None,
        "otras": Presencia.otras(actual, request.user, timezone.now()),
        **formas(actual),
        **anotado(actual),
    }


def formas(punto: Punto) -> dict[str, Any]:
    """Los formularios del punto, vacíos, y lo que el editor ofrece para escribir."""
    sesion = punto.sesion
    return {
        "forma_intervencion": FormaIntervencion(punto),
        "forma_votacion": FormaVotacion(punto),
        "forma_acuerdo": FormaAcuerdo(punto),
        "forma_plazo": FormaPlazo(punto),
        "forma_anexo": FormaAnexo(punto),
        "forma_oficios": FormaOficios(punto, initial={"oficios": punto.oficios.all()}),
        "forma_resultado": FormaResultado(),
        "resultados": [(v, t, v == punto.resultado) for v, t in SIN_VOTACION if v != Resultado.PENDIENTE],
        "frases_datos": [
            {"titulo": f.nombre, "texto": f.texto} for f in Frase.objects.del_organo(sesion.organo)
        ],
        "personas_datos": [{"nombre": a.formal, "cargo": a.cargo} for a in sesion.asistencias.presentes()],
    }


def anotado(punto: Punto) -> dict[str, Any]:
    """Lo que ya consta en el punto, con la advertencia de cada plazo que no cuadra."""
    acuerdos = punto.acuerdos.select_related("responsable_asiento__institucion").prefetch_related(
        "plazos", "suplencias_admitidas__persona"
    )
    return {
        "acuerdos": [(a, con_aviso(a.plazos.all(), punto.sesion)) for a in acuerdos],
        "intervenciones": punto.intervenciones.select_related("asistencia"),
        "votaciones": punto.votaciones.select_related("acuerdo").prefetch_related("votos__asistencia"),
        "plazos": con_aviso(punto.plazos.all(), punto.sesion),
        "anexos": punto.anexos.select_related("archivo"),
    }


def con_aviso(plazos: Iterable[Plazo], sesion: Sesion) -> list[tuple[Plazo, str | None]]:
    """Cada plazo con la advertencia de que lo dicho y su fecha no coinciden."""
    return [(plazo, aviso_plazo(plazo.literal, plazo.fecha, sesion.fecha)) for plazo in plazos]


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Lleva al primer punto por desahogar."""
    fila = sesion_o_404(request, organo, sesion)
    arbol = fila.puntos.en_arbol()
    if not arbol:
        return pintar(request, fila, "desahogo", {"puntos": []})
    pendiente = next((p for p in arbol if p.resultado == Resultado.PENDIENTE), arbol[-1])
    return redirect(url(pendiente))


def ver(request: HttpRequest, organo: str, sesion: str, punto: int) -> HttpResponse:
    """Un punto."""
    fila = sesion_o_404(request, organo, sesion)
    punto_de(fila, punto)
    return pintar(request, fila, "desahogo", contexto(request, fila, punto))


def url(punto: Punto, ancla: str = "") -> str:
    """Dirección del punto, con ancla a la sección que cambió."""
    return f"{punto.sesion.punto_url(punto.pk)}{ancla and '#' + ancla}"


Accion = Callable[..., HttpResponse]


def en_punto(ancla: str) -> Callable[[Callable[..., None]], Accion]:
    """Acción POST sobre un punto: lo busca en la sesión, la ejecuta y vuelve a la sección que cambió."""

    def decorar(funcion: Callable[..., None]) -> Accion:
        @accion("desahogo", contexto)
        @wraps(funcion)
        def ejecutar(request: HttpRequest, sesion: Sesion, punto: int, **resto: Any) -> str:
            fila = punto_de(sesion, punto)
            funcion(request, fila, **resto)
            return url(fila, ancla)

        return ejecutar

    return decorar


@require_POST
def texto(request: HttpRequest, organo: str, sesion: str, punto: int) -> HttpResponse:
    """Guarda el desahogo: autoguardado y botón «Guardar» pasan por aquí."""
    fila = punto_por_escribir(request, organo, sesion, punto)
    return guardar_texto(request, fila.sesion, fila, FormaTexto, "desahogo", url(fila, "texto"))


@require_POST
def texto_intervencion(request: HttpRequest, organo: str, sesion: str, punto: int, pk: int) -> HttpResponse:
    """Guarda lo dicho por una persona, con el mismo camino que el desahogo."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    del_punto = punto_de(fila, punto)
    intervencion = get_object_or_404(Intervencion, punto=del_punto, pk=pk)
    return guardar_texto(
        request, fila, intervencion, FormaTextoIntervencion, "texto", url(del_punto, f"intervencion-{pk}")
    )


@en_punto("intervenciones")
def intervenir(request: HttpRequest, punto: Punto) -> None:
    """Agrega una intervención."""
    with FormaIntervencion(punto, request.POST).ejecutar() as datos:
        Intervencion.agregar(punto, **datos)


@en_punto("intervenciones")
def quitar_intervencion(request: HttpRequest, punto: Punto, pk: int) -> None:
    """Borra una intervención."""
    get_object_or_404(punto.intervenciones, pk=pk).quitar()


@en_punto("resultado")
def resultado(request: HttpRequest, punto: Punto) -> None:
    """Anota en un toque cómo terminó el punto."""
    with FormaResultado(request.POST).ejecutar() as datos:
        punto.resolver(datos["resultado"], motivo=datos["motivo"])


@en_punto("resultado")
def votar(request: HttpRequest, punto: Punto) -> None:
    """Registra una votación con el padrón de ese momento."""
    forma = FormaVotacion(punto, request.POST)
    with forma.ejecutar():
        Votacion.registrar(punto, **forma.argumentos())


@en_punto("resultado")
def quitar_votacion(request: HttpRequest, punto: Punto, pk: int) -> None:
    """Anula una votación anotada por error, mientras la sesión siga en curso."""
    get_object_or_404(punto.votaciones, pk=pk).anular()


@en_punto("acuerdos")
def acordar(request: HttpRequest, punto: Punto) -> None:
    """Agrega un acuerdo con su número, responsable y plazo."""
    with FormaAcuerdo(punto, request.POST).ejecutar() as datos:
        plazo = datos.pop("plazo_literal"), datos.pop("plazo_fecha")
        Acuerdo.agregar(punto, plazo=plazo, **datos)


def acuerdo_de(sesion: Sesion, punto: int, pk: int) -> Acuerdo:
    """El acuerdo, si es de ese punto de la sesión."""
    return get_object_or_404(punto_de(sesion, punto).acuerdos, pk=pk)


def contexto_acuerdo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> dict[str, Any]:
    """El acuerdo por corregir."""
    fila = acuerdo_de(sesion, punto, pk)
    campos = ("texto", "responsable_asiento", "responsable")
    inicial = {c: getattr(fila, c) for c in campos} | {"suplencias": fila.suplencias_admitidas.all()}
    forma = FormaCorregirAcuerdo(fila.punto, acuerdo=fila, initial=inicial)
    return {"acuerdo": fila, "punto": fila.punto, "forma_acuerdo": forma}


def corregir_acuerdo(request: HttpRequest, organo: str, sesion: str, punto: int, pk: int) -> HttpResponse:
    """Formulario para corregir texto y responsable de un acuerdo."""
    if request.method == "POST":
        return _guardar_acuerdo(request, organo=organo, sesion=sesion, punto=punto, pk=pk)
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    return pintar(request, fila, "acuerdo", contexto_acuerdo(request, fila, punto, pk))


@accion("acuerdo", contexto_acuerdo)
def _guardar_acuerdo(request: HttpRequest, sesion: Sesion, punto: int, pk: int) -> str:
    fila = acuerdo_de(sesion, punto, pk)
    sesion.exigir_editable()
    forma = FormaCorregirAcuerdo(fila.punto, request.POST, acuerdo=fila)
    with forma.ejecutar() as datos, transaction.atomic():
        suplencias = datos.pop("suplencias")
        fila.guardar_sobre(entero(request.POST.get("version")), por=request.user, **datos)
        fila.suplencias_admitidas.set(suplencias)
    return url(fila.punto, "acuerdos")


@en_punto("acuerdos")
def quitar_acuerdo(request: HttpRequest, punto: Punto, pk: int) -> None:
    """Borra un acuerdo sin votación ni seguimiento y cierra el hueco."""
    get_object_or_404(punto.acuerdos, pk=pk).quitar()


@en_punto("acuerdos")
def mover_acuerdo(request: HttpRequest, punto: Punto, pk: int) -> None:
    """Cambia el número de un acuerdo."""
    acuerdo = get_object_or_404(punto.acuerdos, pk=pk)
    acuerdo.mover(acuerdo.numero + (-1 if request.POST.get("hacia") == "subir" else 1))


@en_punto("plazos")
def plazo(request: HttpRequest, punto: Punto) -> None:
    """Agrega un plazo o prórroga."""
    with FormaPlazo(punto, request.POST).ejecutar() as datos:
        Plazo.fijar(punto, **datos)


@en_punto("plazos")
def quitar_plazo(request: HttpRequest, punto: Punto, pk: int) -> None:
    """Borra un plazo anotado por error."""
    get_object_or_404(punto.plazos, pk=pk).quitar()


@en_punto("anexos")
def anexar(request: HttpRequest, punto: Punto) -> None:
    """Agrega un anexo al punto; con el archivo arrastrado o solo con su título."""
    forma = FormaAnexo(punto, request.POST, request.FILES)
    forma.fields["archivo"].por = request.user  # type: ignore[attr-defined]
    with forma.ejecutar() as datos:
        archivo = datos["archivo"]
        titulo = datos["titulo"] or archivo.nombre
        Anexo.agregar(punto, titulo=titulo, archivo=archivo, acuerdo=datos["acuerdo"])


@en_punto("anexos")
def quitar_anexo(request: HttpRequest, punto: Punto, pk: int) -> None:
    """Quita el anexo del punto; el archivo recibido se conserva en el almacén."""
    get_object_or_404(punto.anexos, pk=pk).quitar()


@en_punto("oficios")
def oficios(request: HttpRequest, punto: Punto) -> None:
    """Elige los oficios de los que se da cuenta."""
    with FormaOficios(punto, request.POST).ejecutar() as datos:
        punto.dar_cuenta(datos["oficios"])


@latido
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
