"""Seguir un municipio por correo: lo que de él cambia y los informes de su secretariado."""

import datetime as dt

import pytest
from django.utils import timezone

from municipios.cortes import preparar, publicar, seguidores, seguidores_de_municipios
from municipios.informes.trimestres import Trimestre
from municipios.models import CorteMunicipal, Municipio
from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso
from tests.avisos.conftest import seguir
from tests.municipios.fabricas import LEON, anotar, crear_etapas, crear_municipal
from tests.municipios.informes import llenar
from tests.personas import DIA, Reparto
from tests.vida.archivadas import archivada

ANA, BETO, CELIA = (f"{quien}@sigue.example" for quien in ("ana", "beto", "celia"))
AHORA = timezone.make_aware(dt.datetime(2026, 4, 1, 12))


def tema(clave: str) -> seguidores_de_municipios.Tema:
    return seguidores_de_municipios.tema_de(Municipio.objects.get(clave=clave))


@pytest.fixture
def etapas(reparto: Reparto) -> list[object]:
    """Ana sigue León, Beto Celaya, y Celia León y el conjunto; León ya convocó."""
    etapas = crear_etapas(reparto.organo)
    anotar(etapas[0], LEON, "en_proceso", cuando=AHORA - dt.timedelta(days=1))
    seguir(ANA, tema(LEON))
    seguir(BETO, tema("11007"))
    seguir(CELIA, tema(LEON), seguidores.tema_de(reparto.organo, DIA))
    Aviso.objects.all().delete()
    return list(etapas)


def publicado(reparto: Reparto, n: int = 0) -> CorteMunicipal:
    corte = preparar.abrir(reparto.organo, nombre=f"Corte {n}", fecha=DIA + dt.timedelta(days=n))
    publicar.publicar(corte, None, AHORA + dt.timedelta(days=n))
    return corte


def dichos() -> dict[str, str]:
    """Qué se le dijo a cada quien."""
    return dict(Aviso.objects.values_list("para", "cuerpo"))


def test_se_ofrecen_los_46(db: None, reparto: Reparto) -> None:
    crear_etapas(reparto.organo)
    todos = list(seguidores_de_municipios.temas(DIA))
    assert (len(todos), todos[0].clave, todos[0].nombre) == (46, "municipio:11001", "Abasolo")


def test_el_primer_corte_dice_lo_que_ya_se_sabe_y_a_cada_quien_lo_suyo(
    reparto: Reparto, etapas: list[object]
) -> None:
    publicado(reparto)
    enviados = dichos()
    assert sorted(enviados) == [ANA, CELIA]
    assert "- Convocatoria: En proceso" in enviados[ANA]
    assert "Instalacion" not in enviados[ANA]
    assert f"/municipios/{LEON}/" in enviados[ANA]
    assert "De León cambia esto" in enviados[CELIA]  # lo suyo, y no además el aviso del conjunto


def test_despues_solo_lo_que_cambia(reparto: Reparto, etapas: list[m.Organo]) -> None:
    publicado(reparto)
    Aviso.objects.all().delete()
    publicado(reparto, 1)
    assert list(dichos()) == [CELIA]  # por el conjunto: León no cambió
    Aviso.objects.all().delete()
    anotar(etapas[0], LEON, "cumplido", DIA + dt.timedelta(days=2), cuando=AHORA + dt.timedelta(days=1))  # type: ignore[arg-type]
    publicado(reparto, 2)
    assert "- Convocatoria: En proceso → Cumplido" in dichos()[ANA]
    assert sorted(dichos()) == [ANA, CELIA]


def test_lo_que_se_prepara_no_avisa(reparto: Reparto, etapas: list[object]) -> None:
    preparar.abrir(reparto.organo, nombre="Secreto", fecha=DIA)
    assert dichos() == {}


def test_lo_que_dice_un_organo_ficticio_no_es_noticia_del_municipio(
    reparto: Reparto, etapas: list[object]
) -> None:
    m.Organo.objects.update(ficticio=True)
    publicado(reparto)
    assert list(dichos()) == [CELIA]
    assert dichos()[CELIA].startswith("Aviso: es de un órgano ficticio.")


def test_el_informe_de_su_secretariado_se_avisa_al_publicarse(reparto: Reparto, etapas: list[object]) -> None:
    municipal = crear_municipal(reparto.organo)
    llenar.publicado(municipal, Trimestre(2026, 1), archivada(municipal).acta.sesion)
    enviados = {para: dicho for para, dicho in dichos().items() if para.endswith("@sigue.example")}
    assert sorted(enviados) == [ANA, CELIA]
    assert "publicó su informe trimestral 1, de enero a marzo de 2026" in enviados[ANA]
    assert "/municipios/informes/stm-leon/1/" in enviados[ANA]


def test_un_anexo_cualquiera_no_es_un_informe(reparto: Reparto, etapas: list[object]) -> None:
    sello = archivada(reparto)
    archivo = almacen.guardar_propio(b"texto", "anexo.txt")
    anexo = m.Anexo.objects.create(sesion=sello.acta.sesion, titulo="Programa", archivo=archivo)
    anexos.publicar_completo(anexo, None, AHORA)
    assert [para for para in dichos() if para.endswith("@sigue.example")] == []
