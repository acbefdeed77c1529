"""Dos personas guardan el mismo punto a la vez: queda una, la otra se entera y conserva lo suyo."""

import os
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sesiones.models import Punto
from tests.cuentas.codigos import identificarse
from tests.fabricas import crear_en_curso
from tests.hilos import a_la_vez
from tests.personas import Reparto, crear_reparto

RONDAS = int(os.environ.get("RONDAS", "3"))


@pytest.fixture
def gente(transactional_db: None) -> Reparto:
    return crear_reparto()


def test_al_mismo_tiempo_ninguna_pierde_su_texto(gente: Reparto, record_property: Any) -> None:
    punto = crear_en_curso(gente).puntos.get()
    sesion = punto.sesion
    direccion = reverse("mesa:texto", args=(sesion.organo.clave, sesion.clave, punto.pk))
    # Con su segundo paso: al minuto el portal vuelve a preguntarse si a quien conduce le falta.
    editoras = {papel: identificarse(Client(), gente.cuentas[papel]) for papel in ("facilitadora", "colega")}

    def guardar(papel: str, texto: str, version: int, *, solo: bool = True) -> Any:
        cabeceras = {"x-autoguardado": "1"} if solo else {}
        return editoras[papel].post(direccion, {"desahogo": texto, "version": version}, headers=cabeceras)

    for version in range(1, 2 * RONDAS, 2):
        textos = {papel: f"Lo que escribió {papel} sobre la versión {version}." for papel in editoras}
        actos = [partial(guardar, papel, textos[papel], version) for papel in editoras]
        respuestas = dict(zip(editoras, a_la_vez(actos), strict=True))
        quedo, se_entero = sorted(respuestas, key=lambda p: respuestas[p].status_code)
        assert [respuestas[p].status_code for p in (quedo, se_entero)] == [200, 409]
        dicho = respuestas[se_entero].json()
        assert (dicho["texto"], dicho["version"]) == (textos[quedo], version + 1)
        assert dicho["quien"] == str(gente.cuentas[quedo])
        # Sin programa, la página le devuelve los dos textos; ya enterada, guarda sobre el de la otra.
        pagina = guardar(se_entero, textos[se_entero], version, solo=False)
        assert pagina.status_code == 409
        assert all(texto in pagina.content.decode() for texto in textos.values())
        juntos = "\n\n".join(textos.values())
        assert guardar(se_entero, juntos, version + 1).json() == {"version": version + 2}
        assert Punto.objects.get(pk=punto.pk).desahogo == juntos
    record_property("cifras", f"{RONDAS} choques al mismo instante: {RONDAS} avisos, ningún texto perdido")
