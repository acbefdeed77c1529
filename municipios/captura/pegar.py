"""Lo pegado o importado contra lo que rige: qué cambia, qué sigue igual y qué falta corregir. Y anotarlo."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from municipios.avance import Sabido, retrocede, rige
from municipios.captura import anotar
from municipios.captura.anotar import Cambio, Rechazo
from municipios.captura.columnas import DE_QUIEN, FECHA, MOTIVO, Columnas, Error, Renglon, columna_de
from municipios.captura.contradicciones import contradicen, pares
from municipios.captura.hoja import QUIEN, Hoja, Pegado
from municipios.cuadro import Casilla, Cuadro, tomar_varios
from municipios.models import Anotacion, Etapa, Municipio
from sesiones.models import Organo
from stl_portal.espanol import enumerar

SOBRA = "sobra"
SIN_MUNICIPIO = "No dice de qué municipio es. Suele pasar al copiar celdas combinadas."
COMBINADA = "Venía combinada con otra celda y no trae valor propio: di cuál es el suyo."


class Dicho(NamedTuple):
    """Un cambio como lo lee una persona."""

    etapa: Etapa
    antes: str
    ahora: str
    retrocede: bool
    derivado: str  # lo que seguirá valiendo porque se deriva de un hecho; vacío si nada


@dataclass
class Fila:
    """Un renglón de la vista previa. Con errores no cambia nada todavía; `errores` va por columna."""

    lugar: int
    pegado: Pegado
    leido: Renglon
    municipio: Municipio | None = None
    fecha: dt.date | None = None
    errores: dict[str, Error] = field(default_factory=dict)
    choques: list[str] = field(default_factory=list)
    cambios: list[Cambio] = field(default_factory=list)
    dichos: list[Dicho] = field(default_factory=list)
    contradice: list[str] = field(default_factory=list)  # dos etapas que no concordarían: solo se advierte
    ajena: bool = False

    @property
    def dice(self) -> str:
        """Lo escrito en su clave y su nombre."""
        return " ".join(filter(None, (self.pegado.celdas.get(c, "").strip() for c in DE_QUIEN)))

    @property
    def avisos(self) -> list[str]:
        """Lo que se leyó de otro modo, y lo escrito que no se guardará."""
        return [f"Renglón {self.pegado.numero}: {aviso}" for aviso in (*self.leido.avisos, *self._inutil)]

    @property
    def _inutil(self) -> list[str]:
        if (self.leido.nota or self.leido.motivo) and not self.cambios:
            return ["Nada cambia en él: su nota o su motivo no se guardan."]
        if self.leido.motivo and not self.retroceden:
            return ["Nada retrocede en él: su motivo no se guarda."]
        return []

    @property
    def retroceden(self) -> list[str]:
        """Las etapas que retroceden: solo de ellas se guarda el motivo."""
        return [str(d.etapa) for d in self.dichos if d.retrocede]


class Revision:
    """La hoja completa, revisada con las mismas reglas que al anotar."""

    def __init__(
        self, usuario: Any, cuadro: Cuadro, hoja: Hoja, informa: Collection[str], hoy: dt.date
    ) -> None:
        """Recibe el cuadro a la fecha general y las claves de los municipios que la cuenta captura."""
        self.usuario, self.hoja, self.informa, self.hoy = usuario, hoja, informa, hoy
        self.organo: Organo = cuadro.organo
        self.al, self.municipios = cuadro.al, cuadro.municipios
        self._cuadros = {cuadro.al: cuadro}
        self.columnas = Columnas(cuadro.etapas, cuadro.municipios)
        leidos = self.columnas.leer(hoja.columnas, hoja.filas())
        self.filas = [Fila(n, p, r) for n, (p, r) in enumerate(zip(hoja.renglones, leidos, strict=True))]
        self.vistas: dict[str, int] = {}
        self._leer()
        self._contrastar()

    def _leer(self) -> None:
        """Cada error que se ve en la hoja misma."""
        for fila in self.filas:
            fila.errores |= fila.leido.errores
            _identificar(fila)
            _lo_combinado(fila)
        _repetidos(self.filas)
        for fila in self.filas:
            self._exigir_permiso(fila)
            fila.fecha = fila.leido.fecha or self.al
            if fila.fecha > self.hoy:
                fila.errores[FECHA] = Error(anotar.EN_EL_FUTURO)

    def _exigir_permiso(self, fila: Fila) -> None:
        """De lo que no captura, tampoco se le dice qué había."""
        if fila.municipio and fila.municipio.clave not in self.informa:
            fila.errores, fila.ajena = {QUIEN: Error(f"No te toca informar de {fila.municipio}.")}, True

    def _contrastar(self) -> None:
        """Compara con lo que rige los renglones que se entienden y pregunta qué se rechazaría."""
        legibles = [fila for fila in self.filas if fila.municipio and not fila.errores]
        fechas = {fila.fecha or self.al for fila in legibles}
        self._cuadros |= tomar_varios(self.organo, fechas - self._cuadros.keys())
        for fila in legibles:
            self._comparar(fila)
        cambios = [cambio for fila in self.filas for cambio in fila.cambios]
        for rechazo in anotar.revisar(self.usuario, self.organo, cambios):
            self._anotar_rechazo(self.filas[rechazo.renglon], rechazo)

    def _comparar(self, fila: Fila) -> None:
        cuadro = self._cuadros[fila.fecha or self.al]
        for etapa in cuadro.etapas:
            situacion = fila.leido.situaciones.get(etapa.clave)
            if situacion is None or fila.municipio is None:
                continue
            casilla = cuadro.casillas[fila.municipio.clave, etapa.pk]
            sitio = f"{fila.municipio.clave}:{etapa.pk}:{cuadro.al}"
            self.vistas[sitio] = casilla.capturado.anotacion if casilla.capturado else 0
            if situacion.clave not in _ya_dicho(casilla):
                sobre = self.hoja.vistas.get(sitio, self.vistas[sitio])
                cambio = Cambio(
                    fila.municipio,
                    etapa,
                    situacion,
                    cuadro.al,
                    motivo=fila.leido.motivo,
                    nota=fila.leido.nota,
                    sobre=sobre,
                    renglon=fila.lugar,
                )
                fila.cambios.append(cambio)
                fila.dichos.append(_dicho(cambio, casilla))
        if fila.municipio and fila.cambios:
            fila.contradice = _contradicciones(cuadro, fila.municipio, fila.cambios)

    def _anotar_rechazo(self, fila: Fila, rechazo: Rechazo) -> None:
        """Pone el rechazo junto a lo que lo arregla."""
        cambio = next(c for c in fila.cambios if c.etapa.clave == rechazo.columna)
        dicho = next(d for d in fila.dichos if d.etapa.clave == rechazo.columna)
        if rechazo.campo == "sobre":
            fila.choques.append(_choque(rechazo.actual, dicho))
        elif rechazo.campo == "motivo":
            fila.errores[MOTIVO] = Error(f"{_retrocesos(fila.dichos)}: di por qué.")
        else:
            fila.errores[columna_de(cambio.etapa)] = Error(rechazo.frase)

    @property
    def por_corregir(self) -> list[Fila]:
        """Los renglones con algo que corregir."""
        return [fila for fila in self.filas if fila.errores]

    @property
    def que_cambian(self) -> list[Fila]:
        """Los renglones que anotan algo."""
        return [fila for fila in self.filas if fila.cambios and not fila.errores]

    @property
    def iguales(self) -> list[Municipio]:
        """Los municipios que vienen y se quedan como están."""
        return [f.municipio for f in self.filas if f.municipio and not f.errores and not f.cambios]

    @property
    def cambios(self) -> list[Cambio]:
        """Lo que se anotaría."""
        return [cambio for fila in self.que_cambian for cambio in fila.cambios]

    @property
    def choques(self) -> list[str]:
        """Lo que otra persona anotó mientras se revisaba."""
        return [choque for fila in self.que_cambian for choque in fila.choques]

    @property
    def ajenas(self) -> list[int]:
        """Lugar de los renglones de municipios que la cuenta no captura."""
        return [fila.lugar for fila in self.filas if fila.ajena]

    @property
    def vacias(self) -> int:
        """Casillas de etapa que vienen vacías: no cambian nada."""
        etapas = [c for c in self.hoja.columnas if c in self.columnas.de_etapa]
        return sum(not fila.pegado.celdas.get(etapa, "").strip() for fila in self.filas for etapa in etapas)

    @cached_property
    def faltan(self) -> list[Municipio]:
        """Los municipios que la cuenta captura y no vienen: no cambian. Los que quizá son, sí vienen."""
        vienen = {fila.municipio.clave for fila in self.filas if fila.municipio}
        mal_dichos = (fila.errores[QUIEN] for fila in self.filas if QUIEN in fila.errores)
        vienen |= {clave for error in mal_dichos for clave, _ in error.sugerencias}
        return [m for m in self.municipios if m.clave in self.informa and m.clave not in vienen]

    @property
    def avisos(self) -> list[str]:
        """Lo que se leyó de otro modo, de toda la hoja y por renglón."""
        return [*self.hoja.avisos, *(aviso for fila in self.filas for aviso in fila.avisos)]

    @property
    def sin_leer(self) -> str:
        """Las columnas que no se reconocieron y no se anotarán, en una frase; vacía si no hay."""
        columnas = self.hoja.sin_leer
        if len(columnas) == 1:
            return f"No se reconoce la columna {columnas[0]}: lo que trae no se anotará."
        frase = f"No se reconocen las columnas {enumerar(columnas)}: lo que traen no se anotará."
        return frase if columnas else ""

    @property
    def impide(self) -> bool:
        """Si falta corregir o decidir algo."""
        return bool(self.por_corregir or self.hoja.ajenas)

    @property
    def se_vio(self) -> bool:
        """Si todo lo que cambiaría ya se había enseñado como está ahora."""
        sitios = {f"{c.municipio.pk}:{c.etapa.pk}:{c.fecha}" for c in self.cambios}
        return sitios <= self.hoja.vistas.keys()

    def aplicar(self) -> list[Anotacion]:
        """Anota todos los cambios en una sola transacción. Lanza `anotar.Rechazados`."""
        return anotar.varias(self.usuario, self.organo, self.cambios)


def _identificar(fila: Fila) -> None:
    """De qué municipio es: su clave y su nombre deben decir lo mismo."""
    leido, malas = fila.leido, [fila.errores.pop(c) for c in DE_QUIEN if c in fila.errores]
    dichos = list(dict.fromkeys(m for m in (leido.de_clave, leido.de_nombre) if m))
    ofrecidos = [*(s for error in malas for s in error.sugerencias), *((m.clave, m.nombre) for m in dichos)]
    if malas:
        frase = " ".join(error.frase for error in malas)
    elif len(dichos) > 1:
        frase = f"La clave {dichos[0].clave} es {dichos[0]}, pero el nombre dice {dichos[1]}."
    elif not dichos:
        frase = SIN_MUNICIPIO
    else:
        fila.municipio = dichos[0]
        return
    fila.errores[QUIEN] = Error(frase, list(dict.fromkeys(ofrecidos)))


def _lo_combinado(fila: Fila) -> None:
    """Una celda combinada llega vacía, y vacía no cambiaría nada: se pregunta."""
    for columna in fila.pegado.combinadas:
        if columna not in DE_QUIEN:
            fila.errores[columna] = Error(COMBINADA)
    if fila.pegado.sobra:
        frase = (
            f"Después de la última columna venía «{fila.pegado.sobra}»: quizá las celdas están recorridas."
        )
        fila.errores[SOBRA] = Error(frase)


def _repetidos(filas: Sequence[Fila]) -> None:
    """El mismo municipio en dos renglones: ninguno vale hasta que se quite uno."""
    de_cada: dict[str, list[Fila]] = defaultdict(list)
    for fila in filas:
        if fila.municipio:
            de_cada[fila.municipio.clave].append(fila)
    for iguales in de_cada.values():
        if len(iguales) > 1:
            renglones = enumerar([str(fila.pegado.numero) for fila in iguales])
            for fila in iguales:
                frase = f"{fila.municipio} viene en los renglones {renglones}. Quita los que sobren."
                fila.errores[QUIEN] = Error(frase)


def _ya_dicho(casilla: Casilla) -> Iterator[str]:
    """Las situaciones que, escritas, no cambian nada: la que vale y la que ya se capturó."""
    return (sabido.situacion for sabido in (casilla.vale, casilla.capturado) if sabido)


def _dicho(cambio: Cambio, casilla: Casilla) -> Dicho:
    nombres = {s.clave: s.nombre for s in cambio.etapa.situaciones.all()}
    antes: Sabido = casilla.capturado or casilla.vale
    baja = casilla.capturado is not None and retrocede(casilla.capturado.avance, cambio.situacion.avance)
    derivado = casilla.derivado
    tapa = derivado is not None and retrocede(derivado.avance, cambio.situacion.avance)
    return Dicho(
        cambio.etapa,
        nombres.get(antes.situacion, antes.situacion),
        cambio.situacion.nombre,
        baja,
        nombres.get(derivado.situacion, "") if derivado and tapa else "",
    )


def _contradicciones(cuadro: Cuadro, municipio: Municipio, cambios: Sequence[Cambio]) -> list[str]:
    """Lo que no concordaría en el municipio al anotar los cambios."""
    valdran = {casilla.etapa.pk: casilla.vale for casilla in cuadro.de(municipio)}
    for cambio in cambios:
        nuevo = Sabido(cambio.situacion.clave, cambio.situacion.avance)
        derivado = cuadro.casillas[municipio.clave, cambio.etapa.pk].derivado
        valdran[cambio.etapa.pk] = rige(nuevo, derivado, nuevo)
    return list(dict.fromkeys(contradicen(pares(cuadro.etapas), valdran).values()))


def _retrocesos(dichos: Sequence[Dicho]) -> str:
    """«Instalación retrocede de «Cumplido» a «En proceso»»."""
    bajan = [f"{d.etapa} retrocede de «{d.antes}» a «{d.ahora}»" for d in dichos if d.retrocede]
    return enumerar(bajan)


def _choque(actual: Anotacion | None, dicho: Dicho) -> str:
    """Lo que ahora dice la casilla y lo que se pondría encima."""
    if actual is None:
        return f"{dicho.etapa}: mientras revisabas se deshizo lo anotado. Quedará «{dicho.ahora}»."
    quien = actual.por or "Alguien"
    return f"{dicho.etapa}: mientras revisabas, {quien} anotó «{actual.situacion}». Quedará «{dicho.ahora}»."
