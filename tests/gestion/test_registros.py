"""Los registros: todo modelo tiene el suyo, abre con pocas consultas y no enseña secretos."""

import copy
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.db import connection, models
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stl_portal.cuentas import limites_de_sesion
from stl_portal.gestion.captura import Captura
from stl_portal.gestion.consulta import ILEGIBLES
from stl_portal.gestion.sitio import sitio
from tests import turnos
from tests.gestion import llenar
from tests.gestion.quien import entrar
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto

TOPE = 15
MUCHAS = 30
SIN_REGISTRO = {
    "auth.Permission": "El portal no usa los permisos de Django: los papeles son por órgano.",
    "auth.Group": "Igual.",
    "contenttypes.ContentType": "Tabla interna de Django.",
    "sessions.Session": "Su clave es la que abre la sesión de alguien: verla basta para entrar por ella.",
}
# Los que se capturan aquí; de todos los demás no se puede ni agregar ni cambiar nada.
SE_CAPTURAN = {
    "cuentas.Usuario",
    "formatos.Formato",
    "sesiones.Denominacion",
    "sesiones.CitaLegal",
    "sesiones.Frase",
    "sesiones.Institucion",
    "sesiones.Persona",
    "sesiones.PuntoPlantilla",
    "sesiones.Rol",
    "textos.Anuncio",
}
# Lo que abre una puerta o identifica a quien no debe: por nombre de campo, en cualquier modelo.
SECRETOS = {
    "account.EmailConfirmation.key",
    "avisos.Aviso.cuerpo",
    "avisos.Suscripcion.clave",
    "certamenes.Dictamen.abstencion",
    "certamenes.Dictamen.motivo",
    "certamenes.Postulacion.correo",
    "certamenes.Postulacion.llave",
    "certamenes.Postulacion.telefono",
    "certamenes.Puntaje.puntos",
    "cuentas.Usuario.password",
    "mfa.Authenticator.data",
    "participacion.Pregunta.correo",
    "participacion.Pregunta.envio",
    "participacion.Pregunta.huella",
    "participacion.Pregunta.llave",
    "sesiones.Envio.huella",
    "sesiones.Firma.detalle",
    "sesiones.Persona.curp",
    "sesiones.Persona.rfc",
    "sesiones.Preparacion.clave",
    "sesiones.Sesion.liga",
    "sesiones.Testado.texto",
}
PARECEN_SECRETOS = ("password", "secret", "token", "llave", "data", "key", "rfc", "curp", "cuerpo")


def url(modelo: type[models.Model], pagina: str, *args: str) -> str:
    return reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_{pagina}", args=args)


def test_todo_modelo_tiene_su_registro() -> None:
    faltan = {modelo._meta.label for modelo in apps.get_models() if modelo not in sitio._registry}
    assert faltan == set(SIN_REGISTRO)


def test_solo_se_captura_lo_que_no_tiene_verbo_y_nada_se_borra() -> None:
    capturan = {m._meta.label for m, uno in sitio._registry.items() if isinstance(uno, Captura)}
    assert capturan == SE_CAPTURAN
    assert [m for m, uno in sitio._registry.items() if uno.has_delete_permission(None)] == []
    sellados = {m._meta.label for m in sitio._registry if getattr(m, "SELLADA", None)}
    assert sellados & capturan == set()
    assert len(sellados) >= 10


def test_los_secretos_no_son_campos_de_ninguna_pagina() -> None:
    visibles, sospechosos = set(), set()
    for modelo, uno in sitio._registry.items():
        campos = {c.name: c for c in modelo._meta.concrete_fields}
        dichos = {*uno.get_fields(None), *uno.list_display, *uno.get_readonly_fields(None)}
        enteros = {f"{modelo._meta.label}.{nombre}" for nombre in dichos & set(campos)}
        visibles |= enteros
        sospechosos |= {e for e in enteros if any(p in e.rpartition(".")[2] for p in PARECEN_SECRETOS)}
        assert [n for n in dichos & set(campos) if isinstance(campos[n], ILEGIBLES)] == []
    assert visibles & SECRETOS == set()
    assert {s.rpartition(".")[0] for s in SECRETOS} <= {m._meta.label for m in sitio._registry}
    assert sospechosos == set()


@pytest.fixture
def client(reparto: Reparto) -> Client:
    crear_mundo(reparto)
    llenar.lo_que_falta()
    return entrar(reparto)


def pedir(client: Client, direccion: str) -> tuple[int, int]:
    """Cuántas consultas hizo y cuántas filas mostró."""
    with CaptureQueriesContext(connection) as hechas:
        respuesta = client.get(direccion)
    assert respuesta.status_code == 200, (direccion, respuesta.status_code, respuesta.headers)
    pagina = respuesta.content.decode()
    assert " style=" not in pagina, direccion  # la política de contenido lo detiene y llena la consola
    return len(hechas), pagina.count('<tr class="data-row')


def test_cada_lista_y_cada_ficha_abre_con_pocas_consultas(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Con una fila y con treinta, la misma cuenta: ninguna copia comparte con otra lo que cuelga de ella."""
    original, cuantas = ChangeList.get_results, 1

    def repetida(self: Any, request: Any) -> None:
        original(self, request)
        self.result_list = [copy.deepcopy(fila) for fila in list(self.result_list)[:1] * cuantas]

    monkeypatch.setattr(ChangeList, "get_results", repetida)
    monkeypatch.setattr(limites_de_sesion, "CADA", 3600)  # en una máquina ocupada pasa de un minuto
    malas, peticion = [], RequestFactory().get("/")
    de_hoy = [par for n, par in enumerate(sitio._registry.items()) if turnos.toca(n, 2)]
    for modelo, uno in de_hoy:
        lista, fila = url(modelo, "changelist"), uno.get_queryset(peticion).earliest("pk")
        cuantas = 1
        con_una, _ = pedir(client, lista)
        cuantas = MUCHAS
        con_muchas, filas = pedir(client, lista)
        pedir(client, f"{lista}?q=x%C3%A1")
        ficha, _ = pedir(client, url(modelo, "change", quote(fila.pk)))
        historia, _ = pedir(client, url(modelo, "history", quote(fila.pk)))
        if con_una != con_muchas or filas != MUCHAS or max(con_muchas, ficha, historia) > TOPE:
            malas.append((modelo._meta.label, con_una, con_muchas, filas, ficha))
    assert malas == []
