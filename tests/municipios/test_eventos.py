"""Capacitaciones y eventos: se capturan, se suman y se publican."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from municipios import carga
from municipios.models import Evento, Municipio
from sesiones.views.registros.huella import CAMPO
from stl_portal.archivo import almacen, vitrina
from tests.municipios.fabricas import LEON, crear_municipal
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db
PUBLICA = reverse("municipios:capacitaciones")
DATOS = {
    "clase": "capacitacion",
    "titulo": "Gobierno abierto para empezar",
    "cuantos": "1",
    "hasta": "2026-03-18",
    "modalidad": "remota",
    "publico": "on",
    "renglon-TOTAL_FORMS": "0",
    "renglon-INITIAL_FORMS": "0",
}


@pytest.fixture
def estatal() -> Reparto:
    """El secretariado que sigue a los municipios."""
    carga.cargar()
    return crear_reparto("estatal")


@pytest.fixture
def facilitadora(estatal: Reparto, client: Client) -> Client:
    """Quien captura, ya dentro."""
    client.force_login(estatal.cuentas["facilitadora"])
    return client


def nuevo(organo: Any) -> str:
    return reverse("registros:nuevo", args=(organo.clave, "capacitaciones"))


def estado(client: Client, url: str) -> int:
    """Lo que contesta; leerlo entero cierra el archivo."""
    respuesta = client.get(url)
    if respuesta.streaming:
        list(respuesta)
    return respuesta.status_code


def crear_evento(reparto: Reparto, **cambios: Any) -> Evento:
    datos = {"titulo": "Taller", "hasta": dt.date(2026, 3, 18), "publico": True} | cambios
    return Evento.objects.create(organo=reparto.organo, **datos)


def test_se_captura_con_todos_los_municipios_y_sus_materiales(facilitadora: Client, estatal: Reparto) -> None:
    archivo = SimpleUploadedFile("guia.txt", b"Guia de gobierno abierto\n", "text/plain")
    materiales = {
        "renglon-TOTAL_FORMS": "2",
        "renglon-0-titulo": "Guía",
        "renglon-0-archivo": archivo,
        "renglon-1-titulo": "Video",
        "renglon-1-direccion": "https://ejemplo.example/video",
    }
    cantidades = {"todos": "on", "personas": "100", "personas_literal": "más de 100"}
    respuesta = facilitadora.post(nuevo(estatal.organo), DATOS | materiales | cantidades)
    assert respuesta.status_code == 302
    evento = Evento.objects.get()
    assert evento.municipios.count() == 46
    assert [bool(m.archivo) for m in evento.materiales.all()] == [True, False]
    pagina = Client().get(PUBLICA).content.decode()
    assert "46 municipios; más de 100 personas" in pagina
    assert "Más de 100 personas" in pagina


@pytest.mark.parametrize(
    ("cambios", "frase"),
    [
        ({"hasta": "2999-01-01"}, "Revisa el año"),
        ({"hasta": "2100-01-01"}, "Todavía no ocurre"),
        ({"desde": "2026-04-01"}, "Termina después de empezar"),
        ({"personas_literal": "más de 100"}, "Escribe también el número"),
        ({"municipios": [LEON], "municipios_cuantos": "3"}, "Ya elegiste cuáles"),
        ({"municipios_cuantos": "47"}, "No hay tantos municipios"),
        ({"municipios": ["99999"]}, "Elige municipios de la lista"),
        ({"cuantos": "0"}, "Al menos uno"),
        (
            {"renglon-TOTAL_FORMS": "1", "renglon-0-titulo": "Nada"},
            "Elige un archivo o escribe una dirección",
        ),
    ],
)
def test_lo_que_no_cuadra_se_dice_y_no_se_guarda(
    facilitadora: Client, estatal: Reparto, cambios: dict[str, Any], frase: str
) -> None:
    respuesta = facilitadora.post(nuevo(estatal.organo), DATOS | cambios)
    assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    assert not Evento.objects.exists()


def test_lo_que_no_es_publico_no_se_lee_ni_se_descarga(facilitadora: Client, estatal: Reparto) -> None:
    evento = crear_evento(estatal, titulo="Reunión reservada", publico=False)
    archivo = almacen.guardar_propio(b"materiales", "guia.txt")
    evento.materiales.create(titulo="Guía", archivo=archivo)
    descarga = reverse("archivo:descargar", args=(archivo.huella, archivo.nombre))
    assert "Reunión reservada" not in Client().get(PUBLICA).content.decode()
    assert "Reunión reservada" not in Client().get(reverse("municipios:capacitaciones_csv")).content.decode()
    assert (estado(Client(), descarga), estado(facilitadora, descarga)) == (302, 200)
    ajena = Client()
    ajena.force_login(crear_municipal(estatal.organo).cuentas["facilitadora"])
    assert estado(ajena, descarga) == 404
    Evento.objects.update(publico=True)
    assert estado(Client(), descarga) == 200


def test_el_archivo_que_se_reemplaza_deja_de_entregarse(
    facilitadora: Client, estatal: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    evento = crear_evento(estatal)
    viejo = almacen.guardar_propio(b"viejo", "guia.txt")
    material = evento.materiales.create(titulo="Guía", archivo=viejo)
    otro = evento.materiales.create(titulo="Video", archivo=almacen.guardar_propio(b"video", "video.txt"))
    retirados: list[int] = []
    monkeypatch.setattr(vitrina, "retirar", lambda archivo: retirados.append(archivo.pk))
    url = reverse("registros:editar", args=(estatal.organo.clave, "capacitaciones", evento.pk))
    renglones = {
        "renglon-TOTAL_FORMS": "2",
        "renglon-INITIAL_FORMS": "2",
        "renglon-0-id": str(material.pk),
        "renglon-0-titulo": "Guía",
        "renglon-0-archivo": SimpleUploadedFile("guia2.txt", b"Guia nueva\n", "text/plain"),
        "renglon-1-id": str(otro.pk),
        "renglon-1-titulo": "Video",
    }
    hallada = re.search(rf'name="{CAMPO}" value="([^"]+)"', facilitadora.get(url).content.decode())
    assert hallada
    assert facilitadora.post(url, DATOS | renglones | {CAMPO: hallada[1]}).status_code == 302
    material.refresh_from_db()
    assert material.archivo_id != viejo.pk
    assert retirados == [viejo.pk]


def test_los_totales_no_dicen_mas_de_lo_que_se_sabe_y_se_filtran(client: Client, estatal: Reparto) -> None:
    carga.cargar()
    crear_evento(estatal, cuantos=17, municipios_cuantos=45, personas=100, personas_literal="más de 100")
    de_leon = crear_evento(estatal, titulo="En León", hasta=dt.date(2025, 5, 1), personas=20)
    de_leon.municipios.add(Municipio.objects.get(clave=LEON))
    todo = client.get(PUBLICA).content.decode()
    assert "<dd>18</dd>" in todo
    assert "Al menos 45 municipios" in todo
    assert "Más de 120 personas" in todo
    filtrado = client.get(PUBLICA, {"municipio": LEON, "anio": "2025"}).content.decode()
    assert "<dd>1 municipio</dd>" in filtrado
    assert "<dd>20 personas</dd>" in filtrado
    assert client.get(PUBLICA, {"anio": "muchos"}).status_code == 422


def test_lo_ficticio_dice_de_quien_es_y_no_se_suma_a_lo_real(client: Client, estatal: Reparto) -> None:
    crear_evento(estatal, personas=20)
    inventado = crear_reparto("inventado")
    inventado.organo.ficticio = True
    inventado.organo.save()
    crear_evento(inventado, titulo="Taller inventado", personas=500)
    html = client.get(PUBLICA).content.decode()
    reales, ficticios = html.split("De órganos ficticios")
    assert "<dd>20 personas</dd>" in reales
    assert "<dd>500 personas</dd>" in ficticios
    assert "520" not in html
    nombre = inventado.organo.denominacion(dt.date(2026, 3, 18)).nombre_corto
    assert f"La registró: {nombre} (ficticio)" in html
    assert f"La registró: {nombre}</li>" not in html
    cuerpo = client.get(reverse("municipios:capacitaciones_csv")).content.decode("utf-8-sig")
    dicho = {r["titulo"]: r["organo_ficticio"] for r in csv.DictReader(io.StringIO(cuerpo))}
    assert dicho == {"Taller": "no", "Taller inventado": "sí"}


def test_un_secretariado_municipal_solo_nombra_al_suyo(client: Client, estatal: Reparto) -> None:
    municipal = crear_municipal(estatal.organo)
    client.force_login(municipal.cuentas["facilitadora"])
    url = nuevo(municipal.organo)
    pagina = client.get(url).content.decode()
    assert f'value="{LEON}"' in pagina
    assert "11037" not in pagina
    assert "Todos los municipios" not in pagina
    ajeno = client.post(url, DATOS | {"municipios": [LEON, "11037"]})
    assert (ajeno.status_code, "Elige municipios de la lista" in ajeno.content.decode()) == (422, True)
    assert client.post(url, DATOS | {"municipios": [LEON], "todos": "on"}).status_code == 302
    assert [m.clave for m in Evento.objects.get().municipios.all()] == [LEON]


def test_de_un_conjunto_solo_se_sabe_hasta_cuando(client: Client, estatal: Reparto) -> None:
    conjunto = crear_evento(estatal, titulo="Las del año", cuantos=17, hasta=dt.date(2020, 7, 10))
    conjunto.municipios.add(Municipio.objects.get(clave=LEON))
    for pagina in (PUBLICA, reverse("municipios:detalle", args=[LEON])):
        assert "hasta el 10 de julio de 2020" in client.get(pagina).content.decode()
    Evento.objects.update(cuantos=1)
    assert "hasta el" not in client.get(PUBLICA).content.decode()


def test_el_csv_trae_un_renglon_por_evento_y_las_formulas_neutras(client: Client, estatal: Reparto) -> None:
    evento = crear_evento(estatal, titulo="=SUMA(1)", personas=100, personas_literal="más de 100")
    evento.municipios.set(Municipio.objects.filter(clave__in=("11020", "11001")))
    cuerpo = client.get(reverse("municipios:capacitaciones_csv")).content.decode("utf-8-sig")
    (renglon,) = csv.DictReader(io.StringIO(cuerpo))
    assert renglon["titulo"] == "'=SUMA(1)"
    assert renglon["municipios_inegi"] == "11001; 11020"
    assert (renglon["hasta"], renglon["personas"], renglon["alcance"]) == ("2026-03-18", "100", "")
    assert (renglon["personas_es_minimo"], renglon["alcance_es_minimo"]) == ("sí", "no")


def test_la_lista_cuesta_lo_mismo_con_uno_que_con_muchos(
    client: Client, estatal: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        evento = crear_evento(estatal, titulo=f"Taller {n}")
        evento.municipios.set(Municipio.objects.all()[: n + 1])
        evento.materiales.create(titulo="Guía", archivo=almacen.guardar_propio(f"{n}".encode(), "guia.txt"))
        client.get(PUBLICA)
        with django_assert_num_queries(9):
            client.get(PUBLICA)
