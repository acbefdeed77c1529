"""Las convocatorias públicas que se encuentran en el buscador, con lo que reconocieron si ya se publicó."""

from collections.abc import Iterator
from typing import Any

from stl_portal.buscador.fuentes import Clase, Fuente, Lugar, apuntar_fuente, vigilar
from stl_portal.buscador.secciones import apuntar_seccion
from stl_portal.texto import a_llano

from .lectura import Leida
from .models import CambioCertamen, Certamen, IntegranteDelComite

CLASES = {"convocatoria-publica": Clase("Convocatoria pública", "Convocatorias públicas")}


def grupos() -> Iterator[str]:
    """Las que cualquiera puede leer."""
    for organo, clave in Certamen.objects.publicos().values_list("organo__clave", "clave"):
        yield f"convocatoria-publica:{organo}/{clave}"


def de_convocatoria(grupo: str) -> Iterator[Lugar]:
    """Una, si es pública."""
    organo, _, clave = grupo.partition(":")[2].partition("/")
    filas = Certamen.objects.publicos().con_organo().filter(organo__clave=organo, clave=clave)
    for certamen in filas.prefetch_related("apartados", "comite"):
        yield Lugar(
            grupo,
            "convocatoria-publica",
            certamen.titulo,
            certamen.get_absolute_url(),
            _texto(certamen),
            certamen.ventana.dicha,
            organo,
            certamen.ventana.dia_en_que_abre,
            certamen.organo.ficticio,
        )


def _texto(certamen: Certamen) -> str:
    """Lo que su página dice, y nada de lo que no: de quien postuló, solo lo reconocido."""
    leida = Leida(certamen, certamen.ventana.abre)
    partes = [a_llano(certamen.bases), *(apartado.pregunta for apartado in certamen.apartados.all())]
    partes += [sector.label for sector in certamen.sectores_admitidos]
    partes += leida.comite
    partes += [f"{r.dicho}: {r.postulacion}, {r.postulacion.de_donde}" for r in leida.resultados]
    return " · ".join(filter(None, partes))


def _grupo(certamen: Certamen) -> list[str]:
    return [f"convocatoria-publica:{certamen.organo.clave}/{certamen.clave}"]


def _del_cambio(cambio: Any) -> list[str]:
    return _grupo(cambio.objeto)


def _del_comite(integrante: Any) -> list[str]:
    return _grupo(integrante.certamen)


def registrar() -> None:
    """Se llama desde `CertamenesConfig.ready()`; repetirlo no duplica nada."""
    apuntar_fuente(Fuente("convocatoria-publica", CLASES, grupos, de_convocatoria))
    vigilar(Certamen, _grupo)
    vigilar(CambioCertamen, _del_cambio)
    vigilar(IntegranteDelComite, _del_comite)
    apuntar_seccion(
        "Convocatorias públicas",
        "/convocatorias/",
        *("convocatorias", "convocatoria pública", "postular", "concurso", "premio", "reconocimiento"),
    )
