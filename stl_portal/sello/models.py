"""El registro público: eslabones encadenados y puntos de control firmados. Nada de esto se corrige."""

import hashlib
from typing import ClassVar

from django.conf import settings
from django.db import models

from stl_portal.guardas import Sellada

PRIMERO = "0" * 64  # lo que el primer eslabón dice del anterior


def hash_de_eslabon(prev: str, payload_sha256: str) -> str:
    """SHA-256 de 0x02, el hash anterior y la huella del contenido, estos en 32 bytes cada uno."""
    return hashlib.sha256(b"\x02" + bytes.fromhex(prev) + bytes.fromhex(payload_sha256)).hexdigest()


# Un eslabón solo entra si sigue al último y si sus huellas son las de su contenido.
_TRAS_EL_ULTIMO = """
    NEW.n {distinto} (SELECT coalesce(max(n), 0) + 1 FROM sello_eslabon)
    OR NEW.prev {distinto} coalesce((SELECT hash FROM sello_eslabon ORDER BY n DESC LIMIT 1), '{primero}')
"""
ALTA_DE_ESLABON = {
    "sqlite": _TRAS_EL_ULTIMO.format(distinto="IS NOT", primero=PRIMERO)
    + """OR NEW.payload_sha256 IS NOT sha256(NEW.payload)
    OR NEW.hash IS NOT hash_de_eslabon(NEW.prev, NEW.payload_sha256)""",
    "postgresql": _TRAS_EL_ULTIMO.format(distinto="IS DISTINCT FROM", primero=PRIMERO)
    + """OR NEW.payload_sha256 IS DISTINCT FROM encode(sha256(convert_to(NEW.payload, 'UTF8')), 'hex')
    OR NEW.hash IS DISTINCT FROM encode(
        sha256('\\x02'::bytea || decode(NEW.prev, 'hex') || decode(NEW.payload_sha256, 'hex')), 'hex')""",
}
_CRECE = "NEW.tamano <= (SELECT coalesce(max(tamano), 0) FROM sello_puntodecontrol)"

# Los tipos se escriben sin acentos; al leerse, los llevan.
CON_ACENTO = {"version": "versión", "publica": "pública"}
# Los que, leídos palabra por palabra, no dicen qué pasó.
DICHOS = {"acta-firma-negada": "Se negó a firmar"}


class Eslabon(models.Model):
    """Un acto que consta para siempre: qué, de qué objeto, cuándo y con qué datos.

    Todo está dentro de `payload` (JSON canónico, guardado tal cual) y de ahí lo cubre `hash`; `tipo`,
    `objeto` y `creado_el` se repiten en columnas solo para buscarlos.
    """

    SELLADA: ClassVar[Sellada] = Sellada("el registro solo crece, eslabón tras eslabón", alta=ALTA_DE_ESLABON)

    pagina = ""  # dónde se lee lo que nombra; la pone quien lo muestra
    se_llama = ""  # lo que nombra, como se lee; también

    n = models.PositiveBigIntegerField("número", primary_key=True)
    prev = models.CharField("hash del anterior", max_length=64)
    tipo = models.CharField(max_length=40)
    objeto = models.CharField(max_length=120, blank=True, db_index=True)
    payload = models.TextField("contenido")
    payload_sha256 = models.CharField("huella del contenido", max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    creado_el = models.DateTimeField()

    class Meta:
        ordering = ("n",)
        verbose_name = "eslabón"
        verbose_name_plural = "eslabones"

    def __str__(self) -> str:
        return f"{self.n} · {self.tipo}"

    @property
    def nombre(self) -> str:
        """Qué pasó, para leerse: «acta-sellada» → «Acta sellada»."""
        return (
            DICHOS.get(self.tipo) or " ".join(CON_ACENTO.get(p, p) for p in self.tipo.split("-")).capitalize()
        )

    @property
    def de_que(self) -> str:
        """De qué objeto, para leerse: «acta:12» → «Acta 12»."""
        return self.objeto[:1].upper() + self.objeto[1:].replace(":", " ", 1)

    @property
    def numero(self) -> str:
        """Su número, como texto."""
        return str(self.n)


class PuntoDeControl(models.Model):
    """Lo que el registro era cuando medía `tamano`: su raíz de Merkle, firmada (forma C2SP).

    `texto` es lo que se publica y se guarda fuera; las demás columnas lo repiten para buscarlo.
    """

    SELLADA: ClassVar[Sellada] = Sellada(
        "un punto de control no se cambia", alta={"sqlite": _CRECE, "postgresql": _CRECE}
    )

    tamano = models.PositiveBigIntegerField("tamaño del registro", primary_key=True)
    origen = models.CharField(max_length=200)
    raiz = models.CharField("raíz de Merkle", max_length=64)
    clave = models.CharField("clave pública que lo firma", max_length=64)
    texto = models.TextField("punto de control firmado")
    creado_el = models.DateTimeField()

    class Meta:
        ordering = ("tamano",)
        verbose_name = "punto de control"
        verbose_name_plural = "puntos de control"

    def __str__(self) -> str:
        return f"{self.tamano} · {self.raiz[:12]}"


class Publicado(models.Model):
    """Algo tal como se publicó. `documento` son los bytes canónicos (RFC 8785) y nunca se rehacen.

    De qué se publicó lo dice quien hereda, y también su PDF si se imprime.
    """

    SELLADA = Sellada()

    documento = models.BinaryField("JSON canónico")
    huella = models.CharField("huella SHA-256", max_length=64, unique=True)
    publicado_el = models.DateTimeField()
    publicado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")

    class Meta:
        abstract = True
        ordering = ("pk",)

    @property
    def se_cargo(self) -> bool:
        """Si lo trajo una carga de documentos anteriores al portal: ninguna cuenta lo publicó."""
        return self.publicado_por_id is None

    @property
    def como_llego(self) -> str:
        """«Cargado» o «Publicado»: de cuándo es el documento lo dice él mismo."""
        return "Cargado" if self.se_cargo else "Publicado"
