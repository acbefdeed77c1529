"""Lo que se exporta es de un solo instante, y consta quién se lo llevó."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry

from sesiones import models as m
from stl_portal.cuentas.models import Usuario
from stl_portal.traspaso import escritura, registro, views
from tests.gestion.quien import entrar
from tests.personas import Reparto

from .recursos import TODOS

INICIO = "/gestion/traspaso/"


@pytest.mark.django_db
def test_sale_de_un_solo_instante_y_consta_quien(reparto: Reparto, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", TODOS)
    dentro: list[str] = []

    @contextmanager
    def instante() -> Iterator[None]:
        dentro.append("entra")
        yield
        dentro.append("sale")

    def anotado(nombre: str) -> Any:
        suyo = getattr(escritura, nombre)

        def hacer(*args: Any) -> Any:
            dentro.append(nombre)
            return suyo(*args)

        return hacer

    monkeypatch.setattr(views, "un_solo_instante", instante)
    nombres = ("en_csv", "en_xlsx", "en_zip")
    for nombre in nombres:
        monkeypatch.setattr(views.escritura, nombre, anotado(nombre))
    quien = entrar(reparto)
    respuesta = quien.get(f"{INICIO}personas.csv")
    m.Persona.objects.create(nombre="Quien llegó después")
    csv = b"".join(respuesta)
    assert (csv.count(b"\r\n"), b"despu" in csv) == (m.Persona.objects.count(), False)
    for direccion in ("personas.xlsx", "todo.zip"):
        b"".join(quien.get(f"{INICIO}{direccion}"))
    de_los_tres = [paso for nombre in nombres for paso in ("entra", nombre, "sale")]
    assert [paso for paso in dentro if paso != "en_csv"] == [paso for paso in de_los_tres if paso != "en_csv"]
    assert b"".join(quien.head(f"{INICIO}personas.csv")) == b""
    consta = LogEntry.objects.order_by("pk").filter(change_message__startswith="Exportó")
    correo = Usuario.objects.get(pk=quien.session["_auth_user_id"]).email
    assert list(consta.values_list("user__email", "object_repr", "change_message")) == [
        (correo, "Personas", "Exportó «Personas» en CSV."),
        (correo, "Personas", "Exportó «Personas» en XLSX."),
        (correo, "Todo", "Exportó «Todo» en ZIP."),
    ]
