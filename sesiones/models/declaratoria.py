"""La declaratoria de quórum: la cuenta, la regla y la lista, congeladas."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from sesiones import quorum
from sesiones.estados import EstadoSesion, Funcion
from stl_portal.espanol import enumerar

from .agenda import Punto
from .asientos import Asiento
from .sesiones import Sesion, bloquear


def lugares(sesion: Sesion, presentes: set[int | None], asientos: Iterable[Asiento]) -> list[quorum.Lugar]:
    """Los asientos vistos por la regla de quórum; `presentes` son los que alguien ocupa."""
    return [
        quorum.Lugar(
            asiento=asiento.pk,
            sector=asiento.institucion.sector,
            ocupado=asiento.titular(sesion.fecha) is not None,
            presente=asiento.pk in presentes,
            facilitadora=asiento.facilita,
            presidencia=asiento.funcion == Funcion.PRESIDENCIA,
            tiene_voto=asiento.tiene_voto,
        )
        for asiento in asientos
    ]


def calcular_quorum(sesion: Sesion, convocatoria: int = 1, punto: Punto | None = None) -> quorum.Quorum:
    """Quórum según la regla del órgano ese día: en este momento o, con `punto`, al tratarlo."""
    asientos = sesion.organo.asientos.vigentes(sesion.fecha).con_ocupantes()
    filas = list(sesion.asistencias.ocupantes().con_personas())
    if punto is None:
        presentes = {a.asiento_id for a in filas if a.presente and not a.fuera}
    else:
        posiciones = {p.pk: p.posicion for p in sesion.puntos.en_arbol()}
        presentes = {a.asiento_id for a in filas if a.presente_en(posiciones[punto.pk], posiciones)}
    regla = sesion.regla.de_quorum(sesion.fecha)
    return quorum.calcular(regla, lugares(sesion, presentes, asientos), convocatoria)


def exigir_quorum_en(punto: Punto) -> None:
    """Lanza `ValidationError` si en ese punto ya no había quórum: lo que se vote no valdría."""
    sesion = punto.sesion
    if not sesion.con_quorum:
        return
    declarado = sesion.quorums.vigentes().last()
    cuenta = calcular_quorum(sesion, declarado.convocatoria if declarado else 1, punto)
    if not cuenta.hay:
        raise ValidationError(f"En este punto se perdió el quórum ({cuenta.frase()}): no se puede votar.")


class QuorumQuerySet(models.QuerySet["Quorum"]):
    """Preguntas sobre declaraciones."""

    def vigentes(self) -> Self:
        """Las que valen: sin las que quedaron sin efecto al rectificar la lista."""
        return self.filter(sin_efecto=False)


class Quorum(models.Model):
    """Quórum declarado: la cuenta, la regla y la lista quedan congeladas."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="quorums")
    convocatoria = models.PositiveSmallIntegerField(default=1)
    hay = models.BooleanField()
    presentes = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField()
    requeridos = models.PositiveSmallIntegerField()
    frase = models.CharField(max_length=500)
    lista = models.JSONField()  # nombres, cargos y calidades tal como se declararon
    hora = models.TimeField()
    sin_efecto = models.BooleanField("quedó sin efecto al rectificar la lista", default=False, editable=False)
    declarado_el = models.DateTimeField()
    declarado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = QuorumQuerySet.as_manager()

    class Meta:
        verbose_name = "declaración de quórum"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.frase

    @classmethod
    def declarar(cls, sesion: Sesion, por: Any, *, hora: dt.time, cuando: dt.datetime | None = None) -> Self:
        """Declara quórum y congela la lista. Lanza `ValidationError` si no lo hay."""
        with transaction.atomic():
            sesion = bloquear(sesion)
            sesion.exigir("declarar_quorum")
            if not sesion.con_quorum:
                raise ValidationError("Una reunión de trabajo no declara quórum: solo se inicia.")
            exigir_lista_pasada(sesion)
            exigir_segunda_a_tiempo(sesion, hora)
            fila = cls._medir(sesion, por, hora, cuando)
            if not fila.hay:
                raise ValidationError(
                    f"No se puede declarar quórum: {fila.frase}. Puedes declarar que no hubo quórum."
                )
            fila.save()
            sesion.asistencias.ocupantes().presentes().update(en_quorum=True)
            sesion.cambiar("declarar_quorum", por, cuando=cuando, inicio=hora)
        return fila

    @classmethod
    def declarar_falta(
        cls, sesion: Sesion, por: Any, *, hora: dt.time, cuando: dt.datetime | None = None
    ) -> Self:
        """Hace constar que no hubo quórum; abre la segunda convocatoria."""
        with transaction.atomic():
            sesion = bloquear(sesion)
            sesion.exigir("declarar_falta")
            exigir_lista_pasada(sesion)
            fila = cls._medir(sesion, por, hora, cuando)
            if fila.hay:
                raise ValidationError(f"Sí hay quórum: {fila.frase}. Declara el quórum.")
            fila.save()
            sesion.cambiar("declarar_falta", por, cuando=cuando)
        return fila

    @classmethod
    def _medir(cls, sesion: Sesion, por: Any, hora: dt.time, cuando: dt.datetime | None) -> Self:
        """Calcula con las filas de este instante, sin guardar."""
        convocatoria = 2 if sesion.estado == EstadoSesion.SIN_QUORUM else 1
        cuenta = calcular_quorum(sesion, convocatoria)
        lista = sesion.asistencias.values(
            "asiento_id",
            "nombre",
            "tratamiento",
            "cargo",
            "institucion",
            "calidad",
            "estado",
            "oficio",
            "ocupa_asiento",
        )
        return cls(
            sesion=sesion,
            convocatoria=convocatoria,
            hay=cuenta.hay,
            presentes=cuenta.presentes,
            base=cuenta.base,
            requeridos=cuenta.requeridos,
            frase=cuenta.frase(),
            lista=list(lista),
            hora=hora,
            declarado_el=cuando or timezone.now(),
            declarado_por=por,
        )


def exigir_lista_pasada(sesion: Sesion) -> None:
    """Lanza `ValidationError` si falta anotar algún asiento con titular: no consta si llegó."""
    anotados = set(sesion.asistencias.ocupantes().values_list("asiento_id", flat=True))
    asientos = sesion.organo.asientos.vigentes(sesion.fecha).con_ocupantes()
    faltan = [a.institucion.nombre for a in asientos if a.titular(sesion.fecha) and a.pk not in anotados]
    if faltan:
        raise ValidationError(
            f"Antes de declarar, termina de pasar lista: falta anotar a {enumerar(faltan)}."
        )


def segunda_desde(sesion: Sesion) -> dt.time | None:
    """Hora desde la que procede la segunda convocatoria; None si no es el caso."""
    primera = sesion.quorums.vigentes().filter(hay=False).last()
    if sesion.estado != EstadoSesion.SIN_QUORUM or primera is None:
        return None
    espera = dt.timedelta(minutes=sesion.regla.segunda_minutos)
    return (dt.datetime.combine(sesion.fecha, primera.hora) + espera).time()


def exigir_segunda_a_tiempo(sesion: Sesion, hora: dt.time) -> None:
    """Lanza `ValidationError` si la segunda convocatoria se declara antes de lo que la regla permite."""
    desde = segunda_desde(sesion)
    if desde and hora < desde:
        raise ValidationError({"hora": f"La segunda convocatoria procede a partir de las {desde:%H:%M} h."})


RECTIFICAR: dict[str, str] = {
    EstadoSesion.PROGRAMADA: "rectificar_sin_convocar",
    EstadoSesion.SIN_QUORUM: "rectificar_segunda",
}


def rectificar_lista(sesion: Sesion, por: Any, *, motivo: str, cuando: dt.datetime | None = None) -> None:
    """Vuelve al pase de lista cuando se declaró con un error; nunca si ya hubo votaciones."""
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe qué se corrige en la lista."})
    with transaction.atomic():
        sesion = bloquear(sesion)
        if sesion.puntos.filter(votaciones__isnull=False).exists():
            raise ValidationError("Ya hubo votaciones con esta lista: anota llegadas o salidas en su lugar.")
        declarada = sesion.historia.filter(verbo="declarar_quorum").last()
        verbo = RECTIFICAR.get(declarada.de, "rectificar_lista") if declarada else "rectificar_lista"
        sesion.cambiar(verbo, por, cuando=cuando, nota=motivo.strip(), inicio=None)
        sesion.asistencias.update(en_quorum=False)
        sesion.quorums.filter(hay=True).update(sin_efecto=True)
