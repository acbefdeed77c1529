"""Reúne los hechos de una sesión en un número fijo de consultas, tenga pocos o muchos renglones."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Prefetch
from django.utils import timezone

from sesiones import models as m
from sesiones.acta import formulas, piezas
from sesiones.agenda import ACTA_APROBADA, punto_que_aprueba
from sesiones.estados import (
    EstadoAsistencia,
    EstadoSesion,
    Funcion,
    RespuestaRevision,
    TipoPunto,
    TipoSuplencia,
    ViaAprobacion,
)
from sesiones.models.agenda import ordenar
from stl_portal.espanol import con_articulo
from stl_portal.texto import limpiar_linea

Hechos = piezas.Hechos


def hechos_de(sesion: m.Sesion) -> Hechos:
    """Los hechos de la sesión como están en este momento, con los nombres de su fecha."""
    denominacion = sesion.organo.denominacion(sesion.fecha)
    regla = sesion.regla
    anexos = [_anexo(a) for a in sesion.anexos.all()]
    puntos = _puntos(sesion, anexos)
    firmantes = list(sesion.firmantes.all())
    asistentes = tuple(_asistente(a) for a in sesion.asistencias.con_personas())
    return Hechos(
        organo=denominacion.nombre,
        plaza=denominacion.lugar,
        ficticio=sesion.organo.ficticio,
        sesion=sesion.pk,
        con_quorum=sesion.con_quorum,
        via_de_aprobacion=regla.aprobacion,
        quien_firma=regla.quien_firma,
        aprobada=_aprobacion(sesion, puntos),
        asistentes=asistentes,
        quorums=tuple(_quorum(q, asistentes) for q in sesion.quorums.vigentes()),
        convocatorias=tuple(_convocatoria(c) for c in sesion.convocatorias.all()),
        puntos=puntos,
        recesos=tuple(piezas.Receso(r.pk, r.inicio, r.fin, r.motivo) for r in sesion.recesos.all()),
        seguimientos=_seguimientos(sesion),
        anexos=tuple(a for a in anexos if a.punto is None and a.acuerdo is None),
        firmas=tuple(_firma(f) for f in firmantes or m.Firmante.segun_regla(sesion)),
        firmas_propuestas=not firmantes,
        citas={c.clave: c.texto for c in sesion.organo.citas.vigentes(sesion.fecha)},
        formulas=formulas.de(sesion),
        **{campo: getattr(sesion, campo) for campo in _DE_LA_SESION},
    )


_DE_LA_SESION = (
    *("clave", "designacion", "numero", "tipo", "modalidad", "estado", "fecha", "hora"),
    *("inicio", "cierre", "lugar", "domicilio", "objetivo", "publico", "notas_cierre", "sin_tratar"),
)


def _asistente(fila: m.Asistencia) -> piezas.Asistente:
    """Un renglón de la lista, tal como quedó escrito ese día."""
    funcion = fila.asiento.funcion if fila.asiento else ""
    return piezas.Asistente(
        id=fila.pk,
        asiento=fila.asiento_id,
        persona=fila.persona_id,
        formal=fila.formal,
        apelativo=fila.apelativo,
        tratamiento=fila.tratamiento,
        sexo=fila.sexo,
        cargo=fila.cargo,
        institucion=fila.institucion,
        calidad=fila.calidad,
        presente=fila.presente,
        justificada=fila.estado == EstadoAsistencia.JUSTIFICADA,
        ocupa=fila.ocupa_asiento and fila.asiento_id is not None,
        en_quorum=fila.en_quorum,
        oficio=fila.oficio,
        sin_firma=fila.sin_firma,
        facilita=funcion == Funcion.FACILITACION,
        preside=funcion == Funcion.PRESIDENCIA,
        movimientos=tuple(
            piezas.Movimiento(mov.pk, mov.tipo, mov.hora, mov.punto_id) for mov in fila.movimientos.all()
        ),
        solo_esta=fila.suplencia is not None and fila.suplencia.tipo == TipoSuplencia.POR_SESION,
    )


def _quorum(fila: m.Quorum, asistentes: Iterable[piezas.Asistente]) -> piezas.QuorumDeclarado:
    """La declaración y la lista que congeló: solo quienes estaban."""
    solo_esta = {(a.asiento, a.formal) for a in asistentes if a.solo_esta}
    lista = tuple(
        piezas.EnLista(
            formal=f"{uno['tratamiento']} {uno['nombre']}".strip(),
            cargo=uno["cargo"],
            institucion=uno["institucion"],
            calidad=uno["calidad"],
            oficio=uno["oficio"],
            ocupa=uno["ocupa_asiento"] and uno["asiento_id"] is not None,
            solo_esta=(uno["asiento_id"], f"{uno['tratamiento']} {uno['nombre']}".strip()) in solo_esta,
        )
        for uno in fila.lista
        if uno["estado"] == EstadoAsistencia.PRESENTE
    )
    return piezas.QuorumDeclarado(
        fila.convocatoria, fila.hay, fila.presentes, fila.base, fila.requeridos, fila.frase, fila.hora, lista
    )


def _convocatoria(fila: m.Convocatoria) -> piezas.Convocatoria:
    """El aviso emitido, con su día en la zona del portal."""
    return piezas.Convocatoria(fila.secuencia, timezone.localdate(fila.emitida_el), fila.motivo)


def _firma(fila: m.Firmante) -> piezas.Firma:
    """Un renglón de la hoja de firmas."""
    return piezas.Firma(
        fila.pk or 0,
        fila.nombre,
        fila.cargo,
        fila.institucion,
        fila.explicacion,
        fila.asistencia_id,
        fila.persona_id,
    )


def _anexo(fila: m.Anexo) -> piezas.Anexo:
    """Documento que se agrega al acta, a un punto o a un acuerdo."""
    return piezas.Anexo(fila.pk, fila.acuerdo_id, fila.punto_id, fila.titulo)


def _seguimientos(sesion: m.Sesion) -> tuple[piezas.Seguimiento, ...]:
    """Lo que en esta sesión se informó de acuerdos anteriores."""
    return tuple(
        piezas.Seguimiento(
            fila.pk,
            piezas.Referencia(fila.acuerdo.numero, fila.acuerdo.sesion.designacion),
            str(fila.get_estado_display()),
            fila.nota,
        )
        for fila in sesion.seguimientos.select_related("acuerdo__sesion")
        if fila.acuerdo.sesion_id != sesion.pk
    )


def _aprobacion(sesion: m.Sesion, puntos: Iterable[piezas.Punto]) -> piezas.Aprobacion | None:
    """Dónde se aprobó el acta, si ya se aprobó."""
    if sesion.estado != EstadoSesion.CONCLUIDA:
        return None
    acta = sesion.actas.last()
    if acta and acta.aprobada_el and acta.via == ViaAprobacion.CORREO:
        return _por_correo(acta, acta.aprobada_el)
    acta = acta or m.Acta(sesion=sesion)
    leida = any(p.tipo == TipoPunto.ACTA and p.resultado in ACTA_APROBADA for p in puntos)
    if leida and acta.version == 1:
        return piezas.Aprobacion(ViaAprobacion.MISMA, sesion.designacion, sesion.fecha)
    aprueba = punto_que_aprueba(acta)
    if aprueba is None:
        return None
    presentes = aprueba.sesion.asistencias.presentes().exclude(persona=None)
    personas = tuple(presentes.values_list("persona_id", flat=True))
    return piezas.Aprobacion(
        ViaAprobacion.POSTERIOR, aprueba.sesion.designacion, aprueba.sesion.fecha, personas
    )


def _por_correo(acta: m.Acta, fecha: dt.date) -> piezas.Aprobacion:
    """Quiénes respondieron «sin observaciones» en la última ronda, de cuántas personas."""
    respuestas = list(
        m.Revisor.objects.filter(ronda=acta.rondas.last()).values_list("persona_id", "respuesta")
    )
    conformes = tuple(persona for persona, dijo in respuestas if dijo == RespuestaRevision.CONFORME)
    return piezas.Aprobacion(ViaAprobacion.CORREO, "", fecha, conformes, len(respuestas))


# --- orden del día y desahogo ---


def _puntos(sesion: m.Sesion, anexos: list[piezas.Anexo]) -> tuple[piezas.Punto, ...]:
    """El orden del día en orden de lectura, con todo lo ocurrido en cada punto."""
    filas = sesion.puntos.prefetch_related(
        Prefetch("intervenciones", m.Intervencion.objects.select_related("asistencia")),
        Prefetch("refiere_a", m.Acuerdo.objects.select_related("sesion")),
        "votaciones__votos",
        Prefetch("acuerdos", m.Acuerdo.objects.select_related("responsable_asiento__institucion")),
        Prefetch(
            "refrendos",
            m.Refrendo.objects.select_related(
                "oficio", "nombramiento__persona", "nombramiento__asiento__institucion"
            ),
        ),
        Prefetch(
            "acuerdos__suplencias_admitidas",
            m.Suplencia.objects.select_related("persona", "asiento__institucion"),
        ),
        "oficios__copias",
        "plazos",
    )
    sin_tratar = _sin_tratar(sesion)
    puntos = []
    for fila in ordenar(filas):
        punto = _punto(fila, anexos)
        puntos.append(replace(punto, sin_tratar=True) if fila.pk in sin_tratar else punto)
    return tuple(puntos)


def _sin_tratar(sesion: m.Sesion) -> set[int]:
    """Los puntos que no se alcanzaron. Si los hubo, al cerrar se dijo por qué; antes, aún no se sabe."""
    if sesion.estado != EstadoSesion.CONCLUIDA or not sesion.sin_tratar:
        return set()
    return set(sesion.puntos.sin_tratar().values_list("pk", flat=True))


def _punto(fila: m.Punto, anexos: list[piezas.Anexo]) -> piezas.Punto:
    """El punto; lo que pertenece a un acuerdo va dentro del acuerdo."""
    votaciones, plazos = [_votacion(v) for v in fila.votaciones.all()], [_plazo(p) for p in fila.plazos.all()]
    return piezas.Punto(
        id=fila.pk,
        etiqueta=fila.etiqueta,
        ruta=fila.ruta,
        nivel=fila.nivel,
        posicion=fila.posicion,
        tipo=fila.tipo,
        titulo=limpiar_linea(fila.titulo),
        en_sesion=fila.en_sesion,
        propuesto_por=fila.propuesto_por,
        desahogo=fila.desahogo,
        resultado=fila.resultado,
        motivo=fila.motivo,
        refiere_literal=fila.refiere_literal,
        referencias=tuple(piezas.Referencia(a.numero, a.sesion.designacion) for a in fila.refiere_a.all()),
        intervenciones=tuple(_intervencion(i) for i in fila.intervenciones.all()),
        oficios=tuple(_oficio(o) for o in fila.oficios.all()),
        votaciones=tuple(v for v in votaciones if v.acuerdo is None),
        acuerdos=tuple(_acuerdo(a, votaciones, plazos, anexos) for a in fila.acuerdos.all()),
        plazos=tuple(p for p in plazos if p.acuerdo is None),
        anexos=tuple(a for a in anexos if a.punto == fila.pk and a.acuerdo is None),
        refrendos=tuple(_refrendo(r) for r in fila.refrendos.all()),
    )


def _acuerdo(
    fila: m.Acuerdo,
    votaciones: Iterable[piezas.Votacion],
    plazos: Iterable[piezas.Plazo],
    anexos: Iterable[piezas.Anexo],
) -> piezas.Acuerdo:
    """El acuerdo con su votación, plazos, anexos y las suplencias que admite."""
    admite = (_admitida(s) for s in fila.suplencias_admitidas.all())
    return piezas.Acuerdo(
        id=fila.pk,
        punto=fila.punto_id,
        numero=fila.numero,
        texto=fila.texto,
        responsable=fila.quien_responde,
        votaciones=tuple(v for v in votaciones if v.acuerdo == fila.pk),
        plazos=tuple(p for p in plazos if p.acuerdo == fila.pk),
        anexos=tuple(a for a in anexos if a.acuerdo == fila.pk),
        admite=tuple(admite),
    )


def _admitida(fila: m.Suplencia) -> str:
    """«Lic. Alma Iraís Aranda García, por el Poder Legislativo»."""
    return f"{fila.persona.formal}, por {con_articulo(fila.asiento.institucion.nombre)}"


def _votacion(fila: m.Votacion) -> piezas.Votacion:
    """La votación y, si fue nominal, el sentido de cada voto con los nombres que congeló el padrón."""
    votantes = {uno["asiento"]: uno for uno in fila.padron}
    emitidos = [(voto.sentido, votantes[voto.asiento_id]) for voto in fila.votos.all()]
    nominal = tuple(
        piezas.VotoNominal(sentido, uno["nombre"], uno["institucion"]) for sentido, uno in emitidos
    )
    return piezas.Votacion(
        id=fila.pk,
        acuerdo=fila.acuerdo_id,
        asunto=fila.asunto,
        a_favor=fila.a_favor,
        en_contra=fila.en_contra,
        abstenciones=fila.abstenciones,
        voto_de_calidad=fila.voto_de_calidad,
        aprobada=fila.aprobada,
        unanime=fila.unanime,
        padron=len(fila.padron),
        nominal=nominal,
    )


def _plazo(fila: m.Plazo) -> piezas.Plazo:
    """El plazo con su fecha original si es prórroga."""
    original = fila.fecha_original if fila.es_prorroga else None
    return piezas.Plazo(fila.pk, fila.acuerdo_id, fila.concepto, fila.literal, fila.fecha, original)


def _intervencion(fila: m.Intervencion) -> piezas.Intervencion:
    """Lo dicho, con la calidad que quedó escrita."""
    en_lista = fila.asistencia
    return piezas.Intervencion(
        id=fila.pk,
        quien=fila.quien,
        sexo=en_lista.sexo if en_lista else "",
        articulo=bool(en_lista and en_lista.tratamiento),
        en_lista=en_lista is not None,
        calidad=fila.calidad,
        texto=fila.texto,
        literal=fila.literal,
    )


def _oficio(fila: m.Oficio) -> piezas.Oficio:
    """El oficio con su folio literal, sello de recepción y copias."""
    return piezas.Oficio(
        id=fila.pk,
        folio=fila.folio,
        lugar=fila.lugar,
        fecha=fila.fecha,
        asunto=fila.asunto,
        remitente=fila.remitente,
        remitente_cargo=fila.remitente_cargo,
        destinatario=fila.destinatario,
        recibido=timezone.localtime(fila.recibido_el) if fila.recibido_el else None,
        recibido_en=fila.recibido_en,
        resumen=fila.resumen,
        copias=tuple(c.para for c in fila.copias.all()),
    )


def _refrendo(fila: m.Refrendo) -> piezas.Refrendo:
    """La representación confirmada y el folio que la confirma."""
    nombramiento = fila.nombramiento
    institucion = nombramiento.asiento.institucion.nombre
    return piezas.Refrendo(fila.pk, nombramiento.persona.formal, institucion, fila.oficio.folio)
