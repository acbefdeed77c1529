"""Leer del cubo cuando la conexión se cae a la mitad."""

import os

from stl_portal.archivo import cubo


def test_si_la_lectura_se_corta_a_la_mitad_sigue_donde_iba() -> None:
    contenido = os.urandom(100_000)
    cortes = iter((40_000, 30_000))

    class Cortado:
        """Lo que el servicio manda hasta que la conexión se cae."""

        def __init__(self, desde: int, hasta: int) -> None:
            self.quedan = contenido[desde : min(hasta + 1, desde + next(cortes, len(contenido)))]

        def read(self, cuantos: int) -> bytes:
            leido, self.quedan = self.quedan[:cuantos], self.quedan[cuantos:]
            return leido

        def close(self) -> None:
            pass

    lectura = cubo.Lectura("uno", len(contenido), Cortado)
    leido = bytearray(len(contenido))
    van = 0
    while cuantos := lectura.readinto(memoryview(leido)[van : van + 7_000]):
        van += cuantos
    assert bytes(leido) == contenido
