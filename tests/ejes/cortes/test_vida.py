"""La vida de un corte en pantalla: se abre, se publica, se corrige, y nada se ve antes de tiempo."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from ejes.cortes import editar_corte, tomar_de_reportes
from ejes.cortes.publicar import leido, puede_abrir
from ejes.cortes.publicar import publicar as publicar_corte
from ejes.estados import EstadoPlan
from ejes.models import Corte, CortePublicado, Plan
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso, Suscripcion
from tests.cuentas.codigos import identificarse
from tests.ejes.cortes import DATOS, HOY, RAIZ, abrir, accion_de, enviar, reporte_validado
from tests.ejes.lectura import visible
from tests.hechos import texto_de_pdf
from tests.personas import Reparto


def test_dos_clics_abren_un_solo_corte(plan: Plan, mesa: Client) -> None:
    for _ in range(2):
        respuesta = mesa.post(f"{RAIZ}nuevo/", DATOS | {"envio": "una-ficha"})
        assert respuesta["Location"] == f"{RAIZ}2/"
    assert plan.cortes.count() == 2


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        ({"hasta": "2026-03-01"}, "El periodo termina después de empezar."),
        ({"desde": ""}, "obligatorio"),
        ({"nombre": ""}, "obligatorio"),
        ({"hasta": "pronto"}, "fecha"),
        ({"hasta": "2040-01-31"}, "Esa fecha todavía no llega"),
    ],
)
def test_un_corte_sin_periodo_no_se_abre(
    plan: Plan, mesa: Client, cambio: dict[str, str], frase: str
) -> None:
    respuesta = mesa.post(f"{RAIZ}nuevo/", DATOS | cambio)
    assert (respuesta.status_code, plan.cortes.count()) == (422, 1)
    assert frase in visible(respuesta)


def test_publicarlo_pide_lo_indispensable_y_el_segundo_paso(
    nuevo: Corte, mesa: Client, reparto: Reparto
) -> None:
    pagina = f"{nuevo.url_de_trabajo}publicar/"
    assert "/cuenta/dos-pasos/" in mesa.get(pagina)["Location"]
    identificarse(mesa, reparto.cuentas["facilitadora"])
    enviar(mesa, nuevo, {accion_de(nuevo): {"declarado": "50", "motivo": "Su oficio."}})
    total = nuevo.figuras.get(accion=None, compromiso=None, eje=None)
    enviar(mesa, nuevo, {total: {"declarado": "60", "motivo": "Lo acordó el pleno."}}, "plan")
    falta = html.fromstring(mesa.get(nuevo.url_de_trabajo).content.decode()).xpath(
        "//section[contains(@class, 'tareas')]//a"
    )
    enlaces = {" ".join(a.itertext()): a.get("href") for a in falta}
    porque = "Avance global: lo declarado no es lo que resulta de la fórmula; di por qué."
    assert enlaces[porque] == f"{RAIZ}2/cifras/plan/#r-plan"
    assert mesa.post(pagina).status_code == 422
    assert not CortePublicado.objects.filter(corte=nuevo).exists()
    enviar(mesa, nuevo, {total: {"explicacion": "El pleno pesó más lo hecho."}}, "plan")
    assert mesa.post(pagina).status_code == 302
    assert mesa.post(pagina).status_code == 302  # dos clics: se publica una vez
    publicado = leido(nuevo.publicacion)
    assert [(e.ahora, e.por) for e in publicado.total.ediciones] == [("60 %", "Facilitadora de Prueba")]
    texto = " ".join(texto_de_pdf(almacen.leer(nuevo.publicacion.pdf)).split())
    for frase in ("Lo acordó el pleno.", "Su oficio.", "El pleno pesó más lo hecho.", "Subió 20 puntos"):
        assert frase in texto


def test_el_corte_de_un_plan_en_borrador_no_se_publica(nuevo: Corte, mesa: Client, reparto: Reparto) -> None:
    Plan.objects.update(estado=EstadoPlan.BORRADOR)
    frase = "El plan todavía no es público: publícalo antes que sus cortes."
    identificarse(mesa, reparto.cuentas["facilitadora"])
    assert frase in visible(mesa.get(nuevo.url_de_trabajo))
    assert 'href="/gestion/plan/prueba/"' in mesa.get(nuevo.url_de_trabajo).content.decode()
    respuesta = mesa.post(f"{nuevo.url_de_trabajo}publicar/")
    assert (respuesta.status_code, frase in visible(respuesta)) == (422, True)
    assert not CortePublicado.objects.filter(corte=nuevo).exists()


def test_el_pdf_se_abre_mientras_el_plan_sea_publico(plan: Plan) -> None:
    pdf = plan.cortes.get().publicacion.pdf
    assert puede_abrir(None, pdf)
    Plan.objects.update(estado=EstadoPlan.BORRADOR)
    assert not puede_abrir(None, pdf)


def test_la_confirmacion_cuenta_los_renglones_que_se_cambiaron(
    nuevo: Corte, mesa: Client, reparto: Reparto
) -> None:
    identificarse(mesa, reparto.cuentas["facilitadora"])
    cambio = {"declarado": "50", "motivo": "Su oficio."}
    enviar(mesa, nuevo, {accion_de(nuevo): cambio})
    assert "En 1 renglón, con su motivo" in visible(mesa.get(f"{nuevo.url_de_trabajo}publicar/"))
    enviar(mesa, nuevo, {nuevo.figuras.get(compromiso__isnull=False): cambio})
    assert "En 2 renglones, con su motivo" in visible(mesa.get(f"{nuevo.url_de_trabajo}publicar/"))


def test_la_pagina_publica_trae_tres_columnas_y_lo_que_se_cambio(
    plan: Plan, mesa: Client, reparto: Reparto
) -> None:
    reporte_validado(reparto, plan)
    corte = abrir(plan)
    total = corte.figuras.get(accion=None, compromiso=None, eje=None)
    enviar(mesa, corte, {total: {"declarado": "45", "motivo": "Lo acordó el pleno."}}, "plan")
    publicar_corte(corte, reparto.cuentas["facilitadora"], timezone.now())
    texto = visible(Client().get("/plan/prueba/informe/2/"))
    assert "Compromiso Declarado Calculado Verificado Terminación" in texto
    assert "1.1 Abrir datos sin cifra 45 % 1 de 1 acción" in texto
    assert "avance: decía «Sin cifra» y dice «45 %». Lo acordó el pleno. Facilitadora de Prueba" in texto
    assert "Verificado" not in visible(Client().get("/plan/prueba/informe/1/"))
    pdf = " ".join(texto_de_pdf(almacen.leer(corte.publicacion.pdf)).split())
    assert "Verificado" in pdf
    assert "45 % 30 %" in pdf


def test_nada_de_lo_que_se_arma_es_publico(nuevo: Corte, mesa: Client, client: Client) -> None:
    enviar(mesa, nuevo, {accion_de(nuevo): {"declarado": "77", "motivo": "Zarzaparrilla."}})
    cualquiera = Client()
    for pagina in ("", "compromiso/1.1/", "accion/1.1.1/", "informe/1/", "informe/1/cambios/"):
        texto = visible(cualquiera.get(f"/plan/prueba/{pagina}"))
        assert "77" not in texto
        assert "Segundo Informe" not in texto
    for pagina in ("informe/2/", "informe/2/cambios/", "informe/1/cambios/?con=2"):
        assert cualquiera.get(f"/plan/prueba/{pagina}").status_code == 404


def test_la_previa_dice_borrador_y_no_publica(nuevo: Corte, mesa: Client) -> None:
    respuesta = mesa.get(f"{nuevo.url_de_trabajo}previa.pdf")
    assert respuesta["Content-Type"] == "application/pdf"
    assert "Borrador sin publicar" in texto_de_pdf(respuesta.content)
    assert not CortePublicado.objects.filter(corte=nuevo).exists()


def test_lo_publicado_ya_no_se_cambia(plan: Plan, mesa: Client) -> None:
    primero = plan.cortes.get(numero=1)
    for pagina in ("cifras/1.1/", "datos/"):
        assert mesa.get(f"{RAIZ}1/{pagina}").status_code == 409
        assert mesa.post(f"{RAIZ}1/{pagina}", DATOS).status_code == 409
    for pagina in ("tomar/", "quitar/"):
        assert mesa.post(f"{RAIZ}1/{pagina}").status_code == 409
    assert accion_de(primero).declarado == 30


def test_se_corrige_con_otro_corte_y_el_anterior_lo_dice(
    plan: Plan, mesa: Client, client: Client, reparto: Reparto
) -> None:
    motivo = {"motivo": "El 30 % era 35 %."}
    assert "/cuenta/dos-pasos/" in mesa.post(f"{RAIZ}1/corregir/", motivo)["Location"]
    assert plan.cortes.count() == 1
    identificarse(mesa, reparto.cuentas["facilitadora"])
    assert mesa.post(f"{RAIZ}1/corregir/", {"motivo": ""}).status_code == 422
    assert mesa.post(f"{RAIZ}1/corregir/", motivo)["Location"] == f"{RAIZ}2/"
    assert mesa.post(f"{RAIZ}1/corregir/", motivo).status_code == 409
    correccion = plan.cortes.get(numero=2)
    assert correccion.nombre == "Primer Informe (corrección)"
    assert Client().get("/plan/prueba/informe/1/").content.decode().count("corrigió") == 0
    figura = accion_de(correccion)
    enviar(mesa, correccion, {figura: {"declarado": "35", "motivo": "Error de captura."}})
    publicar_corte(correccion, reparto.cuentas["facilitadora"], timezone.now())
    documento = json.loads(bytes(CortePublicado.objects.get(corte=correccion).documento))
    assert documento["corte"]["corrige"]["que"] == "El 30 % era 35 %."
    assert "Este informe se corrigió" in visible(Client().get("/plan/prueba/informe/1/"))
    assert "35 %" in visible(Client().get("/plan/prueba/"))
    assert [c.numero for c in plan.cortes.vigentes()] == [2]
    cambios = visible(Client().get("/plan/prueba/informe/2/cambios/"))
    assert "Subió 5 puntos" in cambios


def test_quien_sigue_el_plan_recibe_cada_informe(plan: Plan, nuevo: Corte) -> None:
    ahora = timezone.now()
    Suscripcion.objects.create(
        correo="sigue@prueba.example",
        tema="plan:prueba",
        clave="s" * 43,
        pedida_el=ahora,
        confirmada_el=ahora,
    )
    publicar_corte(nuevo, None, ahora)
    (aviso,) = Aviso.objects.filter(para="sigue@prueba.example")
    assert aviso.asunto == "Informe publicado: Segundo Informe, Plan de prueba · Secretariado"
    assert "Segundo Informe, con el avance al 30 de junio de 2026." in aviso.cuerpo
    assert "/plan/prueba/informe/2/\n" in aviso.cuerpo
    assert nuevo.publicacion.huella in aviso.cuerpo
    publicar_corte(editar_corte.corregir(plan.cortes.get(numero=1), "El 30 % era 35 %."), None, ahora)
    otro = Aviso.objects.filter(para="sigue@prueba.example").latest("pk")
    assert otro.asunto == "Informe corregido: Primer Informe (corrección), Plan de prueba · Secretariado"
    assert "Sustituye al Primer Informe, que sigue a la vista" in otro.cuerpo
    assert "Qué se corrige: El 30 % era 35 %." in otro.cuerpo


def test_el_corte_mas_viejo_se_compara_con_el_que_le_sigue(plan: Plan, mesa: Client) -> None:
    anterior = abrir(plan, nombre="Corte de 2025", desde=dt.date(2025, 1, 1), hasta=dt.date(2025, 12, 31))
    texto = visible(mesa.get(f"{anterior.url_de_trabajo}comparar/"))
    assert "Del Corte de 2025 (31 de diciembre de 2025) al Primer Informe (31 de marzo de 2026)" in texto
    assert "Antes no tenía avance" in texto
    publicar_corte(anterior, None, timezone.now())
    for url in ("informe/2/cambios/", "informe/2/cambios/?con=1", "informe/1/cambios/"):
        publica = visible(Client().get(f"/plan/prueba/{url}"))
        assert "Del Corte de 2025 (31 de diciembre de 2025) al Primer Informe" in publica
        assert "Antes no tenía avance" in publica


def test_lo_que_impide_publicar_va_aparte_de_lo_que_conviene(nuevo: Corte, mesa: Client) -> None:
    titulos = "//section[contains(@class, 'tareas')]"
    total = nuevo.figuras.get(accion=None, compromiso=None, eje=None)
    enviar(mesa, nuevo, {accion_de(nuevo): {"declarado": "50", "motivo": "Su oficio."}})
    for cambio, impide in (({"declarado": "60", "motivo": "Lo dijo."}, 1), ({"explicacion": "Pesa más."}, 0)):
        enviar(mesa, nuevo, {total: cambio}, "plan")
        secciones = html.fromstring(mesa.get(nuevo.url_de_trabajo).content.decode()).xpath(titulos)
        leidas = {s.findtext("h2"): len(s.xpath(".//a")) for s in secciones}
        assert leidas == {"Qué falta para publicarlo": impide, "Conviene completar": 1}


def test_corregir_lo_que_no_se_publica_no_procede(nuevo: Corte) -> None:
    with pytest.raises(ValidationError, match="Todavía no se publica"):
        editar_corte.corregir(nuevo, "Algo")


def test_un_corte_que_no_se_publico_se_puede_borrar(nuevo: Corte, mesa: Client, plan: Plan) -> None:
    assert mesa.post(f"{nuevo.url_de_trabajo}quitar/").status_code == 302
    assert [c.numero for c in plan.cortes.all()] == [1]


def test_lo_que_no_existe_es_404(nuevo: Corte, mesa: Client) -> None:
    for pagina in ("9/", "2/cifras/9.9/", "2/cifras/1.1.1/", "2/cifras/nada/", "2/comparar/?con=9"):
        assert mesa.get(f"{RAIZ}{pagina}").status_code == 404


def test_la_lectora_lo_ve_y_no_lo_cambia(nuevo: Corte, client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["auditora"])
    pagina = client.get(nuevo.url_de_trabajo)
    assert "Publicar" not in visible(pagina)
    assert client.get(f"{nuevo.url_de_trabajo}cifras/1.1/").status_code == 403


def test_consultas_fijas_con_una_accion_o_muchas(
    nuevo: Corte, mesa: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    paginas = {"": 18, "cifras/1.1/": 24, "comparar/": 19}
    for desde in (2, 40):
        for pagina, cuantas in paginas.items():
            with django_assert_num_queries(cuantas):
                assert mesa.get(f"{nuevo.url_de_trabajo}{pagina}").status_code == 200
        compromiso = nuevo.plan.ejes.get().compromisos.get(numero=1)
        for numero in range(desde, desde + 28):
            compromiso.acciones.create(numero=numero, texto="Otra")
            otro = nuevo.plan.ejes.get().compromisos.create(numero=numero, nombre="Otro")
            otro.acciones.create(numero=1, texto="Otra")
        tomar_de_reportes.llenar(nuevo)


def test_consultas_fijas_con_uno_o_muchos_cortes(
    plan: Plan, mesa: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for desde in (2, 20):
        with django_assert_num_queries(7):
            mesa.get(RAIZ)
        for numero in range(desde, desde + 18):
            Corte.objects.create(plan=plan, numero=numero, nombre="Otro", desde=HOY, hasta="2026-07-01")
