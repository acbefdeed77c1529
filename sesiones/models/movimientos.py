"""Llegadas y salidas durante la sesión: se anotan, se corrigen y se quitan una por una."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce

from sesiones.estados import EstadoAsistencia, TipoMovimiento

from .agenda import Punto
from .asientos import Asiento
from .asistencia import Asistencia
from .sesiones import Sesion, bloquear
from .votaciones import Votacion


class MovimientoQuerySet(models.QuerySet["Movimiento"]):
    """Preguntas sobre llegadas y salidas."""

    def de_la_sesion(self, sesion: Sesion) -> Self:
        """Las de una sesión, en el orden en que se anotaron, con su persona y su punto."""
        return self.filter(asistencia__sesion=sesion).select_related("asistencia__asiento", "punto")


class Movimiento(models.Model):
    """Llegada o salida con hora y punto desde el que cuenta."""

    asistencia = models.ForeignKey(Asistencia, on_delete=models.CASCADE, related_name="movimientos")
    tipo = models.CharField(max_length=10, choices=TipoMovimiento.choices)
    hora = models.TimeField(null=True, blank=True)
    punto = models.ForeignKey(
        Punto, null=True, blank=True, on_delete=models.PROTECT, related_name="movimientos"
    )

    objects = MovimientoQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}: {self.asistencia}"

    @property
    def frase(self) -> str:
        """«salida de Lic. Beto Sosa Lira, 10:40 h, en «Asuntos generales»»."""
        partes = [f"{self.tipo} de {self.asistencia.formal}"]
        partes += [f"{self.hora:%H:%M} h"] if self.hora else []
        partes += [f"en «{self.punto.titulo}»"] if self.punto else []
        return ", ".join(partes)

    def posicion(self, posiciones: dict[int, int]) -> int:
        """Posición del punto desde el que cuenta; sin punto, desde el inicio."""
        return posiciones.get(self.punto_id, 0) if self.punto_id else 0

    def corregir(self, por: Any, *, hora: dt.time | None, punto: Punto | None) -> None:
        """Cambia la hora o el punto desde el que cuenta, y queda en la historia de la sesión.

        Lanza `TransicionInvalida` si la sesión no está en curso y `ValidationError` si la hora es
        anterior al inicio, si deja de ir en orden o si ya se votó contando con lo anotado.
        """
        with self._en_curso("corregir_movimiento") as sesion:
            sesion.exigir_hora(hora)
            antes = self.frase
            self.hora, self.punto = hora, punto
            self.save(update_fields=["hora", "punto"])
            self._exigir_orden(sesion)
            if self.frase != antes:
                sesion.cambiar("corregir_movimiento", por, nota=f"{antes} → {self.frase}")

    def quitar(self, por: Any) -> None:
        """Borra lo anotado por error y deja el asiento como estaba; queda en la historia de la sesión.

        Lanza `TransicionInvalida` si la sesión no está en curso y `ValidationError` si después se
        anotó otra llegada o salida del asiento, si la persona intervino o si ya se votó con ella.
        """
        with self._en_curso("quitar_movimiento") as sesion:
            self._exigir_ultimo()
            nota, fila, tipo = self.frase, self.asistencia, self.tipo
            Movimiento.objects.filter(pk=self.pk).delete()
            if tipo == TipoMovimiento.LLEGADA:
                _deshacer_llegada(sesion, fila)
            sesion.cambiar("quitar_movimiento", por, nota=nota)

    @contextmanager
    def _en_curso(self, verbo: str) -> Iterator[Sesion]:
        """La sesión con candado; al salir, ninguna votación contradice lo que queda anotado."""
        with transaction.atomic():
            sesion = bloquear(self.asistencia.sesion)
            sesion.exigir(verbo)
            self._releer()
            asiento, tipo = self.asistencia.asiento, self.tipo
            antes = _presencia_al_votar(sesion, asiento)
            yield sesion
            despues = _presencia_al_votar(sesion, asiento)
            for votacion, estaban in antes.items():
                if despues[votacion] != estaban and _cuenta_con(votacion, asiento, bool(estaban)):
                    raise ValidationError(
                        f"Ya se votó «{votacion.asunto}» contando con esa {tipo}: anula antes la votación."
                    )

    def _releer(self) -> None:
        """Lo anotado en este instante: alguien pudo quitarlo mientras se esperaba el candado."""
        try:
            self.refresh_from_db()
        except Movimiento.DoesNotExist as error:
            raise ValidationError("Esa llegada o salida ya se había quitado.") from error

    def _exigir_ultimo(self) -> None:
        """Se quitan de la última a la primera: así cada paso deja el asiento como de verdad estuvo."""
        del_asiento = Movimiento.objects.filter(
            asistencia__sesion=self.asistencia.sesion_id, asistencia__asiento=self.asistencia.asiento_id
        )
        despues = del_asiento.filter(pk__gt=self.pk).select_related("asistencia", "punto").first()
        if despues:
            raise ValidationError(f"Quita primero lo que se anotó después: {despues.frase}.")

    def _exigir_orden(self, sesion: Sesion) -> None:
        """Nadie se va antes de llegar: lo de una persona avanza con el orden del día y con el reloj."""
        posiciones = {p.pk: p.posicion for p in sesion.puntos.en_arbol()}
        for uno, otro in pairwise(Movimiento.objects.filter(asistencia=self.asistencia_id)):
            if otro.posicion(posiciones) < uno.posicion(posiciones):
                raise ValidationError({"punto": f"Su {otro.tipo} quedaría antes que su {uno.tipo}."})
            if uno.hora and otro.hora and otro.hora < uno.hora:
                raise ValidationError({"hora": f"Su {otro.tipo} quedaría antes que su {uno.tipo}."})


def _presencia_al_votar(sesion: Sesion, asiento: Asiento | None) -> dict[Votacion, set[int]]:
    """Por cada votación de la sesión, quiénes ocupaban el asiento en su punto."""
    posiciones = {p.pk: p.posicion for p in sesion.puntos.en_arbol()}
    filas = list(sesion.asistencias.ocupantes().filter(asiento=asiento).prefetch_related("movimientos"))
    return {
        votacion: {fila.pk for fila in filas if fila.presente_en(posiciones[votacion.punto_id], posiciones)}
        for votacion in Votacion.objects.filter(punto__sesion=sesion)
    }


def _cuenta_con(votacion: Votacion, asiento: Asiento | None, estaba: bool) -> bool:
    """Si el padrón congelado dice lo mismo que lo anotado; un asiento sin voto pesa en el quórum."""
    if asiento is None or not asiento.tiene_voto:
        return True
    return any(votante["asiento"] == asiento.pk for votante in votacion.padron) == estaba


def _deshacer_llegada(sesion: Sesion, fila: Asistencia) -> None:
    """Quien no llegó vuelve a como quedó en la lista, y el asiento a quien lo tenía antes."""
    otras = sesion.asistencias.ocupantes().filter(asiento=fila.asiento_id).exclude(pk=fila.pk)
    nunca_estuvo = not fila.en_quorum and not fila.movimientos.exists()
    if nunca_estuvo:
        fila.exigir_sin_actos()
    if nunca_estuvo and (otras.exists() or not _vuelve_a_ausente(sesion, fila)):
        fila.delete()
    _dar_asiento_al_ultimo(sesion, fila.asiento_id)


def _vuelve_a_ausente(sesion: Sesion, fila: Asistencia) -> bool:
    """Lo regresa a la ausencia que dice la lista declarada; falso si el asiento no estaba en ella."""
    titular = fila.asiento.titular(sesion.fecha) if fila.asiento else None
    declarado = sesion.quorums.filter(hay=True, sin_efecto=False).last()
    renglones = declarado.lista if declarado else []
    suyo = next((r for r in renglones if r["asiento_id"] == fila.asiento_id and r["ocupa_asiento"]), None)
    if suyo is None and titular is None:
        return False
    fila.estado = suyo["estado"] if suyo else EstadoAsistencia.AUSENTE
    fila.sentar(titular)
    fila.full_clean()
    fila.save()
    return True


def _dar_asiento_al_ultimo(sesion: Sesion, asiento: int | None) -> None:
    """El asiento es de quien se movió al último en él, o de quien está en la lista."""
    filas = sesion.asistencias.ocupantes().filter(asiento=asiento)
    ultima = filas.annotate(ultimo=Coalesce(models.Max("movimientos"), 0)).order_by("ultimo").last()
    if ultima is None:
        return
    filas.exclude(pk=ultima.pk).update(relevada=True)
    filas.filter(pk=ultima.pk).update(relevada=False)
