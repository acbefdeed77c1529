"""Convocar desde la mesa: la facilitadora emite, enmienda y cancela; quien solo lee, no."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import convocar
from sesiones import models as m
from sesiones.acta import imprenta
from sesiones.estados import EstadoSesion
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso
from stl_portal.transiciones import TransicionInvalida
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import Reparto, crear_reparto


def pronto(reparto: Reparto) -> m.Sesion:
    """Una sesión dentro de un mes, con un punto."""
    sesion = crear_sesion(reparto, fecha=timezone.localdate() + dt.timedelta(days=30))
    crear_punto(sesion)
    return sesion


def enviar(client: Client, sesion: m.Sesion, verbo: str, **datos: str) -> tuple[int, str]:
    """Envía una forma del paso y devuelve código y página."""
    respuesta = client.post(f"/mesa/prueba/{sesion.clave}/convocatoria/{verbo}/", datos)
    return respuesta.status_code, respuesta.content.decode()


@pytest.mark.django_db(transaction=True)
def test_emitir_enmendar_y_cancelar_desde_la_mesa(client: Client) -> None:
    reparto = crear_reparto()
    sesion = pronto(reparto)
    client.force_login(reparto.cuentas["facilitadora"])

    assert enviar(client, sesion, "emitir")[0] == 302
    assert (len(mail.outbox), Aviso.objects.count(), sesion.convocatorias.count()) == (5, 5, 1)

    codigo, pagina = enviar(client, sesion, "emitir", motivo="")
    assert (codigo, "Escribe qué cambió y por qué." in pagina) == (422, True)
    codigo, pagina = enviar(client, sesion, "emitir", motivo="Otra vez")
    assert (codigo, "Nada cambió desde la última convocatoria" in pagina) == (422, True)

    sesion.refresh_from_db()
    sesion.corregir_datos(sesion.version, por=reparto.cuentas["facilitadora"], lugar="Auditorio")
    assert enviar(client, sesion, "emitir", motivo="Cambio de sede")[0] == 302
    assert enviar(client, sesion, "cancelar", motivo="Sin materia")[0] == 302
    assert [c.subject.split(":")[0] for c in mail.outbox[::5]] == [
        "Convocatoria",
        "Cambio en la convocatoria",
        "Se cancela",
    ]
    pagina = client.get(f"/mesa/prueba/{sesion.clave}/convocatoria/").content.decode()
    assert "Sede: Sala de prueba → Auditorio" in pagina
    primera, segunda = sesion.convocatorias.all()
    for fila in (primera, segunda):
        assert fila.pdf is not None
        respuesta = client.get(f"/archivos/{fila.pdf.huella}/{fila.pdf.nombre}")
        assert b"".join(respuesta)[:5] == b"%PDF-"
    assert primera.pdf != segunda.pdf


@pytest.mark.parametrize(("papel", "codigo"), [("auditora", 403), ("integrante", 403), ("extrana", 404)])
def test_quien_no_conduce_no_convoca(client: Client, reparto: Reparto, papel: str, codigo: int) -> None:
    sesion = pronto(reparto)
    client.force_login(reparto.cuentas[papel])
    codigos = [enviar(client, sesion, verbo, motivo="x")[0] for verbo in ("emitir", "cancelar")]
    assert codigos == [codigo, codigo]
    sesion.refresh_from_db()
    assert (sesion.estado, Aviso.objects.count()) == (EstadoSesion.PROGRAMADA, 0)


@pytest.mark.django_db(transaction=True)
def test_dos_personas_a_la_vez_emiten_una_sola_convocatoria() -> None:
    reparto = crear_reparto()
    sesion, barrera = pronto(reparto), Barrier(2)

    def emitir(papel: str) -> str:
        try:
            propia = m.Sesion.objects.get(pk=sesion.pk)
            barrera.wait(timeout=60)  # ambas la leyeron «programada»
            convocar.convocar(propia, reparto.cuentas[papel], timezone.now())
        except TransicionInvalida:
            return "ya estaba"
        finally:
            connection.close()
        return "emitida"

    with ThreadPoolExecutor(2) as hilos:
        resultados = sorted(hilos.map(emitir, ("facilitadora", "colega")))
    assert resultados == ["emitida", "ya estaba"]
    assert [c.secuencia for c in sesion.convocatorias.all()] == [0]
    assert (Aviso.objects.count(), len(mail.outbox)) == (5, 5)


@pytest.mark.django_db(transaction=True)
def test_dos_personas_a_la_vez_emiten_una_sola_enmienda() -> None:
    reparto = crear_reparto()
    sesion, barrera = pronto(reparto), Barrier(2)
    convocar.convocar(sesion, reparto.cuentas["facilitadora"], timezone.now())
    m.Sesion.objects.filter(pk=sesion.pk).update(lugar="Auditorio")

    def enmendar(papel: str) -> str:
        try:
            propia = m.Sesion.objects.get(pk=sesion.pk)
            barrera.wait(timeout=60)  # ambas vieron el cambio sin avisar
            convocar.enmendar(propia, reparto.cuentas[papel], timezone.now(), motivo=f"La avisa {papel}")
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()
        return "emitida"

    with ThreadPoolExecutor(2) as hilos:
        resultados = sorted(hilos.map(enmendar, ("facilitadora", "colega")))
    assert resultados == ["Nada cambió desde la última convocatoria: no hay qué enmendar.", "emitida"]
    assert [c.secuencia for c in sesion.convocatorias.all()] == [0, 1]


def test_emitida_se_entrega_lo_guardado_y_la_previa_va_marcada(client: Client, reparto: Reparto) -> None:
    sesion = pronto(reparto)
    client.force_login(reparto.cuentas["facilitadora"])
    url = reverse("actas:convocatoria_pdf", args=("prueba", sesion.clave))
    assert client.get(url).content.startswith(b"%PDF-")  # aún no se emite: la previa
    fila = convocar.convocar(sesion, reparto.cuentas["facilitadora"], timezone.now())
    assert fila.pdf
    sesion.puntos.update(titulo="Otro título, aún sin avisar")

    entregado = client.get(url, follow=True)
    assert b"".join(entregado) == almacen.leer(fila.pdf)
    assert entregado["Content-Disposition"] == f'inline; filename="{fila.pdf.nombre}"'
    previa = client.get(url, {"previa": "1"}).content
    assert previa == imprenta.imprimir(imprenta.convocatoria(sesion)).contenido
    assert imprenta.convocatoria(sesion).marca == "BORRADOR"
    pagina = client.get(f"/mesa/prueba/{sesion.clave}/convocatoria/").content.decode()
    assert f"{url}?previa=1" in pagina
