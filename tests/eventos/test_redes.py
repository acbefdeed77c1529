"""Las cifras de redes sociales: el portal propone el número y una persona lo confirma."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sesiones.eventos.models import CifraDeRed
from tests.personas import Reparto

pytestmark = pytest.mark.django_db
NUEVA = reverse("registros:nuevo", args=("prueba", "cifras-de-redes"))
DATOS = {
    "red": "facebook",
    "medida": "alcance",
    "desde": "2025-01-01",
    "hasta": "2025-12-31",
    "literal": "61.870",
}


def test_se_propone_se_confirma_y_consta_quien_lo_hizo(client: Client, reparto: Reparto) -> None:
    quien = reparto.cuentas["facilitadora"]
    client.force_login(quien)
    propuesta = client.post(NUEVA, DATOS)
    pagina = propuesta.content.decode()
    assert (propuesta.status_code, CifraDeRed.objects.count()) == (422, 0)
    assert "«61.870» se leyó como 61,870. También podría ser 61.87." in pagina
    assert 'name="valor" value="61870"' in pagina
    assert client.post(NUEVA, DATOS | {"valor": "61870"}).status_code == 302
    cifra = CifraDeRed.objects.get()
    assert (cifra.literal, cifra.valor, cifra.dicho) == ("61.870", Decimal(61870), "61,870")
    assert (cifra.confirmado_por, cifra.confirmado_el is not None) == (quien, True)
    repetida = client.post(NUEVA, DATOS | {"valor": "61870"})
    assert "ya está registrada en ese periodo" in repetida.content.decode()
    assert (repetida.status_code, CifraDeRed.objects.count()) == (422, 1)
    del_anio = CifraDeRed.objects.del_periodo(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    del_semestre = CifraDeRed.objects.del_periodo(dt.date(2025, 1, 1), dt.date(2025, 6, 30))
    assert (del_anio.count(), del_semestre.count()) == (1, 0)


@pytest.mark.parametrize(
    ("cambios", "frase"),
    [
        ({"valor": "61"}, "No dice lo mismo que la fuente: «61.870» es 61,870 o 61.87"),
        ({"literal": "52k", "valor": "52"}, "«52k» es 52,000"),
        ({"literal": "muchas"}, "De «muchas» no se sabe el número: escríbelo en cifras"),
        ({"valor": "mil"}, "Escribe el número en cifras"),
        ({"valor": "-3"}, "Escribe el número en cifras"),
        ({"literal": "9" * 40, "valor": "9" * 40}, "Escribe el número en cifras"),
        ({"valor": "61870", "hasta": "2024-12-31"}, "El periodo termina antes de empezar"),
        ({"valor": "61870", "hasta": "2098-12-31"}, "El periodo todavía no termina"),
        ({"valor": "61870", "fuente": "javascript:1"}, "empieza con https://"),
    ],
)
def test_lo_que_no_cuadra_se_dice(
    client: Client, reparto: Reparto, cambios: dict[str, Any], frase: str
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    respuesta = client.post(NUEVA, DATOS | cambios)
    assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    assert not CifraDeRed.objects.exists()


def test_lo_que_la_fuente_no_dice_en_cifras_se_escribe_a_mano(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.post(NUEVA, DATOS | {"literal": "medio millar", "valor": "500"}).status_code == 302
    assert CifraDeRed.objects.get().dicho == "500"
