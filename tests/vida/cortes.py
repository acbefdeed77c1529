"""Mata sin aviso a quien sella, firma y publica, y comprueba que nada quedó a medias.

Uso: `python -m tests.vida.cortes CUÁNTOS SEMILLA`, con DATABASE_URL y MEDIA_ROOT propios. Cada corte es un
proceso hijo que vive el acta completa y anuncia cada acto cuando ya se confirmó; se le mata (SIGKILL)
en un instante al azar de uno de sus actos (un tercio sellando, un tercio firmando, un tercio publicando) y,
antes del siguiente, se revisa todo lo que hay.
"""

import datetime as dt
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from typing import Any

import django


def preparar() -> None:
    """Tablas, y el motor de PDF ya cargado: los hijos heredan lo leído y no tardan en arrancar."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AVISOS_AL_MOMENTO = False
    call_command("migrate", verbosity=0)
    from stl_portal.documentos import pdf

    pdf.producir("<p>Para cargar las letras.</p>", titulo="Calentamiento")


def vivir(salida: int, clave: str) -> None:
    """Vive actas completas sin parar; anuncia cada acto confirmado como «verbo código dato»."""
    from sesiones import firmar, publicar
    from stl_portal.archivo import almacen
    from tests.personas import crear_reparto
    from tests.vida.conftest import JUEVES
    from tests.vida.momentos import sellada

    def anunciar(verbo: str, codigo: str, dato: Any = "") -> None:
        os.write(salida, f"{verbo} {codigo} {dato}\n".encode())

    vuelta = 0
    while True:
        vuelta += 1
        reparto = crear_reparto(f"{clave}-{vuelta}")
        os.write(salida, b"listo\n")
        sello = sellada(reparto)
        anunciar("sellada", sello.codigo)
        quien = reparto.cuentas["facilitadora"]
        for lugar in sello.lugares.all():
            cuando = JUEVES + dt.timedelta(minutes=lugar.orden)
            escaneo = almacen.guardar_propio(os.urandom(400), "hoja.pdf")
            firmar.autografa(lugar, quien, cuando, escaneo)
            anunciar("firmada", sello.codigo, lugar.orden)
        publicar.publicar(sello.acta, quien, JUEVES + dt.timedelta(hours=1))
        anunciar("publicada", sello.codigo)


def nacer(clave: str) -> tuple[int, int]:
    """Un hijo que vive actas; devuelve su número y por dónde anuncia."""
    from django.db import connections

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
    return [linea.split() for linea in anunciado.splitlines() if linea != "listo"]


def revisar(anunciados: list[list[str]]) -> None:
    """Lo anunciado está; nada quedó a medias; el registro, las filas y los archivos cuadran."""
    from django.utils import timezone

    from sesiones.models import Acta, Firma, Publicacion, Sello
    from stl_portal.archivo import almacen
    from stl_portal.sello import verificacion

    almacen.limpiar_pendientes(timezone.now() + dt.timedelta(days=2))
    fallas, _ = verificacion.verificar()
    assert not fallas, [str(falla) for falla in fallas]
    hay = {
        "sellada": Sello.objects.values_list("codigo", flat=True),
        "firmada": Firma.objects.values_list("lugar__sello__codigo", flat=True),
        "publicada": Publicacion.objects.values_list("sello__codigo", flat=True),
    }
    cuenta = {verbo: Counter(filas) for verbo, filas in hay.items()}
    for (verbo, codigo), veces in Counter((a[0], a[1]) for a in anunciados).items():
        assert cuenta[verbo][codigo] >= veces, f"se perdió {verbo} de {codigo}"
    for acta in Acta.objects.prefetch_related("sello__lugares__firmas"):
        assert acta.estado == _debido(acta), f"{acta}: {acta.estado}"


def _debido(acta: Any) -> str:
    """El estado que las filas dicen que debe tener."""
    sello = getattr(acta, "sello", None)
    if sello is None:
        return "aprobada" if acta.aprobada_el else "borrador"
    if getattr(sello, "publicacion", None):
        return "publicada"
    return "firmada" if all(lugar.firmado for lugar in sello.lugares.all()) else "por_firmar"


def main(cuantos: int, semilla: int) -> None:
    """Corta tantas veces y dice qué se alcanzó a hacer."""
    preparar()
    azar, hecho, durante = random.Random(semilla), Counter[str](), Counter[str]()
    vida = actos(f"corte-{semilla}-entera")
    for numero in range(cuantos):
        verbo = ("sellada", "firmada", "publicada")[numero % 3]
        acto = azar.choice([acto for acto in vida if acto.verbo == verbo])
        anunciados = cortar(f"corte-{semilla}-{numero}", acto, azar)
        revisar(anunciados)
        # Si la máquina iba más rápido que al medir, el acto pudo terminar antes del corte.
        durante["después" if len(anunciados) > acto.antes else verbo] += 1
        hecho.update(verbo for verbo, *_ in anunciados)
    print(f"{cuantos} cortes (semilla {semilla}), antes de quedar: {dict(durante)}")
    print(f"Confirmados: {dict(hecho)}; nada perdido ni a medias")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
