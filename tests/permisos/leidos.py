"""Las direcciones de la interfaz de lectura y de los formatos, y una fila de cada conjunto, por su `id`."""

from municipios.models import Evento
from sesiones import models as m
from stl_portal.datos.api.urls import urlpatterns
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.formatos.models import Formato
from tests.municipios.fabricas import crear_etapas
from tests.municipios.publicados import publicar_corte
from tests.personas import DIA

# «indice», «openapi», la raíz que pone la biblioteca y, de cada conjunto, «listar_…» y «leer_…».
NOMBRES = [f"api:{patron.name}" for patron in urlpatterns]
DE_QUE = {f"api:leer_{clave}": {"id": f"id_de_{clave}"} for clave in CONJUNTOS}
DE_QUE |= {f"formatos:{n}": {"clave": "formato", "extension": "csv"} for n in ("formato", "archivo")}


def leido(organo: m.Organo, con_acta: str) -> dict[str, str | int]:
    """El identificador de la primera fila de cada conjunto; crea las que en el mundo no hay."""
    _votacion(m.Sesion.objects.get(organo=organo, clave=con_acta))
    Evento.objects.create(organo=organo, titulo="Curso", hasta=DIA, publico=True)
    otro = m.Organo.objects.create(clave="con-totales")
    otro.denominaciones.create(nombre="Otro secretariado", nombre_corto="Otro", siglas="OTRO")
    etapa, *_ = crear_etapas(otro)
    publicar_corte(otro, totales={etapa: {"sin_informacion": 44, "cumplido": 2}})
    formato = Formato.objects.create(
        nombre="De prueba",
        fundamento="Art. 1",
        clave="actas",
        conjunto="sesiones",
        fecha="fecha",
        columnas="Fecha = fecha",
        vigente_desde=DIA,
    )
    ids: dict[str, str | int] = {
        f"id_de_{clave}": str(next(conjunto.todas())[0]) for clave, conjunto in CONJUNTOS.items()
    }
    return ids | {"formato": formato.clave, "csv": "csv"}


def _votacion(sesion: m.Sesion) -> None:
    """Una nominal, de un solo voto."""
    quien = sesion.asistencias.ocupantes().select_related("asiento").earliest("pk")
    votacion = m.Votacion.objects.create(
        punto=sesion.puntos.earliest("pk"),
        asunto="Lo votado",
        forma="nominal",
        a_favor=1,
        padron=[{"asiento": quien.asiento_id, "nombre": quien.formal, "institucion": quien.institucion}],
        aprobada=True,
        unanime=True,
        frase="aprobado por unanimidad de votos",
        registrada_el="2026-04-15T16:00:00Z",
    )
    assert quien.asiento
    votacion.votos.create(asiento=quien.asiento, asistencia=quien, sentido="a_favor")
