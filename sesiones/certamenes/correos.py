"""Lo que se escribe por una convocatoria pública: a quien postula y al comité.

Los avisos a quien postula llevan el prefijo `DE_QUIEN_POSTULA`: por él se borran sus copias (`borrado.py`).
"""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sesiones.asuntos import asunto as con_organo
from sesiones.preguntas import quienes_conducen
from stl_portal.avisos import envio
from stl_portal.avisos.clases import Clase
from stl_portal.avisos.envio import Mensaje
from stl_portal.avisos.models import Aviso
from stl_portal.espanol import fecha_larga
from stl_portal.participacion.correos import PARA_CONFIRMAR

from . import mensajes
from .models import Certamen, IntegranteDelComite, Postulacion

DE_QUIEN_POSTULA = "postulacion-de:"
DEL_COMITE = "certamen:"


def su_liga(postulacion: Postulacion, cuando: dt.datetime) -> None:
    """La liga con que confirma su correo, escribe y sigue después."""
    acto = f"liga:{int(cuando.timestamp())}"
    _a_quien_postula(postulacion, acto, mensajes.LIGA)


def ligas_mandadas(correo: str, desde: dt.datetime) -> list[dt.datetime]:
    """Cuándo se le mandó cada una, de la más reciente a la más vieja."""
    suyas = Aviso.objects.filter(motivo__startswith=DE_QUIEN_POSTULA, motivo__contains=":liga:", para=correo)
    return list(suyas.filter(creado_el__gt=desde).order_by("-creado_el").values_list("creado_el", flat=True))


def acuse(postulacion: Postulacion) -> None:
    """El folio y dónde está su acuse en PDF."""
    _a_quien_postula(postulacion, "acuse", mensajes.ACUSE)


def de_resultados(certamen: Certamen) -> None:
    """A cada quien que postuló: qué pasó con la suya y dónde leer los resultados."""
    from .dictaminar import contactables

    for postulacion in contactables(certamen):
        _a_quien_postula(postulacion, "resultados", mensajes.RESULTADOS)


def _a_quien_postula(postulacion: Postulacion, motivo: str, clase: Clase) -> None:
    certamen = postulacion.certamen
    contexto = _contexto(certamen) | {
        "acto": clase.clave.rpartition(".")[2],
        "postulacion": postulacion,
        "resultado": getattr(postulacion, "resultado", None),
        "liga": envio.liga(postulacion.get_absolute_url()),
        "dias": PARA_CONFIRMAR.days,
    }
    asunto = clase.titulo(folio=postulacion.folio_dicho, certamen=certamen)
    mensaje = Mensaje(postulacion.correo, asunto, clase.texto(contexto))
    envio.encolar(clase, f"{DE_QUIEN_POSTULA}{postulacion.pk}:{motivo}", [mensaje])


def al_comite(integrante: IntegranteDelComite) -> None:
    """Que está en el comité, por cuál institución, y cómo entra."""
    _al_comite(mensajes.COMITE, [integrante], "suma", f"{integrante.certamen}")


def a_calificar(certamen: Certamen) -> None:
    """Que ya puede calificar."""
    quienes = list(certamen.comite.select_related("usuario", "certamen__organo"))
    _al_comite(mensajes.CALIFICAR, quienes, "calificar", f"{certamen}")


def recordar_al_comite(integrante: IntegranteDelComite, faltan: int, dias: int) -> int:
    """Que le faltan tantas y el plazo termina en esos días; una vez por plazo. Devuelve cuántos encoló."""
    dicho = f"{'Mañana termina el plazo' if dias == 1 else f'Quedan {dias} días'}: {integrante.certamen}"
    acto = f"recuerda:{integrante.certamen.dictamen_hasta}:{dias}"
    return _al_comite(mensajes.RECORDAR_AL_COMITE, [integrante], acto, dicho, faltan=faltan)


def a_quien_conduce(certamen: Certamen, acto: str, dicho: str, al: dt.date) -> int:
    """Que ya le toca el paso que sigue; una vez por paso. Devuelve cuántos encoló."""
    contexto = _contexto(certamen) | {"dicho": dicho, "liga": envio.liga(certamen.url_de_gestion)}
    clase = mensajes.PARA_QUIEN_CONDUCE
    cuerpo = clase.texto(contexto)
    quienes = quienes_conducen(certamen.organo_id, al)
    titulo = con_organo(clase.titulo(dicho=dicho, certamen=certamen), al, certamen.organo)
    cartas = [Mensaje(uno.correo, titulo, cuerpo, uno.nombre) for uno in quienes]
    return len(envio.encolar(clase, f"{DEL_COMITE}{certamen.pk}:{acto}", cartas))


def _al_comite(
    clase: Clase, quienes: list[IntegranteDelComite], acto: str, dicho: str, faltan: int = 0
) -> int:
    nuevos = 0
    for uno in quienes:
        certamen = uno.certamen
        contexto = _contexto(certamen) | {
            "acto": acto.partition(":")[0],
            "faltan": faltan,
            "integrante": uno,
            "liga": envio.liga(
                reverse("certamenes_comite:todas", args=(certamen.organo.clave, certamen.clave))
            ),
            "liga_contrasena": envio.liga(reverse("account_reset_password")),
            "primera_vez": not uno.usuario.has_usable_password(),
        }
        asunto = clase.titulo(certamen=dicho)
        mensaje = Mensaje(uno.usuario.email, asunto, clase.texto(contexto), str(uno.usuario))
        nuevos += len(envio.encolar(clase, f"{DEL_COMITE}{certamen.pk}:{acto}", [mensaje]))
    return nuevos


def _contexto(certamen: Certamen) -> dict[str, Any]:
    organo = certamen.organo
    return {
        "certamen": certamen,
        "organo": organo.denominacion(timezone.localdate()).nombre,
        "ficticio": organo.ficticio,
        "publica": envio.liga(certamen.get_absolute_url()),
        "ventana": certamen.ventana if certamen.cierra_el else None,
        "hasta": fecha_larga(certamen.dictamen_hasta) if certamen.dictamen_hasta else "",
    }
