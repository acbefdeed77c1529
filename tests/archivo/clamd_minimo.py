"""Un clamd que sabe lo justo: VERSION e INSTREAM. Se arranca aparte, con su zócalo y cómo se porta.

`bien` reconoce el archivo de prueba de los antivirus; `mudo` recibe y no contesta; `corto` cierra al pasar
de mil bytes, como hace clamd con lo que rebasa su tope.
"""

import socket
import struct
import sys

EICAR = rb"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\4[PA@%P!O5X"[::-1]


def atender(cliente: socket.socket, modo: str) -> None:
    entrada = cliente.makefile("rb")
    orden = b""
    while not orden.endswith(b"\0"):
        orden += entrada.read(1)
    if orden == b"zVERSION\0":
        cliente.sendall(b"ClamAV de prueba/1\0")
        return
    contenido = b""
    while largo := struct.unpack("!L", entrada.read(4))[0]:
        contenido += entrada.read(largo)
        if modo == "corto" and len(contenido) > 1000:
            cliente.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    if modo == "mudo":
        entrada.read(1)  # hasta que quien preguntó se canse
        return
    cliente.sendall(b"stream: Eicar-Test FOUND\0" if EICAR in contenido else b"stream: OK\0")


def main(ruta: str, modo: str) -> None:
    with socket.socket(socket.AF_UNIX) as oido:
        oido.bind(ruta)
        oido.listen()
        print("listo", flush=True)
        while True:
            cliente, _ = oido.accept()
            with cliente:
                atender(cliente, modo)


if __name__ == "__main__":
    main(*sys.argv[1:])
