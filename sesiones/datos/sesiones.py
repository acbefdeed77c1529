"""Conjunto «sesiones»: las que se han convocado, como se avisaron, y las celebradas, con sus hechos."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from sesiones import anuncio, novedades, publica
from sesiones.datos import de_la_sesion
from sesiones.datos.de_la_sesion import TEMA, TIPOS
from sesiones.estados import PUBLICAS, EstadoSesion, Modalidad
from sesiones.models import Sesion
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

ESTADOS = tuple((str(e.value), str(e.label)) for e in EstadoSesion if e in PUBLICAS)
MODALIDADES = tuple((str(valor), str(dicho)) for valor, dicho in Modalidad.choices)
DE_LO_CELEBRADO = "Solo de sesiones concluidas."

COLUMNAS = (
    identificador("a la sesión", "stl/xviii-ordinaria-2020"),
    ORGANO,
    Columna(
        "designacion",
        Tipo.TEXTO,
        "Nombre",
        "Como se le llama en su convocatoria y en su acta.",
        requerida=True,
        ejemplo="XVIII Sesión Ordinaria",
    ),
    Columna(
        "numero",
        Tipo.ENTERO,
        "Número",
        "Su lugar en la numeración de su órgano y su tipo; según las reglas, se reinicia o no cada año.",
        requerida=True,
        ejemplo="18",
    ),
    Columna("tipo", Tipo.TEXTO, "Tipo", "Qué clase de reunión es.", requerida=True, valores=TIPOS),
    Columna(
        "modalidad",
        Tipo.TEXTO,
        "Modalidad",
        "Si fue en persona, a distancia o ambas; vacía si no se avisó.",
        valores=MODALIDADES,
    ),
    Columna("estado", Tipo.TEXTO, "Estado", "En qué va la sesión.", requerida=True, valores=ESTADOS),
    Columna(
        "fecha",
        Tipo.FECHA,
        "Fecha",
        "Día de la sesión, en el centro de México: el de la última convocatoria o, si ya empezó, el que fue."
        " Vacía si terminó sin que nadie la convocara.",
        ejemplo="2020-02-19",
    ),
    Columna("hora", Tipo.HORA, "Hora citada", "A qué hora se citó, en el centro de México.", ejemplo="10:00"),
    Columna("inicio", Tipo.HORA, "Empezó", f"Hora real de inicio. {DE_LO_CELEBRADO}", ejemplo="10:05"),
    Columna("cierre", Tipo.HORA, "Terminó", f"Hora de cierre. {DE_LO_CELEBRADO}", ejemplo="11:42"),
    Columna("lugar", Tipo.TEXTO, "Sede", "Dónde fue o será, o en qué plataforma."),
    Columna("domicilio", Tipo.TEXTO, "Domicilio", "Domicilio de la sede; vacío si no se dijo."),
    Columna("objetivo", Tipo.TEXTO, "Objetivo", "Para qué se convocó, si se dijo."),
    Columna(
        "publico",
        Tipo.TEXTO,
        "Quién puede asistir",
        "Si el público puede asistir, y cómo, según la convocatoria; vacío si no lo dice.",
    ),
    Columna(
        "quorum",
        Tipo.TEXTO,
        "Quórum",
        f"Cómo se declaró, con su cuenta y su regla. {DE_LO_CELEBRADO}",
    ),
    Columna(
        "acuerdos",
        Tipo.ENTERO,
        "Acuerdos",
        f"Cuántos se tomaron. {DE_LO_CELEBRADO}",
        unidad="acuerdos",
        ejemplo="9",
    ),
    direccion("de la sesión"),
    Columna("acta", Tipo.LIGA, "Acta", "La página de su acta; vacía si no se ha publicado."),
    FICTICIO,
)


def publicado() -> QuerySet[Any]:
    """Las que la ciudadanía puede ver; con la fecha que de ellas es pública, en `dia`."""
    publicas = anuncio.fechadas(Sesion.objects.publicas()).annotate(
        total_acuerdos=Count("acuerdos", distinct=True)
    )
    con_todo = novedades.con_acta(publicas).select_related("organo")
    return con_todo.prefetch_related("convocatorias", "quorums")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por sesión: la que no ha empezado, como se avisó; todas, sin lo testado en sus actas."""
    tachadores = de_la_sesion.tachadores(sesion.pk for sesion in objetos)
    for sesion in objetos:
        tachador = tachadores[sesion.pk]
        publica.tachar(anuncio.como_se_aviso(sesion), tachador)
        concluida = sesion.estado == EstadoSesion.CONCLUIDA
        hechos = _hechos(sesion, tachador) if concluida else dict.fromkeys(_HECHOS)
        yield sesion, en_orden(COLUMNAS, _anunciado(sesion) | hechos)


_HECHOS = ("inicio", "cierre", "quorum", "acuerdos")


def _anunciado(sesion: Any) -> dict[str, Valor]:
    """Lo que se sabe desde que se convoca."""
    suyo = (sesion.organo.clave, sesion.clave)
    return {
        "id": de_la_sesion.id_de(sesion),
        "organo": sesion.organo.clave,
        "designacion": sesion.designacion,
        "numero": sesion.numero,
        "tipo": sesion.tipo,
        "modalidad": sesion.modalidad or None,
        "estado": sesion.estado,
        "fecha": sesion.fecha,
        "hora": sesion.hora,
        "lugar": sesion.lugar or None,
        "domicilio": sesion.domicilio or None,
        "objetivo": sesion.objetivo or None,
        "publico": sesion.publico or None,
        "direccion": de_la_sesion.direccion_de(sesion),
        "acta": liga(reverse("sesiones:acta", args=suyo)) if sesion.con_acta else None,
        "ficticio": sesion.organo.ficticio,
    }


def _hechos(sesion: Any, tachador: publica.Tachador) -> dict[str, Valor]:
    """Lo que solo consta al concluir."""
    declarados = list(sesion.quorums.all())
    return {
        "inicio": sesion.inicio,
        "cierre": sesion.cierre,
        "quorum": tachador(declarados[-1].frase) if declarados else None,
        "acuerdos": sesion.total_acuerdos,
    }


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """La sesión de ese órgano con esa clave."""
    return objetos.filter(de_la_sesion.de_la_sesion(id))


CONJUNTO = Conjunto(
    clave="sesiones",
    titulo="Sesiones",
    descripcion="Las sesiones y reuniones de cada órgano desde que se convocan: cuándo, dónde, de qué"
    " tipo, en qué van y, si concluyeron, con qué quórum y cuántos acuerdos.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera=de_la_sesion.GENERA,
    tema=TEMA,
    una_fila="una sesión o reunión que ya se convocó o se celebró",
    filtros=(
        *de_la_sesion.filtros("", "dia"),
        Filtro("tipo", Tipo.TEXTO, "tipo", "Clase de reunión.", valores=TIPOS, ejemplo="ordinaria"),
        Filtro("estado", Tipo.TEXTO, "estado", "En qué va.", valores=ESTADOS, ejemplo="concluida"),
    ),
    palabras=("sesiones", "convocatorias", "actas", "transparencia"),
    grafica=("tipo", ""),
)
