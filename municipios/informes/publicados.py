"""Lo que cualquiera lee de los informes: solo los que se publican hoy como anexo de un acta."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from municipios.models import InformeTrimestral
from stl_portal.archivo.models import Archivo
from stl_portal.publico.registro import Ligado


def publicados() -> QuerySet[InformeTrimestral]:
    """Los publicados, con lo que su renglón necesita, del trimestre más reciente al más viejo."""
    filas = InformeTrimestral.objects.publicados().select_related("organo", "anexo__sesion__organo")
    return filas.prefetch_related("organo__denominaciones").order_by("-anio", "-trimestre", "organo__clave")


def archivo_publico(informe: InformeTrimestral) -> Archivo:
    """El PDF que se entrega; `informe` viene de `publicados`."""
    return Archivo.objects.get(pk=informe.archivo_publico)  # type: ignore[attr-defined]  # lo anota la consulta


def se_lee_completo(informe: InformeTrimestral) -> bool:
    """Si se publicó tal cual. De uno testado no se muestra el texto: dice lo que en el PDF se tapó."""
    archivo: int | None = informe.archivo_publico  # type: ignore[attr-defined]  # lo anota la consulta
    return informe.anexo is not None and informe.anexo.archivo_id == archivo


def de_puntos(puntos: Collection[int]) -> Mapping[int, Sequence[Ligado]]:
    """Los informes publicados que se presentaron en cada punto."""
    filas = publicados().filter(anexo__punto__in=puntos)
    ligados: dict[int, list[Ligado]] = {}
    for fila in filas:
        if fila.anexo and fila.anexo.punto_id:
            ligados.setdefault(fila.anexo.punto_id, []).append(_ligado(fila))
    return ligados


def de_organos(organos: Collection[int]) -> Mapping[int, Sequence[Ligado]]:
    """Los informes publicados de cada órgano."""
    ligados: dict[int, list[Ligado]] = {}
    for fila in publicados().filter(organo__in=organos):
        ligados.setdefault(fila.organo_id, []).append(_ligado(fila))
    return ligados


def _ligado(informe: InformeTrimestral) -> Ligado:
    return Ligado(str(informe), url_de(informe))


def url_de(informe: InformeTrimestral) -> str:
    """Su página pública; `organo` ya traído."""
    return reverse("municipios:informe", args=(informe.organo.clave, informe.numero))
