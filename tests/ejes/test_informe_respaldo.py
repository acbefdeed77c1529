"""El título de las evidencias del informe dice lo que hay: archivos con su huella, direcciones o ambas."""

import pytest
from django.template.loader import render_to_string

from ejes.avance import Base, Formula, Trato, Umbrales
from ejes.cortes.cuadro import Citada, Cuadro, Metodo, Renglon

METODO = Metodo(Formula.MEDIA, Trato.CERO, Base.EJES, Umbrales())
PRUEBA = Citada(7, "Lista de asistencia", "a" * 64, archivo="lista.pdf")
LIGA = "https://ejemplo.mx/"


@pytest.mark.parametrize(
    ("evidencias", "ligas", "titulo"),
    [
        ((PRUEBA,), (), "<caption>Evidencias con su huella SHA-256</caption>"),
        ((PRUEBA,), (LIGA,), "<caption>Evidencias con su huella SHA-256 y direcciones citadas</caption>"),
        ((), (LIGA,), "<caption>Direcciones citadas; no hay archivos</caption>"),
        ((), (), "Ningún avance cita evidencias ni direcciones."),
    ],
)
def test_el_titulo_dice_lo_que_hay(
    evidencias: tuple[Citada, ...], ligas: tuple[str, ...], titulo: str
) -> None:
    eje = Renglon("1", "Eje", METODO, evidencias=evidencias, ligas=ligas)
    cuadro = Cuadro({"clave": "prueba"}, {}, Renglon("", "Plan", METODO, partes=(eje,)))
    hoja = render_to_string("documentos/ejes/_respaldo.html", {"cuadro": cuadro, "sitio": ""})
    assert titulo in hoja
    assert ("sitios de otras instituciones" in hoja) is bool(ligas)
