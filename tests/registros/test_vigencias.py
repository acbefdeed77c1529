"""Titulares, suplencias y reglas con fechas: nada se encima y nada de lo escrito se pierde."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from tests import fabricas
from tests.cuentas.codigos import identificarse
from tests.personas import DESDE, Reparto
from tests.registros.captura import leido


@pytest.fixture
def entra(client: Client, reparto: Reparto) -> Client:
    identificarse(client, reparto.cuentas["administradora"])
    return client


def _alta(registro: str, asiento: m.Asiento) -> str:
    return reverse("registros:nuevo", args=("prueba", registro)) + f"?asiento={asiento.pk}"


def _titular(**cambios: str) -> dict[str, str]:
    return {"nueva_nombre": "Hilda Soto Paz", "cargo": "Comisionada", "vigente_desde": "2026-02-01"} | cambios


def test_titular_que_se_encima_se_explica_y_no_pierde_nada(entra: Client, reparto: Reparto) -> None:
    respuesta = entra.post(_alta("nombramientos", reparto.asientos["poder"]), _titular())
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert texto.count("El asiento ya tiene titular en esas fechas") == 2  # arriba y junto al campo
    assert "Choca con: Beto Sosa Lira, Titular de prueba." in texto
    assert 'href="#id_vigente_desde"' in texto
    assert 'value="Hilda Soto Paz"' in texto
    assert 'value="Comisionada"' in texto
    assert not m.Persona.objects.filter(nombre="Hilda Soto Paz").exists()


def test_suceder_termina_al_anterior_un_dia_antes(entra: Client, reparto: Reparto) -> None:
    asiento = reparto.asientos["poder"]
    respuesta = entra.post(_alta("nombramientos", asiento), _titular(sucede="on"))
    assert respuesta.headers["Location"] == reverse("registros:asiento", args=("prueba", asiento.pk))
    anterior, nuevo = asiento.nombramientos.order_by("vigente_desde")
    assert anterior.vigente_hasta == dt.date(2026, 1, 31)
    assert nuevo.persona.nombre == "Hilda Soto Paz"
    ficha = entra.get(respuesta.headers["Location"]).content.decode()
    assert ficha.index("Hilda Soto Paz") < ficha.index("Beto Sosa Lira")


def test_suceder_desde_antes_que_el_actual_no_guarda_nada(entra: Client, reparto: Reparto) -> None:
    asiento = reparto.asientos["poder"]
    respuesta = entra.post(_alta("nombramientos", asiento), _titular(sucede="on", vigente_desde="2024-06-01"))
    assert respuesta.status_code == 422
    assert "El asiento ya tiene titular en esas fechas" in respuesta.content.decode()
    assert asiento.nombramientos.get().vigente_hasta is None
    assert not m.Persona.objects.filter(nombre="Hilda Soto Paz").exists()


def test_terminar_deja_vacante_y_guarda_el_motivo(entra: Client, reparto: Reparto) -> None:
    fila = reparto.asientos["poder"].nombramientos.get()
    url = reverse("registros:terminar", args=("prueba", "nombramientos", fila.pk))
    abierto = leido(entra, url)
    antes = entra.post(url, abierto | {"vigente_hasta": "2020-01-01", "motivo_fin": "Renuncia"})
    assert antes.status_code == 422
    assert "No puede terminar antes de empezar" in antes.content.decode()
    entra.post(url, abierto | {"vigente_hasta": "2026-01-31", "motivo_fin": "Renuncia"})
    fila.refresh_from_db()
    assert (fila.vigente_hasta, fila.motivo_fin) == (dt.date(2026, 1, 31), "Renuncia")
    assert reparto.asientos["poder"].titular(dt.date(2026, 2, 1)) is None
    publica = entra.get(reverse("sesiones:integrantes_de", args=("prueba",)), {"al": "2026-02-01"})
    assert "Renuncia" not in publica.content.decode()


def _suplencia(reparto: Reparto, **cambios: Any) -> dict[str, Any]:
    datos: dict[str, Any] = {
        "tipo": "permanente",
        "nueva_nombre": "Irene Mata Ruiz",
        "cargo": "Directora",
        "nuevo_folio": "UTA - 12/2026",
        "nuevo_remitente": "Beto Sosa Lira",
        "vigente_desde": "2026-02-01",
    }
    return datos | cambios


def test_suplencia_con_persona_y_oficio_nuevos_en_un_solo_acto(entra: Client, reparto: Reparto) -> None:
    asiento = reparto.asientos["poder"]
    assert entra.post(_alta("suplencias", asiento), _suplencia(reparto)).status_code == 302
    suplencia = asiento.suplencias.get()
    assert suplencia.persona.nombre == "Irene Mata Ruiz"
    assert suplencia.oficio is not None
    assert (suplencia.oficio.folio, suplencia.oficio.organo) == ("UTA - 12/2026", reparto.organo)
    assert suplencia.faculta(dt.date(2026, 3, 18))
    assert not suplencia.faculta(dt.date(2026, 1, 31))


def test_suplencias_permanentes_encimadas_se_explican(entra: Client, reparto: Reparto) -> None:
    fabricas.crear_suplencia(reparto)
    respuesta = entra.post(_alta("suplencias", reparto.asientos["poder"]), _suplencia(reparto))
    assert respuesta.status_code == 422
    assert respuesta.content.decode().count("El asiento ya tiene suplente en esas fechas") == 2
    assert not m.Oficio.objects.filter(folio="UTA - 12/2026").exists()


@pytest.mark.parametrize(
    ("cambios", "frase"),
    [
        ({"tipo": "por_sesion"}, "Elige la sesión para la que se designa."),
        ({"nuevo_remitente": ""}, "Escribe quién firma el oficio."),
        ({"nuevo_folio": "pru-001 / 2025"}, "ya está registrado: elígelo en la lista."),
        ({"nueva_nombre": "beto sosa lira"}, "ya está en el registro: elige su nombre en la lista."),
        ({"vigente_hasta": "2026-01-01"}, "La fecha final no puede ser anterior a la inicial."),
    ],
)
def test_suplencia_mal_capturada(
    entra: Client, reparto: Reparto, cambios: dict[str, str], frase: str
) -> None:
    fabricas.crear_suplencia(reparto, asiento="civil")
    respuesta = entra.post(_alta("suplencias", reparto.asientos["poder"]), _suplencia(reparto, **cambios))
    assert respuesta.status_code == 422
    assert frase in respuesta.content.decode()
    assert not reparto.asientos["poder"].suplencias.exists()


def test_el_archivo_recibido_no_se_vuelve_a_pedir(entra: Client, reparto: Reparto) -> None:
    subido = SimpleUploadedFile("oficio.txt", b"Se designa suplente.", "text/plain")
    datos = _suplencia(reparto, cargo="", nuevo_archivo=subido)
    respuesta = entra.post(_alta("suplencias", reparto.asientos["poder"]), datos)
    assert respuesta.status_code == 422
    ficha = re.search(r'name="(nuevo_archivo-recibido)" value="([^"]+)"', respuesta.content.decode())
    assert ficha is not None
    otra = _suplencia(reparto) | {ficha[1]: ficha[2]}
    assert entra.post(_alta("suplencias", reparto.asientos["poder"]), otra).status_code == 302
    oficio = reparto.asientos["poder"].suplencias.get().oficio
    assert oficio is not None
    assert oficio.archivo is not None
    assert oficio.archivo.nombre == "oficio.txt"


def test_un_archivo_que_no_es_lo_que_dice_se_rechaza(entra: Client, reparto: Reparto) -> None:
    falso = SimpleUploadedFile("oficio.pdf", b"MZ\x90\x00 esto no es un PDF", "application/pdf")
    respuesta = entra.post(
        _alta("suplencias", reparto.asientos["poder"]), _suplencia(reparto, nuevo_archivo=falso)
    )
    assert respuesta.status_code == 422
    assert "nuevo_archivo" in respuesta.context["forma"].errors
    assert 'value="Irene Mata Ruiz"' in respuesta.content.decode()


def test_el_folio_se_encuentra_como_se_escriba(entra: Client, reparto: Reparto) -> None:
    m.Oficio.objects.create(organo=reparto.organo, folio="IACIP/PPI - 79/2020", asunto="Uno", remitente="Ana")
    lista = reverse("registros:lista", args=("prueba", "oficios"))
    assert "Uno" in entra.get(lista, {"q": "iacip/ppi/ - 79/2020"}).content.decode()
    repetido = entra.post(
        reverse("registros:nuevo", args=("prueba", "oficios")),
        {"sentido": "recibido", "folio": "IACIP/PPI/ - 79/2020", "asunto": "Dos", "remitente": "Ana"}
        | {"renglon-TOTAL_FORMS": "1", "renglon-INITIAL_FORMS": "0", "renglon-0-para": "Archivo"},
    )
    assert repetido.status_code == 422
    assert "Ya está registrado como «IACIP/PPI - 79/2020»: Uno." in repetido.content.decode()
    assert 'value="Archivo"' in repetido.content.decode()


def test_un_cambio_de_reglas_cierra_las_anteriores(entra: Client, reparto: Reparto) -> None:
    url = reverse("registros:nuevo", args=("prueba", "reglas"))
    propuesta = entra.get(url).context["forma"].initial
    datos = {k: v for k, v in propuesta.items() if v not in (None, False) and k != "quorum_por_sector"}
    respuesta = entra.post(url, datos | {"vigente_desde": "2026-01-01", "fundamento": "Acuerdo de enero"})
    assert respuesta.status_code == 302, respuesta.context["forma"].errors
    reparto.regla.refresh_from_db()
    assert reparto.regla.vigente_hasta == dt.date(2025, 12, 31)
    assert reparto.organo.regla(dt.date(2026, 1, 1)).fundamento == "Acuerdo de enero"
    assert reparto.organo.regla(DESDE).pk == reparto.regla.pk


def test_corregir_reglas_encimandolas_se_explica(entra: Client, reparto: Reparto) -> None:
    otra = m.Regla.objects.create(organo=reparto.organo, vigente_hasta=dt.date(2024, 12, 31))
    url = reverse("registros:editar", args=("prueba", "reglas", otra.pk))
    datos = {k: v for k, v in entra.get(url).context["forma"].initial.items() if v not in (None, False)}
    datos = datos | leido(entra, url)
    datos.pop("quorum_por_sector", None)
    respuesta = entra.post(url, datos | {"vigente_desde": "2024-01-01", "vigente_hasta": "2026-06-01"})
    assert respuesta.status_code == 422
    assert respuesta.content.decode().count("Las fechas se enciman con otro periodo ya registrado.") == 2


def test_texto_hostil_se_guarda_limpio(entra: Client, reparto: Reparto) -> None:
    url = reverse("registros:nuevo", args=("prueba", "frases"))
    entra.post(
        url, {"nombre": "<b>Hola</b>\u202e", "texto": "<script>alert(1)</script>Se da cuenta", "orden": "1"}
    )
    frase = m.Frase.objects.get()
    assert frase.nombre == "Hola"
    assert frase.texto == "<script>alert(1)</script>Se da cuenta"  # se tecleó: se ve, no se ejecuta
    pagina = entra.get(reverse("registros:editar", args=("prueba", "frases", frase.pk))).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;Se da cuenta" in pagina
    assert "<script>alert(1)" not in pagina
    assert "\u202e" not in frase.nombre
    enorme = entra.post(url, {"nombre": "Enorme", "texto": "ñ" * 1_000_000, "orden": "2"})
    assert enorme.status_code == 422
    assert m.Frase.objects.count() == 1


def test_quitar_solo_lo_que_nada_usa(entra: Client, reparto: Reparto) -> None:
    usado, vacante = reparto.asientos["poder"], reparto.asientos["vacante"]
    for asiento in (usado, vacante):
        entra.post(reverse("registros:quitar", args=("prueba", "asientos", asiento.pk)))
    assert m.Asiento.objects.filter(pk=usado.pk).exists()
    assert not m.Asiento.objects.filter(pk=vacante.pk).exists()
    nombramiento = usado.nombramientos.get()
    quitar = reverse("registros:quitar", args=("prueba", "nombramientos", nombramiento.pk))
    assert entra.post(quitar).status_code == 404
