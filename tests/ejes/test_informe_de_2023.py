"""El 1° Informe Parcial 2022-2024, página por página: cada cifra, nombre, nota y liga, en PDF y en pantalla.

Los hechos se escribieron a mano leyendo el documento; no salen de los datos de la demostración. De cada
acción se busca su número, la palabra que el documento pone en negritas y su avance, juntos.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from ejes.models import Corte
from stl_portal.archivo import almacen
from tests.ejes.lectura import visible

# Lee el documento y sus páginas; que el corte se guarde lo prueban las de `tests/ejes/cortes`.
pytestmark = pytest.mark.apariencia

ESTILO = Path(settings.BASE_DIR) / "stl_portal/documentos/estilos/portada.css"
PORTADA = """
    Plan de Acción Local de Estado Abierto 2022-2024|Primer Informe Parcial|1 de agosto de 2023
    30 de noviembre de 2023|33 acciones · 13 compromisos · 7 ejes|42 %|58 %|agosto de 2024
    Cuarta Sesión Ordinaria 2023|Secretariado Técnico Local de Estado Abierto Guanajuato
    4 de diciembre de 2023|11:00 horas
"""
EJES = {
    1: ("Gobierno Abierto", 51),
    2: ("Parlamento Abierto", 35),
    3: ("Justicia Abierta", 65),
    4: ("Academia Abierta", 33),
    5: ("Transparencia Incluyente", 42),
    6: ("Antena Universitaria", 30),
    7: ("Apertura Institucional", 56),
}
SORIA = (
    "Mtro. J. Jesús Soria Narváez|Representante titular del Poder Ejecutivo del Estado de Guanajuato"
    "|director general de Gobierno Abierto|Secretaría de Transparencia y Rendición de Cuentas"
)
URRUTIA = (
    "Mtro. José Cristian Urrutia Negrete|Jefe de Gobierno Abierto y Vinculación Institucional"
    "|Instituto de Acceso a la Información Pública para el Estado de Guanajuato"
)


@dataclass(frozen=True)
class Pagina:
    """Lo que el documento dice en la página de un compromiso."""

    codigo: str
    nombre: str
    avance: str
    acciones: tuple[tuple[str, str], ...]  # palabra en negritas y avance, en orden
    responde: str
    ademas: str = ""


PAGINAS = (
    Pagina(
        "1.1",
        "Economía para todas y todos: Más Empleo para Guanajuato",
        "30 %",
        (("plataforma", "60 %"), ("encuestas", "En etapa de diseño de las encuestas")),
        SORIA,
    ),
    Pagina(
        "1.2",
        "Estrategia Dinámicamente",
        "En etapa de diseño del programa",
        (("programa", "En etapa de diseño del programa"),),
        SORIA,
        "https://dinamicamente.guanajuato.gob.mx/",
    ),
    Pagina(
        "1.3",
        "Ecoapp",
        "100 %",
        (("ECOAPP", "100 %"), ("ECOAPP", "100 %")),
        SORIA,
        "https://smaot.guanajuato.gob.mx/sitio/ecoapp/",
    ),
    Pagina(
        "1.4",
        "Mapa de Compatibilidad en Áreas de Cultivo de Agave para el Desarrollo Ordenado y Sostenible",
        "100 %",
        (("mapa", "100 %"),),
        SORIA,
        "agave tequilero|2014|2019|https://smaot.guanajuato.gob.mx/agave/",
    ),
    Pagina(
        "1.5",
        "Sistema de vigilancia para la transformación de la producción de ladrillo y mejora de la calidad "
        "del aire, a través del ejercicio del Derecho de Acceso a la Información",
        "23 %",
        (
            ("campaña", "35 %"),
            ("sistema de vigilancia", "10 %"),
            ("indicadores", "100 %"),
            ("mesas de trabajo", "En etapa de diseño de las mesas"),
        ),
        "Dra. Rebeca Monroy Torres|Observatorio Universitario de Seguridad Alimentaria y Nutricional del "
        "Estado de Guanajuato, A.C.|presidenta fundadora del OUSANEG",
        "«Capacítandome para transformar la producción de ladrillo y mejorar la calidad del aire en la "
        "Comunidad de “Las Ladrilleras del Refugio”, a través del uso de herramientas de acceso a la "
        "información»|aproximadamente 129 personas|Guanajuato y León",
    ),
    Pagina(
        "2.1",
        "Innovación parlamentaria y fomento de la participación ciudadana en el marco de la "
        "interseccionalidad",
        "35 %",
        (("Consulta ciudadana", "30 %"), ("padrón de cabilderos", "37 %")),
        "Lic. Ma. de los Ángeles Ducoing Valdepeña|Representante titular del Poder Legislativo del Estado de "
        "Guanajuato|directora de Transparencia y Parlamento Abierto del Congreso del Estado de "
        "Guanajuato",
    ),
    Pagina(
        "3.1",
        "Difusión de versiones de sentencias en lenguaje accesible, dictadas por los Juzgados Civiles, de "
        "Partido, Familiares y Laborales",
        "34 %",
        (("lenguaje accesible", "34 %"), ("página web", "34 %")),
        "Lcda. Teresita del Niño Jesús Luna Vázquez|Representante titular del Poder Judicial del Estado de "
        "Guanajuato|Secretaría General del Supremo Tribunal de Justicia del Estado de Guanajuato",
    ),
    Pagina(
        "3.2",
        "Justicia Abierta Administrativa",
        "61 %",
        (
            ("versión pública", "100 % *"),
            ("Comisión de Justicia Abierta", "50 %"),
            ("lenguaje ciudadano", "33 %"),
        ),
        "Mtro. Mauro Abraham Cuevas Alba|Representante titular del Tribunal de Justicia Administrativa del "
        "Estado de Guanajuato|director del Instituto de la Justicia Administrativa del TJA",
        "https://datos.tjagto.gob.mx/dataset/sentencias",
    ),
    Pagina(
        "3.3",
        "Justicia Abierta Electoral",
        "100 %",
        (("infografías", "100 % *"), ("sitio electrónico de denuncias", "100 %"), ("buscador", "100 %")),
        "Lcda. María Dolores Serrano Luna|Representante titular del Tribunal Estatal Electoral de Guanajuato"
        "|titular de la Unidad de Transparencia del TEEG",
        "https://denuncia.teegto.org.mx/",
    ),
    Pagina(
        "4.1",
        "Transparencia, Datos Personales y Estado Abierto",
        "33 %",
        (("Capacitar", "33 % *"), ("personas facilitadoras", "33 %"), ("grupo de atención", "34 % *")),
        URRUTIA,
        "INAI",
    ),
    Pagina(
        "5.1",
        "Mentoría de Mujer a Mujer",
        "42 %",
        (("emprendimiento", "25 %"), ("mentoría", "20 %"), ("apoyos", "70 %"), ("diagnóstico", "70 % *")),
        "Lic. Rosa María de Lourdes Galván Cuevas|Representante titular de 10,000 Mujeres Unidas por México, "
        "A.C., capítulo Guanajuato|presidenta de 10,000 Mujeres por México, Guanajuato",
    ),
    Pagina(
        "6.1",
        "Antena Universitaria",
        "30 %",
        (("eventos artísticos y culturales", "30 %"), ("científic", "30 %"), ("quehacer", "30 %")),
        "Lic. Olimpo Damián Saldaña Ayala|Representante titular de la Universidad de Guanajuato"
        "|titular de la Unidad de Transparencia de la UG",
        "https://www.ugto.mx/antenauniversitariaug/"
        "|https://www.instagram.com/udeguanajuato/?igshid=NzZlODBkYWWE4Ng%3D%3D",
    ),
    Pagina(
        "7.1",
        "Municipios Abiertos y Partidos Abiertos",
        "56 %",
        (
            ("secretariados técnicos municipales", "45 % *"),
            ("siete partidos políticos", "43 % *"),
            ("estrategias de apertura institucional", "80 %"),
        ),
        URRUTIA,
        "Municipios Abiertos del Estado de Guanajuato 2022-2024"
        "|https://www.gobiernoabiertocto.org.mx/municipios2/mapa.html",
    ),
)
IDS = [pagina.codigo for pagina in PAGINAS]


def llano(texto: str) -> str:
    """Sin espacios, saltos ni mayúsculas: así se compara lo que un PDF parte en renglones."""
    return "".join(texto.split()).casefold()


def faltan(hechos: str, texto: str) -> list[str]:
    """Los que el texto no dice; se separan con «|» o con un salto."""
    dicho = llano(texto)
    return [h.strip() for h in re.split(r"[|\n]", hechos) if h.strip() and llano(h) not in dicho]


def luz(color: str) -> float:
    """Luminancia relativa de un «rrggbb» (WCAG 2.2)."""
    canales = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    lineales = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canales]
    return sum(peso * c for peso, c in zip((0.2126, 0.7152, 0.0722), lineales, strict=True))


@pytest.fixture
def hojas(corte: Corte) -> list[str]:
    """El texto de cada hoja del PDF, en orden de lectura."""
    orden = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    pdf = almacen.leer(corte.publicacion.pdf)
    salida = subprocess.run(orden, input=pdf, capture_output=True, check=True).stdout.decode()
    return salida.split("\f")[:-1]


def hoja_de(hojas: list[str], codigo: str) -> str:
    """La hoja del compromiso: la tercera es la del primero y van en orden."""
    return hojas[2 + IDS.index(codigo)]


def de_la_accion(hoja: str, codigo: str) -> str:
    """Lo que la hoja dice de una acción: de su número al siguiente o al fin de la tabla."""
    return re.split(rf"(?m)^{re.escape(codigo)} ", hoja)[1].split("La media simple")[0].split("Nada de lo")[0]


def test_hay_treinta_y_tres_acciones_en_la_lista_de_hechos() -> None:
    assert sum(len(pagina.acciones) for pagina in PAGINAS) == 33


def test_la_portada(hojas: list[str]) -> None:
    assert faltan(PORTADA, hojas[0]) == []


def test_la_portada_trae_los_ejes_con_su_avance(hojas: list[str]) -> None:
    for numero, (nombre, avance) in EJES.items():
        assert re.search(rf"(?m)^{numero} {nombre}\s+{avance} %$", hojas[0])


def test_cada_compromiso_cabe_en_su_hoja(hojas: list[str]) -> None:
    assert [hoja.count("Responde ") for hoja in hojas] == [0, 0, *(1 for _ in PAGINAS), 0, 0]


def test_el_blanco_se_lee_sobre_el_color_de_cada_eje() -> None:
    colores = re.findall(r"\.eje-\d \{\s+background: #(\w{6})", ESTILO.read_text())
    assert len(set(colores)) == 6  # el primero es el verde de la franja
    assert min(1.05 / (luz(color) + 0.05) for color in (*colores, "1f3d36")) >= 7


def test_los_ejes_con_su_total(hojas: list[str]) -> None:
    for numero, (nombre, avance) in EJES.items():
        assert re.search(rf"Eje {numero}\. {nombre}\s+{avance} %", hojas[1])
        suyas = [pagina.codigo for pagina in PAGINAS if pagina.codigo.startswith(f"{numero}.")]
        for codigo in suyas:
            hechos = f"Eje {numero}. {nombre}|Avance del eje: {avance} % declarado"
            assert faltan(hechos, hoja_de(hojas, codigo)) == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=IDS)
def test_la_hoja_de_cada_compromiso(hojas: list[str], pagina: Pagina) -> None:
    hoja = hoja_de(hojas, pagina.codigo)
    hechos = f"Compromiso {pagina.codigo} {pagina.nombre}|{pagina.responde}|{pagina.ademas}"
    assert faltan(f"{hechos}|Declarado {pagina.avance}", hoja) == []
    for numero, (palabra, avance) in enumerate(pagina.acciones, start=1):
        siguiente = f"{pagina.codigo}.{numero + 1}"
        dicho = re.split(rf"(?m)^{re.escape(siguiente)} ", de_la_accion(hoja, f"{pagina.codigo}.{numero}"))[0]
        assert faltan(palabra, dicho) == []
        assert llano(dicho).endswith(llano(avance))


@pytest.mark.parametrize("pagina", PAGINAS, ids=IDS)
def test_la_pagina_publica_de_cada_compromiso(client: Client, corte: Corte, pagina: Pagina) -> None:
    respuesta = client.get(f"/plan/2022-2024/compromiso/{pagina.codigo}/")
    texto = visible(respuesta)
    assert faltan(f"{pagina.codigo}|{pagina.nombre}|{pagina.responde}|{pagina.ademas}", texto) == []
    assert faltan(f"Declarado {pagina.avance}", texto) == []
    arbol = html.fromstring(respuesta.content.decode())
    for numero, (palabra, avance) in enumerate(pagina.acciones, start=1):
        (accion,) = arbol.xpath(f"//*[@id='accion-{numero}']")
        dicho = " ".join(accion.itertext())
        cifra, _, asterisco = avance.partition(" *")
        assert faltan(f"{pagina.codigo}.{numero}|{palabra}|{cifra}", dicho) == []
        assert ("*" in dicho) is ("*" in avance), asterisco


def test_la_pagina_publica_del_informe(client: Client, corte: Corte) -> None:
    respuesta = client.get("/plan/2022-2024/informe/1/")
    texto = visible(respuesta)
    assert faltan(PORTADA, texto) == []
    for numero, (nombre, avance) in EJES.items():
        assert faltan(f"Eje {numero}. {nombre} Declarado {avance} %", texto) == []
    for pagina in PAGINAS:
        assert faltan(f"{pagina.codigo} {pagina.nombre} {pagina.avance}", texto) == []


def test_las_ligas_se_pueden_abrir_y_se_citan_juntas_al_final(hojas: list[str]) -> None:
    ligas = [liga for p in PAGINAS for liga in p.ademas.split("|") if liga.startswith("https://")]
    assert len(ligas) == 8
    assert faltan("|".join(ligas), "".join(hojas[15:])) == []


def test_el_cierre_dice_lo_que_falta_los_porques_y_las_notas(hojas: list[str]) -> None:
    cierre = "".join(hojas[15:])
    hechos = (
        "Falta por alcanzar 58 % del plan|agosto de 2024|declarado 23 %, calculado 36.25 %"
        "|declarado 35 %, calculado 33.5 %|declarado 42 %, calculado 46.25 %"
        "|declarado 42 %, calculado 44.57 %"
        "|3.2.1, 3.3.1, 4.1.1, 4.1.3, 5.1.4, 7.1.1, 7.1.2|129 personas"
    )
    assert faltan(hechos, cierre) == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=IDS)
def test_la_hoja_que_lleva_asterisco_dice_que_es(hojas: list[str], pagina: Pagina) -> None:
    marcadas = [f"{pagina.codigo}.{n}" for n, (_, cifra) in enumerate(pagina.acciones, 1) if "*" in cifra]
    cuales = re.findall(r"\* El documento de origen marca (.+?) con\s+una", hoja_de(hojas, pagina.codigo))
    assert cuales == ([", ".join(marcadas)] if marcadas else [])


def test_lo_que_no_es_cifra_ni_base_ni_archivo_no_se_hace_pasar_por_tal(hojas: list[str]) -> None:
    cierre = "".join(hojas[15:])
    assert faltan("1.2 Estrategia Dinámicamente Sin cifra|Direcciones citadas; no hay archivos", cierre) == []
    assert llano("huella SHA-256") not in llano(cierre)
    aparte = "Las acciones 50.48 % Declarado, para comparar: no sale de ninguna base 42 %"
    assert faltan(aparte, hojas[1]) == []


def test_dice_que_es_el_primer_corte(hojas: list[str]) -> None:
    assert "".join(hojas).count("Es el primer corte de este plan") == 1


def test_dice_una_sola_vez_lo_que_el_documento_de_origen_no_trae(hojas: list[str]) -> None:
    todo = llano("".join(hojas))
    assert todo.count(llano("«Partes cocreadoras» está vacío en los 13 compromisos")) == 1
