"""Si un error dice que la base no puede atender ahora: se pide volver (503), no es una falla (500)."""

from django.db.utils import DatabaseError, InterfaceError, OperationalError

ESPERA = 30  # segundos; lo que tarda en volver una base que se reinicia
# Las clases de PostgreSQL: conexión, recursos, se apaga o enciende, y quedó esperando a otro.
_DE_POSTGRES = ("08", "53", "57P", "58", "40001", "40P01", "55P03")
_DE_SQLITE = (
    *("database is locked", "database table is locked", "unable to open database file", "disk i/o error"),
    *("database or disk is full", "readonly database", "attempt to write a readonly"),
)


def es(error: BaseException | None) -> bool:
    """Si ese error, o lo que lo causó, es de la base que no contesta."""
    while error is not None:
        if isinstance(error, DatabaseError | InterfaceError) and _no_contesta(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _no_contesta(error: BaseException) -> bool:
    """El controlador lo dice con su código; sin código, PostgreSQL no llegó ni a contestar."""
    original, texto = error.__cause__, str(error).lower()
    if type(original).__module__.startswith("psycopg"):
        codigo = getattr(original, "sqlstate", None)
        if codigo is None:
            return isinstance(error, OperationalError | InterfaceError)
        return str(codigo).startswith(_DE_POSTGRES)
    if isinstance(error, InterfaceError):
        return "connection already closed" in texto
    return isinstance(error, OperationalError) and any(dicho in texto for dicho in _DE_SQLITE)
