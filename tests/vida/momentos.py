"""Actas en cada momento de su vida, hechas con los verbos del dominio."""

import datetime as dt

from sesiones import aprobacion, firmar, publicar, sellar
from sesiones import models as m
from sesiones.agenda import formar_orden
from sesiones.cierre import cerrar
from sesiones.estados import Resultado, TipoPunto
from stl_portal.archivo import almacen
from tests.fabricas import HORA, crear_en_curso, crear_sesion, pasar_lista
from tests.personas import Reparto
from tests.vida.conftest import CIERRE, JUEVES

METODO = "contraseña y código temporal"


def aprobada(reparto: Reparto, **cambios: object) -> m.Acta:
    """Leída y aprobada en su propia sesión, con la lista de firmas propuesta."""
    sesion = crear_en_curso(reparto, puntos=1, **cambios)
    for punto in sesion.puntos.all():
        punto.resolver(Resultado.PRESENTADO)
    m.Punto.agregar(sesion, "Lectura y aprobación del acta", tipo=TipoPunto.ACTA).resolver(Resultado.CONSENSO)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE)
    m.Firmante.proponer(sesion)
    acta = m.Acta.de(sesion)
    aprobacion.aprobar_en_sesion(acta, reparto.cuentas["facilitadora"], JUEVES)
    return acta


def aprobada_despues(reparto: Reparto, acta: m.Acta) -> m.Acta:
    """La fe de erratas, aprobada al cerrarse una sesión posterior que la trajo en su orden del día."""
    m.Acta.objects.filter(pk=acta.pk).update(creada_el=JUEVES)
    sesion = crear_sesion(reparto, fecha=dt.date(2026, 4, 15))
    formar_orden(sesion, copiar_de=None, acuerdos=[])
    pasar_lista(reparto, sesion, ("presidencia", "poder", "academia", "facilitadora"))
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    sesion.refresh_from_db()
    sesion.puntos.get(acta_de=acta.sesion).resolver(Resultado.CONSENSO)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE)
    return m.Acta.objects.get(pk=acta.pk)


def sellada(reparto: Reparto, **cambios: object) -> m.Sello:
    """Por firmar: presidencia, poder, academia, civil y facilitadora."""
    return sellar.sellar(aprobada(reparto, **cambios), reparto.cuentas["facilitadora"], JUEVES)


def dar_cuenta_a(reparto: Reparto, quien: str, papel: str = "extrana") -> None:
    """Une la persona del reparto con una cuenta, para que pueda firmar."""
    m.Persona.objects.filter(usuario=reparto.cuentas[papel]).update(usuario=None)
    m.Persona.objects.filter(pk=reparto.personas[quien].pk).update(usuario=reparto.cuentas[papel])


def firmada(reparto: Reparto) -> m.Sello:
    """Con todos sus lugares firmados de modo autógrafo."""
    sello = sellada(reparto)
    for lugar in sello.lugares.all():
        escaneo = almacen.guardar_propio(f"hoja {lugar.orden}".encode(), "hoja.pdf")
        firmar.autografa(
            lugar, reparto.cuentas["facilitadora"], JUEVES + dt.timedelta(minutes=lugar.orden), escaneo
        )
    return sello


def publicada(reparto: Reparto) -> m.Sello:
    """Firmada y publicada."""
    sello = firmada(reparto)
    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    return m.Sello.objects.get(pk=sello.pk)
