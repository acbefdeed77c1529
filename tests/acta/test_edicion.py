"""Lo editado a mano no se pierde: ni cuando cambian los datos, ni cuando editan dos personas."""

import pytest

from sesiones import models as m
from sesiones.acta import edicion
from sesiones.acta.edicion import Parrafo, borrador
from sesiones.cierre import cerrar
from stl_portal.versiones import VersionRancia
from tests.fabricas import crear_en_curso
from tests.personas import Reparto


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """En curso, con un punto cuyo desahogo dice algo."""
    fila = crear_en_curso(reparto)
    fila.puntos.update(desahogo="La facilitadora presenta el informe.")
    return fila


def clave(sesion: m.Sesion) -> str:
    """La del párrafo de su único punto."""
    return f"punto-{sesion.puntos.get().pk}"


def leer(sesion: m.Sesion) -> Parrafo:
    """El párrafo como se lee ahora."""
    parrafo = borrador(sesion).parrafo(clave(sesion))
    assert parrafo is not None
    return parrafo


def editar(
    sesion: m.Sesion, reparto: Reparto, texto: str, version: int = 0, papel: str = "facilitadora"
) -> None:
    """Guarda como lo hace la pantalla: con el texto generado que se tenía a la vista."""
    base = leer(sesion).generado
    edicion.editar(sesion, clave(sesion), texto=texto, base=base, version=version, por=reparto.cuentas[papel])


def test_la_edicion_se_lee_en_lugar_de_lo_generado(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "Se presentó el informe anual.")
    leido = leer(sesion)
    assert (leido.bloque.texto, leido.version) == ("Se presentó el informe anual.", 1)
    assert leido.generado == "La facilitadora presenta el informe."
    assert leido.editado
    assert not leido.cambiaron_los_datos


def test_si_los_datos_cambian_la_edicion_queda_y_avisa_con_ambos_textos(
    sesion: m.Sesion, reparto: Reparto
) -> None:
    editar(sesion, reparto, "Se presentó el informe anual.")
    sesion.puntos.update(desahogo="La facilitadora presenta dos informes.")
    leido = leer(sesion)
    assert leido.bloque.texto == "Se presentó el informe anual."
    assert leido.generado == "La facilitadora presenta dos informes."
    assert leido.cambiaron_los_datos
    assert [p.bloque.clave for p in borrador(sesion).desfasados] == [clave(sesion)]


@pytest.mark.parametrize("estilo", ["ordinales", "renglones", "narrativa"])
def test_la_edicion_sigue_a_su_dato_en_cualquier_estilo_y_orden(
    sesion: m.Sesion, reparto: Reparto, estilo: str
) -> None:
    editar(sesion, reparto, "Se presentó el informe anual.")
    editado = clave(sesion)
    primero = m.Punto.agregar(sesion, "Punto que se antepone")
    primero.mover(padre=None, lugar=1)
    parrafo = borrador(sesion, estilo).parrafo(editado)
    assert parrafo is not None
    assert parrafo.bloque.texto == "Se presentó el informe anual."


def test_se_puede_volver_a_lo_que_dicen_los_datos(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "A mano.")
    sesion.puntos.update(desahogo="Los datos nuevos.")
    edicion.restaurar(sesion, clave(sesion), version=1)
    assert (leer(sesion).bloque.texto, leer(sesion).editado) == ("Los datos nuevos.", False)


def test_escribir_lo_mismo_que_los_datos_deshace_la_edicion(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "A mano.")
    editar(sesion, reparto, "La facilitadora presenta el informe.", version=1)
    assert not leer(sesion).editado


def test_guardar_sobre_una_version_vieja_no_pisa(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "Primera mano.")
    editar(sesion, reparto, "Segunda mano.", version=1, papel="colega")
    with pytest.raises(VersionRancia) as choque:
        editar(sesion, reparto, "Tercera mano, a destiempo.", version=1)
    assert (choque.value.actual.texto, choque.value.actual.version) == ("Segunda mano.", 2)
    assert leer(sesion).bloque.texto == "Segunda mano."


def test_dos_primeras_ediciones_a_la_vez_no_se_pisan(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "Primera mano.")
    with pytest.raises(VersionRancia):
        editar(sesion, reparto, "Otra primera mano.", version=0, papel="colega")


def test_editar_lo_que_otra_persona_ya_deshizo_avisa(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "Primera mano.")
    edicion.restaurar(sesion, clave(sesion), version=1)
    with pytest.raises(VersionRancia) as choque:
        editar(sesion, reparto, "Segunda, sin saberlo.", version=1)
    assert choque.value.actual.version == 0


def test_deshacer_lo_que_otra_persona_reescribio_avisa(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "Primera mano.")
    editar(sesion, reparto, "Segunda mano.", version=1, papel="colega")
    with pytest.raises(VersionRancia):
        edicion.restaurar(sesion, clave(sesion), version=1)
    assert leer(sesion).bloque.texto == "Segunda mano."


def test_si_se_borra_el_dato_la_edicion_queda_aparte(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "Texto que no debe perderse.")
    sesion.puntos.update(desahogo="")
    assert [fila.texto for fila in borrador(sesion).huerfanas] == ["Texto que no debe perderse."]


def test_reabrir_la_sesion_conserva_lo_editado(sesion: m.Sesion, reparto: Reparto) -> None:
    editar(sesion, reparto, "A mano.")
    por = reparto.cuentas["facilitadora"]
    cerrar(sesion, por, cierre=sesion.hora, sin_tratar="Se agotó el tiempo")
    sesion.reabrir(por, motivo="Faltó una votación.")
    assert leer(sesion).bloque.texto == "A mano."
