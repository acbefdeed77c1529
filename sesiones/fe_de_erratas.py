"""Corregir un acta publicada: otra versión que la sustituirá, y arrepentirse antes de circularla."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sesiones.agenda import llevar_a_la_siguiente, no_llevar
from sesiones.estados import EstadoActa
from sesiones.models import Acta, ParrafoEditado


def abrir(acta: Acta, por: Any, *, motivo: str) -> Acta:
    """Abre la fe de erratas: una versión nueva, con las mismas ediciones a mano, que sustituirá a esta.

    Su aprobación pasa al orden del día de la siguiente sesión, si ya está programada. Lanza
    `ValidationError` sin motivo o si esta versión no está publicada.
    """
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe qué se corrige y por qué."})
    with transaction.atomic():
        actual = Acta.objects.select_for_update().get(pk=acta.pk)
        if actual.estado != EstadoActa.PUBLICADA:
            raise ValidationError("Solo un acta publicada se corrige con fe de erratas; esta aún se edita.")
        if actual.sesion.actas.filter(version__gt=actual.version).exists():
            raise ValidationError("Ya hay una fe de erratas en preparación.")
        nueva = Acta.objects.create(sesion=actual.sesion, version=actual.version + 1, motivo=motivo.strip())
        nueva.historia.create(
            verbo="corregir", de="", a=nueva.estado, por=por, cuando=timezone.now(), nota=motivo.strip()
        )
        for fila in actual.editados.all():
            ParrafoEditado.objects.create(acta=nueva, clave=fila.clave, texto=fila.texto, base=fila.base)
        llevar_a_la_siguiente(nueva)
    return nueva


def descartar(acta: Acta, por: Any, *, motivo: str) -> None:
    """Borra la fe de erratas que nadie más ha visto; la publicada sigue vigente y guarda el porqué.

    También sale de la sesión programada donde se iba a aprobar. Lanza `ValidationError` sin motivo, si ya
    se circuló o si esa sesión ya se convocó.
    """
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe por qué se descarta."})
    with transaction.atomic():
        actual = Acta.objects.select_for_update().get(pk=acta.pk)
        if not actual.se_descarta:
            raise ValidationError("Solo se descarta una fe de erratas que no se ha circulado.")
        no_llevar(actual)
        anterior = actual.sesion.actas.get(version=actual.version - 1)
        sigue = {"de": anterior.estado, "a": anterior.estado, "nota": motivo.strip()}
        anterior.historia.create(verbo="descartar", por=por, cuando=timezone.now(), **sigue)
        actual.historia.all().delete()
        actual.delete()
