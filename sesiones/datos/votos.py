"""Conjunto «votos»: el voto de cada asiento en las votaciones nominales de las actas publicadas."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from sesiones import publica
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import FECHA, GENERA, PERSONA_ID, SESION, TEMA
from sesiones.datos.votaciones import RESULTADOS, VOTACION, id_de_votacion
from sesiones.estados import ACTA_PUBLICA, EstadoSesion, SentidoVoto
from sesiones.models import Acta, Voto
from stl_portal.datos.columnas import FICTICIO, ORGANO, en_orden, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

SENTIDOS = (
    (SentidoVoto.A_FAVOR.value, "Votó a favor"),
    (SentidoVoto.EN_CONTRA.value, "Votó en contra"),
    (SentidoVoto.ABSTENCION.value, "Dijo que se abstenía"),
    (SentidoVoto.NO_VOTO.value, "Estaba presente y no emitió voto ni abstención"),
    (SentidoVoto.AUSENTE.value, "Asistía a la sesión y no estaba en el momento de votar"),
)

COLUMNAS = (
    identificador("el voto de un asiento en una votación", f"{VOTACION}/asiento-3"),
    Columna(
        "votacion",
        Tipo.TEXTO,
        "Votación",
        "Su «id» en el conjunto «votaciones», donde está la cuenta completa.",
        requerida=True,
        ejemplo=VOTACION,
    ),
    ORGANO,
    SESION,
    FECHA,
    Columna("asunto", Tipo.TEXTO, "Asunto", "Qué se sometió a votación.", requerida=True),
    Columna(
        "institucion",
        Tipo.TEXTO,
        "Institución",
        "La del asiento que votó, con el nombre que tenía ese día. Un asiento, un voto.",
        requerida=True,
    ),
    Columna("asiento", Tipo.TEXTO, "Asiento", "Como en el conjunto «integrantes».", requerida=True),
    Columna(
        "persona",
        Tipo.TEXTO,
        "Persona",
        "Quién votó por ese asiento, como se escribió ese día, sea titular o suplente.",
        requerida=True,
    ),
    PERSONA_ID,
    Columna(
        "sentido",
        Tipo.TEXTO,
        "Voto",
        "No votar, abstenerse y estar ausente son cosas distintas.",
        requerida=True,
        valores=SENTIDOS,
    ),
    Columna(
        "resultado",
        Tipo.TEXTO,
        "Resultado de la votación",
        "En qué terminó el asunto.",
        requerida=True,
        valores=RESULTADOS,
    ),
    FICTICIO,
)


def publicado() -> QuerySet[Any]:
    """Los nominales de sesiones concluidas cuya acta, que los dice, ya se publicó."""
    actas = Acta.objects.filter(sesion=OuterRef("votacion__punto__sesion"), estado__in=ACTA_PUBLICA)
    filas = Voto.objects.filter(Exists(actas), votacion__punto__sesion__estado=EstadoSesion.CONCLUIDA)
    return filas.select_related("votacion__punto__sesion__organo", "asiento__organo", "asistencia")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por voto, con los nombres que congeló el padrón y sin lo testado en el acta."""
    tachadores = de_la_sesion.tachadores(voto.votacion.punto.sesion_id for voto in objetos)
    for voto in objetos:
        votacion = voto.votacion
        tachador = tachadores[votacion.punto.sesion_id]
        publica.tachar(votacion, tachador)
        datos = de_la_sesion.de_que_sesion(votacion.punto.sesion) | {
            "id": f"{id_de_votacion(votacion)}/asiento-{voto.asiento_id}",
            "votacion": id_de_votacion(votacion),
            "asunto": votacion.asunto,
            "asiento": f"{voto.asiento.organo.clave}/asiento-{voto.asiento_id}",
            "sentido": voto.sentido,
            "resultado": str(votacion.resultado),
        }
        yield voto, en_orden(COLUMNAS, datos | _de_quien(voto, tachador))


def _de_quien(voto: Any, tachador: publica.Tachador) -> dict[str, Valor]:
    """El nombre y la institución que congeló el padrón."""
    congelado = next(uno for uno in voto.votacion.padron if uno["asiento"] == voto.asiento_id)
    nombre = tachador(congelado["nombre"])
    se_publica = nombre == congelado["nombre"]
    return {
        "institucion": tachador(congelado["institucion"]),
        "persona": nombre,
        "persona_id": de_la_sesion.id_de_persona(voto.asistencia.persona_id) if se_publica else None,
    }


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """El voto de ese asiento en esa votación."""
    resto = r"/votacion-(?P<votacion>[1-9][0-9]{0,17})/asiento-(?P<asiento>[1-9][0-9]{0,17})"
    partes = {"votacion_id": "votacion", "asiento_id": "asiento"}
    return objetos.filter(de_la_sesion.de_la_sesion(id, "votacion__punto__sesion__", resto, **partes))


CONJUNTO = Conjunto(
    clave="votos",
    titulo="Votos nominales",
    descripcion="El voto de cada asiento, con quien lo emitió, en las votaciones nominales de las actas"
    " publicadas. El resultado y la cuenta de todas las votaciones, nominales o no, están en «votaciones».",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera=GENERA,
    tema=TEMA,
    una_fila="el voto de un asiento en una votación nominal",
    filtros=(
        *de_la_sesion.filtros("votacion__punto__sesion__"),
        Filtro(
            "tipo",
            Tipo.TEXTO,
            "sentido",
            "En qué sentido se votó.",
            valores=SENTIDOS,
            ejemplo=SentidoVoto.ABSTENCION.value,
        ),
    ),
    palabras=("votos", "votación nominal"),
    grafica=("sentido", ""),
)
