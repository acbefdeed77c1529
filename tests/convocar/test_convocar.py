"""A quién se convoca, qué recibe y qué queda escrito."""

import datetime as dt
from email.message import Message

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage as Correo
from django.db import transaction
from icalendar import Calendar
from pytest_django import DjangoCaptureOnCommitCallbacks

from sesiones import convocar
from sesiones import models as m
from sesiones.estados import EstadoSesion, TipoSuplencia
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.transiciones import TransicionInvalida
from tests.fabricas import crear_punto, crear_sesion, crear_suplencia
from tests.personas import Reparto, crear_reparto

from .conftest import LUNES, MARTES, MEXICO

TITULARES = [
    "presidencia.prueba@prueba.example",
    "poder.prueba@prueba.example",
    "academia.prueba@prueba.example",
    "civil.prueba@prueba.example",
    "facilitadora.prueba@prueba.example",
]


def cita(correo: Correo) -> Message:
    """La parte de calendario del correo tal como viaja."""
    mensaje = correo.message()
    return next(p for p in mensaje.walk() if p.get_content_type() == "text/calendar")


def evento(correo: Correo) -> dict[str, str]:
    """Lo que el calendario dice, ya leído por un lector de iCalendar."""
    contenido = cita(correo).get_payload(decode=True)
    assert isinstance(contenido, bytes)
    leido = Calendar.from_ical(contenido)
    vevento = leido.events[0]
    campos = ("UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "URL", "ORGANIZER", "ATTENDEE")
    datos = {campo: str(vevento[campo]) for campo in campos}
    inicio = vevento["DTSTART"]
    return datos | {
        "METHOD": str(leido["METHOD"]),
        "DTSTART": f"{vevento.start:%Y%m%dT%H%M%S}",
        "TZID": inicio.params["TZID"],
        "zonas": ",".join(zona.tz_name for zona in leido.timezones),
    }


def test_convocar_avisa_a_cada_titular_y_suplente_con_su_cita(
    reparto: Reparto,
    sesion: m.Sesion,
    por: object,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    suplente = crear_suplencia(reparto, "poder")
    m.Persona.objects.filter(pk=suplente.persona_id).update(correo="Fabio@Prueba.example")

    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, LUNES)

    presidencia, poder, *resto = TITULARES
    assert [c.to for c in mailoutbox] == [[x] for x in (presidencia, poder, "fabio@prueba.example", *resto)]
    assert {c.subject for c in mailoutbox} == {
        "Convocatoria: I Sesión Ordinaria, 18/03/2026, 10:00 h · Secretariado"
    }
    assert cita(mailoutbox[0])["Content-Type"] == 'text/calendar; method="REQUEST"; charset="utf-8"'
    assert evento(mailoutbox[2]) == {
        "METHOD": "REQUEST",
        "UID": f"sesion-{sesion.pk}@127.0.0.1",
        "SEQUENCE": "0",
        "STATUS": "CONFIRMED",
        "SUMMARY": "I Sesión Ordinaria, Secretariado Técnico de Prueba prueba",
        "LOCATION": "Sala de prueba",
        "URL": f"http://127.0.0.1:8000{sesion.get_absolute_url()}",
        "ORGANIZER": "mailto:portal@localhost",
        "ATTENDEE": "mailto:fabio@prueba.example",
        "DTSTART": "20260318T100000",
        "TZID": "America/Mexico_City",
        "zonas": "America/Mexico_City",
    }
    sesion.refresh_from_db()
    assert sesion.estado == EstadoSesion.CONVOCADA
    assert [(h.verbo, h.por, h.cuando) for h in sesion.historia.all()][-1] == ("convocar", por, LUNES)


def test_el_cuerpo_dice_todo_y_su_liga_abre(
    sesion: m.Sesion,
    por: object,
    mailoutbox: list[Correo],
    client: object,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, LUNES)

    assert mailoutbox[0].body == (
        "Mtra. Ana Ruiz Peña\n"
        "Titular, Instituto de Prueba prueba\n"
        "\n"
        "Se te convoca a la I Sesión Ordinaria del Secretariado Técnico de Prueba prueba.\n"
        "\n"
        "Fecha: miércoles 18 de marzo de 2026\n"
        "Hora: 10:00 h, tiempo del centro de México\n"
        "Modalidad: Presencial\n"
        "Sede o plataforma: Sala de prueba\n"
        "Liga para conectarse: https://reunion.example/abc\n"
        "\n"
        "Orden del día\n"
        "I Pase de lista\n"
        "II Informe de avances\n"
        "\n"
        f"La sesión, en el portal: http://127.0.0.1:8000{sesion.get_absolute_url()}\n"
        "\n"
        "La cita para tu calendario y la convocatoria en PDF van adjuntas.\n"
        "Si acudirá otra persona en tu lugar, envía antes el oficio que la designa.\n"
        "\n"
        "Secretariado Técnico de Prueba prueba\n"
    )


def test_una_cita_no_revela_los_correos_de_las_demas(
    sesion: m.Sesion,
    por: object,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, LUNES)

    for correo in mailoutbox:
        entero = correo.message().as_bytes() + bytes(cita(correo).get_payload(decode=True) or b"")
        assert [x for x in TITULARES if x.encode() in entero] == correo.to


def test_enmendar_conserva_el_uid_sube_la_secuencia_y_deja_rastro(
    sesion: m.Sesion,
    por: object,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        primera = convocar.convocar(sesion, por, LUNES)
    antes = evento(mailoutbox[0])
    mailoutbox.clear()
    sesion.corregir_datos(sesion.version, por=por, hora=dt.time(12, 30), lugar="Auditorio")
    crear_punto(sesion, "Nombramiento de comisión")

    with django_capture_on_commit_callbacks(execute=True):
        segunda = convocar.convocar(sesion, por, MARTES, motivo="Se ocupó la sala")

    ahora = evento(mailoutbox[0])
    cambiaron = {campo: (antes[campo], ahora[campo]) for campo in antes if antes[campo] != ahora[campo]}
    assert cambiaron == {
        "SEQUENCE": ("0", "1"),
        "DTSTART": ("20260318T100000", "20260318T123000"),
        "LOCATION": ("Sala de prueba", "Auditorio"),
    }
    assert len(mailoutbox) == len(TITULARES)
    assert convocar.cambios(primera, segunda) == [
        "Hora: 10:00 h → 12:30 h",
        "Sede: Sala de prueba → Auditorio",
        "Se agregó el punto III «Nombramiento de comisión»",
    ]
    primera.refresh_from_db()
    assert (primera.contenido["hora"], primera.secuencia, primera.motivo) == ("10:00", 0, "")
    assert (segunda.contenido["hora"], segunda.secuencia, segunda.motivo) == ("12:30", 1, "Se ocupó la sala")
    assert "  - Hora: 10:00 h → 12:30 h\n" in mailoutbox[0].body
    assert "Motivo: Se ocupó la sala\n" in mailoutbox[0].body


def test_cancelar_quita_la_cita_a_quienes_la_recibieron(
    sesion: m.Sesion,
    por: object,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, LUNES)
    antes = evento(mailoutbox[0])
    mailoutbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        convocar.cancelar(sesion, por, MARTES, motivo="Falta de materia")

    ahora = evento(mailoutbox[0])
    assert {c: ahora[c] for c in ahora if ahora[c] != antes[c]} == {
        "METHOD": "CANCEL",
        "STATUS": "CANCELLED",
        "SEQUENCE": "1",
    }
    assert [c.to for c in mailoutbox] == [[x] for x in TITULARES]
    assert mailoutbox[0].subject == "Se cancela: I Sesión Ordinaria · Secretariado"
    assert "Motivo: Falta de materia\n" in mailoutbox[0].body
    sesion.refresh_from_db()
    assert sesion.estado == EstadoSesion.CANCELADA


def test_cancelar_lo_que_nunca_se_convoco_no_avisa_a_nadie(sesion: m.Sesion, por: object) -> None:
    convocar.cancelar(sesion, por, LUNES, motivo="Se duplicó")
    assert list(Aviso.objects.all()) == []


def test_quien_deja_su_lugar_recibe_la_baja_y_quien_llega_la_convocatoria(
    reparto: Reparto,
    sesion: m.Sesion,
    por: object,
    mailoutbox: list[Correo],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, LUNES)
    mailoutbox.clear()
    reparto.asientos["civil"].nombramientos.update(vigente_hasta=MARTES.date())
    nueva = m.Persona.objects.create(nombre="Gil Paz", correo="gil@prueba.example")
    m.Nombramiento.objects.create(
        asiento=reparto.asientos["civil"], persona=nueva, cargo="Titular", vigente_desde=dt.date(2026, 3, 11)
    )

    with django_capture_on_commit_callbacks(execute=True):
        convocar.convocar(sesion, por, MARTES, motivo="Cambio de titular")

    por_persona = {c.to[0]: evento(c) for c in mailoutbox}
    assert sorted(por_persona) == sorted([*TITULARES, "gil@prueba.example"])
    assert por_persona["civil.prueba@prueba.example"]["METHOD"] == "CANCEL"
    assert por_persona["gil@prueba.example"]["METHOD"] == "REQUEST"
    assert por_persona["gil@prueba.example"]["SEQUENCE"] == "1"


def test_la_suplencia_de_otra_sesion_o_vencida_no_se_convoca(
    reparto: Reparto, sesion: m.Sesion, por: object
) -> None:
    otra = crear_sesion(reparto, fecha=dt.date(2026, 4, 15))
    vencida = crear_suplencia(reparto, "poder", vigente_hasta=dt.date(2026, 3, 17), nombre="Venció Ayer")
    ajena = crear_suplencia(
        reparto, "academia", nombre="De Otra", folio="PRU-2", tipo=TipoSuplencia.POR_SESION, sesion=otra
    )
    propia = crear_suplencia(
        reparto, "civil", nombre="De Esta", folio="PRU-3", tipo=TipoSuplencia.POR_SESION, sesion=sesion
    )
    for suplencia in (vencida, ajena, propia):
        correo = f"{suplencia.pk}@prueba.example"
        m.Persona.objects.filter(pk=suplencia.persona_id).update(correo=correo)

    convocar.convocar(sesion, por, LUNES)

    avisados = set(Aviso.objects.values_list("para", flat=True)) - set(TITULARES)
    assert avisados == {f"{propia.pk}@prueba.example"}


def test_los_dias_de_aviso_de_la_regla_en_vigor_constan_sin_impedir(
    reparto: Reparto, sesion: m.Sesion, por: object
) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(aviso_ordinaria=10, aviso_habiles=True)
    fila = convocar.convocar(sesion, por, LUNES)
    cumplida = convocar.faltantes.aviso_de_plazo(sesion, dt.date(2026, 2, 2))
    assert fila.aviso == convocar.faltantes.aviso_de_plazo(sesion, LUNES.date())
    assert fila.aviso != cumplida
    assert "10" in fila.aviso


def test_sin_orden_del_dia_o_ya_pasada_no_se_convoca(reparto: Reparto, por: object) -> None:
    vacia = crear_sesion(reparto)
    despues = dt.datetime(2026, 3, 18, 10, 1, tzinfo=MEXICO)
    with pytest.raises(ValidationError) as error:
        convocar.convocar(vacia, por, despues)
    assert error.value.messages == [
        "El orden del día está vacío.",
        "La fecha y hora de la sesión ya pasaron: corrígelas antes de convocar.",
    ]
    assert list(vacia.convocatorias.all()) == []


def test_enmendar_exige_motivo_y_cambios(sesion: m.Sesion, por: object) -> None:
    convocar.convocar(sesion, por, LUNES)
    with pytest.raises(ValidationError, match="Escribe qué cambió y por qué"):
        convocar.convocar(sesion, por, MARTES, motivo="  ")
    with pytest.raises(ValidationError, match="Nada cambió desde la última convocatoria"):
        convocar.convocar(sesion, por, MARTES, motivo="Por si acaso")
    assert sesion.convocatorias.count() == 1


def test_una_sesion_en_curso_ya_no_se_convoca(sesion: m.Sesion, por: object) -> None:
    m.Sesion.objects.filter(pk=sesion.pk).update(estado=EstadoSesion.EN_CURSO)
    sesion.refresh_from_db()
    with pytest.raises(TransicionInvalida, match="convocar la sesión"):
        convocar.convocar(sesion, por, LUNES)


@pytest.mark.django_db(transaction=True)
def test_si_el_acto_se_deshace_no_sale_ni_queda_ningun_aviso(mailoutbox: list[Correo]) -> None:
    reparto = crear_reparto()
    sesion = crear_sesion(reparto)
    crear_punto(sesion)
    with transaction.atomic():
        convocar.convocar(sesion, reparto.cuentas["facilitadora"], LUNES)
        assert Aviso.objects.count() == 5
        transaction.set_rollback(True)
    sesion.refresh_from_db()
    quedo = (sesion.estado, sesion.convocatorias.count(), Aviso.objects.count(), mailoutbox)
    assert quedo == (EstadoSesion.PROGRAMADA, 0, 0, [])


def test_sin_correo_se_dice_y_los_demas_salen(reparto: Reparto, sesion: m.Sesion, por: object) -> None:
    m.Persona.objects.filter(pk=reparto.personas["academia"].pk).update(correo="")
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(
        correo=""
    )  # tiene cuenta: se usa su correo
    convocar.convocar(sesion, por, LUNES)
    assert [c.nombre for c in convocar.invitar.sin_correo(sesion)] == ["Dra. Celia Mora Díaz"]
    assert (
        Aviso.objects.filter(para="integrante.prueba@prueba.example", estado=EstadoAviso.PENDIENTE).count()
        == 1
    )
    assert Aviso.objects.count() == 4
