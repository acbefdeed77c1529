"""Lo que Popolo pide de cada clase que se escribe (popoloproject.com/specs), como JSON Schema.

Más estricto que la especificación: aquí lo que se escribe nunca va nulo y ninguna propiedad sobra, salvo las
propias que se nombran.
"""

from typing import Any

TEXTO = {"type": "string", "minLength": 1}
DIA = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
INSTANTE = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){0,2}(Z|[+-][0-9]{2}(:[0-9]{2})?)$",
}
LIGA = {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "format": "uri"}}}
LIGAS = {"type": "array", "items": LIGA}
OPCION = {"enum": ["yes", "no", "abstain", "absent", "not voting", "paired"]}
RESULTADO = {"enum": ["pass", "fail"]}


def _clase(requeridas: str, **propiedades: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["id", *requeridas.split()],
        "properties": {"id": TEXTO, **propiedades},
        "additionalProperties": False,
    }


CUENTA = {
    "type": "object",
    "required": ["option", "value"],
    "properties": {"option": OPCION, "value": {"type": "integer", "minimum": 0}, "group_id": TEXTO},
    "additionalProperties": False,
}
VOTO = {
    "type": "object",
    "required": ["option", "group_id"],
    "properties": {"option": OPCION, "voter_id": TEXTO, "group_id": TEXTO, "role": TEXTO},
    "additionalProperties": False,
}
DE_LO_VOTADO = {
    "organization_id": TEXTO,
    "legislative_session_id": TEXTO,
    "result": RESULTADO,
    "sources": LIGAS,
}
ESQUEMAS = {
    "organizations": _clase(
        "name",
        name=TEXTO,
        classification=TEXTO,
        parent_id=TEXTO,
        links=LIGAS,
        ficticio={"type": "boolean"},  # propia
    ),
    "posts": _clase(
        "label role organization_id",
        label=TEXTO,
        role=TEXTO,
        organization_id=TEXTO,
        start_date=DIA,
        end_date=DIA,
    ),
    "memberships": _clase(
        "label role person_id organization_id post_id on_behalf_of_id",
        label=TEXTO,
        role={"enum": ["titular", "suplente"]},
        person_id=TEXTO,
        organization_id=TEXTO,
        post_id=TEXTO,
        on_behalf_of_id=TEXTO,
        start_date=DIA,
        end_date=DIA,
        suple_a_id=TEXTO,  # propia
        solo_en_id=TEXTO,  # propia
    ),
    "events": _clase(
        "name status organization_id",
        name=TEXTO,
        classification=TEXTO,
        status=TEXTO,
        organization_id=TEXTO,
        start_date=INSTANTE,
        end_date=INSTANTE,
        location=TEXTO,
        sources=LIGAS,
    ),
    "motions": _clase(
        "organization_id legislative_session_id text result date",
        text=TEXTO,
        identifier=TEXTO,
        classification=TEXTO,
        requirement=TEXTO,
        date=INSTANTE,
        **DE_LO_VOTADO,
    ),
    "vote_events": _clase(
        "organization_id legislative_session_id motion_id result counts votes start_date",
        motion_id=TEXTO,
        start_date=INSTANTE,
        counts={"type": "array", "items": CUENTA, "minItems": 1},
        votes={"type": "array", "items": VOTO},
        **DE_LO_VOTADO,
    ),
    "persons": _clase("name", name=TEXTO, honorific_prefix=TEXTO),
}
# A qué lista apunta cada referencia.
REFERENCIAS = {
    "person_id": "persons",
    "voter_id": "persons",
    "organization_id": "organizations",
    "on_behalf_of_id": "organizations",
    "group_id": "organizations",
    "parent_id": "organizations",
    "post_id": "posts",
    "suple_a_id": "memberships",
    "solo_en_id": "events",
    "legislative_session_id": "events",
    "motion_id": "motions",
}
