"""Actas históricas: de un acta vieja, pegada o en archivo, a una sesión que una persona confirma."""
