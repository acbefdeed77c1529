"""Un compromiso dice qué problema atiende y cómo lo resuelve; sin problema, la página queda como antes."""

import pytest
from django.test import Client
from django.urls import reverse

from ejes.models import Compromiso
from tests.ejes.fabricas import crear_plan
from tests.personas import Reparto

PROBLEMA, SOLUCION = "Nadie sabe qué obras se hacen.", "Un catálogo que se puede descargar."


@pytest.fixture
def compromiso(reparto: Reparto) -> Compromiso:
    """El del plan de prueba, con su problema y su solución escritos en la forma."""
    return Compromiso.objects.get(eje__plan=crear_plan(reparto.organo))


def _capturar(client: Client, compromiso: Compromiso, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    url = reverse("registros:editar", args=("prueba", "compromisos", compromiso.pk))
    datos = {"numero": "1", "nombre": compromiso.nombre, "peso": "1", "ods": ""}
    datos |= {"problema": PROBLEMA, "descripcion": SOLUCION}
    datos |= {"renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}
    respuesta = client.post(url, datos | {"huella": client.get(url).context["huella"]})
    assert respuesta.status_code == 302


def test_se_captura_se_administra_y_se_publica(
    client: Client, reparto: Reparto, compromiso: Compromiso
) -> None:
    _capturar(client, compromiso, reparto)
    compromiso.refresh_from_db()
    assert (compromiso.problema, compromiso.descripcion) == (PROBLEMA, SOLUCION)
    gestion = client.get(reverse("gestion:plan", args=("prueba",))).content.decode()
    publica = Client().get(compromiso.get_absolute_url()).content.decode()
    assert f"<strong>Problema:</strong> {PROBLEMA}<br><strong>Solución:</strong> {SOLUCION}" in gestion
    orden = ("Qué problema atiende", PROBLEMA, "Cómo lo resuelve", SOLUCION, "Avance al", ">Acciones<")
    lugares = [publica.index(texto) for texto in orden]
    assert lugares == sorted(lugares)


def test_sin_problema_no_hay_titulos_vacios(client: Client, compromiso: Compromiso) -> None:
    Compromiso.objects.filter(pk=compromiso.pk).update(descripcion=SOLUCION)
    pagina = client.get(compromiso.get_absolute_url()).content.decode()
    assert f"<p>{SOLUCION}</p>" in pagina
    assert "Qué problema atiende" not in pagina
    assert "Cómo lo resuelve" not in pagina
