"""Lo que una contraseña no puede ser; las reglas se leen de la configuración, como al cambiarla."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from stl_portal.cuentas.contrasenas import DEL_PORTAL

pytestmark = pytest.mark.apariencia
GUIA = Path(settings.BASE_DIR, "docs", "seguridad.md")


@pytest.mark.parametrize(
    "mala", ["GobiernoAbierto2026", "secretariado-técnico", "Facilitadora.1234", "corta"]
)
def test_se_rechaza(mala: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(mala)


@pytest.mark.parametrize(
    "buena", ["el gobierno de mi abuela", "x" * 64, "ñandú 🦜 con más de doce", "0123 4567 8901 23"]
)
def test_cualquier_composicion_sirve(buena: str) -> None:
    """Ni mayúsculas, ni cifras, ni signos obligatorios, y tan larga como se quiera."""
    validate_password(buena)


def test_la_guia_dice_cuales_palabras() -> None:
    dichas = GUIA.read_text(encoding="utf-8")
    assert [palabra for palabra in DEL_PORTAL if f"`{palabra}`" not in dichas] == []
