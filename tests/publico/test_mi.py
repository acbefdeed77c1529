"""Mi portal: a cada quien lo suyo, lo más urgente primero, cada cosa con su botón."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.archivo.models import Archivo
from stl_portal.avisos import envio
from stl_portal.espanol import fecha_larga
from tests import fabricas
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.apariencia

MI = reverse("mi")


def _titulos(texto: str) -> list[str]:
    """Títulos de lo pendiente, en orden; antes de cada uno va su órgano."""
    con_organo = r'<li class="pendiente[^"]*">\s*<div>\s*<p class="nota">[^<]+</p>\s*<h3>([^<]+)</h3>'
    return re.findall(con_organo, texto)


def test_la_facilitadora_ve_primero_lo_que_esta_en_curso(client: Client, reparto: Reparto) -> None:
    hoy = timezone.localdate()
    en_curso = fabricas.crear_en_curso(reparto, fecha=hoy)
    despues = fabricas.crear_sesion(reparto, fecha=hoy + dt.timedelta(days=60))
    anterior = fabricas.crear_en_curso(reparto, fecha=hoy - dt.timedelta(days=9))
    m.Acuerdo.agregar(anterior.puntos.get(), texto="Difundir", plazo=("", hoy))
    m.Plazo.objects.update(fecha=hoy - dt.timedelta(days=3))
    cerrar(anterior, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    client.force_login(reparto.cuentas["facilitadora"])
    texto = client.get(MI).content.decode()
    assert _titulos(texto) == [en_curso.designacion, "Un acuerdo pasó de su fecha", despues.designacion]
    assert "Continuar la sesión" in texto
    assert "Preparar la convocatoria" in texto
    assert reverse("registros:organo", args=("prueba",)) in texto


def test_la_fecha_limite_para_convocar_sale_de_la_regla(client: Client, reparto: Reparto) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(aviso_ordinaria=3)
    fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7))  # miércoles: tres hábiles antes es viernes
    client.force_login(reparto.cuentas["facilitadora"])
    assert "a más tardar el 2 de enero de 2099" in client.get(MI).content.decode()


def test_la_integrante_ve_su_sesion_convocada_y_nada_de_otro_organo(client: Client, reparto: Reparto) -> None:
    hoy = timezone.localdate()
    otro = crear_reparto("otro")
    ajena = fabricas.crear_sesion(otro, fecha=hoy + dt.timedelta(days=5), designacion="Sesión ajena")
    propia = fabricas.crear_sesion(reparto, fecha=hoy + dt.timedelta(days=5))
    preparada = fabricas.crear_sesion(
        reparto, fecha=hoy + dt.timedelta(days=40), designacion="Aún en preparación"
    )
    for sesion in (ajena, propia):
        fabricas.avisar(sesion)
    client.force_login(reparto.cuentas["integrante"])
    texto = client.get(MI).content.decode()
    assert _titulos(texto) == [propia.designacion]
    assert "Ver el orden del día" in texto
    assert ajena.designacion not in texto
    assert preparada.designacion not in texto


def test_mientras_se_prepara_la_enmienda_la_integrante_lee_lo_que_se_le_aviso(
    client: Client, reparto: Reparto
) -> None:
    avisada, otra = (timezone.localdate() + dt.timedelta(days=n) for n in (5, 9))
    sesion = fabricas.crear_sesion(reparto, fecha=avisada, lugar="Sala avisada")
    fabricas.avisar(sesion)
    m.Sesion.objects.filter(pk=sesion.pk).update(fecha=otra, lugar="Sala en preparación")
    client.force_login(reparto.cuentas["integrante"])
    texto = client.get(MI).content.decode()
    assert "Sala avisada" in texto
    assert "Sala en preparación" not in texto
    assert fecha_larga(avisada).capitalize() in texto


def test_el_plazo_para_publicar_el_acta_sale_de_la_regla(client: Client, reparto: Reparto) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(publicacion_dias=3)
    viernes = dt.date(2025, 9, 12)  # el martes siguiente es inhábil
    sesion = fabricas.crear_sesion(reparto, fecha=viernes, estado="concluida")
    trabajo = fabricas.crear_sesion(reparto, fecha=viernes, estado="concluida", tipo="trabajo")
    client.force_login(reparto.cuentas["facilitadora"])
    texto = client.get(MI).content.decode()
    assert f"Publica el acta de la {sesion}" in texto
    assert "A más tardar el 18 de septiembre de 2025" in texto
    assert f"Publica el acta de la {trabajo}" not in texto
    acta = m.Acta.de(sesion)
    m.Acta.objects.filter(pk=acta.pk).update(estado="publicada")
    assert "Publica el acta" not in client.get(MI).content.decode()


def test_la_integrante_ve_sus_suplencias_con_el_archivo_de_su_oficio(
    client: Client, reparto: Reparto
) -> None:
    suplencia = fabricas.crear_suplencia(reparto, asiento="civil")
    ajena = fabricas.crear_suplencia(reparto, asiento="poder", folio="PRU-9/2025", nombre="Persona Ajena")
    archivo = Archivo.objects.create(huella="a" * 64, nombre="oficio.pdf", tipo="application/pdf", tamano=1)
    m.Oficio.objects.filter(suplencias=suplencia).update(archivo=archivo)
    client.force_login(reparto.cuentas["integrante"])
    texto = client.get(MI).content.decode()
    assert suplencia.persona.formal in texto
    assert reverse("archivo:descargar", args=(archivo.huella, archivo.nombre)) in texto
    assert ajena.persona.nombre not in texto


def test_quien_tiene_papel_en_varios_organos_sabe_de_cual_es_cada_cosa(
    client: Client, reparto: Reparto
) -> None:
    otro, cuenta = crear_reparto("otro"), reparto.cuentas["facilitadora"]
    m.Denominacion.objects.filter(organo=otro.organo).update(nombre_corto="Comité Otro")
    m.Rol.objects.create(usuario=cuenta, organo=otro.organo, tipo="facilitadora")
    for uno in (reparto, otro):
        fabricas.crear_sesion(uno, fecha=timezone.localdate() + dt.timedelta(days=30))
    client.force_login(cuenta)
    texto = client.get(MI).content.decode()
    dichos = re.findall(r'<p class="nota">([^<]+)</p>\s*<h3>I Sesión Ordinaria</h3>', texto)
    assert sorted(dichos) == ["Comité Otro", "Secretariado"]
    casa = client.get(reverse("registros:organo", args=("otro",))).content.decode()
    assert f'<a href="{reverse("registros:inicio")}">Todas tus mesas</a>' in casa


def test_el_enlace_estatal_llega_a_las_mesas_que_acompana_sin_que_sus_sesiones_le_toquen(
    client: Client, reparto: Reparto
) -> None:
    municipal = crear_reparto("municipal")
    m.Organo.objects.filter(pk=municipal.organo.pk).update(
        clase="municipal", clave_municipio="11020", acompanado_por=reparto.organo
    )
    sesion = fabricas.crear_sesion(municipal, fecha=timezone.localdate() + dt.timedelta(days=5))
    fabricas.avisar(sesion)
    m.Rol.objects.create(usuario=reparto.cuentas["extrana"], organo=reparto.organo, tipo="enlace")
    client.force_login(reparto.cuentas["extrana"])
    texto = client.get(MI).content.decode()
    assert "Mesas de los municipios" in texto
    assert "del secretariado que acompañas" in texto
    assert _titulos(texto) == []
    mesas = client.get(reverse("registros:inicio")).content.decode()
    assert reverse("registros:organo", args=("municipal",)) in mesas


def test_sin_nada_pendiente_lo_dice(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["extrana"])
    texto = client.get(MI).content.decode()
    assert "No tienes nada pendiente" in texto
    assert "Tus espacios de trabajo" not in texto


def test_entrar_con_correo_y_llegar_a_mi_portal(client: Client, reparto: Reparto) -> None:
    entrar = reverse("account_login")
    assert "Correo electrónico" in client.get(entrar).content.decode()
    mal = client.post(entrar, {"login": "auditora.prueba@prueba.example", "password": "otra"})
    assert "resumen-errores" in mal.content.decode()
    bien = client.post(entrar, {"login": "AUDITORA.prueba@prueba.example", "password": "prueba-segura-2026"})
    assert bien.headers["Location"] == MI


def test_no_hay_registro_abierto(client: Client, db: None) -> None:
    registro = reverse("account_signup")
    assert "Las cuentas las da el secretariado" in client.get(registro).content.decode()
    datos = {
        "email": "intrusa@prueba.example",
        "password1": "una-clave-larga-9",
        "password2": "una-clave-larga-9",
    }
    client.post(registro, datos)
    assert client.get(MI).status_code == 302


@pytest.mark.parametrize("correo", ["integrante.prueba@prueba.example", "nadie@prueba.example"])
def test_contrasena_olvidada_no_dice_si_hay_cuenta(client: Client, reparto: Reparto, correo: str) -> None:
    respuesta = client.post(reverse("account_reset_password"), {"email": correo}, follow=True)
    assert "Si hay una cuenta con ese correo" in respuesta.content.decode()
    envio.enviar()  # sale al confirmarse la transacción
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject.endswith("· Portal del Secretariado Técnico Local")
    assert "sign up" not in mail.outbox[0].body


def test_elegir_contrasena_con_la_liga_del_correo(client: Client, reparto: Reparto) -> None:
    correo = "integrante.prueba@prueba.example"
    client.post(reverse("account_reset_password"), {"email": correo})
    envio.enviar()
    liga = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert liga is not None
    forma = client.get(liga[1], follow=True)
    assert "Elige tu contraseña" in forma.content.decode()
    nueva = "mesa-redonda-abierta-7"
    client.post(forma.request["PATH_INFO"], {"password1": nueva, "password2": nueva})
    entrada = client.post(reverse("account_login"), {"login": correo, "password": nueva})
    assert entrada.headers["Location"] == MI
    usada = Client().get(liga[1], follow=True)
    assert "La liga ya no sirve" in usada.content.decode()


@pytest.mark.parametrize("nombre", ["ayuda", "accesibilidad", "privacidad"])
def test_textos_fijos(client: Client, db: None, nombre: str) -> None:
    respuesta = client.get(reverse(nombre))
    assert respuesta.status_code == 200
    assert respuesta.content.decode().count("<h1") == 1


@pytest.mark.parametrize("cuantas", [1, 5])
@pytest.mark.parametrize(("papel", "consultas"), [("facilitadora", 47), ("integrante", 43)])
def test_mismas_consultas_con_una_sesion_o_muchas(
    client: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    papel: str,
    consultas: int,
    cuantas: int,
) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(publicacion_dias=10)
    for n in range(cuantas):
        fecha = timezone.localdate() + dt.timedelta(days=30 + n)
        fabricas.crear_sesion(reparto, fecha=fecha)
        convocada = fabricas.crear_sesion(reparto, fecha=fecha, tipo="extraordinaria")
        fabricas.avisar(convocada)
        con_acuerdo = fabricas.crear_en_curso(reparto, tipo="instalacion", fecha=dt.date(2025, 2, 3))
        m.Acuerdo.agregar(con_acuerdo.puntos.get(), texto="Difundir", plazo=("", dt.date(2025, 3, 1)))
        fabricas.crear_sesion(reparto, fecha=dt.date(2025, 3, 3 + n), estado="concluida")
        comision = m.Organo.objects.create(clave=f"prueba-{n}", clase="comision", padre=reparto.organo)
        comision.denominaciones.create(nombre=f"Comisión {n}", nombre_corto=f"C {n}", siglas="C")
    client.force_login(reparto.cuentas[papel])
    with django_assert_num_queries(consultas):
        assert client.get(MI).status_code == 200


def test_una_sesion_sin_reglas_en_su_fecha_no_impide_ver_mi_portal(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7))
    m.Regla.objects.filter(pk=reparto.regla.pk).update(vigente_hasta=dt.date(2098, 12, 31))
    client.force_login(reparto.cuentas["facilitadora"])
    assert sesion.designacion in client.get(MI).content.decode()


def test_quien_dejo_el_asiento_ya_no_ve_sus_suplencias(client: Client, reparto: Reparto) -> None:
    suplencia = fabricas.crear_suplencia(reparto, asiento="civil")
    reparto.asientos["civil"].nombramientos.update(vigente_hasta=dt.date(2025, 6, 1))
    client.force_login(reparto.cuentas["integrante"])
    assert suplencia.persona.nombre not in client.get(MI).content.decode()
