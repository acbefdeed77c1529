"""Lo que ya ocurrió no cambia por lo que pase después, y nada se borra a espaldas de nadie."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import EstadoSesion, FormaVoto
from sesiones.models.declaratoria import rectificar_lista
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


def test_quien_llega_en_lugar_de_otra_persona_tiene_su_renglon(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto, puntos=2)
    antes, despues = sesion.puntos.en_arbol()
    asiento = reparto.asientos["poder"]
    nominal = votos(antes, reparto, poder="en_contra", academia="a_favor")
    m.Votacion.registrar(antes, asunto="Antes", forma=FormaVoto.NOMINAL, nominal=nominal)
    sesion.asistencias.get(asiento=asiento).retirar(hora=dt.time(10, 30), punto=despues)
    suplencia = crear_suplencia(reparto)
    m.Asistencia.incorporar(sesion, asiento, suplencia, hora=dt.time(10, 40), punto=despues)
    filas = sesion.asistencias.filter(asiento=asiento).order_by("pk")
    assert [(f.nombre, f.relevada) for f in filas] == [("Beto Sosa Lira", True), ("Fabio Nava Gil", False)]
    voto = m.Votacion.objects.get(asunto="Antes").votos.get(asiento=asiento)
    assert voto.asistencia.nombre == "Beto Sosa Lira"
    despues.sesion.refresh_from_db()
    nueva = m.Votacion.registrar(despues, asunto="Después", forma=FormaVoto.UNANIMIDAD)
    assert [v["nombre"] for v in nueva.padron if v["asiento"] == asiento.pk] == ["Lic. Fabio Nava Gil"]


def test_quien_se_fue_puede_volver_a_su_asiento(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    punto, asiento = sesion.puntos.get(), reparto.asientos["poder"]
    titular = asiento.titular(sesion.fecha)
    assert titular is not None
    sesion.asistencias.get(asiento=asiento).retirar(hora=None, punto=punto)
    fila = m.Asistencia.incorporar(sesion, asiento, titular, hora=None, punto=punto)
    assert sesion.asistencias.filter(asiento=asiento).count() == 1
    assert [x.tipo for x in m.Movimiento.objects.filter(asistencia=fila)] == ["salida", "llegada"]


@pytest.mark.parametrize("origen", [EstadoSesion.PROGRAMADA, EstadoSesion.SIN_QUORUM])
def test_rectificar_regresa_a_donde_estaba(reparto: Reparto, origen: str) -> None:
    sesion, por = crear_sesion(reparto), reparto.cuentas["facilitadora"]
    pasar_lista(reparto, sesion, ("presidencia",) if origen == EstadoSesion.SIN_QUORUM else ())
    if origen == EstadoSesion.SIN_QUORUM:
        m.Quorum.declarar_falta(sesion, por, hora=HORA)
    else:
        pasar_lista(reparto, sesion)
    m.Quorum.declarar(sesion, por, hora=dt.time(10, 30))
    rectificar_lista(sesion, por, motivo="Faltó anotar a una persona")
    sesion.refresh_from_db()
    assert sesion.estado == origen
    assert sesion.publica is (origen == EstadoSesion.SIN_QUORUM)


def test_un_punto_con_plazo_o_movimiento_no_se_borra(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto, puntos=2)
    uno, dos = sesion.puntos.en_arbol()
    m.Plazo.fijar(uno, concepto="Entrega", literal="diez días")
    sesion.asistencias.get(asiento=reparto.asientos["poder"]).retirar(hora=None, punto=dos)
    with pytest.raises(ValidationError, match="porque tiene plazos"):
        uno.quitar()
    with pytest.raises(ValidationError, match="porque tiene llegadas o salidas"):
        dos.quitar()


def test_con_la_sesion_cerrada_ningun_verbo_captura(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    punto.sesion = sesion
    invitada = m.Asistencia.invitar(sesion, nombre="Inés Gil")
    cerrar(
        m.Sesion.objects.get(pk=sesion.pk),
        reparto.cuentas["facilitadora"],
        cierre=dt.time(11, 0),
        sin_tratar="Se agotó el tiempo",
    )
    capturas = (
        lambda: crear_punto(sesion, "Tarde"),
        lambda: punto.resolver("presentado"),
        lambda: punto.corregir(1, por=None, padre=None, titulo="Otro"),
        lambda: m.Plazo.fijar(punto, concepto="X", literal="Y"),
        lambda: m.Anexo.agregar(punto, titulo="X"),
        lambda: m.Intervencion.agregar(punto, quien="X", texto="Y"),
        lambda: m.Asistencia.invitar(sesion, nombre="Otra"),
        lambda: invitada.corregir(cargo="X"),
        lambda: punto.dar_cuenta([]),
    )
    for captura in capturas:
        with pytest.raises(ValidationError, match="reábrela con su motivo"):
            captura()
    with pytest.raises(ValidationError, match="dejó de poderse editar"):
        punto.guardar_sobre(1, desahogo="Tarde")
    assert sesion.puntos.get().desahogo == ""


def test_el_resultado_de_una_votacion_solo_lo_da_la_votacion(reparto: Reparto) -> None:
    punto = crear_en_curso(reparto).puntos.get()
    with pytest.raises(ValidationError, match="Ese resultado lo da una votación"):
        punto.resolver("unanimidad")


def test_dos_que_se_meten_uno_en_otro_no_desaparecen(reparto: Reparto) -> None:
    sesion = crear_sesion(reparto)
    uno, dos = crear_punto(sesion, "Uno"), crear_punto(sesion, "Dos")
    rancio_uno, rancio_dos = m.Punto.objects.get(pk=uno.pk), m.Punto.objects.get(pk=dos.pk)
    uno.mover(padre=rancio_dos, lugar=1)
    with pytest.raises(ValidationError, match="dentro de sí mismo"):
        dos.mover(padre=rancio_uno, lugar=1)
    assert len(sesion.puntos.en_arbol()) == 2


class TestFirmas:
    """La lista de firmas no se duplica, no se adelanta y no pierde explicaciones."""

    def test_nadie_firma_dos_veces(self, reparto: Reparto) -> None:
        fila = crear_en_curso(reparto).asistencias.get(asiento=reparto.asientos["poder"])
        m.Firmante.incluir(fila)
        with pytest.raises(ValidationError, match="ya está en la lista de firmas"):
            m.Firmante.incluir(fila)

    def test_volver_a_proponer_conserva_las_explicaciones(self, reparto: Reparto) -> None:
        sesion = crear_en_curso(reparto)
        m.Firmante.proponer(sesion)
        primera = sesion.firmantes.first()
        assert primera is not None
        primera.explicar("Llegó después")
        m.Firmante.proponer(sesion)
        assert sesion.firmantes.get(nombre=primera.nombre).explicacion == "Llegó después"

    def test_no_hay_firmas_antes_de_la_sesion(self, reparto: Reparto) -> None:
        sesion = crear_sesion(reparto)
        with pytest.raises(ValidationError, match="en curso o ya concluida"):
            m.Firmante.agregar(sesion, nombre="X", explicacion="Y")
