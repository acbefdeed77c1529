"""Un reporte enviado de verdad: con respuestas, avances, un archivo y una liga."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ejes.estados import EstadoReporte
from ejes.models import Entrega, Evidencia, Plan, Reporte, ReportePublicado
from ejes.reportes import entregado
from ejes.revision import dictaminar, publicar_reporte
from ejes.revision.partes import ACCION, RENGLON
from stl_portal.archivo import almacen
from stl_portal.sello.canonico import canonico, huella
from tests.ejes.fabricas import crear_bimestre, crear_reporte
from tests.personas import Reparto

SECRETO = "Zarzaparrilla"  # palabra que solo está en el reporte


def contestar(reporte: Reporte) -> Reporte:
    """Responde los ocho renglones y la acción, con un archivo en el renglón 1 y una liga en la acción."""
    for renglon in reporte.bimestre.formato.renglones.all():  # type: ignore[union-attr]  # lo pone la fábrica
        valor = 120 if renglon.unidad else None
        reporte.respuestas.create(renglon=renglon, texto=f"{SECRETO}: respuesta {renglon.orden}", valor=valor)
    for accion in entregado.acciones_de(reporte):
        reporte.avances.create(accion=accion, declarado=45, nota=f"Nota de {SECRETO}")
    archivo = almacen.guardar_propio(f"{SECRETO},1\n".encode(), f"{SECRETO}.csv".lower())
    usar(reporte, evidencia(reporte, f"Lista {SECRETO}", archivo=archivo), renglon=1)
    liga = f"https://{SECRETO.lower()}.example/avance"
    usar(reporte, evidencia(reporte, f"Página {SECRETO}", liga=liga), accion=True)
    return reporte


def evidencia(reporte: Reporte, titulo: str, **que: Any) -> Evidencia:
    """De la institución que reporta."""
    return Evidencia.objects.create(
        plan=reporte.eje.plan, asiento=reporte.asiento, titulo=titulo, subida_el=timezone.now(), **que
    )


def usar(reporte: Reporte, fila: Evidencia, *, renglon: int = 0, accion: bool = False) -> None:
    """La evidencia respalda un renglón, la primera acción o, sin decir más, todo el reporte."""
    de_renglon = reporte.bimestre.formato.renglones.get(orden=renglon) if renglon else None  # type: ignore[union-attr]
    de_accion = entregado.acciones_de(reporte)[0] if accion else None
    reporte.usos.create(evidencia=fila, renglon=de_renglon, accion=de_accion)


def enviar(reporte: Reporte, cuando: dt.datetime | None = None) -> Entrega:
    """Lo congela y lo envía como lo hace la institución."""
    cuando = cuando or timezone.now()
    reporte = Reporte.objects.select_related(
        "eje__plan__organo", "bimestre__formato", "asiento__institucion", "asiento__organo"
    ).get(pk=reporte.pk)
    numero, ventana = reporte.entregas.count() + 1, reporte.bimestre.ventana
    tardio = ventana.vencida(timezone.localdate(cuando))
    plazo: dict[str, Any] = {"limite": ventana.entrega, "tardio": tardio} if numero == 1 else {}
    reporte.cambiar("enviar", None, cuando=cuando, **plazo)
    documento = canonico(
        entregado.documento(reporte, numero=numero, firma=("C. Darío Vega Cruz", "Titular"), cuando=cuando)
    )
    entrega = reporte.entregas.create(
        numero=numero,
        documento=documento,
        huella=huella(documento),
        enviada_el=cuando,
        firma="C. Darío Vega Cruz, Titular",
    )
    entrega.evidencias.set(Evidencia.objects.filter(usos__reporte=reporte).distinct())
    return entrega


def crear_entrega(reparto: Reparto, reporte: Reporte | None = None) -> Entrega:
    """La primera entrega de un reporte completo, en revisión."""
    entrega = enviar(contestar(reporte or crear_reporte(reparto)))
    assert entrega.reporte.estado == EstadoReporte.ENVIADO
    return entrega


def validar(entrega: Entrega) -> Reporte:
    """Todo validado, el avance verificado en 30 % y el archivo verificado."""
    ahora = timezone.now()
    dicho: dict[str, Any] = {"por": None, "cuando": ahora}
    dictaminar.dictaminar(
        entrega, (ACCION, "1.1.1"), "validado", nota="Solo hay dos de tres.", verificado=Decimal(30), **dicho
    )
    archivo = Evidencia.objects.filter(usos__reporte=entrega.reporte).exclude(archivo=None).get()
    dictaminar.dictaminar_evidencia(entrega, archivo, "verificada", **dicho)
    dictaminar.validar_el_resto(entrega, None, ahora)
    dictaminar.validar(entrega, None, ahora)
    return entrega.reporte


def publicar(entrega: Entrega) -> ReportePublicado:
    """Validado y publicado."""
    return publicar_reporte.publicar(validar(entrega), None, timezone.now())


def corregir_y_publicar(reporte: Reporte) -> ReportePublicado:
    """Abre la corrección, cambia el renglón 2 y la publica."""
    publicar_reporte.corregir(reporte, "La cifra del renglón 2 no era.", None, timezone.now())
    reporte.respuestas.filter(renglon__orden=2).update(valor=98)
    entrega = enviar(reporte)
    dictaminar.validar_el_resto(entrega, None, timezone.now())
    dictaminar.validar(entrega, None, timezone.now())
    return publicar_reporte.publicar(entrega.reporte, None, timezone.now())


def por_revisar_en_la_demostracion(plan: Plan) -> tuple[Reporte, Reporte, Reporte]:
    """Uno enviado por segunda vez, uno validado y uno publicado, del primer eje del plan."""
    eje = plan.ejes.exclude(responsable=None).earliest("numero")
    assert eje.responsable
    hechos = []
    for numero in (71, 72, 73):
        bimestre = crear_bimestre(plan, timezone.localdate(), numero=numero)
        reporte = Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=eje.responsable)
        hechos.append(enviar(contestar(reporte)))
    otra_vez, validado, publicado = hechos
    ahora = timezone.now()
    dictaminar.dictaminar(otra_vez, (RENGLON, "2"), "observado", nota="Falta.", por=None, cuando=ahora)
    dictaminar.devolver(otra_vez, None, ahora)
    otra_vez.reporte.respuestas.filter(renglon__orden=2).update(texto="Ya está el desglose")
    return enviar(otra_vez.reporte).reporte, validar(validado), publicar(publicado).reporte
