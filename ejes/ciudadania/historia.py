"""Cómo ha cambiado lo que el plan dice de sí mismo: corte tras corte y reporte tras reporte.

Todo sale de documentos publicados. Un corte corregido no cuenta: cuenta su corrección.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from ejes.ciudadania import grafica
from ejes.ciudadania.grafica import Grafica
from ejes.ciudadania.lectura import Datos, Dictaminado, Leido
from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.cortes.publicar import leido
from ejes.models import Corte, CortePublicado, Plan

MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


@dataclass(frozen=True)
class Momento:
    """Lo que se dijo de un renglón del plan en una fecha, y en dónde se dijo."""

    fuente: str
    url: str
    al: dt.date | None
    rotulo: str
    declarado: Decimal | None = None
    textual: str = ""
    calculado: Decimal | None = None
    verificado: Decimal | None = None
    nota: str = ""
    con_asterisco: bool = False
    de_reporte: bool = False
    dictamen: Dictaminado | None = None

    @property
    def titulo(self) -> str:
        """«Declarado», con el asterisco que el informe le puso."""
        return "Declarado *" if self.con_asterisco else "Declarado"

    @property
    def sin_verificar(self) -> bool:
        """Si lo dice un reporte y la revisión no verificó ninguna cifra: los cortes no siempre la llevan."""
        return self.de_reporte and self.verificado is None


@dataclass(frozen=True)
class Parte:
    """Un renglón del nivel de abajo a lo largo de los cortes."""

    renglon: Renglon
    momentos: tuple[Momento, ...]

    @property
    def trazo(self) -> str:
        """Su línea pequeña; vacía si no hay dos cifras."""
        return grafica.chispa([m.declarado for m in self.momentos])


@dataclass(frozen=True)
class Historia:
    """Los momentos de un renglón, del más viejo al más nuevo, y los de las partes que hoy tiene."""

    momentos: tuple[Momento, ...]
    partes: tuple[Parte, ...] = ()

    @property
    def compara(self) -> bool:
        """Si hay más de un momento que mirar."""
        return len(self.momentos) > 1

    @property
    def ultimo(self) -> Momento | None:
        """Lo último que se dijo; None si no se ha dicho nada."""
        return self.momentos[-1] if self.momentos else None

    @property
    def anotados(self) -> list[Momento]:
        """Los anteriores al último de los que la revisión anotó algo."""
        return [m for m in self.momentos[:-1] if m.dictamen and m.dictamen.nota]

    @property
    def con_verificado(self) -> bool:
        """Si en alguno consta lo que sostienen las evidencias."""
        return any(m.verificado is not None for m in self.momentos)

    @property
    def con_calculado(self) -> bool:
        """Si en alguno hay cifra calculada: las acciones no la tienen."""
        return any(m.calculado is not None for m in self.momentos)

    @property
    def grafica(self) -> Grafica | None:
        """Lo declarado, lo calculado y lo verificado, cada uno con su trazo."""
        series = {
            "Declarado": [m.declarado for m in self.momentos],
            "Calculado": [m.calculado for m in self.momentos],
            "Verificado": [m.verificado for m in self.momentos],
        }
        return grafica.lineas(series, [m.rotulo for m in self.momentos])


def cortes(plan: Plan) -> "QuerySet[CortePublicado]":
    """Los cortes publicados que rigen, del periodo más viejo al más nuevo."""
    filas = CortePublicado.objects.filter(corte__in=Corte.objects.filter(plan=plan).vigentes())
    return filas.select_related("corte", "pdf").order_by("corte__hasta", "corte__numero")


def ultimos(planes: Iterable[Plan]) -> dict[int, Cuadro]:
    """El último corte publicado que rige de cada plan que tenga uno, en una consulta."""
    vigentes = Corte.objects.filter(plan__in=planes).vigentes().order_by("-hasta", "-numero")
    del_plan = vigentes.filter(plan=OuterRef("corte__plan")).values("pk")[:1]
    filas = CortePublicado.objects.filter(corte=Subquery(del_plan)).select_related("corte")
    return {fila.corte.plan_id: leido(fila) for fila in filas}


def cuadros(filas: Iterable[CortePublicado]) -> list[Cuadro]:
    """El cuadro de cada corte, como se publicó."""
    return [leido(fila) for fila in filas]


def de_cortes(todos: Sequence[Cuadro], codigo: str = "") -> Historia:
    """La historia de un eje, un compromiso, una acción o, sin código, de todo el plan."""
    pares = [(cuadro, hallado) for cuadro in todos if (hallado := buscar(cuadro.total, codigo))]
    momentos = tuple(_momento(cuadro, renglon) for cuadro, renglon in pares)
    partes = pares[-1][1].partes if pares else ()
    return Historia(momentos, tuple(_parte(todos, parte) for parte in partes))


def de_accion(todos: Sequence[Cuadro], reportes: Iterable[Leido], codigo: str) -> Historia:
    """Lo que de una acción dijeron los cortes y los reportes, por la fecha de la que hablan."""
    dichos = ((leido, a) for leido in reportes for a in leido.avances if a["codigo"] == codigo)
    todo = [*de_cortes(todos, codigo).momentos, *(_del_reporte(leido, a) for leido, a in dichos)]
    return Historia(tuple(sorted(todo, key=lambda m: m.al or dt.date.min)))


def de_reportes(reportes: Iterable[Leido]) -> dict[str, Momento]:
    """Lo último que se dijo de cada acción, por su código; los reportes van del más viejo al más nuevo."""
    return {a["codigo"]: _del_reporte(leido, a) for leido in reportes for a in leido.avances}


def buscar(total: Renglon, codigo: str) -> Renglon | None:
    """El renglón con ese código («1.5.3»); None si el corte no lo tenía."""
    renglon: Renglon | None = total
    numeros = codigo.split(".") if codigo else []
    for hasta in range(1, len(numeros) + 1):
        clave = ".".join(numeros[:hasta])
        renglon = next((p for p in renglon.partes if p.codigo == clave), None) if renglon else None
    return renglon


def mes(fecha: dt.date) -> str:
    """«nov 2023»."""
    return f"{MESES[fecha.month - 1]} {fecha.year}"


def _momento(cuadro: Cuadro, renglon: Renglon) -> Momento:
    corte = cuadro.corte
    return Momento(
        fuente=corte["nombre"],
        url=reverse("ejes:informe", args=(cuadro.plan["clave"], corte["numero"])),
        al=corte["hasta"],
        rotulo=mes(corte["hasta"]),
        declarado=renglon.declarado,
        textual=renglon.textual,
        calculado=renglon.calculado,
        verificado=renglon.verificado,
        nota=renglon.nota,
        con_asterisco=renglon.con_asterisco,
    )


def _parte(todos: Sequence[Cuadro], parte: Renglon) -> Parte:
    """Con un momento por corte, también donde no existía, para que cada columna sea la de su corte."""
    hallados = ((cuadro, buscar(cuadro.total, parte.codigo)) for cuadro in todos)
    vacio = Renglon(parte.codigo, parte.titulo, parte.metodo)
    return Parte(parte, tuple(_momento(cuadro, renglon or vacio) for cuadro, renglon in hallados))


def _del_reporte(leido: Leido, dicho: Datos) -> Momento:
    return Momento(
        fuente=f"Reporte: {leido.bimestre}",
        url=leido.direccion,
        al=leido.corte,
        rotulo=mes(leido.corte) if leido.corte else f"Bim. {leido.numero}",
        declarado=dicho["declarado"],
        textual=dicho["textual"],
        verificado=dicho["verificado"],
        nota=dicho["nota"],
        de_reporte=True,
        dictamen=dicho["dictamen"],
    )
