"""La tabla de un corte: una fila por municipio y una columna por etapa; se filtra y se ordena sin JavaScript.

Los totales salen de los mismos bytes que las filas, y cada uno lleva a las filas que cuenta.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from municipios.ciudadania.mapa import Signo, signos
from municipios.documento import CorteLeido, EtapaLeida, SituacionLeida
from municipios.models import Municipio
from sesiones.busqueda import dicen, patrones
from stl_portal.espanol import enumerar, llano

FIJAS = {"nombre": "Municipio", "clave": "Clave INEGI"}
SIN_CORTE = FIJAS | {"cabecera": "Cabecera"}
BUSQUEDA_MAXIMA = 100


@dataclass(frozen=True)
class Consulta:
    """Lo que se pidió ver: la etapa del mapa y lo que filtra y ordena la tabla."""

    parametros: QueryDict
    etapa: EtapaLeida | None
    situacion: str
    buscado: str
    orden: str

    def liga(self, **cambios: str) -> str:
        """La misma página con esos cambios; un valor vacío quita el parámetro."""
        consulta = self.parametros.copy()
        for nombre, valor in cambios.items():
            consulta.pop(nombre, None)
            if valor:
                consulta[nombre] = valor
        return f"?{consulta.urlencode()}"

    @property
    def filtra(self) -> bool:
        """Si la tabla no muestra a todos."""
        return bool(self.situacion or self.buscado)

    @property
    def no_filtra(self) -> bool:
        """Si se pidió una situación de una etapa de la que el corte no dice quién está en cuál."""
        return bool(self.etapa and self.etapa.solo_total and self.parametros.get("situacion"))

    @property
    def sin_filtros(self) -> str:
        """La misma página con todos los municipios."""
        return self.liga(situacion="", q="")

    @property
    def dicha(self) -> str:
        """El nombre de la situación que se ve; vacío si son todas."""
        return self.etapa.situacion(self.situacion).nombre if self.etapa and self.situacion else ""


@dataclass(frozen=True)
class Columna:
    """Encabezado de la tabla: su texto, a dónde lleva y cómo está ordenada (para `aria-sort`)."""

    texto: str
    url: str
    orden: str


@dataclass(frozen=True)
class Casilla:
    """Una etapa en un municipio: su situación, con su signo, y lo sellado de ella."""

    situacion: SituacionLeida
    signo: Signo
    datos: Mapping[str, Any]

    @property
    def fecha(self) -> dt.date | None:
        """Desde cuándo consta, si se sabe."""
        return dt.date.fromisoformat(self.datos["fecha"]) if self.datos["fecha"] else None


@dataclass(frozen=True)
class Fila:
    """Un municipio y sus casillas, en el orden de las columnas."""

    municipio: Municipio
    casillas: Sequence[Casilla]


@dataclass(frozen=True)
class Total:
    """Cuántos municipios hay en una situación; `url` lleva a ellos, si se sabe cuáles son."""

    situacion: SituacionLeida
    signo: Signo
    url: str
    parte: float


@dataclass(frozen=True)
class DeEtapa:
    """Los totales de una etapa: siempre suman los municipios que hay."""

    etapa: EtapaLeida
    totales: Sequence[Total]
    url: str

    @property
    def suma(self) -> int:
        """De todas sus situaciones."""
        return sum(total.situacion.municipios for total in self.totales)


def consultar(parametros: QueryDict, corte: CorteLeido | None) -> Consulta:
    """Lo pedido; lo que no se entiende se ignora."""
    etapa = _etapa(parametros.get("etapa", ""), corte)
    situacion = parametros.get("situacion", "")
    hay = etapa and not etapa.solo_total and situacion in {s.clave for s in etapa.situaciones}
    return Consulta(
        parametros,
        etapa,
        situacion if hay else "",
        " ".join(parametros.get("q", "").replace("\x00", "").split())[:BUSQUEDA_MAXIMA],
        _orden(parametros.get("orden", ""), corte),
    )


def _etapa(clave: str, corte: CorteLeido | None) -> EtapaLeida | None:
    """La pedida; si no, la primera de la que algo se sabe: antes, municipio por municipio que en total."""
    if corte is None or not corte.etapas:
        return None
    pedida = next((etapa for etapa in corte.etapas if etapa.clave == clave), None)
    return pedida or min(corte.etapas, key=lambda etapa: (etapa.sabidos == 0, etapa.solo_total))


def con_desglose(corte: CorteLeido) -> list[EtapaLeida]:
    """Las etapas que son columna: de las demás solo se conoce el total."""
    return [etapa for etapa in corte.etapas if not etapa.solo_total]


def que_se_sabe(corte: CorteLeido) -> str:
    """De qué etapas dice el corte dónde está cada municipio, de cuáles solo cuántos son y de cuáles nada."""
    sabidas = [etapa for etapa in corte.etapas if etapa.sabidos]
    en_total = _nombres(etapa for etapa in sabidas if etapa.solo_total)
    nada = _nombres(etapa for etapa in corte.etapas if not etapa.sabidos)
    frases = (
        _de_cada_uno(
            [etapa for etapa in sabidas if not etapa.solo_total], corte, solo=bool(en_total or nada)
        ),
        f"De {en_total} solo se sabe cuántos municipios hay en cada situación, no cuáles son."
        if en_total
        else "",
        f"De {nada} todavía no se sabe nada." if nada else "",
    )
    return " ".join(filter(None, frases))


def _de_cada_uno(etapas: Sequence[EtapaLeida], corte: CorteLeido, *, solo: bool) -> str:
    """«Solo» si de otras etapas no se sabe así; si en alguna faltan municipios, de cuántos se sabe."""
    if not etapas:
        return ""
    if all(etapa.sabidos == corte.municipios for etapa in etapas):
        return f"De cada municipio{' solo' if solo else ''} se sabe su situación en {_nombres(etapas)}."
    de = [f"de {e.sabidos} municipio{'s' * (e.sabidos != 1)} en «{e.nombre}»" for e in etapas]
    return f"Se sabe la situación {enumerar(de)}; de los demás, todavía no."


def _nombres(etapas: Iterable[EtapaLeida]) -> str:
    return enumerar([f"«{etapa.nombre}»" for etapa in etapas])


def _en_orden(corte: CorteLeido, elegida: EtapaLeida | None) -> list[EtapaLeida]:
    """Las que son columna: primero la que se está viendo."""
    return sorted(con_desglose(corte), key=lambda etapa: etapa != elegida)


def _orden(pedido: str, corte: CorteLeido | None) -> str:
    """Columna pedida, con «-» si va al revés; por nombre si no se entiende."""
    return pedido if pedido.removeprefix("-") in _titulos(corte) else "nombre"


def _titulos(corte: CorteLeido | None, elegida: EtapaLeida | None = None) -> dict[str, str]:
    if corte is None:
        return SIN_CORTE
    return FIJAS | {etapa.clave: etapa.nombre for etapa in _en_orden(corte, elegida)}


def ordenables(corte: CorteLeido | None) -> list[str]:
    """Las claves de lo que alguna vez ordena: también la cabecera, que solo es columna sin corte."""
    return [*SIN_CORTE, *(etapa.clave for etapa in (corte.etapas if corte else ()))]


def columnas(consulta: Consulta, corte: CorteLeido | None) -> list[Columna]:
    """Encabezados que ordenan; el de la columna que ya ordena invierte el sentido."""
    return [_columna(clave, texto, consulta) for clave, texto in _titulos(corte, consulta.etapa).items()]


def _columna(clave: str, texto: str, consulta: Consulta) -> Columna:
    ordena = {clave: "ascending", f"-{clave}": "descending"}.get(consulta.orden, "none")
    return Columna(
        texto, consulta.liga(orden=f"-{clave}" if consulta.orden == clave else clave) + "#tabla", ordena
    )


def filas(consulta: Consulta, corte: CorteLeido | None, municipios: Iterable[Municipio]) -> list[Fila]:
    """Las que cumplen lo pedido, en el orden pedido; a igualdad, por nombre."""
    todas = [_fila(municipio, corte, consulta.etapa) for municipio in municipios]
    cumplen = [fila for fila in todas if _cumple(fila, consulta, corte)]
    por_nombre = sorted(cumplen, key=lambda f: llano(f.municipio.nombre))
    campo = consulta.orden.removeprefix("-")
    return sorted(
        por_nombre, key=_valor(campo, corte, consulta.etapa), reverse=consulta.orden.startswith("-")
    )


def _fila(municipio: Municipio, corte: CorteLeido | None, elegida: EtapaLeida | None) -> Fila:
    if corte is None or municipio.clave not in corte.nombres:
        return Fila(municipio, ())
    etapas = _en_orden(corte, elegida)
    return Fila(municipio, [casilla(corte, municipio.clave, etapa) for etapa in etapas])


def casilla(corte: CorteLeido, municipio: str, etapa: EtapaLeida) -> Casilla:
    """Lo sellado de una etapa con desglose en un municipio; lanza `KeyError` si no consta."""
    datos = corte.casillas[municipio, etapa.clave]
    return Casilla(etapa.situacion(datos["situacion"]), signos(etapa)[datos["situacion"]], datos)


def _cumple(fila: Fila, consulta: Consulta, corte: CorteLeido | None) -> bool:
    m = fila.municipio
    if not dicen(f"{m.nombre}\n{m.cabecera}\n{m.clave}", patrones(consulta.buscado)):
        return False
    if not (consulta.situacion and consulta.etapa and corte):
        return True
    dicha = corte.casillas.get((m.clave, consulta.etapa.clave), {})
    return bool(dicha.get("situacion") == consulta.situacion)


def _valor(campo: str, corte: CorteLeido | None, elegida: EtapaLeida | None) -> Any:
    """Con qué se compara cada fila: el texto sin acentos o el lugar de su situación en la etapa."""
    if campo in SIN_CORTE:
        return lambda fila: llano(getattr(fila.municipio, campo))
    lugar = [etapa.clave for etapa in _en_orden(corte, elegida)].index(campo) if corte else 0
    return lambda fila: fila.casillas[lugar].signo.letra if fila.casillas else ""


def notas(filas: Iterable[Fila], corte: CorteLeido, etapa: EtapaLeida) -> list[tuple[str, list[Municipio]]]:
    """Lo que el corte dice aparte de los municipios que se muestran, en la etapa que se ve.

    La misma nota se lee una vez, con todos los que la llevan; primero las de menos municipios.
    """
    con: dict[str, list[Municipio]] = {}
    for municipio in (fila.municipio for fila in filas):
        nota = corte.casillas.get((municipio.clave, etapa.clave), {}).get("nota")
        if nota:
            con.setdefault(nota, []).append(municipio)
    return sorted(con.items(), key=lambda dicha: len(dicha[1]))


def totales(corte: CorteLeido, consulta: Consulta) -> list[DeEtapa]:
    """Los de cada etapa; llevan a sus municipios si hay desglose."""
    return [_de_etapa(etapa, corte, consulta) for etapa in corte.etapas]


def _de_etapa(etapa: EtapaLeida, corte: CorteLeido, consulta: Consulta) -> DeEtapa:
    de = signos(etapa)
    contados = [
        Total(
            s,
            de[s.clave],
            "" if etapa.solo_total or not s.municipios else _hacia(consulta, etapa.clave, s.clave),
            round(100 * s.municipios / corte.municipios, 1) if corte.municipios else 0,
        )
        for s in etapa.situaciones
    ]
    return DeEtapa(etapa, contados, consulta.liga(etapa=etapa.clave, situacion=""))


def _hacia(consulta: Consulta, etapa: str, situacion: str) -> str:
    return consulta.liga(etapa=etapa, situacion=situacion, q="") + "#tabla"
