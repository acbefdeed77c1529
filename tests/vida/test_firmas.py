"""Cada modo de firmar, mezclados; quién puede, en qué orden, y negarse."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoCaptureOnCommitCallbacks

from sesiones import constancia_publica, fe_de_erratas, firmar, publicar
from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import ClaseFirma, EstadoActa
from sesiones.models.sellado import pdf_actual
from stl_portal.archivo import almacen
from stl_portal.firma import pades
from stl_portal.sello.models import Eslabon, PuntoDeControl
from tests.personas import Reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import METODO, aprobada_despues, dar_cuenta_a, firmada, publicada, sellada


def _lugar(sello: m.Sello, reparto: Reparto, quien: str) -> m.LugarDeFirma:
    return sello.lugares.select_related("persona", "sello__acta__sesion__organo").get(
        persona=reparto.personas[quien]
    )


def test_la_simple_llena_su_espacio_y_deja_constancia(reparto: Reparto) -> None:
    sello = sellada(reparto)
    lugar = _lugar(sello, reparto, "civil")
    firma = firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    assert pades.campos(almacen.leer(firma.pdf))[lugar.campo] is True
    assert pdf_actual(sello) == firma.pdf
    assert json.loads(Eslabon.objects.get(n=firma.eslabon).payload)["datos"]["clase"] == "simple"


def test_nadie_firma_por_otra_persona(reparto: Reparto) -> None:
    sello = sellada(reparto)
    lugar = _lugar(sello, reparto, "poder")
    with pytest.raises(ValidationError, match="solo esa persona"):
        firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    with pytest.raises(ValidationError, match="solo esa persona"):
        firmar.negarse(lugar, reparto.cuentas["facilitadora"], JUEVES, motivo="No.")
    assert not m.Firma.objects.exists()


def test_no_se_firma_dos_veces(reparto: Reparto) -> None:
    sello = sellada(reparto)
    lugar = _lugar(sello, reparto, "civil")
    firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    with pytest.raises(ValidationError, match="ya está firmado"):
        firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    assert m.Firma.objects.count() == 1


def test_negarse_pide_motivo_se_ve_y_permite_firmar_despues(reparto: Reparto) -> None:
    sello = sellada(reparto)
    lugar = _lugar(sello, reparto, "civil")
    with pytest.raises(ValidationError, match="por qué"):
        firmar.negarse(lugar, reparto.cuentas["integrante"], JUEVES, motivo=" ")
    firmar.negarse(lugar, reparto.cuentas["integrante"], JUEVES, motivo="No coincide con lo dicho.")
    assert lugar.resuelto is not None
    assert lugar.resuelto.clase == ClaseFirma.NEGADA
    assert not lugar.firmado
    eslabon = Eslabon.objects.get(n=lugar.resuelto.eslabon)
    assert (eslabon.tipo, eslabon.nombre) == ("acta-firma-negada", "Se negó a firmar")
    firmar.simple(lugar, reparto.cuentas["integrante"], JUEVES, metodo=METODO)
    assert m.LugarDeFirma.objects.get(pk=lugar.pk).firmado
    assert list(constancia_publica.fallas()) == []


def test_con_firmas_en_orden_espera_su_turno(reparto: Reparto) -> None:
    m.Regla.objects.update(firma_en_orden=True)
    sello = sellada(reparto)
    with pytest.raises(ValidationError, match="primero le toca a Mtra"):
        firmar.simple(_lugar(sello, reparto, "civil"), reparto.cuentas["integrante"], JUEVES, metodo=METODO)


def test_con_el_ultimo_lugar_resuelto_el_acta_queda_firmada(reparto: Reparto) -> None:
    sello = firmada(reparto)
    sello.acta.refresh_from_db()
    assert sello.acta.estado == EstadoActa.FIRMADA
    assert firmar.por_firmar(sello) == []
    assert all(pades.campos(almacen.leer(pdf_actual(sello)))[x.campo] for x in sello.lugares.all())


def test_no_se_publica_con_firmas_pendientes_salvo_que_la_regla_lo_permita(reparto: Reparto) -> None:
    sello = sellada(reparto)
    dar_cuenta_a(reparto, "poder")
    firmar.simple(_lugar(sello, reparto, "poder"), reparto.cuentas["extrana"], JUEVES, metodo=METODO)
    with pytest.raises(ValidationError, match="Faltan las firmas de Mtra") as error:
        publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    assert "Beto" not in str(error.value)
    m.Regla.objects.update(publica_sin_firmas=True)
    publicar.publicar(m.Acta.objects.get(), reparto.cuentas["facilitadora"], JUEVES)
    assert m.Acta.objects.get().estado == EstadoActa.PUBLICADA


def test_publicar_cierra_el_pdf_con_el_sello_del_organo(reparto: Reparto) -> None:
    sello = publicada(reparto)
    assert all(pades.campos(almacen.leer(sello.publicacion.pdf)).values())
    assert [e.tipo for e in Eslabon.objects.all()] == [
        "acta-sellada",
        *["acta-firmada"] * 5,
        "acta-publicada",
    ]


def test_la_fe_de_erratas_sustituye_sin_borrar(reparto: Reparto) -> None:
    sello = publicada(reparto)
    quien = reparto.cuentas["facilitadora"]
    with pytest.raises(ValidationError, match="por qué"):
        fe_de_erratas.abrir(sello.acta, quien, motivo="")
    nueva = fe_de_erratas.abrir(sello.acta, quien, motivo="La hora de cierre era otra.")
    sesion = sello.acta.sesion
    sesion.reabrir(quien, motivo="Fe de erratas.")
    cerrar(sesion, quien, cierre=dt.time(12, 0))
    from sesiones import sellar

    aprobada_despues(reparto, nueva)
    m.Regla.objects.update(publica_sin_firmas=True)
    otro = sellar.sellar(m.Acta.de(sesion), quien, JUEVES)
    publicar.publicar(otro.acta, quien, JUEVES)
    sello.acta.refresh_from_db()
    assert (otro.acta, sello.acta.estado) == (nueva, EstadoActa.SUSTITUIDA)
    assert json.loads(bytes(otro.documento))["sustituye"] == {
        "codigo": sello.codigo,
        "huella": sello.huella,
        "motivo": "La hora de cierre era otra.",
    }
    assert almacen.leer(m.Sello.objects.get(pk=sello.pk).publicacion.pdf)


def test_al_publicar_se_firma_un_punto_de_control(
    reparto: Reparto, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sello = firmada(reparto)
    with django_capture_on_commit_callbacks(execute=True):
        publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    publicacion = m.Publicacion.objects.get()
    assert PuntoDeControl.objects.get().tamano >= publicacion.eslabon
