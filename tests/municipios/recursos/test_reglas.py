"""Qué de los municipios se cambia con un archivo y qué no."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from municipios import models as m
from municipios.forms.etapas import YA_SE_USA
from municipios.recursos import coherencia, cortes, etapas, eventos, informes, metricas
from tests.municipios.fabricas import anotar, crear_corte, crear_etapas, crear_informe
from tests.municipios.publicados import publicar_corte
from tests.personas import DIA, Reparto
from tests.traspaso.alterar import importar, razones, renglones

CERRADO = "ya está en el portal"
pytestmark = pytest.mark.django_db


def test_lo_anotado_solo_se_agrega_y_lo_usado_no_cambia_de_significado(reparto: Reparto) -> None:
    convocatoria, _ = crear_etapas(reparto.organo)
    anotar(convocatoria, "11020", "en_proceso", nota="Reservado")
    (fila,) = renglones(etapas.Anotaciones)
    assert razones(etapas.Anotaciones, fila | {"nota": "Otra"}) == [
        f"nota: Ya existe y esto no cambia: {etapas.SOLO_SE_AGREGAN}"
    ]
    nueva = importar(etapas.Anotaciones, fila | {"n": "", "situacion.clave": "cumplido", "nota": "-1"})
    assert nueva.cuentas["anotaciones"].nuevas == 1
    assert [a.nota for a in m.Anotacion.objects.order_by("pk")] == ["Reservado", "-1"]
    situaciones = {(f["etapa.clave"], f["clave"]): f for f in renglones(etapas.Situaciones)}
    usada, libre = situaciones["convocatoria", "en_proceso"], situaciones["instalacion", "en_proceso"]
    assert razones(etapas.Situaciones, usada | {"avance": "cumplido"}) == [f"avance: {YA_SE_USA}"]
    assert razones(etapas.Situaciones, libre | {"avance": "cumplido"}) == []
    assert razones(etapas.Situaciones, usada | {"nombre": "Otro nombre"}) == []


def test_lo_que_cuelga_de_un_corte_publicado_o_de_un_informe_entregado_no_cambia(reparto: Reparto) -> None:
    convocatoria, _ = crear_etapas(reparto.organo)
    publicado = publicar_corte(reparto.organo, totales={convocatoria: {"cumplido": 46}})
    total = next(f for f in renglones(cortes.Totales) if f["cantidad"] == "46")
    assert CERRADO in razones(cortes.Totales, total | {"cantidad": "45"})[0]
    sellado = renglones(cortes.CortesPublicados)[0] | {"publicado_el": "2026-01-01T00:00:00-06:00"}
    assert "publicado_el: Ya está sellado y no se cambia." in razones(cortes.CortesPublicados, sellado)
    abierto = crear_corte(reparto.organo, numero=2)
    en_borrador = total | {"corte.numero": str(abierto.numero), "cantidad": "3"}
    assert razones(cortes.Totales, en_borrador) == []
    corte = renglones(cortes.Cortes)[0]
    (razon,) = razones(cortes.Cortes, corte | {"numero": "9", "nombre": "Inventado"})
    assert razon == "«Inventado» dice estar publicado y no viene lo que se publicó de él."
    copia = m.CorteMunicipalPublicado.objects.create(
        corte=abierto,
        documento=publicado.documento,
        huella="5" * 64,
        publicado_el=timezone.now(),
        eslabon=1,
    )
    dichos = coherencia.al_terminar(SimpleNamespace(nacidas={cortes.CortesPublicados: [copia.pk]}))  # type: ignore[arg-type]
    assert list(dichos) == [f"El documento publicado de «{abierto}» es de otro corte."]
    informe = crear_informe(reparto.organo)
    informe.textos.create(mes=1, apartado="actividades", texto="Borrador")
    texto = renglones(informes.Textos)[0]
    assert razones(informes.Textos, texto | {"texto": "Corregido"}) == []
    informe.cambiar("entregar", None)
    assert CERRADO in razones(informes.Textos, texto | {"texto": "Corregido"})[0]


def test_una_capacitacion_nueva_toma_el_numero_que_sigue(reparto: Reparto) -> None:
    crear_etapas(reparto.organo)
    viejo = m.Evento.objects.create(organo=reparto.organo, titulo="Curso", hasta=DIA, publico=True)
    (fila,) = renglones(eventos.Eventos)
    sin_numero = fila | {"n": "", "id": ""}
    assert razones(eventos.Eventos, fila | {"n": ""}) == [
        f"id: El número {viejo.pk} ya es de «{reparto.organo.clave} · 1»."
    ]
    hecho = importar(
        eventos.Eventos,
        sin_numero | {"titulo": "@Dos", "id": str(viejo.pk + 50)},
        sin_numero | {"titulo": "Tres"},
        fila | {"id": "", "titulo": "Curso corregido"},
    )
    assert (hecho.cuentas["capacitaciones"].nuevas, hecho.cuentas["capacitaciones"].cambian) == (2, 1)
    assert [(e.pk, e.titulo, e.secuencia) for e in m.Evento.objects.order_by("pk")] == [
        (viejo.pk, "Curso corregido", 0),
        (viejo.pk + 50, "@Dos", 0),
        (viejo.pk + 51, "Tres", 0),
    ]
    metrica = m.Metrica.objects.create(
        organo=reparto.organo, clave="indice", nombre="Índice", autor="X", minimo=0, maximo=100
    )
    metrica.valores.create(municipio_id="11020", anio=2025, valor=50, fuente="https://e.example/")
    valor = renglones(metricas.Valores)[0]
    assert razones(metricas.Valores, valor | {"valor": "101"}) == ["valor: El máximo de esta métrica es 100."]
