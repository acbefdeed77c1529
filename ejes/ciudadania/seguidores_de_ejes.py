"""Seguir por correo un solo eje: se avisa al publicarse un reporte suyo o un informe que lo mueve."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from django.utils import timezone

from ejes import mensajes
from ejes.cortes.comparar import Comparacion, Diferencia, Rumbo
from ejes.models import CortePublicado, Eje, Plan, ReportePublicado
from sesiones.asuntos import asunto
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.registro import Tema


def temas(al: dt.date) -> Iterator[Tema]:
    """Los ejes de cada plan publicado, los reales primero; `al` no cuenta, como en los planes."""
    ejes = Eje.objects.filter(plan__in=Plan.objects.publicados()).select_related("plan__organo")
    yield from map(tema_de, ejes.order_by("plan__organo__ficticio", "-plan__inicio", "plan", "numero"))


def tema_de(eje: Eje) -> Tema:
    """El eje por su número y su nombre; `plan.organo` ya traído."""
    plan = eje.plan
    avisa = "sus reportes y los informes que lo mueven"
    grupo = f"Un eje del {plan.nombre}"
    return Tema(f"eje:{plan.clave}/{eje.numero}", str(eje), avisa, plan.organo.ficticio, grupo)


def avisar_reporte(publicado: ReportePublicado, dicho: str, cuerpo: str, *, salvo: Collection[str]) -> None:
    """El mismo correo que a quienes siguen el plan, para quienes solo siguen el eje del reporte."""
    tema, acto = tema_de(publicado.reporte.eje), f"reporte:{publicado.pk}"
    seguidores.avisar(mensajes.DE_REPORTE, tema, acto, dicho, cuerpo, salvo=salvo)


def avisar_informe(
    publicado: CortePublicado, contra: Sequence[Comparacion], *, salvo: Collection[str]
) -> None:
    """A quienes siguen cada eje que el informe mueve, con su avance de antes y de ahora.

    Sin un corte previo con qué comparar, los mueve todos.
    """
    plan = publicado.corte.plan
    seguidos = seguidores.seguidos(f"eje:{plan.clave}/")
    if not seguidos:
        return
    for eje in plan.ejes.select_related("plan__organo"):
        tema, cambia = tema_de(eje), [d for d in contra[0].diferencias if _toca(d, eje)] if contra else None
        if tema.clave in seguidos and cambia != []:
            _avisar(publicado, eje, tema, cambia or (), salvo)


def _toca(diferencia: Diferencia, eje: Eje) -> bool:
    """Si es del eje o de algo suyo, y no sigue igual."""
    suyo = diferencia.codigo.partition(".")[0] == str(eje.numero)
    return suyo and (diferencia.rumbo != Rumbo.IGUAL or diferencia.otra_redaccion)


def _avisar(
    publicado: CortePublicado, eje: Eje, tema: Tema, cambia: Sequence[Diferencia], salvo: Collection[str]
) -> None:
    corte = publicado.corte
    contexto = {
        "corte": corte,
        "eje": eje,
        "plan": eje.plan,
        "del_eje": next((d for d in cambia if d.codigo == str(eje.numero)), None),
        "suyas": sum(d.codigo.count(".") == 2 for d in cambia),
        "liga": envio.liga(eje.get_absolute_url()),
        "liga_del_informe": envio.liga(corte.get_absolute_url()),
        "huella": publicado.huella,
    }
    clase, hoy = mensajes.DE_EJE, timezone.localdate(publicado.publicado_el)
    dicho = asunto(clase.titulo(titulo=f"{corte.nombre}: {eje}"), hoy, eje.plan.organo)
    seguidores.avisar(clase, tema, f"corte:{publicado.pk}", dicho, clase.texto(contexto), salvo=salvo)
