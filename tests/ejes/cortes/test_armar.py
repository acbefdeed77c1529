"""Armar un corte: lo que toma de los reportes, lo que el personal cambia y lo que se publica."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from ejes.models import Corte, Plan
from ejes.revision import dictaminar, publicar_reporte
from tests.ejes import entregas
from tests.ejes.cortes import (
    DATOS,
    HOY,
    abrir,
    accion_de,
    cuadro,
    enviar,
    leer,
    mandar,
    reporte_validado,
    valores,
)
from tests.ejes.fabricas import crear_reporte
from tests.ejes.lectura import visible
from tests.personas import Reparto

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
    ultimo = reporte.bimestre.hasta or HOY
    assert accion_de(abrir(plan, hasta=ultimo)).declarado == 45
    assert accion_de(abrir(plan, hasta=ultimo - dt.timedelta(days=1))).declarado is None


def test_mientras_se_corrige_vale_lo_ultimo_que_se_publico(reparto: Reparto, plan: Plan) -> None:
    publicado = entregas.publicar(entregas.crear_entrega(reparto, crear_reporte(reparto, HOY, plan)))
    reporte = publicado.reporte
    publicar_reporte.corregir(reporte, "La cifra no era.", None, timezone.now())
    reporte.avances.update(declarado=99)
    entregas.enviar(reporte)
    figura = accion_de(abrir(plan))
    assert figura.declarado == 45
    assert figura.entrega == publicado.entrega


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


def test_de_una_evidencia_se_dice_lo_publicado_y_no_lo_que_se_revisa(reparto: Reparto, plan: Plan) -> None:
    entrega = entregas.crear_entrega(reparto, crear_reporte(reparto, HOY, plan))
    liga = entrega.evidencias.get(archivo=None)
    dicho: Any = {"por": None, "cuando": timezone.now()}
    dictaminar.dictaminar_evidencia(entrega, liga, "observada", motivo="Pide contraseña.", **dicho)
    reporte = entregas.publicar(entrega).reporte
    publicar_reporte.corregir(reporte, "La cifra no era.", None, timezone.now())
    otra = entregas.enviar(reporte)
    dictaminar.dictaminar_evidencia(otra, liga, "observada", motivo="Zarzaparrilla en borrador.", **dicho)
    corte = abrir(plan)
    (citada,) = cuadro(corte).acciones[0].evidencias
    assert (citada.revision, citada.motivo) == ("observada", "Pide contraseña.")
    dictaminar.validar_el_resto(otra, None, timezone.now())
    dictaminar.validar(otra, None, timezone.now())
    publicar_reporte.publicar(otra.reporte, None, timezone.now())
    (citada,) = cuadro(corte).acciones[0].evidencias
    assert (citada.revision, citada.motivo) == ("observada", "Zarzaparrilla en borrador.")


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
    assert "avance: decía «Sin cifra» y dice «36.25 %». Consta en su oficio." in pagina


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
        ({"ligas": "javascript:alert(1)", "motivo": "x"}, "«javascript:alert(1)»: La dirección debe empezar"),
        ({"ligas": "http://gob.example/a", "motivo": "x"}, "debe empezar con https://"),
        ({"ligas": "https://localhost/a", "motivo": "x"}, "solo funciona dentro de una red"),
        ({"ligas": "https://ana:clave@gob.example/a", "motivo": "x"}, "lleva un usuario o contraseña"),
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


def test_una_liga_que_ya_estaba_se_queda_aunque_hoy_no_se_admita(nuevo: Corte, mesa: Client) -> None:
    figura = accion_de(nuevo)
    figura.ligas.create(direccion="http://historico.example/informe")
    juntas = "http://historico.example/informe\nhttps://gob.example/nueva"
    assert enviar(mesa, nuevo, {figura: {"ligas": juntas, "motivo": "Otra."}}).status_code == 302
    assert [liga.direccion for liga in figura.ligas.all()] == juntas.splitlines()


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
    repetida = valores(forma)
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
    assert accion_de(nuevo).declarado == 40
    assert nuevo.figuras.get(compromiso__isnull=False).declarado == 41


def test_los_datos_del_corte_no_se_pisan(nuevo: Corte, mesa: Client) -> None:
    pagina = f"{nuevo.url_de_trabajo}datos/"
    assert mesa.post(pagina, DATOS | {"nombre": "Uno", "version": "1"}).status_code == 302
    choque = mesa.post(pagina, DATOS | {"nombre": "Otro", "version": "1"})
    assert choque.status_code == 409
    assert "Nombre: Uno" in visible(choque)
    assert mesa.post(pagina, DATOS | {"nombre": "Otro", "version": "2"}).status_code == 302
    nuevo.refresh_from_db()
    assert nuevo.nombre == "Otro"
