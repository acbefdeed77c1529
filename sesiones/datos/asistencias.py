"""Conjunto «asistencias»: quién ocupó cada asiento en cada sesión concluida, y quién faltó."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.urls import reverse

from sesiones import publica
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import FECHA, GENERA, PERSONA_ID, SESION, TEMA
from sesiones.datos.integrantes import SECTORES
from sesiones.estados import ACTA_PUBLICA, Calidad, EstadoSesion, TipoSuplencia
from sesiones.models import Acta, Asistencia, CambioSesion, Movimiento, Sesion
from sesiones.models.asistencia import llego_tarde, se_fue
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, en_orden, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Tipo, Valor
from stl_portal.transiciones import IMPORTAR

VACANTE = "vacante"
ASISTENCIA = (
    ("presente", "Estuvo en algún momento de la sesión"),
    ("ausente", "El asiento tenía titular y nadie lo ocupó"),
    ("justificada", "Nadie lo ocupó y la ausencia se justificó; el motivo no se publica"),
    (VACANTE, "El asiento no tenía titular: no es una falta de nadie"),
)
CALIDADES = tuple((c.value, str(c.label)) for c in (Calidad.TITULAR, Calidad.SUPLENTE))

COLUMNAS = (
    identificador("un renglón de la lista de asistencia", "stl/xviii-ordinaria-2020/asistencia-41"),
    ORGANO,
    SESION,
    FECHA,
    Columna(
        "institucion",
        Tipo.TEXTO,
        "Institución",
        "La que ocupa el asiento, con el nombre que tenía ese día.",
        requerida=True,
    ),
    Columna("sector", Tipo.TEXTO, "Sector", "De dónde viene la institución.", valores=SECTORES),
    Columna("asiento", Tipo.TEXTO, "Asiento", "Como en el conjunto «integrantes».", requerida=True),
    Columna(
        "asistencia",
        Tipo.TEXTO,
        "Asistencia",
        "Qué se anotó en la lista. Cada renglón es una persona en un asiento: si el asiento pasó de una a"
        " otra durante la sesión, hay dos renglones.",
        requerida=True,
        valores=ASISTENCIA,
    ),
    Columna(
        "calidad",
        Tipo.TEXTO,
        "En qué calidad",
        "Vacía si no estuvo presente.",
        valores=CALIDADES,
    ),
    Columna(
        "persona",
        Tipo.TEXTO,
        "Persona",
        "Tratamiento y nombre, como ese día. Vacío si no estuvo: de quien falta se publica la institución,"
        " no la persona.",
    ),
    PERSONA_ID,
    Columna("cargo", Tipo.TEXTO, "Cargo", "El que tenía ese día; vacío si no estuvo."),
    Columna(
        "oficio",
        Tipo.TEXTO,
        "Oficio",
        "Folio con que se le designó para suplir solo en esa sesión; vacío en los demás casos.",
    ),
    Columna(
        "se_incorporo",
        Tipo.SI_NO,
        "Se incorporó después",
        "Si llegó cuando la lista ya se había pasado; vacío si no estuvo.",
    ),
    Columna(
        "se_retiro",
        Tipo.SI_NO,
        "Se retiró antes",
        "Si se fue antes del cierre y no volvió; vacío si no estuvo.",
    ),
    Columna("acta", Tipo.LIGA, "Acta", "La página del acta; vacía si no se ha publicado."),
    FICTICIO,
)


def publicado() -> QuerySet[Any]:
    """Los asientos en la lista de las sesiones concluidas; las demás personas presentes no se publican."""
    actas = Acta.objects.filter(sesion=OuterRef("sesion"), estado__in=ACTA_PUBLICA)
    aqui = CambioSesion.objects.filter(objeto=OuterRef("sesion"), por__isnull=False)
    conducida = aqui.exclude(verbo=IMPORTAR)
    filas = Asistencia.objects.ocupantes().filter(sesion__estado=EstadoSesion.CONCLUIDA)
    anotadas = filas.annotate(
        con_acta=Exists(actas),
        conducida=Exists(conducida),
        sector=F("asiento__institucion__sector"),
        organo_del_asiento=F("asiento__organo__clave"),
        tipo_de_suplencia=F("suplencia__tipo"),
    )
    # Traída aparte, cada sesión se arma una vez por lote y no una por renglón; y solo con lo que se lee.
    return anotadas.prefetch_related(Prefetch("sesion", queryset=_sesiones()))


def _sesiones() -> QuerySet[Any]:
    de_cada = ("clave", "fecha", "organo__clave", "organo__ficticio")
    return Sesion.objects.select_related("organo").only(*de_cada)


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por asistencia, sin lo testado en el acta de su sesión."""
    tachadores = de_la_sesion.tachadores(fila.sesion_id for fila in objetos)
    movimientos = _movimientos(objetos)
    de_cada: dict[int, dict[str, Valor]] = {}  # lo que se dice de cada sesión se arma una vez
    for fila in objetos:
        tachador = tachadores[fila.sesion_id]
        se_publica = not tachador.textos or tachador(fila.formal) == fila.formal
        if tachador.textos:
            publica.tachar_asistencia(fila, tachador)
        if fila.sesion_id not in de_cada:
            de_cada[fila.sesion_id] = _de_su_sesion(fila)
        datos = {
            **de_cada[fila.sesion_id],
            "id": f"{de_cada[fila.sesion_id]['sesion']}/asistencia-{fila.pk}",
            "institucion": fila.institucion,
            "sector": fila.sector or None,
            "asiento": f"{fila.organo_del_asiento}/asiento-{fila.asiento_id}",
            "asistencia": _que_se_anoto(fila),
            **_quien(fila, tachador, movimientos.get(fila.pk, ()), se_publica=se_publica),
        }
        yield fila, en_orden(COLUMNAS, datos)


def _de_su_sesion(fila: Any) -> dict[str, Valor]:
    """De qué sesión es y dónde está su acta."""
    sesion = fila.sesion
    acta = reverse("sesiones:acta", args=(sesion.organo.clave, sesion.clave)) if fila.con_acta else ""
    return {**de_la_sesion.de_que_sesion(sesion), "acta": liga(acta) if acta else None}


def _movimientos(objetos: Sequence[Any]) -> dict[int, list[str]]:
    """Las llegadas y salidas de cada quien, en orden; casi nadie tiene."""
    dichos: dict[int, list[str]] = {}
    filas = Movimiento.objects.filter(asistencia__in=[fila.pk for fila in objetos])
    for quien, tipo in filas.values_list("asistencia", "tipo"):
        dichos.setdefault(quien, []).append(tipo)
    return dichos


def _que_se_anoto(fila: Any) -> str:
    """El asiento sin nadie es vacante, salvo que el acta de la que se reconstruyó no diga quién faltó."""
    vacante = not fila.presente and not fila.nombre and fila.conducida
    return VACANTE if vacante else str(fila.estado)


_DE_QUIEN_ESTUVO = ("calidad", "persona", "persona_id", "cargo", "oficio", "se_incorporo", "se_retiro")


def _quien(
    fila: Any, tachador: publica.Tachador, movimientos: Sequence[str], *, se_publica: bool
) -> dict[str, Valor]:
    """De quien estuvo, quién fue; de quien no, nada."""
    if not fila.presente:
        return dict.fromkeys(_DE_QUIEN_ESTUVO)
    solo_esta = fila.tipo_de_suplencia == TipoSuplencia.POR_SESION
    return {
        "calidad": fila.calidad,
        "persona": fila.formal or None,
        "persona_id": de_la_sesion.id_de_persona(fila.persona_id) if se_publica else None,
        "cargo": fila.cargo or None,
        "oficio": (tachador(fila.oficio) or None) if solo_esta else None,
        "se_incorporo": llego_tarde(movimientos),
        "se_retiro": se_fue(movimientos),
    }


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """El renglón de esa sesión."""
    return objetos.filter(
        de_la_sesion.de_la_sesion(id, "sesion__", r"/asistencia-(?P<fila>[1-9][0-9]{0,17})", pk="fila")
    )


CONJUNTO = Conjunto(
    clave="asistencias",
    titulo="Asistencias",
    descripcion="La lista de asistencia de cada sesión concluida, asiento por asiento: quién lo ocupó y en"
    " qué calidad, o que faltó, con justificación o sin ella, o que estaba vacante. No incluye invitadas"
    " ni ponentes.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera=GENERA,
    tema=TEMA,
    una_fila="lo que la lista de una sesión concluida dice de un asiento: quién lo ocupó, o que nadie",
    filtros=de_la_sesion.filtros("sesion__"),
    palabras=("asistencia", "quórum", "suplencias"),
    grafica=("asistencia", ""),
)
