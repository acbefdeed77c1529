"""Las novedades que da sesiones: convocatorias, actas, anexos y calendarios; de cada cosa, lo público."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from sesiones import anuncio, convocar, novedades, publica
from sesiones.estados import ACTA_PUBLICA, PUBLICAS, EstadoSesion
from sesiones.models import AnexoPublicado, Convocatoria
from sesiones.models.calendario import CambioCalendario
from sesiones.models.sesiones import CambioSesion
from sesiones.testar import Tachador
from stl_portal.espanol import con_articulo, fecha_larga
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido

# Cada función da las claves de los anexos que su aplicación cuenta con una clase suya, y aquí no se repiten.
CON_CLASE_PROPIA: list[Callable[[], "QuerySet[Any, Any]"]] = []
NOMBRES = "sesion__organo__denominaciones"
ESTADOS_DE_YA_NO = (EstadoSesion.CANCELADA, EstadoSesion.NO_CELEBRADA)
YA_NO = {"cancelar": "Se canceló", "dar_por_no_celebrada": "No se celebró"}


def actas(pedido: Pedido) -> Iterator[Novedad]:
    """Cada versión de un acta que se publicó."""
    ultima = publica.vigentes().filter(sello=OuterRef("sello")).values("elaborada_el")
    filas = novedades.publicaciones().annotate(
        renovada=Subquery(ultima), acuerdos=Count("sello__acta__sesion__acuerdos")
    )
    pedidas = list(pedido.de(filas, "publicada_el", "sello__acta__sesion__organo__clave"))
    por_sesion = publica.tachadores(fila.sello.acta.sesion_id for fila in pedidas)
    for fila in pedidas:
        acta = publica.tachar(fila.sello.acta, por_sesion.get(fila.sello.acta.sesion_id, publica.SIN_NADA))
        yield _de_acta(fila, acta)


def _de_acta(fila: Any, acta: Any) -> Novedad:
    sesion = acta.sesion
    organo = sesion.organo.denominacion(sesion.fecha).nombre
    cual = f"Sesión {con_articulo(organo, 'de')} del {fecha_larga(sesion.fecha)}."
    tomo = f" Tomó {fila.acuerdos} acuerdo{'' if fila.acuerdos == 1 else 's'}." if fila.acuerdos else ""
    corrige = f" Corrige la versión anterior: {acta.motivo}" if acta.motivo else ""
    return Novedad(
        identidad=f"acta:{fila.sello.codigo}",
        titulo=str(acta),
        dicho=f"{cual}{tomo} Código {fila.sello.codigo}.{corrige}",
        url=f"{novedades.url_del_acta(sesion)}?version={acta.version}",
        cuando=fila.publicada_el,
        renovada=fila.renovada,
        autor=organo,
        ficticia=sesion.organo.ficticio,
        eslabon=fila.eslabon,
    )


def convocatorias(pedido: Pedido) -> Iterator[Novedad]:
    """Lo que se convocó, lo que de una convocatoria cambió y lo que se canceló."""
    filas = Convocatoria.objects.filter(sesion__estado__in=PUBLICAS).select_related("sesion__organo")
    con_todo = filas.prefetch_related(NOMBRES, "sesion__convocatorias")
    pedidas = list(pedido.de(con_todo, "emitida_el", "sesion__organo__clave"))
    quitadas = list(_quitadas(pedido))
    sesiones = {fila.sesion_id for fila in pedidas} | {cambio.objeto_id for cambio in quitadas}
    por_sesion = publica.tachadores(sesiones)
    for fila in pedidas:
        yield from _de_convocatoria(fila, por_sesion.get(fila.sesion_id, publica.SIN_NADA))
    for cambio in quitadas:
        yield _de_quitada(cambio, por_sesion.get(cambio.objeto_id, publica.SIN_NADA))


def _de_convocatoria(fila: Convocatoria, tachador: Tachador) -> Iterator[Novedad]:
    """Nada si lo único que cambió es algo que no se publica, como la liga para conectarse."""
    sesion, avisado = fila.sesion, fila.contenido
    anterior = next((c for c in sesion.convocatorias.all() if c.secuencia == fila.secuencia - 1), None)
    cambios = convocar.cambios_publicos(anterior, fila) if anterior else []
    if anterior and not cambios:
        return
    dia, nombre = dt.date.fromisoformat(avisado["fecha"]), tachador(avisado["designacion"])
    dicho = f"{_cuando_y_donde(avisado)} {_orden(avisado)}" if anterior is None else "; ".join(cambios) + "."
    yield Novedad(
        identidad=f"convocatoria:{sesion.pk}:{fila.secuencia}",
        titulo=f"{'Cambió la convocatoria' if anterior else 'Se convocó'}: {nombre}",
        dicho=tachador(dicho),
        url=sesion.get_absolute_url(),
        cuando=fila.emitida_el,
        autor=sesion.organo.denominacion(dia).nombre,
        ficticia=sesion.organo.ficticio,
    )


def _cuando_y_donde(avisado: dict[str, Any]) -> str:
    dia = fecha_larga(dt.date.fromisoformat(avisado["fecha"]), con_dia=True)
    return f"Es el {dia} a las {avisado['hora']} h. Lugar: {avisado['lugar']}."


def _orden(avisado: dict[str, Any]) -> str:
    """Cuántos puntos principales trae el orden del día."""
    puntos = sum(nivel == 0 for nivel, *_ in avisado["puntos"])
    return f"Orden del día: {puntos} punto{'' if puntos == 1 else 's'}." if puntos else ""


def _quitadas(pedido: Pedido) -> Iterable[Any]:
    """Las que se habían convocado y ya no serán."""
    # Por el estado de la sesión se hallan en un índice, sin recorrer toda la historia.
    convocadas = Exists(Convocatoria.objects.filter(sesion=OuterRef("objeto")))
    filas = CambioSesion.objects.filter(convocadas, verbo__in=YA_NO, objeto__estado__in=ESTADOS_DE_YA_NO)
    con_todo = filas.select_related("objeto__organo").prefetch_related(
        "objeto__organo__denominaciones", "objeto__convocatorias"
    )
    return pedido.de(con_todo, "cuando", "objeto__organo__clave")


def _de_quitada(cambio: Any, tachador: Tachador) -> Novedad:
    sesion = anuncio.como_se_aviso(cambio.objeto)
    return Novedad(
        identidad=f"sesion:{sesion.pk}:{cambio.verbo}",
        titulo=f"{YA_NO[cambio.verbo]}: {tachador(sesion.designacion)}",
        dicho=f"Estaba citada para el {fecha_larga(sesion.fecha, con_dia=True)} a las {sesion.hora:%H:%M} h.",
        url=sesion.get_absolute_url(),
        cuando=cambio.cuando,
        autor=sesion.organo.denominacion(sesion.fecha).nombre,
        ficticia=sesion.organo.ficticio,
    )


def anexos(pedido: Pedido) -> Iterator[Novedad]:
    """Los documentos de un acta que se publicaron, se cambiaron o se retiraron."""
    filas = publicaciones_de_anexos()
    for aparte in CON_CLASE_PROPIA:
        filas = filas.exclude(anexo__in=aparte())
    pedidas = list(pedido.de(filas, "publicado_el", "anexo__sesion__organo__clave"))
    por_sesion = publica.tachadores(fila.anexo.sesion_id for fila in pedidas)
    for fila in pedidas:
        yield de_anexo(fila, por_sesion.get(fila.anexo.sesion_id, publica.SIN_NADA))


def publicaciones_de_anexos() -> "QuerySet[Any]":
    """Cada vez que uno se publicó o se retiró; `vale` es el archivo que hoy se entrega, si alguno."""
    publicos = AnexoPublicado.objects.filter(anexo__sesion__actas__estado__in=ACTA_PUBLICA).distinct()
    ultima = AnexoPublicado.objects.filter(anexo=OuterRef("anexo")).order_by("-pk")
    con_ultima = publicos.annotate(
        vale=Subquery(ultima.values("archivo")[:1]), desde_cuando=Subquery(ultima.values("publicado_el")[:1])
    )
    return con_ultima.select_related("anexo__sesion__organo").prefetch_related(f"anexo__{NOMBRES}")


def de_anexo(fila: Any, tachador: Tachador, que: str = "un anexo") -> Novedad:
    """Lo que pasó con él; de lo retirado no se dice el título, que pudo ser lo que motivó el retiro."""
    anexo, sesion = fila.anexo, fila.anexo.sesion
    retirado = fila.vale is None
    se_publico = "Se publicó" if fila.archivo_id else "Se retiró"
    ya_no = " Después se retiró." if retirado and fila.archivo_id else ""
    return Novedad(
        identidad=f"anexo:{fila.eslabon}",
        titulo=f"{se_publico} {que}{'' if retirado else f': {tachador(anexo.titulo)}'}",
        dicho=f"{tachador(sesion.designacion)} del {fecha_larga(sesion.fecha)}.{ya_no}",
        renovada=fila.desde_cuando if ya_no else None,
        url=reverse("sesiones:anexo", args=(sesion.organo.clave, sesion.clave, anexo.pk)),
        cuando=fila.publicado_el,
        autor=sesion.organo.denominacion(sesion.fecha).nombre,
        ficticia=sesion.organo.ficticio,
        eslabon=fila.eslabon,
    )


def calendarios(pedido: Pedido) -> Iterator[Novedad]:
    """Los calendarios de sesiones que se aprobaron o se modificaron."""
    filas = CambioCalendario.objects.filter(verbo="aprobar").select_related("objeto__organo")
    con_todo = filas.prefetch_related(Prefetch("objeto__organo__denominaciones"), "objeto__fechas")
    for cambio in pedido.de(con_todo, "cuando", "objeto__organo__clave"):
        calendario, organo = cambio.objeto, cambio.objeto.organo
        dias = [fecha_larga(fecha.fecha) for fecha in calendario.fechas.all()]
        que = "Cambió" if calendario.sustituye_id else "Se aprobó"
        yield Novedad(
            identidad=f"calendario:{calendario.pk}",
            titulo=f"{que} el calendario de sesiones de {calendario.anio}",
            dicho=f"Prevé {len(dias)} fecha{'' if len(dias) == 1 else 's'}; la primera, el {dias[0]}.",
            url=reverse("sesiones:organo", args=(organo.clave,)),
            cuando=cambio.cuando,
            autor=organo.denominacion(dt.date(calendario.anio, 1, 1)).nombre,
            ficticia=organo.ficticio,
        )


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    NOVEDADES.update(
        convocatorias=Clase("Convocatorias y cambios de fecha", convocatorias),
        actas=Clase("Actas", actas),
        anexos=Clase("Anexos de las actas", anexos),
        calendarios=Clase("Calendarios de sesiones", calendarios),
    )
