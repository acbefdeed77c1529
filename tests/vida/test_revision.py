"""La revisión: rondas, plazo, anclas que sobreviven y quién falta."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sesiones import models as m
from sesiones import revision
from sesiones.acta import edicion
from sesiones.estados import Atencion, EstadoActa
from sesiones.models.reglas import QuienRevisa
from stl_portal.avisos.models import Aviso
from stl_portal.transiciones import TransicionInvalida
from tests.personas import Reparto
from tests.vida.conftest import JUEVES

UN_DIA = dt.timedelta(days=1)


def _circulada(reparto: Reparto, acta: m.Acta) -> m.Ronda:
    return revision.circular(acta, reparto.cuentas["facilitadora"], JUEVES)


def _revisor(ronda: m.Ronda, reparto: Reparto, quien: str) -> m.Revisor:
    return ronda.revisores.get(persona=reparto.personas[quien])


def test_se_circula_a_quienes_ocuparon_un_asiento_con_plazo_habil(reparto: Reparto, acta: m.Acta) -> None:
    ronda = _circulada(reparto, acta)
    assert [r.persona for r in ronda.revisores.all()] == [
        reparto.personas[quien] for quien in ("presidencia", "poder", "academia", "civil")
    ]
    assert ronda.vence == dt.date(2026, 3, 26)  # cinco hábiles desde el jueves 19
    acta.refresh_from_db()
    assert acta.estado == EstadoActa.CIRCULADA
    avisos = Aviso.objects.filter(motivo=f"acta:{acta.pk}:ronda:1")
    assert avisos.count() == 4
    assert all(revision.url_de_revision(acta) in aviso.cuerpo for aviso in avisos)


def test_la_regla_puede_pedir_a_todas_las_personas_titulares(reparto: Reparto, acta: m.Acta) -> None:
    m.Asistencia.objects.filter(persona=reparto.personas["civil"]).update(estado="ausente")
    assert len(revision.quienes_revisan(acta.sesion, acta.sesion.fecha)) == 3
    m.Regla.objects.update(quien_revisa=QuienRevisa.TITULARES)
    acta.sesion.refresh_from_db()
    assert len(revision.quienes_revisan(m.Sesion.objects.get(), acta.sesion.fecha)) == 4


def test_una_sesion_abierta_no_se_circula(reparto: Reparto, acta: m.Acta) -> None:
    acta.sesion.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó un dato.")
    with pytest.raises(ValidationError, match="no se ha cerrado"):
        _circulada(reparto, acta)


def test_todas_conformes_la_cierran_solas(reparto: Reparto, acta: m.Acta) -> None:
    ronda = _circulada(reparto, acta)
    for quedan, revisor in reversed(list(enumerate(reversed(ronda.revisores.all())))):
        revision.conformar(revisor, JUEVES)
        assert ronda.faltan().count() == quedan
    acta.refresh_from_db()
    assert acta.estado == EstadoActa.REVISADA


def test_la_observacion_guarda_lo_que_se_leia_aunque_el_parrafo_cambie(
    reparto: Reparto, acta: m.Acta
) -> None:
    ronda = _circulada(reparto, acta)
    clave = "cierre"
    leido = next(p["texto"] for p in ronda.parrafos if p["clave"] == clave)
    observacion = _revisor(ronda, reparto, "civil").observar(JUEVES, texto="Falta la hora.", clave=clave)
    edicion.editar(
        acta.sesion,
        clave,
        texto="Otro cierre.",
        base=leido,
        version=0,
        por=reparto.cuentas["facilitadora"],
    )
    observacion.refresh_from_db()
    assert (observacion.cita, observacion.clave) == (leido, clave)
    assert any(p["clave"] == clave for p in revision.parrafos_de(edicion.borrador(acta.sesion).bloques))


def test_no_se_observa_un_parrafo_que_no_se_circulo(reparto: Reparto, acta: m.Acta) -> None:
    ronda = _circulada(reparto, acta)
    with pytest.raises(ValidationError, match="no está en el texto"):
        _revisor(ronda, reparto, "civil").observar(JUEVES, texto="¿Y esto?", clave="punto-999")


def test_quien_observo_no_queda_conforme_hasta_retirar(reparto: Reparto, acta: m.Acta) -> None:
    ronda = _circulada(reparto, acta)
    revisor = _revisor(ronda, reparto, "civil")
    observacion = revisor.observar(JUEVES, texto="Falta algo.")
    with pytest.raises(ValidationError, match="retíralas"):
        revision.conformar(revisor, JUEVES)
    observacion.retirar(JUEVES)
    revision.conformar(revisor, JUEVES)
    assert not ronda.observaciones().exists()


def test_el_ultimo_dia_cuenta_completo_y_despues_se_cierra_sola(reparto: Reparto, acta: m.Acta) -> None:
    ronda = _circulada(reparto, acta)
    revisor = _revisor(ronda, reparto, "civil")
    ultimo = timezone.make_aware(dt.datetime(2026, 3, 26, 23, 59))
    assert revision.cerrar_vencidas(ultimo) == 0
    revisor.observar(ultimo, texto="A tiempo.")
    with pytest.raises(ValidationError, match="ya se cerró"):
        revisor.observar(ultimo + UN_DIA, texto="Tarde.")
    assert revision.cerrar_vencidas(ultimo + UN_DIA) == 1
    assert revision.cerrar_vencidas(ultimo + UN_DIA) == 0
    acta.refresh_from_db()
    assert acta.estado == EstadoActa.OBSERVADA


def test_otra_ronda_solo_con_texto_nuevo_y_todo_atendido(reparto: Reparto, acta: m.Acta) -> None:
    quien = reparto.cuentas["facilitadora"]
    ronda = _circulada(reparto, acta)
    observacion = _revisor(ronda, reparto, "civil").observar(JUEVES, texto="Falta la hora.", clave="cierre")
    revision.cerrar(ronda, quien, JUEVES)
    with pytest.raises(ValidationError) as error:
        _circulada(reparto, acta)
    assert "por atender" in str(error.value)
    assert "el mismo" in str(error.value)
    with pytest.raises(ValidationError, match="por qué"):
        observacion.atender(quien, JUEVES, atencion=Atencion.NO_INCORPORADA)
    observacion.atender(quien, JUEVES, atencion=Atencion.INCORPORADA)
    edicion.editar(acta.sesion, "cierre", texto="Con hora.", base="Sin.", version=0, por=quien)
    assert _circulada(reparto, acta).numero == 2


def test_no_se_circula_dos_veces_ni_se_edita_lo_aprobado(reparto: Reparto, acta: m.Acta) -> None:
    quien = reparto.cuentas["facilitadora"]
    _circulada(reparto, acta)
    with pytest.raises(TransicionInvalida):
        _circulada(reparto, acta)
    m.Acta.objects.update(estado=EstadoActa.APROBADA)
    with pytest.raises(ValidationError, match="fe de erratas"):
        edicion.editar(acta.sesion, "cierre", texto="x", base="y", version=0, por=quien)
    with pytest.raises(ValidationError, match="fe de erratas"):
        acta.sesion.reabrir(quien, motivo="No se puede.")
