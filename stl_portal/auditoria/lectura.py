"""Leer la auditoría: el índice de todas las fuentes en una consulta, y lo que dice cada renglón."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from stl_portal.cuentas.models import Usuario

from .registro import FUENTES, Alcance, Fuente, Hecho

LOTE = 500
COLUMNAS = ("_cuando", "_fuente", "_numero", "_por", "_organo")


@dataclass(frozen=True)
class Pedido:
    """Qué se busca; sin decirlo, todo lo que alcanza. `persona` es parte de su nombre o su correo."""

    alcance: Alcance
    tipo: str = ""
    persona: str = ""
    desde: dt.datetime | None = None
    hasta: dt.datetime | None = None  # sin contarlo


@dataclass(frozen=True)
class Renglon:
    """Una cosa que alguien hizo."""

    cuando: dt.datetime
    tipo: str
    numero: int
    cuenta: int | None
    persona: str
    organo: str
    hecho: Hecho

    @property
    def titulo(self) -> str:
        """De qué clase es, para leerse."""
        return FUENTES[self.tipo].titulo


def indice(pedido: Pedido) -> QuerySet[Any, Any]:
    """De qué fuente y qué número es cada renglón, del más reciente al primero; sin lo que dicen."""
    fuentes = {pedido.tipo: FUENTES[pedido.tipo]} if pedido.tipo else FUENTES
    primera, *demas = [_de(clave, fuente, pedido) for clave, fuente in fuentes.items()]
    juntas = primera.union(*demas, all=True) if demas else primera
    return juntas.order_by("-_cuando", "_fuente", "-_numero")


def renglones(filas: Sequence[tuple[Any, ...]], alcance: Alcance) -> list[Renglon]:
    """Lo que dice cada uno: una consulta por fuente presente y otra para las personas."""
    por_fuente: dict[str, list[int]] = defaultdict(list)
    for _, fuente, numero, *_ in filas:
        por_fuente[fuente].append(numero)
    objetos = {
        clave: FUENTES[clave].filas().select_related(*FUENTES[clave].con).in_bulk(numeros)
        for clave, numeros in por_fuente.items()
    }
    nombres = dict(Usuario.objects.filter(pk__in={f[3] for f in filas if f[3]}).values_list("pk", "nombre"))
    return [
        Renglon(
            cuando=cuando,
            tipo=fuente,
            numero=numero,
            cuenta=por,
            persona=hecho.quien or nombres.get(por, ""),
            organo=alcance.nombre(organo),
            hecho=hecho,
        )
        for cuando, fuente, numero, por, organo in filas
        if numero in objetos[fuente] and (hecho := FUENTES[fuente].hecho(objetos[fuente][numero]))
    ]


def todos(pedido: Pedido) -> Iterator[Renglon]:
    """Cada renglón, por lotes."""
    filas = list(indice(pedido))
    for inicio in range(0, len(filas), LOTE):
        yield from renglones(filas[inicio : inicio + LOTE], pedido.alcance)


def _de(clave: str, fuente: Fuente, pedido: Pedido) -> QuerySet[Any, Any]:
    """Los de una fuente, con las mismas cinco columnas que las demás."""
    filas = fuente.filas().annotate(
        _cuando=F(fuente.cuando),
        _fuente=Value(clave, output_field=CharField()),
        _numero=Cast("pk", BigIntegerField()),
        _por=Cast(F(fuente.por), BigIntegerField()),
        _organo=fuente.organo,
    )
    filas = filas.filter(_organo__in=pedido.alcance.claves)
    if pedido.persona:
        es_ella = Q(nombre__icontains=pedido.persona) | Q(email__icontains=pedido.persona)
        filas = filas.filter(_por__in=Usuario.objects.filter(es_ella).values("pk"))
    if pedido.desde:
        filas = filas.filter(_cuando__gte=pedido.desde)
    if pedido.hasta:
        filas = filas.filter(_cuando__lt=pedido.hasta)
    return filas.values_list(*COLUMNAS)
