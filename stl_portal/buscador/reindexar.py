"""Poner el índice al día: los grupos que cambiaron, al confirmarse el acto, o todo con `manage.py reindexar`.

Quien publica solo anota qué cambió, en su misma transacción, y no espera a nadie: dos actos que tocan los
mismos grupos en distinto orden no se pueden trabar. Se rehace después, cada grupo en su transacción y de uno
en uno. Quien busca antes rehace lo anotado (`al_dia`): nunca lee algo que ya se testó o se retiró.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.db import DatabaseError, connection, transaction

from stl_portal.buscador import raices, vocabulario
from stl_portal.buscador.fuentes import FUENTES, Lugar
from stl_portal.buscador.models import Hallable, Pendiente
from stl_portal.buscador.numero import mismo_dia, numero, siguiente

TEXTO_MAXIMO = 20_000  # caracteres de un lugar que se guardan: con más, conviene partirlo
LOTE = 500
TEXTOS = ("titulo", "texto", "de_donde")
CAMPOS = tuple(campo.name for campo in Hallable._meta.concrete_fields)
bitacora = logging.getLogger(__name__)


@dataclass(frozen=True)
class Diferencia:
    """Un lugar que falta, sobra o no dice lo que debe."""

    clave: str
    que: str


def de_lugar(lugar: Lugar, grupo: str) -> Hallable:
    """La fila de un lugar, todavía sin guardar, con el número que le toca."""
    textos = {campo: " ".join(getattr(lugar, campo).split())[:TEXTO_MAXIMO] for campo in TEXTOS}
    reducidos = {f"raices_{campo}": raices.reducir(texto) for campo, texto in textos.items()}
    suyo = numero(lugar.clave, lugar.fecha, ficticio=lugar.ficticio)
    return Hallable(numero=suyo, grupo=grupo, **asdict(lugar) | textos | reducidos)


def debidas(grupo: str) -> dict[str, Hallable]:
    """Las filas que el grupo debe tener hoy, por su clave; ninguna si no es público o su fuente no existe."""
    fuente = FUENTES.get(grupo.partition(":")[0])
    return {lugar.clave: de_lugar(lugar, grupo) for lugar in fuente.de(grupo)} if fuente else {}


def anotar(grupos: Iterable[str]) -> None:
    """Esos grupos cambiaron en esta transacción: se rehacen al confirmarse; si se deshace, tampoco quedan."""
    filas = [Pendiente(grupo=grupo) for grupo in sorted(set(grupos))]
    if not filas:
        return
    Pendiente.objects.bulk_create(filas)
    if not any(anotado[1] is al_dia for anotado in connection.run_on_commit):
        transaction.on_commit(al_dia, robust=True)


def al_dia() -> None:
    """Rehace lo anotado, si hay algo.

    De un grupo cuya fuente falla no se deja nada viejo a la vista: se retira y queda anotado para después.
    """
    for grupo in sorted(set(Pendiente.objects.values_list("grupo", flat=True))):
        try:
            rehacer([grupo])
        except DatabaseError:
            raise
        except Exception:
            bitacora.exception("No se pudo rehacer «%s» en el buscador: se retira mientras tanto.", grupo)
            Hallable.objects.filter(grupo=grupo).delete()


def rehacer(grupos: Iterable[str]) -> None:
    """Deja cada grupo como debe estar, todo o nada; lo que no cambió no se toca."""
    for grupo in sorted(set(grupos)):
        with transaction.atomic():
            _esperar_turno()
            # Lo que se anote desde aquí pudo no leerse: se queda para la siguiente vez.
            leidos = list(Pendiente.objects.filter(grupo=grupo).values_list("pk", flat=True))
            _igualar(debidas(grupo), _hay(grupo))
            for n in range(0, len(leidos), LOTE):
                Pendiente.objects.filter(pk__in=leidos[n : n + LOTE]).delete()


def rehacer_todo() -> int:
    """Deja el índice completo igual a lo publicado; devuelve cuántos lugares quedaron.

    De grupo en grupo: mientras tanto se sigue buscando y publicando.
    """
    anotados = set(Pendiente.objects.values_list("grupo", flat=True))
    rehacer(_grupos().union(anotados, *(fuente.grupos() for fuente in FUENTES.values())))
    vocabulario.rehacer()
    return Hallable.objects.count()


def comprobar() -> Iterator[Diferencia]:
    """En qué difiere el índice de lo que daría rehacerlo desde cero."""
    publicados = {grupo for fuente in FUENTES.values() for grupo in fuente.grupos()}
    for grupo in sorted(publicados | _grupos()):
        deben = debidas(grupo) if grupo in publicados else {}
        hay = _hay(grupo)
        for clave in sorted(deben.keys() | hay.keys()):
            if clave not in hay:
                yield Diferencia(clave, "falta")
            elif clave not in deben:
                yield Diferencia(clave, "sobra")
            elif not _iguales(deben[clave], hay[clave]):
                yield Diferencia(clave, "no dice lo que debe")


def _grupos() -> set[str]:
    """Los que hay en el índice."""
    return set(Hallable.objects.order_by().values_list("grupo", flat=True).distinct())


def _hay(grupo: str) -> dict[str, Hallable]:
    """Las filas que el grupo tiene en el índice, por su clave."""
    return {fila.clave: fila for fila in Hallable.objects.filter(grupo=grupo)}


def _igualar(deben: dict[str, Hallable], hay: dict[str, Hallable]) -> None:
    siguen = {
        clave for clave in deben.keys() & hay.keys() if mismo_dia(deben[clave].numero, hay[clave].numero)
    }
    for clave in siguen:
        deben[clave].numero = hay[clave].numero
    sobran = [fila.numero for clave, fila in hay.items() if clave not in siguen]
    for n in range(0, len(sobran), LOTE):
        Hallable.objects.filter(numero__in=sobran[n : n + LOTE]).delete()
    _numerar([fila for clave, fila in deben.items() if clave not in siguen])
    cambian = [f for clave, f in deben.items() if clave not in siguen or not _iguales(f, hay[clave])]
    Hallable.objects.bulk_create(
        cambian,
        batch_size=LOTE,
        update_conflicts=True,
        unique_fields=["numero"],
        update_fields=[campo for campo in CAMPOS if campo != "numero"],
    )
    vocabulario.anotar(cambian)


def _numerar(nuevas: list[Hallable]) -> None:
    """A la que le toca un número ocupado, el siguiente libre. Nadie más numera mientras tanto."""
    ocupados: set[int] = set()
    for n in range(0, len(nuevas), LOTE):
        pedidos = [fila.numero for fila in nuevas[n : n + LOTE]]
        ocupados.update(Hallable.objects.filter(numero__in=pedidos).values_list("numero", flat=True))
    for fila in nuevas:
        pedido = fila.numero
        while fila.numero in ocupados or (fila.numero != pedido and _ocupado(fila.numero)):
            fila.numero = siguiente(fila.numero)
        ocupados.add(fila.numero)


def _ocupado(numero: int) -> bool:
    return Hallable.objects.filter(numero=numero).exists()


def _iguales(debe: Hallable, hay: Hallable) -> bool:
    """Si dicen lo mismo; el número puede ser otro del mismo día, si el que le tocaba estaba ocupado."""
    if not mismo_dia(debe.numero, hay.numero):
        return False
    return all(getattr(debe, campo) == getattr(hay, campo) for campo in CAMPOS if campo != "numero")


def _esperar_turno() -> None:
    """De uno en uno en todo el índice; quien espera ya no tiene otra cosa tomada.

    SQLite ya escribe de uno en uno.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('buscador', 0))")
