"""Con quién habla el portal en otra máquina, y qué pide para que nadie en medio lea ni se haga pasar por él.

Lo usa `settings.py` antes que nada, como a `secretos`: no importa a Django ni lee el entorno por su cuenta.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

DE_ESTA_MAQUINA = {"", "127.0.0.1", "::1", "localhost"}
VERDADERO = {"1", "true", "yes", "on", "y", "ok"}  # los que entiende django-environ
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def objeciones(entorno: Mapping[str, str]) -> list[str]:
    """Una frase por cada conexión que saldría de esta máquina sin cifrar, con el nombre de su variable."""
    return [*_de_la_base(entorno), *_del_correo(entorno), *_de_la_cache(entorno)]


def _de_la_base(entorno: Mapping[str, str]) -> Iterator[str]:
    """Sin `verify-full`, libpq cifra si puede y no mira con quién."""
    direccion = urlsplit(entorno.get("DATABASE_URL", ""))
    modo = parse_qs(direccion.query).get("sslmode", [""])[0]
    if _es_de_fuera(direccion.hostname) and modo != "verify-full":
        yield "DATABASE_URL va a otra máquina y debe terminar con ?sslmode=verify-full"


def _del_correo(entorno: Mapping[str, str]) -> Iterator[str]:
    """Con cualquiera de las dos, Django comprueba también el certificado del servidor."""
    de_fuera = entorno.get("EMAIL_BACKEND", SMTP) == SMTP and _es_de_fuera(entorno.get("EMAIL_HOST", ""))
    cifrado = any(entorno.get(v, "").lower() in VERDADERO for v in ("EMAIL_USE_TLS", "EMAIL_USE_SSL"))
    if de_fuera and not cifrado:
        yield "EMAIL_HOST es otra máquina y falta EMAIL_USE_TLS=1 (o EMAIL_USE_SSL=1, si usa el puerto 465)"


def _de_la_cache(entorno: Mapping[str, str]) -> Iterator[str]:
    """Una caché en la base o en memoria no sale de aquí."""
    direccion = urlsplit(entorno.get("CACHE_URL", ""))
    en_claro = direccion.scheme.startswith("redis") and direccion.scheme != "rediss"
    if en_claro and _es_de_fuera(direccion.hostname):
        yield "CACHE_URL va a otra máquina y debe empezar con rediss://"


def _es_de_fuera(maquina: str | None) -> bool:
    """Ni esta máquina ni un socket, que se escribe como una ruta."""
    dicha = unquote(maquina or "").lower()
    return dicha not in DE_ESTA_MAQUINA and not dicha.startswith("/")
