"""Preguntas en cualquier momento de su vida, hechas con los verbos del modelo."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from stl_portal.participacion import registro
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.preguntar import huella_del_texto
from stl_portal.participacion.registro import Firma, Objeto

CORREO = "vecina.secreta@prueba.example"
FIRMA = Firma("Dra. Celia Mora Díaz", "Rectora", "Universidad de Prueba")
_CUENTA = itertools.count(1)


def objeto_de(clase: str, clave: str) -> Objeto:
    """Aquello de que se pregunta; falla si no es público."""
    objeto = registro.buscar(clase, clave)
    assert objeto is not None, f"{clase}:{clave} no es público"
    return objeto


def crear_pregunta(objeto: Objeto, clase: str = "compromiso", **cambios: Any) -> Pregunta:
    """Recién recibida, sin confirmar."""
    n = next(_CUENTA)
    texto = cambios.pop("texto", f"¿Cuándo se termina la obra número {n}?")
    datos: dict[str, Any] = {
        "clase": clase,
        "clave": objeto.clave,
        "objeto": objeto.pk,
        "organo": objeto.organo,
        "texto": texto,
        "correo": CORREO,
        "llave": f"llave-{n}".ljust(43, "x"),
        "envio": f"envio-{n}",
        "huella": huella_del_texto(texto),
    }
    return Pregunta.objects.create(**datos | cambios)


def confirmada(objeto: Objeto, cuando: dt.datetime | None = None, **cambios: Any) -> Pregunta:
    """Por moderar."""
    cuando = cuando or timezone.now()
    pregunta = crear_pregunta(objeto, recibida_el=cuando, **cambios)
    pregunta.confirmar(cuando)
    return pregunta


def publicada(objeto: Objeto, por: Any = None, cuando: dt.datetime | None = None, **cambios: Any) -> Pregunta:
    """Publicada, sin responder."""
    pregunta = confirmada(objeto, cuando, **cambios)
    pregunta.publicar(por, cuando or timezone.now())
    return pregunta


def respondida(
    objeto: Objeto,
    cuando: dt.datetime | None = None,
    tardo: int = 0,
    texto: str = "Se terminó ayer.",
    **cambios: Any,
) -> Pregunta:
    """Respondida `tardo` días naturales después de publicarse."""
    cuando = cuando or timezone.now()
    pregunta = publicada(objeto, None, cuando, **cambios)
    pregunta.responder(None, texto, FIRMA, cuando + dt.timedelta(days=tardo))
    return pregunta
