"""Se llena de verdad el disco del portal servido: quien guarda, sube o sella lo sabe, y al haber lugar sigue.

Uso, dentro de `unshare --mount`: `python -m tests.fallas.disco CARPETA sqlite|postgresql`. Monta ahí un disco
en memoria (tmpfs) con la base y los archivos, lo llena hasta el último byte y luego lo vacía, sin reiniciar
nada. Dice las cifras por su salida; termina con error si algo no se cumplió.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.despliegue import postgres_propio
from tests.fallas.base_nueva import levantar

TAMANOS = {"sqlite": "48m", "postgresql": "160m"}
LISTA = b"Asistieron doce personas al taller.\n" * 40_000
PARTE = 200_000
INTENTOS = 400  # guardados que alcanzan para gastar lo que la base tenía apartado


def main(carpeta: Path, motor: str) -> None:
    """Monta, prepara, llena, comprueba, vacía y comprueba."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={TAMANOS[motor]}", "tmpfs", carpeta], check=True)
    with ExitStack() as todo:
        if motor == "postgresql":
            base = todo.enter_context(postgres_propio.servidor(carpeta)).direccion
        else:
            base = f"sqlite:///{carpeta / 'portal.sqlite3'}"
        os.environ |= {"DATABASE_URL": base, "VAR": str(carpeta), "MEDIA_ROOT": str(carpeta / "archivos")}
        # Lo que el portal aparta no se descuenta: aquí se trata de llegar hasta el último byte.
        os.environ |= {"TMPDIR": str(carpeta), "DISCO_LIBRE": "0", "NIVEL_REGISTRO": "CRITICAL"}
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "stl_portal.settings",
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
        }
        levantar()
        from bench.enfrente import granian

        puerto = todo.enter_context(granian("stl_portal.wsgi:application", dict(os.environ), hilos=4))
        print(ensayar(carpeta, Gente.preparar(puerto)))


@dataclass
class Gente:
    """Quien captura y quien sella, con lo que cada quien tiene a la mano."""

    captura: Any
    sella: Any
    nadie: Any
    punto: Any
    guardar_en: str
    sellar_en: str

    @classmethod
    def preparar(cls, puerto: int) -> "Gente":
        """Un punto por escribir y un acta lista para sellarse."""
        from django.test import Client
        from django.urls import reverse

        from tests.cuentas.codigos import identificarse
        from tests.fabricas import crear_en_curso
        from tests.fallas.navegador import Navegador
        from tests.personas import crear_reparto
        from tests.vida.momentos import aprobada

        uno, otro, cliente = crear_reparto("captura"), crear_reparto("sella"), Client()
        sesion = crear_en_curso(uno)
        punto, acta = sesion.puntos.get(), aprobada(otro)
        cliente.force_login(uno.cuentas["colega"])
        sella = identificarse(Client(), otro.cuentas["facilitadora"])
        de_la_otra = (otro.organo.clave, acta.sesion.clave)
        return cls(
            Navegador.de(puerto, cliente),
            Navegador.de(puerto, sella),
            Navegador(puerto),
            punto,
            reverse("mesa:texto", args=(uno.organo.clave, sesion.clave, punto.pk)),
            reverse("actas:sellar", args=de_la_otra),
        )


def ensayar(carpeta: Path, gente: Gente) -> str:
    """Las tres cosas con el disco lleno y después; devuelve las cifras."""
    huella, dicho = hashlib.sha256(LISTA).hexdigest(), Counter[str]()
    version = guardar_hasta_que_no_quepa(gente, 1, 3)
    abierta = gente.captura.abrir_subida("lista.txt", len(LISTA), huella)
    assert abierta.estado == 201, abierta
    direccion = abierta.cabeceras["Location"]
    assert gente.captura.mandar_parte(direccion, 0, LISTA[:PARTE]).estado == 204
    with lleno(carpeta):
        version = guardar_hasta_que_no_quepa(gente, version, INTENTOS, dicho)
        rechazar_la_subida(gente, direccion, huella, dicho)
        rechazar_el_sello(gente, dicho)
        seguir_leyendo(gente, version, dicho)
    version = guardar_hasta_que_no_quepa(gente, version, 3)
    terminar_de_subir(gente, direccion)
    sellar(gente)
    exigir_que_todo_cuadre()
    dichos = ", ".join(f"{veces} {que}" for que, veces in sorted(dicho.items()))
    return f"disco lleno: {dichos}, 0 con 500; al vaciarlo se guardó, se terminó de subir y se selló"


@contextmanager
def lleno(carpeta: Path) -> Iterator[None]:
    """Ni un byte más, mientras dura."""
    relleno, bloque = carpeta / "relleno", 1 << 20
    with relleno.open("wb", buffering=0) as abierto:
        while bloque:
            try:
                abierto.write(b"\0" * bloque)
            except OSError:
                bloque //= 2
    assert shutil.disk_usage(carpeta).free == 0
    yield
    relleno.unlink()


def guardar_hasta_que_no_quepa(
    gente: Gente, version: int, veces: int, dicho: Counter[str] | None = None
) -> int:
    """Guarda una versión sobre otra; devuelve la última confirmada. Con `dicho` debe llegar a no caber."""
    from stl_portal.publico.errores import SIN_ESPACIO

    for _ in range(veces):
        respuesta = gente.captura.autoguardar(gente.guardar_en, texto(version + 1), version)
        if respuesta.estado == 200:
            version += 1
            continue
        assert dicho is not None, f"con lugar no guardó: {respuesta.estado} {respuesta.texto}"
        assert respuesta.estado == 503, respuesta
        assert json.loads(respuesta.texto)["mensaje"] == SIN_ESPACIO
        assert respuesta.cabeceras["Retry-After"]
        dicho["guardados rechazados (503)"] += 1
        return version
    assert dicho is None, "el disco lleno no estorbó a nadie: no se probó nada"
    return version


def texto(version: int) -> str:
    """Distinto en cada versión y que no se comprime, para que la base necesite lugar nuevo."""
    huellas = (hashlib.sha256(f"{version} {n}".encode()).hexdigest() for n in range(300))
    return f"{' '.join(huellas)} Versión {version}."


def rechazar_la_subida(gente: Gente, direccion: str, huella: str, dicho: Counter[str]) -> None:
    """La parte que no cabe se rechaza con su frase, otra subida también, y lo confirmado sigue contado."""
    from stl_portal.archivo import almacen

    parte = gente.captura.mandar_parte(direccion, PARTE, LISTA[PARTE:])
    assert (parte.estado, parte.texto) == (507, almacen.NO_CABE), parte
    otra = gente.captura.abrir_subida("otra.txt", len(LISTA), huella)
    assert otra.estado in (503, 507), otra
    va = gente.captura.pedir("HEAD", direccion, cabeceras={"Tus-Resumable": "1.0.0"})
    assert (va.estado, va.cabeceras["Upload-Offset"]) == (200, str(PARTE)), va
    dicho["subidas rechazadas (507)"] += 2


def rechazar_el_sello(gente: Gente, dicho: Counter[str]) -> None:
    """No se sella y se dice por qué; el acta sigue aprobada."""
    from sesiones.models import Acta, Sello

    respuesta = gente.sella.enviar(gente.sellar_en)
    assert respuesta.estado in (422, 503), (respuesta.estado, respuesta.texto[:2000])
    assert "No queda espacio para guardar" in respuesta.texto
    assert (Sello.objects.count(), Acta.objects.get().estado) == (0, "aprobada")
    dicho[f"sellos rechazados ({respuesta.estado})"] += 1


def seguir_leyendo(gente: Gente, version: int, dicho: Counter[str]) -> None:
    """Lo público y lo ya guardado se leen con el disco lleno."""
    from sesiones.models import Punto

    for direccion in ("/", "/sesiones/", "/salud/"):
        assert gente.nadie.ver(direccion).estado == 200
    punto = Punto.objects.get(pk=gente.punto.pk)
    assert (punto.version, punto.desahogo) == (version, texto(version))
    pagina = gente.captura.ver(punto.sesion.punto_url(punto.pk))
    assert (pagina.estado, f"Versión {version}." in pagina.texto) == (200, True)
    dicho["páginas leídas (200)"] += 4


def terminar_de_subir(gente: Gente, direccion: str) -> None:
    """Desde donde iba, sin repetir nada."""
    from stl_portal.archivo import almacen
    from stl_portal.archivo.models import Subida

    assert gente.captura.mandar_parte(direccion, PARTE, LISTA[PARTE:]).estado == 204
    subida = Subida.objects.select_related("archivo").get(clave=direccion.rsplit("/", 1)[-1])
    assert subida.archivo
    assert almacen.leer(subida.archivo) == LISTA


def sellar(gente: Gente) -> None:
    """Con lugar, la misma persona sella sin volver a entrar."""
    from sesiones.models import Acta, Sello

    assert gente.sella.enviar(gente.sellar_en).estado == 302
    assert (Sello.objects.count(), Acta.objects.get().estado) == (1, "por_firmar")


def exigir_que_todo_cuadre() -> None:
    """Ni a medias ni sobrando: registro, filas y archivos."""
    from stl_portal.archivo import almacen
    from stl_portal.sello.verificacion import verificar

    assert [str(falla) for falla in verificar()[0]] == []
    assert almacen.revisar().integro
    assert list((almacen.raiz() / almacen.PENDIENTES).glob("*")) == []


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
