"""El correo de quien pregunta no sale en ninguna página, dato ni mensaje que no sea el suyo."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from stl_portal.avisos.models import Aviso
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.participacion import atender, preguntar
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from tests.participacion import fabricas
from tests.participacion.fabricas import CORREO
from tests.personas import Reparto

pytestmark = pytest.mark.django_db
PUBLICAS = (
    "/",
    "/preguntas/",
    "/preguntas/?estado=abiertas",
    "/datos/preguntas.csv",
    "/datos/preguntas.json",
)


@pytest.fixture
def todas(compromiso: Objeto, reparto: Reparto) -> list[Pregunta]:
    """En cada momento, llevadas como las lleva el portal: con sus correos."""
    cuenta, ahora = reparto.cuentas["facilitadora"], timezone.now()
    hechas = [fabricas.crear_pregunta(compromiso) for _ in range(5)]
    for pregunta in hechas[1:]:
        preguntar.confirmar(pregunta.llave, ahora)
    frescas = [Pregunta.objects.get(pk=p.pk) for p in hechas]
    for pregunta in frescas[2:4]:
        atender.publicar(pregunta, cuenta, ahora)
    atender.responder(frescas[3], cuenta, "Ya está.", 0, ahora)
    atender.rechazar(frescas[4], cuenta, "ajena", "No.", ahora)
    return [Pregunta.objects.get(pk=p.pk) for p in hechas]


def secretos(todas: list[Pregunta]) -> list[str]:
    """Lo que nunca debe leerse: el correo y las ligas personales."""
    return [CORREO, CORREO.split("@", maxsplit=1)[0], *(p.llave for p in todas)]


def test_ni_las_paginas_publicas_ni_los_datos_lo_dicen(
    client: Client, todas: list[Pregunta], compromiso: Objeto
) -> None:
    de_cada_una = [f"/preguntas/{p.folio}/" for p in todas if p.folio]
    paginas = {url: client.get(url) for url in (*PUBLICAS, compromiso.url, *de_cada_una)}
    cuerpos = {url: r.getvalue().decode() for url, r in paginas.items()}
    assert {url: s for url, cuerpo in cuerpos.items() for s in secretos(todas) if s in cuerpo} == {}
    assert todas[2].texto in cuerpos["/preguntas/"]


@pytest.mark.parametrize("papel", ["facilitadora", "administradora", "integrante", "auditora"])
def test_ni_quien_las_atiende_lo_ve(todas: list[Pregunta], reparto: Reparto, papel: str) -> None:
    client = Client()
    client.force_login(reparto.cuentas[papel])
    urls = ["/mi/", *(f"/gestion/preguntas/?ver={v}" for v in ("moderar", "responder", "atendidas"))]
    urls += [f"/gestion/preguntas/{p.pk}/" for p in todas]
    cuerpos = {url: client.get(url).content.decode() for url in urls}
    assert {url: s for url, cuerpo in cuerpos.items() for s in secretos(todas) if s in cuerpo} == {}


def test_ni_los_correos_de_quien_las_atiende(todas: list[Pregunta]) -> None:
    ajenos = Aviso.objects.exclude(para=CORREO)
    assert ajenos.count() > 3
    dichos = [texto for aviso in ajenos for texto in (aviso.asunto, aviso.cuerpo)]
    assert [s for s in secretos(todas) for texto in dichos if s in texto] == []


def test_el_conjunto_de_datos_solo_lleva_lo_publicado(todas: list[Pregunta]) -> None:
    filas = list(CONJUNTOS["preguntas"].todas())
    assert [fila[0] for fila in filas] == [todas[2].folio, todas[3].folio]
    assert [s for s in secretos(todas) if s in json.dumps(filas, default=str)] == []


def test_lo_publico_ni_siquiera_trae_el_correo_de_la_base(todas: list[Pregunta]) -> None:
    assert {p.get_deferred_fields() == {"correo"} for p in Pregunta.objects.visibles()} == {True}
