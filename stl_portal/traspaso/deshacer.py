"""Deshacer una importación: lo nuevo se quita y lo que cambió vuelve a decir lo que decía, todo o nada.

Solo si nadie tocó esos renglones después y nada se refiere a los nuevos. Si no, se dice cuáles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, transaction

from stl_portal.transiciones import CambioDeEstado

from . import guardar, registro
from .crudo import LOTE, firma, leido, valores_de
from .recurso import VERBO, Recurso
from .resultado import CAMBIA, COMPLETA, NUEVA, Suceso

if TYPE_CHECKING:
    from .models import Importacion

RAZONES = 50  # las que se dicen
SIN_ANOTAR = "Ya no está anotado qué hizo con cada renglón: no hay con qué deshacerla."


class NoSeDeshace(Exception):
    """Por qué no, renglón por renglón."""

    def __init__(self, razones: list[str]) -> None:
        """Las primeras, y cuántas más."""
        super().__init__(razones[0])
        de_mas = len(razones) - RAZONES
        self.razones = [*razones[:RAZONES], *([f"Y {de_mas} más."] if de_mas > 0 else [])]


@dataclass
class DeUnRecurso:
    """Lo que una importación hizo con un recurso."""

    recurso: type[Recurso]
    nuevas: dict[Any, Suceso] = field(default_factory=dict)
    cambiadas: dict[Any, Suceso] = field(default_factory=dict)
    firmas: dict[Any, str] = field(default_factory=dict)


def deshacer(importacion: "Importacion") -> None:
    """La deshace. Lanza `NoSeDeshace`; quien llama deshace la transacción."""
    hechos = _hechos(importacion)
    if not hechos and (importacion.nuevas or importacion.cambian):
        raise NoSeDeshace([SIN_ANOTAR])
    razones = [razon for hecho in hechos for razon in _tocados(hecho)]
    razones += [razon for hecho in hechos for razon in _referidos(hecho, hechos)]
    if razones:
        raise NoSeDeshace(razones)
    for hecho in reversed(hechos):
        try:
            with transaction.atomic():
                _devolver(hecho)
                _quitar(hecho)
        except DatabaseError as error:
            razon = guardar.razon(error, hecho.recurso.modelo)
            raise NoSeDeshace([f"{hecho.recurso.nombre}: {razon}"]) from error


def _hechos(importacion: "Importacion") -> list[DeUnRecurso]:
    """Por recurso, en el orden en que se importaron."""
    hechos: dict[str, DeUnRecurso] = {}
    for suceso in importacion.sucesos(NUEVA, CAMBIA, COMPLETA):
        recurso = registro.de_clave(suceso.recurso)
        if recurso is None:
            raise NoSeDeshace([f"Esta versión del portal ya no conoce «{suceso.recurso}»."])
        hecho = hechos.setdefault(suceso.recurso, DeUnRecurso(recurso))
        hecho.firmas[suceso.pk] = suceso.firma
        if suceso.que == NUEVA:
            hecho.nuevas[suceso.pk] = suceso
        elif suceso.que == CAMBIA:
            hecho.cambiadas[suceso.pk] = suceso
    return list(hechos.values())


def _tocados(hecho: DeUnRecurso) -> Iterator[str]:
    """Los que ya no están, cambiaron después o se sellaron."""
    suyos, recurso = hecho.nuevas | hecho.cambiadas, hecho.recurso
    hoy = valores_de(recurso, list(suyos))
    sellados = guardar.sellados(recurso.modelo, suyos)
    columnas = recurso.columnas()
    for pk, suceso in suyos.items():
        if pk not in hoy:
            yield f"{recurso.nombre}, «{suceso.llamado}»: ya no está."
        elif firma(columnas, hoy[pk]) != hecho.firmas[pk]:
            yield f"{recurso.nombre}, «{suceso.llamado}»: cambió después."
        elif pk in sellados:
            yield f"{recurso.nombre}, «{suceso.llamado}»: está sellado y no se quita."


def _referidos(hecho: DeUnRecurso, hechos: list[DeUnRecurso]) -> Iterator[str]:
    """Los nuevos a los que algo que no llegó con ellos se refiere."""
    if not hecho.nuevas:
        return
    llegaron: dict[Any, set[Any]] = defaultdict(set)
    for otro in hechos:
        llegaron[otro.recurso.modelo] |= set(otro.nuevas)
    for relacion in hecho.recurso.modelo._meta.get_fields(include_hidden=True):
        if not (
            relacion.auto_created and not relacion.concrete and (relacion.one_to_many or relacion.one_to_one)
        ):
            continue
        ajeno, campo = relacion.related_model, relacion.field
        for pk, de_cual in _que_apuntan(ajeno, campo.attname, list(hecho.nuevas)):
            if pk not in llegaron[ajeno]:
                suceso = hecho.nuevas[de_cual]
                de = ajeno._meta.verbose_name
                yield f"{hecho.recurso.nombre}, «{suceso.llamado}»: algo se refiere a él ({de})."


def _que_apuntan(modelo: Any, attname: str, pks: list[Any]) -> Iterable[tuple[Any, Any]]:
    """Renglones de `modelo` que se refieren a esos; lo que la importación misma anotó no cuenta."""
    for inicio in range(0, len(pks), LOTE):
        filas = modelo._base_manager.filter(**{f"{attname}__in": pks[inicio : inicio + LOTE]})
        if issubclass(modelo, CambioDeEstado):
            filas = filas.exclude(verbo=VERBO)
        yield from filas.values_list("pk", attname)


def _devolver(hecho: DeUnRecurso) -> None:
    """Lo que cambió vuelve a decir lo de antes."""
    columnas = {columna.attname: columna for columna in hecho.recurso.columnas()}
    for pk, suceso in hecho.cambiadas.items():
        antes = {attname: leido(columnas[attname], dicho) for attname, dicho in suceso.antes.items()}
        guardar.actualizar(hecho.recurso.modelo, pk, antes)


def _quitar(hecho: DeUnRecurso) -> None:
    """Lo nuevo se quita, con lo que la importación anotó en su historia."""
    modelo, pks = hecho.recurso.modelo, list(reversed(hecho.nuevas))
    for inicio in range(0, len(pks), LOTE):
        lote = pks[inicio : inicio + LOTE]
        if hecho.recurso.con_estado():
            historia = modelo._meta.get_field("historia").related_model
            historia._base_manager.filter(objeto__in=lote, verbo=VERBO).delete()
        filas = modelo._base_manager.filter(pk__in=lote)
        filas._raw_delete(filas.db)
