"""Lo que de un acta queda en el registro público, y volver a comprobarlo contra sus filas.

Cada acto anota los mismos datos que guarda su fila: al revisar se vuelven a armar desde la fila y se
comparan con los del eslabón, así que cambiar cualquiera de las dos se nota y se dice cuál es.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from sesiones import publica
from sesiones.acta.documento import codigo_de, espacio
from sesiones.estados import ACTA_PUBLICA, ClaseFirma, EstadoActa
from sesiones.models import Acta, Firma, LugarDeFirma, Publicacion, Sello, VersionPublica
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import Falla

SELLADA, FIRMADA, PUBLICADA, SUSTITUIDA = "acta-sellada", "acta-firmada", "acta-publicada", "acta-sustituida"
NEGADA = "acta-firma-negada"
VERSION_PUBLICA = "acta-version-publica"
ConEslabon = Sello | Firma | Publicacion | VersionPublica
TIPOS = {
    SELLADA: Sello,
    FIRMADA: Firma,
    NEGADA: Firma,
    PUBLICADA: Publicacion,
    VERSION_PUBLICA: VersionPublica,
}


def anotar(fila: ConEslabon, lugares: Sequence[LugarDeFirma] = (), *, importada: bool = False) -> None:
    """Anota el acto y deja su número en la fila, que se guarda después. La transacción es de quien llama.

    `lugares` son los de la hoja que se sella, aún sin guardar. `importada`: ocurrió en otro portal.
    """
    tipo, codigo, datos = _que_consta(fila, lugares)
    datos |= {"importada": True} if importada else {}
    fila.eslabon = bitacora.anotar(tipo, datos, objeto=f"acta:{codigo}").n


def anotar_sustitucion(anterior: Sello, nueva: Sello) -> None:
    """Deja dicho qué versión sustituye a cuál."""
    bitacora.anotar(SUSTITUIDA, _de_la_sustitucion(anterior, nueva), objeto=f"acta:{anterior.codigo}")


def _de_la_sustitucion(anterior: Sello, nueva: Sello) -> dict[str, Any]:
    """El registro no se borra: del motivo, que puede decir un dato, solo su huella con la sal del sellado."""
    contenido = json.loads(bytes(nueva.documento))
    dicho = {"motivo": contenido["sustituye"]["motivo"], "sal": contenido["sal"]}
    return {"acta": anterior.codigo, "por": nueva.codigo, "dicho": huella(canonico(dicho))}


def _que_consta(fila: ConEslabon, lugares: Sequence[LugarDeFirma]) -> tuple[str, str, dict[str, Any]]:
    """Tipo de eslabón, código del acta y datos, según el acto."""
    if isinstance(fila, Sello):
        return SELLADA, fila.codigo, _del_sello(fila, lugares)
    if isinstance(fila, Firma):
        tipo = NEGADA if fila.clase == ClaseFirma.NEGADA else FIRMADA
        return tipo, fila.lugar.sello.codigo, _de_la_firma(fila)
    if isinstance(fila, VersionPublica):
        return VERSION_PUBLICA, fila.sello.codigo, _de_la_version(fila)
    return PUBLICADA, fila.sello.codigo, _de_la_publicacion(fila)


def _del_sello(sello: Sello, lugares: Sequence[LugarDeFirma]) -> dict[str, Any]:
    """De las personas, el número de su fila: sus nombres están en el documento sellado."""
    acta, sesion = sello.acta, sello.acta.sesion
    return {
        "acta": f"{sesion.organo.clave}/{sesion.clave}/{acta.version}",
        "creada": instante(acta.creada_el),
        "punto": acta.aprobada_en_id,
        "personas": [lugar.persona_id for lugar in lugares],
        "codigo": sello.codigo,
        "huella": sello.huella,
        "xml": hashlib.sha256(bytes(sello.xml)).hexdigest(),
        "pdf": sello.pdf.huella,
        "cuando": instante(sello.sellado_el),
        "cuenta": sello.sellado_por_id,
    }


def _de_la_firma(firma: Firma) -> dict[str, Any]:
    """Sin nombres ni motivos, que pueden no ser públicos todavía: de lo dicho solo queda su huella."""
    return {
        "acta": firma.lugar.sello.codigo,
        "lugar": firma.lugar.orden,
        "clase": firma.clase,
        "escaneo": firma.escaneo.huella if firma.escaneo else "",
        "pdf": firma.pdf.huella,
        "dicho": huella(canonico({"motivo": firma.motivo, "detalle": firma.detalle})),
        "cuando": instante(firma.cuando),
        "cuenta": firma.por_id,
    }


def _de_la_publicacion(publicacion: Publicacion) -> dict[str, Any]:
    return {
        "acta": publicacion.sello.codigo,
        "pdf": publicacion.pdf.huella,
        "cuando": instante(publicacion.publicada_el),
        "cuenta": publicacion.publicada_por_id,
    }


def _de_la_version(version: VersionPublica) -> dict[str, Any]:
    """Las huellas de lo que se entrega; de lo testado, cuántos y la huella de sus razones."""
    return {
        "acta": version.sello.codigo,
        "ordinal": version.ordinal,
        "json": hashlib.sha256(bytes(version.documento)).hexdigest(),
        "xml": hashlib.sha256(bytes(version.xml)).hexdigest(),
        "pdf": version.pdf.huella,
        "testados": len(version.testados),
        "dicho": huella(canonico({"motivo": version.motivo, "testados": version.testados})),
        "cuando": instante(version.elaborada_el),
        "cuenta": version.elaborada_por_id,
    }


def fallas() -> Iterator[Falla]:
    """Todo lo que no cuadra entre las actas selladas y el registro; no se detiene en lo primero."""
    sellos = Sello.objects.select_related("acta__sesion__organo", "pdf").prefetch_related("lugares")
    yield from _de_cada(sellos, _del_sello_entero)
    yield from _de_cada(Acta.objects.filter(sello__isnull=False), lambda _: ())
    yield from _de_cada(LugarDeFirma.objects.all(), lambda _: ())
    yield from _de_cada(Firma.objects.select_related("lugar__sello", "pdf", "escaneo"), _contra_su_eslabon)
    yield from _de_cada(Publicacion.objects.select_related("sello", "pdf"), _contra_su_eslabon)
    yield from _de_cada(VersionPublica.objects.select_related("sello", "pdf"), _de_la_version_entera)
    for tipo, modelo in TIPOS.items():
        yield from sin_fila(modelo, tipo)


def fallas_de(sello: Sello) -> Iterator[str]:
    """Lo que no cuadra de una sola acta: su documento, su hoja, su estado y sus versiones públicas."""
    yield from _del_sello_entero(sello)
    for version in sello.versiones_publicas.all():
        yield from publica.fallas_de(version)


def _de_la_version_entera(version: VersionPublica) -> Iterator[str]:
    """Lo que anotó su eslabón y, si sus bytes son aquellos, que salgan del original y de lo marcado."""
    contra = list(_contra_su_eslabon(version))
    yield from contra or publica.fallas_de(version)


def _de_cada(filas: "QuerySet[Any]", revisar: Callable[[Any], Iterable[str]]) -> Iterator[Falla]:
    """Lo que está mal en cada fila con solo leerla y, si se pudo leer, lo que diga `revisar`."""
    nombre = filas.model._meta.verbose_name
    for leida in leidas(filas):
        hallado = [*leida.fallas(), *(revisar(leida.fila) if leida.fila else ())]
        yield from (Falla(f"{nombre} {leida.pk}{_de_que_acta(leida.fila)}", que) for que in hallado)


def _de_que_acta(fila: Any) -> str:
    """« del acta ABCD-…», para encontrarla sin saber de números de fila."""
    lugar = fila.lugar if isinstance(fila, Firma) else fila
    sello = lugar if isinstance(lugar, Sello) else getattr(lugar, "sello", None)
    return f" del acta {sello.codigo}" if sello else ""


def _del_sello_entero(sello: Sello) -> Iterator[str]:
    del_contenido = list(_del_contenido(sello))
    yield from del_contenido
    yield from _contra_su_eslabon(sello)
    if not del_contenido:
        yield from _de_lo_que_sustituye(sello)


def _de_lo_que_sustituye(sello: Sello) -> Iterator[str]:
    """Que lo anotado al sustituir a la versión anterior sea lo que dice el documento que la sustituye."""
    if sello.acta.version == 1 or sello.acta.estado not in ACTA_PUBLICA:
        return
    versiones = Sello.objects.filter(acta__sesion=sello.acta.sesion)
    anterior = versiones.filter(acta__version=sello.acta.version - 1).first()
    objeto = f"acta:{anterior.codigo}" if anterior else ""
    anotado = Eslabon.objects.filter(tipo=SUSTITUIDA, objeto=objeto).first()
    if anterior and anotado:  # si falta, lo dice el estado de la anterior
        yield from contra_su_eslabon(anotado.n, SUSTITUIDA, objeto, [_de_la_sustitucion(anterior, sello)])


def _del_contenido(sello: Sello) -> Iterator[str]:
    """Que los bytes den su huella, la huella su código, y las filas digan lo que dice el documento."""
    documento = bytes(sello.documento)
    if hashlib.sha256(documento).hexdigest() != sello.huella:
        yield "el documento no da su huella (documento, huella)"
        return
    if codigo_de(sello.huella) != sello.codigo:
        yield "el código no es el de su huella (codigo)"
    contenido = json.loads(documento)
    if _hoja(sello.lugares.all()) != contenido["firmantes"]:
        yield "los lugares de firma no son los de la hoja sellada"
    if _del_acta(sello.acta) != _segun_documento(contenido):
        yield "la fila del acta no dice lo que dice el documento"
    if sello.acta.estado != _estado_debido(sello):
        yield "el estado del acta no es el que sus actos dicen (estado)"


def _estado_debido(sello: Sello) -> str:
    """El estado que resulta de lo que se firmó, publicó y sustituyó."""
    if Eslabon.objects.filter(tipo=SUSTITUIDA, objeto=f"acta:{sello.codigo}").exists():
        return EstadoActa.SUSTITUIDA
    if Publicacion.objects.filter(sello=sello).exists():
        return EstadoActa.PUBLICADA
    falta = sello.lugares.filter(firmas__isnull=True).exists()
    return EstadoActa.POR_FIRMAR if falta else EstadoActa.FIRMADA


def _hoja(lugares: Iterable[LugarDeFirma]) -> list[dict[str, str]]:
    return [
        {"espacio": x.campo, "nombre": x.nombre, "cargo": x.cargo, "institucion": x.institucion}
        for x in lugares
        if x.campo == espacio(x.orden)
    ]


def _del_acta(acta: Acta) -> tuple[Any, ...]:
    fecha = acta.aprobada_el.isoformat() if acta.aprobada_el else None
    return acta.version, acta.via, fecha, acta.motivo


def _segun_documento(contenido: dict[str, Any]) -> tuple[Any, ...]:
    aprobacion, sustituye = contenido["aprobacion"], contenido["sustituye"] or {}
    return contenido["version"], aprobacion["via"], aprobacion["fecha"], sustituye.get("motivo", "")


def _contra_su_eslabon(fila: ConEslabon) -> Iterator[str]:
    """Que el eslabón que la fila cita exista y diga exactamente lo mismo."""
    tipo, codigo, datos = _que_consta(fila, list(fila.lugares.all()) if isinstance(fila, Sello) else ())
    return contra_su_eslabon(fila.eslabon, tipo, f"acta:{codigo}", [datos])
