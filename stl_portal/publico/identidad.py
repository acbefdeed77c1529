"""Quién opera el portal: lo que firman el pie, los avisos de privacidad y la declaración de accesibilidad.

Sale del entorno y nada se supone: lo que falta se dice en la página y en `manage.py check --deploy`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.core.exceptions import ImproperlyConfigured

# Variable de entorno → qué dato es, como se le dice a quien lee el aviso incompleto.
DEL_AVISO = {
    "PORTAL_NOMBRE": "el nombre de quien es responsable de los datos",
    "PORTAL_DOMICILIO": "su domicilio",
    "PRIVACIDAD_FUNDAMENTO": "el fundamento legal del tratamiento",
    "PRIVACIDAD_UNIDAD": "la unidad que atiende los derechos ARCO",
    "PRIVACIDAD_CORREO": "el correo donde se ejercen",
    "PRIVACIDAD_ACTUALIZADO": "la fecha del aviso",
}


@dataclass(frozen=True)
class Identidad:
    """Los datos de quien opera el portal; los que no se han dado están vacíos."""

    nombre: str = ""
    lema: str = ""
    domicilio: str = ""
    correo: str = ""
    telefono: str = ""
    fundamento: str = ""
    unidad: str = ""
    correo_arco: str = ""
    aviso_del: dt.date | None = None
    accesible_al: dt.date | None = None  # cuándo se evaluó la accesibilidad por última vez
    dias_accesibilidad: int = 10  # hábiles, para responder a quien no pudo usar algo

    @property
    def falta(self) -> tuple[str, ...]:
        """Qué datos del aviso de privacidad no se han dado, para leerse."""
        return tuple(DEL_AVISO[variable] for variable in self.variables_que_faltan)

    @property
    def variables_que_faltan(self) -> tuple[str, ...]:
        """Con qué variables se darían."""
        dados = (
            self.nombre,
            self.domicilio,
            self.fundamento,
            self.unidad,
            self.correo_arco,
            self.aviso_del,
        )
        return tuple(variable for variable, dado in zip(DEL_AVISO, dados, strict=True) if not dado)


def del_entorno(env: Any) -> Identidad:
    """La lee `settings.py`. Lanza `ImproperlyConfigured` si una fecha no es AAAA-MM-DD."""
    return Identidad(
        nombre=env.str("PORTAL_NOMBRE", default=""),
        lema=env.str("PORTAL_LEMA", default=""),
        domicilio=env.str("PORTAL_DOMICILIO", default=""),
        correo=env.str("PORTAL_CORREO", default=""),
        telefono=env.str("PORTAL_TELEFONO", default=""),
        fundamento=env.str("PRIVACIDAD_FUNDAMENTO", default=""),
        unidad=env.str("PRIVACIDAD_UNIDAD", default=""),
        correo_arco=env.str("PRIVACIDAD_CORREO", default=""),
        aviso_del=_fecha(env, "PRIVACIDAD_ACTUALIZADO"),
        accesible_al=_fecha(env, "ACCESIBILIDAD_EVALUADA"),
        dias_accesibilidad=env.int("ACCESIBILIDAD_DIAS", default=10),
    )


def _fecha(env: Any, variable: str) -> dt.date | None:
    texto = env.str(variable, default="")
    try:
        return dt.date.fromisoformat(texto) if texto else None
    except ValueError:
        raise ImproperlyConfigured(f"{variable} debe ser una fecha AAAA-MM-DD, no «{texto}».") from None


def revisar(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """`check --deploy`: un portal en servicio dice quién responde por los datos."""
    faltan = settings.IDENTIDAD.variables_que_faltan
    if not faltan:
        return []
    pista = f"Da en el entorno: {', '.join(faltan)}."
    return [Warning("El aviso de privacidad está incompleto.", hint=pista, id="portal.W003")]
