"""Carga los planes de 2019-20, de 2022-24 y los ficticios; lo que ya está no se toca."""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ejes.cortes.publicar import publicar
from ejes.demo import bimestres, compromisos, reportes
from ejes.demo.fechas import dia
from ejes.models import Compromiso, Corte, Eje, Figura, Plan
from sesiones.demo.datos import leer
from sesiones.demo.directorio import Directorio
from sesiones.models import Organo

CARPETA = Path(__file__).parent
REALES = ("plan-2019-2020", "plan-2022-2024")
PLANES = (*REALES, "plan-demo")
MUNICIPALES = ("plan-leon",)  # de órganos que carga otra aplicación
FECHAS = ("desde", "hasta", "presentado_el")
FIGURA = ("declarado", "textual", "nota", "con_asterisco", "explicacion")
Decir = Callable[[str], None]


def cargar(decir: Decir, hoy: dt.date | None = None, planes: Iterable[str] = PLANES) -> None:
    """Deja los planes publicados y dice los que creó. `hoy` fija las fechas del ficticio."""
    hoy = hoy or timezone.localdate()
    for nombre in planes:
        datos = tomllib.loads((CARPETA / f"{nombre}.toml").read_text(encoding="utf-8"))
        if not Plan.objects.filter(clave=datos["plan"]["clave"]).exists():
            decir(_anuncio(_plan(datos, hoy)))


def cargar_municipales(decir: Decir) -> None:
    """Los planes de los secretariados municipales ficticios, cuando estos ya están."""
    cargar(decir, planes=MUNICIPALES)


@transaction.atomic
def _plan(datos: Mapping[str, Any], hoy: dt.date) -> Plan:
    """El plan con todo lo suyo, publicado."""
    campos = {"inicio": hoy.year, "fin": hoy.year + 1} | datos["plan"]
    organo = Organo.objects.get(clave=campos.pop("organo", "stl"))
    plan = Plan(organo=organo, **campos)
    plan.full_clean()
    plan.save()
    directorio = Directorio(organo, dict(datos) if "institucion" in datos else leer(organo.clave))
    corte = _corte(datos["corte"], plan, hoy) if "corte" in datos else None
    for ficha in datos["eje"]:
        eje = _eje(ficha, plan, directorio)
        if corte:
            _figura(corte, ficha, {}, eje=eje)
        for parte in ficha.get("compromiso", ()):
            compromiso = _compromiso(parte, eje, corte, datos.get("responsable", {}))
            compromisos.completar(compromiso, parte, directorio, hoy)
    bimestres.cargar(plan, datos, hoy)
    ahora = timezone.now()
    plan.cambiar("publicar", None, cuando=ahora)
    if corte:
        publicar(corte, None, ahora)
    reportes.cargar(plan, datos, directorio, timezone.localtime(ahora))
    return plan


def _eje(ficha: Mapping[str, Any], plan: Plan, directorio: Directorio) -> Eje:
    """Un eje, con su ficha si la tiene."""
    campos = {campo: ficha.get(campo, "") for campo in ("numero", "nombre", "descripcion", "meta")}
    asiento = directorio.asiento(ficha["asiento"]) if "asiento" in ficha else None
    eje = Eje.objects.create(plan=plan, responsable=asiento, **campos)
    for orden, texto in enumerate(ficha.get("submetas", ()), start=1):
        eje.submetas.create(orden=orden, texto=texto)
    for orden, texto in enumerate(ficha.get("propuestas", ()), start=1):
        eje.propuestas.create(orden=orden, texto=texto)
    for medio in ficha.get("difusion", ()):
        eje.difusion.create(**medio)
    for objetivo in ficha.get("ods", ()):
        eje.alineaciones.create(objetivo=objetivo)
    return eje


def _compromiso(
    ficha: Mapping[str, Any], eje: Eje, corte: Corte | None, nombres: Mapping[str, Any]
) -> Compromiso:
    """Un compromiso con sus acciones y lo que de cada una se declaró."""
    campos = {campo: ficha.get(campo, "") for campo in ("numero", "nombre", "problema", "descripcion")}
    compromiso = Compromiso.objects.create(eje=eje, **campos)
    if corte:
        _figura(corte, ficha, nombres[ficha["responsable"]], compromiso=compromiso)
    for parte in ficha["accion"]:
        peso = parte.get("peso", 1)
        accion = compromiso.acciones.create(numero=parte["numero"], texto=parte["texto"], peso=peso)
        if corte:
            _figura(corte, parte, {}, accion=accion)
    return compromiso


def _corte(datos: Mapping[str, Any], plan: Plan, hoy: dt.date) -> Corte:
    """El corte y su figura global."""
    suyos = {campo: valor for campo, valor in datos.items() if campo not in FIGURA}
    fechas = {campo: dia(datos[campo], hoy) for campo in FECHAS if campo in datos}
    corte = Corte.objects.create(plan=plan, **suyos | fechas)
    _figura(corte, datos, {})
    return corte


def _figura(corte: Corte, ficha: Mapping[str, Any], responde: Mapping[str, str], **de_que: Any) -> None:
    """Lo declarado, con sus ligas y quien respondía por ello."""
    campos = {campo: ficha[campo] for campo in FIGURA if campo in ficha}
    quien = {"responsable": responde["nombre"], "cargo": responde["cargo"]} if responde else {}
    figura = Figura(corte=corte, **de_que, **campos, **quien)
    figura.full_clean()
    figura.save()
    _ligas(figura, ficha.get("ligas", ()))


def _ligas(figura: Figura, direcciones: Iterable[str]) -> None:
    for direccion in direcciones:
        figura.ligas.create(direccion=direccion)


def _anuncio(plan: Plan) -> str:
    """«Plan…: 7 ejes, 13 compromisos, 33 acciones»."""
    compromisos = Compromiso.objects.filter(eje__plan=plan)
    partes = [f"{plan.ejes.count()} ejes"]
    if compromisos.exists():
        acciones = sum(c.acciones.count() for c in compromisos)
        partes += [f"{compromisos.count()} compromisos", f"{acciones} acciones"]
    return f"{plan}: {', '.join(partes)}"
