"""Quién firma el acta: lista aparte de la asistencia y del padrón de votantes."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from sesiones.estados import EstadoSesion, TipoPunto

from .asistencia import Asistencia
from .personas import Persona
from .reglas import QuienFirma
from .sesiones import Sesion, bloquear
from .votaciones import Votacion


class Firmante(models.Model):
    """Quién firma el acta. No es la lista de asistencia: cada diferencia queda explicada."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="firmantes")
    asistencia = models.ForeignKey(
        Asistencia, null=True, blank=True, on_delete=models.PROTECT, related_name="firmas"
    )
    persona = models.ForeignKey(
        Persona, null=True, blank=True, on_delete=models.PROTECT, related_name="firmas"
    )
    nombre = models.CharField(max_length=220)
    cargo = models.CharField(max_length=250, blank=True)
    institucion = models.CharField("institución", max_length=200, blank=True)
    orden = models.PositiveSmallIntegerField(default=0)
    explicacion = models.CharField(
        "por qué firma sin haber asistido, o asistió sin firmar", max_length=300, blank=True
    )

    class Meta:
        verbose_name = "firmante"
        verbose_name_plural = "firmantes"
        ordering = ("orden", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sesion", "asistencia"),
                name="firmante_una_vez",
                violation_error_message="Esa persona ya está en la lista de firmas.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    @classmethod
    def segun_regla(cls, sesion: Sesion) -> list[Self]:
        """Quienes deben firmar según la regla: ocupantes de asiento (y la facilitadora, si firma).

        Si la regla pide que firmen quienes aprueban, son quienes podían votar cuando el acta se
        aprobó, en esta sesión o en otra; mientras no se vote, quienes asistieron.
        """
        regla = sesion.regla.quien_firma
        votacion = _votacion_del_acta(sesion) if regla == QuienFirma.APRUEBAN else None
        if votacion:
            return cls._de_quienes_aprobaron(sesion, votacion)
        con_facilitadora = regla == QuienFirma.ASISTENTES_Y_FACILITADORA
        asistencias = sesion.asistencias.ocupantes().presentes().filter(relevada=False).con_personas()
        return [cls.de(a) for a in asistencias if a.asiento and (con_facilitadora or not a.asiento.facilita)]

    @classmethod
    def _de_quienes_aprobaron(cls, sesion: Sesion, votacion: Votacion) -> list[Self]:
        """El padrón de esa votación; si aprobó otra sesión, solo constan aquí quienes también asistieron."""
        aqui = {a.persona_id: a for a in sesion.asistencias.de_asientos().presentes() if a.persona_id}
        firmantes = []
        for votante in _votantes(votacion):
            fila = cls.de(votante)
            fila.sesion, fila.asistencia = sesion, aqui.get(votante.persona_id or 0)
            firmantes.append(fila)
        return firmantes

    @classmethod
    def proponer(cls, sesion: Sesion) -> list[Self]:
        """Reemplaza la lista de firmas por la que dice la regla; las explicaciones se conservan."""
        with transaction.atomic():
            exigir_firmable(bloquear(sesion))
            escritas = dict(
                sesion.firmantes.exclude(asistencia=None).values_list("asistencia", "explicacion")
            )
            sesion.firmantes.all().delete()
            filas = cls.segun_regla(sesion)
            for fila in filas:
                fila.explicacion = escritas.get(fila.asistencia_id or 0, "")
            cls.objects.bulk_create(filas)
        return filas

    @classmethod
    def incluir(cls, asistencia: Asistencia) -> Self:
        """Pasa a la lista a alguien que asistió. Una sola vez."""
        with transaction.atomic():
            exigir_firmable(bloquear(asistencia.sesion))
            fila = cls.de(asistencia)
            fila.full_clean()
            fila.save()
        return fila

    def explicar(self, explicacion: str) -> None:
        """Escribe por qué firma sin haber contado en el quórum o sin haber asistido."""
        with transaction.atomic():
            exigir_firmable(bloquear(self.sesion))
            self.explicacion = explicacion
            self.full_clean()
            self.save(update_fields=["explicacion"])

    def quitar(self) -> None:
        """Lo saca de la lista; si asistió, la diferencia pedirá explicación."""
        with transaction.atomic():
            exigir_firmable(bloquear(self.sesion))
            self.delete()

    @classmethod
    def de(cls, asistencia: Asistencia) -> Self:
        """Firmante a partir de una asistencia, con los datos congelados de ese día."""
        return cls(
            sesion_id=asistencia.sesion_id,
            asistencia=asistencia,
            persona=asistencia.persona,
            nombre=asistencia.formal,
            cargo=asistencia.cargo,
            institucion=asistencia.institucion,
            orden=asistencia.orden,
        )

    @classmethod
    def agregar(cls, sesion: Sesion, **campos: Any) -> Self:
        """Agrega a quien firma sin estar en la propuesta; si no asistió, debe explicarse."""
        if not campos.get("explicacion"):
            raise ValidationError(
                {"explicacion": "Explica por qué firma si no está en la lista de asistencia."}
            )
        with transaction.atomic():
            exigir_firmable(bloquear(sesion))
            fila = cls(sesion=sesion, orden=900, **campos)
            fila.full_clean()
            fila.save()
        return fila


def exigir_firmable(sesion: Sesion) -> None:
    """Lanza `ValidationError` si todavía no hay acta que firmar, o ya no la habrá."""
    if sesion.estado not in (EstadoSesion.EN_CURSO, EstadoSesion.CONCLUIDA):
        raise ValidationError("Las firmas se deciden con la sesión en curso o ya concluida.")
    acta = sesion.actas.last()
    if acta and acta.sellada:
        raise ValidationError("El acta ya se selló con su hoja de firmas: no se cambia.")


def _votacion_del_acta(sesion: Sesion) -> Votacion | None:
    """La votación con que se aprobó el acta de la sesión, en ella o en una posterior."""
    en_la_misma = Q(punto__sesion=sesion, punto__tipo=TipoPunto.ACTA)
    votadas = Votacion.objects.filter(en_la_misma | Q(punto__acta_de=sesion), aprobada=True)
    acta = sesion.actas.last()
    valen = [v for v in votadas.select_related("punto__sesion") if not acta or acta.la_vota(v.punto.sesion)]
    return valen[-1] if valen else None


def _votantes(votacion: Votacion) -> Iterable[Asistencia]:
    """Las filas de asistencia de quienes están en el padrón; de un asiento, la persona que votó."""
    padron = {voto["asiento"]: voto["nombre"] for voto in votacion.padron}
    filas = votacion.punto.sesion.asistencias.presentes().filter(ocupa_asiento=True, asiento__in=padron)
    votantes: dict[int | None, Asistencia] = {}
    for fila in filas:
        if fila.asiento_id not in votantes or fila.formal == padron[fila.asiento_id]:
            votantes[fila.asiento_id] = fila
    return votantes.values()
