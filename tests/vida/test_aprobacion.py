"""Las tres vías de aprobar un acta, cada una con su prueba."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sesiones import aprobacion, fe_de_erratas, revision
from sesiones import models as m
from sesiones.acta import edicion, redaccion, vida
from sesiones.acta.firmas import NO_ASISTIO, diferencias
from sesiones.acta.hechos import hechos_de
from sesiones.agenda import actas_por_aprobar, formar_orden
from sesiones.cierre import cerrar
from sesiones.estados import EstadoActa, EstadoSesion, Resultado, TipoPunto, ViaAprobacion
from tests.fabricas import HORA, crear_en_curso, crear_sesion, pasar_lista
from tests.personas import Reparto
from tests.vida.archivadas import archivada
from tests.vida.conftest import CIERRE, JUEVES, concluida
from tests.vida.momentos import aprobada_despues


def _leida_en_la_misma(reparto: Reparto) -> m.Acta:
    sesion = crear_en_curso(reparto, puntos=1)
    sesion.puntos.get().resolver(Resultado.PRESENTADO)
    m.Punto.agregar(sesion, "Lectura y aprobación del acta", tipo=TipoPunto.ACTA).resolver(Resultado.CONSENSO)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE)
    return m.Acta.de(sesion)


def test_en_la_misma_sesion_previa_lectura(reparto: Reparto) -> None:
    acta = _leida_en_la_misma(reparto)
    assert aprobacion.vias_posibles(acta) == ["misma"]
    aprobacion.aprobar_en_sesion(acta, reparto.cuentas["facilitadora"], JUEVES)
    assert (acta.estado, acta.via, acta.aprobada_el) == (EstadoActa.APROBADA, "misma", acta.sesion.fecha)
    assert acta.aprobada_en is not None
    assert acta.aprobada_en.tipo == TipoPunto.ACTA


def test_sin_punto_aprobado_no_se_aprueba(reparto: Reparto, acta: m.Acta) -> None:
    assert aprobacion.vias_posibles(acta) == []
    with pytest.raises(ValidationError, match="Ninguna sesión"):
        aprobacion.aprobar_en_sesion(acta, reparto.cuentas["facilitadora"], JUEVES)


def _posterior(reparto: Reparto, resultado: str) -> m.Sesion:
    """Otra sesión cuyo orden del día trae sola el acta anterior, que termina con ese resultado."""
    sesion = crear_sesion(reparto, fecha=dt.date(2026, 4, 15))
    formar_orden(sesion, copiar_de=None, acuerdos=[])
    pasar_lista(reparto, sesion, ("presidencia", "poder", "academia", "facilitadora"))
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    sesion.refresh_from_db()
    punto = sesion.puntos.get(tipo=TipoPunto.ACTA_ANTERIOR)
    punto.resolver(resultado, motivo="Para revisarla mejor." if resultado == Resultado.POSPUESTO else "")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE)
    return sesion


def test_la_sesion_posterior_que_la_aprueba_la_deja_aprobada_sola(reparto: Reparto, acta: m.Acta) -> None:
    revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    otra = _posterior(reparto, Resultado.CONSENSO)
    acta.refresh_from_db()
    assert (acta.estado, acta.via, acta.aprobada_el) == (EstadoActa.APROBADA, "posterior", otra.fecha)
    assert not acta.rondas.filter(cerrada_el=None).exists()
    hechos = hechos_de(acta.sesion)
    assert otra.designacion in redaccion.leyenda(hechos)
    assert otra.designacion in redaccion.aprobacion(hechos)


def test_si_la_posterior_la_pospone_sigue_sin_aprobarse(reparto: Reparto, acta: m.Acta) -> None:
    _posterior(reparto, Resultado.POSPUESTO)
    acta.refresh_from_db()
    assert acta.estado == EstadoActa.BORRADOR


def test_el_punto_que_aprobo_un_acta_ya_no_cambia(reparto: Reparto, acta: m.Acta) -> None:
    otra = _posterior(reparto, Resultado.CONSENSO)
    otra.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó un dato.")
    with pytest.raises(ValidationError, match="se aprobó un acta"):
        otra.puntos.get(tipo=TipoPunto.ACTA_ANTERIOR).resolver(Resultado.PRESENTADO)


def test_quien_firma_sin_haber_asistido_lo_explica_la_aprobacion(reparto: Reparto) -> None:
    m.Regla.objects.update(quien_firma="aprueban")
    acta = concluida(reparto)
    m.Asistencia.objects.filter(sesion=acta.sesion, persona=reparto.personas["poder"]).update(
        estado="ausente"
    )
    _posterior(reparto, Resultado.CONSENSO)
    m.Firmante.agregar(
        acta.sesion, persona=reparto.personas["poder"], nombre="Lic. Beto Sosa Lira", explicacion="Aprobó."
    )
    m.Firmante.objects.filter(persona=reparto.personas["poder"]).update(explicacion="")
    dichas = {d.nombre: d.explicacion for d in diferencias(acta.sesion) if d.tipo == NO_ASISTIO}
    assert "en la que se aprobó esta acta" in dichas["Lic. Beto Sosa Lira"]


def _por_correo(reparto: Reparto, conformes: int) -> m.Acta:
    m.Regla.objects.update(aprobacion=ViaAprobacion.CORREO)
    acta = concluida(reparto)
    ronda = revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)
    for revisor in ronda.revisores.all()[:conformes]:
        revision.conformar(revisor, JUEVES)
    revision.cerrar(ronda, reparto.cuentas["facilitadora"], JUEVES)
    acta.refresh_from_db()
    return acta


def test_por_correo_con_mas_de_la_mitad_conforme(reparto: Reparto) -> None:
    acta = _por_correo(reparto, conformes=3)
    aprobacion.aprobar_por_correo(acta, reparto.cuentas["facilitadora"], JUEVES)
    acta.refresh_from_db()
    assert (acta.estado, acta.via) == (EstadoActa.APROBADA, "correo")
    assert "3 de las 4 personas" in redaccion.aprobacion(hechos_de(acta.sesion))


def test_por_correo_no_alcanza_con_la_mitad(reparto: Reparto) -> None:
    acta = _por_correo(reparto, conformes=2)
    with pytest.raises(ValidationError, match="Solo 2 de 4"):
        aprobacion.aprobar_por_correo(acta, reparto.cuentas["facilitadora"], JUEVES)


def test_por_correo_no_se_aprueba_un_texto_que_nadie_leyo(reparto: Reparto) -> None:
    acta = _por_correo(reparto, conformes=4)
    quien = reparto.cuentas["facilitadora"]
    edicion.editar(acta.sesion, "cierre", texto="Otro.", base="Antes.", version=0, por=quien)
    with pytest.raises(ValidationError, match="cambió después"):
        aprobacion.aprobar_por_correo(acta, quien, JUEVES)


def test_la_regla_decide_si_se_puede_por_correo(reparto: Reparto, acta: m.Acta) -> None:
    assert "no prevén" in aprobacion.lo_que_impide_por_correo(acta)[0]


# --- una fe de erratas la aprueba quien vota su texto ---


@pytest.fixture
def errata(reparto: Reparto) -> m.Acta:
    """La versión 2, en borrador, de un acta que se leyó y aprobó en su propia sesión."""
    return fe_de_erratas.abrir(
        archivada(reparto).acta, reparto.cuentas["facilitadora"], motivo="Dice 2025 y es 2026."
    )


def test_el_voto_sobre_la_version_1_no_aprueba_la_fe_de_erratas(reparto: Reparto, errata: m.Acta) -> None:
    assert aprobacion.vias_posibles(errata) == []
    assert hechos_de(errata.sesion).aprobada is None
    with pytest.raises(ValidationError, match="Ninguna sesión"):
        aprobacion.aprobar_en_sesion(errata, reparto.cuentas["facilitadora"], JUEVES)


def test_tampoco_una_sesion_posterior_que_empezo_antes_de_abrirla(reparto: Reparto, errata: m.Acta) -> None:
    otra = _posterior(reparto, Resultado.CONSENSO)
    errata.refresh_from_db()
    assert (errata.estado, aprobacion.vias_posibles(errata)) == (EstadoActa.BORRADOR, [])
    assert otra.estado == EstadoSesion.CONCLUIDA


def test_la_siguiente_sesion_la_lleva_sola_y_la_aprueba(reparto: Reparto, errata: m.Acta) -> None:
    hecha = aprobada_despues(reparto, errata)
    assert (hecha.estado, hecha.via, hecha.aprobada_el) == ("aprobada", "posterior", dt.date(2026, 4, 15))
    punto = hecha.aprobada_en
    assert punto is not None
    assert punto.titulo.startswith("Aprobación de la fe de erratas del acta de la I Sesión Ordinaria")
    assert punto.sesion.designacion in redaccion.leyenda(hechos_de(hecha.sesion))


def test_ya_aprobada_no_vuelve_al_orden_del_dia(reparto: Reparto, errata: m.Acta) -> None:
    aprobada_despues(reparto, errata)
    otra = crear_sesion(reparto, fecha=dt.date(2026, 5, 20))
    assert errata.sesion not in actas_por_aprobar(otra)


def test_si_la_siguiente_ya_esta_programada_se_agrega_al_abrirla(reparto: Reparto) -> None:
    sello = archivada(reparto)
    proxima = crear_sesion(reparto, fecha=timezone.localdate() + dt.timedelta(days=30))
    errata = fe_de_erratas.abrir(sello.acta, reparto.cuentas["facilitadora"], motivo="Dice 2025 y es 2026.")
    assert [p.sesion for p in errata.sesion.se_aprueba_en.all()] == [proxima]
    sigue = vida.siguiente(errata, None, [])
    assert sigue is not None
    assert f"se aprueba aparte, en la {proxima.designacion}, que ya la lleva" in sigue.explica


def test_sin_sesion_programada_dice_que_la_llevara_la_siguiente(errata: m.Acta) -> None:
    sigue = vida.siguiente(errata, None, [])
    assert sigue is not None
    assert "en la siguiente sesión que se programe" in sigue.explica
    assert "se agrega sola" in next(vida.por_aprobar(errata)).texto
