"""Las actas publicadas, párrafo por párrafo, de los mismos bytes que cualquiera recibe; y sus anexos."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from sesiones import anexos, publica
from sesiones.acta import bloques as b
from sesiones.acta.documento import bloques_de
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Acta, Anexo, Sello, Sesion
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar
from stl_portal.texto import a_llano

# Encabezan lo que sigue: su rótulo es el título de los párrafos de abajo.
ENCABEZADOS = frozenset({b.SECCION, b.SUBTITULO})
CALLADOS = frozenset({b.FIN})


def grupos_de_actas() -> Iterator[str]:
    """Una por sesión con acta publicada."""
    return (f"acta:{ruta}" for ruta in _con_acta())


def grupos_de_anexos() -> Iterator[str]:
    """Los anexos van con la sesión cuya acta los hace públicos."""
    return (f"anexos:{ruta}" for ruta in _con_acta())


def _con_acta() -> Iterator[str]:
    filas = Sesion.objects.filter(actas__estado__in=ACTA_PUBLICA).distinct()
    for organo, sesion in filas.values_list("organo__clave", "clave"):
        yield f"{organo}/{sesion}"


def de_acta(grupo: str) -> Iterator[Lugar]:
    """La última versión publicada, como cualquiera la recibe: sin lo testado."""
    organo, sesion = de_ruta(grupo)
    filas = Sello.objects.filter(
        acta__sesion__organo__clave=organo, acta__sesion__clave=sesion, acta__estado__in=ACTA_PUBLICA
    )
    sello = filas.select_related("acta__sesion", "publicacion").order_by("acta__version").last()
    if sello is None:
        return
    contenido = publica.lo_publico(sello).contenido
    comun = {
        "clase": "acta",
        "organo": organo,
        "fecha": sello.acta.sesion.fecha,
        "ficticio": contenido["ficticio"],
    }
    url = reverse("sesiones:acta", args=(organo, sesion))
    de_donde = str(contenido["sesion"]["organo"])
    yield Lugar(grupo, titulo=contenido["titulo"], url=url, de_donde=de_donde, **comun)
    for clave, titulo, texto in _parrafos(bloques_de(contenido)):
        ancla = "firmas" if clave == b.FIRMAS else f"acta-{clave}"
        yield Lugar(
            f"{grupo}#{clave}",
            titulo=titulo or contenido["titulo"],
            texto=texto,
            url=f"{url}#{ancla}",
            de_donde=contenido["titulo"],
            **comun,
        )


def _parrafos(bloques: Iterable[b.Bloque]) -> Iterator[tuple[str, str, str]]:
    """Clave, título y texto de cada bloque; el título es su rótulo o el del apartado donde está."""
    apartado, vacio = "", None
    for bloque in bloques:
        if bloque.clase in ENCABEZADOS:
            if vacio:  # un encabezado sin nada debajo también se encuentra
                yield vacio, apartado, ""
            apartado, vacio = bloque.rotulo, bloque.clave
        elif bloque.clase not in CALLADOS:
            rotulo = "" if bloque.clase == b.FIRMAS else bloque.rotulo  # el de las firmas es su forma
            yield bloque.clave, rotulo or apartado, texto_de(bloque)
            vacio = None
    if vacio:
        yield vacio, apartado, ""


def texto_de(bloque: b.Bloque) -> str:
    """Todo lo que el bloque dice además de su rótulo, en un renglón."""
    celdas = [" · ".join(filter(None, fila)) for fila in bloque.filas]
    return " ".join(filter(None, [a_llano(bloque.texto), *celdas, *_renglones(bloque.renglones)]))


def _renglones(renglones: Iterable[b.Renglon]) -> Iterator[str]:
    for uno in renglones:
        yield " ".join(filter(None, (uno.etiqueta, uno.titulo, uno.nota)))
        yield from _renglones(uno.dentro)


def de_anexos(grupo: str) -> Iterator[Lugar]:
    """Los que hoy se descargan, con su título sin lo testado."""
    organo, clave = de_ruta(grupo)
    sesion = Sesion.objects.filter(organo__clave=organo, clave=clave).select_related("organo").first()
    if sesion is None or not anexos.acta_publicada(sesion):
        return
    tachador = publica.tachadores([sesion.pk]).get(sesion.pk, publica.SIN_NADA)
    publica.tachar(sesion, tachador)
    for renglon in anexos.renglones(sesion.anexos.select_related("archivo")):
        if renglon.archivo is not None:
            yield Lugar(
                f"anexo:{organo}/{clave}/{renglon.anexo.pk}",
                "anexo",
                publica.tachar(renglon.anexo, tachador).titulo,
                reverse("sesiones:anexo", args=(organo, clave, renglon.anexo.pk)),
                de_donde=f"{renglon.tipo} anexo al acta de la {sesion.designacion}",
                organo=organo,
                fecha=sesion.fecha,
                ficticio=sesion.organo.ficticio,
            )


def de_ruta(grupo: str) -> tuple[str, str]:
    """El órgano y la sesión de «acta:stl/xviii-ordinaria-2020»."""
    organo, _, sesion = grupo.partition(":")[2].partition("/")
    return organo, sesion


def ruta(sesion: Sesion) -> str:
    """«stl/xviii-ordinaria-2020»."""
    return f"{sesion.organo.clave}/{sesion.clave}"


def de_la_sesion(sesion: Sesion) -> Iterator[str]:
    """Los grupos del acta de esa sesión."""
    return (f"{prefijo}:{ruta(sesion)}" for prefijo in ("acta", "anexos"))


def de_un_acta(acta: Acta) -> Iterator[str]:
    """Los del acta."""
    return de_la_sesion(acta.sesion)


def de_un_anexo(anexo: Anexo) -> list[str]:
    """Los de un anexo."""
    return [f"anexos:{ruta(anexo.sesion)}"]


CLASES: Mapping[str, Mapping[str, Clase]] = {
    "acta": {"acta": Clase("Acta", "Actas")},
    "anexos": {"anexo": Clase("Anexo", "Anexos")},
}
FUENTES: tuple[Any, ...] = (
    Fuente("acta", CLASES["acta"], grupos_de_actas, de_acta),
    Fuente("anexos", CLASES["anexos"], grupos_de_anexos, de_anexos),
)
