"""Una tabla que se exporta y se vuelve a importar con las mismas columnas.

Un `Recurso` es un `ModelResource` de la biblioteca cuyas columnas salen de mirar el modelo: una por campo,
salvo las llaves foráneas, que ocupan una por cada parte del nombre del renglón al que apuntan. Ningún número
interno (pk) sale ni entra, salvo el que se cita fuera (`numerada`): cada renglón se llama por su `llave`.

    class Nombramientos(Recurso):
        clave = "nombramientos"
        nombre = "Nombramientos"
        modelo = Nombramiento
        llave = ("asiento", "persona", "vigente_desde")

Una parte de la llave es un campo del modelo; si es una llave foránea, vale por el nombre completo de aquel
renglón. `ORDINAL` es el número del renglón entre los que comparten las demás partes, para lo que no tiene
otro nombre (los cambios de estado de una sesión, los alias de una persona).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from import_export.fields import Field
from import_export.resources import ModelDeclarativeMetaclass, ModelResource

from stl_portal.transiciones import IMPORTAR, CambioDeEstado, ConEstado

from . import celdas, registro

if TYPE_CHECKING:
    from .motor import Motor

ORDINAL = "#"
COLUMNA_ORDINAL = "n"
VERBO = IMPORTAR  # con el que queda en la historia de cada cosa que llegó en un archivo


class Columna(Field):
    """Un campo del modelo: en qué columnas va y cómo se escribe en ellas."""

    def __init__(self, campo: "models.Field[Any, Any]", *, admite_vacia: bool) -> None:
        """La biblioteca lo guarda por su nombre; `attname` es donde va el valor crudo."""
        super().__init__(attribute=campo.name, column_name=campo.name, widget=celdas.para(campo))
        self.campo = campo
        self.attname: str = campo.attname
        self.celda: celdas.Celda = self.widget
        self.admite_vacia = admite_vacia  # si un texto puede no decir nada
        self.relacion: Any = campo.related_model if campo.is_relation else None

    @property
    def recurso(self) -> "type[Recurso]":
        """De qué recurso es el renglón al que apunta."""
        return registro.de_modelo(self.relacion)

    @property
    def encabezados(self) -> tuple[str, ...]:
        """«inicio», o «asiento.organo» y «asiento.institucion» si apunta a otro renglón."""
        if self.relacion is None:
            return (self.column_name,)
        partes = self.recurso.partes_del_nombre()
        if len(partes) == 1:
            return (self.column_name,)
        return tuple(f"{self.column_name}.{parte}" for parte in partes)

    @property
    def vacio(self) -> Any:
        """Lo que se guarda si la celda está vacía y se admite."""
        return "" if isinstance(self.campo, (models.CharField, models.TextField)) and not self.null else None

    @property
    def null(self) -> bool:
        """Si puede no tener valor; el número que pone la base, también."""
        return bool(self.campo.null) or isinstance(self.campo, models.AutoField)


class _DeTabla(ModelDeclarativeMetaclass):
    """Traduce `modelo`, `llave` y `excluidas` a lo que la biblioteca lee de `Meta`."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        modelo = attrs.get("modelo")
        if modelo is not None and "Meta" not in attrs:
            ajenos = [f.name for f in modelo._meta.many_to_many]
            interno = () if attrs.get("numerada") else (modelo._meta.pk.name,)
            excluidos = (*interno, *ajenos, *attrs.get("excluidas", {}))
            attrs["Meta"] = type("Meta", (), {"model": modelo, "exclude": excluidos})
        return super().__new__(cls, name, bases, attrs)


class Recurso(ModelResource, metaclass=_DeTabla):
    """Una tabla que se exporta y se vuelve a importar con las mismas columnas."""

    clave: ClassVar[str] = ""  # «nombramientos»: nombre del archivo y de la dirección
    nombre: ClassVar[str] = ""  # «Nombramientos»
    descripcion: ClassVar[str] = ""  # qué es un renglón, para quien lo llena
    modelo: ClassVar[Any] = None
    llave: ClassVar[tuple[str, ...]] = ()
    # Si su pk se cita fuera (direcciones, datos abiertos, documentos sellados): viaja en su propia columna.
    numerada: ClassVar[bool] = False
    # Campos que no viajan, con su porqué.
    excluidas: ClassVar[Mapping[str, str]] = {}
    # Textos que su forma exige y que aun así pueden venir vacíos, con su porqué.
    vacias: ClassVar[Mapping[str, str]] = {}
    # Campos que un renglón que ya existe no cambia al importar, con su porqué.
    fijas: ClassVar[Mapping[str, str]] = {}
    # De lo que tiene estado: en cuáles puede cambiar un renglón que ya existe. None, en todos.
    editables: ClassVar[frozenset[str] | None] = None
    # Si cada renglón nuevo o cambiado pasa por el `clean()` de su modelo (sus consultas son por renglón).
    con_clean: ClassVar[bool] = True

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Columna:
        """La biblioteca pregunta aquí qué columna le toca a cada campo."""
        # De lo que nace, la historia no dice de qué estado venía.
        nace = field_name == "de" and issubclass(cls.modelo, CambioDeEstado)
        return Columna(django_field, admite_vacia=django_field.blank or nace or field_name in cls.vacias)

    @classmethod
    def filas(cls) -> "models.QuerySet[Any]":
        """Los renglones que se traspasan. Lo que la importación anota en la historia no viaja."""
        todas: models.QuerySet[Any] = cls.modelo._base_manager.all()
        return todas.exclude(verbo=VERBO) if issubclass(cls.modelo, CambioDeEstado) else todas

    @classmethod
    def columnas(cls) -> list[Columna]:
        """Una por campo, en el orden del modelo."""
        return list(cls.fields.values())

    @classmethod
    @cache
    def partes(cls) -> tuple[str, ...]:
        """Los campos que nombran un renglón y, quizá, `ORDINAL`.

        De una ruta («asiento__organo__clave») cuenta su primer campo: el nombre de aquel renglón lo da su
        propio recurso.
        """
        return tuple(dict.fromkeys(parte.partition("__")[0] for parte in cls.llave))

    @classmethod
    def partes_del_nombre(cls) -> tuple[str, ...]:
        """Los encabezados de las columnas que nombran un renglón."""
        partes: list[str] = []
        for parte in cls.partes():
            if parte == ORDINAL:
                partes.append(COLUMNA_ORDINAL)
            elif cls.fields[parte].relacion is cls.modelo:
                raise ImproperlyConfigured(f"La llave de «{cls.clave}» se nombra a sí misma: {parte}.")
            else:
                partes.extend(cls.fields[parte].encabezados)
        return tuple(partes)

    @classmethod
    def celdas_del_nombre(cls) -> tuple[celdas.Celda, ...]:
        """Cómo se escribe cada parte del nombre."""
        suyas: list[celdas.Celda] = []
        for parte in cls.partes():
            if parte == ORDINAL:
                suyas.append(celdas.Entero())
            elif (columna := cls.fields[parte]).relacion is None:
                suyas.append(columna.celda)
            else:
                suyas.extend(columna.recurso.celdas_del_nombre())
        return tuple(suyas)

    @classmethod
    def encabezados(cls) -> tuple[str, ...]:
        """La primera línea del archivo."""
        propios = tuple(nombre for columna in cls.columnas() for nombre in columna.encabezados)
        return (COLUMNA_ORDINAL, *propios) if ORDINAL in cls.partes() else propios

    @classmethod
    def depende_de(cls) -> set["type[Recurso]"]:
        """Los recursos que deben importarse antes."""
        return {c.recurso for c in cls.columnas() if c.relacion is not None and c.relacion is not cls.modelo}

    @classmethod
    def con_estado(cls) -> bool:
        """Si sus renglones tienen vida propia: el estado cambia con su verbo, nunca con un archivo."""
        return issubclass(cls.modelo, ConEstado)

    @classmethod
    def al_nacer(cls) -> Mapping[str, Any]:
        """Los valores, por `attname`, que lleva un renglón nuevo en los campos que no viajan."""
        return {}

    def preparar(self, motor: "Motor") -> None:
        """Se llama una vez, antes de sus renglones: aquí sí puede consultar la base."""

    def al_llegar(self, objeto: Any) -> None:
        """Se llama con cada renglón nuevo justo antes de guardarse: por ejemplo, para anotar su eslabón."""

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Por qué no puede entrar un renglón: pares de columna y razón. Cada recurso dice lo suyo.

        `antes` son los valores del que ya existe, por `attname`; None si es nuevo. No consulta la base.
        """
        return ()
