"""Las unidades de systemd nombran órdenes que existen y no pueden de más; la guía dice todas las tareas."""

import re
import subprocess

import pytest
from django.core.management import get_commands

from bench.enfrente import RAIZ

pytestmark = pytest.mark.apariencia

UNIDADES = RAIZ / "deploy" / "systemd"
TEMPORIZADORES = {ruta.stem.split("@")[1]: ruta for ruta in UNIDADES.glob("*.timer")}
ENCIERRO = {
    "User=portal",
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ReadWritePaths=/srv/portal/var",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "RestrictNamespaces=yes",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged",
}


def test_cada_temporizador_enciende_una_orden_que_existe() -> None:
    assert len(TEMPORIZADORES) == 8
    assert sorted(set(TEMPORIZADORES) - set(get_commands())) == []


def test_la_guia_dice_cada_tarea_con_sus_argumentos() -> None:
    guia = (RAIZ / "docs" / "operacion.md").read_text(encoding="utf-8")
    tabla = guia.split("### Tareas programadas")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)", tabla, flags=re.MULTILINE)) == set(TEMPORIZADORES)
    argumentos = (UNIDADES / "portal-tarea@respaldar.service.d" / "argumentos.conf").read_text(
        encoding="utf-8"
    )
    assert "Environment=ARGUMENTOS=--programado\n" in argumentos
    assert "`respaldar --programado`" in tabla


@pytest.mark.parametrize("unidad", ["portal-web@", "portal-tareas", "portal-tarea@"])
def test_ninguna_corre_con_privilegios_ni_escribe_fuera_de_lo_suyo(unidad: str) -> None:
    renglones = (UNIDADES / f"{unidad}.service").read_text(encoding="utf-8").splitlines()
    assert sorted(ENCIERRO - set(renglones)) == []


def test_los_guiones_se_entienden() -> None:
    guiones = [*(RAIZ / "deploy" / "pasos").glob("*.sh"), RAIZ / ".ci" / "probar-instalacion"]
    guiones += [RAIZ / "deploy" / nombre for nombre in ("instalar", "actualizar", "regresar", "web")]
    assert len(guiones) > 10
    for guion in guiones:
        subprocess.run(["bash", "-n", guion], check=True)
