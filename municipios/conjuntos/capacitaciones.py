"""Conjunto `capacitaciones`: capacitaciones, eventos y reuniones con los municipios."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from municipios.conjuntos.columnas import DEL_ORGANO, GENERA, TEMA, datos_del_organo, del_municipio
from municipios.estados import ClaseEvento
from municipios.models import Evento, Material
from sesiones.estados import Modalidad
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import LISTA, direccion, en_orden, filtros_de_organo, identificador
from stl_portal.datos.identificadores import CLAVE, PRIMARIA, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

CLASES = (
    (ClaseEvento.CAPACITACION.value, "se enseñó algo"),
    (ClaseEvento.EVENTO.value, "un foro, una presentación u otro acto abierto"),
    (ClaseEvento.REUNION.value, "acompañamiento a quienes llevan el secretariado municipal"),
)
MODALIDADES = (
    (Modalidad.PRESENCIAL.value, "en un mismo lugar"),
    (Modalidad.REMOTA.value, "a distancia"),
    (Modalidad.HIBRIDA.value, "unas personas en el lugar y otras a distancia"),
)
TAL_CUAL = (
    *("clase", "titulo", "cuantos", "desde", "hasta", "imparte", "personas", "personas_literal"),
    *("sujetos_obligados", "alcance", "alcance_literal", "fuente"),
)
COLUMNAS = (
    identificador("a la capacitación: la clave del órgano y su número en el portal", "stl/evento-1"),
    *DEL_ORGANO,
    Columna("clase", Tipo.TEXTO, "Qué fue", "De qué clase es.", requerida=True, valores=CLASES),
    Columna("titulo", Tipo.TEXTO, "Título", "Cómo se llamó.", requerida=True),
    Columna(
        "cuantos",
        Tipo.ENTERO,
        "Cuántos",
        "Cuántas capacitaciones o eventos reúne la fila: más de uno si la fuente solo da el conjunto.",
        requerida=True,
        ejemplo="17",
    ),
    Columna("desde", Tipo.FECHA, "Desde", "Primer día; vacío si no consta."),
    Columna(
        "hasta", Tipo.FECHA, "Hasta", "Fecha o, de varias, el último día del que consta.", requerida=True
    ),
    Columna("modalidad", Tipo.TEXTO, "Modalidad", "Cómo se dio; vacía si no consta.", valores=MODALIDADES),
    Columna("temas", Tipo.TEXTO, "Temas", "Separados por punto y coma."),
    Columna("imparte", Tipo.TEXTO, "Quién la impartió", "Quién la dio u organizó; vacío si no consta."),
    Columna(
        "municipios",
        Tipo.TEXTO,
        "Qué municipios",
        "Clave del INEGI de cada uno, separadas por punto y coma. Vacío si la fuente no dice cuáles.",
        ejemplo="11020; 11027",
    ),
    Columna(
        "municipios_cuantos",
        Tipo.ENTERO,
        "Cuántos municipios",
        "Los que se enumeran o, si la fuente no dice cuáles, los que dice que fueron. Vacío si no consta.",
        unidad="municipios",
    ),
    Columna(
        "personas",
        Tipo.ENTERO,
        "Personas",
        "Cuántas asistieron. Si es aproximado, el número que se dijo, que es lo menos que hubo; vacío si no"
        " consta.",
        unidad="personas",
        ejemplo="100",
    ),
    Columna(
        "personas_aproximado",
        Tipo.SI_NO,
        "Personas: es aproximado",
        "Verdadero si la fuente no da el número exacto; vacío si no da ninguno.",
    ),
    Columna(
        "personas_literal",
        Tipo.TEXTO,
        "Personas, como se dijo",
        "Las palabras de la fuente cuando es aproximado.",
        ejemplo="más de 100",
    ),
    Columna(
        "sujetos_obligados", Tipo.ENTERO, "Sujetos obligados", "Cuántos participaron; vacío si no consta."
    ),
    Columna(
        "alcance",
        Tipo.ENTERO,
        "Alcance",
        "A cuántas personas llegó además de las asistentes, con la misma regla que «personas».",
        unidad="personas",
    ),
    Columna(
        "alcance_aproximado",
        Tipo.SI_NO,
        "Alcance: es aproximado",
        "Verdadero si la fuente no da el número exacto; vacío si no da ninguno.",
    ),
    Columna(
        "alcance_literal",
        Tipo.TEXTO,
        "Alcance, como se dijo",
        "Las palabras de la fuente cuando es aproximado.",
        ejemplo="52k",
    ),
    Columna(
        "materiales",
        Tipo.TEXTO,
        "Materiales",
        "Dirección de cada material público, separadas por punto y coma.",
    ),
    Columna("liga", Tipo.LIGA, "Más información", "Página que la fuente cita; vacía si no cita ninguna."),
    Columna("fuente", Tipo.TEXTO, "Fuente", "Documento del que se tomó; vacía si nació en el portal."),
    direccion("donde está la lista"),
)


def publicado() -> "QuerySet[Any]":
    """Las que se muestran al público, con lo que su fila dice."""
    materiales = Prefetch("materiales", Material.objects.select_related("archivo"))
    filas = Evento.objects.publicados().select_related("organo")
    return filas.prefetch_related("municipios", materiales)


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por capacitación, o por conjunto de ellas si la fuente no las separa."""
    for evento in objetos:
        yield evento, en_orden(COLUMNAS, _datos(evento))


def _datos(e: Evento) -> dict[str, Valor]:
    claves = sorted(m.clave for m in e.municipios.all())
    return {
        "id": f"{e.organo.clave}/evento-{e.pk}",
        **datos_del_organo(e.organo),
        **{campo: getattr(e, campo) for campo in TAL_CUAL},
        "modalidad": e.modalidad or None,
        "temas": LISTA.join(e.temas.splitlines()),
        "municipios": LISTA.join(claves),
        "municipios_cuantos": len(claves) or e.municipios_cuantos,
        "personas_aproximado": _aproximado(e.personas, e.personas_literal),
        "alcance_aproximado": _aproximado(e.alcance, e.alcance_literal),
        "materiales": LISTA.join(_donde(m) for m in e.materiales.all()),
        "liga": e.liga,
        "direccion": liga(reverse("municipios:capacitaciones")),
    }


def _aproximado(numero: int | None, literal: str) -> bool | None:
    return None if numero is None else bool(literal)


def _donde(material: Material) -> str:
    archivo = material.archivo
    if archivo is None:
        return material.direccion
    return liga(reverse("archivo:descargar", args=(archivo.huella, archivo.nombre)))


CAPACITACIONES = Conjunto(
    clave="capacitaciones",
    titulo="Capacitaciones y eventos con los municipios",
    descripcion="Capacitaciones, eventos y reuniones públicas: cuándo, sobre qué, con qué municipios y"
    " cuántas personas. Donde la fuente da una cantidad aproximada («más de 100») van el número, sus palabras"
    " y una columna que lo dice: una suma con ellas es «más de».",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<organo__clave>{CLAVE})/evento-(?P<pk>{PRIMARIA})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="una capacitación o un evento, o varios que la fuente no separa",
    filtros=(
        *filtros_de_organo("organo__"),
        Filtro("anio", Tipo.ENTERO, "hasta__year", "Año de la fecha o del último día."),
        del_municipio("municipios__clave"),
        Filtro("clase", Tipo.TEXTO, "clase", "Qué fue.", valores=CLASES),
        Filtro("modalidad", Tipo.TEXTO, "modalidad", "Cómo se dio.", valores=MODALIDADES),
    ),
    palabras=("capacitaciones", "municipios", "eventos"),
    grafica=("organo", "cuantos"),
)
