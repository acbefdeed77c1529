"""El encargo a una colega: quién lo da, a quién, desde cuándo, y qué pasa al terminarlo."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from ejes import permisos
from ejes.models import Encargo
from ejes.reportes.quienes_preparan import quienes_preparan
from ejes.revision import avisar_a_quien_prepara
from sesiones.models import Asiento, Persona
from stl_portal.avisos.models import Aviso
from tests.ejes.lectura import visible
from tests.ejes.llenados import crear_suplente, enviado
from tests.personas import Reparto

EXTRANA = "extrana.prueba@prueba.example"
UN_DIA = dt.timedelta(days=1)


@pytest.fixture
def titular(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["integrante"])
    return client


def url_de(reparto: Reparto) -> str:
    return f"/reportes/encargos/asiento/{reparto.asientos['civil'].pk}/"


def test_la_titular_encarga_por_correo_y_la_colega_prepara(titular: Client, reparto: Reparto) -> None:
    colega, civil = reparto.cuentas["extrana"], reparto.asientos["civil"]
    assert not permisos.prepara(colega, civil, timezone.localdate())
    for _ in range(2):
        respuesta = titular.post(url_de(reparto), {"correo": colega.email.upper(), "envio": "f"})
        assert respuesta.status_code == 302
    assert Encargo.objects.get().dado_por == reparto.cuentas["integrante"]
    assert permisos.prepara(colega, civil, timezone.localdate())
    assert not permisos.envia(colega, civil, timezone.localdate())
    assert Aviso.objects.get(motivo__startswith="encargo:").para == colega.email
    assert "Vigente" in visible(titular.get("/reportes/encargos/"))


@pytest.mark.parametrize(
    ("datos", "frase"),
    [
        ({"correo": "nadie@prueba.example"}, "No hay una cuenta con ese correo"),
        ({"correo": ""}, "Escribe su correo"),
        ({"correo": "no es"}, "Revisa el correo"),
        ({"correo": "integrante.prueba@prueba.example"}, "ya puede preparar"),
        ({"correo": EXTRANA, "desde": "2026-05-02", "hasta": "2026-05-01"}, "anterior"),
    ],
)
def test_lo_que_no_procede_se_explica(
    titular: Client, reparto: Reparto, datos: dict[str, str], frase: str
) -> None:
    respuesta = titular.post(url_de(reparto), datos)
    assert respuesta.status_code == 422
    assert frase in visible(respuesta)
    assert not Encargo.objects.exists()


def test_quien_representa_a_otra_institucion_no_prepara(titular: Client, reparto: Reparto) -> None:
    extrana = reparto.cuentas["extrana"]
    Persona.objects.filter(pk=reparto.personas["academia"].pk).update(usuario=extrana)
    respuesta = titular.post(url_de(reparto), {"correo": extrana.email})
    assert respuesta.status_code == 422
    assert "integra el órgano por Universidad de Prueba prueba" in visible(respuesta)
    assert not Encargo.objects.exists()


def test_una_cuenta_inactiva_no_cuenta(titular: Client, reparto: Reparto) -> None:
    extrana = reparto.cuentas["extrana"]
    extrana.is_active = False
    extrana.save()
    assert titular.post(url_de(reparto), {"correo": extrana.email}).status_code == 422


def test_terminarlo_cierra_la_puerta_hoy_mismo(titular: Client, reparto: Reparto) -> None:
    hoy, extrana = timezone.localdate(), reparto.cuentas["extrana"]
    campos = {"asiento": reparto.asientos["civil"], "usuario": extrana}
    encargo = Encargo.objects.create(vigente_desde=hoy - UN_DIA * 9, **campos)
    assert titular.post(f"/reportes/encargos/{encargo.pk}/terminar/").status_code == 302
    encargo.refresh_from_db()
    assert encargo.vigente_hasta == hoy - UN_DIA
    assert not permisos.prepara(extrana, reparto.asientos["civil"], hoy)
    assert "Terminó" in visible(titular.get("/reportes/encargos/"))


def test_el_que_empezo_hoy_se_quita(titular: Client, reparto: Reparto) -> None:
    campos = {"asiento": reparto.asientos["civil"], "usuario": reparto.cuentas["extrana"]}
    encargo = Encargo.objects.create(vigente_desde=timezone.localdate(), **campos)
    titular.post(f"/reportes/encargos/{encargo.pk}/terminar/")
    assert not Encargo.objects.exists()


def test_quien_suple_no_encarga_y_a_otra_gente_no_le_existe(client: Client, reparto: Reparto) -> None:
    client.force_login(crear_suplente(reparto))
    datos = {"correo": reparto.cuentas["extrana"].email}
    assert client.post(url_de(reparto), datos).status_code == 403
    client.force_login(reparto.cuentas["extrana"])
    assert client.post(url_de(reparto), datos).status_code == 404
    assert not Encargo.objects.exists()


def test_el_encargo_por_empezar_no_abre_todavia(titular: Client, reparto: Reparto) -> None:
    extrana, manana = reparto.cuentas["extrana"], timezone.localdate() + UN_DIA
    titular.post(url_de(reparto), {"correo": extrana.email, "desde": manana.isoformat()})
    assert not permisos.prepara(extrana, reparto.asientos["civil"], timezone.localdate())
    assert permisos.prepara(extrana, reparto.asientos["civil"], manana)
    assert "Empieza después" in visible(titular.get("/reportes/encargos/"))


def test_de_lo_devuelto_se_avisa_a_quienes_entran_y_una_vez_a_cada_quien(reparto: Reparto) -> None:
    extrana, civil = reparto.cuentas["extrana"], reparto.asientos["civil"]
    entrega, hoy = enviado(reparto), timezone.localdate()
    Encargo.objects.create(asiento=civil, usuario=extrana, vigente_desde=hoy)
    titular = civil.nombramientos.get().persona
    Persona.objects.filter(pk=titular.pk).update(correo=extrana.email.upper())  # comparten el buzón
    avisar_a_quien_prepara.devuelto(entrega)
    assert [a.para for a in Aviso.objects.filter(motivo__contains=":observaciones:")] == [extrana.email]
    Persona.objects.filter(pk=titular.pk).update(correo="otra@prueba.example")
    assert _correos(civil) == {"otra@prueba.example", extrana.email}
    type(extrana).objects.filter(pk=extrana.pk).update(is_active=False)
    assert _correos(civil) == {"otra@prueba.example"}


def _correos(asiento: Asiento) -> set[str]:
    suyos = quienes_preparan([asiento.pk], timezone.localdate())[asiento.pk]
    return {correo for correo, _ in suyos}
