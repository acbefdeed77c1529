"""Seguir por correo un solo municipio: se avisa si un corte lo mueve o si su secretariado publica un informe.

Solo se avisa de órganos reales: lo que un órgano de prueba dice de un municipio no es noticia de él.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from municipios import mensajes
from municipios.cortes.comparar import comparar
from municipios.documento import CorteLeido, leer
from municipios.estados import Avance
from municipios.informes.publicados import url_de
from municipios.models import CorteMunicipal, CorteMunicipalPublicado, InformeTrimestral, Municipio
from sesiones.asuntos import asunto
from sesiones.models import AnexoPublicado
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.registro import TEMAS, Tema
from stl_portal.publico.registro import apuntar

GRUPO = "Un municipio"
DE_UNO = "municipio:"


def temas(al: dt.date) -> Iterator[Tema]:
    """Los 46, por nombre; cualquiera se sigue aunque de él todavía no se publique nada."""
    yield from map(tema_de, Municipio.objects.order_by("nombre"))


def tema_de(municipio: Municipio) -> Tema:
    """El municipio por su nombre."""
    avisa = "cambios en su avance e informes de su secretariado"
    return Tema(f"{DE_UNO}{municipio.clave}", municipio.nombre, avisa, grupo=GRUPO)


def avisar_corte(publicado: CorteMunicipalPublicado) -> set[str]:
    """A quienes siguen cada municipio que el corte mueve, con lo que cambió. Devuelve a qué direcciones."""
    corte, avisados = publicado.corte, set[str]()
    seguidos = set() if corte.organo.ficticio else seguidores.seguidos(DE_UNO)
    if not seguidos:
        return avisados
    cambios = _cambios(publicado)
    for municipio in Municipio.objects.filter(pk__in=cambios.keys() & _claves(seguidos)):
        avisados |= _avisar_corte(publicado, municipio, cambios[municipio.clave])
    return avisados


def _claves(seguidos: set[str]) -> set[str]:
    return {tema.removeprefix(DE_UNO) for tema in seguidos}


def _cambios(publicado: CorteMunicipalPublicado) -> dict[str, list[str]]:
    """Por municipio, qué dice el corte que antes no decía; sin corte previo, lo que ahora se sabe."""
    ahora = leer(bytes(publicado.documento))
    previo = CorteMunicipal.objects.anterior_a(publicado.corte)
    if previo is None:
        return _lo_que_se_sabe(ahora)
    frases: dict[str, list[str]] = {}
    for de_etapa in comparar(leer(bytes(previo.publicacion.documento)), ahora).etapas:
        for m in de_etapa.movidos:
            antes, despues = (s.nombre if s else "no constaba" for s in (m.antes, m.despues))
            frases.setdefault(m.clave, []).append(f"{de_etapa.etapa.nombre}: {antes} → {despues}")
    return frases


def _lo_que_se_sabe(corte: CorteLeido) -> dict[str, list[str]]:
    frases: dict[str, list[str]] = {}
    for clave in corte.nombres:
        for etapa in corte.etapas:
            situacion = corte.situacion_de(clave, etapa)
            if situacion and situacion.avance != Avance.SIN_INFORMACION:
                frases.setdefault(clave, []).append(f"{etapa.nombre}: {situacion.nombre}")
    return frases


def _avisar_corte(publicado: CorteMunicipalPublicado, municipio: Municipio, cambios: list[str]) -> set[str]:
    corte = publicado.corte
    contexto = {
        "corte": corte,
        "municipio": municipio,
        "cambios": cambios,
        "huella": publicado.huella,
        "liga": envio.liga(municipio.get_absolute_url()),
        "liga_del_corte": envio.liga(corte.get_absolute_url()),
    }
    clase, hoy = mensajes.DE_MUNICIPIO, timezone.localdate(publicado.publicado_el)
    dicho = asunto(clase.titulo(titulo=f"{municipio.nombre}: {corte.nombre}"), hoy, corte.organo)
    acto = f"corte-municipal:{publicado.pk}"
    return seguidores.avisar(clase, tema_de(municipio), acto, dicho, clase.texto(contexto))


def al_publicarse_un_anexo(sender: Any, instance: AnexoPublicado, created: bool, **_: Any) -> None:
    """Si es un informe trimestral, se avisa a quienes siguen su municipio; una sola vez por informe."""
    publicados = InformeTrimestral.objects.publicados().filter(anexo=instance.anexo_id)
    reales = publicados.filter(organo__ficticio=False).exclude(organo__clave_municipio="")
    informe = reales.select_related("organo").first() if created and instance.archivo_id else None
    municipio = informe and Municipio.objects.filter(pk=informe.organo.clave_municipio).first()
    if not informe or not municipio:
        return
    contexto = {"informe": informe, "municipio": municipio, "liga": envio.liga(url_de(informe))}
    clase, publicado = mensajes.DE_INFORME, timezone.localdate(instance.publicado_el)
    dicho = asunto(clase.titulo(titulo=informe), publicado, informe.organo)
    seguidores.avisar(clase, tema_de(municipio), f"informe:{informe.pk}", dicho, clase.texto(contexto))


def registrar() -> None:
    """Repetirlo no duplica nada."""
    apuntar(TEMAS, temas)
    post_save.connect(al_publicarse_un_anexo, sender=AnexoPublicado, dispatch_uid="informe-para-seguidores")
