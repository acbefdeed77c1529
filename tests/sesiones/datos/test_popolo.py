"""El archivo Popolo: válido, completo, enlazado y escrito por partes."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from sesiones import models as m
from sesiones.datos import popolo
from tests.personas import Reparto, crear_reparto
from tests.sesiones.datos.esquemas_de_popolo import ESQUEMAS, REFERENCIAS
from tests.sesiones.datos.mundo import Concluida, concluida, publicar_acta


@pytest.fixture
def todo(reparto: Reparto) -> Concluida:
    hecho = concluida(reparto)
    publicar_acta(hecho.sesion)
    return hecho


def leer() -> dict[str, list[dict[str, Any]]]:
    leido: dict[str, list[dict[str, Any]]] = json.loads(b"".join(popolo.trozos()))
    return leido


def _referencias(dato: Any) -> Iterator[tuple[str, str]]:
    """Cada referencia del dato y de lo que lleva dentro."""
    if isinstance(dato, list):
        for uno in dato:
            yield from _referencias(uno)
    elif isinstance(dato, dict):
        yield from ((clave, valor) for clave, valor in dato.items() if clave in REFERENCIAS)
        yield from _referencias(list(dato.values()))


def test_cada_cosa_es_lo_que_popolo_pide(todo: Concluida) -> None:
    leido = leer()
    assert list(leido) == list(ESQUEMAS)
    for clave, esquema in ESQUEMAS.items():
        valida = jsonschema_rs.validator_for(esquema, validate_formats=True)
        assert [str(e) for dato in leido[clave] for e in valida.iter_errors(dato)] == []
        assert leido[clave] != []
        assert not valida.is_valid({"id": "uno"})  # la comprobación sí distingue


def test_toda_referencia_lleva_a_algo_y_ningun_id_se_repite(todo: Concluida) -> None:
    leido = leer()
    ids = {clave: [dato["id"] for dato in datos] for clave, datos in leido.items()}
    assert all(len(set(suyos)) == len(suyos) for suyos in ids.values())
    sueltas = [(clave, id) for clave, id in _referencias(leido) if id not in ids[REFERENCIAS[clave]]]
    assert sueltas == []
    assert {clave for clave, _ in _referencias(leido)} == set(REFERENCIAS) - {"parent_id"}


def test_la_suplencia_dice_a_quien_suple_y_en_que_sesion(reparto: Reparto, todo: Concluida) -> None:
    asiento = f"prueba/asiento-{reparto.asientos['presidencia'].pk}"
    titular = reparto.asientos["presidencia"].nombramientos.get()
    suplencia = next(fila for fila in leer()["memberships"] if fila["role"] == "suplente")
    assert suplencia == {
        "id": f"{asiento}/suplencia-{todo.suplencia.pk}",
        "label": "Suplente de Mtra. Ana Ruiz Peña",
        "role": "suplente",
        "person_id": f"persona-{todo.suplencia.persona_id}",
        "organization_id": "prueba",
        "post_id": asiento,
        "on_behalf_of_id": f"institucion-{reparto.asientos['presidencia'].institucion_id}",
        "start_date": "2025-01-01",
        "suple_a_id": f"{asiento}/titular-{titular.pk}",
        "solo_en_id": f"prueba/{todo.sesion.clave}",
    }


def test_las_votaciones_con_su_cuenta_y_sus_votos(reparto: Reparto, todo: Concluida) -> None:
    nominal, contada = leer()["vote_events"]
    assert (nominal["result"], nominal["start_date"]) == ("pass", "2026-03-18T10:05:00-06:00")
    assert {c["option"]: c["value"] for c in nominal["counts"]} == {
        "yes": 2,
        "no": 0,
        "abstain": 1,
        "not voting": 0,
        "absent": 1,
    }
    assert [voto["option"] for voto in nominal["votes"]] == ["yes", "yes", "abstain", "absent"]
    assert nominal["votes"][0] == {
        "voter_id": f"persona-{reparto.personas['presidencia'].pk}",
        "option": "yes",
        "group_id": f"institucion-{reparto.asientos['presidencia'].institucion_id}",
        "role": "suplente",
    } | {"voter_id": f"persona-{todo.suplencia.persona_id}"}
    assert (contada["votes"], len(contada["counts"])) == ([], 4)


def test_de_una_persona_solo_el_nombre_y_solo_si_se_nombra(reparto: Reparto, todo: Concluida) -> None:
    m.Persona.objects.create(nombre="Nadie la nombra", correo="nadie@prueba.example")
    personas = leer()["persons"]
    assert [p["name"] for p in personas] == [
        "Ana Ruiz Peña",
        "Beto Sosa Lira",
        "Celia Mora Díaz",
        "Darío Vega Cruz",
        "Eva Luna Ríos",
        "Fabio Nava Gil",
    ]


def test_se_escribe_por_partes_con_las_mismas_consultas(
    reparto: Reparto, django_assert_num_queries: Any
) -> None:
    publicar_acta(concluida(reparto).sesion)
    with django_assert_num_queries(21):
        assert len(leer()["posts"]) == 6
    m.Sesion.objects.filter(lugar="Sede secreta").update(lugar="Otra")
    for numero in range(4):
        publicar_acta(concluida(crear_reparto(f"otro-{numero}")).sesion)
    with django_assert_num_queries(21):
        assert len(leer()["posts"]) == 30


def test_se_descarga_junto_a_los_conjuntos(client: Client, todo: Concluida) -> None:
    respuesta = client.get("/datos/popolo.json")
    assert (respuesta.status_code, respuesta["Content-Type"]) == (200, "application/json")
    assert b"".join(respuesta.streaming_content) == b"".join(popolo.trozos())  # type: ignore[attr-defined]
