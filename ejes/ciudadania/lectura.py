"""Lo publicado de los reportes, leído de su documento: lo que se corrige o se prepara no pasa por aquí.

De las filas vivas solo salen el bimestre, el eje y el asiento; lo que la institución dijo y lo que la
revisión resolvió salen de los bytes que se sellaron al publicar.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from ejes import datos_sellados
from ejes.estados import EstadoPlan
from ejes.models import Evidencia, ReportePublicado
from stl_portal.archivo.tipos import POR_MIME

Datos = Mapping[str, Any]
CIFRAS = ("valor", "linea_base", "meta", "declarado", "verificado")


def publicados() -> "QuerySet[ReportePublicado]":
    """Todo lo publicado de los reportes, en el orden en que se publicó."""
    filas = ReportePublicado.objects.filter(reporte__bimestre__plan__estado=EstadoPlan.PUBLICADO)
    con_todo = filas.select_related("reporte__bimestre", "entrega").defer("entrega__documento")
    return con_todo.order_by("pk")


def vigentes() -> "QuerySet[ReportePublicado]":
    """Lo último que se publicó de cada reporte, por bimestre."""
    despues = ReportePublicado.objects.filter(reporte=OuterRef("reporte"), pk__gt=OuterRef("pk"))
    return publicados().filter(~Exists(despues)).order_by("reporte__bimestre__numero", "pk")


@dataclass(frozen=True)
class Dictaminado:
    """Lo que la revisión dijo de un renglón, de una acción o de una evidencia."""

    veredicto: str
    nota: str = ""

    @property
    def observado(self) -> bool:
        """Si algo no coincidió."""
        return self.veredicto.startswith("observad")

    @property
    def tono(self) -> str:
        """El de su etiqueta."""
        if not self.veredicto:
            return "neutro"
        return "alerta" if self.observado else "exito"

    @property
    def dicho(self) -> str:
        """«Validado», «Observada», «Sin revisar»."""
        return self.veredicto.capitalize() or "Sin revisar"


@dataclass(frozen=True)
class Prueba:
    """Una evidencia, como estaba al publicarse el reporte."""

    datos: Datos
    dictamen: Dictaminado | None = None

    @property
    def pk(self) -> int:
        """El número que la identifica en el portal."""
        return int(self.datos["id"])

    @property
    def titulo(self) -> str:
        """Cómo la llamó la institución."""
        return str(self.datos["titulo"])

    @property
    def estado(self) -> Dictaminado:
        """Lo que la revisión dijo de ella; «Sin revisar» si no dijo nada."""
        return self.dictamen or Dictaminado("")

    @property
    def tipo(self) -> str:
        """«PDF», «video MP4»; vacío si es una liga."""
        archivo = self.datos["archivo"]
        return POR_MIME[archivo["tipo"]].nombre if archivo else ""

    @property
    def dominio(self) -> str:
        """El sitio a donde lleva la liga; vacío si es un archivo."""
        return urlsplit(self.datos["liga"]).hostname or ""


@dataclass(frozen=True)
class Leido:
    """Un reporte publicado."""

    fila: ReportePublicado

    @cached_property
    def documento(self) -> Datos:
        """Lo que se selló."""
        return datos_sellados.leer(self.fila)

    @property
    def direccion(self) -> str:
        """Su página, siempre la de lo último publicado."""
        return reverse("ejes:reporte", args=(self.documento["plan"]["clave"], self.fila.reporte_id))

    @property
    def institucion(self) -> str:
        """De quién es."""
        return str(self.documento["institucion"])

    @property
    def numero(self) -> int:
        """El número de su bimestre."""
        return int(self.documento["bimestre"]["numero"])

    @property
    def bimestre(self) -> str:
        """«Junio-julio de 2020»."""
        return str(self.documento["bimestre"]["nombre"])

    @property
    def desde(self) -> dt.date | None:
        """Desde qué día informa; None si el bimestre no lo dice."""
        return datos_sellados.leer_dia(self.documento["bimestre"]["desde"])

    @property
    def limite(self) -> dt.date | None:
        """El límite que regía al enviarlo."""
        return datos_sellados.leer_dia(self.documento["limite"])

    @property
    def corte(self) -> dt.date | None:
        """Hasta qué día informa; None si el bimestre no lo dice."""
        return datos_sellados.leer_dia(self.documento["bimestre"]["hasta"])

    @cached_property
    def evidencias(self) -> dict[int, Prueba]:
        """Las del reporte, por su número."""
        return {e["id"]: Prueba(e, dictaminado(e)) for e in self.documento["evidencias"]}

    @property
    def categorias(self) -> Iterator[tuple[str, list[Datos]]]:
        """Los renglones del formato, por categoría."""
        for categoria, grupo in groupby(self.renglones, key=lambda r: str(r["categoria"])):
            yield categoria, list(grupo)

    @cached_property
    def renglones(self) -> list[Datos]:
        """Cada renglón con sus cifras, sus evidencias y lo que la revisión dijo."""
        return [self._con_todo(r) for r in self.documento["renglones"]]

    @cached_property
    def avances(self) -> list[Datos]:
        """Cada acción con lo declarado, lo verificado y lo que la respalda."""
        return [self._con_todo(a) for a in self.documento["avances"]]

    @property
    def de_todo(self) -> list[Prueba]:
        """Las evidencias que respaldan el reporte entero."""
        return [self.evidencias[n] for n in self.documento["de_todo_el_reporte"]]

    def _con_todo(self, datos: Datos) -> Datos:
        cifras = {campo: datos_sellados.leer_cifra(datos.get(campo)) for campo in CIFRAS}
        pruebas = [self.evidencias[n] for n in datos["evidencias"]]
        return {**datos, **cifras, "pruebas": pruebas, "dictamen": dictaminado(datos)}


@dataclass(frozen=True)
class Uso:
    """En qué reporte se usó una evidencia y qué respalda en él."""

    leido: Leido
    prueba: Prueba

    @property
    def renglones(self) -> list[Datos]:
        """Los renglones del formato."""
        return [r for r in self.leido.documento["renglones"] if self.prueba.pk in r["evidencias"]]

    @property
    def acciones(self) -> list[Datos]:
        """Las acciones del plan."""
        return [a for a in self.leido.documento["avances"] if self.prueba.pk in a["evidencias"]]


def usos_de(evidencia: Evidencia, filas: Iterable[ReportePublicado]) -> list[Uso]:
    """Lo último que cada reporte publicado dice de la evidencia, del más reciente al más antiguo."""
    por_reporte = {
        leido.fila.reporte_id: leido for leido in leidos(filas) if evidencia.pk in leido.evidencias
    }
    ultimos = sorted(por_reporte.values(), key=lambda leido: leido.fila.pk, reverse=True)
    return [Uso(leido, leido.evidencias[evidencia.pk]) for leido in ultimos]


def de_la_accion(reportes: Iterable[Leido], codigo: str) -> list[Prueba]:
    """Las evidencias que la respaldan en cualquier reporte, cada una una vez."""
    avances = (a for leido in reportes for a in leido.avances if a["codigo"] == codigo)
    unicas = {prueba.pk: prueba for avance in avances for prueba in avance["pruebas"]}
    return list(unicas.values())


def leidos(filas: Iterable[ReportePublicado]) -> list[Leido]:
    """Cada publicación, lista para leerse."""
    return [Leido(fila) for fila in filas]


def dictaminado(datos: Datos) -> Dictaminado | None:
    """Lo que la revisión dijo; None si de eso no dijo nada."""
    return Dictaminado(datos["veredicto"], datos["observacion"]) if datos["veredicto"] else None
