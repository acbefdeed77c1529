"""La página pública de los informes, reportes y evidencias que el registro público nombra."""

from collections.abc import Collection, Mapping

from ejes.ciudadania.lectura import publicados
from ejes.models import Corte, Evidencia, Plan
from stl_portal.sello.registro import PAGINAS
from stl_portal.versiones import entero


def de_informes(claves: Collection[str]) -> Mapping[str, str]:
    """De «2022-2024/1», su informe."""
    numeros = {entero(clave.rpartition("/")[2]) for clave in claves}
    filas = Corte.objects.publicados().filter(plan__in=Plan.objects.publicados(), numero__in=numeros)
    paginas = {f"{c.plan.clave}/{c.numero}": c.get_absolute_url() for c in filas.select_related("plan")}
    return {clave: url for clave, url in paginas.items() if clave in claves}


def de_reportes(claves: Collection[str]) -> Mapping[str, str]:
    """De «2022-2024/15/2», el reporte 15 como se publicó en su segunda entrega."""
    pks = {entero(clave.split("/")[1]) for clave in claves if clave.count("/") == 2}
    paginas = {}
    filas = publicados().filter(reporte__in=pks).select_related("reporte__bimestre__plan")
    for fila in filas.defer("documento", "entrega__documento"):
        plan, numero = fila.reporte.bimestre.plan.clave, fila.entrega.numero
        paginas[f"{plan}/{fila.reporte_id}/{numero}"] = f"{fila.reporte.get_absolute_url()}?version={numero}"
    return {clave: url for clave, url in paginas.items() if clave in claves}


def de_evidencias(claves: Collection[str]) -> Mapping[str, str]:
    """De «2022-2024/31», la evidencia 31."""
    pks = {entero(clave.rpartition("/")[2]) for clave in claves}
    filas = Evidencia.objects.publicadas().filter(pk__in=pks).select_related("plan")
    return {f"{fila.plan.clave}/{fila.pk}": fila.get_absolute_url() for fila in filas}


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    PAGINAS.update(corte=de_informes, reporte=de_reportes, evidencia=de_evidencias)
