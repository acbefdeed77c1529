"""«Mi portal»: a quien revisa, su acta; a quien conduce, lo que espera respuesta."""

import datetime as dt

from django.utils import timezone

from sesiones import models as m
from sesiones import pendientes, revision
from sesiones.estados import Atencion
from tests.personas import Reparto
from tests.vida.conftest import JUEVES

VENCE = dt.date(2026, 3, 26)
UN_DIA = dt.timedelta(days=1)


def _circulada(reparto: Reparto, acta: m.Acta) -> m.Ronda:
    return revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)


def test_a_quien_revisa_hasta_que_responde_o_vence(reparto: Reparto, acta: m.Acta) -> None:
    ronda, cuenta = _circulada(reparto, acta), reparto.cuentas["integrante"]
    urgentes = {
        al: [p.urgente for p in pendientes.de_quien_revisa(cuenta, al)]
        for al in (JUEVES.date(), VENCE - 2 * UN_DIA, VENCE, VENCE + UN_DIA)
    }
    assert list(urgentes.values()) == [[False], [True], [True], []]
    (pendiente,) = pendientes.de_quien_revisa(cuenta, JUEVES.date())
    assert (pendiente.url, pendiente.vence) == (revision.url_de_revision(acta), VENCE)
    revision.conformar(ronda.revisores.get(persona__usuario=cuenta), JUEVES)
    assert list(pendientes.de_quien_revisa(cuenta, JUEVES.date())) == []


def test_a_quien_conduce_lo_que_sigue(reparto: Reparto, acta: m.Acta) -> None:
    ronda, cuenta = _circulada(reparto, acta), reparto.cuentas["facilitadora"]

    def dicho(al: dt.date) -> list[tuple[str, bool]]:
        return [(p.accion, p.urgente) for p in pendientes.de_revisiones(cuenta, al)]

    assert dicho(JUEVES.date()) == []
    assert dicho(VENCE + UN_DIA) == [("Cerrar la ronda", False)]
    observacion = ronda.revisores.all()[0].observar(JUEVES, texto="Falta algo.")
    assert dicho(JUEVES.date()) == [("Atender", False)]
    revision.cerrar(ronda, cuenta, JUEVES)
    assert dicho(JUEVES.date()) == [("Atender", True)]
    observacion.atender(cuenta, timezone.now(), atencion=Atencion.INCORPORADA)
    assert dicho(JUEVES.date()) == [("Aprobarla o circular otra ronda", False)]
    assert list(pendientes.de_revisiones(reparto.cuentas["integrante"], VENCE)) == []
