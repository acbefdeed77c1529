"""Conjunto «organos»: los secretariados y comisiones que publican en el portal."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from sesiones.datos.de_la_sesion import TEMA
from sesiones.estados import ClaseOrgano
from sesiones.models import Denominacion, Organo
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, direccion, en_orden, filtro_de_ficticio, identificador
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo

CLASES = tuple((str(valor), str(dicho)) for valor, dicho in ClaseOrgano.choices)

COLUMNAS = (
    identificador("al órgano", "stl"),
    Columna(
        "nombre",
        Tipo.TEXTO,
        "Nombre oficial",
        "Como se llama hoy. Los documentos anteriores conservan el nombre que tenía entonces.",
        requerida=True,
        ejemplo="Secretariado Técnico Local de Gobierno Abierto",
    ),
    Columna("nombre_corto", Tipo.TEXTO, "Nombre corto", "Como se le nombra en las páginas.", requerida=True),
    Columna("siglas", Tipo.TEXTO, "Siglas", "Siglas de su nombre de hoy.", requerida=True, ejemplo="STL"),
    Columna(
        "nombre_desde",
        Tipo.FECHA,
        "Se llama así desde",
        "Primer día en que rigió ese nombre; vacío si no consta.",
    ),
    Columna(
        "clase", Tipo.TEXTO, "Clase", "Qué clase de cuerpo colegiado es.", requerida=True, valores=CLASES
    ),
    Columna(
        "depende_de",
        Tipo.TEXTO,
        "Depende de",
        "De una comisión o un grupo, el órgano al que pertenece (su «id» en este conjunto); vacío en los"
        " secretariados.",
        ejemplo="stl",
    ),
    Columna(
        "acompanado_por",
        Tipo.TEXTO,
        "Lo acompaña",
        "De un secretariado municipal, el estatal que lo acompaña (su «id» en este conjunto).",
        ejemplo="stl",
    ),
    Columna(
        "clave_municipio",
        Tipo.TEXTO,
        "Clave INEGI del municipio",
        "Cinco cifras (estado y municipio, con ceros a la izquierda); solo en los municipales.",
        ejemplo="11020",
    ),
    direccion("con sus sesiones"),
    FICTICIO,
)


def publicado() -> QuerySet[Organo]:
    """Los que ya tienen nombre: sin él no tienen página."""
    con_nombre = Organo.objects.filter(Exists(Denominacion.objects.filter(organo=OuterRef("pk"))))
    return con_nombre.select_related("padre", "acompanado_por").prefetch_related("denominaciones")


def filas(objetos: Sequence[Organo]) -> Iterator[tuple[Organo, Fila]]:
    """Una por órgano."""
    hoy = timezone.localdate()
    for organo in objetos:
        nombre = organo.denominacion(hoy)
        datos = {
            "id": organo.clave,
            "nombre": nombre.nombre,
            "nombre_corto": nombre.nombre_corto,
            "siglas": nombre.siglas,
            "nombre_desde": nombre.vigente_desde,
            "clase": organo.clase,
            "depende_de": organo.padre.clave if organo.padre else None,
            "acompanado_por": organo.acompanado_por.clave if organo.acompanado_por else None,
            "clave_municipio": organo.clave_municipio or None,
            "direccion": liga(reverse("sesiones:organo", args=(organo.clave,))),
            "ficticio": organo.ficticio,
        }
        yield organo, en_orden(COLUMNAS, datos)


def de_id(objetos: QuerySet[Any], id: str) -> QuerySet[Any]:
    """El órgano de esa clave."""
    return objetos.filter(clave=id)


CONJUNTO = Conjunto(
    clave="organos",
    titulo="Órganos",
    descripcion="Los secretariados técnicos (estatal y municipales) y las comisiones que publican en este"
    " portal, con el nombre que tienen hoy.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=de_id,
    genera="El secretariado técnico de cada órgano",
    tema=TEMA,
    una_fila="un secretariado técnico, una comisión o un grupo de trabajo",
    filtros=(
        Filtro(
            "tipo", Tipo.TEXTO, "clase", "Clase de órgano.", valores=CLASES, ejemplo=ClaseOrgano.ESTATAL.value
        ),
        filtro_de_ficticio(""),
    ),
    palabras=("órganos", "secretariados técnicos", "comisiones", "gobierno abierto"),
    grafica=("clase", ""),
)
