"""Lo que el personal hace con un corte: abrirlo, cambiar sus cifras con motivo, corregirlo y quitarlo."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from ejes.cortes import tomar_de_reportes
from ejes.forms.cortes import CON_MOTIVO, FormaFigura, dicho
from ejes.models import Corte, Figura, Plan
from sesiones.numeracion import ordinal
from stl_portal.espanol import mayuscula_inicial
from stl_portal.versiones import VersionRancia

CORREGIDO = re.compile(r" \(corrección( \d+)?\)$")
COPIADO = (
    *("eje_id", "compromiso_id", "accion_id", "declarado", "textual", "nota", "con_asterisco", "verificado"),
    *("explicacion", "responsable", "cargo", "procedencia", "entrega_id", "editado_por_id", "editado_el"),
)


def numero_siguiente(plan: Plan) -> int:
    """El que le toca al próximo corte del plan."""
    ultimo: int | None = plan.cortes.aggregate(n=Max("numero"))["n"]
    return (ultimo or 0) + 1


def nombre_propuesto(plan: Plan) -> str:
    """«Segundo Informe Parcial»: las correcciones no cuentan."""
    cual = ordinal(plan.cortes.filter(corrige__isnull=True).count() + 1)
    apocopado = cual[:-1] if cual.endswith(("primero", "tercero")) else cual
    return f"{mayuscula_inicial(apocopado)} Informe Parcial"


@transaction.atomic
def abrir(plan: Plan, **datos: Any) -> Corte:
    """Un corte nuevo con lo que dicen los reportes. Lanza `ValidationError` si sus datos no se admiten."""
    Plan.objects.select_for_update().get(pk=plan.pk)  # dos a la vez: cada uno con su número
    corte = Corte(plan=plan, numero=numero_siguiente(plan), **datos)
    corte.full_clean()
    corte.save()
    tomar_de_reportes.llenar(corte)
    return corte


@transaction.atomic
def corregir(publicado: Corte, motivo: str) -> Corte:
    """Un corte nuevo, igual al publicado, que al publicarse lo sustituye; el anterior se sigue leyendo.

    Lanza `ValidationError` si no está publicado o si ya hay una corrección suya.
    """
    plan = Plan.objects.select_for_update().get(pk=publicado.plan_id)
    publicado = Corte.objects.select_for_update().get(pk=publicado.pk)
    if publicado.se_arma:
        raise ValidationError("Todavía no se publica: cámbialo directamente.", code="estado")
    if Corte.objects.filter(corrige=publicado).exists():
        raise ValidationError("Ya hay una corrección de este corte.", code="estado")
    campos = ("desde", "hasta", "presentado_en", "presentado_el", "presentado_como", "conserva")
    nuevo = Corte.objects.create(
        plan=plan,
        numero=numero_siguiente(plan),
        nombre=_nombre_corregido(publicado.nombre),
        corrige=publicado,
        que_corrige=motivo,
        **{campo: getattr(publicado, campo) for campo in campos},
    )
    for figura in publicado.figuras.prefetch_related("ligas", "evidencias", "ediciones"):
        _copiar(figura, nuevo)
    return nuevo


def _nombre_corregido(nombre: str) -> str:
    """«Primer Informe Parcial (corrección)», «(corrección 2)»."""
    marca = CORREGIDO.search(nombre)
    if marca is None:
        return f"{nombre} (corrección)"[:200]
    cual = int(marca[1] or 1) + 1
    return f"{CORREGIDO.sub('', nombre)} (corrección {cual})"[:200]


def _copiar(figura: Figura, corte: Corte) -> None:
    """La figura con sus ligas, sus evidencias y la historia de sus cambios."""
    copia = Figura.objects.create(corte=corte, **{campo: getattr(figura, campo) for campo in COPIADO})
    copia.evidencias.set(figura.evidencias.all())
    for liga in figura.ligas.all():
        copia.ligas.create(direccion=liga.direccion, titulo=liga.titulo)
    for edicion in figura.ediciones.all():
        campos = ("que", "antes", "ahora", "motivo", "por", "cuando")
        copia.ediciones.create(**{campo: getattr(edicion, campo) for campo in campos})


def quitar(corte: Corte) -> None:
    """Borra un corte que no se publicó. Lanza `TransicionInvalida` si ya se publicó."""
    with transaction.atomic():
        Corte.objects.select_for_update().get(pk=corte.pk).exigir("publicar")
        corte.delete()


class Choque(Exception):
    """Otra persona guardó antes. Trae las formas que chocan, ya comparadas con lo de ahora."""

    def __init__(self, formas: Sequence[FormaFigura]) -> None:
        """Conserva las formas con lo que se escribió en ellas."""
        super().__init__("Otra persona guardó cambios mientras escribías.")
        self.formas = formas


@transaction.atomic
def guardar(formas: Sequence[FormaFigura], por: Any, cuando: dt.datetime) -> int:
    """Guarda lo que cambió en cada forma ya válida y dice en cuántas; todo o nada.

    Lanza `Choque` si alguien guardó mientras tanto y `ValidationError` si el corte dejó de editarse.
    """
    rancias, tocadas = [], [forma for forma in formas if forma.tocados]
    for forma in tocadas:
        try:
            _guardar(forma, por, cuando)
        except VersionRancia as error:
            forma.poner_al_dia(error.actual)
            rancias.append(forma)
    if rancias:
        raise Choque(rancias)
    return len(tocadas)


def _guardar(forma: FormaFigura, por: Any, cuando: dt.datetime) -> None:
    figura, datos = forma.figura, forma.cleaned_data
    antes = dicho(figura)
    campos = {nombre: datos[nombre] for nombre in forma.tocados if nombre != "ligas"}
    if datos["version"] != figura.version:
        raise VersionRancia(figura)
    figura.guardar_sobre(datos["version"], por=por, **campos)
    if "ligas" in forma.tocados:
        figura.ligas.all().delete()
        for direccion in datos["ligas"].splitlines():
            figura.ligas.create(direccion=direccion)
    _anotar(forma, antes, por, cuando)


def _anotar(forma: FormaFigura, antes: dict[str, str], por: Any, cuando: dt.datetime) -> None:
    """Una línea por cada cosa que cambió de lo que se había tomado."""
    figura = Figura.objects.prefetch_related("ligas").get(pk=forma.figura.pk)
    ahora, que_cambio = dicho(figura), {CON_MOTIVO[nombre] for nombre in forma.retocados}
    for que in sorted(que_cambio):
        if antes[que] != ahora[que]:
            figura.ediciones.create(
                que=que,
                antes=antes[que],
                ahora=ahora[que],
                motivo=forma.cleaned_data["motivo"],
                por=por,
                cuando=cuando,
            )
