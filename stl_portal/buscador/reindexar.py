"""Poner el índice al día: un grupo cuando se publica, o todo con `manage.py reindexar`."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.db import connection, transaction

from stl_portal.buscador import raices, vocabulario
from stl_portal.buscador.fuentes import FUENTES, Lugar
from stl_portal.buscador.models import Hallable
from stl_portal.buscador.numero import numero

TEXTO_MAXIMO = 20_000  # caracteres de un lugar que se guardan: con más, conviene partirlo
LOTE = 500
CAMPOS = tuple(campo.name for campo in Hallable._meta.concrete_fields)


@dataclass(frozen=True)
class Diferencia:
    """Un lugar que falta, sobra o no dice lo que debe."""

    clave: str
    que: str


def de_lugar(lugar: Lugar, grupo: str) -> Hallable:
    """La fila de un lugar, todavía sin guardar."""
    textos = {c: " ".join(getattr(lugar, c).split())[:TEXTO_MAXIMO] for c in ("titulo", "texto", "de_donde")}
    return Hallable(
        numero=numero(lugar.clave, lugar.fecha, ficticio=lugar.ficticio),
        grupo=grupo,
        raices="\n".join(map(raices.reducir, textos.values())),
        **asdict(lugar) | textos,
    )


def debidas(grupo: str) -> dict[int, Hallable]:
    """Las filas que el grupo debe tener hoy; ninguna si no es público o su fuente no existe."""
    fuente = FUENTES.get(grupo.partition(":")[0])
    filas = (de_lugar(lugar, grupo) for lugar in fuente.de(grupo)) if fuente else ()
    return {fila.numero: fila for fila in filas}


def rehacer(grupos: Iterable[str]) -> None:
    """Deja cada grupo como debe estar, todo o nada; lo que no cambió no se toca."""
    for grupo in sorted(set(grupos)):
        with transaction.atomic():
            _esperar_turno(grupo)
            _igualar(debidas(grupo), {fila.numero: fila for fila in Hallable.objects.filter(grupo=grupo)})


def rehacer_todo() -> int:
    """Deja el índice completo igual a lo publicado; devuelve cuántos lugares quedaron.

    De grupo en grupo: mientras tanto se sigue buscando y publicando.
    """
    hay = _grupos()
    rehacer(hay.union(*(fuente.grupos() for fuente in FUENTES.values())))
    vocabulario.rehacer()
    return Hallable.objects.count()


def comprobar() -> Iterator[Diferencia]:
    """En qué difiere el índice de lo que daría rehacerlo desde cero."""
    publicados = {grupo for fuente in FUENTES.values() for grupo in fuente.grupos()}
    for grupo in sorted(publicados | _grupos()):
        deben = {f.clave: f for f in debidas(grupo).values()} if grupo in publicados else {}
        hay = {f.clave: f for f in Hallable.objects.filter(grupo=grupo)}
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


def _igualar(deben: dict[int, Hallable], hay: dict[int, Hallable]) -> None:
    sobran = hay.keys() - deben.keys()
    if sobran:
        Hallable.objects.filter(numero__in=sobran).delete()
    cambian = [f for n, f in deben.items() if n not in hay or not _iguales(f, hay[n])]
    Hallable.objects.bulk_create(
        cambian,
        batch_size=LOTE,
        update_conflicts=True,
        unique_fields=["numero"],
        update_fields=[campo for campo in CAMPOS if campo != "numero"],
    )
    vocabulario.anotar(cambian)


def _iguales(una: Hallable, otra: Hallable) -> bool:
    return all(getattr(una, campo) == getattr(otra, campo) for campo in CAMPOS)


def _esperar_turno(grupo: str) -> None:
    """Dos actos del mismo grupo a la vez: el segundo lee lo que dejó el primero.

    SQLite ya escribe de uno en uno.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"buscador:{grupo}"])
