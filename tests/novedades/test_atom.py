"""Los canales: válidos, con todo lo publicado y nada más, y con los identificadores de siempre."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from municipios.models import InformeTrimestral
from sesiones import anexos, convocar
from sesiones import models as m
from stl_portal.novedades.registro import NOVEDADES
from stl_portal.participacion.models import Pregunta
from tests.novedades.comprobador import ATOM, comprobado, entradas, texto
from tests.novedades.conftest import SECRETOS
from tests.personas import Reparto, crear_reparto

CANALES = ("/novedades.atom", "/novedades/prueba.atom", "/plan/novedades.atom", "/municipios/novedades.atom")


def resumenes(client: Client, canal: str = "/novedades.atom") -> dict[str, str]:
    """De cada título, su resumen."""
    leido = comprobado(client.get(canal).content)
    return {texto(entrada, "title"): texto(entrada, "summary") for entrada in entradas(leido)}


@pytest.mark.usefixtures("de_todo")
@pytest.mark.parametrize("canal", CANALES)
def test_es_valido_y_no_dice_nada_que_no_sea_publico(client: Client, canal: str) -> None:
    respuesta = client.get(canal)
    assert respuesta["Content-Type"].startswith("application/atom+xml")
    comprobado(respuesta.content)
    assert [secreto for secreto in SECRETOS if secreto in respuesta.content.decode()] == []


@pytest.mark.usefixtures("de_todo")
def test_reune_todas_las_clases_y_cada_una_dice_hechos(client: Client) -> None:
    canal = comprobado(client.get("/novedades.atom").content)
    clases = {c.get("term") for c in canal.iter(f"{ATOM}category")}
    assert clases == {clase.nombre for clase in NOVEDADES.values()}
    dichos = resumenes(client)
    assert "Es el " in dichos["Se convocó: La convocada"]
    assert "Orden del día: 1 punto." in dichos["Se convocó: La convocada"]
    assert "Convocatoria: 1 de 46 municipios la cumplen" in dichos["Corte municipal"]
    assert "Avance calculado: 30 %." in dichos["Primer Informe, Plan de prueba"]
    assert dichos["Se aprobó el calendario de sesiones de 2027"] == (
        "Prevé 1 fecha; la primera, el 3 de febrero de 2027."
    )


@pytest.mark.usefixtures("de_todo")
def test_lo_preguntado_y_lo_respondido_se_cuentan_por_separado(client: Client) -> None:
    dichos = resumenes(client)
    folio = Pregunta.objects.respondidas().get().folio
    de_ellas = {t: dicho for t, dicho in dichos.items() if "Compromiso 1.1" in t}
    assert sorted(t.partition(" sobre ")[0] for t in de_ellas) == [
        "Pregunta",
        f"Se respondió la pregunta {folio},",
    ]
    assert any("«Se abren mañana.»" in dicho and "Rectora" in dicho for dicho in de_ellas.values())
    solo = client.get("/novedades/?clase=preguntas&organo=prueba").content.decode()
    assert solo.count('class="novedad"') == 2
    crear_reparto("otro")
    assert 'class="novedad"' not in client.get("/novedades/?clase=preguntas&organo=otro").content.decode()


@pytest.mark.usefixtures("de_todo")
def test_de_un_anexo_retirado_no_queda_el_titulo(client: Client) -> None:
    """Ni al contar que se publicó: el título pudo ser lo que motivó el retiro. El informe lleva su clase."""
    informe = InformeTrimestral.objects.get()
    antes = resumenes(client)
    assert {"Se publicó un anexo: Programa", f"Se publicó un informe trimestral: {informe}"} <= set(antes)
    for anexo in m.Anexo.objects.filter(publicaciones__isnull=False):
        anexos.retirar(anexo, None, timezone.now(), "Traía un dato secreto")
    despues, titulos = client.get("/novedades.atom").content.decode(), resumenes(client)
    assert "Programa" not in despues
    assert str(informe) not in despues
    assert "secreto" not in despues
    for que in ("un anexo", "un informe trimestral"):
        assert titulos[f"Se publicó {que}"].endswith("Después se retiró.")
        assert f"Se retiró {que}" in titulos
    assert 'class="novedad"' in client.get("/novedades/?clase=trimestrales").content.decode()


def test_sin_nada_tambien_es_valido(client: Client, reparto: Reparto) -> None:
    for canal in CANALES:
        assert entradas(comprobado(client.get(canal).content)) == []


@pytest.mark.usefixtures("de_todo")
def test_los_identificadores_no_dependen_de_la_direccion(client: Client, settings: Settings) -> None:
    settings.SITIO = "https://portal.example"
    settings.ALLOWED_HOSTS = ["*"]
    por_un_nombre, por_otro = (
        [texto(e, "id") for e in entradas(comprobado(respuesta.content))]
        for respuesta in (client.get("/novedades.atom", headers={"host": f"{h}.example"}) for h in ("a", "b"))
    )
    assert por_un_nombre == por_otro
    sello = m.Sello.objects.get()
    publicada = m.Publicacion.objects.get().publicada_el
    assert f"tag:portal.example,{publicada:%Y-%m-%d}:acta:{sello.codigo}" in por_un_nombre


def test_una_enmienda_dice_que_cambio_y_no_la_liga(client: Client, de_todo: m.Sesion) -> None:
    por = de_todo.organo.roles.earliest("pk").usuario
    for campos in ({"lugar": "Otra sala"}, {"liga": "https://reservada.example/otra"}):
        de_todo.refresh_from_db()
        de_todo.corregir_datos(de_todo.version, por=por, **campos)
        convocar.enmendar(de_todo, por, timezone.now(), motivo="Motivo secreto")
    dichos = resumenes(client)
    assert dichos["Cambió la convocatoria: La convocada"] == "Sede: Sala de prueba → Otra sala."
    assert sum(titulo.startswith("Cambió la convocatoria") for titulo in dichos) == 1
    assert "secreto" not in client.get("/novedades.atom").content.decode()


def test_lo_que_se_cancela_se_dice_sin_el_motivo(client: Client, de_todo: m.Sesion) -> None:
    convocar.cancelar(de_todo, None, timezone.now(), motivo="Motivo secreto")
    assert "Estaba citada para el" in resumenes(client)["Se canceló: La convocada"]
    assert "secreto" not in client.get("/novedades.atom").content.decode()


@pytest.mark.usefixtures("de_todo")
def test_el_de_un_organo_solo_trae_lo_suyo(client: Client) -> None:
    crear_reparto("otro")
    assert resumenes(client, "/novedades/prueba.atom") == resumenes(client)
    assert resumenes(client, "/novedades/otro.atom") == {}
    assert client.get("/novedades/no-hay.atom").status_code == 404


@pytest.mark.usefixtures("de_todo")
def test_lo_ya_bajado_no_se_baja_otra_vez(client: Client) -> None:
    etiqueta = client.get("/novedades.atom")["ETag"]
    assert client.get("/novedades.atom", headers={"If-None-Match": etiqueta}).status_code == 304


@pytest.mark.usefixtures("de_todo")
def test_cuestan_lo_mismo_con_pocas_y_con_muchas(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    consultas = {"/novedades.atom": 33, "/novedades/": 39}
    sesion = m.Sesion.objects.get(convocatorias__isnull=False, estado="convocada")
    avisado = sesion.convocatorias.get().contenido
    for numeros in ((), range(1, 15)):
        for n in numeros:
            contenido = avisado | {"lugar": f"Sala {n}"}
            sesion.convocatorias.create(secuencia=n, emitida_el=timezone.now(), contenido=contenido)
        for direccion, cuantas in consultas.items():
            with django_assert_num_queries(cuantas):
                assert client.get(direccion).status_code == 200
