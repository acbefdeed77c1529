"""Los datos abiertos de los municipios: lo publicado, con los dos niveles por separado y nada inventado."""

import datetime as dt
from collections import Counter

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from municipios.conjuntos.capacitaciones import CAPACITACIONES
from municipios.conjuntos.etapas import ETAPAS
from municipios.conjuntos.informes import INFORMES
from municipios.conjuntos.metricas import METRICAS
from municipios.conjuntos.municipios import MUNICIPIOS
from municipios.conjuntos.portal import TODOS
from municipios.conjuntos.totales import TOTALES
from municipios.cortes import preparar
from municipios.informes.trimestres import Trimestre
from municipios.models import Etapa, Evento, Metrica, Municipio
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import CopiaPublica
from stl_portal.cuentas.models import Usuario
from stl_portal.datos.filtros import FiltroMalo
from stl_portal.datos.registro import Conjunto
from tests.datos.tabla import tabla, una
from tests.municipios.fabricas import LEON, anotar, crear_etapas, crear_municipal
from tests.municipios.informes.llenar import JULIO, entregado, publicado
from tests.municipios.publicados import publicar_corte
from tests.personas import DIA, Reparto

SECRETO = "Zanahoria"  # palabra que solo está en lo que no se ha publicado
MUCHOS = 30
CUANTAS = {
    "municipios": 3,
    "etapas": 1,
    "totales-municipales": 1,
    "capacitaciones": 3,
    "metricas": 1,
    "informes": 5,
}


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo)


@pytest.fixture
def mundo(etapas: list[Etapa]) -> Reparto:
    """Algo publicado de cada conjunto y, junto a ello, algo de cada uno que no lo está; el municipal."""
    estatal = etapas[0].organo
    leon = crear_municipal(estatal)
    anotar(etapas[0], LEON, "en_proceso", nota="Hay convocatoria.", liga="https://ejemplo.mx/a")
    publicar_corte(estatal, totales={etapas[1]: {"sin_informacion": 44, "cumplido": 2}})
    anotar(etapas[0], "11001", "cumplido", DIA + dt.timedelta(days=9), nota=SECRETO)
    preparar.abrir(estatal, fecha=DIA + dt.timedelta(days=10), nombre=SECRETO, fuente=SECRETO)
    _evento(estatal, titulo="Curso", personas=100, personas_literal="más de 100", municipios_cuantos=45)
    _evento(estatal, titulo=SECRETO, publico=False)
    _metrica(estatal).valores.create(
        municipio_id=LEON, anio=2024, valor="61.87", literal="61.870 %", fuente="https://ejemplo.mx/f"
    )
    publicado(leon)
    informe = entregado(leon, JULIO.siguiente)
    informe.textos.filter(apartado="resultados").update(texto=SECRETO)
    return leon


def _evento(organo: m.Organo, **datos: object) -> Evento:
    return Evento.objects.create(organo=organo, **{"hasta": DIA, "publico": True} | datos)


def _metrica(organo: m.Organo) -> Metrica:
    return Metrica.objects.create(
        organo=organo, clave="indice", nombre="Índice", autor="Observatorio", unidad="puntos", minimo=0
    )


@pytest.mark.parametrize("conjunto", TODOS, ids=lambda conjunto: conjunto.clave)
def test_nada_sin_publicar_sale_y_cada_fila_se_halla_por_su_identificador(
    mundo: Reparto, conjunto: Conjunto
) -> None:
    filas = tabla(conjunto)
    assert filas
    assert SECRETO not in str(filas)
    assert [una(conjunto, id_de_fila)[0] for id_de_fila in filas] == list(filas)
    correos = list(Usuario.objects.values_list("email", flat=True))
    assert correos
    assert [correo for correo in correos if correo in str(filas)] == []


@pytest.mark.parametrize(
    ("conjunto", "id_de_fila"),
    [
        (MUNICIPIOS, "11047"),
        (ETAPAS, "11020/convocatoria/prueba-2"),
        (ETAPAS, "11020/instalacion/prueba-1"),
        (TOTALES, "prueba-1/convocatoria/cumplido"),
        (CAPACITACIONES, "prueba/evento-2"),
        (CAPACITACIONES, "prueba/evento-9999999999"),
        (METRICAS, "prueba/indice/11020/2023"),
        (INFORMES, "stm-leon/informe-2"),
    ],
)
def test_lo_que_no_existe_o_no_se_ha_publicado_no_se_halla(
    mundo: Reparto, conjunto: Conjunto, id_de_fila: str
) -> None:
    assert una(conjunto, id_de_fila) == ()


def test_los_46_municipios_con_su_secretariado_si_es_real(mundo: Reparto) -> None:
    filas = tabla(MUNICIPIOS)
    assert list(filas) == [str(clave) for clave in range(11001, 11047)]
    leon = filas[LEON]
    nombre = mundo.organo.denominacion(timezone.localdate()).nombre
    assert (leon["secretariado"], leon["secretariado_nombre"]) == ("stm-leon", nombre)
    assert {f["secretariado"] for clave, f in filas.items() if clave != LEON} == {""}
    m.Organo.objects.filter(clave="stm-leon").update(ficticio=True)
    leon = tabla(MUNICIPIOS, "nombre=León")[LEON]
    assert (leon["secretariado"], leon["secretariado_nombre"]) == ("", "")
    assert "stm-leon" not in str(leon.values())  # los de demostración, en «organos»


def test_la_capa_de_puntos_lleva_los_46_con_su_atribucion(mundo: Reparto) -> None:
    assert MUNICIPIOS.geojson
    capa = MUNICIPIOS.geojson(MUNICIPIOS.todas())
    assert len(capa["features"]) == 46
    assert "GeoNames" in capa["atribucion"]
    punto = next(p for p in capa["features"] if p["id"] == LEON)
    leon = Municipio.objects.get(clave=LEON)
    assert punto["geometry"] == {
        "type": "Point",
        "coordinates": [float(leon.longitud), float(leon.latitud)],
    }
    assert (punto["properties"]["nombre"], punto["properties"]["secretariado"]) == ("León", "stm-leon")


def test_las_etapas_con_desglose_tienen_una_fila_por_municipio(mundo: Reparto) -> None:
    filas = tabla(ETAPAS)
    assert len(filas) == 46
    assert Counter(f["situacion"] for f in filas.values()) == {"sin_informacion": 45, "en_proceso": 1}
    assert {f["etapa"] for f in filas.values()} == {"convocatoria"}
    fila = filas[f"{LEON}/convocatoria/prueba-1"]
    assert (fila["nota"], fila["prueba"]) == ("Hay convocatoria.", "https://ejemplo.mx/a")
    assert (fila["consta_al"], fila["corte_fecha"], fila["avance"]) == (DIA, DIA, "en_proceso")
    assert list(tabla(ETAPAS, f"municipio={LEON}&etapa=convocatoria")) == [fila["id"]]
    assert tabla(ETAPAS, "etapa=instalacion") == {}
    assert tabla(ETAPAS, "anio=2025") == {}


def test_de_lo_que_solo_se_conoce_el_total_sale_una_fila_por_situacion_y_no_se_repite(mundo: Reparto) -> None:
    filas = tabla(TOTALES)
    assert {i: f["municipios"] for i, f in filas.items()} == {
        "prueba-1/instalacion/sin_informacion": 44,
        "prueba-1/instalacion/no_iniciado": 0,
        "prueba-1/instalacion/en_proceso": 0,
        "prueba-1/instalacion/cumplido": 2,
    }
    assert list(tabla(TOTALES, "situacion=cumplido")) == ["prueba-1/instalacion/cumplido"]
    for campo, valen in (
        ("etapa", "convocatoria, instalacion"),
        ("situacion", "sin_informacion, no_iniciado, en_proceso, cumplido"),
    ):
        with pytest.raises(FiltroMalo, match=f"«{campo}» solo puede ser: {valen}."):
            tabla(TOTALES, f"{campo}=zzz")


def test_un_corte_corregido_deja_su_lugar_a_su_correccion(mundo: Reparto, etapas: list[Etapa]) -> None:
    viejo = mundo.organo.acompanado_por.cortes_municipales.get(numero=1)  # type: ignore[union-attr]
    nuevo = publicar_corte(
        viejo.organo,
        totales={etapas[1]: {"sin_informacion": 43, "cumplido": 3}},
        corrige=viejo,
        que_corrige="Eran tres.",
    )
    numero = nuevo.corte.numero
    assert tabla(TOTALES)[f"prueba-{numero}/instalacion/cumplido"]["municipios"] == 3
    assert {f["corte"] for conjunto in (ETAPAS, TOTALES) for f in tabla(conjunto).values()} == {numero}


def test_lo_aproximado_lleva_su_numero_sus_palabras_y_lo_dice(mundo: Reparto) -> None:
    estatal = mundo.organo.acompanado_por
    assert estatal
    exacto = _evento(estatal, titulo="Taller", personas=12)
    exacto.municipios.set(Municipio.objects.filter(clave__in=("11020", "11001")))
    sin_dato = _evento(estatal, titulo="Foro", clase="evento", hasta=dt.date(2025, 1, 2))
    aproximado, con_lista, nada = (
        fila
        for titulo in ("Curso", "Taller", "Foro")
        for fila in tabla(CAPACITACIONES).values()
        if fila["titulo"] == titulo
    )
    campos = ("personas", "personas_aproximado", "personas_literal", "municipios", "municipios_cuantos")
    assert [aproximado[c] for c in campos] == [100, True, "más de 100", "", 45]
    assert [con_lista[c] for c in campos] == [12, False, "", "11001; 11020", 2]
    assert [nada[c] for c in campos] == [None, None, "", "", None]
    assert list(tabla(CAPACITACIONES, "municipio=11001")) == [f"prueba/evento-{exacto.pk}"]
    assert list(tabla(CAPACITACIONES, "anio=2025&clase=evento")) == [f"prueba/evento-{sin_dato.pk}"]


def test_las_metricas_llevan_el_numero_y_como_lo_escribe_la_fuente(mundo: Reparto) -> None:
    (fila,) = tabla(METRICAS, "metrica=indice&anio=2024").values()
    assert (str(fila["valor"]), fila["literal"], fila["unidad"]) == ("61.87", "61.870 %", "puntos")
    assert (fila["minimo"], fila["maximo"], fila["id"]) == (0, None, "prueba/indice/11020/2024")


def test_los_informes_se_leen_mes_por_mes_y_los_testados_solo_en_su_pdf(mundo: Reparto) -> None:
    fila = tabla(INFORMES)["stm-leon/informe-1"]
    assert (fila["anio"], fila["trimestre"], fila["municipio"]) == (2026, 3, LEON)
    assert (fila["desde"], fila["hasta"]) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert fila["actividades"].splitlines() == [
        f"{mes}: Se difundió en el mes {numero}."
        for numero, mes in ((7, "Julio"), (8, "Agosto"), (9, "Septiembre"))
    ]
    assert (fila["reuniones"], fila["testado"]) == ("", False)
    anexo = m.Anexo.objects.get(informe_trimestral__numero=1)
    assert anexo.archivo
    copia = almacen.guardar_propio(b"informe testado", "version-publica.pdf")
    CopiaPublica.objects.create(original=anexo.archivo, publico=copia, zonas=[])
    m.AnexoPublicado.objects.create(anexo=anexo, archivo=copia, publicado_el=timezone.now(), eslabon=1)
    fila = tabla(INFORMES, "trimestre=3")["stm-leon/informe-1"]
    assert (fila["actividades"], fila["testado"], fila["huella"]) == ("", True, copia.huella)


@pytest.mark.parametrize("conjunto", TODOS, ids=lambda conjunto: conjunto.clave)
def test_las_consultas_no_crecen_con_las_filas(
    mundo: Reparto, conjunto: Conjunto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(CUANTAS[conjunto.clave]):
        pocas = len(tabla(conjunto))
    _muchos(mundo)
    with django_assert_num_queries(CUANTAS[conjunto.clave]):
        muchas = len(tabla(conjunto))
    assert muchas > pocas or conjunto is MUNICIPIOS


def _muchos(leon: Reparto) -> None:
    estatal = leon.organo.acompanado_por
    assert estatal
    for dia in range(1, 4):
        etapa = Etapa.objects.get(organo=estatal, clave="instalacion")
        fecha = DIA - dt.timedelta(days=dia)
        publicar_corte(estatal, fecha, totales={etapa: {"sin_informacion": 46}})
    dos = Municipio.objects.filter(clave__in=(LEON, "11001"))
    for numero in range(MUCHOS):
        evento = _evento(estatal, titulo=f"Curso {numero}")
        evento.municipios.set(dos)
        evento.materiales.create(titulo="Guía", direccion="https://ejemplo.mx/guia")
        Metrica.objects.get().valores.create(
            municipio_id="11001", anio=2000 + numero, valor=numero, fuente="https://ejemplo.mx/f"
        )
    sesion = m.Anexo.objects.get(informe_trimestral__numero=1).sesion
    for numero in (1, 2):
        publicado(leon, Trimestre(2025, numero), sesion)
    for clave in range(11001, 11010):
        crear_municipal(estatal, f"stm-{clave}", str(clave))
