"""Reportes y cortes publicados: uno con historia, o cien veces lo mismo para contar consultas."""

import datetime as dt
import json
from decimal import Decimal

from django.utils import timezone

from ejes.cortes.publicar import publicar as publicar_corte
from ejes.models import Corte, Entrega, Evidencia, EvidenciaPublicada, Plan, Reporte, ReportePublicado
from ejes.revision import dictaminar
from stl_portal.sello.canonico import canonico, huella
from tests.ejes import entregas
from tests.ejes.fabricas import crear_bimestre


def publicado_con_historia(plan: Plan) -> ReportePublicado:
    """La primera publicación de un reporte tardío que después se corrigió; el plan queda con dos cortes.

    Su archivo está verificado y su liga, observada.
    """
    eje, hoy = plan.ejes.earliest("numero"), timezone.localdate()
    assert eje.responsable
    bimestre = crear_bimestre(plan, hoy - dt.timedelta(days=40), numero=90, nombre="Bimestre corregido")
    reporte = Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=eje.responsable, tardio=True)
    entrega = entregas.enviar(entregas.contestar(reporte))
    liga = entrega.evidencias.get(archivo=None)
    dictaminar.dictaminar_evidencia(
        entrega, liga, "observada", motivo="La página pide contraseña.", por=None, cuando=timezone.now()
    )
    primera = entregas.publicar(entrega)
    entregas.corregir_y_publicar(reporte)
    cortar(plan, 2)
    return primera


def cortar(plan: Plan, cuantos: int) -> None:
    """Publica cortes cuatrimestrales, cada uno con un poco más de avance declarado."""
    accion = plan.ejes.earliest("numero").compromisos.earliest("numero").acciones.earliest("numero")
    desde = plan.cortes.count() + 1
    for numero in range(desde, desde + cuantos):
        inicio = dt.date(2026, 4, 1) + dt.timedelta(days=120 * numero)
        corte = Corte.objects.create(
            plan=plan,
            numero=numero,
            nombre=f"Informe {numero}",
            desde=inicio,
            hasta=inicio + dt.timedelta(days=119),
        )
        corte.figuras.create(accion=accion, declarado=min(Decimal(100), Decimal(30 + numero)))
        publicar_corte(corte, None, timezone.now())


def repetir(publicado: ReportePublicado, veces: int) -> None:
    """El mismo reporte, publicado en otros tantos bimestres y cada vez con sus propias evidencias."""
    plan, hoy = publicado.reporte.eje.plan, timezone.localdate()
    for numero in range(100, 100 + veces):
        bimestre = crear_bimestre(plan, hoy, numero=numero)
        reporte = Reporte.objects.create(
            bimestre=bimestre,
            eje=publicado.reporte.eje,
            asiento=publicado.reporte.asiento,
            estado=publicado.reporte.estado,
        )
        _publicar_otra_vez(publicado, reporte)


def _publicar_otra_vez(publicado: ReportePublicado, reporte: Reporte) -> None:
    """Con los mismos datos, salvo su bimestre y sus evidencias; el PDF es el mismo."""
    texto = bytes(publicado.documento).decode()
    datos = json.loads(texto)
    otras = {e["id"]: _otra_evidencia(e["id"]).pk for e in datos["evidencias"]}
    for cosa in (*datos["renglones"], *datos["avances"]):
        cosa["evidencias"] = [otras[pk] for pk in cosa["evidencias"]]
    for evidencia in datos["evidencias"]:
        evidencia["id"] = otras[evidencia["id"]]
    datos["bimestre"] |= {"numero": reporte.bimestre.numero, "nombre": reporte.bimestre.nombre}
    documento = canonico(datos)
    entrega = Entrega.objects.create(
        reporte=reporte,
        numero=1,
        documento=documento,
        huella=huella(documento),
        enviada_el=timezone.now(),
        firma="C. Darío Vega Cruz, Titular",
    )
    entrega.evidencias.set(otras.values())
    ReportePublicado.objects.create(
        reporte=reporte,
        entrega=entrega,
        documento=documento,
        huella=huella(documento),
        pdf=publicado.pdf,
        publicado_el=timezone.now(),
        eslabon=publicado.eslabon,
    )


def _otra_evidencia(pk: int) -> Evidencia:
    fila = Evidencia.objects.get(pk=pk)
    constancia = fila.publicacion
    otra = Evidencia.objects.create(
        plan=fila.plan,
        asiento=fila.asiento,
        titulo=fila.titulo,
        archivo=fila.archivo,
        liga=fila.liga,
        subida_el=fila.subida_el,
    )
    EvidenciaPublicada.objects.create(
        evidencia=otra, huella=constancia.huella, publicada_el=timezone.now(), eslabon=constancia.eslabon
    )
    return otra
