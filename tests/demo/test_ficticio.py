"""Nada inventado se presenta como real, y nada real queda en una cuenta de demostración."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from pytest_django import DjangoAssertNumQueries

from sesiones.demo import carga, contrasena, personas
from sesiones.demo.datos import leer
from sesiones.estados import EstadoSesion
from sesiones.models import Asiento, Institucion, Organo, Persona, Rol, Sesion

# Leen lo cargado; que se cargue en las dos bases lo prueba `test_carga`.
pytestmark = [pytest.mark.apariencia, pytest.mark.usefixtures("cargada")]

DOMINIO = "@demo.example"


def personas_de(clave: str) -> set[str]:
    return {ficha["nombre"] for ficha in leer(clave)["persona"]}


def test_el_organo_inventado_esta_marcado_y_el_real_no() -> None:
    assert dict(Organo.objects.values_list("clave", "ficticio")) == {"demo": True, "stl": False}


def test_el_organo_inventado_y_sus_instituciones_lo_dicen_en_su_nombre() -> None:
    demo = Organo.objects.get(clave="demo")
    assert all("ficticio" in d.nombre for d in demo.denominaciones.all())
    instituciones = Institucion.objects.filter(asientos__organo=demo)
    assert instituciones.count() == 9
    assert all("(fictici" in institucion.nombre for institucion in instituciones)
    assert all("ficticia" in sesion.lugar for sesion in demo.sesiones.all())


def test_ninguna_persona_ni_institucion_esta_en_ambos_organos() -> None:
    assert personas_de("stl") & personas_de("demo") == set()
    reales = Asiento.objects.filter(organo__clave="stl").values("institucion")
    assert not Asiento.objects.filter(organo__clave="demo", institucion__in=reales).exists()


def test_las_cuentas_son_todas_de_ejemplo_y_solo_de_personas_inventadas() -> None:
    cuentas = get_user_model().objects.all()
    assert cuentas.count() == 11
    assert all(cuenta.email.endswith(DOMINIO) for cuenta in cuentas)
    assert not cuentas.filter(nombre__in=personas_de("stl")).exists()
    con_cuenta = set(Persona.objects.filter(usuario__isnull=False).values_list("nombre", flat=True))
    assert len(con_cuenta) == 6
    assert con_cuenta <= personas_de("demo")


def test_de_las_personas_reales_no_se_guarda_correo() -> None:
    assert not Persona.objects.exclude(correo="").exclude(nombre__in=personas_de("demo")).exists()


def test_nadie_del_elenco_firma_ni_asiste_a_las_sesiones_reales() -> None:
    reales = Sesion.objects.filter(organo__clave="stl")
    assert not reales.filter(asistencias__persona__usuario__isnull=False).exists()
    assert not reales.filter(firmantes__persona__usuario__isnull=False).exists()


def test_la_facilitadora_y_el_personal_tecnico_pueden_mirar_las_sesiones_reales_en_la_mesa() -> None:
    roles = Rol.objects.filter(organo__clave="stl").values_list("usuario__email", "tipo")
    assert set(roles) == {
        ("facilitadora@demo.example", "facilitadora"),
        ("tecnica@demo.example", "tecnica"),
        ("lectora@demo.example", "auditora"),
    }


def test_la_cuenta_sin_rol_no_tiene_asiento_ni_rol() -> None:
    visitante = get_user_model().objects.get(email="visitante@demo.example")
    assert not visitante.roles.exists()
    assert not Persona.objects.filter(usuario=visitante).exists()


def test_el_elenco_entra_con_la_contrasena_anunciada() -> None:
    creadas = set(get_user_model().objects.values_list("email", flat=True))
    del_organo = [persona for persona in personas() if persona.correo in creadas]
    assert len(del_organo) == 10  # las demás son de otro órgano ficticio, que se carga aparte
    for persona in del_organo:
        assert str(authenticate(email=persona.correo, password=contrasena())) == persona.nombre


def test_la_sesion_por_venir_trae_el_acta_anterior_y_lo_pendiente() -> None:
    proxima = Sesion.objects.get(organo__clave="demo", estado=EstadoSesion.CONVOCADA)
    puntos = proxima.puntos.en_arbol()
    assert [p.acta_de.designacion for p in puntos if p.acta_de] == ["III Sesión Ordinaria"]
    assert [a.numero for p in puntos for a in p.refiere_a.all()] == [2, 3]
    assert proxima.convocatorias.count() == 1


def test_cargar_de_nuevo_cuesta_siempre_las_mismas_pocas_consultas(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(12):
        carga.cargar(lambda _: None)
