"""Publicar puntos de control: lo que el registro es hoy, firmado, para que otros lo guarden.

Sin copias fuera, quien administra la base podría reescribirla entera; con ellas, no sin que se note.
"""

import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import clave, merkle, nota
from .bitacora import anotar, esperar_turno, instante
from .models import Eslabon, PuntoDeControl

CLAVE_DECLARADA = "clave-del-registro"


class RegistroInconsistente(Exception):
    """El registro ya no contiene lo que se firmó antes: no se firma nada más."""


def publicar() -> PuntoDeControl:
    """Firma lo que hay; si nada creció desde el último punto, devuelve ese mismo.

    La clave con que se firma queda declarada en el propio registro. Lanza `RegistroInconsistente`
    antes que firmar algo que contradiga al punto anterior.
    """
    with transaction.atomic():
        esperar_turno()
        anterior = PuntoDeControl.objects.last()
        hojas = hashes()
        if anterior is not None:
            _exigir_continuidad(anterior, hojas)
        _declarar_clave()
        hojas = hashes()
        if anterior is not None and anterior.tamano == len(hojas):
            return anterior
        return _firmar(hojas, anterior)


def hashes(hasta: int | None = None) -> list[bytes]:
    """Las hojas del árbol, en orden; las primeras `hasta`, si se dice."""
    filas = Eslabon.objects.order_by("n").values_list("hash", flat=True)
    return [bytes.fromhex(h) for h in (filas if hasta is None else filas.filter(n__lte=hasta))]


def claves_declaradas() -> list[str]:
    """Las claves públicas que el registro dice haber usado, de la primera a la última."""
    contenidos = Eslabon.objects.filter(tipo=CLAVE_DECLARADA).values_list("payload", flat=True)
    return [json.loads(contenido)["datos"]["clave"] for contenido in contenidos]


def _exigir_continuidad(anterior: PuntoDeControl, hojas: Sequence[bytes]) -> None:
    """Lanza `RegistroInconsistente` si lo ya firmado cambió o se acortó."""
    try:
        firmada = nota.leer(anterior.texto)
    except ValueError as error:
        raise RegistroInconsistente("El último punto de control está dañado.") from error
    if not firmada.es_de(anterior.clave):
        raise RegistroInconsistente("La firma del último punto de control no es válida.")
    dicho = firmada.nota
    if len(hojas) < dicho.tamano or merkle.raiz(hojas[: dicho.tamano]).hex() != dicho.raiz:
        raise RegistroInconsistente(
            f"Los primeros {dicho.tamano} eslabones ya no son los que se firmaron: no se firma otro punto."
        )


def _declarar_clave() -> None:
    """Anota la clave vigente si no es la última declarada."""
    publica, declaradas = clave.publica(clave.privada()), claves_declaradas()
    if publica not in declaradas[-1:]:
        anotar(CLAVE_DECLARADA, {"clave": publica, "algoritmo": "Ed25519"})


def _firmar(hojas: Sequence[bytes], anterior: PuntoDeControl | None) -> PuntoDeControl:
    """El punto de control de todas las hojas, ya guardado. El origen no cambia nunca."""
    llave, ahora = clave.privada(), timezone.now()
    origen = anterior.origen if anterior else f"{urlsplit(settings.SITIO).netloc}/registro"
    dicho = nota.Nota(origen, len(hojas), merkle.raiz(hojas).hex(), instante(ahora))
    return PuntoDeControl.objects.create(
        tamano=dicho.tamano,
        origen=origen,
        raiz=dicho.raiz,
        clave=clave.publica(llave),
        texto=dicho.firmada(llave),
        creado_el=ahora,
    )
