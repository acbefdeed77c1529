"""Los asientos que se pegan al fundar: cada renglón malo con su porqué, y la institución sin adivinar."""

from typing import Any

import pytest
from django.test import Client

from sesiones import models as m
from sesiones.asientos_pegados import Renglon, llana
from tests.personas import Reparto

from .fundando import datos_de, direccion, errores_de, fundado


@pytest.mark.parametrize(
    ("renglones", "frases"),
    [
        ("Algo | gremio", ["Renglón 1: «gremio» no es un sector."]),
        ("Algo | academia | jefa", ["Renglón 1: «jefa» no es una función."]),
        (" | academia", ["Renglón 1: Falta el nombre de la institución."]),
        ("Algo", ["Renglón 1: Di su sector."]),
        ("a" * 999 + " | academia", ["Renglón 1: El nombre pasa de 200 caracteres"]),
        ("A|academia|integrante|sobra", ["Renglón 1: Tiene 4 columnas"]),
        ("Uno | academia\nUNO | academia", ["Renglón 1: Está repetida", "Renglón 2: Está repetida"]),
        (
            "Uno | academia | presidencia\nDos | tribunal | presidencia",
            ["Renglón 1: Solo puede haber una presidencia", "Renglón 2: Solo puede haber una presidencia"],
        ),
        ("Universidad de Prueba prueba | tribunal", ["Renglón 1: Esta institución ya está registrada"]),
        ("9" * 200_100 + " | academia", ["Es muy largo: caben 20000 caracteres"]),
    ],
)
def test_cada_renglon_malo_dice_cual_y_por_que_y_no_queda_nada(
    administra: Client, reparto: Reparto, renglones: str, frases: list[str]
) -> None:
    antes = m.Institucion.objects.count()
    errores = errores_de(administra.post(direccion(reparto.organo), datos_de(asientos=renglones)))["asientos"]
    assert [e[: len(f)] for e, f in zip(errores, frases, strict=True)] == frases
    assert (m.Organo.objects.count(), m.Institucion.objects.count()) == (1, antes)


def test_el_sector_que_no_existe_ofrece_el_mas_cercano_y_un_clic_lo_pone(
    administra: Client, reparto: Reparto
) -> None:
    datos = datos_de(asientos="Uno | acadmia | integrante\nDos\tsociedad sivil\nTres | gremio")
    pagina = administra.post(direccion(reparto.organo), datos).content.decode()
    assert "Usar «Academia»" in pagina
    assert 'name="cambiar" value="2"' in pagina
    assert 'name="cambiar" value="3"' not in pagina
    del datos["fundar"]
    respuesta = administra.post(direccion(reparto.organo), datos | {"cambiar": "1"})
    asientos = respuesta.context["forma"].data["asientos"]
    assert asientos == "Uno | Academia | integrante\nDos\tsociedad sivil\nTres | gremio"
    datos["asientos"] = asientos.removesuffix("\nTres | gremio")
    revisado = administra.post(direccion(reparto.organo), datos | {"cambiar": "2"})
    assert (revisado.status_code, revisado.context["revisado"]) == (200, True)
    assert administra.post(direccion(reparto.organo), datos | {"cambiar": "99"}).status_code == 422
    assert m.Organo.objects.count() == 1


def test_una_institucion_en_dos_renglones_se_avisa_y_se_admite(administra: Client, reparto: Reparto) -> None:
    datos = datos_de(asientos="Uno | academia | presidencia\nUno | academia")
    revisar = {k: v for k, v in datos.items() if k != "fundar"} | {"revisar": "si"}
    pagina = administra.post(direccion(reparto.organo), revisar).content.decode()
    assert "Ocuparía más de un asiento: también el renglón 2." in pagina
    assert "Ocuparía más de un asiento: también el renglón 1." in pagina
    assert administra.post(direccion(reparto.organo), datos).status_code == 302
    assert fundado().asientos.filter(institucion__nombre="Uno").count() == 2


@pytest.mark.parametrize("elige", ["si", "no"])
def test_la_institucion_parecida_se_pregunta_y_no_se_adivina(
    administra: Client, reparto: Reparto, elige: str
) -> None:
    datos = datos_de(asientos="universidad de prueba Prueba.\tacademia")
    respuesta = administra.post(direccion(reparto.organo), datos)
    (campo,) = [c for c in errores_de(respuesta) if c.startswith("cual_")]
    registrada = reparto.asientos["academia"].institucion
    assert respuesta.context["forma"].fields[campo].choices[1] == (
        str(registrada.pk),
        f"Es «{registrada.nombre}», ya registrada",
    )
    administra.post(
        direccion(reparto.organo), datos | {campo: str(registrada.pk) if elige == "si" else "nueva"}
    )
    nombre = registrada.nombre if elige == "si" else "universidad de prueba Prueba."
    assert fundado().asientos.get(funcion="integrante").institucion.nombre == nombre


OTRO_MODO = "Red Ciudadana de León, A.C. | sociedad civil\nRED  CIUDADANA DE LEON AC | sociedad civil{}"


def _campo(respuesta: Any) -> str:
    """El de la pregunta que el renglón 2 hace."""
    renglon: Renglon = respuesta.context["forma"].renglones[1]
    return renglon.campo


def test_la_misma_con_otra_ortografia_en_dos_renglones_se_avisa_antes_de_crear(
    administra: Client, reparto: Reparto
) -> None:
    datos = datos_de(asientos=OTRO_MODO.format(" | presidencia"), revisar="si")
    del datos["fundar"]
    respuesta = administra.post(direccion(reparto.organo), datos)
    assert list(errores_de(respuesta)) == [_campo(respuesta)]
    pagina = respuesta.content.decode()
    assert "El renglón 1 dice «Red Ciudadana de León, A.C.»." in pagina
    assert "Es la del renglón 1, «Red Ciudadana de León, A.C.»" in pagina
    assert m.Organo.objects.count() == 1


@pytest.mark.parametrize(("elige", "cuantas"), [("la-misma", 1), ("nueva", 2)])
def test_la_persona_decide_si_es_la_misma_o_es_otra(
    administra: Client, reparto: Reparto, elige: str, cuantas: int
) -> None:
    datos = datos_de(asientos=OTRO_MODO.format(" | presidencia"))
    campo = _campo(administra.post(direccion(reparto.organo), datos))
    assert administra.post(direccion(reparto.organo), datos | {campo: elige}).status_code == 302
    suyos = fundado().asientos.exclude(funcion="facilitacion")
    assert suyos.count() == 2
    assert suyos.values("institucion").distinct().count() == cuantas


def test_si_es_la_misma_y_hace_lo_mismo_sobra_un_renglon(administra: Client, reparto: Reparto) -> None:
    datos = datos_de(asientos=OTRO_MODO.format(""))
    campo = _campo(administra.post(direccion(reparto.organo), datos))
    errores = errores_de(administra.post(direccion(reparto.organo), datos | {campo: "la-misma"}))
    assert errores == {campo: ["Sería el mismo asiento del renglón 1: quita uno de los dos."]}
    assert administra.post(direccion(reparto.organo), datos | {campo: "nueva"}).status_code == 302


def test_dos_renglones_que_resultan_la_misma_registrada_no_repiten_asiento(
    administra: Client, reparto: Reparto
) -> None:
    registrada = reparto.asientos["academia"].institucion
    datos = datos_de(asientos=f"{registrada.nombre} | academia\n{registrada.nombre.upper()}, A.C. | academia")
    campo = _campo(administra.post(direccion(reparto.organo), datos))
    errores = errores_de(administra.post(direccion(reparto.organo), datos | {campo: str(registrada.pk)}))
    assert errores == {campo: ["Sería el mismo asiento del renglón 1: quita uno de los dos."]}


def test_la_del_directorio_se_reconoce_aunque_cambie_su_regimen(administra: Client, reparto: Reparto) -> None:
    red = m.Institucion.objects.create(nombre="Red Norte, Asociación Civil", sector="sociedad_civil")
    datos = datos_de(asientos="RED   NORTE A. C.\tsociedad civil")
    respuesta = administra.post(direccion(reparto.organo), datos)
    (campo,) = errores_de(respuesta)
    administra.post(direccion(reparto.organo), datos | {campo: str(red.pk)})
    assert fundado().asientos.get(funcion="integrante").institucion == red


@pytest.mark.parametrize(
    ("uno", "otro", "iguales"),
    [
        ("Red Ciudadana, A.C.", "red ciudadana ac", True),
        ("Red Ciudadana A. C.", "RED\u00a0CIUDADANA, Asociación Civil", True),
        ("Cámara de León, S.A. de C.V.", "Camara de Leo\u0301n SA de CV", True),
        ("Grupo «Norte», S. de R.L.", "Grupo Norte", True),
        ("Casa Abierta, I.A.P.", "Casa abierta", True),
        ("Colegio de Abogados de León", "Colegio de Abogados de Silao", False),
        ("Vocalía 1", "Vocalía 2", False),
        ("Acción Civil", "Acción", False),
        ("A.C.", "S.C.", False),
    ],
)
def test_que_nombres_se_tienen_por_iguales(uno: str, otro: str, iguales: bool) -> None:
    assert (llana(uno) == llana(otro)) is iguales
