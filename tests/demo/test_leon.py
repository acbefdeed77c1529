"""El secretariado municipal ficticio: su vida completa, sin un dato del municipio real salvo su nombre."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker, Settings

from ejes.demo import carga as planes
from ejes.models import Compromiso, Plan
from municipios.demo.leon import carga as leon
from municipios.estados import EstadoInforme
from municipios.models import InformeTrimestral, Metrica, ValorDeMetrica
from sesiones.acta.firmas import NO_ASISTIO, NO_FIRMA, diferencias
from sesiones.constancia_publica import fallas
from sesiones.demo import carga, contrasena
from sesiones.estados import EstadoActa, EstadoCalendario, EstadoSesion, TipoSuplencia, ViaAprobacion
from sesiones.models import Acta, Calendario, Institucion, Organo, Sesion, Suplencia
from stl_portal.cuentas.models import Usuario
from tests.hechos import texto_de_pdf

ORGANO = "stm-leon-demo"


@pytest.fixture(scope="module")
def _leon(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Cargado una vez por módulo, sobre el órgano ficticio que lo acompaña; da la carpeta de sus archivos."""
    archivos = tmp_path_factory.mktemp("archivos")
    rapidas = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    aparte = override_settings(VAR=tmp_path_factory.mktemp("var"), MEDIA_ROOT=archivos)
    with aparte, rapidas, django_db_blocker.unblock(), transaction.atomic():
        carga.cargar(lambda _: None)
        leon.cargar_en_demo(lambda _: None)
        planes.cargar_municipales(lambda _: None)
        yield archivos
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def cargado(_archivos_aparte: None, _leon: Path, db: None, settings: Settings) -> None:
    """Lo que una prueba cambie se deshace al terminar; sus archivos se leen de donde quedaron."""
    settings.MEDIA_ROOT = _leon


def sesion(numero: int) -> Sesion:
    return Sesion.objects.get(organo__clave=ORGANO, numero=numero)


def test_es_municipal_ficticio_y_lo_acompana_el_ficticio() -> None:
    organo = Organo.objects.get(clave=ORGANO)
    assert (organo.clase, organo.clave_municipio, organo.ficticio) == ("municipal", "11020", True)
    assert organo.acompanado_por == Organo.objects.get(clave="demo")
    instituciones = Institucion.objects.filter(asientos__organo=organo)
    assert instituciones.count() == 7
    assert all("(fictici" in institucion.nombre for institucion in instituciones)
    assert all("ficticia" in fila.lugar for fila in organo.sesiones.all())


def test_la_instalacion_cuenta_como_primera_y_aprobo_su_propia_acta() -> None:
    designaciones = [
        fila.designacion for fila in Sesion.objects.filter(organo__clave=ORGANO).order_by("fecha")
    ]
    assert designaciones == ["Sesión de Instalación", *(f"{n} Sesión Ordinaria" for n in ("II", "III", "IV"))]
    actas = [(a.estado, a.via) for a in Acta.objects.filter(sesion__organo__clave=ORGANO).order_by("pk")]
    assert (EstadoActa.PUBLICADA, ViaAprobacion.MISMA) in actas
    assert (EstadoActa.PUBLICADA, ViaAprobacion.POSTERIOR) in actas
    assert list(fallas()) == []


def test_quien_asistio_a_la_ii_y_quien_firmo_su_acta_no_son_las_mismas_personas() -> None:
    presentes = sesion(2).asistencias.de_asientos().presentes()
    asistieron = {a.apellidos for a in presentes}
    firmaron = {f.persona.apellidos for f in sesion(2).firmantes.all() if f.persona}
    assert asistieron - firmaron == {"Cedro Palma", "Sauce Nogales", "Pirul Zapote", "Trigo Manzano"}
    assert firmaron - asistieron == {"Jacaranda Mezquite", "Fresno Laurel", "Encina Robles"}
    halladas = diferencias(sesion(2))
    assert [d.tipo for d in halladas] == [NO_ASISTIO] * 3 + [NO_FIRMA] * 4
    assert not any(d.falta for d in halladas)


def test_un_oficio_faculto_a_una_persona_solo_para_la_ii() -> None:
    suplencia = Suplencia.objects.get(asiento__organo__clave=ORGANO, tipo=TipoSuplencia.POR_SESION)
    assert suplencia.sesion == sesion(2)
    assert suplencia.oficio is not None
    assert suplencia.oficio.folio == "RVBA-F/031"
    assert [suplencia.faculta(sesion(n).fecha, sesion(n).pk) for n in (1, 2, 3, 4)] == [
        False,
        True,
        False,
        False,
    ]


def test_el_calendario_se_aprobo_por_acuerdo_y_otro_lo_enmendo() -> None:
    vigente = Calendario.objects.get(organo__clave=ORGANO, estado=EstadoCalendario.APROBADO)
    assert vigente.sustituye is not None
    assert vigente.sustituye.estado == EstadoCalendario.SUSTITUIDO
    assert vigente.acuerdo is not None
    assert vigente.sustituye.acuerdo is not None
    assert (vigente.sustituye.acuerdo.sesion, vigente.acuerdo.sesion) == (sesion(2), sesion(3))
    assert sesion(4).fecha in vigente.fechas.values_list("fecha", flat=True)


def test_un_informe_es_anexo_publicado_de_la_ii_y_otro_sigue_en_preparacion() -> None:
    primero, segundo = InformeTrimestral.objects.order_by("numero")
    assert (primero.estado, segundo.estado) == (EstadoInforme.PRESENTADO, EstadoInforme.BORRADOR)
    assert primero.anexo is not None
    assert primero.anexo.sesion == sesion(2)
    assert list(InformeTrimestral.objects.publicados()) == [primero]
    assert segundo.desde > primero.desde
    assert segundo.textos.exclude(texto="").count() == 4


def test_su_plan_va_del_problema_al_avance_y_todo_dice_que_es_ficticio(client: Client) -> None:
    plan = Plan.objects.get(organo__clave=ORGANO)
    assert "(ficticio)" in plan.nombre
    compromisos = Compromiso.objects.filter(eje__plan=plan)
    assert compromisos.count() == 2
    for compromiso in compromisos:
        assert compromiso.problema
        assert compromiso.descripcion
        assert compromiso.acciones.count() == 2
        assert {"(fictici" in parte.nombre for parte in compromiso.partes.all()} == {True}
    corte = plan.cortes.get()
    assert (corte.estado, corte.hasta < timezone.localdate()) == ("publicado", True)
    pagina = client.get(plan.get_absolute_url()).content.decode()
    assert "Órgano ficticio" in pagina
    assert "<strong>51 %</strong>" in client.get("/plan/").content.decode()


def test_sus_metricas_son_de_leon_ficticias_y_de_nadie_real(client: Client) -> None:
    valores = ValorDeMetrica.objects.select_related("metrica__organo")
    assert {(v.metrica.organo.clave, v.municipio_id) for v in valores} == {(ORGANO, "11020")}
    assert valores.count() == 5
    for metrica in Metrica.objects.all():
        assert "ficticio" in metrica.nombre
        assert "(fictici" in metrica.autor
        assert "Esta métrica es de demostración" in client.get(metrica.get_absolute_url()).content.decode()
    assert all(v.fuente.startswith("https://example.org/") for v in valores)


def test_queda_una_sesion_convocada_con_lo_que_dejaron_pendiente_las_otras() -> None:
    proxima = Sesion.objects.get(organo__clave=ORGANO, estado=EstadoSesion.CONVOCADA)
    puntos = proxima.puntos.en_arbol()
    assert [p.acta_de for p in puntos if p.acta_de] == [sesion(3)]
    assert [str(a) for p in puntos for a in p.refiere_a.all()] == [
        "Acuerdo primero de la III Sesión Ordinaria",
        "Acuerdo primero de la II Sesión Ordinaria",
    ]


def test_el_acta_publica_es_narrativa_y_dice_el_informe_las_firmas_y_donde_se_aprobo(client: Client) -> None:
    acta = client.get(f"{sesion(2).get_absolute_url()}acta.pdf", follow=True)
    impreso = " ".join(texto_de_pdf(acta.getvalue()).split())
    for dicho in (
        "Como punto III, inciso b), del orden del día, se trata el siguiente asunto",
        "Informe trimestral 1,",
        "C. Ximena Pirul Zapote, Vocal de la Red Vecinal Barrio Abierto de León, A.C. (ficticia), "
        "suplente solo en esta sesión, según el oficio RVBA-F/031",
        "Esta acta se aprobó en la III Sesión Ordinaria",
        "C. Delia Fresno Laurel: estuvo presente en la III Sesión Ordinaria, en la que se aprobó esta acta.",
    ):
        assert dicho in impreso


@pytest.mark.parametrize(
    ("quien", "estado"),
    [("facilitadora.leon", 200), ("enlace.leon", 200), ("enlace.estatal", 200), ("integrante", 404)],
)
def test_cada_cuenta_ve_la_mesa_de_leon_o_no_existe_para_ella(
    client: Client, quien: str, estado: int
) -> None:
    cuenta = authenticate(email=f"{quien}@demo.example", password=contrasena())
    assert isinstance(cuenta, Usuario)
    client.force_login(cuenta)
    ruta = reverse("mesa:asistencia", args=(ORGANO, sesion(4).clave))
    assert client.get(ruta).status_code == estado


def test_el_enlace_del_estado_lee_la_mesa_de_leon_y_no_captura(client: Client) -> None:
    client.force_login(Usuario.objects.get(email="enlace.estatal@demo.example"))
    ruta = reverse("mesa:quorum", args=(ORGANO, sesion(4).clave))
    assert client.post(ruta, {"hora": "10:00"}).status_code == 403
    assert sesion(4).quorums.count() == 0


def test_cargarlo_de_nuevo_no_cambia_nada(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    dicho: list[str] = []
    with django_assert_num_queries(5):
        leon.cargar_en_demo(dicho.append)
    assert dicho == []
