"""Las sesiones XVIII y XXI, grabadas con los verbos del modelo, dicen lo que dicen sus documentos."""

import datetime as dt

import pytest

from sesiones.acta.firmas import diferencias
from sesiones.estados import EstadoAcuerdo, EstadoSesion, Resultado
from sesiones.models import Punto, Sesion

# Leen lo cargado; que se cargue en las dos bases lo prueba `test_carga`.
pytestmark = [pytest.mark.apariencia, pytest.mark.usefixtures("cargada")]


@pytest.fixture
def xviii() -> Sesion:
    return Sesion.objects.get(organo__clave="stl", numero=18)


@pytest.fixture
def xxi() -> Sesion:
    return Sesion.objects.get(organo__clave="stl", numero=21)


def etiquetas(sesion: Sesion) -> list[str]:
    return [punto.etiqueta for punto in sesion.puntos.en_arbol()]


def punto(sesion: Sesion, titulo: str) -> Punto:
    return sesion.puntos.get(titulo__contains=titulo)


def test_la_XVIII_conto_siete_y_firman_ocho(xviii: Sesion) -> None:
    assert (xviii.fecha, xviii.inicio, xviii.cierre) == (dt.date(2020, 1, 18), dt.time(10), dt.time(11, 42))
    assert xviii.quorums.get().presentes == 7
    assert xviii.firmantes.count() == 8
    despues = {d.nombre: d.explicacion for d in diferencias(xviii)}
    assert "acuerdo Noveno" in despues["Lic. Alma Iraís Aranda García"]
    assert not any(d.falta for d in diferencias(xviii))


def test_la_XVIII_anida_su_orden_del_dia_y_agrega_un_asunto_al_abrir(xviii: Sesion) -> None:
    incisos = [f"{letra})" for letra in "abcdef"]
    assert etiquetas(xviii) == ["I", "II", "III", "IV", *incisos, "V", "a)", "b)", "VI"]
    assert list(xviii.puntos.filter(en_sesion=True)) == [punto(xviii, "USAIL 598/2019-LXIV-LEG")]


def test_la_XVIII_tiene_nueve_acuerdos_y_vota_seis_veces(xviii: Sesion) -> None:
    assert [acuerdo.ordinal for acuerdo in xviii.acuerdos.all()] == [
        *["Primero", "Segundo", "Tercero", "Cuarto", "Quinto"],
        *["Sexto", "Séptimo", "Octavo", "Noveno"],
    ]
    votados = [
        v.acuerdo.numero if v.acuerdo else None for p in xviii.puntos.en_arbol() for v in p.votaciones.all()
    ]
    assert votados == [None, 3, 4, 5, 9, None]


def test_la_suplente_admitida_en_la_sesion_solo_vota_el_acta(xviii: Sesion) -> None:
    padrones = {p.titulo: [len(v.padron) for v in p.votaciones.all()] for p in xviii.puntos.en_arbol()}
    assert padrones["Asuntos generales"] == [6]
    assert padrones[punto(xviii, "firma del acta").titulo] == [7]


def test_el_quinto_acuerdo_guarda_el_plazo_dicho_y_su_fecha_y_sigue_abierto(xviii: Sesion) -> None:
    quinto = xviii.acuerdos.get(numero=5)
    plazo = quinto.plazos.get()
    assert (plazo.literal, plazo.fecha) == (
        "dos semanas a partir de la presente sesión",
        dt.date(2020, 1, 31),
    )
    assert list(xviii.acuerdos.abiertos()) == [quinto]
    assert xviii.acuerdos.filter(estado=EstadoAcuerdo.CUMPLIDO).count() == 8


def test_las_suplencias_dicen_que_acuerdo_las_admitio(xviii: Sesion) -> None:
    admitidas = {
        s.persona.apellidos: a.numero for a in xviii.acuerdos.all() for s in a.suplencias_admitidas.all()
    }
    assert admitidas == {"Sámano Gómez": 3, "Aranda García": 9}


def test_la_XXI_tiene_once_nombres_y_diez_firmas(xxi: Sesion) -> None:
    assert (xxi.fecha, xxi.inicio, xxi.cierre) == (dt.date(2020, 7, 10), dt.time(10), dt.time(11, 18))
    del_organo = xxi.asistencias.de_asientos().presentes()
    assert del_organo.count() == 11
    assert xxi.firmantes.count() == 10
    assert [a.apellidos for a in del_organo.filter(ocupa_asiento=False)] == ["Torres Barrientos"]
    assert not any(d.falta for d in diferencias(xxi))


def test_la_XXI_agrega_el_refrendo_como_segundo_inciso(xxi: Sesion) -> None:
    refrendo = punto(xxi, "refrenda")
    assert (refrendo.en_sesion, refrendo.orden, refrendo.resultado) == (True, 2, Resultado.DA_CUENTA)
    assert refrendo.refrendos.get().nombramiento.persona.apellidos == "Soria Narváez"
    assert refrendo.oficios.count() == 2


def test_la_XXI_conserva_las_fechas_que_se_prorrogaron(xxi: Sesion) -> None:
    avances = punto(xxi, "Solicitud de avances")
    fechas = [(p.fecha_original, p.fecha) for p in avances.plazos.all()]
    assert fechas == [
        (dt.date(2020, 7, 21), dt.date(2020, 8, 14)),
        (dt.date(2020, 7, 22), dt.date(2020, 8, 21)),
    ]


def test_ninguna_votacion_de_la_XXI_es_un_acuerdo_numerado(xxi: Sesion) -> None:
    assert xxi.acuerdos.count() == 0
    assert [p.resultado for p in xxi.puntos.en_arbol() if p.votaciones.exists()] == [Resultado.UNANIMIDAD] * 2


def test_las_sesiones_reales_no_dicen_que_alguien_las_convoco_por_el_portal(
    xviii: Sesion, xxi: Sesion
) -> None:
    for sesion in (xviii, xxi):
        assert sesion.estado == EstadoSesion.CONCLUIDA
        assert sesion.convocatorias.count() == 0
        assert set(sesion.historia.values_list("por", flat=True)) == {None}
