"""Los selectores no crecen sin fin: lo reciente está a la vista y lo demás se escribe."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.forms.elegir import CUANTAS
from sesiones.views.registros.generico import POR_PAGINA
from tests import fabricas
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia

MUCHAS = CUANTAS + 20


@pytest.fixture
def entra(client: Client, reparto: Reparto) -> Client:
    identificarse(client, reparto.cuentas["administradora"])
    return client


def _poblar(reparto: Reparto, cuantas: int) -> None:
    """Oficios, personas, instituciones y sesiones, de más viejo a más nuevo."""
    dia = dt.date(2025, 1, 6)
    viejas = m.Persona.objects.bulk_create(m.Persona(nombre=f"Vieja {n:03}") for n in range(cuantas))
    m.Oficio.objects.bulk_create(
        m.Oficio(
            organo=reparto.organo,
            folio=f"VIE-{n:03}/2024",
            folio_normalizado=f"VIE/{n}/2024",
            asunto="Aviso",
            remitente="Ana",
            remitente_persona=vieja,
            fecha=dia + dt.timedelta(days=n),
        )
        for n, vieja in enumerate(viejas)
    )
    m.Institucion.objects.bulk_create(
        m.Institucion(nombre=f"Antigua {n:03}", sector="academia") for n in range(cuantas)
    )
    for n in range(cuantas):
        fabricas.crear_sesion(reparto, fecha=dia + dt.timedelta(days=n))


def _urls(reparto: Reparto) -> dict[str, str]:
    asiento = reparto.asientos["vacante"].pk
    titular = reparto.asientos["poder"].nombramientos.get().pk
    nuevo = {
        r: reverse("registros:nuevo", args=("prueba", r)) for r in ("suplencias", "refrendos", "asientos")
    }
    return {
        "suplencias": f"{nuevo['suplencias']}?asiento={asiento}",
        "refrendos": f"{nuevo['refrendos']}?nombramiento={titular}",
        "asientos": nuevo["asientos"],
    }


def _opciones(client: Client, url: str, datos: dict[str, str] | None = None) -> dict[str, list[Any]]:
    """Lo que ofrece cada selector largo, sin la opción vacía."""
    respuesta = client.get(url) if datos is None else client.post(url, datos)
    campos = respuesta.context["forma"].fields
    return {
        n: [str(texto) for valor, texto in campos[n].choices if valor]
        for n in ("oficio", "persona", "sesion", "institucion")
        if n in campos
    }


@pytest.mark.parametrize("cuantas", [1, MUCHAS])
@pytest.mark.parametrize(("registro", "consultas"), [("suplencias", 15), ("refrendos", 10), ("asientos", 10)])
def test_mismas_consultas_con_una_opcion_o_muchas(
    entra: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    registro: str,
    consultas: int,
    cuantas: int,
) -> None:
    _poblar(reparto, cuantas)
    with django_assert_num_queries(consultas):
        assert entra.get(_urls(reparto)[registro]).status_code == 200


def test_se_ofrece_lo_mas_reciente(entra: Client, reparto: Reparto) -> None:
    _poblar(reparto, MUCHAS)
    ofrece = _opciones(entra, _urls(reparto)["suplencias"])
    assert {nombre: len(opciones) for nombre, opciones in ofrece.items()} == dict.fromkeys(ofrece, CUANTAS)
    assert ofrece["oficio"][0] == f"Oficio VIE-{MUCHAS - 1:03}/2024"
    assert ofrece["persona"] == sorted(ofrece["persona"])
    assert f"Vieja {MUCHAS - 1:03}" in ofrece["persona"]
    assert "Vieja 000" not in ofrece["persona"]


def test_se_ofrecen_personas_de_este_organo_o_recien_registradas(entra: Client, reparto: Reparto) -> None:
    m.Persona.objects.create(nombre="Recién registrada")
    otro = m.Organo.objects.create(clave="otro")
    ajena = m.Persona.objects.create(nombre="Firmó en otro")
    m.Oficio.objects.create(organo=otro, asunto="Aviso", remitente="Ella", remitente_persona=ajena)
    _poblar(reparto, 1)
    ofrece = _opciones(entra, _urls(reparto)["suplencias"])["persona"]
    de_aqui = {n.persona.nombre for a in reparto.organo.asientos.all() for n in a.nombramientos.all()}
    assert {*ofrece} == {*de_aqui, "Vieja 000", "Recién registrada"}
    escrito = {"nueva_nombre": "firmo en", "tipo": "permanente"}
    assert _opciones(entra, _urls(reparto)["suplencias"], escrito)["persona"][0] == "Firmó en otro"


def test_lo_que_se_escribe_aparece_en_la_lista_y_se_puede_elegir(entra: Client, reparto: Reparto) -> None:
    _poblar(reparto, MUCHAS)
    url = _urls(reparto)["suplencias"]
    datos = {"tipo": "permanente", "cargo": "Directora", "vigente_desde": "2026-02-01"}
    escrito = {"nueva_nombre": "vieja 000", "nuevo_folio": "vie-0/2024", "nuevo_remitente": "Ana"}
    ofrece = _opciones(entra, url, datos | escrito)
    assert (ofrece["oficio"][0], ofrece["persona"][0]) == ("Oficio VIE-000/2024", "Vieja 000")
    elegido = {
        "persona": str(m.Persona.objects.get(nombre="Vieja 000").pk),
        "oficio": str(m.Oficio.objects.get(folio="VIE-000/2024").pk),
    }
    assert entra.post(url, datos | elegido).status_code == 302
    suplencia = reparto.asientos["vacante"].suplencias.get()
    assert (suplencia.persona.nombre, str(suplencia.oficio)) == ("Vieja 000", "Oficio VIE-000/2024")


def test_lo_ya_elegido_sigue_en_la_lista_al_corregir(entra: Client, reparto: Reparto) -> None:
    fila = fabricas.crear_suplencia(reparto, asiento="vacante")
    _poblar(reparto, MUCHAS)
    assert fila.oficio is not None
    m.Oficio.objects.filter(pk=fila.oficio.pk).update(fecha=dt.date(2019, 1, 1))
    ofrece = _opciones(entra, reverse("registros:editar", args=("prueba", "suplencias", fila.pk)))
    assert ofrece["oficio"][0] == str(fila.oficio)


@pytest.mark.parametrize(
    ("escrita", "frase"),
    [
        ("", "Elige la institución o escribe su nombre."),
        ("antigua 00", "Elígela: las que coinciden con lo que escribiste ya están en la lista."),
        ("Ninguna", "No hay una institución llamada «Ninguna»: agrégala primero en «Instituciones»."),
    ],
)
def test_la_institucion_que_no_se_encuentra_se_explica(
    entra: Client, reparto: Reparto, escrita: str, frase: str
) -> None:
    _poblar(reparto, MUCHAS)
    datos = {"buscada": escrita, "funcion": "integrante", "orden": "9"}
    respuesta = entra.post(_urls(reparto)["asientos"], datos)
    assert (respuesta.status_code, respuesta.context["forma"].errors["institucion"]) == (422, [frase])


def test_la_institucion_se_dice_por_su_nombre(entra: Client, reparto: Reparto) -> None:
    _poblar(reparto, MUCHAS)
    datos = {"buscada": "antigua 000", "funcion": "integrante", "orden": "9", "tiene_voto": "on"}
    assert entra.post(_urls(reparto)["asientos"], datos).status_code == 302
    assert reparto.organo.asientos.get(orden=9).institucion.nombre == "Antigua 000"


def test_en_el_punto_se_da_cuenta_de_un_oficio_viejo_por_su_folio(entra: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    _poblar(reparto, MUCHAS)
    punto = sesion.puntos.get()
    reciente = reparto.organo.oficios.first()
    assert reciente is not None
    url = reverse("mesa:oficios", args=("prueba", sesion.clave, punto.pk))
    respuesta = entra.post(url, {"oficios": [reciente.pk], "folio": "vie - 0/2024"})
    assert respuesta.status_code == 302
    assert {o.folio for o in punto.oficios.all()} == {reciente.folio, "VIE-000/2024"}
    pagina = entra.get(reverse("mesa:punto", args=("prueba", sesion.clave, punto.pk)))
    ofrecidos = pagina.context["forma_oficios"].fields["oficios"].choices
    assert len(ofrecidos) == CUANTAS + 1
    assert ("Oficio VIE-000/2024") in [texto for _, texto in ofrecidos]
    ajeno = entra.post(url, {"folio": "S/N"})
    assert ajeno.status_code == 422
    assert "En el registro no hay un oficio con el folio «S/N»." in ajeno.content.decode()


@pytest.mark.parametrize("cuantas", [1, MUCHAS])
@pytest.mark.parametrize(("registro", "consultas"), [("suplencias", 12), ("refrendos", 9)])
def test_de_que_cuelga_se_elige_por_paginas(
    entra: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    registro: str,
    consultas: int,
    cuantas: int,
) -> None:
    _llenar_de_asientos(reparto, cuantas)
    url = reverse("registros:nuevo", args=("prueba", registro))
    with django_assert_num_queries(consultas):
        pagina = entra.get(url)
    assert len(pagina.context["opciones"]) <= POR_PAGINA
    assert ("Filtrar" in pagina.content.decode()) is (cuantas == MUCHAS)


def test_de_que_cuelga_se_busca_sin_acentos(entra: Client, reparto: Reparto) -> None:
    _llenar_de_asientos(reparto, MUCHAS)
    url = reverse("registros:nuevo", args=("prueba", "suplencias"))
    halladas = entra.get(url, {"q": "camara 069"}).context["opciones"]
    assert [str(asiento) for asiento, _ in halladas] == ["Cámara 069 (integrante)"]
    assert "Nada coincide con esas palabras" in entra.get(url, {"q": "inexistente"}).content.decode()
    assert entra.get(url, {"q": "x" * 500}).status_code == 422


def _llenar_de_asientos(reparto: Reparto, cuantos: int) -> None:
    """Asientos con su titular."""
    for n in range(cuantos):
        institucion = m.Institucion.objects.create(nombre=f"Cámara {n:03}", sector="academia")
        asiento = m.Asiento.objects.create(organo=reparto.organo, institucion=institucion, orden=50)
        persona = m.Persona.objects.create(nombre=f"Persona {n:03}")
        m.Nombramiento.objects.create(
            asiento=asiento, persona=persona, cargo="Directora", vigente_desde=dt.date(2025, 1, 1)
        )
