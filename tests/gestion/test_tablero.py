"""El tablero: cada cuenta es la de la lista a la que lleva, y lo ficticio no se suma a lo real."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones.models import Acta, Organo
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.gestion import registro
from stl_portal.participacion.estados import EstadoPregunta
from stl_portal.participacion.models import Pregunta
from stl_portal.publico.registro import ESPACIOS
from tests.gestion.quien import entrar
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto, crear_reparto
from tests.vida.momentos import sellada


def cuentas(al: dt.date) -> dict[str, tuple[int, int]]:
    return {e.que: (e.cuantas, e.ficticias) for e in registro.en_espera(al)}


def test_cada_cuenta_es_la_de_la_lista_a_la_que_lleva(reparto: Reparto) -> None:
    crear_mundo(reparto)
    Aviso.objects.create(motivo="x:1", para="a@x.example", asunto="A", estado=EstadoAviso.FALLIDO, error="No")
    client = entrar(reparto)
    esperan = registro.en_espera(timezone.localdate())
    listas = {e.que: client.get(e.url).context["cl"].result_count for e in esperan}
    assert listas == {e.que: e.cuantas + e.ficticias for e in esperan}
    hay = {e.que for e in esperan if e.hay}
    assert {"correos que no salieron", "reportes por revisar", "actas a las que les faltan firmas"} <= hay
    assert {"preguntas por moderar", "bimestres por cerrar"} <= hay
    assert esperan[0].que == "correos que no salieron"  # lo que falló, primero


def test_lo_ficticio_se_cuenta_aparte(reparto: Reparto) -> None:
    ejemplo = crear_reparto("ejemplo")
    Organo.objects.filter(pk=ejemplo.organo.pk).update(ficticio=True)
    sellada(reparto)
    sellada(ejemplo)
    for organo in (reparto.organo, ejemplo.organo):
        Pregunta.objects.create(
            clase="acuerdo",
            clave="x/1",
            objeto=1,
            organo=organo.pk,
            texto="¿Cuándo?",
            correo="c@x.example",
            estado=EstadoPregunta.CONFIRMADA,
            folio=f"2026-000{organo.pk}",
            llave=f"llave-{organo.pk}",
            envio=f"envio-{organo.pk}",
            recibida_el=timezone.now(),
            confirmada_el=timezone.now(),
        )
    vistas = cuentas(timezone.localdate())
    assert vistas["actas a las que les faltan firmas"] == (1, 1)
    assert vistas["preguntas por moderar"] == (1, 1)
    pagina = entrar(reparto).get(reverse("tablero")).content.decode()
    assert pagina.count("1 de órganos de ejemplo, que no se suman") == 2
    assert Acta.objects.filter(estado="por_firmar").count() == 2


def test_lo_ficticio_va_despues_de_lo_real_aunque_sea_grave(monkeypatch: pytest.MonkeyPatch) -> None:
    def una(que: str, **suyo: Any) -> registro.Espera:
        return registro.Espera(que, "", "/", "Ver", **({"cuantas": 0} | suyo))

    todas = [
        una("al día", orden=1, grave=True),
        una("solo de ejemplo", ficticias=46, orden=1, grave=True),
        una("real", cuantas=1, orden=90),
        una("real que falló", cuantas=1, ficticias=1, orden=95, grave=True),
    ]
    monkeypatch.setattr(registro, "ESPERAN", [lambda al: todas])
    en_orden = [e.que for e in registro.en_espera(dt.date(2026, 3, 18))]
    assert en_orden == ["real que falló", "real", "solo de ejemplo", "al día"]


def test_lleva_a_donde_trabaja_quien_mira(reparto: Reparto) -> None:
    pagina = entrar(reparto).get(reverse("tablero"))
    assert [e.url for e in pagina.context["trabajo"]] == [
        e.url
        for fuente in ESPACIOS
        for e in fuente(pagina.wsgi_request.user, timezone.localdate())
        if e.url != reverse("tablero")
    ]
    escrito = pagina.content.decode()
    assert all(f'href="{e.url}"' in escrito for e in pagina.context["trabajo"])
    assert reverse("admin:agenda_evento_changelist") in escrito


def test_el_indice_de_registros_se_busca_sin_acentos(reparto: Reparto) -> None:
    client, url = entrar(reparto), reverse("admin:index")

    def hallados(q: str) -> list[str]:
        apps = client.get(url, {"q": q}).context["app_list"]
        return [m["name"] for app in apps for m in app["models"]]

    de_sesion = ["Sesiones", "Sesiones abiertas", "Pasos de las sesiones", "Calendarios de sesiones"]
    assert sorted(hallados("SESIÓN")) == sorted(de_sesion)  # y no los demás de la parte «Sesiones»
    assert hallados("sesiones calendario") == ["Calendarios de sesiones"]
    partes = client.get(url, {"q": "sesion"}).context["partes"]
    assert [parte["app_url"] for parte in partes] == [reverse("admin:app_list", args=["sesiones"])]
    assert len(hallados("")) > 100
    assert client.get(url).context["partes"] == []
    assert hallados("zzz") == []
    assert "Ningún registro se llama así" in client.get(url, {"q": "zzz"}).content.decode()


def test_sin_quien_los_haga_dice_que_no_hay_respaldos(
    reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = entrar(reparto), reverse("tablero")
    monkeypatch.setattr(registro, "RESPALDOS", [])
    assert "Todavía no se hace ninguno por el portal" in client.get(url).content.decode()
    hecho = registro.Respaldo(
        "Último respaldo",
        timezone.make_aware(dt.datetime(2026, 3, 18, 4)),
        "base y archivos",
        ("Pasó el plazo",),
    )
    monkeypatch.setattr(registro, "RESPALDOS", [lambda: hecho, lambda: None])
    pagina = client.get(url).content.decode()
    assert "Todavía no se hace ninguno" not in pagina
    assert "Pasó el plazo" in pagina
    assert "base y archivos" in pagina


def test_lo_abre_solo_quien_administra(reparto: Reparto) -> None:
    client, url = Client(), reverse("tablero")
    assert client.get(url).headers["Location"].startswith(reverse("account_login"))
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(url).status_code == 404
