"""Las páginas del informe: sin JavaScript, con autoguardado, y para quien no le toca."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from municipios.informes import escribir
from municipios.informes.trimestres import Trimestre, de
from municipios.models import InformeTrimestral
from municipios.views.informes import ENTREGADO, ENTREGADO_PROPIO, SIN_QUIEN
from sesiones import models as m
from sesiones.estados import TipoRol
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.fabricas import crear_sesion
from tests.municipios.fabricas import crear_municipal
from tests.personas import DESDE, Reparto

from .llenar import AHORA, en_blanco, entregado, escrito, municipal

pytestmark = pytest.mark.django_db
AUTO = {"X-Autoguardado": "1"}


@pytest.fixture
def leon() -> Reparto:
    """El secretariado municipal."""
    return municipal()


@pytest.fixture
def enlace(leon: Reparto, client: Client) -> Client:
    """La enlace municipal, ya dentro."""
    client.force_login(_enlace(leon.organo))
    return client


def _enlace(organo: m.Organo) -> Usuario:
    cuenta = Usuario.objects.create_user(f"enlace.{organo.clave}@prueba.example", nombre="Enlace de Prueba")
    m.Rol.objects.create(usuario=cuenta, organo=organo, tipo=TipoRol.ENLACE, vigente_desde=DESDE)
    return cuenta


def direccion(nombre: str, informe: InformeTrimestral, *extra: str) -> str:
    """De esa acción del informe."""
    return reverse(f"informes:{nombre}", args=(informe.organo.clave, informe.numero, *extra))


def llenado(html: str) -> dict[str, str]:
    """Lo que el navegador enviaría sin tocar nada: versiones y huellas, con los textos vacíos."""
    ocultos = re.findall(r'<input type="hidden" name="(m\d+-[a-z]+-(?:version|base))" value="([^"]*)"', html)
    return dict(ocultos)


def test_la_enlace_empieza_escribe_sin_javascript_y_entrega(enlace: Client, leon: Reparto) -> None:
    lista = reverse("informes:lista", args=(leon.organo.clave,))
    assert "Empezar un informe" in enlace.get(lista).content.decode()
    trimestre = de(timezone.localdate()).anterior.anterior
    empezar = reverse("informes:empezar", args=(leon.organo.clave,))
    respuesta = enlace.post(empezar, {"trimestre": trimestre.clave, "numero": "7"}, follow=True)
    informe = InformeTrimestral.objects.get()
    assert (informe.numero, informe.periodo) == (7, str(trimestre))
    datos = llenado(respuesta.content.decode())
    assert len(datos) == 24
    datos |= {f"m{mes}-resultados-texto": f"Resultado de {mes}" for mes in informe.meses}
    siguiente = enlace.post(direccion("guardar", informe), datos)
    assert siguiente.headers["Location"] == informe.get_absolute_url()
    assert sorted(informe.textos.exclude(texto="").values_list("mes", flat=True)) == [*informe.meses]
    enlace.post(direccion("entregar", informe))
    informe.refresh_from_db()
    assert informe.estado == "entregado"


def test_lo_que_no_se_ofrece_se_rechaza_con_su_frase(enlace: Client, leon: Reparto) -> None:
    empezar = reverse("informes:empezar", args=(leon.organo.clave,))
    for datos, frase in (
        ({}, "Elige el trimestre."),
        ({"trimestre": "2099-1"}, "Ese trimestre no se ofrece."),
        ({"trimestre": de(timezone.localdate()).clave, "numero": "cero"}, "Escribe un número del 1 al 9999."),
    ):
        respuesta = enlace.post(empezar, datos)
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    assert not InformeTrimestral.objects.exists()


def test_solo_los_secretariados_municipales_llevan_informes(client: Client, leon: Reparto) -> None:
    estatal = leon.organo.acompanado_por
    assert estatal
    m.Rol.objects.create(
        usuario=leon.cuentas["facilitadora"], organo=estatal, tipo=TipoRol.FACILITADORA, vigente_desde=DESDE
    )
    client.force_login(leon.cuentas["facilitadora"])
    assert client.get(reverse("informes:lista", args=(leon.organo.clave,))).status_code == 200
    assert client.get(reverse("informes:lista", args=(estatal.clave,))).status_code == 404
    empezar = reverse("informes:empezar", args=(estatal.clave,))
    assert client.post(empezar, {"trimestre": de(timezone.localdate()).clave}).status_code == 404


def test_entregado_mientras_se_guardaba_conserva_lo_escrito(
    enlace: Client, leon: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    informe = en_blanco(leon)
    datos = llenado(enlace.get(direccion("escribir", informe)).content.decode())
    datos |= {"m7-difusion-texto": "Esto sí cupo", "m8-difusion-texto": "Esto llegó tarde"}
    guardar = escribir.guardar

    def y_se_entrega(texto: Any, *args: Any) -> Any:
        hecho = guardar(texto, *args)
        InformeTrimestral.objects.update(estado="entregado")
        return hecho

    monkeypatch.setattr(escribir, "guardar", y_se_entrega)
    respuesta = enlace.post(direccion("guardar", informe), datos)
    html = respuesta.content.decode()
    assert (respuesta.status_code, "ya se entregó" in html) == (409, True)
    assert "Esto llegó tarde" in html
    assert "Difusión de agosto" in html
    assert "Esto sí cupo" not in html
    assert informe.textos.get(mes=7, apartado="difusion").texto == "Esto sí cupo"


def test_dos_personas_a_la_vez_ven_ambos_textos(enlace: Client, leon: Reparto) -> None:
    informe = en_blanco(leon)
    datos = llenado(enlace.get(direccion("escribir", informe)).content.decode())
    texto = informe.textos.get(mes=7, apartado="difusion")
    escribir.guardar(texto, 1, leon.cuentas["facilitadora"], "Lo que llegó antes")
    datos |= {"m7-difusion-texto": "Lo que llegó después", "m8-difusion-texto": "Esto sí cabe"}
    respuesta = enlace.post(direccion("guardar", informe), datos)
    html = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Lo que llegó antes" in html
    assert "Lo que llegó después" in html
    texto.refresh_from_db()
    assert texto.texto == "Lo que llegó antes"
    assert informe.textos.get(mes=8, apartado="difusion").texto == "Esto sí cabe"
    otra_vez = llenado(html) | {"m7-difusion-texto": "Los dos", "m8-difusion-texto": "Esto sí cabe"}
    assert enlace.post(direccion("guardar", informe), otra_vez).status_code == 302
    texto.refresh_from_db()
    assert texto.texto == "Los dos"


def test_el_autoguardado_responde_version_choque_o_estado(enlace: Client, leon: Reparto) -> None:
    informe = en_blanco(leon)
    url = direccion("texto", informe, "m7-reuniones")
    datos = {"m7-reuniones-texto": "Una", "version": "1"}
    assert enlace.post(url, datos, headers=AUTO).json() == {"version": 2}
    choque = enlace.post(url, datos | {"m7-reuniones-texto": "Otra"}, headers=AUTO)
    assert (choque.status_code, choque.json()["texto"], choque.json()["version"]) == (409, "Una", 2)
    mala = enlace.post(url, {"m7-reuniones-texto": "Otra"}, headers=AUTO)
    assert (mala.status_code, mala.json()["error"]) == (422, "texto")
    InformeTrimestral.objects.update(estado="entregado")
    tarde = enlace.post(url, datos | {"version": "2"}, headers=AUTO)
    assert (tarde.status_code, tarde.json()["error"]) == (409, "estado")
    assert enlace.post(direccion("texto", informe, "m1-reuniones"), datos, headers=AUTO).status_code == 404


def test_lo_escrito_despues_de_entregar_se_muestra_para_copiarlo(enlace: Client, leon: Reparto) -> None:
    informe = escrito(leon)
    datos = llenado(enlace.get(direccion("escribir", informe)).content.decode())
    datos |= {f"m{mes}-actividades-texto": f"Se difundió en el mes {mes}." for mes in (7, 8, 9)}
    escribir.entregar(informe, None, AHORA)
    respuesta = enlace.post(direccion("guardar", informe), datos | {"m9-difusion-texto": "Casi lo pierdo"})
    assert respuesta.status_code == 409
    assert respuesta.content.decode().count("<textarea") == 1
    assert "Casi lo pierdo" in respuesta.content.decode()


def test_insertar_agrega_la_sesion_y_conserva_lo_escrito(enlace: Client, leon: Reparto) -> None:
    sesion = crear_sesion(leon, fecha=dt.date(2026, 8, 4))
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    informe = en_blanco(leon)
    datos = llenado(enlace.get(direccion("escribir", informe)).content.decode())
    datos |= {"m8-reuniones-texto": "Primero esto.", "insertar": str(sesion.pk)}
    respuesta = enlace.post(direccion("guardar", informe), datos)
    assert respuesta.headers["Location"].endswith("/escribir/#m8-reuniones")
    assert informe.textos.get(mes=8, apartado="reuniones").texto == (
        f"Primero esto.\n\nSe celebró la {sesion.designacion} el 4 de agosto de 2026, sin acuerdos."
    )
    assert enlace.post(direccion("guardar", informe), {**datos, "insertar": "999999"}).status_code in (
        404,
        409,
    )


@pytest.mark.parametrize("de", ["facilitadora", "enlace", "integrante"])
def test_para_la_gente_de_otro_municipio_no_existe(client: Client, leon: Reparto, de: str) -> None:
    silao = crear_municipal(leon.organo.acompanado_por, "stm-silao", "11037")  # type: ignore[arg-type]  # lo tiene
    informe = escrito(leon)
    client.force_login(_enlace(silao.organo) if de == "enlace" else silao.cuentas[de])
    for nombre in ("informe", "escribir", "previa"):
        assert client.get(direccion(nombre, informe)).status_code == 404
    for nombre in ("guardar", "entregar", "devolver", "presentar", "descartar"):
        assert client.post(direccion(nombre, informe)).status_code == 404
    assert client.post(direccion("texto", informe, "m7-reuniones")).status_code == 404


def test_la_enlace_estatal_lee_y_no_escribe_y_la_municipal_no_presenta(client: Client, leon: Reparto) -> None:
    informe = entregado(leon)
    estatal: Any = leon.organo.acompanado_por
    client.force_login(_enlace(estatal))
    assert client.get(direccion("informe", informe)).status_code == 200
    assert client.post(direccion("devolver", informe), {"motivo": "x"}).status_code == 403
    client.force_login(_enlace(leon.organo))
    assert client.post(direccion("presentar", informe)).status_code == 403


def test_al_entregar_dice_a_quien_le_toca_y_le_avisa(enlace: Client, leon: Reparto) -> None:
    informe = escrito(leon)
    pagina = enlace.post(direccion("entregar", informe), follow=True).content.decode()
    assert ENTREGADO in pagina
    assert f"Le toca a quien conduce el secretariado: {leon.cuentas['administradora']}, " in pagina
    assert "Recuperarlo para corregir" in pagina
    assert "Devolverlo para corregir" not in pagina
    avisos = Aviso.objects.filter(motivo=f"informe-entregado:{informe.pk}:1")
    conducen = ("administradora", "colega", "facilitadora")
    assert {a.para for a in avisos} == {leon.cuentas[quien].email for quien in conducen}
    aviso = avisos.earliest("pk")
    assert aviso.asunto.startswith("Se entregó el informe trimestral 1, julio a septiembre de 2026 · ")
    assert informe.get_absolute_url() in aviso.cuerpo
    assert "Enlace de Prueba entregó el informe" in aviso.cuerpo
    recupera = enlace.post(direccion("devolver", informe), {"motivo": "Falta agosto"}, follow=True)
    assert "Recuperaste el informe" in recupera.content.decode()
    enlace.post(direccion("entregar", informe))
    assert Aviso.objects.filter(motivo=f"informe-entregado:{informe.pk}:2").count() == len(conducen)


def test_quien_conduce_y_entrega_no_se_avisa_a_si_misma(client: Client, leon: Reparto) -> None:
    informe = escrito(leon)
    client.force_login(leon.cuentas["facilitadora"])
    pagina = client.post(direccion("entregar", informe), follow=True).content.decode()
    assert ENTREGADO_PROPIO in pagina
    assert "Recuperarlo para corregir" in pagina
    assert not Aviso.objects.filter(para=leon.cuentas["facilitadora"].email).exists()
    client.force_login(leon.cuentas["administradora"])
    assert "Devolverlo para corregir" in client.get(informe.get_absolute_url()).content.decode()


def test_sin_quien_conduzca_no_dice_que_aviso(enlace: Client, leon: Reparto) -> None:
    informe = escrito(leon)
    m.Rol.objects.filter(organo=leon.organo).exclude(tipo=TipoRol.ENLACE).delete()
    assert SIN_QUIEN in enlace.post(direccion("entregar", informe), follow=True).content.decode()
    assert not Aviso.objects.exists()


def test_quien_conduce_lo_devuelve_con_motivo_o_lo_presenta(client: Client, leon: Reparto) -> None:
    informe = entregado(leon)
    client.force_login(leon.cuentas["facilitadora"])
    sin_motivo = client.post(direccion("devolver", informe), {"motivo": ""})
    assert (sin_motivo.status_code, "Escribe qué hay que corregir." in sin_motivo.content.decode()) == (
        422,
        True,
    )
    nada = client.post(direccion("presentar", informe), {"donde": "p999"})
    assert (nada.status_code, "ya no admite cambios" in nada.content.decode()) == (422, True)
    sesion = crear_sesion(leon)
    pagina = client.post(
        direccion("presentar", informe), {"donde": f"s{sesion.pk}"}, follow=True
    ).content.decode()
    assert f"Se presentará en la {sesion.designacion}" in pagina
    assert "Se presentará en sesión" in pagina
    assert "Presentado en sesión" not in pagina
    assert sesion.anexos.get().archivo
    lista = client.get(reverse("informes:lista", args=(leon.organo.clave,))).content.decode()
    assert ("Se presentará en sesión" in lista, "Presentado en sesión" in lista) == (True, False)


def test_se_quita_de_la_sesion_desde_su_pagina_mientras_se_edita(client: Client, leon: Reparto) -> None:
    informe, sesion = entregado(leon), crear_sesion(leon)
    client.force_login(leon.cuentas["facilitadora"])
    assert client.post(direccion("quitar", informe)).status_code == 409
    client.post(direccion("presentar", informe), {"donde": f"s{sesion.pk}"})
    assert "Quitar de la sesión" in client.get(informe.get_absolute_url()).content.decode()
    m.Sesion.objects.update(estado="concluida")
    m.Punto.objects.update(resultado="presentado")
    concluida = client.get(informe.get_absolute_url()).content.decode()
    assert ("Presentado en sesión" in concluida, "Quitar de la sesión" in concluida) == (True, False)
    assert client.post(direccion("quitar", informe)).status_code == 422
    m.Sesion.objects.update(estado="convocada")
    respuesta = client.post(direccion("quitar", informe), follow=True)
    assert "Se quitó de la sesión" in respuesta.content.decode()
    informe.refresh_from_db()
    assert (informe.estado, informe.anexo, sesion.anexos.count()) == ("entregado", None, 0)


def test_cancelada_la_sesion_la_pagina_lo_dice_y_ofrece_otra(client: Client, leon: Reparto) -> None:
    informe, cancelada, otra = entregado(leon), crear_sesion(leon), crear_sesion(leon, numero=2)
    client.force_login(leon.cuentas["facilitadora"])
    client.post(direccion("presentar", informe), {"donde": f"s{cancelada.pk}"})
    client.post(reverse("mesa:cancelar", args=(leon.organo.clave, cancelada.clave)), {"motivo": "Sin sede"})
    pagina = client.get(informe.get_absolute_url()).content.decode()
    assert f"La {cancelada.designacion} del" in pagina
    assert "se canceló." in pagina
    assert "puede presentarse en otra sesión" in pagina
    siguiente = client.post(direccion("presentar", informe), {"donde": f"s{otra.pk}"}, follow=True)
    assert f"Se presentará en la {otra.designacion}" in siguiente.content.decode()
    assert "se canceló." not in siguiente.content.decode().split("Historia del informe")[0]
    assert otra.anexos.count() == 1


def test_concluida_sin_verlo_se_presenta_en_otra_y_ya_visto_no(client: Client, leon: Reparto) -> None:
    informe, sesion = entregado(leon), crear_sesion(leon)
    client.force_login(leon.cuentas["facilitadora"])
    client.post(direccion("presentar", informe), {"donde": f"s{sesion.pk}"})
    m.Sesion.objects.update(estado="concluida")
    m.Punto.objects.update(resultado="presentado")
    assert "Presentarlo en otra sesión" not in client.get(informe.get_absolute_url()).content.decode()
    m.Punto.objects.update(resultado="pospuesto", motivo="Faltó tiempo")
    assert "Presentarlo en otra sesión" in client.get(informe.get_absolute_url()).content.decode()
    pagina = client.post(direccion("quitar", informe), follow=True).content.decode()
    assert f"El punto se pospuso en la {sesion.designacion}" in pagina
    informe.refresh_from_db()
    assert (informe.estado, sesion.anexos.count()) == ("entregado", 1)


def test_la_lista_cuesta_lo_mismo_con_uno_que_con_muchos(
    client: Client, leon: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(leon.cuentas["facilitadora"])
    lista = reverse("informes:lista", args=(leon.organo.clave,))
    en_blanco(leon)
    client.get(lista)
    for trimestre in (Trimestre(2026, 2), Trimestre(2026, 1)):
        with django_assert_num_queries(10):
            client.get(lista)
        en_blanco(leon, trimestre)
