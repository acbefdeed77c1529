"""Lo que cualquiera lee de los informes anuales, y lo que no."""

import json

import pymupdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones.models import Organo, Persona
from stl_portal.buscador import fuentes
from stl_portal.informe_anual import portal
from stl_portal.informe_anual.apartado import Apartado, Liga, Periodo, Tabla, como_datos, de_datos, grafica
from stl_portal.informe_anual.impreso import imprimir
from stl_portal.informe_anual.models import InformeAnual
from stl_portal.novedades.registro import Pedido
from stl_portal.sello.canonico import canonico
from tests.informe_anual.fabricas import CUANDO, PASADO, PERIODO, con_de_todo, empezado, publicado
from tests.personas import Reparto, crear_reparto


def test_un_apartado_dice_lo_mismo_despues_de_sellarse() -> None:
    tabla = Tabla("Sesiones", ("Sesión", "Acuerdos"), ((Liga("I", "/sesiones/"), 1200), ("II", None)))
    barras = grafica("Por tipo", "Tipo", "Sesiones", [("Ordinaria", 2), ("Extraordinaria", 1.5)], sola=True)
    apartado = Apartado(("Hubo dos.",), (tabla,), barras, ("De las actas.",))
    assert de_datos(json.loads(json.dumps(como_datos(apartado)))) == apartado
    assert [c.numero for c in tabla.encabezados] == [False, True]
    assert [[(c.texto, c.url) for c in fila] for fila in tabla.escritas] == [
        [("I", "/sesiones/"), ("1\u202f200", "")],
        [("II", ""), ("—", "")],
    ]
    assert grafica("Sola", "Tipo", "Sesiones", [("Ordinaria", 2), ("Extraordinaria", 0)]) == ()
    assert str(PASADO) == "del 1 de enero al 31 de diciembre de 2020"
    assert str(Periodo(PASADO.desde, PERIODO.hasta)) == "del 1 de enero de 2020 al 30 de junio de 2026"


def test_lo_publicado_se_lee_en_todas_sus_formas_y_lo_demas_no_existe(
    client: Client, reparto: Reparto
) -> None:
    con_de_todo(reparto)
    fila = publicado(reparto)
    borrador = empezado(reparto, PASADO)
    pagina = client.get("/informes/prueba-2026/").content.decode()
    assert "Se celebraron 2 sesiones: 1 ordinaria y 1 extraordinaria." in pagina
    assert "Informe de actividades 2026" in client.get("/informes/").content.decode()
    assert client.get("/informes/prueba-2026.json").content == bytes(fila.documento)
    pdf = client.get("/informes/prueba-2026.pdf", follow=True)
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # es un archivo
    for extension in ("/", ".pdf", ".json"):
        assert client.get(f"/informes/{borrador.clave}{extension}").status_code == 404
    assert borrador.clave not in client.get("/informes/").content.decode()
    for privado in ("secretoqx", "No binario", *Persona.objects.values_list("correo", flat=True)):
        assert not privado or privado not in pagina
        assert not privado or privado.encode() not in bytes(fila.documento)
    novedad = next(iter(portal.novedades(Pedido())))
    assert (novedad.titulo, novedad.ficticia, novedad.eslabon) == (
        "Informe de actividades 2026, Secretariado Técnico de Prueba prueba",
        False,
        fila.eslabon,
    )
    assert [
        lugar.url for grupo in portal.grupos() for lugar in fuentes.FUENTES["informe-anual"].de(grupo)
    ] == ["/informes/prueba-2026/"]


def test_lo_ficticio_se_rotula(client: Client, reparto: Reparto) -> None:
    Organo.objects.filter(pk=reparto.organo.pk).update(ficticio=True)
    publicado(reparto)
    assert "Órgano ficticio" in client.get("/informes/prueba-2026/").content.decode()
    assert ">Ficticio<" in client.get("/informes/").content.decode().replace("\n", "").replace(" ", "")
    assert list(portal.novedades(Pedido(reales=True))) == []
    assert [n.titulo for n in portal.novedades(Pedido(organo="otro"))] == []


@pytest.mark.apariencia
def test_las_consultas_no_crecen_con_los_informes(client: Client, reparto: Reparto) -> None:
    publicado(reparto)
    cuentas = [_consultas(client, "/informes/"), _consultas(client, "/informes/prueba-2026/")]
    for clave in ("otro", "tercero", "cuarto"):
        publicado(crear_reparto(clave), PASADO)
    assert InformeAnual.objects.vigentes().count() == 4
    assert (
        cuentas == [_consultas(client, "/informes/"), _consultas(client, "/informes/prueba-2026/")] == [5, 2]
    )
    assert client.get("/informes/?organo=otro").content.decode().count("Informe anual 2020") == 1
    assert client.get("/informes/?organo=nadie").status_code == 422
    assert client.get("/informes/?page=9").status_code == 404


def _consultas(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as consultas:
        assert client.get(url).status_code == 200
    return len(consultas)


def test_los_46_municipios_caben_en_una_hoja_del_papel() -> None:
    """En dos mitades, sin perder ninguno y con los encabezados en las dos."""
    nombres = [f"Municipio {n:02}" for n in range(1, 47)]
    tabla = Tabla("Avance por municipio", ("Municipio", "Etapa"), tuple((n, "Instalado") for n in nombres))
    documento = canonico(
        {
            "identificador": "prueba-2026",
            "titulo": "Informe",
            "organo": {"clave": "prueba", "nombre": "Secretariado de Prueba", "ficticio": True},
            "periodo": {"desde": "2026-01-01", "hasta": "2026-06-30"},
            "apartados": [
                {
                    "clave": "municipios",
                    "titulo": "Avance municipal",
                    "introduccion": "",
                    **como_datos(Apartado((), (tabla,))),
                }
            ],
        }
    )
    with pymupdf.open(stream=imprimir(documento, CUANDO), filetype="pdf") as papel:
        _, hoja = (pagina.get_text() for pagina in papel)
    assert [n for n in nombres if n not in hoja] == []
    assert hoja.count("Etapa") == 2
