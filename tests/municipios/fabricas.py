"""Fábricas llanas de lo municipal: un seguimiento con sus etapas y lo anotado en ellas."""

import datetime as dt
from typing import Any

from django.utils import timezone

from municipios import carga
from municipios.estados import Avance
from municipios.models import Anotacion, CorteMunicipal, Etapa, InformeTrimestral, Municipio, Situacion
from sesiones import models as m
from sesiones.estados import ClaseOrgano
from tests.personas import DIA, Reparto, crear_reparto

SITUACIONES = tuple((avance.value, avance.label, avance) for avance in Avance)
LEON = "11020"


def crear_etapas(organo: m.Organo, *claves: str, **cambios: Any) -> list[Etapa]:
    """Carga los 46 municipios y crea las etapas dadas, cada una con los cuatro estados comunes."""
    carga.cargar()
    etapas = []
    for orden, clave in enumerate(claves or ("convocatoria", "instalacion"), start=1):
        etapa = Etapa.objects.create(
            organo=organo, clave=clave, nombre=clave.capitalize(), orden=orden, **cambios
        )
        for lugar, (situacion, nombre, avance) in enumerate(SITUACIONES, start=1):
            Situacion.objects.create(etapa=etapa, clave=situacion, nombre=nombre, avance=avance, orden=lugar)
        etapas.append(etapa)
    return etapas


def anotar(etapa: Etapa, clave: str, situacion: str, fecha: dt.date = DIA, **cambios: Any) -> Anotacion:
    """Una anotación tal cual, sin pasar por las reglas."""
    datos = {"por": None, "cuando": timezone.now()} | cambios
    return Anotacion.objects.create(
        municipio=Municipio.objects.get(clave=clave),
        etapa=etapa,
        situacion=etapa.situaciones.get(clave=situacion),
        fecha=fecha,
        **datos,
    )


def crear_municipal(estatal: m.Organo, clave: str = "stm-leon", municipio: str = LEON) -> Reparto:
    """Un secretariado municipal con su gente, acompañado por el estatal."""
    reparto = crear_reparto(clave)
    m.Organo.objects.filter(pk=reparto.organo.pk).update(
        clase=ClaseOrgano.MUNICIPAL, clave_municipio=municipio, acompanado_por=estatal
    )
    reparto.organo.refresh_from_db()
    return reparto


def crear_corte(organo: m.Organo, **cambios: Any) -> CorteMunicipal:
    """Un corte en preparación."""
    datos = {"numero": 1, "nombre": "Corte de prueba", "fecha": DIA} | cambios
    return CorteMunicipal.objects.create(organo=organo, **datos)


def crear_informe(organo: m.Organo, **cambios: Any) -> InformeTrimestral:
    """Un informe trimestral en preparación."""
    return InformeTrimestral.objects.create(
        organo=organo, **{"numero": 1, "anio": 2026, "trimestre": 1} | cambios
    )
