"""Lo mal capturado se explica donde ocurrió, con su estado 4xx, y nada de lo escrito se pierde."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.cierre import cerrar
from tests.fabricas import crear_en_curso, crear_punto, crear_sesion, crear_suplencia, pasar_lista
from tests.personas import Reparto

from .conftest import url

WORD = (
    '<html xmlns:o="urn:x"><style>p{color:red}</style><p class=MsoNormal><b>Acuerdo</b> <i>único</i>'
    "<o:p></o:p></p><script>alert(1)</script><ul><li>uno</li></ul></html>"
)


def test_el_acuerdo_incompleto_conserva_lo_escrito(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    respuesta = mesa.post(
        url(punto.sesion, "acordar", punto.pk),
        {"texto": "", "responsable": "Quien escribió esto", "plazo_fecha": "x"},
    )
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert 'value="Quien escribió esto"' in pagina
    assert 'href="#forma_acuerdo_texto"' in pagina
    assert 'id="forma_acuerdo_texto_error"' in pagina
    assert punto.acuerdos.count() == 0


def test_votos_de_mas_se_rechazan_con_su_frase(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    datos = {"forma": "conteo", "a_favor": 9, "en_contra": 1, "asunto": "Lo votado"}
    respuesta = mesa.post(url(punto.sesion, "votar", punto.pk), datos)
    assert respuesta.status_code == 422
    assert 'value="Lo votado"' in respuesta.content.decode()
    assert 'value="9"' in respuesta.content.decode()
    assert punto.votaciones.count() == 0


def test_cerrar_antes_de_abrir_es_409(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion(reparto)
    respuesta = mesa.post(url(sesion, "cerrar"), {"cierre": "11:00"})
    assert respuesta.status_code == 409
    assert "No se puede cerrar la sesión: está «Programada»" in respuesta.content.decode()


def test_el_oficio_que_no_cubre_la_fecha(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion(reparto)
    suplencia = crear_suplencia(reparto, vigente_desde=sesion.fecha.replace(day=30))
    respuesta = mesa.post(url(sesion, "lista", reparto.asientos["poder"].pk), {"quien": f"s{suplencia.pk}"})
    assert respuesta.status_code == 422
    assert sesion.asistencias.count() == 0


def test_borrar_un_punto_con_acuerdos(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    m.Acuerdo.agregar(punto, texto="Se acuerda.")
    respuesta = mesa.post(url(punto.sesion, "quitar_punto", punto.pk))
    assert respuesta.status_code == 422
    assert "no se puede borrar porque tiene acuerdos" in respuesta.content.decode()


def test_un_numero_de_sesion_ya_usado(reparto: Reparto, mesa: Client) -> None:
    crear_sesion(reparto, numero=4)
    datos = {"tipo": "ordinaria", "numero": "4", "fecha": "2026-04-01", "hora": "10:00"}
    datos |= {"modalidad": "presencial", "lugar": "Sala que escribí"}
    respuesta = mesa.post(reverse("mesa:nueva", args=(reparto.organo.clave,)), datos)
    assert respuesta.status_code == 422
    assert "Ya existe una sesión con ese número" in respuesta.content.decode()
    assert 'value="Sala que escribí"' in respuesta.content.decode()


@pytest.mark.parametrize(
    ("enviado", "guardado"),
    [
        (WORD, "**Acuerdo** *único*\n- uno"),
        ("Hola 👩🏽‍⚖️ mundo", "Hola 👩🏽‍⚖️ mundo"),
        ("a\x00b\x07c\u202ed", "abcd"),
        ("5 < 7 y 9 > 3", "5 < 7 y 9 > 3"),
    ],
)
def test_el_texto_pegado_se_limpia_al_guardar(
    reparto: Reparto, mesa: Client, enviado: str, guardado: str
) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    respuesta = mesa.post(url(punto.sesion, "texto", punto.pk), {"desahogo": enviado, "version": 1})
    assert respuesta.status_code == 302
    punto.refresh_from_db()
    assert punto.desahogo == guardado
    pagina = mesa.get(url(punto.sesion, "punto", punto.pk)).content.decode()
    assert "alert(1)" not in pagina


def test_un_megabyte_se_rechaza_y_se_devuelve(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    respuesta = mesa.post(
        url(punto.sesion, "texto", punto.pk), {"desahogo": "párrafo " * 130_000, "version": 1}
    )
    assert respuesta.status_code == 422
    assert "el máximo es" in respuesta.content.decode()
    assert "párrafo párrafo" in respuesta.content.decode()
    punto.refresh_from_db()
    assert punto.desahogo == ""


def test_guardar_sobre_una_version_vieja_muestra_ambos_textos(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    punto.guardar_sobre(1, por=reparto.cuentas["colega"], desahogo="Lo de la colega")
    respuesta = mesa.post(url(punto.sesion, "texto", punto.pk), {"desahogo": "Lo mío", "version": 1})
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Lo de la colega" in pagina
    assert "Lo mío" in pagina
    assert "Colega de Prueba" in pagina
    punto.refresh_from_db()
    assert punto.desahogo == "Lo de la colega"
    decidido = mesa.post(
        url(punto.sesion, "texto", punto.pk), {"desahogo": "Lo mío", "version": punto.version}
    )
    assert decidido.status_code == 302


def test_el_autoguardado_responde_en_json(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    direccion, cabecera = url(punto.sesion, "texto", punto.pk), {"X-Autoguardado": "1"}
    primero = mesa.post(direccion, {"desahogo": "uno", "version": 1}, headers=cabecera)
    assert (primero.status_code, primero.json()["version"]) == (200, 2)
    repetido = mesa.post(direccion, {"desahogo": "uno", "version": 1}, headers=cabecera)
    assert (repetido.status_code, repetido.json()["version"]) == (200, 2)
    rancio = mesa.post(direccion, {"desahogo": "dos", "version": 1}, headers=cabecera)
    assert rancio.status_code == 409
    assert (rancio.json()["texto"], rancio.json()["version"]) == ("uno", 2)
    mesa.logout()
    fuera = mesa.post(direccion, {"desahogo": "tres", "version": 2}, headers=cabecera)
    assert (fuera.status_code, fuera.json()["error"]) == (401, "entrar")


def test_con_la_entrada_caducada_lo_escrito_se_repone(reparto: Reparto, client: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    respuesta = client.post(
        url(punto.sesion, "texto", punto.pk), {"desahogo": "Mi texto largo", "version": 1}
    )
    assert respuesta.status_code == 401
    assert "Mi texto largo" in respuesta.content.decode()
    assert "Tu sesión caducó" in respuesta.content.decode()


def test_con_la_sesion_cerrada_no_se_guarda_pero_se_devuelve(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11, 0), sin_tratar="Se agotó el tiempo")
    respuesta = mesa.post(url(sesion, "texto", punto.pk), {"desahogo": "Tarde", "version": 1})
    assert respuesta.status_code == 422
    assert "reábrela con su motivo" in respuesta.content.decode()
    assert "Tarde" in respuesta.content.decode()


def test_un_archivo_que_no_es_lo_que_dice(reparto: Reparto, mesa: Client) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    falso = SimpleUploadedFile("acta.pdf", b"MZ\x90\x00 no soy un PDF", content_type="application/pdf")
    respuesta = mesa.post(url(punto.sesion, "anexar", punto.pk), {"titulo": "Mi anexo", "archivo": falso})
    assert respuesta.status_code == 422
    assert 'value="Mi anexo"' in respuesta.content.decode()
    assert 'id="forma_anexo_archivo_error"' in respuesta.content.decode()
    assert punto.anexos.count() == 0


def test_la_lista_congelada_no_se_reescribe(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion(reparto)
    crear_punto(sesion)
    pasar_lista(reparto, sesion)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=sesion.hora)
    respuesta = mesa.post(url(sesion, "lista", reparto.asientos["poder"].pk), {"quien": "ausente"})
    assert respuesta.status_code == 422
    assert "La lista quedó congelada" in respuesta.content.decode()
