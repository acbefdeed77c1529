"""Lo que se subió no se queda para siempre."""

import datetime as dt
import os

import pytest
from django.utils import timezone

from stl_portal.traspaso import avance
from stl_portal.traspaso.limpieza import limpiar
from stl_portal.traspaso.models import Importacion
from tests.personas import Reparto


@pytest.mark.django_db
def test_cada_dia_se_borra_lo_que_ya_no_sirve(reparto: Reparto) -> None:
    ahora = timezone.now()

    def una(estado: str, dias: int) -> Importacion:
        cuando = ahora - dt.timedelta(days=dias)
        suya = Importacion.objects.create(
            recurso="cuentas", archivo="a.csv", formato="csv", estado=estado, subida_el=cuando,
            por=reparto.cuentas["facilitadora"], hecha_el=cuando if estado == "hecha" else None,
        )  # fmt: skip
        suya.guardar_tandas([b"una"])
        dejar(f"{suya.clave}.archivo", 2)
        return suya

    def dejar(nombre: str, dias: int) -> None:
        archivo, hace = avance.carpeta() / nombre, (ahora - dt.timedelta(days=dias)).timestamp()
        archivo.write_text("x")
        os.utime(archivo, (hace, hace))

    olvidada, anterior, ultima = una("revisada", 8), una("hecha", 200), una("hecha", 100)
    reciente = una("con_errores", 1)
    dejar("huerfano.archivo", 2)
    dejar("apenas.archivo", 0)
    assert avance.carpeta().stat().st_mode & 0o777 == 0o700
    assert limpiar(ahora) == 4  # los de las dos hechas, el huérfano y el detalle de la anterior
    assert sorted(r.name for r in avance.carpeta().iterdir()) == sorted(
        ["apenas.archivo", f"{reciente.clave}.archivo"]
    )
    quedan = [uno for uno in (olvidada, anterior, ultima, reciente) if uno.tandas.exists()]
    assert quedan == [ultima, reciente]
    olvidada.refresh_from_db()
    assert (olvidada.estado, limpiar(ahora)) == ("descartada", 0)
