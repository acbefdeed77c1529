"""Al publicarse un acta se avisa a quien estuvo, a quien está, a quien firma y a quien la sigue: una vez."""

import datetime as dt
import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones import novedades, publicar, seguidores
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.avisos.registro import Tema, temas
from tests.avisos.conftest import seguir
from tests.fabricas import crear_suplencia
from tests.personas import DIA, Reparto, crear_reparto
from tests.vida.archivadas import archivada, corregida
from tests.vida.conftest import JUEVES
from tests.vida.momentos import firmada

VECINA = "vecina@prueba.example"
TITULARES = {
    f"{q}.prueba@prueba.example" for q in ("presidencia", "poder", "academia", "civil", "facilitadora")
}


def tema(reparto: Reparto) -> Tema:
    """El del órgano de prueba."""
    return seguidores.tema_de(reparto.organo, DIA)


def a_quienes(sello: m.Sello) -> set[str]:
    """Los correos a los que toca la publicación."""
    return {una.correo for una in novedades.a_quienes(sello.publicacion)}


# --- a quién integra ---


def test_se_avisa_tambien_a_quien_llego_despues(reparto: Reparto) -> None:
    titular = reparto.asientos["poder"].nombramientos.get()
    m.Nombramiento.objects.filter(pk=titular.pk).update(vigente_hasta=DIA)
    nueva = m.Persona.objects.create(nombre="Gala Ríos", correo="Nueva@prueba.example")
    reparto.asientos["poder"].nombramientos.create(
        persona=nueva, cargo="Titular", vigente_desde=DIA + dt.timedelta(days=1)
    )
    assert a_quienes(archivada(reparto)) == TITULARES | {"nueva@prueba.example"}


def test_se_avisa_a_quien_estuvo_aunque_ya_no_este(reparto: Reparto) -> None:
    suplencia = crear_suplencia(reparto)
    m.Persona.objects.filter(pk=suplencia.persona_id).update(correo="suplente@prueba.example")
    m.Suplencia.objects.filter(pk=suplencia.pk).update(vigente_hasta=DIA)
    m.Nombramiento.objects.filter(persona=reparto.personas["civil"]).update(vigente_hasta=DIA)
    assert a_quienes(archivada(reparto)) == TITULARES | {"suplente@prueba.example"}


def test_se_avisa_a_quien_tiene_lugar_de_firma_sin_haber_estado(reparto: Reparto) -> None:
    sello = archivada(reparto)
    m.Nombramiento.objects.filter(persona=reparto.personas["civil"]).delete()
    assert a_quienes(sello) == TITULARES


def test_dos_personas_con_el_mismo_correo_reciben_uno(reparto: Reparto) -> None:
    m.Persona.objects.filter(pk=reparto.personas["poder"].pk).update(correo="OFICINA@prueba.example")
    m.Persona.objects.filter(pk=reparto.personas["academia"].pk).update(correo="oficina@prueba.example")
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(correo="", usuario=None)
    correos = [una.correo for una in novedades.a_quienes(archivada(reparto).publicacion)]
    assert sorted(correos) == [
        "facilitadora.prueba@prueba.example",
        "oficina@prueba.example",
        "presidencia.prueba@prueba.example",
    ]


# --- a quién la sigue ---


def test_se_puede_seguir_a_cada_organo_con_nombre_y_los_ficticios_lo_dicen(reparto: Reparto) -> None:
    m.Organo.objects.create(clave="sin-nombre")
    otro = crear_reparto("a-otro").organo
    m.Organo.objects.filter(pk=otro.pk).update(ficticio=True)
    assert [str(uno) for uno in temas(DIA).values() if uno.clave.startswith("organo:")] == [
        "Secretariado Técnico de Prueba prueba: actas y fe de erratas",
        "Secretariado Técnico de Prueba a-otro (ficticio): actas y fe de erratas",
    ]


@pytest.mark.parametrize("mas", [0, 9])
def test_ofrecer_muchos_organos_no_pide_mas_consultas(
    client: Client, reparto: Reparto, mas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(mas):
        organo = m.Organo.objects.create(clave=f"otro-{n}")
        organo.denominaciones.create(nombre=f"Otro {n}", nombre_corto=f"Otro {n}", siglas="OTRO")
    with django_assert_num_queries(7):  # órganos, nombres, agenda, planes, ejes, municipios y quién los sigue
        pagina = client.get("/seguir/").content.decode()
    assert pagina.count('value="organo:') == mas + 1


def test_quien_conduce_no_ve_quien_sigue_al_organo(client: Client, reparto: Reparto) -> None:
    seguir(VECINA, tema(reparto))
    sello = archivada(reparto)
    novedades.avisar_publicacion(sello.publicacion)
    client.force_login(reparto.cuentas["administradora"])
    assert client.get("/avisos/seguir/organo/").status_code == 404
    assert VECINA not in client.get(f"/avisos/sesion/{sello.acta.sesion_id}/").content.decode()


def test_la_orden_diaria_borra_lo_que_nadie_confirmo(reparto: Reparto) -> None:
    nadie = Suscripcion(correo=VECINA, tema="organo:prueba", clave="n")
    nadie.pedida_el = timezone.now() - dt.timedelta(days=8)
    nadie.save()
    dicho = StringIO()
    call_command("atender_plazos", stdout=dicho)
    assert "Suscripciones sin confirmar borradas: 1." in dicho.getvalue()
    assert not Suscripcion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_publicar_avisa_a_quien_sigue_y_confirmo() -> None:
    reparto = crear_reparto()
    seguir(VECINA, tema(reparto))
    sin_confirmar = Suscripcion(correo="otra@prueba.example", tema="organo:prueba", clave="o")
    sin_confirmar.save()
    seguir("presidencia.prueba@prueba.example", tema(reparto))
    sello = firmada(reparto)
    mail.outbox.clear()
    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    assert sorted(c.to[0] for c in mail.outbox) == sorted({*TITULARES, VECINA})
    (suyo,) = (c for c in mail.outbox if c.to == [VECINA])
    assert suyo.subject == "Acta publicada: I Sesión Ordinaria · Secretariado"
    assert "List-Unsubscribe" in suyo.extra_headers
    clave = Suscripcion.objects.get(correo=VECINA).clave
    assert suyo.body == (
        "Se publicó el acta de la I Sesión Ordinaria del Secretariado Técnico de Prueba prueba, del 18 de "
        "marzo de 2026.\n\nLéela y descárgala aquí:\n"
        f"http://127.0.0.1:8000/sesiones/prueba/{sello.acta.sesion.clave}/acta/\n\n"
        f"Código para verificarla: {sello.codigo}\n\n—\n"
        "Te llega porque sigues con este correo «Secretariado Técnico de Prueba prueba: actas y fe de "
        "erratas».\n"
        f"Para dejar de recibirlo (si no sigues nada más, tu correo se borra):\nhttp://127.0.0.1:8000/seguir/baja/{clave}/\n"
    )


def test_la_fe_de_erratas_avisa_otra_vez_y_cada_version_una(reparto: Reparto) -> None:
    seguir(VECINA, tema(reparto))
    primera = archivada(reparto)
    segunda = corregida(reparto, primera)
    for sello in (primera, primera, segunda, segunda):
        novedades.avisar_publicacion(sello.publicacion)
    suyos = Aviso.objects.filter(para=VECINA, motivo__startswith="seguir:")
    assert [a.asunto for a in suyos] == [
        "Acta publicada: I Sesión Ordinaria · Secretariado",
        "Fe de erratas publicada: I Sesión Ordinaria · Secretariado",
    ]
    assert "Sustituye a la versión anterior.\n\nQué corrige: Dice 2025 y es 2026.\n\nLéela" in suyos[1].cuerpo


def test_un_organo_ficticio_lo_dice_desde_el_asunto(reparto: Reparto) -> None:
    m.Organo.objects.filter(pk=reparto.organo.pk).update(ficticio=True)
    reparto.organo.refresh_from_db()
    seguir(VECINA, tema(reparto))
    novedades.avisar_publicacion(archivada(reparto).publicacion)
    (suyo,) = Aviso.objects.filter(para=VECINA, motivo__startswith="seguir:")
    assert suyo.asunto == "Acta publicada: I Sesión Ordinaria · Secretariado (ficticio)"
    assert suyo.cuerpo.startswith("Aviso: es de un órgano ficticio.")


def test_lo_que_reciben_no_trae_a_ninguna_persona(reparto: Reparto) -> None:
    seguir(VECINA, tema(reparto))
    novedades.avisar_publicacion(archivada(reparto).publicacion)
    (suyo,) = Aviso.objects.filter(para=VECINA, motivo__startswith="seguir:")
    de_alguien = {p.nombre for p in reparto.personas.values()} | {c.email for c in reparto.cuentas.values()}
    assert [dicho for dicho in de_alguien if dicho in suyo.cuerpo] == []
    assert re.findall(r"\S+@\S+", suyo.cuerpo) == []


def test_muchos_seguidores_no_piden_mas_consultas(reparto: Reparto) -> None:
    sello, cuantas = archivada(reparto), []
    for hay in (1, 60):
        Aviso.objects.all().delete()
        Suscripcion.objects.all().delete()
        Suscripcion.objects.bulk_create(
            Suscripcion(
                correo=f"{n}@prueba.example", tema="organo:prueba", clave=str(n), confirmada_el=timezone.now()
            )
            for n in range(hay)
        )
        publicacion = m.Publicacion.objects.get(pk=sello.publicacion.pk)
        with CaptureQueriesContext(connection) as consultas:
            novedades.avisar_publicacion(publicacion)
        cuantas.append(len(consultas))
        assert Aviso.objects.filter(motivo__startswith="seguir:").count() == hay
    assert cuantas[0] == cuantas[1]
