"""Qué se anota en los registros de cada intento de entrar: lo que basta para reconstruir un ataque.

De la cuenta, su número; de la que se quiso abrir, una huella que solo este portal sabe hacer: sirve para ver
que se insiste en la misma, y no dice cuál. Ni correos, ni direcciones, ni lo que se escribió.
"""

import logging
from collections.abc import Mapping
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from stl_portal.auditoria import cadena

registro = logging.getLogger("stl_portal.seguridad")
# Con qué se identificó, como lo nombra allauth y como lo lee quien audita.
MEDIOS = {"password": "contraseña", "mfa": "segundo paso"}


def entro(request: HttpRequest, user: Any, **resto: Any) -> None:
    """Alguien entró, y con qué se identificó."""
    medios = [dicho["method"] for dicho in get_authentication_records(request, user)]
    anotar("entró", cuenta=user.pk, huella=huella(user.email), medios=medios)
    con = " y ".join(MEDIOS.get(medio, medio) for medio in medios)
    cadena.anotar("entrar", por=user, detalle=con and f"Con {con}", request=request)


def no_entro(credentials: Mapping[str, Any], **resto: Any) -> None:
    """La contraseña no era, o la cuenta no existe."""
    anotar("no entró", huella=huella(str(credentials.get("email") or credentials.get("username") or "")))


def salio(request: HttpRequest, user: Any, **resto: Any) -> None:
    """Cerró su sesión."""
    if user is not None:
        anotar("salió", cuenta=user.pk)
        cadena.anotar("salir", por=user, request=request)


def codigo_malo(user: Any) -> None:
    """Un código del segundo paso que no era, o que ya se había usado."""
    anotar("código rechazado", cuenta=user.pk)
    cadena.anotar("escribir un código que no era", por=user)


def de_la_entrada(sender: Any, user: Any, signal: Any, **resto: Any) -> None:
    """Cambió con qué se entra a la cuenta: contraseña, aplicación de códigos, llave o códigos sueltos."""
    medio = str(getattr(resto.get("authenticator"), "type", "contraseña"))
    anotar("cambió la entrada", cuenta=user.pk, medio=medio)
    cadena.anotar("cambiar con qué entra", por=user, detalle=medio, request=resto.get("request"))


def anotar(que: str, **datos: Any) -> None:
    """Un renglón, con el número de la petición que ya lleva cada uno."""
    registro.info(que, extra={"datos": datos})


def huella(correo: str) -> str:
    """La misma para el mismo correo; sin la clave del portal no se puede probar cuál era."""
    return salted_hmac("seguridad", correo.strip().lower(), algorithm="sha256").hexdigest()[:16]
