"""La edición de lo público: cambia cuando se escribe algo que la ciudadanía podría leer.

Se mira cada orden de SQL, no los modelos: `update()`, `bulk_create()` y las relaciones de muchos a muchos
no avisan de otro modo. Toda tabla cuenta salvo las de `PRIVADAS`, donde cada aplicación apunta las suyas:
olvidar una solo hace componer de más una página; nunca deja una vieja.

El cambio se anota al confirmarse la transacción, en una orden aparte, para que nadie espere el renglón de la
edición mientras dura una publicación. Entre la confirmación y la anotación pasan milisegundos; si el proceso
muere justo ahí, o alguien escribe en la base sin pasar por el portal, lo cura la vigencia máxima de las
páginas guardadas (`paginas_guardadas.VIGENCIA`).
"""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DEFAULT_DB_ALIAS

# Por qué escribir en esa tabla no cambia ninguna página pública.
PRIVADAS: dict[str, str] = {
    **dict.fromkeys(
        ("django_session", "cache_del_portal", "django_migrations", "django_content_type"), "De Django."
    ),
    "django_admin_log": "Quién cambió qué desde los registros: lo lee quien administra.",
    **dict.fromkeys(("auth_group", "auth_permission", "auth_group_permissions"), "De Django."),
    **dict.fromkeys(
        (
            *("cuentas_invitacion", "cuentas_sesionabierta"),
            *("cuentas_usuario", "cuentas_usuario_groups", "cuentas_usuario_user_permissions"),
            *("account_emailaddress", "account_emailconfirmation", "mfa_authenticator"),
        ),
        "De las cuentas: ninguna página pública dice quién tiene una.",
    ),
    **dict.fromkeys(
        ("avisos_aviso", "avisos_adjunto", "avisos_suscripcion", "avisos_preferencia", "avisos_rebote"),
        "Correos: los lee quien los recibe.",
    ),
    "auditoria_acto": "Quién hizo qué: lo lee quien audita.",
    "archivo_subida": "Lo que llega en partes todavía no es de nadie.",
    "publico_edicion": "Ella misma.",
}
# De las tablas que sí cuentan, aquellas cuyas filas nadie lee al nacer, y por qué: agregar una no cuenta.
NACEN_PRIVADAS: dict[str, str] = {
    "archivo_archivo": "Recién recibido no se llega a él: lo publica lo que después escribe quien lo usa.",
}
# De las tablas que sí cuentan, los campos que ninguna página pública lee: escribir solo en ellos no cuenta.
CAMPOS_PRIVADOS: dict[str, frozenset[str]] = {}
# Tablas que en este momento escribe alguien que sabe que nadie lee esas filas; se apunta con `en_reserva`.
_RESERVADAS: ContextVar[frozenset[str]] = ContextVar("_RESERVADAS", default=frozenset())
_DE_TODAS = frozenset({"version", "editado_por_id", "editado_el"})  # los de `versiones.ConVersion`

_ESCRIBE = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)"
    r"\s+(?:ONLY\s+)?[\"`]?(\w+)",
    re.IGNORECASE,
)
_CAMBIA = re.compile(r'"(\w+)" = ')
_LEER = "SELECT clave FROM publico_edicion WHERE id = 1"


def apuntar_privadas(tablas: Mapping[str, str], campos: Mapping[str, frozenset[str]] = {}) -> None:
    """Apunta tablas (con su porqué) y campos que no cambian lo público; se llama desde `ready()`."""
    PRIVADAS.update(tablas)
    CAMPOS_PRIVADOS.update(campos)


@contextmanager
def en_reserva(*tablas: str) -> Iterator[None]:
    """Lo que aquí se escriba en esas tablas no cuenta: quien llama comprobó que nadie lee esas filas."""
    antes = _RESERVADAS.set(_RESERVADAS.get() | set(tablas))
    try:
        yield
    finally:
        _RESERVADAS.reset(antes)


def vigente() -> str:
    """La clave de la edición vigente; vacía mientras nada se ha escrito. Una consulta."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_LEER)
        fila = cursor.fetchone()
    return fila[0] if fila else ""


def subir() -> None:
    """Estrena una edición: nada de lo guardado vale desde ahora."""
    from .models import Edicion

    nueva = {"clave": secrets.token_hex(16)}
    if not Edicion.objects.filter(pk=Edicion.UNICA).update(**nueva):
        Edicion.objects.update_or_create(pk=Edicion.UNICA, defaults=nueva)


class _Pausa:
    """Mientras se migra no se anota nada: la tabla de la edición puede no existir todavía."""

    migrando = False


def al_empezar_a_migrar(**_: Any) -> None:
    """Receptor de `pre_migrate`."""
    _Pausa.migrando = True


def al_migrar(**_: Any) -> None:
    """Receptor de `post_migrate`: lo que se migró también pudo cambiar lo público."""
    _Pausa.migrando = False
    subir()


def observar(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receptor de `connection_created`: desde ahora se mira lo que esa conexión escribe."""
    if connection.alias == DEFAULT_DB_ALIAS and _mirar not in connection.execute_wrappers:
        connection.execute_wrappers.append(_mirar)


def cambia_lo_publico(sql: str) -> bool:
    """Si esa orden escribe algo que la ciudadanía podría leer."""
    escrita = _ESCRIBE.match(sql)
    if escrita is None:
        return sql.startswith("TRUNCATE")  # vacía varias tablas de una vez
    tabla = escrita[1].lower()
    if tabla in NACEN_PRIVADAS and sql.lstrip()[:6].upper() == "INSERT":
        return False
    return tabla not in PRIVADAS and tabla not in _RESERVADAS.get() and not _solo_campos_privados(tabla, sql)


def _solo_campos_privados(tabla: str, sql: str) -> bool:
    """Un UPDATE sencillo que solo toca campos que nadie lee; con subconsultas, ante la duda, no."""
    privados, asignado = CAMPOS_PRIVADOS.get(tabla), sql.partition(" WHERE ")[0]
    if privados is None or not sql.startswith("UPDATE") or "SELECT" in asignado:
        return False
    return set(_CAMBIA.findall(asignado)) <= privados | _DE_TODAS


def _mirar(ejecutar: Callable[..., Any], sql: Any, params: Any, many: bool, contexto: dict[str, Any]) -> Any:
    resultado = ejecutar(sql, params, many, contexto)
    if not _Pausa.migrando and cambia_lo_publico(str(sql)):
        _apuntar_subida(contexto["connection"], contexto["cursor"])
    return resultado


def _apuntar_subida(conexion: BaseDatabaseWrapper, cursor: Any) -> None:
    """Al confirmarse la transacción; sin ella, al cerrar el cursor.

    Antes de cerrarlo, una orden suelta puede no haber terminado: SQLite espera a que se lea lo que devuelve.
    """
    if conexion.in_atomic_block:
        _al_confirmar(conexion)
    elif "close" not in vars(cursor):
        cerrar = cursor.close

        def cerrar_y_subir() -> None:
            del cursor.close
            cerrar()
            _al_confirmar(conexion)

        cursor.close = cerrar_y_subir


def _al_confirmar(conexion: BaseDatabaseWrapper) -> None:
    """Una sola vez por transacción; si se deshace la parte que escribió, Django también olvida esto."""
    if not any(pendiente[1] is subir for pendiente in conexion.run_on_commit):
        transaction.on_commit(subir, using=conexion.alias, robust=True)
