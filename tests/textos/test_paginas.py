"""Los textos se cambian en su página, se leen enseguida y nadie pisa a nadie."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stl_portal import textos
from stl_portal.textos import demo, lectura
from stl_portal.textos.models import Anuncio, CambioDeTexto, Texto
from stl_portal.textos.registro import TEXTOS
from tests.gestion.quien import entrar
from tests.personas import Reparto

INICIO = "/gestion/textos/"
TITULO = f"{INICIO}portada.titulo/"
FABRICA = TEXTOS["portada.titulo"].fabrica


def guardar(
    client: Client, escrito: str, version: int = 1, accion: str = "guardar", url: str = TITULO
) -> str:
    """El estado y la página que contesta."""
    respuesta = client.post(url, {"escrito": escrito, "version": version, "accion": accion})
    return f"{respuesta.status_code} {respuesta.content.decode()}"


def test_se_cambia_se_lee_enseguida_y_vuelve_a_lo_de_fabrica(reparto: Reparto, client: Client) -> None:
    admin = entrar(reparto)
    assert FABRICA in client.get("/").content.decode()
    previa = guardar(admin, "Aquí <i>se</i> decide", accion="previa")
    assert previa.startswith("200")
    assert "Así quedaría (todavía no se guarda)" in previa
    assert Texto.objects.count() == 0
    assert guardar(admin, " Aquí  <i>se</i> decide & se cumple ").startswith("302")
    assert "<h1>Aquí se decide &amp; se cumple</h1>" in client.get("/").content.decode()
    lista = admin.get(INICIO).content.decode()
    assert "1 texto dice algo distinto" in lista
    assert guardar(admin, "", version=2, accion="fabrica").startswith("302")
    assert f"<h1>{FABRICA}</h1>" in client.get("/").content.decode()
    assert guardar(admin, "", version=2, accion="fabrica").startswith("302")  # la respuesta se perdió
    hoja = admin.get(TITULO).content.decode()
    assert hoja.count('<li><details class="detalle">') == 2
    anterior = CambioDeTexto.objects.earliest("pk")
    assert (anterior.escrito, str(anterior.por)) == ("Aquí se decide & se cumple", "Administradora de Prueba")
    assert (
        "Aquí se decide &amp; se cumple</textarea>"
        in admin.get(f"{TITULO}?de={anterior.pk}").content.decode()
    )


def test_quien_guarda_despues_ve_ambos_textos_y_decide(reparto: Reparto) -> None:
    admin = entrar(reparto)
    assert guardar(admin, "Lo de Ana").startswith("302")
    choque = guardar(admin, "Lo de Beto")  # sobre la versión 1, que ya no rige
    assert choque.startswith("409")
    assert "Administradora de Prueba lo cambió mientras escribías" in choque
    assert "Lo de Beto</textarea>" in choque
    assert 'name="version" value="2"' in choque
    assert textos.de("portada.titulo") == "Lo de Ana"
    assert guardar(admin, "Lo de Ana").startswith("302")  # el mismo guardado, otra vez, no es choque
    assert guardar(admin, "", accion="fabrica").startswith("409")
    assert guardar(admin, "Lo de Beto", version=2).startswith("302")
    assert [c.escrito for c in CambioDeTexto.objects.all()] == ["Lo de Beto", "Lo de Ana"]


@pytest.mark.parametrize(
    ("escrito", "frase"),
    [
        ("Escribe a {responsable} o a {correo}", "No hay un dato «{correo}». Admite: {responsable}."),
        ("Escribe a {responsable", "Hay una llave «{» sin su pareja"),
        ("Sin decir quién", "Falta {responsable}"),
        ("   ", "Escribe el texto. Para que diga lo de antes, vuelve al de fábrica."),
        ("{responsable} " + "x" * 2000, "y caben 2,000"),
    ],
)
def test_lo_mal_escrito_se_dice_junto_al_campo_y_no_se_pierde(
    reparto: Reparto, escrito: str, frase: str
) -> None:
    url = f"{INICIO}privacidad.simplificado/"
    respuesta = guardar(entrar(reparto), escrito, url=url)
    assert respuesta.startswith("422")
    assert frase in respuesta
    assert escrito.strip()[:30] in respuesta
    assert not Texto.objects.exists()


def test_lo_que_no_existe_es_404_y_lo_optativo_se_vacia(reparto: Reparto, client: Client) -> None:
    admin = entrar(reparto)
    assert admin.get(f"{INICIO}no.hay/").status_code == 404
    url = f"{INICIO}privacidad.ademas/"
    assert guardar(admin, "**Transparencia:** acude a la *unidad*.", url=url).startswith("302")
    aviso = client.get("/aviso-de-privacidad/").content.decode()
    assert "<strong>Transparencia:</strong> acude a la <em>unidad</em>." in aviso
    assert guardar(admin, "", version=2, url=url).startswith("302")
    assert "Transparencia:" not in client.get("/aviso-de-privacidad/").content.decode()


def test_el_organo_tiene_el_suyo_y_si_no_lo_del_portal(reparto: Reparto) -> None:
    quien, uno = reparto.cuentas["administradora"], TEXTOS["correo.despedida"]
    assert textos.de("correo.despedida", "prueba", portal="STL").startswith("STL\nEste mensaje")
    Texto.cambiar(uno, "", escrito="Del portal {portal}", version=1, por=quien)
    assert textos.de("correo.despedida", "prueba", portal="STL") == "Del portal STL"
    Texto.cambiar(uno, "prueba", escrito="Del órgano", version=1, por=quien)
    assert textos.de("correo.despedida", "prueba", portal="STL") == "Del órgano"
    assert textos.de("correo.despedida", "otro", portal="STL") == "Del portal STL"
    with pytest.raises(KeyError):
        textos.de("no.hay")


def test_un_anuncio_se_ve_sus_dias_y_a_quien_le_toca(reparto: Reparto, client: Client) -> None:
    hoy, un_dia = timezone.localdate(), dt.timedelta(days=1)
    for texto, donde, desde, hasta in (
        ("Para todas", "todas", hoy, hoy),
        ("Solo fuera", "publico", hoy - un_dia, hoy),
        ("Solo dentro", "privado", hoy, hoy + un_dia),
        ("Ya pasó", "todas", hoy - un_dia, hoy - un_dia),
        ("Mañana", "todas", hoy + un_dia, hoy + un_dia),
    ):
        Anuncio.objects.create(texto=texto, donde=donde, desde=desde, hasta=hasta)
    admin = entrar(reparto)
    fuera, dentro = client.get("/ayuda/").content.decode(), admin.get("/gestion/").content.decode()
    todos = ("Para todas", "Solo fuera", "Solo dentro", "Ya pasó", "Mañana")
    assert [t for t in todos if t in fuera] == ["Para todas", "Solo fuera"]
    assert [t for t in todos if t in dentro] == ["Para todas", "Solo dentro"]
    nuevo = {"texto": "Cerramos", "tono": "alerta", "donde": "todas", "desde": hoy, "hasta": hoy - un_dia}
    malo = admin.post("/gestion/registros/textos/anuncio/add/", nuevo | {"liga": "javascript:x"})
    pagina = malo.content.decode()
    assert malo.status_code == 422
    for frase in ("El último día es anterior al primero.", "una que empiece con https", "van juntos"):
        assert frase in pagina
    bueno = nuevo | {"hasta": hoy, "liga": "/calendario/", "accion": "Ver fechas"}
    assert admin.post("/gestion/registros/textos/anuncio/add/", bueno).status_code == 302
    assert '<a href="/calendario/">Ver fechas</a>' in client.get("/ayuda/").content.decode()


def test_leerlos_no_cuesta_consultas_y_lo_editado_se_sabe_por_la_edicion(
    reparto: Reparto, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    quien = reparto.cuentas["administradora"]
    with CaptureQueriesContext(connection) as ninguna:
        client.get("/ayuda/")
    assert len(ninguna) == 0
    Texto.cambiar(TEXTOS["pie.acerca"], "", escrito="Otro pie", version=1, por=quien)
    for consultas in (2, 0):  # lo editado y los anuncios, una vez
        with CaptureQueriesContext(connection) as hechas:
            assert "Otro pie" in client.get("/ayuda/").content.decode()
        assert len(hechas) == consultas
    # Otro proceso lo cambió: aquí solo se nota en la edición.
    Texto.objects.update(escrito="El de otro proceso")
    assert textos.de("pie.acerca") == "Otro pie"
    monkeypatch.setattr(lectura, "vigente", lambda: "otra edición")
    assert textos.de("pie.acerca") == "El de otro proceso"


def test_la_demostracion_trae_uno_cambiado_y_un_anuncio(reparto: Reparto, client: Client) -> None:
    dicho: list[str] = []
    demo.cargar(dicho.append)
    assert (dicho, Anuncio.objects.count()) == ([], 0)  # nadie administra todavía
    entrar(reparto)
    demo.cargar(dicho.append)
    demo.cargar(dicho.append)
    assert dicho == ["Un anuncio y un texto cambiado, de ejemplo"]
    assert "desde tu propio calendario" in client.get("/calendario/").content.decode()
