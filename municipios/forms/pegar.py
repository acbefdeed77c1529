"""Lo que se pega o se sube, y lo que se corrige de cada renglón en la vista previa."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from municipios.captura.celdas import HOJAS, NADA, Celdas, de_archivo, de_texto
from municipios.captura.columnas import FECHA, MOTIVO, NOTA, Columnas, Error
from municipios.captura.hoja import QUIEN, SIN_ELEGIR, Ajena
from municipios.captura.nombres import citar, llano
from municipios.captura.pegar import SOBRA, Fila
from municipios.models import Municipio
from sesiones.forms.base import Fecha, FormaMesa
from stl_portal.espanol import peso

QUITAR = "quitar"
TITULOS = {QUIEN: "Municipio", SOBRA: "Leer el renglón sin lo que sobra", QUITAR: "No leer este renglón"}
ILEGIBLE = (
    "No se entienden las letras de lo pegado. Cópialo otra vez de tu hoja de cálculo o sube el archivo."
)
AYUDAS = {FECHA: "2026-03-18 o 18/3/2026. Vacía: la fecha general."}


class FormaPegar(FormaMesa):
    """Las celdas, pegadas o en un archivo, y la fecha a la que constan."""

    nombre = "pegar"

    celdas = forms.CharField(
        label="Celdas copiadas de tu hoja de cálculo",
        required=False,
        strip=False,
        error_messages={"null_characters_not_allowed": ILEGIBLE},
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Cópialas con su renglón de encabezados y pégalas aquí.",
    )
    archivo = forms.FileField(
        label="O el archivo",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(sorted(HOJAS))}),
    )
    fecha = Fecha(
        label="Consta al",
        help_text="Para los renglones que no traen la suya. Si ya era así antes, pon ese día.",
    )

    def __init__(self, *args: Any, hoy: Any, **kwargs: Any) -> None:
        """`hoy` es la última fecha que se admite."""
        super().__init__(*args, **kwargs)
        self.hoy = hoy
        self.fields["fecha"].widget.attrs["max"] = hoy.isoformat()
        maximo = peso(settings.ARCHIVO_MAXIMO)
        self.fields[
            "archivo"
        ].help_text = (
            f"CSV, texto de Excel (TXT), Excel (XLSX) o LibreOffice (ODS). Hasta {maximo}. No se guarda."
        )

    def clean_fecha(self) -> Any:
        """Nada consta en un día que no ha llegado."""
        fecha = self.cleaned_data["fecha"]
        if fecha > self.hoy:
            raise ValidationError("La fecha todavía no llega.")
        return fecha

    def clean(self) -> dict[str, Any]:
        """Deja en `leidas` lo que se leyó, de un solo lugar."""
        datos = super().clean() or {}
        if not self.errors:
            datos["leidas"] = self._leer(datos)
        return datos

    def _leer(self, datos: dict[str, Any]) -> Celdas:
        archivo, pegado = datos.get("archivo"), datos.get("celdas", "")
        if archivo and pegado.strip():
            raise ValidationError("Llegaron celdas y archivo. Deja solo uno.")
        if not archivo and not pegado.strip():
            raise ValidationError({"celdas": NADA})
        try:
            return de_archivo(archivo) if archivo else de_texto(pegado)
        except ValidationError as error:
            raise ValidationError({"archivo" if archivo else "celdas": error}) from error


class FormaFecha(FormaMesa):
    """La fecha general, en la vista previa."""

    nombre = "general"

    fecha = Fecha(label="Consta al")


class FormaArreglo(forms.Form):
    """Un renglón con errores: un control por cada cosa que lo arregla, con su error al lado."""

    def __init__(self, fila: Fila, columnas: Columnas, municipios: list[Municipio]) -> None:
        """Muestra lo que el renglón dice; nada se elige solo."""
        self.fila, self.columnas, self.municipios = fila, columnas, municipios
        campos = {columna: self._campo(columna) for columna in self._por_arreglar()}
        dicho = {f"r{fila.lugar}-{columna}": self._valor(columna) for columna in campos}
        super().__init__(dicho, prefix=f"r{fila.lugar}", auto_id="%s")
        self.fields.update(campos)
        for columna, error in fila.errores.items():
            self.add_error(columna, error.frase)

    def _por_arreglar(self) -> list[str]:
        """Las columnas con error; si no se sabe de quién es o está de más, también se puede quitar."""
        errores = list(self.fila.errores)
        return [*errores, QUITAR] if {QUIEN, SOBRA} & set(errores) else errores

    def _valor(self, columna: str) -> str:
        """Lo escrito, si se corrige escribiendo; las listas empiezan sin elegir y las casillas, vacías.

        Si ya se sabe de quién es (viene repetido), la lista lo dice.
        """
        if columna == QUIEN and self.fila.municipio in self.municipios:
            return str(self.fila.municipio.clave)
        if columna in (FECHA, MOTIVO, NOTA):
            return self.fila.pegado.celdas.get(columna, "")
        return "" if columna in (QUITAR, SOBRA) else SIN_ELEGIR

    def _campo(self, columna: str) -> forms.Field:
        titulo = TITULOS.get(columna) or self.columnas.titulo(columna)
        if columna in (QUITAR, SOBRA):
            return forms.BooleanField(label=titulo, required=False)
        if columna in (FECHA, MOTIVO, NOTA):
            return forms.CharField(label=titulo, required=False, help_text=AYUDAS.get(columna, ""))
        return forms.ChoiceField(label=titulo, required=False, choices=list(self._opciones(columna)))

    def _opciones(self, columna: str) -> Iterator[tuple[str, str]]:
        yield SIN_ELEGIR, "Elige…"
        if columna == QUIEN:
            por_nombre = sorted(self.municipios, key=lambda m: llano(m.nombre))
            yield from ((m.clave, f"{m.nombre} ({m.clave})") for m in por_nombre)
            return
        yield "", "Se queda como está"
        yield from ((s.clave, s.nombre) for s in self.columnas.de_etapa[columna].situaciones.all())

    @property
    def resumen(self) -> list[tuple[str, str]]:
        """Cada error con su renglón y el control que lo arregla."""
        numero = self.fila.pegado.numero
        return [(f"Renglón {numero}: {e.frase}", self.add_prefix(c)) for c, e in self.fila.errores.items()]

    @property
    def ofrecidas(self) -> list[tuple[str, str]]:
        """Lo que se toma con un clic: valor del botón y lo que dice."""
        return [
            (f"{self.fila.lugar}:{columna}:{valor}", f"Sí, es {dicho}")
            for columna, error in self.fila.errores.items()
            for valor, dicho in error.sugerencias
        ]


class FormaAjena(forms.Form):
    """Qué es una columna cuyo encabezado no se reconoció."""

    def __init__(self, numero: int, ajena: Ajena, columnas: Columnas, usadas: list[str]) -> None:
        """Ofrece las columnas que no vinieron."""
        nombre = f"ajena-{numero}"
        super().__init__({nombre: SIN_ELEGIR}, auto_id="%s")
        libres = [(c, columnas.titulo(c)) for c in columnas.fields if c not in usadas]
        self.fields[nombre] = forms.ChoiceField(
            label=f"Columna {citar(ajena.texto)}",
            required=False,
            choices=[(SIN_ELEGIR, "Elige…"), *libres, ("", "No leerla")],
        )
        parecida = columnas.titulo(ajena.parecida)
        self.add_error(nombre, Error(f"No se reconoce. ¿Es «{parecida}»?").frase)
