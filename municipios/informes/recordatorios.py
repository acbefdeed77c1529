"""Recordar el informe trimestral: cinco días antes de que termine el trimestre y diez días después.

Se escribe a quien conduce el secretariado municipal y a su enlace, solo si ese trimestre no tiene informe
entregado: se pregunta en el momento. El motivo lleva el trimestre y el día: repetir la orden no repite
ninguno.
"""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from municipios import mensajes as clases
from municipios.estados import EstadoInforme
from municipios.models import InformeTrimestral
from municipios.permisos import de_quien_escribe_informes
from sesiones.asuntos import asunto
from sesiones.models import Rol
from stl_portal.avisos import envio
from stl_portal.avisos.envio import Mensaje

from .existencia import existen_desde
from .trimestres import DIAS_PARA_ENTREGAR, Trimestre, de, existia

RECORDAR = (-5, DIAS_PARA_ENTREGAR)  # días respecto del último del trimestre


def enviar(al: dt.date) -> int:
    """Encola los de ese día y dice cuántos."""
    encolados = 0
    for trimestre in (de(al), de(al).anterior):
        dias = (al - trimestre.termina).days
        if dias in RECORDAR:
            motivo = f"informe-trimestral:{trimestre.clave}:{dias}"
            encolados += len(envio.encolar(clases.RECORDATORIO, motivo, mensajes(trimestre, al)))
    return encolados


def mensajes(trimestre: Trimestre, al: dt.date) -> Iterator[Mensaje]:
    """Un correo por persona con los secretariados que no han entregado ese trimestre."""
    hechos = InformeTrimestral.objects.filter(anio=trimestre.anio, trimestre=trimestre.numero)
    entregaron = hechos.exclude(estado=EstadoInforme.BORRADOR).values("organo")
    roles = de_quien_escribe_informes(al).exclude(organo__in=entregaron).filter(usuario__is_active=True)
    por_persona: dict[int, list[Rol]] = {}
    con_todo = roles.select_related("usuario", "organo").prefetch_related("organo__denominaciones")
    filas = list(con_todo.order_by("usuario", "organo__clave"))
    existen = existen_desde({rol.organo_id for rol in filas})
    for rol in filas:
        if not existia(trimestre, existen[rol.organo_id]):
            continue
        por_persona.setdefault(rol.usuario_id, []).append(rol)
    for suyos in por_persona.values():
        yield _mensaje(trimestre, al, suyos)


def _mensaje(trimestre: Trimestre, al: dt.date, roles: list[Rol]) -> Mensaje:
    organos = list(dict.fromkeys(rol.organo for rol in roles))
    usuario = roles[0].usuario
    terminado = trimestre.termina < al
    contexto = {
        "nombre": str(usuario),
        "trimestre": trimestre,
        "termina": trimestre.termina,
        "terminado": terminado,
        "organos": [
            (organo.denominacion(al).nombre, envio.liga(reverse("informes:lista", args=(organo.clave,))))
            for organo in organos
        ],
    }
    dicho = f"Falta entregar el informe de {trimestre}" if terminado else f"Prepara el informe de {trimestre}"
    clase = clases.RECORDATORIO
    titulo = asunto(clase.titulo(dicho=dicho), al, *organos)
    return Mensaje(usuario.email, titulo, clase.texto(contexto), str(usuario))
