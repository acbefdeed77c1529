"""Todo lo público de un municipio: su avance corte a corte, su secretariado y lo que otros dicen de él."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from municipios.ciudadania import publicados, respaldo
from municipios.ciudadania.publicados import Seguimiento
from municipios.ciudadania.respaldo import Respaldo
from municipios.ciudadania.tabla import Casilla, casilla
from municipios.documento import CorteLeido, EtapaLeida
from municipios.informes import publicados as informes_publicados
from municipios.models import (
    CorteMunicipalPublicado,
    Evento,
    InformeTrimestral,
    Municipio,
    ValorDeMetrica,
)
from sesiones import anuncio
from sesiones.estados import ClaseOrgano, Sector
from sesiones.models import Asiento, Organo, Sesion
from stl_portal.publico import registro


@dataclass(frozen=True)
class Estado:
    """Una etapa y dónde está el municipio en ella; None si solo se conoce el total."""

    etapa: EtapaLeida
    casilla: Casilla | None


@dataclass(frozen=True)
class Momento:
    """Un corte y dónde estaba el municipio en cada etapa del último."""

    publicado: CorteMunicipalPublicado
    leido: CorteLeido
    estados: Sequence[Estado | None]

    @property
    def respaldo(self) -> Respaldo | None:
        """Dónde leer el acta o la sesión de la que sale."""
        return respaldo.de(self.publicado)


@dataclass(frozen=True)
class Secretariado:
    """Un secretariado municipal que este portal aloja, con lo público de él."""

    organo: Organo
    nombre: str
    sesiones: int
    asientos: int
    proxima: Sesion | None
    ligados: Sequence[registro.Ligado]


def en_la_liga(organo: Organo) -> str:
    """Lo que lleva la dirección de un municipio para hablar del seguimiento de un órgano ficticio."""
    return f"?organo={organo.clave}" if organo.ficticio else ""


def historia(municipio: Municipio, seguimiento: Seguimiento) -> list[Momento]:
    """Sus estados en cada corte que rige, del más nuevo al más viejo; en dos consultas."""
    filas = CorteMunicipalPublicado.objects.in_bulk([fila.pk for fila in seguimiento.cortes])
    leidos = [(fila, publicados.leido(filas[fila.pk])) for fila in reversed(seguimiento.cortes)]
    con_el = [(fila, leido) for fila, leido in leidos if municipio.clave in leido.nombres]
    etapas = con_el[0][1].etapas if con_el else ()
    return [Momento(fila, leido, _estados(municipio, leido, etapas)) for fila, leido in con_el]


def _estados(municipio: Municipio, leido: CorteLeido, etapas: Sequence[EtapaLeida]) -> list[Estado | None]:
    suyas = {etapa.clave: etapa for etapa in leido.etapas}
    return [_estado(municipio, leido, suyas.get(etapa.clave)) for etapa in etapas]


def _estado(municipio: Municipio, leido: CorteLeido, etapa: EtapaLeida | None) -> Estado | None:
    if etapa is None:
        return None
    return Estado(etapa, None if etapa.solo_total else casilla(leido, municipio.clave, etapa))


def secretariados(municipio: Municipio, al: dt.date) -> list[Secretariado]:
    """Los suyos que el portal aloja, primero el real; las consultas no crecen con sus sesiones."""
    filas = Organo.objects.secretariados().con_nombre().filter(clase=ClaseOrgano.MUNICIPAL)
    organos = list(filas.filter(clave_municipio=municipio.clave).order_by("ficticio", "clave"))
    if not organos:
        return []
    pks = [organo.pk for organo in organos]
    publicas = _cuantas(Sesion.objects.publicas().filter(organo__in=pks))
    asientos = _cuantas(Asiento.objects.vigentes(al).filter(organo__in=pks))
    proximas, ligados = _proximas(pks, al), _ligados(pks)
    return [
        Secretariado(
            o,
            o.denominacion(al).nombre,
            publicas.get(o.pk, 0),
            asientos.get(o.pk, 0),
            proximas.get(o.pk),
            ligados.get(o.pk, []),
        )
        for o in organos
    ]


def _cuantas(filas: "QuerySet[Sesion] | QuerySet[Asiento]") -> dict[int, int]:
    """Cuántas filas tiene cada órgano."""
    return dict(filas.order_by().values("organo").annotate(n=Count("pk")).values_list("organo", "n"))


def _proximas(organos: Collection[int], al: dt.date) -> dict[int, Sesion]:
    """La sesión convocada más cercana de cada órgano."""
    sesiones = Sesion.objects.publicas().filter(organo__in=organos).select_related("organo")
    proximas: dict[int, Sesion] = {}
    for sesion in anuncio.todas(anuncio.por_celebrar(sesiones, al).prefetch_related("convocatorias")):
        proximas.setdefault(sesion.organo_id, sesion)
    return proximas


def _ligados(organos: Collection[int]) -> dict[int, list[registro.Ligado]]:
    """Lo que cada aplicación muestra de los órganos: su plan, por ejemplo."""
    hallados: dict[int, list[registro.Ligado]] = {}
    for fuente in registro.DE_ORGANOS:
        for organo, ligados in fuente(organos).items():
            hallados.setdefault(organo, []).extend(ligados)
    return hallados


def asientos_en_otros(municipio: Municipio, al: dt.date) -> list[Asiento]:
    """Los lugares que el municipio, como institución, ocupa en otros órganos.

    Se reconoce por su nombre completo («Municipio de León», con o sin el estado), nunca por parecido.
    """
    nombre = f"Municipio de {municipio.nombre}"
    suyos = Q(institucion__nombre__in=(nombre, f"{nombre}, Guanajuato", f"{nombre}, Gto."))
    filas = Asiento.objects.vigentes(al).filter(suyos, institucion__sector=Sector.MUNICIPIO)
    ajenos = filas.exclude(organo__clase=ClaseOrgano.MUNICIPAL, organo__clave_municipio=municipio.clave)
    con_todo = ajenos.select_related("organo", "institucion").prefetch_related("organo__denominaciones")
    return list(con_todo.order_by("organo__ficticio", "organo__clave"))


def capacitaciones(municipio: Municipio) -> list[Evento]:
    """Las públicas en las que consta que participó, de la más reciente a la más antigua."""
    filas = Evento.objects.publicados().filter(municipios=municipio).select_related("organo")
    return list(filas.prefetch_related("organo__denominaciones"))


def informes(municipio: Municipio) -> list[InformeTrimestral]:
    """Los trimestrales de su secretariado que ya se publicaron."""
    suyos = {"organo__clase": ClaseOrgano.MUNICIPAL, "organo__clave_municipio": municipio.clave}
    return list(informes_publicados.publicados().filter(**suyos))


def metricas(municipio: Municipio) -> list[ValorDeMetrica]:
    """Lo que obtuvo en cada medición, año por año, con su fuente."""
    return list(ValorDeMetrica.objects.filter(municipio=municipio).select_related("metrica__organo"))
