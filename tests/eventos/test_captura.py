"""Capturar un evento: lo que cuadra se guarda con su historia; lo que no, se dice y nada se pierde."""

import datetime as dt
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sesiones.eventos.models import Evento, Material
from sesiones.eventos.pendientes import por_decir
from sesiones.models import Envio
from sesiones.views.registros.huella import CAMPO
from stl_portal.archivo import vitrina
from stl_portal.avisos.models import Aviso, Suscripcion
from tests.ejes.fabricas import crear_plan
from tests.eventos.fabricas import crear, publicado
from tests.personas import DIA, Reparto, crear_reparto

pytestmark = pytest.mark.django_db
DATOS = {
    "tipo": "panel",
    "titulo": "Datos que sirven",
    "dia": "2026-03-18",
    "hora": "10:00",
    "modalidad": "presencial",
    "lugar": "Sala de prueba",
    "renglon-TOTAL_FORMS": "0",
    "renglon-INITIAL_FORMS": "0",
}


@pytest.fixture
def facilitadora(reparto: Reparto, client: Client) -> Client:
    """Quien captura, ya dentro."""
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def url(verbo: str, *args: Any, registro: str = "eventos") -> str:
    return reverse(f"registros:{verbo}", args=("prueba", registro, *args))


def decidir(client: Client, evento: Evento, verbo: str, **mas: str) -> int:
    direccion = reverse("gestion_agenda:decidir", args=("prueba", evento.pk))
    return client.post(direccion, {"verbo": verbo, **mas}).status_code


def corregir(client: Client, direccion: str, datos: dict[str, Any]) -> int:
    huella = re.search(rf'name="{CAMPO}" value="([^"]+)"', client.get(direccion).content.decode())
    assert huella
    return client.post(direccion, datos | {CAMPO: huella[1]}).status_code


def test_se_captura_con_quienes_participan_y_queda_quien_lo_hizo(
    facilitadora: Client, reparto: Reparto
) -> None:
    plan = crear_plan(reparto.organo)
    celia = reparto.personas["academia"]
    ponentes = {
        "renglon-TOTAL_FORMS": "3",
        "renglon-0-papel": "panelista",
        "renglon-0-persona": str(celia.pk),
        "renglon-0-cargo": "Rectora",
        "renglon-1-papel": "modera",
        "renglon-1-nombre": "Flor Cano",
        "renglon-1-tema": "Apertura",
        "renglon-2-papel": "ponente",
    }
    eje = f"{plan.clave}/1"
    respuesta = facilitadora.post(url("nuevo"), DATOS | ponentes | {"relaciones": [eje]})
    evento = Evento.objects.get()
    assert respuesta.headers["Location"] == reverse("gestion_agenda:evento", args=("prueba", evento.pk))
    assert (evento.estado, evento.hasta, evento.clave) == ("borrador", DIA, "datos-que-sirven-2026")
    assert [(p.nombre, p.papel) for p in evento.ponentes.all()] == [
        ("Dra. Celia Mora Díaz", "panelista"),
        ("Flor Cano", "modera"),
    ]
    assert [r.clave for r in evento.relaciones.all()] == [eje]
    # El anuncio no cambia aunque cambie la persona; la corrección queda en la historia con su quién.
    celia.nombre = "Otra"
    celia.save()
    quietos = {f"renglon-{n}-{c}": v for n, p in enumerate(evento.ponentes.all()) for c, v in campos(p)}
    quietos |= {"renglon-TOTAL_FORMS": "2", "renglon-INITIAL_FORMS": "2", "titulo": "Datos que se usan"}
    assert corregir(facilitadora, url("editar", evento.pk), DATOS | quietos) == 302
    evento.refresh_from_db()
    assert (evento.ponentes.earliest("pk").nombre, evento.relaciones.count()) == ("Dra. Celia Mora Díaz", 0)
    assert [(c.verbo, c.por) for c in evento.historia.all()] == [
        ("crear", reparto.cuentas["facilitadora"]),
        ("corregir", reparto.cuentas["facilitadora"]),
    ]
    assert "Título: Datos que sirven → Datos que se usan" in evento.historia.latest("pk").nota


def campos(ponente: Any) -> list[tuple[str, str]]:
    """Un renglón ya guardado, como lo devuelve el navegador."""
    nombres = ("papel", "nombre", "cargo", "institucion", "tema")
    propios = [(campo, getattr(ponente, campo)) for campo in nombres]
    return [("id", str(ponente.pk)), ("persona", str(ponente.persona_id or "")), *propios]


@pytest.mark.parametrize(
    ("cambios", "frase"),
    [
        ({"hasta": "2026-03-17"}, "Termina antes de empezar: empieza el 18 de marzo de 2026"),
        ({"hora_fin": "09:59"}, "Termina antes de empezar: empieza a las 10:00"),
        ({"hora": "", "hora_fin": "12:00"}, "Escribe también a qué hora empieza"),
        ({"hasta": "2028-01-01"}, "Dura más de un año"),
        ({"dia": "0026-03-18"}, "Revisa el año"),
        ({"dia": "1985-03-18"}, "Revisa el año: 1985 no puede ser"),
        ({"dia": "2199-01-01"}, "está muy lejos"),
        ({"dia": "31/02/2026"}, "Escribe una fecha"),
        ({"cupo": "-5"}, "El cupo es de una persona o más"),
        ({"cupo": "0"}, "El cupo es de una persona o más"),
        ({"cupo": "muchas"}, "El cupo es de una persona o más"),
        ({"cupo": "9" * 30}, "El cupo es de una persona o más"),
        ({"liga": "javascript:alert(1)"}, "empieza con https:// o http://"),
        ({"liga_registro": "ftp://archivos.example/x"}, "empieza con https:// o http://"),
        ({"titulo": "  "}, "Este campo es obligatorio"),
        ({"tipo": "fiesta"}, "Elige una de las opciones"),
        ({"alcance_literal": "52k"}, "Escribe también el número"),
        ({"alcance": "-1"}, "Escribe un número de personas"),
        ({"relaciones": ["2022-2024/1.2"]}, "Elige ejes o compromisos de la lista"),
        (
            {"renglon-TOTAL_FORMS": "1", "renglon-0-papel": "ponente", "renglon-0-tema": "Sin nombre"},
            "Elige a la persona o escribe su nombre",
        ),
    ],
)
def test_lo_que_no_cuadra_se_dice_y_no_se_guarda(
    facilitadora: Client, reparto: Reparto, cambios: dict[str, Any], frase: str
) -> None:
    crear_plan(reparto.organo)
    respuesta = facilitadora.post(url("nuevo"), DATOS | cambios)
    assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    assert not Evento.objects.exists()


def test_dos_envios_guardan_un_solo_evento(facilitadora: Client) -> None:
    ficha = re.search(r'name="envio" value="([0-9a-f]{32})"', facilitadora.get(url("nuevo")).content.decode())
    assert ficha
    datos = DATOS | {"envio": ficha[1]}
    # Lo rechazado no cuenta como atendido: la misma ficha sirve cuando ya se corrigió.
    assert facilitadora.post(url("nuevo"), datos | {"dia": ""}).status_code == 422
    primero, segundo = (facilitadora.post(url("nuevo"), datos) for _ in range(2))
    assert (primero.status_code, segundo.status_code) == (302, 302)
    assert primero["Location"] == segundo["Location"]
    assert segundo["Location"].endswith(f"/{Evento.objects.get().pk}/")
    # Capturarlo otra vez a propósito es otra cosa: se dice que ya está.
    tercero = facilitadora.post(url("nuevo"), DATOS | {"envio": "a" * 32})
    assert "Ese evento ya está registrado ese día" in tercero.content.decode()
    assert (tercero.status_code, Evento.objects.count(), Envio.objects.count()) == (422, 1, 1)


def test_lo_que_ya_paso_se_pide_marcar_a_quien_lleva_la_agenda(
    facilitadora: Client, reparto: Reparto, django_assert_num_queries: Any
) -> None:
    hoy, por = DIA + dt.timedelta(days=1), reparto.cuentas["facilitadora"]
    evento = publicado(reparto)
    publicado(reparto, titulo="Hoy termina", dia=hoy)
    crear(reparto, titulo="Borrador")
    publicado(reparto, titulo="Ya dicho").celebrar(por)
    publicado(reparto, titulo="Ya no").cancelar(por, "Sin sede")
    publicado(crear_reparto("otro"), titulo="De otro órgano")
    (uno,) = por_decir(por, hoy)
    assert (uno.titulo, uno.donde) == ("Marca como celebrado: Panel de prueba", "Secretariado")
    assert uno.url == reverse("gestion_agenda:evento", args=("prueba", evento.pk))
    assert "18 de marzo de 2026" in uno.detalle
    assert [list(por_decir(quien, hoy)) for quien in (reparto.cuentas["integrante"], AnonymousUser())] == [
        [],
        [],
    ]
    assert "Marca como celebrado: Panel de prueba" in facilitadora.get("/mi/").content.decode()
    for n in range(3):
        publicado(reparto, titulo=f"Otro {n}")
    with django_assert_num_queries(3):
        (juntos,) = por_decir(por, hoy)
    assert (juntos.titulo, juntos.url) == ("Marca como celebrados 4 eventos", url("lista"))


def test_se_publica_se_celebra_y_no_se_borra(facilitadora: Client, reparto: Reparto) -> None:
    evento = crear(reparto)
    assert decidir(facilitadora, evento, "publicar") == 302
    assert decidir(facilitadora, evento, "publicar") == 409
    assert facilitadora.post(url("quitar", evento.pk)).status_code == 403
    assert [decidir(facilitadora, evento, v) for v in ("cancelar", "bailar", "celebrar", "cancelar")] == [
        422,
        422,
        302,
        422,
    ]
    assert decidir(facilitadora, evento, "cancelar", motivo="Ya no") == 409
    evento.refresh_from_db()
    assert (evento.estado, evento.motivo) == ("celebrado", "")
    borrador = crear(reparto, titulo="Otro")
    assert facilitadora.post(url("quitar", borrador.pk)).status_code == 302
    assert not Evento.objects.filter(pk=borrador.pk).exists()


def test_al_cancelar_se_dice_por_que_a_quien_sigue_la_agenda_y_ya_no_se_corrige(
    facilitadora: Client, reparto: Reparto
) -> None:
    for correo, tema in (("si", "agenda:prueba"), ("otra", "organo:prueba")):
        Suscripcion.objects.create(
            correo=f"{correo}@prueba.example",
            tema=tema,
            clave=correo.ljust(43, "x"),
            confirmada_el=dt.datetime.now(dt.UTC),
        )
    futuro = dt.date(2099, 5, 4)
    evento = crear(reparto, dia=futuro)
    pasado = crear(reparto, titulo="Ya pasó")
    for uno in (evento, pasado):
        assert decidir(facilitadora, uno, "publicar") == 302
    assert decidir(facilitadora, evento, "cancelar", motivo="La sede <cerró>") == 302
    avisos = list(Aviso.objects.order_by("pk").values_list("para", "asunto"))
    assert [para for para, _ in avisos] == ["si@prueba.example"] * 2
    assert ["Se canceló" in asunto for _, asunto in avisos] == [False, True]
    assert "La sede <cerró>" in Aviso.objects.latest("pk").cuerpo
    assert facilitadora.get(url("editar", evento.pk)).status_code == 403
    pagina = Client().get(evento.get_absolute_url()).content.decode()
    assert "La sede &lt;cerró&gt;" in pagina


def test_el_material_se_abre_solo_si_su_evento_es_publico(
    facilitadora: Client, reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    evento = crear(reparto)
    nuevo = f"{url('nuevo', registro='materiales-de-eventos')}?evento={evento.pk}"
    datos = {"titulo": "Guía", "participantes": "100", "participantes_literal": "más de 100"}
    for mal, frase in (
        ({}, "Elige un archivo o escribe una dirección"),
        ({"direccion": "file:///etc/passwd"}, "empieza con https://"),
        ({"direccion": "https://a.example", "participantes": ""}, "Escribe también el número"),
    ):
        respuesta = facilitadora.post(nuevo, datos | mal)
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    archivo = SimpleUploadedFile("guia.txt", b"Guia de datos\n", "text/plain")
    assert facilitadora.post(nuevo, datos | {"archivo": archivo}).status_code == 302
    material = Material.objects.select_related("archivo").get()
    assert material.archivo
    descarga = reverse("archivo:descargar", args=(material.archivo.huella, material.archivo.nombre))
    ajena = Client()
    ajena.force_login(crear_reparto("otro").cuentas["facilitadora"])
    assert [_estado(c, descarga) for c in (Client(), ajena, facilitadora)] == [302, 404, 200]
    evento.publicar(None)
    assert _estado(Client(), descarga) == 200
    assert "más de 100 personas" in Client().get(evento.get_absolute_url()).content.decode()
    retirados: list[int] = []
    monkeypatch.setattr(vitrina, "retirar", lambda archivo: retirados.append(archivo.pk))
    quitar = url("quitar", material.pk, registro="materiales-de-eventos")
    assert facilitadora.post(quitar).status_code == 302
    assert (Material.objects.count(), retirados) == (0, [material.archivo_id])


def _estado(client: Client, direccion: str) -> int:
    respuesta = client.get(direccion)
    if respuesta.streaming:
        list(respuesta)
    return respuesta.status_code


@pytest.mark.parametrize("cuantos", [1, 12])
def test_la_lista_y_la_pagina_cuestan_lo_mismo_con_muchos(
    facilitadora: Client, reparto: Reparto, cuantos: int, django_assert_num_queries: Any
) -> None:
    evento = publicado(reparto)
    for n in range(cuantos):
        publicado(reparto, titulo=f"Evento {n}")
        evento.materiales.create(titulo=f"Guía {n}", direccion="https://ejemplo.example/")
        evento.ponentes.create(nombre="Ponente")
    with django_assert_num_queries(9):
        facilitadora.get(url("lista"))
    with django_assert_num_queries(12):
        facilitadora.get(reverse("gestion_agenda:evento", args=("prueba", evento.pk)))
    with django_assert_num_queries(13):
        facilitadora.get(url("editar", evento.pk))
