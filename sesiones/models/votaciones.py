"""Votaciones: hay votos que no son acuerdos y acuerdos que no se votan. El padrón se congela."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from sesiones.estados import FormaVoto, Resultado, SentidoVoto
from sesiones.votos import Conteo, ResultadoVoto, resolver
from stl_portal.espanol import enumerar

from .acuerdos import Acuerdo
from .agenda import Punto
from .asientos import Asiento
from .asistencia import Asistencia
from .declaratoria import exigir_quorum_en
from .sesiones import Sesion, bloquear

CUENTAN = (SentidoVoto.A_FAVOR, SentidoVoto.EN_CONTRA, SentidoVoto.ABSTENCION)


def padron(punto: Punto) -> list[Asistencia]:
    """Quienes pueden votar en ese punto: un voto por asiento con voto, presente en ese momento."""
    posiciones = {p.pk: p.posicion for p in punto.sesion.puntos.en_arbol()}
    posicion = posiciones[punto.pk]
    filas = punto.sesion.asistencias.de_asientos().filter(ocupa_asiento=True, asiento__tiene_voto=True)
    return [a for a in filas.con_personas() if a.presente_en(posicion, posiciones)]


def exigir_votantes(sesion: Sesion, punto: Punto) -> list[Asistencia]:
    """El padrón del punto.

    Lanza `ValidationError` si la sesión no está en curso, si en ese punto ya no hay quórum o si
    nadie puede votar.
    """
    if sesion.estado != "en_curso":
        raise ValidationError("Solo se vota con la sesión en curso: declara antes el quórum.")
    exigir_quorum_en(punto)
    votantes = padron(punto)
    if not votantes:
        raise ValidationError("No hay integrantes con derecho a voto presentes en este punto.")
    return votantes


def exigir_no_votado(punto: Punto, asunto: str, acuerdo: Acuerdo | None) -> None:
    """Lanza `ValidationError` si en ese punto ya se votó exactamente lo mismo."""
    if punto.votaciones.filter(asunto=asunto, acuerdo=acuerdo).exists():
        raise ValidationError({"asunto": f"Ya se votó «{asunto}»: anula esa o cambia qué se vota."})


def congelar_votante(votante: Asistencia) -> dict[str, object]:
    """El renglón del padrón que se guarda con la votación."""
    return {"asiento": votante.asiento_id, "nombre": votante.formal, "institucion": votante.institucion}


class Votacion(models.Model):
    """Una votación con su padrón congelado. El resultado se calcula y se guarda."""

    punto = models.ForeignKey(Punto, on_delete=models.PROTECT, related_name="votaciones")
    acuerdo = models.ForeignKey(
        Acuerdo, null=True, blank=True, on_delete=models.PROTECT, related_name="votaciones"
    )
    asunto = models.CharField("qué se votó", max_length=500)
    forma = models.CharField(max_length=20, choices=FormaVoto.choices, default=FormaVoto.UNANIMIDAD)
    mayoria = models.CharField(max_length=20, default="simple")
    a_favor = models.PositiveSmallIntegerField(default=0)
    en_contra = models.PositiveSmallIntegerField(default=0)
    abstenciones = models.PositiveSmallIntegerField(default=0)
    voto_de_calidad = models.CharField(max_length=20, blank=True)
    padron = models.JSONField()  # [{asiento, nombre, institucion}] con derecho a voto ese momento
    aprobada = models.BooleanField()
    unanime = models.BooleanField()
    frase = models.CharField(max_length=250)
    registrada_el = models.DateTimeField()

    class Meta:
        verbose_name = "votación"
        verbose_name_plural = "votaciones"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.asunto}: {self.frase}"

    @classmethod
    def registrar(
        cls,
        punto: Punto,
        *,
        asunto: str,
        forma: str,
        conteo: Conteo | None = None,
        nominal: Mapping[int, str] | None = None,
        voto_de_calidad: str = "",
        acuerdo: Acuerdo | None = None,
        cuando: dt.datetime | None = None,
    ) -> Self:
        """Registra la votación del punto y anota su resultado.

        `nominal` es {asiento_id: sentido}. Lanza `ValidationError` si los votos exceden el
        padrón congelado, si vota un asiento que no está, o si nadie puede votar.
        """
        with transaction.atomic():
            sesion = bloquear(punto.sesion)
            votantes = exigir_votantes(sesion, punto)
            exigir_no_votado(punto, asunto, acuerdo)
            conteo = contar(forma, conteo, nominal, votantes)
            resultado = resolver_votacion(sesion, conteo, len(votantes), voto_de_calidad)
            fila = cls(
                punto=punto,
                acuerdo=acuerdo,
                asunto=asunto,
                forma=forma,
                mayoria=sesion.regla.mayoria,
                a_favor=conteo.a_favor,
                en_contra=conteo.en_contra,
                abstenciones=conteo.abstenciones,
                voto_de_calidad=voto_de_calidad,
                padron=[congelar_votante(votante) for votante in votantes],
                aprobada=resultado.aprobado,
                unanime=resultado.unanimidad,
                frase=resultado.frase,
                registrada_el=cuando or timezone.now(),
            )
            fila.full_clean()
            fila.save()
            fila._guardar_votos(nominal or {}, votantes)
            punto.resolver(fila.resultado)
        return fila

    def anular(self) -> None:
        """Quita una votación anotada por error; el punto queda sin resultado si era la última."""
        with transaction.atomic():
            if bloquear(self.punto.sesion).estado != "en_curso":
                raise ValidationError("La votación solo se anula con la sesión en curso.")
            punto = self.punto
            self.delete()
            ultima = punto.votaciones.last()
            punto.resolver(ultima.resultado if ultima else Resultado.PENDIENTE)

    def _guardar_votos(self, nominal: Mapping[int, str], votantes: list[Asistencia]) -> None:
        """Una fila por asiento, con quien lo ocupaba."""
        por_asiento = {v.asiento_id: v for v in votantes}
        Voto.objects.bulk_create(
            Voto(votacion=self, asiento_id=asiento, asistencia=por_asiento[asiento], sentido=sentido)
            for asiento, sentido in nominal.items()
        )

    @property
    def resultado(self) -> str:
        """Resultado del punto que corresponde a esta votación."""
        if not self.aprobada:
            return Resultado.NO_APROBADO
        return Resultado.UNANIMIDAD if self.unanime else Resultado.MAYORIA


def contar(
    forma: str, conteo: Conteo | None, nominal: Mapping[int, str] | None, votantes: list[Asistencia]
) -> Conteo:
    """Convierte cualquiera de las tres formas en un conteo; valida el voto nominal."""
    if forma == FormaVoto.UNANIMIDAD:
        return Conteo(a_favor=len(votantes), en_contra=0, abstenciones=0)
    if forma == FormaVoto.CONTEO:
        if conteo is None or not (conteo.a_favor or conteo.en_contra or conteo.abstenciones):
            raise ValidationError("Escribe cuántos votos hubo a favor, en contra y abstenciones.")
        return conteo
    ajenos = set(nominal or {}) - {v.asiento_id for v in votantes}
    if ajenos or not nominal:
        raise ValidationError("La votación nominal solo admite un voto por cada asiento presente con voto.")
    sin_voto = [v.formal for v in votantes if not nominal.get(v.asiento_id or 0)]
    if sin_voto:
        frase = f"Falta el voto de {enumerar(sin_voto)}"
        raise ValidationError(f"{frase}: si no votó, elige «Presente, no votó».")
    sentidos = list(nominal.values())
    return Conteo(
        a_favor=sentidos.count(SentidoVoto.A_FAVOR),
        en_contra=sentidos.count(SentidoVoto.EN_CONTRA),
        abstenciones=sentidos.count(SentidoVoto.ABSTENCION),
        no_votaron=len(votantes) - sum(s in CUENTAN for s in sentidos),
    )


def resolver_votacion(sesion: Sesion, conteo: Conteo, votantes: int, calidad: str) -> ResultadoVoto:
    """Aplica la mayoría de la regla vigente; los errores del conteo se dicen en español."""
    regla = sesion.regla
    if conteo.abstenciones and not regla.admite_abstencion:
        raise ValidationError({"abstenciones": "Las reglas de este órgano no admiten abstenciones."})
    if calidad and not regla.voto_de_calidad:
        raise ValidationError("Las reglas de este órgano no prevén voto de calidad.")
    mayoria: Any = regla.mayoria
    sentido: Any = calidad or None
    try:
        return resolver(conteo, votantes, mayoria, fraccion=Fraction(2, 3), voto_calidad=sentido)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class Voto(models.Model):
    """Voto nominal: uno por asiento, se siente quien se siente."""

    votacion = models.ForeignKey(Votacion, on_delete=models.CASCADE, related_name="votos")
    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="votos")
    asistencia = models.ForeignKey(Asistencia, on_delete=models.PROTECT, related_name="votos")
    sentido = models.CharField(max_length=20, choices=SentidoVoto.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("votacion", "asiento"),
                name="voto_uno_por_asiento",
                violation_error_message="Ese asiento ya votó.",
            ),
            models.CheckConstraint(condition=Q(sentido__in=SentidoVoto.values), name="voto_sentido_valido"),
        )

    def __str__(self) -> str:
        return f"{self.asistencia}: {self.get_sentido_display()}"
