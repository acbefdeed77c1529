"""Un mundo con algo sin publicar de cada clase, marcado con una palabra que no debe salir en ninguna parte.

Parte del que usa la matriz de permisos, que tiene de todo. Sirve a cualquier prueba de fuga: lo que se
descarga, la interfaz, el buscador o la copia del sitio.
"""

from typing import Any

from django.db.models import CharField, Q, QuerySet, TextField

from ejes import models as e
from ejes.estados import EstadoCorte as CorteDelPlan
from municipios import models as mu
from municipios.estados import EstadoCorte, EstadoInforme
from sesiones import models as m
from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.models import CifraDeRed, Evento, Material, Ponente
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.participacion.models import Pregunta
from tests.certamenes import fabricas as certamenes
from tests.eventos import fabricas as eventos
from tests.permisos.mundo import Mundo, crear_mundo
from tests.personas import DIA, Reparto

SECRETO = "zarigüeya"  # no está en ningún texto de las fábricas
RESERVADO = (SECRETO, "@prueba.example", "reservadoqx", "La que no llega", "La que gana de Premio reservado")


def mundo_con_secretos(reparto: Reparto) -> Mundo:
    """El mundo de la matriz, con su parte sin publicar marcada; falla si de algo no hay nada que filtrar."""
    mundo = crear_mundo(reparto)
    _agregar(reparto)
    for filas, *campos in sin_publicar(mundo):
        marcadas = filas.update(**{campo: _marca(filas, campo) for campo in campos})
        assert marcadas, f"no hay {filas.model.__name__} sin publicar que pudiera filtrarse"
    return mundo


def _agregar(reparto: Reparto) -> None:
    """Lo que al mundo de la matriz le falta: un plan en borrador y eventos que no se muestran."""
    eventos.guardado(reparto)
    certamenes.en_preparacion(reparto.organo, SECRETO)
    certamenes.borrador(certamenes.abierta(reparto.organo, "Premio abierto"), titulo=SECRETO)
    certamenes.con_resultados(reparto.organo, reparto.cuentas["colega"], "Premio reservado", publicar=False)
    plan = e.Plan.objects.create(organo=reparto.organo, clave="oculto", nombre=SECRETO, inicio=2027, fin=2028)
    compromiso = plan.ejes.create(numero=1, nombre=SECRETO).compromisos.create(numero=1, nombre=SECRETO)
    compromiso.acciones.create(numero=1, texto=SECRETO)
    mu.Evento.objects.create(organo=reparto.organo, titulo=SECRETO, hasta=DIA, publico=False)


def _marca(filas: "QuerySet[Any]", campo: str) -> str:
    """La palabra con el nombre del campo, si cabe."""
    columna = filas.model._meta.get_field(campo)
    assert isinstance(columna, CharField | TextField), f"{campo} no es un texto"
    return f"{SECRETO} {campo}"[: columna.max_length]


def sin_publicar(mundo: Mundo) -> list[tuple[Any, ...]]:
    """Qué filas no se publican y en cuáles de sus textos se marca."""
    en_curso = m.Sesion.objects.get(pk=mundo["sesion_pk"])
    sin_enviar = Q(reporte__publicaciones=None)
    return [
        (m.Sesion.objects.filter(pk=en_curso.pk), "liga"),
        (m.Punto.objects.filter(sesion=en_curso), "desahogo"),
        (m.Intervencion.objects.filter(punto__sesion=en_curso), "texto", "quien"),
        (m.Votacion.objects.filter(punto__sesion=en_curso), "asunto"),
        (m.Acuerdo.objects.filter(sesion=en_curso), "texto"),
        (m.Plazo.objects.filter(punto__sesion=en_curso), "concepto", "literal"),
        (m.Anexo.objects.filter(punto__sesion=en_curso), "titulo"),
        (m.Asistencia.objects.filter(sesion=en_curso, asiento=None), "nombre"),
        (m.Asistencia.objects.filter(sesion=en_curso), "motivo", "sin_firma"),
        (m.Observacion.objects.all(), "texto", "porque"),
        (m.Frase.objects.all(), "texto"),
        (e.Corte.objects.exclude(estado=CorteDelPlan.PUBLICADO), "nombre"),
        (e.Respuesta.objects.filter(sin_enviar), "texto"),
        (e.Dictamen.objects.filter(entrega__publicacion=None), "nota"),
        (mu.CorteMunicipal.objects.exclude(estado=EstadoCorte.PUBLICADO), "nombre", "fuente", "nota"),
        (mu.TextoDeInforme.objects.exclude(informe__estado=EstadoInforme.PRESENTADO), "texto"),
        (Evento.objects.filter(estado=EstadoEvento.BORRADOR), "titulo", "descripcion", "organiza", "lugar"),
        (Ponente.objects.filter(evento__estado=EstadoEvento.BORRADOR), "nombre", "tema"),
        (Material.objects.filter(evento__estado=EstadoEvento.BORRADOR), "titulo"),
        (CifraDeRed.objects.all(), "literal", "cuenta"),
        (Pregunta.objects.exclude(pk__in=Pregunta.objects.visibles()), "texto"),
        (Aviso.objects.all(), "cuerpo", "asunto"),
        (Suscripcion.objects.all(), "tema"),
    ]


def fugas(texto: str) -> list[str]:
    """Lo reservado que aparece en ese texto."""
    return [dicho for dicho in RESERVADO if dicho in texto]
