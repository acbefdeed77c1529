"""Lo mismo que los conjuntos, en Popolo: personas, asientos, quién los ocupa, sesiones y votaciones.

Popolo es el vocabulario con que otros programas leen cuerpos colegiados (popoloproject.com). Sale de las
filas de los conjuntos, que ya traen solo lo publicado y sin lo testado: aquí nada se decide otra vez. Se
escribe por partes; las personas van al final porque son las que se hayan nombrado antes.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone

from sesiones.datos import integrantes, organos, sesiones, votaciones, votos
from sesiones.datos.de_la_sesion import GENERA, TEMA, id_de_persona
from sesiones.models import Asiento, Institucion, Persona
from stl_portal.datos.registro import LOTE, Conjunto, Suelto

Dato = dict[str, Any]
# Lo que en Popolo se llama cada voto; no votar, abstenerse y estar ausente son tres cosas.
OPCIONES = {
    "a_favor": "yes",
    "en_contra": "no",
    "abstencion": "abstain",
    "no_voto": "not voting",
    "ausente": "absent",
}
CUENTAS = {
    "a_favor": "yes",
    "en_contra": "no",
    "abstenciones": "abstain",
    "no_votaron": "not voting",
    "ausentes": "absent",
}


def trozos() -> Iterator[bytes]:
    """El documento completo, en UTF-8 y por partes."""
    nombradas: set[str] = set()
    partes = (
        ("organizations", _organizaciones()),
        ("posts", _asientos()),
        ("memberships", _ocupaciones(nombradas)),
        ("events", _sesiones()),
        ("motions", _propuestas()),
        ("vote_events", _votaciones(nombradas)),
        ("persons", _personas(nombradas)),
    )
    for lugar, (clave, datos) in enumerate(partes):
        yield f'{"," if lugar else "{"}\n"{clave}":['.encode()
        yield from _escritos(datos)
        yield b"]"
    yield b"}\n"


def _escritos(datos: Iterator[Dato]) -> Iterator[bytes]:
    """Cada dato en su renglón, de tanto en tanto."""
    antes = "\n"
    while tanda := list(islice(datos, LOTE)):
        renglones = ",\n".join(json.dumps(_con_valor(dato), ensure_ascii=False) for dato in tanda)
        yield f"{antes}{renglones}".encode()
        antes = ",\n"


def _con_valor(dato: Dato) -> Dato:
    """Sin lo que no se sabe: en Popolo, lo que falta no se escribe."""
    return {clave: valor for clave, valor in dato.items() if valor is not None}


def _filas(conjunto: Conjunto) -> Iterator[Dato]:
    """Las filas publicadas, por el nombre de sus columnas."""
    return (dict(zip(conjunto.nombres, fila, strict=True)) for fila in conjunto.todas())


def _organizaciones() -> Iterator[Dato]:
    """Los órganos y las instituciones que ocupan sus asientos."""
    for fila in _filas(organos.CONJUNTO):
        yield {
            "id": fila["id"],
            "name": fila["nombre"],
            "classification": fila["clase"],
            "parent_id": fila["depende_de"],
            "links": [{"url": fila["direccion"], "note": "Sus sesiones"}],
            "ficticio": fila["ficticio"],
        }
    con_asiento = Asiento.objects.publicos(timezone.localdate()).values("institucion")
    for institucion in Institucion.objects.filter(pk__in=con_asiento).order_by("pk").iterator():
        yield {
            "id": _id_de_institucion(institucion.pk),
            "name": institucion.nombre,
            "classification": institucion.sector or None,
        }


def _id_de_institucion(institucion: int) -> str:
    return f"institucion-{institucion}"


def _asientos() -> Iterator[Dato]:
    """Cada asiento: existe aunque esté vacante."""
    publicos = Asiento.objects.publicos(timezone.localdate())
    for asiento in publicos.select_related("organo", "institucion").order_by("pk").iterator():
        yield {
            "id": integrantes.id_de_asiento(asiento),
            "label": asiento.institucion.nombre,
            "role": str(asiento.get_funcion_display()),
            "organization_id": asiento.organo.clave,
            "start_date": _dia(asiento.vigente_desde),
            "end_date": _dia(asiento.vigente_hasta),
        }


def _dia(fecha: dt.date | None) -> str | None:
    return fecha.isoformat() if fecha else None


def _ocupaciones(nombradas: set[str]) -> Iterator[Dato]:
    """Titulares y suplentes; cada suplencia dice a quién suple. Lo que no nombra a nadie no es ocupación."""
    conjunto = integrantes.CONJUNTO
    for asiento, filas in _por_asiento(conjunto):
        nombres = {fila["id"]: fila["persona"] for fila in filas}
        for fila in filas:
            if fila["persona_id"]:
                nombradas.add(fila["persona_id"])
                yield _ocupacion(asiento, fila, nombres)


def _por_asiento(conjunto: Conjunto) -> Iterator[tuple[Asiento, list[Dato]]]:
    """Cada asiento con todas sus filas."""
    objetos = conjunto.publicado().order_by("pk").iterator(chunk_size=LOTE)
    while tanda := list(islice(objetos, LOTE)):
        suyas: dict[int, tuple[Asiento, list[Dato]]] = {asiento.pk: (asiento, []) for asiento in tanda}
        for asiento, fila in conjunto.filas(tanda):
            suyas[asiento.pk][1].append(dict(zip(conjunto.nombres, fila, strict=True)))
        yield from suyas.values()


def _ocupacion(asiento: Asiento, fila: Dato, nombres: dict[str, str]) -> Dato:
    """Una fila de integrantes como `membership`: en el órgano, en su asiento y por su institución."""
    de_titular = fila["calidad"] == "titular"
    de_quien = nombres.get(fila["suple_a"]) or fila["institucion"]
    return {
        "id": fila["id"],
        "label": f"Titular por {fila['institucion']}" if de_titular else f"Suplente de {de_quien}",
        "role": fila["calidad"],
        "person_id": fila["persona_id"],
        "organization_id": fila["organo"],
        "post_id": fila["asiento"],
        "on_behalf_of_id": _id_de_institucion(asiento.institucion_id),
        "start_date": _dia(fila["desde"]),
        "end_date": _dia(fila["hasta"]),
        # Fuera de Popolo, que no tiene con qué decirlo: la ocupación a la que suple y en qué única sesión.
        "suple_a_id": fila["suple_a"],
        "solo_en_id": fila["sesion"],
    }


def _sesiones() -> Iterator[Dato]:
    """Las sesiones públicas; la que se avisó sin fecha no la tiene."""
    for fila in _filas(sesiones.CONJUNTO):
        yield {
            "id": fila["id"],
            "name": fila["designacion"],
            "classification": fila["tipo"],
            "status": fila["estado"],
            "organization_id": fila["organo"],
            "start_date": _instante(fila["fecha"], fila["inicio"] or fila["hora"]),
            "end_date": _instante(fila["fecha"], fila["cierre"]),
            "location": fila["lugar"],
            "sources": [{"url": fila["acta"] or fila["direccion"]}],
        }


def _instante(dia: dt.date | None, hora: dt.time | None) -> str | None:
    """La fecha y la hora, con su diferencia con UTC."""
    return timezone.make_aware(dt.datetime.combine(dia, hora)).isoformat() if dia and hora else None


def _propuestas() -> Iterator[Dato]:
    """Lo que se sometió a votación."""
    for sesion, fila in _con_su_sesion(votaciones.CONJUNTO):
        yield {
            "id": _id_de_propuesta(fila),
            "text": fila["asunto"],
            "classification": "acuerdo" if fila["acuerdo"] else "otro asunto",
            "identifier": fila["acuerdo"],
            "requirement": fila["mayoria"],
            "date": _empezo(sesion),
        } | _resultado(fila)


def _con_su_sesion(conjunto: Conjunto) -> Iterator[tuple[Any, Dato]]:
    objetos = conjunto.publicado().order_by("pk").iterator(chunk_size=LOTE)
    while tanda := list(islice(objetos, LOTE)):
        for votacion, fila in conjunto.filas(tanda):
            yield votacion.punto.sesion, dict(zip(conjunto.nombres, fila, strict=True))


def _id_de_propuesta(fila: Dato) -> str:
    return f"{fila['id']}/propuesta"


def _empezo(sesion: Any) -> str | None:
    return _instante(sesion.fecha, sesion.inicio or sesion.hora)


def _resultado(fila: Dato) -> Dato:
    """De qué órgano y sesión es, en qué terminó y dónde se lee."""
    return {
        "organization_id": fila["organo"],
        "legislative_session_id": fila["sesion"],
        "result": "fail" if fila["resultado"] == "no_aprobado" else "pass",
        "sources": [{"url": fila["direccion"]}],
    }


def _votaciones(nombradas: set[str]) -> Iterator[Dato]:
    """Cada votación con su cuenta y, si fue nominal y su acta se publicó, con el voto de cada asiento."""
    conjunto = votaciones.CONJUNTO
    objetos = conjunto.publicado().order_by("pk").iterator(chunk_size=LOTE)
    while tanda := list(islice(objetos, LOTE)):
        nominales = _votos(tanda, nombradas)
        for votacion, celdas in conjunto.filas(tanda):
            fila = dict(zip(conjunto.nombres, celdas, strict=True))
            yield {
                "id": fila["id"],
                "motion_id": _id_de_propuesta(fila),
                "start_date": _empezo(votacion.punto.sesion),
                "counts": _cuenta(fila),
                "votes": nominales.get(votacion.pk, []),
            } | _resultado(fila)


def _cuenta(fila: Dato) -> list[Dato]:
    return [
        {"option": opcion, "value": fila[columna]}
        for columna, opcion in CUENTAS.items()
        if fila[columna] is not None
    ]


def _votos(de_cuales: Iterable[Any], nombradas: set[str]) -> dict[int, list[Dato]]:
    """Los votos con nombre de esas votaciones."""
    publicados = votos.CONJUNTO.publicado().filter(votacion__in=[v.pk for v in de_cuales]).order_by("pk")
    por_votacion: dict[int, list[Dato]] = {}
    for voto, celdas in votos.CONJUNTO.filas(list(publicados)):
        fila: Dato = dict(zip(votos.CONJUNTO.nombres, celdas, strict=True))
        if fila["persona_id"]:
            nombradas.add(fila["persona_id"])
        dicho = {
            "voter_id": fila["persona_id"],
            "option": OPCIONES[fila["sentido"]],
            "group_id": _id_de_institucion(voto.asiento.institucion_id),
            "role": voto.asistencia.calidad,
        }
        por_votacion.setdefault(voto.votacion_id, []).append(_con_valor(dicho))
    return por_votacion


def _personas(nombradas: set[str]) -> Iterator[Dato]:
    """Solo quienes se nombraron antes, y de cada quien solo el nombre."""
    claves = sorted(int(id.removeprefix("persona-")) for id in nombradas)
    for desde in range(0, len(claves), LOTE):
        filas = Persona.objects.filter(pk__in=claves[desde : desde + LOTE]).order_by("pk")
        for persona in filas.only("nombre", "tratamiento"):
            yield {
                "id": id_de_persona(persona.pk),
                "name": persona.nombre,
                "honorific_prefix": persona.tratamiento or None,
            }


SUELTO = Suelto(
    nombre="popolo.json",
    titulo="Personas, asientos y votaciones en Popolo",
    descripcion="Un solo archivo JSON con órganos, instituciones, asientos, titulares y suplentes (que"
    " dicen a quién suplen), sesiones y votaciones, enlazados entre sí según el vocabulario Popolo.",
    tipo="application/json",
    trozos=trozos,
    genera=GENERA,
    tema=TEMA,
)
