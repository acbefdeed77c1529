"""Qué se acordó en el periodo, cómo iba al terminar, y qué se cumplió de lo acordado antes."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.text import Truncator

from sesiones import publica
from sesiones.estados import EstadoAcuerdo
from sesiones.models import Acuerdo
from sesiones.seguimiento import ABIERTOS, legible
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Liga, Periodo, Tabla, grafica
from stl_portal.publico.registro import OrganoPublico
from stl_portal.texto import a_llano

LETRAS = 220  # de cada acuerdo; entero se lee en su página
DE_DONDE = "Cómo va cada uno es lo que decía su último seguimiento público, fechado hasta el último día."
UNO_Y_VARIOS = {
    EstadoAcuerdo.CUMPLIDO: ("está cumplido", "están cumplidos"),
    EstadoAcuerdo.EN_PROCESO: ("está en proceso", "están en proceso"),
    EstadoAcuerdo.PENDIENTE: ("está pendiente", "están pendientes"),
    EstadoAcuerdo.SIN_EFECTO: ("quedó sin efecto", "quedaron sin efecto"),
}


def acuerdos(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Los del periodo, uno por uno, y las cuentas de lo que venía de antes."""
    suyos = Acuerdo.objects.de_sesiones_publicas().filter(sesion__organo=organo.pk)
    del_periodo = _como_iban(suyos.filter(sesion__fecha__range=periodo.dias), periodo.hasta)
    con_todo = del_periodo.select_related("sesion__organo", "responsable_asiento__institucion")
    # `acuerdos_sin_datos` mira el seguimiento ya traído; de él aquí solo se usa el estado.
    filas = publica.acuerdos_sin_datos(
        con_todo.prefetch_related("seguimientos").order_by("sesion__fecha", "sesion", "numero")
    )
    cuenta = Counter(fila.iba for fila in filas)
    de_antes = _de_antes(suyos.filter(sesion__fecha__lt=periodo.desde), periodo)
    pares = [(str(estado.label), cuenta[estado.value]) for estado in UNO_Y_VARIOS]
    return Apartado(
        hechos=(_dicho(cuenta, periodo.hasta), *de_antes),
        tablas=_tabla(filas),
        graficas=grafica("Cómo van los acuerdos del periodo", "Cómo va", "Acuerdos", pares),
        notas=(DE_DONDE,) if filas or de_antes else (),
    )


def _como_iban(filas: QuerySet[Acuerdo], al: dt.date) -> QuerySet[Any]:
    """Anota en `iba` lo que de cada uno decía ese día el último renglón de seguimiento público."""
    ultimo = legible().filter(acuerdo=OuterRef("pk"), fecha__lte=al).order_by("-fecha", "-pk")
    pendiente = Value(EstadoAcuerdo.PENDIENTE.value)
    return filas.annotate(iba=Coalesce(Subquery(ultimo.values("estado")[:1]), pendiente))


def _dicho(cuenta: Counter[str], al: dt.date) -> str:
    total = cuenta.total()
    if not total:
        return "En el periodo no consta ningún acuerdo."
    partes = [f"{n} {UNO_Y_VARIOS[e][n > 1]}" for e in UNO_Y_VARIOS if (n := cuenta[e.value])]
    tomados = "Se tomó un acuerdo" if total == 1 else f"Se tomaron {total} acuerdos"
    return f"{tomados}. Al {fecha_larga(al)}, {enumerar(partes)}."


def _de_antes(filas: QuerySet[Acuerdo], periodo: Periodo) -> list[str]:
    """Los que seguían abiertos al empezar: cuántos se cumplieron y cuántos no."""
    vispera = periodo.desde - dt.timedelta(days=1)
    abiertos = _como_iban(filas, vispera).filter(iba__in=ABIERTOS).values("pk")
    al_final = Counter(
        _como_iban(Acuerdo.objects.filter(pk__in=abiertos), periodo.hasta).values_list("iba", flat=True)
    )
    total, cumplidos = al_final.total(), al_final[EstadoAcuerdo.CUMPLIDO.value]
    siguen = sum(al_final[estado.value] for estado in ABIERTOS)
    if total > 1:
        hecho = f"en él se cumplieron {cumplidos} y al terminar seguían abiertos {siguen}"
        return [f"Al empezar el periodo seguían abiertos {total} acuerdos anteriores: {hecho}."]
    hecho = "se cumplió" if cumplidos else "al terminar también" if siguen else "quedó sin efecto"
    return [f"Al empezar el periodo seguía abierto un acuerdo anterior; {hecho}."] if total else []


def _tabla(filas: list[Any]) -> tuple[Tabla, ...]:
    if not filas:
        return ()
    renglones = tuple(
        (
            Liga(f"{fila.ordinal}, {fila.sesion}", fila.get_absolute_url()),
            Truncator(a_llano(fila.texto)).chars(LETRAS),
            fila.quien_responde or None,
            EstadoAcuerdo(fila.iba).label,
        )
        for fila in filas
    )
    return (Tabla("Acuerdos del periodo", ("Acuerdo", "Qué se acordó", "Responde", "Cómo va"), renglones),)
