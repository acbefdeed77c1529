"""Lo que los informes anuales aportan al portal: su lugar, sus novedades, lo que se busca y lo que consta."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import reverse

from stl_portal.archivo.permisos import ACCESO
from stl_portal.buscador import fuentes
from stl_portal.buscador.secciones import apuntar_seccion
from stl_portal.novedades.registro import NOVEDADES, Clase, Novedad, Pedido
from stl_portal.publico import edicion, paginas_guardadas, registro
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import Direccion, Enlace, Espacio, Ligado, Tramo, apuntar
from stl_portal.publico.sugerencias import mas_cercana
from stl_portal.sello.registro import PAGINAS, RECONOCEDORES, VERIFICADORES, Reconocido
from stl_portal.texto import a_llano

from . import demo, publicar, recursos
from .documento import Leido, leer
from .models import InformeAnual, InformePublicado
from .registro import quienes

PRIVADAS = {
    "informe_anual_textodeapartado": "Lo escrito se publica con el informe, de sus bytes sellados.",
    "informe_anual_cambioinformeanual": "La historia de un informe que se arma es de quien lo arma.",
}
NACEN_PRIVADAS = {"informe_anual_informeanual": "Nace en preparación: nadie lo lee hasta que se publica."}


def espacios(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """Donde se arman, para quien conduce un órgano."""
    if usuario.is_authenticated and quienes().prepara(usuario, al).exists():
        yield Espacio(
            nombre="Informes anuales",
            descripcion="Se arman con lo que ya consta: se completan, se publican y se corrigen",
            url=reverse("informe_anual:inicio"),
        )


def publicados() -> Any:
    """Lo publicado, con su informe."""
    return InformePublicado.objects.filter(informe__in=InformeAnual.objects.publicados()).select_related(
        "informe"
    )


def novedades(pedido: Pedido) -> Iterator[Novedad]:
    """Cada informe que se publicó, y sus correcciones."""
    filas = publicados()
    if pedido.organo:
        filas = filas.filter(informe__clave_del_organo=pedido.organo)
    if pedido.reales:
        filas = filas.filter(informe__organo__in=quienes().reales().values("pk"))
    suyo = replace(pedido, organo="", reales=False)
    for fila in suyo.de(filas, "publicado_el", "informe__clave_del_organo"):
        yield _novedad(fila, leer(bytes(fila.documento)))


def _novedad(fila: InformePublicado, leido: Leido) -> Novedad:
    corrige = f" Corrige: {leido.corrige['que']}" if leido.corrige else ""
    return Novedad(
        identidad=f"informe-anual:{fila.huella}",
        titulo=f"{leido.titulo}, {leido.organo}",
        dicho=f"Informe de actividades {leido.periodo}.{corrige}",
        url=fila.informe.get_absolute_url(),
        cuando=fila.publicado_el,
        autor=leido.organo,
        ficticia=leido.ficticio,
        eslabon=fila.eslabon,
    )


def reconocido(huella: str) -> Reconocido | None:
    """El informe publicado con ese PDF o con esos datos (JSON canónico); None si no lo hay."""
    fila = publicados().filter(Q(pdf__huella=huella) | Q(huella=huella)).first()
    if fila is None:
        return None
    corregido = InformeAnual.objects.publicados().filter(corrige=fila.informe_id).exists()
    return Reconocido(
        "alerta" if corregido else "exito",
        ("Son los datos de un informe anual" if fila.huella == huella else "Tu archivo es un informe anual")
        + (" que después se corrigió" if corregido else " publicado"),
        "Es idéntico, byte por byte, a lo que publicó el órgano."
        + (" Hay una corrección posterior, que se enlaza desde su página." if corregido else ""),
        documento=f"{fila.informe} · {leer(bytes(fila.documento)).organo}",
        url=fila.informe.get_absolute_url(),
        eslabon=fila.eslabon,
    )


def paginas(claves: Collection[str]) -> Mapping[str, str]:
    """De «stl-2026», su página."""
    filas = InformeAnual.objects.publicados().filter(clave__in=claves)
    return {fila.clave: fila.get_absolute_url() for fila in filas}


def de_organos(cuales: Collection[int]) -> Mapping[int, Sequence[Ligado]]:
    """Los informes anuales que rigen, de cada órgano."""
    ligados: dict[int, list[Ligado]] = {}
    for fila in InformeAnual.objects.vigentes().filter(organo__in=cuales):
        ligados.setdefault(fila.organo, []).append(Ligado(str(fila), fila.get_absolute_url()))
    return ligados


def grupos() -> Iterator[str]:
    """Los que se encuentran: los que rigen."""
    return (
        f"informe-anual:{clave}" for clave in InformeAnual.objects.vigentes().values_list("clave", flat=True)
    )


def lugares(grupo: str) -> Iterator[fuentes.Lugar]:
    """Uno, si rige."""
    clave = grupo.partition(":")[2]
    for fila in publicados().filter(informe__in=InformeAnual.objects.vigentes(), informe__clave=clave):
        leido = leer(bytes(fila.documento))
        partes = [
            " ".join((p.titulo, a_llano(p.introduccion), *p.contenido.hechos, *p.contenido.notas))
            for p in leido.partes
        ]
        yield fuentes.Lugar(
            grupo,
            "informe-anual",
            f"{leido.titulo}, {leido.organo}",
            fila.informe.get_absolute_url(),
            " · ".join(partes),
            f"Actividades {leido.periodo}",
            leido.clave_del_organo,
            leido.periodo.hasta,
            leido.ficticio,
        )


def _del_cambio(fila: Any) -> list[str]:
    """Al publicarse una corrección cambia también la que sustituye."""
    informe = fila.informe
    return [f"informe-anual:{uno.clave}" for uno in (informe, informe.corrige) if uno]


def parecidas(partes: Sequence[str]) -> Iterator[Enlace]:
    """El informe cuya clave se parece a la pedida."""
    filas = {fila.clave: fila for fila in InformeAnual.objects.vigentes()[:200]}
    clave = mas_cercana(partes[1], sorted(filas)) if len(partes) > 1 else ""
    if clave:
        yield Enlace(str(filas[clave]), filas[clave].get_absolute_url())


def _del_mapa() -> Any:
    filas = publicados().order_by("pk")
    return filas.values_list("informe__clave", "publicado_el")


def _direccion(fila: tuple[str, dt.datetime]) -> Direccion:
    return Direccion(reverse("informes_anuales:informe", args=fila[:1]), fila[1])


TRAMOS = (
    fijas("informes-anuales", "informes_anuales:lista"),
    Tramo("de-informes-anuales", _del_mapa, _direccion),
)


def registrar() -> None:
    """Se llama desde `InformeAnualConfig.ready()`; repetirlo no duplica nada."""
    apuntar(registro.NAVEGACION, Enlace("Informes", "/informes/", 43))
    apuntar(registro.ESPACIOS, espacios)
    apuntar(registro.DE_ORGANOS, de_organos)
    apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
    for tramo in TRAMOS:
        apuntar(registro.SITIO, tramo)
    registro.PARECIDAS["informes"] = parecidas
    apuntar(ACCESO, publicar.puede_abrir)
    apuntar(VERIFICADORES, publicar.fallas)
    apuntar(RECONOCEDORES, reconocido)
    PAGINAS[publicar.CLASE] = paginas
    NOVEDADES["informes-anuales"] = Clase("Informes anuales de actividades", novedades)
    clases = {"informe-anual": fuentes.Clase("Informe anual", "Informes anuales")}
    fuentes.apuntar_fuente(fuentes.Fuente("informe-anual", clases, grupos, lugares))
    fuentes.vigilar(InformePublicado, _del_cambio)
    apuntar_seccion("Informes anuales", "/informes/", "informe anual", "informe de actividades", "informes")
    recursos.registrar()
    edicion.apuntar_privadas(PRIVADAS)
    edicion.NACEN_PRIVADAS.update(NACEN_PRIVADAS)
    paginas_guardadas.apuntar("informes_anuales:lista", "page", "organo")
    paginas_guardadas.apuntar("informes_anuales:informe informes_anuales:pdf informes_anuales:json")
