"""Lo que comparten las pruebas de verificar: leer la página, soltar un archivo y un acta publicada."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sesiones import models as m
from sesiones import publicar
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import sellada


def texto(respuesta: Any) -> str:
    """La página sin etiquetas, con los espacios juntos."""
    return " ".join(re.sub(r"<[^>]+>", " ", respuesta.content.decode()).split())


def suelta(contenido: bytes, nombre: str = "acta.pdf") -> dict[str, SimpleUploadedFile]:
    """Lo que envía la forma."""
    return {"pdf": SimpleUploadedFile(nombre, contenido, content_type="application/pdf")}


def publicada_sin_firmas(reparto: Reparto) -> m.Sello:
    """Sellada y publicada sin esperar firmas, que es lo que más tarda."""
    sello = sellada(reparto)
    m.Regla.objects.update(publica_sin_firmas=True)
    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    return m.Sello.objects.get(pk=sello.pk)
