"""Quién ve los avisos de una sesión, qué muestran y quién los reintenta."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from sesiones import convocar, invitar
from sesiones import models as m
from stl_portal.avisos.models import Adjunto, Aviso, EstadoAviso
from stl_portal.cuentas.models import Usuario
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import Reparto, crear_reparto

LUNES = dt.datetime(2026, 3, 9, 9, 0, tzinfo=ZoneInfo("America/Mexico_City"))


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Una sesión por convocar, con un punto."""
    fila = crear_sesion(reparto)
    crear_punto(fila, "Informe <b>de</b> avances")
    return fila


@pytest.fixture
def convocada(reparto: Reparto, sesion: m.Sesion) -> m.Sesion:
    """La misma, ya convocada."""
    convocar.convocar(sesion, reparto.cuentas["facilitadora"], LUNES)
    return sesion


def url(sesion: m.Sesion, resto: str = "") -> str:
    """Dirección de los avisos de la sesión."""
    return f"/avisos/sesion/{sesion.pk}/{resto}"


def test_la_vista_previa_muestra_los_correos_sin_enviar_nada(
    client: Client, reparto: Reparto, sesion: m.Sesion
) -> None:
    m.Persona.objects.filter(pk=reparto.personas["academia"].pk).update(correo="")
    client.force_login(reparto.cuentas["facilitadora"])
    pagina = client.get(url(sesion)).content.decode()
    assert "Sin correo registrado: avísales por otro medio" in pagina
    assert "Dra. Celia Mora Díaz" in pagina
    assert "<strong>Convocatoria: I Sesión Ordinaria, 18/03/2026, 10:00 h · Secretariado</strong>" in pagina
    assert "presidencia.prueba@prueba.example" in pagina
    assert "I Informe &lt;b&gt;de&lt;/b&gt; avances" in pagina
    assert (list(Aviso.objects.all()), mail.outbox) == ([], [])


def test_despues_de_convocar_muestra_lo_enviado_y_la_enmienda_por_salir(
    client: Client, reparto: Reparto, convocada: m.Sesion
) -> None:
    por = reparto.cuentas["facilitadora"]
    client.force_login(por)
    assert "Lo que se enviaría ahora" not in client.get(url(convocada)).content.decode()
    convocada.corregir_datos(convocada.version, por=por, lugar="Auditorio")
    pagina = client.get(url(convocada)).content.decode()
    assert "Lo que se enviaría ahora" in pagina
    assert "- Sede: Sala de prueba → Auditorio" in pagina
    assert "Motivo: (el que escribas al emitir la enmienda)" in pagina


@pytest.mark.parametrize(
    ("papel", "codigo"),
    [("facilitadora", 200), ("colega", 200), ("auditora", 200), ("integrante", 200), ("extrana", 404)],
)
def test_solo_la_ve_quien_lee_la_mesa(
    client: Client, reparto: Reparto, convocada: m.Sesion, papel: str, codigo: int
) -> None:
    client.force_login(reparto.cuentas[papel])
    assert client.get(url(convocada)).status_code == codigo


@pytest.mark.parametrize(
    ("papel", "todos"),
    [("facilitadora", True), ("colega", True), ("auditora", False), ("integrante", False)],
)
def test_a_quien_se_aviso_solo_lo_ve_quien_conduce(
    client: Client, reparto: Reparto, convocada: m.Sesion, papel: str, todos: bool
) -> None:
    cuenta = reparto.cuentas[papel]
    motivo = f"sesion:{convocada.pk}:convocatoria:0"
    Aviso.objects.update_or_create(motivo=motivo, para=_correo(cuenta), defaults={"cuerpo": "Es tuyo."})
    ajeno = Adjunto.objects.exclude(aviso__para=_correo(cuenta)).order_by("pk")[0]
    client.force_login(cuenta)
    texto = client.get(url(convocada)).content.decode()
    assert "Es tuyo." in texto
    nombres = set(Aviso.objects.exclude(para=_correo(cuenta)).values_list("para", flat=True))
    assert {nombre for nombre in nombres if nombre in texto} == (nombres if todos else set())
    respuesta = client.get(url(convocada, f"adjunto/{ajeno.pk}/"))
    assert respuesta.status_code == (200 if todos else 404)


def _correo(cuenta: Usuario) -> str:
    """A dónde se le escribe a la cuenta."""
    persona = m.Persona.objects.filter(usuario=cuenta).first()
    return persona.correo if persona and persona.correo else cuenta.email


def test_antes_de_emitir_quien_no_conduce_no_ve_el_borrador(
    client: Client, reparto: Reparto, sesion: m.Sesion
) -> None:
    client.force_login(reparto.cuentas["integrante"])
    texto = client.get(url(sesion)).content.decode()
    assert "No se te ha avisado de nada" in texto
    assert "Lo que se enviaría ahora" not in texto
    propio = _correo(reparto.cuentas["integrante"])
    correos = {c.correo for c in invitar.convocadas(sesion)} - {propio}
    assert len(correos) > 1
    assert {correo for correo in correos if correo in texto} == set()


def test_lo_de_otro_organo_no_existe(client: Client, reparto: Reparto, convocada: m.Sesion) -> None:
    otro = crear_reparto("otro")
    ajena = crear_sesion(otro)
    adjunto = Adjunto.objects.order_by("pk")[0]
    client.force_login(otro.cuentas["facilitadora"])
    direcciones = [
        url(convocada),
        url(ajena, f"adjunto/{adjunto.pk}/"),  # la puerta es suya, el adjunto no
        "/avisos/sesion/999999/",
        "/avisos/sesion/nada/",
        f"/avisos/otra-cosa/{convocada.pk}/",
    ]
    assert [client.get(d).status_code for d in direcciones] == [404] * 5


def test_sin_entrar_se_pide_entrar(client: Client, convocada: m.Sesion) -> None:
    respuesta = client.get(url(convocada))
    assert (respuesta.status_code, respuesta["Location"]) == (302, f"/entrar/?next={url(convocada)}")


def test_reintentar_le_toca_a_quien_conduce(
    client: Client, reparto: Reparto, convocada: m.Sesion, settings: Settings
) -> None:
    Aviso.objects.filter(para__startswith="civil").update(
        estado=EstadoAviso.FALLIDO, error="buzón lleno", intentos=6
    )
    client.force_login(reparto.cuentas["auditora"])
    assert client.post(url(convocada, "reintentar/")).status_code == 403
    assert Aviso.objects.get(para__startswith="civil").estado == EstadoAviso.FALLIDO
    client.force_login(reparto.cuentas["colega"])
    assert "buzón lleno" in client.get(url(convocada)).content.decode()
    assert client.post(url(convocada, "reintentar/")).status_code == 302
    assert Aviso.objects.get(para__startswith="civil").estado == EstadoAviso.PENDIENTE


def test_lo_que_no_salio_aparece_en_mi_portal_de_quien_conduce(
    client: Client, reparto: Reparto, convocada: m.Sesion
) -> None:
    papeles = ("facilitadora", "colega", "auditora", "extrana")
    assert [_en_mi_portal(client, reparto, papel, convocada) for papel in papeles] == [False] * 4
    Aviso.objects.filter(para__startswith="civil").update(error="buzón lleno")
    assert [_en_mi_portal(client, reparto, papel, convocada) for papel in papeles] == [
        True,
        True,
        False,
        False,
    ]
    Aviso.objects.filter(para__startswith="civil").update(estado=EstadoAviso.ENVIADO)
    assert not _en_mi_portal(client, reparto, "facilitadora", convocada)


def _en_mi_portal(client: Client, reparto: Reparto, papel: str, sesion: m.Sesion) -> bool:
    """Si su portal dice que hay un correo sin entregar y lleva a verlo."""
    client.force_login(reparto.cuentas[papel])
    pagina = client.get("/mi/").content.decode()
    assert ("1 sin entregar" in pagina) == (f'href="{url(sesion)}"' in pagina)
    return "1 sin entregar" in pagina


def test_el_adjunto_se_descarga_como_viajo(client: Client, reparto: Reparto, convocada: m.Sesion) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    cita = Adjunto.objects.filter(nombre="sesion.ics").order_by("pk")[0]
    respuesta = client.get(url(convocada, f"adjunto/{cita.pk}/"))
    assert respuesta.content == bytes(cita.contenido)
    assert respuesta["Content-Type"] == "text/calendar; method=REQUEST; charset=utf-8"
    assert respuesta["Content-Disposition"] == 'attachment; filename="sesion.ics"'
    assert respuesta["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_muchas_personas_no_piden_mas_consultas(
    client: Client, reparto: Reparto, convocada: m.Sesion, django_assert_num_queries: object
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    pocas = _consultas(client, convocada)
    avisos = [
        Aviso(
            motivo=f"sesion:{convocada.pk}:convocatoria:0", para=f"{n}@prueba.example", asunto="x", cuerpo="x"
        )
        for n in range(30)
    ]
    Aviso.objects.bulk_create(avisos)
    assert _consultas(client, convocada) == pocas


def _consultas(client: Client, sesion: m.Sesion) -> int:
    """Cuántas consultas pide la página."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as consultas:
        assert client.get(url(sesion)).status_code == 200
    return len(consultas)
