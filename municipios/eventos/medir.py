"""Los valores de una métrica, muchos a la vez: leerlos, enseñar qué cambiaría y guardarlos todo o nada."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from municipios.captura.nombres import Nombres, NoReconocido, citar
from municipios.models import Metrica, Municipio, ValorDeMetrica
from sesiones.models import Organo
from stl_portal.versiones import VersionRancia

_NUMERO = re.compile(r"-?[0-9]{1,8}(\.[0-9]{1,4})?")
_MILLARES = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,4})?")
_SEPARADOR = re.compile(r"[\t;|]")
_DENTRO = re.compile(r"-?[0-9]+(,[0-9]{3})*(\.[0-9]+)?")
LITERAL_MAXIMO = 40
MINIMA = Decimal("0.0001")  # lo que se guarda tiene cuatro decimales


@dataclass(frozen=True)
class Renglon:
    """Un renglón pegado: de quién es y cuánto, o por qué no se entiende."""

    numero: int
    escrito: str
    municipio: Municipio | None = None
    valor: Decimal | None = None
    literal: str = ""
    antes: str = ""
    aviso: str = ""
    error: str = ""

    @property
    def que_pasa(self) -> str:
        """«Nuevo», «Igual» o «Antes: 58.1»."""
        if not self.antes:
            return "Nuevo"
        return "Igual" if self.antes == self.dicho else f"Antes: {self.antes}"

    @property
    def dicho(self) -> str:
        """El valor como lo escribe la fuente."""
        return self.literal or (f"{self.valor.normalize():f}" if self.valor is not None else "")


def leer(metrica: Metrica, anio: int, pegado: str) -> list[Renglon]:
    """Cada renglón con algo escrito, leído; el que no se entiende o se repite lleva su error."""
    nombres, guardados = Nombres(Municipio.objects.all()), guardados_de(metrica, anio)
    leidos: list[Renglon] = []
    vistos: dict[str, int] = {}
    for numero, linea in enumerate(pegado.splitlines(), start=1):
        if linea.strip():
            leidos.append(_sin_repetir(_leer_uno(metrica, nombres, numero, linea), vistos, guardados))
    return leidos


def _sin_repetir(
    renglon: Renglon, vistos: dict[str, int], guardados: Mapping[str, ValorDeMetrica]
) -> Renglon:
    """El mismo renglón con lo que había antes; si su municipio ya salió, con ese error."""
    if renglon.municipio is None:
        return renglon
    clave = renglon.municipio.clave
    primero = vistos.setdefault(clave, renglon.numero)
    if primero != renglon.numero:
        frase = f"{renglon.municipio} ya está en el renglón {primero}."
        return replace(renglon, municipio=None, error=frase)
    return replace(renglon, antes=guardados[clave].dicho if clave in guardados else "")


def guardados_de(metrica: Metrica, anio: int) -> dict[str, ValorDeMetrica]:
    """Los valores de ese año, por clave del municipio."""
    return {v.municipio_id: v for v in metrica.valores.filter(anio=anio)}


def huella_de(
    guardados: Mapping[str, ValorDeMetrica], anio: int, fuente: str, renglones: Sequence[Renglon]
) -> str:
    """Reconoce una vista previa: lo que había, y de qué año, de qué fuente y qué valores se guardarían."""
    antes = sorted((clave, valor.dicho) for clave, valor in guardados.items())
    nuevos = [(_clave(renglon), renglon.dicho) for renglon in renglones]
    return hashlib.sha256(repr((antes, anio, fuente, nuevos)).encode()).hexdigest()[:16]


def _leer_uno(metrica: Metrica, nombres: Nombres, numero: int, linea: str) -> Renglon:
    quien, _, cuanto = (parte.strip() for parte in _partir(linea))
    try:
        leido = nombres.hallar(quien)
        valor, literal = _valor(metrica, cuanto)
    except NoReconocido as error:
        return Renglon(numero, linea, error=error.frase)
    except ValidationError as error:
        return Renglon(numero, linea, error=" ".join(error.messages))
    return Renglon(numero, linea, leido.municipio, valor, literal, aviso=leido.aviso)


def _partir(linea: str) -> tuple[str, str, str]:
    """Quién y cuánto, separados por tabulador, punto y coma o barra; si no los hay, por la primera coma."""
    separador = _SEPARADOR.search(linea)
    return linea.partition(separador[0] if separador else ",")


def _valor(metrica: Metrica, escrito: str) -> tuple[Decimal, str]:
    """El número y, si la fuente lo escribe de otro modo, cómo. Lanza `ValidationError`."""
    if not escrito:
        raise ValidationError("Falta el valor.")
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", escrito):
        raise ValidationError(f"Los decimales van con punto: {escrito.replace(',', '.')}.")
    llano = escrito.replace(",", "") if _MILLARES.fullmatch(escrito) else escrito
    if not _NUMERO.fullmatch(llano):
        raise ValidationError(f"{citar(escrito)} no es un número: usa cifras y hasta cuatro decimales.")
    valor = Decimal(llano)
    if frase := metrica.fuera_de_rango(valor):
        raise ValidationError(frase)
    return valor, "" if f"{valor.normalize():f}" == escrito else escrito[:LITERAL_MAXIMO]


def dice_lo_mismo(literal: str, valor: Decimal) -> bool:
    """Si el texto de la fuente («61.870 %», «1,250») dice ese número; sin ninguna cifra no lo contradice."""
    hallado = _DENTRO.search(literal)
    return hallado is None or abs(Decimal(hallado[0].replace(",", "")) - valor) < MINIMA


def guardar(metrica: Metrica, anio: int, fuente: str, renglones: Sequence[Renglon], visto: str) -> int:
    """Guarda los que cambian, todos o ninguno, y dice cuántos fueron.

    Lanza `ValidationError` si algún renglón trae error y `VersionRancia` si no es lo que se vio: alguien
    guardó después, o cambiaron los renglones, el año o la fuente.
    """
    if any(renglon.error for renglon in renglones):
        raise ValidationError("Corrige los renglones señalados: no se guardó ninguno.")
    with transaction.atomic():
        Organo.objects.select_for_update().get(pk=metrica.organo_id)
        guardados = guardados_de(metrica, anio)
        if huella_de(guardados, anio, fuente, renglones) != visto:
            raise VersionRancia(metrica)
        cambian = [r for r in renglones if _cambia(guardados.get(_clave(r)), r, fuente)]
        for renglon in cambian:
            datos: dict[str, Any] = {"valor": renglon.valor, "literal": renglon.literal, "fuente": fuente}
            metrica.valores.update_or_create(municipio=renglon.municipio, anio=anio, defaults=datos)
    return len(cambian)


def _clave(renglon: Renglon) -> str:
    return renglon.municipio.clave if renglon.municipio else ""


def _cambia(guardado: ValorDeMetrica | None, renglon: Renglon, fuente: str) -> bool:
    return guardado is None or (guardado.dicho, guardado.fuente) != (renglon.dicho, fuente)
