"""La página de un municipio y su ficha: lo que consta de él, y en papel, una sola página."""

import datetime as dt
import json
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from municipios.ciudadania import ficha, impreso
from municipios.models import Etapa, Evento, Metrica, Municipio, ValorDeMetrica
from sesiones import models as m
from sesiones.estados import Sector
from stl_portal.publico import registro
from tests.documentos.conforme import reparos
from tests.documentos.lector import en_voz_alta
from tests.municipios.fabricas import LEON, anotar, crear_etapas, crear_municipal
from tests.municipios.informes.llenar import publicado
from tests.municipios.publicados import publicar_corte
from tests.personas import DIA, Reparto, crear_reparto

PAGINA, FICHA = f"/municipios/{LEON}/", f"/municipios/{LEON}/ficha.pdf"
LARGA = "Texto largo de una nota que explica con detalle lo que consta. " * 20


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo)


def texto(client: Client, ruta: str = PAGINA) -> str:
    return " ".join(client.get(ruta).content.decode().split())


def test_dice_su_situacion_su_fecha_su_nota_y_su_prueba(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], LEON, "en_proceso", nota="Consta en su gaceta.", liga="https://ejemplo.mx/gaceta")
    publicar_corte(reparto.organo, totales={etapas[1]: {"sin_informacion": 44, "cumplido": 2}})
    pagina = texto(client)
    assert "<strong>En proceso</strong>, consta al" in pagina
    assert "Consta en su gaceta." in pagina
    assert 'href="https://ejemplo.mx/gaceta"' in pagina
    assert "Del corte solo se conoce el total, no cada municipio." in pagina
    assert f'>Ver el total<span class="oculto">: {etapas[1].nombre}</span></a>' in pagina
    assert "Consta en su gaceta." not in texto(client, "/municipios/11027/")


def test_su_historia_va_corte_por_corte_del_mas_nuevo_al_mas_viejo(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    publicar_corte(reparto.organo)
    assert "Cómo ha avanzado" not in texto(client)
    anotar(etapas[0], LEON, "cumplido", DIA + dt.timedelta(days=9))
    publicar_corte(reparto.organo, DIA + dt.timedelta(days=9))
    momentos = client.get(PAGINA).context["momentos"]
    assert [momento.leido.numero for momento in momentos] == [2, 1]
    situaciones = [momento.estados[0].casilla.situacion.clave for momento in momentos]
    assert situaciones == ["cumplido", "sin_informacion"]
    assert "Cómo ha avanzado" in texto(client)


def test_una_etapa_que_no_estaba_en_un_corte_se_dice(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    publicar_corte(reparto.organo)
    crear_etapas(reparto.organo, "nueva")
    publicar_corte(reparto.organo, DIA + dt.timedelta(days=9))
    assert client.get(PAGINA).context["momentos"][1].estados[1] is None
    assert "No está en ese corte" in texto(client)


def test_lo_que_se_deriva_de_un_hecho_lo_dice_y_lo_enlaza(client: Client, db: None) -> None:
    organo = crear_reparto("zeta").organo
    etapa = crear_etapas(organo, "instalacion")[0]
    fila = publicar_corte(organo)
    leido = ficha.publicados.leido(fila)
    datos = {
        **leido.casillas[LEON, etapa.clave],
        "derivada": True,
        "dicho": "Se instaló.",
        "url": "/sesiones/x/",
    }
    leido.casillas[LEON, etapa.clave] = datos  # type: ignore[index]  # lo leído se comparte en la caché
    try:
        pagina = texto(client)
    finally:
        leido.casillas[LEON, etapa.clave] = {**datos, "derivada": False}  # type: ignore[index]
    assert 'Se deriva de un hecho: <a href="/sesiones/x/">Se instaló.</a>' in pagina


def test_su_secretariado_dice_cuantos_lo_integran_y_que_sesiones_ha_tenido(
    client: Client, reparto: Reparto
) -> None:
    municipal = crear_municipal(reparto.organo)
    crear_etapas(reparto.organo)
    pagina = texto(client)
    asientos = m.Asiento.objects.filter(organo=municipal.organo).count()
    assert f">{asientos} asientos</a>" in pagina
    assert ">0 sesiones públicas</a>" in pagina
    assert "Sin secretariado registrado" in texto(client, "/municipios/11027/")


def test_dice_en_que_otros_organos_ocupa_un_asiento_por_su_nombre_exacto(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    for nombre in ("Municipio de León, Guanajuato", "Municipio de León de los Aldama"):
        institucion = m.Institucion.objects.create(nombre=nombre, sector=Sector.MUNICIPIO)
        m.Asiento.objects.create(organo=reparto.organo, institucion=institucion)
    pagina = texto(client)
    assert "ocupa un asiento como «Municipio de León, Guanajuato»" in pagina
    assert "León de los Aldama»" not in pagina
    assert "ocupa un asiento" not in texto(client, "/municipios/11027/")


@pytest.fixture
def medido(reparto: Reparto, etapas: list[Etapa]) -> Municipio:
    """León con una capacitación pública, otra que no lo es y una métrica de dos años."""
    leon = Municipio.objects.get(clave=LEON)
    for titulo, publico in (("Curso abierto", True), ("Curso interno", False)):
        evento = Evento.objects.create(organo=reparto.organo, titulo=titulo, hasta=DIA, publico=publico)
        evento.municipios.add(leon)
    metrica = Metrica.objects.create(
        organo=reparto.organo, clave="indice", nombre="Índice", autor="Un instituto"
    )
    for anio, valor, literal in ((2024, 50, ""), (2025, 61.87, "61.870")):
        ValorDeMetrica.objects.create(
            metrica=metrica,
            municipio=leon,
            anio=anio,
            valor=valor,
            literal=literal,
            fuente="https://ejemplo.mx/",
        )
    return leon


@pytest.mark.usefixtures("medido")
def test_muestra_lo_que_otros_miden_y_solo_las_capacitaciones_publicas(client: Client) -> None:
    pagina = texto(client)
    assert "Curso abierto" in pagina
    assert "Curso interno" not in pagina
    assert 'data-rotulo="Valor">61.870</td>' in pagina
    assert "Curso abierto" not in texto(client, "/municipios/11027/")


@pytest.mark.usefixtures("medido")
def test_lo_que_registro_un_organo_ficticio_lo_dice(
    client: Client, reparto: Reparto, pdf: Callable[[str], bytes]
) -> None:
    assert "Índice</a></th>" in texto(client)
    ValorDeMetrica.objects.filter(anio=2024).update(valor=50.5)
    m.Organo.objects.filter(pk=reparto.organo.pk).update(ficticio=True)
    nombre = reparto.organo.denominacion(DIA).nombre_corto
    pagina = texto(client)
    assert f"{nombre} (ficticio)" in pagina
    assert "Índice</a> (ficticio)" in pagina
    assert 'data-rotulo="Valor">50.5</td>' in pagina
    dicho = en_voz_alta(pdf(FICHA))
    assert "0 y 1 de órganos ficticios: Curso abierto (2026, ficticio)" in " ".join(dicho.split())
    assert "según Un instituto (ficticio)." in dicho


@pytest.mark.usefixtures("medido")
def test_la_pagina_pregunta_lo_mismo_con_mas_historia(
    client: Client, reparto: Reparto, etapas: list[Etapa], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    crear_municipal(reparto.organo)
    publicar_corte(reparto.organo)
    consultas = 13 + len(registro.DE_ORGANOS)  # una por aplicación que muestre algo de los órganos
    with django_assert_num_queries(consultas):
        client.get(PAGINA)
    for n in range(1, 5):
        anotar(etapas[0], LEON, "en_proceso", DIA + dt.timedelta(days=n))
        publicar_corte(reparto.organo, DIA + dt.timedelta(days=n))
    with django_assert_num_queries(consultas):
        client.get(PAGINA)


@pytest.fixture
def pdf(client: Client) -> Callable[[str], bytes]:
    def pedir(ruta: str = FICHA) -> bytes:
        respuesta = client.get(ruta)
        assert respuesta["Content-Type"] == "application/pdf"
        return respuesta.content

    return pedir


@pytest.mark.usefixtures("medido")
def test_la_ficha_dice_lo_de_la_pagina_y_lleva_sus_datos(
    reparto: Reparto, etapas: list[Etapa], pdf: Callable[[str], bytes]
) -> None:
    anotar(etapas[0], LEON, "en_proceso", nota="Consta en su gaceta.")
    publicado = publicar_corte(reparto.organo)
    contenido = pdf(FICHA)
    dicho = en_voz_alta(contenido)
    for frase in ("León", "En proceso", "Consta en su gaceta.", "Curso abierto", "61.870", publicado.huella):
        assert frase in dicho
    with pikepdf.open(BytesIO(contenido)) as abierto:
        assert len(abierto.pages) == 1
        datos = json.loads(abierto.attachments["ficha.json"].get_file().read_bytes())
    assert datos["municipio"]["clave"] == LEON
    assert datos["etapas"][0]["situacion"] == "En proceso"
    assert reparos(contenido) == []


@pytest.mark.usefixtures("etapas")
def test_el_informe_de_un_organo_ficticio_lo_dice(reparto: Reparto, pdf: Callable[[str], bytes]) -> None:
    leon = crear_municipal(reparto.organo)
    informe = publicado(leon)
    assert f"El más reciente: {informe}." in " ".join(en_voz_alta(pdf(FICHA)).split())
    m.Organo.objects.filter(pk=leon.organo.pk).update(ficticio=True)
    assert f"El más reciente: {informe} (ficticio)." in " ".join(en_voz_alta(pdf(FICHA)).split())


def test_aunque_las_notas_sean_largas_y_muchas_cabe_en_una_pagina(
    reparto: Reparto, medido: Municipio, pdf: Callable[[str], bytes]
) -> None:
    for n in range(10):
        etapa = crear_etapas(reparto.organo, f"etapa-{n}")[0]
        anotar(etapa, LEON, "en_proceso", nota=LARGA)
        evento = Evento.objects.create(organo=reparto.organo, titulo=LARGA[:280], hasta=DIA, publico=True)
        evento.municipios.add(medido)
    publicar_corte(reparto.organo, fuente=LARGA[:290])
    contenido = pdf(FICHA)
    with pikepdf.open(BytesIO(contenido)) as abierto:
        assert len(abierto.pages) == 1
    assert reparos(contenido) == []


def test_de_lo_que_solo_hay_total_la_ficha_dice_el_total(
    reparto: Reparto, etapas: list[Etapa], pdf: Callable[[str], bytes]
) -> None:
    totales = {etapas[0]: {"sin_informacion": 44, "cumplido": 2}}
    publicar_corte(reparto.organo, totales=totales, nombre="Corte al 18 de marzo")
    dicho = " ".join(en_voz_alta(pdf(FICHA)).split())
    assert "Solo se conoce el total: 44 en «Sin información» y 2 en «Cumplido»" in dicho
    assert "Según el corte «Corte al 18 de marzo» del " in dicho


def test_si_el_organo_cambio_de_nombre_la_pagina_y_la_ficha_dicen_los_dos(
    client: Client, reparto: Reparto, etapas: list[Etapa], pdf: Callable[[str], bytes]
) -> None:
    publicar_corte(reparto.organo)
    assert "(hoy" not in texto(client) + en_voz_alta(pdf(FICHA))
    reparto.organo.denominaciones.update(vigente_hasta=DIA)
    reparto.organo.denominaciones.create(
        nombre="Secretariado de Estado Abierto",
        nombre_corto="Estado Abierto",
        siglas="SEA",
        vigente_desde=DIA + dt.timedelta(days=1),
    )
    assert "del Secretariado (hoy Estado Abierto):" in texto(client)
    dicho = " ".join(en_voz_alta(pdf(FICHA)).split())
    assert "del Secretariado Técnico de Prueba prueba (hoy Secretariado de Estado Abierto)." in dicho


def test_la_ficha_sin_cortes_lo_dice(etapas: list[Etapa], pdf: Callable[[str], bytes]) -> None:
    assert "Todavía no se publica ningún corte" in en_voz_alta(pdf(FICHA))


def test_se_compone_una_sola_vez_y_quien_la_tiene_recibe_304(
    client: Client, reparto: Reparto, etapas: list[Etapa], monkeypatch: pytest.MonkeyPatch
) -> None:
    publicar_corte(reparto.organo, nombre="Corte que solo usa esta prueba")
    compuestas: list[impreso.Hoja] = []
    componer = impreso._componer

    def contar(hoja: impreso.Hoja) -> bytes:
        compuestas.append(hoja)
        return componer(hoja)

    monkeypatch.setattr(impreso, "_componer", contar)
    primera, segunda = client.get(FICHA), client.get(FICHA)
    assert primera.content == segunda.content
    assert len(compuestas) == 1
    assert client.get(FICHA, headers={"if-none-match": primera["ETag"]}).status_code == 304
    anotar(etapas[0], LEON, "cumplido", cuando=timezone.now())
    publicar_corte(reparto.organo, DIA + dt.timedelta(days=1))
    assert client.get(FICHA)["ETag"] != primera["ETag"]
