"""Una autoridad de estampas de tiempo de verdad (`openssl ts`), por HTTP en 127.0.0.1, que también falla."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from asn1crypto import tsp
from cryptography.hazmat.primitives import serialization

from tests.firma.pki import Emitido

CONFIGURACION = """
[tsa]
dir = {carpeta}
serial = $dir/serie
signer_cert = $dir/certificado.pem
signer_key = $dir/llave.pem
certs = $dir/cadena.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.4146.2.2
digests = sha256
ess_cert_id_alg = sha256
"""
Contestar = Callable[[bytes], bytes]


@contextmanager
def servicio(contestar: Contestar, *, estado: int = 200, gotear: float = 0) -> Iterator[str]:
    """Un servicio que contesta así, de una vez o un byte cada `gotear` segundos; da su dirección."""

    class Atiende(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            respuesta = contestar(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(estado)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(respuesta)))
            self.end_headers()
            try:
                self._escribir(respuesta)
            except (BrokenPipeError, ConnectionResetError):
                """Quien preguntaba se cansó de esperar: de eso se trata."""

        def _escribir(self, respuesta: bytes) -> None:
            if not gotear:
                self.wfile.write(respuesta)
            for byte in respuesta if gotear else b"":
                self.wfile.write(bytes([byte]))
                time.sleep(gotear)

        def log_message(self, format: str, *args: object) -> None:
            """Sin ruido."""

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Atiende)
    servidor.daemon_threads = True
    servidor.block_on_close = False
    threading.Thread(target=servidor.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{servidor.server_port}/"
    finally:
        servidor.shutdown()
        servidor.server_close()


def con_openssl(quien: Emitido, carpeta: Path, *cadena: Emitido) -> Contestar:
    """Contesta con `openssl ts`: un programa ajeno que no sabe nada del portal. `cadena` va en la estampa."""
    (carpeta / "llave.pem").write_bytes(
        quien.llave.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (carpeta / "certificado.pem").write_bytes(quien.certificado.public_bytes(serialization.Encoding.PEM))
    otros = [uno.certificado.public_bytes(serialization.Encoding.PEM) for uno in cadena or (quien,)]
    (carpeta / "cadena.pem").write_bytes(b"".join(otros))
    (carpeta / "serie").write_text("01\n")
    (carpeta / "openssl.cnf").write_text(CONFIGURACION.format(carpeta=carpeta))

    def contestar(pedido: bytes) -> bytes:
        orden = ["openssl", "ts", "-reply", "-config", str(carpeta / "openssl.cnf"), "-section", "tsa"]
        (carpeta / "pedido.tsq").write_bytes(pedido)
        return subprocess.run(
            [*orden, "-queryfile", str(carpeta / "pedido.tsq")], capture_output=True, check=True
        ).stdout

    return contestar


def alterando(contestar: Contestar, cambio: Callable[[tsp.TimeStampReq], None]) -> Contestar:
    """Una autoridad que contesta bien, pero a otra pregunta."""

    def otra_cosa(pedido: bytes) -> bytes:
        leido = tsp.TimeStampReq.load(pedido)
        cambio(leido)
        return contestar(leido.dump(force=True))

    return otra_cosa
