"""Reportar: a quién le toca, qué falta para enviar y el envío, que deja lo dicho como quedó."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from ejes import permisos
from ejes.estados import EstadoPlan, EstadoReporte
from ejes.models import Bimestre, Eje, Entrega, Evidencia, Plan, Reporte
from ejes.reportes import entregado
from ejes.reportes.avisar_entrega import avisar
from ejes.reportes.llenado import lo_que_falta_para_enviar
from ejes.revision import avisar_a_quien_prepara
from sesiones.models import Asiento, Nombramiento, Organo
from stl_portal.espanol import fecha_larga
from stl_portal.sello import canonico

SIN_TITULAR = "Solo envía quien es titular del asiento: el reporte va con su nombre y su cargo."


@dataclass(frozen=True)
class Casilla:
    """Lo que una institución reporta de un eje en un bimestre; sin `reporte`, nadie lo ha empezado."""

    bimestre: Bimestre
    eje: Eje
    asiento: Asiento
    reporte: Reporte | None = None

    @property
    def por_enviar(self) -> bool:
        """Si todavía le toca algo a la institución."""
        return self.reporte is None or self.reporte.se_escribe

    def vencida(self, al: dt.date) -> bool:
        """Si pasó el límite y no se ha enviado nunca."""
        nunca = self.reporte is None or self.reporte.estado == EstadoReporte.BORRADOR
        return nunca and self.bimestre.ventana.vencida(al)


def quienes_responden(eje: Eje) -> list[Asiento]:
    """Los asientos que reportan el eje: el suyo y los de sus compromisos, una sola vez cada uno.

    Lee `responsable` y `compromisos`: tráelos antes con `ejes_con_responsables`.
    """
    todos = [eje.responsable, *(c.responsable for c in eje.compromisos.all())]
    return list({a.pk: a for a in todos if a is not None}.values())


def ejes_con_responsables(planes: "Iterable[Plan] | QuerySet[Plan]") -> QuerySet[Eje]:
    """Los ejes de esos planes con quien responde por ellos y por sus compromisos, en dos consultas."""
    ejes = Eje.objects.filter(plan__in=planes).order_by("plan", "numero")
    return ejes.select_related("plan", "responsable__institucion").prefetch_related(
        "compromisos__responsable__institucion"
    )


def les_toca(bimestre: Bimestre) -> list[Casilla]:
    """Todo lo que debe reportarse en el bimestre, reportado o no, en el orden del plan."""
    return casillas([bimestre], ejes_con_responsables([bimestre.plan]))


def de_los_asientos(asientos: "Iterable[Asiento]", al: dt.date) -> list[Casilla]:
    """Lo que esos asientos reportan: los bimestres ya abiertos de los planes publicados.

    Hace un número fijo de consultas. Del último bimestre al primero.
    """
    suyos = {asiento.pk for asiento in asientos}
    if not suyos:
        return []
    responde = Q(ejes__responsable__in=suyos) | Q(ejes__compromisos__responsable__in=suyos)
    planes = list(Plan.objects.filter(responde, estado=EstadoPlan.PUBLICADO).distinct())
    bimestres = Bimestre.objects.filter(plan__in=planes, en_portal=True).con_prorrogas()
    abiertos = [b for b in bimestres.order_by("-entrega", "-numero") if b.ventana.abierta(al)]
    return [c for c in casillas(abiertos, ejes_con_responsables(planes)) if c.asiento.pk in suyos]


def casillas(bimestres: list[Bimestre], ejes: Iterable[Eje]) -> list[Casilla]:
    """Cada bimestre con cada eje de su plan y cada asiento que responde por él."""
    filas = Reporte.objects.filter(bimestre__in=bimestres)
    hechos = {(r.bimestre_id, r.eje_id, r.asiento_id): r for r in filas}
    parejas = [(eje, asiento) for eje in ejes for asiento in quienes_responden(eje)]
    return [
        Casilla(bimestre, eje, asiento, hechos.get((bimestre.pk, eje.pk, asiento.pk)))
        for bimestre in bimestres
        for eje, asiento in parejas
        if eje.plan_id == bimestre.plan_id
    ]


def iniciar(bimestre: Bimestre, eje: Eje, asiento: Asiento, al: dt.date) -> Reporte:
    """El reporte, nuevo o el que ya se había empezado. Lanza `ValidationError` si no procede."""
    if asiento not in quienes_responden(eje) or eje.plan_id != bimestre.plan_id:
        raise ValidationError("Esa institución no reporta ese eje.", code="estado")
    if not bimestre.en_portal:
        raise ValidationError("Los reportes de ese bimestre no se reciben en este portal.", code="estado")
    if not bimestre.ventana.abierta(al):
        abre = bimestre.ventana.abre
        cuando = f": se abre el {fecha_larga(abre)}" if abre else ""
        raise ValidationError(f"Todavía no se puede reportar ese bimestre{cuando}.", code="estado")
    return Reporte.objects.get_or_create(bimestre=bimestre, eje=eje, asiento=asiento)[0]


def enviar(reporte: Reporte, por: Any, cuando: dt.datetime) -> Entrega:
    """Envía el reporte y guarda, como otra entrega, lo que dice en este momento.

    El límite y si llegó tarde los fija el primer envío: corregir lo observado no hace tardío un
    reporte. Lanza `TransicionInvalida`, `PermissionDenied` a quien no es titular y `ValidationError`
    con lo que falta.
    """
    hoy = timezone.localdate(cuando)
    with transaction.atomic():
        _bloquear(reporte)
        nombramiento = permisos.titular_que_envia(por, reporte.asiento, hoy)
        if nombramiento is None:
            raise PermissionDenied(SIN_TITULAR)
        faltan = [f"{f.texto}: {f.detalle}" for f in lo_que_falta_para_enviar(reporte) if not f.hecha]
        if faltan:
            raise ValidationError(faltan)
        numero = reporte.entregas.count() + 1
        reporte.cambiar("enviar", por, cuando=cuando, **(_plazo(reporte, hoy) if numero == 1 else {}))
        entrega = _congelar(reporte, numero, nombramiento, por, cuando)
        avisar(entrega)
        avisar_a_quien_prepara.recibido(entrega)
    return entrega


def _bloquear(reporte: Reporte) -> None:
    """Que nada de lo que se va a congelar cambie mientras tanto: ni lo escrito, ni el formato, ni el plazo.

    Primero el órgano, como quien edita el formato o concede una prórroga; luego el reporte y sus
    evidencias, que otro reporte puede compartir. Después se vuelve a leer lo que pudo cambiar desde que
    se abrió la página.
    """
    Organo.objects.select_for_update().get(pk=reporte.eje.plan.organo_id)
    Reporte.objects.select_for_update().get(pk=reporte.pk).exigir("enviar")
    list(Evidencia.objects.select_for_update().filter(pk__in=reporte.usos.values("evidencia")))
    reporte.bimestre = Bimestre.objects.con_prorrogas().get(pk=reporte.bimestre_id)
    reporte.eje = Eje.objects.select_related("plan__organo").get(pk=reporte.eje_id)


def _plazo(reporte: Reporte, hoy: dt.date) -> dict[str, Any]:
    ventana = reporte.bimestre.ventana
    return {"limite": ventana.entrega, "tardio": ventana.vencida(hoy)}


def _congelar(
    reporte: Reporte, numero: int, nombramiento: Nombramiento, por: Any, cuando: dt.datetime
) -> Entrega:
    """Los bytes canónicos de lo enviado, su huella y qué evidencias iban."""
    firma = (nombramiento.persona.nombre, nombramiento.cargo)
    bytes_ = canonico.canonico(entregado.documento(reporte, numero=numero, firma=firma, cuando=cuando))
    entrega = reporte.entregas.create(
        numero=numero,
        documento=bytes_,
        huella=canonico.huella(bytes_),
        enviada_el=cuando,
        enviada_por=por,
        firma=", ".join(filter(None, firma)),
    )
    entrega.evidencias.set(Evidencia.objects.filter(usos__reporte=reporte).distinct())
    return entrega
