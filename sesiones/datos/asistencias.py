"""Conjunto «asistencias»: quién ocupó cada asiento en cada sesión concluida, y quién faltó."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from sesiones import publica
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import FECHA, GENERA, PERSONA_ID, SESION, TEMA
from sesiones.datos.integrantes import SECTORES
from sesiones.estados import ACTA_PUBLICA, Calidad, EstadoAsistencia, EstadoSesion, TipoSuplencia
from sesiones.models import Acta, Asistencia, CambioSesion, Movimiento, Sesion, Testado
from sesiones.models.asistencia import llego_tarde, se_fue
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Tipo
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


# Lo que se lee de cada renglón: son los más de todos, y armar un objeto de cada uno cuesta más que leerlo.
CAMPOS = (
    *("sesion_id", "asiento_id", "persona_id", "calidad", "estado", "tratamiento", "nombre", "cargo"),
    *("institucion", "oficio", "sector", "organo_del_asiento", "tipo_de_suplencia"),
)


def publicado() -> QuerySet[Any]:
    """Los asientos en la lista de las sesiones concluidas; las demás personas presentes no se publican."""
    # Con EXISTS y no con la propia tabla: así se recorren por su clave, sin ordenar todo en cada lote.
    concluida = Sesion.objects.filter(pk=OuterRef("sesion"), estado=EstadoSesion.CONCLUIDA)
    return (
        Asistencia.objects.ocupantes()
        .filter(Exists(concluida))
        .annotate(
            sector=F("asiento__institucion__sector"),
            organo_del_asiento=F("asiento__organo__clave"),
            tipo_de_suplencia=F("suplencia__tipo"),
        )
    )


class _Sesion(NamedTuple):
    """Lo que de una sesión va en cada uno de sus renglones."""

    organo: str
    id: str
    fecha: dt.date | None
    ficticio: bool
    acta: str | None
    conducida: bool  # en el portal: de la reconstruida, el acta puede no decir quién faltó
    con_testados: bool
    con_movimientos: bool


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por asistencia, sin lo testado en el acta de su sesión; en el orden de `COLUMNAS`."""
    sesiones = _sesiones({fila.sesion_id for fila in objetos})
    tachadores = publica.tachadores([pk for pk, sesion in sesiones.items() if sesion.con_testados])
    movimientos = _movimientos([pk for pk, sesion in sesiones.items() if sesion.con_movimientos])
    for objeto in objetos:
        tachador = tachadores.get(objeto.sesion_id)
        fila = _sin_datos(objeto, tachador) if tachador else objeto
        sesion = sesiones[fila.sesion_id]
        yield (
            objeto,
            (
                f"{sesion.id}/asistencia-{fila.pk}",
                sesion.organo,
                sesion.id,
                sesion.fecha,
                fila.institucion,
                fila.sector or None,
                f"{fila.organo_del_asiento}/asiento-{fila.asiento_id}",
                *_quien(fila, movimientos.get(fila.pk, ()), sesion),
                sesion.acta,
                sesion.ficticio,
            ),
        )


def _sesiones(cuales: Collection[int]) -> dict[int, _Sesion]:
    """Esas, cada una armada una vez por lote y no una por renglón."""
    suyo = OuterRef("pk")
    aqui = CambioSesion.objects.filter(objeto=suyo, por__isnull=False)
    filas = Sesion.objects.filter(pk__in=cuales).values_list(
        *("pk", "clave", "organo__clave", "fecha", "organo__ficticio"),
        Exists(Acta.objects.filter(sesion=suyo, estado__in=ACTA_PUBLICA)),
        Exists(aqui.exclude(verbo=IMPORTAR)),
        Exists(Testado.objects.filter(sello__acta__sesion=suyo)),
        Exists(Movimiento.objects.filter(asistencia__sesion=suyo)),
    )
    return {
        pk: _Sesion(organo, f"{organo}/{clave}", fecha, ficticio, _pagina(organo, clave, acta), *demas)
        for pk, clave, organo, fecha, ficticio, acta, *demas in filas
    }


def _pagina(organo: str, sesion: str, publicada: bool) -> str | None:
    return liga(reverse("sesiones:acta", args=(organo, sesion))) if publicada else None


def _sin_datos(fila: Any, tachador: publica.Tachador) -> Any:
    """El renglón sin lo testado; si su nombre lo está, tampoco se dice de qué persona es."""
    textos = ("tratamiento", "nombre", "cargo", "institucion")
    antes = Asistencia(**{campo: getattr(fila, campo) for campo in textos})
    formal = antes.formal
    limpia = publica.tachar_asistencia(antes, tachador)
    return fila._replace(
        **{campo: getattr(limpia, campo) for campo in textos},
        oficio=tachador(fila.oficio),
        persona_id=fila.persona_id if limpia.formal == formal else None,
    )


def _movimientos(sesiones: Collection[int]) -> dict[int, list[str]]:
    """Las llegadas y salidas de cada quien en esas sesiones, en orden; casi nadie tiene."""
    dichos: dict[int, list[str]] = {}
    filas = Movimiento.objects.filter(asistencia__sesion__in=sesiones)
    for quien, tipo in filas.values_list("asistencia", "tipo"):
        dichos.setdefault(quien, []).append(tipo)
    return dichos


_DE_NADIE = (None,) * 7
_PRESENTE, _POR_SESION = EstadoAsistencia.PRESENTE.value, TipoSuplencia.POR_SESION.value


def _quien(fila: Any, movimientos: Sequence[str], sesion: _Sesion) -> Fila:
    """Qué se anotó y, de quien estuvo, quién fue; de quien no, nada más."""
    if fila.estado != _PRESENTE:
        # El asiento sin nadie es vacante, salvo que el acta de la que se reconstruyó no diga quién faltó.
        return (VACANTE if not fila.nombre and sesion.conducida else fila.estado, *_DE_NADIE)
    return (
        fila.estado,
        fila.calidad,
        f"{fila.tratamiento} {fila.nombre}".strip() or None,
        de_la_sesion.id_de_persona(fila.persona_id),
        fila.cargo or None,
        (fila.oficio or None) if fila.tipo_de_suplencia == _POR_SESION else None,
        llego_tarde(movimientos) if movimientos else False,
        se_fue(movimientos) if movimientos else False,
    )


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
    campos=CAMPOS,
    filas=filas,
    de_id=de_id,
    genera=GENERA,
    tema=TEMA,
    una_fila="lo que la lista de una sesión concluida dice de un asiento: quién lo ocupó, o que nadie",
    filtros=de_la_sesion.filtros("sesion__"),
    palabras=("asistencia", "quórum", "suplencias"),
    grafica=("asistencia", ""),
)
