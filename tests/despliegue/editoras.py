"""Gente que escribe sin parar mientras a la base le pasa algo; cada quien sabe qué se le confirmó."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.fallas.navegador import Navegador, Respuesta

PUNTOS = 4


def sembrar() -> None:
    """Un órgano con su sesión en curso; dice por su salida la galleta de quien captura y dónde se guarda."""
    from django.urls import reverse

    from tests.fabricas import crear_en_curso
    from tests.personas import crear_reparto
    from tests.servidor import galleta

    reparto = crear_reparto()
    sesion = crear_en_curso(reparto, PUNTOS)
    de_ahi = (reparto.organo.clave, sesion.clave)
    puntos = {p: reverse("mesa:texto", args=(*de_ahi, p)) for p in sesion.puntos.values_list("pk", flat=True)}
    print(json.dumps({"galleta": galleta(reparto.cuentas["colega"]), "puntos": puntos}))


@dataclass
class Editora:
    """Quien escribe en un punto, una versión sobre otra."""

    punto: int
    navegador: Navegador
    direccion: str
    version: int = 1
    confirmados: int = 0
    contestado: Counter[int] = field(default_factory=Counter)
    mal: list[Respuesta] = field(default_factory=list)
    ultimo: float = 0.0  # cuándo se le confirmó lo último, en el reloj que no salta

    def texto(self, version: int) -> str:
        """Lo que escribe en esa versión; en la primera, nada."""
        return f"Versión {version} de lo que se dijo en el punto {self.punto}." if version > 1 else ""

    def escribir(self) -> None:
        """Un guardado. Lo que la base alcanzó a guardar sin poder decirlo se sabe al volver a intentar."""
        sigue = self.version + 1
        respuesta = self.navegador.autoguardar(self.direccion, self.texto(sigue), self.version)
        self.contestado[respuesta.estado] += 1
        if respuesta.estado == 200:
            self.version, self.ultimo = sigue, time.monotonic()
            self.confirmados += 1
        elif respuesta.estado == 409 and self._es_lo_mio(json.loads(respuesta.texto)):
            self.version = sigue
        elif respuesta.estado != 503 or not respuesta.cabeceras["Retry-After"]:
            self.mal.append(respuesta)
        else:
            time.sleep(0.05)

    def _es_lo_mio(self, dicho: dict[str, object]) -> bool:
        """Si lo que la otra «persona» guardó es lo que esta envió y no supo que quedó."""
        sigue = self.version + 1
        return (dicho["version"], dicho["texto"]) == (sigue, self.texto(sigue))


class Editoras:
    """Todas a la vez, hasta que se les dice que basta."""

    def __init__(self, puerto: int, sembrado: str) -> None:
        """Empiezan de inmediato."""
        datos, self.alto = json.loads(sembrado), Event()
        self.todas = [
            Editora(int(punto), Navegador(puerto, datos["galleta"]), direccion)
            for punto, direccion in datos["puntos"].items()
        ]
        self.hilos = [Thread(target=self._trabajar, args=(una,)) for una in self.todas]
        for hilo in self.hilos:
            hilo.start()

    def _trabajar(self, una: Editora) -> None:
        while not self.alto.is_set():
            una.escribir()

    def esperar_desde(self, cuando: float, paciencia: float = 30.0) -> float:
        """Segundos, desde ese momento, hasta que a todas se les confirmó algo nuevo."""
        empezo = time.monotonic()
        while any(una.ultimo <= cuando for una in self.todas):
            assert time.monotonic() - empezo < paciencia, "no se repuso"
            time.sleep(0.01)
        return max(una.ultimo for una in self.todas) - cuando

    def parar(self) -> None:
        """Espera a que cada quien termine lo que envió."""
        self.alto.set()
        for hilo in self.hilos:
            hilo.join()

    @property
    def contestado(self) -> Counter[int]:
        """Cuántas veces se contestó cada estado."""
        return sum((una.contestado for una in self.todas), Counter[int]())

    @property
    def confirmados(self) -> int:
        """Cuántos guardados se confirmaron."""
        return sum(una.confirmados for una in self.todas)
