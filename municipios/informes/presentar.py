"""Presentar el informe en una sesión: su PDF queda como anexo de un punto, y lo que de él se resolvió."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from municipios.estados import EstadoInforme
from municipios.models import CambioInforme, InformeTrimestral
from sesiones.estados import EDITABLES, EstadoSesion, Resultado, TipoPunto
from sesiones.models import Anexo, CambioSesion, Organo, Punto, Sesion
from sesiones.models.agenda import SIN_DESAHOGO, ordenar
from stl_portal.archivo import almacen
from stl_portal.espanol import fecha_larga

from .impreso import imprimir, nombre

CAMBIO = "El informe cambió mientras se componía. Inténtalo otra vez."
POR_PRESENTARSE = "Se presentará en sesión"
# Cómo se dice que la sesión donde iba a presentarse ya no será.
NO_CELEBRADAS: Mapping[str, str] = {
    EstadoSesion.CANCELADA: "se canceló",
    EstadoSesion.NO_CELEBRADA: "no se celebró por falta de quórum",
}
NO_SE_VIO = (Resultado.PENDIENTE, Resultado.RETIRADO, Resultado.POSPUESTO)
# Lo que la sesión hizo con el informe, lo mismo que dice su acta (`sesiones/acta/estilos/narrativa.py`).
DICHO: Mapping[str, str] = {
    Resultado.DA_CUENTA: "Se tomó nota",
    Resultado.PRESENTADO: "Se tomó nota",
    Resultado.DESAHOGADO: "Se trató",
    Resultado.DISPENSADO: "Se dispensó su lectura",
    Resultado.CONSENSO: "Se aprobó por consenso",
    Resultado.UNANIMIDAD: "Se aprobó por unanimidad",
    Resultado.MAYORIA: "Se aprobó por mayoría",
    Resultado.NO_APROBADO: "No se aprobó",
    Resultado.PENDIENTE: "No se trató",
    Resultado.RETIRADO: "El punto se retiró",
    Resultado.POSPUESTO: "El punto se pospuso",
}


def donde_se_puede(organo: Organo) -> list[tuple[Sesion, list[Punto]]]:
    """Las sesiones que todavía se editan, la más próxima primero, con los puntos que se desahogan."""
    sesiones = organo.sesiones.filter(estado__in=EDITABLES).prefetch_related("puntos")
    return [(sesion, _puntos(sesion)) for sesion in sesiones.order_by("fecha", "hora")]


def _puntos(sesion: Sesion) -> list[Punto]:
    return [punto for punto in arbol_de(sesion) if punto.tipo not in SIN_DESAHOGO]


def arbol_de(sesion: Sesion) -> list[Punto]:
    """Sus puntos numerados; los aprovecha si ya se trajeron."""
    puntos = list(sesion.puntos.all())
    for punto in puntos:
        punto.sesion = sesion
    return ordenar(puntos)


def presentar(
    informe: InformeTrimestral, sesion: Sesion, punto: Punto | None, por: Any, cuando: dt.datetime
) -> Anexo:
    """Compone el PDF una sola vez y lo agrega como anexo del punto; sin `punto`, se agrega uno propio.

    Lanza `TransicionInvalida` si no está entregado y `ValidationError` si la sesión ya no se edita.
    """
    informe.exigir("presentar")
    sesion.exigir_editable()
    versiones = _versiones(informe)
    contenido = imprimir(
        informe, sesion.fecha, cuando, ante=f"{sesion.designacion} del {fecha_larga(sesion.fecha)}"
    )
    archivo = almacen.guardar_propio(contenido, nombre(informe), por)
    with sesion.en_edicion():  # antes que el informe: cancelarla toma los candados en ese orden
        InformeTrimestral.objects.select_for_update().get(pk=informe.pk)
        if _versiones(informe) != versiones:
            raise ValidationError(CAMBIO)
        anexo = Anexo.agregar(punto or _punto_propio(informe, sesion), titulo=str(informe), archivo=archivo)
        informe.cambiar("presentar", por, cuando=cuando, nota=str(sesion), anexo=anexo)
    return anexo


def _versiones(informe: InformeTrimestral) -> set[tuple[int, int]]:
    return set(informe.textos.values_list("pk", "version"))


def _punto_propio(informe: InformeTrimestral, sesion: Sesion) -> Punto:
    """Uno nuevo: entre los asuntos si la sesión los agrupa; si no, antes de los asuntos generales."""
    asuntos = sesion.puntos.filter(tipo=TipoPunto.GRUPO).first()
    punto = Punto.agregar(
        sesion, f"Presentación del informe trimestral {informe.numero}, {informe.periodo}", padre=asuntos
    )
    finales = sesion.puntos.filter(padre=None, tipo__in=(TipoPunto.GENERALES, TipoPunto.ACTA))
    primero = finales.order_by("orden").first()
    if asuntos is None and primero is not None:
        punto.mover(padre=None, lugar=primero.orden)
    return punto


def al_quitar_el_anexo(sender: Any, instance: Anexo, **_: Any) -> None:
    """Si en la mesa se quita el anexo, el informe vuelve a estar entregado y puede presentarse otra vez."""
    for informe in InformeTrimestral.objects.filter(anexo=instance, estado=EstadoInforme.PRESENTADO):
        informe.cambiar("retirar", None, nota=f"Se quitó de la {instance.sesion}.", anexo=None)


def al_no_celebrarse(sender: Any, instance: CambioSesion, **_: Any) -> None:
    """Si la sesión se cancela o no se celebra, sus informes vuelven a estar entregados.

    El anexo se queda en ella: es lo que se había convocado.
    """
    if instance.a in NO_CELEBRADAS:
        nota = f"{_cual(instance.objeto)} {NO_CELEBRADAS[instance.a]}."
        for informe in InformeTrimestral.objects.filter(anexo__sesion=instance.objeto):
            informe.cambiar("retirar", instance.por, cuando=instance.cuando, nota=nota, anexo=None)


def _cual(sesion: Sesion) -> str:
    """«La IV Sesión Ordinaria del 3 de octubre de 2026»."""
    return f"La {sesion.designacion} del {fecha_larga(sesion.fecha)}"


def se_quita(informe: InformeTrimestral) -> bool:
    """Si está en una sesión que todavía se edita; `anexo.sesion` ya traído."""
    return informe.anexo is not None and informe.anexo.sesion.estado in EDITABLES


def no_se_vio(informe: InformeTrimestral) -> bool:
    """Si la sesión concluyó sin verlo: su punto se pospuso, se retiró o no se trató."""
    anexo = informe.anexo
    if anexo is None or anexo.punto is None or anexo.sesion.estado != EstadoSesion.CONCLUIDA:
        return False
    return anexo.punto.resultado in NO_SE_VIO


def quitar(informe: InformeTrimestral, por: Any, cuando: dt.datetime) -> None:
    """Lo saca de su sesión: vuelve a estar entregado y puede presentarse en otra.

    Mientras la sesión se edita, quita también el anexo, como en la mesa; si concluyó sin verlo, el anexo se
    queda con su acta. Lanza `TransicionInvalida` si no está en ninguna y `ValidationError` si ya se vio.
    """
    informe.exigir("retirar")
    if no_se_vio(informe):
        nota = f"{se_tomo_nota(informe)}."
        informe.cambiar("retirar", por, cuando=cuando, nota=nota, anexo=None)
    elif informe.anexo:
        informe.anexo.quitar()


def por_que_volvio(historia: Sequence[CambioInforme]) -> str:
    """Por qué el informe ya no está en la sesión donde iba a presentarse; vacío si nada pasó después."""
    return historia[-1].nota if historia and historia[-1].verbo == "retirar" else ""


def estado_dicho(informe: InformeTrimestral) -> str:
    """Su estado en palabras: no se ha presentado hasta que la sesión concluye; `anexo.sesion` ya traído."""
    return POR_PRESENTARSE if se_quita(informe) else informe.get_estado_display()


def se_tomo_nota(informe: InformeTrimestral) -> str:
    """«Se tomó nota en la II Sesión Ordinaria, punto IV»; vacío si no se ha presentado.

    `anexo.punto` y `anexo.sesion` ya traídos. Antes de que la sesión concluya dice dónde se verá.
    """
    if informe.anexo is None:
        return ""
    sesion, lugar = informe.anexo.sesion, _lugar(informe.anexo)
    if sesion.estado != EstadoSesion.CONCLUIDA:
        return f"Se presentará en la {sesion.designacion} del {fecha_larga(sesion.fecha)}{lugar}"
    punto = informe.anexo.punto
    dicho = DICHO.get(punto.resultado, "Se presentó") if punto else "Se presentó"
    return f"{dicho} en la {sesion.designacion}{lugar}"


def _lugar(anexo: Anexo) -> str:
    """«, punto IV» o «, punto III, inciso a)»."""
    rutas = {punto.pk: punto.ruta for punto in arbol_de(anexo.sesion)}
    ruta = rutas.get(anexo.punto_id or 0, ())
    return f", punto {' '.join(ruta)}" if ruta else ""


def punto_de(valor: str, ofrecidas: Iterable[tuple[Sesion, list[Punto]]]) -> tuple[Sesion, Punto | None]:
    """La sesión y el punto que dice «s5» (uno nuevo en esa sesión) o «p12». Lanza `KeyError`."""
    opciones: dict[str, tuple[Sesion, Punto | None]] = {}
    for sesion, puntos in ofrecidas:
        opciones[f"s{sesion.pk}"] = (sesion, None)
        opciones |= {f"p{punto.pk}": (sesion, punto) for punto in puntos}
    return opciones[valor]
