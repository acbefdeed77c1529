"""Mata sin aviso a quien guarda, sube, sella, firma y publica, y comprueba que nada quedó a medias.

Uso: `python -m tests.fallas.cortes CUÁNTOS SEMILLA`, con DATABASE_URL y MEDIA_ROOT propios. Cada corte es
un proceso hijo que anuncia cada acto cuando ya se confirmó; se le mata (SIGKILL) en un instante al azar de
uno de sus actos (un quinto de cada clase) y, antes del siguiente, se revisa lo que hay; cada diez, a fondo.
"""

import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass

from tests.fallas.base_nueva import levantar

CADA = 10  # muertes entre una revisión a fondo y la siguiente
VERBOS = ("guardada", "subida", "sellada", "firmada", "publicada")


def preparar() -> None:
    """Tablas, y el motor de PDF ya cargado: los hijos heredan lo leído y no tardan en arrancar."""
    levantar()
    from stl_portal.documentos import pdf

    pdf.producir("<p>Para cargar las letras.</p>", titulo="Calentamiento")


def nacer(clave: str) -> tuple[int, int]:
    """Un hijo que vive; devuelve su número y por dónde anuncia."""
    from django.db import connections

    from tests.fallas.vidas import vivir

    connections.close_all()
    lee, escribe = os.pipe()
    hijo = os.fork()
    if hijo:
        os.close(escribe)
        return hijo, lee
    os.close(lee)
    try:
        vivir(escribe, clave)
    except BaseException:  # que quien lea la salida sepa por qué terminó
        traceback.print_exc()
    finally:
        os._exit(1)


@dataclass(frozen=True)
class Acto:
    """Uno de los de una vida completa: cuántos van antes que él y cuántos segundos toma."""

    verbo: str
    antes: int
    segundos: float


def actos(clave: str) -> list[Acto]:
    """Los de una vida completa, con lo que tarda aquí y ahora cada uno."""
    hijo, lee = nacer(clave)
    vividos: list[Acto] = []
    with os.fdopen(lee) as anuncios:
        assert anuncios.readline() == "listo\n"
        inicio = time.monotonic()
        for linea in anuncios:
            ahora = time.monotonic()
            vividos.append(Acto(linea.split()[0], len(vividos), ahora - inicio))
            inicio = ahora
            if vividos[-1].verbo == "publicada":
                break
        os.kill(hijo, signal.SIGKILL)
        os.waitpid(hijo, 0)
    return vividos


def cortar(clave: str, acto: Acto, azar: random.Random) -> list[list[str]]:
    """Un hijo, un corte mientras hace ese acto. Devuelve lo que alcanzó a anunciar."""
    hijo, lee = nacer(clave)
    with os.fdopen(lee) as anuncios:
        assert anuncios.readline() == "listo\n"
        previos = [anuncios.readline() for _ in range(acto.antes)]
        time.sleep(azar.uniform(0, acto.segundos))
        os.kill(hijo, signal.SIGKILL)
        _, estado = os.waitpid(hijo, 0)
        assert os.WIFSIGNALED(estado), "el hijo terminó solo: algo falló antes del corte"
        anunciado = "".join(previos) + anuncios.read()
    return [linea.split(" ") for linea in anunciado.splitlines() if linea != "listo"]


def main(cuantos: int, semilla: int) -> None:
    """Corta tantas veces y dice qué se alcanzó a hacer."""
    preparar()
    from tests.fallas.cuentas import revisar

    azar, hecho = random.Random(semilla), Counter[str]()
    durante, hallado = Counter[str](), Counter[str]()
    vida = actos(f"corte-{semilla}-entera")
    for numero in range(cuantos):
        verbo = VERBOS[numero % len(VERBOS)]
        acto = azar.choice([acto for acto in vida if acto.verbo == verbo])
        anunciados = cortar(f"corte-{semilla}-{numero}", acto, azar)
        hallado.update(revisar(anunciados, a_fondo=numero % CADA == 0 or numero == cuantos - 1))
        # Si la máquina iba más rápido que al medir, el acto pudo terminar antes del corte.
        durante["después" if len(anunciados) > acto.antes else verbo] += 1
        hecho.update(verbo for verbo, *_ in anunciados)
    print(f"{cuantos} cortes (semilla {semilla}), antes de quedar: {_dicho(durante)}")
    print(f"confirmados: {_dicho(hecho)}; ninguno perdido ni a medias")
    print(_dicho(hallado))


def _dicho(cuenta: Counter[str]) -> str:
    return ", ".join(f"{veces} {cual}" for cual, veces in sorted(cuenta.items()))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
