"""Al terminar de importar: que cada acta sellada llegó entera, y anotar lo sellado en el registro público.

La cadena del portal de donde viene no viaja: aquí cada acto se anota otra vez, en el orden en que ocurrió y
diciendo que llegó por importación. Así `verificar_bitacora` comprueba lo importado igual que lo propio.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sesiones import constancia_de_anexos, constancia_publica, version_publica
from sesiones.estados import ACTA_SELLADA, EstadoActa
from sesiones.models import Acta, AnexoPublicado, Firma, Publicacion, Sello, Serie, Sesion, VersionPublica
from sesiones.recursos.coherencia import incoherencias

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor

SIN_ANOTAR = {"eslabon": 0}


def al_terminar(motor: "Motor") -> Iterator[str]:
    """Deja todo como si hubiera ocurrido aquí; dice por qué no puede entrar lo que no cuadra."""
    nacidas = {recurso.modelo: pks for recurso, pks in motor.llegaron}
    fallas = [*incoherencias(motor), *_sin_sello(nacidas.get(Acta, []))]
    if fallas:
        yield from fallas
        return
    _alcanzar_series(nacidas.get(Sesion, []))
    sellos = list(Sello.objects.filter(**SIN_ANOTAR).values_list("pk", flat=True))
    _anotar()
    yield from _lo_que_no_cuadra(sellos)


def _sin_sello(actas: list[Any]) -> Iterator[str]:
    """Un acta no puede decir que se selló y no traer qué se selló."""
    for acta in _de(actas, Acta.objects.filter(estado__in=ACTA_SELLADA, sello=None)):
        yield f"{acta} dice estar «{acta.get_estado_display().lower()}» y no viene su documento sellado."


def _de(pks: list[Any], filas: Any) -> Iterator[Any]:
    """De esas filas, las que nacieron en esta importación."""
    suyas = set(pks)
    return (fila for fila in filas.select_related("sesion__organo") if fila.pk in suyas)


def _alcanzar_series(sesiones: list[Any]) -> None:
    """Que el siguiente número que se dé no sea uno que ya llegó.

    Si la importación se deshace, la serie no vuelve atrás: ese número ya pudo citarse y no se da otra vez.
    """
    ultimos: dict[tuple[int, str], tuple[Any, int]] = {}
    suyas = set(sesiones)
    for sesion in Sesion.objects.select_related("organo").only("organo", "serie", "numero"):
        if sesion.pk in suyas:
            clave = (sesion.organo_id, sesion.serie)
            ultimos[clave] = (sesion.organo, max(sesion.numero, ultimos.get(clave, (None, 0))[1]))
    for (_, serie), (organo, numero) in ultimos.items():
        Serie.alcanzar(organo, serie, numero)


def _anotar() -> None:
    """Cada acto en el orden en que ocurrió; a la misma hora, primero de lo que dependen los demás."""
    actos: list[tuple[Any, int, int, Any]] = []
    for orden, (modelo, cuando) in enumerate(_ACTOS):
        filas = modelo._base_manager.filter(**SIN_ANOTAR).order_by("pk")
        actos += [(getattr(fila, cuando), orden, fila.pk, fila) for fila in filas]
    sustituyen = _sustituyen(actos)
    for *_, fila in sorted(actos, key=lambda acto: acto[:3]):
        anexo = isinstance(fila, AnexoPublicado)
        if anexo:
            constancia_de_anexos.anotar(fila, importada=True)
        else:
            lugares = list(fila.lugares.all()) if isinstance(fila, Sello) else ()
            constancia_publica.anotar(fila, lugares, importada=True)
        type(fila)._base_manager.filter(pk=fila.pk).update(eslabon=fila.eslabon)
    for anterior, nueva in sustituyen:
        constancia_publica.anotar_sustitucion(anterior, nueva)


_ACTOS: tuple[tuple[Any, str], ...] = (
    (Sello, "sellado_el"),
    (Firma, "cuando"),
    (Publicacion, "publicada_el"),
    (VersionPublica, "elaborada_el"),
    (AnexoPublicado, "publicado_el"),
)


def _sustituyen(actos: list[tuple[Any, int, int, Any]]) -> list[tuple[Sello, Sello]]:
    """Las versiones que llegaron sustituidas, con la que las sustituye, de la primera a la última."""
    suyos = {fila.pk for *_, fila in actos if isinstance(fila, Sello)}
    sustituidas = Sello.objects.filter(acta__estado=EstadoActa.SUSTITUIDA).select_related("acta")
    pares = []
    for sello in sustituidas.order_by("acta__sesion", "acta__version"):
        siguiente = Sello.objects.filter(
            acta__sesion=sello.acta.sesion_id, acta__version=sello.acta.version + 1
        ).first()
        if sello.pk in suyos and siguiente:
            pares.append((sello, siguiente))
    return pares


def _lo_que_no_cuadra(sellos: list[int]) -> Iterator[str]:
    """El documento, la hoja, las firmas, lo publicado y el estado dicen lo mismo; nada sale sin testar."""
    filas = Sello.objects.filter(pk__in=sellos).select_related("acta__sesion__organo", "pdf")
    for sello in filas.prefetch_related("lugares"):
        try:
            yield from [f"{sello.acta}: {falla}." for falla in _de_un_acta(sello)]
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            yield f"{sello.acta}: su documento no tiene la forma de un acta."


def _de_un_acta(sello: Sello) -> Iterator[str]:
    yield from constancia_publica.fallas_de(sello)
    publica = Publicacion.objects.filter(sello=sello).exists()
    if publica and version_publica.hace_falta(sello) and not sello.versiones_publicas.exists():
        yield "tiene datos que no se publican y falta su versión pública"
