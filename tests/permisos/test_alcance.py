"""Hasta dónde llega cada quien: hacia las comisiones, nunca hacia arriba, y solo mientras dura."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones import pendientes, permisos
from sesiones.avisos import sin_salir
from sesiones.estados import TipoRol, TipoSuplencia
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.cuentas.models import Usuario
from tests import fabricas
from tests.personas import DESDE, DIA, Reparto, crear_reparto

UN_DIA = dt.timedelta(days=1)


def crear_comision(reparto: Reparto, clave: str = "prueba-datos") -> m.Organo:
    """Una comisión del órgano de prueba, con nombre y reglas."""
    comision = m.Organo.objects.create(clave=clave, clase="comision", padre=reparto.organo)
    comision.denominaciones.create(nombre=f"Comisión {clave}", nombre_corto=f"Comisión {clave}", siglas="CD")
    comision.reglas.create(vigente_desde=DESDE)
    return comision


def coordinar(comision: m.Organo) -> Usuario:
    """Quien conduce nada más la comisión."""
    cuenta = Usuario.objects.create_user("coordina@prueba.example", nombre="Coordina")
    m.Rol.objects.create(usuario=cuenta, organo=comision, tipo=TipoRol.FACILITADORA, vigente_desde=DESDE)
    return cuenta


def _persona_con_cuenta(client: Client, organo: m.Organo, persona: m.Persona, correo: str) -> int:
    datos = {"nombre": persona.nombre, "sexo": "x", "correo": correo, "con_cuenta": "on"}
    datos |= {"renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}
    url = reverse("registros:editar", args=(organo.clave, "personas", persona.pk))
    return client.post(url, datos | {"huella": client.get(url).context.get("huella", "")}).status_code


def test_conducir_una_comision_no_da_la_cuenta_de_quien_integra_el_organo(
    client: Client, reparto: Reparto
) -> None:
    comision, persona = crear_comision(reparto), reparto.personas["poder"]
    cuenta = coordinar(comision)
    client.force_login(cuenta)
    _persona_con_cuenta(client, comision, persona, cuenta.email)
    persona.refresh_from_db()
    assert (persona.usuario, persona.correo) == (None, "poder.prueba@prueba.example")
    assert not permisos.puede_leer_mesa(cuenta, reparto.organo, DIA)


def test_quien_conduce_el_organo_si_cuida_a_quien_integra_su_comision(
    client: Client, reparto: Reparto
) -> None:
    comision, persona = crear_comision(reparto), reparto.personas["poder"]
    asiento = comision.asientos.create(institucion=reparto.asientos["poder"].institucion)
    asiento.nombramientos.create(persona=persona, cargo="Enlace", vigente_desde=DESDE)
    client.force_login(reparto.cuentas["facilitadora"])
    assert _persona_con_cuenta(client, reparto.organo, persona, "nuevo@prueba.example") == 302
    persona.refresh_from_db()
    assert persona.correo == "nuevo@prueba.example"


def test_desde_una_comision_no_se_corrige_una_institucion_del_organo(
    client: Client, reparto: Reparto
) -> None:
    comision, institucion = crear_comision(reparto), reparto.asientos["poder"].institucion
    client.force_login(coordinar(comision))
    assert client.get(_institucion(comision, institucion)).status_code == 403
    comision.asientos.create(institucion=institucion)
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(_institucion(reparto.organo, institucion)).status_code == 200


def _institucion(organo: m.Organo, institucion: m.Institucion) -> str:
    return reverse("registros:editar", args=(organo.clave, "instituciones", institucion.pk))


def _suplente(reparto: Reparto, **cambios: Any) -> Usuario:
    cuenta: Usuario = reparto.cuentas["extrana"]
    suplencia = fabricas.crear_suplencia(reparto, **cambios)
    m.Persona.objects.filter(pk=suplencia.persona_id).update(usuario=cuenta)
    return cuenta


@pytest.mark.parametrize(("dias", "lee"), [(-1, True), (0, True), (1, False)])
def test_la_suplencia_para_una_sesion_deja_leer_hasta_ese_dia(reparto: Reparto, dias: int, lee: bool) -> None:
    sesion = fabricas.crear_sesion(reparto)
    cuenta, al = _suplente(reparto, tipo=TipoSuplencia.POR_SESION, sesion=sesion), DIA + UN_DIA * dias
    assert permisos.puede_leer_mesa(cuenta, reparto.organo, al) is lee
    assert permisos.organos_visibles(cuenta, al).exists() is lee


def test_la_suplencia_hasta_nuevo_aviso_no_caduca_con_la_sesion(reparto: Reparto) -> None:
    fabricas.crear_sesion(reparto)
    cuenta = _suplente(reparto)
    assert permisos.puede_leer_mesa(cuenta, reparto.organo, DIA + UN_DIA)


def test_un_asiento_que_termino_ya_no_deja_leer(client: Client, reparto: Reparto) -> None:
    cuenta = reparto.cuentas["integrante"]
    m.Asiento.objects.filter(pk=reparto.asientos["civil"].pk).update(vigente_hasta=DIA)
    assert permisos.es_integrante(cuenta, reparto.organo, DIA)
    assert not permisos.es_integrante(cuenta, reparto.organo, DIA + UN_DIA)
    assert not permisos.organos_visibles(cuenta, DIA + UN_DIA).exists()
    client.force_login(cuenta)
    m.Asiento.objects.filter(pk=reparto.asientos["civil"].pk).update(vigente_hasta=DESDE)
    assert client.get(reverse("registros:organo", args=("prueba",))).status_code == 404


def test_los_conjuntos_dicen_lo_mismo_que_los_predicados(reparto: Reparto) -> None:
    otro, comision = crear_reparto("otro"), crear_comision(reparto)
    cuentas = [*reparto.cuentas.values(), *otro.cuentas.values(), coordinar(comision)]
    for cuenta in cuentas:
        for organo in (reparto.organo, comision, otro.organo):
            conduce = organo in permisos.organos_que_conduce(cuenta, DIA)
            lee = organo in permisos.organos_visibles(cuenta, DIA)
            assert conduce == permisos.puede_conducir(cuenta, organo, DIA)
            assert lee == permisos.puede_leer_mesa(cuenta, organo, DIA)


def test_mi_portal_incluye_las_comisiones_del_organo_que_conduce(client: Client, reparto: Reparto) -> None:
    comision = crear_comision(reparto)
    sesion = m.Sesion.programar(
        comision, tipo="trabajo", fecha=dt.date(2099, 1, 7), por=None, hora=dt.time(9), lugar="Sala"
    )
    Aviso.objects.create(
        para="a@prueba.example",
        asunto="Cita",
        motivo=f"sesion:{sesion.pk}:0",
        estado=EstadoAviso.FALLIDO,
        error="x",
    )
    facilitadora = reparto.cuentas["facilitadora"]
    assert [p.titulo for p in pendientes.de_quien_conduce(facilitadora, DIA)] == [sesion.designacion]
    assert [p.titulo for p in sin_salir(facilitadora, DIA)] == [f"Correos que no han salido: {sesion}"]
    client.force_login(facilitadora)
    texto = client.get(reverse("mi")).content.decode()
    assert reverse("registros:organo", args=(comision.clave,)) in texto


def test_el_oficio_en_la_mesa_solo_ofrece_a_quien_se_puede_sentar(client: Client, reparto: Reparto) -> None:
    otro = crear_reparto("otro")
    reservada = m.Persona.objects.create(nombre="Invitada Reservada Ajena")
    m.Asistencia.invitar(fabricas.crear_sesion(otro), nombre=reservada.nombre, persona=reservada)
    sesion, asiento = fabricas.crear_sesion(reparto), reparto.asientos["vacante"]
    url = reverse("mesa:oficio", args=("prueba", sesion.clave, asiento.pk))
    client.force_login(reparto.cuentas["facilitadora"])
    pagina = client.get(url).content.decode()
    assert reservada.nombre not in pagina
    assert reparto.personas["poder"].nombre in pagina
    datos = {
        "persona": reservada.pk,
        "cargo": "Suplente",
        "fecha_oficio": "2026-03-01",
        "remitente": "Alguien",
    }
    rechazo = client.post(url, datos | {"tipo": "por_sesion"})
    assert rechazo.status_code == 422
    assert reservada.nombre not in rechazo.content.decode()
    assert asiento.suplencias.count() == 0


@pytest.mark.parametrize("clave", ["9" * 5000, "9" * 18, "0", "uno"])
def test_una_clave_de_avisos_imposible_no_existe(client: Client, reparto: Reparto, clave: str) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(reverse("avisos:serie", args=("sesion", clave))).status_code == 404
