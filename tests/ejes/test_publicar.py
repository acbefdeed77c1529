"""Publicar un corte: una vez, con sus porqués, sellado, en el registro y en un PDF que dice todo."""

import datetime as dt
import json
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from ejes.cortes import publicar
from ejes.cortes.cuadro import Renglon
from ejes.models import Corte, CortePublicado, Plan
from ejes.templatetags.plan import porciento
from stl_portal.archivo import almacen
from stl_portal.sello.models import Eslabon
from stl_portal.transiciones import TransicionInvalida
from tests.hechos import texto_de_pdf


@pytest.fixture
def texto(corte: Corte) -> str:
    return texto_de_pdf(almacen.leer(corte.publicacion.pdf))


def segundo(plan: Plan) -> Corte:
    """Otro corte del mismo plan, sin nada declarado salvo el global."""
    nuevo = Corte.objects.create(
        plan=plan, numero=2, nombre="Segundo Informe", desde=dt.date(2023, 12, 1), hasta=dt.date(2024, 3, 31)
    )
    for accion in [a for e in plan.ejes.all() for c in e.compromisos.all() for a in c.acciones.all()]:
        nuevo.figuras.create(accion=accion, declarado=50)
    return nuevo


def test_publicar_dos_veces_no_se_puede(corte: Corte) -> None:
    with pytest.raises(TransicionInvalida):
        publicar.publicar(corte, None, timezone.now())


def test_lo_que_difiere_sin_decir_por_que_no_se_publica(plan: Plan) -> None:
    nuevo = segundo(plan)
    nuevo.figuras.create(declarado=60)
    with pytest.raises(ValidationError, match="di por qué"):
        publicar.publicar(nuevo, None, timezone.now())
    nuevo.refresh_from_db()
    assert (nuevo.estado, CortePublicado.objects.filter(corte=nuevo).exists()) == ("borrador", False)


def test_un_plan_sin_acciones_no_tiene_que_publicar(planes: None) -> None:
    viejo = Plan.objects.get(clave="2019-2020")
    nuevo = Corte.objects.create(
        plan=viejo, numero=1, nombre="Informe", desde=dt.date(2020, 1, 1), hasta=dt.date(2020, 3, 1)
    )
    with pytest.raises(ValidationError, match="no tiene acciones"):
        publicar.publicar(nuevo, None, timezone.now())


def test_queda_en_el_registro_y_la_base_no_deja_cambiarlo(corte: Corte) -> None:
    publicado = corte.publicacion
    eslabon = Eslabon.objects.get(n=publicado.eslabon)
    assert json.loads(eslabon.payload)["datos"]["huella"] == publicado.huella
    assert list(publicar.fallas()) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        CortePublicado.objects.update(huella="0" * 64)


def test_el_pdf_es_de_archivo_y_lleva_sus_datos(corte: Corte) -> None:
    contenido = almacen.leer(corte.publicacion.pdf)
    with pikepdf.open(BytesIO(contenido)) as pdf:
        assert pdf.attachments["corte.json"].get_file().read_bytes() == bytes(corte.publicacion.documento)
        assert "pdfaid:part" in str(pdf.Root.Metadata.read_bytes())


def test_el_pdf_se_puede_leer_en_voz_alta(corte: Corte, tmp_path: Path) -> None:
    archivo = tmp_path / "informe.pdf"
    archivo.write_bytes(almacen.leer(corte.publicacion.pdf))
    informe = pdfua.validate(str(archivo))
    assert [f"{h.rule_id}: {h.message}" for h in informe.findings] == []


def test_los_bytes_de_un_corte_se_interpretan_una_sola_vez(corte: Corte) -> None:
    una, otra = (CortePublicado.objects.get(corte=corte) for _ in range(2))
    assert publicar.leido(una) is publicar.leido(otra)
    otra.documento = bytes(otra.documento).replace(b'"numero":1', b'"numero":9')
    assert publicar.leido(otra).corte["numero"] == 9


def _hechos(r: Renglon) -> list[str]:
    return [r.titulo, r.textual or porciento(r.declarado), r.responsable, *r.ligas]


def test_el_pdf_dice_cada_cifra_nombre_y_liga(corte: Corte, texto: str) -> None:
    cuadro = publicar.leido(corte.publicacion)
    renglones = (*cuadro.acciones, *cuadro.compromisos, *cuadro.ejes)
    junto = "".join(texto.split())
    faltan = [h for r in renglones for h in _hechos(r) if "".join(h.split()) not in junto]
    assert faltan == []


@pytest.mark.parametrize(
    "frase",
    [
        "33 acciones · 13 compromisos · 7 ejes",
        "42 % de avance global declarado",
        "Por alcanzar: 58 %, meta a agosto de 2024",
        "Calculado con los ejes: 44.57 %",
        "4 de diciembre de 2023",
        "es 36.25",
        "es 33.5",
        "es 46.25",
        "49.54 %",
        "50.48 %",
        "129 personas",
    ],
)
def test_el_pdf_dice_lo_demas(texto: str, frase: str) -> None:
    assert frase in " ".join(texto.split())


def test_cada_compromiso_en_su_pagina(corte: Corte) -> None:
    with pikepdf.open(BytesIO(almacen.leer(corte.publicacion.pdf))) as pdf:
        assert len(pdf.pages) == 17  # portada, ejes, trece compromisos y el cierre
