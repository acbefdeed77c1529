"""Lo que sesiones aporta al portal: secciones, portada, pendientes y espacios de trabajo."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpRequest

from sesiones import (
    anuncio,
    archivos,
    avisos,
    constancia_de_anexos,
    constancia_publica,
    edicion_publica,
    espacios,
    hechos,
    lo_que_toca,
    mapa_del_sitio,
    paginas_publicas,
    pendientes,
    publica,
    reconocer,
    recordatorios,
    renglones,
    seguidores,
    seguimiento,
    testigos,
)
from sesiones.buscables import vigilados
from sesiones.datos import conjuntos
from sesiones.estados import EstadoAcuerdo
from sesiones.models import Acuerdo, Organo, Sesion
from stl_portal.avisos.registro import RECORDATORIOS
from stl_portal.publico import registro
from stl_portal.publico.registro import Bloque, Enlace, apuntar
from stl_portal.sello.registro import DESTINATARIOS, RECONOCEDORES, VERIFICADORES

EN_PORTADA = 3


def por_venir(request: HttpRequest, al: dt.date) -> Bloque:
    """Las próximas sesiones convocadas y la última celebrada."""
    por_venir = Sesion.objects.publicas().select_related("organo")
    con_todo = por_venir.prefetch_related("organo__denominaciones", "convocatorias")
    recientes = ("-fecha", "-hora", "-pk")
    cuales = Sesion.objects.celebradas().order_by(*recientes).values("pk")[:EN_PORTADA]
    contexto = {
        "proximas": anuncio.todas(anuncio.por_celebrar(con_todo, al)[:EN_PORTADA]),
        "ultimas": publica.sesiones_sin_datos(renglones.de_sesiones(cuales).order_by(*recientes)),
    }
    return Bloque("sesiones/publico/_portada_sesiones.html", contexto)


def decidido(request: HttpRequest, al: dt.date) -> Bloque:
    """Qué se acordó al último y cuánto de lo acordado se ha cumplido."""
    todos = Acuerdo.objects.de_sesiones_publicas()
    # Por la clave del órgano se cuentan en un índice, sin leer cada sesión.
    reales, ficticios = (todos.filter(sesion__organo__in=_organos(ficticio=f)) for f in (False, True))
    total, de_prueba = reales.count(), ficticios.count()
    cuenta, ultima_fecha = seguimiento.por_estado(reales, total)
    cuales = reales.order_by(*renglones.ACUERDOS_RECIENTES).values("pk")[:EN_PORTADA]
    contexto = {
        "total": total,
        "resumen": " · ".join(f"{e.label}: {cuenta[e.value]}" for e in EstadoAcuerdo if cuenta.get(e.value)),
        "aclaracion": f"Sin contar {de_prueba} de órganos ficticios, que son de prueba." if de_prueba else "",
        "al": ultima_fecha,
        "acuerdos": publica.acuerdos_sin_datos(renglones.de_acuerdos(cuales)),
    }
    return Bloque("sesiones/publico/_portada_acuerdos.html", contexto)


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
    avisos.registrar()
    edicion_publica.registrar()
    vigilados.registrar()
    seguidores.registrar()
    conjuntos.registrar()
    apuntar(VERIFICADORES, constancia_publica.fallas)
    apuntar(VERIFICADORES, constancia_de_anexos.fallas)
    apuntar(registro.NAVEGACION, Enlace("Sesiones", "/sesiones/"))
    apuntar(registro.NAVEGACION, Enlace("Acuerdos", "/acuerdos/"))
    apuntar(registro.NAVEGACION, Enlace("Integrantes", "/integrantes/"))
    apuntar(registro.NAVEGACION, Enlace("Verificar", "/verificar/"))
    apuntar(registro.PORTADA, por_venir)
    apuntar(registro.PORTADA, decidido)
    apuntar(registro.PENDIENTES, lo_que_toca.todo)
    apuntar(registro.ESPACIOS, espacios.de_las_mesas)
    apuntar(registro.MI, mis_suplencias)
    apuntar(registro.HECHOS, hechos.instalados)
    apuntar(DESTINATARIOS, testigos.integrantes)
    apuntar(RECONOCEDORES, reconocer.anexo)
    apuntar(RECORDATORIOS, recordatorios.enviar)
