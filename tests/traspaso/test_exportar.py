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
from tests.personas import Reparto, crear_reparto

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

        def hacer(*args: Any, **kwargs: Any) -> Any:
            dentro.append(nombre)
            return suyo(*args, **kwargs)

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


@pytest.mark.django_db
def test_con_filtro_sale_lo_que_la_lista_ensena_y_con_las_mismas_columnas(reparto: Reparto) -> None:
    otro = crear_reparto("ejemplo")
    m.Persona.objects.create(nombre="Igual")
    segunda = m.Persona.objects.create(nombre="Igual")
    quien = entrar(reparto)

    def renglones(direccion: str) -> list[str]:
        escrito = b"".join(quien.get(direccion)).decode("utf-8-sig")
        return escrito.splitlines()

    de_otro = f"{INICIO}asientos.csv?organo={otro.organo.pk}"
    lista = quien.get(f"/gestion/registros/sesiones/asiento/?organo={otro.organo.pk}&o=1&p=0")
    assert f'<a href="{de_otro}">CSV</a>' in lista.content.decode()
    todos, suyos = renglones(f"{INICIO}asientos.csv"), renglones(de_otro)
    assert suyos[0] == todos[0]
    assert len(suyos) - 1 == lista.context["cl"].result_count == otro.organo.asientos.count()
    assert set(suyos) < set(todos)
    # El ordinal es el que el renglón tiene entre todos: al importarlo, es el mismo renglón.
    de_ella = renglones(f"{INICIO}personas.csv?q=Igual")
    assert [linea.split(",")[:3] for linea in de_ella[1:]][-1] == ["2", str(segunda.pk), "Igual"]
    sola = b"".join(escritura.en_csv(registro.de_modelo(m.Persona), solo={segunda.pk})).decode()
    assert sola.splitlines()[1:] == de_ella[2:]
    libro = quien.get(f"{INICIO}asientos.xlsx?organo={otro.organo.pk}")
    assert libro.headers["Content-Disposition"] == 'attachment; filename="asientos-con-filtro.xlsx"'
    assert b"".join(libro).startswith(b"PK")
    malo = quien.get(f"{INICIO}asientos.csv?no_hay=1")
    assert (malo.status_code, "Ese filtro no se entiende" in malo.content.decode()) == (422, True)
    ultimo = LogEntry.objects.latest("pk").change_message
    assert ultimo == "Exportó «Asientos» en XLSX, con filtro."
