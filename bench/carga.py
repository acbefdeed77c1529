"""Quinientas personas leyendo y veinte escribiendo, cinco minutos: ni un error, nada perdido, memoria plana.

`make carga` (CARGA_SEGUNDOS, CARGA_VISITANTES). El portal es el de producción (`bench.produccion`) con la
base de `DATABASE_URL`, con sus páginas ya compuestas. Se cuenta cada respuesta y se mide la memoria de cada
programa cada segundo; la razón es la del final contra la del segundo cuarto, cuando ya llegó toda la gente.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression, median
from time import monotonic

from bench import editoras, memoria, produccion, visitantes
from bench.__main__ import carga, guardar, preparar, tabla
from bench.cuenta import Cuenta
from bench.medida import Medida
from bench.navegante import Navegante, confianza, direccion

SEGUNDOS = int(os.environ.get("CARGA_SEGUNDOS", "300"))
VISITANTES = int(os.environ.get("CARGA_VISITANTES", "500"))
META_DE_MEMORIA = 1.1
VUELTAS = 3  # antes de que llegue nadie, para que cada proceso haya compuesto cada página
LLEGADA = 30.0  # segundos en que va llegando la gente
LEE, ESCRIBE = ("páginas", "búsqueda", "API", "datos", "PDF"), ("guardar", "lista")


@dataclass
class Vigilancia:
    """Lo que ocupa cada programa, cada segundo, y cuántas conexiones hay."""

    procesos: dict[str, int]
    muestras: dict[str, list[int]] = field(default_factory=dict)

    async def mirar(self, hasta: float) -> None:
        """Un renglón por segundo."""
        while monotonic() < hasta:
            siguiente = monotonic() + 1
            for nombre, numero in self.procesos.items():
                self.muestras.setdefault(nombre, []).append(memoria.del_arbol(numero))
            await asyncio.sleep(max(0.0, siguiente - monotonic()))

    def medidas(self) -> Iterator[tuple[str, Medida]]:
        """La razón entre el último cuarto y el segundo, con la pendiente."""
        for nombre, todas in self.muestras.items():
            corte = len(todas) // 4
            asentadas = todas[corte:]
            antes, ahora = median(todas[corte : 2 * corte]), median(todas[-corte:])
            pendiente = linear_regression(range(len(asentadas)), asentadas).slope * 60 / memoria.MIB
            maximo = max(todas) / memoria.MIB
            nota = f"{ahora / memoria.MIB:.0f} MiB, máximo {maximo:.0f}, {pendiente:+.2f} MiB por minuto"
            que, contra = f"memoria de {nombre} al final", "tras el primer cuarto"
            yield f"carga.memoria_{nombre}", Medida(que, contra, ahora / antes, META_DE_MEMORIA, nota=nota)


def ensayar(portal: produccion.Portal, gente: list[editoras.Editora]) -> tuple[Cuenta, Vigilancia]:
    """El ensayo entero."""
    cuenta, vigilancia = Cuenta(), Vigilancia(portal.procesos)
    asyncio.run(_todas(portal, gente, cuenta, vigilancia))
    return cuenta, vigilancia


async def _todas(
    portal: produccion.Portal, gente: list[editoras.Editora], cuenta: Cuenta, vigilancia: Vigilancia
) -> None:
    """Van llegando, cada quien desde su dirección y con su azar."""
    confia = confianza(portal)
    numeros = iter(range(1, 1_000_000))

    def navegante() -> Navegante:
        return Navegante(portal, confia, direccion(next(numeros)))

    guia = navegante()
    mapa = await visitantes.mapa(guia)
    guia.cerrar()
    for _ in range(VUELTAS):
        await visitantes.recorrer([navegante() for _ in range(4)], mapa)
    hasta = monotonic() + SEGUNDOS
    llegada = min(LLEGADA, SEGUNDOS / 5)
    print(f"{len(mapa.paginas)} páginas en el mapa, {len(mapa.api)} direcciones de la API", flush=True)
    leen = [visitantes.Visitante(navegante(), mapa, cuenta, random.Random(n)) for n in range(VISITANTES)]
    escriben = [una.sentarse(navegante(), cuenta, random.Random(n)) for n, una in enumerate(gente)]
    await asyncio.gather(
        vigilancia.mirar(hasta),
        *(quien.pasear(llegada * n / VISITANTES, hasta) for n, quien in enumerate(leen)),
        *(quien.trabajar(llegada * n / len(gente), hasta) for n, quien in enumerate(escriben)),
    )


def medidas(cuenta: Cuenta, vigilancia: Vigilancia, perdidos: list[str]) -> Iterator[tuple[str, Medida]]:
    """Errores, pérdidas, memoria y cuánto se espera."""
    total = sum(sum(codigos.values()) for codigos in cuenta.codigos.values())
    gente = f"{VISITANTES} personas leyendo y {editoras.CUANTAS} escribiendo {SEGUNDOS} s"
    hechas = f"{gente}: {total} respuestas, {total / SEGUNDOS:.0f} por segundo"
    yield "carga.errores", Medida("errores", "1", float(sum(cuenta.errores.values())), 0.0, nota=hechas)
    faltan = float(len(perdidos))
    guardados = sum(sum(cuenta.codigos[clase].values()) for clase in editoras.GUARDAN)
    yield (
        "carga.perdidos",
        Medida("guardados perdidos", "1", faltan, 0.0, nota=f"de {guardados}"),
    )
    for nombre, clases in (("leer", LEE), ("guardar", ESCRIBE)):
        p50, p95, p99 = cuenta.percentiles(clases)
        nota = f"p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms"
        yield f"carga.p99_{nombre}", Medida(f"p99 de {nombre}", "1 s", p99 / 1000, 1.0, nota=nota)
    yield from vigilancia.medidas()


def _postgres() -> dict[str, int]:
    """El proceso de la base, si es PostgreSQL y está en esta máquina."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return {"postgresql": memoria.padre(cursor.fetchone()[0])}


def main() -> int:
    """Ensaya, imprime y guarda; 1 si algo no llega."""
    produccion.secretos()
    with tempfile.TemporaryDirectory(prefix="portal-carga-") as nombre:
        carpeta = Path(nombre)
        carpeta.chmod(0o755)
        motor = preparar(nombre)
        gente = editoras.contratar()
        with produccion.encendido(carpeta) as portal:
            portal.procesos.update(_postgres())
            print(f"Ensayo de carga con {motor}, carga de la máquina {carga()}:", flush=True)
            cuenta, vigilancia = ensayar(portal, gente)
        perdidos = editoras.perdidos(gente)
        _decir_fallas(carpeta, perdidos)
    halladas = dict(medidas(cuenta, vigilancia, perdidos))
    print("\n".join([*cuenta.renglones(), *tabla(halladas)]))
    guardar(motor, halladas)
    return 0 if all(medida.cumple for medida in halladas.values()) else 1


def _decir_fallas(carpeta: Path, perdidos: list[str]) -> None:
    """Lo que se perdió y lo que anotaron nginx y el portal que no sea lo de siempre."""
    del_portal = produccion.registro(carpeta).read_text(encoding="utf-8").splitlines()
    de_nginx = (carpeta / "tls" / "error.log").read_text(encoding="utf-8").splitlines()
    raros = [
        renglon for renglon in del_portal if '"nivel": "INFO"' not in renglon and "[INFO]" not in renglon
    ]
    for quien, dichos in (("perdido", perdidos), ("nginx", de_nginx), ("portal", raros)):
        for dicho in dichos[:10]:
            print(f"  ✗ {quien}: {dicho}")


if __name__ == "__main__":
    sys.exit(main())
