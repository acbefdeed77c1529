"""Lo que lee cualquiera: la lista, las cuentas por órgano, cada pregunta y el bloque de su objeto."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ejes.models import Plan
from sesiones import models as m
from stl_portal.participacion import balance
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from tests.participacion import fabricas
from tests.participacion.conftest import crear_plan
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db


def hace(dias: int) -> dt.datetime:
    """Ese momento."""
    return timezone.now() - dt.timedelta(days=dias)


def una_de_cada(objeto: Objeto, clase: str = "compromiso") -> dict[str, Pregunta]:
    """En cada momento de su vida; `texto` dice en cuál."""
    hechas = {
        "vencida": fabricas.publicada(objeto, None, hace(60), clase=clase, texto="Texto de la vencida"),
        "abierta": fabricas.publicada(objeto, None, hace(1), clase=clase, texto="Texto de la abierta"),
        "tarde": fabricas.respondida(objeto, hace(50), 40, clase=clase, texto="Texto de la tardía"),
        "a tiempo": fabricas.respondida(objeto, hace(40), 1, clase=clase, texto="Texto de la puntual"),
        "comentario": fabricas.publicada(
            objeto, None, hace(30), clase=clase, texto="Texto del comentario", tipo="comentario"
        ),
        "recibida": fabricas.crear_pregunta(objeto, clase=clase, texto="Texto secreto sin confirmar"),
        "por moderar": fabricas.confirmada(objeto, clase=clase, texto="Texto secreto por moderar"),
        "rechazada": fabricas.confirmada(objeto, clase=clase, texto="Texto secreto rechazado"),
        "retirada": fabricas.publicada(objeto, clase=clase, texto="Texto secreto retirado"),
    }
    hechas["rechazada"].rechazar(None, "ajena", "", timezone.now())
    hechas["retirada"].retirar(None, "Datos", timezone.now())
    return hechas


def textos(respuesta: Any) -> list[str]:
    """Los textos de las preguntas de la página, en su orden."""
    return re.findall(r"<p>(Texto [^<]+)</p>", respuesta.content.decode())


EN_ORDEN = ["de la vencida", "de la abierta", "del comentario", "de la puntual", "de la tardía"]


def test_primero_lo_vencido_luego_lo_que_espera_y_al_final_lo_atendido(
    client: Client, compromiso: Objeto
) -> None:
    una_de_cada(compromiso)
    assert textos(client.get("/preguntas/")) == [f"Texto {t}" for t in EN_ORDEN]


def test_el_compromiso_y_el_acuerdo_muestran_las_suyas(
    client: Client, compromiso: Objeto, acuerdo: m.Acuerdo
) -> None:
    una_de_cada(compromiso)
    de_acuerdo = fabricas.objeto_de("acuerdo", f"prueba/{acuerdo.sesion.clave}/1")
    fabricas.publicada(de_acuerdo, clase="acuerdo", texto="Texto sobre el acuerdo")
    assert textos(client.get(compromiso.url)) == [f"Texto {t}" for t in EN_ORDEN]
    pagina = client.get(de_acuerdo.url)
    assert textos(pagina) == ["Texto sobre el acuerdo"]
    assert f"/preguntas/acuerdo/{de_acuerdo.clave}/nueva/" in pagina.content.decode()
    assert textos(client.get(compromiso.url.replace("1.1", "1.2"))) == []


@pytest.mark.parametrize(
    ("consulta", "esperados"),
    [
        ("estado=abiertas", EN_ORDEN[:2]),
        ("estado=vencidas", EN_ORDEN[:1]),
        ("estado=respondidas", EN_ORDEN[3:]),
        ("organo=prueba", EN_ORDEN),
        ("organo=prueba&estado=vencidas&page=1", EN_ORDEN[:1]),
    ],
)
def test_se_filtra_por_en_que_van_y_por_organo(
    client: Client, compromiso: Objeto, consulta: str, esperados: list[str]
) -> None:
    una_de_cada(compromiso)
    assert textos(client.get(f"/preguntas/?{consulta}")) == [f"Texto {t}" for t in esperados]


@pytest.mark.parametrize("consulta", ["estado=todas", "organo=no-hay", "organo='--", "estado=%00"])
def test_un_filtro_imposible_se_explica(client: Client, compromiso: Objeto, consulta: str) -> None:
    fabricas.publicada(compromiso)
    respuesta = client.get(f"/preguntas/?{consulta}")
    assert (respuesta.status_code, "de la lista." in respuesta.content.decode()) == (422, True)


@pytest.mark.parametrize("pagina", ["0", "-1", "2", "x", "99999999999999999999"])
def test_una_pagina_que_no_hay_se_contesta_igual_en_la_lista_y_en_el_bloque(
    client: Client, compromiso: Objeto, pagina: str
) -> None:
    fabricas.publicada(compromiso)
    espera = 422 if pagina == "x" else 404
    assert client.get("/preguntas/", {"page": pagina}).status_code == espera
    assert client.get(compromiso.url, {"preguntas": pagina}).status_code == espera


def test_sin_nada_dice_por_donde_se_pregunta(client: Client, plan: Plan, compromiso: Objeto) -> None:
    assert "Todavía no hay preguntas publicadas" in client.get("/preguntas/").content.decode()
    assert "Nadie ha preguntado todavía." in client.get(compromiso.url).content.decode()


@pytest.mark.parametrize(
    ("momento", "estado"),
    [
        ("vencida", 200),
        ("comentario", 200),
        ("a tiempo", 200),
        ("por moderar", 404),
        ("rechazada", 404),
        ("retirada", 410),
    ],
)
def test_la_direccion_permanente_solo_existe_publicada(
    client: Client, compromiso: Objeto, momento: str, estado: int
) -> None:
    pregunta = una_de_cada(compromiso)[momento]
    respuesta = client.get(f"/preguntas/{pregunta.folio}/")
    assert respuesta.status_code == estado
    assert "Texto secreto" not in respuesta.content.decode()


def test_se_dice_de_que_trata_sin_su_identificador_interno(client: Client, compromiso: Objeto) -> None:
    pregunta = una_de_cada(compromiso)["abierta"]
    pagina = client.get(f"/preguntas/{pregunta.folio}/").content.decode()
    leido = re.sub(r"<[^>]+>", " ", pagina)
    assert f"«{compromiso.titulo}»" in leido
    assert pregunta.referencia not in leido


def test_dice_los_dias_que_pasaron_o_que_faltan(client: Client, compromiso: Objeto) -> None:
    hechas = una_de_cada(compromiso)
    paginas = {n: client.get(f"/preguntas/{p.folio}/").content.decode() for n, p in hechas.items() if p.folio}
    assert re.search(r"Debió responderse a más tardar el [^<]+, hace \d+ días hábiles\.", paginas["vencida"])
    assert "Deben responderla a más tardar el" in paginas["abierta"]
    assert "Le toca responder a Asociación de Prueba prueba." in paginas["abierta"]
    assert re.search(r"Se respondió (el mismo día|en 1 día hábil); el plazo era de 10\.", paginas["a tiempo"])
    assert "Respondida tarde" in paginas["tarde"]


def test_el_html_de_un_comentario_se_muestra_como_texto(client: Client, compromiso: Objeto) -> None:
    malo = "<script>alert(1)</script> <b>hola</b> **no es negrita**"
    pregunta = fabricas.publicada(compromiso, texto=malo, nombre="<i>Yo</i>")
    for url in ("/preguntas/", f"/preguntas/{pregunta.folio}/", compromiso.url):
        pagina = client.get(url).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;hola&lt;/b&gt; **no es negrita**" in pagina
        assert "&lt;i&gt;Yo&lt;/i&gt; pregunta" in pagina
        assert "<script>" not in pagina


def test_si_el_plan_o_la_sesion_dejan_de_ser_publicos_sus_preguntas_tambien(
    client: Client, plan: Plan, compromiso: Objeto, acuerdo: m.Acuerdo
) -> None:
    de_acuerdo = fabricas.objeto_de("acuerdo", f"prueba/{acuerdo.sesion.clave}/1")
    suyas = (fabricas.publicada(compromiso), fabricas.publicada(de_acuerdo, clase="acuerdo"))
    assert [client.get(p.get_absolute_url()).status_code for p in suyas] == [200, 200]
    Plan.objects.filter(pk=plan.pk).update(estado="borrador")
    m.Sesion.objects.filter(pk=acuerdo.sesion_id).update(estado="en_curso")
    assert [client.get(p.get_absolute_url()).status_code for p in suyas] == [404, 404]
    assert not Pregunta.objects.visibles().exists()
    assert balance.por_organo(timezone.localdate()) == []


def test_las_cuentas_son_por_organo_y_lo_ficticio_va_aparte(
    client: Client, compromiso: Objeto, reparto: Reparto
) -> None:
    una_de_cada(compromiso)
    ficticio = crear_reparto("otro")
    m.Organo.objects.filter(pk=ficticio.organo.pk).update(ficticio=True)
    crear_plan(ficticio, "otro")
    fabricas.publicada(fabricas.objeto_de("compromiso", "otro/1.1"), None, hace(90))
    primero, segundo = balance.por_organo(timezone.localdate())
    de_uno = (
        primero.organo.clave,
        primero.preguntas,
        primero.abiertas,
        primero.vencidas,
        primero.respondidas,
    )
    assert de_uno == ("prueba", 4, 2, 1, 2)
    assert (primero.con_retraso, primero.comentarios) == (1, 1)
    assert (segundo.organo.clave, segundo.organo.se_rotula, segundo.preguntas) == ("otro", True, 1)
    assert (segundo.vencidas, segundo.mediana_dicha) == (1, "sin respuestas")
    pagina = client.get("/preguntas/").content.decode()
    assert f"al {timezone.localdate().day} de " in pagina
    assert ">Ficticio</span>" in pagina


@pytest.mark.parametrize(
    ("pares", "esperada"),
    [([(3, 1)], 3), ([(1, 1), (4, 1)], 2.5), ([(9, 1), (1, 5)], 1), ([(0, 2), (7, 2), (2, 1)], 2)],
)
def test_la_mediana_de_dias_contados(pares: list[tuple[int, int]], esperada: float) -> None:
    assert balance.mediana(pares) == esperada


CONSULTAS = {
    "/preguntas/": 8,
    "/preguntas/?estado=abiertas&organo=prueba": 8,
    "/plan/prueba/compromiso/1.1/": 14,
}


def test_las_mismas_consultas_con_una_o_con_muchas(client: Client, compromiso: Objeto) -> None:
    for cuantas in (1, 40):
        for _ in range(cuantas):
            fabricas.respondida(compromiso)
            fabricas.publicada(compromiso)
        hechas = {}
        for url in CONSULTAS:
            with CaptureQueriesContext(connection) as capturadas:
                assert client.get(url).status_code == 200
            hechas[url] = len(capturadas)
        assert hechas == CONSULTAS


def test_el_bloque_va_por_paginas(client: Client, compromiso: Objeto) -> None:
    for n in range(12):
        fabricas.publicada(compromiso, None, hace(12 - n), texto=f"Texto {n:02}")
    assert textos(client.get(compromiso.url)) == [f"Texto {n:02}" for n in range(10)]
    segunda = client.get(compromiso.url, {"preguntas": 2})
    assert textos(segunda) == ["Texto 10", "Texto 11"]
    assert "Página 2 de 2" in segunda.content.decode()
