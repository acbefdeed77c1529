"""Conjunto «integrantes»: cada asiento con sus titulares y suplencias, desde cuándo y hasta cuándo."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from sesiones import publica
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import PERSONA_ID, TEMA
from sesiones.estados import Funcion, Sector, TipoSuplencia
from sesiones.models import Asiento, Nombramiento, Suplencia
from stl_portal.datos.columnas import FICTICIO, ORGANO, en_orden, filtros_de_organo, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

SECTORES = tuple((str(valor), str(dicho)) for valor, dicho in Sector.choices)
FUNCIONES = tuple((str(valor), str(dicho)) for valor, dicho in Funcion.choices)
ALCANCES = tuple((str(valor), str(dicho)) for valor, dicho in TipoSuplencia.choices)
CALIDADES = (
    ("titular", "ocupa el asiento por nombramiento"),
    ("suplente", "puede ocuparlo, por oficio, en lugar de quien es titular"),
    ("vacante", "no consta que el asiento haya tenido titular: no hay persona en esta fila"),
)

INSTITUCION = Columna(
    "institucion",
    Tipo.TEXTO,
    "Institución",
    "La que ocupa el asiento, con su nombre de hoy.",
    requerida=True,
)
COLUMNAS = (
    identificador("a quien ocupa u ocupó un asiento", "stl/asiento-3/titular-12"),
    ORGANO,
    Columna(
        "asiento",
        Tipo.TEXTO,
        "Asiento",
        "El lugar de una institución en el órgano. Agrupa a sus titulares y suplentes sucesivos; un"
        " asiento tiene un solo voto, se siente quien se siente.",
        requerida=True,
        ejemplo="stl/asiento-3",
    ),
    INSTITUCION,
    Columna(
        "sector",
        Tipo.TEXTO,
        "Sector",
        "De dónde viene la institución; vacío en el lugar del propio secretariado.",
        valores=SECTORES,
    ),
    Columna(
        "funcion",
        Tipo.TEXTO,
        "Función",
        "Qué hace ese asiento en el órgano.",
        requerida=True,
        valores=FUNCIONES,
    ),
    Columna(
        "con_voto",
        Tipo.SI_NO,
        "Tiene voto",
        "Si quien ocupa el asiento vota en las sesiones.",
        requerida=True,
    ),
    Columna(
        "asiento_desde",
        Tipo.FECHA,
        "El asiento existe desde",
        "Primer día del asiento; vacío si no consta o si siempre lo tuvo.",
    ),
    Columna(
        "asiento_hasta", Tipo.FECHA, "El asiento existió hasta", "Último día del asiento; vacío si sigue."
    ),
    Columna(
        "calidad",
        Tipo.TEXTO,
        "Calidad",
        "En qué calidad lo ocupa la persona.",
        requerida=True,
        valores=CALIDADES,
    ),
    Columna("persona", Tipo.TEXTO, "Persona", "Tratamiento y nombre; vacío en un asiento vacante."),
    PERSONA_ID,
    Columna("cargo", Tipo.TEXTO, "Cargo", "El que tiene en su institución."),
    Columna(
        "encargada",
        Tipo.SI_NO,
        "Encargada de despacho",
        "Si la titular o el titular lo es por encargo de despacho; vacío en las demás calidades.",
    ),
    Columna(
        "suple_a",
        Tipo.TEXTO,
        "Suple a",
        "De una suplencia, el «id» de la fila de quien era titular al empezar; vacío si el asiento estaba"
        " vacante o no consta la fecha.",
        ejemplo="stl/asiento-3/titular-12",
    ),
    Columna(
        "alcance",
        Tipo.TEXTO,
        "Alcance de la suplencia",
        "Hasta cuándo faculta el oficio.",
        valores=ALCANCES,
    ),
    Columna(
        "sesion",
        Tipo.TEXTO,
        "Para la sesión",
        "De una suplencia para una sola sesión, cuál; aparece cuando la sesión concluyó y la persona"
        " asistió.",
        ejemplo="stl/xviii-ordinaria-2020",
    ),
    Columna("desde", Tipo.FECHA, "Desde", "Primer día en que lo ocupa; vacío si los documentos no lo dicen."),
    Columna(
        "hasta",
        Tipo.FECHA,
        "Hasta",
        "Último día en que lo ocupó; vacío si no consta que haya terminado.",
    ),
    FICTICIO,
)


def publicado() -> QuerySet[Asiento]:
    """Los asientos, con quienes los han ocupado; son públicos aunque el órgano no haya sesionado.

    Lo que empieza después de hoy no se dice.
    """
    hoy = timezone.localdate()
    titulares = Nombramiento.objects.publicos(hoy).select_related("persona").order_by("pk")
    suplencias = Suplencia.objects.publicos(hoy).select_related("persona", "sesion__organo").order_by("pk")
    return (
        Asiento.objects.publicos(hoy)
        .select_related("organo", "institucion")
        .prefetch_related(Prefetch("nombramientos", titulares), Prefetch("suplencias", suplencias))
    )


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Por asiento: sus titulares y después sus suplencias; si no ha tenido a nadie, una que dice vacante."""
    de_una_sesion = {s.sesion_id for asiento in objetos for s in asiento.suplencias.all() if s.sesion_id}
    tachadores = de_la_sesion.tachadores(de_una_sesion)
    for asiento in objetos:
        fijos = _del_asiento(asiento)
        titulares, suplencias = list(asiento.nombramientos.all()), list(asiento.suplencias.all())
        suyas = [_titular(asiento, titular) for titular in titulares]
        suyas += [_suplencia(asiento, s, tachadores[s.sesion_id or 0], titulares) for s in suplencias]
        for datos in suyas or [_vacante(asiento)]:
            yield asiento, en_orden(COLUMNAS, _NADIE | fijos | datos)


_NADIE: dict[str, Valor] = dict.fromkeys(
    ("persona", "persona_id", "cargo", "encargada", "suple_a", "alcance", "sesion", "desde", "hasta")
)


def id_de_asiento(asiento: Asiento) -> str:
    """«stl/asiento-3»; `asiento.organo` ya traído."""
    return f"{asiento.organo.clave}/asiento-{asiento.pk}"


def id_de_titular(asiento: Asiento, titular: Nombramiento) -> str:
    """«stl/asiento-3/titular-12»."""
    return f"{id_de_asiento(asiento)}/titular-{titular.pk}"


def _del_asiento(asiento: Asiento) -> dict[str, Valor]:
    return {
        "organo": asiento.organo.clave,
        "asiento": id_de_asiento(asiento),
        "institucion": asiento.institucion.nombre,
        "sector": asiento.institucion.sector or None,
        "funcion": asiento.funcion,
        "con_voto": asiento.tiene_voto,
        "asiento_desde": asiento.vigente_desde,
        "asiento_hasta": asiento.vigente_hasta,
        "ficticio": asiento.organo.ficticio,
    }


def _vacante(asiento: Asiento) -> dict[str, Valor]:
    return {"id": f"{id_de_asiento(asiento)}/vacante", "calidad": "vacante"}


def _titular(asiento: Asiento, fila: Nombramiento) -> dict[str, Valor]:
    return {
        "id": id_de_titular(asiento, fila),
        "calidad": "titular",
        "persona": fila.persona.formal,
        "persona_id": de_la_sesion.id_de_persona(fila.persona_id),
        "cargo": fila.cargo or None,
        "encargada": fila.encargada,
        "desde": fila.vigente_desde,
        "hasta": fila.vigente_hasta,
    }


def _suplencia(
    asiento: Asiento, fila: Suplencia, tachador: publica.Tachador, titulares: Sequence[Nombramiento]
) -> dict[str, Valor]:
    """Sin el nombre, si está testado en el acta de la única sesión para la que era."""
    nombre = tachador(fila.persona.formal)
    suplido = titular_suplido(fila, titulares)
    return {
        "id": f"{id_de_asiento(asiento)}/suplencia-{fila.pk}",
        "calidad": "suplente",
        "persona": nombre,
        "persona_id": de_la_sesion.id_de_persona(fila.persona_id) if nombre == fila.persona.formal else None,
        "cargo": tachador(fila.cargo) or None,
        "suple_a": id_de_titular(asiento, suplido) if suplido else None,
        "alcance": fila.tipo,
        "sesion": de_la_sesion.id_de(fila.sesion) if fila.sesion else None,
        "desde": fila.vigente_desde,
        "hasta": fila.vigente_hasta,
    }


def titular_suplido(suplencia: Suplencia, titulares: Sequence[Nombramiento]) -> Nombramiento | None:
    """Quien era titular el día en que la suplencia empezó (o el de su sesión); None si nadie o no consta."""
    sesion = suplencia.sesion.fecha if suplencia.sesion else None
    dia: dt.date | None = sesion or suplencia.vigente_desde
    return next((t for t in titulares if t.vigente(dia)), None) if dia else None


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """El asiento del que habla."""
    partes = id.split("/")
    numero = partes[1].removeprefix("asiento-") if len(partes) == 3 else ""
    es_numero = numero.isascii() and numero.isdigit() and len(numero) <= 18
    return objetos.filter(pk=int(numero), organo__clave=partes[0]) if es_numero else objetos.none()


CONJUNTO = Conjunto(
    clave="integrantes",
    titulo="Integrantes",
    descripcion="Cada asiento de cada órgano con sus titulares y suplencias sucesivas y sus fechas. Los"
    " vacantes también están. Sin correos ni teléfonos.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera="El secretariado técnico de cada órgano, con los oficios que recibe",
    tema=TEMA,
    una_fila="una persona que ocupa u ocupó un asiento, como titular o suplente; o un asiento sin nadie",
    filtros=(
        *filtros_de_organo("organo__"),
        Filtro(
            "tipo",
            Tipo.TEXTO,
            "",
            "En qué calidad ocupa el asiento.",
            columna="calidad",
            valores=CALIDADES,
            ejemplo="titular",
        ),
    ),
    palabras=("integrantes", "titulares", "suplencias", "instituciones"),
    grafica=("sector", ""),
)
