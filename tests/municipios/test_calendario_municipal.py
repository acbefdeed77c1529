"""El calendario de un secretariado municipal, por sus pantallas: un acuerdo lo aprueba y otro lo enmienda."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from tests import fabricas
from tests.ejes.lectura import visible
from tests.personas import Reparto, crear_reparto
from tests.registros.captura import leido

from .fabricas import crear_municipal

pytestmark = pytest.mark.django_db
ENERO, FEBRERO, MARZO = dt.date(2027, 1, 20), dt.date(2027, 2, 17), dt.date(2027, 2, 24)


@pytest.fixture
def estatal() -> Reparto:
    """El que acompaña al municipal."""
    return crear_reparto("estatal")


@pytest.fixture
def leon(estatal: Reparto) -> Reparto:
    """El secretariado municipal."""
    return crear_municipal(estatal.organo)


@pytest.fixture
def conduce(client: Client, leon: Reparto) -> Client:
    """Quien lo facilita, ya dentro."""
    client.force_login(leon.cuentas["facilitadora"])
    return client


def _acuerdo(de: Reparto, fecha: dt.date, dicho: str) -> m.Acuerdo:
    """Uno de una sesión que ya concluyó."""
    sesion = fabricas.crear_en_curso(de, fecha=fecha)
    acuerdo = m.Acuerdo.agregar(sesion.puntos.get(), texto=dicho)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    return acuerdo


def _renglones(*filas: tuple[dt.date, int | str]) -> dict[str, str]:
    """Lo que la forma envía: las fechas y, de las que ya existían, cuál es."""
    ya = sum(1 for _, pk in filas if pk)
    datos = {"anio": "2027", "renglon-TOTAL_FORMS": str(len(filas)), "renglon-INITIAL_FORMS": str(ya)}
    for n, (fecha, pk) in enumerate(filas):
        datos |= {
            f"renglon-{n}-fecha": f"{fecha}",
            f"renglon-{n}-tipo": "ordinaria",
            f"renglon-{n}-id": f"{pk}",
        }
    return datos


def _url(nombre: str, calendario: m.Calendario, *extra: int) -> str:
    return reverse(f"registros:{nombre}", args=(calendario.organo.clave, calendario.pk, *extra))


def _proponer(conduce: Client, leon: Reparto) -> m.Calendario:
    nuevo = reverse("registros:nuevo", args=(leon.organo.clave, "calendarios"))
    assert conduce.post(nuevo, _renglones((ENERO, ""), (FEBRERO, ""))).status_code == 302
    return m.Calendario.objects.get()


def test_se_propone_lo_aprueba_un_acuerdo_y_otro_lo_enmienda(conduce: Client, leon: Reparto) -> None:
    calendario = _proponer(conduce, leon)
    aprobo = _acuerdo(leon, dt.date(2026, 3, 18), "Se aprueba el calendario de 2027.")
    assert "Acuerdo que lo aprueba" in conduce.get(_url("calendario", calendario)).content.decode()
    conduce.post(_url("aprobar_calendario", calendario), {"acuerdo": aprobo.pk})
    primera = calendario.fechas.earliest("fecha")
    conduce.post(_url("programar", calendario, primera.pk))

    editar: Any = conduce.post(_url("enmendar_calendario", calendario))
    enmienda = m.Calendario.objects.get(sustituye=calendario)
    enero, febrero = enmienda.fechas.order_by("fecha")
    movidas = leido(conduce, editar.url) | _renglones((ENERO, enero.pk), (MARZO, febrero.pk))
    assert conduce.post(editar.url, movidas).status_code == 302
    calendario.refresh_from_db()
    assert (calendario.estado, enmienda.estado) == ("aprobado", "propuesto")  # rige hasta que haya acuerdo
    modifico = _acuerdo(leon, dt.date(2026, 4, 15), "Se mueve la sesión de febrero.")
    conduce.post(_url("aprobar_calendario", enmienda), {"acuerdo": modifico.pk})

    calendario.refresh_from_db()
    enmienda.refresh_from_db()
    assert (calendario.estado, calendario.acuerdo) == ("sustituido", aprobo)
    assert (enmienda.estado, enmienda.acuerdo) == ("aprobado", modifico)
    assert list(enmienda.fechas.order_by("fecha").values_list("fecha", flat=True)) == [ENERO, MARZO]
    assert list(calendario.fechas.order_by("fecha").values_list("fecha", flat=True)) == [ENERO, FEBRERO]
    assert enmienda.fechas.get(fecha=ENERO).sesion == leon.organo.sesiones.get(fecha=ENERO)


def test_la_ciudadania_lee_los_dos_acuerdos(conduce: Client, leon: Reparto) -> None:
    calendario = _proponer(conduce, leon)
    aprobo = _acuerdo(leon, dt.date(2026, 3, 18), "Se aprueba.")
    conduce.post(_url("aprobar_calendario", calendario), {"acuerdo": aprobo.pk})
    conduce.post(_url("enmendar_calendario", calendario))
    enmienda = m.Calendario.objects.get(sustituye=calendario)
    modifico = _acuerdo(leon, dt.date(2026, 4, 15), "Se mueve.")
    conduce.post(_url("aprobar_calendario", enmienda), {"acuerdo": modifico.pk})
    publica = Client().get(reverse("sesiones:organo", args=(leon.organo.clave,)))
    assert (
        "Lo modificó el acuerdo primero de la II Sesión Ordinaria. "
        "El anterior lo aprobó el acuerdo primero de la I Sesión Ordinaria."
    ) in visible(publica).replace(" .", ".")


def test_no_lo_aprueba_un_acuerdo_del_estatal_ni_quien_conduce_ese(
    conduce: Client, leon: Reparto, estatal: Reparto
) -> None:
    calendario = _proponer(conduce, leon)
    ajeno = _acuerdo(estatal, dt.date(2026, 3, 18), "Se aprueba el calendario del municipio.")
    rechazo = conduce.post(_url("aprobar_calendario", calendario), {"acuerdo": ajeno.pk})
    assert rechazo.status_code == 422
    suyo = _acuerdo(leon, dt.date(2026, 3, 18), "Se aprueba.")
    conduce.force_login(estatal.cuentas["facilitadora"])
    respuesta = conduce.post(_url("aprobar_calendario", calendario), {"acuerdo": suyo.pk})
    assert respuesta.status_code in (403, 404)
    calendario.refresh_from_db()
    assert calendario.estado == "propuesto"
