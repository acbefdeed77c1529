"""La vida del acta desde la mesa: cada acto por estado, por papel y con mala entrada."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from sesiones import models as m
from sesiones.acta import edicion
from sesiones.estados import EstadoActa
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada, firmada, publicada, sellada

pytestmark = pytest.mark.apariencia

ACTOS = ("aprobar", "sellar", "publicar", "corregir")


def url(acta: m.Acta, nombre: str, *args: object) -> str:
    return reverse(f"actas:{nombre}", args=(acta.sesion.organo.clave, acta.sesion.clave, *args))


@pytest.fixture
def mesa(reparto: Reparto) -> Client:
    return identificarse(Client(), reparto.cuentas["facilitadora"])


def estado(acta: m.Acta) -> str:
    return m.Acta.objects.get(pk=acta.pk).estado


def por_aprobar(reparto: Reparto) -> m.Acta:
    """En borrador, con su punto ya aprobado en la propia sesión."""
    acta = aprobada(reparto)
    acta.historia.all().delete()
    m.Acta.objects.filter(pk=acta.pk).update(
        estado=EstadoActa.BORRADOR, via="", aprobada_el=None, aprobada_en=None
    )
    return m.Acta.objects.get(pk=acta.pk)


# --- quién ---


@pytest.mark.parametrize("acto", ACTOS)
def test_solo_quien_conduce_lleva_el_acta(reparto: Reparto, acto: str) -> None:
    acta = aprobada(reparto)
    direccion, codigos = url(acta, acto), {}
    for papel in ("integrante", "auditora", "extrana"):
        cliente = Client()
        cliente.force_login(reparto.cuentas[papel])
        codigos[papel] = cliente.post(direccion).status_code
    assert codigos == {"integrante": 403, "auditora": 403, "extrana": 404}
    assert (estado(acta), m.Sello.objects.count(), m.Acta.objects.count()) == ("aprobada", 0, 1)


def test_a_quien_solo_lee_no_se_le_ofrece_ningun_acto(reparto: Reparto) -> None:
    acta = firmada(reparto).acta
    cliente = Client()
    cliente.force_login(reparto.cuentas["integrante"])
    pagina = cliente.get(url(acta, "acta")).content.decode()
    assert "Vida del acta" in pagina
    assert [acto for acto in ACTOS if url(acta, acto) in pagina] == []


# --- aprobar ---


def test_se_aprueba_con_la_prueba_a_la_vista_y_dos_clics_no_danan(reparto: Reparto, mesa: Client) -> None:
    acta = por_aprobar(reparto)
    pagina = mesa.get(url(acta, "acta")).content.decode()
    assert f"Consenso sin votación: «Lectura y aprobación del acta», {acta.sesion.designacion}" in pagina
    primera, segunda = (mesa.post(url(acta, "aprobar")) for _ in range(2))
    assert (primera.status_code, segunda.status_code) == (302, 302)
    fila = m.Acta.objects.get(pk=acta.pk)
    assert (fila.estado, fila.via, fila.aprobada_el) == ("aprobada", "misma", acta.sesion.fecha)
    assert list(fila.historia.values_list("verbo", flat=True)) == ["aprobar"]


def test_lo_que_otra_persona_ya_aprobo_es_un_409(reparto: Reparto, mesa: Client) -> None:
    acta = por_aprobar(reparto)
    otra = Client()
    otra.force_login(reparto.cuentas["colega"])
    assert otra.post(url(acta, "aprobar")).status_code == 302
    respuesta = mesa.post(url(acta, "aprobar"))
    assert respuesta.status_code == 409
    assert "No se puede aprobar el acta: está «Aprobada»." in respuesta.content.decode()


def test_sin_sesion_que_la_apruebe_se_dice_junto_al_boton(
    reparto: Reparto, mesa: Client, acta: m.Acta
) -> None:
    respuesta = mesa.post(url(acta, "aprobar"))
    assert respuesta.status_code == 422
    panel = respuesta.content.decode().split('id="vida"', 1)[1].split("</section>", 1)[0]
    assert "Ninguna sesión ha aprobado esta acta." in panel
    assert estado(acta) == "borrador"


def test_por_correo_se_aprueba_con_las_conformidades(reparto: Reparto, mesa: Client, acta: m.Acta) -> None:
    from sesiones import revision

    reparto.organo.reglas.update(aprobacion="correo")
    assert "El acta no se ha circulado." in mesa.post(url(acta, "aprobar")).content.decode()
    ronda = revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    for revisor in ronda.revisores.all():
        revision.conformar(revisor, JUEVES)
    total = ronda.revisores.count()
    assert f"{total} de {total} personas respondieron" in mesa.get(url(acta, "acta")).content.decode()
    assert mesa.post(url(acta, "aprobar")).status_code == 302
    assert m.Acta.objects.get(pk=acta.pk).via == "correo"


def test_con_textos_sin_decidir_no_se_aprueba(reparto: Reparto, mesa: Client) -> None:
    acta = por_aprobar(reparto)
    edicion.editar(
        acta.sesion, "cierre", texto="A mano.", base="Antes.", version=0, por=reparto.cuentas["colega"]
    )
    respuesta = mesa.post(url(acta, "aprobar"))
    assert respuesta.status_code == 422
    assert "decide antes cuál vale" in respuesta.content.decode()
    assert estado(acta) == "borrador"


# --- sellar ---


def test_sellar_se_confirma_en_su_pagina_y_queda_por_firmar(reparto: Reparto, mesa: Client) -> None:
    acta = aprobada(reparto)
    confirma = mesa.get(url(acta, "sellar")).content.decode()
    assert "No se puede deshacer." in confirma
    assert "Sellar para siempre" in confirma
    primera, segunda = (mesa.post(url(acta, "sellar")) for _ in range(2))
    assert (primera.status_code, segunda.status_code) == (302, 302)
    assert (estado(acta), m.Sello.objects.count()) == ("por_firmar", 1)
    assert "El acta quedó sellada." in mesa.get(url(acta, "acta")).content.decode()
    assert mesa.get(url(acta, "sellar"))["Location"] == f"{url(acta, 'acta')}#vida"


def test_lo_que_impide_sellar_lleva_a_donde_se_arregla(reparto: Reparto, mesa: Client) -> None:
    acta = aprobada(reparto)
    acta.sesion.firmantes.all().delete()
    cierre = acta.sesion.paso_url("cierre")
    for respuesta in (mesa.get(url(acta, "sellar")), mesa.post(url(acta, "sellar"))):
        pagina = respuesta.content.decode()
        assert f'<a href="{cierre}#firmas">No hay lista de quienes firman' in pagina
        assert "Sellar para siempre" not in pagina
    assert (respuesta.status_code, estado(acta)) == (422, "aprobada")


def test_sin_aprobar_no_se_sella(mesa: Client, acta: m.Acta) -> None:
    assert mesa.get(url(acta, "sellar")).status_code == 302
    respuesta = mesa.post(url(acta, "sellar"))
    assert respuesta.status_code == 409
    assert "No se puede sellar el acta: está «Borrador»." in respuesta.content.decode()


# --- firmas y publicación ---


def test_dice_quien_falta_y_de_que_modo_firmo_quien_firmo(reparto: Reparto, mesa: Client) -> None:
    from sesiones import firmar
    from tests.vida.momentos import METODO, dar_cuenta_a

    sello = sellada(reparto)
    dar_cuenta_a(reparto, "academia", "colega")
    primero, academia = sello.lugares.earliest("pk"), sello.lugares.get(persona=reparto.personas["academia"])
    firmar.simple(academia, reparto.cuentas["colega"], JUEVES, metodo=METODO)
    pagina = mesa.get(url(sello.acta, "acta")).content.decode()
    assert f"Firma electrónica simple, con {METODO}" in pagina
    assert "1 de 5" in pagina
    assert f"Faltan las firmas de {primero.nombre}" in pagina


def test_con_firmas_pendientes_no_se_publica(reparto: Reparto, mesa: Client) -> None:
    acta = sellada(reparto).acta
    respuesta = mesa.post(url(acta, "publicar"))
    assert respuesta.status_code == 422
    assert "Faltan las firmas de" in respuesta.content.decode()
    assert estado(acta) == "por_firmar"


def test_sin_el_sello_del_organo_se_dice_y_nada_cambia(
    reparto: Reparto, mesa: Client, settings: Settings
) -> None:
    acta = firmada(reparto).acta
    settings.SELLO_PKCS12 = "/no/existe.p12"
    respuesta = mesa.post(url(acta, "publicar"))
    assert respuesta.status_code == 422
    assert "sello" in respuesta.content.decode().split('role="alert"', 1)[1].split("</section>", 1)[0].lower()
    assert (estado(acta), m.Publicacion.objects.count()) == ("firmada", 0)


def test_publicar_se_confirma_avisa_una_vez_y_dos_clics_no_danan(
    reparto: Reparto, mesa: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    m.Persona.objects.filter(pk=reparto.personas["academia"].pk).update(correo="academia@prueba.example")
    acta = firmada(reparto).acta
    mail.outbox.clear()
    assert "Publicar para todo el mundo" in mesa.get(url(acta, "publicar")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        codigos = [mesa.post(url(acta, "publicar")).status_code for _ in range(2)]
    assert (codigos, estado(acta)) == ([302, 302], "publicada")
    mensajes = [uno for uno in mail.outbox if uno.to == ["academia@prueba.example"]]
    assert [uno.subject for uno in mensajes] == [f"Acta publicada: {acta.sesion} · Secretariado"]
    assert reverse("sesiones:acta", args=("prueba", acta.sesion.clave)) in mensajes[0].body
    assert acta.sello.codigo in mensajes[0].body


# --- fe de erratas ---


def test_la_fe_de_erratas_pide_motivo_y_abre_una_sola_version(reparto: Reparto, mesa: Client) -> None:
    acta = publicada(reparto).acta
    vacia = mesa.post(url(acta, "corregir"), {"motivo": " "})
    assert vacia.status_code == 422
    assert m.Acta.objects.count() == 1
    forma = {"motivo": "Dice 2025 y es 2026.", "envio": "0" * 32}
    assert [mesa.post(url(acta, "corregir"), forma).status_code for _ in range(2)] == [302, 302]
    nueva = m.Acta.objects.get(version=2)
    assert (nueva.estado, nueva.motivo) == ("borrador", "Dice 2025 y es 2026.")
    pagina = mesa.get(url(acta, "acta")).content.decode()
    assert "versión 2, fe de erratas" in pagina
    assert f"{url(acta, 'acta_pdf')}?version=1" in pagina
    otra = mesa.post(url(acta, "corregir"), {"motivo": "Otra más."})
    assert otra.status_code == 422
    assert "aún se edita" in otra.content.decode()


def test_lo_no_publicado_no_se_corrige_con_fe_de_erratas(reparto: Reparto, mesa: Client) -> None:
    acta = sellada(reparto).acta
    respuesta = mesa.post(url(acta, "corregir"), {"motivo": "Algo."})
    assert respuesta.status_code == 422
    assert m.Acta.objects.count() == 1


# --- lo que sigue, en cada estado ---


def test_cada_estado_ofrece_una_sola_cosa(reparto: Reparto, mesa: Client, acta: m.Acta) -> None:
    ofrece = {}
    revisar = url(acta, "revision")
    for estado_del_acta in (EstadoActa.BORRADOR, EstadoActa.OBSERVADA, EstadoActa.REVISADA):
        m.Acta.objects.filter(pk=acta.pk).update(estado=estado_del_acta)
        panel = mesa.get(url(acta, "acta")).content.decode().split('class="vida__siguiente"', 1)[1]
        ofrece[estado_del_acta] = panel.count('class="boton boton--grande"')
        assert f'boton--grande" href="{revisar}"' in panel
    assert set(ofrece.values()) == {1}


def test_la_pagina_sellada_no_crece_con_las_firmas(reparto: Reparto, mesa: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    acta = sellada(reparto).acta
    cuentas = []
    for borrar in (False, True):
        if borrar:
            _firmar_todas(reparto, acta.sello)
        with CaptureQueriesContext(connection) as consultas:
            mesa.get(url(acta, "acta"))
        cuentas.append(len(consultas))
    assert cuentas[0] >= cuentas[1]


def _firmar_todas(reparto: Reparto, sello: m.Sello) -> None:
    for orden, lugar in enumerate(sello.lugares.all()):
        m.Firma.objects.create(
            lugar=lugar,
            clase="simple",
            cuando=JUEVES,
            por=reparto.cuentas["facilitadora"],
            pdf=sello.pdf,
            detalle={"metodo": "prueba"},
            eslabon=1000 + orden,
        )
