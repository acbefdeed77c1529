"""Lo que de los correos enseña la demostración: quien los junta, quien sigue un tema y uno que rebota."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.utils import timezone

from stl_portal.cuentas.demostracion import DOMINIO

from . import envio, preferencias, rebotes, seguidores
from .models import Aviso, Modo, Preferencia
from .rebotes import Fallo
from .registro import temas

ELIGE = f"presidencia{DOMINIO}"
ELIGIO = {"acta.publicada": Modo.RESUMEN, "acta.recordatorio": Modo.RESUMEN, "pregunta.recordatorio": Modo.NO}
SIGUE, REBOTA = f"vecina{DOMINIO}", f"buzon-cerrado{DOMINIO}"


def cargar(decir: Callable[[str], None]) -> None:
    """Repetirlo no repite nada."""
    cuenta = get_user_model()._default_manager.filter(email=ELIGE).first()
    if cuenta is None or Preferencia.objects.filter(usuario=cuenta).exists():
        return
    preferencias.guardar(cuenta.pk, ELIGIO)
    ahora = timezone.now()
    ofrecidos = list(temas(timezone.localdate(ahora)).values())[:2]
    for correo in (SIGUE, REBOTA):
        seguidores.pedir(correo, ofrecidos, ahora)
    dicho = "550 5.1.1 Ese buzón no existe (ficticio)"
    for mandado in Aviso.objects.filter(para=REBOTA, enviado_el__isnull=False):
        rebotes.anotar([Fallo(REBOTA, "5.1.1", dicho, mandado.pk, envio.ficha(mandado), "demostracion")])
    decir("Correos: se leen en /correo/; una persona ficticia los junta y una dirección ficticia rebota.")
