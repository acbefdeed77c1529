"""Pedir un órgano, un plan o un municipio que no hay se dice igual en archivos, páginas e interfaz."""

import pytest
from django.test import Client

from ejes.models import Plan
from stl_portal.datos.registro import CONJUNTOS
from tests.datos.api.lector import RAIZ, leer
from tests.ejes.fabricas import crear_plan
from tests.municipios.fabricas import crear_etapas
from tests.personas import Reparto

pytestmark = pytest.mark.django_db
CON_CATALOGO = {
    *("organo", "plan", "municipio", "metrica"),
    *("etapa", "situacion", "codigo", "compromiso"),
}
NO_HAY_PLAN = "«plan» no puede ser «oculto»: todavía no hay ninguno."


@pytest.mark.parametrize(
    ("clave", "campo", "dicho", "frase", "donde"),
    [
        ("acuerdos", "organo", "nadie", "«organo» solo puede ser: prueba.", "/datos/organos/"),
        ("preguntas", "organo", "nadie", "«organo» solo puede ser: prueba.", "/datos/organos/"),
        ("preguntas", "tipo", "zzz", "«tipo» solo puede ser: pregunta, comentario.", ""),
        ("compromisos", "plan", "oculto", NO_HAY_PLAN, ""),
        (
            "etapas",
            "municipio",
            "99999",
            "«municipio» no puede ser «99999»: los que hay se ven en /datos/municipios/",
            "/datos/municipios/",
        ),
    ],
)
def test_lo_que_no_hay_es_422_con_su_campo_y_donde_verlo(
    client: Client, reparto: Reparto, clave: str, campo: str, dicho: str, frase: str, donde: str
) -> None:
    crear_etapas(reparto.organo)
    Plan.objects.create(organo=reparto.organo, clave="oculto", nombre="Oculto", inicio=2027, fin=2028)
    consulta = f"?{campo}={dicho}"
    esperado = {"campo": campo, "mensaje": frase}
    assert leer(client, f"{RAIZ}{clave}/{consulta}", 422) == esperado | {"error": "parametro"}
    assert leer(client, f"/datos/{clave}.json{consulta}", 422) == esperado | {"error": "filtro"}
    for url in (f"/datos/{clave}.csv{consulta}", f"/datos/{clave}/{consulta}"):
        respuesta = client.get(url)
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
        assert (f'<a href="{donde}">Ver los que hay</a>' in respuesta.content.decode()) == bool(donde)


def test_lo_que_hay_se_ofrece_por_su_nombre(client: Client, reparto: Reparto) -> None:
    crear_etapas(reparto.organo)
    publicado = crear_plan(reparto.organo)
    Plan.objects.create(organo=reparto.organo, clave="oculto", nombre="Oculto", inicio=2027, fin=2028)
    pagina = client.get("/datos/compromisos/").content.decode()
    assert f'<option value="{publicado.clave}">{publicado.nombre}</option>' in pagina
    assert '<option value="prueba">' in pagina
    assert "Oculto" not in pagina
    assert '<option value="11020">León</option>' in client.get("/datos/metricas/").content.decode()
    for conjunto in CONJUNTOS.values():
        con_catalogo = {f.nombre for f in conjunto.filtros if f.catalogo}
        pedidos = {f.nombre for f in conjunto.filtros} & CON_CATALOGO
        assert con_catalogo == pedidos, conjunto.clave
    rutas = leer(client, f"{RAIZ}openapi.json")["paths"]
    del_openapi = {p["name"]: p for p in rutas[f"{RAIZ}compromisos/"]["get"]["parameters"]}
    assert del_openapi["plan"]["schema"] == {"type": "string", "enum": [publicado.clave]}
    assert del_openapi["organo"]["example"] == "prueba"
    assert "metrica" not in {p["name"] for p in rutas[f"{RAIZ}metricas/"]["get"]["parameters"]}  # no hay
