"""Las e.firmas ficticias del elenco, para firmar en la demostración sin usar la de nadie.

Las emite una autoridad de ensayo que solo el órgano ficticio reconoce. Los archivos quedan en
`VAR/efirmas-de-demostracion`, uno `.cer` y uno `.key` por cuenta, con la contraseña de la demostración y un
LEEME que lo dice.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from sesiones import models as m
from stl_portal.firma import certificados
from stl_portal.firma.ensayo import Autoridad

from .directorio import Directorio
from .elenco import contrasena, cuentas_de
from .integrar import guardar

AUTORIDAD = "Autoridad de Demostración, sin validez"

LEEME = """\
e.firmas ficticias, sin validez

Sirven para firmar actas del órgano de demostración, y nada más.

1. Entra con una cuenta, por ejemplo integrante@demo.example.
2. En «Mi portal», abre el acta que te toca firmar y elige «Firma avanzada, con tu e.firma».
3. Elige los dos archivos con el nombre de la cuenta: integrante.cer e integrante.key.
4. Contraseña de la llave: {contrasena}

Cada e.firma solo vale en el lugar de su cuenta: con la de otra persona el portal dice que no.
"""


def carpeta() -> Path:
    """Donde quedan los archivos de cada cuenta."""
    return Path(settings.VAR) / "efirmas-de-demostracion"


def repartir(directorio: Directorio, decir: Callable[[str], None]) -> None:
    """Emite una e.firma por cuenta con persona y registra en el órgano la autoridad que las dio."""
    fichas = [ficha for ficha in cuentas_de(directorio) if "rfc" in ficha]
    autoridad = Autoridad(AUTORIDAD)
    with transaction.atomic():
        for emitido, intermedia in ((autoridad.raiz, False), (autoridad.intermedia, True)):
            _reconocer(directorio.organo, emitido.cer, intermedia)
        for ficha in fichas:
            persona = directorio.persona(ficha["persona"])
            persona.rfc, persona.curp = ficha["rfc"], ficha["curp"]
            guardar(persona)
            _escribir(ficha, autoridad)
    (carpeta() / "LEEME.txt").write_text(LEEME.format(contrasena=contrasena()), encoding="utf-8")
    cuantas = "1 e.firma ficticia" if len(fichas) == 1 else f"{len(fichas)} e.firmas ficticias"
    decir(f"{cuantas} en {carpeta()}")


def _reconocer(organo: m.Organo, cer: bytes, intermedia: bool) -> None:
    leido = certificados.leer(cer)
    raiz = m.RaizDeConfianza(
        organo=organo, nombre=leido.nombre, certificado=cer, huella=leido.huella, intermedia=intermedia
    )
    guardar(raiz)


def _escribir(ficha: dict[str, Any], autoridad: Autoridad) -> None:
    """`integrante.cer` e `integrante.key` para integrante@demo.example."""
    carpeta().mkdir(parents=True, exist_ok=True)
    emitida = autoridad.efirma(ficha["nombre"].upper(), ficha["rfc"], ficha["curp"])
    cuenta = ficha["correo"].split("@")[0]
    (carpeta() / f"{cuenta}.cer").write_bytes(emitida.cer)
    (carpeta() / f"{cuenta}.key").write_bytes(emitida.cifrada(contrasena()))
