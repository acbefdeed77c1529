"""Moderar y responder: quién, qué se publica, a quién se escribe y qué se contesta a lo mal enviado."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ejes.models import Plan
from sesiones import models as m
from stl_portal.avisos.models import Aviso
from stl_portal.datos import versiones
from stl_portal.datos.models import VersionDeDatos
from stl_portal.participacion.atender import SE_RETIRO
from stl_portal.participacion.conjunto import PREGUNTAS
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from tests.participacion import fabricas
from tests.participacion.fabricas import CORREO
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db
DATOS: dict[str, dict[str, str]] = {
    "publicar": {},
    "rechazar": {"motivo": "ajena", "explicacion": "No trata de esto."},
    "responder": {"respuesta": "Se publican **el lunes**."},
    "retirar": {"por_que": "Traía el domicilio de alguien."},
}


def entrar(reparto: Reparto, papel: str) -> Client:
    """Quien ya entró con la cuenta de ese papel."""
    client = Client()
    client.force_login(reparto.cuentas[papel])
    return client


def hacer(client: Client, pregunta: Pregunta, acto: str, **datos: str) -> Any:
    """Lo que se contesta a ese acto."""
    return client.post(f"/gestion/preguntas/{pregunta.pk}/{acto}/", DATOS[acto] | datos)


def a_quien_pregunto() -> list[str]:
    """Los asuntos de lo que se le escribió."""
    return list(Aviso.objects.filter(para=CORREO).order_by("pk").values_list("asunto", flat=True))


def test_publicar_avisa_a_quien_pregunto_y_a_quien_responde(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta = fabricas.confirmada(compromiso)
    assert hacer(entrar(reparto, "facilitadora"), pregunta, "publicar").status_code == 302
    pregunta.refresh_from_db()
    assert (pregunta.estado, pregunta.dias) == ("publicada", 10)
    assert pregunta.historia.latest("pk").por == reparto.cuentas["facilitadora"]
    assert a_quien_pregunto() == ["Ya se publicó tu pregunta"]
    (otro,) = Aviso.objects.exclude(para=CORREO)
    assert (otro.para, otro.asunto) == (
        reparto.personas["civil"].correo,
        f"Te toca responder la pregunta {pregunta.folio}",
    )
    assert pregunta.texto in otro.cuerpo
    assert CORREO not in otro.cuerpo


def test_si_nadie_esta_a_cargo_le_toca_a_quien_conduce(plan: Plan, reparto: Reparto) -> None:
    pregunta = fabricas.confirmada(fabricas.objeto_de("compromiso", "prueba/1.2"))
    hacer(entrar(reparto, "facilitadora"), pregunta, "publicar")
    conducen = {reparto.cuentas[papel].email for papel in ("facilitadora", "colega", "administradora")}
    assert set(Aviso.objects.exclude(para=CORREO).values_list("para", flat=True)) == conducen


def test_rechazar_explica_por_que_y_no_publica(compromiso: Objeto, reparto: Reparto, client: Client) -> None:
    pregunta = fabricas.confirmada(compromiso)
    hacer(entrar(reparto, "colega"), pregunta, "rechazar")
    pregunta.refresh_from_db()
    assert (pregunta.estado, pregunta.motivo) == ("rechazada", "ajena")
    (aviso,) = Aviso.objects.all()
    assert (aviso.para, aviso.asunto) == (CORREO, "No se publicó tu pregunta")
    assert "no trata del compromiso o acuerdo" in aviso.cuerpo
    assert "No trata de esto." in aviso.cuerpo
    assert pregunta.texto in aviso.cuerpo
    assert f"/preguntas/compromiso/{compromiso.clave}/nueva/\n" in aviso.cuerpo
    assert client.get(f"/preguntas/{pregunta.folio}/").status_code == 404
    suya = client.get(f"/preguntas/confirmar/{pregunta.llave}/").content.decode()
    assert f'href="/preguntas/compromiso/{compromiso.clave}/nueva/">Escribirla otra vez' in suya


def test_responde_quien_ocupa_el_asiento_con_su_cargo_de_ese_dia(
    compromiso: Objeto, reparto: Reparto, client: Client
) -> None:
    pregunta = fabricas.publicada(compromiso)
    assert hacer(entrar(reparto, "integrante"), pregunta, "responder").status_code == 302
    pregunta.refresh_from_db()
    respuesta = pregunta.respuestas.get()
    assert (pregunta.estado, pregunta.tardo) == ("respondida", 0)
    assert respuesta.de_quien == "C. Darío Vega Cruz, Titular de prueba, Asociación de Prueba prueba"
    m.Nombramiento.objects.filter(persona=reparto.personas["civil"]).update(cargo="Otro cargo")
    pagina = client.get(f"/preguntas/{pregunta.folio}/").content.decode()
    assert "Titular de prueba" in pagina
    assert "Se publican <strong>el lunes</strong>." in pagina
    assert a_quien_pregunto() == ["Respondieron tu pregunta"]


def test_tambien_responde_quien_conduce_con_su_papel(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta = fabricas.publicada(compromiso)
    hacer(entrar(reparto, "facilitadora"), pregunta, "responder")
    assert pregunta.respuestas.get().de_quien == (
        "Facilitadora de Prueba, Persona facilitadora, Secretariado Técnico de Prueba prueba"
    )


def test_responde_de_un_acuerdo_quien_ocupa_su_asiento(acuerdo: m.Acuerdo, reparto: Reparto) -> None:
    objeto = fabricas.objeto_de("acuerdo", f"prueba/{acuerdo.sesion.clave}/1")
    pregunta = fabricas.publicada(objeto, clase="acuerdo")
    assert hacer(entrar(reparto, "integrante"), pregunta, "responder").status_code == 404
    celia = reparto.personas["academia"]
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(usuario=None)
    m.Persona.objects.filter(pk=celia.pk).update(usuario=reparto.cuentas["integrante"])
    assert hacer(entrar(reparto, "integrante"), pregunta, "responder").status_code == 302
    assert pregunta.respuestas.get().nombre == celia.formal


def test_corregir_conserva_lo_que_decia_y_avisa(compromiso: Objeto, reparto: Reparto, client: Client) -> None:
    pregunta = fabricas.publicada(compromiso)
    cuenta = entrar(reparto, "integrante")
    hacer(cuenta, pregunta, "responder")
    hacer(cuenta, pregunta, "responder", respuesta="Se publican el martes.", vista="1")
    pagina = client.get(f"/preguntas/{pregunta.folio}/").content.decode()
    assert "Es la versión 2: corrige la anterior" in pagina
    assert "Versión 1" in pagina
    assert a_quien_pregunto() == ["Respondieron tu pregunta", "Corrigieron la respuesta a tu pregunta"]


def test_corregir_con_lo_mismo_no_es_corregir(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta = fabricas.respondida(compromiso)
    respuesta = hacer(
        entrar(reparto, "facilitadora"), pregunta, "responder", respuesta="Se terminó ayer.", vista="1"
    )
    assert respuesta.status_code == 422
    assert "Es la misma respuesta que ya está publicada." in respuesta.content.decode()
    assert pregunta.respuestas.count() == 1


def test_retirar_quita_el_texto_y_la_respuesta_y_deja_el_motivo(
    compromiso: Objeto, reparto: Reparto, client: Client
) -> None:
    pregunta = fabricas.respondida(compromiso)
    hacer(entrar(reparto, "facilitadora"), pregunta, "retirar")
    respuesta = client.get(f"/preguntas/{pregunta.folio}/")
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 410
    assert "Traía el domicilio de alguien." in pagina
    for url in (f"/preguntas/{pregunta.folio}/", "/preguntas/", compromiso.url):
        pagina = client.get(url).content.decode()
        assert pregunta.texto not in pagina
        assert "Se terminó ayer." not in pagina
    assert a_quien_pregunto() == ["Se retiró tu pregunta"]


def test_lo_retirado_se_va_de_las_versiones_guardadas_de_los_datos(
    compromiso: Objeto, reparto: Reparto, client: Client
) -> None:
    fabricas.publicada(compromiso)
    versiones.guardar(PREGUNTAS, timezone.now())
    pregunta = fabricas.publicada(compromiso, texto="¿Por qué vive en la calle Pirul 5?")
    versiones.guardar(PREGUNTAS, timezone.now())
    assert "Pirul 5" in _version(client, 2)[1]
    hacer(entrar(reparto, "facilitadora"), pregunta, "retirar")
    estados, textos = zip(*(_version(client, numero) for numero in (1, 2)), strict=True)
    assert estados == (200, 410)
    assert SE_RETIRO in textos[1]
    assert [("Pirul 5" in texto, str(pregunta.folio) in texto) for texto in textos] == [(False, False)] * 2
    assert VersionDeDatos.objects.get(numero=2).motivo == SE_RETIRO


def _version(client: Client, numero: int) -> tuple[int, str]:
    """El código y el cuerpo de esa versión del conjunto."""
    respuesta = client.get(f"/datos/preguntas/versiones/{numero}.csv")
    return respuesta.status_code, b"".join(respuesta).decode()


@pytest.mark.parametrize("acto", ["publicar", "rechazar", "responder", "retirar"])
def test_dos_toques_hacen_el_acto_una_vez(compromiso: Objeto, reparto: Reparto, acto: str) -> None:
    crear = fabricas.confirmada if acto in ("publicar", "rechazar") else fabricas.publicada
    pregunta, client = crear(compromiso), entrar(reparto, "facilitadora")
    pasos = pregunta.historia.count()
    assert [hacer(client, pregunta, acto).status_code for _ in range(2)] == [302, 302]
    assert pregunta.historia.count() == pasos + 1
    assert len(a_quien_pregunto()) == 1


def test_quien_no_ha_leido_la_respuesta_de_otra_persona_no_la_corrige(
    compromiso: Objeto, reparto: Reparto
) -> None:
    pregunta = fabricas.publicada(compromiso)
    hacer(entrar(reparto, "integrante"), pregunta, "responder")
    client = entrar(reparto, "facilitadora")
    choque = hacer(client, pregunta, "responder", respuesta="Nadie sabe cuándo.", vista="0")
    pagina = choque.content.decode()
    assert choque.status_code == 422
    assert "Mientras escribías, C. Darío Vega Cruz publicó una respuesta" in pagina
    assert "Nadie sabe cuándo." in pagina
    assert 'name="vista" value="1"' in pagina
    assert hacer(client, pregunta, "responder", respuesta="Nadie sabe cuándo.", vista="1").status_code == 302
    assert [r.version for r in pregunta.respuestas.all()] == [1, 2]


def test_lo_que_ya_hizo_otra_persona_se_dice(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta = fabricas.confirmada(compromiso)
    hacer(entrar(reparto, "facilitadora"), pregunta, "publicar")
    respuesta = hacer(entrar(reparto, "colega"), pregunta, "rechazar")
    assert respuesta.status_code == 409
    assert "No se puede rechazar: está «Publicada»." in respuesta.content.decode()


def test_no_se_publica_sobre_lo_que_ya_no_es_publico(
    plan: Plan, compromiso: Objeto, reparto: Reparto
) -> None:
    pregunta = fabricas.confirmada(compromiso)
    Plan.objects.filter(pk=plan.pk).update(estado="borrador")
    client = entrar(reparto, "facilitadora")
    assert "ya no es público" in client.get(f"/gestion/preguntas/{pregunta.pk}/").content.decode()
    respuesta = hacer(client, pregunta, "publicar")
    assert (respuesta.status_code, "ya no es público" in respuesta.content.decode()) == (422, True)
    pregunta.refresh_from_db()
    assert pregunta.estado == "confirmada"
    assert hacer(client, pregunta, "rechazar").status_code == 302


@pytest.mark.parametrize(
    ("acto", "datos", "frase"),
    [
        ("rechazar", {"motivo": ""}, "Elige por qué no se publica."),
        ("rechazar", {"motivo": "porque-si"}, "Por qué no se publica"),
        ("rechazar", {"explicacion": "x" * 1001}, "Son 1,001 caracteres y caben 1,000: quita 1."),
        ("responder", {"respuesta": ""}, "Escribe la respuesta."),
        ("responder", {"respuesta": "x" * 5001}, "Son 5,001 caracteres y caben 5,000: quita 1."),
        ("retirar", {"por_que": "  "}, "Escribe por qué se retira."),
        ("retirar", {"por_que": "x" * 301}, "Es muy largo"),
    ],
)
def test_lo_mal_enviado_se_explica_y_no_se_pierde(
    compromiso: Objeto, reparto: Reparto, acto: str, datos: dict[str, str], frase: str
) -> None:
    pregunta = fabricas.confirmada(compromiso) if acto == "rechazar" else fabricas.publicada(compromiso)
    antes = pregunta.estado
    respuesta = hacer(entrar(reparto, "facilitadora"), pregunta, acto, **datos)
    pagina = respuesta.content.decode()
    assert (respuesta.status_code, frase in pagina) == (422, True)
    assert all(valor in pagina for valor in datos.values() if valor.strip() and "porque" not in valor)
    pregunta.refresh_from_db()
    assert pregunta.estado == antes


@pytest.mark.parametrize(
    ("papel", "lee", "responde", "modera"),
    [
        ("facilitadora", 200, 302, 302),
        ("colega", 200, 302, 302),
        ("administradora", 200, 302, 302),
        ("integrante", 200, 302, 403),  # su asociación responde por el compromiso
        ("auditora", 200, 403, 403),
        ("extrana", 404, 404, 404),
        ("ajena", 404, 404, 404),
    ],
)
def test_a_cada_quien_lo_suyo(
    compromiso: Objeto, reparto: Reparto, papel: str, lee: int, responde: int, modera: int
) -> None:
    reparto.cuentas["ajena"] = crear_reparto("otro").cuentas["facilitadora"]
    pregunta, client = fabricas.publicada(compromiso), entrar(reparto, papel)
    assert client.get(f"/gestion/preguntas/{pregunta.pk}/").status_code == lee
    assert hacer(client, pregunta, "responder").status_code == responde
    assert hacer(client, pregunta, "retirar").status_code == modera


def test_quien_responde_no_ve_lo_que_aun_no_se_modera(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta, client = fabricas.confirmada(compromiso), entrar(reparto, "integrante")
    assert client.get(f"/gestion/preguntas/{pregunta.pk}/").status_code == 404
    assert pregunta.texto not in client.get("/gestion/preguntas/?ver=moderar").content.decode()


def test_sin_confirmar_no_es_de_nadie(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta, client = fabricas.crear_pregunta(compromiso), entrar(reparto, "facilitadora")
    assert client.get(f"/gestion/preguntas/{pregunta.pk}/").status_code == 404
    assert pregunta.texto not in client.get("/gestion/preguntas/").content.decode()


def test_quien_dejo_de_conducir_ya_no_entra(compromiso: Objeto, reparto: Reparto) -> None:
    pregunta, client = fabricas.confirmada(compromiso), entrar(reparto, "facilitadora")
    ayer = timezone.localdate() - dt.timedelta(days=1)
    m.Rol.objects.filter(usuario=reparto.cuentas["facilitadora"]).update(vigente_hasta=ayer)
    assert client.get(f"/gestion/preguntas/{pregunta.pk}/").status_code == 404
    assert hacer(client, pregunta, "publicar").status_code == 404


def test_la_fila_dice_cuantas_hay_en_cada_pestana(compromiso: Objeto, reparto: Reparto) -> None:
    fabricas.confirmada(compromiso)
    fabricas.publicada(compromiso)
    fabricas.publicada(compromiso, tipo="comentario")  # no espera respuesta
    fabricas.respondida(compromiso)
    pagina = entrar(reparto, "colega").get("/gestion/preguntas/?ver=responder").content.decode()
    assert [t in pagina for t in ("Por moderar (1)", "Por responder (1)", "Atendidas (1)")] == [True] * 3
    pagina = entrar(reparto, "integrante").get("/gestion/preguntas/").content.decode()
    assert [t in pagina for t in ("Por moderar (0)", "Por responder (1)", "Atendidas (1)")] == [True] * 3
