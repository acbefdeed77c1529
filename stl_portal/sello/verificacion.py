"""Volver a comprobarlo todo: cadena, contenidos, puntos de control y lo sellado por cada aplicación.

Nada de lo que aquí se lee se da por bueno: una fila puede no poderse ni leer.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction

from stl_portal.guardas.instalacion import faltantes

from . import clave, nota
from .bitacora import instante
from .canonico import huella
from .lectura import leidas
from .merkle import Frontera
from .models import PRIMERO, Eslabon, PuntoDeControl, hash_de_eslabon
from .puntos import CLAVE_DECLARADA
from .registro import VERIFICADORES, Falla, Verificador


@dataclass
class Recorrido:
    """Lo que se va sabiendo de la cadena: sus raíces a cada tamaño y las claves que declaró."""

    raices: dict[int, str] = field(default_factory=dict)
    claves: list[str] = field(default_factory=list)
    roto: int | None = None  # número del primer eslabón que no cuadra
    tamano: int = 0


def verificar(copias: Sequence[str] = ()) -> tuple[list[Falla], Recorrido]:
    """Todas las fallas, en orden, y lo recorrido. `copias`: textos de puntos guardados fuera."""
    recorrido = Recorrido()
    fallas = [Falla(f"guarda {g.nombre}", "falta o está cambiada") for g in faltantes(connection)]
    fallas += _cadena(recorrido)
    fallas += _puntos(recorrido)
    for numero, texto in enumerate(copias, 1):
        fallas += _del_texto(f"copia externa {numero}", texto, recorrido)
    for verificador in VERIFICADORES:
        fallas += _de_la_aplicacion(verificador)
    return fallas, recorrido


def _de_la_aplicacion(verificador: Verificador) -> list[Falla]:
    """Lo que dice el verificador; si una fila dañada lo hace tropezar, también eso se dice."""
    fallas: list[Falla] = []
    try:
        with transaction.atomic():
            fallas.extend(verificador())
    except Exception as error:  # lo dañado puede fallar de cualquier manera, y no debe callar lo demás
        que = f"no se pudo revisar todo: {type(error).__name__}: {error}"
        fallas.append(Falla(getattr(verificador, "__module__", "") or "aplicación", que))
    return fallas


def _cadena(recorrido: Recorrido) -> Iterator[Falla]:
    """Eslabón por eslabón; al paso junta raíces y claves para lo que sigue."""
    frontera, esperado = Frontera(), 1
    previos: set[str] | None = {PRIMERO}
    for leida in leidas(Eslabon.objects.all()):
        n, eslabon = leida.pk, leida.fila
        hallado = [*leida.fallas(), *_de_la_fila(eslabon, n, esperado, previos)]
        if hallado and recorrido.roto is None:
            recorrido.roto = min(n, esperado)
        yield from (Falla(f"eslabón {n}", que) for que in hallado)
        previos = _posibles(eslabon, previos)
        frontera.agregar(_hoja(eslabon))
        esperado = n + 1
        recorrido.raices[n], recorrido.tamano = frontera.raiz().hex(), n
        recorrido.claves += _clave_que_declara(eslabon)


def _de_la_fila(eslabon: Eslabon | None, n: int, esperado: int, previos: set[str] | None) -> Iterator[str]:
    """Lo que no cuadra en una fila, dicho con palabras."""
    if n != esperado:
        yield f"falta el eslabón {esperado}" if n == esperado + 1 else f"faltan del {esperado} al {n - 1}"
    if eslabon is None:
        return
    if n == esperado and previos is not None and eslabon.prev not in previos:
        yield "no continúa al anterior (prev)"
    if eslabon.payload_sha256 != huella(eslabon.payload.encode()):
        yield "el contenido no da su huella (payload, payload_sha256)"
    elif _columnas(eslabon) != _del_contenido(eslabon.payload):
        yield "las columnas no dicen lo que dice el contenido (tipo, objeto, creado_el)"
    if eslabon.hash != _calculado(eslabon.prev, eslabon.payload_sha256):
        yield "el hash no es el de su contenido y el anterior (hash)"


def _posibles(eslabon: Eslabon | None, previos: set[str] | None) -> set[str] | None:
    """Los hash que el siguiente puede citar: el escrito y los calculados. Así se acusa solo al culpable.

    None si no se puede saber. Donde nada falla, hay uno solo.
    """
    if eslabon is None:
        return None
    sumas = {eslabon.payload_sha256, huella(eslabon.payload.encode())}
    calculados = {_calculado(previo, suma) for previo in previos or () for suma in sumas}
    return {eslabon.hash} | {c for c in calculados if c is not None}


def _calculado(prev: str, suma: str) -> str | None:
    """El hash que tocaría, o None si ni siquiera son hexadecimales."""
    try:
        return hash_de_eslabon(prev, suma)
    except ValueError:
        return None


def _hoja(eslabon: Eslabon | None) -> bytes:
    """La hoja del árbol; vacía si no se puede leer, y entonces ninguna raíz coincidirá."""
    try:
        return bytes.fromhex(eslabon.hash) if eslabon else b""
    except ValueError:
        return b""


def _columnas(eslabon: Eslabon) -> tuple[str, str, str]:
    return eslabon.tipo, eslabon.objeto, _creado(eslabon)


def _creado(fila: Eslabon | PuntoDeControl) -> str:
    """Su instante; vacío si lo que está escrito no es una fecha, que SQLite entrega como nada."""
    escrito: dt.datetime | None = fila.creado_el
    return instante(escrito) if escrito else ""


def _del_contenido(payload: str) -> tuple[str, str, str] | None:
    """Lo mismo, según el contenido."""
    try:
        documento = json.loads(payload)
        return documento["tipo"], documento["objeto"], documento["creado_el"]
    except (ValueError, KeyError, TypeError):
        return None


def _clave_que_declara(eslabon: Eslabon | None) -> list[str]:
    """La clave pública que anuncia el eslabón, si de eso trata."""
    if eslabon is None or eslabon.tipo != CLAVE_DECLARADA:
        return []
    try:
        return [json.loads(eslabon.payload)["datos"]["clave"]]
    except (ValueError, KeyError, TypeError):
        return []


def _puntos(recorrido: Recorrido) -> Iterator[Falla]:
    """Cada punto de control: sus columnas, su firma y que el registro siga dando su raíz."""
    ultimo = None
    for leida in leidas(PuntoDeControl.objects.all()):
        punto = ultimo = leida.fila
        donde = f"punto de control {leida.pk}"
        yield from (Falla(donde, que) for que in leida.fallas())
        if punto is None:
            continue
        yield from _del_texto(donde, punto.texto, recorrido, punto.clave)
        if _columnas_del_punto(punto) != _dicho(punto.texto):
            yield Falla(donde, "las columnas no dicen lo que dice el texto firmado")
    if ultimo is not None and ultimo.clave != clave.publica(clave.privada()):
        yield Falla(f"punto de control {ultimo.tamano}", "no lo firma la clave configurada (BITACORA_CLAVE)")


def _columnas_del_punto(punto: PuntoDeControl) -> tuple[str, int, str, str]:
    return punto.origen, punto.tamano, punto.raiz, _creado(punto)


def _dicho(texto: str) -> tuple[str, int, str, str] | None:
    """Lo que afirma el texto, o None si no se entiende."""
    try:
        dicho = nota.leer(texto).nota
    except ValueError:
        return None
    return dicho.origen, dicho.tamano, dicho.raiz, dicho.fecha


def _del_texto(donde: str, texto: str, recorrido: Recorrido, clave_dicha: str = "") -> Iterator[Falla]:
    """Si el texto está bien escrito, lo firma una clave declarada y su raíz sigue siendo la del registro."""
    try:
        firmada = nota.leer(texto)
    except ValueError:
        yield Falla(donde, "el texto no es un punto de control")
        return
    claves = [c for c in recorrido.claves if not clave_dicha or c == clave_dicha]
    if not any(firmada.es_de(c) for c in claves):
        yield Falla(donde, "su firma no es de una clave declarada en el registro")
    dicho = firmada.nota
    if dicho.tamano > recorrido.tamano:
        yield Falla(donde, f"dice {dicho.tamano} eslabones y el registro solo tiene {recorrido.tamano}")
    elif recorrido.raices.get(dicho.tamano) != dicho.raiz:
        yield Falla(donde, "el registro ya no da esa raíz: algo de lo firmado cambió")
