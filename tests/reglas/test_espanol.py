"""El español de los documentos: concordancia, fechas y horas como las escriben las actas."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal import espanol


@pytest.mark.parametrize(
    ("numero", "masculino", "femenino", "apocope"),
    [
        (1, "uno", "una", "un"),
        (16, "dieciséis", "dieciséis", "dieciséis"),
        (21, "veintiuno", "veintiuna", "veintiún"),
        (31, "treinta y uno", "treinta y una", "treinta y un"),
        (46, "cuarenta y seis", "cuarenta y seis", "cuarenta y seis"),
        (100, "cien", "cien", "cien"),
        (101, "ciento uno", "ciento una", "ciento un"),
        (500, "quinientos", "quinientas", "quinientos"),
        (731, "setecientos treinta y uno", "setecientas treinta y una", "setecientos treinta y un"),
        (1000, "mil", "mil", "mil"),
        (21000, "veintiún mil", "veintiún mil", "veintiún mil"),
        (31021, "treinta y un mil veintiuno", "treinta y un mil veintiuna", "treinta y un mil veintiún"),
        (1_000_000, "un millón", "un millón", "un millón"),
        (200_000_200, "doscientos millones doscientos", "doscientos millones doscientas", None),
        (21_000_001, "veintiún millones uno", "veintiún millones una", "veintiún millones un"),
        (0, "cero", "cero", "cero"),
    ],
)
def test_el_cardinal_concuerda_y_se_apocopa(
    numero: int, masculino: str, femenino: str, apocope: str | None
) -> None:
    assert espanol.cardinal(numero) == masculino
    assert espanol.cardinal(numero, "f") == femenino
    assert espanol.cardinal(numero, apocope=True) == (apocope or masculino)


@pytest.mark.parametrize("ajeno", [1.5, "3", True, None])
def test_solo_un_entero_se_escribe_en_palabras(ajeno: object) -> None:
    with pytest.raises(ValueError, match="entero"):
        espanol.cardinal(ajeno)  # type: ignore[arg-type]


UNIDADES = {espanol.cardinal(n): n for n in range(100)}
CENTENAS = {"cien": 100, "ciento": 100, "quinientos": 500, "setecientos": 700, "novecientos": 900} | {
    f"{espanol.cardinal(n)}cientos": n * 100 for n in (2, 3, 4, 6, 8)
}


def leer_cardinal(texto: str) -> int:
    """Lector independiente, hasta 999,999,999, de un cardinal sin apócopes: suma palabras por grupos."""
    for palabra, valor in ((r"mill(?:ones|ón)", 1_000_000), ("mil", 1000)):
        partes = re.split(rf"\b{palabra}\b", texto)
        if len(partes) == 2:
            return leer_cardinal(partes[0].strip() or "uno") * valor + leer_cardinal(
                partes[1].strip() or "cero"
            )
    primera, _, resto = texto.partition(" ")
    if primera in CENTENAS:
        return CENTENAS[primera] + leer_cardinal(resto or "cero")
    return UNIDADES[texto]


@given(st.integers(0, 999_999_999))
def test_el_cardinal_dice_el_mismo_numero(numero: int) -> None:
    entero = re.sub(r"\bun\b", "uno", espanol.cardinal(numero).replace("veintiún", "veintiuno"))
    assert leer_cardinal(entero) == numero


@given(st.integers(0, 10**9))
def test_el_uno_nunca_queda_entero_ante_mil_ni_en_masculino_si_se_pide_femenino(numero: int) -> None:
    for texto in (espanol.cardinal(numero), espanol.cardinal(numero, "f")):
        assert "uno mil" not in texto
    assert not espanol.cardinal(numero, "f").endswith(("uno", "cientos", "quinientos"))
    assert not espanol.cardinal(numero, apocope=True).endswith("uno")


@pytest.mark.parametrize(
    ("fecha", "larga", "palabras"),
    [
        (dt.date(2020, 1, 18), "18 de enero de 2020", "dieciocho de enero de dos mil veinte"),
        (dt.date(2020, 7, 10), "10 de julio de 2020", "diez de julio de dos mil veinte"),
        (dt.date(2020, 5, 25), "25 de mayo de 2020", "veinticinco de mayo de dos mil veinte"),
        (dt.date(2021, 9, 1), "1 de septiembre de 2021", "primero de septiembre de dos mil veintiuno"),
        (dt.date(1999, 12, 31), "31 de diciembre de 1999", None),
    ],
)
def test_fechas_de_las_actas(fecha: dt.date, larga: str, palabras: str | None) -> None:
    assert espanol.fecha_larga(fecha) == larga
    esperado = palabras or "treinta y uno de diciembre de mil novecientos noventa y nueve"
    assert espanol.fecha_en_palabras(fecha) == esperado


def test_la_xviii_fue_en_sabado_y_se_puede_decir() -> None:
    assert espanol.dia_semana(dt.date(2020, 1, 18)) == "sábado"
    assert espanol.fecha_larga(dt.date(2020, 1, 31), con_dia=True) == "viernes 31 de enero de 2020"


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_la_fecha_larga_se_vuelve_a_leer(fecha: dt.date) -> None:
    dia, _, mes, _, anio = espanol.fecha_larga(fecha).split()
    assert dt.date(int(anio), espanol.MESES.index(mes) + 1, int(dia)) == fecha


@pytest.mark.parametrize(
    ("hora", "palabras", "doble"),
    [
        (dt.time(14, 34), "las catorce horas con treinta y cuatro minutos", None),
        (dt.time(11, 0), "las once horas", "11:00 (once) horas"),
        (dt.time(11, 42), "las once horas con cuarenta y dos minutos", None),
        (dt.time(11, 18), "las once horas con dieciocho minutos", None),
        (dt.time(1, 0), "la una hora", "01:00 (una) hora"),
        (dt.time(1, 1), "la una hora con un minuto", None),
        (dt.time(0, 0), "las cero horas", "00:00 (cero) horas"),
        (dt.time(21, 21), "las veintiuna horas con veintiún minutos", None),
        (dt.time(20, 31), "las veinte horas con treinta y un minutos", None),
    ],
)
def test_horas_de_las_actas(hora: dt.time, palabras: str, doble: str | None) -> None:
    assert espanol.hora_en_palabras(hora) == palabras
    entre_parentesis = palabras.partition(" ")[2]
    assert espanol.hora_doble(hora) == (doble or f"{hora:%H:%M} ({entre_parentesis})")
    assert espanol.hora_numerica(hora) == f"{hora:%H:%M} horas"


def test_el_momento_completo_como_lo_dice_un_acta() -> None:
    momento = espanol.momento_en_palabras(dt.date(2020, 5, 25), dt.time(14, 34))
    assert momento == (
        "a las catorce horas con treinta y cuatro minutos del día veinticinco de mayo de dos mil veinte"
    )


@given(st.times(), st.times())
def test_dos_minutos_distintos_se_dicen_distinto(una: dt.time, otra: dt.time) -> None:
    iguales = (una.hour, una.minute) == (otra.hour, otra.minute)
    assert (espanol.hora_en_palabras(una) == espanol.hora_en_palabras(otra)) == iguales


@pytest.mark.parametrize(
    ("cosas", "conjuncion", "esperado"),
    [
        ([], "y", ""),
        (["una"], "y", "una"),
        (["Jesús", "Carolina"], "y", "Jesús y Carolina"),
        (["Jesús", "Iliana"], "y", "Jesús e Iliana"),
        (["Ana", "Luis", "Íñigo"], "y", "Ana, Luis e Íñigo"),
        (["agua", "hielo"], "y", "agua y hielo"),
        (["madera", "hierro"], "y", "madera y hierro"),
        (["padres", "hijos"], "y", "padres e hijos"),
        (["Karla", "Yolanda"], "y", "Karla y Yolanda"),
        (["Ducoing, IACIP", "Soria, Ejecutivo"], "y", "Ducoing, IACIP; y Soria, Ejecutivo"),
        (["siete", "ocho"], "o", "siete u ocho"),
        (["7", "8"], "o", "7 u 8"),
        (["10", "11"], "o", "10 u 11"),
        (["10", "110"], "o", "10 o 110"),
        (["mujer", "hombre"], "o", "mujer u hombre"),
        (["uno", "", "dos"], "y", "uno y dos"),
    ],
)
def test_enumerar(cosas: list[str], conjuncion: str, esperado: str) -> None:
    assert espanol.enumerar(cosas, conjuncion) == esperado  # type: ignore[arg-type]


@given(st.lists(st.text("abcdñé ", min_size=1).map(str.strip).filter(bool), min_size=2))
def test_enumerar_conserva_todo_y_en_orden(cosas: list[str]) -> None:
    *primeras, ultima = cosas
    assert espanol.enumerar(cosas) == f"{', '.join(primeras)} y {ultima}"


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("ábaco", "Ábaco"),
        ("«se da cuenta»", "«Se da cuenta»"),
        ("¿qué?", "¿Qué?"),
        ("", ""),
        ("…", "…"),
        ("2 más", "2 más"),
    ],
)
def test_mayuscula_inicial(texto: str, esperado: str) -> None:
    assert espanol.mayuscula_inicial(texto) == esperado


@given(st.text("aáñÑüZ 1«¿¡(.–…"))
def test_la_mayuscula_inicial_es_estable_y_no_toca_lo_demas(texto: str) -> None:
    una = espanol.mayuscula_inicial(texto)
    assert una.lower() == texto.lower()
    assert sum(a != b for a, b in zip(una, texto, strict=True)) <= 1
    assert espanol.mayuscula_inicial(una) == una


@pytest.mark.parametrize(
    ("nombre", "con", "de"),
    [
        (
            "Poder Ejecutivo del Estado de Guanajuato",
            "el Poder Ejecutivo del Estado de Guanajuato",
            "del Poder",
        ),
        ("Universidad de Guanajuato", "la Universidad de Guanajuato", "de la Universidad"),
        ("Municipio de León, Guanajuato", "el Municipio de León, Guanajuato", "del Municipio"),
        (
            "Asociación Mexicana de Mujeres Empresarias",
            "la Asociación Mexicana de Mujeres Empresarias",
            "de la As",
        ),
        ("Comisión de Lineamientos", "la Comisión de Lineamientos", "de la Comisión"),
        ("Colores del Rincón, A.C.", "Colores del Rincón, A.C.", "de Colores"),
        ("Gentileza es Unión, A.C.", "Gentileza es Unión, A.C.", "de Gentileza"),
        ("Área de Archivo", "el Área de Archivo", "del Área"),
    ],
)
def test_articulo_de_las_instituciones_reales(nombre: str, con: str, de: str) -> None:
    assert espanol.con_articulo(nombre) == con
    assert espanol.con_articulo(nombre, "de").startswith(de)


def test_al_se_contrae_y_ante_no() -> None:
    assert espanol.con_articulo("Instituto de Acceso", "a") == "al Instituto de Acceso"
    assert espanol.con_articulo("Instituto de Acceso", "ante") == "ante el Instituto de Acceso"


@given(st.text())
def test_sin_acentos_no_deja_marcas_y_es_estable(texto: str) -> None:
    llano = espanol.sin_acentos(texto)
    assert espanol.sin_acentos(llano) == llano


def test_sin_acentos_conserva_las_letras() -> None:
    assert espanol.sin_acentos("Ñandú pingüino") == "Nandu pinguino"


@pytest.mark.parametrize(
    ("tamano", "dicho"),
    [(25 * 1024**2, "25 MB"), (26_214_401, "25 MB"), (3_300, "3.2 KB"), (10, "10 bytes"), (1024**3, "1 GB")],
)
def test_el_peso_no_lleva_un_decimal_que_sobra(tamano: int, dicho: str) -> None:
    assert espanol.peso(tamano).replace("\xa0", " ") == dicho
