"""`/metricas/`: quién las ve y que suman lo de todos los procesos, también después de reiniciar."""

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from bench import enfrente
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.gestion.registro import RESPALDOS, Respaldo
from stl_portal.observa import cifras, metricas
from stl_portal.observa.ajustes import ficha_valida

FICHA = "una-ficha-de-prueba-bastante-larga"
CON_FICHA: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {FICHA}"}


@pytest.fixture
def con_ficha(settings: Settings) -> Settings:
    settings.FICHA_DE_OPERACION = FICHA
    return settings


@pytest.mark.django_db
def test_sin_la_ficha_no_existen_ni_desde_la_maquina_misma(client: Client, con_ficha: Settings) -> None:
    ajena = client.get("/metricas/", HTTP_AUTHORIZATION="Bearer otra")
    sin_ella = client.get("/metricas/")
    con_ficha.FICHA_DE_OPERACION = ""
    apagadas = client.get("/metricas/", HTTP_AUTHORIZATION="Bearer ")
    assert {r.status_code for r in (ajena, sin_ella, apagadas)} == {404}
    assert "portal_" not in ajena.content.decode()


def test_una_ficha_que_se_adivina_no_arranca() -> None:
    assert (ficha_valida(""), ficha_valida(FICHA)) == ("", FICHA)
    with pytest.raises(Exception, match="FICHA_DE_OPERACION es demasiado corta"):
        ficha_valida("corta")


@pytest.mark.django_db
def test_dicen_lo_que_espera_y_el_ultimo_respaldo(client: Client, con_ficha: Settings) -> None:
    hace_una_hora = timezone.now() - dt.timedelta(hours=1)
    for n, estado in enumerate((EstadoAviso.PENDIENTE, EstadoAviso.PENDIENTE, EstadoAviso.FALLIDO)):
        datos = {"motivo": f"x:{n}", "para": "a@b.example", "asunto": "Reservado", "cuerpo": "-"}
        Aviso.objects.create(**datos, estado=estado, no_antes_de=hace_una_hora)
    ultimo = Respaldo(que="De prueba", hecho_el=hace_una_hora, dicho="-", avisos=("tarde", "falló"))
    RESPALDOS.append(lambda: ultimo)
    try:
        respuesta = client.get("/metricas/", **CON_FICHA)
    finally:
        RESPALDOS.pop()
    texto = respuesta.content.decode()
    assert respuesta.headers["Content-Type"].startswith("text/plain; version=")
    dichas = leidas(texto)
    assert dichas['portal_cola_esperan{cola="avisos"}'] == 2
    assert 3600 <= dichas['portal_cola_rezago_segundos{cola="avisos"}'] < 3700
    assert dichas['portal_cola_fallidos{cola="avisos"}'] == 1
    assert dichas['portal_cola_esperan{cola="tareas"}'] == 0
    assert dichas['portal_respaldo_ultimo_segundos{que="De prueba"}'] == pytest.approx(
        hace_una_hora.timestamp()
    )
    assert dichas['portal_respaldo_urge{que="De prueba"}'] == 2
    assert dichas["portal_base_disponible"] == 1
    assert dichas["portal_disco_libre_bytes"] > 0
    assert "b.example" not in texto
    assert "Reservado" not in texto


def test_sin_donde_sumar_el_portal_atiende_igual(tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("no es carpeta")
    assert cifras.abrir(tmp_path / "ocupado" / "metricas") is None


def leidas(texto: str) -> dict[str, float]:
    """Cada cifra con su valor."""
    return {n: float(v) for n, v in re.findall(r"^([^#\s][^ ]*(?:\{.*\})?) (\S+)$", texto, re.MULTILINE)}


SUMA = """
import os, sys, time
from pathlib import Path
from stl_portal.observa.cifras import Cifras
from stl_portal.observa.peticion import Peticion
mias = Cifras(Path(sys.argv[1]))
for codigo in map(int, sys.argv[2].split()):
    peticion = Peticion("x" * 8, ruta="salud", consultas=2, codigo=codigo)
    mias.sumar("GET", "salud", peticion, 0.02)
print("ya", flush=True)
time.sleep(60)
"""


def proceso(carpeta: Path, codigos: str) -> "subprocess.Popen[str]":
    """Uno que suma esas respuestas y sigue en pie, con su turno tomado."""
    orden = [sys.executable, "-c", SUMA, str(carpeta), codigos]
    uno = subprocess.Popen(orden, cwd=enfrente.RAIZ, stdout=subprocess.PIPE, text=True)
    assert uno.stdout
    assert uno.stdout.readline() == "ya\n"
    return uno


def matar(*procesos: "subprocess.Popen[str]") -> None:
    """Sin dejarlos despedirse."""
    for uno in procesos:
        uno.kill()
        uno.communicate()


@pytest.mark.django_db
def test_suman_lo_de_todos_los_procesos_y_siguen_aunque_los_maten(tmp_path: Path) -> None:
    matar(proceso(tmp_path, "200 200 503"), proceso(tmp_path, "200 404"))
    archivos = {archivo.name: archivo.stat().st_size for archivo in tmp_path.glob("*.db")}
    (tmp_path / "counter_turno0.db").write_bytes(b"\xff" * 64)  # a medias: se empieza de nuevo
    otra = proceso(tmp_path, "200")
    sumadas = leidas(metricas.escritas(tmp_path).decode())
    matar(otra)
    turnos = [f"{clase}_turno{n}.db" for clase in ("counter", "histogram") for n in range(2)]
    assert archivos == dict.fromkeys(turnos, cifras.RESERVA)
    assert sumadas['portal_duracion_segundos_count{ruta="salud"}'] == 6
    assert sumadas['portal_duracion_segundos_bucket{le="0.005",ruta="salud"}'] == 0
    assert sumadas['portal_duracion_segundos_bucket{le="0.025",ruta="salud"}'] == 6
    assert sum(v for n, v in sumadas.items() if n.startswith("portal_peticiones_total")) == 3
    assert sumadas['portal_consultas_total{ruta="salud"}'] == 6


@pytest.mark.django_db
def test_los_errores_se_cuentan_aparte(tmp_path: Path) -> None:
    matar(proceso(tmp_path, "200 500 503 503"))
    sumadas = leidas(metricas.escritas(tmp_path).decode())
    assert {n: v for n, v in sumadas.items() if n.startswith("portal_errores_total")} == {
        'portal_errores_total{codigo="500",ruta="salud"}': 1,
        'portal_errores_total{codigo="503",ruta="salud"}': 2,
    }


@pytest.mark.django_db
def test_los_intentos_se_cuentan_aparte(tmp_path: Path) -> None:
    matar(proceso(tmp_path, "200 403 422 429 429 404"))
    sumadas = leidas(metricas.escritas(tmp_path).decode())
    assert {n: v for n, v in sumadas.items() if n.startswith("portal_intentos_total")} == {
        'portal_intentos_total{codigo="403",ruta="salud"}': 1,
        'portal_intentos_total{codigo="422",ruta="salud"}': 1,
        'portal_intentos_total{codigo="429",ruta="salud"}': 2,
    }
