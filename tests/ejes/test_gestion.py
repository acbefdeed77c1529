"""La página del plan y la del bimestre: qué hay, quién entregó, y publicar con identidad."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes.gestion import tablero
from ejes.models import Bimestre, Compromiso, Eje, Plan, Reporte
from ejes.reportes import recordatorios
from stl_portal.avisos.models import Aviso
from tests import fabricas
from tests.cuentas.codigos import identificarse
from tests.ejes.fabricas import crear_bimestre
from tests.ejes.gestion import HOY, bimestre_abierto, plan_de_dos_ejes
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia

DIA = dt.timedelta(days=1)


def _url(nombre: str, *args: str | int) -> str:
    return reverse(f"gestion:{nombre}", args=("prueba", *args))


def _situaciones(bimestre: Bimestre, al: dt.date) -> list[str]:
    leido = Bimestre.objects.con_prorrogas().get(pk=bimestre.pk)
    return [s.texto for s in tablero.del_bimestre(leido, al)]


def test_el_arbol_con_donde_se_corrige_cada_cosa(client: Client, reparto: Reparto) -> None:
    plan = plan_de_dos_ejes(reparto)
    compromiso = Compromiso.objects.get()
    compromiso.hitos.create(nombre="Primer lote", previsto=dt.date(2026, 6, 1))
    client.force_login(reparto.cuentas["facilitadora"])
    texto = client.get(_url("plan")).content.decode()
    for dicho in (
        "2 ejes · 1 compromiso · 1 acción",
        "Eje 2. Participación",
        "1.1 Abrir datos",
        "Primer lote",
    ):
        assert dicho in texto
    for registro, fila in (("ejes", plan.ejes.get(numero=2)), ("compromisos", compromiso)):
        assert reverse("registros:editar", args=("prueba", registro, fila.pk)) in texto
    assert f"{reverse('registros:nuevo', args=('prueba', 'acciones'))}?compromiso={compromiso.pk}" in texto


@pytest.mark.parametrize("papel", ["auditora", "integrante"])
def test_quien_solo_consulta_no_ve_con_que_cambiar(client: Client, reparto: Reparto, papel: str) -> None:
    bimestre_abierto(reparto)
    client.force_login(reparto.cuentas[papel])
    for url in (_url("plan"), _url("bimestre", 1), _url("formato", 1)):
        texto = client.get(url).content.decode()
        assert "Corregir" not in texto
        assert "Agregar" not in texto
        assert "Guardar el formato" not in texto


@pytest.mark.parametrize(
    ("estado", "tardio", "dicho"),
    [
        (None, False, "Sin empezar"),
        ("borrador", False, "En borrador"),
        ("enviado", False, "Entregado"),
        ("enviado", True, "Entregado, tarde"),
        ("observado", False, "Con observaciones"),
        ("validado", False, "Validado"),
        ("publicado", True, "Publicado, tarde"),
    ],
)
def test_como_va_cada_eje(reparto: Reparto, estado: str | None, tardio: bool, dicho: str) -> None:
    bimestre = bimestre_abierto(reparto)
    if estado:
        eje = bimestre.plan.ejes.get(numero=1)
        asiento = reparto.asientos["civil"]
        Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=asiento, estado=estado, tardio=tardio)
    assert _situaciones(bimestre, HOY) == [dicho, "Sin empezar"]


def test_antes_de_abrir_y_despues_de_vencer(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    eje = bimestre.plan.ejes.get(numero=1)
    Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=reparto.asientos["civil"])
    assert _situaciones(bimestre, HOY - 11 * DIA)[1] == "Aún no se abre"
    assert _situaciones(bimestre, HOY + 11 * DIA) == ["No reportó", "No reportó"]
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=HOY + 20 * DIA, punto=punto)
    assert _situaciones(bimestre, HOY + 11 * DIA) == ["En borrador", "Sin empezar"]


def test_de_lo_que_no_consta_no_se_dice_que_falto(client: Client, reparto: Reparto) -> None:
    bimestre = crear_bimestre(plan_de_dos_ejes(reparto), dt.date(2020, 6, 1), en_portal=False)
    client.force_login(reparto.cuentas["facilitadora"])
    assert _situaciones(bimestre, HOY) == ["No consta en este portal"] * 2
    assert "No reportó" not in client.get(_url("plan")).content.decode()
    assert "aquí no se sabe quién entregó" in client.get(_url("bimestre", 1)).content.decode()


def test_el_bimestre_dice_la_prorroga_la_fecha_original_y_lo_recordado(
    client: Client, reparto: Reparto
) -> None:
    hoy = timezone.localdate()
    bimestre = bimestre_abierto(reparto, hoy)
    recordatorios.enviar(hoy)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=hoy + 30 * DIA, punto=punto, motivo="Por la contingencia")
    client.force_login(reparto.cuentas["facilitadora"])
    texto = client.get(_url("bimestre", 1)).content.decode()
    assert "(prórroga; antes," in texto
    assert "Por la contingencia" in texto
    assert punto.sesion.get_absolute_url() in texto
    assert Aviso.objects.earliest("pk").asunto in texto
    assert "10 días antes" in texto


def test_se_dice_a_quien_no_hay_a_donde_escribirle(client: Client, reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto, timezone.localdate())
    bimestre.plan.ejes.filter(numero=2).update(responsable=reparto.asientos["vacante"])
    client.force_login(reparto.cuentas["facilitadora"])
    texto = client.get(_url("bimestre", 1)).content.decode()
    assert "Sin correo registrado: avísales por otro medio" in texto
    assert "<p>Cámara de Prueba prueba</p>" in texto


def test_los_recordatorios_solo_los_ve_quien_conduce(client: Client, reparto: Reparto) -> None:
    hoy = timezone.localdate()
    bimestre_abierto(reparto, hoy)
    recordatorios.enviar(hoy)
    client.force_login(reparto.cuentas["integrante"])
    assert "Recordatorios" not in client.get(_url("bimestre", 1)).content.decode()


def test_publicar_pide_identidad_y_queda_anotado(client: Client, reparto: Reparto) -> None:
    plan = _borrador(reparto)
    Eje.objects.create(plan=plan, numero=1, nombre="Datos", responsable=reparto.asientos["civil"])
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(plan.get_absolute_url()).status_code == 404
    assert client.post(reverse("gestion:publicar", args=(plan.clave,))).status_code == 302
    assert Plan.objects.get(clave=plan.clave).estado == "borrador"
    identificarse(client, reparto.cuentas["facilitadora"])
    assert client.post(reverse("gestion:publicar", args=(plan.clave,))).status_code == 302
    assert client.get(plan.get_absolute_url()).status_code == 200
    assert plan.historia.get().por == reparto.cuentas["facilitadora"]
    assert client.post(reverse("gestion:publicar", args=(plan.clave,))).status_code == 409


def test_lo_que_falta_para_publicar_se_dice_y_se_exige(client: Client, reparto: Reparto) -> None:
    plan = _borrador(reparto)
    identificarse(client, reparto.cuentas["facilitadora"])
    pagina = reverse("gestion:plan", args=(plan.clave,))
    publicar = reverse("gestion:publicar", args=(plan.clave,))
    for frase in ("Agrega al menos un eje.", "Di quién responde por el Eje 1. Datos"):
        texto = client.get(pagina).content.decode()
        assert frase in texto
        assert "Sí, publicar" not in texto
        rechazo = client.post(publicar)
        assert (rechazo.status_code, frase in rechazo.content.decode()) == (409, True)
        Eje.objects.get_or_create(plan=plan, numero=1, nombre="Datos")
    assert Plan.objects.get(pk=plan.pk).estado == "borrador"


def _borrador(reparto: Reparto) -> Plan:
    return Plan.objects.create(organo=reparto.organo, clave="nuevo", nombre="Nuevo", inicio=2030, fin=2031)


def test_se_llega_desde_mi_portal_y_desde_la_mesa(client: Client, reparto: Reparto) -> None:
    plan_de_dos_ejes(reparto)
    Plan.objects.create(organo=reparto.organo, clave="viejo", nombre="Viejo", inicio=2020, fin=2021)
    client.force_login(reparto.cuentas["facilitadora"])
    mi = client.get("/mi/").content.decode()
    assert _url("plan") in mi
    assert reverse("gestion:plan", args=("viejo",)) not in mi
    planes = reverse("registros:lista", args=("prueba", "planes"))
    assert planes in client.get(reverse("registros:organo", args=("prueba",))).content.decode()
    assert _url("plan") in client.get(planes).content.decode()
    client.force_login(reparto.cuentas["extrana"])
    assert _url("plan") not in client.get("/mi/").content.decode()


@pytest.mark.parametrize(("pagina", "consultas"), [("plan", 22), ("bimestre", 21)])
def test_mismas_consultas_con_poco_o_con_mucho(
    client: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    pagina: str,
    consultas: int,
) -> None:
    bimestre = bimestre_abierto(reparto)
    plan, punto = bimestre.plan, fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=HOY + 20 * DIA, punto=punto)
    Compromiso.objects.update(responsable=reparto.asientos["poder"])
    Compromiso.objects.get().hitos.create(nombre="Hito", previsto=HOY)
    client.force_login(reparto.cuentas["facilitadora"])
    url = _url("plan") if pagina == "plan" else _url("bimestre", 1)
    with django_assert_num_queries(consultas):
        assert client.get(url).status_code == 200
    for n in range(3, 40):
        eje = plan.ejes.create(numero=n, nombre=f"Eje {n}", responsable=reparto.asientos["poder"])
        otro = eje.compromisos.create(numero=1, nombre=f"C {n}", responsable=reparto.asientos["civil"])
        otro.acciones.create(numero=1, texto="Hacer")
        otro.hitos.create(nombre="Hito", previsto=HOY)
        if n < 10:
            crear_bimestre(plan, HOY, numero=n).prorrogas.create(entrega=HOY + 30 * DIA, punto=punto)
    bimestre.prorrogas.create(entrega=HOY + 25 * DIA, punto=punto)
    with django_assert_num_queries(consultas):
        assert client.get(url).status_code == 200
