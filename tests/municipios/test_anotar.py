"""Anotar, deshacer y rehacer: qué se acepta, qué se rechaza y con qué palabras."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from municipios import cuadro
from municipios.captura import anotar
from municipios.captura.anotar import Cambio, Rechazados
from municipios.captura.deshacer import deshacer, rehacer
from municipios.cortes.publicar import publicar
from municipios.models import Anotacion, Etapa, Municipio
from stl_portal.versiones import VersionRancia
from tests.municipios.fabricas import LEON, crear_corte, crear_etapas, crear_municipal
from tests.personas import DIA, Reparto

AHORA = timezone.make_aware(dt.datetime(2026, 4, 1, 12))
AYER = DIA - dt.timedelta(days=1)


@pytest.fixture
def etapa(reparto: Reparto) -> Etapa:
    return crear_etapas(reparto.organo)[0]


def poner(
    reparto: Reparto, etapa: Etapa, situacion: str, quien: str = "facilitadora", **cambios: Any
) -> Anotacion:
    """Anota en León como esa persona, sin comparar con nada salvo que se diga `sobre`."""
    return anotar.anotar(
        reparto.cuentas[quien],
        etapa.organo,
        Municipio.objects.get(pk=cambios.pop("municipio", LEON)),
        etapa,
        etapa.situaciones.get(clave=situacion),
        **{"fecha": DIA, "sobre": None, "ahora": AHORA} | cambios,
    )


def frase(error: pytest.ExceptionInfo[ValidationError], campo: str) -> str:
    return error.value.message_dict[campo][0]


def test_queda_quien_cuando_y_desde_cuando(reparto: Reparto, etapa: Etapa) -> None:
    fila = poner(reparto, etapa, "en_proceso", nota="  Se publicó\u200b  ", liga="https://leon.gob.mx/a")
    assert (fila.por, fila.cuando, fila.fecha) == (reparto.cuentas["facilitadora"], AHORA, DIA)
    assert (fila.nota, fila.liga) == ("Se publicó", "https://leon.gob.mx/a")
    casilla = cuadro.tomar(etapa.organo, DIA).casillas[LEON, etapa.pk]
    assert casilla.vale.situacion == "en_proceso"
    assert cuadro.tomar(etapa.organo, AYER).casillas[LEON, etapa.pk].capturado is None


def test_repetir_lo_mismo_no_crea_nada(reparto: Reparto, etapa: Etapa) -> None:
    primera = poner(reparto, etapa, "en_proceso", sobre=0)
    assert poner(reparto, etapa, "en_proceso", sobre=0) == primera
    assert Anotacion.objects.count() == 1


def test_confirmarlo_otro_dia_si_es_otra_anotacion(reparto: Reparto, etapa: Etapa) -> None:
    primera = poner(reparto, etapa, "en_proceso", fecha=AYER)
    assert poner(reparto, etapa, "en_proceso", sobre=primera.pk) != primera


def test_no_se_anota_en_el_futuro(reparto: Reparto, etapa: Etapa) -> None:
    with pytest.raises(ValidationError) as error:
        poner(reparto, etapa, "cumplido", fecha=timezone.localdate(AHORA) + dt.timedelta(days=1))
    assert frase(error, "fecha") == "La fecha todavía no llega."


def test_la_situacion_es_de_su_etapa(reparto: Reparto, etapa: Etapa) -> None:
    otra = etapa.organo.etapas_municipales.exclude(pk=etapa.pk).get()
    ajena = Cambio(Municipio.objects.get(pk=LEON), etapa, otra.situaciones.first(), DIA)  # type: ignore[arg-type]
    with pytest.raises(Rechazados) as error:
        anotar.varias(reparto.cuentas["facilitadora"], etapa.organo, [ajena], ahora=AHORA)
    assert [r.frase for r in error.value.rechazos] == ["Esa situación no es de la etapa."]


def test_retroceder_pide_el_motivo(reparto: Reparto, etapa: Etapa) -> None:
    poner(reparto, etapa, "cumplido", fecha=AYER)
    with pytest.raises(ValidationError) as error:
        poner(reparto, etapa, "en_proceso", motivo="   ")
    assert frase(error, "motivo") == "Retrocede: di por qué."
    assert poner(reparto, etapa, "en_proceso", motivo="Renunció el comité").motivo == "Renunció el comité"


def test_el_motivo_solo_queda_donde_se_retrocede(reparto: Reparto, etapa: Etapa) -> None:
    """El de un renglón pegado llega a todas sus etapas, y se publica: en las que avanzan sería falso."""
    avanza = poner(reparto, etapa, "en_proceso", fecha=AYER, motivo="Renunció el comité")
    assert (avanza.motivo, poner(reparto, etapa, "en_proceso", fecha=AYER, motivo="Otro")) == ("", avanza)
    retrocede = poner(reparto, etapa, "no_iniciado", motivo="Renunció el comité")
    assert poner(reparto, etapa, "no_iniciado", motivo="Renunció el comité") == retrocede
    assert poner(reparto, etapa, "no_iniciado", motivo="Renunció la mitad").motivo == "Renunció la mitad"
    assert poner(reparto, etapa, "cumplido", motivo="Renunció el comité").motivo == ""


def test_retroceder_se_mira_contra_lo_de_ese_dia(reparto: Reparto, etapa: Etapa) -> None:
    poner(reparto, etapa, "cumplido")
    anterior = poner(reparto, etapa, "en_proceso", fecha=AYER)
    assert anterior.motivo == ""
    assert cuadro.tomar(etapa.organo, DIA).casillas[LEON, etapa.pk].vale.situacion == "cumplido"


def test_si_otra_persona_anoto_antes_no_se_pisa_y_trae_lo_suyo(reparto: Reparto, etapa: Etapa) -> None:
    vista = poner(reparto, etapa, "no_iniciado")
    suya = poner(reparto, etapa, "cumplido", quien="colega", sobre=vista.pk)
    with pytest.raises(VersionRancia) as error:
        poner(reparto, etapa, "en_proceso", sobre=vista.pk, motivo="Otro")
    assert error.value.actual == suya
    assert Anotacion.objects.count() == 2


def test_si_deshicieron_lo_que_se_veia_tampoco_se_anota_a_ciegas(reparto: Reparto, etapa: Etapa) -> None:
    vista = poner(reparto, etapa, "no_iniciado")
    deshacer(reparto.cuentas["colega"], vista, ahora=AHORA)
    with pytest.raises(VersionRancia) as error:
        poner(reparto, etapa, "cumplido", sobre=vista.pk)
    assert error.value.actual is None


def test_el_enlace_municipal_solo_informa_del_suyo(reparto: Reparto, etapa: Etapa) -> None:
    leon = crear_municipal(etapa.organo)
    assert poner(leon, etapa, "en_proceso").municipio_id == LEON
    with pytest.raises(PermissionDenied, match="No te toca"):
        poner(leon, etapa, "en_proceso", municipio="11027")


def test_quien_no_tiene_que_ver_no_anota(reparto: Reparto, etapa: Etapa) -> None:
    for quien in ("extrana", "integrante", "auditora"):
        with pytest.raises(PermissionDenied):
            poner(reparto, etapa, "en_proceso", quien=quien)
    assert not Anotacion.objects.exists()


def test_varias_se_anotan_todas_o_ninguna_y_cada_una_dice_lo_suyo(reparto: Reparto, etapa: Etapa) -> None:
    poner(reparto, etapa, "cumplido")
    leon, silao = Municipio.objects.get(pk=LEON), Municipio.objects.get(pk="11037")
    en_proceso = etapa.situaciones.get(clave="en_proceso")
    cambios = [
        Cambio(silao, etapa, en_proceso, DIA, renglon=2),
        Cambio(leon, etapa, en_proceso, DIA, renglon=3),
        Cambio(silao, etapa, en_proceso, AYER, renglon=4),
    ]
    with pytest.raises(Rechazados) as error:
        anotar.varias(reparto.cuentas["facilitadora"], etapa.organo, cambios, ahora=AHORA)
    assert [(r.renglon, r.columna, r.campo, r.frase) for r in error.value.rechazos] == [
        (3, "convocatoria", "motivo", "Retrocede: di por qué."),
        (4, "convocatoria", "situacion", "La misma casilla viene dos veces."),
    ]
    assert Anotacion.objects.count() == 1
    anotadas = anotar.varias(reparto.cuentas["facilitadora"], etapa.organo, cambios[:1], ahora=AHORA)
    assert [a.municipio_id for a in anotadas] == ["11037"]


def test_deshacer_anula_la_ultima_y_la_historia_la_conserva(reparto: Reparto, etapa: Etapa) -> None:
    primera, segunda = poner(reparto, etapa, "no_iniciado"), poner(reparto, etapa, "cumplido")
    with pytest.raises(ValidationError, match="solo se deshace lo último"):
        deshacer(reparto.cuentas["facilitadora"], primera, ahora=AHORA)
    deshacer(reparto.cuentas["colega"], segunda, ahora=AHORA)
    deshacer(reparto.cuentas["colega"], segunda, ahora=AHORA)  # dos clics
    segunda.refresh_from_db()
    assert (segunda.anulada_por, segunda.anulada_el) == (reparto.cuentas["colega"], AHORA)
    assert cuadro.tomar(etapa.organo, DIA).casillas[LEON, etapa.pk].vale.anotacion == primera.pk


def test_rehacer_es_anotar_otra_vez_lo_mismo(reparto: Reparto, etapa: Etapa) -> None:
    hecha = poner(reparto, etapa, "cumplido", nota="Con acta")
    deshacer(reparto.cuentas["facilitadora"], hecha, ahora=AHORA)
    otra = rehacer(reparto.cuentas["facilitadora"], hecha, sobre=0, ahora=AHORA)
    assert otra.pk != hecha.pk
    assert (otra.situacion, otra.fecha, otra.nota) == (hecha.situacion, hecha.fecha, "Con acta")


def test_lo_que_ya_dice_un_corte_publicado_no_se_deshace(reparto: Reparto, etapa: Etapa) -> None:
    hecha = poner(reparto, etapa, "cumplido")
    publicar(crear_corte(etapa.organo), reparto.cuentas["facilitadora"], AHORA)
    with pytest.raises(ValidationError, match="corte publicado"):
        deshacer(reparto.cuentas["facilitadora"], hecha, ahora=AHORA)
    hecha.refresh_from_db()
    assert hecha.anulada_el is None


def test_deshacer_lo_de_otro_municipio_no_le_toca_al_enlace(reparto: Reparto, etapa: Etapa) -> None:
    ajena = poner(reparto, etapa, "cumplido", municipio="11027")
    leon = crear_municipal(etapa.organo)
    with pytest.raises(PermissionDenied):
        deshacer(leon.cuentas["facilitadora"], ajena, ahora=AHORA)
