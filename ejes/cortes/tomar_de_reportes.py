"""Tomar de los reportes lo que un corte dice de cada acción.

Vale el último reporte validado o publicado cuyo periodo terminó a más tardar en la fecha del corte. Lo que
el personal ya cambió no se toma otra vez: si fue el avance, nada de esa acción, porque el cambio dice qué
decía el reporte; si fueron la nota o las ligas, solo eso. El asterisco queda como está desde la primera vez
que alguien guarda la acción.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from ejes.cortes.corte import anterior, con_todo
from ejes.cortes.publicar import leido
from ejes.datos_sellados import leer, leer_cifra
from ejes.estados import EstadoReporte
from ejes.forms.cortes import CON_MOTIVO
from ejes.models import Accion, Compromiso, Corte, Eje, Entrega, Figura, Reporte
from sesiones.models import Asiento

REVISADO = (EstadoReporte.VALIDADO, EstadoReporte.PUBLICADO)
AVANCE, NOTA = CON_MOTIVO["declarado"], CON_MOTIVO["nota"]
CAMPOS = ("declarado", "textual", "nota", "con_asterisco", "verificado", "procedencia", "entrega_id")


@dataclass(frozen=True)
class Tomado:
    """Lo que se sabe de una acción y de dónde se tomó."""

    declarado: Decimal | None = None
    textual: str = ""
    nota: str = ""
    con_asterisco: bool = False
    verificado: Decimal | None = None
    procedencia: str = ""
    entrega_id: int | None = None
    evidencias: tuple[int, ...] = field(default=())
    quien: tuple[str, str] = field(default=("", ""))


NADA = Tomado()


@transaction.atomic
def llenar(corte: Corte) -> int:
    """Pone en el corte lo que dicen los reportes; devuelve cuántas acciones cambiaron.

    Crea las figuras que falten. Lanza `TransicionInvalida` si el corte ya se publicó.
    """
    completar(corte)
    ejes = list(con_todo(corte.plan).select_related("responsable"))
    sabido = _conservado(corte) | de_reportes(corte)
    cambiadas = [f for f in _de_acciones(corte) if f.accion and _poner(f, sabido.get(f.accion.codigo, NADA))]
    _guardar(cambiadas, sabido)
    _poner_responsables(corte, ejes, sabido)
    return len(cambiadas)


def _de_acciones(corte: Corte) -> "QuerySet[Figura]":
    """Las de sus acciones, apartadas: quien guarde mientras tanto sabrá que cambiaron."""
    filas = corte.figuras.select_for_update(of=("self",)).filter(accion__isnull=False)
    return filas.select_related("accion__compromiso__eje").prefetch_related("ediciones", "evidencias")


def de_reportes(corte: Corte) -> dict[str, Tomado]:
    """Lo último que se dijo de cada acción, por su código."""
    sabido: dict[str, Tomado] = {}
    for entrega in _que_valen(corte):
        sabido |= dict(_de_la_entrega(entrega))
    return sabido


def _que_valen(corte: Corte) -> list[Entrega]:
    """De cada reporte, el envío que la revisión dio por bueno; del periodo más viejo al más nuevo."""
    con_dictamen = Entrega.objects.order_by("numero").prefetch_related("dictamenes__accion__compromiso__eje")
    reportes = (
        Reporte.objects.filter(eje__plan=corte.plan_id)
        .select_related("bimestre")
        .prefetch_related(Prefetch("entregas", con_dictamen), "publicaciones")
    )
    elegidas = [e for r in reportes for e in _la_que_vale(r) if _dia_de(e) <= corte.hasta]
    return sorted(elegidas, key=lambda e: (_dia_de(e), e.reporte.bimestre.numero, e.pk))


def _la_que_vale(reporte: Reporte) -> Iterator[Entrega]:
    """La última de un reporte revisado; si se está corrigiendo, la última que se publicó."""
    entregas = list(reporte.entregas.all())
    if reporte.estado not in REVISADO:
        publicadas = {p.entrega_id for p in reporte.publicaciones.all()}
        entregas = [e for e in entregas if e.pk in publicadas]
    for entrega in entregas[-1:]:
        entrega.reporte = reporte
        yield entrega


def _dia_de(entrega: Entrega) -> dt.date:
    """A qué día corresponde: el fin del periodo que se reporta o, si no se sabe, el día en que se envió."""
    return entrega.reporte.bimestre.hasta or timezone.localdate(entrega.enviada_el)


def _de_la_entrega(entrega: Entrega) -> Iterator[tuple[str, Tomado]]:
    """Cada acción de la que algo se declaró en ese envío."""
    documento = leer(entrega)
    verificados = {d.accion.codigo: d.verificado for d in entrega.dictamenes.all() if d.accion}
    responsable = documento["responsable"]
    for avance in documento["avances"]:
        if avance["declarado"] is None and not avance["textual"]:
            continue
        yield (
            avance["codigo"],
            Tomado(
                declarado=leer_cifra(avance["declarado"]),
                textual=avance["textual"],
                nota=avance["nota"],
                verificado=verificados.get(avance["codigo"]),
                procedencia=_procedencia(documento),
                entrega_id=entrega.pk,
                evidencias=tuple(avance["evidencias"]),
                quien=(responsable["nombre"], responsable["cargo"]),
            ),
        )


def _procedencia(documento: Mapping[str, Any]) -> str:
    """«Reporte de Junio-julio de 2020 de Universidad…, envío 2, fuera de plazo»."""
    tarde = ", fuera de plazo" if documento["tardio"] else ""
    bimestre, quien = documento["bimestre"]["nombre"], documento["institucion"]
    return f"Reporte de {bimestre}, {quien}, envío {documento['entrega']}{tarde}"[:300]


def _conservado(corte: Corte) -> dict[str, Tomado]:
    """Lo del corte anterior, si así se pidió para donde nadie reportó."""
    previo = anterior(corte) if corte.conserva else None
    if previo is None:
        return {}
    return {
        a.codigo: Tomado(
            declarado=a.declarado,
            textual=a.textual,
            nota=a.nota,
            con_asterisco=a.con_asterisco,
            verificado=a.verificado,
            procedencia=f"Del {previo.nombre}; no hay reporte posterior",
            evidencias=tuple(e.id for e in a.evidencias),
        )
        for a in leido(previo.publicacion).acciones
        if a.declarado is not None or a.textual
    }


@transaction.atomic
def completar(corte: Corte) -> None:
    """Una figura por cada acción, compromiso y eje, y la global; las que ya están no se tocan.

    Lanza `TransicionInvalida` si el corte ya se publicó.
    """
    Corte.objects.select_for_update().get(pk=corte.pk).exigir("publicar")
    hay = set(corte.figuras.values_list("eje_id", "compromiso_id", "accion_id"))
    ejes = list(con_todo(corte.plan))
    compromisos: list[Compromiso] = [c for e in ejes for c in e.compromisos.all()]
    acciones: list[Accion] = [a for c in compromisos for a in c.acciones.all()]
    de_que = [
        (None, None, None),
        *((e.pk, None, None) for e in ejes),
        *((None, c.pk, None) for c in compromisos),
        *((None, None, a.pk) for a in acciones),
    ]
    Figura.objects.bulk_create(
        Figura(corte=corte, eje_id=eje, compromiso_id=compromiso, accion_id=accion)
        for eje, compromiso, accion in de_que
        if (eje, compromiso, accion) not in hay
    )


def _poner(figura: Figura, tomado: Tomado) -> bool:
    """Pone en la figura, sin guardarla, lo que se toma; dice si cambió."""
    nuevos = {campo: getattr(tomado, campo) for campo in _se_toman(figura, tomado)}
    respaldan = {evidencia.pk for evidencia in figura.evidencias.all()}
    iguales = all(getattr(figura, campo) == valor for campo, valor in nuevos.items())
    if not nuevos or (iguales and respaldan == set(tomado.evidencias)):
        return False
    for campo, valor in nuevos.items():
        setattr(figura, campo, valor)
    return True


def _se_toman(figura: Figura, tomado: Tomado) -> tuple[str, ...]:
    """Los campos que no son ya del personal; ninguno si cambió el avance o si no hay de dónde tomarlo."""
    cambiado = {edicion.que for edicion in figura.ediciones.all()}
    nunca_se_tomo = tomado == NADA and not figura.procedencia  # se capturó o se cargó: no se borra
    if AVANCE in cambiado or nunca_se_tomo:
        return ()
    suyos = {"nota": NOTA in cambiado, "con_asterisco": figura.editado_el}
    return tuple(campo for campo in CAMPOS if not suyos.get(campo))


def _guardar(figuras: list[Figura], sabido: Mapping[str, Tomado]) -> None:
    """Sus campos y sus evidencias; sube su versión para que quien las tenía abiertas lo sepa."""
    citan = Figura.evidencias.through
    citan.objects.filter(figura__in=figuras).delete()
    citan.objects.bulk_create(
        citan(figura_id=f.pk, evidencia_id=pk)
        for f in figuras
        if f.accion
        for pk in sabido.get(f.accion.codigo, NADA).evidencias
    )
    for figura in figuras:
        figura.version = F("version") + 1
    Figura.objects.bulk_update(figuras, ["version", *CAMPOS])


def _poner_responsables(corte: Corte, ejes: list[Eje], sabido: Mapping[str, Tomado]) -> None:
    """Quién respondía por cada compromiso: quien envió su reporte o, si nadie, quien ocupaba el asiento.

    En una corrección, donde nadie envió se queda quien decía el informe que se corrige.
    """
    asientos = {a.pk: a for a in Asiento.objects.filter(organo=corte.plan.organo).con_ocupantes()}
    compromisos: dict[int | None, Compromiso] = {c.pk: c for e in ejes for c in e.compromisos.all()}
    figuras = list(corte.figuras.filter(compromiso__isnull=False))
    for figura in figuras:
        compromiso = compromisos[figura.compromiso_id]
        asiento = asientos.get(compromiso.responde_id)
        corregido = (figura.responsable, figura.cargo) if corte.corrige_id and figura.responsable else None
        quien = _quien_envio(compromiso, sabido) or corregido or _titular(asiento, corte.hasta)
        figura.responsable, figura.cargo = quien
    Figura.objects.bulk_update(figuras, ["responsable", "cargo"])


def _quien_envio(compromiso: Compromiso, sabido: Mapping[str, Tomado]) -> tuple[str, str] | None:
    dichos = [sabido.get(a.codigo, NADA).quien for a in compromiso.acciones.all()]
    return next((quien for quien in dichos if quien[0]), None)


def _titular(asiento: Asiento | None, al: dt.date) -> tuple[str, str]:
    nombramiento = asiento.titular(al) if asiento else None
    return (nombramiento.persona.formal, nombramiento.cargo) if nombramiento else ("", "")
