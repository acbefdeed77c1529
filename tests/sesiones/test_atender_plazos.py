"""La orden de cada día: lo que falla se dice al final y no detiene a lo demás."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sesiones.management.commands import atender_plazos
from stl_portal.avisos import registro
from tests.personas import Reparto


def _falla(*_: object) -> int:
    raise ValueError("roto a propósito")


def test_cada_paso_va_aparte_y_la_orden_dice_cual_fallo(
    reparto: Reparto, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rotos = ("Suscripciones sin confirmar borradas", "Versiones nuevas de los datos")
    pasos = [replace(p, hacer=_falla) if p.dicho in rotos else p for p in atender_plazos.PASOS]
    monkeypatch.setattr(atender_plazos, "PASOS", pasos)
    salida = StringIO()
    with pytest.raises(CommandError, match=f"No se hizo: {'; '.join(rotos)}") as error:
        call_command("atender_plazos", stdout=salida)
    assert error.value.returncode == 1
    assert salida.getvalue().count(": 0.") == len(pasos) - len(rotos) - 1  # el del buscador no cuenta
    assert [r.getMessage() for r in caplog.records if r.exc_info] == [
        f"atender_plazos: falló «{dicho}»" for dicho in rotos
    ]


def test_los_recordatorios_de_una_aplicacion_no_detienen_a_los_de_otra(
    reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    llamadas: list[object] = []

    def otra(al: object) -> int:
        llamadas.append(al)
        return 3

    monkeypatch.setattr(registro, "RECORDATORIOS", [_falla, otra])
    with pytest.raises(CommandError, match="No se hizo: Recordatorios encolados"):
        call_command("atender_plazos", stdout=StringIO())
    assert len(llamadas) == 1
