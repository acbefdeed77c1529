"""Textos que no lo son, y textos que otro programa ejecutaría."""

from stl_portal.archivo.inspector import frases

HOSTILES = {
    "nulos": ("t.csv", "año,total".encode("utf-16"), frases.NULOS),
    "control": (
        "n.txt",
        b"hola\x1b[2Jmundo",
        "El archivo no es texto simple: contiene caracteres de control.",
    ),
    "binario de csv": (
        "t.csv",
        bytes(range(128, 256)),
        "El archivo no es texto simple: no se reconoce su codificación.",
    ),
    "txt en utf-16": ("n.txt", "hola".encode("utf-16"), frases.NULOS),
    "csv con nulos": ("t.csv", b"a,b\n1,\x00\n", frases.NULOS),
    "retrocesos": (
        "n.txt",
        b"rm -rf /\x08\x08\x08",
        "El archivo no es texto simple: contiene caracteres de control.",
    ),
}
TOLERADOS = {
    "csv con fórmulas": ("t.csv", b"a,b\n=HYPERLINK(1),@SUM(1)\n+1,-2\n"),
    "csv con html": ("t.csv", b"nombre,nota\nAna,<script>alert(1)</script>\n"),
    "csv de un renglón inmenso": ("t.csv", b"a," * 2_000_000),
    "csv sin cerrar comillas": ("t.csv", b'a,"b\n' + b"c,d\n" * 1000),
    "txt con html adentro": ("n.txt", b"Hola.\n<script>alert(1)</script>\n<img src=x onerror=alert(1)>\n"),
    "txt al revés": ("n.txt", "texto \u202egnp.exe".encode()),
}
