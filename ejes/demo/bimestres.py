"""El formato de indicadores, los bimestres y sus prórrogas, como los dice el archivo del plan."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ejes.demo.compromisos import acuerdo_que_dice
from ejes.demo.fechas import dia
from ejes.models import Bimestre, Formato, Plan, Prorroga
from sesiones.models import Organo
from sesiones.models.desahogo import Plazo

FECHAS = ("desde", "hasta", "abre", "entrega", "carga")


def cargar(plan: Plan, datos: Mapping[str, Any], hoy: dt.date) -> None:
    """Nada, si el plan no tiene formato ni bimestres."""
    formato = _formato(plan, datos) if "formato" in datos else None
    for ficha in datos.get("bimestre", ()):
        _bimestre(plan, formato, ficha, hoy)


def _formato(plan: Plan, datos: Mapping[str, Any]) -> Formato:
    """Los renglones con la pregunta de cada eje; el que no tiene una propia usa la del renglón."""
    de_formato = {campo: valor for campo, valor in datos["formato"].items() if campo != "renglon"}
    formato = plan.formatos.create(**de_formato)
    renglones = {
        orden: formato.renglones.create(orden=orden, **ficha)
        for orden, ficha in enumerate(datos["formato"]["renglon"], start=1)
    }
    ejes = {eje.numero: eje for eje in plan.ejes.all()}
    for del_eje in datos["eje"]:
        for ficha in del_eje.get("pregunta", ()):
            campos = {campo: valor for campo, valor in ficha.items() if campo != "renglon"}
            renglones[ficha["renglon"]].preguntas.create(eje=ejes[del_eje["numero"]], **campos)
    return formato


def _bimestre(plan: Plan, formato: Formato | None, ficha: Mapping[str, Any], hoy: dt.date) -> None:
    sueltos = {campo: valor for campo, valor in ficha.items() if campo != "prorroga"}
    fechas = {campo: dia(ficha[campo], hoy) for campo in FECHAS if campo in ficha}
    bimestre = Bimestre(plan=plan, formato=formato, **{**sueltos, **fechas})
    bimestre.full_clean()
    bimestre.save()
    if "prorroga" in ficha:
        _prorroga(bimestre, ficha["prorroga"], hoy)


def _prorroga(bimestre: Bimestre, ficha: Mapping[str, Any], hoy: dt.date) -> None:
    """Con el acuerdo o el punto de la sesión que la concedió."""
    prorroga = Prorroga(
        bimestre=bimestre,
        entrega=dia(ficha["entrega"], hoy),
        carga=dia(ficha["carga"], hoy),
        motivo=ficha["motivo"],
        **_donde(ficha, bimestre.plan.organo),
    )
    prorroga.full_clean()
    prorroga.save()


def _donde(ficha: Mapping[str, Any], organo: Organo) -> dict[str, Any]:
    if "acuerdo" in ficha:
        return {"acuerdo": acuerdo_que_dice(ficha["acuerdo"], organo)}
    plazos = Plazo.objects.filter(punto__sesion__organo=organo, punto__sesion__numero=ficha["sesion"])
    return {"punto": plazos.get(concepto=ficha["plazo"]).punto}
