"""Dos personas corrigen la misma fila: la segunda ve ambos valores y nada se pierde ni se pisa."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto
from tests.registros.captura import leido

PERSONA = {"nombre": "Beto Sosa Lira", "apellidos": "Sosa Lira", "tratamiento": "Lic.", "sexo": "m"}
SIN_RENGLONES = {"renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}


@pytest.fixture
def entra(client: Client, reparto: Reparto) -> Client:
    identificarse(client, reparto.cuentas["administradora"])
    return client


def _editar(registro: str, fila: Any, verbo: str = "editar") -> str:
    return reverse(f"registros:{verbo}", args=("prueba", registro, fila.pk))


def _choque(respuesta: Any) -> list[tuple[str, str, str]]:
    assert respuesta.status_code == 409
    return [(d.dato, d.guardado, d.tuyo) for d in respuesta.context["choque"]]


@pytest.fixture
def frase(reparto: Reparto) -> m.Frase:
    fila: m.Frase = reparto.organo.frases.create(nombre="Da cuenta", texto="Se da cuenta de", orden=1)
    return fila


def test_la_segunda_en_guardar_ve_ambos_valores(entra: Client, frase: m.Frase) -> None:
    url = _editar("frases", frase)
    mia = suya = leido(entra, url)
    assert (
        entra.post(url, suya | {"texto": "Se informa de", "nombre": frase.nombre, "orden": 1}).status_code
        == 302
    )
    respuesta = entra.post(url, mia | {"texto": "Se da lectura a", "nombre": frase.nombre, "orden": 1})
    assert _choque(respuesta) == [("Texto", "Se informa de", "Se da lectura a")]
    texto = respuesta.content.decode()
    assert "Otra persona guardó cambios mientras escribías" in texto
    assert respuesta.context["forma"]["texto"].value() == "Se da lectura a"
    frase.refresh_from_db()
    assert frase.texto == "Se informa de"


def test_vistos_ambos_se_decide_y_se_guarda(entra: Client, frase: m.Frase) -> None:
    url = _editar("frases", frase)
    datos = leido(entra, url) | {"nombre": "Lee", "texto": "Se da lectura a", "orden": 1}
    m.Frase.objects.update(texto="Se informa de")
    otra_vez = datos | {"huella": entra.post(url, datos).context["huella"]}
    assert entra.post(url, otra_vez).status_code == 302
    frase.refresh_from_db()
    assert (frase.nombre, frase.texto) == ("Lee", "Se da lectura a")


def test_repetir_lo_ya_guardado_no_es_choque(entra: Client, frase: m.Frase) -> None:
    url = _editar("frases", frase)
    datos = leido(entra, url) | {"nombre": "Lee", "texto": "Se da lectura a", "orden": 1}
    assert [entra.post(url, datos).status_code for _ in range(2)] == [302, 302]


def test_sin_haber_leido_la_fila_no_se_pisa(entra: Client, frase: m.Frase) -> None:
    datos = {"nombre": "Lee", "texto": "Se da lectura a", "orden": 1}
    assert entra.post(_editar("frases", frase), datos).status_code == 409
    frase.refresh_from_db()
    assert frase.nombre == "Da cuenta"


def test_con_errores_y_choque_se_dicen_los_dos(entra: Client, frase: m.Frase) -> None:
    url = _editar("frases", frase)
    datos = leido(entra, url) | {"nombre": "", "texto": "Se da lectura a", "orden": "x"}
    m.Frase.objects.update(texto="Se informa de")
    respuesta = entra.post(url, datos)
    assert _choque(respuesta) == [
        ("Nombre", "Da cuenta", "(vacío)"),
        ("Texto", "Se informa de", "Se da lectura a"),
        ("Orden", "1", "x"),
    ]
    assert set(respuesta.context["forma"].errors) == {"nombre", "orden"}


def test_la_persona_y_sus_alias_chocan_sin_perderse(entra: Client, reparto: Reparto) -> None:
    persona = reparto.personas["poder"]
    quedan, se_va = (persona.alias.create(texto=t) for t in ("Beto Sosa", "B. Sosa"))
    url = _editar("personas", persona)
    datos = leido(entra, url) | PERSONA | {"renglon-TOTAL_FORMS": "3", "renglon-INITIAL_FORMS": "2"}
    for n, alias in enumerate((quedan, se_va)):
        datos |= {f"renglon-{n}-id": str(alias.pk), f"renglon-{n}-texto": alias.texto}
    datos |= {"renglon-1-texto": "Bto. Sosa", "renglon-2-texto": "Beto S."}
    se_va.delete()
    persona.alias.create(texto="Roberto Sosa")
    respuesta = entra.post(url, datos)
    titulo = "Otras formas en que aparece su nombre"
    assert _choque(respuesta)[-3:] == [
        (titulo, "(vacío)", "Bto. Sosa"),
        (titulo, "(vacío)", "Beto S."),
        (titulo, "Roberto Sosa", "No lo tienes a la vista; se conserva"),
    ]
    forma = respuesta.context["forma"]
    assert [f["texto"].value() for f in forma.hijos] == ["Beto Sosa", "Bto. Sosa", "Beto S."]
    final = {"huella": respuesta.context["huella"], **forma.hijos.data, **PERSONA}
    assert entra.post(url, final).status_code == 302
    assert set(persona.alias.values_list("texto", flat=True)) == {
        "Beto Sosa",
        "Roberto Sosa",
        "Bto. Sosa",
        "Beto S.",
    }


def test_el_oficio_dice_sus_elecciones_fechas_y_archivo_en_palabras(entra: Client, reparto: Reparto) -> None:
    oficio = m.Oficio.objects.create(organo=reparto.organo, folio="A/1", asunto="Uno", remitente="Ana")
    url = _editar("oficios", oficio)
    datos = leido(entra, url) | SIN_RENGLONES
    datos |= {
        "sentido": "enviado",
        "folio": "A/1",
        "asunto": "Uno",
        "remitente": "Ana",
        "fecha": "2026-02-03",
    }
    m.Oficio.objects.update(remitente="Ana Ruiz")
    archivo = SimpleUploadedFile("oficio.txt", b"Se designa suplente.", "text/plain")
    dichas = _choque(entra.post(url, datos | {"archivo": archivo}))
    assert [(dato, guardado) for dato, guardado, _ in dichas] == [
        ("Sentido", "Recibido"),
        ("Fecha del oficio", "(vacío)"),
        ("Remitente", "Ana Ruiz"),
        ("Archivo del oficio", "(vacío)"),
    ]
    assert [tuyo.split(" (")[0] for *_, tuyo in dichas] == [
        "Enviado",
        "3 de febrero de 2026",
        "Ana",
        "oficio.txt",
    ]


def test_terminar_lo_que_otra_persona_ya_termino(entra: Client, reparto: Reparto) -> None:
    fila = reparto.asientos["poder"].nombramientos.get()
    url = _editar("nombramientos", fila, "terminar")
    datos = leido(entra, url)
    m.Nombramiento.objects.filter(pk=fila.pk).update(vigente_hasta="2026-03-31", motivo_fin="Renuncia")
    respuesta = entra.post(url, datos | {"vigente_hasta": "2026-01-31", "motivo_fin": "Renuncia"})
    assert _choque(respuesta) == [("Último día", "31 de marzo de 2026", "31 de enero de 2026")]
