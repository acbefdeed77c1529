"""Una sesión concluida con un caso de cada cosa, y alrededor todo lo que podría fugarse."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sesiones import models as m
from sesiones.estados import Calidad, EstadoAsistencia, SentidoVoto, TipoSuplencia
from sesiones.votos import Conteo
from stl_portal.datos.registro import CONJUNTOS
from tests import fabricas
from tests.personas import DIA, Reparto

SESIONES = ("organos", "integrantes", "sesiones", "asistencias", "votaciones", "votos", "acuerdos")
SECRETOS = (
    "Sede secreta",
    "liga-secreta.example",
    "Invitada Sigilosa",
    "Acompañante Sigiloso",
    "Motivo reservado",
    "Acuerdo todavía reservado",
    "Suplente Sigiloso",
    "Titular Ausente",
    "Nota que aún no se dice",
    "Punto secreto",
    "Desahogo reservado",
    "@prueba.example",
    "Motivo del fin",
    "Nota sobre fechas",
    "Titular Por Venir",
    "Suplente Por Venir",
    "Institución Por Venir",
)


@dataclass
class Concluida:
    """La sesión y sus filas, por su nombre."""

    sesion: m.Sesion
    suplencia: m.Suplencia
    nominal: m.Votacion
    conteo: m.Votacion
    acuerdo: m.Acuerdo


def concluida(reparto: Reparto) -> Concluida:
    """Presidió quien suple solo esa vez; academia faltó, civil con permiso y la cámara está vacante."""
    sesion = fabricas.crear_sesion(reparto, liga="https://liga-secreta.example/1")
    punto, otro = fabricas.crear_punto(sesion), fabricas.crear_punto(sesion, "Otro asunto")
    fabricas.pasar_lista(reparto, sesion, ("presidencia", "poder", "academia", "civil", "facilitadora"))
    m.Asistencia.pasar_lista(sesion, reparto.asientos["vacante"], EstadoAsistencia.AUSENTE)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=fabricas.HORA)
    nominal = m.Votacion.registrar(
        punto,
        asunto="Lo nominal",
        forma="nominal",
        nominal=fabricas.votos(
            punto,
            reparto,
            presidencia=SentidoVoto.A_FAVOR,
            poder=SentidoVoto.A_FAVOR,
            academia=SentidoVoto.ABSTENCION,
            civil=SentidoVoto.AUSENTE,
        ),
    )
    acuerdo = m.Acuerdo.agregar(
        punto,
        texto="Se **difunde** el plan.",
        responsable="La mesa",
        plazo=("en dos semanas", dt.date(2026, 3, 31)),
        responsable_asiento=reparto.asientos["poder"],
    )
    conteo = m.Votacion.registrar(
        otro, asunto="Lo contado", forma="conteo", conteo=Conteo(2, 1, 0), acuerdo=acuerdo
    )
    suplencia = _suplencia_de_una_sesion(reparto, sesion)
    _ausencias(reparto, sesion)
    _lo_que_no_se_publica(reparto, sesion)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida", inicio=dt.time(10, 5))
    sesion.refresh_from_db()
    return Concluida(sesion, suplencia, nominal, conteo, acuerdo)


def _suplencia_de_una_sesion(reparto: Reparto, sesion: m.Sesion) -> m.Suplencia:
    suplencia = fabricas.crear_suplencia(
        reparto,
        "presidencia",
        tipo=TipoSuplencia.POR_SESION,
        sesion=sesion,
        motivo_fin="Motivo del fin",
        nota="Nota sobre fechas",
    )
    suya = sesion.asistencias.filter(asiento=reparto.asientos["presidencia"])
    suya.update(
        persona=suplencia.persona,
        nombre="Fabio Nava Gil",
        tratamiento="Lic.",
        calidad=Calidad.SUPLENTE,
        suplencia=suplencia,
        oficio="PRU-001/2025",
    )
    return suplencia


def _ausencias(reparto: Reparto, sesion: m.Sesion) -> None:
    suyas = sesion.asistencias
    falta = {"nombre": "Titular Ausente", "motivo": "Motivo reservado"}
    suyas.filter(asiento=reparto.asientos["academia"]).update(estado=EstadoAsistencia.AUSENTE, **falta)
    suyas.filter(asiento=reparto.asientos["civil"]).update(estado=EstadoAsistencia.JUSTIFICADA, **falta)


def _lo_que_no_se_publica(reparto: Reparto, sesion: m.Sesion) -> None:
    """Quien asistió sin asiento, el desahogo, una suplencia para una sesión que aún no es y lo que viene."""
    lo_que_viene(reparto, dt.date(2099, 1, 1))
    m.Asistencia.objects.create(
        sesion=sesion, nombre="Invitada Sigilosa", calidad=Calidad.INVITADA, ocupa_asiento=False
    )
    m.Asistencia.objects.create(
        sesion=sesion,
        nombre="Acompañante Sigiloso",
        asiento=reparto.asientos["poder"],
        institucion="Poder de Prueba prueba",
        ocupa_asiento=False,
    )
    m.Punto.objects.filter(sesion=sesion).update(desahogo="Desahogo reservado")
    futura = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7), lugar="Sede secreta")
    fabricas.crear_punto(futura, "Punto secreto")
    fabricas.crear_suplencia(
        reparto,
        folio="PRU-9",
        nombre="Suplente Sigiloso",
        tipo=TipoSuplencia.POR_SESION,
        sesion=futura,
    )


def lo_que_viene(reparto: Reparto, desde: dt.date) -> None:
    """Un titular, un suplente y un asiento con su titular, que todavía no empiezan."""
    suya = fabricas.crear_suplencia(reparto, folio="PRU-10", nombre="Suplente Por Venir")
    m.Suplencia.objects.filter(pk=suya.pk).update(vigente_desde=desde)
    persona = m.Persona.objects.create(nombre="Titular Por Venir")
    institucion, _ = m.Institucion.objects.get_or_create(nombre="Institución Por Venir")
    asiento = m.Asiento.objects.create(
        organo=reparto.organo, institucion=institucion, vigente_desde=desde, orden=99
    )
    otros = {"persona": persona, "cargo": "Cargo que viene"}
    m.Nombramiento.objects.create(asiento=asiento, **otros)
    m.Nombramiento.objects.create(asiento=reparto.asientos["vacante"], vigente_desde=desde, **otros)


def publicar_acta(sesion: m.Sesion) -> m.Acta:
    """Deja publicada el acta, con lo único que los conjuntos miran de ella."""
    acta = m.Acta.de(sesion)
    m.Acta.objects.filter(pk=acta.pk).update(estado="publicada")
    return acta


def dar_seguimiento(acuerdo: m.Acuerdo) -> None:
    """Dos renglones que se leen y uno que se dará en una sesión que aún no es."""
    acuerdo.dar_seguimiento("en_proceso", "Va *bien*.", por=None, fecha=DIA)
    acuerdo.dar_seguimiento("cumplido", "Ya se difundió.", por=None, fecha=DIA + dt.timedelta(days=9))
    futura = m.Sesion.objects.get(lugar="Sede secreta")
    tarde = DIA + dt.timedelta(days=30)
    acuerdo.dar_seguimiento("sin_efecto", "Nota que aún no se dice", por=None, fecha=tarde, sesion=futura)


def filas(clave: str) -> list[dict[str, Any]]:
    """Las del conjunto, por el nombre de sus columnas."""
    conjunto = CONJUNTOS[clave]
    return [dict(zip(conjunto.nombres, fila, strict=True)) for fila in conjunto.todas()]


def solo(leidas: list[dict[str, Any]], *columnas: str) -> list[tuple[Any, ...]]:
    """De cada fila, esas columnas."""
    return [tuple(fila[columna] for columna in columnas) for fila in leidas]
