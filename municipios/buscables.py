"""Lo que de los municipios se encuentra: cada uno, los cortes, los informes y las capacitaciones."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from municipios import models as m
from municipios.ciudadania import publicados
from municipios.estados import EstadoCorte
from municipios.informes import publicados as informes
from municipios.models.cortes import CambioCorteMunicipal
from sesiones.models import AnexoPublicado, CambioActa
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar, apuntar_fuente, vigilar
from stl_portal.buscador.secciones import apuntar_seccion
from stl_portal.espanol import MESES
from stl_portal.texto import a_llano


def grupos_de_municipios() -> Iterator[str]:
    """Los que el portal conoce."""
    return (f"municipio:{clave}" for clave in m.Municipio.objects.values_list("clave", flat=True))


def de_municipio(grupo: str) -> Iterator[Lugar]:
    """Un municipio: su nombre, su cabecera y su clave."""
    for fila in m.Municipio.objects.filter(clave=_clave(grupo)):
        texto = (
            f"Municipio de {fila.nombre}, Guanajuato. Cabecera: {fila.cabecera}. Clave INEGI {fila.clave}."
        )
        yield Lugar(grupo, "municipio", fila.nombre, fila.get_absolute_url(), texto, "Los 46 municipios")


def grupos_de_cortes() -> Iterator[str]:
    """Los cortes municipales que rigen."""
    filas = m.CorteMunicipal.objects.vigentes().values_list("organo__clave", "numero")
    return (f"corte-municipal:{organo}/{numero}" for organo, numero in filas)


def de_corte(grupo: str) -> Iterator[Lugar]:
    """El corte, con sus etapas y sus notas, de sus bytes sellados."""
    organo, numero = _ruta(grupo)
    filas = publicados.filas().defer(None).filter(corte__organo__clave=organo, corte__numero=numero)
    for fila in filas.filter(rige=True, corte__estado=EstadoCorte.PUBLICADO):
        leido = publicados.leido(fila)
        etapas = ", ".join(etapa.nombre for etapa in leido.etapas)
        yield Lugar(
            grupo,
            "corte-municipal",
            fila.corte.nombre,
            fila.corte.get_absolute_url(),
            " ".join(filter(None, (f"Etapas: {etapas}." if etapas else "", a_llano(fila.corte.nota)))),
            fila.corte.fuente,
            organo,
            fila.corte.fecha,
            fila.corte.organo.ficticio,
        )


def grupos_de_informes() -> Iterator[str]:
    """Los informes trimestrales que hoy se publican como anexo de un acta."""
    return (_grupo_de_informe(fila) for fila in informes.publicados())


def de_informe(grupo: str) -> Iterator[Lugar]:
    """El informe y, si se publicó completo, cada apartado de cada mes."""
    organo, numero = _ruta(grupo)
    for fila in informes.publicados().filter(organo__clave=organo, numero=numero):
        sesion: Any = fila.anexo.sesion if fila.anexo else None
        nombre = fila.organo.denominacion(sesion.fecha).nombre
        comun = {
            "clase": "informe-municipal",
            "organo": organo,
            "fecha": sesion.fecha,
            "ficticio": fila.organo.ficticio,
        }
        yield Lugar(grupo, titulo=str(fila), url=informes.url_de(fila), de_donde=nombre, **comun)
        for texto in fila.textos.order_by("mes", "pk") if informes.se_lee_completo(fila) else ():
            if texto.texto:
                yield Lugar(
                    f"{grupo}#m{texto.mes}-{texto.apartado}",
                    titulo=f"{texto.get_apartado_display()}, {MESES[texto.mes - 1]} de {fila.anio}",
                    url=f"{informes.url_de(fila)}#mes-{texto.mes}",
                    texto=a_llano(texto.texto),
                    de_donde=f"{fila}, {nombre}",
                    **comun,
                )


def _grupo_de_informe(fila: m.InformeTrimestral) -> str:
    return f"informe-municipal:{fila.organo.clave}/{fila.numero}"


def grupos_de_eventos() -> Iterator[str]:
    """Las capacitaciones y eventos que se muestran al público."""
    return (f"evento:{pk}" for pk in m.Evento.objects.publicados().values_list("pk", flat=True))


def de_evento(grupo: str) -> Iterator[Lugar]:
    """Uno, con sus temas y sus materiales; su lugar en la lista de su año."""
    pk = _clave(grupo)
    filas = m.Evento.objects.publicados().filter(pk=int(pk) if pk.isdecimal() else 0)
    for fila in filas.select_related("organo").prefetch_related("materiales"):
        consulta = urlencode({"anio": fila.hasta.year})
        materiales = [material.titulo for material in fila.materiales.all()]
        yield Lugar(
            grupo,
            "evento",
            fila.titulo,
            f"{reverse('municipios:capacitaciones')}?{consulta}#evento-{fila.pk}",
            " · ".join(filter(None, (*fila.temas.splitlines(), fila.imparte, *materiales))),
            fila.get_clase_display(),
            fila.organo.clave,
            fila.hasta,
            fila.organo.ficticio,
        )


def _clave(grupo: str) -> str:
    return grupo.partition(":")[2]


def _ruta(grupo: str) -> tuple[str, int]:
    organo, _, numero = _clave(grupo).partition("/")
    return organo, int(numero) if numero.isdecimal() else 0


def _del_municipio(fila: m.Municipio) -> list[str]:
    return [f"municipio:{fila.clave}"]


def _del_cambio_de_corte(cambio: Any) -> Iterator[str]:
    """También el que corrige, que deja de regir."""
    corte = cambio.objeto
    for fila in (corte, corte.corrige):
        if fila is not None:
            yield f"corte-municipal:{fila.organo.clave}/{fila.numero}"


def _del_anexo(publicado: AnexoPublicado) -> list[str]:
    filas = m.InformeTrimestral.objects.filter(anexo=publicado.anexo_id).select_related("organo")
    return [_grupo_de_informe(fila) for fila in filas]


def _del_cambio_de_informe(cambio: Any) -> list[str]:
    return [_grupo_de_informe(cambio.objeto)]


def _del_cambio_de_acta(cambio: Any) -> list[str]:
    """Los que se presentaron en esa sesión."""
    filas = m.InformeTrimestral.objects.filter(anexo__sesion=cambio.objeto.sesion_id).select_related("organo")
    return [_grupo_de_informe(fila) for fila in filas]


def _del_evento(fila: m.Evento) -> list[str]:
    return [f"evento:{fila.pk}"]


def _del_material(fila: m.Material) -> list[str]:
    return [f"evento:{fila.evento_id}"]


FUENTES = (
    Fuente("municipio", {"municipio": Clase("Municipio", "Municipios")}, grupos_de_municipios, de_municipio),
    Fuente(
        "corte-municipal",
        {"corte-municipal": Clase("Corte municipal", "Cortes municipales")},
        grupos_de_cortes,
        de_corte,
    ),
    Fuente(
        "informe-municipal",
        {"informe-municipal": Clase("Informe trimestral", "Informes trimestrales")},
        grupos_de_informes,
        de_informe,
    ),
    Fuente("evento", {"evento": Clase("Capacitación", "Capacitaciones")}, grupos_de_eventos, de_evento),
)


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    for fuente in FUENTES:
        apuntar_fuente(fuente)
    apuntar_seccion("Municipios", "/municipios/", "municipios", "mi municipio", "secretariados municipales")
    vigilar(m.Municipio, _del_municipio)
    vigilar(CambioCorteMunicipal, _del_cambio_de_corte)
    vigilar(m.CambioInforme, _del_cambio_de_informe)
    vigilar(AnexoPublicado, _del_anexo)
    vigilar(CambioActa, _del_cambio_de_acta)
    vigilar(m.Evento, _del_evento)
    vigilar(m.Material, _del_material)
