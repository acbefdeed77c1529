"""Quién ha integrado un órgano y cuánto se asiste, como lo lee cualquiera."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.estados import Calidad, EstadoAsistencia, TipoSuplencia
from tests import fabricas
from tests.ejes.lectura import visible
from tests.personas import DESDE, Reparto
from tests.vida.publicas import publicada_testada


def _celebrar(reparto: Reparto, fecha: dt.date, **estados: str) -> m.Sesion:
    sesion = fabricas.crear_sesion(reparto, fecha=fecha)
    fabricas.pasar_lista(reparto, sesion)
    for asiento, estado in estados.items():
        m.Asistencia.pasar_lista(
            sesion, reparto.asientos[asiento], estado, motivo="Consulta médica reservada"
        )
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    return sesion


def _pagina(client: Client, nombre: str, **consulta: str) -> str:
    return visible(client.get(reverse(f"sesiones:{nombre}", args=("prueba",)), consulta))


def test_lo_justificado_va_aparte_y_sin_su_motivo(client: Client, reparto: Reparto) -> None:
    _celebrar(reparto, dt.date(2025, 3, 3), civil=EstadoAsistencia.JUSTIFICADA)
    _celebrar(reparto, dt.date(2025, 4, 7), civil=EstadoAsistencia.AUSENTE)
    texto = _pagina(client, "asistencia")
    civil = reparto.asientos["civil"].institucion.nombre
    assert f"{civil} 2 0 0 1 1 0" in texto
    assert "C. Darío Vega Cruz desde el" in texto
    assert "Consulta médica" not in texto


@pytest.mark.apariencia
def test_en_el_telefono_cada_cuenta_dice_lo_mismo_que_su_columna(client: Client, reparto: Reparto) -> None:
    _celebrar(reparto, dt.date(2025, 3, 3))
    html = client.get(reverse("sesiones:asistencia", args=("prueba",))).content.decode()
    columnas = re.findall(r'<th role="columnheader"[^>]*>([^<]+)', html)
    renglones = [re.findall(r'data-rotulo="([^"]+)"', renglon) for renglon in html.split("<tr ")[2:]]
    assert len(renglones) > 1
    assert [renglon for renglon in renglones if renglon != columnas[1:]] == []


def test_lo_que_no_ha_concluido_no_se_cuenta(client: Client, reparto: Reparto) -> None:
    fabricas.pasar_lista(reparto, fabricas.crear_sesion(reparto))
    assert "Aún no hay sesiones que contar" in _pagina(client, "asistencia")


def test_se_elige_el_anio_y_se_ofrece_el_mas_reciente(client: Client, reparto: Reparto) -> None:
    _celebrar(reparto, dt.date(2025, 3, 3))
    _celebrar(reparto, dt.date(2026, 3, 2))
    _celebrar(reparto, dt.date(2026, 4, 6))
    presidencia = reparto.asientos["presidencia"].institucion.nombre
    assert f"{presidencia} 2 2 0 0 0 0" in _pagina(client, "asistencia")
    assert f"{presidencia} 1 1 0 0 0 0" in _pagina(client, "asistencia", anio="2025")
    assert f"{presidencia} 3 3 0 0 0 0" in _pagina(client, "asistencia", anio="todos")
    url = reverse("sesiones:asistencia", args=("prueba",))
    assert client.get(url, {"anio": "1999"}).status_code == 422
    assert client.get(url, {"anio": "ayer"}).status_code == 422


def test_la_historia_dice_quien_estuvo_antes_y_calla_lo_que_aun_no_empieza(
    client: Client, reparto: Reparto
) -> None:
    fin = DESDE + dt.timedelta(days=400)
    m.Nombramiento.objects.filter(asiento=reparto.asientos["civil"]).update(vigente_hasta=fin)
    siguiente = m.Persona.objects.create(nombre="Elena Sol Paz", correo="elena@privado.example")
    futura = m.Persona.objects.create(nombre="Futura Por Venir")
    asiento = reparto.asientos["civil"]
    dia = dt.timedelta(days=1)
    m.Nombramiento.objects.create(
        asiento=asiento,
        persona=siguiente,
        cargo="Directora",
        vigente_desde=fin + dia,
        vigente_hasta=fin + 9 * dia,
    )
    m.Nombramiento.objects.create(
        asiento=asiento, persona=futura, cargo="Directora", vigente_desde=dt.date(2099, 1, 1)
    )
    texto = _pagina(client, "historia")
    assert texto.index("Elena Sol Paz") < texto.index("Darío Vega Cruz")
    assert "Futura" not in texto
    assert "elena@privado.example" not in texto


def test_la_historia_dice_quien_suplio_una_sesion_cuando_ya_concluyo(
    client: Client, reparto: Reparto
) -> None:
    sesion = fabricas.crear_sesion(reparto, fecha=dt.date(2025, 3, 3))
    fabricas.pasar_lista(reparto, sesion)
    suplencia = fabricas.crear_suplencia(reparto, tipo=TipoSuplencia.POR_SESION, sesion=sesion)
    suya = sesion.asistencias.filter(asiento=reparto.asientos["poder"])
    suya.update(suplencia=suplencia, persona=suplencia.persona, calidad=Calidad.SUPLENTE)
    fabricas.crear_suplencia(
        reparto, folio="PRU-2", nombre="No Asistió", tipo=TipoSuplencia.POR_SESION, sesion=sesion
    )
    texto = _pagina(client, "historia")
    assert ("Fabio Nava Gil" in texto, "No Asistió" in texto) == (False, False)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    texto = _pagina(client, "historia")
    assert "Lic. Fabio Nava Gil · Suplente, solo para una sesión" in texto
    assert "No Asistió" not in texto


def test_la_historia_no_dice_a_quien_suplio_si_su_nombre_se_testo(client: Client, reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    sesion, cuenta = sello.acta.sesion, reparto.cuentas["facilitadora"]
    suplencia = fabricas.crear_suplencia(
        reparto, cargo="Suplente, 449 555 0147", tipo=TipoSuplencia.POR_SESION, sesion=sesion
    )
    suya = sesion.asistencias.filter(asiento=reparto.asientos["poder"])
    suya.update(suplencia=suplencia, persona=suplencia.persona, calidad=Calidad.SUPLENTE)
    m.Testado.objects.create(
        sello=sello, texto="Fabio Nava Gil", motivo="Nombre", fundamento="Ley", por=cuenta
    )
    texto = _pagina(client, "historia")
    assert "Suplente, solo para una sesión" in texto
    assert ("Fabio Nava" in texto, "449 555 0147" in texto) == (False, False)


@pytest.mark.parametrize(("nombre", "consultas"), [("historia", 5), ("asistencia", 8)])
@pytest.mark.parametrize("sesiones", [1, 6])
def test_mismas_consultas(
    client: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    nombre: str,
    consultas: int,
    sesiones: int,
) -> None:
    for n in range(sesiones):
        _celebrar(reparto, dt.date(2025, 3, 3) + dt.timedelta(days=7 * n))
    with django_assert_num_queries(consultas):
        client.get(reverse(f"sesiones:{nombre}", args=("prueba",)))


@pytest.mark.parametrize("nombre", ["integrantes_de", "historia", "asistencia"])
def test_un_organo_que_no_existe_es_404(client: Client, reparto: Reparto, nombre: str) -> None:
    assert client.get(reverse(f"sesiones:{nombre}", args=("ajeno",))).status_code == 404


@pytest.mark.parametrize("clave", ["%00", "a%00b", "%27--", "ñ"])
def test_una_clave_imposible_es_404(client: Client, reparto: Reparto, clave: str) -> None:
    assert client.get(f"/integrantes/?organo={clave}").status_code == 404
