"""Hechos de prueba, y estrategias que los combinan de cualquier manera."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from sesiones import estados
from sesiones.acta import piezas as p
from sesiones.models.reglas import QuienFirma

FECHA = dt.date(2026, 3, 18)


def hechos(**cambios: Any) -> p.Hechos:
    """Una sesión ordinaria recién abierta, con los cambios que pida la prueba."""
    datos: dict[str, Any] = {
        "organo": "Secretariado Técnico de Prueba",
        "plaza": "León, Guanajuato",
        "ficticio": True,
        "sesion": 1,
        "clave": "iv-ordinaria-2026",
        "designacion": "IV Sesión Ordinaria",
        "numero": 4,
        "tipo": "ordinaria",
        "modalidad": "presencial",
        "estado": "en_curso",
        "fecha": FECHA,
        "hora": dt.time(10),
        "inicio": dt.time(10, 5),
        "cierre": None,
        "lugar": "Sala de prueba",
        "domicilio": "",
        "objetivo": "",
        "publico": "",
        "notas_cierre": "",
        "con_quorum": True,
        "via_de_aprobacion": "misma",
        "quien_firma": "con_facilitadora",
        "aprobada": None,
    }
    return p.Hechos(**datos | cambios)


def asistente(numero: int = 1, **cambios: Any) -> p.Asistente:
    """Una titular presente que contó en el quórum."""
    datos: dict[str, Any] = {
        "id": numero,
        "asiento": numero,
        "persona": numero,
        "formal": "Mtra. Ana Ruiz Peña",
        "apelativo": "Mtra. Ruiz Peña",
        "tratamiento": "Mtra.",
        "sexo": "m",
        "cargo": "Titular de la Unidad",
        "institucion": "Poder Judicial de Prueba",
        "calidad": "titular",
        "presente": True,
        "justificada": False,
        "ocupa": True,
        "en_quorum": True,
        "oficio": "",
        "sin_firma": "",
        "facilita": False,
        "preside": False,
    }
    return p.Asistente(**datos | cambios)


def punto(numero: int = 1, etiqueta: str = "I", **cambios: Any) -> p.Punto:
    """Un punto del orden del día, sin nada ocurrido todavía."""
    datos: dict[str, Any] = {
        "id": numero,
        "etiqueta": etiqueta,
        "ruta": (etiqueta,),
        "nivel": 0,
        "posicion": numero - 1,
        "tipo": "asunto",
        "titulo": f"Asunto {numero}",
        "en_sesion": False,
        "propuesto_por": "",
        "desahogo": "",
        "resultado": "pendiente",
        "motivo": "",
        "refiere_literal": "",
    }
    return p.Punto(**datos | cambios)


def votacion(numero: int = 1, **cambios: Any) -> p.Votacion:
    """Una votación unánime de cinco."""
    datos: dict[str, Any] = {
        "id": numero,
        "acuerdo": None,
        "asunto": "Orden del día",
        "a_favor": 5,
        "en_contra": 0,
        "abstenciones": 0,
        "voto_de_calidad": "",
        "aprobada": True,
        "unanime": True,
        "padron": 5,
    }
    return p.Votacion(**datos | cambios)


# --- Cualquier combinación ---

PALABRAS = (
    *("acuerdo", "avances", "Colores", "A.C.", "Lic.", "«Taller»", "79/2020", "¿cuándo?", "núm.", "S.A."),
    *(
        "IACIP/PPI",
        "de",
        "la",
        "y",
        "e",
        "Iliana",
        "artículo",
        "13",
        "bimestre",
        "junio-julio",
        "(León)",
        "año",
    ),
)
LINEA = st.lists(st.sampled_from(PALABRAS), min_size=1, max_size=5).map(" ".join)
OPCIONAL = st.one_of(st.just(""), LINEA, LINEA.map(lambda t: t if t.endswith(".") else f"{t}."))
LISTADO = LINEA.map(lambda t: f"señala {t} y pide:\n\n- {t}\n- otro")
DICHO = st.one_of(st.just(""), LINEA.map(str.capitalize), LISTADO)
IDS = st.integers(1, 9)
SI = st.booleans()
HORAS = st.times().map(lambda h: h.replace(second=0, microsecond=0))
FECHAS = st.dates(dt.date(2019, 1, 1), dt.date(2030, 12, 31))
SEXOS = st.sampled_from(["", *estados.Sexo.values])


def quiza(estrategia: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """El valor o nada."""
    return st.none() | estrategia


def varias(estrategia: st.SearchStrategy[Any], maximo: int = 2) -> st.SearchStrategy[Any]:
    """Tupla de cero a pocas piezas."""
    return st.lists(estrategia, max_size=maximo).map(tuple)


def de(opciones: Any) -> st.SearchStrategy[str]:
    """Cualquiera de los valores de una lista de opciones."""
    return st.sampled_from(opciones.values)


MOVIMIENTOS = st.builds(p.Movimiento, IDS, de(estados.TipoMovimiento), quiza(HORAS), quiza(IDS))
ASISTENTES = st.builds(
    p.Asistente,
    id=IDS,
    asiento=quiza(IDS),
    persona=quiza(IDS),
    formal=OPCIONAL,
    apelativo=OPCIONAL,
    tratamiento=st.sampled_from(["", "Lic.", "C."]),
    sexo=SEXOS,
    cargo=OPCIONAL,
    institucion=LINEA,
    calidad=de(estados.Calidad),
    presente=SI,
    justificada=SI,
    ocupa=SI,
    en_quorum=SI,
    oficio=OPCIONAL,
    sin_firma=OPCIONAL,
    facilita=SI,
    preside=SI,
    movimientos=varias(MOVIMIENTOS, 1),
)
LISTA = st.builds(p.EnLista, OPCIONAL, OPCIONAL, OPCIONAL, de(estados.Calidad), OPCIONAL, SI)
CUENTAS = st.integers(0, 30)
QUORUMS = st.builds(
    p.QuorumDeclarado, st.integers(1, 2), SI, CUENTAS, CUENTAS, CUENTAS, LINEA, HORAS, varias(LISTA)
)
NOMINAL = st.builds(p.VotoNominal, de(estados.SentidoVoto), LINEA, LINEA)
VOTACIONES = st.builds(
    p.Votacion,
    IDS,
    quiza(IDS),
    OPCIONAL,
    CUENTAS,
    CUENTAS,
    CUENTAS,
    st.sampled_from(["", "a_favor"]),
    SI,
    SI,
    CUENTAS,
    varias(NOMINAL),
)
PLAZOS = st.builds(p.Plazo, IDS, quiza(IDS), LINEA, OPCIONAL, quiza(FECHAS), quiza(FECHAS))
ANEXOS = st.builds(p.Anexo, IDS, quiza(IDS), quiza(IDS), LINEA)
ACUERDOS = st.builds(
    p.Acuerdo,
    IDS,
    IDS,
    st.integers(1, 30),
    DICHO,
    OPCIONAL,
    varias(VOTACIONES, 1),
    varias(PLAZOS, 1),
    varias(ANEXOS),
    varias(LINEA),
)
OFICIOS = st.builds(
    p.Oficio,
    IDS,
    OPCIONAL,
    OPCIONAL,
    quiza(FECHAS),
    OPCIONAL,
    OPCIONAL,
    OPCIONAL,
    OPCIONAL,
    quiza(st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2030, 1, 1))),
    OPCIONAL,
    OPCIONAL,
    varias(LINEA),
)
INTERVENCIONES = st.builds(p.Intervencion, IDS, LINEA, SEXOS, SI, SI, OPCIONAL, DICHO, SI)
REFERENCIAS = st.builds(p.Referencia, st.integers(1, 30), LINEA)
REFRENDOS = st.builds(p.Refrendo, IDS, LINEA, LINEA, OPCIONAL)
RUTAS = st.sampled_from([("I",), ("•",), ("IV", "a)"), ("•", "b)"), ("II", "c)", "3")])


@st.composite
def _puntos(draw: st.DrawFn) -> p.Punto:
    ruta = draw(RUTAS)
    return p.Punto(
        id=draw(IDS),
        etiqueta=ruta[-1],
        ruta=ruta,
        nivel=len(ruta) - 1,
        posicion=draw(IDS),
        tipo=draw(de(estados.TipoPunto)),
        titulo=draw(LINEA),
        en_sesion=draw(SI),
        propuesto_por=draw(OPCIONAL),
        desahogo=draw(DICHO),
        resultado=draw(de(estados.Resultado)),
        motivo=draw(OPCIONAL),
        refiere_literal=draw(OPCIONAL),
        referencias=draw(varias(REFERENCIAS)),
        intervenciones=draw(varias(INTERVENCIONES)),
        oficios=draw(varias(OFICIOS, 1)),
        votaciones=draw(varias(VOTACIONES, 1)),
        acuerdos=draw(varias(ACUERDOS, 1)),
        plazos=draw(varias(PLAZOS, 1)),
        anexos=draw(varias(ANEXOS, 1)),
        refrendos=draw(varias(REFRENDOS, 1)),
    )


APROBACIONES = st.builds(
    p.Aprobacion, de(estados.ViaAprobacion), LINEA, FECHAS, varias(IDS), st.integers(1, 12)
)
FIRMAS = st.builds(p.Firma, IDS, LINEA, OPCIONAL, OPCIONAL, OPCIONAL, quiza(IDS), quiza(IDS))
CITAS = st.dictionaries(
    st.sampled_from(["quorum", "cierre", "proemio", "convocatoria", "certificacion"]), LINEA
)
HECHOS = st.builds(
    hechos,
    organo=LINEA,
    plaza=OPCIONAL,
    modalidad=de(estados.Modalidad),
    estado=de(estados.EstadoSesion),
    fecha=FECHAS,
    hora=HORAS,
    inicio=quiza(HORAS),
    cierre=quiza(HORAS),
    lugar=OPCIONAL,
    domicilio=OPCIONAL,
    objetivo=OPCIONAL,
    publico=OPCIONAL,
    notas_cierre=DICHO,
    con_quorum=SI,
    via_de_aprobacion=de(estados.ViaAprobacion),
    quien_firma=de(QuienFirma),
    aprobada=quiza(APROBACIONES),
    asistentes=varias(ASISTENTES, 3),
    quorums=varias(QUORUMS),
    convocatorias=varias(st.builds(p.Convocatoria, st.integers(0, 2), FECHAS, OPCIONAL)),
    puntos=varias(_puntos(), 3),
    recesos=varias(st.builds(p.Receso, IDS, HORAS, quiza(HORAS), OPCIONAL), 1),
    seguimientos=varias(st.builds(p.Seguimiento, IDS, REFERENCIAS, de(estados.EstadoAcuerdo), LINEA), 1),
    anexos=varias(ANEXOS, 1),
    firmas=varias(FIRMAS),
    citas=CITAS,
)
