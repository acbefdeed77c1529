"""Cada conjunto dice lo que dicen las filas de la base, columna por columna."""

import datetime as dt

import pytest

from sesiones import models as m
from sesiones.convocar import contenido_de
from stl_portal.datos.registro import CONJUNTOS
from tests import fabricas
from tests.personas import DESDE, DIA, Reparto
from tests.sesiones.datos.mundo import (
    SESIONES,
    Concluida,
    concluida,
    dar_seguimiento,
    filas,
    publicar_acta,
    solo,
)

SITIO = "http://127.0.0.1:8000"


@pytest.fixture
def todo(reparto: Reparto) -> Concluida:
    return concluida(reparto)


@pytest.mark.parametrize("clave", SESIONES)
def test_cada_id_es_unico_y_lleva_a_su_fila_y_a_ninguna_otra(todo: Concluida, clave: str) -> None:
    publicar_acta(todo.sesion)
    conjunto = CONJUNTOS[clave]
    leidas = list(conjunto.todas())
    assert len({fila[0] for fila in leidas}) == len(leidas) > 0
    for fila in leidas:
        acotadas = conjunto.todas(conjunto.de_id(conjunto.publicado(), str(fila[0])))
        assert [una for una in acotadas if una[0] == fila[0]] == [fila]


@pytest.mark.parametrize("clave", SESIONES)
def test_solo_lleva_los_valores_que_su_diccionario_dice(todo: Concluida, clave: str) -> None:
    publicar_acta(todo.sesion)
    for columna in CONJUNTOS[clave].columnas:
        celdas = {fila[columna.nombre] for fila in filas(clave)}
        if columna.valores:
            assert celdas - {None} <= {valor for valor, _ in columna.valores}
        assert not (columna.requerida and None in celdas)
        assert "" not in celdas


def test_los_organos_con_su_nombre_de_hoy(reparto: Reparto) -> None:
    m.Denominacion.objects.update(vigente_hasta=dt.date(2023, 12, 3))
    m.Denominacion.objects.create(
        organo=reparto.organo,
        nombre="De Estado Abierto",
        nombre_corto="Abierto",
        siglas="SEA",
        vigente_desde=dt.date(2023, 12, 4),
    )
    m.Organo.objects.create(clave="sin-nombre")
    assert filas("organos") == [
        {
            "id": "prueba",
            "nombre": "De Estado Abierto",
            "nombre_corto": "Abierto",
            "siglas": "SEA",
            "nombre_desde": dt.date(2023, 12, 4),
            "clase": "estatal",
            "depende_de": None,
            "acompanado_por": None,
            "clave_municipio": None,
            "direccion": f"{SITIO}/sesiones/prueba/",
            "ficticio": False,
        }
    ]


def test_los_integrantes_con_sus_suplencias_y_sus_vacantes(reparto: Reparto, todo: Concluida) -> None:
    leidas = filas("integrantes")
    primero, suplencia = leidas[:2]
    asiento = f"prueba/asiento-{reparto.asientos['presidencia'].pk}"
    assert suplencia == {
        "id": f"{asiento}/suplencia-{todo.suplencia.pk}",
        "organo": "prueba",
        "asiento": asiento,
        "institucion": "Instituto de Prueba prueba",
        "sector": "organo_autonomo",
        "funcion": "presidencia",
        "con_voto": True,
        "asiento_desde": None,
        "asiento_hasta": None,
        "calidad": "suplente",
        "persona": "Lic. Fabio Nava Gil",
        "persona_id": f"persona-{todo.suplencia.persona_id}",
        "cargo": "Suplente de prueba",
        "encargada": None,
        "suple_a": primero["id"],
        "alcance": "por_sesion",
        "sesion": f"prueba/{todo.sesion.clave}",
        "desde": DESDE,
        "hasta": None,
        "ficticio": False,
    }
    assert solo(leidas, "calidad", "persona") == [
        ("titular", "Mtra. Ana Ruiz Peña"),
        ("suplente", "Lic. Fabio Nava Gil"),
        ("titular", "Lic. Beto Sosa Lira"),
        ("titular", "Dra. Celia Mora Díaz"),
        ("titular", "C. Darío Vega Cruz"),
        ("vacante", None),
        ("titular", "Lic. Eva Luna Ríos"),
    ]


def test_la_suplencia_dice_quien_era_titular_cuando_empezo(reparto: Reparto) -> None:
    asiento, persona = reparto.asientos["vacante"], reparto.personas["civil"]
    for inicio, fin in ((2023, 2024), (2025, 2026)):
        m.Nombramiento.objects.create(
            asiento=asiento,
            persona=persona,
            cargo="Titular",
            vigente_desde=dt.date(inicio, 1, 1),
            vigente_hasta=dt.date(fin, 12, 31),
        )
    fechas = (
        (None, dt.date(2020, 12, 31)),  # no consta desde cuándo
        (dt.date(2022, 1, 1), dt.date(2022, 12, 31)),  # el asiento estaba vacante
        (dt.date(2024, 6, 1), None),
    )
    for folio, (desde, hasta) in enumerate(fechas):
        fabricas.crear_suplencia(
            reparto, "vacante", folio=f"P-{folio}", vigente_desde=desde, vigente_hasta=hasta
        )
    suplidos = [f["suple_a"] for f in filas("integrantes") if f["calidad"] == "suplente"]
    primero = asiento.nombramientos.earliest("vigente_desde")
    assert suplidos == [None, None, f"prueba/asiento-{asiento.pk}/titular-{primero.pk}"]


def test_la_sesion_concluida_con_sus_hechos(todo: Concluida) -> None:
    publicar_acta(todo.sesion)
    direccion = f"{SITIO}/sesiones/prueba/{todo.sesion.clave}/"
    assert filas("sesiones") == [
        {
            "id": f"prueba/{todo.sesion.clave}",
            "organo": "prueba",
            "designacion": "I Sesión Ordinaria",
            "numero": 1,
            "tipo": "ordinaria",
            "modalidad": "presencial",
            "estado": "concluida",
            "fecha": DIA,
            "hora": fabricas.HORA,
            "inicio": dt.time(10, 5),
            "cierre": None,
            "lugar": "Sala de prueba",
            "domicilio": None,
            "objetivo": None,
            "publico": None,
            "quorum": todo.sesion.quorums.get().frase,
            "acuerdos": 1,
            "direccion": direccion,
            "acta": f"{direccion}acta/",
            "ficticio": False,
        }
    ]


def test_la_convocada_se_lee_como_se_aviso_aunque_la_fila_haya_cambiado(reparto: Reparto) -> None:
    sesion = fabricas.crear_sesion(reparto, domicilio="Calle avisada 1")
    sesion.convocatorias.create(emitida_el="2026-03-01T12:00:00Z", contenido=contenido_de(sesion))
    m.Sesion.objects.filter(pk=sesion.pk).update(
        estado="convocada", lugar="Sede secreta", fecha=dt.date(2027, 1, 1), inicio=dt.time(9)
    )
    columnas = ("estado", "fecha", "lugar", "domicilio", "inicio", "quorum", "acuerdos", "acta")
    esperada = ("convocada", DIA, "Sala de prueba", "Calle avisada 1", None, None, None, None)
    assert solo(filas("sesiones"), *columnas) == [esperada]


def test_las_asistencias_nombran_a_quien_estuvo_y_no_a_quien_falto(todo: Concluida) -> None:
    columnas = ("asistencia", "calidad", "persona", "cargo", "oficio", "se_retiro")
    assert solo(filas("asistencias"), *columnas) == [
        ("presente", "suplente", "Lic. Fabio Nava Gil", "Titular de prueba", "PRU-001/2025", False),
        ("presente", "titular", "Lic. Beto Sosa Lira", "Titular de prueba", None, False),
        ("ausente", None, None, None, None, None),
        ("justificada", None, None, None, None, None),
        ("presente", "titular", "Lic. Eva Luna Ríos", "Titular de prueba", None, False),
        ("vacante", None, None, None, None, None),
    ]


def test_si_los_hechos_vienen_de_un_acta_el_asiento_sin_nadie_es_ausente(todo: Concluida) -> None:
    todo.sesion.historia.update(por=None)
    assert [f["asistencia"] for f in filas("asistencias")].count("ausente") == 2


def test_las_votaciones_distinguen_no_votar_abstenerse_y_estar_ausente(todo: Concluida) -> None:
    cuenta = ("podian_votar", "a_favor", "en_contra", "abstenciones", "no_votaron", "ausentes")
    assert solo(filas("votaciones"), "asunto", "forma", *cuenta, "resultado") == [
        ("Lo nominal", "nominal", 4, 2, 0, 1, 0, 1, "mayoria"),
        ("Lo contado", "conteo", 4, 2, 1, 0, 1, None, "mayoria"),
    ]
    acuerdo = f"prueba/{todo.sesion.clave}/acuerdo-1"
    assert solo(filas("votaciones"), "punto", "acuerdo") == [
        ("Asunto de prueba", None),
        ("Otro asunto", acuerdo),
    ]


def test_los_votos_con_nombre_salen_con_el_acta(reparto: Reparto, todo: Concluida) -> None:
    assert filas("votos") == []
    publicar_acta(todo.sesion)
    assert solo(filas("votos"), "persona", "institucion", "sentido") == [
        ("Mtra. Ana Ruiz Peña", "Instituto de Prueba prueba", "a_favor"),
        ("Lic. Beto Sosa Lira", "Poder de Prueba prueba", "a_favor"),
        ("Dra. Celia Mora Díaz", "Universidad de Prueba prueba", "abstencion"),
        ("C. Darío Vega Cruz", "Asociación de Prueba prueba", "ausente"),
    ]
    votacion = f"prueba/{todo.sesion.clave}/votacion-{todo.nominal.pk}"
    asiento = f"{votacion}/asiento-{reparto.asientos['presidencia'].pk}"
    assert solo(filas("votos"), "id", "votacion")[0] == (asiento, votacion)


def test_los_acuerdos_con_su_seguimiento_publicado(todo: Concluida) -> None:
    dar_seguimiento(todo.acuerdo)
    todo.acuerdo.punto.plazos.create(acuerdo=todo.acuerdo, concepto="Antes", fecha=dt.date(2026, 3, 25))
    m.Plazo.objects.filter(fecha=dt.date(2026, 3, 25)).update(fecha_original=dt.date(2026, 3, 20))
    assert filas("acuerdos") == [
        {
            "id": f"prueba/{todo.sesion.clave}/acuerdo-1",
            "organo": "prueba",
            "sesion": f"prueba/{todo.sesion.clave}",
            "fecha": DIA,
            "numero": 1,
            "texto": "Se difunde el plan.",
            "responsable": "Poder de Prueba prueba; La mesa",
            "plazo": "en dos semanas",
            "fecha_limite": dt.date(2026, 3, 25),
            "fecha_original": dt.date(2026, 3, 20),
            "estado": "cumplido",
            "estado_al": dt.date(2026, 3, 27),
            "nota": "Ya se difundió.",
            "direccion": f"{SITIO}/acuerdos/prueba/{todo.sesion.clave}/1/",
            "ficticio": False,
        }
    ]
