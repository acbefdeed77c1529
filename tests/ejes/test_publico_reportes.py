"""Bimestres, reportes, evidencias y acciones para cualquiera: lo publicado completo y de lo demás, nada."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from ejes.models import Entrega, Evidencia, Plan, Reporte, ReportePublicado
from ejes.revision import dictaminar, publicar_reporte
from ejes.revision.partes import RENGLON
from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.espanol import fecha_larga
from tests import fabricas
from tests.ejes.entregas import (
    SECRETO,
    contestar,
    corregir_y_publicar,
    crear_entrega,
    enviar,
    publicar,
    validar,
)
from tests.ejes.fabricas import crear_bimestre, crear_plan, crear_reporte
from tests.ejes.lectura import visible
from tests.personas import Reparto

# Lee lo publicado; que se guarde lo prueban las de publicar.
pytestmark = pytest.mark.apariencia

OTRO_SECRETO = "Berenjena"


def direcciones(reporte: Reporte) -> dict[str, str]:
    """Una de cada dirección pública del plan, por su nombre."""
    clave = reporte.bimestre.plan.clave
    evidencia = Evidencia.objects.filter(plan__clave=clave).earliest("pk")
    argumentos = {
        "planes": (),
        "novedades": (),
        "plan": (clave,),
        "eje": (clave, 1),
        "compromiso": (clave, 1, 1),
        "accion": (clave, "1.1.1"),
        "bimestre": (clave, reporte.bimestre.numero),
        "evidencia": (clave, evidencia.pk),
        **dict.fromkeys(("informe", "informe_pdf", "informe_json", "comparar"), (clave, 1)),
        **dict.fromkeys(("reporte", "reporte_pdf", "reporte_json"), (clave, reporte.pk)),
    }
    return {nombre: reverse(f"ejes:{nombre}", args=args) for nombre, args in argumentos.items()}


def leido(client: Client, url: str) -> bytes:
    """Todo lo que se recibe, hasta el final de las redirecciones."""
    return b"".join(client.get(url, follow=True))


def no_se_filtra(client: Client, reporte: Reporte, secreto: str = SECRETO) -> None:
    for url in direcciones(reporte).values():
        assert secreto.lower() not in leido(client, url).decode("latin-1").lower(), url


@pytest.fixture
def reporte(reparto: Reparto) -> Reporte:
    return contestar(crear_reporte(reparto))


@pytest.fixture
def publicado(reparto: Reparto) -> ReportePublicado:
    return publicar(crear_entrega(reparto))


def test_la_prueba_de_fugas_visita_todas_las_direcciones_del_plan(reporte: Reporte) -> None:
    patrones = get_resolver().namespace_dict["ejes"][1].reverse_dict
    assert {nombre for nombre in patrones if isinstance(nombre, str)} == set(direcciones(reporte))


def test_lo_que_se_prepara_no_llega_a_ninguna_pagina(client: Client, reporte: Reporte) -> None:
    no_se_filtra(client, reporte)
    assert client.get(direcciones(reporte)["reporte"]).status_code == 404


def test_de_lo_enviado_y_lo_validado_solo_se_dice_que_se_recibio(client: Client, reporte: Reporte) -> None:
    entrega = enviar(reporte)
    for paso in (lambda: None, lambda: validar(entrega)):
        paso()
        no_se_filtra(client, reporte)
        for nombre in ("reporte", "reporte_pdf", "reporte_json", "evidencia"):
            assert client.get(direcciones(reporte)[nombre]).status_code == 404
        assert "Recibido Recibido el" in visible(client.get(direcciones(reporte)["bimestre"]))


def test_lo_devuelto_se_recibio_y_no_se_dice_que_este_en_revision(client: Client, reporte: Reporte) -> None:
    entrega, ahora = enviar(reporte), timezone.now()
    dictaminar.dictaminar(entrega, (RENGLON, "2"), "observado", nota=SECRETO, por=None, cuando=ahora)
    dictaminar.devolver(entrega, None, ahora)
    texto = visible(client.get(direcciones(reporte)["bimestre"]))
    assert "Recibido Recibido el" in texto
    assert "en revisión" not in texto


def test_lo_que_se_corrige_no_se_lee_hasta_publicarse(client: Client, publicado: ReportePublicado) -> None:
    reporte = publicado.reporte
    publicar_reporte.corregir(reporte, OTRO_SECRETO, None, timezone.now())
    reporte.respuestas.update(texto=OTRO_SECRETO)
    reporte.avances.update(nota=OTRO_SECRETO)
    Evidencia.objects.update(titulo=OTRO_SECRETO, descripcion=OTRO_SECRETO)
    enviar(reporte)
    no_se_filtra(client, reporte, OTRO_SECRETO)
    assert SECRETO in visible(client.get(direcciones(reporte)["reporte"]))


def test_con_el_plan_en_borrador_nada_existe(client: Client, publicado: ReportePublicado) -> None:
    Plan.objects.update(estado="borrador")
    no_se_filtra(client, publicado.reporte)
    todas = direcciones(publicado.reporte)
    assert {n for n, url in todas.items() if client.get(url).status_code == 200} == {"planes", "novedades"}


def test_el_reporte_publicado_se_lee_completo(client: Client, publicado: ReportePublicado) -> None:
    texto = visible(client.get(direcciones(publicado.reporte)["reporte"]))
    for frase in (
        "C. Darío Vega Cruz",
        "Se entregó a tiempo",
        "Categoría 1",
        f"{SECRETO}: respuesta 8",
        "120 personas",
        "Declarado 45 %",
        "Verificado por la revisión 30 %",
        "La revisión anotó: Solo hay dos de tres.",
        f"Lista {SECRETO} CSV, 16 bytes Verificada",
        f"Página {SECRETO} {SECRETO.lower()}.example Sin revisar",
        publicado.huella,
    ):
        assert frase in texto


def test_el_pdf_y_los_datos_son_los_que_se_publicaron(client: Client, publicado: ReportePublicado) -> None:
    todas = direcciones(publicado.reporte)
    assert client.get(todas["reporte_json"]).content == bytes(publicado.documento)
    assert client.get(todas["reporte_pdf"])["Location"] == publicado.pdf.a_la_vista


def test_una_correccion_sustituye_y_la_anterior_lo_dice(client: Client, publicado: ReportePublicado) -> None:
    nueva = corregir_y_publicar(publicado.reporte)
    url = direcciones(publicado.reporte)["reporte"]
    assert "98 personas" in visible(client.get(url))
    antes = visible(client.get(url, {"version": 1}))
    assert "120 personas" in antes
    assert "Esta versión ya no es la vigente" in antes
    assert "Corrige y sustituye al que se había publicado" in visible(client.get(url))
    assert "sustituye al que" not in antes
    assert "se corrigió antes de publicarse" not in visible(client.get(url)) + antes
    datos = direcciones(publicado.reporte)["reporte_json"]
    assert client.get(datos, {"version": 1}).content == bytes(publicado.documento)
    assert client.get(datos).content == bytes(nueva.documento)
    assert client.get(url, {"version": 3}).status_code == 404


def test_lo_que_se_corrigio_antes_de_publicarse_lo_dice(client: Client, reparto: Reparto) -> None:
    entrega = crear_entrega(reparto)
    ahora, falta = timezone.now(), "Falta el anexo."
    dictaminar.dictaminar(entrega, (RENGLON, "2"), "observado", nota=falta, por=None, cuando=ahora)
    dictaminar.devolver(entrega, None, ahora)
    entrega.reporte.respuestas.filter(renglon__orden=2).update(texto="Con su anexo")
    publicado = publicar(enviar(entrega.reporte))
    texto = visible(client.get(direcciones(publicado.reporte)["reporte"]))
    assert "Entrega 2: se corrigió antes de publicarse" in texto
    assert "Corrige y sustituye" not in texto


def test_la_evidencia_dice_que_respalda_y_como_comprobarla(
    client: Client, publicado: ReportePublicado
) -> None:
    archivo = publicado.entrega.evidencias.exclude(archivo=None).get()
    texto = visible(client.get(archivo.get_absolute_url()))
    for frase in (
        f"Lista {SECRETO}",
        "Verificada",
        archivo.publicacion.huella,
        "Indicador 1. Indicador 1",
        f"eslabón {archivo.publicacion.eslabon}",
    ):
        assert frase in texto
    liga = publicado.entrega.evidencias.get(archivo=None)
    texto = visible(client.get(liga.get_absolute_url()))
    assert f"Abrir la liga en {SECRETO.lower()}.example" in texto
    assert f"Página {SECRETO} Sin revisar" in texto
    assert "Acción 1.1.1" in texto


def test_la_evidencia_sustituida_dice_cual_la_sustituye(client: Client, publicado: ReportePublicado) -> None:
    vieja, nueva = publicado.entrega.evidencias.order_by("pk")
    Evidencia.objects.filter(pk=nueva.pk).update(sustituye=vieja)
    assert nueva.get_absolute_url() in client.get(vieja.get_absolute_url()).content.decode()
    assert "Sustituye a" in visible(client.get(nueva.get_absolute_url()))


def test_una_evidencia_sin_publicar_no_existe(client: Client, publicado: ReportePublicado) -> None:
    otra = Evidencia.objects.create(
        plan=publicado.reporte.eje.plan,
        asiento=publicado.reporte.asiento,
        titulo=OTRO_SECRETO,
        liga="https://prueba.example/",
        sustituye=publicado.entrega.evidencias.earliest("pk"),
        subida_el=timezone.now(),
    )
    assert client.get(otra.get_absolute_url()).status_code == 404
    no_se_filtra(client, publicado.reporte, OTRO_SECRETO)
    assert "La sustituyó" not in visible(client.get(direcciones(publicado.reporte)["evidencia"]))


def test_la_accion_junta_cortes_reportes_evidencias_e_hitos(
    client: Client, publicado: ReportePublicado
) -> None:
    compromiso = publicado.reporte.eje.compromisos.get()
    accion, hoy = compromiso.acciones.get(), timezone.localdate()
    ayer, manana = hoy - dt.timedelta(days=1), hoy + dt.timedelta(days=1)
    compromiso.hitos.create(accion=accion, nombre="Licitar", previsto=ayer)
    compromiso.hitos.create(accion=accion, nombre="Abrir", previsto=manana)
    texto = visible(client.get(direcciones(publicado.reporte)["accion"]))
    assert "Primer Informe 31 de marzo de 2026 30 %" in texto
    assert "Reporte: Bimestre 1" in texto
    assert "Atrasado Licitar" in texto
    assert "Por venir Abrir" in texto
    assert f"Página {SECRETO}" in texto


def test_lo_ultimo_sin_verificar_lo_dice_y_lo_anotado_antes_no_se_pierde(
    client: Client, publicado: ReportePublicado
) -> None:
    url, primero = direcciones(publicado.reporte)["accion"], publicado.reporte
    antes = visible(client.get(url))
    assert "Verificado por la revisión 30 % Nota de Zarzaparrilla La revisión anotó: Solo hay dos" in antes
    assert "Lo que la revisión dijo antes" not in antes
    otro = Reporte.objects.create(
        bimestre=crear_bimestre(primero.eje.plan, timezone.localdate(), numero=2),
        eje=primero.eje,
        asiento=primero.asiento,
    )
    entrega = enviar(contestar(otro))
    dictaminar.validar_el_resto(entrega, None, timezone.now())
    dictaminar.validar(entrega, None, timezone.now())
    publicar_reporte.publicar(entrega.reporte, None, timezone.now())
    texto = visible(client.get(url))
    assert "Declarado 45 % Verificado por la revisión sin verificar" in texto
    assert (
        "Lo que la revisión dijo antes Reporte: Bimestre 1 La revisión anotó: Solo hay dos de tres." in texto
    )


def test_sin_corte_se_muestra_lo_ultimo_de_los_reportes_y_se_dice(client: Client, reparto: Reparto) -> None:
    plan = Plan.objects.create(organo=reparto.organo, clave="sin", nombre="Plan", inicio=2026, fin=2027)
    eje = plan.ejes.create(numero=1, nombre="Datos")
    eje.compromisos.create(numero=1, nombre="Abrir datos").acciones.create(numero=1, texto="Abrir")
    otro = eje.compromisos.create(numero=2, nombre="Otro", responsable=reparto.asientos["presidencia"])
    otro.acciones.create(numero=1, texto="Cerrar")
    plan.cambiar("publicar", None)
    publicado = publicar(crear_entrega(reparto, crear_reporte(reparto, plan=plan)))
    paginas = [visible(client.get(f"/plan/sin/{pagina}")) for pagina in ("", "compromiso/1.1/")]
    hasta = publicado.reporte.bimestre.hasta
    assert hasta
    for texto in paginas:
        assert "Avance según los reportes; todavía no hay corte" in texto
        assert "Las evidencias están en la página de cada acción." in texto
        assert f"1.1.1 Abrir 45 % 30 % Reporte: Bimestre 1 , al {fecha_larga(hasta)}" in texto
    assert "1.2.1 Cerrar sin reporte sin reporte Ninguno publicado" in paginas[0]
    assert "según los reportes" not in visible(client.get("/plan/sin/compromiso/1.2/"))


def test_con_corte_manda_el_corte(client: Client, publicado: ReportePublicado) -> None:
    for pagina in ("plan", "compromiso"):
        assert "según los reportes" not in visible(client.get(direcciones(publicado.reporte)[pagina]))


def test_el_acuerdo_y_lo_que_nacio_de_el_se_enlazan(
    client: Client, publicado: ReportePublicado, reparto: Reparto
) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    acuerdo = m.Acuerdo.agregar(sesion.puntos.get(), texto="Abrir los datos")
    compromiso, evidencia = (
        publicado.reporte.eje.compromisos.get(),
        publicado.entrega.evidencias.earliest("pk"),
    )
    compromiso.acuerdos.add(acuerdo)
    evidencia.acuerdos.add(acuerdo)
    cosas = (compromiso.get_absolute_url(), evidencia.get_absolute_url())
    assert [str(acuerdo) in visible(client.get(url)) for url in cosas] == [False, False]
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    assert [str(acuerdo) in visible(client.get(url)) for url in cosas] == [True, True]
    for pagina in (sesion.get_absolute_url(), "/acuerdos/"):
        assert all(url in client.get(pagina).content.decode() for url in cosas)
    Plan.objects.update(estado="borrador")
    assert not any(url in client.get("/acuerdos/").content.decode() for url in cosas)


def test_las_novedades_traen_cada_version(client: Client, publicado: ReportePublicado) -> None:
    corregir_y_publicar(publicado.reporte)
    canal = client.get("/plan/novedades.atom").content.decode()
    url = direcciones(publicado.reporte)["reporte"]
    assert canal.index(f"{url}?version=2") < canal.index(f"{url}?version=1")
    assert "Corrige lo que se había publicado." in canal


def test_lo_publicado_es_de_su_plan(client: Client, publicado: ReportePublicado, reparto: Reparto) -> None:
    crear_plan(reparto.organo, "otro")
    for nombre in ("reporte", "evidencia"):
        url = direcciones(publicado.reporte)[nombre].replace("/prueba/", "/otro/")
        assert client.get(url).status_code == 404


def test_los_datos_dicen_lo_que_la_pagina(client: Client, publicado: ReportePublicado) -> None:
    datos = json.loads(client.get(direcciones(publicado.reporte)["reporte_json"]).content)
    assert [a["verificado"] for a in datos["avances"]] == ["30"]
    assert Entrega.objects.get().numero == datos["entrega"]
