"""La página donde se revisa un reporte: qué ve cada quien, qué se guarda y qué se rechaza."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ejes.estados import EstadoReporte
from ejes.models import Entrega, Evidencia, Reporte
from ejes.revision import dictaminar
from ejes.revision.pendientes_de_revision import de_quien_revisa
from stl_portal.publico import registro
from tests.cuentas.codigos import identificarse
from tests.ejes.entregas import SECRETO, crear_entrega, enviar, publicar, validar
from tests.ejes.fabricas import crear_bimestre, crear_reporte
from tests.ejes.lectura import visible
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.apariencia


@pytest.fixture
def entrega(reparto: Reparto) -> Entrega:
    return crear_entrega(reparto)


@pytest.fixture
def revisora(client: Client, reparto: Reparto) -> Client:
    return identificarse(client, reparto.cuentas["facilitadora"])


def pagina(entrega: Entrega) -> str:
    return reverse("revision:reporte", args=(entrega.reporte_id,))


def decir(cliente: Client, entrega: Entrega, parte: str, **datos: Any) -> Any:
    """Lo que manda el botón de una parte, con lo que la página dice que se había visto."""
    visto = re.search(rf'name="visto" value="([^"]*)" id="{parte}_visto"', _html(cliente, entrega))
    direccion = reverse("revision:dictaminar", args=(entrega.reporte_id, entrega.numero, parte))
    return cliente.post(direccion, {"visto": visto[1] if visto else "", **datos})


def _html(cliente: Client, entrega: Entrega) -> str:
    return cliente.get(pagina(entrega)).content.decode()


def test_se_ve_lo_enviado_aunque_despues_cambien_las_filas(revisora: Client, entrega: Entrega) -> None:
    entrega.reporte.respuestas.update(texto="Esto no se envió")
    texto = visible(revisora.get(pagina(entrega)))
    assert f"{SECRETO}: respuesta 3" in texto
    assert "Esto no se envió" not in texto
    for dicho in ("¿Pregunta 8 del eje 1?", "Declarado por la institución 45 %", "zarzaparrilla.csv"):
        assert dicho in texto or dicho in _html(revisora, entrega)


def test_la_evidencia_se_lee_junto_a_lo_que_respalda(revisora: Client, entrega: Entrega) -> None:
    archivo = Evidencia.objects.exclude(archivo=None).get()
    cuerpo = revisora.get(pagina(entrega), {"ver": str(archivo.pk), "en": "renglon-1"}).content.decode()
    (lado,) = re.findall(r'<aside class="parte-reporte__visor".*?</aside>', cuerpo, re.DOTALL)
    assert SECRETO in lado
    assert 'class="parte-reporte__visor"' not in _html(revisora, entrega)


def test_observar_validar_y_devolver_sin_programas(revisora: Client, entrega: Entrega) -> None:
    assert decir(revisora, entrega, "renglon-2", veredicto="observado", nota="Falta.").status_code == 302
    hecho = decir(revisora, entrega, "accion-1-1-1", veredicto="validado", verificado="45 %", nota="")
    assert hecho.url == f"{pagina(entrega)}#accion-1-1-1"
    resto = revisora.post(reverse("revision:resto", args=(entrega.reporte_id, 1)))
    assert (resto.status_code, entrega.dictamenes.count()) == (302, 9)
    assert revisora.post(reverse("revision:devolver", args=(entrega.reporte_id, 1))).status_code == 302
    assert Reporte.objects.get().estado == EstadoReporte.OBSERVADO
    assert "Espera a que la institución corrija" in visible(revisora.get(pagina(entrega)))


@pytest.mark.parametrize("parte", ["renglon-1", "accion-1-1-1"])
def test_lo_observado_no_se_publica_como_nota_cuando_ya_se_valido(
    revisora: Client, entrega: Entrega, parte: str
) -> None:
    decir(revisora, entrega, parte, veredicto="observado", nota="Falta.")
    decir(revisora, entrega, parte, veredicto="validado", nota="Falta.", verificado="")
    assert list(entrega.dictamenes.values_list("veredicto", "nota")) == [("validado", "")]


@pytest.mark.parametrize(
    ("parte", "datos", "frase"),
    [
        ("renglon-1", {"veredicto": "observado", "nota": " "}, "Di qué falta o qué no coincide."),
        ("renglon-1", {"nota": "Escrito"}, "Elige si se valida o se observa."),
        ("accion-1-1-1", {"veredicto": "validado", "verificado": "cien"}, "Escribe solo un número"),
        ("accion-1-1-1", {"veredicto": "validado", "verificado": "101"}, "de 0 a 100"),
        ("accion-1-1-1", {"veredicto": "validado", "verificado": "10"}, "Lo verificado no es lo declarado"),
        ("reporte", {"veredicto": "observado", "nota": ""}, "Di qué falta o qué no coincide."),
    ],
)
def test_lo_mal_escrito_se_dice_en_su_lugar_y_no_se_pierde(
    revisora: Client, entrega: Entrega, parte: str, datos: dict[str, str], frase: str
) -> None:
    respuesta = decir(revisora, entrega, parte, **datos)
    cuerpo = respuesta.content.decode()
    assert (respuesta.status_code, entrega.dictamenes.count()) == (422, 0)
    assert frase in cuerpo
    for escrito in (datos.get("nota", "").strip(), datos.get("verificado", "")):
        assert escrito in cuerpo


def test_lo_que_otra_persona_dijo_en_medio_es_409_y_lo_escrito_sigue(
    revisora: Client, entrega: Entrega
) -> None:
    direccion = reverse("revision:dictaminar", args=(entrega.reporte_id, 1, "renglon-1"))
    dictaminar.dictaminar(
        entrega, ("renglon", "1"), "observado", nota="Suyo", por=None, cuando=timezone.now()
    )
    respuesta = revisora.post(direccion, {"veredicto": "validado", "nota": "Lo mío", "visto": ""})
    cuerpo = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Otra persona revisó esto" in cuerpo
    assert "Lo mío" in cuerpo


def test_un_envio_nuevo_en_medio_es_409_y_lo_escrito_sigue(revisora: Client, entrega: Entrega) -> None:
    dictaminar.dictaminar(
        entrega, ("renglon", "2"), "observado", nota="Falta.", por=None, cuando=timezone.now()
    )
    dictaminar.devolver(entrega, None, timezone.now())
    direccion = reverse("revision:dictaminar", args=(entrega.reporte_id, 1, "renglon-1"))
    datos = {"veredicto": "observado", "nota": "Recién escrito", "visto": ""}
    devuelto = revisora.post(direccion, datos)
    enviar(entrega.reporte)
    respuesta = revisora.post(direccion, datos)
    for que, frase in ((devuelto, "Ya no está en revisión"), (respuesta, "enviaron otra versión")):
        assert que.status_code == 409
        assert frase in que.content.decode()
        assert "Recién escrito" in que.content.decode()


def test_repetir_el_mismo_envio_de_la_forma_no_dice_dos_veces_lo_mismo(
    revisora: Client, entrega: Entrega
) -> None:
    fila = Evidencia.objects.exclude(archivo=None).get()
    direccion = reverse("revision:evidencia", args=(entrega.reporte_id, 1, fila.pk))
    datos = {"revision": "verificada", "visto": "", "en": "renglon-1", "envio": "x" * 32}
    assert [revisora.post(direccion, datos).status_code for _ in range(2)] == [302, 302]
    assert fila.dictamenes.count() == 1
    sin_motivo = revisora.post(direccion, {**datos, "revision": "observada", "envio": "y" * 32})
    assert sin_motivo.status_code == 409  # ya se había verificado: lo que tenía a la vista cambió


def test_evidencia_o_parte_ajenas_no_existen(revisora: Client, entrega: Entrega) -> None:
    ajena = Evidencia.objects.create(
        plan=entrega.reporte.eje.plan,
        asiento=entrega.reporte.asiento,
        titulo="Otra",
        liga="https://otra.example",
        subida_el=timezone.now(),
    )
    pk = entrega.reporte_id
    for nombre, args in (
        ("evidencia", (pk, 1, ajena.pk)),
        ("dictaminar", (pk, 1, "renglon-99")),
        ("dictaminar", (pk, 7, "renglon-1")),
        ("cambios", (pk, 1)),
    ):
        direccion = reverse(f"revision:{nombre}", args=args)
        metodo = revisora.get if nombre == "cambios" else revisora.post
        assert metodo(direccion, {"en": "renglon-1"}).status_code == 404


def test_quien_lo_prepara_no_lo_revisa_la_auditora_solo_lee_y_otro_organo_no_lo_ve(
    client: Client, reparto: Reparto, entrega: Entrega
) -> None:
    otra = crear_reparto("otro").cuentas["facilitadora"]
    resto = reverse("revision:resto", args=(entrega.reporte_id, 1))
    esperado = {
        reparto.cuentas["integrante"]: (404, 404),
        reparto.cuentas["auditora"]: (200, 403),
        otra: (404, 404),
    }
    for cuenta, codigos in esperado.items():
        client.force_login(cuenta)
        hecho = client.post(resto)
        assert (client.get(pagina(entrega)).status_code, hecho.status_code) == codigos
        assert "mesa, pero capturar" not in hecho.content.decode()
    assert not entrega.dictamenes.exists()


def test_un_borrador_no_se_revisa(revisora: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    assert revisora.get(reverse("revision:reporte", args=(reporte.pk,))).status_code == 404


def test_publicar_explica_pide_confirmar_y_lo_hace_una_vez(revisora: Client, entrega: Entrega) -> None:
    validar(entrega)
    direccion = reverse("revision:publicar", args=(entrega.reporte_id,))
    texto = visible(revisora.get(direccion))
    for dicho in (
        "Declarado 45 % · verificado 30 %",
        "Se publicarán como «sin revisar»",
        "No se puede deshacer",
    ):
        assert dicho in texto
    assert [revisora.post(direccion).status_code for _ in range(2)] == [302, 302]
    assert Reporte.objects.get().publicaciones.count() == 1
    assert "Ver lo público" in visible(revisora.get(pagina(entrega)))


def test_sin_identificarse_hace_poco_no_se_publica(
    client: Client, reparto: Reparto, entrega: Entrega
) -> None:
    validar(entrega)
    client.force_login(reparto.cuentas["facilitadora"])
    respuesta = client.post(reverse("revision:publicar", args=(entrega.reporte_id,)))
    assert respuesta.status_code == 302
    assert not Reporte.objects.get().publicaciones.exists()


def test_lo_que_parece_un_dato_personal_se_avisa_antes(revisora: Client, reparto: Reparto) -> None:
    entrega = crear_entrega(reparto)
    dictaminar.dictaminar(entrega, ("renglon", "1"), "observado", nota="x", por=None, cuando=timezone.now())
    dictaminar.devolver(entrega, None, timezone.now())
    entrega.reporte.respuestas.filter(renglon__orden=1).update(texto="Llama a persona@correo.example")
    validar(enviar(entrega.reporte))
    texto = visible(revisora.get(reverse("revision:publicar", args=(entrega.reporte_id,))))
    assert "Parecen datos personales: persona@correo.example" in texto


def test_corregir_pide_un_motivo_y_lo_guarda(revisora: Client, entrega: Entrega) -> None:
    publicar(entrega)
    direccion = reverse("revision:corregir", args=(entrega.reporte_id,))
    vacio = revisora.post(direccion, {"motivo": ""})
    assert (vacio.status_code, "Di qué hay que corregir" in vacio.content.decode()) == (422, True)
    assert revisora.post(direccion, {"motivo": "La cifra no era."}).status_code == 302
    reporte = Reporte.objects.get()
    assert (reporte.estado, reporte.historia.last().nota) == ("observado", "La cifra no era.")  # type: ignore[union-attr]


def test_lo_que_cambio_entre_dos_envios_tiene_su_pagina(revisora: Client, entrega: Entrega) -> None:
    dictaminar.dictaminar(
        entrega, ("renglon", "2"), "observado", nota="Falta el desglose.", por=None, cuando=timezone.now()
    )
    dictaminar.devolver(entrega, None, timezone.now())
    entrega.reporte.respuestas.filter(renglon__orden=2).update(texto="Respuesta con desglose")
    enviar(entrega.reporte)
    texto = visible(revisora.get(reverse("revision:cambios", args=(entrega.reporte_id, 2))))
    assert "Se había dicho: Falta el desglose." in texto
    assert "[se quita: 2 ]" in texto
    assert "[entra: desglose ]" in texto
    assert "Cambió en este envío" in visible(revisora.get(pagina(entrega)))


def test_la_fila_dice_quien_envio_tarde_y_quien_no_reporto(revisora: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    hoy = timezone.localdate()
    vencido = {campo: hoy - dt.timedelta(days=dias) for campo, dias in (("abre", 40), ("entrega", 20))}
    crear_bimestre(reporte.eje.plan, hoy, 2, nombre="Bimestre sin nadie", carga=None, **vencido)
    crear_entrega(reparto, reporte)
    Reporte.objects.update(tardio=True)
    texto = visible(revisora.get(reverse("revision:inicio")))
    assert texto.index("Por revisar") < texto.index("No reportó")
    assert "Llegó tarde" in texto
    solo = visible(revisora.get(reverse("revision:inicio"), {"estado": "no_reporto"}))
    assert "Bimestre sin nadie" in solo.split("resultado")[1]
    assert "Llegó tarde" not in solo
    assert "Ningún reporte coincide" in visible(
        revisora.get(reverse("revision:inicio"), {"estado": "validado"})
    )


def test_la_fila_de_quien_no_revisa_esta_vacia_y_lo_dice(
    client: Client, reparto: Reparto, entrega: Entrega
) -> None:
    client.force_login(reparto.cuentas["integrante"])
    texto = visible(client.get(reverse("revision:inicio")))
    assert "No revisas reportes" in texto
    assert "Datos" not in texto


def test_a_quien_solo_lee_no_se_le_dice_que_le_toca(
    client: Client, reparto: Reparto, entrega: Entrega
) -> None:
    esperado = {
        "facilitadora": ("revisarlo, devolverlo y publicarlo", "Primero lo que te toca;"),
        "auditora": (
            "lo que se dice de ello, para leerlo",
            "Puedes leerlos; los revisa y publica quien conduce",
        ),
    }
    for papel, (en_mi_portal, en_la_fila) in esperado.items():
        client.force_login(reparto.cuentas[papel])
        assert en_mi_portal in visible(client.get("/mi/"))
        assert en_la_fila in visible(client.get(reverse("revision:inicio")))
        assert "Te avisaremos" not in visible(client.get(f"/reportes/{entrega.reporte_id}/"))
    client.force_login(reparto.cuentas["integrante"])
    assert "Te avisaremos por correo" in visible(client.get(f"/reportes/{entrega.reporte_id}/"))


def test_mi_portal_dice_lo_que_toca(reparto: Reparto, entrega: Entrega) -> None:
    al, cuenta = timezone.localdate(), reparto.cuentas["facilitadora"]
    assert [p.accion for p in de_quien_revisa(cuenta, al)] == ["Revisar"]
    validar(entrega)
    assert [p.accion for p in de_quien_revisa(cuenta, al)] == ["Publicar"]
    assert list(de_quien_revisa(reparto.cuentas["auditora"], al)) == []
    assert de_quien_revisa in registro.PENDIENTES


def test_validar_de_una_vez_dice_cuantas_evidencias_nadie_ha_revisado(
    revisora: Client, entrega: Entrega
) -> None:
    texto = visible(revisora.get(pagina(entrega)))
    assert "Nadie ha revisado 2 evidencias. Validar de una vez no las verifica." in texto
    dicho: Any = {"por": None, "cuando": timezone.now()}
    for quedan, evidencia in ((1, entrega.evidencias.earliest("pk")), (0, entrega.evidencias.latest("pk"))):
        dictaminar.dictaminar_evidencia(entrega, evidencia, "verificada", **dicho)
        texto = visible(revisora.get(pagina(entrega)))
        assert ("Nadie ha revisado una evidencia. Validar de una vez no la" in texto) is bool(quedan)
