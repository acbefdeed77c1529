"""Qué se puede seguir por correo de cada plan, sin cuenta, y lo que se recibe al publicarse algo suyo."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils import timezone

from ejes import mensajes
from ejes.ciudadania import seguidores_de_ejes
from ejes.cortes.comparar import Comparacion
from ejes.models import CortePublicado, Plan, ReportePublicado
from sesiones.asuntos import asunto
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.registro import TEMAS, Tema
from stl_portal.publico.registro import apuntar

GRUPO = "Planes de acción completos"


def temas(al: dt.date) -> Iterator[Tema]:
    """Cada plan publicado, los reales primero; `al` no cuenta: un plan se sigue también cuando termina."""
    planes = Plan.objects.publicados().select_related("organo")
    yield from map(tema_de, planes.order_by("organo__ficticio", "-inicio"))


def tema_de(plan: Plan) -> Tema:
    """El plan por su nombre."""
    return Tema(
        f"plan:{plan.clave}", plan.nombre, "reportes bimestrales e informes", plan.organo.ficticio, GRUPO
    )


def avisar_reporte(publicado: ReportePublicado) -> None:
    """Encola el correo a quienes siguen el plan, una vez por publicación. Solo dice lo que ya es público."""
    reporte = publicado.reporte
    tema = tema_de(reporte.eje.plan)
    contexto = {
        "reporte": reporte,
        "institucion": reporte.asiento.institucion.nombre,
        "plan": reporte.eje.plan,
        "corrige": publicado.entrega.numero > 1 and reporte.publicaciones.count() > 1,
        "huella": publicado.huella,
        "liga": envio.liga(reporte.get_absolute_url()),
    }
    que = "Reporte corregido" if contexto["corrige"] else "Reporte publicado"
    clase = mensajes.DE_REPORTE
    titulo = clase.titulo(que=que, titulo=f"{reporte.eje}, {reporte.bimestre}")
    dicho, cuerpo = asunto(titulo, timezone.localdate(), reporte.eje.plan.organo), clase.texto(contexto)
    ya = seguidores.avisar(clase, tema, f"reporte:{publicado.pk}", dicho, cuerpo)
    seguidores_de_ejes.avisar_reporte(publicado, dicho, cuerpo, salvo=ya)


def avisar_informe(publicado: CortePublicado, contra: Sequence[Comparacion]) -> None:
    """Lo mismo, del corte que se publicó como informe; `corte.plan.organo` y `corte.corrige` ya traídos.

    `contra` dice qué cambió respecto de los cortes previos: a quien sigue un eje se le avisa si lo toca.
    """
    corte = publicado.corte
    tema = tema_de(corte.plan)
    contexto = {
        "corte": corte,
        "plan": corte.plan,
        "huella": publicado.huella,
        "liga": envio.liga(corte.get_absolute_url()),
    }
    que = "Informe corregido" if corte.corrige else "Informe publicado"
    clase = mensajes.DE_INFORME
    titulo = clase.titulo(que=que, titulo=f"{corte.nombre}, {corte.plan.nombre}")
    dicho = asunto(titulo, timezone.localdate(), corte.plan.organo)
    ya = seguidores.avisar(clase, tema, f"corte:{publicado.pk}", dicho, clase.texto(contexto))
    seguidores_de_ejes.avisar_informe(publicado, contra, salvo=ya)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(TEMAS, temas)
    apuntar(TEMAS, seguidores_de_ejes.temas)
