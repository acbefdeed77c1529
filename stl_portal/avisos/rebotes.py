"""Lo que contestan los servidores cuando no entregan un correo (RFC 3464), y qué se hace con ello.

Un fallo permanente de la dirección (RFC 3463: clase 5) la marca: no se le escribe hasta que alguien levante
la marca. Uno temporal solo se cuenta. También los de clase 5 que no hablan de la dirección, sino del buzón
lleno, del mensaje o de una regla contra el correo no deseado: la dirección sigue siendo buena.

Cualquiera puede escribir un aviso de rebote falso: solo marca el que trae la ficha del mensaje que se mandó a
esa dirección (`ficha`), que nadie más conoce. El que no devuelve el mensaje se anota sin marcar, si a esa
dirección se le escribió; el que trae otra ficha no se cree.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from . import destino, envio, mensajes
from .mensaje import Mensaje
from .models import Aviso, EstadoAviso, Rebote

NO_ES_LA_DIRECCION = ("5.2.2", "5.2.3", "5.3.4", "5.6.", "5.7.")
CODIGO = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
DEL_PORTAL = re.compile(r"<aviso-(\d{1,18})(?:-([0-9a-f]{32}))?@([^>\s]+)>")


@dataclass(frozen=True)
class Fallo:
    """Una dirección a la que no se entregó, según su servidor."""

    correo: str
    codigo: str
    dicho: str
    de_que: int | None  # clave del aviso que no llegó, si lo dice
    ficha: str  # la que trae su Message-ID; vacía, ninguna
    huella: str  # la misma cada vez que se lee el mismo aviso de rebote

    @property
    def permanente(self) -> bool:
        """Si dice que la dirección no sirve."""
        return self.codigo.startswith("5.") and not self.codigo.startswith(NO_ES_LA_DIRECCION)


@dataclass(frozen=True)
class Atiende:
    """Alguien a quien se le dice que el correo de otra persona rebota."""

    correo: str
    nombre: str
    de_quien: str = ""  # de quién es la dirección, si se sabe


# Cada función dice a quién avisar de que una dirección rebota. Se apuntan con
# `stl_portal.publico.registro.apuntar`.
QUIENES_ATIENDEN: list[Callable[[str], Iterable[Atiende]]] = []


def leer(crudo: bytes) -> list[Fallo]:
    """Los fallos que cuenta un aviso de rebote; vacía si no lo es o si solo dice que sí se entregó.

    Con las reglas de siempre de `email`: las nuevas fallan al leer algunas cabeceras mal escritas.
    """
    mensaje = message_from_bytes(crudo)
    if mensaje.get_content_type() != "multipart/report":
        return []
    partes = list(mensaje.walk())
    informe = next((p for p in partes if p.get_content_type() == "message/delivery-status"), None)
    bloques = informe.get_payload() if informe is not None else None
    if not isinstance(bloques, list):
        return []
    del_aviso = _de_que_habla(partes)
    identidad = mensaje.get("Message-ID") or hashlib.sha256(mensaje.as_bytes()).hexdigest()
    return [f for b in bloques if isinstance(b, Message) and (f := _fallo(b, del_aviso, str(identidad)))]


def _fallo(bloque: Message, del_aviso: tuple[int | None, str], identidad: str) -> Fallo | None:
    """El de una persona destinataria; None si no falló o no dice a quién."""
    correo = _direccion(bloque.get("Original-Recipient") or "") or _direccion(
        bloque.get("Final-Recipient") or ""
    )
    accion = str(bloque.get("Action", "")).strip().lower()
    if not correo or accion not in ("failed", "delayed"):
        return None
    dicho = " ".join(str(bloque.get("Diagnostic-Code", "")).partition(";")[2].replace("\0", " ").split())[
        :500
    ]
    hallado = CODIGO.search(str(bloque.get("Status", ""))) or CODIGO.search(dicho)
    codigo = hallado[1] if hallado else "5.0.0" if accion == "failed" else "4.0.0"
    if accion == "delayed" and not codigo.startswith("4."):
        codigo = "4.0.0"
    huella = hashlib.sha256(f"{identidad}\n{correo}\n{codigo}".encode()).hexdigest()
    return Fallo(correo, codigo, dicho, *del_aviso, huella)


def _direccion(campo: str) -> str:
    """«rfc822; Ana@x.example» → «ana@x.example»."""
    _, _, direccion = str(campo).partition(";")
    direccion = direccion.strip().strip("<>").lower()
    return direccion if "@" in direccion and len(direccion) <= 254 and "\0" not in direccion else ""


def _de_que_habla(partes: Iterable[Message]) -> tuple[int | None, str]:
    """El aviso cuyo Message-ID viene en el mensaje devuelto o en sus cabeceras, y su ficha."""
    for parte in partes:
        clase = parte.get_content_type()
        devuelto = str(parte.get_payload()) if clase == "text/rfc822-headers" else ""
        if clase == "message/rfc822" and isinstance(parte.get_payload(), list):
            devuelto = f"Message-ID: {parte.get_payload(0).get('Message-ID', '')}"  # type: ignore[union-attr]
        hallado = DEL_PORTAL.search(devuelto)
        if hallado and hallado[3].lower() == envio.dominio().lower():
            return int(hallado[1]), hallado[2] or ""
    return None, ""


def anotar(fallos: Iterable[Fallo]) -> list[Rebote]:
    """Guarda los que se creen y no estaban ya; de los permanentes nuevos, avisa a quien le toca.

    Devuelve los que guardó.
    """
    return [rebote for fallo in fallos if (rebote := _anotar(fallo)) is not None]


def _anotar(fallo: Fallo) -> Rebote | None:
    aviso = _aviso_de(fallo)
    if aviso is None:
        return None
    marca = fallo.permanente and fallo.de_que is not None
    with transaction.atomic():
        ya_marcada = destino.rebota(fallo.correo)
        rebote, nuevo = Rebote.objects.get_or_create(
            huella=fallo.huella,
            defaults={
                "correo": fallo.correo,
                "permanente": marca,
                "codigo": fallo.codigo,
                "dicho": fallo.dicho,
                "aviso": aviso,
            },
        )
        if not nuevo:
            return None
        if marca:
            Aviso.objects.filter(pk=aviso.pk, estado=EstadoAviso.ENVIADO).update(
                estado=EstadoAviso.REBOTA, error=f"Rebotó ({fallo.codigo}): {fallo.dicho}"[:1000]
            )
        if marca and not ya_marcada:
            envio.encolar(mensajes.REBOTE, f"rebote:{rebote.pk}", _avisos_de(rebote))
    return rebote


def _aviso_de(fallo: Fallo) -> Aviso | None:
    """El correo que no llegó: el que dice o, si no dice, el último que se mandó ahí. None, no se le cree."""
    mandados = Aviso.objects.filter(para=fallo.correo, enviado_el__isnull=False)
    if fallo.de_que is None:
        return mandados.order_by("-pk").first()
    aviso = mandados.filter(pk=fallo.de_que).first()
    return aviso if aviso and constant_time_compare(envio.ficha(aviso), fallo.ficha) else None


def _avisos_de(rebote: Rebote) -> Iterator[Mensaje]:
    """A quienes atienden a esa persona; si nadie, a quienes administran el portal."""
    atienden = [uno for fuente in QUIENES_ATIENDEN for uno in fuente(rebote.correo)]
    for uno in atienden or _administran():
        if uno.correo.lower() != rebote.correo:
            contexto = {"nombre": uno.nombre, "de_quien": uno.de_quien, "correo": rebote.correo}
            cuerpo = mensajes.REBOTE.texto(contexto | {"codigo": rebote.codigo, "dicho": rebote.dicho})
            yield Mensaje(uno.correo, mensajes.REBOTE.titulo(correo=rebote.correo), cuerpo, uno.nombre)


def _administran() -> list[Atiende]:
    cuentas = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    return [Atiende(cuenta.email, str(cuenta)) for cuenta in cuentas.order_by("pk")]


def levantar(correo: str, por: Any) -> int:
    """Vuelve a escribirse a esa dirección desde ahora. Devuelve cuántas marcas se levantaron."""
    marcas = Rebote.objects.marcan().filter(correo=correo.lower())
    return marcas.update(levantado_el=timezone.now(), levantado_por=por)
