"""Lo que se escribe o se pega: texto con formato, búsquedas, actas viejas, la matriz, asientos y plazos."""

import datetime as dt
import html
import json
import re
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from municipios.captura import celdas as de_la_matriz
from municipios.captura import hoja, nombres
from municipios.captura.codificacion import en_utf8
from municipios.captura.columnas import Columnas
from sesiones import asientos_pegados, numeracion, plazos
from sesiones.historicas.lectura.en_json import escribir
from sesiones.historicas.lectura.proponer import proponer
from sesiones.historicas.lectura.renglones import TextoIlegible
from stl_portal.buscador import consulta, resaltar
from stl_portal.texto import ETIQUETAS, a_html, a_llano, limpiar, limpiar_linea, limpiar_llano
from tests.municipios.fabricas import crear_etapas
from tests.municipios.pegado import los_46
from tests.personas import Reparto

from .campana import CUENTAS, blanco, exigir_frase, o_rechazo
from .mutar import bytes_de, texto_de

CON_FORMATO = texto_de(
    "**Uno** y *dos*.\n\n- tres\n- cuatro\n\n1. cinco\n\n> seis",
    '<p class="MsoNormal">Uno<o:p></o:p></p><ul><li>a</li></ul><script>x()</script><!--[if]-->',
    "a < b y b > c & d &lt;p&gt; <ana@ejemplo.mx>",
    "- a\n  - b\n    - c\n\n> > > d\n\n****\n\\*literal\\*",
)


# Doscientas mil letras que tardaban minutos; y HTML anidado, que tarda el cuadrado.
LENTOS = (" " * 199_999 + "x", " " * 150_000 + "****", "<div>" * 40_000, "<div>" * 14_000)
ESCAPADO = "<p>uno &lt;p&gt; dos</p>"  # al guardarse otra vez cambiaba


@blanco("texto", ejemplos=[{"tecleado": t} for t in (*LENTOS, ESCAPADO)], tecleado=CON_FORMATO)
def test_el_texto_limpio_ya_no_cambia_y_solo_trae_lo_admitido(tecleado: str) -> None:
    limpio = o_rechazo("texto", ValidationError, lambda: limpiar(tecleado))
    if limpio is None:
        return
    assert limpiar(limpio) == limpio
    etiquetas = re.findall(r"<[^>]*>", a_html(limpio))
    assert {re.sub(r"[</>]", "", e).strip() for e in etiquetas} <= ETIQUETAS
    llano = limpiar_llano(tecleado)
    assert limpiar_llano(llano) == llano
    assert "\n" not in limpiar_linea(tecleado)
    assert "\n" not in a_llano(limpio)
    assert not set(limpio) & set("\0\u202e\ufeff\u200b\x0b\x7f")


@blanco(
    "buscador",
    q=texto_de('"orden del día" acta', "«agua» 1.5.3 transparenc", "a AND b NEAR/2 c*"),
    texto=CON_FORMATO,
)
def test_toda_busqueda_se_entiende_y_se_resalta_sin_perder_letras(q: str, texto: str) -> None:
    leida = consulta.leer(q)
    assert len(leida.escrito) <= consulta.LETRAS
    assert len(leida.partes) <= consulta.PARTES
    assert all(raiz.isascii() and raiz.isalnum() for parte in leida.partes for raiz in parte.raices)
    for aviso in leida.avisos:
        exigir_frase(aviso)
    assert len(list(leida.con_menos())) <= 3
    marcado = resaltar.marcado(texto[:5_000], leida.partes)
    assert html.unescape(re.sub(r"</?mark>", "", marcado)) == texto[:5_000]
    resaltar.fragmento(texto[:5_000], leida.partes)


ACTAS = [r.read_text(encoding="utf-8")[:6_000] for r in sorted(Path("tests/historicas/actas").glob("*.txt"))]


@blanco("actas-viejas", texto=texto_de(*ACTAS))
def test_un_acta_vieja_da_una_propuesta_o_una_frase(texto: str) -> None:
    leida = o_rechazo("actas-viejas", TextoIlegible, lambda: proponer(texto))
    if leida is not None:
        propuesta = json.loads(json.dumps(escribir(leida), allow_nan=False))
        assert len(json.dumps(propuesta)) < 40 * len(texto) + 100_000
        json.dumps(propuesta, ensure_ascii=False).encode()


def _en_utf8(ruta: Path) -> bytes:
    with en_utf8(ruta) as legible:
        return legible.read_bytes() if legible != ruta else b""


@pytest.mark.django_db
def test_la_matriz_pegada(reparto: Reparto, tmp_path: Path) -> None:
    """Lo pegado y lo subido en CSV, hasta repartirlo en columnas y llevarlo en la página y de vuelta."""
    municipios = list(nombres.Municipio.objects.all())
    columnas, de_46 = Columnas(crear_etapas(reparto.organo), municipios), nombres.Nombres(municipios)
    pegados = (
        "\n".join(los_46("Cumplido")[:4]),
        "municipio;convocatoria\nLeón;Cumplido",
        '"León"\t"En\nproceso"',
    )
    ruta = tmp_path / "a.csv"

    @blanco("matriz", pegado=texto_de(*pegados), subido=bytes_de(*(p.encode("utf-16") for p in pegados)))
    def reparte(pegado: str, subido: bytes) -> None:
        leidas = o_rechazo("matriz", ValidationError, lambda: de_la_matriz.de_texto(pegado))
        if leidas:
            repartida = o_rechazo("matriz", ValidationError, lambda: hoja.repartir(leidas, columnas, de_46))
            if repartida:
                assert hoja.de_json(repartida.como_json(), columnas) == repartida
        o_rechazo("matriz", ValidationError, lambda: hoja.de_json(pegado, columnas))
        ruta.write_bytes(subido)
        o_rechazo("matriz", ValidationError, lambda: _en_utf8(ruta).decode("utf-8-sig", "strict"))

    reparte()


PEGADOS = texto_de(
    "Institución | Sector | Función\nUniversidad de León | academia | facilitación\nRed, A.C. | civil",
    "Uno\tacademia\nUno\tacademia\nÓrgano Garante\tgarante\tpresidencia",
)

DE_ASIENTOS_LARGOS = ("Uno | academia\n" * 2_000, "9" * 200_100, "Uno | " + "a" * 200_100)


@pytest.mark.django_db
def test_los_asientos_pegados(reparto: Reparto) -> None:
    @blanco("asientos", ejemplos=[{"texto": largo} for largo in DE_ASIENTOS_LARGOS], texto=PEGADOS)
    def leidos(texto: str) -> None:
        for renglon in asientos_pegados.leer(texto):
            for dicho in filter(None, (renglon.error, renglon.aviso)):
                CUENTAS["asientos"].rechazos += 1
                exigir_frase(dicho)
            assert renglon.funcion_dicha
            assert renglon.error or renglon.sector_dicho
        asientos_pegados.con_sector_cercano(texto, 2)

    leidos()


FECHAS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1))
DICHOS = texto_de(
    *("viernes 31 de enero del presente año", "primera semana de marzo del 2020", "diez (10) días hábiles"),
    *("semana del 20 de julio", "48 horas", "31/02/2020", "el próximo viernes", "fin de mes", "9999-12-31"),
)
NUMERADOS = texto_de(
    "XVIII", "18/a décima octava", "1ª", "Cuarta Sesión Ordinaria 2023", "2do", "PRU-7/2026", "MMMCMXCIX"
)


@blanco("plazos", literal=DICHOS, desde=FECHAS, hasta=FECHAS, dias=st.none() | st.integers(0, 400))
def test_los_plazos(literal: str, desde: dt.date, hasta: dt.date, dias: int | None) -> None:
    ventana = plazos.ventana_de(literal, desde, hasta)
    assert ventana is None or ventana.inicio <= ventana.fin
    exigir_frase(plazos.plazo_convocatoria(desde, min(hasta, desde + dt.timedelta(900)), dias).frase)
    cumple = plazos.sumar_dias_habiles(desde, dias or 0)
    assert plazos.dias_habiles(desde, cumple) == (dias or 0)


@blanco(
    "numeros", ejemplos=[{"dicho": "9" * 4_400, "numero": 1}], dicho=NUMERADOS, numero=st.integers(1, 999)
)
def test_los_numeros_de_sesiones_y_oficios(dicho: str, numero: int) -> None:
    for leer in (numeracion.de_romano, numeracion.leer_numero):
        o_rechazo("numeros", ValueError, partial(leer, dicho))
    assert numeracion.de_romano(numeracion.a_romano(numero)) == numero
