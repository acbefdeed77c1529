"""Lo que cualquiera lee de la agenda, y que un borrador no existe en ninguna parte."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from sesiones.eventos.models import Evento
from tests.ejes.fabricas import crear_plan
from tests.eventos.fabricas import anunciado, crear, guardado, publicado
from tests.personas import DIA, Reparto

pytestmark = pytest.mark.django_db
LISTA = reverse("agenda:lista")
FUTURO = dt.date(2030, 5, 6)


def leer(url: str, estado: int = 200) -> str:
    respuesta = Client().get(url)
    assert respuesta.status_code == estado, url
    cuerpo = b"".join(respuesta) if respuesta.streaming else respuesta.content
    return cuerpo.decode()


def titulos(url: str) -> list[str]:
    return re.findall(r'sesiones__titulo"><a href="[^"]+">([^<]+)<', leer(url))


def test_un_borrador_no_existe_en_ninguna_parte_y_al_publicarse_esta_en_todas(reparto: Reparto) -> None:
    evento = guardado(reparto)
    publicado(reparto, titulo="Otro", dia=DIA + dt.timedelta(days=1))  # que haya dónde esconderse
    direccion = evento.get_absolute_url()
    inexistente = leer(direccion.replace("zarzamora-2026", "zarzamoro-2026"), 404)
    assert leer(direccion, 404) == inexistente.replace("zarzamoro", "zarzamora")
    leer(f"{direccion}cita.ics", 404)
    donde = [
        *(LISTA, f"{LISTA}?anio=2026", "/calendario/2026/3/", "/calendario.ics", "/calendario/prueba.ics"),
        *("/novedades.atom", "/buscar/?q=zarzamora", "/sitemap/eventos-1.xml", "/datos/eventos.json"),
        *("/datos/ponentes.json", "/datos/materiales.json", "/api/v1/eventos/"),
    ]
    paginas = {url: leer(url) for url in donde}
    dicho = ("zarzamora-2026", "Por confirmar", "Borrador de la guía")
    assert {url for url, pagina in paginas.items() if any(d in pagina for d in dicho)} == set()
    evento.publicar(None)
    encontrado = {url for url in donde if "zarzamora-2026" in leer(url)}
    assert encontrado == set(donde)
    assert "Sorpresa" in leer(direccion)


def test_lo_que_viene_lo_que_paso_y_lo_de_un_anio(reparto: Reparto) -> None:
    publicado(reparto, titulo="Lejos", dia=FUTURO, tipo="foro")
    publicado(reparto, titulo="Cerca", dia=FUTURO - dt.timedelta(days=2))
    cancelado = publicado(reparto, titulo="Ya no", dia=FUTURO - dt.timedelta(days=1))
    cancelado.cancelar(None, "Sin sede")
    publicado(reparto, titulo="Viejo", dia=dt.date(2024, 2, 3))
    publicado(reparto, titulo="Reciente", dia=dt.date(2026, 1, 2))
    crear(reparto, titulo="Oculto", dia=FUTURO)
    assert titulos(LISTA) == ["Cerca", "Ya no", "Lejos", "Reciente", "Viejo"]
    assert titulos(f"{LISTA}?anio=2024") == ["Viejo"]
    assert titulos(f"{LISTA}?tipo=foro&organo=prueba") == ["Lejos"]
    assert titulos(f"{LISTA}?tipo=taller") == []
    for mal, frase in (
        ("anio=1999", "De ese año no hay eventos"),
        ("tipo=fiesta", "No hay esa clase de evento"),
        ("organo=nada", "Ese órgano no tiene eventos"),
    ):
        assert frase in leer(f"{LISTA}?{mal}", 422)


@pytest.mark.parametrize("cuantos", [1, 15])
def test_cuesta_lo_mismo_con_uno_que_con_muchos(
    reparto: Reparto, cuantos: int, django_assert_num_queries: Any
) -> None:
    evento = publicado(reparto, titulo="Pasó")
    evento.relaciones.create(clave="2022-2024/1")
    for n in range(cuantos):
        publicado(reparto, titulo=f"Viene {n}", dia=FUTURO)
        publicado(reparto, titulo=f"Pasó {n}")
        evento.ponentes.create(nombre="Ponente")
    with django_assert_num_queries(7):
        Client().get(LISTA)
    with django_assert_num_queries(6):
        Client().get(evento.get_absolute_url())
    with django_assert_num_queries(2):
        Client().get(f"{evento.get_absolute_url()}cita.ics")


def test_la_pagina_dice_quienes_participan_y_lo_mismo_a_los_buscadores(reparto: Reparto) -> None:
    anunciado(reparto)
    Evento.objects.update(hora_fin=dt.time(12), liga="https://ver.example/", cupo=30, modalidad="hibrida")
    evento = Evento.objects.select_related("organo").get()
    pagina = leer(evento.get_absolute_url())
    for dicho in (
        "Ponente de Prueba",
        "Ponente · Directora, Instituto",
        "Tema: Datos",
        "30 personas",
        "Guía",
    ):
        assert dicho in pagina
    hechos = json.loads(re.findall(r'ld\+json">(.+?)</script>', pagina)[0])["@graph"][0]
    assert (hechos["@type"], hechos["startDate"], hechos["endDate"]) == (
        "Event",
        "2026-03-18T10:00:00-06:00",
        "2026-03-18T12:00:00-06:00",
    )
    assert [lugar["@type"] for lugar in hechos["location"]] == ["Place", "VirtualLocation"]
    assert hechos["performer"][0]["name"] == "Ponente de Prueba"
    assert (hechos["maximumAttendeeCapacity"], hechos["eventStatus"]) == (
        30,
        "https://schema.org/EventScheduled",
    )


def test_la_cita_conserva_su_identidad_y_dice_si_se_cancela(reparto: Reparto) -> None:
    evento = publicado(reparto, dia=FUTURO, hora_fin=dt.time(13))
    antes = _cita(evento)
    evento.cancelar(None, "Sin sede")
    despues = _cita(evento)
    assert (antes["uid"], antes["status"]) == (despues["uid"], "CONFIRMED")
    assert (despues["status"], despues["sequence"] > antes["sequence"]) == ("CANCELLED", True)
    zona = timezone.get_default_timezone()
    assert antes["dtstart"].dt == dt.datetime(2030, 5, 6, 10, tzinfo=zona)
    assert antes["dtend"].dt == dt.datetime(2030, 5, 6, 13, tzinfo=zona)
    # De varios días sin hora de fin no se sabe cuánto ocupa cada uno: van completos.
    largo = publicado(reparto, titulo="Curso", dia=FUTURO, hasta=FUTURO + dt.timedelta(days=2))
    assert (_cita(largo)["dtstart"].dt, _cita(largo)["dtend"].dt) == (FUTURO, FUTURO + dt.timedelta(days=3))
    assert Evento.objects.filter(estado="cancelado").count() == 1
    assert "Sin sede" in leer(evento.get_absolute_url())


def _cita(evento: Evento) -> Any:
    archivo = Calendar.from_ical(leer(f"{evento.get_absolute_url()}cita.ics"))
    (una,) = archivo.walk("VEVENT")
    return una


def test_el_compromiso_enlaza_sus_eventos_y_el_evento_su_compromiso(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    evento, oculto = publicado(reparto), crear(reparto, titulo="Oculto")
    for uno in (evento, oculto):
        uno.relaciones.create(clave=f"{plan.clave}/1.1")
    evento.relaciones.create(clave="no-existe/9.9")
    compromiso = f"/plan/{plan.clave}/compromiso/1.1/"
    assert f"Panel: Panel de prueba, {_dia()}" in leer(compromiso)
    assert "Oculto" not in leer(compromiso)
    assert "Panel de prueba" not in leer(f"/plan/{plan.clave}/eje/1/")
    pagina = leer(evento.get_absolute_url())
    assert (f'href="{compromiso}"' in pagina, "no-existe" in pagina) == (True, False)
    type(plan).objects.update(estado="borrador")
    assert compromiso not in leer(evento.get_absolute_url())


def _dia() -> str:
    return f"{DIA.day} de marzo de {DIA.year}"


def test_la_portada_y_el_organo_llevan_a_la_agenda_y_lo_ficticio_se_rotula(reparto: Reparto) -> None:
    assert "Próximo evento" not in leer("/")
    publicado(reparto, titulo="Ya pasó")
    publicado(reparto, titulo="Viene después", dia=FUTURO)
    cancelado = publicado(reparto, titulo="Se cae", dia=FUTURO - dt.timedelta(days=1))
    cancelado.cancelar(None, "Sin sede")
    portada = leer("/")
    assert [
        t
        for t in ("Ya pasó", "Viene después", "Se cae")
        if f">{t}<" in portada.split("Próximo evento")[1].split("</section>")[0]
    ] == ["Viene después"]
    assert f'href="{LISTA}?organo=prueba"' in leer("/sesiones/prueba/")
    type(reparto.organo).objects.update(ficticio=True)
    evento = Evento.objects.select_related("organo").get(titulo="Viene después")
    assert "Órgano ficticio" in leer(evento.get_absolute_url())
    assert "Viene después" in leer("/")
    assert "etiqueta--alerta" in leer(LISTA)


def test_quien_pide_un_evento_que_no_existe_recibe_los_parecidos(reparto: Reparto) -> None:
    evento = publicado(reparto)
    crear(reparto, titulo="Panel de pruebas")
    pagina = leer("/agenda/prueba/panel-de-pruebas/", 404)
    assert (evento.get_absolute_url() in pagina, "panel-de-pruebas-2026" in pagina) == (True, False)
