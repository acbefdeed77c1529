"""Los registros que hay, en el orden en que se muestran en la página del órgano."""

from sesiones.views.registros import de_firma, de_integracion, de_reglas, de_trabajo
from sesiones.views.registros.declaracion import Registro

GRUPOS: tuple[tuple[str, tuple[Registro, ...]], ...] = (
    ("Quiénes lo integran", de_integracion.REGISTROS),
    ("Trabajo del órgano", de_trabajo.REGISTROS),
    ("Reglas y textos", (*de_reglas.REGISTROS, de_firma.AUTORIDADES)),
)

REGISTROS: dict[str, Registro] = {registro.clave: registro for _, grupo in GRUPOS for registro in grupo}
