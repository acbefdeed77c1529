"""Lo que los conjuntos del plan tienen en común: columnas, filtros, identificadores y cifras."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ejes import avance
from ejes.avance import Nivel
from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.estados import EstadoPlan
from ejes.models import Accion, Compromiso, Eje, Plan
from stl_portal.datos.columnas import LISTA, filtros_de_organo
from stl_portal.datos.registro import Catalogo, Columna, Filtro, Tipo, Valor

GENERA = "Secretariado Técnico Local, con lo que cada institución responsable informa"
TEMA = "Plan de acción"
NIVELES = (
    (Nivel.NO_INICIADO, "por debajo del umbral «limitado» del plan"),
    (Nivel.LIMITADO, "desde el umbral «limitado» y por debajo de «sustancial»"),
    (Nivel.SUSTANCIAL, "desde el umbral «sustancial» y por debajo de «completado»"),
    (Nivel.COMPLETADO, "desde el umbral «completado»"),
)
PLAN = Columna(
    "plan",
    Tipo.TEXTO,
    "Plan de acción",
    "Clave del plan, como va en su dirección: /plan/<clave>/.",
    requerida=True,
    ejemplo="2022-2024",
)
DECLARADO = Columna(
    "declarado",
    Tipo.NUMERO,
    "Avance declarado",
    "Lo que dijo la institución responsable, de 0 a 100. Vacío si lo dijo con palabras o no lo dijo. No se"
    " mezcla con lo calculado ni con lo verificado.",
    unidad="por ciento",
    ejemplo="23",
)
TEXTUAL = Columna(
    "textual",
    Tipo.TEXTO,
    "Avance dicho con palabras",
    "Cómo se dijo el avance cuando no se dio un porcentaje.",
    ejemplo="En etapa de diseño del programa",
)
CALCULADO = Columna(
    "calculado",
    Tipo.NUMERO,
    "Avance calculado",
    "Lo que resulta de aplicar la fórmula del plan a las cifras del nivel de abajo, de 0 a 100, con dos"
    " decimales. Vacío en las acciones, que no se calculan, y donde nada de abajo tiene cifra.",
    unidad="por ciento",
    ejemplo="36.25",
)
VERIFICADO = Columna(
    "verificado",
    Tipo.NUMERO,
    "Avance verificado",
    "Lo que sostienen las evidencias que se revisaron, de 0 a 100. Vacío si no consta una revisión.",
    unidad="por ciento",
)
NIVEL = Columna(
    "nivel",
    Tipo.TEXTO,
    "Nivel de terminación",
    "Nivel de la Alianza para el Gobierno Abierto que le toca según lo declarado o, si nadie declaró, lo"
    " calculado, con los umbrales del plan. Vacío si no hay cifra.",
    valores=NIVELES,
)
CORTE = Columna(
    "corte",
    Tipo.ENTERO,
    "Corte",
    "Número del corte (informe parcial) publicado del que salen las cifras de avance. Vacío si el plan no ha"
    " publicado ninguno.",
    ejemplo="1",
)
DEL_ULTIMO_CORTE = (DECLARADO, TEXTUAL, CALCULADO, VERIFICADO, NIVEL, CORTE)
PESO = Columna(
    "peso",
    Tipo.NUMERO,
    "Peso",
    "Cuánto cuenta en la media de su nivel; solo importa si la fórmula del plan es la media ponderada.",
    requerida=True,
)
ODS = Columna(
    "ods",
    Tipo.TEXTO,
    "Objetivos de Desarrollo Sostenible",
    "Número de cada objetivo de la Agenda 2030 al que abona (1 a 17) o, si se sabe, de su meta, separados"
    " por punto y coma.",
    ejemplo="8; 16.6",
)


def _planes() -> Iterator[tuple[str, str]]:
    """Los publicados, del más reciente al primero."""
    publicados = Plan.objects.publicados().order_by("-inicio", "clave")
    return ((plan.clave, plan.nombre) for plan in publicados.only("clave", "nombre"))


def _hay_plan(clave: str) -> bool:
    return Plan.objects.publicados().filter(clave=clave).exists()


PLANES = Catalogo(_hay_plan, _planes, "/plan/")


def _compromisos() -> Iterator[tuple[str, str]]:
    """Los de planes publicados; el mismo código puede ser de dos planes."""
    filas = _publicados(Compromiso, "eje__plan__").order_by("eje__plan__inicio", "eje__numero", "numero")
    pares = filas.values_list("eje__numero", "numero", "nombre")
    return iter({f"{eje}.{numero}": nombre for eje, numero, nombre in pares}.items())


def _publicados(modelo: Any, hasta_el_plan: str) -> "QuerySet[Any]":
    filas: QuerySet[Any] = modelo.objects.filter(**{f"{hasta_el_plan}estado": EstadoPlan.PUBLICADO})
    return filas


def _hay_figura(codigo: str) -> bool:
    """Si algún plan publicado tiene ese eje («1»), compromiso («1.5») o acción («1.5.2»)."""
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4}){0,2}", codigo, re.ASCII):
        return False
    numeros = [int(parte) for parte in codigo.split(".")]
    modelo, hasta_el_plan, campos = _FIGURAS[len(numeros) - 1]
    return _publicados(modelo, hasta_el_plan).filter(**dict(zip(campos, numeros, strict=True))).exists()


def _hay_compromiso(codigo: str) -> bool:
    return codigo.count(".") == 1 and _hay_figura(codigo)


def _figuras() -> Iterator[tuple[str, str]]:
    ejes = _publicados(Eje, "plan__").order_by("plan__inicio", "numero").values_list("numero", "nombre")
    yield from {str(numero): nombre for numero, nombre in ejes}.items()
    yield from _compromisos()
    filas = _publicados(Accion, "compromiso__eje__plan__").order_by("compromiso__eje__plan__inicio", "pk")
    campos = ("compromiso__eje__numero", "compromiso__numero", "numero", "texto")
    acciones = {f"{e}.{c}.{n}": texto[:80] for e, c, n, texto in filas.values_list(*campos)}
    yield from acciones.items()


_FIGURAS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Eje, "plan__", ("numero",)),
    (Compromiso, "eje__plan__", ("eje__numero", "numero")),
    (Accion, "compromiso__eje__plan__", ("compromiso__eje__numero", "compromiso__numero", "numero")),
)
LOS_COMPROMISOS = Catalogo(_hay_compromiso, _compromisos, "/datos/compromisos/")
CODIGOS = Catalogo(_hay_figura, _figuras, "/datos/avances/")


def del_plan(hasta_el_plan: str) -> tuple[Filtro, ...]:
    """Los filtros por plan, órgano y ficticio; `hasta_el_plan` es el camino del ORM, con su «__» al final."""
    return (
        Filtro(
            "plan",
            Tipo.TEXTO,
            f"{hasta_el_plan}clave",
            "Clave del plan, como va en su dirección.",
            ejemplo="2022-2024",
            catalogo=PLANES,
        ),
        *filtros_de_organo(f"{hasta_el_plan}organo__"),
    )


def datos_del_plan(plan: Plan) -> dict[str, Valor]:
    """Lo que de su plan dice cada fila; `plan.organo` ya traído."""
    return {"plan": plan.clave, "organo": plan.organo.clave, "ficticio": plan.organo.ficticio}


def datos_de_avance(renglon: Renglon) -> dict[str, Valor]:
    """Las tres cifras, cada una con su procedencia, y el nivel que les toca."""
    return {
        "declarado": cifra(renglon.declarado),
        "textual": renglon.textual,
        "calculado": cifra(renglon.calculado),
        "verificado": cifra(renglon.verificado),
        "nivel": str(renglon.nivel.value) if renglon.nivel else None,
    }


def del_ultimo_corte(cuadro: Cuadro | None, codigo: str) -> dict[str, Valor]:
    """El avance de un renglón en el último corte que rige; vacío si no lo hay o no lo tenía."""
    renglon = cuadro.de(codigo) if cuadro else None
    if cuadro is None or renglon is None:
        return {c.nombre: "" if c is TEXTUAL else None for c in DEL_ULTIMO_CORTE}
    return {**datos_de_avance(renglon), "corte": cuadro.corte["numero"]}


def cifra(porcentaje: Decimal | None) -> Decimal | None:
    """Con dos decimales como mucho y sin ceros de sobra: 36.25, 30; como en el documento sellado."""
    return None if porcentaje is None else Decimal(avance.legible(porcentaje))


def juntos(valores: Iterable[object]) -> str:
    """Los valores cortos de una misma celda."""
    return LISTA.join(str(valor) for valor in valores)
