"""La página de revisión para quien conduce: circular, atender, cerrar y ver qué cambió."""

import pytest
from django.utils import timezone

from sesiones import models as m
from sesiones import revision
from sesiones.acta import edicion
from sesiones.estados import Atencion, EstadoActa
from stl_portal.avisos.models import Aviso
from tests.personas import Reparto, crear_reparto
from tests.vida.conftest import concluida
from tests.vida.revisiones import Como, corregir, lugar, observada, otra_ronda, pagina, url


def test_circular_dice_a_quien_y_avisa_una_sola_vez(reparto: Reparto, acta: m.Acta, como: Como) -> None:
    m.Persona.objects.filter(pk=reparto.personas["poder"].pk).update(correo="")
    cliente = como("facilitadora")
    texto = pagina(cliente, acta)
    assert "Lic. Beto Sosa Lira" in texto
    assert texto.count("Sin correo: avísale tú") == 1
    destinos = {cliente.post(url(acta, "circular"), {"envio": "d" * 32})["Location"] for _ in range(2)}
    assert destinos == {url(acta)}
    assert acta.rondas.count() == 1
    assert Aviso.objects.filter(motivo=f"acta:{acta.pk}:ronda:1").count() == 3
    assert cliente.post(url(acta, "circular")).status_code == 409
    assert acta.rondas.count() == 1


def test_lo_que_impide_circular_se_dice_con_su_remedio(reparto: Reparto, acta: m.Acta, como: Como) -> None:
    acta.sesion.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó un dato.")
    cliente = como("facilitadora")
    texto = pagina(cliente, acta)
    assert "La sesión no se ha cerrado." in texto
    assert f'action="{url(acta, "circular")}"' not in texto
    respuesta = cliente.post(url(acta, "circular"))
    assert respuesta.status_code == 422
    assert m.Ronda.objects.count() == 0


def test_mientras_no_se_circula_los_demas_leen_por_que(acta: m.Acta, como: Como) -> None:
    assert "aún no se circula" in pagina(como("integrante"), acta)
    respuesta = como("integrante").post(url(acta, "observar"), {"texto": "Nada."})
    assert respuesta.status_code == 403


@pytest.mark.parametrize(("clave", "que"), [("cierre", "El párrafo"), ("", "El texto")])
def test_sin_corregir_nada_no_se_dice_incorporada(
    reparto: Reparto, ronda: m.Ronda, como: Como, clave: str, que: str
) -> None:
    observacion, cliente = observada(ronda, reparto, clave=clave), como("facilitadora")
    accion = url(ronda.acta, "atender", observacion.pk)
    respuesta = cliente.post(accion, {"atencion": "incorporada", "visto": ""})
    assert respuesta.status_code == 422
    assert f"{que} sigue igual que cuando se circuló" in respuesta.content.decode()
    observacion.refresh_from_db()
    assert observacion.atencion == Atencion.PENDIENTE
    corregir(reparto, ronda.acta)
    assert cliente.post(accion, {"atencion": "incorporada", "visto": ""}).status_code == 302


def test_corregir_otro_parrafo_no_basta(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    otra = next(p["clave"] for p in ronda.parrafos if p["clave"] != "cierre")
    observacion = observada(ronda, reparto, clave=otra)
    corregir(reparto, ronda.acta)
    accion = url(ronda.acta, "atender", observacion.pk)
    assert como("facilitadora").post(accion, {"atencion": "incorporada", "visto": ""}).status_code == 422


@pytest.mark.parametrize(
    ("corrige", "responde", "frase"),
    [
        (False, False, "Responde cada observación antes de circular otra ronda."),
        (False, True, "El texto es el que se circuló. Sigue con su aprobación."),
        (True, True, "El texto ya no es el que se circuló: circúlalo otra vez o sigue con su aprobación."),
    ],
)
def test_la_revision_y_la_vida_del_acta_dicen_lo_mismo(
    reparto: Reparto, ronda: m.Ronda, como: Como, corrige: bool, responde: bool, frase: str
) -> None:
    observacion, quien = observada(ronda, reparto), reparto.cuentas["facilitadora"]
    revision.cerrar(ronda, quien, timezone.now())
    if corrige:
        corregir(reparto, ronda.acta)
    if responde:
        observacion.atender(quien, timezone.now(), atencion=Atencion.NO_INCORPORADA, porque="Ya consta.")
    cliente = como("facilitadora")
    en_la_vida = cliente.get(ronda.acta.sesion.paso_url("acta")).content.decode()
    for texto in (pagina(cliente, ronda.acta), en_la_vida):
        assert frase in texto


def test_atender_incorporada_y_cambiar_de_respuesta(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    observacion, cliente = observada(ronda, reparto), como("facilitadora")
    corregir(reparto, ronda.acta)
    accion = url(ronda.acta, "atender", observacion.pk)
    assert "?editar=cierre#acta-cierre" in pagina(cliente, ronda.acta)
    for _ in range(2):
        respuesta = cliente.post(accion, {"atencion": "incorporada", "visto": "", "envio": "e" * 32})
        assert respuesta["Location"] == f"{url(ronda.acta)}#obs-{observacion.pk}"
    observacion.refresh_from_db()
    assert observacion.atendida_el
    datos = {
        "atencion": "no_incorporada",
        "porque": "Ya consta.",
        "visto": observacion.atendida_el.isoformat(),
    }
    assert cliente.post(accion, datos).status_code == 302
    observacion.refresh_from_db()
    assert (observacion.atencion, observacion.porque) == (Atencion.NO_INCORPORADA, "Ya consta.")
    assert "Ya consta." in pagina(como("integrante"), ronda.acta)


@pytest.mark.parametrize(
    ("mal", "frase"),
    [
        ({"atencion": "no_incorporada"}, "Escribe por qué no se incorpora."),
        ({"atencion": "no_incorporada", "porque": " "}, "Escribe por qué no se incorpora."),
        ({"atencion": "no_incorporada", "porque": "b" * 2001}, "2000"),
        ({"atencion": "", "porque": "Se queda."}, "Di si se incorpora o no."),
        ({"atencion": "quizá", "porque": "Se queda."}, "Di si se incorpora o no."),
    ],
)
def test_atender_mal(reparto: Reparto, ronda: m.Ronda, como: Como, mal: dict[str, str], frase: str) -> None:
    observacion = observada(ronda, reparto)
    respuesta = como("facilitadora").post(url(ronda.acta, "atender", observacion.pk), mal)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert frase in texto
    assert mal.get("porque", "").strip() in texto
    observacion.refresh_from_db()
    assert observacion.atencion == Atencion.PENDIENTE


def test_dos_respuestas_distintas_no_se_pisan(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    observacion = observada(ronda, reparto)
    accion = url(ronda.acta, "atender", observacion.pk)
    corregir(reparto, ronda.acta)
    como("colega").post(accion, {"atencion": "incorporada", "visto": ""})
    respuesta = como("facilitadora").post(
        accion, {"atencion": "no_incorporada", "porque": "La mía.", "visto": ""}
    )
    assert respuesta.status_code == 409
    assert "La mía." in respuesta.content.decode()
    observacion.refresh_from_db()
    assert observacion.atencion == Atencion.INCORPORADA


def test_no_se_atiende_lo_de_otra_acta_ni_lo_aprobado(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    otro = crear_reparto("otro")
    ajena = revision.circular(concluida(otro), otro.cuentas["facilitadora"], timezone.now())
    de_otra, cliente = observada(ajena, otro), como("facilitadora")
    datos = {"atencion": "incorporada", "visto": ""}
    assert cliente.post(url(ronda.acta, "atender", de_otra.pk), datos).status_code == 404
    mia = observada(ronda, reparto)
    m.Acta.objects.filter(pk=ronda.acta_id).update(estado=EstadoActa.APROBADA)
    respuesta = cliente.post(url(ronda.acta, "atender", mia.pk), datos)
    assert respuesta.status_code == 409
    assert "fe de erratas" in respuesta.content.decode()


def test_cerrar_antes_solo_la_que_se_ve(reparto: Reparto, ronda: m.Ronda, como: Como) -> None:
    cliente = como("facilitadora")
    for _ in range(2):
        assert cliente.post(url(ronda.acta, "cerrar_revision"), {"ronda": ronda.pk}).status_code == 302
    ronda.refresh_from_db()
    assert ronda.cerrada_el
    nueva = otra_ronda(reparto, ronda)
    assert cliente.post(url(ronda.acta, "cerrar_revision"), {"ronda": ronda.pk}).status_code == 409
    nueva.refresh_from_db()
    assert nueva.cerrada_el is None


def test_los_cambios_se_leen_palabra_por_palabra_con_lo_que_se_pidio(
    reparto: Reparto, ronda: m.Ronda, como: Como
) -> None:
    observada(ronda, reparto)
    observada(ronda, reparto, "poder", clave="", texto="Sobre todo.")
    otra_ronda(reparto, ronda)
    cliente = como("integrante")
    assert url(ronda.acta, "cambios", 2) in pagina(cliente, ronda.acta)
    texto = cliente.get(url(ronda.acta, "cambios", 2)).content.decode()
    assert "Párrafo que cambió" in texto
    entra = texto.split('<ins><span class="oculto">[entra: </span>')[1].split("<span")[0]
    assert entra.strip() == "Eran las doce."
    assert texto.index("Falta la hora.") < texto.index("Sobre todo.")
    assert "El texto es el mismo" in cliente.get(url(ronda.acta, "cambios", 3)).content.decode()
    for numero in (0, 1, 4, 99):
        assert cliente.get(url(ronda.acta, "cambios", numero)).status_code == 404


def test_corregido_tras_circularse_se_lee_lo_circulado_y_se_avisa(
    reparto: Reparto, ronda: m.Ronda, como: Como
) -> None:
    leido = next(p["texto"] for p in ronda.parrafos if p["clave"] == "cierre")
    edicion.editar(
        ronda.acta.sesion, "cierre", texto="Otro.", base=leido, version=0, por=reparto.cuentas["facilitadora"]
    )
    texto = pagina(como("integrante"), ronda.acta)
    assert "cambió 1 párrafo" in " ".join(texto.split())
    assert "Este párrafo ya cambió" in texto
    assert leido.split(".")[0] in texto


def test_la_que_se_cierra_sola_avisa_una_vez_a_la_facilitadora(reparto: Reparto, ronda: m.Ronda) -> None:
    for quien in ("presidencia", "poder", "academia", "civil"):
        revision.conformar(lugar(ronda, reparto, quien), timezone.now())
    revision.cerrar(ronda, None, timezone.now())
    aviso = Aviso.objects.get(motivo=f"acta:{ronda.acta_id}:ronda:1:cierre")
    assert aviso.para == reparto.cuentas["facilitadora"].email
    assert "respondieron las 4 personas" in aviso.cuerpo
    assert revision.url_de_revision(ronda.acta) in aviso.cuerpo


def test_la_que_se_cierra_a_mano_no_avisa(reparto: Reparto, ronda: m.Ronda) -> None:
    revision.cerrar(ronda, reparto.cuentas["facilitadora"], timezone.now())
    assert not Aviso.objects.filter(motivo__endswith=":cierre").exists()
