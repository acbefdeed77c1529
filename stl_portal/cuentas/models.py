"""La cuenta con la que entra una persona, su invitación y las sesiones que tiene abiertas."""

import datetime as dt
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class UsuarioManager(BaseUserManager["Usuario"]):
    """Crea cuentas por correo."""

    def create_user(self, email: str, password: str | None = None, **campos: Any) -> "Usuario":
        """Crea una cuenta; el correo se guarda en minúsculas."""
        usuario = self.model(email=email.strip().lower(), **campos)
        usuario.set_password(password)
        usuario.save(using=self._db)
        return usuario

    def create_superuser(self, email: str, password: str | None = None, **campos: Any) -> "Usuario":
        """Crea una cuenta con acceso de administración técnica."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **campos)

    def get_by_natural_key(self, username: str | None) -> "Usuario":
        """Encuentra la cuenta sin distinguir mayúsculas."""
        return self.get(email__iexact=username)


class Usuario(AbstractBaseUser, PermissionsMixin):
    """Quien entra al portal. Sus roles por órgano viven en `sesiones.Rol`."""

    email = models.EmailField("correo electrónico", unique=True)
    nombre = models.CharField("nombre completo", max_length=200)
    is_active = models.BooleanField("activa", default=True)
    is_staff = models.BooleanField("administración técnica", default=False)
    date_joined = models.DateTimeField("alta", auto_now_add=True)

    objects = UsuarioManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nombre"]

    class Meta:
        verbose_name = "cuenta"
        verbose_name_plural = "cuentas"
        constraints = (models.UniqueConstraint(Lower("email"), name="cuenta_correo_unico"),)

    def __str__(self) -> str:
        return self.nombre or self.email

    def get_full_name(self) -> str:
        """Nombre para mostrar."""
        return str(self)

    def get_short_name(self) -> str:
        """Primer nombre para saludos."""
        return str(self).split()[0]


class SesionAbierta(models.Model):
    """Una entrada que sigue abierta en un aparato; se borra cuando se cierra."""

    cuenta = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="sesiones_abiertas")
    llave = models.CharField("llave de la sesión", max_length=40, unique=True)
    agente = models.CharField("lo que dice ser el navegador", max_length=300, blank=True)
    direccion = models.GenericIPAddressField("dirección de red", null=True, blank=True)
    abierta_el = models.DateTimeField("se abrió")
    vista_el = models.DateTimeField("se usó por última vez")

    class Meta:
        verbose_name = "sesión abierta"
        verbose_name_plural = "sesiones abiertas"

    def __str__(self) -> str:
        return f"Sesión de {self.cuenta_id}, abierta el {self.abierta_el:%d/%m/%Y}"


class InvitacionQuerySet(models.QuerySet["Invitacion"]):
    """Preguntas sobre invitaciones, encadenables."""

    def pendientes(self) -> Self:
        """Ni aceptadas ni retiradas; las vencidas siguen aquí, porque se pueden reenviar."""
        return self.filter(aceptada_el=None, revocada_el=None)

    def vigentes(self, ahora: dt.datetime) -> Self:
        """Las pendientes cuya liga todavía abre."""
        return self.pendientes().filter(vence_el__gt=ahora)


class Invitacion(models.Model):
    """La llave, de un solo uso, con que una persona abre la cuenta que se le dio; se guarda su huella."""

    cuenta = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="invitaciones")
    invita = models.ForeignKey(
        Usuario, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitaciones_hechas"
    )
    ambito = models.CharField("clave del órgano", max_length=40, blank=True, help_text="Vacía: el portal.")
    a_que = models.TextField("a qué se le invita")
    huella = models.CharField("huella de la liga", max_length=64, unique=True)
    enviada_el = models.DateTimeField("se envió")
    vence_el = models.DateTimeField("vence")
    aceptada_el = models.DateTimeField("se aceptó", null=True, blank=True)
    revocada_el = models.DateTimeField("se retiró", null=True, blank=True)

    objects = InvitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        constraints = (
            models.UniqueConstraint(
                fields=("cuenta", "ambito"),
                condition=models.Q(aceptada_el=None, revocada_el=None),
                name="una_invitacion_pendiente_por_ambito",
            ),
        )

    def __str__(self) -> str:
        return f"Invitación {self.a_que}"

    def vencio(self, ahora: dt.datetime) -> bool:
        """Si su liga ya no abre por el tiempo que pasó."""
        return self.vence_el <= ahora
