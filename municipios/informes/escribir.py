"""Escribir el informe trimestral: empezarlo, llenarlo sin pisar a nadie, entregarlo y devolverlo."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from municipios.estados import Apartado, EstadoInforme
from municipios.models import InformeTrimestral, TextoDeInforme
from sesiones.models import Organo, Serie, Sesion
from stl_portal.espanol import MESES, fecha_larga
from stl_portal.texto import limpiar

from .trimestres import Trimestre

SERIE = "informe-trimestral"
SE_DESCARTO = "El informe se descartó mientras escribías."
HAY_UNO_POSTERIOR = "Ya hay un informe de un trimestre posterior: escribe el número que este lleva."
YA_SE_ENTREGO = "El informe ya se entregó: para corregirlo, devuélvelo."


@dataclass(frozen=True)
class Fila:
    """Un apartado de un mes, con lo que se escribió en el mismo lugar del trimestre anterior."""

    texto: TextoDeInforme
    anterior: str = ""
    anterior_de: str = ""

    @property
    def clave(self) -> str:
        """«m7-reuniones»: su ancla y el prefijo de su forma."""
        return f"m{self.texto.mes}-{self.texto.apartado}"

    @property
    def titulo(self) -> str:
        """El nombre del apartado."""
        return str(self.texto.get_apartado_display())


@dataclass(frozen=True)
class Dato:
    """Una sesión celebrada en el trimestre, dicha como puede insertarse en el informe."""

    sesion: int
    mes: int
    texto: str


@dataclass(frozen=True)
class Mes:
    """Un mes del informe: sus apartados y lo que de él ya consta en el portal."""

    numero: int
    anio: int
    filas: list[Fila]
    datos: list[Dato]

    def __str__(self) -> str:
        return f"{MESES[self.numero - 1]} de {self.anio}"

    @property
    def donde_se_insertan(self) -> str:
        """La clave del apartado de reuniones."""
        return f"m{self.numero}-{Apartado.REUNIONES}"

    @property
    def vacio(self) -> bool:
        """Si en ningún apartado se escribió nada."""
        return not any(fila.texto.texto for fila in self.filas)


def del_organo(organo: Organo) -> dict[Trimestre, InformeTrimestral]:
    """Los informes que ya tiene, por trimestre, del más reciente al más viejo."""
    return {
        Trimestre(i.anio, i.trimestre): i
        for i in organo.informes_trimestrales.select_related("anexo__sesion")
    }


def empezar(
    organo: Organo, trimestre: Trimestre, por: Any, cuando: dt.datetime, numero: int | None = None
) -> InformeTrimestral:
    """Crea el informe con sus doce apartados vacíos. El número lo da la serie, en el orden de los trimestres.

    `numero` se dice cuando ya lo lleva en papel: porque los anteriores se hicieron fuera del portal, o porque
    es de un trimestre anterior a otro que ya tiene informe. Lanza `ValidationError` si en ese caso no se
    dice, si está tomado, si ese trimestre ya tiene informe o si todavía no empieza.
    """
    if dt.date(trimestre.anio, 3 * trimestre.numero - 2, 1) > timezone.localdate(cuando):
        raise ValidationError({"trimestre": "Ese trimestre todavía no empieza."})
    with transaction.atomic():
        _esperar_serie(organo)
        if numero is None:
            _exigir_el_mas_reciente(organo, trimestre)
            numero = Serie.siguiente(organo, SERIE)
        else:
            Serie.alcanzar(organo, SERIE, numero)
        informe = InformeTrimestral(
            organo=organo, numero=numero, anio=trimestre.anio, trimestre=trimestre.numero
        )
        _exigir_libre(informe)
        informe.full_clean()
        informe.save()
        lugares = [(mes, apartado) for mes in informe.meses for apartado in Apartado]
        TextoDeInforme.objects.bulk_create(
            TextoDeInforme(informe=informe, mes=mes, apartado=apartado) for mes, apartado in lugares
        )
        informe.historia.create(verbo="empezar", de="", a=informe.estado, por=por, cuando=cuando)
    return informe


def _esperar_serie(organo: Organo) -> None:
    """El candado de su numeración: dos a la vez no se dan el mismo número ni el mismo trimestre."""
    Serie.objects.get_or_create(organo=organo, nombre=SERIE)
    Serie.objects.select_for_update().get(organo=organo, nombre=SERIE)


def _exigir_el_mas_reciente(organo: Organo, trimestre: Trimestre) -> None:
    """Sin número dicho, el que sigue es mayor que todos: no puede ser de un trimestre anterior a otro."""
    if any(trimestre < otro for otro in del_organo(organo)):
        raise ValidationError({"numero": HAY_UNO_POSTERIOR})


def _exigir_libre(informe: InformeTrimestral) -> None:
    """Que ni su número ni su trimestre los tenga otro."""
    otros = InformeTrimestral.objects.filter(organo=informe.organo)
    if otros.filter(numero=informe.numero).exists():
        raise ValidationError({"numero": f"El número {informe.numero} ya lo tiene otro informe."})
    if otros.filter(anio=informe.anio, trimestre=informe.trimestre).exists():
        raise ValidationError({"trimestre": "Ese trimestre ya tiene informe."})


def se_descarta(informe: InformeTrimestral) -> bool:
    """Si se empezó por error: nadie ha escrito nada y ningún informe lleva un número mayor."""
    if informe.estado != EstadoInforme.BORRADOR or informe.textos.exclude(texto="").exists():
        return False
    mayor = informe.organo.informes_trimestrales.aggregate(n=Max("numero"))["n"]
    return bool(mayor == informe.numero)


def descartar(informe: InformeTrimestral) -> None:
    """Lo borra y la serie vuelve al mayor que queda.

    Lanza `ValidationError` si ya se escribió algo o no es el último.
    """
    with transaction.atomic():
        _esperar_serie(informe.organo)
        InformeTrimestral.objects.select_for_update().get(pk=informe.pk)
        if not se_descarta(informe):
            raise ValidationError("Solo se descarta el último informe, mientras esté vacío.")
        informe.delete()
        quedan = informe.organo.informes_trimestrales.aggregate(n=Max("numero"))["n"]
        Serie.objects.filter(organo=informe.organo, nombre=SERIE).update(ultimo=quedan or 0)


def meses_de(informe: InformeTrimestral) -> list[Mes]:
    """Los tres meses con sus apartados, lo del trimestre anterior al lado y las sesiones celebradas."""
    antes = anterior_a(informe)
    previos = {(t.mes, t.apartado): t.texto for t in antes.textos.all()} if antes else {}
    datos, orden = datos_de(informe), list(Apartado)
    textos = sorted(informe.textos.all(), key=lambda t: (t.mes, orden.index(Apartado(t.apartado))))
    return [
        Mes(
            mes,
            informe.anio,
            [_fila(t, antes, previos) for t in textos if t.mes == mes],
            [dato for dato in datos if dato.mes == mes],
        )
        for mes in informe.meses
    ]


def _fila(texto: TextoDeInforme, antes: InformeTrimestral | None, previos: dict[Any, str]) -> Fila:
    mes = (texto.mes + 8) % 12 + 1  # tres meses atrás
    dicho = previos.get((mes, texto.apartado), "")
    return Fila(texto, dicho, f"{MESES[mes - 1]} de {antes.anio}") if antes and dicho else Fila(texto)


def anterior_a(informe: InformeTrimestral) -> InformeTrimestral | None:
    """El del trimestre inmediato anterior, si lo hay."""
    antes = Trimestre(informe.anio, informe.trimestre).anterior
    filas = InformeTrimestral.objects.filter(organo=informe.organo_id, anio=antes.anio)
    return filas.filter(trimestre=antes.numero).prefetch_related("textos").first()


def datos_de(informe: InformeTrimestral) -> list[Dato]:
    """Las sesiones que el órgano celebró en el trimestre y cuántos acuerdos tomó en cada una."""
    hasta = Trimestre(informe.anio, informe.trimestre).termina
    celebradas = Sesion.objects.celebradas().filter(
        organo=informe.organo_id, fecha__range=(informe.desde, hasta)
    )
    con_cuenta = celebradas.annotate(cuantos=Count("acuerdos")).order_by("fecha", "hora")
    return [Dato(sesion.pk, sesion.fecha.month, _dicho(sesion)) for sesion in con_cuenta]


def _dicho(sesion: Any) -> str:
    """«Se celebró la II Sesión Ordinaria el 4 de agosto de 2026, con 3 acuerdos.»"""
    acuerdos = {0: "sin acuerdos", 1: "con un acuerdo"}.get(sesion.cuantos, f"con {sesion.cuantos} acuerdos")
    return f"Se celebró la {sesion.designacion} el {fecha_larga(sesion.fecha)}, {acuerdos}."


def guardar(texto: TextoDeInforme, version: int, por: Any, escrito: str) -> TextoDeInforme:
    """Guarda un apartado sobre la versión leída.

    Lanza `VersionRancia`, o `ValidationError` si mientras tanto el informe se entregó o se descartó.
    """
    limpio = limpiar(escrito)
    with transaction.atomic():
        _esperar_informe(texto)
        try:
            return texto.guardar_sobre(version, por=por, texto=limpio)
        except ValidationError as error:
            raise ValidationError(YA_SE_ENTREGO) from error


def _esperar_informe(texto: TextoDeInforme) -> None:
    """El candado del informe: quien entrega o descarta espera a que se termine de guardar, y al revés."""
    filas = InformeTrimestral.objects.select_for_update(no_key=True).filter(pk=texto.informe_id)
    if filas.first() is None:
        raise ValidationError(SE_DESCARTO)


def insertar(texto: TextoDeInforme, dicho: str, por: Any) -> TextoDeInforme:
    """Agrega el dato al final de lo que haya escrito quien sea; si ya lo dice, no lo repite.

    Lanza `ValidationError` si el informe se entregó o se descartó.
    """
    with transaction.atomic():
        _esperar_informe(texto)
        texto.refresh_from_db()
        if dicho in texto.texto:
            return texto
        return guardar(texto, texto.version, por, "\n\n".join(filter(None, (texto.texto, dicho))))


def lo_que_falta(meses: list[Mes]) -> Iterator[str]:
    """Frases de lo que impide entregarlo: un mes sin nada escrito se confunde con un olvido."""
    for mes in meses:
        if mes.vacio:
            yield f"{str(mes).capitalize()} está vacío. Si no hubo nada que informar, dilo."


def entregar(informe: InformeTrimestral, por: Any, cuando: dt.datetime) -> None:
    """Lo da por escrito: ya no se edita. Lanza `TransicionInvalida`, o `ValidationError` con lo que falta."""
    with transaction.atomic():
        informe.exigir("entregar")
        informe.cambiar("entregar", por, cuando=cuando)
        # Ya con candado y sin que nadie escriba: lo que se comprueba es lo que queda.
        if falta := list(lo_que_falta(meses_de(informe))):
            raise ValidationError(falta)


def devolver(informe: InformeTrimestral, por: Any, cuando: dt.datetime, motivo: str) -> None:
    """Lo regresa a quien lo escribe, con su porqué. Lanza `ValidationError` si no se dice."""
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe qué hay que corregir."})
    informe.cambiar("devolver", por, cuando=cuando, nota=motivo.strip())
