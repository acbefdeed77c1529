"""Las tablas «No. | Acuerdo | Responsable | Fecha», y cómo se juntan con lo que el texto ya contó."""

import datetime as dt

import pytest

from sesiones.historicas.lectura.proponer import proponer

ACTA = """SECRETARIADO TÉCNICO DE PRUEBA
Acta de la IV SESIÓN ORDINARIA
Fecha: 12 de febrero de 2025

ORDEN DEL DÍA
1. Lista de asistencia
2. Calendario de talleres
3. Micrositio de transparencia

DESAHOGO
Punto 1. Se declara que hay quórum.
Punto 2. Se presenta el calendario de talleres para personas servidoras públicas.
Punto 3. Se propone mejorar el micrositio de transparencia.
{acuerdo}
ACUERDOS

{tabla}

Se cierra la sesión a las 11:30 hrs.
"""


def leidos(tabla: str, acuerdo: str = "") -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Texto, punto y responsable de cada acuerdo; de cada plazo, su fecha o lo dicho, y su acuerdo."""
    propuesta = proponer(ACTA.format(tabla=tabla, acuerdo=acuerdo))
    acuerdos: list[tuple[object, ...]] = [
        (a.valor.texto, a.valor.punto, a.valor.responsable) for a in propuesta.acuerdos
    ]
    return acuerdos, [(p.valor.fecha or p.valor.literal, p.valor.acuerdo) for p in propuesta.plazos]


CALENDARIO = ("Publicar el calendario de talleres", (2,), "Poder de Prueba")
MICROSITIO = ("Mejorar el micrositio de transparencia", (3,), "")
VENCEN = [(dt.date(2025, 3, 28), 1), ("Diez días hábiles", 2)]


@pytest.mark.parametrize(
    "tabla",
    [
        "No.     Acuerdo     Responsable     Fecha\n"
        "1     Publicar el calendario de talleres     Poder de Prueba     28/03/2025\n"
        "2     Mejorar el micrositio de transparencia     ---     Diez días hábiles",
        "| Compromiso | Fecha límite | A cargo de |\n|---|---|---|\n"
        "| Publicar el calendario de talleres | 28 de marzo de 2025 | Poder de Prueba |\n"
        "| Mejorar el micrositio de transparencia | Diez días hábiles | |",
        "Punto\tAcuerdos\tPlazo\tResponsable\n"
        "II\tPublicar el calendario de talleres\t28-03-2025\tPoder de Prueba\n"
        "III.\tMejorar el micrositio de transparencia\tDiez días hábiles\tn/a",
    ],
)
def test_la_tabla_se_lee_en_cualquier_orden_de_columnas(tabla: str) -> None:
    """Con espacios, con barras o con tabulaciones; el punto, dicho o hallado por de qué habla."""
    assert leidos(tabla) == ([CALENDARIO, MICROSITIO], VENCEN)


def test_lo_que_el_texto_ya_conto_no_se_repite() -> None:
    """La fila agrega quién responde y para cuándo; una fecha ya pasada no es un plazo."""
    acuerdo = "\nAcuerdo 1: Se acuerda publicar el calendario de talleres.\n"
    tabla = (
        "Acuerdo | Responsable | Fecha\n"
        "Publicar el calendario de talleres | Poder de Prueba | 28/03/2025\n"
        "Invitar a la Cámara de Comercio | Universidad de Prueba | 12/02/2025"
    )
    assert leidos(tabla, acuerdo) == (
        [
            ("Se acuerda publicar el calendario de talleres.", (3,), "Poder de Prueba"),
            ("Invitar a la Cámara de Comercio", (), "Universidad de Prueba"),
        ],
        [(dt.date(2025, 3, 28), 1)],
    )


def test_una_tabla_de_otra_cosa_no_es_de_acuerdos() -> None:
    """Sin columna de acuerdo, o sin quién ni cuándo, sus filas se quedan en el texto."""
    assert leidos("No. | Taller | Fecha\n1 | Datos abiertos | 28/03/2025") == ([], [])
    assert leidos("Acuerdo | Votos\nPublicar el calendario | 5") == ([], [])


def test_en_word_cada_parrafo_largo_va_aparte() -> None:
    """Lo que no cabe en un renglón no se junta con lo que sigue, ni el título del acta con su órgano."""
    largo = "La Dra. Celia Mora Díaz presentó el calendario de talleres del año. " * 4
    leido = proponer(ACTA.replace("Punto 2. Se", f"{largo}\nSe", 1).format(tabla="", acuerdo=""))
    assert leido.numero
    assert (leido.numero.valor, leido.numero.renglones) == (4, (2,))
    assert [p.valor.desahogo.count("\n\n") for p in leido.puntos] == [0, 1, 1]  # el último trae el cierre
