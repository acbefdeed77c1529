"""Si quien pide puede abrir lo comprimido."""

import re

_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


def admite_gzip(aceptado: str) -> bool:
    """Según su cabecera `Accept-Encoding`; con `q=0` dice que no (RFC 9110, 12.5.3)."""
    return _GZIP.search(aceptado) is not None
