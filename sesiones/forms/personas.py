"""Personas: nombre canónico, alias con su fuente, y la cuenta con la que entran."""

import re
from re import Pattern
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sesiones import roles
from sesiones.estados import TipoRol
from sesiones.models import AliasPersona, Organo, Persona, Rol
from sesiones.permisos import familia_de
from stl_portal.cuentas import invitaciones
from stl_portal.cuentas.models import Usuario
from stl_portal.espanol import con_articulo
from stl_portal.firma import certificados

from .base import Linea
from .registros import DESDE_HASTA, VACIO, ConRenglones, FormaRegistro


class FormaAlias(FormaRegistro):
    """Otra forma en que un documento escribió el nombre."""

    class Meta(FormaRegistro.Meta):
        model = AliasPersona
        fields = ("texto", "fuente")


Alias = forms.inlineformset_factory(
    Persona, AliasPersona, form=FormaAlias, extra=2, can_delete=True, can_delete_extra=False
)


def solo_de(persona: Persona, organo: Organo) -> bool:
    """Si solo este órgano o sus comisiones la tienen sentada: solo entonces corrige sus datos.

    Cambiar el nombre o la cuenta de quien integra otro órgano cambiaría lo que aquel publica y
    quién entra a su mesa.
    """
    filas = [*persona.nombramientos.all(), *persona.suplencias.all()]
    return {fila.asiento.organo_id for fila in filas} <= familia_de(organo)


# Lo que no se publica ni se enseña a otro órgano.
PRIVADOS = ("correo", "sexo_declarado", "rfc", "curp")


class Clave(Linea):
    """RFC o CURP: en mayúsculas, sin espacios ni guiones, y con su forma."""

    def __init__(self, *, forma: Pattern[str], largo: int, **opciones: Any) -> None:
        """`forma` es la expresión que debe cumplir completa y `largo` cuántos caracteres lleva."""
        super().__init__(**opciones)
        self.forma, self.largo = forma, largo

    def to_python(self, value: Any) -> str:
        """Quita lo que la gente escribe por costumbre. Lanza `ValidationError` si no tiene la forma."""
        clave = re.sub(r"[\s-]", "", super().to_python(value)).upper()
        if clave and not (len(clave) == self.largo and self.forma.fullmatch(clave)):
            raise ValidationError(
                f"Revisa el dato: {self.label} lleva {self.largo} letras y números, en su orden."
            )
        return clave


class FormaPersona(ConRenglones):
    """Datos de la persona; el correo, el RFC y la CURP son privados."""

    RENGLONES = Alias
    TITULO_RENGLONES = "Otras formas en que aparece su nombre"
    FIJOS = frozenset()

    rfc = Clave(
        label="RFC",
        required=False,
        forma=certificados.RFC,
        largo=certificados.LARGO_PERSONA_FISICA,
        help_text="No se publica: solo se compara con su e.firma cuando firma un acta.",
    )
    curp = Clave(
        label="CURP",
        required=False,
        forma=certificados.CURP,
        largo=18,
        help_text="No se publica: solo se compara con su e.firma cuando firma un acta.",
    )
    con_cuenta = forms.BooleanField(
        label="Puede entrar al portal con este correo",
        required=False,
        help_text="La contraseña la pone esa persona con la liga «¿Olvidaste tu contraseña?» de la entrada.",
    )

    class Meta(FormaRegistro.Meta):
        model = Persona
        fields = ("nombre", "apellidos", "tratamiento", "sexo", *PRIVADOS)

    field_order = (
        *("nombre", "apellidos", "tratamiento", "sexo", "correo", "con_cuenta"),
        *("sexo_declarado", "rfc", "curp"),
    )

    por: Any = None  # quien le da cuenta

    def __init__(self, *args: Any, organo: Organo, **kwargs: Any) -> None:
        """Retira lo que no toca a este órgano cambiar."""
        super().__init__(*args, **kwargs)
        self.organo = organo
        self.fields["con_cuenta"].initial = bool(self.instance.pk and self.instance.usuario_id)
        if self.instance.pk and not solo_de(self.instance, organo):
            for campo in (*PRIVADOS, "con_cuenta"):
                del self.fields[campo]

    def clean(self) -> dict[str, Any]:
        """La cuenta se identifica por el correo, y una cuenta es de una sola persona."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if datos.get("con_cuenta"):
            self._revisar_cuenta(datos.get("correo") or "")
        return datos

    def _revisar_cuenta(self, correo: str) -> None:
        """Anota por qué no se puede dar la cuenta."""
        if not correo:
            self.add_error("correo", "Escribe el correo con el que va a entrar.")
            return
        otra = Persona.objects.filter(usuario__email__iexact=correo).exclude(pk=self.instance.pk)
        if otra.exists():
            self.add_error("correo", "Ese correo ya es la cuenta de otra persona.")

    def save(self, commit: bool = True) -> Any:
        """Guarda a la persona y enlaza o retira su cuenta."""
        datos = self.cleaned_data
        with transaction.atomic():
            if "con_cuenta" in self.fields:
                self.instance.usuario = self._cuenta() if datos["con_cuenta"] else None
            return super().save(commit)

    def _cuenta(self) -> Usuario:
        """La cuenta con el correo de la persona; si no existe, nace sin contraseña y se le invita."""
        correo = self.instance.correo.strip().lower()
        if cuenta := Usuario.objects.filter(email__iexact=correo).first():
            return cuenta
        cuenta = Usuario.objects.create_user(correo, nombre=self.instance.nombre)
        nombre = self.organo.denominacion(timezone.localdate()).nombre
        a_que = f"a entrar al portal como integrante {con_articulo(nombre, 'de')}"
        invitaciones.invitar(cuenta, a_que=a_que, por=self.por, ambito=self.organo.clave)
        return cuenta


# Lo mismo que conceden los predicados de `permisos.py`.
QUE_HACE = {
    TipoRol.FACILITADORA: "conduce las sesiones y captura en la mesa y los registros",
    TipoRol.TECNICA: "captura en la mesa y los registros",
    TipoRol.ENLACE: "consulta la mesa",
    TipoRol.ADMINISTRADORA: "además de capturar, cambia reglas, nombres, citas y roles",
    TipoRol.AUDITORA: "consulta todo y no cambia nada",
}


class FormaRol(FormaRegistro):
    """Rol de una cuenta en el órgano, con fechas. La cuenta se dice por su correo."""

    correo = forms.EmailField(label="Correo de la cuenta")
    nombre = Linea(
        label="Nombre completo",
        required=False,
        max_length=200,
        help_text="Solo si la cuenta todavía no existe: le llega una invitación para abrirla.",
    )

    class Meta(FormaRegistro.Meta):
        model = Rol
        fields = ("tipo", "vigente_desde", "vigente_hasta")
        labels = {"tipo": "Qué le toca hacer"} | DESDE_HASTA
        help_texts = VACIO

    field_order = ("correo", "nombre", "tipo", "vigente_desde", "vigente_hasta")
    por: Any = None  # quien lo da

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Al editar, la cuenta no cambia: se termina un rol y se da otro."""
        super().__init__(*args, **kwargs)
        tipo: Any = self.fields["tipo"]
        tipo.choices = [(v, f"{nombre}: {QUE_HACE[v]}" if v else nombre) for v, nombre in tipo.choices]
        if self.instance.pk:
            del self.fields["correo"], self.fields["nombre"]

    def clean(self) -> dict[str, Any]:
        """Encuentra la cuenta, o pide el nombre para crearla."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if "correo" not in self.fields or not datos.get("correo"):
            return datos
        cuenta = Usuario.objects.filter(email__iexact=datos["correo"]).first()
        if cuenta is None and not datos.get("nombre"):
            raise ValidationError(
                {"nombre": "No hay una cuenta con ese correo: escribe el nombre para crearla."}
            )
        self.instance.usuario = cuenta or Usuario(email=datos["correo"].lower(), nombre=datos["nombre"])
        return datos

    def save(self, commit: bool = True) -> Any:
        """Da el rol con su aviso; corregir sus fechas no avisa otra vez."""
        if self.instance.pk and "tipo" not in self.changed_data:
            return super().save(commit)
        roles.dar(self.instance, self.por)
        return self.instance
