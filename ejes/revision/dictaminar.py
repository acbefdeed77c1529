"""Revisar un reporte enviado: qué se dice de cada parte y de cada evidencia, devolverlo o validarlo.

Lo que no cambió de una entrega a la siguiente conserva lo que ya se dijo de ello, con su fecha.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ejes.datos_sellados import leer
from ejes.estados import EstadoReporte, RevisionEvidencia, Veredicto
from ejes.models import Accion, Dictamen, DictamenEvidencia, Entrega, Evidencia, RenglonFormato, Reporte
from ejes.revision import avisar_a_quien_prepara
from ejes.revision.partes import ACCION, DE_TODO, RENGLON, Clave, Parte, partes_de
from stl_portal.espanol import enumerar

OTRA_ENTREGA = "Mientras revisabas enviaron otra versión. Léela antes de decidir."
OTRA_PERSONA = "Otra persona revisó esto mientras escribías. Mira lo que dijo y decide."
CAMPOS = ("renglon_id", "accion_id", "veredicto", "nota", "verificado", "por_id", "cuando")


@dataclass(frozen=True)
class Revision:
    """Una entrega con lo que se ha dicho de ella hasta ahora."""

    entrega: Entrega
    documento: Mapping[str, Any]
    partes: Mapping[Clave, Parte]
    dictamenes: Mapping[Clave, Dictamen]
    evidencias: Mapping[int, DictamenEvidencia]
    anterior: Entrega | None

    def con(self, veredicto: str) -> list[Clave]:
        """Las partes con ese veredicto."""
        return [c for c in self.partes if c in self.dictamenes and self.dictamenes[c].veredicto == veredicto]

    @cached_property
    def sin_revisar(self) -> list[Clave]:
        """Los renglones y acciones de los que aún no se dice nada."""
        return [clave for clave in self.partes if clave not in self.dictamenes]

    @cached_property
    def evidencias_sin_revisar(self) -> int:
        """Cuántas evidencias nadie ha verificado ni observado."""
        return sum(e["id"] not in self.evidencias for e in self.documento["evidencias"])

    @property
    def general(self) -> Dictamen | None:
        """Lo observado de todo el reporte, si algo."""
        dicho = self.dictamenes.get(DE_TODO)
        return dicho if dicho and dicho.veredicto == Veredicto.OBSERVADO else None

    @cached_property
    def observadas(self) -> list[int]:
        """Las evidencias observadas."""
        return [pk for pk, d in self.evidencias.items() if d.revision == RevisionEvidencia.OBSERVADA]

    @property
    def hay_observado(self) -> bool:
        """Si hay algo por lo que devolverlo."""
        return bool(self.con(Veredicto.OBSERVADO) or self.general or self.observadas)

    def heredado(self, clave: Clave) -> bool:
        """Si lo dicho viene de una entrega anterior porque no cambió."""
        dicho = self.dictamenes.get(clave)
        return dicho is not None and dicho.cuando < self.entrega.enviada_el

    def lo_que_impide_validar(self) -> Iterator[str]:
        """Frases con lo que falta para darlo por validado."""
        if self.sin_revisar:
            yield f"Falta revisar: {nombrar(self.sin_revisar)}."
        if observadas := self.con(Veredicto.OBSERVADO):
            yield f"Está observado: {nombrar(observadas)}. Devuelve el reporte o valídalo."
        if self.general:
            yield "Hay una observación sobre todo el reporte. Devuélvelo o retírala."


def nombrar(claves: list[Clave]) -> str:
    """«renglones 2, 3 y 8; acción 1.1.1»."""
    renglones = [cual for clase, cual in claves if clase == RENGLON]
    acciones = [cual for clase, cual in claves if clase == ACCION]
    dichos = (_contadas("renglón", "renglones", renglones), _contadas("acción", "acciones", acciones))
    return "; ".join(filter(None, dichos))


def _contadas(una: str, varias: str, cuales: list[str]) -> str:
    return f"{una if len(cuales) == 1 else varias} {enumerar(cuales)}" if cuales else ""


def ultima(reporte: Reporte) -> Entrega:
    """Lo último que se envió; lanza `Entrega.DoesNotExist` si nunca se envió."""
    return reporte.entregas.latest("numero")


def revision_de(entrega: Entrega) -> Revision:
    """La entrega leída, en un número fijo de consultas."""
    documento = leer(entrega)
    partes = partes_de(documento)
    anterior = Entrega.objects.filter(reporte=entrega.reporte_id, numero=entrega.numero - 1).first()
    dichos = {**_heredados(anterior, partes), **propios(entrega)}
    return Revision(entrega, documento, partes, dichos, _de_evidencias(documento), anterior)


def propios(entrega: Entrega) -> dict[Clave, Dictamen]:
    """Lo dicho en esa entrega."""
    filas = entrega.dictamenes.select_related("renglon", "accion__compromiso__eje", "por")
    return {_clave_de(fila): fila for fila in filas}


def _clave_de(dictamen: Dictamen) -> Clave:
    if dictamen.renglon:
        return RENGLON, str(dictamen.renglon.orden)
    return (ACCION, dictamen.accion.codigo) if dictamen.accion else DE_TODO


def _heredados(anterior: Entrega | None, partes: Mapping[Clave, Parte]) -> dict[Clave, Dictamen]:
    """Lo dicho en la entrega anterior de lo que ahora es idéntico, también sus evidencias."""
    if anterior is None:
        return {}
    antes = partes_de(leer(anterior))
    dichos = propios(anterior)
    return {c: dichos[c] for c, parte in partes.items() if c in dichos and antes.get(c) == parte}


def _de_evidencias(documento: Mapping[str, Any]) -> dict[int, DictamenEvidencia]:
    """Lo último que se dijo de cada evidencia."""
    ids = [e["id"] for e in documento["evidencias"]]
    filas = DictamenEvidencia.objects.filter(evidencia__in=ids).select_related("por")
    return {fila.evidencia_id: fila for fila in filas.order_by("pk")}


@contextmanager
def _en_revision(entrega: Entrega) -> Iterator[Revision]:
    """Deja decidir a una persona a la vez, y solo sobre lo último que se envió.

    Asienta primero lo que viene de la entrega anterior. Lanza `ValidationError` (código `estado`).
    """
    with transaction.atomic():
        reporte = Reporte.objects.select_for_update().get(pk=entrega.reporte_id)
        if ultima(reporte).pk != entrega.pk:
            raise ValidationError(OTRA_ENTREGA, code="estado")
        if reporte.estado != EstadoReporte.ENVIADO:
            frase = f"Ya no está en revisión: está «{reporte.get_estado_display()}»."
            raise ValidationError(frase, code="estado")
        yield _asentada(revision_de(entrega))


def _asentada(revision: Revision) -> Revision:
    """Escribe en esta entrega lo que vale de la anterior, con quién y cuándo lo dijo."""
    ajenos = [d for d in revision.dictamenes.values() if d.entrega_id != revision.entrega.pk]
    Dictamen.objects.bulk_create(
        Dictamen(entrega=revision.entrega, **{campo: getattr(d, campo) for campo in CAMPOS}) for d in ajenos
    )
    return revision


def dictaminar(
    entrega: Entrega,
    clave: Clave,
    veredicto: str,
    *,
    por: Any,
    cuando: dt.datetime,
    nota: str = "",
    verificado: Decimal | None = None,
    visto: str | None = None,
) -> Dictamen:
    """Valida u observa un renglón, una acción o todo el reporte. Lanza `ValidationError`.

    `visto` es el momento del dictamen que la persona tenía a la vista (`momento_de`); None no lo compara.
    """
    with _en_revision(entrega) as revision:
        exigir_lo_visto(revision.dictamenes.get(clave), visto)
        _exigir_explicado(revision.partes.get(clave), veredicto, nota, verificado)
        (de_que,) = _de_que(entrega, [clave])
        dicho = {"veredicto": veredicto, "nota": nota, "verificado": verificado, "por": por, "cuando": cuando}
        fila, _ = Dictamen.objects.update_or_create(entrega=entrega, **de_que, defaults=dicho)
    return fila


def _exigir_explicado(parte: Parte | None, veredicto: str, nota: str, verificado: Decimal | None) -> None:
    """Una observación dice qué falta; una cifra verificada distinta de la declarada, por qué."""
    if veredicto == Veredicto.OBSERVADO and not nota:
        raise ValidationError({"nota": "Di qué falta o qué no coincide."})
    if parte and verificado is not None and verificado != parte.declarado and not nota:
        raise ValidationError({"nota": "Lo verificado no es lo declarado: di por qué. Se publica."})


def _de_que(entrega: Entrega, claves: Iterable[Clave]) -> list[dict[str, Any]]:
    """La fila del formato o del plan de la que habla cada clave, en dos consultas.

    Lanza `ValidationError` (código `estado`) si alguna ya no existe.
    """
    reporte, pedidas = entrega.reporte, list(claves)
    renglones = RenglonFormato.objects.filter(formato__bimestres=reporte.bimestre_id)
    acciones = Accion.objects.filter(compromiso__eje=reporte.eje_id).select_related("compromiso__eje")
    filas: dict[Clave, dict[str, Any]] = {
        **{(RENGLON, str(r.orden)): {"renglon": r, "accion": None} for r in renglones},
        **{(ACCION, a.codigo): {"renglon": None, "accion": a} for a in acciones},
        DE_TODO: {"renglon": None, "accion": None},
    }
    if faltan := [clave for clave in pedidas if clave not in filas]:
        frase = f"Ya no está en el formato o en el plan: {nombrar(faltan)}."
        raise ValidationError(frase, code="estado")
    return [filas[clave] for clave in pedidas]


def dictaminar_evidencia(
    entrega: Entrega,
    evidencia: Evidencia,
    revision: str,
    *,
    por: Any,
    cuando: dt.datetime,
    motivo: str = "",
    visto: str | None = None,
) -> DictamenEvidencia:
    """Verifica u observa una evidencia de esa entrega. Lanza `ValidationError`."""
    with _en_revision(entrega) as actual:
        exigir_lo_visto(actual.evidencias.get(evidencia.pk), visto)
        if revision == RevisionEvidencia.OBSERVADA and not motivo:
            raise ValidationError({"motivo": "Di por qué la observas."})
        return evidencia.dictamenes.create(revision=revision, motivo=motivo, por=por, cuando=cuando)


def momento_de(dicho: Dictamen | DictamenEvidencia | None) -> str:
    """Con qué se reconoce lo que se tenía a la vista; vacío si no se había dicho nada."""
    return dicho.cuando.isoformat() if dicho else ""


def exigir_lo_visto(dicho: Dictamen | DictamenEvidencia | None, visto: str | None) -> None:
    """Lanza `ValidationError` si alguien lo revisó después de pintarse la página."""
    if visto is not None and visto != momento_de(dicho):
        raise ValidationError(OTRA_PERSONA, code="estado")


def validar_el_resto(entrega: Entrega, por: Any, cuando: dt.datetime) -> int:
    """Valida de una vez lo que nadie ha revisado; devuelve cuántas partes.

    No da por verificado ningún avance: esa cifra la escribe quien miró las evidencias. Lanza
    `ValidationError`. Hace un número fijo de consultas.
    """
    with _en_revision(entrega) as revision:
        dicho = {"entrega": entrega, "veredicto": Veredicto.VALIDADO, "por": por, "cuando": cuando}
        filas = [Dictamen(**dicho, **de_que) for de_que in _de_que(entrega, revision.sin_revisar)]
        Dictamen.objects.bulk_create(filas)
    return len(filas)


def devolver(entrega: Entrega, por: Any, cuando: dt.datetime) -> None:
    """Lo regresa a la institución con lo observado y le avisa. Lanza `ValidationError` si no hay qué."""
    with _en_revision(entrega) as revision:
        if not revision.hay_observado:
            raise ValidationError("Observa antes lo que debe corregirse: no hay nada observado.")
        entrega.reporte.cambiar("devolver", por, cuando=cuando)
        avisar_a_quien_prepara.devuelto(entrega)


def validar(entrega: Entrega, por: Any, cuando: dt.datetime) -> None:
    """Lo da por validado. Lanza `ValidationError` con lo que falta."""
    with _en_revision(entrega) as revision:
        if impide := list(revision.lo_que_impide_validar()):
            raise ValidationError(impide)
        entrega.reporte.cambiar("validar", por, cuando=cuando)
