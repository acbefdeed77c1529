"""El autoguardado de la mesa con veinte personas escribiendo a la vez, contra un POST vacío de Django.

Un servidor de verdad en 127.0.0.1; cada persona tiene su cuenta, su punto y su conexión. Se alternan
rondas de guardados y de envíos vacíos con el mismo cuerpo, y al final se comprueba texto por texto
que lo último que cada quien escribió es lo que quedó.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median, quantiles
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from bench.enfrente import granian
from bench.medida import Medida, segundos
from sesiones.models import Punto, Rol, Sesion
from stl_portal.cuentas.models import Usuario

PERSONAS = 20
RONDAS = 30
META = 3.0
FICHA = "a" * 32
PARRAFO = "Se expone el avance del compromiso y las personas integrantes lo comentan. "


@dataclass
class Persona:
    """Alguien escribiendo: su conexión, su punto y la versión que leyó."""

    puerto: int
    galleta: str
    punto: Punto
    direccion: str
    version: int = 1
    texto: str = ""
    errores: int = 0
    conexion: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        """Una conexión abierta para toda la sesión de trabajo."""
        self.conexion = HTTPConnection("127.0.0.1", self.puerto, timeout=60)

    def _enviar(self, direccion: str) -> bytes:
        """El mismo cuerpo a una dirección u otra; cuenta lo que no conteste 200."""
        cuerpo = urlencode({"desahogo": self.texto, "version": self.version, "csrfmiddlewaretoken": FICHA})
        cabeceras = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.galleta}; {settings.CSRF_COOKIE_NAME}={FICHA}",
            "X-Autoguardado": "1",
        }
        self.conexion.request("POST", direccion, cuerpo, cabeceras)
        respuesta = self.conexion.getresponse()
        contenido = respuesta.read()
        self.errores += respuesta.status != 200
        return contenido

    def guardar(self, ronda: int) -> None:
        """Escribe otro renglón y lo guarda sobre la versión leída."""
        self.texto = f"{PARRAFO * 8}Ronda {ronda}, punto {self.punto.pk}."
        if b"version" in self._enviar(self.direccion):
            self.version += 1

    def nada(self) -> None:
        """El mismo cuerpo a la dirección que no guarda."""
        self._enviar("/vacio/")


def medir() -> dict[str, Medida]:
    """Rondas alternadas; la mediana de sus cocientes, con errores y escrituras perdidas."""
    with granian("bench.vacio:application") as puerto:
        gente = personas(puerto)
        with ThreadPoolExecutor(PERSONAS) as hilos:
            razones = [_ronda(hilos, gente, numero) for numero in range(RONDAS + 1)][1:]
    errores = sum(p.errores for p in gente)
    perdidas = sum(Punto.objects.get(pk=p.punto.pk).desahogo != p.texto for p in gente)
    bajo, _, alto = quantiles(razones, n=4)
    nota = (
        f"{PERSONAS} personas a la vez, {errores} errores, {perdidas} escrituras perdidas;"
        f" la mitad central de {RONDAS} rondas, de {bajo:.2f} a {alto:.2f}"
    )
    return {"veinte_personas": Medida("guardar", "un POST vacío", median(razones), META, nota=nota)}


def _ronda(hilos: ThreadPoolExecutor, gente: list[Persona], numero: int) -> float:
    """Todas guardan y todas envían nada; el cociente de ambas duraciones. Cada ronda empieza otra."""

    def guardar() -> float:
        return segundos(lambda: list(hilos.map(lambda p: p.guardar(numero), gente)))

    def nada() -> float:
        return segundos(lambda: list(hilos.map(Persona.nada, gente)))

    if numero % 2:
        vacio, guardado = nada(), guardar()
    else:
        guardado, vacio = guardar(), nada()
    return guardado / vacio


def personas(puerto: int) -> list[Persona]:
    """Veinte cuentas que conducen el órgano ficticio, cada una con su punto."""
    sesion = Sesion.objects.filter(organo__clave="demo", estado="convocada").get()
    gente = []
    for numero in range(PERSONAS):
        usuario = Usuario.objects.create_user(
            f"mide{numero}-{time.time_ns()}@demo.example", nombre="Quien mide"
        )
        Rol.objects.create(usuario=usuario, organo=sesion.organo, tipo="tecnica")
        punto = Punto.agregar(sesion, f"Punto para medir {numero}")
        direccion = reverse("mesa:texto", args=(sesion.organo.clave, sesion.clave, punto.pk))
        gente.append(Persona(puerto, f"{settings.SESSION_COOKIE_NAME}={_entrar(usuario)}", punto, direccion))
    return gente


def _entrar(usuario: Usuario) -> str:
    """Una sesión ya abierta, sin pasar por la contraseña."""
    sesion = SessionStore()
    sesion[SESSION_KEY] = str(usuario.pk)
    sesion[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sesion[HASH_SESSION_KEY] = usuario.get_session_auth_hash()
    sesion.save()
    return str(sesion.session_key)
