"""Emitir a la vez que otra persona cambia la sesión: o sale completo, o no sale."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection

from sesiones import convocar
from sesiones import models as m
from sesiones.acta import imprenta, piezas
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso

from .conftest import LUNES


@contextmanager
def justo_antes_del_candado(hacer: Callable[[], object]) -> Iterator[None]:
    """Hace algo una sola vez, al abrirse la transacción del acto: ahí cabe lo que guarda otra persona."""
    pendientes = [hacer]

    def al_abrir(ejecutar: Callable[..., Any], sql: str, *resto: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "BEGIN")) and pendientes:
            pendientes.pop()()
        return ejecutar(sql, *resto)

    with connection.execute_wrapper(al_abrir):
        yield
    assert not pendientes


def test_si_la_sesion_cambia_mientras_se_emite_no_sale_nada(sesion: m.Sesion, por: object) -> None:
    filas = m.Sesion.objects.filter(pk=sesion.pk)
    with (
        justo_antes_del_candado(lambda: filas.update(lugar="Auditorio")),
        pytest.raises(ValidationError, match="La sesión cambió mientras se emitía; revisa y emite otra vez"),
    ):
        convocar.convocar(sesion, por, LUNES)
    assert (sesion.convocatorias.count(), Aviso.objects.count()) == (0, 0)


def test_si_otra_persona_la_deja_inconvocable_mientras_se_emite_no_sale(
    sesion: m.Sesion, por: object
) -> None:
    with (
        justo_antes_del_candado(sesion.puntos.all().delete),
        pytest.raises(ValidationError, match="El orden del día está vacío"),
    ):
        convocar.convocar(sesion, por, LUNES)
    assert sesion.convocatorias.count() == 0


def test_el_pdf_se_compone_antes_de_tomar_el_candado(sesion: m.Sesion, por: object) -> None:
    cache.clear()
    emite = piezas.Convocatoria(0, LUNES.date(), "")
    clave = f"impreso:{imprenta.convocatoria(sesion, emite).huella}"
    compuesto: list[bool] = []
    with justo_antes_del_candado(lambda: compuesto.append(cache.get(clave) is not None)):
        convocar.convocar(sesion, por, LUNES)
    assert compuesto == [True]


def test_lo_guardado_es_lo_que_se_anuncia_sin_marca(sesion: m.Sesion, por: object, tmp_path: Path) -> None:
    fila = convocar.convocar(sesion, por, LUNES)
    assert fila.pdf
    ruta = tmp_path / "convocatoria.pdf"
    ruta.write_bytes(almacen.leer(fila.pdf))
    leido = subprocess.run(["pdftotext", "-raw", ruta, "-"], capture_output=True, text=True, check=True)
    dicho = " ".join(leido.stdout.split())
    assert "Se emite 9 de marzo de 2026" in dicho
    assert "Informe de avances" in dicho
    assert "BORRADOR" not in dicho
    previa = imprenta.convocatoria(sesion)
    assert previa.marca == "BORRADOR"
    assert "Esta convocatoria enmienda la emitida el 9 de marzo de 2026." in previa.html
