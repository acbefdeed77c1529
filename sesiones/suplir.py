"""Designar a quien ocupa un asiento, con su oficio, en el momento en que llega."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from sesiones.models import Nombramiento, Oficio, Organo, Persona, Suplencia
from sesiones.numeracion import normalizar_folio

SIN_ASIENTO = Q(nombramientos__isnull=True, suplencias__isnull=True, asistencias__isnull=True)


def personas_elegibles(organo: Organo) -> QuerySet[Persona]:
    """Personas que se pueden sentar: las que ya son públicas por un asiento, o aún sin ninguno.

    Quien solo aparece como invitada en otro órgano no se muestra: su nombre allá puede no ser público.
    """
    aqui = Q(asistencias__sesion__organo=organo)
    con_asiento = Q(nombramientos__isnull=False) | Q(suplencias__isnull=False)
    return Persona.objects.filter(aqui | SIN_ASIENTO | con_asiento).distinct()


def personas_de_aqui(organo: Organo, cuantas: int) -> QuerySet[Persona]:
    """Las últimas de este órgano (asientos, sesiones, oficios) o recién registradas, sin lugar en ninguno.

    Quien solo consta en otro se encuentra al escribir su nombre. En orden alfabético.
    """
    suyas = Q(nombramientos__asiento__organo=organo) | Q(suplencias__asiento__organo=organo)
    aqui = suyas | Q(asistencias__sesion__organo=organo) | Q(oficios_firmados__organo=organo)
    aqui |= SIN_ASIENTO & Q(oficios_firmados__isnull=True)
    recientes = Persona.objects.filter(aqui).distinct().order_by("-pk").values("pk")[:cuantas]
    return Persona.objects.filter(pk__in=recientes)


def exigir_persona_nueva(organo: Organo, nombre: str) -> None:
    """Lanza `ValidationError` si ya está en el registro: se elige, no se captura dos veces."""
    if personas_elegibles(organo).filter(nombre__iexact=nombre).exists():
        raise ValidationError({"nombre": f"{nombre} ya está en el registro: elige su nombre en la lista."})


def exigir_folio_nuevo(organo: Organo, folio: str) -> None:
    """Lanza `ValidationError` si el folio ya está registrado, se escriba como se escriba."""
    normalizado = normalizar_folio(folio)
    repetido = Oficio.objects.filter(organo=organo, folio_normalizado=normalizado).first()
    if normalizado and repetido:
        frase = f"El folio {repetido.folio} ya está registrado: elígelo en la lista."
        raise ValidationError({"folio": frase})


def designar(fila: Nombramiento | Suplencia) -> None:
    """Guarda la fila y, antes, a su persona y su oficio si todavía no constan; todo o nada.

    Lanza `ValidationError` si la persona o el folio ya están en el registro, o si las fechas se
    enciman con otra designación del asiento.
    """
    with transaction.atomic():
        fila.persona = _registrar_persona(fila.asiento.organo, fila.persona)
        if fila.oficio is not None:
            fila.oficio = registrar_oficio(fila.asiento.organo, fila.oficio)
        fila.full_clean()
        fila.save()


def _registrar_persona(organo: Organo, persona: Persona) -> Persona:
    """La persona; si es nueva, se guarda."""
    if persona._state.adding:
        exigir_persona_nueva(organo, persona.nombre)
        persona.full_clean()
        persona.save()
    return persona


def registrar_oficio(organo: Organo, oficio: Oficio) -> Oficio:
    """El oficio; si es nuevo, se guarda en el registro del órgano."""
    if oficio._state.adding:
        oficio.organo = organo
        exigir_folio_nuevo(organo, oficio.folio)
        oficio.full_clean()
        oficio.save()
    return oficio
