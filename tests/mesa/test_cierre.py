"""Cerrar con puntos sin tratar deja rastro: se avisa, se pide por qué y el acta lo dice."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from sesiones import faltantes
from sesiones import models as m
from sesiones.acta.estilos import ESTILOS, redactar
from sesiones.acta.hechos import hechos_de
from sesiones.cierre import cerrar
from sesiones.estados import EstadoSesion, EstiloActa, Resultado, TipoPunto
from sesiones.plazos import sumar_dias_habiles
from stl_portal.espanol import fecha_larga
from tests.fabricas import crear_en_curso, crear_punto
from tests.personas import Reparto

from .conftest import url

MOTIVO = "Se agotó el tiempo"
CIERRE = dt.time(11)


def crear_con_pendientes(reparto: Reparto) -> m.Sesion:
    """Cuatro puntos: uno resuelto, uno con texto y sin resultado, y dos que no se alcanzaron."""
    sesion = crear_en_curso(reparto, puntos=3)
    resuelto, con_texto, _ = sesion.puntos.en_arbol()
    resuelto.resolver(Resultado.PRESENTADO)
    con_texto.guardar_sobre(con_texto.version, desahogo="Se leyó el informe.")
    grupo = crear_punto(sesion, "Asuntos", tipo=TipoPunto.GRUPO)
    crear_punto(sesion, "Un inciso", padre=grupo)
    return sesion


def cerrada(reparto: Reparto) -> m.Sesion:
    sesion = crear_con_pendientes(reparto)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE, sin_tratar=MOTIVO)
    return sesion


def acta(sesion: m.Sesion, estilo: str) -> dict[str, str]:
    return {bloque.clave: bloque.texto for bloque in redactar(hechos_de(sesion), estilo)}


def test_lo_que_falta_distingue_no_tratado_de_sin_resultado(reparto: Reparto) -> None:
    sesion = crear_con_pendientes(reparto)
    assert [(f.texto, f.impide) for f in faltantes.para_cerrar(sesion)] == [
        ("El punto II «Asunto de prueba 2» no tiene resultado.", False),
        ("El punto III «Asunto de prueba 3» no se ha tratado.", False),
        ("El punto IV a) «Un inciso» no se ha tratado.", False),
    ]


def test_sin_motivo_no_se_cierra_y_lo_escrito_sigue(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_con_pendientes(reparto)
    respuesta = mesa.post(url(sesion, "cerrar"), {"cierre": "11:00", "notas_cierre": "Gracias a todas."})
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert 'href="#forma_cierre_sin_tratar"' in pagina
    assert "Escribe por qué quedaron puntos sin tratar." in pagina
    assert "Gracias a todas." in pagina
    sesion.refresh_from_db()
    assert sesion.estado == EstadoSesion.EN_CURSO


def test_con_motivo_se_cierra_y_queda_en_la_historia(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_con_pendientes(reparto)
    respuesta = mesa.post(url(sesion, "cerrar"), {"cierre": "11:00", "sin_tratar": f" {MOTIVO} "})
    assert respuesta.status_code == 302
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.sin_tratar) == (EstadoSesion.CONCLUIDA, MOTIVO)
    assert f"Quedaron puntos sin tratar: {MOTIVO}" in mesa.get(url(sesion, "cierre")).content.decode()


def test_el_verbo_tambien_lo_exige(reparto: Reparto) -> None:
    sesion = crear_con_pendientes(reparto)
    with pytest.raises(ValidationError) as error:
        cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE, sin_tratar="  ")
    assert error.value.message_dict == {"sin_tratar": ["Escribe por qué quedaron puntos sin tratar."]}


def test_si_todo_se_trato_ni_se_pregunta_ni_se_guarda(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_en_curso(reparto)
    sesion.puntos.get().resolver(Resultado.PRESENTADO)
    assert 'name="sin_tratar"' not in mesa.get(url(sesion, "cierre")).content.decode()
    mesa.post(url(sesion, "cerrar"), {"cierre": "11:00", "sin_tratar": "Sobra"})
    sesion.refresh_from_db()
    assert (sesion.estado, sesion.sin_tratar) == (EstadoSesion.CONCLUIDA, "")


@pytest.mark.parametrize("estilo", EstiloActa.values)
def test_el_acta_dice_que_puntos_no_se_trataron(reparto: Reparto, estilo: str) -> None:
    sesion = cerrada(reparto)
    dicho = acta(sesion, estilo)
    tratado, con_texto, sin_tratar, _, inciso = sesion.puntos.en_arbol()
    assert dicho[f"resultado-{sin_tratar.pk}"] == "No se trató en esta sesión."
    assert dicho[f"resultado-{inciso.pk}"] == "No se trató en esta sesión."
    assert dicho[f"resultado-{tratado.pk}"] == "Queda presentado."
    assert f"resultado-{con_texto.pk}" not in dicho
    assert (
        dicho["sin-tratar"] == f"Quedan sin tratar el punto III; y el punto IV, inciso a). Motivo: {MOTIVO}."
    )
    assert "Sin más asuntos que tratar" not in dicho["cierre"]


def test_la_narrativa_no_dice_que_se_trata_lo_que_no_se_trato(reparto: Reparto) -> None:
    sesion = cerrada(reparto)
    [_, _, pendiente, *_] = sesion.puntos.en_arbol()
    assert acta(sesion, EstiloActa.NARRATIVA)[f"entrada-{pendiente.pk}"] == (
        "**Como punto III del orden del día**, estaba previsto el siguiente asunto: Asunto de prueba 3."
    )


@pytest.mark.parametrize("estilo", ESTILOS)
def test_antes_de_cerrar_y_al_reabrir_el_acta_no_lo_da_por_hecho(reparto: Reparto, estilo: str) -> None:
    abierta = acta(crear_con_pendientes(reparto), estilo)
    sesion = cerrada(reparto)
    sesion.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó un punto")
    for dicho in (abierta, acta(sesion, estilo)):
        assert "sin-tratar" not in dicho
        assert "No se trató en esta sesión." not in dicho.values()


def test_reabrir_y_tratarlos_borra_el_motivo(reparto: Reparto) -> None:
    sesion, por = cerrada(reparto), reparto.cuentas["facilitadora"]
    sesion.reabrir(por, motivo="Faltó anotarlos")
    for punto in sesion.puntos.sin_tratar():
        punto.resolver(Resultado.DA_CUENTA)
    cerrar(sesion, por, cierre=CIERRE)
    assert sesion.sin_tratar == ""
    assert "Sin más asuntos que tratar" in acta(sesion, EstiloActa.ORDINALES)["cierre"]


def test_un_plazo_que_no_cuadra_se_avisa_donde_se_corrige(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.get()
    trece = sesion.fecha + dt.timedelta(days=13)
    m.Acuerdo.agregar(punto, texto="Se acuerda.", plazo=("dos semanas", trece))
    m.Plazo.fijar(punto, concepto="Entregar", literal="dos semanas", fecha=trece + dt.timedelta(days=1))
    punto.resolver(Resultado.PRESENTADO)
    [antes] = faltantes.para_cerrar(sesion)
    assert antes.texto.startswith("Acuerdo Primero: «dos semanas» da el")
    assert (antes.url, antes.impide) == (f"{sesion.punto_url(punto.pk)}#plazos", False)
    assert antes.texto in mesa.get(url(sesion, "cierre")).content.decode()
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=CIERRE)
    assert antes in faltantes.para_circular(sesion)
    sesion.reabrir(reparto.cuentas["facilitadora"], motivo="La fecha estaba mal")
    punto.plazos.get(fecha=trece).quitar()
    assert faltantes.para_cerrar(sesion) == []


def test_lo_que_falta_para_el_acta_dice_hasta_cuando_se_publica(reparto: Reparto) -> None:
    sesion = cerrada(reparto)
    sin_plazo = [falta.texto for falta in faltantes.para_circular(sesion)]
    assert not [texto for texto in sin_plazo if "se publica" in texto]
    m.Regla.objects.filter(pk=reparto.regla.pk).update(publicacion_dias=5)
    limite = fecha_larga(sumar_dias_habiles(sesion.fecha, 5), con_dia=True)
    *_, ultima = faltantes.para_circular(m.Sesion.objects.get(pk=sesion.pk))
    assert (ultima.texto, ultima.impide) == (f"El acta se publica a más tardar el {limite}.", False)
