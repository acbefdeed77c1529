"""Lo que se escribe en la forma donde se funda un secretariado, y lo que de ahí resulta."""

from typing import Any

from django.urls import reverse

from sesiones import models as m

LEON, SILAO = "11020", "11037"
ASIENTOS = (
    "institución | sector | función\n"
    "Ayuntamiento de León | poder público | presidencia\n"
    "Universidad de Prueba prueba | academia\n"
    "Colectivo Abierto | Sociedad Civil\n"
)


def direccion(organo: m.Organo) -> str:
    """De la forma, en ese órgano."""
    return reverse("organos:fundar", args=(organo.clave,))


def datos_de(**cambios: Any) -> dict[str, Any]:
    """Los de León, listos para crearlo."""
    datos = {
        "municipio": LEON,
        "modelo": "plantilla:secretariado-municipal",
        "facilita": "Facilita@leon.example",
        "facilita_nombre": "Flora Díaz",
        "asientos": ASIENTOS,
        "fundar": "si",
    }
    return datos | cambios


def fundado() -> m.Organo:
    """El de León, ya creado."""
    return m.Organo.objects.get(clave="stm-leon")


def errores_de(respuesta: Any) -> dict[str, list[str]]:
    """Los de la forma, por campo; exige que se haya rechazado."""
    assert respuesta.status_code == 422
    return dict(respuesta.context["forma"].errors)
