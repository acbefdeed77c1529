"""Un video de 2 GB en partes, con el servidor y quien sube muertos tres veces, contra copiarlo a disco.

El servidor es el de producción (Granian) y se mata con KILL, igual que el cliente; cada vez se reanuda donde
iba. Se mide la memoria del servidor sobre su reposo, los bytes confirmados que se enviaron otra vez y el
tiempo contra `cat` al mismo disco. Uso: python -m bench subida; `SUBIDA_BYTES` cambia el tamaño.
"""

import base64
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from time import perf_counter

from bench import enfrente
from bench.medida import Medida

BYTES = int(os.environ.get("SUBIDA_BYTES", 2 * 1024**3))
PARTE = 8 * 1024 * 1024
FICHA = "a" * 32
MIB = 1024 * 1024
META_MEMORIA = 64.0  # MiB sobre el reposo
META_TIEMPO = 5.0
# (parte del archivo confirmada, a quién se mata)
CORTES = ((0.25, "servidor"), (0.5, "cliente"), (0.75, "servidor"))
CLIENTE = [sys.executable, "-m", "bench.subida"]


@dataclass
class Servidor:
    """Granian con el portal, que puede morir sin aviso y volver al mismo puerto."""

    entorno: Mapping[str, str]
    puerto: int = field(default_factory=enfrente.puerto_libre)
    proceso: subprocess.Popen[bytes] | None = None

    def encender(self) -> None:
        """Arranca y espera a que conteste."""
        orden = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.puerto)]
        opciones = ["--blocking-threads", "4", "--no-access-log", "--log-level", "error"]
        self.proceso = subprocess.Popen(
            [*orden, *opciones, "stl_portal.wsgi:application"],
            env=os.environ | self.entorno,
            cwd=enfrente.RAIZ,
            start_new_session=True,
        )
        enfrente.esperar(self.puerto)

    def matar(self) -> None:
        """KILL a todo su grupo: ni él ni sus procesos alcanzan a hacer nada."""
        if self.proceso:
            os.killpg(self.proceso.pid, signal.SIGKILL)
            self.proceso.wait()
        self.proceso = None

    def memoria(self) -> int:
        """Bytes residentes del grupo completo, con el inspector si está trabajando."""
        if self.proceso is None:
            return 0
        return sum(_residente(Path(ruta)) for ruta in _del_grupo(self.proceso.pid))


def _del_grupo(grupo: int) -> Iterator[str]:
    for estado in Path("/proc").glob("[0-9]*/stat"):
        try:
            campos = estado.read_text().rpartition(")")[2].split()
        except OSError:  # terminó mientras se miraba
            continue
        if int(campos[2]) == grupo:
            yield str(estado.parent)


def _residente(proceso: Path) -> int:
    """Lo propio y lo compartido, sin contar dos veces lo que comparte con otros (PSS)."""
    try:
        renglones = (proceso / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(r.split()[1]) * 1024 for r in renglones if r.startswith("Pss:")), 0)


@dataclass
class Corrida:
    """Lo que va pasando al subir el archivo completo."""

    cortes: int = 0
    confirmado: int = 0  # bytes que el portal dijo tener
    repetidos: int = 0  # bytes enviados otra vez estando confirmados
    direccion: str = ""
    ficha: str = ""
    segundos: float = 0.0  # sin contar lo que tarda el servidor en arrancar
    reposo: int = 0
    maxima: int = 0

    def oir(self, que: str, valor: str) -> None:
        """Lo que dice quien sube."""
        if que == "direccion":
            self.direccion = valor
        elif que == "desde":
            self.repetidos += max(0, self.confirmado - int(valor))
        elif que == "ficha":
            self.ficha = valor
        else:
            self.confirmado = max(self.confirmado, int(valor))


def subir_con_cortes(
    servidor: Servidor, galleta: str, archivo: Path, cortes: tuple[tuple[float, str], ...] = CORTES
) -> Corrida:
    """Sube el archivo matando a quien toque en cada corte, hasta que el portal da la ficha."""
    corrida, faltan, huella = Corrida(), list(cortes), _huella(archivo)
    servidor.encender()
    _despertar(servidor, galleta)
    corrida.reposo = servidor.memoria()
    with _vigilar(servidor, corrida):
        while not corrida.ficha:
            if servidor.proceso is None:
                servidor.encender()
            inicio = perf_counter()
            with _cliente(servidor, galleta, archivo, huella, corrida.direccion) as quien:
                for que, valor in _lo_que_dice(quien):
                    corrida.oir(que, valor)
                    if faltan and corrida.confirmado >= faltan[0][0] * archivo.stat().st_size:
                        _matar(faltan.pop(0)[1], servidor, quien)
                        corrida.cortes += 1
            corrida.segundos += perf_counter() - inicio
    return corrida


def _matar(cual: str, servidor: Servidor, cliente: "subprocess.Popen[str]") -> None:
    """Un instante después, para que haya una parte a la mitad."""
    time.sleep(0.004)
    if cual == "servidor":
        servidor.matar()
    else:
        cliente.kill()


def _despertar(servidor: Servidor, galleta: str) -> None:
    """La primera petición carga el portal: eso no es de la subida."""
    for _ in range(3):
        con = HTTPConnection("127.0.0.1", servidor.puerto, timeout=60)
        con.request("GET", "/archivos/subidas/", headers={"Cookie": galleta})
        con.getresponse().read()
        con.close()


@contextmanager
def _vigilar(servidor: Servidor, corrida: Corrida) -> Iterator[None]:
    """Anota la memoria más alta mientras dura."""
    basta = threading.Event()

    def mirar() -> None:
        while not basta.wait(0.1):
            corrida.maxima = max(corrida.maxima, servidor.memoria())

    hilo = threading.Thread(target=mirar)
    hilo.start()
    try:
        yield
    finally:
        basta.set()
        hilo.join()


def _cliente(
    servidor: Servidor, galleta: str, archivo: Path, huella: str, direccion: str
) -> "subprocess.Popen[str]":
    """Otro proceso que sube, para poder matarlo."""
    argumentos = [str(servidor.puerto), galleta, str(archivo), huella, direccion]
    return subprocess.Popen(
        [*CLIENTE, *argumentos],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=enfrente.RAIZ,
    )


def _lo_que_dice(cliente: "subprocess.Popen[str]") -> Iterator[tuple[str, str]]:
    for renglon in cliente.stdout or ():
        que, _, valor = renglon.strip().partition(" ")
        if que in ("direccion", "desde", "confirmado", "ficha") and valor:
            yield que, valor


def _huella(archivo: Path) -> str:
    with archivo.open("rb") as abierto:
        return hashlib.file_digest(abierto, "sha256").hexdigest()


@dataclass
class Cliente:
    """Un cliente tus de veinte renglones: dice por su salida lo que el portal le va confirmando."""

    puerto: int
    galleta: str

    def __post_init__(self) -> None:
        """Una conexión para todo."""
        self.conexion = HTTPConnection("127.0.0.1", self.puerto, timeout=600)

    def pedir(self, metodo: str, direccion: str, cuerpo: bytes = b"", **mas: str) -> HTTPMessage:
        """Cabeceras de la respuesta. Lanza `RuntimeError` si no fue un sí."""
        cabeceras = {"Cookie": f"{self.galleta}; csrftoken={FICHA}", "X-CSRFToken": FICHA}
        cabeceras |= {"Tus-Resumable": "1.0.0", "Content-Length": str(len(cuerpo))}
        self.conexion.request(
            metodo, direccion, cuerpo, cabeceras | {n.replace("_", "-"): v for n, v in mas.items()}
        )
        respuesta = self.conexion.getresponse()
        contenido = respuesta.read()
        if respuesta.status >= 300:
            raise RuntimeError(f"{respuesta.status} {contenido.decode()}")
        return respuesta.headers

    def subir(self, archivo: Path, huella: str, direccion: str) -> None:
        """Empieza o continúa; al final dice la ficha."""
        direccion = direccion or self.empezar(archivo, huella)
        lugar = int(self.pedir("HEAD", direccion)["Upload-Offset"])
        print("desde", lugar, flush=True)
        ficha = ""
        with archivo.open("rb") as abierto:
            while not ficha:
                abierto.seek(lugar)
                parte = abierto.read(PARTE)
                tipo = "application/offset+octet-stream"
                va = self.pedir("PATCH", direccion, parte, Upload_Offset=str(lugar), Content_Type=tipo)
                lugar, ficha = int(va["Upload-Offset"]), va.get("Archivo-Ficha", "")
                print("confirmado", lugar, flush=True)
        print("ficha", ficha, flush=True)

    def empezar(self, archivo: Path, huella: str) -> str:
        """Anuncia el archivo; dice y devuelve su dirección."""
        datos = {"filename": archivo.name, "huella": huella, "destino": "/bench/"}
        dichos = ",".join(f"{n} {base64.b64encode(v.encode()).decode()}" for n, v in datos.items())
        largo = str(archivo.stat().st_size)
        direccion = self.pedir("POST", "/archivos/subidas/", Upload_Length=largo, Upload_Metadata=dichos)[
            "Location"
        ]
        print("direccion", direccion, flush=True)
        return direccion


def video(ruta: Path, tamano: int) -> None:
    """Un MP4 de ese tamaño con la estructura de uno de verdad; los datos, al azar por bloques."""
    from tests.archivo.medios import mp4

    vacio = mp4(datos=0)
    corte = vacio.index(b"mdat") - 4
    cabeza, cola = vacio[:corte], vacio[corte + 8 :]
    datos = tamano - len(vacio)
    with ruta.open("wb") as archivo:
        archivo.write(cabeza + (datos + 8).to_bytes(4, "big") + b"mdat")
        for desde in range(0, datos, PARTE):
            archivo.write(os.urandom(1024) * ((min(PARTE, datos - desde) + 1023) // 1024))
        archivo.truncate(tamano - len(cola))
        archivo.seek(0, os.SEEK_END)
        archivo.write(cola)


def _copiar(archivo: Path, destino: Path) -> float:
    """Segundos de `cat` al mismo disco, hasta que está en él."""
    inicio = perf_counter()
    with destino.open("wb") as salida:
        subprocess.run(["cat", str(archivo)], stdout=salida, check=True)
        os.fsync(salida.fileno())
    segundos = perf_counter() - inicio
    destino.unlink()
    return segundos


def medir() -> dict[str, Medida]:
    """Una corrida completa con sus tres cortes, y una copia antes y otra después."""
    from django.conf import settings

    from bench.guardado import personas
    from stl_portal.archivo import fichas

    with tempfile.TemporaryDirectory(prefix="portal-subida-", dir=settings.VAR) as carpeta:
        archivo = Path(carpeta) / "taller.mp4"
        video(archivo, BYTES)
        servidor = Servidor({"MEDIA_ROOT": str(settings.MEDIA_ROOT), "ALLOWED_HOSTS": "127.0.0.1"})
        galleta = personas(servidor.puerto)[0].galleta
        antes = _copiar(archivo, Path(carpeta) / "copia")
        try:
            corrida = subir_con_cortes(servidor, galleta, archivo)
        finally:
            servidor.matar()
        despues = _copiar(archivo, Path(carpeta) / "copia")
        huella = _huella(archivo)
    guardado = fichas.tomar(corrida.ficha)
    if guardado is None or guardado.huella != huella:
        raise RuntimeError("Lo que quedó guardado no es lo que se subió.")
    return _medidas(corrida, (antes + despues) / 2)


def _medidas(corrida: Corrida, copia: float) -> dict[str, Medida]:
    de_mas = (corrida.maxima - corrida.reposo) / MIB
    nota = (
        f"{BYTES / 1024**3:.2f} GB, {corrida.cortes} cortes, {corrida.repetidos} bytes confirmados reenviados"
    )
    memoria = f"reposo {corrida.reposo / MIB:.0f} MiB, máximo {corrida.maxima / MIB:.0f} MiB"
    return {
        "memoria": Medida("memoria sobre el reposo", "1 MiB", de_mas, META_MEMORIA, nota=memoria),
        "tiempo": Medida(
            "subir con tres cortes", "cat al disco", corrida.segundos / copia, META_TIEMPO, nota=nota
        ),
        "reenviado": Medida(
            "bytes confirmados reenviados", "1 byte", float(corrida.repetidos), 0.0, nota=nota
        ),
    }


if __name__ == "__main__":
    puerto, galleta, archivo, huella, direccion = sys.argv[1:]
    Cliente(int(puerto), galleta).subir(Path(archivo), huella, direccion)
