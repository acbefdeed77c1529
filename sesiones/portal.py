"""Lo que sesiones aporta al portal: secciones, portada, pendientes y espacios de trabajo."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from sesiones import (
    anuncio,
    archivos,
    auditado,
    avisos,
    constancia_de_anexos,
    constancia_publica,
    correos_de_personas,
    edicion_publica,
    enlazada,
    espacios,
    hechos,
    lo_que_toca,
    mapa_del_sitio,
    mensajes,
    organos_publicos,
    paginas_publicas,
    parecidas,
    pendientes,
    preguntas,
    publica,
    que_cambio,
    reconocer,
    recordatorios,
    renglones,
    roles,
    seguidores,
    seguimiento,
    testigos,
)
from sesiones.buscables import vigilados
from sesiones.citas import SESIONES
from sesiones.citas_previstas import PREVISTAS
from sesiones.datos import conjuntos
from sesiones.informe_anual import portal as informe_anual
from sesiones.models import Acuerdo, Organo, Sesion
from stl_portal.avisos.registro import RECORDATORIOS
from stl_portal.calendario.registro import CITAS
from stl_portal.publico import registro
from stl_portal.publico.registro import Bloque, Enlace, apuntar
from stl_portal.sello.registro import DESTINATARIOS, RECONOCEDORES, VERIFICADORES

EN_PORTADA = 3


def por_venir(request: HttpRequest, al: dt.date) -> Bloque:
    """Las próximas sesiones convocadas y la última celebrada; lo ficticio, solo si no hay nada real."""
    con_todo = Sesion.objects.publicas().select_related("organo")
    con_todo = con_todo.prefetch_related("organo__denominaciones", "convocatorias")
    recientes = ("-fecha", "-hora", "-pk")
    celebradas = Sesion.objects.celebradas().order_by(*recientes).values_list("pk", flat=True)
    cuales = _reales_antes(celebradas)
    contexto = {
        "proximas": anuncio.todas(_reales_antes(anuncio.por_celebrar(con_todo, al))),
        "ultimas": publica.sesiones_sin_datos(renglones.de_sesiones(cuales).order_by(*recientes)),
    }
    return Bloque("sesiones/publico/_portada_sesiones.html", contexto, orden=10, lateral=True)


def _reales_antes(sesiones: Any) -> list[Any]:
    """Las primeras de órganos reales; de los ficticios, que son de prueba, si de los otros no hay."""
    por_clase = (sesiones.filter(organo__in=_organos(ficticio=ficticio)) for ficticio in (False, True))
    return next(filter(None, (list(filas[:EN_PORTADA]) for filas in por_clase)), [])


def decidido(request: HttpRequest, al: dt.date) -> Bloque:
    """Qué se acordó al último y cuánto de lo acordado se ha cumplido."""
    cuantos, de_prueba, ultima_fecha = seguimiento.en_resumen()
    todos = Acuerdo.objects.de_sesiones_publicas()
    reales = todos.filter(sesion__organo__in=_organos(ficticio=False))
    contexto = {
        "total": sum(n for _, n in cuantos),
        "resumen": " · ".join(f"{estado.label}: {n}" for estado, n in cuantos),
        "aclaracion": f"Sin contar {de_prueba} de órganos ficticios, que son de prueba." if de_prueba else "",
        "al": ultima_fecha,
        "acuerdos": _destacados(reales, al),
    }
    return Bloque("sesiones/publico/_portada_acuerdos.html", contexto, orden=20)


def _destacados(reales: QuerySet[Acuerdo], al: dt.date) -> list[Any]:
    """Los más recientes; antes, el último que venció sin cumplirse: es lo que alguien puede reclamar."""
    recientes = renglones.ACUERDOS_RECIENTES
    abiertos = seguimiento.con_estado_publico(reales.filter(plazos__fecha__lt=al).distinct())
    vencidos = seguimiento.que_vencieron(abiertos, al).order_by(*recientes).values_list("pk", flat=True)[:1]
    ultimos = reales.order_by(*recientes).values_list("pk", flat=True)[:EN_PORTADA]
    cuales = list(dict.fromkeys([*vencidos, *ultimos]))[:EN_PORTADA]
    filas = publica.acuerdos_sin_datos(renglones.de_acuerdos(cuales).prefetch_related("plazos"))
    return sorted(seguimiento.con_vencidos(filas, al), key=lambda acuerdo: not acuerdo.vencido)


def _organos(*, ficticio: bool) -> QuerySet[Organo, int]:
    return Organo.objects.filter(ficticio=ficticio).values_list("pk", flat=True)


def mis_suplencias(request: HttpRequest, al: dt.date) -> Bloque:
    """Las suplencias que tocan a la cuenta, con su oficio, y los documentos de sus próximas sesiones."""
    organos = pendientes.organos_donde_participa(request.user, al)
    sesiones = anuncio.por_celebrar(Sesion.objects.filter(organo__in=organos).publicas(), al)
    con_todo = sesiones.select_related("organo").prefetch_related(
        "organo__denominaciones", "convocatorias__pdf", "anexos__archivo"
    )
    contexto = {
        "suplencias": pendientes.suplencias_de(request.user, al),
        "sesiones": anuncio.todas(con_todo),
    }
    return Bloque("sesiones/publico/_mi_participacion.html", contexto)


def apuntar_todo() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    archivos.registrar()
    paginas_publicas.registrar()
    mapa_del_sitio.registrar()
    enlazada.registrar()
    parecidas.registrar()
    mensajes.registrar()
    correos_de_personas.registrar()
    roles.registrar()
    avisos.registrar()
    edicion_publica.registrar()
    vigilados.registrar()
    seguidores.registrar()
    que_cambio.registrar()
    conjuntos.registrar()
    preguntas.registrar()
    informe_anual.registrar()
    auditado.registrar()
    apuntar(VERIFICADORES, constancia_publica.fallas)
    apuntar(VERIFICADORES, constancia_de_anexos.fallas)
    apuntar(registro.NAVEGACION, Enlace("Sesiones", "/sesiones/", 10))
    apuntar(registro.NAVEGACION, Enlace("Acuerdos", "/acuerdos/", 20))
    apuntar(registro.NAVEGACION, Enlace("Integrantes", "/integrantes/", 50))
    apuntar(registro.NAVEGACION, Enlace("Verificar", "/verificar/", 70))
    apuntar(registro.PORTADA, por_venir)
    apuntar(registro.PORTADA, decidido)
    apuntar(registro.PENDIENTES, lo_que_toca.todo)
    apuntar(registro.ESPACIOS, espacios.de_las_mesas)
    apuntar(registro.MI, mis_suplencias)
    apuntar(registro.ORGANOS, organos_publicos.organos)
    apuntar(CITAS, SESIONES)
    apuntar(CITAS, PREVISTAS)
    apuntar(registro.HECHOS, hechos.instalados)
    apuntar(DESTINATARIOS, testigos.integrantes)
    apuntar(RECONOCEDORES, reconocer.anexo)
    apuntar(RECORDATORIOS, recordatorios.enviar)
