"""Lo que la página de un corte manda al guardarlo."""

from django.test import Client

from municipios.cortes import preparar
from municipios.cortes.preparar import DeEtapa
from municipios.models import CorteMunicipal, Etapa
from tests.ejes.lectura import visible

RAIZ = "/gestion/municipios/cortes/prueba/"
DATOS = {"nombre": "Corte de abril", "fecha": "2026-04-01", "fuente": "Oficio 12", "nota": "", "punto": ""}


def forma(corte: CorteMunicipal, **cambios: str) -> dict[str, str]:
    """Lo que envía la página del corte tal como está, con esos cambios."""
    dicho = preparar.lo_dicho(corte)
    enviado = {"version": str(corte.version)}
    for etapa in Etapa.objects.filter(organo=corte.organo).prefetch_related("situaciones"):
        suyo = dicho.get(etapa.pk, DeEtapa())
        enviado[f"como_{etapa.pk}"] = suyo.como
        enviado |= {f"n_{s.pk}": str(suyo.totales.get(s.pk, "")) for s in etapa.situaciones.all()}
    return enviado | cambios


def campos(etapa: Etapa, como: str, **cifras: str) -> dict[str, str]:
    """Los campos de una etapa: qué se publica y cuántos por situación."""
    numeros = {f"n_{etapa.situaciones.get(clave=clave).pk}": n for clave, n in cifras.items()}
    return {f"como_{etapa.pk}": como} | numeros


def guardar(mesa: Client, corte: CorteMunicipal, **cambios: str) -> "tuple[int, str]":
    """El código y lo que dice la página al guardar."""
    respuesta = mesa.post(f"{RAIZ}{corte.numero}/etapas/", forma(corte, **cambios))
    return respuesta.status_code, "" if respuesta.status_code == 302 else visible(respuesta)
