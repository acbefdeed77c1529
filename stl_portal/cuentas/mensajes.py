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


def registrar() -> None:
    """Se llama desde `CuentasConfig.ready()`; repetirlo no duplica nada."""
    apuntar(*POR_PREFIJO.values(), OTRO)
