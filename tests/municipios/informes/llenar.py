"""Informes en cada momento de su vida, hechos con los verbos del dominio."""

import datetime as dt

from django.utils import timezone

from municipios.informes import escribir, presentar
from municipios.informes.trimestres import Trimestre
from municipios.models import InformeTrimestral
from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen
from tests.municipios.fabricas import crear_municipal
from tests.permisos.publicada import publicada_con_filas
from tests.personas import Reparto, crear_reparto

AHORA = dt.datetime(2026, 10, 5, 18, 0, tzinfo=dt.UTC)
JULIO = Trimestre(2026, 3)


def municipal() -> Reparto:
    """El secretariado de León, acompañado por el estatal."""
    return crear_municipal(crear_reparto("estatal").organo)


def en_blanco(reparto: Reparto, trimestre: Trimestre = JULIO) -> InformeTrimestral:
    """Recién empezado; si ya hay uno de un trimestre posterior, con el número que sigue dicho."""
    hay_posterior = any(trimestre < otro for otro in escribir.del_organo(reparto.organo))
    numero = m.Serie.proximo(reparto.organo, escribir.SERIE) if hay_posterior else None
    return escribir.empezar(reparto.organo, trimestre, reparto.cuentas["facilitadora"], AHORA, numero)


def escrito(reparto: Reparto, trimestre: Trimestre = JULIO) -> InformeTrimestral:
    """Con algo en las actividades de cada mes."""
    informe = en_blanco(reparto, trimestre)
    for texto in informe.textos.filter(apartado="actividades"):
        escribir.guardar(texto, 1, reparto.cuentas["facilitadora"], f"Se difundió en el mes {texto.mes}.")
    return informe


def entregado(reparto: Reparto, trimestre: Trimestre = JULIO) -> InformeTrimestral:
    """Escrito y entregado."""
    informe = escrito(reparto, trimestre)
    escribir.entregar(informe, reparto.cuentas["facilitadora"], AHORA)
    return informe


def presentado(reparto: Reparto, sesion: m.Sesion) -> InformeTrimestral:
    """Como anexo de un punto propio de la sesión."""
    informe = entregado(reparto)
    presentar.presentar(informe, sesion, None, reparto.cuentas["facilitadora"], AHORA)
    return informe


def publicado(
    reparto: Reparto, trimestre: Trimestre = JULIO, sesion: m.Sesion | None = None
) -> InformeTrimestral:
    """Presentado en una sesión cuya acta ya es pública, con su anexo publicado; su PDF es de mentiras."""
    sesion = sesion or publicada_con_filas(reparto).acta.sesion
    informe = entregado(reparto, trimestre)
    archivo = almacen.guardar_propio(f"{informe} {reparto.organo.clave}".encode(), "informe.pdf")
    punto = m.Punto.objects.create(sesion=sesion, titulo="Informe trimestral", resultado="presentado")
    anexo = m.Anexo.objects.create(sesion=sesion, punto=punto, titulo=str(informe), archivo=archivo)
    informe.cambiar("presentar", None, anexo=anexo)
    anexos.publicar_completo(anexo, None, timezone.now())
    return informe
