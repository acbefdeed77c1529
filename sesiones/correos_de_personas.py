"""De quién es un correo: la persona que lo dio para sus avisos, su cuenta y quién conduce sus órganos."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from sesiones.estados import TipoRol
from sesiones.models import Asiento, Persona, Rol
from stl_portal.avisos.preferencias import DE_QUIEN_ES
from stl_portal.avisos.rebotes import QUIENES_ATIENDEN, Atiende
from stl_portal.publico.registro import apuntar


def cuentas(correo: str) -> Iterator[int]:
    """Las cuentas de quienes dieron ese correo para sus avisos."""
    con_cuenta = Persona.objects.filter(correo__iexact=correo, usuario__isnull=False)
    yield from con_cuenta.values_list("usuario", flat=True)


def atienden(correo: str) -> Iterator[Atiende]:
    """Las facilitadoras de hoy de los órganos donde participa quien recibe ahí, una vez cada una."""
    hoy = timezone.localdate()
    suya = Q(correo__iexact=correo) | Q(correo="", usuario__email__iexact=correo)
    personas = list(Persona.objects.filter(suya))
    de_cuenta = Rol.objects.vigentes(hoy).filter(usuario__email__iexact=correo)
    organos = set(de_cuenta.values_list("organo", flat=True))
    for persona in personas:
        ocupa = Q(nombramientos__persona=persona) | Q(suplencias__persona=persona)
        organos.update(Asiento.objects.filter(ocupa).values_list("organo", flat=True))
    conducen = Rol.objects.vigentes(hoy).filter(
        organo__in=organos, tipo=TipoRol.FACILITADORA, usuario__is_active=True
    )
    de_quien = personas[0].formal if personas else ""
    cuentas_ = {rol.usuario_id: rol.usuario for rol in conducen.select_related("usuario").order_by("pk")}
    for cuenta in cuentas_.values():
        yield Atiende(cuenta.email, str(cuenta), de_quien)


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(DE_QUIEN_ES, cuentas)
    apuntar(QUIENES_ATIENDEN, atienden)
