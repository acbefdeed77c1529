"""Los recursos que se traspasan, en orden de dependencia; el portal no conoce a las aplicaciones.

Cada una apunta los suyos desde `AppConfig.ready()`. El orden en que se exportan y se importan no es el de
apuntarse: cada recurso va después de aquellos a los que sus columnas se refieren.
"""

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .motor import Motor
    from .recurso import Recurso

RECURSOS: list["type[Recurso]"] = []
# Lo que no viaja y por qué: se dice en la pantalla y en la documentación.
NO_VIAJAN: dict[str, str] = {}
# Lo mismo, tabla por tabla: ninguna se queda fuera sin que alguien lo haya decidido.
SIN_RECURSO: dict[str, str] = {}
# Cuando ya llegó todo y antes de confirmar: cada función comprueba o anota lo de su aplicación; las frases
# que dé son razones por las que no entra nada.
AL_TERMINAR: list["Callable[[Motor], Iterable[str]]"] = []


def apuntar(*recursos: "type[Recurso]") -> None:
    """Agrega recursos; no los repite si `ready()` se llama dos veces."""
    for recurso in recursos:
        if recurso not in RECURSOS:
            RECURSOS.append(recurso)


def de_clave(clave: str) -> "type[Recurso] | None":
    """El que se llama así en la dirección y en el archivo."""
    return next((r for r in RECURSOS if r.clave == clave), None)


def de_modelo(modelo: Any) -> "type[Recurso]":
    """El que traspasa esa tabla. Lanza `ImproperlyConfigured` si ninguno: sin él no hay nombres."""
    for recurso in RECURSOS:
        if recurso.modelo is modelo:
            return recurso
    raise ImproperlyConfigured(
        f"Ningún recurso traspasa {modelo._meta.label}; apúntalo o excluye la columna."
    )


def en_orden() -> "list[type[Recurso]]":
    """Todos, cada uno después de aquellos a los que se refiere; a igualdad, como se apuntaron.

    Lanza `ImproperlyConfigured` si dos se refieren uno a otro: una de esas columnas debe ser tardía.
    """
    puesto = {recurso: n for n, recurso in enumerate(RECURSOS)}
    grafo = TopologicalSorter({recurso: recurso.depende_de() for recurso in RECURSOS})
    try:
        grafo.prepare()
    except CycleError as error:
        ciclo = " → ".join(r.clave for r in error.args[1])
        raise ImproperlyConfigured(f"Recursos que se esperan uno a otro: {ciclo}.") from error
    orden: list[type[Recurso]] = []
    while grafo.is_active():
        listos = sorted(grafo.get_ready(), key=puesto.__getitem__)
        orden.extend(listos)
        grafo.done(*listos)
    return orden
