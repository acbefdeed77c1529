"""Fundar un secretariado municipal desde una sola forma: todo o nada, y listo para sesionar."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from sesiones import permisos
from sesiones.cierre import cerrar
from sesiones.programar import programar
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.fabricas import HORA, avisar, pasar_lista
from tests.personas import Reparto, crear_reparto

from .fundando import LEON, SILAO, datos_de, direccion, errores_de, fundado


def test_de_una_vez_nace_con_nombre_reglas_asientos_y_quien_lo_lleva(
    administra: Client, reparto: Reparto
) -> None:
    respuesta: Any = administra.post(direccion(reparto.organo), datos_de())
    organo, hoy = fundado(), timezone.localdate()
    assert respuesta.url == reverse("registros:organo", args=("stm-leon",))
    assert (organo.clase, organo.clave_municipio, organo.acompanado_por) == (
        "municipal",
        LEON,
        reparto.organo,
    )
    nombre = organo.denominacion(hoy)
    assert (nombre.nombre, nombre.siglas) == ("Secretariado Técnico Municipal de León", "STM León")
    assert nombre.lugar == "León, Guanajuato"
    assert (organo.regla(hoy).estilo_acta, organo.regla(hoy).aprobacion) == ("narrativa", "posterior")
    assert [a.institucion.nombre for a in organo.asientos.all()] == [
        "Ayuntamiento de León",
        "Universidad de Prueba prueba",
        "Colectivo Abierto",
        "Secretariado Técnico Municipal de León",
    ]
    assert organo.asientos.get(funcion="facilitacion").tiene_voto is False
    assert (organo.frases.count(), organo.plantilla.count(), organo.citas.count()) == (6, 6, 0)
    assert sorted((r.tipo, r.usuario.email) for r in organo.roles.all()) == [
        ("administradora", "administradora.prueba@prueba.example"),
        ("facilitadora", "facilita@leon.example"),
    ]


def test_a_quien_facilita_le_llega_su_liga_y_la_casa_dice_que_sigue(
    administra: Client, reparto: Reparto
) -> None:
    casa = administra.post(direccion(reparto.organo), datos_de(), follow=True).content.decode()
    assert "Se creó el Secretariado Técnico Municipal de León." in casa
    assert "Programa su sesión de instalación." in casa
    assert casa.count("vienen del modelo que se copió; captura las de este órgano si son otras.") == 1
    assert "Supuesto inicial" not in casa
    assert "Reglas que rigen hoy" not in casa
    assert list(Aviso.objects.values_list("para", flat=True)) == ["facilita@leon.example"]
    assert mail.outbox == []
    facilitadora = Client()
    facilitadora.force_login(Usuario.objects.get(email="facilita@leon.example"))
    assert facilitadora.get("/mesa/stm-leon/nueva/").status_code == 200


def test_revisar_no_guarda_y_ensena_lo_propuesto(administra: Client, reparto: Reparto) -> None:
    datos = datos_de(revisar="si")
    del datos["fundar"]
    respuesta = administra.post(direccion(reparto.organo), datos)
    pagina = respuesta.content.decode()
    assert (respuesta.status_code, m.Organo.objects.count()) == (200, 1)
    assert "Esto es lo que se va a crear" in pagina
    assert "Secretariado Técnico Municipal de León" in pagina
    assert "Ya registrada" in pagina
    assert respuesta.context["forma"]["clave"].value() == "stm-leon"


def test_al_cambiar_de_municipio_lo_propuesto_cambia_y_lo_escrito_se_queda(
    administra: Client, reparto: Reparto
) -> None:
    vistos = {"oficial": "Secretariado Técnico Municipal de León", "siglas": "STML", "propuesto_para": LEON}
    administra.post(direccion(reparto.organo), datos_de(municipio=SILAO, **vistos))
    organo = m.Organo.objects.get(clave_municipio=SILAO)
    nombre = organo.denominacion(timezone.localdate())
    assert (nombre.nombre, nombre.siglas) == (
        "Secretariado Técnico Municipal de Silao de la Victoria",
        "STML",
    )


def test_los_nombres_largos_caben(administra: Client, reparto: Reparto) -> None:
    administra.post(direccion(reparto.organo), datos_de(municipio="11014", asientos=""))
    organo = m.Organo.objects.get(clave_municipio="11014")
    assert (organo.clave, organo.asientos.count()) == ("stm-dolores-hidalgo-cuna-de-la", 0)
    assert organo.denominacion(timezone.localdate()).siglas == "STM"


def test_un_municipio_no_tiene_dos_y_una_clave_tampoco(administra: Client, reparto: Reparto) -> None:
    administra.post(direccion(reparto.organo), datos_de())
    otra = administra.post(direccion(reparto.organo), datos_de(clave="stm-leon-2", asientos=""))
    assert errores_de(otra) == {"municipio": ["León ya tiene su secretariado en el portal."]}
    repetida = administra.post(
        direccion(reparto.organo), datos_de(municipio=SILAO, clave="stm-leon", asientos="")
    )
    assert list(errores_de(repetida)) == ["clave"]
    assert m.Organo.objects.count() == 2


def test_dos_clics_fundan_uno(administra: Client, reparto: Reparto) -> None:
    datos = datos_de(envio="a" * 32)
    respuestas: list[Any] = [administra.post(direccion(reparto.organo), datos) for _ in range(2)]
    assert [r.url for r in respuestas] == ["/mesa/stm-leon/"] * 2
    assert m.Organo.objects.count() == 2


def test_sin_nombre_no_se_crea_una_cuenta_y_la_que_existe_se_usa(
    administra: Client, reparto: Reparto
) -> None:
    errores = errores_de(administra.post(direccion(reparto.organo), datos_de(facilita_nombre="")))
    assert list(errores) == ["facilita_nombre"]
    ya = reparto.cuentas["colega"]
    datos = datos_de(facilita=ya.email.upper(), facilita_nombre="", enlace=ya.email)
    administra.post(direccion(reparto.organo), datos)
    assert sorted(fundado().roles.filter(usuario=ya).values_list("tipo", flat=True)) == [
        "enlace",
        "facilitadora",
    ]


def test_la_misma_persona_nueva_facilita_y_es_enlace(administra: Client, reparto: Reparto) -> None:
    administra.post(direccion(reparto.organo), datos_de(enlace="facilita@leon.example"))
    assert fundado().roles.filter(usuario__email="facilita@leon.example").count() == 2


def test_de_otro_organo_copia_lo_que_rige_hoy(administra: Client, reparto: Reparto) -> None:
    reparto.organo.frases.create(nombre="Suya", texto="Su frase")
    reparto.organo.plantilla.create(titulo="Su punto")
    reparto.organo.citas.create(clave="quorum", texto="artículo 13")
    reparto.organo.citas.create(clave="cierre", texto="artículo viejo", vigente_hasta=dt.date(2020, 1, 1))
    modelo = f"organo:{reparto.organo.pk}"
    administra.post(direccion(reparto.organo), datos_de(modelo=modelo, citas="on", reinicio="anio"))
    organo = fundado()
    assert (organo.frases.get().nombre, organo.plantilla.get().titulo) == ("Suya", "Su punto")
    assert [(c.clave, c.vigente_desde) for c in organo.citas.all()] == [("quorum", None)]
    assert organo.reglas.get().fundamento == "Lineamientos de prueba"
    assert (organo.reglas.get().reinicio, reparto.organo.reglas.get().reinicio) == ("anio", "nunca")


def test_no_se_copia_de_un_organo_que_no_administra(administra: Client, reparto: Reparto) -> None:
    ajeno = crear_reparto("otro").organo
    assert list(
        errores_de(administra.post(direccion(reparto.organo), datos_de(modelo=f"organo:{ajeno.pk}")))
    ) == ["modelo"]


def test_el_de_un_organo_ficticio_es_ficticio_y_lo_dice(administra: Client, reparto: Reparto) -> None:
    m.Organo.objects.filter(pk=reparto.organo.pk).update(ficticio=True)
    administra.post(direccion(reparto.organo), datos_de(asientos=""))
    organo = m.Organo.objects.get(clave="stm-leon-demo")
    assert organo.ficticio
    assert organo.denominacion(timezone.localdate()).nombre.endswith("de León (ficticio)")


@pytest.mark.parametrize("papel", ["facilitadora", "colega", "auditora", "integrante"])
def test_solo_lo_funda_la_administradora_del_estatal(client: Client, reparto: Reparto, papel: str) -> None:
    identificarse(client, reparto.cuentas[papel])
    assert client.get(direccion(reparto.organo)).status_code == 403
    assert "Crear un secretariado municipal" not in client.get("/mesa/prueba/").content.decode()


def test_desde_uno_municipal_no_se_funda(administra: Client, reparto: Reparto) -> None:
    assert "Crear un secretariado municipal" in administra.get("/mesa/prueba/").content.decode()
    m.Organo.objects.filter(pk=reparto.organo.pk).update(clase="municipal")
    assert administra.post(direccion(reparto.organo), datos_de()).status_code == 403
    assert "Crear un secretariado municipal" not in administra.get("/mesa/prueba/").content.decode()


def test_las_consultas_no_crecen_con_los_renglones(
    administra: Client, reparto: Reparto, django_assert_num_queries: Any
) -> None:
    for cuantos in (1, 40):
        datos = datos_de(
            asientos="\n".join(f"{'ABCDEFGHIJ'[n % 10] * (n + 3)} | academia" for n in range(cuantos))
        )
        datos.pop("fundar")
        with django_assert_num_queries(19):
            assert administra.post(direccion(reparto.organo), datos | {"revisar": "si"}).status_code == 200


def test_lo_fundado_sesiona_de_inmediato_con_su_propia_numeracion(
    administra: Client, reparto: Reparto
) -> None:
    """Programar, convocar, pasar lista, declarar quórum y cerrar: lo mismo que en el estatal."""
    administra.post(direccion(reparto.organo), datos_de())
    organo, por = fundado(), Usuario.objects.get(email="facilita@leon.example")
    assert permisos.puede_conducir(por, organo, timezone.localdate())
    nombrados = _nombrar_a_todos(organo, por)
    navegador = Client()
    navegador.force_login(por)
    casa = navegador.get(reverse("registros:organo", args=(organo.clave,))).content.decode()
    assert ("Primeros pasos" in casa, "Reglas que rigen hoy" in casa) == (False, True)
    sesion = _programada(organo, por, "instalacion")
    titulos = [p.titulo for p in sesion.puntos.all()]
    assert "Instalación del secretariado técnico municipal" in titulos
    assert "Asuntos específicos por tratar" not in titulos
    avisar(sesion)
    pasar_lista(nombrados, sesion, tuple(nombrados.personas))
    m.Quorum.declarar(sesion, por, hora=HORA)
    sesion.refresh_from_db()
    cerrar(sesion, por, cierre=dt.time(11), sin_tratar="Se agotó el orden del día")
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.numero) == ("concluida", 1)
    siguiente = _programada(organo, por, "ordinaria")
    assert siguiente.numero == 1  # cada tipo con la suya, y nada que ver con la del estatal
    de_la_siguiente = [p.titulo for p in siguiente.puntos.all()]
    assert "Lectura y, en su caso, aprobación del acta de la sesión anterior" in de_la_siguiente


def _programada(organo: m.Organo, por: Usuario, tipo: str) -> m.Sesion:
    """La primera de ese tipo, hoy."""
    donde: dict[str, Any] = {"hora": HORA, "modalidad": "presencial", "lugar": "Cabildo"}
    return programar(organo, por=por, numero=1, tipo=tipo, fecha=timezone.localdate(), **donde)


def _nombrar_a_todos(organo: m.Organo, por: Usuario) -> Reparto:
    """Una persona titular en cada asiento del órgano recién fundado."""
    asientos = {f"{a.funcion} {a.orden}": a for a in organo.asientos.all()}
    personas = {}
    for n, (lugar, asiento) in enumerate(asientos.items()):
        personas[lugar] = m.Persona.objects.create(nombre=f"Persona {n} Apellido", tratamiento="C.")
        asiento.nombramientos.create(persona=personas[lugar], cargo="Integrante")
    return Reparto(organo, organo.reglas.get(), asientos, personas, {"facilitadora": por})
