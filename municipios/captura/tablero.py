"""El cuadro como lo ve quien captura: cada casilla con su control, lo que dice y lo que le falta."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse

from municipios.avance import Sabido
from municipios.captura.anotar import Cambio, Rechazo, Sitio
from municipios.captura.contradicciones import Par, contradicen, pares
from municipios.captura.filtro import Filtro, Grupo, situaciones
from municipios.cuadro import Casilla, Cuadro
from municipios.estados import Avance
from municipios.models import Etapa, Municipio, Situacion
from stl_portal.espanol import sin_acentos


@dataclass(frozen=True)
class Celda:
    """Una casilla en la página.

    `cambio` y `rechazo`, si se intentó cambiar y no se pudo. `oculta`: su etapa no es la que se mira.
    `contra`: con qué otra etapa del municipio se contradice.
    """

    casilla: Casilla
    editable: bool
    url: str
    cambio: Cambio | None = None
    rechazo: Rechazo | None = None
    oculta: bool = False
    contra: str = ""

    @property
    def control(self) -> str:
        """Nombre del control: «c-11020-3»."""
        return nombre_de("c", self.casilla.municipio.pk, self.casilla.etapa.pk)

    @property
    def control_motivo(self) -> str:
        """Nombre del control donde se dice por qué retrocede."""
        return nombre_de("m", self.casilla.municipio.pk, self.casilla.etapa.pk)

    @property
    def nombre(self) -> str:
        """«León, Convocatoria»."""
        return f"{self.casilla.municipio}, {self.casilla.etapa}"

    @property
    def visto(self) -> int:
        """La anotación que rige (0 = ninguna): sobre ella se anotará."""
        return self.casilla.capturado.anotacion if self.casilla.capturado else 0

    @property
    def elegida(self) -> int:
        """La situación que el control muestra; 0 es la opción vacía."""
        if self.cambio:
            return self.cambio.situacion.pk
        return por_omision(self.casilla)

    @property
    def dice(self) -> str:
        """Lo que dice la opción elegida del control."""
        nombres = {s.pk: s.nombre for s in self.casilla.etapa.situaciones.all()}
        return nombres.get(self.elegida, self.vacia)

    @property
    def tapada(self) -> bool:
        """Si vale lo que se deriva y no lo que se capturó."""
        return self.difieren and self.casilla.vale.derivada

    @property
    def a_la_vista(self) -> str:
        """Lo que la casilla dice sin abrirla: lo que vale, o lo que se quiere poner."""
        return self.vale if self.tapada and not self.cambio else self.dice

    @property
    def vacia(self) -> str:
        """Lo que dice la opción vacía, donde nadie ha capturado nada; vacío si no se ofrece."""
        if self.casilla.capturado:
            return ""
        if self.casilla.derivado:
            return f"{self.dicho(self.casilla.derivado)} (se deriva)"
        return "" if por_omision(self.casilla) else "Sin información"

    @property
    def difieren(self) -> bool:
        """Si lo que se capturó y lo que se deriva no dicen lo mismo."""
        capturado, derivado = self.casilla.capturado, self.casilla.derivado
        return bool(capturado and derivado and capturado.situacion != derivado.situacion)

    @property
    def vale(self) -> str:
        """La situación que vale, en palabras."""
        return self.dicho(self.casilla.vale)

    @property
    def capturada(self) -> str:
        """La situación que una persona capturó, en palabras."""
        return self.dicho(self.casilla.capturado) if self.casilla.capturado else ""

    @property
    def derivada(self) -> str:
        """La situación que se deriva, en palabras."""
        return self.dicho(self.casilla.derivado) if self.casilla.derivado else ""

    def dicho(self, sabido: Sabido) -> str:
        """La situación con las palabras de la etapa."""
        nombres = {s.clave: s.nombre for s in self.casilla.etapa.situaciones.all()}
        return nombres.get(sabido.situacion, Avance(sabido.avance).label)

    @property
    def pide_motivo(self) -> bool:
        """Si falta decir por qué retrocede, o ya se había dicho y otra cosa lo impidió."""
        falta = self.rechazo is not None and self.rechazo.campo == "motivo"
        return falta or bool(self.cambio and self.cambio.motivo)


def nombre_de(letra: str, municipio: str, etapa: int) -> str:
    """Nombre de un control de la matriz."""
    return f"{letra}-{municipio}-{etapa}"


def por_omision(casilla: Casilla) -> int:
    """La situación que corresponde a lo capturado; si no hay nada, «sin información», salvo que se derive."""
    situaciones = casilla.etapa.situaciones.all()
    if casilla.capturado:
        return next(s.pk for s in situaciones if s.clave == casilla.capturado.situacion)
    if casilla.derivado:
        return 0
    return next((s.pk for s in situaciones if s.avance == Avance.SIN_INFORMACION), 0)


@dataclass(frozen=True)
class Renglon:
    """Un municipio y sus casillas. `oculto`: no cumple lo que se filtra."""

    municipio: Municipio
    celdas: Sequence[Celda]
    oculto: bool = False

    @property
    def resumen(self) -> list[tuple[str, str, int]]:
        """Cada avance en que tiene alguna etapa, cómo se dice y cuántas, de más a menos avance."""
        cuenta = Counter(celda.casilla.vale.avance for celda in self.celdas)
        return [(a.value, a.label, cuenta[a]) for a in reversed(Avance) if cuenta[a]]


@dataclass(frozen=True)
class Intento:
    """Lo que se quiso anotar y no se pudo: sus cambios y los rechazos, por casilla."""

    cambios: Mapping[Sitio, Cambio] = field(default_factory=dict)
    rechazos: Mapping[Sitio, Rechazo] = field(default_factory=dict)


@dataclass(frozen=True)
class Tablero:
    """El cuadro de un seguimiento a una fecha, para una cuenta."""

    cuadro: Cuadro
    informa: Collection[str]
    todos: bool
    intento: Intento = Intento()
    filtro: Filtro = field(default_factory=Filtro)

    @property
    def renglones(self) -> list[Renglon]:
        """Los municipios que la cuenta ve, por nombre; los que se filtran, ocultos."""
        suyos = [m for m in self.cuadro.municipios if self.todos or m.pk in self.informa]
        return [self.renglon(m) for m in sorted(suyos, key=lambda m: sin_acentos(m.nombre).lower())]

    def renglon(self, municipio: Municipio) -> Renglon:
        """El municipio como se pinta."""
        casillas = self.cuadro.de(municipio)
        celdas = [self.celda(casilla) for casilla in casillas]
        # Lo que se quiso cambiar sigue a la vista aunque ya no cumpla: ahí dice qué le falta.
        pendiente = any(celda.cambio or celda.rechazo for celda in celdas)
        return Renglon(municipio, celdas, not pendiente and not self.filtro.a_la_vista(municipio, casillas))

    @property
    def columnas(self) -> "list[tuple[Etapa, bool]]":
        """Cada etapa y si su columna está oculta."""
        return [(etapa, self._oculta(etapa)) for etapa in self.cuadro.etapas]

    def _oculta(self, etapa: Etapa) -> bool:
        de_lo_intentado = {clave for _, clave in (*self.intento.cambios, *self.intento.rechazos)}
        return not self.filtro.etapa_a_la_vista(etapa) and etapa.pk not in de_lo_intentado

    @property
    def situaciones(self) -> list[Grupo]:
        """Lo que el filtro ofrece."""
        return situaciones(self.cuadro.etapas)

    @property
    def captura(self) -> bool:
        """Si la cuenta puede cambiar algo."""
        return bool(self.informa)

    def celda(self, casilla: Casilla) -> Celda:
        """La casilla como se pinta."""
        sitio = (casilla.municipio.pk, casilla.etapa.pk)
        return Celda(
            casilla,
            casilla.municipio.pk in self.informa,
            reverse(
                "gestion_municipios:casilla",
                args=(self.cuadro.organo.clave, casilla.municipio.pk, casilla.etapa.clave),
            ),
            self.intento.cambios.get(sitio),
            self.intento.rechazos.get(sitio),
            self._oculta(casilla.etapa),
            self._contra(casilla),
        )

    def vecinas(self, casilla: Casilla) -> list[Celda]:
        """Las del mismo municipio que pueden contradecirla: al cambiar ella, cambia lo que dicen."""
        pares_suyos = [{par.una.pk, par.otra.pk} for par in self._pares]
        suyas = {pk for par in pares_suyos if casilla.etapa.pk in par for pk in par} - {casilla.etapa.pk}
        return [self.celda(otra) for otra in self.cuadro.de(casilla.municipio) if otra.etapa.pk in suyas]

    def _contra(self, casilla: Casilla) -> str:
        if casilla.etapa.pk not in {etapa.pk for par in self._pares for etapa in (par.una, par.otra)}:
            return ""
        valen = {una.etapa.pk: una.vale for una in self.cuadro.de(casilla.municipio)}
        return contradicen(self._pares, valen).get(casilla.etapa.pk, "")

    @cached_property
    def _pares(self) -> list[Par]:
        return pares(self.cuadro.etapas)

    @property
    def totales(self) -> "list[tuple[Etapa, list[tuple[Situacion, int]], int, bool]]":
        """De cada etapa, cuántos municipios hay en cada situación, cuántos suman y si está oculta."""
        return [(etapa, *self._totales_de(etapa), oculta) for etapa, oculta in self.columnas]

    def _totales_de(self, etapa: Etapa) -> "tuple[list[tuple[Situacion, int]], int]":
        cuenta = self.cuadro.totales(etapa)
        return [(s, cuenta[s.clave]) for s in etapa.situaciones.all()], sum(cuenta.values())

    @property
    def avances(self) -> "list[tuple[str, str]]":
        """Qué significa cada color y cada signo."""
        return list(Avance.choices)

    @property
    def visto(self) -> str:
        """Sobre qué anotaciones se está trabajando, en un solo campo: «11020-3:55 …»; lo vacío no se dice."""
        return " ".join(
            f"{clave}-{etapa}:{casilla.capturado.anotacion}"
            for (clave, etapa), casilla in self.cuadro.casillas.items()
            if casilla.capturado and clave in self.informa
        )

    @property
    def errores(self) -> Iterator[tuple[str, str]]:
        """Cada rechazo con la casilla a la que lleva."""
        for renglon in self.renglones:
            for celda in renglon.celdas:
                if celda.rechazo:
                    yield f"{celda.nombre}: {celda.rechazo.frase}", celda.control


def claves(municipios: "QuerySet[Municipio]") -> frozenset[str]:
    """Sus claves INEGI."""
    return frozenset(municipios.values_list("pk", flat=True))


def por_que_no(texto: str, hoy: dt.date) -> str:
    """Por qué no se puede ver el día pedido; vacío si se puede o si no se pidió ninguno."""
    try:
        futuro = bool(texto) and dt.date.fromisoformat(texto) > hoy
    except ValueError:
        return "Esa fecha no se entiende: se escribe año-mes-día, como 2026-03-31. Esto es lo que consta hoy."
    return "Esa fecha todavía no llega: esto es lo que consta hoy." if futuro else ""


def fecha_pedida(texto: str, hoy: dt.date) -> dt.date:
    """El día que se pide ver; hoy si no se entiende o todavía no llega."""
    try:
        return min(dt.date.fromisoformat(texto), hoy)
    except ValueError:
        return hoy
