"""Cuántos casos hizo cada blanco: se exigen los que le tocan y se imprimen al terminar."""

from collections.abc import Iterator
from dataclasses import astuple, replace

import pytest
from _pytest.terminal import TerminalReporter

from . import campana


@pytest.fixture(autouse=True)
def _cuenta(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lo que hizo esta prueba, en su informe: así llega también desde los otros procesos."""
    antes = {nombre: replace(cuenta) for nombre, cuenta in campana.CUENTAS.items()}
    fallaban = request.session.testsfailed
    yield
    for nombre, cuenta in campana.CUENTAS.items():
        if cuenta != antes.get(nombre, campana.Cuenta()):
            request.node.user_properties.append(("fuzz", (nombre, *astuple(cuenta))))
            if request.session.testsfailed == fallaban:
                assert cuenta.casos >= campana.cuantos(nombre), nombre


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Un renglón por blanco, con `make fuzz`."""
    if not campana.TOTAL:
        return
    informes = [uno for lista in terminalreporter.stats.values() for uno in lista]
    hechos = sorted(
        valor
        for informe in informes
        if getattr(informe, "when", "") == "teardown"
        for clave, valor in informe.user_properties
        if clave == "fuzz"
    )
    terminalreporter.section("casos por blanco")
    for nombre, casos, rechazos, segundos, peor in hechos:
        terminalreporter.line(
            f"{nombre:<20}{casos:>8,} casos {rechazos:>8,} rechazados {segundos:>8.1f} s; el peor {peor:.2f}"
        )
    terminalreporter.line(f"{'en total':<20}{sum(hecho[1] for hecho in hechos):>8,} casos")
