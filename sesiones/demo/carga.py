"""Carga la demostración por partes. Cada parte que ya existe se deja como está."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from sesiones import agenda, convocar
from sesiones.models import Acuerdo, Organo, Punto, Sesion
from sesiones.models.agenda import TipoPunto
from stl_portal.espanol import fecha_larga

from .datos import fechar, leer
from .directorio import Directorio
from .elenco import crear_cuentas, invitar
from .grabar import grabar
from .integrar import integrar

REALES = ("sesion-xviii", "sesion-xxi")
CELEBRADAS = ("sesion-demo-publicada", "sesion-demo-por-firmar", "sesion-demo-anterior")
CAPTURA = "facilitadora@demo.example"


def cargar(decir: Callable[[str], None], hoy: dt.date | None = None) -> None:
    """Deja completa la demostración de sesiones y dice solo lo que creó.

    `hoy` fija las fechas de las sesiones ficticias; por omisión, el día de la carga.
    """
    hoy = hoy or timezone.localdate()
    stl = _organo(leer("stl"), decir)
    for nombre in REALES:
        _historica(leer(nombre), stl, decir)
    demo = _organo(leer("demo"), decir)
    cuentas = crear_cuentas(demo)
    if cuentas:
        decir(f"{cuentas} cuentas ficticias")
    if invitar(demo):
        decir("1 invitación que espera, en /mesa/demo/invitaciones/ y, con su liga, en /correo/")
    if not demo.organo.raices.exists():
        _repartir_efirmas(demo, decir)
    _ficticias(demo, hoy, decir)


def _repartir_efirmas(directorio: Directorio, decir: Callable[[str], None]) -> None:
    # Trae el motor de firmas: solo se paga la primera vez que se carga.
    from . import efirmas

    efirmas.repartir(directorio, decir)


def _organo(datos: dict[str, Any], decir: Callable[[str], None]) -> Directorio:
    """El órgano del archivo, recién creado o el que ya estaba."""
    organo = Organo.objects.filter(clave=datos["organo"]["clave"]).first()
    if organo is not None:
        return Directorio(organo, datos)
    directorio = integrar(datos)
    nombre = datos["denominacion"][-1]["nombre"]
    decir(
        f"{nombre}: {len(datos['asiento'])} asientos, {len(datos['persona'])} personas, "
        f"{len(datos['oficio'])} oficios"
    )
    return directorio


def _historica(datos: dict[str, Any], directorio: Directorio, decir: Callable[[str], None]) -> None:
    """Una sesión real, si no está ya."""
    de_la_sesion = datos["sesion"]
    iguales = directorio.organo.sesiones.filter(tipo=de_la_sesion["tipo"], numero=de_la_sesion["numero"])
    if not iguales.exists():
        anunciar(grabar(datos, directorio), decir)


def _ficticias(directorio: Directorio, hoy: dt.date, decir: Callable[[str], None]) -> None:
    """Sesiones pasadas, con su acta en distintos momentos, y, siempre, una por celebrarse."""
    sesiones = directorio.organo.sesiones
    captura = get_user_model().objects.get(email=CAPTURA)
    if not sesiones.exists():
        for sesion in _celebradas(directorio, hoy, captura):
            anunciar(sesion, decir)
    if not Sesion.objects.del_organo(directorio.organo).por_celebrar(hoy).exists():
        anunciar(proxima(fechar(leer("sesion-demo-proxima"), hoy), directorio.organo, captura), decir)


def _celebradas(directorio: Directorio, hoy: dt.date, captura: Any) -> list[Sesion]:
    """Las pasadas, con sus actas publicada, por firmar y en revisión; todo o nada."""
    # Traen el motor de firmas: solo se paga la primera vez que se carga.
    from . import actas

    momentos = (actas.publicada, actas.por_firmar, actas.en_revision)
    with transaction.atomic():
        sesiones = [grabar(fechar(leer(nombre), hoy), directorio, captura) for nombre in CELEBRADAS]
        for llevar, sesion in zip(momentos, sesiones, strict=True):
            llevar(sesion, captura, timezone.now())
    return sesiones


def proxima(datos: dict[str, Any], organo: Organo, por: Any) -> Sesion:
    """Programa y convoca la sesión por venir, con lo que dejó pendiente la anterior."""
    campos = {campo: valor for campo, valor in datos["sesion"].items() if campo != "organo"}
    sesion = Sesion.programar(organo, por=por, **campos)
    pendientes = Acuerdo.objects.filter(sesion__organo=organo).abiertos()
    agenda.formar_orden(sesion, copiar_de=None, acuerdos=pendientes)
    asuntos = sesion.puntos.filter(tipo=TipoPunto.GRUPO).first()
    for ficha in datos["punto"]:
        Punto.agregar(sesion, ficha["titulo"], padre=asuntos)
    convocar.convocar(sesion, por, timezone.now())
    return sesion


def anunciar(sesion: Sesion, decir: Callable[[str], None]) -> None:
    """Dice qué sesión quedó cargada."""
    puntos, acuerdos = sesion.puntos.count(), sesion.acuerdos.count()
    cuantos = "1 acuerdo" if acuerdos == 1 else f"{acuerdos} acuerdos"
    decir(f"{sesion.designacion}, {fecha_larga(sesion.fecha)}: {puntos} puntos, {cuantos}")
