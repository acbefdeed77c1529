"""El acta como un solo documento de datos: lo que se sella, se firma y se comprueba dentro de veinte años.

Lleva los bloques tal como se leen (con ellos se vuelve a dibujar la página sin consultar ninguna otra
fila) y los hechos campo por campo (con ellos otros programas la leen). Se escribe según RFC 8785; su
SHA-256 es la huella del acta y de la huella sale el código que se imprime.
"""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from sesiones.acta import datos
from sesiones.acta.bloques import Bloque, Renglon
from sesiones.acta.edicion import Borrador
from sesiones.acta.piezas import Hechos
from sesiones.models import Acta
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.models import PuntoDeControl

ESQUEMA = "acta/1"


@dataclass(frozen=True)
class Documento:
    """Los bytes canónicos y lo que de ellos se deriva."""

    canonico: bytes
    huella: str

    @property
    def codigo(self) -> str:
        """Dieciséis letras y números en grupos de cuatro, de los primeros 80 bits de la huella."""
        return codigo_de(self.huella)


def codigo_de(huella: str) -> str:
    """«ABCD-EFGH-IJKL-MNOP»: base 32 sin ceros ni unos, que se confunden con letras al leerlos en papel."""
    letras = base64.b32encode(bytes.fromhex(huella)[:10]).decode()
    return "-".join(letras[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True)
class AlSellar:
    """Lo que se decide una sola vez al sellar, para componer el acta y para comprobar que no cambió.

    La `sal` es azar que solo lleva el original: sin ella, con la versión pública y la huella bastaría
    probar números de teléfono hasta dar con el que se testó.
    """

    sal: str = ""
    punto: PuntoDeControl | None = None

    @classmethod
    def ahora(cls) -> "AlSellar":
        """Una sal nueva y el último punto de control, si lo hay."""
        return cls(secrets.token_hex(16), PuntoDeControl.objects.last())


SIN_SELLAR = AlSellar()


def documento_de(acta: Acta, borrador: Borrador, fijo: AlSellar = SIN_SELLAR) -> Documento:
    """El documento que se sellaría en este momento."""
    contenido = json.loads(json.dumps(contenido_de(acta, borrador, fijo), cls=DjangoJSONEncoder))
    escrito = canonico(contenido)
    return Documento(escrito, huella(escrito))


def contenido_de(acta: Acta, borrador: Borrador, fijo: AlSellar = SIN_SELLAR) -> dict[str, Any]:
    """Todo lo que el acta dice, sin nada que dependa de dónde o cuándo se consulte."""
    h, sesion = borrador.hechos, borrador.sesion
    return {
        "esquema": ESQUEMA,
        "identificador": f"{sesion.organo.clave}/{sesion.clave}/{acta.version}",
        "titulo": titulo_de(h),
        "ficticio": h.ficticio,
        "version": acta.version,
        "sustituye": _sustituye(acta),
        "aprobacion": _aprobacion(acta, h),
        "estilo": borrador.estilo,
        "renglones": sesion.renglones,
        "sesion": datos.del_acta(h, borrador.bloques),
        "bloques": [_llano(bloque) for bloque in borrador.bloques],
        "anexos": _anexos(acta),
        "punto_de_control": _punto(fijo.punto),
        "sal": fijo.sal,
        "firmantes": [_firmante(lugar, f) for lugar, f in enumerate(h.firmas, start=1)],
    }


def _punto(punto: PuntoDeControl | None) -> dict[str, Any] | None:
    """El registro público como era al sellar: impreso en papel, nadie puede reescribirlo sin que se note."""
    return {"origen": punto.origen, "tamano": punto.tamano, "raiz": punto.raiz} if punto else None


def titulo_de(h: Hechos) -> str:
    """«Acta de la XVIII Sesión Ordinaria»."""
    return f"Acta de la {h.designacion}"


def _firmante(lugar: int, firma: Any) -> dict[str, str]:
    """Un renglón de la hoja de firmas y el nombre de su espacio en el PDF."""
    return {
        "espacio": espacio(lugar),
        "nombre": firma.nombre,
        "cargo": firma.cargo,
        "institucion": firma.institucion,
    }


def espacio(lugar: int) -> str:
    """Nombre del espacio de firma de ese renglón en el PDF."""
    return f"firma-{lugar}"


def _sustituye(acta: Acta) -> dict[str, str] | None:
    """La versión que esta fe de erratas corrige y por qué."""
    if acta.version == 1:
        return None
    anterior = acta.sesion.actas.select_related("sello").get(version=acta.version - 1)
    return {"huella": anterior.sello.huella, "codigo": anterior.sello.codigo, "motivo": acta.motivo}


def _aprobacion(acta: Acta, h: Hechos) -> dict[str, Any]:
    """Por qué vía, qué día y en qué sesión se aprobó."""
    return {
        "via": acta.via,
        "fecha": acta.aprobada_el,
        "sesion": h.aprobada.designacion if h.aprobada else "",
    }


def _anexos(acta: Acta) -> list[dict[str, Any]]:
    """Cada anexo con la huella de su archivo: cambiarlo después se nota."""
    filas = acta.sesion.anexos.select_related("archivo").order_by("pk")
    return [
        {
            "titulo": a.titulo,
            "sha256": a.archivo.huella,
            "nombre": a.archivo.nombre,
            "bytes": a.archivo.tamano,
        }
        for a in filas
        if a.archivo
    ]


def _llano(bloque: Bloque) -> dict[str, Any]:
    """El bloque como datos, sin lo que viene vacío ni lo que solo sirve para editar."""
    return {k: v for k, v in asdict(bloque).items() if v and k != "paso"}


def bloques_de(contenido: dict[str, Any]) -> list[Bloque]:
    """Los bloques de un documento sellado, para volver a dibujarlo igual."""
    return [_bloque(dict(fila)) for fila in contenido["bloques"]]


def _bloque(fila: dict[str, Any]) -> Bloque:
    fila["filas"] = tuple(tuple(celdas) for celdas in fila.get("filas", ()))
    fila["renglones"] = tuple(_renglon(dict(r)) for r in fila.get("renglones", ()))
    return Bloque(**fila)


def _renglon(fila: dict[str, Any]) -> Renglon:
    fila["dentro"] = tuple(_renglon(dict(r)) for r in fila.get("dentro", ()))
    return Renglon(**fila)
