"""Quién pasa a los registros: la misma regla en todas sus direcciones, que la matriz no enumera."""

import uuid
from collections.abc import Iterator
from functools import partial
from inspect import signature
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, reverse

from stl_portal.avisos import catalogo
from stl_portal.cuentas import views_invitaciones
from stl_portal.errores import FaltaEntrar
from stl_portal.gestion import views
from stl_portal.gestion.sitio import SOBRAN, sitio
from stl_portal.textos import views as textos
from stl_portal.traspaso.urls import urlpatterns as de_traspaso
from tests.gestion.quien import administra
from tests.personas import Reparto

METODOS = ("get", "head", "post", "put", "delete", "options")


def vistas(patrones: list[URLPattern | URLResolver]) -> Iterator[tuple[str, Any]]:
    for patron in patrones:
        if isinstance(patron, URLResolver):
            yield from vistas(patron.url_patterns)
        else:
            yield str(patron.name or patron.pattern), patron.callback


def contestado(vista: Any, metodo: str, usuario: Any) -> str:
    """Qué se le contesta antes de mirar nada: la puerta está antes que la vista."""
    peticion = getattr(RequestFactory(), metodo)("/")
    peticion.user, peticion.session = usuario, {}
    try:
        respuesta = vista(peticion)
    except FaltaEntrar:
        return "entrar"
    except Http404:
        return "no existe"
    except ImmediateHttpResponse as desvio:
        return "activar" if reverse("mfa_hace_falta") in desvio.response.headers["Location"] else "otra"
    return "metodo" if respuesta.status_code == 405 else "pasa"


@pytest.mark.apariencia
def test_todas_las_direcciones_tienen_la_misma_puerta(reparto: Reparto) -> None:
    """A quien no ha entrado, entrar; a quien no administra el portal, nada; a quien sí, su segundo paso."""
    de_textos = ("textos", partial(textos.texto, clave="portada.titulo"))
    todas = [*vistas(sitio.get_urls()), ("tablero", views.tablero), ("textos", textos.inicio), de_textos]
    clave, recurso = uuid.uuid4(), "cuentas"
    todas += [
        (nombre, partial(vista, clave="acta.firma"))
        for nombre, vista in (("una", catalogo.una), ("html", catalogo.html))
    ]
    todas += [("todas", catalogo.todas), ("invitaciones", views_invitaciones.todas)]
    for nombre, vista in vistas([*de_traspaso]):
        suyos = signature(vista).parameters.keys() & {"clave", "recurso"}
        datos = {"clave": clave, "recurso": recurso}
        todas.append((nombre, partial(vista, **{dato: datos[dato] for dato in suyos})))
    assert len(todas) > 5 * 100
    assert {nombre for nombre, _ in todas} & SOBRAN == set()
    inactiva = administra(reparto.cuentas["colega"])
    inactiva.is_active = False
    esperado = dict.fromkeys(("facilitadora", "auditora", "integrante", "extrana", "colega"), "no existe")
    personas: dict[str, tuple[Any, str]] = {
        papel: (reparto.cuentas[papel], dicho) for papel, dicho in esperado.items()
    }
    personas["anonima"] = (AnonymousUser(), "entrar")
    personas["administradora"] = (administra(reparto.cuentas["administradora"]), "activar")
    distintas = [
        (nombre, metodo, papel, dicho)
        for nombre, vista in todas
        for papel, (usuario, debido) in personas.items()
        for metodo in (METODOS if papel != "administradora" else METODOS[:1])
        if (dicho := contestado(vista, metodo, usuario)) not in (debido, "metodo")
    ]
    assert distintas == []
