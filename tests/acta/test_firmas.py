"""Una sola cuenta de quién asistió, quién contó y quién firma: la usan el acta y «qué falta»."""

import datetime as dt

import pytest

from sesiones import faltantes
from sesiones import models as m
from sesiones.acta.firmas import NO_ASISTIO, NO_FIRMA, diferencias
from sesiones.estados import EstadoAsistencia, TipoPunto, TipoSesion
from sesiones.models.reglas import QuienFirma
from tests.acta.sesion import cerrar
from tests.fabricas import HORA, crear_en_curso, crear_punto, crear_sesion, pasar_lista
from tests.personas import Reparto

SIN_ACADEMIA = ("presidencia", "poder", "civil", "facilitadora")


def pedidas(sesion: m.Sesion) -> list[str]:
    """Lo que «qué falta para circular» pide explicar."""
    return [f.texto for f in faltantes.para_circular(sesion) if "explica" in f.texto]


def quitar_firma(sesion: m.Sesion, asiento: m.Asiento) -> None:
    """Deja sin firma a quien ocupó ese asiento."""
    sesion.firmantes.filter(asistencia__asiento=asiento).delete()


def firman(sesion: m.Sesion) -> list[str]:
    """Quienes firmarían según la regla."""
    return [f.nombre for f in m.Firmante.segun_regla(sesion)]


def regla(reparto: Reparto, quien: str) -> None:
    """Cambia quién firma en el órgano de prueba."""
    m.Regla.objects.filter(pk=reparto.regla.pk).update(quien_firma=quien)


def test_a_quien_llego_tarde_y_no_firma_tambien_se_le_pregunta(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    crear_punto(sesion)
    pasar_lista(reparto, sesion, presentes=SIN_ACADEMIA)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    asiento = reparto.asientos["academia"]
    titular = asiento.nombramientos.get()
    m.Asistencia.incorporar(sesion, asiento, titular, hora=dt.time(10, 30), punto=None)
    cerrar(reparto, sesion)
    assert pedidas(sesion) == []  # firma, y su llegada explica que no contara
    quitar_firma(sesion, asiento)
    assert pedidas(sesion) == ["Dra. Celia Mora Díaz asistió y no firma: explica por qué."]


def test_en_una_reunion_de_trabajo_tambien_se_pregunta(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto, tipo=TipoSesion.TRABAJO)
    pasar_lista(reparto, sesion)
    sesion.refresh_from_db()
    sesion.iniciar(reparto.cuentas["facilitadora"], inicio=HORA)
    cerrar(reparto, sesion)
    quitar_firma(sesion, reparto.asientos["civil"])
    assert pedidas(sesion) == ["C. Darío Vega Cruz asistió y no firma: explica por qué."]


def test_lo_que_falta_es_lo_que_el_acta_no_explica(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    cerrar(reparto, sesion)
    quitar_firma(sesion, reparto.asientos["civil"])
    (falta,) = [d for d in diferencias(sesion) if d.falta]
    fila = sesion.asistencias.get(asiento=reparto.asientos["civil"])
    assert (falta.tipo, falta.asistencia, falta.firma) == (NO_FIRMA, fila.pk, None)
    sesion.asistencias.filter(pk=fila.pk).update(sin_firma="Pidió no firmar")
    assert pedidas(sesion) == []
    assert [d.explicacion for d in diferencias(sesion)] == ["Pidió no firmar"]


def test_la_regla_que_no_preve_a_la_facilitadora_explica_que_no_firme(reparto: Reparto) -> None:
    regla(reparto, QuienFirma.ASISTENTES)
    sesion = crear_en_curso(reparto)
    cerrar(reparto, sesion)
    assert [d.nombre for d in diferencias(sesion)] == ["Lic. Eva Luna Ríos"]
    assert pedidas(sesion) == []


def aprobar(sesion: m.Sesion, **punto: object) -> m.Votacion:
    """Aprueba un acta por unanimidad en un punto de esa sesión."""
    fila = crear_punto(sesion, "Aprobación del acta", **punto)
    return m.Votacion.registrar(fila, asunto="El acta", forma="unanimidad")


def test_si_firman_quienes_aprueban_mientras_no_se_vote_firman_quienes_asistieron(reparto: Reparto) -> None:
    regla(reparto, QuienFirma.APRUEBAN)
    assert len(firman(crear_en_curso(reparto))) == 4  # sin la persona facilitadora


def test_si_firman_quienes_aprueban_y_se_aprueba_ahi_firma_el_padron(reparto: Reparto) -> None:
    regla(reparto, QuienFirma.APRUEBAN)
    sesion = crear_en_curso(reparto)
    civil = sesion.asistencias.get(asiento=reparto.asientos["civil"])
    civil.retirar(hora=dt.time(11), punto=sesion.puntos.get())
    aprobar(sesion, tipo=TipoPunto.ACTA)
    assert firman(sesion) == ["Mtra. Ana Ruiz Peña", "Lic. Beto Sosa Lira", "Dra. Celia Mora Díaz"]
    cerrar(reparto, sesion)
    assert pedidas(sesion) == []  # quien se fue y quien no vota se explican solas
    porques = {d.nombre: d.explicacion for d in diferencias(sesion)}
    assert porques["Lic. Eva Luna Ríos"] == (
        "estuvo presente, sin voto, en la I Sesión Ordinaria, en la que se aprobó esta acta"
    )


def test_si_se_aprueba_en_otra_sesion_firman_quienes_ahi_votaron(reparto: Reparto) -> None:
    regla(reparto, QuienFirma.APRUEBAN)
    sesion = crear_sesion(reparto)
    crear_punto(sesion)
    pasar_lista(reparto, sesion, presentes=SIN_ACADEMIA)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    cerrar(reparto, sesion)
    posterior = crear_en_curso(reparto, fecha=dt.date(2026, 4, 15))
    civil = posterior.asistencias.get(asiento=reparto.asientos["civil"])
    civil.retirar(hora=dt.time(10, 5), punto=posterior.puntos.get())
    aprobar(posterior, tipo=TipoPunto.ACTA_ANTERIOR, acta_de=sesion)

    m.Firmante.proponer(sesion)
    assert [f.nombre for f in sesion.firmantes.all()] == [
        "Mtra. Ana Ruiz Peña",
        "Lic. Beto Sosa Lira",
        "Dra. Celia Mora Díaz",
    ]
    assert sesion.asistencias.get(asiento=reparto.asientos["academia"]).estado == EstadoAsistencia.AUSENTE
    por_tipo = {(d.tipo, d.nombre): d.explicacion for d in diferencias(sesion)}
    assert por_tipo[NO_ASISTIO, "Dra. Celia Mora Díaz"].startswith("estuvo presente en la II Sesión")
    assert por_tipo[NO_FIRMA, "C. Darío Vega Cruz"].startswith("no estuvo entre quienes votaron")
    assert por_tipo[NO_FIRMA, "Lic. Eva Luna Ríos"].startswith("estuvo presente, sin voto, en la II Sesión")
    assert pedidas(sesion) == []


@pytest.mark.parametrize("estado", [EstadoAsistencia.AUSENTE, EstadoAsistencia.JUSTIFICADA])
def test_a_quien_no_asistio_no_se_le_pide_firma(reparto: Reparto, estado: str) -> None:
    sesion = crear_en_curso(reparto)
    sesion.asistencias.filter(asiento=reparto.asientos["civil"]).update(estado=estado)
    cerrar(reparto, sesion)
    assert "C. Darío Vega Cruz" not in firman(sesion)
    assert pedidas(sesion) == []
