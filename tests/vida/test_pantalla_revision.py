"""La página de revisión para quien revisa: leer, observar, responder y retirar."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sesiones import models as m
from sesiones import revision
from sesiones.estados import Atencion, RespuestaRevision
from stl_portal.avisos.models import Aviso
from tests.personas import Reparto, crear_reparto
from tests.vida.revisiones import Como, lugar, observada, otra_ronda, pagina, url

LARGO = "Falta decir a qué hora llegó el Ing. «Ñandú» <b>Peña</b>."


def test_quien_revisa_lee_lo_circulado_y_observa_un_parrafo(
    reparto: Reparto, ronda: m.Ronda, como: Como
) -> None:
    cliente, acta = como("integrante"), ronda.acta
    texto = pagina(cliente, acta)
    for parrafo in ronda.parrafos:
        assert f'id="acta-{parrafo["clave"]}"' in texto
    datos = {"ronda": ronda.pk, "clave": "cierre", "texto": LARGO, "renglon": "41"}
    respuesta = cliente.post(url(acta, "observar"), datos)
    hecha = m.Observacion.objects.get()
    assert respuesta["Location"] == f"{url(acta)}#obs-{hecha.pk}"
    assert (hecha.clave, hecha.renglon, hecha.revisor) == ("cierre", 41, lugar(ronda, reparto))
    assert hecha.cita == next(p["texto"] for p in ronda.parrafos if p["clave"] == "cierre")
    for quien in ("integrante", "facilitadora", "auditora"):
        texto = pagina(como(quien), acta)
        assert "«Ñandú»" in texto
        assert "<b>Peña" not in texto
        assert "renglón 41" in texto


def test_una_observacion_general(ronda: m.Ronda, como: Como) -> None:
    como("integrante").post(url(ronda.acta, "observar"), {"ronda": ronda.pk, "clave": "", "texto": "Todo."})
    hecha = m.Observacion.objects.get()
    assert (hecha.clave, hecha.cita, hecha.texto) == ("", "", "Todo.")


def test_lo_observado_queda_como_se_tecleo_en_pantalla_y_en_el_correo(
    reparto: Reparto, ronda: m.Ronda, como: Como
) -> None:
    tecleado, respuesta = "<b>hola</b> y **no**", "Ya dice <i>hola</i>."
    datos = {"ronda": ronda.pk, "clave": "cierre", "texto": tecleado}
    como("integrante").post(url(ronda.acta, "observar"), datos)
    hecha = m.Observacion.objects.get()
    assert hecha.texto == tecleado
    datos = {"atencion": "no_incorporada", "porque": respuesta, "visto": ""}
    como("facilitadora").post(url(ronda.acta, "atender", hecha.pk), datos)
    texto = pagina(como("integrante"), ronda.acta)
    assert "<p>&lt;b&gt;hola&lt;/b&gt; y **no**</p>" in texto
    assert "<p>Ya dice &lt;i&gt;hola&lt;/i&gt;.</p>" in texto
    otra_ronda(reparto, ronda, responder=False)
    aviso = Aviso.objects.get(motivo__endswith=":ronda:2", cuerpo__contains="hola")
    assert f"«{tecleado}»" in aviso.cuerpo
    assert f"No, porque: {respuesta}" in aviso.cuerpo


def test_sin_observaciones_en_un_toque(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    cliente = como("integrante")
    for _ in range(2):
        assert cliente.post(url(ronda.acta, "conformar"), {"ronda": ronda.pk})["Location"] == url(ronda.acta)
    assert lugar(ronda, reparto).respuesta == RespuestaRevision.CONFORME
    texto = pagina(cliente, ronda.acta)
    assert "Respondiste <strong>sin observaciones" in texto
    assert reverse("actas:conformar", args=("prueba", ronda.acta.sesion.clave)) not in texto


def test_se_ve_quien_falta_y_hasta_cuando(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    revision.conformar(lugar(ronda, reparto, "poder"), timezone.now())
    texto = pagina(como("integrante"), ronda.acta)
    assert "Respondieron <strong>1 de 4" in texto
    assert "Faltan: Mtra. Ana Ruiz Peña, Dra. Celia Mora Díaz y C. Darío Vega Cruz." in texto
    assert ronda.vence
    assert f"hasta el <strong>{ronda.vence.day} de " in texto


@pytest.mark.parametrize(
    ("mal", "frase"),
    [
        ({"texto": ""}, "Escribe qué debe corregirse."),
        ({"texto": " \n "}, "Escribe qué debe corregirse."),
        ({"texto": "a" * 4001}, "4000"),
        ({"renglon": "0"}, "scribe un número de 1 o más"),
        ({"renglon": "-3"}, "scribe un número de 1 o más"),
        ({"renglon": "10000"}, "9999"),
        ({"renglon": "cuarenta"}, "número entero"),
        ({"clave": "punto-999"}, "no está en el texto que se circuló"),
        ({"clave": "x" * 81}, "80"),
        ({"ronda": ""}, "Vuelve a abrir la revisión"),
        ({"ronda": "9" * 30}, "otra ronda"),
    ],
)
def test_lo_que_no_se_admite_se_dice_y_no_se_pierde(
    ronda: m.Ronda, como: Como, mal: dict[str, str], frase: str
) -> None:
    datos = {"ronda": str(ronda.pk), "clave": "cierre", "texto": "Escrito a mano.", "renglon": "7"} | mal
    respuesta = como("integrante").post(url(ronda.acta, "observar"), datos)
    texto = respuesta.content.decode()
    assert respuesta.status_code == (409 if frase == "otra ronda" else 422)
    assert frase in texto
    assert datos["texto"].strip()[:4000] in texto
    assert m.Observacion.objects.count() == 0


def test_lo_rechazado_se_puede_enviar_otra_vez_desde_la_misma_pagina(ronda: m.Ronda, como: Como) -> None:
    cliente = como("integrante")
    datos = {"ronda": "1", "clave": "punto-999", "texto": "Se conserva.", "envio": "a" * 32}
    forma = cliente.post(url(ronda.acta, "observar"), datos).context["forma_general"]
    otra_vez = {nombre: forma[nombre].value() or "" for nombre in forma.fields}
    assert otra_vez == {"ronda": str(ronda.pk), "clave": "", "texto": "Se conserva.", "renglon": ""}
    assert cliente.post(url(ronda.acta, "observar"), otra_vez).status_code == 302


def test_dos_envios_hacen_una_sola_observacion(ronda: m.Ronda, como: Como) -> None:
    cliente = como("integrante")
    datos = {"ronda": ronda.pk, "clave": "cierre", "texto": "Una.", "envio": "b" * 32}
    destinos = {cliente.post(url(ronda.acta, "observar"), datos)["Location"] for _ in range(2)}
    hecha = m.Observacion.objects.get()
    retirar = url(ronda.acta, "retirar", hecha.pk)
    assert destinos == {f"{url(ronda.acta)}#obs-{hecha.pk}"}
    destinos = {cliente.post(retirar, {"envio": "c" * 32})["Location"] for _ in range(2)}
    assert destinos == {f"{url(ronda.acta)}#acta-cierre"}
    assert not m.Observacion.objects.exists()


def test_cerrada_la_ronda_ya_no_se_responde_y_lo_escrito_sigue_ahi(
    reparto: Reparto, ronda: m.Ronda, como: Como
) -> None:
    revision.cerrar(ronda, reparto.cuentas["facilitadora"], timezone.now())
    datos = {"ronda": ronda.pk, "clave": "cierre", "texto": "Llegué tarde."}
    respuesta = como("integrante").post(url(ronda.acta, "observar"), datos)
    assert respuesta.status_code == 409
    assert "La revisión ya se cerró" in respuesta.content.decode()
    assert "Llegué tarde." in respuesta.content.decode()
    assert como("integrante").post(url(ronda.acta, "conformar"), {"ronda": ronda.pk}).status_code == 409
    assert lugar(ronda, reparto).respuesta == RespuestaRevision.SIN_RESPUESTA


@pytest.mark.parametrize("accion", ["conformar", "observar"])
def test_nadie_responde_por_un_texto_que_no_leyo(
    reparto: Reparto, ronda: m.Ronda, como: Como, accion: str
) -> None:
    nueva = otra_ronda(reparto, ronda)
    datos = {"ronda": ronda.pk, "clave": "cierre", "texto": "Sobre el viejo."}
    respuesta = como("integrante").post(url(ronda.acta, accion), datos)
    assert respuesta.status_code == 409
    assert "otra ronda con un texto nuevo" in respuesta.content.decode()
    assert lugar(nueva, reparto).respuesta == RespuestaRevision.SIN_RESPUESTA


def test_con_observaciones_no_se_queda_conforme(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    observada(ronda, reparto)
    respuesta = como("integrante").post(url(ronda.acta, "conformar"), {"ronda": ronda.pk})
    assert respuesta.status_code == 409
    assert "retíralas antes" in respuesta.content.decode()


def test_solo_se_retira_lo_propio_y_sin_atender(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    ajena, mia = observada(ronda, reparto, "poder"), observada(ronda, reparto)
    cliente = como("integrante")
    assert cliente.post(url(ronda.acta, "retirar", ajena.pk)).status_code == 404
    mia.atender(reparto.cuentas["facilitadora"], timezone.now(), atencion=Atencion.INCORPORADA)
    respuesta = cliente.post(url(ronda.acta, "retirar", mia.pk))
    assert respuesta.status_code == 409
    assert "ya se atendió" in respuesta.content.decode()
    assert m.Observacion.objects.count() == 2


@pytest.mark.parametrize(
    ("papel", "leer", "responder", "conducir"),
    [
        ("integrante", 200, 302, 403),
        ("auditora", 200, 403, 403),
        ("facilitadora", 200, 403, 302),
        ("colega", 200, 403, 302),
        ("extrana", 404, 404, 404),
    ],
)
def test_quien_pasa(ronda: m.Ronda, como: Como, papel: str, leer: int, responder: int, conducir: int) -> None:
    cliente, datos = como(papel), {"ronda": ronda.pk}
    assert cliente.get(url(ronda.acta)).status_code == leer
    assert cliente.post(url(ronda.acta, "conformar"), datos).status_code == responder
    assert cliente.post(url(ronda.acta, "cerrar_revision"), datos).status_code == conducir


def test_sin_entrar_se_pide_entrar_y_lo_escrito_no_se_pierde(client: Client, ronda: m.Ronda) -> None:
    assert client.get(url(ronda.acta))["Location"].startswith(reverse("account_login"))
    respuesta = client.post(url(ronda.acta, "observar"), {"ronda": ronda.pk, "texto": "Sin sesión."})
    assert respuesta.status_code == 401
    assert "Sin sesión." in respuesta.content.decode()


def test_quien_conduce_otro_organo_no_existe_aqui(client: Client, ronda: m.Ronda) -> None:
    client.force_login(crear_reparto("otro").cuentas["facilitadora"])
    assert client.get(url(ronda.acta)).status_code == 404
    assert client.post(url(ronda.acta, "circular")).status_code == 404


def test_quien_suplio_un_solo_dia_tambien_revisa(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    m.Persona.objects.filter(pk=reparto.personas["civil"].pk).update(usuario=None)
    exintegrante = m.Persona.objects.create(nombre="Suplente de un Día", usuario=reparto.cuentas["extrana"])
    ronda.revisores.create(persona=exintegrante, nombre=exintegrante.nombre)
    cliente = como("extrana")
    texto = pagina(cliente, ronda.acta)
    assert f'href="{ronda.acta.sesion.paso_url("acta")}"' not in texto
    assert cliente.get(ronda.acta.sesion.paso_url("acta")).status_code == 404
    assert cliente.get(url(ronda.acta, "cambios", 2)).status_code == 404
    assert cliente.post(url(ronda.acta, "conformar"), {"ronda": ronda.pk}).status_code == 302
    assert cliente.post(url(ronda.acta, "circular")).status_code == 404
