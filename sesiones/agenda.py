"""El orden del día con el que nace una sesión: plantilla o copia, acta anterior y acuerdos pendientes."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from sesiones.estados import ACTA_EN_TRABAJO, EstadoSesion, Resultado, TipoPunto
from sesiones.models import Acta, Acuerdo, Punto, Sesion
from stl_portal.espanol import fecha_larga
from stl_portal.texto import a_llano

YA_CONVOCADA = (EstadoSesion.CONVOCADA, EstadoSesion.SIN_QUORUM, EstadoSesion.EN_CURSO)
ACTA_APROBADA = (Resultado.UNANIMIDAD, Resultado.MAYORIA, Resultado.CONSENSO)


def punto_que_aprueba(acta: Acta) -> Punto | None:
    """El último punto aprobado donde se votó este texto; el de la versión 1 puede ser de su propia sesión."""
    if acta.version == 1:
        aqui = acta.sesion.puntos.filter(tipo=TipoPunto.ACTA, resultado__in=ACTA_APROBADA).first()
        if aqui:
            return aqui
    despues = acta.sesion.se_aprueba_en.filter(resultado__in=ACTA_APROBADA).select_related("sesion")
    return next((p for p in despues.order_by("-sesion__fecha", "-pk") if acta.la_vota(p.sesion)), None)


def actas_por_aprobar(sesion: Sesion) -> list[Sesion]:
    """Sesiones anteriores cuya acta, o su fe de erratas, nadie ha aprobado; la más antigua primero."""
    previas = Sesion.objects.anteriores_a(sesion).order_by("fecha")
    en_otra = previas.filter(se_aprueba_en__resultado__in=ACTA_APROBADA)
    en_la_misma = previas.filter(puntos__tipo=TipoPunto.ACTA, puntos__resultado__in=ACTA_APROBADA)
    corregidas = _erratas_por_aprobar().filter(sesion__in=previas).values("sesion")
    aprobadas = Q(pk__in=en_otra) | Q(pk__in=en_la_misma)
    return list(previas.exclude(aprobadas & ~Q(pk__in=corregidas)))


def _erratas_por_aprobar() -> QuerySet[Acta]:
    """Las fes de erratas que siguen en trabajo."""
    return Acta.objects.filter(version__gt=1, estado__in=ACTA_EN_TRABAJO)


def llevar_a_la_siguiente(acta: Acta) -> Punto | None:
    """Agrega la aprobación de esa fe de erratas a la próxima sesión programada que la puede votar.

    Si ninguna está programada y sin convocar devuelve None: la lleva la que se programe (`formar_orden`).
    """
    organo = acta.sesion.organo
    programadas = organo.sesiones.filter(estado=EstadoSesion.PROGRAMADA, fecha__gt=acta.sesion.fecha)
    siguiente = next((s for s in programadas.order_by("fecha", "hora") if acta.la_vota(s)), None)
    return _agregar_aprobacion(siguiente, acta.sesion) if siguiente else None


def no_llevar(acta: Acta) -> None:
    """Quita esa fe de erratas de las sesiones programadas que la iban a aprobar.

    Lanza `ValidationError` si alguna ya se convocó y todavía no la desahoga.
    """
    suyos = Punto.objects.filter(acta_de=acta.sesion, tipo=TipoPunto.ACTA_ANTERIOR)
    pendientes = suyos.filter(resultado=Resultado.PENDIENTE).select_related("sesion")
    if convocado := pendientes.filter(sesion__estado__in=YA_CONVOCADA).first():
        raise ValidationError(f"Está en el orden del día de la {convocado.sesion}, que ya se convocó.")
    for punto in pendientes.filter(sesion__estado=EstadoSesion.PROGRAMADA):
        punto.quitar()


def _agregar_aprobacion(sesion: Sesion, previa: Sesion) -> Punto:
    """El punto que somete a aprobación el acta de una sesión anterior, o su fe de erratas."""
    errata = _erratas_por_aprobar().filter(sesion=previa).exists()
    que = "de la fe de erratas del acta" if errata else "del acta"
    titulo = f"Aprobación {que} de la {previa.designacion}, celebrada el {fecha_larga(previa.fecha)}"
    asuntos = sesion.puntos.filter(tipo=TipoPunto.GRUPO).first()
    return Punto.agregar(sesion, titulo, padre=asuntos, tipo=TipoPunto.ACTA_ANTERIOR, acta_de=previa)


def formar_orden(sesion: Sesion, *, copiar_de: Sesion | None, acuerdos: Iterable[Acuerdo]) -> None:
    """Pone los puntos: plantilla (o copia), y dentro de los asuntos, actas y acuerdos pendientes."""
    with transaction.atomic():
        if copiar_de:
            copiar_puntos(copiar_de, sesion)
        else:
            for fila in sesion.organo.plantilla.filter(tipo_sesion__in=("", sesion.tipo)):
                Punto.agregar(sesion, fila.titulo, tipo=fila.tipo)
        asuntos = sesion.puntos.filter(tipo=TipoPunto.GRUPO).first()
        for previa in actas_por_aprobar(sesion):
            _agregar_aprobacion(sesion, previa)
        for acuerdo in acuerdos:
            titulo = f"Seguimiento del {str(acuerdo)[:1].lower()}{str(acuerdo)[1:]}: {a_llano(acuerdo.texto)}"
            punto = Punto.agregar(sesion, titulo[:300], padre=asuntos)
            punto.refiere_a.add(acuerdo)


def copiar_puntos(origen: Sesion, destino: Sesion) -> None:
    """Copia títulos y anidado; nunca lo desahogado ni lo que se agregó sobre la marcha."""
    nuevos: dict[int, Punto] = {}
    for punto in origen.puntos.en_arbol():
        if punto.en_sesion or punto.tipo == TipoPunto.ACTA_ANTERIOR or punto.refiere_a.exists():
            continue
        padre = nuevos.get(punto.padre_id) if punto.padre_id else None
        if punto.padre_id and padre is None:
            continue
        nuevos[punto.pk] = Punto.agregar(destino, punto.titulo, padre=padre, tipo=punto.tipo)
