"""Los informes anuales, los textos editados, los anuncios y los formatos se mudan con lo demás."""

import datetime as dt
import io
import json
from unittest.mock import patch

import pytest
from django.db import transaction

from stl_portal.formatos.models import Formato
from stl_portal.informe_anual import publicar, recursos
from stl_portal.informe_anual.models import InformeAnual
from stl_portal.sello.models import Eslabon
from stl_portal.textos.models import Anuncio, Texto
from stl_portal.textos.registro import TEXTOS
from stl_portal.traspaso import escritura, lectura, registro
from stl_portal.traspaso.motor import Motor
from tests.informe_anual.fabricas import CUANDO, PASADO, empezado, publicado
from tests.personas import Reparto, crear_reparto
from tests.sesiones.recursos.mudanza import alterado, rechazos

MIOS = (
    *("informes-anuales", "informes-anuales-historia", "informes-anuales-textos"),
    *("informes-anuales-publicados", "textos", "textos-historia", "anuncios", "formatos"),
)


def _crear(reparto: Reparto) -> None:
    """Un informe publicado, su corrección en borrador, otro que se arma, un texto y un anuncio."""
    with patch("stl_portal.informe_anual.impreso.imprimir", return_value=b"%PDF-1.7 de prueba"):
        publicado(reparto, PASADO)
    suyo = empezado(reparto).textos.earliest("pk")
    suyo.guardar_sobre(suyo.version, texto="Lo que se hizo en el primer semestre.", va=True)
    declarado = next(texto for texto in TEXTOS.values() if not texto.variables)
    Texto.cambiar(declarado, "", escrito="Otro texto", version=1, por=reparto.cuentas["facilitadora"])
    hoy = dt.date(2026, 7, 1)
    Formato.objects.create(
        clave="fmt",
        nombre="F",
        fundamento="Art. 1",
        conjunto="sesiones",
        fecha="fecha",
        vigente_desde=hoy,
        columnas="Fecha = fecha",
    )
    for _ in range(2):
        Anuncio.objects.create(texto="El portal estará en mantenimiento", desde=hoy, hasta=hoy)


def _zip() -> bytes:
    salida = io.BytesIO()
    escritura.en_zip(salida)
    return salida.getvalue()


@pytest.mark.django_db
def test_se_mudan_y_lo_publicado_consta() -> None:
    with transaction.atomic():
        _crear(crear_reparto())
        antes = _zip()
        assert [r.clave for r in registro.RECURSOS if r.clave in MIOS and not r.filas().exists()] == []
        transaction.set_rollback(True)
    assert (InformeAnual.objects.count(), Texto.objects.count(), Eslabon.objects.count()) == (0, 0, 0)

    def de_otro(filas: list[dict[str, str]]) -> None:
        for fila in filas:
            fila["organo"] = "99"

    with transaction.atomic():
        ajenos = Motor().importar(
            lectura.hojas(io.BytesIO(alterado(antes, informes_anuales=de_otro)), "zip", None)
        )
        transaction.set_rollback(True)
    assert [celdas for _, _, celdas in rechazos(ajenos)] == [
        [["", f"«{clave}» es del órgano «prueba», que aquí no es el mismo."]]
        for clave in ("prueba-2026", "prueba-2020")
    ]

    resultado = Motor().importar(lectura.hojas(io.BytesIO(antes), "zip", None))
    assert rechazos(resultado) == []
    assert _zip() == antes
    assert list(publicar.fallas()) == []
    eslabon = json.loads(Eslabon.objects.get(tipo=publicar.TIPO).payload)
    assert (eslabon["datos"]["importada"], eslabon["datos"]["cuando"][:4]) == (True, f"{CUANDO:%Y}")
    assert recursos.InformesAnuales.depende_de() == {registro.de_clave("organos")}
