"""Carga el secretariado municipal ficticio, de su instalación a la sesión que está por celebrarse."""

import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from sesiones import aprobacion, convocar
from sesiones.demo.carga import anunciar, proxima
from sesiones.demo.datos import fechar
from sesiones.demo.directorio import Directorio
from sesiones.demo.elenco import crear_cuentas
from sesiones.demo.grabar import Grabacion
from sesiones.demo.integrar import integrar
from sesiones.models import Acta, Firmante, Organo, Sesion

from . import informes, metricas

CARPETA = Path(__file__).parent
CLAVE = "stm-leon-demo"
CAPTURA = "facilitadora.leon@demo.example"
CELEBRADAS = ("instalacion", "ii", "iii")
AVISO = dt.timedelta(days=6)  # con cuánta anticipación se convocó
Decir = Callable[[str], None]


def cargar_en_demo(decir: Decir) -> None:
    """Deja el órgano con su gente, sus sesiones, sus informes y sus métricas; lo que ya está no se toca."""
    hoy = timezone.localdate()
    directorio = _directorio(hoy, decir)
    captura = get_user_model().objects.get(email=CAPTURA)
    if not directorio.organo.sesiones.exists():
        for sesion in _celebradas(directorio, hoy, captura):
            anunciar(sesion, decir)
    if not directorio.organo.metricas_municipales.exists():
        decir(metricas.cargar(directorio.organo, _leer("metricas", hoy)["metrica"], hoy))
    if not Sesion.objects.del_organo(directorio.organo).por_celebrar(hoy).exists():
        anunciar(proxima(_leer("iv", hoy), directorio.organo, captura), decir)


def _leer(nombre: str, hoy: dt.date) -> dict[str, Any]:
    """El archivo con sus fechas contadas desde hoy."""
    datos = tomllib.loads((CARPETA / f"{nombre}.toml").read_text(encoding="utf-8"))
    return dict(fechar(datos, hoy))


def _directorio(hoy: dt.date, decir: Decir) -> Directorio:
    """El órgano que ya estaba, o recién integrado con sus cuentas."""
    datos = _leer("organo", hoy)
    organo = Organo.objects.filter(clave=CLAVE).first()
    if organo is not None:
        return Directorio(organo, datos)
    # Trae el motor de firmas: solo se paga la primera vez que se carga.
    from sesiones.demo import efirmas

    with transaction.atomic():
        directorio = integrar(datos)
        decir(f"{datos['denominacion'][0]['nombre']}: {len(datos['asiento'])} asientos")
        decir(f"{crear_cuentas(directorio)} cuentas de ese secretariado")
        efirmas.repartir(directorio, decir)
    return directorio


@transaction.atomic
def _celebradas(directorio: Directorio, hoy: dt.date, por: Any) -> list[Sesion]:
    """La de instalación y la II con su acta publicada, y la III, que aprobó el acta de la II."""
    from sesiones.demo import actas

    fichas = _leer("informes", hoy)["informe"]
    sesiones = [_celebrar(_leer(nombre, hoy), directorio, por, fichas[0]) for nombre in CELEBRADAS]
    aprobacion.aprobar_en_sesion(Acta.de(sesiones[0]), por, timezone.now())
    for sesion in sesiones[:2]:
        # Firma quien aprobó: si fue en otra sesión, hasta ahora se sabe quiénes.
        Firmante.proponer(sesion)
        actas.publicar_firmada(sesion, por, timezone.now())
    primero = directorio.organo.informes_trimestrales.get()
    informes.empezar_el_segundo(fichas[1], primero, por, timezone.now())
    return sesiones


def _celebrar(datos: dict[str, Any], directorio: Directorio, por: Any, informe: dict[str, Any]) -> Sesion:
    """Programa, convoca, conduce y cierra la sesión con los verbos de la mesa.

    Si uno de sus puntos es la presentación del informe trimestral, se presenta ahí.
    """
    grabacion = Grabacion(datos, directorio, por)
    grabacion.preparar()
    convocado = grabacion.sesion.cuando - AVISO
    convocar.convocar(grabacion.sesion, por, convocado)
    if "informe" in grabacion.puntos:
        informes.presentar_el_primero(informe, grabacion.puntos["informe"], por, convocado)
    grabacion.abrir()
    grabacion.desahogar()
    grabacion.concluir()
    grabacion.calendarizar()
    return grabacion.sesion
