"""Qué secretos debe traer el entorno en producción, y qué valores delatan que nadie los cambió.

Lo usa `settings.py` antes que nada: no importa a Django ni lee el entorno por su cuenta.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

# Con lo que el portal firma cuando nadie le da una clave; solo fuera de producción.
DE_DESARROLLO = "solo-para-desarrollo-no-usar-en-produccion-0123456789-abcdefghij"
LARGO_DE_CLAVE = 50
LARGO_DE_SEMILLA = 32
# Los de los ejemplos de las guías y los que se ponen «por mientras».
DE_MUESTRA = re.compile(r"…|\.\.\.|django-insecure|c[aá]mb[ií]a(me|r)|change-?me|por-?definir", re.IGNORECASE)
CONTRASENAS_DE_MUESTRA = {"clave", "contraseña", "password", "portal", "postgres", "secret", "secreto"}
# Si el primero está, el segundo también debe estar.
VAN_JUNTOS = {"SELLO_PKCS12": "SELLO_CLAVE", "EMAIL_HOST_USER": "EMAIL_HOST_PASSWORD"}
# El almacén S3 las lleva todas o no es S3.
DEL_ALMACEN = (
    *("ALMACEN_S3_CUBO", "ALMACEN_S3_URL", "ALMACEN_S3_REGION"),
    *("ALMACEN_S3_LLAVE", "ALMACEN_S3_SECRETO"),
)
DE_ESTA_MAQUINA = ("127.0.0.1", "::1", "localhost")


def objeciones(entorno: Mapping[str, str]) -> list[str]:
    """Una frase por cada secreto que falta o trae un valor de desarrollo, con el nombre de su variable."""
    return [
        *_de("SECRET_KEY", entorno, _debil),
        *_de("BITACORA_CLAVE", entorno, _no_es_semilla),
        *_de("DATABASE_URL", entorno, _contrasena_de_muestra),
        *_faltan_juntos(entorno),
        *(_de_s3(entorno) if con_s3(entorno) else ()),
    ]


def con_s3(entorno: Mapping[str, str]) -> bool:
    """Si el entorno nombra un almacén S3, aunque sea a medias."""
    return any(entorno.get(nombre) for nombre in DEL_ALMACEN)


def del_almacen(entorno: Mapping[str, str]) -> list[str]:
    """Una frase por cada variable que le falta al almacén S3."""
    return [f"falta {n}, que el almacén S3 necesita" for n in DEL_ALMACEN if not entorno.get(n)]


def _de_s3(entorno: Mapping[str, str]) -> Iterator[str]:
    """Lo que falta, lo que es de muestra y lo que viajaría sin cifrar."""
    yield from del_almacen(entorno)
    for nombre in ("ALMACEN_S3_LLAVE", "ALMACEN_S3_SECRETO"):
        if entorno.get(nombre):
            yield from _de(nombre, entorno, _de_ejemplo)
    servicio = urlsplit(entorno.get("ALMACEN_S3_URL") or "https:")
    if servicio.scheme != "https" and servicio.hostname not in DE_ESTA_MAQUINA:
        yield "ALMACEN_S3_URL debe empezar con https://: los archivos viajarían sin cifrar"


def _de_ejemplo(valor: str) -> str:
    """Las de los manuales de quienes hacen estos servicios."""
    de_muestra = valor.lower() in CONTRASENAS_DE_MUESTRA | {"minioadmin"} or "EXAMPLE" in valor
    return "trae un valor de ejemplo" if de_muestra else ""


def _de(nombre: str, entorno: Mapping[str, str], defecto: Callable[[str], str]) -> Iterator[str]:
    valor = entorno.get(nombre, "")
    if not valor:
        yield f"falta {nombre}"
    elif valor == DE_DESARROLLO or DE_MUESTRA.search(valor):
        yield f"{nombre} trae un valor de desarrollo o de ejemplo"
    elif queja := defecto(valor):
        yield f"{nombre} {queja}"


def _debil(valor: str) -> str:
    corta = f"mide {len(valor)} caracteres y debe medir {LARGO_DE_CLAVE} o más"
    return corta if len(valor) < LARGO_DE_CLAVE else ""


def _no_es_semilla(valor: str) -> str:
    try:
        largo = len(base64.b64decode(valor, validate=True))
    except (binascii.Error, ValueError):
        largo = 0
    queja = f"debe ser {LARGO_DE_SEMILLA} bytes en base64 (openssl rand -base64 {LARGO_DE_SEMILLA})"
    return "" if largo == LARGO_DE_SEMILLA else queja


def _contrasena_de_muestra(valor: str) -> str:
    """Sin contraseña se admite: PostgreSQL puede reconocer a la cuenta del sistema."""
    contrasena = unquote(urlsplit(valor).password or "").lower()
    return "trae una contraseña de ejemplo" if contrasena in CONTRASENAS_DE_MUESTRA else ""


def _faltan_juntos(entorno: Mapping[str, str]) -> Iterator[str]:
    for uno, otro in VAN_JUNTOS.items():
        if entorno.get(uno) and not entorno.get(otro):
            yield f"falta {otro}, que {uno} necesita"
