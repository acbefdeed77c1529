"""Lo que se envía de un reporte, como datos que no cambian: de aquí se revisa, se publica y se imprime.

Las cifras van como texto («36.25») para que lo guardado sea exacto. Las evidencias van aparte, una sola
vez, y cada renglón o acción dice cuáles la respaldan.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from ejes.datos_sellados import escribir_cifra, escribir_dia
from ejes.models import Accion, Evidencia, Pregunta, RenglonFormato, Reporte, UsoDeEvidencia
from stl_portal.sello.bitacora import instante

ESQUEMA = "reporte/1"
Usos = dict[tuple[str, int], list[int]]


def acciones_de(reporte: Reporte) -> list[Accion]:
    """Las acciones del eje de las que responde la institución: las de sus compromisos.

    Un compromiso sin responsable propio es de quien responde por el eje.
    """
    filas = Accion.objects.filter(compromiso__eje=reporte.eje).select_related("compromiso__eje")
    ordenadas = filas.order_by("compromiso__numero", "numero")
    return [a for a in ordenadas if a.compromiso.responde_id == reporte.asiento_id]


def documento(
    reporte: Reporte, *, numero: int, firma: tuple[str, str], cuando: dt.datetime
) -> dict[str, Any]:
    """El reporte como se envía la vez `numero`; `firma` es el nombre y el cargo de quien responde.

    Hace un número fijo de consultas. `reporte` trae `eje.plan.organo`, `asiento.institucion` y `bimestre`.
    """
    usos = list(reporte.usos.select_related("evidencia__archivo").order_by("evidencia_id"))
    que = _por_cosa(usos)
    return {
        "esquema": ESQUEMA,
        **_encabezado(reporte, cuando),
        "entrega": numero,
        "enviado_el": instante(cuando),
        "responsable": {"nombre": firma[0], "cargo": firma[1]},
        "renglones": _renglones(reporte, que),
        "avances": _avances(reporte, que),
        "evidencias": _evidencias(usos),
        "de_todo_el_reporte": que[("reporte", 0)],
    }


def _encabezado(reporte: Reporte, cuando: dt.datetime) -> dict[str, Any]:
    plan, bimestre, limite = reporte.eje.plan, reporte.bimestre, reporte.limite
    return {
        "organo": plan.organo.denominacion(timezone.localdate(cuando)).nombre,
        "ficticio": plan.organo.ficticio,
        "plan": {"clave": plan.clave, "nombre": plan.nombre},
        "eje": {"numero": reporte.eje.numero, "nombre": reporte.eje.nombre},
        "bimestre": {
            "numero": bimestre.numero,
            "nombre": bimestre.nombre,
            "desde": escribir_dia(bimestre.desde),
            "hasta": escribir_dia(bimestre.hasta),
        },
        "institucion": reporte.asiento.institucion.nombre,
        "limite": escribir_dia(limite),
        "tardio": reporte.tardio,
    }


def _renglones(reporte: Reporte, que: Usos) -> list[dict[str, Any]]:
    """Todos los del formato, también los que quedaron en blanco."""
    formato = reporte.bimestre.formato
    if formato is None:
        return []
    respuestas = {r.renglon_id: r for r in reporte.respuestas.all()}
    preguntas = {p.renglon_id: p for p in reporte.eje.preguntas.filter(renglon__formato=formato)}
    return [
        _renglon(renglon, preguntas.get(renglon.pk), respuestas.get(renglon.pk))
        | {"evidencias": que[("renglon", renglon.pk)]}
        for renglon in formato.renglones.order_by("orden")
    ]


def _renglon(renglon: RenglonFormato, pregunta: Pregunta | None, respuesta: Any) -> dict[str, Any]:
    return {
        "orden": renglon.orden,
        "categoria": renglon.categoria,
        "indicador": renglon.indicador,
        "pregunta": pregunta.texto if pregunta else renglon.pregunta,
        "unidad": renglon.unidad_de(pregunta),
        "linea_base": escribir_cifra(pregunta.linea_base) if pregunta else None,
        "meta": escribir_cifra(pregunta.meta) if pregunta else None,
        "texto": respuesta.texto if respuesta else "",
        "valor": escribir_cifra(respuesta.valor) if respuesta else None,
        "no_aplica": bool(respuesta and respuesta.no_aplica),
        "motivo": respuesta.motivo if respuesta else "",
    }


def _avances(reporte: Reporte, que: Usos) -> list[dict[str, Any]]:
    dichos = {a.accion_id: a for a in reporte.avances.all()}
    return [
        {
            "codigo": accion.codigo,
            "texto": accion.texto,
            "declarado": escribir_cifra(dichos[accion.pk].declarado) if accion.pk in dichos else None,
            "textual": dichos[accion.pk].textual if accion.pk in dichos else "",
            "nota": dichos[accion.pk].nota if accion.pk in dichos else "",
            "evidencias": que[("accion", accion.pk)],
        }
        for accion in acciones_de(reporte)
    ]


def _evidencias(usos: Iterable[UsoDeEvidencia]) -> list[dict[str, Any]]:
    """Cada una una sola vez, aunque respalde varias cosas."""
    unicas = {uso.evidencia_id: uso.evidencia for uso in usos}
    return [_evidencia(fila) for fila in unicas.values()]


def _evidencia(fila: Evidencia) -> dict[str, Any]:
    archivo = fila.archivo
    de_archivo = archivo and {c: getattr(archivo, c) for c in ("nombre", "tipo", "tamano", "huella")}
    return {
        "id": fila.pk,
        "titulo": fila.titulo,
        "descripcion": fila.descripcion,
        "liga": fila.liga,
        "archivo": de_archivo,
        "subida_el": instante(fila.subida_el),
    }


def _por_cosa(usos: Iterable[UsoDeEvidencia]) -> Usos:
    """Qué evidencias respaldan cada renglón, cada acción y el reporte entero."""
    que: Usos = defaultdict(list)
    for uso in usos:
        if uso.renglon_id:
            cosa = ("renglon", uso.renglon_id)
        else:
            cosa = ("accion", uso.accion_id) if uso.accion_id else ("reporte", 0)
        que[cosa].append(uso.evidencia_id)
    return que
