"""Armar un corte: lo que toma de los reportes, lo que el personal cambia y lo que se publica."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from ejes import editar_corte, publicar_reporte, tomar_de_reportes
from ejes.corte import tomar
from ejes.models import Corte, CortePublicado, Figura, Plan
from ejes.publicar import DE_UN_CORTE, leido
from ejes.publicar import publicar as publicar_corte
from stl_portal.archivo import almacen
from tests.cuentas.codigos import identificarse
from tests.ejes import entregas
from tests.ejes.fabricas import crear_plan, crear_reporte
from tests.ejes.lectura import visible
from tests.hechos import texto_de_pdf
from tests.personas import Reparto

HOY = dt.date(2026, 6, 30)
DATOS = {"nombre": "Segundo Informe", "desde": "2026-04-01", "hasta": "2026-06-30"}
RAIZ = "/gestion/cortes/prueba/"


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    return crear_plan(reparto.organo)


@pytest.fixture
def mesa(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


@pytest.fixture
def nuevo(plan: Plan) -> Corte:
    return abrir(plan)


def abrir(plan: Plan, **cambios: Any) -> Corte:
    campos = {"nombre": "Segundo Informe", "desde": dt.date(2026, 4, 1), "hasta": HOY}
    return editar_corte.abrir(plan, **{**campos, **cambios})


def accion_de(corte: Corte) -> Figura:
    return corte.figuras.get(accion__isnull=False)


def reporte_validado(reparto: Reparto, plan: Plan) -> Any:
    """El reporte de un bimestre que terminó antes del corte, validado: declara 45 % y se verificó 30 %."""
    return entregas.validar(entregas.crear_entrega(reparto, crear_reporte(reparto, HOY, plan)))


def cuadro(corte: Corte) -> Any:
    return tomar(Corte.objects.select_related(*DE_UN_CORTE).get(pk=corte.pk))


# --- Lo que toma de los reportes ---


def test_toma_lo_declarado_lo_verificado_y_de_donde_salio(reparto: Reparto, plan: Plan) -> None:
    reporte_validado(reparto, plan)
    accion = cuadro(abrir(plan)).acciones[0]
    assert (accion.declarado, accion.verificado, accion.nota) == (45, 30, f"Nota de {entregas.SECRETO}")
    assert accion.procedencia == "Reporte de Bimestre 1, Asociación de Prueba prueba, envío 1"
    assert cuadro(plan.cortes.get(numero=2)).compromisos[0].responsable == "C. Darío Vega Cruz"


def test_un_reporte_sin_validar_o_posterior_no_entra(reparto: Reparto, plan: Plan) -> None:
    reporte = crear_reporte(reparto, HOY, plan)
    entrega = entregas.crear_entrega(reparto, reporte)
    assert accion_de(abrir(plan)).declarado is None
    entregas.validar(entrega)
    assert accion_de(abrir(plan, hasta=reporte.bimestre.hasta)).declarado == 45
    assert accion_de(abrir(plan, hasta=reporte.bimestre.hasta - dt.timedelta(days=1))).declarado is None


def test_mientras_se_corrige_vale_lo_ultimo_que_se_publico(reparto: Reparto, plan: Plan) -> None:
    publicado = entregas.publicar(entregas.crear_entrega(reparto, crear_reporte(reparto, HOY, plan)))
    reporte = publicado.reporte
    publicar_reporte.corregir(reporte, "La cifra no era.", None, timezone.now())
    reporte.avances.update(declarado=99)
    entregas.enviar(reporte)
    figura = accion_de(abrir(plan))
    assert (figura.declarado, figura.entrega) == (45, publicado.entrega)


def test_donde_nadie_reporto_conserva_lo_anterior_solo_si_se_pide_y_lo_dice(plan: Plan) -> None:
    assert accion_de(abrir(plan)).declarado is None
    figura = accion_de(abrir(plan, conserva=True))
    assert figura.declarado == 30
    assert figura.procedencia == "Del Primer Informe; no hay reporte posterior"


def test_solo_se_citan_las_evidencias_ya_publicas(reparto: Reparto, plan: Plan, mesa: Client) -> None:
    reporte = reporte_validado(reparto, plan)
    corte = abrir(plan)
    assert cuadro(corte).acciones[0].evidencias == ()
    pagina = visible(mesa.get(corte.url_de_trabajo))
    assert "Todavía una evidencia no es pública" in pagina
    assert "Página Zarzaparrilla" not in pagina
    publicar_reporte.publicar(reporte, None, timezone.now())
    (citada,) = cuadro(corte).acciones[0].evidencias
    assert (citada.titulo, citada.liga) == ("Página Zarzaparrilla", "https://zarzaparrilla.example/avance")
    assert re.fullmatch("[0-9a-f]{64}", citada.huella)
    assert "Todavía una evidencia" not in visible(mesa.get(corte.url_de_trabajo))


def test_tomar_otra_vez_no_pisa_lo_que_ya_se_cambio(reparto: Reparto, plan: Plan, mesa: Client) -> None:
    corte = abrir(plan)
    otra = plan.ejes.get().compromisos.get().acciones.create(numero=2, texto="Otra")
    figura = accion_de(corte)
    enviar(mesa, corte, {figura: {"declarado": "70", "motivo": "Consta en su oficio."}})
    reporte_validado(reparto, plan)
    respuesta = mesa.post(f"{corte.url_de_trabajo}tomar/", follow=True)
    assert "Una acción cambió" in visible(respuesta) or "Una acción cambió" in respuesta.content.decode()
    figura.refresh_from_db()
    assert figura.declarado == 70
    assert corte.figuras.get(accion=otra).declarado == 45


# --- Lo que el personal cambia ---


def enviar(client: Client, corte: Corte, cambios: dict[Figura, dict[str, str]], codigo: str = "1.1") -> Any:
    """Abre la página, cambia lo pedido y la envía como lo haría un navegador."""
    return mandar(client, corte, leer(client, corte, codigo), cambios, codigo)


def leer(client: Client, corte: Corte, codigo: str = "1.1") -> dict[str, str]:
    """Lo que la forma enviaría sin tocarla."""
    pagina = html.fromstring(client.get(f"{corte.url_de_trabajo}cifras/{codigo}/").content.decode())
    (forma,) = pagina.xpath("//form[contains(@class, 'cifras')]")
    return _valores(forma)


def _valores(forma: Any) -> dict[str, str]:
    """Como los lee un navegador: sin el primer salto de un cuadro de texto."""
    return {nombre: (valor or "").removeprefix("\n") for nombre, valor in forma.form_values()}


def mandar(
    client: Client,
    corte: Corte,
    leido: dict[str, str],
    cambios: dict[Figura, dict[str, str]],
    codigo: str = "1.1",
) -> Any:
    nuevos = {f"f{f.pk}-{campo}": valor for f, suyos in cambios.items() for campo, valor in suyos.items()}
    return client.post(f"{corte.url_de_trabajo}cifras/{codigo}/", leido | nuevos)


def test_sin_cambiar_nada_no_se_anota_nada(nuevo: Corte, mesa: Client) -> None:
    assert enviar(mesa, nuevo, {}).status_code == 302
    assert [f.version for f in nuevo.figuras.all()] == [1, 1, 1, 1]


def test_cada_cambio_dice_quien_cuando_que_decia_y_por_que(nuevo: Corte, mesa: Client) -> None:
    figura = accion_de(nuevo)
    cambios = {"declarado": "36.25 %", "nota": "Faltan dos.", "motivo": "Consta en su oficio."}
    assert enviar(mesa, nuevo, {figura: cambios}).status_code == 302
    hechas = {e.que: (e.antes, e.ahora, e.motivo, e.por.nombre) for e in figura.ediciones.all() if e.por}
    quien = "Facilitadora de Prueba"
    assert hechas == {
        "avance": ("Sin cifra", "36.25 %", "Consta en su oficio.", quien),
        "nota aclaratoria": ("Sin nota", "Faltan dos.", "Consta en su oficio.", quien),
    }
    pagina = visible(mesa.get(nuevo.url_de_trabajo))
    assert "avance: decía «Sin cifra» y ahora dice «36.25 %». Consta en su oficio." in pagina


@pytest.mark.parametrize("codigo", ["1.1", "1", "plan"])
def test_se_declara_en_todos_los_niveles(nuevo: Corte, mesa: Client, codigo: str) -> None:
    figura = nuevo.figuras.get(accion=None, compromiso__isnull=codigo != "1.1", eje__isnull=codigo != "1")
    cambios = {"declarado": "40", "motivo": "Lo acordó el pleno.", "explicacion": "Es otra cuenta."}
    assert enviar(mesa, nuevo, {figura: cambios}, codigo).status_code == 302
    renglon = cuadro(nuevo).de("" if codigo == "plan" else codigo)
    assert (renglon.declarado, renglon.explicacion, len(renglon.ediciones)) == (40, "Es otra cuenta.", 1)


def test_asterisco_y_explicacion_no_piden_motivo(nuevo: Corte, mesa: Client) -> None:
    assert enviar(mesa, nuevo, {accion_de(nuevo): {"con_asterisco": "on"}}).status_code == 302
    assert accion_de(nuevo).con_asterisco
    assert not accion_de(nuevo).ediciones.exists()


@pytest.mark.parametrize(
    ("escrito", "frase"),
    [
        ({"declarado": "101", "motivo": "x"}, "100"),
        ({"declarado": "-1", "motivo": "x"}, "100"),
        ({"declarado": "mucho", "motivo": "x"}, "Escribe solo un número de 0 a 100"),
        ({"declarado": "36,25", "motivo": "x"}, "Los decimales van con punto: 36.25."),
        ({"declarado": "50"}, "Di por qué lo cambias"),
        ({"declarado": "50", "textual": "a medias", "motivo": "x"}, "Escribe un porcentaje o palabras"),
        ({"ligas": "javascript:alert(1)", "motivo": "x"}, "no es una dirección"),
        ({"version": ""}, ""),
    ],
)
def test_lo_que_no_cabe_se_dice_en_su_campo_y_no_se_pierde(
    nuevo: Corte, mesa: Client, escrito: dict[str, str], frase: str
) -> None:
    figura = accion_de(nuevo)
    respuesta = enviar(mesa, nuevo, {figura: escrito})
    assert respuesta.status_code == 422
    arbol = html.fromstring(respuesta.content.decode())
    errores = " ".join(" ".join(nodo.itertext()) for nodo in arbol.find_class("campo__error"))
    assert frase in errores
    for campo, valor in escrito.items():
        (control,) = arbol.xpath(f"//*[@name='f{figura.pk}-{campo}']")
        assert (control.get("value") or control.text or "").strip() == valor
    assert accion_de(nuevo).declarado is None


def test_si_alguien_guardo_antes_se_ven_los_dos_y_nada_se_pierde(
    nuevo: Corte, mesa: Client, reparto: Reparto
) -> None:
    figura, abierta = accion_de(nuevo), leer(mesa, nuevo)
    otra = Client()
    otra.force_login(reparto.cuentas["colega"])
    enviar(otra, nuevo, {figura: {"declarado": "40", "motivo": "Primero."}})
    mio = {"declarado": "60", "motivo": "Después."}
    choque = mandar(mesa, nuevo, abierta, {figura: mio})
    assert choque.status_code == 409
    texto = visible(choque)
    assert "Colega de Prueba guardó antes que tú" in texto
    assert "avance, «40 %»" in texto
    assert accion_de(nuevo).declarado == 40
    forma = html.fromstring(choque.content.decode()).xpath("//form[contains(@class, 'cifras')]")[0]
    repetida = _valores(forma)
    assert (repetida[f"f{figura.pk}-declarado"], repetida[f"f{figura.pk}-motivo"]) == ("60", "Después.")
    assert mandar(mesa, nuevo, repetida, {}).status_code == 302
    assert accion_de(nuevo).declarado == 60
    assert [e.antes for e in accion_de(nuevo).ediciones.all()] == ["Sin cifra", "40 %"]


def test_dos_personas_en_renglones_distintos_no_chocan(nuevo: Corte, mesa: Client, reparto: Reparto) -> None:
    accion, compromiso, abierta = (
        accion_de(nuevo),
        nuevo.figuras.get(compromiso__isnull=False),
        leer(mesa, nuevo),
    )
    otra = Client()
    otra.force_login(reparto.cuentas["colega"])
    enviar(otra, nuevo, {accion: {"declarado": "40", "motivo": "x"}})
    assert mandar(mesa, nuevo, abierta, {compromiso: {"declarado": "41", "motivo": "y"}}).status_code == 302
    assert (accion_de(nuevo).declarado, nuevo.figuras.get(compromiso__isnull=False).declarado) == (40, 41)


def test_los_datos_del_corte_no_se_pisan(nuevo: Corte, mesa: Client) -> None:
    pagina = f"{nuevo.url_de_trabajo}datos/"
    assert mesa.post(pagina, DATOS | {"nombre": "Uno", "version": "1"}).status_code == 302
    choque = mesa.post(pagina, DATOS | {"nombre": "Otro", "version": "1"})
    assert choque.status_code == 409
    assert "Nombre: Uno" in visible(choque)
    assert mesa.post(pagina, DATOS | {"nombre": "Otro", "version": "2"}).status_code == 302
    nuevo.refresh_from_db()
    assert nuevo.nombre == "Otro"


# --- De principio a fin ---


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
    paginas = {"": 17, "cifras/1.1/": 23, "comparar/": 19}
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
