"""Quién hizo qué: se lee, se filtra y se descarga; y nadie más que la auditora."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.estados import ClaseOrgano
from stl_portal.auditoria import cadena
from stl_portal.auditoria.registro import FUENTES
from stl_portal.transiciones import CambioDeEstado
from tests.cuentas.codigos import dar_telefono, identificarse
from tests.cuentas.test_de_tu import leer
from tests.fabricas import crear_sesion
from tests.gestion.quien import administra
from tests.personas import Reparto, crear_reparto

INICIO, EXPORTAR = reverse("auditoria:inicio"), reverse("auditoria:exportar")


@pytest.fixture
def auditora(reparto: Reparto) -> Client:
    """El navegador de la auditora, con su segundo paso."""
    cuenta, client = reparto.cuentas["auditora"], Client()
    dar_telefono(cuenta)
    client.force_login(cuenta)
    return client


def dichos(client: Client, **filtro: str) -> list[tuple[str, str, str]]:
    """Quién, qué y sobre qué, de cada renglón de la página."""
    respuesta = client.get(INICIO, filtro)
    assert respuesta.status_code == 200
    return [(r.persona, r.hecho.que, r.hecho.sobre) for r in respuesta.context["renglones"]]


def test_se_lee_se_filtra_y_no_sale_lo_de_otro_organo(auditora: Client, reparto: Reparto) -> None:
    otro = crear_reparto("otro")
    sesion, ajena = crear_sesion(reparto), crear_sesion(otro)
    cadena.anotar("corregir", por=reparto.cuentas["colega"], organo="prueba", sobre="Reglas: la primera")
    cadena.anotar("corregir", por=otro.cuentas["colega"], organo="otro", sobre="Reglas: ajenas")
    conduce = str(reparto.cuentas["facilitadora"])
    programar = (conduce, "programar", str(sesion))
    corregir = (str(reparto.cuentas["colega"]), "corregir", "Reglas: la primera")
    entrar = (str(reparto.cuentas["auditora"]), "entrar", "")
    assert dichos(auditora) == [corregir, programar, entrar]
    assert dichos(auditora, organo="prueba") == [corregir, programar]
    assert dichos(auditora, organo="-") == [entrar]
    assert dichos(auditora, tipo="sesion") == [programar]
    assert dichos(auditora, persona="COLEGA") == [corregir]
    hoy = dt.date.today()
    assert dichos(auditora, hasta=f"{hoy - dt.timedelta(days=2)}") == []
    assert len(dichos(auditora, desde=f"{hoy - dt.timedelta(days=2)}")) == 3
    assert str(ajena) == str(sesion)


@pytest.mark.apariencia
def test_lo_ficticio_va_rotulado(auditora: Client, reparto: Reparto) -> None:
    m.Organo.objects.filter(pk=reparto.organo.pk).update(ficticio=True)
    crear_sesion(reparto)
    respuesta = auditora.get(INICIO, {"tipo": "sesion"})
    assert [r.organo for r in respuesta.context["renglones"]] == ["Secretariado (ficticio)"]


def test_lo_del_portal_es_de_quien_audita_uno_estatal(auditora: Client, reparto: Reparto) -> None:
    m.Organo.objects.filter(pk=reparto.organo.pk).update(clase=ClaseOrgano.MUNICIPAL)
    assert dichos(auditora) == []


@pytest.mark.apariencia
@pytest.mark.parametrize(
    ("filtro", "queja"),
    [
        ({"organo": "otro"}, "Elige un órgano de la lista."),
        ({"tipo": "nada"}, "Elige un tipo de la lista."),
        ({"desde": "ayer"}, "Escribe el día como 2026-03-18."),
        ({"desde": "2026-03-18", "hasta": "2026-03-17"}, "El último día es anterior al primero."),
    ],
)
def test_un_filtro_que_no_se_entiende_lo_dice(auditora: Client, filtro: dict[str, str], queja: str) -> None:
    for direccion in (INICIO, EXPORTAR):
        respuesta = auditora.get(direccion, filtro)
        assert respuesta.status_code == 422
        assert queja in leer(respuesta)
        assert "resultados" not in leer(respuesta)


@pytest.mark.apariencia
def test_para_los_demas_no_existe(reparto: Reparto) -> None:
    papeles = ("facilitadora", "colega", "administradora", "integrante", "extrana")
    cuentas = {papel: reparto.cuentas[papel] for papel in papeles}
    cuentas["portal"] = administra(crear_reparto("otro").cuentas["extrana"])
    for cuenta in cuentas.values():
        dar_telefono(cuenta)
        client = Client()
        client.force_login(cuenta)
        assert [client.get(una).status_code for una in (INICIO, EXPORTAR)] == [404, 404]
    assert Client().get(INICIO)["Location"].startswith(reverse("account_login"))
    sin_factor = Client()
    sin_factor.force_login(reparto.cuentas["auditora"])
    assert sin_factor.get(EXPORTAR)["Location"].startswith(reverse("mfa_hace_falta"))


@pytest.mark.parametrize("cuantas", [1, 60])
def test_las_mismas_consultas_con_uno_o_con_muchos(
    auditora: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, cuantas: int
) -> None:
    for n in range(cuantas):
        crear_sesion(reparto, hora=dt.time(10, n))
        cadena.anotar("corregir", por=reparto.cuentas["colega"], organo="prueba", sobre=f"Regla {n}")
    with django_assert_num_queries(10):
        auditora.get(INICIO)


@pytest.mark.apariencia
def test_lo_que_se_cambia_en_los_registros_consta_con_lo_que_decia(
    auditora: Client, reparto: Reparto
) -> None:
    """Dar un papel, la regla más delicada: quién lo dio, a quién y desde dónde; y lo rechazado no consta."""
    administra = identificarse(Client(), reparto.cuentas["administradora"])
    nuevo = reverse("registros:nuevo", args=("prueba", "roles"))
    datos = {"tipo": "tecnica", "correo": "nueva@prueba.example", "nombre": "Nueva Cuenta"}
    datos |= {"vigente_desde": "2026-01-15", "huella": administra.get(nuevo).context["huella"]}
    administra.post(nuevo, datos | {"correo": "esto no es"})
    administra.post(nuevo, datos, REMOTE_ADDR="198.51.100.7")
    rol = m.Rol.objects.get(usuario__email="nueva@prueba.example")
    administra.post(reverse("registros:quitar", args=("prueba", "roles", rol.pk)))
    respuesta = auditora.get(INICIO, {"organo": "prueba", "tipo": "acto"})
    hechos = [(r.persona, r.hecho) for r in respuesta.context["renglones"]]
    quien = str(reparto.cuentas["administradora"])
    assert [(persona, h.que) for persona, h in hechos][-1] == (quien, "agregar")
    agregar = hechos[-1][1]
    assert (agregar.direccion, agregar.sobre.startswith("Roles")) == ("198.51.100.7", True)
    assert "Personal técnico" in agregar.detalle


@pytest.mark.apariencia
def test_toda_historia_esta_en_la_auditoria() -> None:
    """Una clase nueva de historia que nadie apunte aquí hace fallar la prueba."""
    historias = {clase.__name__ for clase in CambioDeEstado.__subclasses__()}
    assert {fuente.modelo.__name__ for fuente in FUENTES.values()} == historias | {
        *("Acto", "LogEntry", "CambioDeTexto", "Anotacion"),
    }


@pytest.mark.apariencia
def test_la_ofrece_mi_portal_solo_a_quien_audita(reparto: Reparto) -> None:
    for papel, debida in (("auditora", True), ("integrante", False), ("facilitadora", False)):
        client = Client()
        client.force_login(reparto.cuentas[papel])
        assert (f'href="{INICIO}"' in client.get(reverse("mi")).content.decode()) is debida
