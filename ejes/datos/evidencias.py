"""Conjunto `evidencias`: cada archivo o liga publicados, su huella y qué respaldan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ejes.ciudadania import lectura
from ejes.ciudadania.lectura import Leido, Uso
from ejes.datos.columnas import GENERA, PLAN, TEMA, datos_del_plan, del_plan, juntos
from ejes.estados import RevisionEvidencia
from ejes.models import Evidencia, ReportePublicado
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import FICTICIO, ORGANO, direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, PRIMARIA, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

ARCHIVO, LIGA = "archivo", "liga"
TIPOS = (
    (ARCHIVO, "un archivo que se descarga de este portal"),
    (LIGA, "una página de otro sitio, que puede haber cambiado"),
)
REVISIONES = (
    (RevisionEvidencia.VERIFICADA.value, "la revisión la abrió y sostiene lo que se dijo"),
    (RevisionEvidencia.OBSERVADA.value, "la revisión anotó que algo falta o no coincide"),
)
Usos = Mapping[int, Sequence[Uso]]
COLUMNAS = (
    identificador("a la evidencia: la clave del plan y su número en el portal", "2019-2020/evidencia-31"),
    PLAN,
    ORGANO,
    FICTICIO,
    Columna("institucion", Tipo.TEXTO, "Institución", "La que la presentó.", requerida=True),
    Columna("titulo", Tipo.TEXTO, "Título", "Cómo la llamó la institución.", requerida=True),
    Columna("descripcion", Tipo.TEXTO, "Qué muestra", "Con palabras de la institución; vacía si no lo dijo."),
    Columna("tipo", Tipo.TEXTO, "Tipo", "Si es un archivo o una liga.", requerida=True, valores=TIPOS),
    Columna("formato", Tipo.TEXTO, "Formato", "Tipo de contenido (MIME) del archivo.", ejemplo="text/csv"),
    Columna("nombre_de_archivo", Tipo.TEXTO, "Nombre del archivo", "Con el que se descarga."),
    Columna("tamano", Tipo.ENTERO, "Tamaño", "Del archivo original.", unidad="bytes"),
    Columna(
        "enlace",
        Tipo.LIGA,
        "Dónde está",
        "De un archivo, la dirección que lo descarga (de una imagen, su copia sin metadatos); de una liga, la"
        " página citada.",
        requerida=True,
    ),
    Columna(
        "huella",
        Tipo.TEXTO,
        "Huella",
        "SHA-256 del archivo o, de una liga, de su dirección escrita en UTF-8. Con ella se comprueba que no"
        " cambió.",
        requerida=True,
    ),
    Columna(
        "huella_de_la_copia",
        Tipo.TEXTO,
        "Huella de la copia",
        "SHA-256 de la copia sin metadatos que se descarga; vacía si se descarga el original.",
    ),
    Columna("subida_el", Tipo.INSTANTE, "Subida el", "Cuándo la subió la institución.", requerida=True),
    Columna("publicada_el", Tipo.INSTANTE, "Publicada el", "Cuándo se hizo pública.", requerida=True),
    Columna(
        "revision",
        Tipo.TEXTO,
        "Revisión",
        "Lo último que la revisión dijo de ella. Vacía si se publicó sin revisarse.",
        valores=REVISIONES,
    ),
    Columna("observacion", Tipo.TEXTO, "Observación", "Qué anotó la revisión; vacía si no anotó nada."),
    Columna(
        "acciones",
        Tipo.TEXTO,
        "Acciones que respalda",
        "Identificadores del conjunto «acciones», separados por punto y coma.",
        ejemplo="demo/1.1.1",
    ),
    Columna(
        "indicadores",
        Tipo.TEXTO,
        "Indicadores que respalda",
        "Identificadores del conjunto «indicadores», separados por punto y coma.",
        ejemplo="demo/reporte-1/1",
    ),
    Columna(
        "reportes_enteros",
        Tipo.TEXTO,
        "Reportes que respalda completos",
        "Dirección de cada reporte que respalda sin señalar una acción ni un indicador, separadas por punto y"
        " coma.",
    ),
    Columna(
        "sustituye",
        Tipo.TEXTO,
        "Sustituye a",
        "Identificador de la evidencia pública a la que reemplazó; la anterior se conserva.",
    ),
    Columna(
        "sustituida_por",
        Tipo.TEXTO,
        "La sustituyó",
        "Identificador de la evidencia pública que la reemplazó; vacía si sigue siendo la última.",
    ),
    direccion("de la evidencia"),
)


def publicado() -> "QuerySet[Any]":
    """Las evidencias cuyo reporte ya se publicó."""
    filas = Evidencia.objects.publicadas().filter(entregas__publicacion__isnull=False).distinct()
    return filas.select_related("plan__organo", "asiento__institucion", "publicacion", "archivo")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por evidencia, con lo que de ella dice lo último publicado de cada reporte."""
    usos, publicas = _usos(objetos), Evidencia.objects.publicadas()
    despues = dict(publicas.filter(sustituye__in=objetos).values_list("sustituye", "pk"))
    antes = dict(publicas.filter(sustituida_por__in=objetos).values_list("sustituida_por", "pk"))
    for evidencia in objetos:
        if suyos := usos.get(evidencia.pk):
            cadena = (antes.get(evidencia.pk), despues.get(evidencia.pk))
            yield evidencia, en_orden(COLUMNAS, _datos(evidencia, suyos, *cadena))


def _usos(evidencias: Iterable[Evidencia]) -> Usos:
    """Lo último que cada reporte publicado dice de cada una, del más reciente al más antiguo."""
    pks = {evidencia.pk for evidencia in evidencias}
    publicados = ReportePublicado.objects.filter(entrega__evidencias__in=pks).values("pk")
    por_reporte: dict[tuple[int, int], Leido] = {}
    for leido in lectura.leidos(lectura.publicados().filter(pk__in=publicados)):
        por_reporte |= {(pk, leido.fila.reporte_id): leido for pk in leido.evidencias.keys() & pks}
    usos = defaultdict(list)
    for (pk, _), leido in sorted(por_reporte.items(), key=lambda par: par[1].fila.pk, reverse=True):
        usos[pk].append(Uso(leido, leido.evidencias[pk]))
    return usos


def _datos(e: Any, usos: Sequence[Uso], antes: int | None, despues: int | None) -> dict[str, Valor]:
    clave, prueba, archivo = e.plan.clave, usos[0].prueba, usos[0].prueba.datos["archivo"]
    return {
        "id": _id(clave, e.pk),
        **datos_del_plan(e.plan),
        "institucion": e.asiento.institucion.nombre,
        "titulo": prueba.titulo,
        "descripcion": prueba.datos["descripcion"],
        "tipo": ARCHIVO if archivo else LIGA,
        "formato": archivo["tipo"] if archivo else "",
        "nombre_de_archivo": archivo["nombre"] if archivo else "",
        "tamano": archivo["tamano"] if archivo else None,
        "enlace": _enlace(archivo) if archivo else prueba.datos["liga"],
        "huella": e.publicacion.huella,
        "huella_de_la_copia": e.publicacion.copia,
        "subida_el": e.subida_el,
        "publicada_el": e.publicacion.publicada_el,
        "revision": prueba.estado.veredicto or None,
        "observacion": prueba.estado.nota,
        **_respalda(clave, usos),
        "sustituye": _id(clave, antes) if antes else "",
        "sustituida_por": _id(clave, despues) if despues else "",
        "direccion": liga(e.get_absolute_url()),
    }


def _id(plan: str, pk: int) -> str:
    return f"{plan}/evidencia-{pk}"


def _enlace(archivo: Mapping[str, Any]) -> str:
    return liga(reverse("archivo:descargar", args=(archivo["huella"], archivo["nombre"])))


def _respalda(plan: str, usos: Sequence[Uso]) -> dict[str, Valor]:
    acciones = {a["codigo"]: None for uso in usos for a in uso.acciones}  # sin repetir y en orden
    renglones = [(uso.leido.fila.reporte_id, r["orden"]) for uso in usos for r in uso.renglones]
    enteros = [uso.leido.direccion for uso in usos if not uso.acciones and not uso.renglones]
    return {
        "acciones": juntos(f"{plan}/{codigo}" for codigo in acciones),
        "indicadores": juntos(f"{plan}/reporte-{reporte}/{orden}" for reporte, orden in renglones),
        "reportes_enteros": juntos(liga(ruta) for ruta in enteros),
    }


EVIDENCIAS = Conjunto(
    clave="evidencias",
    titulo="Evidencias del avance",
    descripcion="Cada archivo o liga que una institución presentó y ya se publicó, con su huella SHA-256, lo"
    " que dijo de ella la revisión y qué acciones e indicadores respalda.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<plan__clave>{CLAVE})/evidencia-(?P<pk>{PRIMARIA})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="un archivo o una liga que respalda un avance publicado",
    filtros=(
        *del_plan("plan__"),
        Filtro("anio", Tipo.ENTERO, "publicacion__publicada_el__year", "Año en que se publicó."),
        Filtro("tipo", Tipo.TEXTO, "", "Archivos o ligas.", columna="tipo", valores=TIPOS),
        Filtro(
            "revision", Tipo.TEXTO, "", "Lo que dijo la revisión.", columna="revision", valores=REVISIONES
        ),
    ),
    palabras=("evidencias", "archivos", "verificación"),
    grafica=("plan", ""),
)
