"""Publicar un reporte validado: se fija con lo que dijo la revisión, se imprime y queda en el registro.

En el documento público cada parte y cada evidencia lleva, además de lo enviado, lo que se dijo de ella. Una
corrección es otra publicación: la anterior sigue a la vista y el documento nuevo dice a cuál sustituye.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ejes.ciudadania import seguidores
from ejes.datos_sellados import escribir_cifra
from ejes.estados import EstadoPlan
from ejes.models import Dictamen, DictamenEvidencia, Evidencia, EvidenciaPublicada, Reporte, ReportePublicado
from ejes.reportes import entregado
from ejes.revision import avisar_a_quien_prepara, dictaminar, impreso_reporte
from ejes.revision.dictaminar import Revision
from ejes.revision.partes import ACCION, RENGLON
from stl_portal.archivo import almacen, derivados, entrega
from stl_portal.archivo.inspeccion import ArchivoRechazado
from stl_portal.archivo.models import Archivo
from stl_portal.sello import bitacora, puntos
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella

ESQUEMA = "reporte-publicado/1"
REPORTE, EVIDENCIA = "reporte-publicado", "evidencia-publicada"
AVISA = "Avisa a quien mantiene el portal: sin ese archivo no se publica el reporte."
DE_LA_REVISION = ("veredicto", "observacion", "verificado")  # lo que cada parte tiene y la entrega no


def publicar(reporte: Reporte, por: Any, cuando: dt.datetime) -> ReportePublicado:
    """Lo hace público con sus evidencias. Lanza `ValidationError` (lo impide algo) o `TransicionInvalida`."""
    with transaction.atomic():
        Reporte.objects.select_for_update().get(pk=reporte.pk)
        reporte = _traer(reporte.pk)
        reporte.exigir("publicar")
        if impide := list(lo_que_impide(reporte)):
            raise ValidationError(impide)
        revision = dictaminar.revision_de(dictaminar.ultima(reporte))
        documento = documento_de(revision, reporte.publicaciones.last(), cuando)
        # Hacer las copias tarda: va antes de tomar el turno del registro, que es de todo el portal.
        evidencias = _por_publicar(revision, cuando)
        publicado = _sellar(reporte, revision, documento, por, cuando)
        _publicar_evidencias(evidencias)
        reporte.cambiar("publicar", por, cuando=cuando)
        seguidores.avisar_reporte(publicado)
        avisar_a_quien_prepara.publicado(revision.entrega)
        # Con él se comprueba el reporte sin el portal. Si no se pudo firmar, lo hará la tarea diaria.
        transaction.on_commit(puntos.publicar, robust=True)
    return publicado


def corregir(reporte: Reporte, motivo: str, por: Any, cuando: dt.datetime) -> None:
    """Lo abre para que la institución lo corrija; lo publicado no cambia. Lanza `TransicionInvalida`."""
    with transaction.atomic():
        reporte.cambiar("corregir", por, cuando=cuando, nota=motivo)
        avisar_a_quien_prepara.abierto_para_corregir(dictaminar.ultima(reporte), motivo)


def lo_que_impide(reporte: Reporte) -> Iterator[str]:
    """Lo que hay que resolver antes de publicarlo; `eje.plan` ya traído."""
    if reporte.eje.plan.estado != EstadoPlan.PUBLICADO:
        yield "El plan todavía no es público: publícalo antes que sus reportes."


def documento_de(
    revision: Revision, anterior: ReportePublicado | None, cuando: dt.datetime
) -> dict[str, Any]:
    """Los datos públicos: lo enviado, lo que la revisión dijo de cada cosa y a qué publicación sustituye."""
    enviado, dichos = revision.documento, revision.dictamenes
    return {
        **enviado,
        "esquema": ESQUEMA,
        "renglones": [d | _dicho(dichos[RENGLON, str(d["orden"])]) for d in enviado["renglones"]],
        "avances": [d | _del_avance(dichos[ACCION, d["codigo"]]) for d in enviado["avances"]],
        "evidencias": [d | _de_la_evidencia(revision.evidencias.get(d["id"])) for d in enviado["evidencias"]],
        "publicacion": {
            "publicado_el": instante(cuando),
            "entrega": revision.entrega.huella,
            "sustituye": anterior.huella if anterior else None,
        },
    }


def _dicho(dictamen: Dictamen) -> dict[str, Any]:
    return {"veredicto": dictamen.veredicto, "observacion": dictamen.nota}


def _del_avance(dictamen: Dictamen) -> dict[str, Any]:
    return {**_dicho(dictamen), "verificado": escribir_cifra(dictamen.verificado)}


def _de_la_evidencia(dictamen: DictamenEvidencia | None) -> dict[str, Any]:
    """Vacío si nadie la revisó: se publica sin decir que está verificada."""
    if dictamen is None:
        return {"veredicto": "", "observacion": ""}
    return {"veredicto": dictamen.revision, "observacion": dictamen.motivo}


def como_se_envio(documento: Mapping[str, Any]) -> dict[str, Any]:
    """Un documento publicado sin lo que le agregó la revisión: lo que queda es lo que se envió."""
    listas = {
        lista: [{c: v for c, v in d.items() if c not in DE_LA_REVISION} for d in documento[lista]]
        for lista in ("renglones", "avances", "evidencias")
    }
    sin_publicacion = {c: v for c, v in documento.items() if c != "publicacion"}
    return sin_publicacion | listas | {"esquema": entregado.ESQUEMA}


def _traer(pk: int) -> Reporte:
    filas = Reporte.objects.select_related(
        "bimestre__plan", "bimestre__formato", "eje__plan__organo", "asiento__institucion", "asiento__organo"
    )
    return filas.get(pk=pk)


def _sellar(
    reporte: Reporte, revision: Revision, documento: Mapping[str, Any], por: Any, cuando: dt.datetime
) -> ReportePublicado:
    """Los bytes, su PDF, su eslabón y su fila."""
    contenido = canonico(documento)
    impreso = impreso_reporte.imprimir(documento, contenido, reporte, cuando)
    fila = ReportePublicado(
        reporte=reporte,
        entrega=revision.entrega,
        documento=contenido,
        huella=huella(contenido),
        pdf=almacen.guardar_propio(impreso, impreso_reporte.nombre(documento), por),
        publicado_el=cuando,
        publicado_por=por,
    )
    fila.eslabon = bitacora.anotar(REPORTE, lo_que_consta(fila), objeto=objeto_de(fila)).n
    fila.save(force_insert=True)
    return fila


def _por_publicar(revision: Revision, cuando: dt.datetime) -> list[EvidenciaPublicada]:
    """Cada archivo y cada liga que todavía no era pública, con sus huellas. Lanza `ValidationError`."""
    ids = [e["id"] for e in revision.documento["evidencias"]]
    filas = Evidencia.objects.filter(pk__in=ids, publicacion__isnull=True).select_related("archivo", "plan")
    return [
        EvidenciaPublicada(evidencia=evidencia, publicada_el=cuando, **_huellas(evidencia))
        for evidencia in filas.order_by("pk")
    ]


def _huellas(evidencia: Evidencia) -> dict[str, str]:
    """La de la evidencia y la de su copia. Lanza `ValidationError`: no se publica lo que no se abre."""
    if evidencia.archivo and almacen.pesa(evidencia.archivo.huella) is None:
        raise ValidationError(f"Falta en el almacén el archivo de la evidencia «{evidencia}». {AVISA}")
    try:
        return {"huella": huella_de(evidencia), "copia": copia_de(evidencia)}
    except ArchivoRechazado as error:
        raise ValidationError(f"De la evidencia «{evidencia}»: {error} {AVISA}") from error


def _publicar_evidencias(filas: Iterable[EvidenciaPublicada]) -> None:
    """Las hace públicas, cada una con su propio eslabón."""
    for fila in filas:
        objeto = objeto_de_evidencia(fila)
        fila.eslabon = bitacora.anotar(EVIDENCIA, lo_que_consta_de_evidencia(fila), objeto=objeto).n
        fila.save(force_insert=True)


def huella_de(evidencia: Evidencia) -> str:
    """La del archivo o, de una liga, la de su dirección escrita en UTF-8."""
    return evidencia.archivo.huella if evidencia.archivo else huella(evidencia.liga.encode())


def copia_de(evidencia: Evidencia) -> str:
    """La de los bytes que recibe cualquiera, si no son los originales: una imagen va sin metadatos.

    Lanza `FileNotFoundError` si falta el original y `ArchivoRechazado` si la copia no se pudo hacer.
    """
    archivo = evidencia.archivo
    if archivo is None or not entrega.se_limpia(archivo):
        return ""
    return derivados.huella_de_la_copia_limpia(archivo)


def objeto_de(fila: ReportePublicado) -> str:
    """De qué habla su eslabón: «reporte:2022-2024/15/2», con el número de la entrega al final."""
    return f"reporte:{fila.reporte.eje.plan.clave}/{fila.reporte_id}/{fila.entrega.numero}"


def objeto_de_evidencia(fila: EvidenciaPublicada) -> str:
    """«evidencia:2022-2024/31»."""
    return f"evidencia:{fila.evidencia.plan.clave}/{fila.evidencia_id}"


def lo_que_consta(fila: ReportePublicado) -> dict[str, Any]:
    """Lo que se anota del reporte."""
    return {
        "huella": fila.huella,
        "pdf": fila.pdf.huella,
        "entrega": fila.entrega.huella,
        "cuando": instante(fila.publicado_el),
        "cuenta": fila.publicado_por_id,
    }


def lo_que_consta_de_evidencia(fila: EvidenciaPublicada) -> dict[str, Any]:
    """Lo que se anota de una evidencia."""
    return {"huella": fila.huella, "copia": fila.copia, "cuando": instante(fila.publicada_el)}


def puede_abrir(_: Any, archivo: Archivo) -> bool:
    """El PDF de un reporte publicado lo abre cualquiera, mientras su plan sea público."""
    return ReportePublicado.objects.filter(
        pdf=archivo, reporte__bimestre__plan__estado=EstadoPlan.PUBLICADO
    ).exists()
