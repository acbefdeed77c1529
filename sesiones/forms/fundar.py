"""Fundar un secretariado municipal: una sola forma, con todo propuesto a partir del municipio."""

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from sesiones import asientos_pegados, modelos_de_organo, permisos
from sesiones.asientos_pegados import NUEVA, Renglon
from sesiones.estados import ClaseOrgano, TipoRol
from sesiones.fundar import Fundacion, Lugar, municipios, propuesta
from sesiones.modelos_de_organo import Modelo
from sesiones.models import Denominacion, Institucion, Organo
from sesiones.models.reglas import Reinicio
from stl_portal.cuentas.models import Usuario
from stl_portal.espanol import llano
from stl_portal.versiones import entero

from .base import FormaMesa, Linea, Llano
from .registros import Grupo

# Lo que se propone del municipio: columna de `fundar.propuesta` → campo de la forma.
PROPUESTOS = {
    "nombre": "oficial",
    "nombre_corto": "corto",
    "siglas": "siglas",
    "lugar": "lugar",
    "clave": "clave",
}
LA_MISMA = "la-misma"  # que la del otro renglón
SIN_CUENTA = "No hay una cuenta con ese correo: escribe el nombre para crearla."
CON_NOMBRE = "Solo si ese correo todavía no tiene cuenta."
EJEMPLO = "Universidad de Guanajuato | academia\nAyuntamiento | poder público | presidencia"
GRUPOS = (
    ("Qué secretariado es", ("municipio",)),
    ("Cambiar los nombres o la clave que se proponen…", ("oficial", "corto", "siglas", "lugar", "clave")),
    ("De dónde copia sus reglas, sus frases y su orden del día", ("modelo", "citas", "reinicio")),
    ("Quién lo lleva", ("facilita", "facilita_nombre", "enlace", "enlace_nombre")),
    ("Quiénes lo integran", ("asientos",)),
)


class FormaFundar(FormaMesa):
    """Lo que se deja vacío se propone; `propuesto_para` recuerda para qué municipio se propuso."""

    ALIAS = MappingProxyType({"clave_municipio": "municipio", "nombre": "oficial", "nombre_corto": "corto"})

    municipio = forms.ChoiceField(help_text="De él se proponen los nombres y la dirección.")
    propuesto_para = forms.CharField(required=False, widget=forms.HiddenInput)
    oficial = Linea(label="Nombre oficial", required=False, max_length=250)
    corto = Linea(label="Nombre corto", required=False, max_length=100)
    siglas = Linea(required=False, max_length=20)
    lugar = Linea(label="Lugar de expedición", required=False, max_length=120)
    clave = forms.SlugField(
        label="Clave en las direcciones", required=False, max_length=40, help_text="Ya no cambia después."
    )
    modelo = forms.ChoiceField(label="Modelo")
    citas = forms.BooleanField(
        label="Copiar también sus citas legales", required=False, help_text="Si el modelo es otro órgano."
    )
    reinicio = forms.ChoiceField(
        label="La numeración de sus sesiones reinicia",
        required=False,
        choices=[("", "Como en el modelo"), *Reinicio.choices],
    )
    facilita = forms.EmailField(
        label="Correo de quien facilita", help_text="Le llega un correo con la liga a su mesa."
    )
    facilita_nombre = Linea(
        label="Nombre de quien facilita", required=False, max_length=200, help_text=CON_NOMBRE
    )
    enlace = forms.EmailField(
        label="Correo del enlace municipal", required=False, help_text="Consulta la mesa y lleva el avance."
    )
    enlace_nombre = Linea(label="Nombre del enlace", required=False, max_length=200, help_text=CON_NOMBRE)
    asientos = Llano(
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EJEMPLO}),
        help_text="Uno por renglón: institución | sector | función. También puedes pegar tres columnas de "
        "una hoja de cálculo. Sin función, es integrante. El lugar de quien facilita se agrega solo. Si lo "
        "dejas vacío, los agregas después.",
    )

    def __init__(self, estatal: Organo, por: Any, hoy: dt.date, datos: QueryDict | None = None) -> None:
        """Ofrece los municipios sin secretariado y, si hay asientos parecidos a otros, pregunta cuál es."""
        self.estatal, self.por, self.hoy = estatal, por, hoy
        self.todos = municipios()
        super().__init__(self._con_propuestas(datos) if datos else None)
        self._opciones()
        self.renglones = asientos_pegados.leer(self.data.get("asientos", ""))
        for renglon in self.renglones:
            if renglon.se_pregunta:
                self.fields[renglon.campo] = _cual(renglon)

    def _con_propuestas(self, datos: QueryDict) -> Mapping[str, Any]:
        """Lo enviado, con lo vacío (o lo propuesto para otro municipio) propuesto para este."""
        completos = datos.copy()
        if "cambiar" in datos:  # se aceptó el sector que se ofrecía en ese renglón
            cambiados = asientos_pegados.con_sector_cercano(
                datos.get("asientos", ""), entero(datos["cambiar"])
            )
            completos["asientos"] = cambiados
        elegido = self.todos.get(datos.get("municipio", ""))
        if elegido is None:
            return completos
        antes = self.todos.get(datos.get("propuesto_para", ""))
        ya = propuesta(antes, ficticio=self.estatal.ficticio) if antes else {}
        for columna, valor in propuesta(elegido, ficticio=self.estatal.ficticio).items():
            escrito = datos.get(PROPUESTOS[columna], "").strip()
            if escrito in ("", ya.get(columna)):
                completos[PROPUESTOS[columna]] = valor
        completos["propuesto_para"] = elegido.clave
        return completos

    def _opciones(self) -> None:
        """Municipios y modelos que se pueden elegir."""
        self.ocupados = self._con_secretariado()
        pedido = self.data.get("municipio")  # el que ya lo tiene no se ofrece, pero se explica
        libres = [(c, m.nombre) for c, m in self.todos.items() if c not in self.ocupados or c == pedido]
        municipio: Any = self.fields["municipio"]
        municipio.choices = [("", "Elige el municipio"), *libres]
        modelo: Any = self.fields["modelo"]
        modelo.choices = [
            *((f"plantilla:{clave}", nombre) for clave, nombre in modelos_de_organo.plantillas()),
            *((f"organo:{o.pk}", o.denominacion(self.hoy).nombre) for o in self._organos()),
        ]

    def _organos(self) -> list[Organo]:
        """Los que la cuenta administra y tienen reglas hoy: los demás no sirven de modelo."""
        suyos: Any = permisos.organos_que_administra(self.por, self.hoy)
        con_reglas = suyos.secretariados().con_nombre().prefetch_related("reglas")
        return [o for o in con_reglas if any(r.vigente(self.hoy) for r in o.reglas.all())]

    def _con_secretariado(self) -> set[str]:
        """Los municipios donde ya hay uno; los de un órgano ficticio no cuentan para los reales."""
        hay = Organo.objects.filter(clase=ClaseOrgano.MUNICIPAL, ficticio=self.estatal.ficticio)
        if self.estatal.ficticio:
            hay = hay.filter(acompanado_por=self.estatal)
        return set(hay.values_list("clave_municipio", flat=True))

    def grupos(self) -> list[Grupo]:
        """Los campos por asunto; los de las instituciones parecidas, junto a los asientos."""
        por_elegir = tuple(r.campo for r in self.renglones if r.campo in self.fields)
        return [
            Grupo(
                titulo,
                [self[c] for c in (*campos, *(por_elegir if "asientos" in campos else ()))],
                titulo[-1] == "…",
            )
            for titulo, campos in GRUPOS
        ]

    def clean_municipio(self) -> str:
        """La clave INEGI, si no tiene ya su secretariado."""
        clave = str(self.cleaned_data["municipio"])
        if clave in self.ocupados:
            raise ValidationError(f"{self.todos[clave].nombre} ya tiene su secretariado en el portal.")
        return clave

    def clean_asientos(self) -> str:
        """Cada renglón que no se admite, con su número y su razón."""
        errores = [f"Renglón {r.numero}: {r.error}" for r in self.renglones if r.error]
        if len(self.renglones) > asientos_pegados.MAXIMOS:
            errores = [f"Son {len(self.renglones)} renglones; el máximo es {asientos_pegados.MAXIMOS}."]
        if errores:
            raise ValidationError(errores)
        return str(self.cleaned_data["asientos"])

    def clean(self) -> dict[str, Any]:
        """Pide el nombre de quien todavía no tiene cuenta."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        for papel in ("facilita", "enlace"):
            if self._falta_su_nombre(papel, datos):
                self.add_error(f"{papel}_nombre", SIN_CUENTA)
        if "asientos" in datos:
            self._exigir_sin_repetir()
        return datos

    def _exigir_sin_repetir(self) -> None:
        """Lo elegido puede dejar dos veces el mismo lugar: se dice en el renglón donde se eligió."""
        primero: dict[tuple[str, str], Renglon] = {}
        for renglon in self.renglones:
            ya = primero.setdefault((self._cual_es(renglon), renglon.funcion), renglon)
            if ya is not renglon:
                frase = f"Sería el mismo asiento del renglón {ya.numero}: quita uno de los dos."
                self.add_error(renglon.campo if renglon.campo in self.fields else "asientos", frase)

    def _cual_es(self, renglon: Renglon) -> str:
        """Lo que identifica a la institución de ese renglón, según lo elegido."""
        elegida = str(self.cleaned_data.get(renglon.campo, NUEVA))
        if renglon.igual_a and elegida == LA_MISMA:
            return self._cual_es(renglon.igual_a)
        if renglon.existe:
            return str(renglon.existe.pk)
        return elegida if elegida in {str(i.pk) for i in renglon.parecidas} else llano(renglon.nombre)

    def _falta_su_nombre(self, papel: str, datos: Mapping[str, Any]) -> bool:
        """Si esa cuenta habría que crearla y nadie dijo cómo se llama la persona."""
        correo = datos.get(papel)
        if not correo or datos.get(f"{papel}_nombre") or self._mismo(papel, datos):
            return False
        return not Usuario.objects.filter(email__iexact=correo).exists()

    def _mismo(self, papel: str, datos: Mapping[str, Any]) -> bool:
        """Si el enlace es la misma persona que facilita, su nombre ya se dijo."""
        return papel == "enlace" and datos["enlace"].lower() == (datos.get("facilita") or "").lower()

    def fundacion(self) -> Fundacion:
        """Lo que se va a crear. Lanza `ValidationError` si el modelo ya no tiene reglas."""
        datos = self.cleaned_data
        return Fundacion(
            organo=Organo(
                clave=datos["clave"],
                clase=ClaseOrgano.MUNICIPAL,
                clave_municipio=datos["municipio"],
                acompanado_por=self.estatal,
                ficticio=self.estatal.ficticio,
            ),
            denominacion=Denominacion(
                nombre=datos["oficial"],
                nombre_corto=datos["corto"],
                siglas=datos["siglas"],
                lugar=datos["lugar"],
            ),
            modelo=self._modelo(),
            administra=self.por,
            lugares=self._lugares(),
            roles=list(self._roles()),
        )

    def _modelo(self) -> Modelo:
        de, _, cual = self.cleaned_data["modelo"].partition(":")
        if de == "plantilla":
            modelo = modelos_de_organo.de_plantilla(cual)
        else:
            organo = Organo.objects.get(pk=entero(cual))
            modelo = modelos_de_organo.de_organo(organo, self.hoy, con_citas=self.cleaned_data["citas"])
        modelo.regla.reinicio = self.cleaned_data["reinicio"] or modelo.regla.reinicio
        return modelo

    def _lugares(self) -> list[Lugar]:
        """Los asientos; los que nombran a la misma institución la comparten."""
        instituciones: dict[str, Institucion] = {}
        return [Lugar(self._institucion(r, instituciones), r.funcion) for r in self.renglones]

    def _institucion(self, renglon: Renglon, instituciones: dict[str, Institucion]) -> Institucion:
        cual = self._cual_es(renglon)
        conocidas = {str(i.pk): i for i in renglon.parecidas}
        hallada = renglon.existe or conocidas.get(cual)
        nueva = Institucion(nombre=renglon.nombre, sector=renglon.sector)
        return instituciones.setdefault(cual, hallada or nueva)

    def _roles(self) -> Iterator[tuple[Usuario, TipoRol]]:
        datos = self.cleaned_data
        for papel, tipo in (("facilita", TipoRol.FACILITADORA), ("enlace", TipoRol.ENLACE)):
            if correo := datos[papel]:
                nombre = datos[f"{papel}_nombre"] or datos["facilita_nombre"]
                yield Usuario(email=correo.lower(), nombre=nombre), tipo


def _cual(renglon: Renglon) -> forms.ChoiceField:
    """Si es una de las registradas, la de otro renglón o una distinta; nada viene elegido."""
    otro = renglon.igual_a
    sector = " (falta decir su sector)" if not renglon.sector else ""
    return forms.ChoiceField(
        label=f"Cuál es la del renglón {renglon.numero}, «{renglon.nombre}»",
        choices=[
            ("", "Elige"),
            *((str(i.pk), f"Es «{i.nombre}», ya registrada") for i in renglon.parecidas),
            *([(LA_MISMA, f"Es la del renglón {otro.numero}, «{otro.nombre}»")] if otro else []),
            *([] if sector else [(NUEVA, f"Es otra: registrar «{renglon.nombre}»")]),
        ],
        error_messages={"required": "Elige una opción."},
        help_text="" if not sector else "Para registrarla como otra, agrega su sector al renglón.",
    )
