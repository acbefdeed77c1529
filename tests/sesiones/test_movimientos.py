"""Corregir y quitar una llegada o salida: el asiento queda como estuvo y las votaciones no se contradicen."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sesiones import models as m
from sesiones.estados import EstadoAsistencia, FormaVoto
from sesiones.models.declaratoria import calcular_quorum
from sesiones.models.votaciones import padron
from tests.fabricas import PRESENTES, crear_en_curso, crear_punto, crear_sesion, crear_suplencia, pasar_lista
from tests.personas import Reparto

MEDIA = dt.time(10, 30)


def en_asiento(sesion: m.Sesion, reparto: Reparto, asiento: str = "poder") -> m.Asistencia:
    """Quien ocupa el asiento."""
    return sesion.asistencias.get(asiento=reparto.asientos[asiento], relevada=False)


def salir(sesion: m.Sesion, reparto: Reparto, punto: m.Punto, asiento: str = "poder") -> m.Movimiento:
    """Anota la salida de quien ocupa el asiento."""
    fila = en_asiento(sesion, reparto, asiento)
    fila.retirar(hora=MEDIA, punto=punto)
    return m.Movimiento.objects.filter(asistencia=fila).latest("pk")


def llegar(
    sesion: m.Sesion, reparto: Reparto, punto: m.Punto, quien: m.Suplencia | None = None
) -> m.Movimiento:
    """Anota que llega al asiento «poder» su titular, o la persona de la suplencia."""
    asiento = reparto.asientos["poder"]
    ocupante = quien or asiento.titular(sesion.fecha)
    assert ocupante is not None
    fila = m.Asistencia.incorporar(sesion, asiento, ocupante, hora=MEDIA, punto=punto)
    return m.Movimiento.objects.filter(asistencia=fila).latest("pk")


def sin_poder(reparto: Reparto, estado: str = EstadoAsistencia.JUSTIFICADA) -> m.Sesion:
    """Una sesión en curso en la que el asiento «poder» faltó al pase de lista."""
    sesion = crear_sesion(reparto)
    for _ in range(2):
        crear_punto(sesion)
    pasar_lista(reparto, sesion, tuple(a for a in PRESENTES if a != "poder"))
    m.Asistencia.pasar_lista(sesion, reparto.asientos["poder"], estado)
    m.Quorum.declarar(sesion, reparto.cuentas["facilitadora"], hora=dt.time(10))
    sesion.refresh_from_db()
    return sesion


def test_quitar_una_salida_devuelve_el_quorum_y_queda_en_la_historia(reparto: Reparto) -> None:
    sesion, por = crear_en_curso(reparto, puntos=2), reparto.cuentas["facilitadora"]
    punto = sesion.puntos.en_arbol()[1]
    antes = calcular_quorum(sesion, 1, punto).presentes
    salida = salir(sesion, reparto, punto)
    assert calcular_quorum(sesion, 1, punto).presentes == antes - 1
    salida.quitar(por)
    assert calcular_quorum(sesion, 1, punto).presentes == antes
    assert calcular_quorum(sesion, 1).presentes == antes
    ultimo = sesion.historia.latest("pk")
    assert (ultimo.verbo, ultimo.por) == ("quitar_movimiento", por)
    assert ultimo.nota == "salida de Lic. Beto Sosa Lira, 10:30 h, en «Asunto de prueba 2»"


@pytest.mark.parametrize("estado", [EstadoAsistencia.AUSENTE, EstadoAsistencia.JUSTIFICADA])
def test_quitar_la_llegada_de_un_suplente_regresa_la_ausencia_declarada(
    reparto: Reparto, estado: str
) -> None:
    sesion = sin_poder(reparto, estado)
    llegada = llegar(sesion, reparto, sesion.puntos.en_arbol()[1], crear_suplencia(reparto))
    assert en_asiento(sesion, reparto).oficio == "PRU-001/2025"
    llegada.quitar(None)
    fila = en_asiento(sesion, reparto)
    assert (fila.estado, fila.nombre, fila.calidad, fila.oficio, fila.suplencia) == (
        estado,
        "Beto Sosa Lira",
        "titular",
        "",
        None,
    )
    assert reparto.asientos["poder"].pk not in {v.asiento_id for v in padron(sesion.puntos.en_arbol()[1])}


def test_quitar_a_quien_relevo_devuelve_el_asiento_a_quien_lo_tenia(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto, puntos=2)
    punto = sesion.puntos.en_arbol()[1]
    salida = salir(sesion, reparto, punto)
    llegada = llegar(sesion, reparto, punto, crear_suplencia(reparto))
    with pytest.raises(ValidationError, match="Quita primero lo que se anotó después: llegada de"):
        salida.quitar(None)
    llegada.quitar(None)
    salida.quitar(None)
    filas = sesion.asistencias.filter(asiento=reparto.asientos["poder"])
    assert [(f.nombre, f.relevada, f.fuera) for f in filas] == [("Beto Sosa Lira", False, False)]


def test_quitar_el_regreso_deja_el_asiento_a_quien_lo_ocupo_entre_tanto(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto, puntos=2)
    punto = sesion.puntos.en_arbol()[1]
    salir(sesion, reparto, punto)
    llegar(sesion, reparto, punto, crear_suplencia(reparto))
    salir(sesion, reparto, punto)
    llegar(sesion, reparto, punto).quitar(None)
    filas = sesion.asistencias.filter(asiento=reparto.asientos["poder"]).order_by("pk")
    assert [(f.nombre, f.relevada) for f in filas] == [("Beto Sosa Lira", True), ("Fabio Nava Gil", False)]


def test_quitar_la_llegada_a_un_asiento_sin_titular_borra_su_renglon(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    suplencia = crear_suplencia(reparto, asiento="vacante")
    fila = m.Asistencia.incorporar(
        sesion, reparto.asientos["vacante"], suplencia, hora=MEDIA, punto=sesion.puntos.get()
    )
    m.Movimiento.objects.get(asistencia=fila).quitar(None)
    assert not sesion.asistencias.filter(asiento=reparto.asientos["vacante"]).exists()


def test_con_una_votacion_que_conto_con_ella_no_se_quita_ni_se_mueve(reparto: Reparto) -> None:
    sesion = sin_poder(reparto)
    primero, segundo = sesion.puntos.en_arbol()
    llegada = llegar(sesion, reparto, primero)
    votacion = m.Votacion.registrar(segundo, asunto="El plan", forma=FormaVoto.UNANIMIDAD)
    frase = "Ya se votó «El plan» contando con esa llegada: anula antes la votación"
    with pytest.raises(ValidationError, match=frase):
        llegada.quitar(None)
    llegada.corregir(None, hora=MEDIA, punto=segundo)  # al votar ya estaba: nada cambia
    votacion.anular()
    llegada.quitar(None)
    assert en_asiento(sesion, reparto).estado == EstadoAsistencia.JUSTIFICADA


def test_mover_una_salida_al_otro_lado_de_una_votacion_se_rechaza_sin_rastro(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto, puntos=2)
    primero, segundo = sesion.puntos.en_arbol()
    salida = salir(sesion, reparto, segundo)
    m.Votacion.registrar(primero, asunto="Orden", forma=FormaVoto.UNANIMIDAD)
    cambios = sesion.historia.count()
    with pytest.raises(ValidationError, match="Ya se votó «Orden» contando con esa salida"):
        salida.corregir(None, hora=None, punto=primero)
    salida.refresh_from_db()
    assert (salida.punto, salida.hora, sesion.historia.count()) == (segundo, MEDIA, cambios)


def test_una_llegada_mal_anotada_tras_votar_si_se_quita(reparto: Reparto) -> None:
    """El padrón de esa votación no contó con ella: quitarla no lo contradice."""
    sesion = sin_poder(reparto)
    punto = sesion.puntos.en_arbol()[0]
    m.Votacion.registrar(punto, asunto="Orden", forma=FormaVoto.UNANIMIDAD)
    llegar(sesion, reparto, punto).quitar(None)
    assert en_asiento(sesion, reparto).estado == EstadoAsistencia.JUSTIFICADA


def test_corregir_dice_que_cambio_y_no_admite_desorden(reparto: Reparto) -> None:
    sesion, por = sin_poder(reparto), reparto.cuentas["facilitadora"]
    primero, segundo = sesion.puntos.en_arbol()
    llegada, salida = llegar(sesion, reparto, primero), salir(sesion, reparto, segundo)
    salida.corregir(por, hora=dt.time(10, 50), punto=segundo)
    assert sesion.historia.latest("pk").nota == (
        "salida de Lic. Beto Sosa Lira, 10:30 h, en «Asunto de prueba» → "
        "salida de Lic. Beto Sosa Lira, 10:50 h, en «Asunto de prueba»"
    )
    with pytest.raises(ValidationError, match="Su salida quedaría antes que su llegada"):
        llegada.corregir(por, hora=dt.time(11, 0), punto=primero)
    salida.corregir(por, hora=dt.time(10, 50), punto=primero)
    with pytest.raises(ValidationError, match="Su salida quedaría antes que su llegada"):
        llegada.corregir(por, hora=None, punto=segundo)
    with pytest.raises(ValidationError, match="La sesión empezó a las 10:00"):
        llegada.corregir(por, hora=dt.time(9, 0), punto=primero)


def test_quien_ya_intervino_no_deja_de_haber_llegado(reparto: Reparto) -> None:
    sesion = sin_poder(reparto)
    punto = sesion.puntos.en_arbol()[1]
    llegada = llegar(sesion, reparto, punto)
    m.Intervencion.agregar(punto, asistencia=en_asiento(sesion, reparto), texto="Saluda.")
    with pytest.raises(ValidationError, match="tiene intervenciones en el acta"):
        llegada.quitar(None)
    assert en_asiento(sesion, reparto).presente


def test_quitarla_dos_veces_a_la_vez_se_explica(reparto: Reparto) -> None:
    sesion = crear_en_curso(reparto)
    salida = salir(sesion, reparto, sesion.puntos.get())
    repetida = m.Movimiento.objects.get(pk=salida.pk)
    salida.quitar(None)
    with pytest.raises(ValidationError, match="ya se había quitado"):
        repetida.quitar(None)


def test_en_un_asiento_vacante_la_ausencia_no_conserva_el_nombre_anotado_por_error(reparto: Reparto) -> None:
    sesion, asiento = crear_sesion(reparto), reparto.asientos["vacante"]
    m.Asistencia.pasar_lista(
        sesion, asiento, "presente", ocupante=crear_suplencia(reparto, asiento="vacante")
    )
    fila = m.Asistencia.pasar_lista(sesion, asiento, "ausente")
    assert (fila.nombre, fila.oficio, fila.persona, fila.suplencia) == ("", "", None, None)
