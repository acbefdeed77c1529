"""La casa del órgano, el calendario, las comisiones y el seguimiento de acuerdos."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.views.registros import generico
from sesiones.views.registros.de_trabajo import CALENDARIOS
from stl_portal.transiciones import TransicionInvalida
from tests import fabricas
from tests.personas import Reparto

CASA = reverse("registros:organo", args=("prueba",))


@pytest.fixture
def entra(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def _acuerdo(reparto: Reparto, texto: str = "Difundir el diagnóstico") -> m.Acuerdo:
    sesion = fabricas.crear_en_curso(reparto)
    return m.Acuerdo.agregar(sesion.puntos.get(), texto=texto, plazo=("", dt.date(2026, 4, 1)))


def test_la_casa_dice_que_sigue_y_lleva_a_todo(entra: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    texto = entra.get(CASA).content.decode()
    assert "Continuar la sesión" in texto
    assert reverse("mesa:desahogo", args=("prueba", sesion.clave)) in texto
    assert reverse("mesa:nueva", args=("prueba",)) in texto
    for registro in (
        "asientos",
        "nombramientos",
        "suplencias",
        "oficios",
        "calendarios",
        "comisiones",
        "reglas",
    ):
        assert reverse("registros:lista", args=("prueba", registro)) in texto
    assert "6 asientos, 1 vacante" in texto


def test_quien_solo_lee_no_ve_botones_de_captura(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["integrante"])
    texto = client.get(CASA).content.decode()
    assert "Nueva sesión" not in texto
    assert "capturar le toca a la persona facilitadora" in texto


@pytest.mark.parametrize("cuantas", [1, 5])
def test_la_casa_mismas_consultas(
    entra: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, cuantas: int
) -> None:
    fabricas.crear_suplencia(reparto)
    for n in range(cuantas):
        fabricas.crear_sesion(reparto, fecha=dt.date(2026, 5, 4) + dt.timedelta(days=n))
    with django_assert_num_queries(21):
        assert entra.get(CASA).status_code == 200


def test_la_mesa_sin_organo_lleva_al_unico(entra: Client, reparto: Reparto) -> None:
    assert entra.get(reverse("registros:inicio")).headers["Location"] == CASA
    entra.force_login(reparto.cuentas["extrana"])
    assert "Tu cuenta no tiene todavía un órgano" in entra.get(reverse("registros:inicio")).content.decode()


def _calendario(reparto: Reparto, *fechas: dt.date) -> m.Calendario:
    calendario = m.Calendario.objects.create(organo=reparto.organo, anio=2027)
    for fecha in fechas:
        calendario.fechas.create(fecha=fecha, hora=dt.time(10))
    return calendario


def test_calendario_propuesto_aprobado_enmendado_y_con_sesiones(entra: Client, reparto: Reparto) -> None:
    acuerdo = _acuerdo(reparto)
    datos = {"anio": "2027", "renglon-TOTAL_FORMS": "2", "renglon-INITIAL_FORMS": "0"}
    datos |= {"renglon-0-fecha": "2027-01-20", "renglon-0-tipo": "ordinaria", "renglon-1-fecha": ""}
    entra.post(
        reverse("registros:nuevo", args=("prueba", "calendarios")), datos | {"renglon-1-tipo": "ordinaria"}
    )
    calendario = m.Calendario.objects.get()
    aprobar = reverse("registros:aprobar_calendario", args=("prueba", calendario.pk))
    assert entra.post(aprobar, {"acuerdo": acuerdo.pk}).status_code == 302
    fecha = calendario.fechas.get()
    programar = reverse("registros:programar", args=("prueba", calendario.pk, fecha.pk))
    entra.post(programar)
    entra.post(programar)  # dos toques no crean dos sesiones
    fecha.refresh_from_db()
    assert fecha.sesion is not None
    assert (fecha.sesion.fecha, reparto.organo.sesiones.count()) == (dt.date(2027, 1, 20), 2)
    entra.post(reverse("registros:enmendar_calendario", args=("prueba", calendario.pk)))
    enmienda = m.Calendario.objects.get(sustituye=calendario)
    assert enmienda.fechas.get().sesion == fecha.sesion
    entra.post(reverse("registros:aprobar_calendario", args=("prueba", enmienda.pk)), {"acuerdo": acuerdo.pk})
    calendario.refresh_from_db()
    enmienda.refresh_from_db()
    assert (calendario.estado, enmienda.estado) == ("sustituido", "aprobado")


def test_calendario_mal_hecho(entra: Client, reparto: Reparto) -> None:
    renglones = {"renglon-TOTAL_FORMS": "3", "renglon-INITIAL_FORMS": "0"}
    for n, fecha in enumerate(("2026-01-20", "2027-02-03", "2027-02-03")):
        renglones |= {f"renglon-{n}-fecha": fecha, f"renglon-{n}-tipo": "ordinaria"}
    respuesta = entra.post(
        reverse("registros:nuevo", args=("prueba", "calendarios")), {"anio": "2027"} | renglones
    )
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert texto.count("La fecha es de 2026 y el calendario de 2027.") == 2
    assert texto.count("Esa fecha ya está en otro renglón.") == 2
    assert not m.Calendario.objects.exists()


def test_calendario_no_se_aprueba_vacio_ni_dos_veces(entra: Client, reparto: Reparto) -> None:
    acuerdo, calendario = _acuerdo(reparto), _calendario(reparto)
    url = reverse("registros:aprobar_calendario", args=("prueba", calendario.pk))
    vacio = entra.post(url, {"acuerdo": acuerdo.pk})
    assert vacio.status_code == 422
    assert "El calendario no tiene fechas" in vacio.content.decode()
    calendario.fechas.create(fecha=dt.date(2027, 1, 20))
    assert entra.post(url, {"acuerdo": acuerdo.pk}).status_code == 302
    assert entra.post(url, {"acuerdo": acuerdo.pk}).status_code == 409
    editar = reverse("registros:editar", args=("prueba", "calendarios", calendario.pk))
    assert entra.get(editar).status_code == 403


def test_de_un_calendario_propuesto_no_nacen_sesiones(entra: Client, reparto: Reparto) -> None:
    calendario = _calendario(reparto, dt.date(2027, 1, 20))
    url = reverse("registros:programar", args=("prueba", calendario.pk, calendario.fechas.get().pk))
    respuesta = entra.post(url)
    assert respuesta.status_code == 409
    assert "No se puede programar la sesión: el calendario está «Propuesto»" in respuesta.content.decode()
    assert reparto.organo.sesiones.count() == 0
    enmendar = entra.post(reverse("registros:enmendar_calendario", args=("prueba", calendario.pk)))
    assert enmendar.status_code == 409
    assert "No se puede enmendar" in enmendar.content.decode()


def test_un_anio_no_tiene_dos_calendarios_aprobados(entra: Client, reparto: Reparto) -> None:
    acuerdo = _acuerdo(reparto)
    primero, segundo = (_calendario(reparto, dt.date(2027, 1, dia)) for dia in (20, 27))
    urls = [reverse("registros:aprobar_calendario", args=("prueba", c.pk)) for c in (primero, segundo)]
    assert entra.post(urls[0], {"acuerdo": acuerdo.pk}).status_code == 302
    otra_vez = entra.post(urls[1], {"acuerdo": acuerdo.pk})
    assert otra_vez.status_code == 422
    assert "Ya hay un calendario aprobado para 2027" in otra_vez.content.decode()
    segundo.refresh_from_db()
    assert segundo.estado == "propuesto"


def test_las_reglas_del_calendario_las_lleva_el_modelo(reparto: Reparto) -> None:
    acuerdo, vacio = _acuerdo(reparto), _calendario(reparto)
    with pytest.raises(ValidationError, match="no tiene fechas"):
        vacio.aprobar(None, acuerdo=acuerdo)
    vacio.fechas.create(fecha=dt.date(2027, 1, 20))
    rancio = m.Calendario.objects.get(pk=vacio.pk)
    vacio.aprobar(None, acuerdo=acuerdo)
    assert rancio.enmendar(None) == rancio.enmendar(None)  # dos toques, una propuesta
    fecha = vacio.fechas.get().pk
    sesion, nacio = rancio.programar(fecha, None, hora=dt.time(10), lugar="Sala")
    assert nacio
    assert rancio.programar(fecha, None, hora=dt.time(10), lugar="Sala") == (sesion, False)
    with pytest.raises(TransicionInvalida):
        rancio.aprobar(None, acuerdo=acuerdo)


def test_programar_sin_reglas_en_la_fecha_lo_dice(entra: Client, reparto: Reparto) -> None:
    calendario = _calendario(reparto, dt.date(2027, 1, 20))
    calendario.aprobar(None, acuerdo=_acuerdo(reparto))
    m.Regla.objects.update(vigente_hasta=dt.date(2026, 12, 31))
    url = reverse("registros:programar", args=("prueba", calendario.pk, calendario.fechas.get().pk))
    assert "no tiene reglas vigentes el 20/01/2027" in entra.post(url, follow=True).content.decode()


def test_lo_que_se_aprobo_mientras_se_corregia_no_se_corrige(rf: RequestFactory, reparto: Reparto) -> None:
    calendario = _calendario(reparto, dt.date(2027, 1, 20))
    leido = m.Calendario.objects.get(pk=calendario.pk)  # alguien abrió el formulario…
    calendario.aprobar(None, acuerdo=_acuerdo(reparto))  # …y antes de que guardara se aprobó
    datos = {"anio": "2028", "renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}
    peticion = rf.post("/", datos)
    peticion.user = reparto.cuentas["facilitadora"]
    with pytest.raises(PermissionDenied, match="ya se aprobó"):
        generico.capturar(peticion, reparto.organo, CALENDARIOS, leido, CALENDARIOS.forma, titulo="Corregir")
    calendario.refresh_from_db()
    assert (calendario.anio, calendario.estado) == (2027, "aprobado")


def test_comision_con_integrantes_y_reuniones_propias(entra: Client, reparto: Reparto) -> None:
    datos = {
        "clase": "grupo",
        "clave": "prueba-datos",
        "nombre": "Grupo de Datos",
        "nombre_corto": "Grupo de Datos",
        "siglas": "GD",
        "desde": "2026-01-01",
    }
    respuesta = entra.post(reverse("registros:nuevo", args=("prueba", "comisiones")), datos)
    casa = reverse("registros:organo", args=("prueba-datos",))
    assert respuesta.headers["Location"] == casa
    texto = entra.get(casa).content.decode()
    assert "Mesa del STP" in texto  # la ruta vuelve al órgano del que depende
    institucion = reparto.asientos["civil"].institucion
    asiento = {"institucion": institucion.pk, "funcion": "coordinacion", "tiene_voto": "on", "orden": "1"}
    entra.post(reverse("registros:nuevo", args=("prueba-datos", "asientos")), asiento)
    grupo = m.Organo.objects.get(clave="prueba-datos")
    assert grupo.asientos.get().funcion == "coordinacion"
    sesion = m.Sesion.programar(
        grupo, tipo="trabajo", fecha=dt.date(2026, 2, 2), por=None, hora=dt.time(9), lugar="Sala"
    )
    assert sesion.designacion in entra.get(casa).content.decode()
    repetida = entra.post(reverse("registros:nuevo", args=("prueba", "comisiones")), datos)
    assert repetida.status_code == 422


def test_la_comision_hereda_las_reglas_del_dia_en_que_se_crea(entra: Client, reparto: Reparto) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(vigente_hasta=dt.date(2025, 12, 31))
    reparto.organo.reglas.create(vigente_desde=dt.date(2026, 1, 1), quorum_denominador=3)
    datos = {"clase": "grupo", "nombre": "Grupo", "nombre_corto": "Grupo", "siglas": "G"}
    url = reverse("registros:nuevo", args=("prueba", "comisiones"))
    for clave, desde, denominador in (("antes", "2025-06-01", 2), ("despues", "2026-06-01", 3)):
        assert entra.post(url, datos | {"clave": clave, "desde": desde}).status_code == 302
        assert m.Regla.objects.get(organo__clave=clave).quorum_denominador == denominador
    sin_reglas = entra.post(url, datos | {"clave": "sin-reglas", "desde": "2020-01-01"})
    assert sin_reglas.status_code == 422
    assert "no tiene reglas vigentes el 01/01/2020" in sin_reglas.content.decode()
    assert not m.Organo.objects.filter(clave="sin-reglas").exists()


@pytest.mark.parametrize("asiento", ["9" * 5000, "٣", "²", "-1", "0x1", "", "9" * 18])
def test_un_numero_imposible_en_la_direccion_no_falla(entra: Client, reparto: Reparto, asiento: str) -> None:
    url = reverse("registros:nuevo", args=("prueba", "nombramientos"))
    assert entra.get(url, {"asiento": asiento}).status_code in (200, 404)


def test_seguimiento_de_un_acuerdo(entra: Client, reparto: Reparto) -> None:
    acuerdo = _acuerdo(reparto)
    url = reverse("registros:acuerdo", args=("prueba", acuerdo.pk))
    falta = entra.post(url, {"estado": "cumplido", "fecha": "2026-04-02", "nota": ""})
    assert falta.status_code == 422
    assert (
        entra.post(url, {"estado": "cumplido", "fecha": "2026-04-02", "nota": "Se difundió."}).status_code
        == 302
    )
    acuerdo.refresh_from_db()
    assert (acuerdo.estado, acuerdo.seguimientos.get().por) == ("cumplido", reparto.cuentas["facilitadora"])
    assert "Se difundió." in entra.get(url).content.decode()


def test_vencidos_y_abiertos(entra: Client, reparto: Reparto) -> None:
    acuerdo = _acuerdo(reparto)
    lejano = m.Acuerdo.agregar(acuerdo.punto, texto="Publicar el informe", plazo=("", dt.date(2099, 1, 1)))
    url = reverse("registros:acuerdos", args=("prueba",))
    vencidos = entra.get(url, {"estado": "vencidos"}).content.decode()
    assert acuerdo.texto in vencidos
    assert lejano.texto not in vencidos
    assert lejano.texto in entra.get(url, {"estado": "abiertos", "q": "INFORME"}).content.decode()


def test_las_sesiones_del_organo_incluyen_las_que_se_preparan(entra: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_sesion(reparto, fecha=timezone.localdate() + dt.timedelta(days=9))
    texto = entra.get(reverse("registros:sesiones", args=("prueba",))).content.decode()
    assert sesion.designacion in texto
    assert "Preparar la convocatoria" in texto


@pytest.mark.parametrize("numero", ["2", "II", "segunda", "2/a segunda", "2ª"])
def test_una_sesion_se_encuentra_por_su_numero(entra: Client, reparto: Reparto, numero: str) -> None:
    primera, segunda = (fabricas.crear_sesion(reparto, fecha=dt.date(2026, 5, dia)) for dia in (4, 5))
    url = reverse("registros:sesiones", args=("prueba",))
    assert list(entra.get(url, {"q": numero}).context["pagina"]) == [segunda]
    assert list(entra.get(url, {"q": "i sesión 9" + "9" * 80}).context["pagina"]) == []
    assert set(entra.get(url, {"q": ""}).context["pagina"]) == {primera, segunda}


def test_una_comision_recien_creada_dice_como_integrarla(entra: Client, reparto: Reparto) -> None:
    datos = {"clase": "comision", "clave": "prueba-datos", "nombre": "Comisión de Datos"}
    datos |= {"nombre_corto": "Comisión de Datos", "siglas": "CD", "desde": "2026-01-01"}
    casa = entra.post(reverse("registros:nuevo", args=("prueba", "comisiones")), datos, follow=True)
    asientos = reverse("registros:nuevo", args=("prueba-datos", "asientos"))
    assert "Falta decir quiénes lo integran" in casa.content.decode()
    assert f'href="{asientos}?funcion=coordinacion"' in casa.content.decode()
    assert entra.get(f"{asientos}?funcion=coordinacion").context["forma"]["funcion"].value() == "coordinacion"
    alta = {"institucion": reparto.asientos["poder"].institucion_id, "funcion": "coordinacion", "orden": "1"}
    ficha = entra.post(asientos, alta | {"tiene_voto": "on"}, follow=True)
    assert "Registrar titular" in ficha.content.decode()
    otra_vez = entra.get(reverse("registros:organo", args=("prueba-datos",))).content.decode()
    assert "Falta decir quiénes lo integran" not in otra_vez
    assert "Mesa de la CD" in otra_vez
