"""La fe de erratas no vuelve a decir lo que ya se testó: ni ella, ni su motivo, ni el registro."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from sesiones import constancia_publica, fe_de_erratas, novedades, publica, sellar, testados
from sesiones import models as m
from stl_portal.avisos.models import Aviso
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.models import Eslabon
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto
from tests.vida.archivadas import archivada, corregida
from tests.vida.conftest import JUEVES
from tests.vida.publicas import (
    MARCA,
    TELEFONO,
    lo_dice,
    publicada_testada,
    publicar_sin_firmas,
    sellada_con_dato,
)
from tests.vida.test_pantalla_testado import url

pytestmark = pytest.mark.django_db
NOMBRE = "Zenaida Quiroz"


def errata(reparto: Reparto, sello: m.Sello, motivo: str = "Decía 2025.") -> m.Sello:
    """La fe de erratas de esa acta, sellada y con lo que heredó, aún sin publicar."""
    por = reparto.cuentas["facilitadora"]
    nueva = fe_de_erratas.abrir(m.Acta.objects.get(pk=sello.acta_id), por, motivo=motivo)
    nueva.aprobar(por, via="misma", el=nueva.sesion.fecha, en=None, cuando=JUEVES)
    return sellar.sellar(m.Acta.objects.get(pk=nueva.pk), por, JUEVES)


def test_ningun_lugar_publico_dice_el_motivo_con_el_dato(client: Client, reparto: Reparto) -> None:
    primera = publicada_testada(reparto)
    segunda = publicar_sin_firmas(reparto, errata(reparto, primera, f"Se quita el {TELEFONO}."))
    sesion, publicado = primera.acta.sesion, publica.lo_publico(primera).pdf
    acta = f"/sesiones/{sesion.organo.clave}/{sesion.clave}/acta/"
    for direccion in (
        f"/verificar/{primera.codigo}/",
        f"/verificar/{segunda.codigo}/",
        f"/verificar/?huella={publicado.huella}",
        f"{acta}?version=1",
        acta,
        "/novedades.atom",
    ):
        dicho = client.get(direccion, follow=True).content
        assert b"Se quita el" in dicho, direccion
        assert not lo_dice(dicho), direccion
    assert any("Qué corrige: Se quita el [testado 1]." in cuerpo for cuerpo in _avisos())
    assert not any(lo_dice(cuerpo.encode()) for cuerpo in _avisos() if "Qué corrige" in cuerpo)


def test_tampoco_si_solo_se_marco_en_la_primera(reparto: Reparto) -> None:
    primera = archivada(reparto)
    segunda = corregida(reparto, primera, f"Se quita a {NOMBRE}.")
    m.Testado.objects.create(sello=primera, texto=NOMBRE, motivo="Nombre", fundamento="Artículo 3")
    assert publica.motivo_de(segunda) == "Se quita a [testado 1]."
    assert publica.acta_sin_datos(segunda).motivo == "Se quita a [testado 1]."
    novedades.avisar_publicacion(segunda.publicacion)
    assert any("Qué corrige: Se quita a [testado 1]." in cuerpo for cuerpo in _avisos())
    assert not any(NOMBRE in cuerpo for cuerpo in _avisos())


def _avisos() -> list[str]:
    return list(Aviso.objects.values_list("cuerpo", flat=True))


def test_en_el_registro_solo_queda_la_huella_del_motivo(reparto: Reparto) -> None:
    primera = archivada(reparto)
    segunda = corregida(reparto, primera, f"Se quita a {NOMBRE}.")
    eslabon = Eslabon.objects.get(tipo="acta-sustituida")
    assert NOMBRE not in eslabon.payload
    contenido = json.loads(bytes(segunda.documento))
    dicho = {"motivo": f"Se quita a {NOMBRE}.", "sal": contenido["sal"]}
    assert json.loads(eslabon.payload)["datos"]["dicho"] == huella(canonico(dicho))
    assert list(constancia_publica.fallas()) == []


def test_lo_que_una_version_oculto_no_lo_vuelve_a_mostrar_la_siguiente(
    reparto: Reparto, como: Callable[[str], Client]
) -> None:
    segunda = errata(reparto, publicada_testada(reparto))
    heredada, cliente = segunda.testados.get(), como("facilitadora")
    pagina = cliente.get(url(segunda)).content.decode()
    assert "Ya se publicó sin ese dato: no se vuelve a mostrar." in pagina
    assert "la marca de" not in pagina
    respuesta = cliente.post(url(segunda, f"{heredada.pk}/quitar/"))
    assert respuesta.status_code == 422
    assert "no se vuelve a mostrar" in respuesta.content.decode()
    assert segunda.testados.get() == heredada


def test_lo_marcado_solo_en_la_errata_se_quita_de_las_dos(reparto: Reparto) -> None:
    primera = publicada_testada(reparto)
    segunda = errata(reparto, primera)
    otra = testados.marcar(
        segunda,
        reparto.cuentas["facilitadora"],
        JUEVES,
        texto="Calle 1",
        motivo="Domicilio",
        fundamento="Artículo 3",
    )
    assert [s.testados.count() for s in (primera, segunda)] == [2, 2]
    testados.quitar(otra)
    assert [s.testados.count() for s in (primera, segunda)] == [1, 1]
    assert list(constancia_publica.fallas()) == []


def test_al_publicar_la_errata_la_primera_tampoco_dice_lo_que_en_ella_se_marco(reparto: Reparto) -> None:
    primera = publicar_sin_firmas(reparto, sellada_con_dato(reparto))
    segunda = errata(reparto, primera)
    testados.marcar(segunda, reparto.cuentas["facilitadora"], JUEVES, **MARCA)
    publicar_sin_firmas(reparto, segunda)
    publico = publica.lo_publico(m.Sello.objects.get(pk=primera.pk))
    assert publico.version is not None
    assert not lo_dice(publico.documento)
    assert list(constancia_publica.fallas()) == []


@pytest.mark.parametrize(
    ("motivo", "frase"),
    [
        (f"Sobraba el {TELEFONO}.", "Dice un dato que se testó en el acta"),
        ("Sobraba ana@ejemplo.mx.", "parece un dato personal (Correo particular)"),
    ],
)
def test_no_se_abre_si_su_motivo_dice_un_dato(
    client: Client, reparto: Reparto, motivo: str, frase: str
) -> None:
    sesion = publicada_testada(reparto).acta.sesion
    respuesta = identificarse(client, reparto.cuentas["facilitadora"]).post(
        f"/mesa/{sesion.organo.clave}/{sesion.clave}/acta/corregir/", {"motivo": motivo}
    )
    assert respuesta.status_code == 422
    assert frase in respuesta.content.decode()
    assert sesion.actas.count() == 1
