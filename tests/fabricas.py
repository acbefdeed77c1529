"""Fábricas llanas: `crear_x(reparto, **cambios)` devuelve una fila lista, hecha con los verbos del modelo."""

import datetime as dt
from typing import Any

from django.utils import timezone

from sesiones import models as m
from sesiones.convocar import contenido_de
from sesiones.estados import EstadoAsistencia, SentidoVoto, TipoSesion, TipoSuplencia
from sesiones.models.votaciones import padron
from tests.personas import DESDE, DIA, Reparto

HORA = dt.time(10, 0)
PRESENTES = ("presidencia", "poder", "academia", "civil", "facilitadora")


def crear_sesion(reparto: Reparto, **cambios: Any) -> m.Sesion:
    """Una sesión ordinaria programada, con los cambios que pida la prueba."""
    datos: dict[str, Any] = {
        "tipo": TipoSesion.ORDINARIA,
        "fecha": DIA,
        "hora": HORA,
        "lugar": "Sala de prueba",
    }
    return m.Sesion.programar(reparto.organo, por=reparto.cuentas["facilitadora"], **datos | cambios)


def crear_punto(sesion: m.Sesion, titulo: str = "Asunto de prueba", **cambios: Any) -> m.Punto:
    """Un punto al final del orden del día."""
    return m.Punto.agregar(sesion, titulo, **cambios)


def avisar(sesion: m.Sesion) -> None:
    """La deja convocada, con su convocatoria tal como queda escrita pero sin componer el PDF."""
    sesion.convocatorias.create(emitida_el=timezone.now(), contenido=contenido_de(sesion))
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="convocada")


def pasar_lista(reparto: Reparto, sesion: m.Sesion, presentes: tuple[str, ...] = PRESENTES) -> None:
    """Anota presentes a los titulares nombrados y ausentes a los demás con titular."""
    for nombre, asiento in reparto.asientos.items():
        if nombre in reparto.personas:
            estado = EstadoAsistencia.PRESENTE if nombre in presentes else EstadoAsistencia.AUSENTE
            m.Asistencia.pasar_lista(sesion, asiento, estado)


def crear_en_curso(reparto: Reparto, puntos: int = 1, **cambios: Any) -> m.Sesion:
    """Una sesión con puntos, lista completa y quórum declarado a las diez."""
    sesion = crear_sesion(reparto, **cambios)
    for numero in range(1, puntos + 1):
        crear_punto(sesion, f"Asunto de prueba {numero}")
    pasar_lista(reparto, sesion)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    sesion.refresh_from_db()
    return sesion


def votos(punto: m.Punto, reparto: Reparto, **sentidos: str) -> dict[int, str]:
    """Voto nominal de todo el padrón del punto: lo dicho por asiento; los demás, presentes sin votar."""
    dichos = {reparto.asientos[nombre].pk: sentido for nombre, sentido in sentidos.items()}
    del_padron = [v.asiento_id for v in padron(punto) if v.asiento_id]
    return {asiento: dichos.get(asiento, SentidoVoto.NO_VOTO) for asiento in del_padron}


def crear_suplencia(reparto: Reparto, asiento: str = "poder", **cambios: Any) -> m.Suplencia:
    """Una suplencia permanente con su oficio."""
    oficio = m.Oficio.objects.create(
        organo=reparto.organo,
        folio=cambios.pop("folio", "PRU-001/2025"),
        asunto="Designación de suplencia",
        remitente="Titular de prueba",
    )
    persona = m.Persona.objects.create(nombre=cambios.pop("nombre", "Fabio Nava Gil"), tratamiento="Lic.")
    datos: dict[str, Any] = {
        "asiento": reparto.asientos[asiento],
        "persona": persona,
        "cargo": "Suplente de prueba",
        "oficio": oficio,
        "tipo": TipoSuplencia.PERMANENTE,
        "vigente_desde": DESDE,
    }
    fila = m.Suplencia(**datos | cambios)
    fila.full_clean()
    fila.save()
    return fila
