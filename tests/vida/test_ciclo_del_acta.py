"""Cada estado del acta contra cada verbo, y devolverla a borrador antes de sellarla."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from sesiones import aprobacion, sellar
from sesiones import models as m
from sesiones.estados import TRANSICIONES_ACTA, EstadoActa
from stl_portal.transiciones import TransicionInvalida
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada


def test_todo_estado_se_alcanza() -> None:
    assert {t.hacia for t in TRANSICIONES_ACTA.values()} == set(EstadoActa)


@pytest.mark.parametrize("verbo", sorted(TRANSICIONES_ACTA))
@pytest.mark.parametrize("estado", EstadoActa.values)
def test_cada_estado_contra_cada_verbo(reparto: Reparto, acta: m.Acta, estado: str, verbo: str) -> None:
    m.Acta.objects.filter(pk=acta.pk).update(estado=estado)
    acta.refresh_from_db()
    transicion, antes = TRANSICIONES_ACTA[verbo], acta.historia.count()
    if estado in transicion.desde:
        acta.cambiar(verbo, reparto.cuentas["facilitadora"], cuando=JUEVES)
        assert (acta.estado, acta.historia.count()) == (transicion.hacia, antes + 1)
    else:
        with pytest.raises(TransicionInvalida, match=f"No se puede {transicion.dicho}"):
            acta.cambiar(verbo, reparto.cuentas["facilitadora"], cuando=JUEVES)
        assert (m.Acta.objects.get().estado, acta.historia.count()) == (estado, antes)


def test_devuelta_se_corrige_se_aprueba_otra_vez_y_se_sella(reparto: Reparto) -> None:
    quien, acta = reparto.cuentas["facilitadora"], aprobada(reparto)
    anexo = acta.sesion.anexos.create(titulo="Informe perdido")
    with pytest.raises(ValidationError, match="Informe perdido"):
        sellar.sellar(acta, quien, JUEVES)
    with pytest.raises(ValidationError, match="por qué"):
        acta.devolver(quien, motivo=" ")
    acta.devolver(quien, motivo="El anexo no tiene archivo.")
    assert (acta.estado, acta.via, acta.aprobada_el, acta.aprobada_en) == ("borrador", "", None, None)
    anexo.delete()
    aprobacion.aprobar_en_sesion(acta, quien, JUEVES)
    assert sellar.sellar(acta, quien, JUEVES).acta.estado == EstadoActa.POR_FIRMAR


def test_devolver_desde_la_mesa(reparto: Reparto, client: Client) -> None:
    acta = aprobada(reparto)
    client.force_login(reparto.cuentas["facilitadora"])
    clave = ("prueba", acta.sesion.clave)
    pagina = client.get(reverse("actas:acta", args=clave)).content.decode()
    assert "Devolver a borrador" in pagina
    vacia = client.post(reverse("actas:devolver", args=clave), {"motivo": ""})
    assert vacia.status_code == 422
    assert m.Acta.objects.get().estado == EstadoActa.APROBADA
    hecha = client.post(reverse("actas:devolver", args=clave), {"motivo": "Falta una hora."})
    assert hecha.status_code == 302
    assert list(m.Acta.objects.get().historia.values_list("nota", flat=True))[-1] == "Falta una hora."
    otra = client.post(reverse("actas:devolver", args=clave), {"motivo": "Otra vez."})
    assert otra.status_code == 409
