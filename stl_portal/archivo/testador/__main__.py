"""Proceso hijo: se pone límites, hace una cosa con un archivo y la escribe por su salida.

Se llama `python -m stl_portal.archivo.testador <ruta> <tipo>` y lee por su entrada, en JSON, qué se
le pide. Si no se puede, termina con `RECHAZO` y dice por qué en su salida de errores.
"""

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from stl_portal.archivo.inspector import frases
from stl_portal.archivo.inspector.limites import limitar
from stl_portal.archivo.veredicto import ArchivoRechazado

SEGUNDOS = 60
RECHAZO = 3
A_LA_VISTA = 110  # puntos por pulgada de la página que se muestra para marcarla
PIXELES_A_LA_VISTA = 2_000_000
PDF = "application/pdf"


def atender(ruta: Path, mime: str, pedido: dict[str, Any]) -> bytes:
    """Hace lo pedido. Lanza `ArchivoRechazado`."""
    match pedido["que"]:
        case "testar":
            return testar(ruta, mime, pedido["zonas"])
        case "pagina":
            return dibujar(ruta, mime, pedido["pagina"])
        case "texto":
            return texto(ruta)
        case "columnas":
            return en_columnas(ruta)
    from .busqueda import buscar

    return json.dumps(buscar(ruta, pedido["texto"])).encode()


def testar(ruta: Path, mime: str, fichas: list[dict[str, Any]]) -> bytes:
    """La copia pública, ya comprobada."""
    from .zonas import Zona

    zonas = [Zona(**ficha) for ficha in fichas]
    if mime != PDF:
        from . import imagenes

        return imagenes.testar(ruta, mime, zonas)
    from . import comprobacion, palabras, pdf

    zonas = palabras.enteras(ruta, zonas)
    contenido = pdf.testar(ruta, zonas)
    comprobacion.comprobar_pdf(contenido, zonas)
    return contenido


def dibujar(ruta: Path, mime: str, numero: int) -> bytes:
    """Una página como PNG, de tamaño para verse en pantalla."""
    salida = BytesIO()
    if mime == PDF:
        from . import paginas

        with paginas.abrir(ruta) as documento:
            pagina = paginas.pagina_de(documento, numero)
            paginas.dibujar(pagina, A_LA_VISTA, PIXELES_A_LA_VISTA).save(salida, "PNG")
    else:
        from . import imagenes

        imagen = imagenes.abrir(ruta, mime)
        imagen.thumbnail((1600, 1600))
        imagen.save(salida, "PNG")
    return salida.getvalue()


def texto(ruta: Path) -> bytes:
    """Todo el texto que se puede copiar de un PDF, por páginas."""
    from . import paginas

    with paginas.abrir(ruta) as documento:
        hojas = ["\n".join("".join(c for c, _ in r) for r in paginas.renglones(p)) for p in documento]
    return json.dumps(hojas).encode()


def en_columnas(ruta: Path) -> bytes:
    """El texto por páginas, con las filas de sus tablas cada una en un renglón."""
    from . import columnas, paginas

    with paginas.abrir(ruta) as documento:
        return json.dumps([columnas.texto(pagina) for pagina in documento]).encode()


def main() -> int:
    """Código con que termina el proceso."""
    limitar(SEGUNDOS)
    try:
        contenido = atender(Path(sys.argv[1]), sys.argv[2], json.load(sys.stdin))
    except ArchivoRechazado as rechazo:
        sys.stderr.write(rechazo.frase)
        return RECHAZO
    except MemoryError:
        sys.stderr.write(frases.MEMORIA)
        return RECHAZO
    sys.stdout.buffer.write(contenido)
    return 0


if __name__ == "__main__":
    sys.exit(main())
