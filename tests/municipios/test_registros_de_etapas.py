"""Las etapas y situaciones que se siguen: qué se cambia, qué ya no se quita."""

from django.test import Client

from municipios.cortes.publicar import publicar
from municipios.models import Etapa
from municipios.registros.etapas import ETAPAS, SITUACIONES
from tests.municipios.fabricas import LEON, anotar, crear_corte, crear_etapas
from tests.personas import Reparto


def test_una_etapa_usada_se_renombra_pero_no_se_quita(reparto: Reparto, etapas: list[Etapa]) -> None:
    anotar(etapas[0], LEON, "cumplido")
    usada, libre = etapas[0].situaciones.get(clave="cumplido"), etapas[0].situaciones.get(clave="en_proceso")
    assert "Ya hay municipios" in ETAPAS.no_se_quita(etapas[0], reparto.organo)
    assert ETAPAS.no_se_quita(etapas[1], reparto.organo) == ""
    assert "Ya hay municipios" in SITUACIONES.no_se_quita(usada, reparto.organo)
    assert SITUACIONES.no_se_quita(libre, reparto.organo) == ""
    forma = SITUACIONES.forma(
        {"nombre": "Instalado", "clave": "x", "avance": "no_iniciado", "orden": 4}, instance=usada
    )
    forma.save()
    usada.refresh_from_db()
    assert (usada.nombre, usada.clave, usada.avance) == ("Instalado", "cumplido", "cumplido")


def test_una_etapa_que_solo_dice_un_corte_publicado_tampoco_se_quita(
    reparto: Reparto, etapas: list[Etapa]
) -> None:
    publicar(crear_corte(reparto.organo), None)
    assert "un corte la dice" in ETAPAS.no_se_quita(etapas[1], reparto.organo)
    assert ETAPAS.forma(instance=etapas[1]).fields["clave"].disabled
    for situacion in etapas[1].situaciones.exclude(clave="sin_informacion"):
        assert "un corte la dice" in SITUACIONES.no_se_quita(situacion, reparto.organo)
        assert SITUACIONES.forma(instance=situacion).fields["avance"].disabled
    nueva = crear_etapas(reparto.organo, "plan")[0]
    assert ETAPAS.no_se_quita(nueva, reparto.organo) == ""


def test_lo_que_se_cumple_solo_siempre_tiene_que_cumplir(reparto: Reparto, etapas: list[Etapa]) -> None:
    etapa = etapas[0]
    Etapa.objects.filter(pk=etapa.pk).update(hecho="plan")
    etapa.refresh_from_db()
    unica = etapa.situaciones.get(clave="cumplido")
    assert "agrega otra antes" in SITUACIONES.no_se_quita(unica, reparto.organo)
    baja = {"nombre": "Casi", "clave": "cumplido", "avance": "en_proceso", "orden": 4}
    assert "avance" in SITUACIONES.forma(baja, instance=unica).errors
    etapas[1].situaciones.filter(avance="cumplido").delete()
    datos = {"nombre": "Plan", "clave": "plan", "hecho": "instalacion", "orden": 1, "activa": "on"}
    assert "hecho" in ETAPAS.forma(datos, instance=etapas[1]).errors
    repetido = datos | {"hecho": "plan"}
    assert ETAPAS.forma(repetido, instance=etapas[1]).errors["hecho"] == [
        "Ese hecho ya cumple «Convocatoria»."
    ]


def test_una_etapa_nueva_nace_con_sus_cuatro_situaciones(facilitadora: Client, reparto: Reparto) -> None:
    datos = {"nombre": "Lineamientos", "clave": "lineamientos", "orden": "3", "activa": "on"}
    assert facilitadora.post("/mesa/prueba/registros/etapas/nuevo/", datos).status_code == 302
    etapa = Etapa.objects.get(clave="lineamientos")
    assert [s.avance for s in etapa.situaciones.all()] == [
        "sin_informacion",
        "no_iniciado",
        "en_proceso",
        "cumplido",
    ]
    assert "Lineamientos" in facilitadora.get("/gestion/municipios/prueba/").text
