"""Escribir el informe anual: empezarlo, llenarlo sin pisar a nadie, descartarlo y abrir su corrección."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from stl_portal.publico.registro import OrganoPublico
from stl_portal.texto import limpiar

from . import registro
from .apartado import Periodo
from .models import InformeAnual, TextoDeApartado

MAS_LARGO = dt.timedelta(days=2 * 366)  # un periodo de sesiones puede pasar de un año
PRIMER_ANO = 2015
YA_HAY = "El órgano ya tiene un informe de ese periodo."
YA_SE_PUBLICO = "El informe ya se publicó: se corrige con otro."
YA_SE_CORRIGE = "Ya hay una corrección de este informe: continúa en ella."


def ano_anterior(al: dt.date) -> Periodo:
    """El último año completo: lo que casi siempre se informa."""
    return Periodo(dt.date(al.year - 1, 1, 1), dt.date(al.year - 1, 12, 31))


def empezar(organo: OrganoPublico, periodo: Periodo, por: Any, cuando: dt.datetime) -> InformeAnual:
    """Crea el informe con sus apartados vacíos. Lanza `ValidationError` si ya hay uno de ese periodo."""
    informe = InformeAnual(
        organo=organo.pk, clave_del_organo=organo.clave, desde=periodo.desde, hasta=periodo.hasta
    )
    return _crear(informe, "empezar", por, cuando)


def _crear(informe: InformeAnual, verbo: str, por: Any, cuando: dt.datetime) -> InformeAnual:
    """Le da clave y lo guarda; si otra persona lo empezó a la vez, lo dice."""
    informe.clave = _clave_libre(informe)
    informe.full_clean(exclude=["organo"])
    try:
        with transaction.atomic():
            informe.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(YA_HAY) from error
    informe.historia.create(verbo=verbo, de="", a=informe.estado, por=por, cuando=cuando)
    claves = [fuente.clave for fuente in registro.en_orden()]
    TextoDeApartado.objects.bulk_create(TextoDeApartado(informe=informe, apartado=c) for c in claves)
    return informe


def _clave_libre(informe: InformeAnual) -> str:
    """«stl-2026»; si ya está tomada (una corrección, otro periodo), con un número detrás."""
    base = f"{informe.clave_del_organo}-{informe.hasta.year}"
    usadas = set(InformeAnual.objects.filter(clave__startswith=base).values_list("clave", flat=True))
    return next(c for n in range(1, len(usadas) + 2) if (c := f"{base}-{n}" if n > 1 else base) not in usadas)


def guardar(fila: TextoDeApartado, version: int, por: Any, escrito: str, *, va: bool) -> TextoDeApartado:
    """Guarda un apartado sobre la versión leída; el que se agregó después de empezar el informe, nace aquí.

    Lanza `VersionRancia`, o `ValidationError` si mientras tanto el informe se publicó o se descartó.
    """
    limpio = limpiar(escrito)
    with transaction.atomic():
        if not InformeAnual.objects.select_for_update(no_key=True).filter(pk=fila.informe_id).exists():
            raise ValidationError("El informe se descartó mientras escribías.")
        if fila._state.adding:
            fila, _ = TextoDeApartado.objects.get_or_create(informe=fila.informe, apartado=fila.apartado)
        try:
            return fila.guardar_sobre(version, por=por, texto=limpio, va=va)
        except ValidationError as error:
            raise ValidationError(YA_SE_PUBLICO) from error


def se_descarta(informe: InformeAnual) -> bool:
    """Si se empezó por error: no se ha publicado y nadie ha escrito nada en él."""
    return informe.se_arma and not informe.textos.filter(editado_el__isnull=False).exists()


def descartar(informe: InformeAnual) -> None:
    """Lo borra. Lanza `ValidationError` si ya se escribió algo o se publicó."""
    with transaction.atomic():
        actual = InformeAnual.objects.select_for_update().get(pk=informe.pk)
        if not se_descarta(actual):
            raise ValidationError("Solo se descarta un informe en el que nadie ha escrito.")
        actual.delete()


@transaction.atomic
def corregir(informe: InformeAnual, motivo: str, por: Any, cuando: dt.datetime) -> InformeAnual:
    """Abre otro informe con los mismos textos, que al publicarse lo sustituye. Lanza `ValidationError`."""
    actual = InformeAnual.objects.select_for_update().get(pk=informe.pk)
    if actual.se_arma:
        raise ValidationError("Todavía no se publica: se cambia aquí mismo.")
    if InformeAnual.objects.filter(corrige=actual).exists():
        raise ValidationError(YA_SE_CORRIGE, code="estado")
    datos = {campo: getattr(actual, campo) for campo in ("organo", "clave_del_organo", "desde", "hasta")}
    nuevo = _crear(InformeAnual(**datos, corrige=actual, que_corrige=motivo.strip()), "corregir", por, cuando)
    for texto in actual.textos.all():
        nuevo.textos.filter(apartado=texto.apartado).update(texto=texto.texto, va=texto.va)
    return nuevo
