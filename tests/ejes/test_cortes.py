"""Armar un corte en pantalla."""

from django.test import Client

from ejes.models import Corte
from tests.ejes.fabricas import crear_plan
from tests.personas import Reparto


def test_humo(client: Client, reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    client.force_login(reparto.cuentas["facilitadora"])
    datos = {"nombre": "Segundo", "desde": "2026-04-01", "hasta": "2026-06-30", "conserva": "on"}
    assert client.get("/gestion/cortes/prueba/").status_code == 200
    assert client.get("/gestion/cortes/prueba/nuevo/").status_code == 200
    r = client.post("/gestion/cortes/prueba/nuevo/", datos)
    assert r.status_code == 302, r.content.decode()
    for p in ("", "datos/", "comparar/", "cifras/1.1/", "cifras/1/", "cifras/plan/", "previa.pdf"):
        r = client.get(f"/gestion/cortes/prueba/2/{p}")
        assert r.status_code == 200, p
    for p in ("", "corregir/"):
        r = client.get(f"/gestion/cortes/prueba/1/{p}")
        assert r.status_code == 200, p
