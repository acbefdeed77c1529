"""Cada quien elige cómo le llega cada correo; se decide al enviar y nada se pierde ni se repite."""

import datetime as dt
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin import AdminSite
from django.contrib.messages.storage.cookie import CookieStorage
from django.core import mail
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from sesiones.mensajes.de_actas import PEDIR_FIRMA, PUBLICADA, RESPUESTAS
from sesiones.models import Persona
from stl_portal.avisos import clases, envio, preferencias, resumenes
from stl_portal.avisos.admin import Avisos
from stl_portal.avisos.envio import Anexado, Mensaje
from stl_portal.avisos.models import Aviso, EstadoAviso, Modo, Preferencia
from stl_portal.cuentas.models import Usuario

pytestmark = pytest.mark.django_db
ANA, BETO = "ana@prueba.example", "beto@prueba.example"
MEXICO = ZoneInfo("America/Mexico_City")
MARTES = dt.datetime(2026, 3, 10, 8, 30, tzinfo=MEXICO)  # ya dieron las 8


@pytest.fixture
def ana() -> Usuario:
    """Una cuenta cualquiera."""
    return Usuario.objects.create_user(ANA, nombre="Ana Ruiz")


def escribir(clase: clases.Clase, motivo: str, para: str = ANA, *anexados: Anexado) -> Aviso:
    """Encola uno y le toca su turno."""
    (aviso,) = envio.encolar(
        clase, motivo, [Mensaje(para, f"Asunto {motivo}", f"Texto {motivo}.\n", "Ana", anexados)]
    )
    envio.enviar()
    aviso.refresh_from_db()
    return aviso


def escritos_el(cuando: dt.datetime) -> None:
    """Como si se hubieran escrito entonces."""
    Aviso.objects.update(creado_el=cuando)


def estados() -> dict[str, str]:
    return dict(Aviso.objects.values_list("motivo", "estado"))


def test_sin_elegir_sale_enseguida_y_lo_obligatorio_aunque_se_fuerce(ana: Usuario) -> None:
    Preferencia.objects.create(usuario=ana, clase=PEDIR_FIRMA.clave, modo=Modo.NO)  # no por la página
    escribir(PUBLICADA, "uno")
    escribir(PEDIR_FIRMA, "dos")
    assert estados() == {"uno": "enviado", "dos": "enviado"}
    elegible, obligatorio = mail.outbox
    assert elegible.body.endswith("Elige cómo recibes estos correos: http://127.0.0.1:8000/mi/avisos/\n")
    assert "/mi/avisos/" not in obligatorio.body
    partes = {p.get_content_type(): p.get_payload(decode=True) for p in elegible.message().walk()}
    assert list(partes) == ["multipart/alternative", "text/plain", "text/html"]
    assert b"/mi/avisos/" in bytes(partes["text/html"])


def test_vale_lo_elegido_al_enviar_y_en_un_buzon_de_dos_gana_quien_quiere_mas(ana: Usuario) -> None:
    """También si el correo no es el de la cuenta sino el que la persona dio para sus avisos."""
    preferencias.guardar(ana.pk, {PUBLICADA.clave: Modo.NO})
    Persona.objects.create(nombre="Ana", apellidos="Ruiz", correo="Oficina@prueba.example", usuario=ana)
    assert escribir(PUBLICADA, "uno", "oficina@prueba.example").estado == EstadoAviso.APAGADO
    assert escribir(PUBLICADA, "dos", "sin-cuenta@prueba.example").estado == EstadoAviso.ENVIADO
    beto = Usuario.objects.create_user(BETO, nombre="Beto Sol")
    Persona.objects.create(nombre="Beto", apellidos="Sol", correo="oficina@prueba.example", usuario=beto)
    preferencias.guardar(beto.pk, {PUBLICADA.clave: Modo.RESUMEN})
    assert escribir(PUBLICADA, "tres", "oficina@prueba.example").estado == EstadoAviso.EN_RESUMEN
    Usuario.objects.filter(pk=beto.pk).update(is_active=False)  # una cuenta dada de baja ya no elige
    assert escribir(PUBLICADA, "cuatro", "oficina@prueba.example").estado == EstadoAviso.APAGADO
    assert [c.to for c in mail.outbox] == [["sin-cuenta@prueba.example"]]
    assert envio.reintentar(Aviso.objects.all()) == 0  # lo que alguien apagó no se reintenta


def test_el_resumen_junta_lo_escrito_antes_de_su_hora_una_sola_vez(ana: Usuario) -> None:
    preferencias.guardar(ana.pk, {PUBLICADA.clave: Modo.RESUMEN, RESPUESTAS.clave: Modo.RESUMEN})
    escribir(PUBLICADA, "uno", ANA, Anexado("a.ics", "text/calendar", b"BEGIN"))
    escribir(RESPUESTAS, "dos")
    assert (estados(), mail.outbox) == ({"uno": "en_resumen", "dos": "en_resumen"}, [])
    escritos_el(MARTES - dt.timedelta(hours=1))
    escribir(PUBLICADA, "tarde")
    Aviso.objects.filter(motivo="tarde").update(creado_el=MARTES - dt.timedelta(minutes=1))
    assert resumenes.juntar(MARTES - dt.timedelta(minutes=31)) == 0  # a las 7:59 todavía no toca
    assert [resumenes.juntar(MARTES), resumenes.juntar(MARTES + dt.timedelta(hours=9))] == [1, 0]
    envio.enviar()
    (correo,) = mail.outbox
    assert correo.subject == "Tu resumen del 10 de marzo de 2026: 2 avisos"
    assert correo.to == [ANA]
    assert correo.body.index("Texto uno.") < correo.body.index("Texto dos.")
    assert [a.get_filename() for a in list(correo.message().walk())[-1:]] == ["a.ics"]
    hecho = Aviso.objects.get(motivo="resumen:2026-03-10")
    assert sorted(hecho.juntados.values_list("motivo", flat=True)) == ["dos", "uno"]
    assert (estados()["uno"], estados()["tarde"]) == ("resumido", "en_resumen")
    assert resumenes.juntar(MARTES + dt.timedelta(days=1)) == 1  # lo de después, al día siguiente


def test_lo_que_se_apaga_mientras_espera_ya_no_sale_y_lo_demas_si(ana: Usuario) -> None:
    preferencias.guardar(ana.pk, {PUBLICADA.clave: Modo.RESUMEN, RESPUESTAS.clave: Modo.RESUMEN})
    escribir(PUBLICADA, "uno")
    escribir(RESPUESTAS, "dos")
    escritos_el(timezone.now() - dt.timedelta(days=2))
    preferencias.guardar(ana.pk, {PUBLICADA.clave: Modo.NO})  # lo otro volvió a «enseguida»: no se pierde
    call_command("enviar_avisos", stdout=StringIO())
    assert estados()["uno"] == EstadoAviso.APAGADO
    assert estados()["dos"] == EstadoAviso.RESUMIDO
    assert [c.subject.partition(": ")[2] for c in mail.outbox] == ["1 aviso"]


def test_la_pagina_guarda_lo_que_se_elige_y_rechaza_lo_que_no_se_ofrece(
    client: Client, ana: Usuario, django_assert_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    settings.RESUMEN_HORA = 6
    otra = Usuario.objects.create_user(BETO, nombre="Beto")
    preferencias.guardar(otra.pk, {PUBLICADA.clave: Modo.NO})
    client.force_login(ana)
    pagina = client.get("/mi/avisos/").content.decode()
    assert "a las 6:00 h" in pagina
    assert f'name="{PEDIR_FIRMA.clave}"' not in pagina  # lo obligatorio se dice y no se elige
    assert f"<strong>{PEDIR_FIRMA.nombre}.</strong> {PEDIR_FIRMA.siempre}" in pagina
    todo = {clave: "enseguida" for clave, clase in clases.CLASES.items() if clase.se_elige}
    mal = client.post("/mi/avisos/", todo | {PUBLICADA.clave: "nunca"})
    assert (mal.status_code, Preferencia.objects.filter(usuario=ana).count()) == (422, 0)
    assert "Elige una de las tres maneras de recibirlo." in mal.content.decode()
    nuevo = todo | {PUBLICADA.clave: "resumen", PEDIR_FIRMA.clave: "no", "inventada": "no"}
    for _ in range(2):  # enviarla dos veces deja lo mismo
        assert client.post("/mi/avisos/", nuevo).headers["Location"] == "/mi/avisos/"
    assert list(Preferencia.objects.filter(usuario=ana).values_list("clase", "modo")) == [
        (PUBLICADA.clave, "resumen")
    ]
    escribir(PUBLICADA, "uno")
    with django_assert_num_queries(5):
        assert "Para tu próximo resumen: 1 aviso." in client.get("/mi/avisos/").content.decode()
    client.post("/mi/avisos/", todo)
    assert [(p.usuario_id, p.modo) for p in Preferencia.objects.all()] == [(otra.pk, "no")]
    assert Client().get("/mi/avisos/").headers["Location"].startswith("/entrar/")


def test_lo_que_lleva_una_llave_no_se_conserva_ya_enviado(settings: Settings, ana: Usuario) -> None:
    """La liga para elegir contraseña sale por la fila y, fuera de la demostración, se borra al salir."""
    ligas = []
    for settings.DEMO in (True, False):
        Client().post("/contrasena/olvidada/", {"email": ANA})
        aviso = Aviso.objects.latest("pk")
        assert (aviso.clase, aviso.para) == ("cuenta.password_reset_key", ANA)
        ligas.append(aviso.cuerpo)
        envio.enviar()
        aviso.refresh_from_db()
        guardado = aviso.cuerpo
        assert mail.outbox[-1].body == ligas[-1]
        assert guardado == (ligas[-1] if settings.DEMO else envio.LLEVABA_LLAVE)
    assert all("/contrasena/" in liga for liga in ligas)


def test_lo_que_llevaba_una_llave_y_reboto_no_se_repite_vacio(settings: Settings, ana: Usuario) -> None:
    settings.DEMO = False
    Client().post("/contrasena/olvidada/", {"email": ANA})
    envio.enviar()
    Aviso.objects.update(estado=EstadoAviso.REBOTA, error="Rebotó (5.1.1)")
    mail.outbox.clear()
    assert (envio.reintentar(Aviso.objects.all()), envio.sin_texto(Aviso.objects.all())) == (0, 1)
    envio.enviar()
    assert mail.outbox == []
    ana.is_staff = ana.is_superuser = True
    assert "Que la persona la pida otra vez. Son 1." in _volver_a_enviar(ana)


def _volver_a_enviar(quien: Usuario) -> str:
    """Lo que la acción de los registros le dice a quien la usa."""
    peticion = RequestFactory().post("/")
    peticion.user = quien
    peticion._messages = CookieStorage(peticion)  # type: ignore[attr-defined]
    Avisos(Aviso, AdminSite()).volver_a_enviar(peticion, Aviso.objects.all())
    return " ".join(str(uno) for uno in peticion._messages)  # type: ignore[attr-defined]


def test_un_resumen_que_falla_no_detiene_a_nadie_ni_pierde_lo_que_juntaba(
    ana: Usuario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Falla al componerse, al decidirse o al salir; y no carga más archivos de los que caben."""
    beto = Usuario.objects.create_user(BETO, nombre="Beto Sol")
    for cuenta in (ana, beto):
        preferencias.guardar(cuenta.pk, {PUBLICADA.clave: Modo.RESUMEN})
    monkeypatch.setattr(resumenes, "PESAN", 10)
    for n in range(3):
        escribir(PUBLICADA, f"ana:{n}", ANA, Anexado("a.txt", "text/plain", b"x" * 5))
    escribir(PUBLICADA, "beto", BETO)
    escritos_el(MARTES - dt.timedelta(hours=1))
    componer = resumenes._mensaje

    def sin_beto(para: str, avisos: list[Aviso], hasta: dt.datetime) -> Mensaje:
        if para == BETO:
            raise RuntimeError("no se pudo")
        return componer(para, avisos, hasta)

    monkeypatch.setattr(resumenes, "_mensaje", sin_beto)
    assert resumenes.juntar(MARTES) == 1
    assert estados() == {
        "ana:0": "resumido",
        "ana:1": "resumido",
        "ana:2": "en_resumen",  # sus archivos ya no cabían: va en el siguiente
        "beto": "en_resumen",
        "resumen:2026-03-10": "pendiente",
    }
    Aviso.objects.create(motivo="seguir:roto", clase=PUBLICADA.clave, para=BETO, asunto="A", cuerpo="b")
    Aviso.objects.filter(clase="avisos.resumen").update(intentos=envio.INTENTOS - 1)
    with monkeypatch.context() as roto:
        roto.setattr(envio, "correo_de", lambda aviso, conexion: 1 / 0)
        assert envio.enviar() == (0, 2)
    assert (estados()["resumen:2026-03-10"], estados()["ana:0"]) == ("fallido", "pendiente")
    assert "ValueError" in Aviso.objects.get(motivo="seguir:roto").error
    assert envio.reintentar(Aviso.objects.filter(clase="avisos.resumen")) == 1
    envio.enviar()
    assert resumenes.juntar(MARTES) == 1
    envio.enviar()
    assert [(c.to, c.subject.partition(": ")[2]) for c in mail.outbox] == [([ANA], "2 avisos")]
