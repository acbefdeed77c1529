"""Los mensajes sobre la cuenta de una persona; los textos son los que pide allauth por su nombre."""

import datetime as dt
from typing import Any

from stl_portal.avisos.clases import A_PEDIDO, SEGURIDAD, Clase, apuntar

_EJEMPLO: dict[str, Any] = {
    "user": {"email": "persona@ejemplo.example"},
    "timestamp": dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC),
    "ip": "192.0.2.10",
    "quedan": 8,
    "password_reset_url": "https://portal.example/contrasena/nueva/ejemplo/",
    "aparato": "Firefox en Windows",
    "cuantas": 2,
    "anterior": "anterior@ejemplo.example",
    "nuevo": "persona@ejemplo.example",
}


def _de(prefijo: str, nombre: str, cuando: str, *, siempre: str = SEGURIDAD, efimera: bool = False) -> Clase:
    """La clase de una pareja de plantillas de allauth: `…_subject.txt` y `…_message.txt`."""
    return Clase(
        clave=f"cuenta.{prefijo.rpartition('/')[2]}",
        nombre=nombre,
        cuando=cuando,
        quienes="A la dueña o el dueño de la cuenta",
        asunto=f"{prefijo}_subject.txt",
        plantilla=f"{prefijo}_message.txt",
        ejemplo=_EJEMPLO,
        siempre=siempre,
        boton="Elegir mi contraseña" if efimera else "Abrir en el portal",
        efimera=efimera,
    )


OLVIDADA = "account/email/password_reset_key"
DESCONOCIDA = "account/email/unknown_account"
QUITADO = "mfa/email/removed_by_administration"
APARATO_NUEVO = "account/email/new_device"
SESIONES_CERRADAS = "account/email/sessions_closed"
OTRO_CORREO = "account/email/email_changed"

# Por el nombre con que allauth pide cada una.
POR_PREFIJO = {
    OLVIDADA: _de(
        OLVIDADA,
        "Elegir otra contraseña",
        "Al pedirlo en «Olvidé mi contraseña»",
        siempre=A_PEDIDO,
        efimera=True,
    ),
    DESCONOCIDA: _de(
        DESCONOCIDA,
        "No hay cuenta con ese correo",
        "Al pedir contraseña con un correo que no es de ninguna cuenta",
        siempre=A_PEDIDO,
    ),
    **{
        prefijo: _de(prefijo, nombre, cuando)
        for prefijo, nombre, cuando in (
            ("account/email/password_changed", "Cambió la contraseña", "Al cambiarla"),
            ("account/email/password_reset", "Contraseña nueva con la liga", "Al elegirla con la liga"),
            ("account/email/password_set", "La cuenta ya tiene contraseña", "Al ponerla por primera vez"),
            ("mfa/email/totp_activated", "Se activó el código del teléfono", "Al activarlo"),
            ("mfa/email/totp_deactivated", "Se desactivó el código del teléfono", "Al desactivarlo"),
            ("mfa/email/webauthn_added", "Llave de acceso nueva", "Al agregarla"),
            ("mfa/email/webauthn_removed", "Se quitó una llave de acceso", "Al quitarla"),
            ("mfa/email/recovery_codes_generated", "Códigos de recuperación nuevos", "Al generarlos"),
            ("mfa/email/recovery_code_used", "Se usó un código de recuperación", "Al usarlo"),
            (QUITADO, "La administración quitó los dos pasos", "Cuando la administración los quita"),
            (APARATO_NUEVO, "Entrada desde un aparato nuevo", "La primera vez que se entra desde él"),
            (SESIONES_CERRADAS, "Se cerraron sesiones", "Al cerrarlas en «Dónde está abierta tu cuenta»"),
            (OTRO_CORREO, "Cambió el correo de la cuenta", "Al cambiarlo; va al anterior y al nuevo"),
        )
    },
}
# Lo que una versión nueva de allauth avise y todavía no tenga la suya.
OTRO = Clase(
    clave="cuenta.otro",
    nombre="Otro cambio en la cuenta",
    cuando="Al cambiar algo de cómo se entra a ella",
    quienes="A la dueña o el dueño de la cuenta",
    asunto="Cambió algo en tu cuenta",
    plantilla="account/email/base_notification.txt",
    ejemplo=_EJEMPLO,
    siempre=SEGURIDAD,
)

_VENCE = dt.datetime(2026, 11, 25, 16, 30, tzinfo=dt.UTC)
_A_QUE = "a ser personal técnico en el Secretariado de ejemplo"
INVITACION = Clase(
    clave="cuenta.invitacion",
    nombre="Invitación a abrir una cuenta",
    cuando="Al dar una cuenta a quien no la tenía, y al reenviarla",
    quienes="A la persona invitada",
    asunto="Tu invitación al portal",
    plantilla="avisos/correo/invitacion.txt",
    ejemplo={
        "cuenta": {"email": "persona@ejemplo.example"},
        "quien": "Administradora de ejemplo",
        "a_que": _A_QUE,
        "liga": "https://portal.example/invitacion/ejemplo/",
        "vence_el": _VENCE,
    },
    siempre=A_PEDIDO,
    boton="Abrir mi cuenta",
    efimera=True,
)
QUE_SIGUE = Clase(
    clave="cuenta.invitacion_que_sigue",
    nombre="Qué hacer con una invitación sin abrir",
    cuando="Al pedir contraseña para una cuenta que todavía espera a su dueña",
    quienes="A la persona invitada",
    asunto="Tu cuenta se abre con una invitación",
    plantilla="avisos/correo/invitacion_que_sigue.txt",
    ejemplo={"quien": "Administradora de ejemplo", "vence_el": _VENCE, "retirada": False, "vencida": True},
    siempre=A_PEDIDO,
)
ACEPTADA = Clase(
    clave="cuenta.invitacion_aceptada",
    nombre="Se aceptó una invitación",
    cuando="Cuando la persona invitada abre su cuenta",
    quienes="A quien la invitó",
    asunto="{quien} aceptó tu invitación",
    plantilla="avisos/correo/invitacion_aceptada.txt",
    ejemplo={"quien": "Persona de ejemplo", "correo": "persona@ejemplo.example", "a_que": _A_QUE},
    siempre=SEGURIDAD,
)


def registrar() -> None:
    """Se llama desde `CuentasConfig.ready()`; repetirlo no duplica nada."""
    apuntar(*POR_PREFIJO.values(), OTRO, INVITACION, QUE_SIGUE, ACEPTADA)
