"""Convocar, enmendar y cancelar: el acto queda escrito y cada integrante recibe su aviso.

La fila de la convocatoria, el cambio de estado y los mensajes se escriben en una sola
transacción; los correos salen después de confirmarla. Enmendar emite otra convocatoria: la
anterior queda como se envió.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sesiones import faltantes, invitar, seguidores
from sesiones.acta import piezas
from sesiones.acta.imprenta import Original, convocatoria, imprimir
from sesiones.estados import EstadoSesion
from sesiones.invitar import Emision
from sesiones.models import Convocatoria, Sesion
from sesiones.models.sesiones import bloquear
from stl_portal.archivo import almacen
from stl_portal.espanol import fecha_larga

# Lo que se avisa de la sesión, y cómo se nombra al decir qué cambió.
DATOS = {
    "designacion": "Nombre",
    "fecha": "Fecha",
    "hora": "Hora",
    "modalidad": "Modalidad",
    "lugar": "Sede",
    "domicilio": "Domicilio",
    "liga": "Liga para conectarse",
    "objetivo": "Objetivo",
    "publico": "Público",
}


def convocar(sesion: Sesion, por: Any, cuando: dt.datetime, *, motivo: str = "") -> Convocatoria:
    """Emite la convocatoria; si la sesión ya se había convocado, la enmienda.

    Guarda el PDF, anota si cumple los días de aviso de la regla en vigor (no cumplirlos no lo
    impide: consta) y avisa a titulares y suplentes con correo. Lanza `ValidationError` si falta
    algo que lo impida y `TransicionInvalida` si el estado no lo permite.
    """
    if sesion.estado == EstadoSesion.CONVOCADA:
        return enmendar(sesion, por, cuando, motivo=motivo)
    return _emitir(sesion, por, cuando, verbo="convocar", motivo="")


def enmendar(sesion: Sesion, por: Any, cuando: dt.datetime, *, motivo: str) -> Convocatoria:
    """Emite una enmienda con su motivo. Lanza `ValidationError` si nada cambió."""
    sesion.exigir("enmendar")
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe qué cambió y por qué."})
    return _emitir(sesion, por, cuando, verbo="enmendar", motivo=motivo.strip())


def cancelar(sesion: Sesion, por: Any, cuando: dt.datetime, *, motivo: str) -> None:
    """Cancela la sesión y la quita de la agenda de todas las personas a quienes se convocó."""
    with transaction.atomic():
        sesion.cancelar(por, motivo=motivo, cuando=cuando)
        invitar.avisar_cancelacion(sesion, cuando, motivo.strip())
        if sesion.convocatorias.exists():
            seguidores.avisar_convocatoria(sesion, (), salvo=_sus_correos(sesion))


def _sus_correos(sesion: Sesion) -> set[str]:
    """A quienes ya se les avisa por integrar el órgano."""
    return {convocada.correo for convocada in invitar.convocadas(sesion)}


def _exigir_emitible(sesion: Sesion, verbo: str, cuando: dt.datetime) -> None:
    """Lanza `TransicionInvalida`, o `ValidationError` con todo lo que impide emitir."""
    sesion.exigir(verbo)
    faltas = [falta.texto for falta in faltantes.para_convocar(sesion) if falta.impide]
    if timezone.localtime(cuando) > sesion.cuando:
        faltas.append("La fecha y hora de la sesión ya pasaron: corrígelas antes de convocar.")
    if faltas:
        raise ValidationError(faltas)
    ultima = sesion.convocatorias.last()
    if ultima and ultima.contenido == contenido_de(sesion) and not _cambio_quienes(sesion, ultima):
        raise ValidationError("Nada cambió desde la última convocatoria: no hay qué enmendar.")


def _emitir(sesion: Sesion, por: Any, cuando: dt.datetime, *, verbo: str, motivo: str) -> Convocatoria:
    """Fila, estado y avisos, todo o nada.

    El PDF tarda uno o dos segundos: se compone antes de tomar el candado y, ya con él, se comprueba
    que la sesión sigue diciendo lo mismo.
    """
    _exigir_emitible(sesion, verbo, cuando)
    original = _original(sesion, cuando, motivo)
    impreso = imprimir(original)
    with transaction.atomic():
        actual = bloquear(sesion)
        _exigir_emitible(actual, verbo, cuando)
        if _original(actual, cuando, motivo).huella != original.huella:
            raise ValidationError("La sesión cambió mientras se emitía; revisa y emite otra vez.")
        ultima = actual.convocatorias.last()
        fila = actual.convocatorias.create(
            secuencia=_secuencia(actual),
            emitida_el=cuando,
            emitida_por=por,
            motivo=motivo,
            contenido=contenido_de(actual),
            aviso=faltantes.aviso_de_plazo(actual, timezone.localdate(cuando)),
            pdf=almacen.guardar_propio(impreso.contenido, impreso.nombre, por),
        )
        actual.cambiar(verbo, por, cuando=cuando, nota=motivo)
        dicho = tuple(cambios(ultima, fila)) if ultima else ()
        invitar.avisar(Emision(actual, fila.secuencia, cuando, motivo, dicho, pdf=fila.pdf))
        publicos = tuple(cambios_publicos(ultima, fila)) if ultima else ()
        if ultima is None or publicos:
            seguidores.avisar_convocatoria(actual, publicos, salvo=_sus_correos(actual))
    sesion.estado = actual.estado
    return fila


def _secuencia(sesion: Sesion) -> int:
    """La que toca a la siguiente convocatoria: 0 la primera."""
    ultima = sesion.convocatorias.last()
    return ultima.secuencia + 1 if ultima else 0


def _original(sesion: Sesion, cuando: dt.datetime, motivo: str) -> Original:
    """El documento de la convocatoria que se va a emitir."""
    emite = piezas.Convocatoria(_secuencia(sesion), timezone.localdate(cuando), motivo)
    return convocatoria(sesion, emite)


def _cambio_quienes(sesion: Sesion, anterior: Convocatoria) -> bool:
    """Si desde ese aviso entró o salió alguien con correo."""
    ahora = {c.correo for c in invitar.convocadas(sesion) if c.correo}
    return ahora != {c.correo for c in invitar.ya_avisadas(sesion, anterior.secuencia)}


def contenido_de(sesion: Sesion) -> dict[str, Any]:
    """Lo que se avisa, como queda escrito en la convocatoria (cabe en JSON)."""
    datos = {campo: getattr(sesion, campo) for campo in DATOS}
    datos |= {"fecha": sesion.fecha.isoformat(), "hora": f"{sesion.hora:%H:%M}"}
    puntos = [[p.nivel, p.etiqueta, p.titulo] for p in sesion.puntos.en_arbol()]
    return datos | {"puntos": puntos}


def cambios(anterior: Convocatoria, nueva: Convocatoria) -> list[str]:
    """Qué cambió entre dos convocatorias, en frases para leerse."""
    antes, ahora = anterior.contenido, nueva.contenido
    datos = [
        f"{nombre}: {_dicho(campo, antes.get(campo, ''))} → {_dicho(campo, ahora[campo])}"
        for campo, nombre in DATOS.items()
        if antes.get(campo, "") != ahora[campo]
    ]
    return [*datos, *_cambios_de_orden(antes["puntos"], ahora["puntos"])]


def cambios_publicos(anterior: Convocatoria, nueva: Convocatoria) -> list[str]:
    """Lo mismo, sin la liga para conectarse, que no se publica."""
    sin_liga = (Convocatoria(contenido=fila.contenido | {"liga": ""}) for fila in (anterior, nueva))
    return cambios(*sin_liga)


def _dicho(campo: str, valor: str) -> str:
    """El valor como se lee."""
    if campo == "fecha":
        return fecha_larga(dt.date.fromisoformat(valor))
    if campo == "modalidad":
        return str(dict(Sesion._meta.get_field("modalidad").flatchoices)[valor])
    return f"{valor} h" if campo == "hora" else valor or "(vacío)"


def _cambios_de_orden(antes: list[Any], ahora: list[Any]) -> Iterator[str]:
    """Puntos que entraron, salieron o cambiaron de lugar."""
    titulos_antes, titulos_ahora = [p[2] for p in antes], [p[2] for p in ahora]
    yield from (f"Se agregó el punto {e} «{t}»" for _, e, t in ahora if t not in titulos_antes)
    yield from (f"Se quitó el punto {e} «{t}»" for _, e, t in antes if t not in titulos_ahora)
    quedan_antes = [p for p in antes if p[2] in titulos_ahora]
    quedan_ahora = [p for p in ahora if p[2] in titulos_antes]
    if [(p[0], p[2]) for p in quedan_antes] != [(p[0], p[2]) for p in quedan_ahora]:
        yield "Cambió el orden de los puntos"
