"""El paso «Acta» y sus documentos: quién los ve, cómo se edita y qué se entrega."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.acta import edicion
from tests.acta.sesion import cerrar, crear_sesion_llena
from tests.fabricas import crear_en_curso, crear_sesion
from tests.personas import Reparto

# Mira la página del acta; lo que se guarda lo prueban las de edición.
pytestmark = pytest.mark.apariencia

Como = Callable[[str], Client]
DOCUMENTOS = ("acta", "previa", "acta_pdf", "convocatoria_pdf")


def url(sesion: m.Sesion, nombre: str, *args: Any) -> str:
    """Dirección de una página del acta."""
    return reverse(f"actas:{nombre}", args=(sesion.organo.clave, sesion.clave, *args))


@pytest.fixture
def como(reparto: Reparto) -> Como:
    """Un navegador en el que ya entró la persona del papel."""

    def entrar(papel: str) -> Client:
        cliente = Client()
        cliente.force_login(reparto.cuentas[papel])
        return cliente

    return entrar


@pytest.fixture
def mesa(como: Como) -> Client:
    """El navegador de la facilitadora."""
    return como("facilitadora")


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """En curso, con un punto desahogado."""
    fila = crear_en_curso(reparto)
    fila.puntos.update(desahogo="La facilitadora presenta el informe.")
    return fila


def parrafo(sesion: m.Sesion) -> tuple[str, dict[str, Any]]:
    """Dirección y lo que el formulario enviaría sin cambiar nada."""
    clave = f"punto-{sesion.puntos.get().pk}"
    leido = edicion.borrador(sesion).parrafo(clave)
    assert leido is not None
    datos = {"texto": leido.bloque.texto, "base": leido.generado, "version": leido.version}
    return url(sesion, "parrafos", clave), datos


# --- Quién ---


@pytest.mark.parametrize("nombre", DOCUMENTOS)
def test_sin_entrar_lleva_a_entrar_y_a_una_extrana_404(
    reparto: Reparto, client: Client, como: Como, nombre: str
) -> None:
    direccion = url(crear_sesion(reparto), nombre)
    assert client.get(direccion)["Location"] == f"/entrar/?next={direccion}"
    assert como("extrana").get(direccion).status_code == 404


@pytest.mark.parametrize("papel", ["auditora", "integrante"])
def test_quien_lee_la_mesa_lee_el_acta_pero_no_la_edita(sesion: m.Sesion, como: Como, papel: str) -> None:
    cliente = como(papel)
    pagina = cliente.get(url(sesion, "acta")).content.decode()
    assert "La facilitadora presenta el informe." in pagina
    assert "?editar=" not in pagina
    direccion, datos = parrafo(sesion)
    assert cliente.post(direccion, datos | {"texto": "Colado"}).status_code == 403
    assert not m.ParrafoEditado.objects.exists()


# --- Editar ---


def test_se_edita_un_parrafo_y_se_lee_en_la_pagina_y_en_la_vista_previa(
    sesion: m.Sesion, mesa: Client
) -> None:
    direccion, datos = parrafo(sesion)
    respuesta = mesa.post(direccion, datos | {"texto": "Se presentó el **informe** anual."})
    assert respuesta["Location"].startswith(url(sesion, "acta"))
    for nombre in ("acta", "previa"):
        pagina = mesa.get(url(sesion, nombre)).content.decode()
        assert "Se presentó el <strong>informe</strong> anual." in pagina
    assert "Editado a mano" in mesa.get(url(sesion, "acta")).content.decode()


def test_el_editor_abre_un_solo_parrafo_con_su_version(sesion: m.Sesion, mesa: Client) -> None:
    clave = f"punto-{sesion.puntos.get().pk}"
    pagina = mesa.get(url(sesion, "acta"), {"editar": clave}).content.decode()
    assert pagina.count("<textarea") == 1
    assert f'id="texto-{clave}"' in pagina
    assert 'name="version" value="0"' in pagina


def test_lo_que_solo_se_oye_dice_el_parrafo_sin_marcas(sesion: m.Sesion, mesa: Client) -> None:
    sesion.puntos.update(desahogo="**Como punto III** se presentó el informe anual.")
    direccion, datos = parrafo(sesion)
    mesa.post(direccion, datos | {"texto": "**Escrito** a mano por alguien."})
    sesion.puntos.update(desahogo="Otra cosa.")
    pagina = mesa.get(url(sesion, "acta")).content.decode()
    assert "el párrafo «Escrito a mano por alguien.»" in pagina
    assert "el párrafo «**" not in pagina
    assert "en «Escrito a mano por alguien.»" in pagina


def test_cuando_cambian_los_datos_la_pagina_muestra_ambos_textos(sesion: m.Sesion, mesa: Client) -> None:
    direccion, datos = parrafo(sesion)
    mesa.post(direccion, datos | {"texto": "Escrito a mano."})
    sesion.puntos.update(desahogo="Lo que dicen los datos nuevos.")
    pagina = mesa.get(url(sesion, "acta")).content.decode()
    assert "Editado a mano; los datos dicen ahora:" in pagina
    assert "Escrito a mano." in pagina
    assert "Lo que dicen los datos nuevos." in pagina
    assert "ya no dice lo que dicen los datos" in pagina


def test_si_los_datos_cambian_mientras_se_escribe_tambien_avisa(sesion: m.Sesion, mesa: Client) -> None:
    direccion, datos = parrafo(sesion)
    sesion.puntos.update(desahogo="Cambió mientras se escribía.")
    mesa.post(direccion, datos | {"texto": "Escrito a mano."})
    assert "los datos dicen ahora" in mesa.get(url(sesion, "acta")).content.decode()


@pytest.mark.parametrize(
    ("verbo", "queda"), [("restaurar", "Datos nuevos."), ("conservar", "Escrito a mano.")]
)
def test_se_vuelve_a_los_datos_o_se_conserva_lo_escrito(
    sesion: m.Sesion, mesa: Client, verbo: str, queda: str
) -> None:
    direccion, datos = parrafo(sesion)
    mesa.post(direccion, datos | {"texto": "Escrito a mano."})
    sesion.puntos.update(desahogo="Datos nuevos.")
    assert mesa.post(direccion, {"verbo": verbo, "version": 1}).status_code == 302
    pagina = mesa.get(url(sesion, "acta")).content.decode()
    assert queda in pagina
    assert "los datos dicen ahora" not in pagina


def test_guardar_a_destiempo_da_409_con_ambos_textos(sesion: m.Sesion, mesa: Client, como: Como) -> None:
    direccion, datos = parrafo(sesion)
    como("colega").post(direccion, datos | {"texto": "Lo que guardó la colega."})
    respuesta = mesa.post(direccion, datos | {"texto": "Lo que escribí yo."})
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Lo que guardó la colega." in pagina
    assert "Lo que escribí yo." in pagina
    assert m.ParrafoEditado.objects.get().texto == "Lo que guardó la colega."


def test_el_autoguardado_contesta_json(sesion: m.Sesion, mesa: Client) -> None:
    direccion, datos = parrafo(sesion)
    cabeceras = {"X-Autoguardado": "1"}
    bien = mesa.post(direccion, datos | {"texto": "Uno."}, headers=cabeceras)
    assert bien.json() == {"version": 1}
    choque = mesa.post(direccion, datos | {"texto": "Dos."}, headers=cabeceras)
    assert (choque.status_code, choque.json()["texto"], choque.json()["version"]) == (409, "Uno.", 1)


def test_un_texto_que_no_se_admite_vuelve_entero_con_su_razon(sesion: m.Sesion, mesa: Client) -> None:
    direccion, datos = parrafo(sesion)
    largo = "palabra " * 30_000
    respuesta = mesa.post(direccion, datos | {"texto": largo})
    assert respuesta.status_code == 422
    assert "el máximo es" in respuesta.content.decode()
    assert respuesta.content.decode().count("palabra") >= 30_000


def test_lo_pegado_se_limpia_y_nada_se_ejecuta(sesion: m.Sesion, mesa: Client) -> None:
    direccion, datos = parrafo(sesion)
    mesa.post(direccion, datos | {"texto": "<p><b>Hola</b></p><script>alert(1)</script>"})
    pagina = mesa.get(url(sesion, "previa")).content.decode()
    assert "<strong>Hola</strong>" in pagina
    assert "alert(1)" not in pagina


def test_el_texto_de_un_dato_borrado_no_se_pierde(sesion: m.Sesion, mesa: Client) -> None:
    direccion, datos = parrafo(sesion)
    sesion.puntos.update(desahogo="")
    respuesta = mesa.post(direccion, datos | {"texto": "Texto largo que escribí."})
    assert respuesta.status_code == 422
    assert "Texto largo que escribí." in respuesta.content.decode()


# --- Forma ---


def test_se_elige_estilo_y_numeracion(sesion: m.Sesion, mesa: Client) -> None:
    datos = {"estilo": "narrativa", "renglones": "on", "version": sesion.version}
    assert mesa.post(url(sesion, "estilo"), datos).status_code == 302
    sesion.refresh_from_db()
    assert (sesion.estilo, sesion.renglones) == ("narrativa", True)
    assert mesa.post(url(sesion, "estilo"), datos | {"estilo": "ordinales"}).status_code == 409
    assert mesa.post(url(sesion, "estilo"), {"estilo": "gótico"}).status_code == 422


# --- Documentos ---


def test_los_pdf_se_ven_en_linea_con_un_nombre_que_dice_que_son(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion_llena(reparto)
    cerrar(reparto, sesion)
    nombres = {
        url(sesion, "acta_pdf"): f"acta-{sesion.clave}-prueba.pdf",
        url(sesion, "convocatoria_pdf"): f"convocatoria-{sesion.clave}-prueba.pdf",
        url(sesion, "certificacion", 1): f"certificacion-acuerdo-1-{sesion.clave}-prueba.pdf",
    }
    for direccion, nombre in nombres.items():
        respuesta = mesa.get(direccion)
        assert respuesta["Content-Type"] == "application/pdf"
        assert respuesta["Content-Disposition"] == f'inline; filename="{nombre}"'
        assert respuesta.content.startswith(b"%PDF-")


def test_un_acuerdo_que_no_existe_no_se_certifica(sesion: m.Sesion, mesa: Client) -> None:
    assert mesa.get(url(sesion, "certificacion", 7)).status_code == 404


def test_la_pagina_no_lleva_estilos_ni_guiones_dentro(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion_llena(reparto)
    for nombre in ("acta", "previa"):
        pagina = mesa.get(url(sesion, nombre)).content.decode()
        assert " style=" not in pagina
        assert " onclick=" not in pagina


def test_con_el_editor_abierto_no_hay_otra_forma_con_una_version_que_envejece(
    sesion: m.Sesion, mesa: Client
) -> None:
    direccion, datos = parrafo(sesion)
    mesa.post(direccion, datos | {"texto": "Escrito a mano."})
    clave = direccion.rstrip("/").rsplit("/", 1)[-1]
    abierto = mesa.get(url(sesion, "acta"), {"editar": clave}).content.decode()
    assert abierto.count(f'action="{direccion}"') == 1
    assert "Usar lo que dicen los datos" not in abierto
    assert "Usar lo que dicen los datos" in mesa.get(url(sesion, "acta")).content.decode()


def test_lo_que_falta_y_los_documentos_van_antes_que_la_hoja(sesion: m.Sesion, mesa: Client) -> None:
    pagina = mesa.get(url(sesion, "acta")).content.decode()
    lugares = [pagina.index(texto) for texto in ("Qué falta para circular", "Acta en PDF", "Forma del acta")]
    assert lugares == sorted(lugares)
    assert lugares[-1] < pagina.index('<article class="hoja')
    assert '<aside class="mesa__vista" aria-label="Vista previa del acta"></aside>' in pagina


@pytest.mark.parametrize("estado", ["convocada", "programada"])
def test_la_convocatoria_se_enlaza_solo_si_existe_o_se_puede_emitir(
    reparto: Reparto, mesa: Client, estado: str
) -> None:
    fila = crear_sesion(reparto)
    m.Sesion.objects.filter(pk=fila.pk).update(estado=estado)
    pagina = mesa.get(url(fila, "acta")).content.decode()
    assert ("Borrador de la convocatoria" in pagina) is (estado == "programada")
    assert "Convocatoria emitida" not in pagina


def test_el_editor_de_un_acuerdo_avisa_que_solo_cambia_el_acta(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion_llena(reparto)
    acuerdo = m.Acuerdo.objects.get(punto__sesion=sesion)
    en_su_punto = reverse("mesa:punto", args=(sesion.organo.clave, sesion.clave, acuerdo.punto_id))
    pagina = mesa.get(f"{url(sesion, 'acta')}?editar=acuerdo-{acuerdo.pk}").content.decode()
    assert "Esto cambia solo el acta." in pagina
    assert f'<a href="{en_su_punto}#acuerdo-{acuerdo.numero}">corrígelo en su punto</a>' in pagina
    assert f'id="acuerdo-{acuerdo.numero}"' in mesa.get(en_su_punto).content.decode()
    assert (
        "Esto cambia solo el acta." not in mesa.get(f"{url(sesion, 'acta')}?editar=cierre").content.decode()
    )
