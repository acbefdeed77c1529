"""Mostrar dónde dice lo buscado: un fragmento alrededor y cada palabra marcada, con lo demás escapado."""

from collections.abc import Iterator, Sequence

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from stl_portal.buscador.consulta import Parte
from stl_portal.buscador.raices import Palabra, con_lugar

ANTES, LARGO = 60, 280  # caracteres
Tramo = tuple[int, int]


def marcado(texto: str, partes: Sequence[Parte]) -> SafeString:
    """El texto completo con lo buscado dentro de `<mark>`."""
    return _unido(texto, hallados(texto, partes), 0, len(texto))


def fragmento(texto: str, partes: Sequence[Parte]) -> SafeString:
    """Lo que rodea a lo primero que coincide, con puntos suspensivos donde se cortó."""
    tramos = hallados(texto, partes)
    primero = _donde_se_juntan(tramos)
    desde = _al_corte(texto, max(0, primero - ANTES)) if primero > ANTES else 0
    hasta = len(texto) if len(texto) <= desde + LARGO else _al_corte(texto, desde + LARGO)
    cuerpo = _unido(texto, tramos, desde, hasta)
    return format_html("{}{}{}", "… " if desde else "", cuerpo, " …" if hasta < len(texto) else "")


def hallados(texto: str, partes: Sequence[Parte]) -> list[Tramo]:
    """Los tramos del texto que cumplen alguna parte, en orden y sin encimarse."""
    escritas = con_lugar(texto)
    todos = sorted({tramo for parte in partes for tramo in _de_la_parte(escritas, parte)})
    juntos: list[Tramo] = []
    for desde, hasta in todos:
        if juntos and desde < juntos[-1][1]:
            juntos[-1] = (juntos[-1][0], max(hasta, juntos[-1][1]))
        else:
            juntos.append((desde, hasta))
    return juntos


def _de_la_parte(escritas: Sequence[Palabra], parte: Parte) -> Iterator[Tramo]:
    largo = len(parte.raices)
    for n in range(len(escritas) - largo + 1):
        seguidas = escritas[n : n + largo]
        if parte.es(seguidas[0].raiz) if largo == 1 else tuple(p.raiz for p in seguidas) == parte.raices:
            yield seguidas[0].desde, seguidas[-1].hasta


def _donde_se_juntan(tramos: Sequence[Tramo]) -> int:
    """El principio del fragmento que más veces lo dice; el primero si empatan."""
    if not tramos:
        return 0
    cuantos = [sum(desde <= otro < desde + LARGO - ANTES for otro, _ in tramos) for desde, _ in tramos]
    return tramos[cuantos.index(max(cuantos))][0]


def _al_corte(texto: str, lugar: int) -> int:
    """Tras el espacio que sigue, para no partir una palabra; el mismo lugar si no hay cerca."""
    if len(texto) - lugar <= ANTES:
        return len(texto)
    espacio = texto.find(" ", lugar, lugar + ANTES)
    return espacio + 1 if espacio >= 0 else lugar


def _unido(texto: str, tramos: Sequence[Tramo], desde: int, hasta: int) -> SafeString:
    piezas, aqui = [], desde
    for inicio, fin in tramos:
        if inicio < aqui or fin > hasta:
            continue
        piezas += [conditional_escape(texto[aqui:inicio]), format_html("<mark>{}</mark>", texto[inicio:fin])]
        aqui = fin
    piezas.append(conditional_escape(texto[aqui:hasta]))
    return mark_safe("".join(piezas))  # noqa: S308 -- cada pieza ya está escapada
