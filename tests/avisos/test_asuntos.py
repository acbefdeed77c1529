"""El asunto de cada correo dice de qué órgano es: quien está en dos los distingue sin abrirlos."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import convocar, invitar, roles
from sesiones import models as m
from sesiones.asuntos import LARGO, asunto
from sesiones.estados import TipoRol
from sesiones.invitar import Convocada, Emision
from stl_portal.avisos.envio import Mensaje
from stl_portal.avisos.models import Aviso
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import DIA, Reparto, crear_reparto

pytestmark = pytest.mark.django_db
LEON = "Secretariado Municipal de León"


@pytest.fixture
def leon(reparto: Reparto) -> Reparto:
    """Otro secretariado con las mismas sesiones y otro nombre."""
    otro = crear_reparto("leon")
    otro.organo.denominaciones.update(nombre_corto=LEON)
    return otro


def _de(reparto: Reparto, **campos: object) -> Emision:
    return Emision(crear_sesion(reparto), 0, timezone.now(), **campos)  # type: ignore[arg-type]  # lo que se prueba


@pytest.mark.parametrize("clase", ["convocatoria", "baja", "cancelacion"])
def test_el_mismo_aviso_de_dos_secretariados_se_distingue(
    reparto: Reparto, leon: Reparto, clase: str
) -> None:
    suyo, otro = (_de(r, clase=clase).asunto for r in (leon, reparto))
    assert suyo.endswith(f" · {LEON}")
    assert otro.endswith(" · Secretariado")
    assert suyo.removesuffix(LEON) == otro.removesuffix("Secretariado")


def test_el_nombre_es_el_que_tenia_el_dia_de_la_sesion(reparto: Reparto) -> None:
    reparto.organo.denominaciones.update(vigente_hasta=DIA - dt.timedelta(days=1))
    reparto.organo.denominaciones.create(
        nombre="Nuevo nombre", nombre_corto="Nuevo", siglas="N", vigente_desde=DIA
    )
    assert _de(reparto).asunto.endswith(" · Nuevo")


def test_lo_largo_se_recorta_y_el_nombre_queda(leon: Reparto) -> None:
    leon.organo.denominaciones.update(nombre_corto="N" * 100)
    dicho = asunto("Palabra " * 60, DIA, leon.organo)
    assert (len(dicho), dicho.endswith(f"… · {'N' * 100}")) == (LARGO, True)


def test_el_ficticio_lo_dice_una_sola_vez(leon: Reparto) -> None:
    leon.organo.ficticio = True
    assert asunto("Algo", DIA, leon.organo) == f"Algo · {LEON} (ficticio)"
    leon.organo.denominaciones.update(nombre_corto="León (ficticio)")
    assert asunto("Algo", DIA, leon.organo) == "Algo · León (ficticio)"


def test_de_varios_nombra_dos_y_los_demas_los_cuenta(reparto: Reparto, leon: Reparto) -> None:
    los_dos = (leon.organo, reparto.organo)
    assert asunto("Algo", DIA, *los_dos, leon.organo) == f"Algo · {LEON} y Secretariado"
    silao = crear_reparto("silao").organo
    silao.denominaciones.update(nombre_corto="Silao")
    assert asunto("Algo", DIA, *los_dos, silao) == "Algo · 3 órganos"


def _encolados(reparto: Reparto) -> Iterator[str]:
    """Los de convocar, cancelar y dar un rol en ese órgano."""
    por, sesion = reparto.cuentas["facilitadora"], crear_sesion(reparto)
    crear_punto(sesion, "Asuntos generales")
    m.Persona.objects.update(correo="una@prueba.example")
    ahora = timezone.make_aware(dt.datetime.combine(DIA - dt.timedelta(days=9), dt.time(12)))
    convocar.convocar(sesion, por, ahora)
    sesion.refresh_from_db()
    convocar.cancelar(sesion, por, ahora, motivo="Sin sede")
    roles.dar(m.Rol(usuario=reparto.cuentas["colega"], organo=reparto.organo, tipo=TipoRol.ENLACE))
    yield from Aviso.objects.values_list("asunto", flat=True)


def test_ninguno_de_los_que_se_encolan_lo_calla(leon: Reparto) -> None:
    dichos = set(_encolados(leon))
    assert {dicho.split(":")[0].split(" en ")[0] for dicho in dichos} == {
        "Convocatoria",
        "Se cancela",
        "Tienes un rol",
    }
    assert all(dicho.endswith(LEON) for dicho in dichos)


def test_escribir_a_muchas_pregunta_lo_mismo_que_a_una(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    emision = _de(reparto)
    una = Convocada("Ana", "ana@prueba.example")
    muchas = [Convocada(f"Ana {n}", f"ana{n}@prueba.example") for n in range(12)]
    for para in ([una], muchas):
        with django_assert_num_queries(6):
            hechos: list[Mensaje] = list(invitar.mensajes(emision, para))
        assert len(hechos) == len(para)
