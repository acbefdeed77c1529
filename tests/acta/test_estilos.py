"""Las tres formas del acta: qué partes llevan, en qué orden y con qué claves."""

import datetime as dt
from dataclasses import replace

import pytest

from sesiones.acta.bloques import Bloque
from sesiones.acta.estilos import ESTILOS, redactar
from sesiones.acta.piezas import (
    Acuerdo,
    Anexo,
    EnLista,
    Firma,
    Hechos,
    Intervencion,
    Movimiento,
    Oficio,
    Plazo,
    QuorumDeclarado,
)
from sesiones.estados import EstadoSesion, Modalidad, Resultado, TipoPunto
from tests.acta.piezas import asistente, hechos, punto, votacion

LISTA = (
    EnLista(
        "Mtra. Ana Ruiz Peña", "Titular de la Unidad", "Poder Judicial de Prueba", "titular", "", ocupa=True
    ),
    EnLista("Lic. Beto Sosa", "Asesor", "Universidad de Prueba", "suplente", "U-7/2026", ocupa=True),
)
QUORUM = QuorumDeclarado(1, True, 5, 9, 5, "5 de 9", dt.time(10, 5), LISTA)
ACUERDO = Acuerdo(
    id=7,
    punto=2,
    numero=3,
    texto="Se aprueba el calendario.",
    responsable="Poder Judicial",
    votaciones=(votacion(8, acuerdo=7),),
    plazos=(Plazo(1, 7, "Entrega", "dos semanas", dt.date(2026, 4, 1), None),),
)
DICHA = Intervencion(5, "Mtra. Ruiz Peña", "m", True, True, "", "propone un calendario.", literal=False)
CITADA = replace(DICHA, id=6, texto="Que se publique mañana.", literal=True)


@pytest.fixture
def sesion() -> Hechos:
    """Con quórum, dos puntos anidados, un acuerdo y una cita textual."""
    return hechos(
        estado=EstadoSesion.CONCLUIDA,
        cierre=dt.time(11, 42),
        quorums=(QUORUM,),
        asistentes=(asistente(1),),
        puntos=(
            punto(1, "IV"),
            punto(2, "a)", ruta=("IV", "a)"), nivel=1, intervenciones=(DICHA, CITADA), acuerdos=(ACUERDO,)),
        ),
        firmas=(Firma(1, "Mtra. Ana Ruiz Peña", "Titular", "Poder Judicial", "", 1, 1),),
        citas={"quorum": "artículo 12 de los Lineamientos", "cierre": "artículos 4 y 5 de los Lineamientos"},
    )


def claves(bloques: list[Bloque]) -> list[str]:
    """Las claves en su orden."""
    return [b.clave for b in bloques]


def de(bloques: list[Bloque], clave: str) -> str:
    """El texto del bloque con esa clave."""
    return next(b.texto for b in bloques if b.clave == clave)


@pytest.mark.parametrize("estilo", ESTILOS)
def test_cada_estilo_dice_lo_esencial_con_las_mismas_claves(sesion: Hechos, estilo: str) -> None:
    bloques = redactar(sesion, estilo)
    assert {"apertura", "quorum", "intervencion-5", "acuerdo-7", "cierre", "firmas"} <= set(claves(bloques))
    assert len(set(claves(bloques))) == len(bloques)
    acuerdo = next(b for b in bloques if b.clave == "acuerdo-7")
    assert acuerdo.rotulo == "Tercero"
    assert ("Plazo", "dos semanas (1 de abril de 2026)") in acuerdo.filas


def test_ordinales_junta_los_acuerdos_despues_del_desarrollo(sesion: Hechos) -> None:
    orden = claves(redactar(sesion, "ordinales"))
    partes = ["datos", "s-orden", "s-quorum", "s-desarrollo", "s-acuerdos", "s-cierre", "s-firmas"]
    assert [c for c in orden if c in partes] == partes
    assert orden.index("intervencion-5") < orden.index("s-acuerdos") < orden.index("acuerdo-7")


def test_el_desahogo_pone_cada_acuerdo_en_su_punto_y_termina_en_fin_de_texto(sesion: Hechos) -> None:
    bloques = redactar(sesion, "renglones")
    orden = claves(bloques)
    assert (
        orden.index("titulo-1") < orden.index("titulo-2") < orden.index("acuerdo-7") < orden.index("s-cierre")
    )
    assert bloques[-1].texto == "Fin de texto. Acta de la IV Sesión Ordinaria, 18 de marzo de 2026."


def test_la_narrativa_anuncia_cada_punto_y_cita_textualmente(sesion: Hechos) -> None:
    bloques = redactar(sesion, "narrativa")
    assert de(bloques, "entrada-2").startswith("**Como punto IV, inciso a), del orden del día**, se trata")
    assert de(bloques, "intervencion-6").endswith("> «Que se publique mañana.»")
    assert not any(b.clase == "subtitulo" for b in bloques)


def test_la_narrativa_da_el_orden_del_dia_donde_se_somete_y_anuncia_cada_acuerdo(sesion: Hechos) -> None:
    bloques = claves(redactar(sesion, "narrativa"))
    assert bloques.index("orden") < bloques.index("entrada-1")
    assert bloques[bloques.index("acuerdo-7") - 1] == "intro-acuerdos-2"
    sometido = punto(9, "II", tipo=TipoPunto.ORDEN)
    con_punto = redactar(replace(sesion, puntos=(punto(1, "I"), sometido)), "narrativa")
    desde = claves(con_punto).index("entrada-9")
    assert claves(con_punto)[desde : desde + 3] == ["entrada-9", "intro-orden", "orden"]


def test_la_narrativa_no_repite_que_se_dio_cuenta_si_ya_lo_dice_el_oficio(sesion: Hechos) -> None:
    oficio = Oficio(4, "U-7/2026", "", None, "", "", "", "", None, "", "Designa suplente.", ())
    con_oficio = punto(3, "III", resultado=Resultado.DA_CUENTA, oficios=(oficio,))
    sin_oficio = punto(4, "IV", resultado=Resultado.DA_CUENTA)
    bloques = claves(redactar(replace(sesion, puntos=(con_oficio, sin_oficio)), "narrativa"))
    assert "oficio-3-4" in bloques
    assert "resultado-3" not in bloques
    assert "resultado-4" in bloques


@pytest.mark.parametrize("resultado", [Resultado.PRESENTADO, Resultado.DA_CUENTA])
def test_la_narrativa_dice_una_vez_quien_tomo_nota_de_lo_presentado(sesion: Hechos, resultado: str) -> None:
    informe = Anexo(1, None, 3, "Informe trimestral 2")
    mudo = punto(3, "III", resultado=resultado, anexos=(informe,))
    dicho = replace(mudo, id=4, desahogo="Quienes integran toman nota del informe.")
    bloques = redactar(replace(sesion, puntos=(mudo, dicho)), "narrativa")
    assert de(bloques, "resultado-3") == "Las y los integrantes toman nota."
    assert "resultado-4" not in claves(bloques)
    sin_anexo = redactar(replace(sesion, puntos=(replace(mudo, anexos=()),)), "narrativa")
    assert de(sin_anexo, "resultado-3") in ("Queda presentado.", "Se da cuenta.")


def test_la_apertura_lleva_fecha_y_hora_en_palabras(sesion: Hechos) -> None:
    apertura = de(redactar(sesion, "narrativa"), "apertura")
    assert apertura.startswith(
        "En León, Guanajuato, siendo las diez horas con cinco minutos del dieciocho de marzo"
    )
    assert "con sede en la Sala de prueba" in apertura


def test_a_distancia_dice_el_medio(sesion: Hechos) -> None:
    remota = replace(sesion, modalidad=Modalidad.REMOTA, lugar="Enlace por la plataforma Zoom")
    assert "mediante enlace por la plataforma Zoom" in de(redactar(remota, "narrativa"), "apertura")


def test_el_quorum_nombra_cuenta_y_cita_la_regla(sesion: Hechos) -> None:
    dicho = de(redactar(sesion, "ordinales"), "quorum")
    assert "Mtra. Ana Ruiz Peña, Titular de la Unidad del Poder Judicial de Prueba; y Lic. Beto Sosa" in dicho
    assert "suplente según el oficio U-7/2026" in dicho
    assert "Están representados cinco de nueve lugares; se requieren cinco" in dicho
    assert dicho.endswith("con fundamento en el artículo 12 de los Lineamientos.")


def test_quien_acude_con_oficio_para_una_sesion_no_queda_de_suplente(sesion: Hechos) -> None:
    una_vez = replace(LISTA[1], solo_esta=True)
    quorum = replace(QUORUM, lista=(LISTA[0], una_vez))
    dicho = de(redactar(replace(sesion, quorums=(quorum,)), "narrativa"), "asistencia")
    assert dicho.endswith("suplente solo en esta sesión, según el oficio U-7/2026.")


def test_sin_quorum_se_hace_constar_y_en_segunda_se_declara(sesion: Hechos) -> None:
    primera = replace(QUORUM, hay=False, presentes=1)
    segunda = replace(QUORUM, convocatoria=2)
    bloques = redactar(replace(sesion, quorums=(primera, segunda)), "renglones")
    assert "en primera convocatoria no hubo quórum" in de(bloques, "quorum")
    assert "Está representado uno de nueve lugares" in de(bloques, "quorum")
    assert "declara en segunda convocatoria que hay quórum" in de(bloques, "quorum-2")


def test_una_lista_rectificada_no_deja_dos_declaraciones(sesion: Hechos) -> None:
    corregida = replace(QUORUM, presentes=6)
    bloques = redactar(replace(sesion, quorums=(QUORUM, corregida)), "ordinales")
    assert claves(bloques).count("quorum") == 1
    assert "Están representados seis de nueve" in de(bloques, "quorum")


def test_llegadas_y_salidas_quedan_en_su_punto(sesion: Hechos) -> None:
    llega = asistente(
        2,
        apelativo="Lic. Sosa",
        sexo="h",
        calidad="suplente",
        oficio="U-7/2026",
        movimientos=(
            Movimiento(4, "llegada", dt.time(10, 20), 2),
            Movimiento(5, "salida", dt.time(11, 1), 2),
        ),
    )
    bloques = redactar(replace(sesion, asistentes=(llega,)), "renglones")
    llegada = de(bloques, "movimiento-4")
    assert llegada.startswith("A las diez horas con veinte minutos se incorpora a la sesión el Lic. Sosa")
    assert llegada.endswith("suplente según el oficio U-7/2026.")
    assert de(bloques, "movimiento-5") == "A las once horas con un minuto se retira el Lic. Sosa."


def test_las_llegadas_y_salidas_se_narran_por_hora_y_no_por_lista(sesion: Hechos) -> None:
    se_va = asistente(1, movimientos=(Movimiento(7, "salida", dt.time(12, 10), 2),))
    no_consta = asistente(2, movimientos=(Movimiento(5, "salida", None, 2),))
    llega = asistente(3, movimientos=(Movimiento(6, "llegada", dt.time(11, 50), 2),))
    bloques = redactar(replace(sesion, asistentes=(se_va, no_consta, llega)), "renglones")
    narrados = [clave for clave in claves(bloques) if clave.startswith("movimiento-")]
    assert narrados == ["movimiento-6", "movimiento-7", "movimiento-5"]


def test_una_sesion_sin_quorum_dos_veces_queda_en_constancia(sesion: Hechos) -> None:
    nula = replace(sesion, estado=EstadoSesion.NO_CELEBRADA, cierre=None, puntos=())
    assert "no se celebró" in de(redactar(nula, "ordinales"), "cierre")


@pytest.mark.parametrize(
    ("cambios", "dicho"),
    [
        ({}, "resulta aprobado por unanimidad de votos de las cinco personas presentes con derecho a voto"),
        (
            {"unanime": False, "a_favor": 3, "en_contra": 1, "abstenciones": 1},
            "resulta aprobado por mayoría, con tres votos a favor, un voto en contra y una abstención",
        ),
        (
            {"unanime": False, "aprobada": False, "a_favor": 1, "en_contra": 2, "padron": 21},
            "no resulta aprobado, con un voto a favor, dos votos en contra, cero abstenciones y dieciocho",
        ),
        (
            {"unanime": False, "a_favor": 2, "en_contra": 2, "padron": 4, "voto_de_calidad": "a_favor"},
            "con voto de calidad de la presidencia a favor",
        ),
    ],
)
def test_cada_votacion_dice_su_cuenta(sesion: Hechos, cambios: dict[str, object], dicho: str) -> None:
    votado = punto(1, "I", votaciones=(votacion(9, **cambios),))
    assert dicho in de(redactar(replace(sesion, puntos=(votado,)), "renglones"), "votacion-9")


def test_una_prorroga_conserva_la_fecha_original(sesion: Hechos) -> None:
    plazo = Plazo(3, None, "Entrega de avances", "14 de agosto", dt.date(2026, 8, 14), dt.date(2026, 7, 21))
    bloques = redactar(replace(sesion, puntos=(punto(1, "I", plazos=(plazo,)),)), "ordinales")
    assert de(bloques, "plazo-3") == (
        "Entrega de avances: el plazo, que vencía el 21 de julio de 2026, se amplía al 14 de agosto de 2026."
    )
