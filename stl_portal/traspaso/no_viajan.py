"""Las tablas del portal que no viajan, y por qué. Las de cada aplicación las dice ella."""

from collections.abc import Mapping

from . import registro

_PERMISOS = "Permisos de las cuentas"
_DE_ENTRAR = "Invitaciones y sesiones abiertas"
_CORREOS = "Suscripciones, preferencias y avisos"
_CADENA = "Registro público"
_AUDITORIA = "Auditoría"
_SOLO = "Lo que se rehace solo"
_PREGUNTAS = "Preguntas de la ciudadanía"
_VERSIONES = "Versiones de los datos abiertos"
_IMPORTACIONES = "Importaciones y exportaciones"
_RESPALDOS = "Respaldos y simulacros"

SIN_RECURSO: Mapping[str, str] = {
    **dict.fromkeys(("cuentas.Usuario_groups", "cuentas.Usuario_user_permissions"), _PERMISOS),
    **dict.fromkeys(("cuentas.Invitacion", "cuentas.SesionAbierta"), _DE_ENTRAR),
    **dict.fromkeys(
        ("avisos.Aviso", "avisos.Adjunto", "avisos.Suscripcion", "avisos.Preferencia", "avisos.Rebote"),
        _CORREOS,
    ),
    **dict.fromkeys(("sello.Eslabon", "sello.PuntoDeControl"), _CADENA),
    "auditoria.Acto": _AUDITORIA,
    **dict.fromkeys(
        ("publico.Edicion", "buscador.Hallable", "buscador.Pendiente", "buscador.Vocablo"), _SOLO
    ),
    **dict.fromkeys(
        (
            *("participacion.Foliador", "participacion.Pregunta"),
            *("participacion.CambioPregunta", "participacion.Respuesta"),
        ),
        _PREGUNTAS,
    ),
    **dict.fromkeys(("datos.VersionDeDatos", "datos.DatoQuitado"), _VERSIONES),
    **dict.fromkeys(
        ("traspaso.Importacion", "traspaso.CambioImportacion", "traspaso.Tanda"),
        _IMPORTACIONES,
    ),
    "respaldo.Corrida": _RESPALDOS,
}
# Lo mismo, como se dice en la página.
PORQUES: Mapping[str, str] = {
    _PERMISOS: "no viajan en un archivo: se dan en cada portal, uno por uno, con su segundo paso.",
    _DE_ENTRAR: "abren una cuenta de este portal: en el otro se invita y se entra otra vez.",
    _CORREOS: "cada quien confirmó su dirección en este portal y lleva ligas firmadas por él: se vuelven a"
    " pedir en el otro.",
    _CADENA: "es la cadena de cada portal; lo sellado que llega se anota otra vez, y dice que llegó por"
    " importación.",
    _AUDITORIA: "dice quién entró y qué cambió en este portal, con su propia cadena.",
    _SOLO: "el buscador y la cuenta de ediciones salen de lo demás.",
    _PREGUNTAS: "llevan el correo de quien preguntó y ligas firmadas, que aquí no abrirían nada: se"
    " contestan antes de mudarse.",
    _VERSIONES: "dicen qué publicó cada portal cada día: en el otro empiezan de nuevo.",
    _IMPORTACIONES: "dicen qué hizo cada portal con sus archivos.",
    _RESPALDOS: "dicen cuándo se respaldó cada portal.",
}


def registrar() -> None:
    """Las dice; se llama al arrancar."""
    registro.SIN_RECURSO.update(SIN_RECURSO)
    registro.NO_VIAJAN.update(PORQUES)
