"""Antes de publicarse un reporte nada de él se lee: ni sus palabras, ni sus archivos, ni sus huellas."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from ejes.models import Entrega, Evidencia
from ejes.revision import publicar_reporte
from stl_portal.archivo.models import Archivo
from tests.ejes.entregas import SECRETO, crear_entrega, publicar, validar
from tests.personas import Reparto


@pytest.fixture
def entrega(reparto: Reparto) -> Entrega:
    return crear_entrega(reparto)


def publicas(entrega: Entrega) -> Iterator[str]:
    """Toda dirección pública que podría mencionar el reporte."""
    plan, pk = entrega.reporte.eje.plan.clave, entrega.reporte_id
    yield from (
        reverse("inicio"),
        reverse("ejes:planes"),
        reverse("ejes:novedades"),
        reverse("registro:lista"),
    )
    yield reverse("novedades:atom")
    yield f"{reverse('sesiones:lista')}?q={SECRETO}"
    yield f"{reverse('sesiones:acuerdos')}?q={SECRETO}"
    yield from (reverse("ejes:plan", args=(plan,)), reverse("ejes:eje", args=(plan, 1)))
    yield reverse("ejes:compromiso", args=(plan, 1, 1))
    yield reverse("ejes:accion", args=(plan, "1.1.1"))
    yield reverse("ejes:bimestre", args=(plan, 1))
    yield from (reverse(f"ejes:{n}", args=(plan, pk)) for n in ("reporte", "reporte_pdf", "reporte_json"))
    yield from (reverse("ejes:evidencia", args=(plan, e.pk)) for e in Evidencia.objects.all())
    for archivo in Archivo.objects.filter(evidencias__isnull=False):
        yield from (archivo.a_la_vista, reverse("archivo:ver", args=(archivo.huella,)))
        yield f"/verificar/?huella={archivo.huella}"


def secretos(entrega: Entrega) -> list[str]:
    """Lo que no debe leerse en ninguna."""
    huellas = [e.archivo.huella for e in Evidencia.objects.exclude(archivo=None) if e.archivo]
    return [SECRETO.lower(), "solo hay dos de tres", entrega.huella, *huellas]


def leido(respuesta: HttpResponseBase) -> str:
    """Lo que se entregó, sin distinguir mayúsculas; leerlo entero cierra el archivo."""
    partes = respuesta if respuesta.streaming else [respuesta.content]  # type: ignore[attr-defined]
    return b"".join(partes).decode(errors="replace").lower()


def encontrados(cliente: Client, entrega: Entrega) -> list[str]:
    """Dónde se leyó algo, aparte de la propia dirección que se pidió."""
    donde = []
    for direccion in publicas(entrega):
        texto = leido(cliente.get(direccion)).replace(direccion.lower(), "")
        texto = texto.replace(direccion.partition("=")[2].lower() or direccion, "")
        donde += [f"{direccion}: {s}" for s in secretos(entrega) if s in texto]
    return donde


def test_nada_se_lee_antes_de_publicarse_y_despues_si(client: Client, entrega: Entrega) -> None:
    assert encontrados(client, entrega) == []
    reporte = validar(entrega)
    assert encontrados(client, entrega) == []
    publicar_reporte.publicar(reporte, None, entrega.enviada_el)
    hallados = "\n".join(encontrados(client, entrega))
    assert [que for que in ("/reporte/", "/evidencia/", "/archivos/") if que not in hallados] == []


def test_lo_que_se_corrige_no_se_lee_hasta_publicarse(client: Client, entrega: Entrega) -> None:
    publicado = publicar(entrega)
    publicar_reporte.corregir(publicado.reporte, "Motivo reservado", None, entrega.enviada_el)
    publicado.reporte.respuestas.update(texto="Palabra reservada")
    texto = "".join(leido(client.get(direccion)) for direccion in publicas(entrega))
    assert SECRETO.lower() in texto
    assert "motivo reservado" not in texto
    assert "palabra reservada" not in texto
