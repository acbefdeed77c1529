"""Reconocer un municipio por su clave INEGI o su nombre, como venga de una hoja de cálculo. Nunca adivina."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from municipios.models import Municipio
from stl_portal.espanol import enumerar, sin_acentos

LARGO_CITADO = 60  # caracteres de lo escrito que una frase repite
PARECIDO = 0.75  # de 0 a 1: desde aquí un nombre se ofrece
OFRECIDOS = 3  # si se parece a más, no dice nada: se elige de la lista
_TILDE_DE_LA_ENE = "\u0303"  # la ñ es otra letra; las demás marcas son acentos
_CLAVE = re.compile(r"([0-9]{5})(?:\.0*)?")  # «11020.0» lo escribe una hoja que la tomó por cantidad
_NO_DICEN = frozenset({"de", "del", "el", "la", "las", "los"})


@dataclass(frozen=True)
class Leido:
    """El municipio que se reconoció y, si no venía escrito igual, la frase que lo dice."""

    municipio: Municipio
    aviso: str = ""


class NoReconocido(ValueError):
    """Lo escrito no es de la lista. Trae la frase para quien lo escribió y lo que quizá quiso decir."""

    def __init__(self, frase: str, sugerencias: Sequence[Municipio] = ()) -> None:
        """Las sugerencias se ofrecen; ninguna se toma sin que la persona la acepte."""
        super().__init__(frase)
        self.frase, self.sugerencias = frase, sugerencias


class Nombres:
    """Los municipios por su clave y por su nombre llano."""

    def __init__(self, municipios: Iterable[Municipio]) -> None:
        """Recibe los municipios ya traídos."""
        self._de_clave = {m.clave: m for m in municipios}
        self._de_nombre = {llano(m.nombre): m for m in self._de_clave.values()}

    def hallar(self, escrito: str) -> Leido:
        """El municipio con esa clave o ese nombre. Lanza `NoReconocido`."""
        return self.por_nombre(escrito) if any(c.isalpha() for c in escrito) else self.por_clave(escrito)

    def por_clave(self, escrito: str) -> Leido:
        """El municipio con esa clave de cinco cifras. Lanza `NoReconocido`."""
        municipio = self._con_clave(escrito)
        if municipio is None:
            raise NoReconocido(*self._clave_desconocida(escrito))
        return Leido(municipio, como_se_leyo(escrito, municipio.clave))

    def por_nombre(self, escrito: str) -> Leido:
        """El municipio con ese nombre completo, sin contar espacios, acentos ni mayúsculas.

        También si donde va el nombre se escribió su clave completa. Lanza `NoReconocido`.
        """
        municipio = self._de_nombre.get(llano(escrito)) or self._con_clave(escrito)
        if municipio is None:
            raise NoReconocido(*self._nombre_desconocido(escrito))
        return Leido(municipio, como_se_leyo(escrito, municipio.nombre))

    def _con_clave(self, escrito: str) -> Municipio | None:
        hallada = _CLAVE.fullmatch(llano(escrito))
        return self._de_clave.get(hallada[1]) if hallada else None

    def parecidos(self, escrito: str) -> list[Municipio]:
        """Los que quizá se quiso decir: cuyo nombre contiene o está en lo escrito, o se le parece."""
        buscado = llano(escrito)[:LARGO_CITADO]
        dichas = _palabras(buscado)
        dentro = [m for nombre, m in self._de_nombre.items() if dichas and _una_en_otra(dichas, nombre)]
        cerca = difflib.get_close_matches(buscado, self._de_nombre, n=OFRECIDOS, cutoff=PARECIDO)
        ofrecidos = [*dentro, *(self._de_nombre[n] for n in cerca)]
        unicos = list(dict.fromkeys(ofrecidos))
        return unicos if len(unicos) <= OFRECIDOS else [self._de_nombre[n] for n in cerca]

    def _nombre_desconocido(self, escrito: str) -> tuple[str, list[Municipio]]:
        parecidos = self.parecidos(escrito)
        return f"No se reconoce el municipio {citar(escrito)}.{_quisiste(parecidos)}", parecidos

    def _clave_desconocida(self, escrito: str) -> tuple[str, list[Municipio]]:
        """La frase dice el intervalo; se ofrece la que resulta de quitar separadores o poner la entidad."""
        cifras = re.sub(r"\D", "", llano(escrito))
        completa = cifras if len(cifras) == 5 else f"{next(iter(self._de_clave), '')[:2]}{cifras:0>3}"
        ofrecido = [self._de_clave[completa]] if cifras and completa in self._de_clave else []
        frase = f"No hay un municipio con la clave {citar(escrito)}"
        if not self._de_clave:
            return f"{frase}.", ofrecido
        return (
            f"{frase}: van de {min(self._de_clave)} a {max(self._de_clave)}.{_quisiste(ofrecido)}",
            ofrecido,
        )


def llano(texto: str) -> str:
    """Lo escrito sin lo que no cambia su significado: espacios de más, mayúsculas, acentos y lo que no se ve.

    Las letras de presentación (anchas, en círculo…) se leen como la letra que muestran.
    """
    separado = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", texto).casefold())
    queda = "".join(_sin_marca(c) for c in separado)
    return " ".join(unicodedata.normalize("NFC", queda).split())


def _sin_marca(caracter: str) -> str:
    """El carácter; un espacio si es de control y nada si es un acento o no se ve."""
    clase = unicodedata.category(caracter)
    if clase == "Cc":
        return " "
    return "" if clase == "Cf" or (clase == "Mn" and caracter != _TILDE_DE_LA_ENE) else caracter


def citar(escrito: str) -> str:
    """Lo escrito entre comillas, cortado si es largo y sin renglones."""
    plano = "".join(" " if unicodedata.category(c) == "Cc" else c for c in escrito)
    return f"«{plano[:LARGO_CITADO]}…»" if len(plano) > LARGO_CITADO else f"«{plano}»"


def como_se_leyo(escrito: str, es: str) -> str:
    """«Se leyó «Leon » como «León» (sin acentos, espacios de más).»; vacía si venía igual."""
    if escrito == es:
        return ""
    dichas = "".join(f", {d}" for d in _diferencias(escrito, es)).removeprefix(", ")
    return f"Se leyó {citar(escrito)} como «{es}»{f' ({dichas})' if dichas else ''}."


def _diferencias(escrito: str, es: str) -> list[str]:
    """En qué se aparta lo escrito de cómo se escribe; a la vista, algunas cosas no se notan."""
    junto = unicodedata.normalize("NFC", escrito)
    limpio = " ".join(junto.split())
    hay = {
        "espacios de más": limpio != junto,
        "acentos separados de su letra": junto != escrito,
        "sin sus acentos": limpio.casefold() != es.casefold()
        and sin_acentos(limpio).casefold() == sin_acentos(es).casefold(),
        "otras mayúsculas": limpio != es and limpio.casefold() == es.casefold(),
    }
    return [dicho for dicho, cierto in hay.items() if cierto]


def _palabras(nombre: str) -> frozenset[str]:
    """Las que distinguen un nombre; «de la» no."""
    return frozenset(re.findall(r"\w+", nombre)) - _NO_DICEN


def _una_en_otra(dichas: frozenset[str], nombre: str) -> bool:
    propias = _palabras(nombre)
    return dichas <= propias or propias <= dichas


def _quisiste(parecidos: Sequence[Municipio]) -> str:
    nombres = enumerar([f"{m.nombre} ({m.clave})" for m in parecidos], "o")
    return f" ¿Quisiste decir {nombres}?" if nombres else ""
