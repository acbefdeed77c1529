"""El avance de los municipios para cualquiera: mapa, totales, tabla, cortes y comparación."""

import datetime as dt
import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from municipios import carga
from municipios.ciudadania.portada import mi_municipio
from municipios.cortes import preparar
from municipios.documento import leer
from municipios.models import CorteMunicipalPublicado, Etapa
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.municipios.publicados import publicar_corte
from tests.personas import DIA, Reparto, crear_reparto

DESPUES = DIA + dt.timedelta(days=60)


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo)


@pytest.fixture
def publicado(reparto: Reparto, etapas: list[Etapa]) -> CorteMunicipalPublicado:
    """León con la convocatoria en proceso; de la instalación solo se conoce el total."""
    anotar(etapas[0], LEON, "en_proceso", nota="Consta en su gaceta.")
    return publicar_corte(reparto.organo, totales={etapas[1]: {"sin_informacion": 44, "cumplido": 2}})


def contenido(client: Client, ruta: str) -> str:
    respuesta = client.get(ruta)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_sin_cortes_la_pagina_es_la_lista_de_los_46(client: Client, db: None) -> None:
    carga.cargar()
    texto = contenido(client, "/municipios/")
    assert "46 municipios en total" in texto
    assert '<svg class="mapa__dibujo"' not in texto


@pytest.mark.usefixtures("publicado")
def test_el_mapa_la_tabla_y_los_totales_dicen_lo_mismo(client: Client) -> None:
    pagina = client.get("/municipios/")
    texto = pagina.content.decode()
    assert texto.count('class="mapa__municipio') == 46
    assert 'aria-label="León: en proceso"' in texto
    assert texto.count(': sin información"') == 45
    convocatoria = pagina.context["de_la_etapa"]
    assert [t.situacion.municipios for t in convocatoria.totales] == [45, 0, 1, 0]
    assert convocatoria.suma == 46
    en_la_tabla = [fila.casillas[0].situacion.clave for fila in pagina.context["filas"]]
    assert (en_la_tabla.count("sin_informacion"), en_la_tabla.count("en_proceso")) == (45, 1)


@pytest.mark.usefixtures("publicado")
def test_cada_total_lleva_exactamente_a_los_municipios_que_cuenta(client: Client) -> None:
    for total in client.get("/municipios/").context["de_la_etapa"].totales:
        if total.situacion.municipios:
            filas = client.get("/municipios/" + total.url.partition("#")[0]).context["filas"]
            assert len(filas) == total.situacion.municipios
        else:
            assert total.url == ""


@pytest.mark.usefixtures("publicado")
def test_si_solo_se_conoce_el_total_se_dice_y_no_se_inventa_quien_es_cual(client: Client) -> None:
    pagina = client.get("/municipios/?etapa=instalacion&situacion=cumplido")
    texto = pagina.content.decode()
    assert texto.count(': sin desglose"') == 46
    assert "solo se conoce el total: no se sabe qué municipios son" in texto
    assert [(t.situacion.municipios, t.url) for t in pagina.context["de_la_etapa"].totales][:1] == [(44, "")]
    assert len(pagina.context["filas"]) == 46
    assert [c.texto for c in pagina.context["columnas"]] == ["Municipio", "Clave INEGI", "Convocatoria"]
    assert "solo da el total: Instalacion" in " ".join(texto.split())


@pytest.mark.usefixtures("publicado")
def test_si_se_pide_una_situacion_que_no_se_puede_filtrar_se_dice_antes_del_mapa(client: Client) -> None:
    aviso = "no se puede filtrar por situación"
    antes, _, _ = contenido(client, "/municipios/?etapa=instalacion&situacion=cumplido").partition(
        '<svg class="mapa'
    )
    assert aviso in antes
    assert aviso not in contenido(client, "/municipios/?etapa=instalacion")
    assert aviso not in contenido(client, "/municipios/?etapa=convocatoria&situacion=en_proceso")


def test_la_columna_de_la_etapa_elegida_va_primero(client: Client, reparto: Reparto) -> None:
    etapas = crear_etapas(reparto.organo, "convocatoria", "plan")
    anotar(etapas[1], LEON, "cumplido")
    publicar_corte(reparto.organo)
    pagina = client.get("/municipios/?etapa=plan&orden=-plan")
    assert [c.texto for c in pagina.context["columnas"]][2:] == ["Plan", "Convocatoria"]
    primera = pagina.context["filas"][0]
    assert (primera.municipio.clave, primera.casillas[0].situacion.clave) == (LEON, "cumplido")
    assert primera.casillas[1].situacion.clave == "sin_informacion"


@pytest.mark.usefixtures("publicado")
def test_lo_buscado_se_anuncia_junto_a_la_forma_y_en_el_titulo(client: Client) -> None:
    texto = contenido(client, "/municipios/?q=abasolo")
    assert "<title>1 municipio con «abasolo»" in texto
    antes_del_mapa = texto.partition('<svg class="mapa')[0]
    assert '<a href="/municipios/11001/">Abasolo</a>' in antes_del_mapa
    assert "Ningún municipio con «nadie»." in contenido(client, "/municipios/?q=nadie")


@pytest.mark.usefixtures("publicado")
def test_se_ordena_por_cualquier_etapa_y_a_igualdad_por_nombre(client: Client) -> None:
    filas = client.get("/municipios/?orden=-convocatoria").context["filas"]
    nombres = [fila.municipio.nombre for fila in filas]
    assert nombres[0] == "León"
    assert nombres[1:3] == ["Abasolo", "Acámbaro"]


@pytest.mark.usefixtures("publicado")
def test_lo_anotado_despues_de_publicar_no_llega_a_ninguna_pagina(
    client: Client, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], "11027", "cumplido", nota="Todavía sin publicar")
    for ruta in ("/municipios/", "/municipios/11027/", "/municipios/cortes/prueba/1.csv", "/"):
        texto = contenido(client, ruta)
        assert "Todavía sin publicar" not in texto
        assert "Salamanca: cumplido" not in texto


def test_dice_de_donde_sale_y_como_comprobarlo(client: Client, publicado: CorteMunicipalPublicado) -> None:
    for ruta in ("/municipios/", "/municipios/cortes/prueba/1/"):
        texto = contenido(client, ruta)
        assert publicado.huella in texto
        assert f"/verificar/?huella={publicado.huella}" in texto
        assert f"/registro/eslabon/{publicado.eslabon}/" in texto
        assert "Lo anotado" in texto


def test_un_corte_corregido_sigue_en_su_direccion_y_dice_cual_lo_sustituye(
    client: Client, reparto: Reparto, publicado: CorteMunicipalPublicado
) -> None:
    publicar_corte(reparto.organo, corrige=publicado.corte, que_corrige="León ya había convocado.")
    texto = contenido(client, "/municipios/cortes/prueba/1/")
    assert "Este corte se corrigió" in texto
    assert 'href="/municipios/cortes/prueba/2/"' in texto
    nuevo = contenido(client, "/municipios/cortes/prueba/2/")
    assert "Este corte se corrigió" not in nuevo
    assert "León ya había convocado." in nuevo
    assert client.get("/municipios/").context["corte"].numero == 2
    assert "Corregido" in contenido(client, "/municipios/cortes/")


@pytest.mark.usefixtures("publicado")
@pytest.mark.parametrize(
    "ruta",
    [
        "/municipios/?corte=9",
        "/municipios/?organo=nadie",
        "/municipios/cortes/prueba/9/",
        "/municipios/cortes/nadie/1/",
        "/municipios/cortes/prueba/9.csv",
        "/municipios/comparar/?antes=9",
        "/municipios/11020/?organo=nadie",
    ],
)
def test_lo_que_no_existe_es_404(client: Client, ruta: str) -> None:
    assert client.get(ruta).status_code == 404


def test_un_corte_sin_publicar_no_existe(client: Client, reparto: Reparto, etapas: list[Etapa]) -> None:
    preparar.abrir(reparto.organo, nombre="En preparación", fecha=DIA)
    assert client.get("/municipios/cortes/prueba/1/").status_code == 404
    assert client.get("/municipios/cortes/prueba/1.json").status_code == 404
    assert "En preparación" not in contenido(client, "/municipios/cortes/")


@pytest.mark.usefixtures("publicado")
@pytest.mark.parametrize("rara", ["q=" + "a" * 999, "corte=", "organo=", "etapa=", "orden=-cabecera"])
def test_una_consulta_rara_muestra_a_todos_o_lo_explica(client: Client, rara: str) -> None:
    assert client.get(f"/municipios/?{rara}").status_code == 200


@pytest.mark.usefixtures("publicado")
@pytest.mark.parametrize("pagina", ["/municipios/", "/municipios/cortes/prueba/1/"])
@pytest.mark.parametrize(
    ("malo", "campo", "lleva_a", "frase"),
    [
        ("etapa=zzz", "etapa", "f-etapa", "Etapa: este corte no dice nada de esa etapa"),
        ("etapa=%00", "etapa", "f-etapa", "Etapa: este corte no dice nada de esa etapa"),
        ("situacion=zzz", "situacion", "f-situacion", "Situación: no es una de esa etapa"),
        ("etapa=instalacion&situacion=zzz", "situacion", "tabla", "Situación: no es una de esa etapa"),
        ("orden=-x", "orden", "tabla", "Orden: no hay una columna con esa clave"),
    ],
)
def test_un_filtro_que_no_existe_es_422_con_su_campo_y_los_muestra_a_todos(
    client: Client, pagina: str, malo: str, campo: str, lleva_a: str, frase: str
) -> None:
    respuesta = client.get(f"{pagina}?{malo}")
    assert (respuesta.status_code, list(respuesta.context["filtro"].errors)) == (422, [campo])
    texto = respuesta.content.decode()
    assert re.search(rf'<a href="#{lleva_a}">{frase}', texto)
    assert texto.count(f'id="{lleva_a}"') == 1
    assert len(respuesta.context["filas"]) == 46


def test_se_elige_entre_seguimientos_y_el_ficticio_lo_dice(
    client: Client, reparto: Reparto, publicado: CorteMunicipalPublicado
) -> None:
    otro = crear_reparto("zeta").organo
    otro.ficticio = True
    otro.save()
    crear_etapas(otro, "plan")
    publicar_corte(otro)
    assert client.get("/municipios/").context["organo"] == reparto.organo
    texto = contenido(client, "/municipios/?organo=zeta")
    assert "Órgano ficticio" in texto
    assert 'href="/municipios/11020/?organo=zeta"' in texto
    assert "Órgano ficticio" in contenido(client, "/municipios/11020/?organo=zeta")


def test_se_comparan_los_dos_ultimos_si_no_se_dice_cuales(
    client: Client, reparto: Reparto, etapas: list[Etapa], publicado: CorteMunicipalPublicado
) -> None:
    assert "Solo hay un corte" in contenido(client, "/municipios/comparar/")
    anotar(etapas[0], LEON, "cumplido", DESPUES)
    publicar_corte(reparto.organo, DESPUES)
    pagina = client.get("/municipios/comparar/")
    assert pagina.context["comparacion"].antes.numero == 1
    assert pagina.context["comparacion"].despues.numero == 2
    texto = pagina.content.decode()
    assert "1 avanza · 45 siguen igual" in texto
    assert "Solo se comparan los totales" in texto
    invertida = client.get("/municipios/comparar/?antes=2&despues=1").content.decode()
    assert "1 retrocede · 45 siguen igual" in invertida


@pytest.mark.usefixtures("publicado")
def test_por_que_retrocede_se_publica_con_el_corte(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], LEON, "no_iniciado", DESPUES, motivo="Se canceló la convocatoria.")
    publicar_corte(reparto.organo, DESPUES)
    comparacion = contenido(client, "/municipios/comparar/")
    assert "de «En proceso» a «No iniciado». Motivo: Se canceló la convocatoria." in comparacion
    assert "Por qué retrocede: Se canceló la convocatoria." in contenido(client, "/municipios/11020/")
    csv = contenido(client, "/municipios/cortes/prueba/2.csv")
    assert csv.count("Se canceló la convocatoria.") == 1
    al_reves = contenido(client, "/municipios/comparar/?antes=2&despues=1")
    assert "Motivo:" not in al_reves


def test_un_corte_que_no_traia_motivos_se_lee_igual(publicado: CorteMunicipalPublicado) -> None:
    datos = json.loads(bytes(publicado.documento))
    for renglon in datos["renglones"]:
        for casilla in renglon["etapas"].values():
            del casilla["motivo"]
    viejo = json.dumps(datos).encode()
    assert leer(viejo) == leer(bytes(publicado.documento))


def test_sin_decir_de_quien_se_compara_un_seguimiento_que_tenga_dos_cortes(
    client: Client, reparto: Reparto, publicado: CorteMunicipalPublicado
) -> None:
    otro = crear_reparto("zeta").organo
    crear_etapas(otro)
    for fecha in (DIA, DESPUES):
        publicar_corte(otro, fecha)
    assert client.get("/municipios/comparar/").context["organo"] == otro
    assert client.get("/municipios/comparar/?organo=prueba").context["organo"] == reparto.organo
    type(otro).objects.filter(pk=otro.pk).update(ficticio=True)
    assert client.get("/municipios/comparar/").context["organo"] == reparto.organo
    assert "Solo hay un corte" in contenido(client, "/municipios/")


def test_la_correccion_se_compara_con_lo_que_corrige(
    client: Client, reparto: Reparto, publicado: CorteMunicipalPublicado
) -> None:
    publicar_corte(reparto.organo, corrige=publicado.corte, que_corrige="Un total.")
    assert client.get("/municipios/comparar/").context["antes"] == publicado


@pytest.mark.parametrize(
    "ruta", ["/municipios/", "/municipios/?etapa=plan", "/municipios/comparar/", "/municipios/cortes/"]
)
def test_las_consultas_no_crecen_con_lo_anotado_ni_con_los_cortes(
    client: Client, reparto: Reparto, ruta: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etapas = crear_etapas(reparto.organo, "convocatoria", "plan")
    for n in range(2):
        publicar_corte(reparto.organo, DIA + dt.timedelta(days=n))
    esperadas = {"/municipios/cortes/": 2, "/municipios/comparar/": 5}.get(ruta, 4)
    with django_assert_num_queries(esperadas):
        client.get(ruta)
    for clave in range(11001, 11047):
        anotar(etapas[0], str(clave), "en_proceso")
    for n in range(2, 6):
        publicar_corte(reparto.organo, DIA + dt.timedelta(days=n))
    with django_assert_num_queries(esperadas):
        client.get(ruta)


@pytest.mark.usefixtures("publicado")
def test_la_portada_lleva_al_municipio_que_se_elige(client: Client) -> None:
    texto = contenido(client, "/")
    assert "Mi municipio" in texto
    assert '<option value="11020">León</option>' in texto
    assert client.get("/municipios/", {"municipio": LEON}).headers["Location"] == "/municipios/11020/"
    assert client.get("/municipios/", {"municipio": "99999"}).status_code == 200


def test_la_portada_pregunta_lo_mismo_con_uno_o_con_muchos_cortes(
    reparto: Reparto, etapas: list[Etapa], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        publicar_corte(reparto.organo, DIA + dt.timedelta(days=n))
        with django_assert_num_queries(2):
            bloque = mi_municipio(None, DIA)  # type: ignore[arg-type]  # no mira la petición
        assert bloque.contexto["ultimo"].corte.numero == n + 1


@pytest.mark.usefixtures("publicado")
def test_lo_que_se_dice_de_cada_hexagono_esta_en_el_orden_anunciado(client: Client) -> None:
    texto = contenido(client, "/municipios/")
    dichos = re.findall(r'aria-label="([^":]+): ', texto)
    assert dichos[:4] == ["Ocampo", "San Felipe", "San Diego de la Unión", "San Luis de la Paz"]
    assert len(dichos) == 46
    assert "Se lee de norte a sur y de poniente a oriente" in texto
