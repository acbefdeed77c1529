"""El texto de un acta y su propuesta; lo ajeno se lee siempre en un proceso aparte, con límites."""

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath
from threading import BoundedSemaphore
from typing import Any

from django.core.exceptions import ValidationError

from stl_portal.archivo import inspeccion, testado
from stl_portal.archivo.veredicto import ArchivoRechazado

registro = logging.getLogger(__name__)
RAIZ = Path(__file__).resolve().parent.parent.parent
ESPERA = 20  # segundos de reloj; el hijo tiene además un tope de procesador
TERMINACIONES = (".pdf", ".docx", ".odt", ".txt")
DEMASIADO = "El texto no se pudo leer: tarda demasiado. Pega solo el acta, sin sus anexos."
SIN_TEXTO = (
    "El archivo no trae texto que se pueda copiar: parece escaneado. Reconoce sus letras (OCR) con otro "
    "programa y sube el resultado, o pega el texto."
)
_TURNOS = BoundedSemaphore(2)


def de_archivo(subido: Any) -> str:
    """El texto de un PDF, DOCX, ODT o TXT recién subido. Lanza `ValidationError` con su frase."""
    terminacion = PurePosixPath(subido.name or "").suffix.lower()
    if terminacion not in TERMINACIONES:
        raise ValidationError("Sube el acta en PDF con texto, Word (DOCX), LibreOffice (ODT) o texto (TXT).")
    with tempfile.NamedTemporaryFile(suffix=terminacion) as provisional:
        for pedazo in subido.chunks():
            provisional.write(pedazo)
        provisional.flush()
        try:
            texto = _texto(Path(provisional.name), subido.name, subido.content_type or "")
        except ArchivoRechazado as rechazo:
            raise ValidationError(rechazo.frase) from rechazo
    if not any(c.isalpha() for c in texto):
        raise ValidationError(SIN_TEXTO)
    return texto


def _texto(ruta: Path, nombre: str, declarado: str) -> str:
    veredicto = inspeccion.inspeccionar(ruta, nombre, declarado)
    if veredicto.tipo == "application/pdf":
        return "\n\n".join(testado.texto_en_columnas(ruta.read_bytes()))
    dicho: dict[str, str] = json.loads(inspeccion.transcripcion(ruta, veredicto.tipo))
    if "rechazo" in dicho:
        raise ArchivoRechazado(dicho["rechazo"])
    return dicho["texto"]


def proponer(texto: str) -> dict[str, Any]:
    """La propuesta de ese texto, lista para guardarse. Lanza `ValidationError` con su frase."""
    orden = [sys.executable, "-E", "-s", "-B", "-X", "utf8", "-m", "sesiones.historicas.lectura"]
    try:
        with _TURNOS:
            hijo = subprocess.run(  # noqa: S603  # orden fija; el texto va por la entrada
                orden,
                cwd=RAIZ,
                env={},
                input=texto.encode(),
                capture_output=True,
                timeout=ESPERA,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise ValidationError(DEMASIADO) from error
    if hijo.returncode:
        dicho = hijo.stderr[-2000:].decode(errors="replace")
        registro.warning("La lectura del acta terminó con %s: %s", hijo.returncode, dicho)
        raise ValidationError(DEMASIADO)
    respuesta = json.loads(hijo.stdout)
    if "rechazo" in respuesta:
        raise ValidationError(respuesta["rechazo"])
    propuesta: dict[str, Any] = respuesta["propuesta"]
    return propuesta
