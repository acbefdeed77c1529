"""Las columnas del avance: las mismas al exportar, al importar y al pegar.

`clave_inegi`, `municipio`, una por etapa activa (con el nombre o la clave de la situación) y, optativas,
`fecha`, `motivo` y `nota`. Lo exportado vuelve a entrar sin cambiar nada.
"""

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import tablib
from django.core.exceptions import ValidationError
from import_export import fields, instance_loaders, resources, widgets

from municipios.captura.nombres import Leido, Nombres, NoReconocido, citar, como_se_leyo, llano
from municipios.cuadro import Cuadro
from municipios.models import Etapa, Municipio, Situacion
from stl_portal import texto
from stl_portal.espanol import enumerar
from stl_portal.formula import de_celda, neutro

CLAVE, MUNICIPIO, FECHA, MOTIVO, NOTA = "clave_inegi", "municipio", "fecha", "motivo", "nota"
DE_QUIEN = (CLAVE, MUNICIPIO)
OPTATIVAS = (FECHA, MOTIVO, NOTA)
TITULOS = {
    CLAVE: "Clave INEGI",
    MUNICIPIO: "Municipio",
    FECHA: "Fecha",
    MOTIVO: "Por qué retrocede",
    NOTA: "Nota",
}
OTROS = {  # encabezados que también se reconocen
    CLAVE: ("clave", "cve inegi", "código INEGI", "clave del municipio", "cvegeo"),
    MUNICIPIO: ("nombre", "nombre del municipio"),
    FECHA: ("consta al", "fecha del dato"),
    MOTIVO: ("por qué retrocede", "motivo del retroceso"),
    NOTA: ("notas",),
}
TEXTO_MAXIMO = 400  # caracteres de un motivo o una nota: lo que se lee de una celda
PARECIDO = 0.6  # de 0 a 1: desde aquí una situación o una columna se ofrece
_DIA_MES_ANO = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ANO_MES_DIA = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ t]00:00(?::00)?)?")


class Error(NamedTuple):
    """Por qué no se leyó una celda y qué se ofrece en su lugar, como se escribiría."""

    frase: str
    sugerencias: Sequence[tuple[str, str]] = ()  # (lo que iría en la celda, cómo se dice)


class Ilegible(ValueError):
    """La celda no se entiende."""

    def __init__(self, frase: str, sugerencias: Sequence[tuple[str, str]] = ()) -> None:
        """Conserva la frase y lo que se ofrece."""
        super().__init__(frase)
        self.error = Error(frase, sugerencias)


@dataclass
class Renglon:
    """Un municipio con lo que dicen sus columnas; lo que no se entendió está en `errores`, por columna."""

    de_clave: Municipio | None = None
    de_nombre: Municipio | None = None
    situaciones: dict[str, Situacion] = field(default_factory=dict)  # por clave de la etapa
    fecha: dt.date | None = None
    motivo: str = ""
    nota: str = ""
    errores: dict[str, Error] = field(default_factory=dict)
    avisos: list[str] = field(default_factory=list)


class _DeMunicipio(widgets.Widget):
    """La clave o el nombre de un municipio."""

    def __init__(self, nombres: Nombres, campo: str) -> None:
        super().__init__()
        self.nombres, self.campo = nombres, campo

    def clean(self, value: str, row: Any = None, **_: Any) -> Leido | None:
        """El municipio, o None si la celda está vacía. Lanza `Ilegible`."""
        if not llano(value):
            return None
        buscar = self.nombres.por_clave if self.campo == "clave" else self.nombres.por_nombre
        try:
            return buscar(de_celda(value))
        except NoReconocido as error:
            raise Ilegible(error.frase, [(m.clave, m.nombre) for m in error.sugerencias]) from error

    def render(self, value: Municipio, obj: Any = None, **_: Any) -> str:
        """Como se escribe."""
        return neutro(getattr(value, self.campo))


class _DeSituacion(widgets.Widget):
    """Una situación de la etapa, por su nombre o su clave."""

    def __init__(self, etapa: Etapa) -> None:
        super().__init__()
        self.situaciones = list(etapa.situaciones.all())
        veces = Counter(llano(s.nombre) for s in self.situaciones)
        self.conocidas = {llano(s.nombre): s for s in self.situaciones if veces[llano(s.nombre)] == 1}
        self.conocidas |= {llano(s.clave): s for s in self.situaciones}

    def clean(self, value: str, row: Any = None, **_: Any) -> tuple[Situacion, str] | None:
        """La situación y cómo se leyó, o None si la celda está vacía. Lanza `Ilegible`."""
        escrito = de_celda(value)
        if not llano(escrito):
            return None
        hallada = self.conocidas.get(llano(escrito))
        if hallada is None:
            raise Ilegible(*self._desconocida(escrito))
        return hallada, "" if escrito == hallada.clave else como_se_leyo(escrito, hallada.nombre)

    def render(self, value: Situacion | None, obj: Any = None, **_: Any) -> str:
        """Su nombre; su clave si otra se llama igual."""
        if value is None:
            return ""
        unica = self.conocidas.get(llano(value.nombre)) == value
        return neutro(value.nombre if unica else value.clave)

    def _desconocida(self, escrito: str) -> tuple[str, list[tuple[str, str]]]:
        cerca = difflib.get_close_matches(llano(escrito)[:TEXTO_MAXIMO], self.conocidas, cutoff=PARECIDO)
        ofrecidas = list(dict.fromkeys(self.conocidas[c] for c in cerca))
        posibles = enumerar([s.nombre for s in self.situaciones], "o")
        frase = f"{citar(escrito)} no es una de sus situaciones: {posibles}."
        return frase, [(s.clave, s.nombre) for s in ofrecidas]


class _DeFecha(widgets.Widget):
    """Una fecha: `2026-03-18` o `18/3/2026`."""

    def clean(self, value: str, row: Any = None, **_: Any) -> dt.date | None:
        """La fecha, o None si la celda está vacía. Lanza `Ilegible`."""
        escrito = llano(de_celda(value))
        if not escrito:
            return None
        with suppress(ValueError):
            if hallada := _ANO_MES_DIA.fullmatch(escrito):
                return dt.date.fromisoformat(hallada[1])
            if hallada := _DIA_MES_ANO.fullmatch(escrito):
                dia, mes, ano = map(int, hallada.groups())
                return dt.date(ano, mes, dia)
        raise Ilegible(f"No se entiende la fecha {citar(value)}. Escríbela así: 2026-03-18 o 18/3/2026.")

    def render(self, value: dt.date | None, obj: Any = None, **_: Any) -> str:
        """Como la pide ISO 8601."""
        return value.isoformat() if value else ""


class _DeTexto(widgets.Widget):
    """Un motivo o una nota."""

    def clean(self, value: str, row: Any = None, **_: Any) -> str:
        """El texto limpio. Lanza `Ilegible` si no cabe."""
        if len(value) > TEXTO_MAXIMO:
            raise Ilegible(f"No cabe: son más de {TEXTO_MAXIMO} caracteres.")
        return texto.limpiar(de_celda(value))

    def render(self, value: str, obj: Any = None, **_: Any) -> str:
        """Como se escribe."""
        return neutro(value)


class _Columna(fields.Field):
    """Un dato del renglón. Lo que se leyó de otro modo queda en sus avisos."""

    def save(self, instance: Renglon, row: Mapping[str, str], is_m2m: bool = False, **_: Any) -> None:
        """Pone en el renglón lo leído. Lanza `Ilegible`."""
        leido = self.clean(row)
        if isinstance(leido, Leido):
            instance.avisos += filter(None, [leido.aviso])
            leido = leido.municipio
        setattr(instance, self.attribute, leido)


class _ColumnaDeEtapa(fields.Field):
    """La situación de una etapa."""

    def __init__(self, etapa: Etapa) -> None:
        super().__init__(etapa.clave, columna_de(etapa), _DeSituacion(etapa))

    def get_value(self, instance: Renglon) -> Situacion | None:
        """La que vale en el municipio."""
        return instance.situaciones.get(self.attribute)

    def save(self, instance: Renglon, row: Mapping[str, str], is_m2m: bool = False, **_: Any) -> None:
        """Pone en el renglón lo leído; vacía no dice nada. Lanza `Ilegible`."""
        if leida := self.clean(row):
            instance.situaciones[self.attribute], aviso = leida
            instance.avisos += filter(None, [aviso])


def columna_de(etapa: Etapa) -> str:
    """Nombre de su columna: su clave, salvo que ya sea el de otro dato."""
    return f"etapa_{etapa.clave}" if etapa.clave in (*DE_QUIEN, *OPTATIVAS) else etapa.clave


def _como_encabezado(escrito: str) -> str:
    """«Clave INEGI», «clave_inegi» y «CLAVE-INEGI» son el mismo encabezado."""
    return " ".join(re.findall(r"\w+", llano(escrito).replace("_", " ")))[:TEXTO_MAXIMO]


class Columnas(resources.Resource):
    """Las columnas de un seguimiento. Escribe renglones en un `Dataset` y los lee de él; nunca guarda."""

    class Meta:
        force_init_instance = True
        instance_loader_class = instance_loaders.BaseInstanceLoader
        skip_diff = True
        use_transactions = False

    def __init__(self, etapas: Iterable[Etapa], municipios: Iterable[Municipio]) -> None:
        """Recibe las etapas con sus situaciones ya traídas."""
        super().__init__()
        nombres = Nombres(municipios)
        self.de_etapa = {columna_de(e): e for e in etapas}
        self.fields = {
            CLAVE: _Columna("de_clave", CLAVE, _DeMunicipio(nombres, "clave")),
            MUNICIPIO: _Columna("de_nombre", MUNICIPIO, _DeMunicipio(nombres, "nombre")),
            **{columna: _ColumnaDeEtapa(e) for columna, e in self.de_etapa.items()},
            FECHA: _Columna(FECHA, FECHA, _DeFecha()),
            MOTIVO: _Columna(MOTIVO, MOTIVO, _DeTexto()),
            NOTA: _Columna(NOTA, NOTA, _DeTexto()),
        }
        self._encabezados = {
            **{_como_encabezado(otro): columna for columna, otros in OTROS.items() for otro in otros},
            **{_como_encabezado(e.nombre): columna for columna, e in self.de_etapa.items()},
            **{_como_encabezado(columna): columna for columna in self.fields},
        }
        self._leidos: list[Renglon] = []

    def de_encabezado(self, escrito: str) -> str:
        """La columna que nombra un encabezado, exportado o como se dice en pantalla; vacío si ninguna."""
        return self._encabezados.get(_como_encabezado(escrito), "")

    def parecida(self, escrito: str) -> str:
        """La columna a la que más se parece un encabezado desconocido; vacío si a ninguna."""
        cerca = difflib.get_close_matches(_como_encabezado(escrito), self._encabezados, 1, PARECIDO)
        return self._encabezados[cerca[0]] if cerca else ""

    def titulo(self, columna: str) -> str:
        """Cómo se dice la columna a una persona."""
        etapa = self.de_etapa.get(columna)
        return etapa.nombre if etapa else TITULOS[columna]

    def leer(self, encabezados: Sequence[str], renglones: Iterable[Sequence[str]]) -> list[Renglon]:
        """Un `Renglon` por cada uno recibido, en su orden; los encabezados son de estas columnas."""
        self._leidos = []
        self.import_data(tablib.Dataset(*renglones, headers=encabezados), raise_errors=True)
        return self._leidos

    def init_instance(self, row: Any = None) -> Renglon:
        """El renglón donde se pone lo leído."""
        return Renglon()

    def import_field(self, field: Any, instance: Renglon, row: Any, is_m2m: bool = False, **_: Any) -> None:
        """Lee una celda; si no se entiende, el renglón dice por qué y se siguen leyendo las demás."""
        try:
            super().import_field(field, instance, row)
        except Ilegible as error:
            instance.errores[field.column_name] = error.error
        except ValidationError as error:
            instance.errores[field.column_name] = Error(" ".join(error.messages))

    def do_instance_save(self, instance: Renglon, is_create: bool) -> None:
        """No se guarda aquí: lo leído se revisa completo y se anota con `anotar.varias`."""
        self._leidos.append(instance)

    def escribir(self, renglones: Iterable[Renglon]) -> tablib.Dataset:
        """Las mismas columnas con esos renglones."""
        return self.export(list(renglones))


def de_cuadro(cuadro: Cuadro, municipios: Iterable[Municipio]) -> tablib.Dataset:
    """Lo que vale en cada casilla de esos municipios; `fecha`, `motivo` y `nota` quedan para llenarse."""
    de_clave = {(e.clave, s.clave): s for e in cuadro.etapas for s in e.situaciones.all()}
    renglones = []
    for m in municipios:
        pares = [(c.etapa.clave, c.vale.situacion) for c in cuadro.de(m)]
        situaciones = {etapa: de_clave[etapa, clave] for etapa, clave in pares if (etapa, clave) in de_clave}
        renglones.append(Renglon(de_clave=m, de_nombre=m, situaciones=situaciones))
    return Columnas(cuadro.etapas, cuadro.municipios).escribir(renglones)
