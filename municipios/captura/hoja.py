"""Lo pegado ya repartido en columnas: lo que la vista previa lleva y trae mientras se corrige."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField

from municipios.captura.celdas import Celdas, visible
from municipios.captura.columnas import CLAVE, DE_QUIEN, MUNICIPIO, Columnas
from municipios.captura.nombres import Nombres, NoReconocido, citar
from stl_portal.espanol import enumerar

RENGLONES = 60  # los 46 y algunos que sobren; más es otra cosa
ANTES = 10  # renglones de título que puede haber antes de los encabezados
SIN_ELEGIR = "?"  # lo que envía una lista en la que todavía no se eligió
QUIEN = "quien"
YA_NO_SIRVE = "Esta página no llegó completa. Vuelve a pegar las celdas."


@dataclass
class Pegado:
    """Un renglón: su número en la hoja y lo escrito en cada columna.

    `combinadas` son las columnas cuyo valor está en otra celda; `sobra`, lo que venía después de la última.
    """

    numero: int
    celdas: dict[str, str]
    combinadas: list[str] = field(default_factory=list)
    sobra: str = ""


@dataclass
class Ajena:
    """Una columna que no se reconoció pero se parece a una: falta decir si es ella."""

    texto: str
    parecida: str
    valores: list[str]


@dataclass
class Hoja:
    """Los renglones por corregir y por anotar.

    `vistas` guarda, de cada casilla y fecha, la anotación que regía cuando se enseñó (0 si ninguna): así se
    nota lo que todavía no se ha enseñado y si alguien anotó mientras se revisaba. `sin_leer` son las columnas
    con algo escrito que no se sabe qué son.
    """

    columnas: list[str]
    renglones: list[Pegado]
    ajenas: list[Ajena] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    vistas: dict[str, int] = field(default_factory=dict)
    sin_leer: list[str] = field(default_factory=list)

    def como_json(self) -> str:
        """Para llevarla en un campo oculto."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    def filas(self) -> list[list[str]]:
        """Las celdas en el orden de `columnas`."""
        return [[r.celdas.get(columna, "") for columna in self.columnas] for r in self.renglones]

    def quitar(self, lugares: Collection[int]) -> None:
        """Deja fuera esos renglones."""
        for ajena in self.ajenas:
            ajena.valores = [v for lugar, v in enumerate(ajena.valores) if lugar not in lugares]
        self.renglones = [r for lugar, r in enumerate(self.renglones) if lugar not in lugares]

    def poner(self, renglon: Pegado, columna: str, valor: str) -> None:
        """Escribe una celda; lo que se elige de la lista de municipios se dice con su clave."""
        if columna == QUIEN:
            self.poner(renglon, CLAVE, valor)
            columna, valor = MUNICIPIO, ""
        if columna not in self.columnas:
            self.columnas.append(columna)
        renglon.celdas[columna] = visible(valor)
        renglon.combinadas = [c for c in renglon.combinadas if c != columna]


def repartir(celdas: Celdas, columnas: Columnas, nombres: Nombres) -> Hoja:
    """La hoja con sus columnas reconocidas. Lanza `ValidationError` si no se entiende como avance."""
    lugar, encabezados, aviso = _encabezados(celdas, columnas, nombres)
    cuerpo = celdas.renglones[lugar:]
    if len(cuerpo) > RENGLONES:
        raise ValidationError(f"Trae {len(cuerpo)} renglones y los municipios son 46.")
    de_cada = [columnas.de_encabezado(texto) for texto in encabezados]
    _exigir_unicas(de_cada, columnas)
    sueltas = list(_sin_reconocer(encabezados, de_cada, cuerpo))
    ajenas = [a for a in (_ajena(s, de_cada, columnas, cuerpo) for s in sueltas) if a]
    avisos = [*celdas.avisos, *aviso]
    if not ajenas and not any(c in columnas.de_etapa for c in de_cada):
        raise ValidationError(f"Ninguna columna es de una etapa. Las etapas son: {_etapas(columnas)}.")
    renglones = [_pegado(numero, fila, de_cada, celdas) for numero, fila in cuerpo]
    sin_leer = _no_leidas(sueltas, ajenas)
    return Hoja([c for c in de_cada if c], renglones, ajenas, avisos, sin_leer=sin_leer)


def _encabezados(
    celdas: Celdas, columnas: Columnas, nombres: Nombres
) -> tuple[int, Sequence[str], list[str]]:
    """Dónde empiezan los datos, los encabezados y qué decir de ellos."""
    for lugar, (_, fila) in enumerate(celdas.renglones[:ANTES]):
        if any(columnas.de_encabezado(celda) in DE_QUIEN for celda in fila):
            saltados = (
                [f"Se saltó lo que venía antes de los encabezados: {lugar} renglones."] if lugar else []
            )
            return lugar + 1, fila, saltados
    ancho = max(len(fila) for _, fila in celdas.renglones)
    supuestos = _supuestos(celdas.renglones[0][1], ancho, columnas, nombres)
    if not supuestos:
        raise ValidationError(
            "No se encontraron los encabezados. El primer renglón debe decir «clave_inegi» o «municipio» "
            f"y las etapas: {_etapas(columnas)}."
        )
    dichos = enumerar([columnas.titulo(c) for c in supuestos])
    return 0, supuestos, [f"No venían encabezados: las columnas se leyeron en este orden: {dichos}."]


def _supuestos(primera: Sequence[str], ancho: int, columnas: Columnas, nombres: Nombres) -> list[str]:
    """Sin encabezados, si la hoja empieza con un municipio, el orden en que se exporta."""
    orden = list(columnas.fields)
    desde = 0 if any(c.isdigit() for c in primera[0]) else 1
    with suppress(NoReconocido):
        nombres.hallar(primera[0])
        return orden[desde : desde + ancho]
    return []


def _exigir_unicas(de_cada: Sequence[str], columnas: Columnas) -> None:
    """Dos columnas con el mismo dato podrían decir cosas distintas."""
    repetidas = sorted({c for c in de_cada if c and de_cada.count(c) > 1})
    if repetidas:
        nombres = enumerar([f"«{columnas.titulo(c)}»" for c in repetidas])
        raise ValidationError(f"Viene dos veces la columna {nombres}. Deja una.")


def _etapas(columnas: Columnas) -> str:
    return enumerar(list(columnas.de_etapa))


def _sin_reconocer(
    encabezados: Sequence[str], de_cada: Sequence[str], cuerpo: Sequence[tuple[int, Sequence[str]]]
) -> Iterator[tuple[int, str]]:
    """Lugar y encabezado de cada columna con algo escrito que no se sabe qué es."""
    for lugar, (texto, columna) in enumerate(zip(encabezados, de_cada, strict=True)):
        if not columna and any(fila[lugar : lugar + 1] not in ([], [""]) for _, fila in cuerpo):
            yield lugar, texto.strip()


def _ajena(
    suelta: tuple[int, str],
    de_cada: Sequence[str],
    columnas: Columnas,
    cuerpo: Sequence[tuple[int, Sequence[str]]],
) -> Ajena | None:
    """La columna por decidir, si se parece a una que no vino."""
    lugar, texto = suelta
    parecida = columnas.parecida(texto) if texto else ""
    if not parecida or parecida in de_cada:
        return None
    return Ajena(texto, parecida, ["".join(fila[lugar : lugar + 1]) for _, fila in cuerpo])


def _no_leidas(sueltas: Sequence[tuple[int, str]], ajenas: Sequence[Ajena]) -> list[str]:
    por_decidir = {a.texto for a in ajenas}
    return [
        citar(texto) if texto else f"la {lugar + 1}, sin encabezado"
        for lugar, texto in sueltas
        if texto not in por_decidir
    ]


def _pegado(numero: int, fila: Sequence[str], de_cada: Sequence[str], celdas: Celdas) -> Pegado:
    """El renglón con cada celda en su columna; lo que rebasa los encabezados se aparta y se dice."""
    completa = [*fila, *[""] * (len(de_cada) - len(fila))]
    propias = {c: completa[lugar] for lugar, c in enumerate(de_cada) if c}
    combinadas = [c for lugar, c in enumerate(de_cada) if c and (numero, lugar) in celdas.combinadas]
    sobra = " · ".join(celda for celda in fila[len(de_cada) :] if celda.strip())
    return Pegado(numero, propias, combinadas, visible(sobra))


def de_json(escrito: str, columnas: Columnas) -> Hoja:
    """La que llevaba la página. Lanza `ValidationError` si no es una de estas."""
    try:
        datos = json.loads(escrito)
        hoja = Hoja(
            columnas=_textos(datos["columnas"]),
            renglones=[_de_datos(fila) for fila in datos["renglones"]],
            ajenas=[
                Ajena(str(a["texto"]), str(a["parecida"]), _textos(a["valores"])) for a in datos["ajenas"]
            ],
            avisos=_textos(datos["avisos"]),
            vistas={str(sitio): _numero(pk) for sitio, pk in datos["vistas"].items()},
            sin_leer=_textos(datos["sin_leer"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise ValidationError(YA_NO_SIRVE) from error
    usadas = [*hoja.columnas, *(a.parecida for a in hoja.ajenas)]
    if (
        not hoja.columnas
        or set(usadas) - set(columnas.fields)
        or len(set(hoja.columnas)) < len(hoja.columnas)
    ):
        raise ValidationError(YA_NO_SIRVE)
    if len(hoja.renglones) > RENGLONES or any(len(a.valores) != len(hoja.renglones) for a in hoja.ajenas):
        raise ValidationError(YA_NO_SIRVE)
    return hoja


def _numero(dato: Any) -> int:
    """Un entero que cabe en la base. Lanza `ValueError` o `TypeError`."""
    numero = int(dato)
    if not 0 <= numero <= BigIntegerField.MAX_BIGINT:
        raise ValueError("No cabe en la base.")
    return numero


def _textos(datos: Any) -> list[str]:
    return [visible(str(dato)) for dato in datos]


def _de_datos(datos: Mapping[str, Any]) -> Pegado:
    return Pegado(
        numero=_numero(datos["numero"]),
        celdas={str(columna): visible(str(valor)) for columna, valor in datos["celdas"].items()},
        combinadas=_textos(datos["combinadas"]),
        sobra=visible(str(datos["sobra"])),
    )


def corregir(hoja: Hoja, enviado: Mapping[str, str], columnas: Columnas) -> Hoja:
    """La misma hoja con lo que se escribió y eligió en la vista previa; lo que no se tocó queda igual."""
    for lugar, renglon in enumerate(hoja.renglones):
        for columna in (QUIEN, *columnas.fields):
            valor = enviado.get(f"r{lugar}-{columna}", SIN_ELEGIR)
            if valor != SIN_ELEGIR:
                hoja.poner(renglon, columna, valor)
        if enviado.get(f"r{lugar}-sobra"):
            renglon.sobra = ""
    _aceptar(hoja, enviado.get("aceptar", ""), columnas)
    _decidir(hoja, enviado, columnas)
    hoja.quitar({lugar for lugar in range(len(hoja.renglones)) if enviado.get(f"r{lugar}-quitar")})
    return hoja


def _aceptar(hoja: Hoja, aceptado: str, columnas: Columnas) -> None:
    """Una sugerencia tomada con un clic: «lugar:columna:valor»."""
    lugar, _, resto = aceptado.partition(":")
    columna, _, valor = resto.partition(":")
    if lugar.isdecimal() and len(lugar) < 4 and columna in (QUIEN, *columnas.fields):
        for renglon in hoja.renglones[int(lugar) : int(lugar) + 1]:
            hoja.poner(renglon, columna, valor)


def _decidir(hoja: Hoja, enviado: Mapping[str, str], columnas: Columnas) -> None:
    """Qué es cada columna que no se reconoció: una de las que faltan, o ninguna."""
    quedan = []
    for numero, ajena in enumerate(hoja.ajenas):
        es = enviado.get(f"ajena-{numero}", SIN_ELEGIR)
        if es in columnas.fields and es not in hoja.columnas:
            for renglon, valor in zip(hoja.renglones, ajena.valores, strict=True):
                hoja.poner(renglon, es, valor)
            hoja.avisos.append(f"La columna {citar(ajena.texto)} se leyó como «{columnas.titulo(es)}».")
        elif es == "":
            hoja.avisos.append(f"La columna {citar(ajena.texto)} no se leyó.")
        else:
            quedan.append(ajena)
    hoja.ajenas = quedan
