"""Conjunto «acuerdos»: qué se decidió en cada sesión concluida y cómo va, según lo publicado."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from sesiones import publica, seguimiento
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import FECHA, GENERA, SESION, TEMA
from sesiones.estados import EstadoAcuerdo
from sesiones.models import Acuerdo, Plazo
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import (
    FICTICIO,
    LISTA,
    ORGANO,
    direccion,
    en_orden,
    identificador,
)
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor
from stl_portal.texto import a_llano

ESTADOS = tuple((str(valor), str(dicho)) for valor, dicho in EstadoAcuerdo.choices)

COLUMNAS = (
    identificador("al acuerdo", "stl/xviii-ordinaria-2020/acuerdo-4"),
    ORGANO,
    SESION,
    FECHA,
    Columna(
        "numero",
        Tipo.ENTERO,
        "Número",
        "Lugar del acuerdo en su sesión: 4 es el «Acuerdo cuarto». Se cuenta de nuevo en cada sesión.",
        requerida=True,
        ejemplo="4",
    ),
    Columna(
        "texto",
        Tipo.TEXTO,
        "Texto",
        "Lo que se acordó, sin formato. Donde había un dato personal que no se publica dice «[testado N]».",
        requerida=True,
    ),
    Columna(
        "responsable",
        Tipo.TEXTO,
        "Responsable",
        "Institución a la que le toca cumplirlo y, después de «;», a quién más se nombró. Vacío si a nadie.",
    ),
    Columna(
        "plazo",
        Tipo.TEXTO,
        "Plazo, como se dijo",
        "Las palabras con que se fijó el plazo, tal cual; si se fijaron varios, separados por «;». Puede no"
        " concordar con la fecha: se conservan ambos.",
        ejemplo="en dos semanas",
    ),
    Columna(
        "fecha_limite",
        Tipo.FECHA,
        "Fecha límite",
        "La primera fecha en que algo del acuerdo vence, con sus prórrogas. Vacía si no se fijó ninguna.",
        ejemplo="2020-03-03",
    ),
    Columna(
        "fecha_original",
        Tipo.FECHA,
        "Fecha límite original",
        "La que tenía ese plazo antes de prorrogarse; vacía si no se ha prorrogado.",
    ),
    Columna(
        "estado",
        Tipo.TEXTO,
        "Seguimiento",
        "Cómo va, según el último renglón de seguimiento que se publicó; sin ninguno está pendiente.",
        requerida=True,
        valores=ESTADOS,
    ),
    Columna(
        "estado_al",
        Tipo.FECHA,
        "Fecha del seguimiento",
        "De qué día es ese último renglón; vacía si no se ha publicado ninguno.",
    ),
    Columna(
        "nota",
        Tipo.TEXTO,
        "Última nota",
        "Qué se había hecho a esa fecha, sin formato; sin los datos testados en el acta.",
    ),
    direccion("del acuerdo"),
    FICTICIO,
)


def publicado() -> QuerySet[Any]:
    """Los de sesiones concluidas, con el estado y el seguimiento que son públicos."""
    acuerdos = seguimiento.con_estado_publico(Acuerdo.objects.de_sesiones_publicas())
    con_todo = acuerdos.select_related("sesion__organo", "responsable_asiento__institucion")
    return con_todo.prefetch_related("plazos", seguimiento.publicado())


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por acuerdo, sin lo testado en las actas de su sesión."""
    tachadores = de_la_sesion.tachadores(acuerdo.sesion_id for acuerdo in objetos)
    for acuerdo in objetos:
        tachador = tachadores[acuerdo.sesion_id]
        publica.tachar_acuerdo(acuerdo, tachador)
        notas = list(acuerdo.seguimientos.all())
        datos = de_la_sesion.de_que_sesion(acuerdo.sesion) | {
            "id": f"{de_la_sesion.id_de(acuerdo.sesion)}/acuerdo-{acuerdo.numero}",
            "numero": acuerdo.numero,
            "texto": a_llano(acuerdo.texto),
            "responsable": tachador(acuerdo.quien_responde) or None,
            "estado": acuerdo.estado_publico,
            "estado_al": acuerdo.estado_al,
            "nota": (a_llano(notas[-1].nota) or None) if notas else None,
            "direccion": liga(acuerdo.get_absolute_url()),
        }
        plazos = list(acuerdo.plazos.all())
        yield (
            acuerdo,
            en_orden(COLUMNAS, datos | _plazo(plazos) | {"plazo": tachador(_dicho(plazos)) or None}),
        )


def _plazo(plazos: Sequence[Plazo]) -> dict[str, Valor]:
    """El primero que vence."""
    con_fecha = [(plazo.fecha, plazo) for plazo in plazos if plazo.fecha]
    primero = min(con_fecha, key=lambda par: par[0])[1] if con_fecha else None
    return {
        "fecha_limite": primero.fecha if primero else None,
        "fecha_original": primero.fecha_original if primero and primero.es_prorroga else None,
    }


def _dicho(plazos: Sequence[Plazo]) -> str:
    """Las palabras de todos."""
    return LISTA.join(plazo.literal for plazo in plazos if plazo.literal)


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """El acuerdo de ese número en esa sesión."""
    resto = r"/acuerdo-(?P<numero>[1-9][0-9]{0,3})"
    return objetos.filter(de_la_sesion.de_la_sesion(id, "sesion__", resto, numero="numero"))


CONJUNTO = Conjunto(
    clave="acuerdos",
    titulo="Acuerdos",
    descripcion="Qué se acordó en cada sesión concluida, quién responde, para cuándo y cómo va.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera=GENERA,
    tema=TEMA,
    una_fila="un acuerdo de una sesión concluida",
    filtros=(
        *de_la_sesion.filtros("sesion__"),
        Filtro(
            "tipo",
            Tipo.TEXTO,
            "sesion__tipo",
            "Clase de sesión en que se tomó.",
            valores=de_la_sesion.TIPOS,
            ejemplo="ordinaria",
        ),
        Filtro(
            "estado",
            Tipo.TEXTO,
            "estado_publico",
            "Cómo va, según lo publicado.",
            valores=ESTADOS,
            ejemplo="cumplido",
        ),
    ),
    palabras=("acuerdos", "seguimiento", "compromisos", "decisiones"),
    grafica=("estado", ""),
)
