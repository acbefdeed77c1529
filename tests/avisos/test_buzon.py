"""El buzón de la demostración y el catálogo de mensajes: qué enseñan, a quién y cómo encierran el HTML."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from sesiones.mensajes.de_actas import PUBLICADA
from stl_portal.avisos import clases, envio, presentacion
from stl_portal.avisos.envio import Anexado, Mensaje
from stl_portal.avisos.models import Aviso
from tests.gestion.quien import entrar
from tests.personas import Reparto

pytestmark = [pytest.mark.django_db, pytest.mark.apariencia]
CITA = Anexado("sesion.ics", "text/calendar; method=REQUEST; charset=utf-8", b"BEGIN:VCALENDAR\r\n")


def mandar(*direcciones: str, motivo: str = "acta:1") -> list[Aviso]:
    """Sale a cada una, con su cita."""
    mensajes = [Mensaje(d, f"Acta para {d}", "Hola <b>tú</b>.\n", "Ana", (CITA,)) for d in direcciones]
    nuevos = envio.encolar(PUBLICADA, motivo, mensajes)
    envio.enviar()
    return nuevos


def test_solo_ensena_lo_enviado_a_direcciones_de_nadie(client: Client) -> None:
    ana, _real, parecida = mandar("ana@demo.example", "persona@gmail.com", "x@example.com.mx")
    Aviso.objects.create(motivo="x", para="beto@demo.example", asunto="Sin salir", cuerpo="x", clase="")
    lista = client.get("/correo/")
    texto = lista.content.decode()
    assert [t in texto for t in ("ana@demo.example", "gmail.com", "example.com.mx", "Sin salir")] == [
        True,
        False,
        False,
        False,
    ]
    assert lista.headers["Cache-Control"] == "no-store, private"
    pagina = client.get(f"/correo/{ana.pk}/")
    assert "frame-src 'self'" in pagina.headers["Content-Security-Policy"]
    assert "Hola &lt;b&gt;tú&lt;/b&gt;." in pagina.content.decode()
    assert f'src="/correo/{ana.pk}/html/"' in pagina.content.decode()
    adjunto = ana.adjuntos.get()
    cita = client.get(f"/correo/{ana.pk}/adjunto/{adjunto.pk}/")
    assert (cita.content, cita.headers["Content-Type"]) == (CITA.contenido, CITA.tipo)
    assert cita.headers["Content-Disposition"] == 'attachment; filename="sesion.ics"'
    ajeno = parecida.adjuntos.get()
    malas = [f"/correo/{parecida.pk}/", f"/correo/{parecida.pk}/html/", "/correo/999999/"]
    malas += [f"/correo/{p}/adjunto/{ajeno.pk}/" for p in (parecida.pk, ana.pk)]
    assert [client.get(d).status_code for d in malas] == [404] * 5
    assert client.post("/correo/").status_code == 405
    assert [client.get(f"/correo/?page={p}").status_code for p in ("9", "x")] == [404, 422]


def test_fuera_de_la_demostracion_no_existe(client: Client, settings: Settings) -> None:
    (ana,) = mandar("ana@demo.example")
    rutas = ["/correo/", f"/correo/{ana.pk}/", f"/correo/{ana.pk}/html/"]
    rutas.append(f"/correo/{ana.pk}/adjunto/{ana.adjuntos.get().pk}/")
    assert "Correos de la demostración" in client.get("/ayuda/").content.decode()
    for settings.DEMO, settings.PRODUCCION in ((False, False), (True, True)):
        assert [client.get(ruta).status_code for ruta in rutas] == [404] * 4
    settings.DEMO, settings.PRODUCCION = False, False
    assert "/correo/" not in client.get("/aviso-de-privacidad/").content.decode()


def test_la_lista_cuesta_lo_mismo_con_uno_que_con_muchos_y_se_filtra(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mandar("ana@demo.example")
    client.get("/correo/")
    with django_assert_num_queries(4):
        client.get("/correo/")
    mandar(*(f"p{n}@demo.example" for n in range(40)), motivo="acta:2")
    with django_assert_num_queries(4):
        texto = client.get("/correo/").content.decode()
    assert texto.count('class="mensajes__uno"') == 30
    suyos = client.get("/correo/?para=Ana@demo.example").content.decode()
    assert suyos.count('class="mensajes__uno"') == 1
    assert client.get("/correo/?para=persona%00@gmail.com").status_code == 200


def test_el_catalogo_dice_todas_y_encierra_su_vista_previa(reparto: Reparto) -> None:
    client = entrar(reparto)
    texto = client.get("/gestion/avisos/").content.decode()
    faltan = [c for c in clases.CLASES.values() if f'href="/gestion/avisos/{c.clave}/"' not in texto]
    assert faltan == []
    una = client.get("/gestion/avisos/acta.firma/")
    assert "Leer y firmar" not in una.content.decode()  # el botón va en el marco
    assert 'sandbox="allow-popups' in una.content.decode()
    assert "Persona de ejemplo:" in una.content.decode()
    marco = client.get("/gestion/avisos/acta.firma/html/")
    assert "Leer y firmar" in marco.content.decode()
    politica = marco.headers["Content-Security-Policy"]
    assert politica.startswith(f"default-src 'none'; style-src {presentacion.politica_de_estilo()}; ")
    assert "sandbox" in politica
    assert marco.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert [client.get(f"/gestion/avisos/{r}").status_code for r in ("nada/", "nada/html/")] == [404, 404]
