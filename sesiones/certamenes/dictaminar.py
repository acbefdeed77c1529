"""Cerrar el dictamen y decir los resultados."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from stl_portal.espanol import enumerar

from . import constancia, correos
from .estados import Acto
from .models import Certamen, Dictamen, IntegranteDelComite, Postulacion, Resultado
from .orden import Nota, Puesto, ordenar, promedio


@dataclass(frozen=True)
class Avance:
    """Cuántas lleva dictaminadas alguien del comité; lo que puso no se dice."""

    integrante: IntegranteDelComite
    hechas: int
    abstenciones: int
    total: int

    @property
    def termino(self) -> bool:
        """Si ya dijo algo de todas."""
        return self.hechas >= self.total


def avances(certamen: Certamen) -> list[Avance]:
    """El de cada quien, en consultas fijas."""
    total = certamen.postulaciones.presentadas().count()
    dichos: dict[int, list[bool]] = defaultdict(list)
    filas = Dictamen.objects.filter(integrante__certamen=certamen)
    for integrante, abstencion in filas.values_list("integrante", "abstencion"):
        dichos[integrante].append(abstencion)
    return [
        Avance(uno, len(dichos[uno.pk]), sum(dichos[uno.pk]), total)
        for uno in certamen.comite.select_related("usuario")
    ]


def lo_que_impide(certamen: Certamen) -> list[str]:
    """Por qué todavía no se puede cerrar el dictamen."""
    presentadas = list(certamen.postulaciones.presentadas())
    if not presentadas:
        return ["No se presentó ninguna postulación: declárala desierta."]
    quienes = avances(certamen)
    if not quienes:
        return ["Falta integrar el comité."]
    faltan = [str(uno.integrante.usuario) for uno in quienes if not uno.termino]
    if faltan:
        return [f"Falta que termine{'n' if len(faltan) > 1 else ''}: {enumerar(faltan)}."]
    calificadas = set(
        Dictamen.objects.filter(integrante__certamen=certamen, abstencion=False).values_list(
            "postulacion", flat=True
        )
    )
    return [
        f"Todo el comité se abstuvo en «{p}»: suma a alguien que la califique."
        for p in presentadas
        if p.pk not in calificadas
    ]


def dictaminar(certamen: Certamen, por: Any, ahora: dt.datetime) -> None:
    """Congela el orden con sus porqués. Lanza `TransicionInvalida` y `ValidationError` (lo que lo impide)."""
    with transaction.atomic():
        fila = Certamen.objects.select_for_update().get(pk=certamen.pk)
        fila.exigir("dictaminar")
        impide = lo_que_impide(fila)
        if impide:
            raise ValidationError(impide)
        Resultado.objects.bulk_create(map(_resultado, puestos(fila)))
        fila.cambiar("dictaminar", por, cuando=ahora)
    certamen.refresh_from_db()


def puestos(certamen: Certamen) -> Sequence[Puesto[int]]:
    """Cómo quedan según lo calificado, en consultas fijas."""
    medidas = [criterio.medida for criterio in certamen.criterios.all()]
    titulos = {p.pk: str(p) for p in certamen.postulaciones.presentadas()}
    notas: dict[int, Nota] = {}
    for clave, hojas in _hojas(certamen).items():
        nota = promedio(medidas, hojas)
        if nota:
            notas[clave] = nota
    return ordenar(medidas, notas, titulos, certamen.reglas)


def _hojas(certamen: Certamen) -> dict[int, list[list[int] | None]]:
    """De cada postulación, lo que puso cada quien, en el orden de los criterios; None si se abstuvo."""
    hojas: dict[int, list[list[int] | None]] = defaultdict(list)
    filas = Dictamen.objects.filter(integrante__certamen=certamen).prefetch_related("puntajes__criterio")
    for dictamen in filas:
        puntos = None if dictamen.abstencion else [p.puntos for p in dictamen.puntajes.all()]
        hojas[dictamen.postulacion_id].append(puntos)
    return hojas


def _resultado(puesto: Puesto[int]) -> Resultado:
    return Resultado(
        postulacion_id=puesto.clave,
        promedio=puesto.nota.total,
        orden=puesto.orden,
        lugar=puesto.lugar,
        mencion=puesto.mencion,
        porque=puesto.porque,
    )


def resultados(certamen: Certamen) -> list[Resultado]:
    """Los del dictamen, en su orden, con su postulación sin el contacto."""
    filas = Resultado.objects.filter(postulacion__certamen=certamen).select_related("postulacion")
    privados = (f"postulacion__{campo}" for campo in ("correo", "nombre", "telefono", "llave"))
    return list(filas.defer(*privados).order_by("orden", "postulacion__folio"))


def reconocidas(certamen: Certamen) -> list[Resultado]:
    """Lo único que se publica: las que obtuvieron lugar o mención."""
    return [fila for fila in resultados(certamen) if fila.dicho]


def queda_desierta(certamen: Certamen) -> bool:
    """Si no hay a quién reconocer: nadie presentó o, ya dictaminada, nadie llegó al mínimo."""
    if not certamen.postulaciones.presentadas().exists():
        return True
    return certamen.puede("publicar_resultados") and not reconocidas(certamen)


def publicar(certamen: Certamen, por: Any, ahora: dt.datetime) -> None:
    """Publica a quienes se reconoce, o que quedó desierta; consta y se avisa a quienes postularon.

    Lanza `TransicionInvalida` y `ValidationError` si todavía no hay dictamen.
    """
    with transaction.atomic():
        fila = Certamen.objects.select_for_update().get(pk=certamen.pk)
        desierta = queda_desierta(fila)
        verbo, acto = (
            ("declarar_desierta", Acto.DESIERTA) if desierta else ("publicar_resultados", Acto.RESULTADOS)
        )
        fila.cambiar(verbo, por, cuando=ahora)
        constancia.anotar(fila, acto, por, ahora)
        correos.de_resultados(fila)
    certamen.refresh_from_db()


def contactables(certamen: Certamen) -> list[Postulacion]:
    """Las presentadas cuyo correo todavía se guarda."""
    return list(certamen.postulaciones.presentadas().exclude(correo="").select_related("resultado"))
