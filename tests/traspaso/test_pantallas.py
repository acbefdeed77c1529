"""Las pantallas: ver qué cambiaría, confirmar, deshacer, y lo que se contesta a lo que no se puede."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from sesiones import models as m
from stl_portal.buscador.models import Pendiente
from stl_portal.cuentas.identidad import ARCHIVO_PERDIDO
from stl_portal.traspaso import avance, escritura, registro
from stl_portal.traspaso import importar as pasos
from stl_portal.traspaso.models import Importacion
from tests.cuentas.codigos import olvidar
from tests.gestion.quien import entrar
from tests.personas import Reparto

from .recursos import TODOS, Alias, Nombramientos, Organos, Personas

pytestmark = pytest.mark.django_db
INICIO = "/gestion/traspaso/"


@pytest.fixture(autouse=True)
def _solo_los_de_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", TODOS)
    monkeypatch.setattr(registro, "AL_TERMINAR", [])


@pytest.fixture
def quien(reparto: Reparto) -> Client:
    return entrar(reparto)


def csv_de(recurso: Any) -> bytes:
    return b"".join(escritura.en_csv(recurso))


def subir(quien: Client, recurso: str, contenido: bytes, nombre: str = "a.csv", **datos: Any) -> Any:
    archivo = io.BytesIO(contenido)
    archivo.name = nombre
    datos = {"clave": uuid.uuid4(), "archivo": archivo} | datos
    return quien.post(f"{INICIO}{recurso}/importar/", datos)


def hacer(quien: Client, verbo: str, cual: Importacion, **datos: str) -> Any:
    return quien.post(reverse(f"traspaso:{verbo}", args=(cual.clave,)), datos)


def la_unica() -> Importacion:
    return Importacion.objects.get()


def test_ver_confirmar_y_deshacer(quien: Client) -> None:
    original, cuantas = csv_de(Personas), m.Persona.objects.count()
    nuevo = original.replace(b"Dra.", b"Doctora", 1) + una_persona("Zoila Nueva")
    respuesta = subir(quien, "personas", nuevo)
    suya = la_unica()
    assert (respuesta.status_code, respuesta["Location"]) == (302, suya.get_absolute_url())
    assert (suya.estado, suya.nuevas, suya.cambian, suya.iguales) == ("revisada", 1, 1, cuantas - 1)
    assert m.Persona.objects.count() == cuantas
    pagina = quien.get(suya.get_absolute_url()).text
    assert ("<del>Dra.</del>" in pagina, "<ins>Doctora</ins>" in pagina) == (True, True)

    hacer(quien, "confirmar", suya, visto="otra")
    assert m.Persona.objects.count() == cuantas
    for _ in range(2):  # dos clics, un resultado
        assert hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto).status_code == 302
    suya.refresh_from_db()
    assert (suya.estado, m.Persona.objects.count()) == ("hecha", cuantas + 1)
    assert m.Persona.objects.get(nombre="Celia Mora Díaz").tratamiento == "Doctora"
    assert Pendiente.objects.exists()
    assert [h.verbo for h in suya.historia.all()] == [
        "revisar",
        "aceptar",
        "confirmar",
        "importar",
        "terminar",
    ]
    assert not avance.ruta(suya.clave, "archivo").exists()
    lineas = b"".join(quien.get(reverse("traspaso:resultado", args=(suya.clave,)))).decode().splitlines()
    assert [linea.split(",")[2] for linea in lineas[1:]] == ["nuevo", "cambia"]

    for _ in range(2):
        assert hacer(quien, "deshacer", suya).status_code == 302
    suya.refresh_from_db()
    assert (suya.estado, csv_de(Personas)) == ("deshecha", original)


def test_la_vista_previa_ensena_los_primeros_nuevos_con_lo_que_traen(quien: Client) -> None:
    nuevas = b"".join(una_persona(f"Zoila {n}") for n in range(25))
    subir(quien, "personas", csv_de(Personas) + nuevas)
    suya = la_unica()
    pagina = quien.get(suya.get_absolute_url())
    assert [celdas[0] for _, celdas in pagina.context["nuevos"]] == [
        ("nombre", f"Zoila {n}") for n in range(20)
    ]
    assert "25 renglones nuevos; aquí, los primeros 20" in pagina.text
    hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto)
    hecha = quien.get(suya.get_absolute_url()).context["nuevos"]  # el archivo ya se borró
    assert [(s.llamado, celdas) for s, celdas in hecha][:2] == [("Zoila 0", []), ("Zoila 1", [])]


def test_el_segundo_paso_se_pide_al_abrir_y_no_despues_de_escoger_el_archivo(quien: Client) -> None:
    ruta = f"{INICIO}personas/importar/"
    assert quien.get(ruta).status_code == 200
    olvidar(quien)
    al_abrir = quien.get(ruta)
    assert al_abrir["Location"] == f"{reverse('mfa_reauthenticate')}?{urlencode({'next': ruta})}"
    # Si caduca con la forma abierta, lo demás se repite solo y se avisa que el archivo no.
    tarde = subir(quien, "personas", csv_de(Personas))
    assert tarde["Location"].startswith(reverse("mfa_reauthenticate"))
    assert Importacion.objects.count() == 0
    assert ARCHIVO_PERDIDO in quien.get(tarde["Location"]).text


def test_no_se_confirma_si_algo_cambio_desde_la_vista_previa(quien: Client) -> None:
    subir(quien, "personas", csv_de(Personas).replace(b"Dra.", b"Doctora", 1))
    suya = la_unica()
    visto = suya.huella_de_lo_visto
    m.Persona.objects.filter(nombre="Celia Mora Díaz").update(tratamiento="Rectora")
    hacer(quien, "confirmar", suya, visto=visto)
    suya.refresh_from_db()
    assert (suya.estado, suya.motivo) == ("revisada", pasos.CAMBIO)
    assert m.Persona.objects.get(nombre="Celia Mora Díaz").tratamiento == "Rectora"
    hacer(quien, "confirmar", suya, visto=visto)  # la página vieja ya no vale
    assert m.Persona.objects.get(nombre="Celia Mora Díaz").tratamiento == "Rectora"
    hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto)
    assert m.Persona.objects.get(nombre="Celia Mora Díaz").tratamiento == "Doctora"


def test_un_renglon_malo_no_deja_entrar_a_ninguno_y_su_razon_se_descarga(quien: Client) -> None:
    filas = csv_de(Alias) + "1,Ana Ruiz Peña,Anita,\r\n1,=Nadie,X,\r\n".encode()
    subir(quien, "alias", filas)
    suya = la_unica()
    assert (suya.estado, suya.rechazadas, m.AliasPersona.objects.count()) == ("con_errores", 1, 0)
    assert hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto).status_code == 409
    direccion = reverse("traspaso:resultado", args=(suya.clave,))
    descargado = b"".join(quien.get(f"{direccion}?solo=errores")).decode("utf-8-sig")
    assert descargado.splitlines() == [
        "recurso,renglon,que,nombre,columna,antes,ahora,razon",
        "alias,3,con error,'=Nadie · 1,persona,,,No existe «=Nadie» en Personas: impórtalo antes.",
    ]
    hacer(quien, "descartar", suya)
    suya.refresh_from_db()
    assert suya.estado == "descartada"


MALOS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "vacío": ("a.csv", lambda: b"", "El archivo está vacío."),
    "de otro": ("a.csv", lambda: csv_de(Nombramientos), "Este archivo es de Nombramientos, no de Personas."),
    "otra codificación": (
        "a.csv",
        lambda: csv_de(Personas).decode("utf-8-sig").encode("cp1252"),
        "No está en UTF-8: los acentos se perderían. Guárdalo como «CSV UTF-8» y súbelo otra vez.",
    ),
    "UTF-16": (
        "a.csv",
        lambda: csv_de(Personas).decode("utf-8-sig").encode("utf-16-le"),
        "Está en UTF-16: guárdalo como CSV UTF-8.",
    ),
    "columnas": (
        "a.csv",
        lambda: csv_de(Personas).replace(b"tratamiento,sexo,", b"nombre,sexto,", 1),
        "Encabezados repetidos: nombre. Faltan columnas: tratamiento, sexo. Sobran columnas: sexto.",
    ),
    "comillas": (
        "a.csv",
        lambda: csv_de(Personas) + b'"sin cerrar',
        "El CSV está mal formado: hay una comilla sin cerrar o algo escrito después de una que cierra.",
    ),
    "Excel viejo": (
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "Es un libro del Excel anterior a 2007: guárdalo como .xlsx o como CSV UTF-8.",
    ),
    "xlsx roto": ("a.xlsx", lambda: b"PK\x03\x04roto", "El archivo está dañado o no es del tipo que dice."),
    "zip": (
        "a.zip",
        lambda: b"PK\x03\x04algo",
        "Es un ZIP: aquí va solo el archivo de Personas, en CSV o XLSX.",
    ),
}


def test_cada_archivo_malo_tiene_su_frase(quien: Client, settings: Any) -> None:
    dichas = {}
    for cual, (nombre, contenido, _) in MALOS.items():
        respuesta = subir(quien, "personas", contenido(), nombre)
        assert respuesta.status_code == 422, cual
        dichas[cual] = respuesta.context["forma"].errors["archivo"][0]
    assert dichas == {cual: frase for cual, (_, _, frase) in MALOS.items()}
    dos_hojas = io.BytesIO()
    from openpyxl import Workbook

    libro = Workbook()
    libro.create_sheet("Notas")
    libro.save(dos_hojas)
    con_dos = subir(quien, "personas", dos_hojas.getvalue(), "a.xlsx").context["forma"].errors["archivo"]
    assert con_dos == ["El libro trae 2 hojas (Sheet, Notas): deja una."]
    settings.ARCHIVO_MAXIMO = 100
    enorme = subir(quien, "personas", csv_de(Personas)).context["forma"].errors["archivo"][0]
    assert enorme.startswith("Pesa ")
    sin_nada = quien.post(f"{INICIO}personas/importar/", {"clave": uuid.uuid4()})
    assert sin_nada.context["forma"].errors["archivo"] == ["Elige el archivo que vas a importar."]
    assert Importacion.objects.count() == 0


def test_el_zip_completo_va_y_vuelve_y_dice_lo_que_le_falta(quien: Client) -> None:
    respuesta = quien.get(f"{INICIO}todo.zip")
    entero = b"".join(respuesta)
    assert respuesta["Cache-Control"] == "private, no-store"
    clave = uuid.uuid4()
    for _ in range(2):  # el mismo envío, dos veces
        subir(quien, "todo", entero, "t.zip", clave=clave)
    suya = la_unica()
    assert (suya.estado, suya.nuevas, suya.cambian, suya.rechazadas) == ("revisada", 0, 0, 0)
    assert [c.clave for c in suya.cuentas] == [r.clave for r in registro.en_orden()]
    assert "no hay nada que importar" in quien.get(suya.get_absolute_url()).text
    frase = subir(quien, "todo", entero[:100], "t.zip").context["forma"].errors["archivo"]
    assert frase == ["El archivo está dañado o no es del tipo que dice."]
    frase = subir(quien, "todo", csv_de(Personas)).context["forma"].errors["archivo"]
    assert frase == ["Para importar todo se necesita el ZIP que sale de «Exportar todo»."]


def test_no_se_deshace_lo_que_alguien_toco_ni_lo_que_algo_menciona(quien: Client) -> None:
    subir(quien, "personas", csv_de(Personas).replace(b"Dra.", b"Doctora", 1) + una_persona("Zoila Nueva"))
    suya = la_unica()
    assert [s.celdas for s in suya.errores()] == []
    hacer(quien, "confirmar", suya, visto=suya.huella_de_lo_visto)
    zoila = m.Persona.objects.get(nombre="Zoila Nueva")
    m.AliasPersona.objects.create(persona=zoila, texto="Zoi")
    m.Persona.objects.filter(nombre="Celia Mora Díaz").update(tratamiento="Rectora")
    respuesta = hacer(quien, "deshacer", suya)
    assert respuesta.status_code == 409
    assert respuesta.context["razones"] == [
        "Personas, «Celia Mora Díaz»: cambió después.",
        "Personas, «Zoila Nueva»: algo se refiere a él (alias).",
    ]
    assert m.Persona.objects.filter(pk=zoila.pk).exists()
    suya.refresh_from_db()
    assert suya.estado == "hecha"


def una_persona(nombre: str) -> bytes:
    celdas = dict.fromkeys(Personas.encabezados(), "") | {"nombre": nombre}
    for columna in Personas.columnas():
        if columna.campo.get_internal_type() == "BooleanField":
            celdas[columna.attribute] = "false"
        elif columna.campo.choices and not columna.campo.blank:
            celdas[columna.attribute] = columna.campo.flatchoices[0][0]
    return (",".join(celdas.values()) + "\r\n").encode()


def test_muchas_filas_van_a_la_fila_y_lo_interrumpido_se_repite(
    quien: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(pasos, "AL_MOMENTO", 0)
    monkeypatch.setattr(avance, "CADA", 0)
    subir(quien, "personas", csv_de(Personas))
    suya = la_unica()
    pagina = quien.get(suya.get_absolute_url())
    assert (suya.estado, "Espera su turno" in pagina.text) == ("recibida", True)
    suya.cambiar("revisar", None)  # un trabajador la tomó, avisó que va a la mitad…
    avance.Avisador(suya.clave, 10)(5)
    pagina = quien.get(suya.get_absolute_url())
    assert '<progress max="10" value="5">' in pagina.text
    assert hacer(quien, "repetir", suya).status_code == 409
    monkeypatch.setattr(avance, "SIN_LATIDO", 0)  # … y murió
    pagina = quien.get(suya.get_absolute_url())
    assert ("Se interrumpió" in pagina.text, "<progress" in pagina.text) == (True, False)
    hacer(quien, "repetir", suya)
    pasos.atender(suya.pk)
    pasos.atender(suya.pk)  # otro trabajador llega tarde: no hace nada
    suya.refresh_from_db()
    assert suya.estado == "revisada"


def test_la_lista_cuesta_lo_mismo_con_muchos(
    quien: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    quien.get(INICIO)
    with django_assert_num_queries(5):
        pagina = quien.get(INICIO)
    m.Persona.objects.bulk_create(m.Persona(nombre=f"P{n}") for n in range(40))
    subir(quien, "personas", csv_de(Personas))
    with django_assert_num_queries(5):
        despues = quien.get(INICIO)
    cuentas, antes = (
        {recurso: cuantos for filas in p.context["grupos"].values() for _, recurso, cuantos in filas}
        for p in (despues, pagina)
    )
    assert cuentas[Personas] == antes[Personas] + 40
    assert cuentas[Organos] == 1
    buscada = quien.get(INICIO, {"q": "PERSÓNAS"}).context["grupos"]["Sesiones"]
    assert Personas in [recurso for _, recurso, _ in buscada]
    assert Organos not in [recurso for _, recurso, _ in buscada]
    assert "Ninguna tabla se llama así" in quien.get(INICIO, {"q": "zzz<b>"}).text
    assert quien.get(f"{INICIO}nada.csv").status_code == 404
    assert quien.get(f"{INICIO}nada/importar/").status_code == 404
