"""Rondas de revisión en distintos momentos y las direcciones de su página."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from sesiones import revision
from sesiones.acta import edicion
from sesiones.estados import Atencion
from tests.personas import Reparto

Como = Callable[[str], Client]


def url(acta: m.Acta, nombre: str = "revision", *args: Any) -> str:
    """Dirección de la revisión de esa acta."""
    return reverse(f"actas:{nombre}", args=(acta.sesion.organo.clave, acta.sesion.clave, *args))


def lugar(ronda: m.Ronda, reparto: Reparto, quien: str = "civil") -> m.Revisor:
    """El de esa persona en la ronda."""
    return ronda.revisores.get(persona=reparto.personas[quien])


def observada(ronda: m.Ronda, reparto: Reparto, quien: str = "civil", **cambios: Any) -> m.Observacion:
    """Una observación en el cierre."""
    datos = {"texto": "Falta la hora.", "clave": "cierre"} | cambios
    return lugar(ronda, reparto, quien).observar(timezone.now(), **datos)


def pagina(cliente: Client, acta: m.Acta) -> str:
    """Lo que ve esa cuenta."""
    respuesta = cliente.get(url(acta))
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def corregir(reparto: Reparto, acta: m.Acta) -> None:
    """Agrega una frase al cierre."""
    generado = edicion.borrador(acta.sesion).parrafo("cierre")
    assert generado
    texto = f"{generado.generado} Eran las doce."
    por = reparto.cuentas["facilitadora"]
    edicion.editar(acta.sesion, "cierre", texto=texto, base=generado.generado, version=0, por=por)


def otra_ronda(reparto: Reparto, ronda: m.Ronda, *, responder: bool = True) -> m.Ronda:
    """Cierra esa, incorpora lo observado si se pide, corrige el cierre y circula otra."""
    quien, acta = reparto.cuentas["facilitadora"], ronda.acta
    revision.cerrar(ronda, quien, timezone.now())
    for observacion in ronda.observaciones() if responder else ():
        observacion.atender(quien, timezone.now(), atencion=Atencion.INCORPORADA)
    corregir(reparto, acta)
    return revision.circular(acta, quien, timezone.now())
