"""Qué es una guarda: algo que la base misma impide, escrito en su propio idioma."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guarda:
    """Un disparador o una restricción con nombre propio.

    `texto` es lo que la base muestra de ella cuando está intacta; vacío si solo se mira el nombre.
    `ordenes` la ponen, o la reponen si alguien la cambió.
    """

    nombre: str
    texto: str
    ordenes: tuple[str, ...]


def disparador(nombre: str, tabla: str, cuando: str, condicion: str, mensaje: str) -> Guarda:
    """Uno de SQLite que rechaza la escritura `cuando` (INSERT, UPDATE, DELETE) si se cumple `condicion`."""
    crear = (
        f'CREATE TRIGGER "{nombre}" BEFORE {cuando} ON "{tabla}" WHEN {condicion} '
        f"BEGIN SELECT RAISE(ABORT, {literal(mensaje)}); END"
    )
    return Guarda(nombre, crear, (f'DROP TRIGGER IF EXISTS "{nombre}"', crear))


def literal(texto: str) -> str:
    """Un texto entre comillas de SQL."""
    return "'" + texto.replace("'", "''") + "'"
