"""A qué punto del orden del día corresponde cada párrafo del desahogo.

Se elige el reparto que más se parece a los títulos sin regresar: lo dicho en el punto V nunca
va antes que lo del IV. Cuesta párrafos por puntos.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

from . import etiquetas, numeros
from .etiquetas import ORDINALES, Etiqueta
from .hallado import Hallado, Punto
from .letras import llano, palabras
from .renglones import Parrafo

Ruta = tuple[int, ...]
VACIAS = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "en",
        "y",
        "e",
        "a",
        "al",
        "que",
        "se",
        "por",
        "para",
        "con",
        "su",
        "sus",
        "un",
        "una",
        "lo",
        "o",
        "como",
        "caso",
        "este",
        "esta",
        "dicho",
    ]
)
RAIZ = 6  # letras con que se comparan dos palabras
PARECIDO = 0.34  # por debajo, el parecido es casualidad
SEGUIR = 0.12  # lo que vale quedarse en el mismo punto
CAMBIAR = 0.45  # lo que cuesta pasar a otro punto a media explicación, sin marca ni ancla
DICHO = 4.0  # lo que vale que el párrafo diga de qué punto es

_NUMERO = rf"(?P<numero>[ivx]{{1,6}}|\d{{1,2}}(?:\.\d{{1,2}})*|{ORDINALES}|[a-z]{{3,12}})"
_DICE_PUNTO = re.compile(
    rf"^(?:[^,.;:]{{0,40}}\s)?(?:punto|numeral|fraccion)\s+(?:n[uú]m(?:ero|\.)?\s*|no\.?\s*"
    rf"|marcado con el numero )?{_NUMERO}\b"
    rf"(?:,?\s+inciso\s+(?P<inciso>[a-z])\b)?"
)
_ORDINAL_PUNTO = re.compile(rf"^(?:[^,.;:]{{0,40}}\s)?(?P<numero>{ORDINALES})\s+punto\b")
_EN_FRACCION = re.compile(r"\bfraccion\s+(?P<numero>[ivx]{1,6})\b(?:,?\s+inciso\s+(?P<inciso>[a-z])\b)?")
_GENERALES = re.compile(r"^.{0,60}\basuntos generales\b")


def alinear(parrafos: Sequence[Parrafo], puntos: Sequence[Hallado[Punto]]) -> list[Ruta]:
    """La ruta del punto de cada párrafo; () lo que va antes del primero."""
    if not puntos:
        return [() for _ in parrafos]
    pesos = _Pesos(parrafos, puntos)
    rutas = [p.valor.ruta for p in puntos]
    mejor, origen = [0.0] + [-1.0] * len(rutas), list[list[int]]()
    for numero, parrafo in enumerate(parrafos):
        anclas = ancla(parrafo, rutas, [p.valor.titulo for p in puntos])
        nuevo, desde = [mejor[0]], [0]
        tope, donde = mejor[0], 0
        cuesta = 0 if anclas or _abre_asunto(parrafo) else CAMBIAR
        for lugar, ruta in enumerate(rutas, start=1):
            if mejor[lugar] + SEGUIR >= tope - cuesta:
                antes, de = mejor[lugar] + SEGUIR, lugar
            else:
                antes, de = tope - cuesta, donde
            vale = pesos.parecido(numero, lugar - 1) + (DICHO if ruta in anclas else 0)
            vale += 1.0 if _de_generales(parrafo, puntos[lugar - 1].valor) else 0
            nuevo.append(antes + vale)
            desde.append(de)
            if mejor[lugar] > tope:
                tope, donde = mejor[lugar], lugar
        origen.append(desde)
        mejor = nuevo
    return _deshacer(mejor, origen, rutas)


def _abre_asunto(parrafo: Parrafo) -> bool:
    """Si empieza con una marca; un «Acuerdo segundo» es de lo que se venía tratando."""
    etiqueta = etiquetas.leer(parrafo.texto)
    return etiqueta is not None and etiqueta.clase != "acuerdo"


def _deshacer(mejor: list[float], origen: list[list[int]], rutas: Sequence[Ruta]) -> list[Ruta]:
    """El reparto, del último párrafo al primero."""
    lugar = max(range(len(mejor)), key=lambda n: (mejor[n], -n))
    elegidos = []
    for desde in reversed(origen):
        elegidos.append(lugar)
        lugar = desde[lugar]
    return [rutas[n - 1] if n else () for n in reversed(elegidos)]


class _Pesos:
    """Cuánto se parece cada párrafo a cada título: qué parte de las palabras raras del título dice."""

    def __init__(self, parrafos: Sequence[Parrafo], puntos: Sequence[Hallado[Punto]]) -> None:
        self._dichas = [raices(p.texto) for p in parrafos]
        self._titulos = [raices(p.valor.titulo) for p in puntos]
        self._en = Counter(r for conjunto in (*self._dichas, *self._titulos) for r in conjunto)
        self._total = len(self._dichas) + len(self._titulos)

    def parecido(self, parrafo: int, punto: int) -> float:
        """De 0 a 1; lo casual es 0."""
        titulo = self._titulos[punto]
        todo = sum(self._peso(r) for r in titulo)
        comun = sum(self._peso(r) for r in titulo & self._dichas[parrafo])
        valor = comun / todo if todo else 0
        return valor if valor >= PARECIDO else 0

    def _peso(self, raiz: str) -> float:
        return math.log((1 + self._total) / (1 + self._en[raiz])) + 0.05


def raices(texto: str) -> frozenset[str]:
    """Las palabras con peso, recortadas para que el plural no las separe."""
    return frozenset(p[:RAIZ] for p in palabras(texto) if p not in VACIAS and len(p) > 2)


def ancla(parrafo: Parrafo, rutas: Sequence[Ruta], titulos: Sequence[str] = ()) -> set[Ruta]:
    """Los puntos de los que el párrafo dice ser: «Como punto IV…», «3.1 …», «a) Título»."""
    etiqueta = etiquetas.leer(parrafo.texto)
    plano = parrafo.llano[etiqueta.fin if etiqueta and etiqueta.clase == "vineta" else 0 :]
    for patron in (_DICE_PUNTO, _ORDINAL_PUNTO, _EN_FRACCION):
        hallado = patron.search(plano[:220])
        ruta = _ruta_dicha(hallado, rutas) if hallado else None
        if ruta:
            return {ruta}
    if etiqueta is None or etiqueta.clase in ("acuerdo", "vineta"):
        return set()
    iguales = titulado(parrafo, etiqueta, rutas, titulos)
    if not iguales and etiqueta.clase == "decimal":
        dicha = tuple(int(n) for n in etiqueta.texto.split("."))
        return {dicha} & set(rutas) if len(dicha) > 1 else set()
    return iguales


def titulado(
    parrafo: Parrafo, etiqueta: Etiqueta, rutas: Sequence[Ruta], titulos: Sequence[str]
) -> set[Ruta]:
    """Los puntos con esa marca cuyo título repite el párrafo: «PRIMERO.- Pase de lista…»."""
    resto = llano(parrafo.texto[etiqueta.fin :])
    return {
        ruta
        for ruta, titulo in zip(rutas, titulos, strict=False)
        if ruta[-1] == etiqueta.numero and resto.startswith(llano(titulo)[:25].rstrip(" .;"))
    }


def _ruta_dicha(hallado: re.Match[str], rutas: Sequence[Ruta]) -> Ruta | None:
    """«IV, inciso c)» → (4, 3), si existe."""
    dicho = hallado["numero"]
    if "." in dicho:
        ruta = tuple(int(n) for n in dicho.split("."))
    else:
        numero = (
            etiquetas.numero_ordinal(dicho)
            or etiquetas.leer_romano(dicho.upper())
            or numeros.leer([dicho])[0]
        )
        ruta = (numero,)
    inciso = hallado.groupdict().get("inciso")
    completa = (*ruta, ord(inciso) - 96) if inciso else ruta
    return next((r for r in (completa, ruta) if r in rutas), None)


def _de_generales(parrafo: Parrafo, punto: Punto) -> bool:
    return punto.tipo == "generales" and bool(_GENERALES.search(parrafo.llano))
