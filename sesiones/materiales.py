"""Quién abre los materiales de lo que un órgano hizo: cualquiera si es público; si no, quien lee su mesa.

Sirve a los eventos de la agenda y a las capacitaciones de los municipios.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import pre_delete
from django.utils import timezone

from sesiones.models import Organo
from sesiones.permisos import puede_leer_mesa
from stl_portal.archivo import vitrina
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.permisos import ACCESO, POR_DENTRO
from stl_portal.publico.registro import apuntar


@dataclass(frozen=True)
class Materiales:
    """Los de un modelo con `archivo`: cuáles son públicos y por dónde se llega a ellos desde el órgano."""

    modelo: type[Model]
    publicos: Q
    desde_el_organo: str  # «eventos__materiales»

    def puede_abrir(self, usuario: Any, archivo: Archivo) -> bool:
        """Si es público o la cuenta lo lee por dentro."""
        publicos = self.modelo._default_manager.filter(self.publicos, archivo=archivo)
        return publicos.exists() or self.lee_por_dentro(usuario, archivo)

    def lee_por_dentro(self, usuario: Any, archivo: Archivo) -> bool:
        """Si la cuenta lee la mesa del órgano que lo registró."""
        if not usuario.is_authenticated:
            return False
        hoy = timezone.localdate()
        organos = Organo.objects.filter(**{f"{self.desde_el_organo}__archivo": archivo}).distinct()
        return any(puede_leer_mesa(usuario, organo, hoy) for organo in organos)

    def registrar(self) -> None:
        """Se llama desde `AppConfig.ready()`; repetirlo no duplica nada."""
        apuntar(ACCESO, self.puede_abrir)
        apuntar(POR_DENTRO, self.lee_por_dentro)
        uid = f"material-quitado:{self.modelo._meta.label}"
        pre_delete.connect(al_quitarse, sender=self.modelo, dispatch_uid=uid)


def al_quitarse(sender: Any, instance: Any, **_: Any) -> None:
    """Lo que se quita deja de entregarse en esa misma transacción."""
    if instance.archivo is not None:
        vitrina.retirar(instance.archivo)
