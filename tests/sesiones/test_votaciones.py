"""Un asiento, un voto; el padrón se congela y el resultado se calcula."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import FormaVoto, Resultado, SentidoVoto
from sesiones.votos import Conteo
from tests.fabricas import (
    HORA,
    crear_en_curso,
    crear_punto,
    crear_sesion,
    crear_suplencia,
    pasar_lista,
    votos,
)
from tests.personas import Reparto


def votar(punto: m.Punto, forma: str = FormaVoto.UNANIMIDAD, **argumentos: object) -> m.Votacion:
    """Registra una votación sobre el punto."""
    return m.Votacion.registrar(punto, asunto=punto.titulo, forma=forma, **argumentos)  # type: ignore[arg-type]


def test_la_unanimidad_congela_el_padron_sin_la_facilitadora(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    fila = votar(punto)
    assert (fila.a_favor, fila.aprobada, fila.unanime) == (4, True, True)
    assert [v["nombre"] for v in fila.padron] == [
        "Mtra. Ana Ruiz Peña",
        "Lic. Beto Sosa Lira",
        "Dra. Celia Mora Díaz",
        "C. Darío Vega Cruz",
    ]
    punto.refresh_from_db()
    assert punto.resultado == Resultado.UNANIMIDAD


def test_los_votos_no_exceden_el_padron_congelado(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    with pytest.raises(ValidationError, match="4"):
        votar(punto, FormaVoto.CONTEO, conteo=Conteo(4, 1, 0))
    assert punto.votaciones.count() == 0


def test_no_votar_abstenerse_y_faltar_son_distintos(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    punto = crear_punto(sesion)
    pasar_lista(reparto, sesion, ("presidencia", "poder", "academia"))
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    punto.sesion.refresh_from_db()
    asientos = reparto.asientos
    fila = votar(
        punto,
        FormaVoto.NOMINAL,
        nominal={
            asientos["presidencia"].pk: SentidoVoto.A_FAVOR,
            asientos["poder"].pk: SentidoVoto.ABSTENCION,
            asientos["academia"].pk: SentidoVoto.NO_VOTO,
        },
    )
    assert (fila.a_favor, fila.en_contra, fila.abstenciones, fila.aprobada) == (1, 0, 1, True)
    sentidos = dict(fila.votos.values_list("asistencia__nombre", "sentido"))
    assert sentidos == {
        "Ana Ruiz Peña": "a_favor",
        "Beto Sosa Lira": "abstencion",
        "Celia Mora Díaz": "no_voto",
    }


def test_un_asiento_ausente_no_vota(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    with pytest.raises(ValidationError, match="un voto por cada asiento presente"):
        votar(sesion.puntos.get(), FormaVoto.NOMINAL, nominal={reparto.asientos["vacante"].pk: "a_favor"})


def test_un_asiento_no_emite_dos_votos(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    fila = votar(punto, FormaVoto.NOMINAL, nominal=votos(punto, reparto, poder="a_favor"))
    repetido = fila.votos.get(asiento=reparto.asientos["poder"])
    repetido.pk = None
    with pytest.raises(ValidationError, match="Ese asiento ya votó"):
        repetido.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        repetido.save()


def test_quien_llega_vota_desde_su_punto_y_no_antes(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    antes, desde = crear_punto(sesion, "Antes"), crear_punto(sesion, "Desde")
    pasar_lista(reparto, sesion, ("presidencia", "poder", "academia"))
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    titular = reparto.asientos["civil"].titular(sesion.fecha)
    assert titular is not None
    m.Asistencia.incorporar(sesion, reparto.asientos["civil"], titular, hora=dt.time(10, 30), punto=desde)
    antes.sesion.refresh_from_db()
    desde.sesion.refresh_from_db()
    assert (votar(antes).a_favor, votar(desde).a_favor) == (3, 4)
    declarado = sesion.quorums.get()
    assert (declarado.presentes, len([x for x in declarado.lista if x["estado"] == "presente"])) == (3, 3)


def test_sin_quorum_declarado_no_se_vota(reparto: Reparto) -> None:
    punto = crear_punto(crear_sesion(reparto))
    with pytest.raises(ValidationError, match="declara antes el quórum"):
        votar(punto)


def test_anular_devuelve_el_punto_a_como_estaba(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    votar(punto, FormaVoto.CONTEO, conteo=Conteo(1, 3, 0))
    segunda = m.Votacion.registrar(punto, asunto="Con la corrección", forma=FormaVoto.UNANIMIDAD)
    segunda.anular()
    punto.refresh_from_db()
    assert punto.resultado == Resultado.NO_APROBADO


def test_la_suplente_ocupa_el_mismo_voto(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    punto = crear_punto(sesion)
    pasar_lista(reparto, sesion)
    suplencia = crear_suplencia(reparto)
    m.Asistencia.pasar_lista(sesion, reparto.asientos["poder"], "presente", ocupante=suplencia)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    punto.sesion.refresh_from_db()
    fila = votar(punto)
    assert fila.a_favor == 4
    assert "Lic. Fabio Nava Gil" in [v["nombre"] for v in fila.padron]
    assert "Lic. Beto Sosa Lira" not in [v["nombre"] for v in fila.padron]


def test_un_oficio_que_no_cubre_la_fecha_se_rechaza(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    suplencia = crear_suplencia(reparto, vigente_desde=sesion.fecha + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="19 de marzo de 2026"):
        m.Asistencia.pasar_lista(sesion, reparto.asientos["poder"], "presente", ocupante=suplencia)
    assert sesion.asistencias.count() == 0


def test_los_votos_nominales_que_faltan_se_piden_por_nombre(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    nominal = votos(punto, reparto, presidencia="a_favor")
    nominal.pop(reparto.asientos["poder"].pk)
    with pytest.raises(ValidationError, match=r"Falta el voto de Lic\. Beto Sosa Lira"):
        votar(punto, FormaVoto.NOMINAL, nominal=nominal)


def test_un_conteo_vacio_no_es_un_resultado(reparto: Reparto) -> None:
    with pytest.raises(ValidationError, match="Escribe cuántos votos hubo"):
        votar(crear_en_curso(reparto).puntos.get(), FormaVoto.CONTEO, conteo=Conteo(0, 0, 0))


def test_lo_mismo_no_se_vota_dos_veces(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    votar(punto)
    with pytest.raises(ValidationError, match="Ya se votó"):
        votar(punto)


def test_si_se_pierde_el_quorum_ya_no_se_vota(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    antes, despues = crear_punto(sesion, "Antes"), crear_punto(sesion, "Después")
    pasar_lista(reparto, sesion, ("presidencia", "poder", "academia"))
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=HORA)
    sesion.asistencias.get(asiento=reparto.asientos["poder"]).retirar(hora=dt.time(10, 30), punto=despues)
    antes.sesion.refresh_from_db()
    despues.sesion.refresh_from_db()
    assert votar(antes).a_favor == 3
    with pytest.raises(ValidationError, match="se perdió el quórum"):
        votar(despues)


@pytest.mark.parametrize(
    ("dia", "frase"), [(-1, "anterior a la sesión"), (5, "después de la fecha original")]
)
def test_un_plazo_imposible_se_rechaza(reparto: Reparto, dia: int, frase: str) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    fecha = punto.sesion.fecha + dt.timedelta(days=dia)
    with pytest.raises(ValidationError, match=frase):
        m.Plazo.fijar(punto, concepto="X", fecha=fecha, fecha_original=fecha + dt.timedelta(days=1))


def test_nada_ocurre_antes_de_empezar_ni_despues_de_cerrar(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    fila, punto = sesion.asistencias.get(asiento=reparto.asientos["poder"]), sesion.puntos.get()
    with pytest.raises(ValidationError, match="empezó a las 10:00"):
        fila.retirar(hora=dt.time(8, 0), punto=punto)
    with pytest.raises(ValidationError, match="empezó a las 10:00"):
        m.Receso.anotar(sesion, inicio=dt.time(8, 0), fin=dt.time(8, 30))
    m.Receso.anotar(sesion, inicio=dt.time(11, 0), fin=dt.time(11, 15))
    with pytest.raises(ValidationError, match="receso que termina después"):
        cerrar(
            sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11, 10), sin_tratar="Se agotó el tiempo"
        )
