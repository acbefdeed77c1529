"""Paso 2: pase de lista, quórum, invitados, entradas y salidas."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from sesiones import suplir
from sesiones.estados import PREVIAS, Calidad, EstadoSesion, Resultado
from sesiones.forms.asistencia import (
    FormaAsistente,
    FormaInvitada,
    FormaLista,
    FormaLlegada,
    FormaMovimiento,
    FormaQuorum,
    FormaSalida,
    FormaSuplencia,
    opciones_de_llegada,
)
from sesiones.forms.sesion import FormaMotivo
from sesiones.models import Asiento, Asistencia, Movimiento, Quorum, Sesion
from sesiones.models.declaratoria import rectificar_lista, segunda_desde
from sesiones.views.acceso import sesion_o_404

from .base import accion, pintar


class Opcion(NamedTuple):
    """Un botón del pase de lista: lo que envía, lo que dice y si es lo anotado."""

    clave: str
    nombre: str
    detalle: str
    elegida: bool


def renglones(sesion: Sesion) -> list[dict[str, Any]]:
    """Un renglón por asiento: quién puede sentarse ese día y qué se anotó."""
    filas = {
        a.asiento_id: a
        for a in sesion.asistencias.con_personas()
        if a.asiento_id and a.ocupa_asiento and not a.relevada
    }
    lista = []
    for asiento in sesion.organo.asientos.vigentes(sesion.fecha).con_ocupantes():
        fila = filas.get(asiento.pk)
        titular = asiento.titular(sesion.fecha)
        suplentes = asiento.suplentes(sesion.fecha, sesion.pk)
        lista.append(
            {
                "asiento": asiento,
                "vacante": titular is None and not suplentes,
                "asistencia": fila,
                "elegido": fila is not None,
                "opciones": opciones(titular, suplentes, elegido(fila, titular) if fila else ""),
            }
        )
    return lista


def opciones(titular: Any, suplentes: Iterable[Any], anotado: str) -> list[Opcion]:
    """Un botón por persona que puede ocupar el asiento ese día, y los de ausencia."""
    lista = [(f"t{titular.pk}", str(titular.persona), "Titular")] if titular else []
    for s in suplentes:
        oficio = (s.oficio.folio or "oficio sin folio") if s.oficio else "sin oficio"
        lista.append((f"s{s.pk}", str(s.persona), f"Suplente · {oficio}"))
    lista += [("ausente", "Ausente", ""), ("justificada", "Justificada", "")]
    return [Opcion(clave, nombre, detalle, clave == anotado) for clave, nombre, detalle in lista]


def elegido(fila: Asistencia, titular: Any) -> str:
    """Qué botón aparece presionado."""
    if not fila.presente:
        return fila.estado
    if fila.suplencia_id:
        return f"s{fila.suplencia_id}"
    return f"t{titular.pk}" if titular else ""


def contexto(request: HttpRequest, sesion: Sesion, **_: Any) -> dict[str, Any]:
    """Todo lo que muestra el paso."""
    ahora, es_hoy = timezone.localtime().strftime("%H:%M"), sesion.fecha == timezone.localdate()
    asistencias = list(sesion.asistencias.con_personas())
    hora = segunda_desde(sesion) or sesion.hora
    ctx: dict[str, Any] = {
        "renglones": renglones(sesion),
        "invitadas": [a for a in asistencias if not a.ocupa_asiento],
        "forma_invitada": FormaInvitada(sesion),
        "forma_quorum": FormaQuorum(initial={"hora": hora.strftime("%H:%M")}),
        "forma_motivo": FormaMotivo(),
        "otro_dia": None if es_hoy else timezone.localdate(),
        "lista_abierta": sesion.estado in PREVIAS,
        "segunda": sesion.estado == EstadoSesion.SIN_QUORUM,
        "en_curso": sesion.estado == EstadoSesion.EN_CURSO,
        "quorums": sesion.quorums.all(),
        "movimientos": Movimiento.objects.de_la_sesion(sesion),
    }
    if sesion.estado == EstadoSesion.EN_CURSO:
        inicial = {"hora": ahora if es_hoy else "", "punto": punto_en_turno(sesion)}
        ctx["forma_llegada"] = FormaLlegada(sesion, opciones_de_llegada(sesion), initial=inicial)
        ctx["forma_salida"] = FormaSalida(sesion, initial=inicial)
    return ctx


def punto_en_turno(sesion: Sesion) -> int | None:
    """El primer punto por desahogar: desde ahí suele contar quien llega o se va."""
    return next((p.pk for p in sesion.puntos.en_arbol() if p.resultado == Resultado.PENDIENTE), None)


def paso(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Pinta el paso."""
    fila = sesion_o_404(request, organo, sesion)
    return pintar(request, fila, "asistencia", contexto(request, fila))


@accion("asistencia", contexto)
def lista(request: HttpRequest, sesion: Sesion, asiento: int) -> None:
    """Un toque: titular, suplente, ausente o justificada."""
    lugar = asiento_de(sesion, asiento)
    forma = FormaLista(lugar, sesion, request.POST)
    with forma.ejecutar() as datos:
        estado, ocupante = datos["quien"]
        Asistencia.pasar_lista(sesion, lugar, estado, ocupante=ocupante, motivo=datos["motivo"])


def asiento_de(sesion: Sesion, pk: int) -> Asiento:
    """El asiento, si es del órgano."""
    asientos = Asiento.objects.con_ocupantes().filter(organo=sesion.organo)
    return get_object_or_404(asientos, pk=pk)


def oficio(request: HttpRequest, organo: str, sesion: str, asiento: int) -> HttpResponse:
    """Formulario para registrar en el momento el oficio de una suplencia."""
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    if request.method == "POST":
        return _suplir(request, organo=organo, sesion=sesion, asiento=asiento)
    return pintar(request, fila, "oficio", contexto_oficio(request, fila, asiento=asiento))


def contexto_oficio(request: HttpRequest, sesion: Sesion, *, asiento: int) -> dict[str, Any]:
    """El asiento y un formulario con la fecha de la sesión propuesta."""
    return {
        "asiento": asiento_de(sesion, asiento),
        "forma_suplencia": FormaSuplencia(sesion, initial={"fecha_oficio": sesion.fecha}),
    }


@accion("oficio", contexto_oficio)
def _suplir(request: HttpRequest, sesion: Sesion, *, asiento: int) -> str:
    """Registra oficio y suplencia y, si la lista está abierta, sienta a la persona."""
    lugar = asiento_de(sesion, asiento)
    forma = FormaSuplencia(sesion, request.POST, request.FILES)
    forma.fields["archivo"].por = request.user  # type: ignore[attr-defined]
    with forma.ejecutar(), transaction.atomic():
        suplencia = forma.suplencia(lugar)
        suplir.designar(suplencia)
        if sesion.estado in PREVIAS:
            Asistencia.pasar_lista(sesion, lugar, "presente", ocupante=suplencia)
    return f"{sesion.paso_url('asistencia')}#asiento-{lugar.pk}"


def contexto_asistente(request: HttpRequest, sesion: Sesion, asistencia: int) -> dict[str, Any]:
    """La persona y cómo está escrita."""
    fila = get_object_or_404(sesion.asistencias, pk=asistencia)
    inicial = {campo: getattr(fila, campo) for campo in FormaAsistente.base_fields}
    return {"asistente": fila, "forma_asistente": FormaAsistente(initial=inicial)}


def asistente(request: HttpRequest, organo: str, sesion: str, asistencia: int) -> HttpResponse:
    """Formulario para corregir tratamiento, cargo o institución de ese día."""
    if request.method == "POST":
        return _corregir_asistente(request, organo=organo, sesion=sesion, asistencia=asistencia)
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    return pintar(request, fila, "asistente", contexto_asistente(request, fila, asistencia))


@accion("asistente", contexto_asistente)
def _corregir_asistente(request: HttpRequest, sesion: Sesion, asistencia: int) -> str:
    fila = get_object_or_404(sesion.asistencias, pk=asistencia)
    forma = FormaAsistente(request.POST)
    with forma.ejecutar() as datos:
        fila.corregir(**datos)
    return sesion.paso_url("asistencia")


@accion("asistencia", contexto)
def invitada(request: HttpRequest, sesion: Sesion) -> None:
    """Agrega a quien está y puede hablar, sin voto."""
    forma = FormaInvitada(sesion, request.POST)
    with forma.ejecutar() as datos:
        acompana = datos["calidad"] == "acompana"
        asiento = datos["asiento"] if acompana else None
        Asistencia.invitar(
            sesion,
            nombre=datos["nombre_completo"],
            calidad=Calidad.INVITADA if acompana else datos["calidad"],
            asiento=asiento,
            institucion=asiento.institucion.nombre if asiento else datos["institucion"],
            **{campo: datos[campo] for campo in ("tratamiento", "apellidos", "cargo")},
        )


@accion("asistencia", contexto)
def quitar_invitada(request: HttpRequest, sesion: Sesion, asistencia: int) -> None:
    """Borra a una invitada anotada por error, si no ha intervenido."""
    fila = get_object_or_404(sesion.asistencias.filter(ocupa_asiento=False), pk=asistencia)
    fila.quitar()


@accion("asistencia", contexto)
def quorum(request: HttpRequest, sesion: Sesion) -> str | None:
    """Declara que hay quórum, que no lo hubo, o inicia una reunión de trabajo."""
    forma = FormaQuorum(request.POST)
    with forma.ejecutar() as datos:
        hora = datos["hora"]
        if not sesion.con_quorum:
            sesion.iniciar(request.user, inicio=hora)
        elif request.POST.get("verbo") == "falta":
            Quorum.declarar_falta(sesion, request.user, hora=hora)
            return None
        else:
            Quorum.declarar(sesion, request.user, hora=hora)
    return sesion.paso_url("asistencia")


@accion("asistencia", contexto)
def no_celebrada(request: HttpRequest, sesion: Sesion) -> None:
    """Tampoco hubo quórum en segunda convocatoria."""
    sesion.dar_por_no_celebrada(request.user)


@accion("asistencia", contexto)
def rectificar(request: HttpRequest, sesion: Sesion) -> None:
    """Vuelve a abrir la lista por un error, antes de cualquier votación."""
    forma = FormaMotivo(request.POST)
    with forma.ejecutar() as datos:
        rectificar_lista(sesion, request.user, motivo=datos["motivo"])


@accion("asistencia", contexto)
def llegada(request: HttpRequest, sesion: Sesion) -> None:
    """Alguien se incorpora; cuenta desde el punto elegido."""
    forma = FormaLlegada(sesion, opciones_de_llegada(sesion), request.POST)
    with forma.ejecutar() as datos:
        asiento, ocupante = forma.ocupante()
        Asistencia.incorporar(sesion, asiento, ocupante, hora=datos["hora"], punto=datos["punto"])


@accion("asistencia", contexto)
def salida(request: HttpRequest, sesion: Sesion) -> None:
    """Alguien se retira; deja de contar desde el punto elegido."""
    forma = FormaSalida(sesion, request.POST)
    with forma.ejecutar() as datos:
        datos["asistencia"].retirar(hora=datos["hora"], punto=datos["punto"])


def movimiento_de(sesion: Sesion, pk: int) -> Movimiento:
    """La llegada o salida, si es de la sesión."""
    return get_object_or_404(Movimiento.objects.de_la_sesion(sesion), pk=pk)


def contexto_movimiento(request: HttpRequest, sesion: Sesion, movimiento: int) -> dict[str, Any]:
    """Lo anotado y el formulario para corregirlo."""
    fila = movimiento_de(sesion, movimiento)
    inicial = {"hora": fila.hora, "punto": fila.punto_id}
    return {"movimiento": fila, "forma_movimiento": FormaMovimiento(sesion, initial=inicial)}


def movimiento(request: HttpRequest, organo: str, sesion: str, movimiento: int) -> HttpResponse:
    """Formulario para corregir la hora o el punto de una llegada o salida."""
    if request.method == "POST":
        return _corregir_movimiento(request, organo=organo, sesion=sesion, movimiento=movimiento)
    fila = sesion_o_404(request, organo, sesion, conducir=True)
    return pintar(request, fila, "movimiento", contexto_movimiento(request, fila, movimiento))


@accion("movimiento", contexto_movimiento)
def _corregir_movimiento(request: HttpRequest, sesion: Sesion, movimiento: int) -> str:
    fila = movimiento_de(sesion, movimiento)
    forma = FormaMovimiento(sesion, request.POST)
    with forma.ejecutar() as datos:
        fila.corregir(request.user, hora=datos["hora"], punto=datos["punto"])
    return f"{sesion.paso_url('asistencia')}#t-mov"


@accion("asistencia", contexto)
def quitar_movimiento(request: HttpRequest, sesion: Sesion, movimiento: int) -> None:
    """Borra una llegada o salida anotada por error."""
    movimiento_de(sesion, movimiento).quitar(request.user)
