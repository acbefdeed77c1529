"""`verificar_bitacora`: nombra el primer eslabón roto, cada falla y quién más tiene algo que decir."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from pytest_django import Settings

from stl_portal.guardas.instalacion import esperadas
from stl_portal.sello import puntos, verificacion
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.canonico import huella
from stl_portal.sello.models import PRIMERO, Eslabon, PuntoDeControl, hash_de_eslabon
from stl_portal.sello.registro import Falla
from tests.quitar_guardas import quitar_guardas, quitar_las_de_lo_sellado


@pytest.fixture(autouse=True)
def punto(db: None) -> PuntoDeControl:
    """Seis eslabones, el punto de control que los firma y uno más."""
    for numero in range(5):
        anotar("prueba", {"numero": numero})
    firmado = puntos.publicar()
    anotar("prueba", {"numero": 5})
    return firmado


def ejecutar(*copias: Path) -> tuple[bool, str]:
    """Si pasa y lo que dice, sin los renglones de las guardas quitadas."""
    salida, errores = StringIO(), StringIO()
    try:
        call_command("verificar_bitacora", *copias, stdout=salida, stderr=errores)
    except CommandError:
        return False, "".join(r for r in errores.getvalue().splitlines(True) if "guarda " not in r)
    return True, salida.getvalue()


def test_lo_intacto_pasa(punto: PuntoDeControl, tmp_path: Path) -> None:
    copia = tmp_path / "copia.txt"
    copia.write_text(punto.texto, encoding="utf-8")
    assert ejecutar(copia) == (True, "Todo cuadra: eslabones, 7; copias externas, 1.\n")


def test_un_contenido_cambiado_acusa_a_ese_eslabon_y_no_a_los_que_siguen() -> None:
    quitar_las_de_lo_sellado(connection)
    Eslabon.objects.filter(n=3).update(payload="{}")
    assert ejecutar() == (
        False,
        "FALLA eslabón 3: el contenido no da su huella (payload, payload_sha256)\nPrimer eslabón roto: 3\n",
    )


def test_se_nombra_el_primero_aunque_haya_varios() -> None:
    quitar_las_de_lo_sellado(connection)
    Eslabon.objects.filter(n__in=(2, 5)).update(tipo="otro")
    pasa, dicho = ejecutar()
    assert (pasa, dicho.count("FALLA"), "Primer eslabón roto: 2" in dicho) == (False, 2, True)


def test_un_eslabon_borrado_en_medio() -> None:
    quitar_las_de_lo_sellado(connection)
    Eslabon.objects.filter(n=4).delete()
    dicho = ejecutar()[1]
    assert "FALLA eslabón 5: falta el eslabón 4" in dicho
    assert "Primer eslabón roto: 4" in dicho


def test_el_final_perdido_lo_delata_el_punto_de_control() -> None:
    quitar_las_de_lo_sellado(connection)
    Eslabon.objects.filter(n__gt=4).delete()
    dicho = ejecutar()[1]
    assert "FALLA punto de control 6: dice 6 eslabones y el registro solo tiene 4" in dicho


def rehacer_desde(n: int) -> None:
    """Como lo haría quien administra la base: cambia un contenido y recalcula todo lo que sigue."""
    prev = Eslabon.objects.get(n=n - 1).hash if n > 1 else PRIMERO
    for fila in Eslabon.objects.filter(n__gte=n).order_by("n"):
        if fila.n == n:
            fila.payload = fila.payload.replace('"numero":', '"numero":1')
        fila.prev, fila.payload_sha256 = prev, huella(fila.payload.encode())
        fila.hash = prev = hash_de_eslabon(fila.prev, fila.payload_sha256)
        fila.save()


def test_una_cadena_rehecha_entera_la_delata_el_punto_de_control() -> None:
    quitar_las_de_lo_sellado(connection)
    rehacer_desde(2)
    assert ejecutar() == (
        False,
        "FALLA punto de control 6: el registro ya no da esa raíz: algo de lo firmado cambió\n",
    )


def test_si_tambien_borran_los_puntos_lo_delata_la_copia_de_alguien_mas(
    punto: PuntoDeControl, tmp_path: Path
) -> None:
    copia = tmp_path / "copia.txt"
    copia.write_text(punto.texto, encoding="utf-8")
    quitar_las_de_lo_sellado(connection)
    rehacer_desde(2)
    PuntoDeControl.objects.all().delete()
    assert ejecutar()[1] == ""
    assert "FALLA copia externa 1: el registro ya no da esa raíz" in ejecutar(copia)[1]


def test_un_punto_movido_o_de_otra_clave_no_pasa(settings: Settings, punto: PuntoDeControl) -> None:
    quitar_las_de_lo_sellado(connection)
    PuntoDeControl.objects.update(tamano=F("tamano") - 1)
    assert "punto de control 5: las columnas no dicen lo que dice el texto firmado" in ejecutar()[1]
    PuntoDeControl.objects.update(tamano=F("tamano") + 1)
    settings.BITACORA_CLAVE = "A" * 43 + "="
    assert "no lo firma la clave configurada" in ejecutar()[1]


def test_una_guarda_quitada_tambien_es_una_falla() -> None:
    nombre = esperadas(connection, [Eslabon])[0].nombre
    quitar_guardas(connection, [nombre])
    with pytest.raises(CommandError, match="Fallas: 1"):
        call_command("verificar_bitacora", stderr=StringIO())


def test_cada_aplicacion_dice_lo_suyo(monkeypatch: pytest.MonkeyPatch) -> None:
    acta = Falla("acta 12, PDF", "su contenido cambió")
    monkeypatch.setattr(verificacion, "VERIFICADORES", [lambda: [acta], lambda: iter(())])
    assert ejecutar() == (False, "FALLA acta 12, PDF: su contenido cambió\n")


def test_si_una_aplicacion_tropieza_se_dice_y_las_demas_siguen(monkeypatch: pytest.MonkeyPatch) -> None:
    acta = Falla("acta 12, PDF", "su contenido cambió")

    def tropieza() -> Iterator[Falla]:
        yield acta
        raise ValueError("fecha imposible")

    monkeypatch.setattr(verificacion, "VERIFICADORES", [tropieza, lambda: [acta]])
    dicho = ejecutar()[1]
    assert dicho.count("FALLA acta 12, PDF") == 2
    assert f"FALLA {__name__}: no se pudo revisar todo: ValueError: fecha imposible" in dicho
