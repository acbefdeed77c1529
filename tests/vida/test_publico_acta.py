"""El acta publicada la lee cualquiera, siempre igual; la que no se ha publicado no existe."""

import datetime as dt
import hashlib
import sys
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sesiones import constancia_publica, fe_de_erratas
from sesiones import models as m
from stl_portal.archivo import almacen
from tests.en_disco import ruta_de
from tests.personas import Reparto
from tests.vida.archivadas import METODO, archivada, archivar, corregida
from tests.vida.momentos import aprobada

FORMAS = ("acta", "acta_pdf", "acta_json", "acta_xml")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SEMANA = dt.timedelta(days=7)


def url(sesion: m.Sesion, forma: str = "acta", version: int | None = None) -> str:
    direccion = reverse(f"sesiones:{forma}", args=(sesion.organo.clave, sesion.clave))
    return direccion if version is None else f"{direccion}?version={version}"


def bytes_de(client: Client, direccion: str, **cabeceras: str) -> bytes:
    respuesta = client.get(direccion, headers=cabeceras, follow=True)
    assert respuesta.status_code == 200
    return respuesta.getvalue()


# --- qué es público ---


@pytest.mark.parametrize("forma", FORMAS)
def test_lo_que_no_se_ha_publicado_no_existe_ni_para_quien_conduce(
    client: Client, reparto: Reparto, forma: str
) -> None:
    acta = aprobada(reparto)
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(url(acta.sesion, forma)).status_code == 404
    assert client.get(url(acta.sesion, forma, 1)).status_code == 404


@pytest.mark.parametrize("version", ["2", "0", "-1", "uno", "1" * 30, "1; DROP"])
def test_una_version_que_no_existe_es_404(client: Client, reparto: Reparto, version: str) -> None:
    sesion = archivada(reparto).acta.sesion
    assert client.get(url(sesion), {"version": version}).status_code == 404


def test_la_pagina_dice_el_acta_quien_firmo_y_como_comprobarla(client: Client, reparto: Reparto) -> None:
    sello = archivada(reparto)
    pagina = client.get(url(sello.acta.sesion)).content.decode()
    assert 'id="acta-cierre"' in pagina
    assert 'href="#acta-cierre"' in pagina
    for dicho in (
        *sello.lugares.values_list("nombre", flat=True),
        f"Firma electrónica simple, con {METODO}",
        "Motivo: No estuve de acuerdo.",
        sello.codigo,
        sello.huella,
        sello.publicacion.pdf.huella,
        reverse("verificar:codigo", args=(sello.codigo.lower(),)),
        reverse("registro:eslabon", args=(sello.eslabon,)),
        reverse("registro:eslabon", args=(sello.publicacion.eslabon,)),
    ):
        assert dicho in pagina


def test_se_lee_del_sello_y_no_de_las_filas(client: Client, reparto: Reparto) -> None:
    sesion = archivada(reparto).acta.sesion
    sesion.puntos.update(titulo="Cambiado por debajo")
    m.Sesion.objects.filter(pk=sesion.pk).update(designacion="Otro nombre")
    pagina = client.get(url(sesion)).content.decode()
    assert "Asunto de prueba 1" in pagina
    assert [x for x in ("Cambiado por debajo", "Otro nombre") if x in pagina] == []


def test_aunque_la_sesion_se_reabra_el_acta_publicada_sigue_a_la_vista(
    client: Client, reparto: Reparto
) -> None:
    acta = m.Acta.objects.get(pk=archivada(reparto).acta_id)
    fe_de_erratas.abrir(acta, reparto.cuentas["facilitadora"], motivo="Falta un dato.")
    acta.sesion.reabrir(reparto.cuentas["facilitadora"], motivo="Falta un dato.")
    assert "Publicada el" in client.get(url(acta.sesion)).content.decode()


# --- sus bytes ---


def test_entrega_los_bytes_guardados_sin_componer_nada(
    client: Client, reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    sello = archivada(reparto)
    for motor in ("weasyprint", "stl_portal.documentos.pdf"):
        monkeypatch.setitem(sys.modules, motor, None)  # importarlo sería un error
    sesion = sello.acta.sesion
    for _ in range(2):
        pdf = bytes_de(client, url(sesion, "acta_pdf"))
        assert hashlib.sha256(pdf).hexdigest() == sello.publicacion.pdf.huella
        assert hashlib.sha256(bytes_de(client, url(sesion, "acta_json"))).hexdigest() == sello.huella
        assert bytes_de(client, url(sesion, "acta_xml")) == bytes(sello.xml)
        assert client.get(url(sesion)).status_code == 200


@pytest.mark.parametrize("forma", [forma for forma in FORMAS if forma != "acta_pdf"])
def test_a_quien_ya_lo_tiene_se_le_contesta_304(client: Client, reparto: Reparto, forma: str) -> None:
    direccion = url(archivada(reparto).acta.sesion, forma)
    primera = client.get(direccion)
    primera.getvalue()
    assert primera["Last-Modified"] == "Thu, 19 Mar 2026 15:00:00 GMT"
    por_etiqueta = client.get(direccion, headers={"If-None-Match": primera["ETag"]})
    por_fecha = client.get(direccion, headers={"If-Modified-Since": primera["Last-Modified"]})
    assert (por_etiqueta.status_code, por_fecha.status_code) == (304, 304)
    assert (por_etiqueta.content, por_fecha.content) == (b"", b"")
    otra = client.get(direccion, headers={"If-None-Match": '"otra"'})
    assert otra.status_code == 200
    otra.getvalue()


def test_siempre_se_pregunta_tambien_por_una_version_que_puede_testarse_despues(
    client: Client, reparto: Reparto
) -> None:
    sesion = archivada(reparto).acta.sesion
    caches = {}
    for version in (None, 1):
        respuesta = client.get(url(sesion, "acta_json", version))
        caches[version] = respuesta["Cache-Control"]
    assert caches == {None: "public, no-cache", 1: "public, no-cache"}


def test_el_pdf_se_entrega_por_partes(client: Client, reparto: Reparto) -> None:
    sello = archivada(reparto)
    parte = client.get(url(sello.acta.sesion, "acta_pdf"), headers={"Range": "bytes=0-3"}, follow=True)
    assert (parte.status_code, parte.getvalue()) == (206, b"%PDF")


# --- fe de erratas ---


def test_la_sustituida_sigue_a_la_vista_y_lleva_a_la_vigente(client: Client, reparto: Reparto) -> None:
    primera = archivada(reparto)
    segunda = corregida(reparto, primera)
    sesion = primera.acta.sesion
    vieja = client.get(url(sesion, version=1)).content.decode()
    nueva = client.get(url(sesion)).content.decode()
    assert "Esta versión ya no es la vigente" in vieja
    assert "Dice 2025 y es 2026." in vieja
    assert f'href="{url(sesion)}"' in vieja
    assert f'href="{url(sesion, "acta_pdf", 1)}"' in vieja
    assert "Fe de erratas." in nueva
    assert 'href="?version=1"' in nueva
    assert "ya no es la vigente" not in nueva
    assert bytes_de(client, url(sesion, "acta_json", 1)) == bytes(primera.documento)
    assert bytes_de(client, url(sesion, "acta_json")) == bytes(segunda.documento)
    assert hashlib.sha256(bytes_de(client, url(sesion, "acta_pdf", 1))).hexdigest() == (
        primera.publicacion.pdf.huella
    )


# --- dónde se encuentra ---


def test_la_sesion_su_lista_y_la_portada_llevan_al_acta(client: Client, reparto: Reparto) -> None:
    con, sin = archivada(reparto).acta.sesion, aprobada(reparto, fecha=dt.date(2026, 3, 25)).sesion
    for direccion in (con.get_absolute_url(), reverse("sesiones:lista"), reverse("inicio")):
        pagina = client.get(direccion).content.decode()
        assert f'href="{url(con)}"' in pagina
        assert url(sin) not in pagina
    assert "El acta se publica cuando se aprueba" in client.get(sin.get_absolute_url()).content.decode()
    assert "El acta se publica cuando" not in client.get(con.get_absolute_url()).content.decode()


def test_las_novedades_traen_lo_publicado_y_nada_mas(client: Client, reparto: Reparto) -> None:
    primera = archivada(reparto)
    aprobada(reparto, fecha=dt.date(2026, 3, 25))
    segunda = corregida(reparto, primera, motivo="Dice <b>uno</b> & es dos.")
    respuesta = client.get(reverse("novedades:atom"))
    assert respuesta["Content-Type"].startswith("application/atom+xml")
    entradas = ET.fromstring(respuesta.content).findall("a:entry", ATOM)
    assert [e.findtext("a:id", "", ATOM).rsplit(":", 1)[-1] for e in entradas] == [
        segunda.codigo,
        primera.codigo,
    ]
    ligas = [e.find("a:link", ATOM) for e in entradas]
    assert [x.get("href") for x in ligas if x is not None] == [
        f"http://testserver{url(primera.acta.sesion, version=v)}" for v in (2, 1)
    ]
    assert "Dice &lt;b&gt;uno&lt;/b&gt; &amp; es dos." in entradas[0].findtext("a:summary", "", ATOM)
    repetida = client.get(reverse("novedades:atom"), headers={"If-None-Match": respuesta["ETag"]})
    assert repetida.status_code == 304


# --- cuánto cuesta ---


@pytest.mark.parametrize("cuantas", [1, 4])
def test_las_novedades_cuestan_lo_mismo_con_una_y_con_muchas(
    client: Client, reparto: Reparto, cuantas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for numero in range(cuantas):
        archivada(reparto, fecha=dt.date(2026, 3, 18) + numero * SEMANA)
    with django_assert_num_queries(16):
        respuesta = client.get(reverse("novedades:atom"))
    assert respuesta.content.count(b"<entry>") == cuantas


def test_la_pagina_del_acta_cuesta_lo_mismo_con_pocas_y_con_muchas_firmas(
    client: Client, reparto: Reparto
) -> None:
    cuentas = []
    for numero, borrar in enumerate((3, 0)):
        acta = aprobada(reparto, fecha=dt.date(2026, 3, 18) + numero * SEMANA)
        m.Firmante.objects.filter(
            pk__in=list(acta.sesion.firmantes.values_list("pk", flat=True)[:borrar])
        ).delete()
        archivar(reparto, acta)
        with CaptureQueriesContext(connection) as consultas:
            client.get(url(acta.sesion))
        cuentas.append(len(consultas))
    assert cuentas == [7, 7]


def test_lo_archivado_asi_pasa_la_misma_revision_que_lo_del_portal(reparto: Reparto) -> None:
    corregida(reparto, archivada(reparto))
    assert list(constancia_publica.fallas()) == []
    assert almacen.revisar().integro


def test_si_falta_el_archivo_se_dice_y_no_falla(client: Client, reparto: Reparto) -> None:
    sello = archivada(reparto)
    ruta_de(sello.publicacion.pdf).unlink()
    assert client.get(url(sello.acta.sesion, "acta_pdf"), follow=True).status_code == 404
    assert client.get(url(sello.acta.sesion)).status_code == 200
