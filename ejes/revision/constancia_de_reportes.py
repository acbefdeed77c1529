"""Los reportes y evidencias publicados ante el registro público: cómo se comprueban y cómo se reconocen."""

import hashlib
from collections.abc import Iterator

from django.db.models import Q

from ejes.datos_sellados import leer
from ejes.estados import EstadoPlan
from ejes.models import EvidenciaPublicada, ReportePublicado
from ejes.revision import publicar_reporte
from ejes.revision.publicar_reporte import EVIDENCIA, REPORTE
from stl_portal.archivo.inspeccion import ArchivoRechazado
from stl_portal.archivo.permisos import ACCESO
from stl_portal.sello.canonico import canonico
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.registro import RECONOCEDORES, VERIFICADORES, Falla, Reconocido, apuntar

RELACIONES = ("reporte__eje__plan", "entrega", "pdf")


def fallas() -> Iterator[Falla]:
    """Los reportes y evidencias que ya no dicen lo que consta en el registro, y los que desaparecieron."""
    for leida in leidas(ReportePublicado.objects.select_related(*RELACIONES)):
        hallado = [*leida.fallas(), *(_del_reporte(leida.fila) if leida.fila else ())]
        yield from (Falla(f"reporte publicado {leida.pk}", que) for que in hallado)
    for leida in leidas(EvidenciaPublicada.objects.select_related("evidencia__plan", "evidencia__archivo")):
        hallado = [*leida.fallas(), *(_de_la_evidencia(leida.fila) if leida.fila else ())]
        yield from (Falla(f"evidencia publicada {leida.pk}", que) for que in hallado)
    yield from sin_fila(ReportePublicado, REPORTE)
    yield from sin_fila(EvidenciaPublicada, EVIDENCIA)


def _del_reporte(fila: ReportePublicado) -> Iterator[str]:
    if hashlib.sha256(bytes(fila.documento)).hexdigest() != fila.huella:
        yield "el documento no da su huella (documento, huella)"
    elif canonico(publicar_reporte.como_se_envio(leer(fila))) != bytes(fila.entrega.documento):
        yield "no es lo que se envió (documento, entrega)"
    if hashlib.sha256(bytes(fila.entrega.documento)).hexdigest() != fila.entrega.huella:
        yield "la entrega no da su huella (entrega)"
    consta = publicar_reporte.lo_que_consta(fila)
    yield from contra_su_eslabon(fila.eslabon, REPORTE, publicar_reporte.objeto_de(fila), [consta])


def _de_la_evidencia(fila: EvidenciaPublicada) -> Iterator[str]:
    if publicar_reporte.huella_de(fila.evidencia) != fila.huella:
        yield "el archivo o la dirección ya no son los que se publicaron (huella)"
    elif que := _de_la_copia(fila):
        yield que
    consta = publicar_reporte.lo_que_consta_de_evidencia(fila)
    objeto = publicar_reporte.objeto_de_evidencia(fila)
    yield from contra_su_eslabon(fila.eslabon, EVIDENCIA, objeto, [consta])


def _de_la_copia(fila: EvidenciaPublicada) -> str:
    """Qué tiene la copia; vacío si nada. Que no esté es un hallazgo: no detiene la comprobación."""
    try:
        igual = publicar_reporte.copia_de(fila.evidencia) == fila.copia
    except (ArchivoRechazado, FileNotFoundError):
        return "faltan la copia que recibe cualquiera y el original de que se hizo (copia)"
    return "" if igual else "la copia que recibe cualquiera ya no es la que se publicó (copia)"


def reporte(huella: str) -> Reconocido | None:
    """El reporte publicado con ese PDF o con esos datos (JSON canónico); None si no lo hay."""
    filas = ReportePublicado.objects.filter(reporte__bimestre__plan__estado=EstadoPlan.PUBLICADO)
    con_todo = filas.select_related("reporte__eje__plan", "reporte__bimestre__plan", "entrega", "pdf")
    fila = con_todo.filter(Q(pdf__huella=huella) | Q(huella=huella)).first()
    if fila is None:
        return None
    son_datos = fila.huella == huella
    corregido = fila.reporte.publicaciones.filter(pk__gt=fila.pk).exists()
    return Reconocido(
        "alerta" if corregido else "exito",
        ("Son los datos de un reporte" if son_datos else "Tu archivo es un reporte")
        + (" que después se corrigió" if corregido else " publicado"),
        "Es idéntico, byte por byte, a lo que publicó el órgano."
        + (" Hay una versión posterior, que se enlaza desde su página." if corregido else ""),
        documento=f"{fila.reporte} · {fila.reporte.eje.plan}",
        url=fila.reporte.get_absolute_url() + (f"?version={fila.entrega.numero}" if corregido else ""),
        eslabon=fila.eslabon,
    )


def evidencia(huella: str) -> Reconocido | None:
    """El archivo, o la dirección de una liga, de una evidencia publicada; None si no lo hay."""
    filas = EvidenciaPublicada.objects.filter(
        Q(huella=huella) | Q(copia=huella), evidencia__plan__estado=EstadoPlan.PUBLICADO
    )
    fila = filas.select_related("evidencia__plan").first()
    if fila is None:
        return None
    titulo, texto = _dicho_de(fila, huella)
    return Reconocido(
        "exito",
        titulo,
        texto,
        documento=f"{fila.evidencia} · {fila.evidencia.plan}",
        url=fila.evidencia.get_absolute_url(),
        eslabon=fila.eslabon,
    )


def _dicho_de(fila: EvidenciaPublicada, huella: str) -> tuple[str, str]:
    """Título y frase. De una liga solo consta su dirección: lo que hay en ella puede cambiar."""
    liga = fila.evidencia.liga
    if liga:
        texto = f"Es la huella de la dirección {liga}, no de lo que hoy se lee en ella."
        return "Es la huella de una liga publicada como evidencia", texto
    igual = (
        "al que se recibió y se publicó"
        if fila.huella == huella
        else "a la copia sin metadatos que se publicó"
    )
    return "Tu archivo es una evidencia publicada", f"Es idéntico, byte por byte, {igual}."


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(VERIFICADORES, fallas)
    apuntar(RECONOCEDORES, reporte)
    apuntar(RECONOCEDORES, evidencia)
    apuntar(ACCESO, publicar_reporte.puede_abrir)
