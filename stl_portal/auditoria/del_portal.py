"""Lo que consta del portal mismo: los actos, los cambios hechos en los registros, los textos y lo demás."""

from typing import Any

from django.contrib.admin.models import LogEntry

from stl_portal.informe_anual.models import CambioInformeAnual
from stl_portal.participacion.models import CambioPregunta
from stl_portal.textos.models import CambioDeTexto
from stl_portal.traspaso.models import CambioImportacion

from .models import Acto
from .registro import FUENTES, Fuente, Hecho, de_clave, de_historia, de_numero, del_portal

HECHO_AHI = {1: "agregar", 2: "cambiar", 3: "borrar"}  # los de `LogEntry.action_flag`


def registrar() -> None:
    """Las apunta; se llama al arrancar."""
    FUENTES.update(
        {
            "acto": Fuente(
                "Entradas y cambios en los registros", Acto, de_clave("organo"), _del_acto, por="cuenta"
            ),
            "administracion": Fuente(
                "Administración del portal",
                LogEntry,
                del_portal(),
                _de_la_administracion,
                cuando="action_time",
                por="user_id",
                con=("content_type",),
            ),
            "texto": Fuente(
                "Textos del portal", CambioDeTexto, de_clave("texto__ambito"), _del_texto, con=("texto",)
            ),
            "pregunta": de_historia("Preguntas", CambioPregunta, de_numero("objeto__organo")),
            "informe-anual": de_historia(
                "Informes anuales", CambioInformeAnual, de_clave("objeto__clave_del_organo")
            ),
            "importacion": de_historia("Importaciones", CambioImportacion, del_portal()),
        }
    )


def _del_acto(fila: Any) -> Hecho:
    direccion = fila.direccion or ""
    return Hecho(fila.que, fila.sobre, detalle=fila.detalle, direccion=direccion, quien=fila.quien)


def _de_la_administracion(fila: Any) -> Hecho:
    que = f"{HECHO_AHI[fila.action_flag]} {fila.content_type.name}"
    return Hecho(que, fila.object_repr, detalle=fila.get_change_message())


def _del_texto(fila: Any) -> Hecho:
    que = "volver al texto de fábrica" if fila.de_fabrica else "cambiar el texto"
    return Hecho(que, str(fila.texto), detalle=fila.escrito)
