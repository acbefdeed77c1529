"""Carga las etapas, el corte de 2020 y los de demostración; lo que ya está no se toca."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from municipios import carga
from municipios.cortes import preparar
from municipios.cortes.preparar import Como, DeEtapa
from municipios.cortes.publicar import publicar
from municipios.models import Anotacion, CorteMunicipal, Etapa, Evento, Municipio, Situacion
from sesiones.models import Organo, Punto

ARCHIVO = Path(__file__).parent / "avance.toml"
Decir = Callable[[str], None]


def cargar(decir: Decir, ahora: dt.datetime | None = None) -> None:
    """Deja el seguimiento real, con su corte publicado, y el ficticio; dice lo que creó."""
    ahora = ahora or timezone.now()
    datos = tomllib.loads(ARCHIVO.read_text(encoding="utf-8"))
    carga.cargar()
    for seccion, llenar in (("corte", _real), ("prueba", _ficticio)):
        organo = Organo.objects.get(clave=datos[seccion]["organo"])
        if not organo.etapas_municipales.exists():
            decir(_seguimiento(organo, datos, llenar, ahora))


Llenar = Callable[[Organo, Mapping[str, Any], dt.datetime], CorteMunicipal]


@transaction.atomic
def _seguimiento(organo: Organo, datos: Mapping[str, Any], llenar: Llenar, ahora: dt.datetime) -> str:
    """Las etapas y sus cortes, todo o nada; dice el último."""
    _etapas(organo, datos["etapa"])
    corte = llenar(organo, datos, ahora)
    return f"{len(datos['etapa'])} etapas en cada municipio; {corte}, {corte.get_estado_display().lower()}"


def _etapas(organo: Organo, fichas: Sequence[Mapping[str, Any]]) -> None:
    for orden, ficha in enumerate(fichas, start=1):
        campos = {campo: ficha.get(campo, "") for campo in ("clave", "nombre", "que_es", "hecho")}
        etapa = Etapa.objects.create(organo=organo, orden=orden, **campos)
        for lugar, situacion in enumerate(ficha["situaciones"], start=1):
            Situacion.objects.create(etapa=etapa, orden=lugar, **situacion)


def _real(organo: Organo, datos: Mapping[str, Any], ahora: dt.datetime) -> CorteMunicipal:
    """El corte de 2020, publicado."""
    ficha = datos["corte"]
    _anotar(organo, ficha["anotado"], ficha["fecha"], ahora)
    Evento.objects.create(organo=organo, **datos["evento"])
    campos = {campo: ficha[campo] for campo in ("nombre", "fecha", "fuente")}
    corte = preparar.abrir(organo, punto=_punto(organo, ficha["presentado"]), **campos)
    preparar.guardar_etapas(corte, corte.version, _lo_que_dice(organo, ficha), None)
    publicar(corte, None, ahora)
    corte.refresh_from_db()
    return corte


def _ficticio(organo: Organo, datos: Mapping[str, Any], ahora: dt.datetime) -> CorteMunicipal:
    """Dos cortes publicados, para compararlos, y uno de hoy en preparación."""
    hoy = timezone.localdate(ahora)
    for ficha in datos["prueba"]["publicado"]:
        _de_demostracion(organo, ficha, hoy - dt.timedelta(days=ficha["hace"]), ahora)
    campos = {campo: datos["prueba"][campo] for campo in ("nombre", "fuente")}
    return preparar.abrir(organo, fecha=hoy, **campos)


def _de_demostracion(organo: Organo, ficha: Mapping[str, Any], fecha: dt.date, ahora: dt.datetime) -> None:
    """Un corte publicado con lo que dice su ficha."""
    for suya in ficha["anotado"]:
        etapa = organo.etapas_municipales.get(clave=suya["etapa"])
        municipio = Municipio.objects.get(clave=suya["municipio"])
        _anotacion(etapa, municipio, suya, fecha, ahora)
    corte = preparar.abrir(organo, fecha=fecha, nombre=ficha["nombre"], fuente=ficha["fuente"])
    preparar.guardar_etapas(corte, corte.version, _lo_que_dice(organo, ficha), None)
    publicar(corte, None, ahora)


def _punto(organo: Organo, ficha: Mapping[str, Any]) -> Punto:
    """El punto de la sesión donde se presentó."""
    return Punto.objects.get(
        sesion__organo=organo,
        sesion__tipo=ficha["tipo"],
        sesion__numero=ficha["numero"],
        titulo=ficha["punto"],
    )


def _lo_que_dice(organo: Organo, ficha: Mapping[str, Any]) -> dict[int, DeEtapa]:
    """Totales de las etapas que solo los tienen, y silencio de las que quedan fuera."""
    de_clave = {etapa.clave: etapa for etapa in organo.etapas_municipales.prefetch_related("situaciones")}
    totales = {
        de_clave[clave].pk: {s.pk: cifras.get(s.clave, 0) for s in de_clave[clave].situaciones.all()}
        for clave, cifras in ficha["totales"].items()
    }
    fuera = {de_clave[clave].pk: DeEtapa(Como.FUERA) for clave in ficha["fuera"]}
    return fuera | {pk: DeEtapa(Como.TOTAL, suyos) for pk, suyos in totales.items()}


def _anotar(organo: Organo, ficha: Mapping[str, Any], fecha: dt.date, ahora: dt.datetime) -> None:
    """Lo mismo en todos los municipios, salvo en uno."""
    etapa = organo.etapas_municipales.get(clave=ficha["etapa"])
    salvo = ficha["salvo"]
    for municipio in Municipio.objects.all():
        suya = salvo if municipio.clave == salvo["municipio"] else ficha
        _anotacion(etapa, municipio, suya, fecha, ahora)


def _anotacion(
    etapa: Etapa, municipio: Municipio, ficha: Mapping[str, Any], fecha: dt.date, ahora: dt.datetime
) -> None:
    Anotacion.objects.create(
        municipio=municipio,
        etapa=etapa,
        situacion=etapa.situaciones.get(clave=ficha["situacion"]),
        fecha=fecha,
        nota=ficha["nota"],
        cuando=ahora,
    )
