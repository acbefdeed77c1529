"""La cuenta con la que entra una persona: correo, nombre y nada más."""

from typing import Any

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
