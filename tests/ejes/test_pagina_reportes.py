"""Las páginas donde se prepara un reporte, como las usa cada quien."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes import datos_sellados
from ejes.models import Encargo, Reporte
from sesiones.models import Asiento, Institucion
from tests.ejes.fabricas import crear_bimestre, crear_reporte
from tests.ejes.lectura import visible
from tests.ejes.llenados import crear_lleno, crear_suplente, enviado, observar
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia

VACIO = b'{"avances":[],"renglones":[]}'
AUTO = {"X-Autoguardado": "1"}


@pytest.fixture
def reporte(reparto: Reparto) -> Reporte:
    return crear_reporte(reparto)


@pytest.fixture
def prepara(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["integrante"])
    return client


def enviado_de(client: Client, url: str) -> dict[str, str]:
    """Los campos de las formas de una página, como los mandaría el navegador sin tocar nada."""
    contexto = client.get(url).context
    return {
        forma[campo].html_name: str(forma[campo].value() if forma[campo].value() is not None else "")
        for forma in contexto["formas"]
        for campo in forma.fields
    }


def test_la_lista_dice_lo_que_toca_y_se_empieza_desde_ahi(prepara: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto)
    Reporte.objects.all().delete()
    pagina = prepara.get("/reportes/")
    assert "Sin empezar" in visible(pagina)
    bimestre, eje = reporte.bimestre, reporte.eje
    url = f"/reportes/empezar/{bimestre.pk}/{eje.pk}/{reporte.asiento_id}/"
    assert url in pagina.text
    respuesta = prepara.post(url)
    nuevo = Reporte.objects.get()
    assert respuesta.headers["Location"] == f"/reportes/{nuevo.pk}/indicadores/"
    assert prepara.post(url).headers["Location"] == respuesta.headers["Location"]


@pytest.mark.parametrize("paso", ["", "indicadores/", "avances/", "evidencias/"])
def test_cada_paso_se_abre_en_borrador_y_enviado(prepara: Client, reparto: Reparto, paso: str) -> None:
    reporte = crear_lleno(reparto)
    assert prepara.get(f"/reportes/{reporte.pk}/{paso}").status_code == 200
    reporte.cambiar("enviar", None)
    pagina = prepara.get(f"/reportes/{reporte.pk}/{paso}")
    assert pagina.status_code == 200
    assert "<textarea" not in pagina.text


def test_las_preguntas_son_las_de_este_eje_con_su_unidad(prepara: Client, reporte: Reporte) -> None:
    texto = visible(prepara.get(f"/reportes/{reporte.pk}/indicadores/"))
    assert "¿Pregunta 1 del eje 1?" in texto
    assert texto.count("Número de personas") == 2


def test_guardar_un_paso_guarda_todo_y_sigue(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/indicadores/"
    datos = enviado_de(prepara, url) | {"r1-texto": "Tres sesiones", "r2-texto": "Sí", "r2-valor": "1,250"}
    datos["r8-motivo"] = "Empieza en 2027"
    respuesta = prepara.post(f"{url}guardar/", datos)
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, f"/reportes/{reporte.pk}/avances/")
    filas = {r.renglon.orden: r for r in reporte.respuestas.select_related("renglon")}
    assert sorted(filas) == [1, 2, 8]
    assert filas[2].valor == 1250
    assert (filas[1].texto, filas[8].no_aplica) == ("Tres sesiones", True)


def test_nada_se_cuenta_en_negativo(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/indicadores/"
    respuesta = prepara.post(
        f"{url}guardar/", enviado_de(prepara, url) | {"r2-valor": "-3", "r2-texto": "Sí"}
    )
    assert (respuesta.status_code, "Escribe un número de 0 en adelante." in visible(respuesta)) == (422, True)
    assert not reporte.respuestas.exists()


def test_un_numero_con_letras_no_detiene_lo_demas(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/indicadores/"
    datos = enviado_de(prepara, url) | {"r1-texto": "Sí", "r2-valor": "muchas", "r2-texto": "Ya"}
    respuesta = prepara.post(f"{url}guardar/", datos)
    assert respuesta.status_code == 422
    assert "Escribe solo el número" in visible(respuesta)
    assert "muchas" in respuesta.text
    assert [r.renglon.orden for r in reporte.respuestas.all()] == [1]
    corregido = {
        f[c].html_name: f[c].value() or "" for f in respuesta.context["formas"] for c in f.fields
    } | {"r2-valor": "12"}
    assert prepara.post(f"{url}guardar/", corregido).status_code == 302
    assert reporte.respuestas.count() == 2


@pytest.mark.parametrize(
    ("escrito", "frase"),
    [
        ("120", "va de 0 a 100"),
        ("-1", "va de 0 a 100"),
        ("la mitad", "dilo con palabras"),
        ("45,5", "Los decimales van con punto: 45.5"),
        ("33.333", "Usa hasta 2 decimales"),
        ("NaN", "va de 0 a 100"),
    ],
)
def test_el_porcentaje_mal_escrito_se_explica_en_su_lugar(
    prepara: Client, reporte: Reporte, escrito: str, frase: str
) -> None:
    url = f"/reportes/{reporte.pk}/avances/"
    datos = enviado_de(prepara, url)
    clave = next(c for c in datos if c.endswith("-declarado"))
    respuesta = prepara.post(f"{url}guardar/", datos | {clave: escrito})
    assert respuesta.status_code == 422
    assert frase in visible(respuesta)
    assert f'id="{clave}_error"' in respuesta.text
    assert not reporte.avances.exists()


def test_porcentaje_y_palabras_a_la_vez_no(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/avances/"
    datos = enviado_de(prepara, url)
    clave = next(c for c in datos if c.endswith("-declarado"))
    ambos = datos | {clave: "45 %", clave.replace("declarado", "textual"): "en diseño"}
    assert "no ambos" in visible(prepara.post(f"{url}guardar/", ambos))
    assert prepara.post(f"{url}guardar/", datos | {clave: "45 %"}).status_code == 302
    assert reporte.avances.get().declarado == 45


def test_autoguardado_da_la_version_y_no_pisa(prepara: Client, reporte: Reporte, reparto: Reparto) -> None:
    url = f"/reportes/{reporte.pk}/guardar/indicadores/r1/"
    primera = prepara.post(url, {"version": "1", "r1-texto": "Uno"}, headers=AUTO)
    assert primera.json() == {"version": 2, "avance": "1 de 8"}
    repetida = prepara.post(url, {"version": "1", "r1-texto": "Uno"}, headers=AUTO)
    assert repetida.json() == primera.json()
    choque = prepara.post(url, {"version": "1", "r1-texto": "Otro"}, headers=AUTO)
    assert choque.status_code == 409
    assert choque.json()["campos"][0]["nombre"] == "r1-texto"
    assert choque.json()["campos"][0]["guardado"] == "Uno"
    assert reporte.respuestas.get().texto == "Uno"


def test_autoguardado_rechaza_con_su_frase(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/guardar/indicadores/r2/"
    respuesta = prepara.post(url, {"version": "1", "r2-valor": "x"}, headers=AUTO)
    assert respuesta.status_code == 422
    assert respuesta.json()["mensaje"].startswith("Número de personas: Escribe solo el número")
    assert not reporte.respuestas.exists()


def test_sin_javascript_el_choque_muestra_ambos_textos(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/indicadores/"
    leido = enviado_de(prepara, url)
    prepara.post(f"{url}guardar/", leido | {"r1-texto": "Lo de ella"})
    respuesta = prepara.post(f"{url}guardar/", leido | {"r1-texto": "Lo mío", "r3-texto": "Otra cosa"})
    assert respuesta.status_code == 409
    assert "Lo de ella" in respuesta.text
    assert "Lo mío" in respuesta.text
    textos = dict(reporte.respuestas.values_list("renglon__orden", "texto"))
    assert textos == {1: "Lo de ella", 3: "Otra cosa"}
    seguido = {f[c].html_name: f[c].value() or "" for f in respuesta.context["formas"] for c in f.fields}
    assert prepara.post(f"{url}guardar/", seguido).status_code == 302
    assert reporte.respuestas.get(renglon__orden=1).texto == "Lo mío"


def test_dos_personas_en_renglones_distintos_no_se_estorban(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/indicadores/"
    leido = enviado_de(prepara, url)
    assert prepara.post(f"{url}guardar/", leido | {"r1-texto": "A"}).status_code == 302
    assert prepara.post(f"{url}guardar/", leido | {"r2-texto": "B"}).status_code == 302
    assert dict(reporte.respuestas.values_list("renglon__orden", "texto")) == {1: "A", 2: "B"}


def test_usar_la_respuesta_anterior_sin_javascript(prepara: Client, reparto: Reparto) -> None:
    viejo = enviado(reparto).reporte
    nuevo = Reporte.objects.create(
        bimestre=crear_bimestre(viejo.eje.plan, timezone.localdate(), numero=2),
        eje=viejo.eje,
        asiento=viejo.asiento,
    )
    url = f"/reportes/{nuevo.pk}/indicadores/"
    assert "Respuesta 2" in visible(prepara.get(url))
    datos = enviado_de(prepara, url) | {"r2-texto": "Además"}
    prepara.post(f"{url}guardar/", datos | {"anterior": "r2"})
    prepara.post(f"{url}guardar/", enviado_de(prepara, url) | {"anterior": "r8"})
    fila = nuevo.respuestas.get(renglon__orden=2)
    assert fila.texto == "Además\n\nRespuesta 2"
    assert fila.valor == 120
    assert nuevo.respuestas.get(renglon__orden=8).motivo == "Empieza en 2027"


def test_editar_despues_de_enviar_es_409_y_nada_se_pierde(prepara: Client, reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    url = f"/reportes/{reporte.pk}/indicadores/"
    datos = enviado_de(prepara, url)
    reporte.cambiar("enviar", None)
    respuesta = prepara.post(f"{url}guardar/", datos | {"r1-texto": "Tarde pero seguro"})
    assert respuesta.status_code == 409
    assert "El reporte ya se envió" in visible(respuesta)
    assert "Tarde pero seguro" in respuesta.text
    auto = prepara.post(
        f"/reportes/{reporte.pk}/guardar/indicadores/r1/", {"version": "1", "r1-texto": "X"}, headers=AUTO
    )
    assert (auto.status_code, auto.json()["error"]) == (409, "estado")
    assert reporte.respuestas.get(renglon__orden=1).texto == "Respuesta 1"


def test_la_sesion_caducada_devuelve_lo_escrito(client: Client, reporte: Reporte) -> None:
    respuesta = client.post(
        f"/reportes/{reporte.pk}/indicadores/guardar/",
        {"r1-version": "1", "r1-texto": "Un texto largo que nadie quiere volver a escribir jamás"},
    )
    assert respuesta.status_code == 401
    assert "nadie quiere volver a escribir" in respuesta.text
    auto = client.post(
        f"/reportes/{reporte.pk}/guardar/indicadores/r1/", {"version": "1", "r1-texto": "X"}, headers=AUTO
    )
    assert auto.status_code == 401


def test_enviar_desde_la_pagina_y_dos_clics(prepara: Client, reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    assert "Enviar el reporte" in visible(prepara.get(f"/reportes/{reporte.pk}/"))
    for _ in range(2):
        respuesta = prepara.post(f"/reportes/{reporte.pk}/enviar/", {"envio": "una-ficha"})
        assert respuesta.headers["Location"] == f"/reportes/{reporte.pk}/"
    assert reporte.entregas.count() == 1
    assert prepara.post(f"/reportes/{reporte.pk}/enviar/", {"envio": "otra"}).status_code == 409


def test_incompleto_no_se_envia_y_lleva_a_lo_que_falta(prepara: Client, reporte: Reporte) -> None:
    pagina = prepara.get(f"/reportes/{reporte.pk}/")
    assert f'href="/reportes/{reporte.pk}/indicadores/#r1"' in pagina.text
    assert "Enviar el reporte" not in visible(pagina)
    respuesta = prepara.post(f"/reportes/{reporte.pk}/enviar/")
    assert respuesta.status_code == 422
    assert "1. Indicador 1: responde o di por qué no aplica" in visible(respuesta)


def test_la_colega_con_encargo_prepara_y_no_envia(client: Client, reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    colega = reparto.cuentas["extrana"]
    hoy = timezone.localdate()
    Encargo.objects.create(asiento=reporte.asiento, usuario=colega, vigente_desde=hoy)
    client.force_login(colega)
    assert "Lo envía quien es titular" in visible(client.get(f"/reportes/{reporte.pk}/"))
    url = f"/reportes/{reporte.pk}/indicadores/"
    assert client.post(f"{url}guardar/", enviado_de(client, url) | {"r1-texto": "De ella"}).status_code == 302
    assert client.post(f"/reportes/{reporte.pk}/enviar/").status_code == 403
    assert (reporte.respuestas.get(renglon__orden=1).texto, reporte.entregas.count()) == ("De ella", 0)


def test_quien_suple_prepara(client: Client, reparto: Reparto, reporte: Reporte) -> None:
    client.force_login(crear_suplente(reparto))
    assert client.get(f"/reportes/{reporte.pk}/indicadores/").status_code == 200


@pytest.mark.parametrize("papel", ["facilitadora", "colega", "auditora"])
def test_el_personal_lee_desde_el_primer_envio_y_nunca_escribe(
    client: Client, reparto: Reparto, papel: str
) -> None:
    reporte = crear_lleno(reparto)
    client.force_login(reparto.cuentas[papel])
    assert client.get(f"/reportes/{reporte.pk}/indicadores/").status_code == 404
    reporte.entregas.create(numero=1, documento=VACIO, huella="0" * 64, enviada_el=timezone.now(), firma="X")
    reporte.cambiar("enviar", None)
    pagina = client.get(f"/reportes/{reporte.pk}/indicadores/")
    assert (pagina.status_code, "<textarea" in pagina.text) == (200, False)
    assert client.post(f"/reportes/{reporte.pk}/indicadores/guardar/").status_code == 403


def test_a_quien_audita_se_le_dice_a_quien_le_toca(
    client: Client, reparto: Reparto, reporte: Reporte
) -> None:
    client.force_login(reparto.cuentas["auditora"])
    lugar = reporte.asiento_id
    empezar = client.post(f"/reportes/empezar/{reporte.bimestre_id}/{reporte.eje_id}/{lugar}/")
    assert (empezar.status_code, "a quien se le encargó" in visible(empezar)) == (403, True)
    encargar = client.post(f"/reportes/encargos/asiento/{lugar}/")
    assert (encargar.status_code, "a quien se le encargó" in visible(encargar)) == (403, False)
    assert "a quien es titular del asiento." in visible(encargar)


def test_el_reporte_de_otra_institucion_no_existe(client: Client, reporte: Reporte, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["extrana"])
    for url in ("", "indicadores/", "evidencias/"):
        assert client.get(f"/reportes/{reporte.pk}/{url}").status_code == 404
    assert client.post(f"/reportes/{reporte.pk}/enviar/").status_code == 404
    assert "No preparas reportes" in visible(client.get("/reportes/"))


def test_lo_observado_se_ve_se_corrige_y_se_envia_otra_vez(prepara: Client, reparto: Reparto) -> None:
    entrega = enviado(reparto)
    observar(entrega, reparto.cuentas["colega"])
    reporte = entrega.reporte
    url = f"/reportes/{reporte.pk}/indicadores/"
    assert "Falta decir cuántas." in visible(prepara.get(url))
    assert prepara.post(f"{url}guardar/", enviado_de(prepara, url) | {"r1-texto": "Doce"}).status_code == 302
    prepara.post(f"/reportes/{reporte.pk}/enviar/")
    segunda = reporte.entregas.get(numero=2)
    assert datos_sellados.leer(segunda)["renglones"][0]["texto"] == "Doce"
    texto = visible(prepara.get(f"/reportes/{reporte.pk}/"))
    for frase in ("Envío 1", "Envío 2", "Falta decir cuántas.", "Se devolvió con", "Se envió"):
        assert frase in texto


@pytest.mark.parametrize("cuantas", [1, 6])
def test_la_lista_hace_las_mismas_consultas_con_uno_o_varios_asientos(
    prepara: Client, reparto: Reparto, cuantas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    eje, persona = crear_reporte(reparto).eje, reparto.asientos["civil"].nombramientos.get().persona
    eje.compromisos.update(responsable=reparto.asientos["civil"])
    for numero in range(2, cuantas + 1):
        institucion = Institucion.objects.create(nombre=f"Institución {numero}")
        asiento = Asiento.objects.create(organo=reparto.organo, institucion=institucion)
        asiento.nombramientos.create(persona=persona, cargo="Titular")
        eje.compromisos.create(numero=numero, nombre="Otro", responsable=asiento)
    prepara.get("/reportes/")
    with django_assert_num_queries(13):
        pagina = prepara.get("/reportes/")
    assert len(pagina.context["asientos"]) == cuantas
    assert "Quién los prepara contigo" in visible(pagina)
