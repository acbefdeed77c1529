"""Una página que no existe se contesta igual en todas las listas, públicas y de trabajo."""

import pytest
from django.test import Client, RequestFactory

from stl_portal.paginacion import NoHayPagina, PaginaMalEscrita, pagina_pedida
from tests.personas import Reparto

LISTAS = (
    "/sesiones/",
    "/sesiones/prueba/",
    "/acuerdos/",
    "/convocatorias/",
    "/integrantes/",
    "/preguntas/",
    "/registro/",
    "/buscar/",
    "/datos/acuerdos/versiones/",
    "/municipios/informes/",
    "/municipios/capacitaciones/",
)
ESPERADAS = {"1": 200, "": 200, "2": 404, "0": 404, "-1": 404, "99999": 404, "abc": 422, "1.5": 422}


@pytest.mark.parametrize("lista", LISTAS)
def test_lo_que_no_es_numero_es_422_y_la_que_no_existe_404(
    client: Client, reparto: Reparto, lista: str
) -> None:
    assert {p: client.get(lista, {"page": p}).status_code for p in ESPERADAS} == ESPERADAS
    mala = client.get(lista, {"page": "abc", "x": "y"}).content.decode()
    assert "En «página», escribe su número con cifras: page=2." in mala
    assert f'href="{lista}?x=y"' in mala
    assert f'href="{lista}"' in client.get(lista, {"page": "7"}).content.decode()


def test_lleva_a_la_ultima_con_los_mismos_filtros() -> None:
    pedir = RequestFactory().get
    with pytest.raises(NoHayPagina) as sin:
        pagina_pedida(pedir("/x/?organo=stl&p=9"), range(41), 20, "p")
    assert [uno.url for uno in sin.value.salidas] == ["/x/?organo=stl", "/x/?organo=stl&p=3"]
    with pytest.raises(PaginaMalEscrita) as mala:
        pagina_pedida(pedir("/x/?p=" + "9" * 5000), range(41), 20, "p")
    assert [uno.url for uno in mala.value.salidas] == ["/x/"]
    assert list(pagina_pedida(pedir("/x/?p=3"), range(41), 20, "p")) == [40]


PRIVADAS = (
    "/mi/",
    "/gestion/preguntas/",
    "/mesa/prueba/registros/asientos/",
    "/mesa/prueba/sesiones/",
    "/mesa/prueba/acuerdos/",
    "/gestion/convocatorias/",
)


def test_las_listas_de_trabajo_contestan_lo_mismo(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    for lista in PRIVADAS:
        assert {p: client.get(lista, {"page": p}).status_code for p in ESPERADAS} == ESPERADAS, lista
        assert f'href="{lista}"' in client.get(lista, {"page": "7"}).content.decode()
