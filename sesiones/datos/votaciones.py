"""Conjunto «votaciones»: qué se votó en cada sesión concluida, con qué cuenta y con qué resultado."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from sesiones import publica
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import FECHA, GENERA, SESION, TEMA
from sesiones.estados import EstadoSesion, FormaVoto, Resultado, SentidoVoto
from sesiones.models import Votacion
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

FORMAS = (
    (FormaVoto.UNANIMIDAD.value, "Se preguntó y todas las personas con voto estuvieron a favor"),
    (FormaVoto.CONTEO.value, "Se contaron los votos, sin anotar de quién era cada uno"),
    (FormaVoto.NOMINAL.value, "Se anotó el voto de cada asiento: están en el conjunto «votos»"),
)
MAYORIAS = (
    ("simple", "más votos a favor que en contra"),
    ("absoluta", "más de la mitad de quienes podían votar"),
    ("calificada", "dos terceras partes de quienes podían votar"),
    ("unanimidad", "todas las personas que podían votar"),
)
RESULTADOS = tuple(
    (r.value, str(r.label)) for r in (Resultado.UNANIMIDAD, Resultado.MAYORIA, Resultado.NO_APROBADO)
)
DE_CALIDAD = tuple((s.value, str(s.label)) for s in (SentidoVoto.A_FAVOR, SentidoVoto.EN_CONTRA))


def _cuenta(nombre: str, titulo: str, descripcion: str, *, requerida: bool = True) -> Columna:
    return Columna(nombre, Tipo.ENTERO, titulo, descripcion, requerida=requerida, unidad="votos", ejemplo="5")


VOTACION = "stl/xviii-ordinaria-2020/votacion-7"
COLUMNAS = (
    identificador("la votación", VOTACION),
    ORGANO,
    SESION,
    FECHA,
    Columna(
        "punto", Tipo.TEXTO, "Punto", "Título del punto del orden del día en que se votó.", requerida=True
    ),
    Columna(
        "acuerdo",
        Tipo.TEXTO,
        "Acuerdo",
        "El acuerdo que se votó (su «id» en «acuerdos»). Vacío si no lo hubo: se votan asuntos que no son"
        " acuerdos, como el orden del día.",
        ejemplo="stl/xviii-ordinaria-2020/acuerdo-4",
    ),
    Columna("asunto", Tipo.TEXTO, "Asunto", "Qué se sometió a votación.", requerida=True),
    Columna("forma", Tipo.TEXTO, "Forma", "Cómo se tomó la votación.", requerida=True, valores=FORMAS),
    Columna(
        "mayoria",
        Tipo.TEXTO,
        "Mayoría requerida",
        "La que pedían las reglas del órgano ese día.",
        requerida=True,
        valores=MAYORIAS,
    ),
    Columna(
        "podian_votar",
        Tipo.ENTERO,
        "Podían votar",
        "Asientos con voto presentes en ese momento.",
        requerida=True,
        unidad="asientos",
        ejemplo="7",
    ),
    _cuenta("a_favor", "A favor", "Votos a favor, sin el de calidad."),
    _cuenta("en_contra", "En contra", "Votos en contra."),
    _cuenta("abstenciones", "Abstenciones", "Quienes dijeron que se abstenían. No es lo mismo que no votar."),
    _cuenta(
        "no_votaron",
        "Presentes que no votaron",
        "Estaban y no emitieron voto ni abstención. Si se contó sin nombres, son los que faltan para"
        " completar a quienes podían votar.",
    ),
    _cuenta(
        "ausentes",
        "Ausentes en la votación",
        "Asistían a la sesión y no estaban en el momento de votar. Solo se sabe si fue nominal; si no,"
        " vacío.",
        requerida=False,
    ),
    Columna(
        "voto_de_calidad",
        Tipo.TEXTO,
        "Voto de calidad",
        "En qué sentido desempató la presidencia; vacío si no hizo falta.",
        valores=DE_CALIDAD,
    ),
    Columna("resultado", Tipo.TEXTO, "Resultado", "En qué terminó.", requerida=True, valores=RESULTADOS),
    Columna("frase", Tipo.TEXTO, "Resultado en palabras", "Como se dice en la página.", requerida=True),
    direccion("de la sesión"),
    FICTICIO,
)


def publicado() -> QuerySet[Any]:
    """Las de sesiones concluidas."""
    filas = Votacion.objects.filter(punto__sesion__estado=EstadoSesion.CONCLUIDA)
    return filas.select_related("punto__sesion__organo", "acuerdo").prefetch_related("votos")


def id_de_votacion(votacion: Votacion) -> str:
    """«stl/xviii-ordinaria-2020/votacion-7»; con su punto, su sesión y su órgano ya traídos."""
    return f"{de_la_sesion.id_de(votacion.punto.sesion)}/votacion-{votacion.pk}"


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por votación, sin lo testado en el acta de su sesión."""
    tachadores = de_la_sesion.tachadores(fila.punto.sesion_id for fila in objetos)
    for fila in objetos:
        sesion, tachador = fila.punto.sesion, tachadores[fila.punto.sesion_id]
        publica.tachar(fila, tachador)
        de_cual = f"{de_la_sesion.id_de(sesion)}/acuerdo-{fila.acuerdo.numero}" if fila.acuerdo else None
        datos = de_la_sesion.de_que_sesion(sesion) | {
            "id": id_de_votacion(fila),
            "punto": tachador(fila.punto.titulo),
            "acuerdo": de_cual,
            "asunto": fila.asunto,
            "forma": fila.forma,
            "mayoria": fila.mayoria,
            "voto_de_calidad": fila.voto_de_calidad or None,
            "resultado": str(fila.resultado),
            "frase": fila.frase,
            "direccion": de_la_sesion.direccion_de(sesion),
        }
        yield fila, en_orden(COLUMNAS, datos | cuenta(fila))


def cuenta(fila: Any) -> dict[str, Valor]:
    """Los votos por su sentido: no votar, abstenerse y estar ausente son cosas distintas."""
    podian = len(fila.padron)
    emitidos = fila.a_favor + fila.en_contra + fila.abstenciones
    sentidos = [voto.sentido for voto in fila.votos.all()]
    ausentes = sentidos.count(SentidoVoto.AUSENTE) if fila.forma == FormaVoto.NOMINAL else None
    return {
        "podian_votar": podian,
        "a_favor": fila.a_favor,
        "en_contra": fila.en_contra,
        "abstenciones": fila.abstenciones,
        "no_votaron": podian - emitidos - (ausentes or 0),
        "ausentes": ausentes,
    }


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """La votación de esa sesión."""
    resto = r"/votacion-(?P<votacion>[1-9][0-9]{0,17})"
    return objetos.filter(de_la_sesion.de_la_sesion(id, "punto__sesion__", resto, pk="votacion"))


CONJUNTO = Conjunto(
    clave="votaciones",
    titulo="Votaciones",
    descripcion="Cada asunto que se votó en una sesión concluida: cómo, con cuántos votos en cada sentido"
    " y con qué resultado. Los votos con nombre están en «votos».",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera=GENERA,
    tema=TEMA,
    una_fila="un asunto que se votó en una sesión concluida",
    filtros=(
        *de_la_sesion.filtros("punto__sesion__"),
        Filtro(
            "tipo",
            Tipo.TEXTO,
            "forma",
            "Cómo se tomó la votación.",
            valores=FORMAS,
            ejemplo=FormaVoto.NOMINAL.value,
        ),
    ),
    palabras=("votaciones", "votos", "acuerdos"),
    grafica=("resultado", ""),
)
