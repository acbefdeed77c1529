"""Cuánto dura una entrada: un tope desde que se entró y, a quien tiene poder, otro sin actividad.

Las dos marcas van dentro de la sesión: saber si venció no cuesta una consulta. La inactividad se apunta a lo
más una vez por minuto y lo que el navegador pregunta solo (`latido`) no cuenta. El tope no lo mueve nada: si
la marca resultó del futuro, porque corrigieron el reloj, corre desde que se nota.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponseBase

CLAVE = "limites"
CADA = 60  # segundos entre una marca de actividad y la siguiente
TOPE = "Tu sesión cumplió {} horas, que es lo más que dura: entra otra vez. Lo guardado sigue guardado."
INACTIVIDAD = "Tu sesión se cerró tras {} minutos sin actividad. Entra otra vez: lo guardado sigue guardado."

Vista = Callable[..., HttpResponseBase]


def empezar(sesion: SessionBase, *, corta: bool) -> None:
    """Se acaba de entrar; `corta` si además vence por inactividad."""
    ahora = time.time()
    sesion[CLAVE] = {"entro": ahora, "visto": ahora, "corta": corta}


def motivo_de_cierre(datos: Mapping[str, Any]) -> str:
    """Por qué ya no vale la sesión con esos datos; vacío si vale o no es de nadie que haya entrado."""
    marcas, ahora = datos.get(CLAVE), time.time()
    if not marcas:
        return ""
    if ahora - marcas["entro"] >= settings.SESION_TOPE_HORAS * 3600:
        return TOPE.format(settings.SESION_TOPE_HORAS)
    if marcas["corta"] and ahora - marcas["visto"] >= settings.SESION_INACTIVIDAD_MINUTOS * 60:
        return INACTIVIDAD.format(settings.SESION_INACTIVIDAD_MINUTOS)
    return ""


def toca_marcar(sesion: SessionBase) -> bool:
    """Si hay una entrada y su última marca ya tiene más de un minuto."""
    marcas: Any = sesion.get(CLAVE)
    return bool(marcas) and abs(time.time() - marcas["visto"]) >= CADA


def marcar(sesion: SessionBase, *, corta: bool) -> None:
    """Apunta que la persona sigue aquí; `corta` se pregunta otra vez porque los roles cambian."""
    marcas, ahora = sesion[CLAVE], time.time()
    sesion[CLAVE] = {"entro": min(marcas["entro"], ahora), "visto": ahora, "corta": corta}


def latido(vista: Vista) -> Vista:
    """Decorador: esa dirección la pide el navegador solo, sin que la persona haga nada."""
    vista.es_latido = True  # type: ignore[attr-defined]
    return vista


def es_latido(vista: Any) -> bool:
    """Si esa vista se marcó como latido."""
    return getattr(vista, "es_latido", False)
