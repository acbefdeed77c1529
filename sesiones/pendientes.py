"""Lo que a cada persona le toca: el siguiente paso de cada sesión, vencimientos y suplencias."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from sesiones import anuncio, permisos, revision
from sesiones.estados import ACTA_PUBLICA, EDITABLES, Atencion, EstadoActa, EstadoSesion
from sesiones.faltantes import limite_para_publicar
from sesiones.integracion import por_vencer
from sesiones.models import (
    Acta,
    Acuerdo,
    Asiento,
    Nombramiento,
    Organo,
    Regla,
    Revisor,
    Ronda,
    Sesion,
    Suplencia,
)
from sesiones.pedir_firmas import url_de_firma
from sesiones.plazos import UN_DIA, dias_habiles, es_habil
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import Pendiente

CERCA = 30  # días de anticipación con que se avisa de un vencimiento
POR_PUBLICAR = (EstadoActa.POR_FIRMAR, EstadoActa.FIRMADA)
DE_UNA_EN_UNA = 3  # actas sin publicar de un órgano que se piden una por una…
POCOS = 5  # …a quien conduce hasta tantos órganos; con más, solo la primera de cada uno
REVISION_URGE = 2  # días hábiles que faltan para que venza


def de_quien_conduce(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Sesiones por convocar, por celebrar o en curso, y acuerdos vencidos de sus órganos."""
    organos = list(permisos.organos_que_conduce(usuario, al).con_nombre())  # type: ignore[attr-defined]
    if not organos:
        return
    sesiones = Sesion.objects.filter(organo__in=organos, estado__in=EDITABLES)
    for sesion in sesiones.prefetch_related("organo__reglas").order_by("fecha", "hora"):
        yield _de_sesion(sesion, al)
    vencidos = Acuerdo.objects.vencidos(al).filter(sesion__organo__in=organos)
    por_organo = vencidos.order_by().values("sesion__organo").annotate(n=Count("pk", distinct=True))
    cuantos = dict(por_organo.values_list("sesion__organo", "n"))
    for organo in organos:
        if organo.pk in cuantos:
            yield _de_vencidos(organo, cuantos[organo.pk], al)
    for nombramiento, fin in por_vencer(organos, al, al + UN_DIA * CERCA):
        yield _de_representacion(nombramiento, fin, al)
    yield from _por_publicar(organos, al)


def _de_sesion(sesion: Sesion, al: dt.date) -> Pendiente:
    """El paso que sigue; lo que está en curso o ya pasó de su fecha va primero."""
    falta = sesion.siguiente.falta
    vence = sesion.fecha
    if sesion.estado == EstadoSesion.PROGRAMADA:
        vence = _limite_para_convocar(sesion)
        falta = f"{falta}: a más tardar el {fecha_larga(vence)}"
    return Pendiente(
        titulo=sesion.designacion,
        detalle=f"{falta}. Sesión del {fecha_larga(sesion.fecha)}, {sesion.hora:%H:%M} h, {sesion.lugar}",
        accion=sesion.siguiente.accion,
        url=sesion.siguiente_url,
        vence=vence,
        organo=sesion.organo_id,
        urgente=sesion.estado in (EstadoSesion.EN_CURSO, EstadoSesion.SIN_QUORUM) or vence <= al,
    )


def _limite_para_convocar(sesion: Sesion) -> dt.date:
    """Último día para convocar según la regla; sin regla de aviso, el día de la sesión."""
    limite, regla = sesion.fecha, _regla(sesion)
    if regla is None:
        return limite
    dias = regla.dias_de_aviso(sesion.tipo) or 0
    if not regla.aviso_habiles:
        return limite - UN_DIA * dias
    while dias_habiles(limite, sesion.fecha) < dias or (dias and not es_habil(limite)):
        limite -= UN_DIA
    return limite


def _regla(sesion: Sesion) -> Regla | None:
    """La vigente el día de la sesión, entre las del órgano, que ya vienen traídas."""
    return next((r for r in sesion.organo.reglas.all() if r.vigente(sesion.fecha)), None)


def _por_publicar(organos: list[Organo], al: dt.date) -> Iterator[Pendiente]:
    """Las actas sin publicar de sesiones cuya regla fija un plazo."""
    con_plazo = Regla.objects.filter(organo__in=organos, publicacion_dias__isnull=False)
    # Solo se traen las que se piden una por una: las demás, que pueden ser cientos, las cuenta la base.
    suyas = _sin_publicar().filter(organo=OuterRef("pk")).order_by("fecha", "hora", "pk").values("pk")
    cuantas = suyas.order_by().values("organo").annotate(n=Count("pk")).values("n")
    lugares = [f"la_{n}" for n in range(DE_UNA_EN_UNA if len(organos) <= POCOS else 1)]
    primeras = {lugar: Subquery(suyas[n : n + 1]) for n, lugar in enumerate(lugares)}
    filas: QuerySet[Any] = Organo.objects.filter(pk__in=con_plazo.values("organo"))
    filas = filas.annotate(sin_publicar=Subquery(cuantas), **primeras)
    por_organo = {fila: [getattr(fila, lugar) for lugar in lugares] for fila in filas}
    todas = {pk for pks in por_organo.values() for pk in pks if pk}
    sesiones = Sesion.objects.select_related("organo").prefetch_related("organo__reglas").in_bulk(todas)
    for organo, pks in por_organo.items():
        yield from (p for pk in pks if pk and (p := _publica_el_acta(sesiones[pk], al)))
        yield from _muchas_por_publicar(organo, (organo.sin_publicar or 0) - len(lugares), al)


def _sin_publicar() -> QuerySet[Sesion]:
    """Las concluidas cuya acta ni se publicó ni se selló: de esas se ocupa `de_actas`, con sus firmas."""
    ya = Acta.objects.filter(sesion=OuterRef("pk"), estado__in=(*ACTA_PUBLICA, *POR_PUBLICAR))
    return Sesion.objects.filter(~Exists(ya), estado=EstadoSesion.CONCLUIDA)


def _publica_el_acta(sesion: Sesion, al: dt.date) -> Pendiente | None:
    """El acta que falta publicar, con su fecha límite; ninguna si ese día las reglas no la fijaban."""
    vence = limite_para_publicar(sesion, _regla(sesion))
    if vence is None:
        return None
    return Pendiente(
        titulo=f"Publica el acta de la {sesion}",
        detalle=f"A más tardar el {fecha_larga(vence)}. La sesión fue el {fecha_larga(sesion.fecha)}",
        accion="Seguir con el acta",
        url=sesion.paso_url("acta"),
        vence=vence,
        organo=sesion.organo_id,
        urgente=vence <= al,
    )


def _muchas_por_publicar(organo: Organo, cuantas: int, al: dt.date) -> Iterator[Pendiente]:
    """Las demás van juntas: cien renglones iguales taparían lo que sí se puede hacer hoy."""
    if cuantas > 0:
        dicho = "Otra sesión" if cuantas == 1 else f"{cuantas} sesiones más"
        yield Pendiente(
            titulo=f"{dicho} sin acta publicada",
            detalle="Empieza por las más antiguas.",
            accion="Ver las sesiones",
            url=reverse("registros:sesiones", args=(organo.clave,)),
            vence=al,
            organo=organo.pk,
        )


def _de_vencidos(organo: Organo, cuantos: int, al: dt.date) -> Pendiente:
    """Acuerdos abiertos cuyo plazo ya pasó."""
    texto, van = "Un acuerdo pasó de su fecha", "va"
    if cuantos > 1:
        texto, van = f"{cuantos} acuerdos pasaron de su fecha", "van"
    return Pendiente(
        titulo=texto,
        detalle=f"Anota cómo {van} y qué lo impide.",
        accion="Dar seguimiento",
        url=f"{reverse('registros:acuerdos', args=(organo.clave,))}?estado=vencidos",
        vence=al,
        organo=organo.pk,
    )


def _de_representacion(nombramiento: Nombramiento, fin: dt.date, al: dt.date) -> Pendiente:
    """Una representación que termina pronto, o que terminó y nadie ha renovado."""
    asiento = nombramiento.asiento
    verbo = "Venció" if fin < al else "Vence"
    return Pendiente(
        titulo=f"{verbo} la representación de {nombramiento.persona.nombre}",
        detalle=f"{asiento.institucion.nombre}, el {fecha_larga(fin)}. Refréndala o registra a quien sigue",
        accion="Ver el asiento",
        url=reverse("registros:asiento", args=(asiento.organo.clave, asiento.pk)),
        vence=fin,
        organo=asiento.organo_id,
    )


def organos_donde_participa(usuario: Any, al: dt.date) -> Any:
    """Órganos donde la cuenta tiene asiento o solo lee, sin los que su secretariado acompaña."""
    return permisos.organos_propios(usuario, al).exclude(pk__in=permisos.organos_que_conduce(usuario, al))


def de_integrante(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """La próxima sesión convocada de cada órgano donde participa."""
    organos = organos_donde_participa(usuario, al)
    convocadas = (EstadoSesion.CONVOCADA, EstadoSesion.SIN_QUORUM, EstadoSesion.EN_CURSO)
    sesiones = anuncio.por_celebrar(Sesion.objects.filter(organo__in=organos, estado__in=convocadas), al)
    # Mientras se prepara una enmienda, a quien integra el órgano le toca lo que se le avisó.
    for sesion in anuncio.todas(sesiones.select_related("organo").prefetch_related("convocatorias")):
        yield Pendiente(
            titulo=sesion.designacion,
            detalle=f"{fecha_larga(sesion.fecha).capitalize()}, {sesion.hora:%H:%M} h, {sesion.lugar}",
            accion="Ver el orden del día",
            url=sesion.paso_url("orden"),
            vence=sesion.fecha,
            organo=sesion.organo_id,
            urgente=sesion.fecha == al,
        )


def de_quien_revisa(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Las actas que la cuenta tiene por revisar; urge la que está por vencer."""
    for fila in revision.por_revisar(usuario, al):
        yield _de_revision(fila, al)


def _de_revision(fila: Revisor, al: dt.date) -> Pendiente:
    acta, vence = fila.ronda.acta, fila.ronda.vence
    hasta = f"Responde hasta el {fecha_larga(vence)}, ese día incluido" if vence else "Sin fecha límite"
    return Pendiente(
        titulo=f"Revisa el acta de la {acta.sesion}",
        detalle=f"{hasta}. Observa lo que deba corregirse o responde «sin observaciones»",
        accion="Leer y responder",
        url=revision.url_de_revision(acta),
        organo=acta.sesion.organo_id,
        vence=vence,
        urgente=vence is not None and dias_habiles(al, vence) <= REVISION_URGE,
    )


def de_revisiones(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Las rondas que esperan a quien conduce: por cerrar, con observaciones sin respuesta o terminadas."""
    en_espera = (EstadoActa.CIRCULADA, EstadoActa.OBSERVADA, EstadoActa.REVISADA)
    de_sus_organos = Ronda.objects.filter(
        acta__estado__in=en_espera, acta__sesion__organo__in=permisos.organos_que_conduce(usuario, al)
    )
    por_atender = Count("revisores__observaciones", Q(revisores__observaciones__atencion=Atencion.PENDIENTE))
    rondas = de_sus_organos.select_related("acta__sesion__organo").annotate(por_atender=por_atender)
    ultimas = {ronda.acta_id: ronda for ronda in rondas.order_by("numero")}
    for ronda in ultimas.values():
        yield from _de_ronda(ronda, al)


def _de_ronda(ronda: Any, al: dt.date) -> Iterator[Pendiente]:
    """Lo que sigue; mientras la ronda corre y no hay nada que contestar, nada."""
    acta, cuantas = ronda.acta, ronda.por_atender
    if ronda.cerrada_el is None and not cuantas and not ronda.vencida(al):
        return
    if cuantas:
        detalle = "Una observación por atender" if cuantas == 1 else f"{cuantas} observaciones por atender"
        accion = "Atender"
    elif ronda.cerrada_el is None:
        detalle, accion = "El plazo terminó. Ciérrala para seguir", "Cerrar la ronda"
    else:
        detalle, accion = "La revisión terminó y todo está atendido", "Aprobarla o circular otra ronda"
    yield Pendiente(
        titulo=f"Revisión del acta de la {acta.sesion}",
        detalle=detalle,
        accion=accion,
        url=revision.url_de_revision(acta),
        organo=acta.sesion.organo_id,
        vence=ronda.vence,
        urgente=bool(cuantas) and ronda.cerrada_el is not None,
    )


def de_actas(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Las actas selladas que sus órganos no han publicado y las fes de erratas en borrador."""
    por_seguir = Q(estado__in=POR_PUBLICAR) | Q(version__gt=1, estado=EstadoActa.BORRADOR)
    suyas = Acta.objects.filter(por_seguir, sesion__organo__in=permisos.organos_que_conduce(usuario, al))
    sin_firma = Count("sello__lugares", Q(sello__lugares__firmas__isnull=True), distinct=True)
    filas = suyas.select_related("sesion__organo").prefetch_related("sesion__organo__reglas")
    for acta in filas.annotate(sin_firma=sin_firma).order_by("sesion__fecha", "version"):
        yield _de_errata(acta) if acta.en_trabajo else _de_sellada(acta, al)


def _de_errata(acta: Acta) -> Pendiente:
    """Una fe de erratas que se abrió y no se ha circulado ni aprobado."""
    return Pendiente(
        titulo=f"Termina {acta.dicha} de la {acta.sesion}",
        detalle=f"Está en borrador. {acta.motivo}",
        accion="Seguir con la fe de erratas",
        organo=acta.sesion.organo_id,
        url=acta.sesion.paso_url("acta"),
    )


def _de_sellada(acta: Any, al: dt.date) -> Pendiente:
    """Publicarla, si está firmada o la regla no exige todas las firmas; si no, las que faltan."""
    sesion, regla, faltan = acta.sesion, _regla(acta.sesion), acta.sin_firma
    vence = limite_para_publicar(sesion, regla) if acta.version == 1 else None
    cuantas = "Falta una firma" if faltan == 1 else f"Faltan {faltan} firmas"
    hasta = f"A más tardar el {fecha_larga(vence)}" if vence else ""
    titulo, accion = f"Publica {acta.dicha} de la {sesion}", "Seguir con el acta"
    detalle = f"{cuantas}; las reglas permiten publicarla así" if faltan else "Ya tiene todas sus respuestas"
    if faltan and not (regla and regla.publica_sin_firmas):
        que = "del acta" if acta.version == 1 else f"de {acta.dicha}"
        titulo, accion, detalle = (
            f"{cuantas} {que} de la {sesion}",
            "Ver las firmas",
            "Sin ellas no se publica",
        )
    return Pendiente(
        titulo=titulo,
        detalle=". ".join(filter(None, (detalle, hasta))),
        accion=accion,
        url=url_de_firma(sesion) if accion == "Ver las firmas" else sesion.paso_url("acta"),
        organo=sesion.organo_id,
        vence=vence,
        urgente=vence is not None and vence <= al,
    )


def suplencias_de(usuario: Any, al: dt.date) -> list[Suplencia]:
    """Suplencias de la persona de la cuenta, o de los asientos que ocupa, vigentes o futuras."""
    mias = Q(persona__usuario=usuario)
    de_mi_asiento = Q(asiento__in=Asiento.objects.ocupados_por(usuario, al))
    filas = Suplencia.objects.filter(mias | de_mi_asiento).exclude(vigente_hasta__lt=al)
    return list(
        filas.select_related(
            "persona", "oficio__archivo", "sesion", "asiento__institucion", "asiento__organo"
        )
    )
