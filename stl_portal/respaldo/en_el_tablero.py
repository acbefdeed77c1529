"""Cómo van los respaldos y los simulacros, para el tablero de la administración."""

import datetime as dt

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from stl_portal.gestion.registro import Respaldo

from .models import Clase, Corrida


def respaldo() -> Respaldo:
    """El último bueno, si está en plazo y si el intento más nuevo falló."""
    return _estado(
        Clase.RESPALDO,
        "Último respaldo",
        settings.RESPALDO.plazo,
        "manage.py respaldar",
    )


def simulacro() -> Respaldo:
    """El último simulacro, igual."""
    return _estado(
        Clase.SIMULACRO,
        "Último simulacro",
        settings.RESPALDO.plazo_del_simulacro,
        "manage.py simulacro",
    )


PREGUNTAS = (respaldo, simulacro)


def _estado(clase: Clase, que: str, plazo: dt.timedelta, orden: str) -> Respaldo:
    ultimas = {c.bien: c for c in _ultimas(clase)}
    bueno, malo = ultimas.get(True), ultimas.get(False)
    avisos = []
    if malo and (bueno is None or malo.termino_el > bueno.termino_el):
        avisos.append(f"El intento más reciente falló: {malo.dicho}")
    if bueno is None:
        avisos.append(f"Nunca se ha hecho ninguno que saliera bien: {orden}.")
    elif timezone.now() - bueno.termino_el > plazo:
        avisos.append(f"Pasó el plazo: debe haber uno cada {_en_palabras(plazo)}.")
    return Respaldo(
        que=que,
        hecho_el=bueno.termino_el if bueno else None,
        dicho=bueno.dicho if bueno else "",
        avisos=tuple(avisos),
        url=f"{reverse('admin:respaldo_corrida_changelist')}?clase__exact={clase}",
    )


def _ultimas(clase: Clase) -> "list[Corrida]":
    """La última que salió bien y la última que salió mal."""
    de_cada = Corrida.objects.filter(clase=clase).order_by().values("bien").annotate(ultima=Max("pk"))
    return list(Corrida.objects.filter(pk__in=de_cada.values("ultima")).defer("informe"))


def _en_palabras(plazo: dt.timedelta) -> str:
    horas = round(plazo.total_seconds() / 3600)
    return f"{horas} horas" if horas < 48 else f"{horas // 24} días"
