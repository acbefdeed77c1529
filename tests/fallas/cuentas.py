"""Qué debe ser cierto después de cada muerte: lo anunciado está, nada quedó a medias, nada sobra."""

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones.models import Acta, Firma, Publicacion, Punto, Sello
from stl_portal.archivo import almacen, sobrantes, subidas
from stl_portal.archivo.models import Subida
from stl_portal.sello import verificacion
from tests.archivo import tus
from tests.fallas.vidas import DE_CAPTURA, contenido_de, texto_de

Anuncio = list[str]  # verbo, cosa y dato


def revisar(anunciados: list[Anuncio], *, a_fondo: bool) -> Counter[str]:
    """Falla si algo no cuadra; cuenta lo que hubo que terminar o barrer.

    `a_fondo` comprueba además el registro y cada archivo, que tarda más conforme hay más: lo que quede mal
    hoy seguirá mal la próxima vez.
    """
    hallado = Counter[str]()
    _revisar_lo_guardado(anunciados)
    hallado["subidas reanudadas"] = _revisar_lo_subido(anunciados)
    hallado["huérfanos barridos"] = _barrer()
    _revisar_actas(anunciados)
    if a_fondo:
        fallas, _ = verificacion.verificar()
        assert not fallas, [str(falla) for falla in fallas]
        call_command("revisar_archivos", verbosity=0, stdout=_Nada())
    return hallado


def _ultimos(anunciados: list[Anuncio], verbo: str) -> dict[str, int]:
    """Lo último que se confirmó de cada cosa."""
    return {cosa: int(dato) for cual, cosa, dato in anunciados if cual == verbo}


def _revisar_lo_guardado(anunciados: list[Anuncio]) -> None:
    """Cada texto es el de su versión, completo, y no es anterior a la confirmada."""
    confirmadas = _ultimos(anunciados, "guardada")
    assert Punto.objects.filter(pk__in=confirmadas).count() == len(confirmadas)
    for punto in Punto.objects.filter(sesion__organo__clave__endswith=DE_CAPTURA):
        assert punto.desahogo == texto_de(punto.pk, punto.version), f"texto a medias en {punto.pk}"
        if (confirmada := confirmadas.get(str(punto.pk))) is not None:
            assert punto.version - confirmada in (0, 1), f"se perdió lo guardado de {punto.pk}"


def _revisar_lo_subido(anunciados: list[Anuncio]) -> int:
    """Lo confirmado está en disco; lo que quedó a medias se reanuda ahí y termina idéntico. Cuántas."""
    confirmadas = _ultimos(anunciados, "subida")
    for direccion, confirmado in confirmadas.items():
        subida = Subida.objects.get(clave=direccion.strip("/").split("/")[-1])
        assert subida.recibido >= confirmado, f"se perdió parte de {subida}"
        if confirmado == subida.tamano:
            assert subida.archivo is not None, f"{subida} se confirmó y no quedó"
    a_medias = list(Subida.objects.filter(archivo=None))
    for subida in a_medias:
        _terminar(subida)
    for subida in Subida.objects.select_related("archivo"):
        assert subida.archivo
        assert almacen.leer(subida.archivo) == contenido_de(subida.nombre)
    Subida.objects.all().delete()  # ya se revisaron: la siguiente vuelta no las lee otra vez
    return len(a_medias)


def _terminar(subida: Subida) -> None:
    """Quien la subía vuelve y manda lo que falta, desde donde el portal dice."""
    cliente = Client()
    cliente.force_login(get_user_model().objects.get(pk=subida.por_id))
    quien = tus.Quien(cliente, reverse("archivo:subida", args=(subida.clave,)), contenido_de(subida.nombre))
    va = quien.va()
    assert va >= subida.recibido
    respuesta = quien.enviar(va)
    assert respuesta.status_code == 204, respuesta.content


def _barrer() -> int:
    """Lo que barren las órdenes de siempre, dentro de dos semanas; después no sobra nada."""
    dentro = timezone.now() + dt.timedelta(days=15)
    sobraban = almacen.limpiar_pendientes(dentro) + len(sobrantes.sin_renglon())
    subidas.barrer(dentro)
    sobrantes.barrer(dentro)
    assert list((almacen.raiz() / almacen.PENDIENTES).glob("*")) == []
    assert list(subidas.carpeta().glob("*")) == []
    assert sobrantes.sin_renglon() == []
    sobrantes.barrer(dentro + sobrantes.GUARDA)
    assert sobrantes.apartados() == []
    return sobraban


class _Nada:
    """Una salida que nadie lee."""

    def write(self, _: str) -> None:
        """No la guarda."""


def _revisar_actas(anunciados: list[Anuncio]) -> None:
    """Cada acto anunciado tiene su fila, y cada acta, el estado que sus filas dicen."""
    hay = {
        "sellada": Sello.objects.values_list("codigo", flat=True),
        "firmada": Firma.objects.values_list("lugar__sello__codigo", flat=True),
        "publicada": Publicacion.objects.values_list("sello__codigo", flat=True),
    }
    cuenta = {verbo: Counter(filas) for verbo, filas in hay.items()}
    for (verbo, codigo), veces in Counter((a[0], a[1]) for a in anunciados if a[0] in hay).items():
        assert cuenta[verbo][codigo] >= veces, f"se perdió {verbo} de {codigo}"
    for acta in Acta.objects.prefetch_related("sello__lugares__firmas"):
        assert acta.estado == _debido(acta), f"{acta}: {acta.estado}"


def _debido(acta: Any) -> str:
    """El estado que las filas dicen que debe tener."""
    sello = getattr(acta, "sello", None)
    if sello is None:
        return "aprobada" if acta.aprobada_el else "borrador"
    if getattr(sello, "publicacion", None):
        return "publicada"
    return "firmada" if all(lugar.firmado for lugar in sello.lugares.all()) else "por_firmar"
