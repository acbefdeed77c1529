"""Las sesiones celebradas, por tipo, y las reuniones de trabajo del órgano y de sus comisiones."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from sesiones import publica
from sesiones.estados import EstadoSesion, TipoSesion
from sesiones.models import Sesion
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Celda, Liga, Periodo, Tabla, grafica
from stl_portal.publico.registro import OrganoPublico

PLURALES = {
    TipoSesion.ORDINARIA: ("ordinaria", "ordinarias"),
    TipoSesion.EXTRAORDINARIA: ("extraordinaria", "extraordinarias"),
    TipoSesion.INSTALACION: ("de instalación", "de instalación"),
}
NO_SE_HICIERON = {
    EstadoSesion.CANCELADA: ("se canceló", "se cancelaron"),
    EstadoSesion.NO_CELEBRADA: ("no se celebró por falta de quórum", "no se celebraron por falta de quórum"),
}
DE_LAS_ACTAS = "Se cuentan las sesiones concluidas. Cada una lleva a su página, donde está su acta publicada."


def sesiones(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Cuántas sesiones hubo de cada tipo, cuáles fueron y con cuántos acuerdos."""
    publicas = Sesion.objects.publicas().filter(organo=organo.pk, fecha__range=periodo.dias)
    de_sesion = publicas.exclude(tipo=TipoSesion.TRABAJO)
    filas = _sin_lo_testado(de_sesion.filter(estado=EstadoSesion.CONCLUIDA))
    por_tipo = Counter(fila.tipo for fila in filas)
    pares = [(tipo.label, por_tipo[tipo.value]) for tipo in PLURALES]
    return Apartado(
        hechos=(*_cuantas(por_tipo), *_no_se_hicieron(de_sesion)),
        tablas=_tabla("Sesiones celebradas", filas),
        graficas=grafica("Sesiones por tipo", "Tipo", "Sesiones", pares),
        notas=(DE_LAS_ACTAS,) if filas else (),
    )


def _sin_lo_testado(filas: Any) -> list[Any]:
    """De la primera a la última, con su órgano y sus acuerdos contados."""
    con_cuenta = filas.select_related("organo").annotate(cuantos=Count("acuerdos"))
    return publica.sesiones_sin_datos(con_cuenta.order_by("fecha", "hora", "pk"))


def _cuantas(por_tipo: Counter[str]) -> list[str]:
    total = por_tipo.total()
    if not total:
        return ["En el periodo no consta ninguna sesión concluida."]
    partes = [f"{n} {PLURALES[t][n > 1]}" for t in PLURALES if (n := por_tipo[t.value])]
    return [f"Se celebr{'ó una sesión' if total == 1 else f'aron {total} sesiones'}: {enumerar(partes)}."]


def _no_se_hicieron(publicas: Any) -> list[str]:
    """Las que se avisaron y no fueron: también se informan."""
    cuantas = dict(
        publicas.filter(estado__in=NO_SE_HICIERON).order_by().values_list("estado").annotate(n=Count("pk"))
    )
    dichas = [f"{n} {NO_SE_HICIERON[e][n > 1]}" for e in NO_SE_HICIERON if (n := cuantas.get(e.value, 0))]
    return [f"De las convocadas, {enumerar(dichas)}."] if dichas else []


def _tabla(titulo: str, filas: Sequence[Any], nombres: dict[int, str] | None = None) -> tuple[Tabla, ...]:
    if not filas:
        return ()
    de_quien = ("Órgano",) if nombres else ()
    renglones = tuple(
        (
            Liga(str(fila), fila.get_absolute_url()),
            *((nombres[fila.organo_id],) if nombres else ()),
            *_cuando(fila),
        )
        for fila in filas
    )
    return (Tabla(titulo, ("Sesión", *de_quien, "Fecha", "Modalidad", "Acuerdos"), renglones),)


def _cuando(fila: Any) -> tuple[Celda, ...]:
    return fecha_larga(fila.fecha), fila.get_modalidad_display(), fila.cuantos


def mesas(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Las reuniones de trabajo, que no llevan quórum, y lo que sesionaron sus comisiones y grupos."""
    suyas = Q(organo=organo.pk, tipo=TipoSesion.TRABAJO)
    de_comisiones = Q(organo__padre=organo.pk, organo__ficticio=organo.ficticio)
    celebradas = Sesion.objects.filter(suyas | de_comisiones, estado=EstadoSesion.CONCLUIDA)
    en_el_periodo = celebradas.filter(fecha__range=periodo.dias)
    filas = _sin_lo_testado(en_el_periodo.prefetch_related("organo__denominaciones"))
    if not filas:
        return Apartado(("En el periodo no consta ninguna reunión o mesa de trabajo concluida.",))
    cuantas, del_organo = len(filas), sum(fila.organo_id == organo.pk for fila in filas)
    de_otros = {fila.organo_id for fila in filas} - {organo.pk}
    hecho = f"Se tuv{'o una reunión' if cuantas == 1 else f'ieron {cuantas} reuniones'} de trabajo"
    if de_otros:
        hecho += f": {del_organo} del órgano y {cuantas - del_organo} de sus comisiones y grupos"
    nombres = {fila.organo_id: fila.organo.denominacion(fila.fecha).nombre_corto for fila in filas}
    return Apartado((f"{hecho}.",), _tabla("Reuniones de trabajo", filas, nombres if de_otros else None))
