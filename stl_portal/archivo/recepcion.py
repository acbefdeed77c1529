"""Cómo llega un archivo al servidor: a un temporal que nunca crece más allá del máximo."""

import errno
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

SIN_ESPACIO = frozenset({errno.ENOSPC, errno.EDQUOT})


class ConTope(TemporaryFileUploadHandler):
    """Deja de escribir al pasar de `ARCHIVO_MAXIMO`, pero sigue contando para decir cuánto pesaba.

    Si el disco se llena, la petición no se cae: el archivo llega marcado `sin_espacio` y el campo
    lo dice; los demás campos del formulario se conservan.
    """

    sin_espacio = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Empieza otro archivo."""
        super().new_file(*args, **kwargs)
        self.sin_espacio = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Guarda el pedazo que empieza en el byte `start`, si todavía cabe."""
        if start > settings.ARCHIVO_MAXIMO or self.sin_espacio:
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            if error.errno not in SIN_ESPACIO:
                raise
            self.sin_espacio = True

    def file_complete(self, file_size: int) -> Any:
        """El archivo, con lo que de verdad pesaba."""
        subido: Any
        try:
            subido = super().file_complete(file_size)
        except OSError as error:
            if error.errno not in SIN_ESPACIO:
                raise
            subido, self.sin_espacio = self.file, True  # lo que faltaba por escribir tampoco cupo
        if subido is not None:
            subido.sin_espacio = self.sin_espacio
        return subido
