"""Carga los planes de 2019-20 y 2022-24 con su primer corte; lo que ya está no se toca."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from ejes.models import Compromiso, Corte, Eje, Figura, Plan
from ejes.publicar import publicar
from sesiones.demo.datos import leer
from sesiones.demo.directorio import Directorio
from sesiones.models import Organo

CARPETA = Path(__file__).parent
PLANES = ("plan-2019-2020", "plan-2022-2024")
FIGURA = ("declarado", "textual", "nota", "con_asterisco", "explicacion")
Decir = Callable[[str], None]


def cargar(decir: Decir) -> None:
    """Deja los dos planes publicados y dice los que creó."""
    organo = Organo.objects.get(clave="stl")
    for nombre in PLANES:
        datos = tomllib.loads((CARPETA / f"{nombre}.toml").read_text(encoding="utf-8"))
        if not Plan.objects.filter(clave=datos["plan"]["clave"]).exists():
            decir(_anuncio(_plan(datos, organo)))


@transaction.atomic
def _plan(datos: Mapping[str, Any], organo: Organo) -> Plan:
    """El plan con todo lo suyo, publicado."""
    plan = Plan(organo=organo, **datos["plan"])
    plan.full_clean()
    plan.save()
    corte = _corte(datos["corte"], plan) if "corte" in datos else None
    for ficha in datos["eje"]:
        eje = _eje(ficha, plan)
        if corte:
            _figura(corte, ficha, {}, eje=eje)
        for parte in ficha.get("compromiso", ()):
            _compromiso(parte, eje, corte, datos["responsable"])
    ahora = timezone.now()
    plan.cambiar("publicar", None, cuando=ahora)
    if corte:
        publicar(corte, None, ahora)
    return plan


def _eje(ficha: Mapping[str, Any], plan: Plan) -> Eje:
    """Un eje, con su ficha si la tiene."""
    campos = {campo: ficha.get(campo, "") for campo in ("numero", "nombre", "descripcion", "meta")}
    del_stl = Directorio(plan.organo, leer("stl"))
    asiento = del_stl.asiento(ficha["asiento"]) if "asiento" in ficha else None
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


def _compromiso(ficha: Mapping[str, Any], eje: Eje, corte: Corte | None, nombres: Mapping[str, Any]) -> None:
    """Un compromiso con sus acciones y lo que de cada una se declaró."""
    compromiso = Compromiso.objects.create(eje=eje, numero=ficha["numero"], nombre=ficha["nombre"])
    if corte:
        _figura(corte, ficha, nombres[ficha["responsable"]], compromiso=compromiso)
    for parte in ficha["accion"]:
        accion = compromiso.acciones.create(numero=parte["numero"], texto=parte["texto"])
        if corte:
            _figura(corte, parte, {}, accion=accion)


def _corte(datos: Mapping[str, Any], plan: Plan) -> Corte:
    """El corte y su figura global."""
    corte = Corte.objects.create(plan=plan, **{k: v for k, v in datos.items() if k not in FIGURA})
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
