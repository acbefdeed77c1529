"""La convocatoria que cualquiera descarga: dice lo que se avisó y no nombra a nadie."""

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import convocar
from sesiones import models as m
from sesiones.acta.convocatoria_publica import anidados
from stl_portal.datos.registro import CONJUNTOS
from tests.documentos.lector import en_voz_alta
from tests.fabricas import crear_punto
from tests.personas import Reparto

from .conftest import LUNES


def test_dice_lo_que_se_aviso_y_no_nombra_a_nadie(client: Client, sesion: m.Sesion, reparto: Reparto) -> None:
    url = reverse("sesiones:convocatoria_pdf", args=("prueba", sesion.clave))
    assert client.get(url).status_code == 404
    m.Sesion.objects.filter(pk=sesion.pk).update(publico="Entrada libre, con registro.", objetivo="Avanzar")
    sesion.refresh_from_db()
    convocar.convocar(sesion, reparto.cuentas["facilitadora"], LUNES)
    # Se prepara una enmienda: lo público sigue siendo lo que se avisó.
    m.Sesion.objects.filter(pk=sesion.pk).update(lugar="Sede que todavía no se avisa")
    crear_punto(sesion, "Punto que todavía no se avisa")
    respuesta = client.get(url)
    assert (respuesta.status_code, respuesta["Content-Type"]) == (200, "application/pdf")
    leido = en_voz_alta(respuesta.content)
    avisado = (
        "Entrada libre, con registro.",
        "Avanzar",
        "Informe de avances",
        "Miércoles 18 de marzo de 2026",
    )
    instituciones = [asiento.institucion.nombre for asiento in reparto.asientos.values()]
    assert [dicho for dicho in (*avisado, *instituciones) if dicho not in leido] == []
    nombres = [persona.nombre for persona in reparto.personas.values()]
    reservado = ("todavía no se avisa", "reunion.example", *nombres)
    assert [dicho for dicho in reservado if dicho in leido or dicho.encode() in respuesta.content] == []
    assert f'href="{url}"' in client.get(sesion.get_absolute_url()).content.decode()
    conjunto = CONJUNTOS["sesiones"]
    (fila,) = conjunto.todas()
    assert dict(zip(conjunto.nombres, fila, strict=True))["publico"] == "Entrada libre, con registro."


@pytest.mark.parametrize(
    ("niveles", "dicho"),
    [
        ([1, 2, 2, 1], "a(b c) d"),
        ([1, 2, 3, 2], "a(b(c) d)"),
        ([2, 1, 3], "a b(c)"),
        ([], ""),
    ],
)
def test_cada_punto_va_dentro_del_suyo(niveles: list[int], dicho: str) -> None:
    hechos = anidados([(nivel, "", letra) for nivel, letra in zip(niveles, "abcd", strict=False)])

    def escribir(renglones: tuple[object, ...]) -> str:
        return " ".join(
            r.titulo + (f"({escribir(r.dentro)})" if r.dentro else "")  # type: ignore[attr-defined]
            for r in renglones
        )

    assert escribir(hechos) == dicho
