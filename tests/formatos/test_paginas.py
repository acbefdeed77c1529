"""Los formatos de transparencia: se eligen, se llenan con lo publicado y nada más, y se administran."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from sesiones import models as m
from stl_portal.formatos import demo
from stl_portal.formatos.models import Formato
from tests.cuentas.codigos import dar_telefono, identificarse
from tests.fabricas import crear_en_curso
from tests.personas import Reparto, crear_reparto

LISTA = "/datos/formatos/"
TODO = "?desde=2020-01-01&hasta=2026-12-31"


def crear(**cambios: object) -> Formato:
    """Uno de sesiones."""
    datos = {
        "clave": "actas",
        "nombre": "Actas, de prueba",
        "fundamento": "Artículo de prueba",
        "conjunto": "sesiones",
        "fecha": "fecha",
        "columnas": 'Año, ejercicio = @ejercicio\nFecha = fecha\nSesión = designacion\nÁrea = "=STL"',
        "vigente_desde": dt.date(2020, 1, 1),
    }
    formato = Formato(**datos | cambios)
    formato.full_clean()
    formato.save()
    return formato


def renglones(client: Client, direccion: str) -> list[list[str]]:
    """El CSV, leído."""
    respuesta = client.get(direccion)
    assert respuesta.status_code == 200, respuesta.content.decode()[:2000]
    return list(csv.reader(io.StringIO(respuesta.getvalue().decode("utf-8-sig"))))


def test_se_llena_con_lo_publicado_del_periodo(client: Client, reparto: Reparto) -> None:
    crear()
    sesion = crear_en_curso(reparto)
    crear_en_curso(crear_reparto("demo"), designacion="La ficticia")
    m.Organo.objects.filter(clave="demo").update(ficticio=True)
    encabezado = ["Año, ejercicio", "Fecha", "Sesión", "Área"]
    assert renglones(client, f"{LISTA}actas.csv{TODO}") == [
        encabezado,
        ["2026", f"{sesion.fecha:%d/%m/%Y}", sesion.designacion, "'=STL"],
    ]
    suya = f"?desde={sesion.fecha}&hasta={sesion.fecha}"
    assert len(renglones(client, f"{LISTA}actas.csv{suya}")) == 2  # los dos días cuentan
    assert renglones(client, f"{LISTA}actas.csv?desde=2019-01-01&hasta=2019-12-31") == [encabezado]
    assert renglones(client, f"{LISTA}actas.csv{TODO}&organo=demo")[1][2] == "La ficticia"
    libro = client.get(f"{LISTA}actas.xlsx{TODO}")
    assert (libro.status_code, libro.getvalue()[:2]) == (200, b"PK")
    assert 'filename="actas-2020-01-01-a-2026-12-31.xlsx"' in libro["Content-Disposition"]


@pytest.mark.django_db
def test_un_periodo_que_no_se_entiende_se_explica_junto_a_su_campo(client: Client) -> None:
    crear()
    for consulta, frase in {
        "": "Este campo es obligatorio.",
        "?desde=ayer&hasta=2026-01-01": "Escribe una fecha que exista",
        "?desde=2026-02-01&hasta=2026-01-01": "El periodo termina antes de empezar.",
        "?desde=1990-01-01&hasta=2026-01-01": "Un archivo abarca hasta 10 años.",
        f"{TODO}&organo=nadie": "Elige una de las opciones de la lista",
    }.items():
        respuesta = client.get(f"{LISTA}actas.csv{consulta}")
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True), consulta
    assert client.get(f"{LISTA}actas.pdf{TODO}").status_code == 404
    assert client.get(f"{LISTA}no-hay/").status_code == 404


@pytest.mark.django_db
def test_la_lista_aparta_los_que_ya_no_se_piden(client: Client) -> None:
    assert "Todavía no hay formatos" in client.get(LISTA).content.decode()
    crear()
    crear(clave="viejo", nombre="El de antes", vigente_hasta=dt.date(2021, 1, 1))
    pagina = client.get(LISTA).content.decode()
    assert (
        pagina.index("Actas, de prueba") < pagina.index("Formatos anteriores") < pagina.index("El de antes")
    )
    assert LISTA in client.get("/datos/").content.decode()
    de_uno = client.get(f"{LISTA}actas/").content.decode()
    assert "El año en que termina el periodo." in de_uno
    Formato.objects.filter(clave="viejo").update(conjunto="se-fue")
    assert "El de antes" not in client.get(LISTA).content.decode()
    assert client.get(f"{LISTA}viejo/").status_code == 404


@pytest.mark.parametrize(
    ("cambio", "campo", "frase"),
    [
        ({"conjunto": "nomina"}, "conjunto", "No hay ese conjunto"),
        ({"fecha": "hora"}, "fecha", "Las fechas de «Sesiones» son: fecha."),
        ({"vigente_hasta": dt.date(2019, 1, 1)}, "vigente_hasta", "Termina antes de empezar."),
        ({"columnas": "X = correo"}, "columnas", "no tiene una columna «correo»"),
    ],
)
@pytest.mark.django_db
def test_no_se_guarda_uno_que_no_se_podria_llenar(cambio: dict[str, object], campo: str, frase: str) -> None:
    with pytest.raises(ValidationError) as error:
        crear(**cambio)
    assert frase in " ".join(error.value.message_dict[campo])


@pytest.mark.django_db
def test_los_de_la_demostracion_se_llenan_y_no_se_repiten(client: Client) -> None:
    dichos: list[str] = []
    demo.cargar(dichos.append)
    demo.cargar(dichos.append)
    assert dichos == ["2 formatos de transparencia de ejemplo"]
    for formato in Formato.objects.all():
        assert len(renglones(client, f"{formato.get_absolute_url()[:-1]}.csv{TODO}")) == 1


def test_los_captura_quien_administra(client: Client, reparto: Reparto) -> None:
    quien = reparto.cuentas["administradora"]
    quien.is_staff = True
    quien.save()
    dar_telefono(quien)
    client.force_login(quien)
    identificarse(client, quien)
    nuevo = "/gestion/registros/formatos/formato/add/"
    pagina = client.get(nuevo)
    assert (pagina.status_code, "Sesiones" in pagina.content.decode()) == (200, True)
    datos = {
        "clave": "nuevo",
        "nombre": "El nuevo",
        "fundamento": "De prueba",
        "conjunto": "sesiones",
        "fecha": "fecha",
        "columnas": "Fecha = no-existe",
        "fechas": "dma",
        "vigente_desde": "2026-01-01",
    }
    mal = client.post(nuevo, datos)
    assert (mal.status_code, "no tiene una columna" in mal.content.decode()) == (422, True)
    client.post(nuevo, datos | {"columnas": "Fecha = fecha"})
    assert Formato.objects.get().nombre == "El nuevo"
