"""Una sesión en curso con una cosa de cada clase, para que ninguna dirección quede sin argumentos."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

from django.urls import URLPattern
from django.utils import timezone
from PIL import Image

from ejes.cortes import editar_corte
from ejes.models import Plan
from municipios.informes.trimestres import Trimestre
from municipios.models import Municipio
from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.datos import versiones
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.sello import puntos
from tests import fabricas
from tests.cuentas import invitadas
from tests.ejes.entregas import crear_entrega, publicar
from tests.ejes.fabricas import crear_bimestre, crear_plan, crear_reporte
from tests.eventos import fabricas as eventos
from tests.historicas.capturas import por_transcribir
from tests.informe_anual import fabricas as informes_anuales
from tests.municipios.fabricas import anotar, crear_etapas, crear_municipal
from tests.municipios.informes import llenar
from tests.permisos import convocadas, cortados, leidos, preguntadas, reportados, revisados
from tests.permisos.publicada import publicada_con_filas
from tests.personas import DIA, Reparto
from tests.vida.momentos import sellada

DE_INFORMES = (
    *("lista", "empezar", "informe", "escribir", "guardar", "previa"),
    *("entregar", "devolver", "presentar", "quitar", "descartar"),
)
# De qué habla `pk` (u otro argumento) en cada dirección; los demás se llaman como lo que son.
DE_QUE = {
    "mesa:quitar_invitada": {"asistencia": "invitada"},
    "mesa:quitar_votacion": {"pk": "votacion"},
    "mesa:texto_intervencion": {"pk": "intervencion"},
    "mesa:quitar_intervencion": {"pk": "intervencion"},
    "mesa:corregir_acuerdo": {"pk": "acuerdo"},
    "mesa:quitar_acuerdo": {"pk": "acuerdo"},
    "mesa:mover_acuerdo": {"pk": "acuerdo"},
    "mesa:quitar_plazo": {"pk": "plazo"},
    "mesa:quitar_anexo": {"pk": "anexo"},
    "mesa:quitar_receso": {"pk": "receso"},
    "mesa:firmar_asistente": {"pk": "asistencia"},
    "mesa:explicar": {"pk": "firmante"},
    "mesa:quitar_firmante": {"pk": "firmante"},
    "registros:acuerdo": {"pk": "acuerdo"},
    "registros:asiento": {"pk": "asiento"},
    "registros:calendario": {"pk": "calendario"},
    "registros:aprobar_calendario": {"pk": "calendario"},
    "registros:enmendar_calendario": {"pk": "aprobado"},
    "registros:programar": {"pk": "aprobado"},
    "avisos:serie": {"clave": "sesion_pk"},
    "avisos:reintentar": {"clave": "sesion_pk"},
    "avisos:adjunto": {"clave": "sesion_pk", "pk": "adjunto"},
    "actas:parrafos": {"clave": "parrafo"},
    **{f"actas:acta_{forma}": {"sesion": "con_acta"} for forma in ("json", "xml")},
    **{f"buzon:{nombre}": {"pk": "aviso", "archivo": "adjunto"} for nombre in ("mensaje", "html", "adjunto")},
    "sesiones:convocatoria_pdf": {"sesion": "con_acta"},
    "actas:retirar": {"pk": "observacion"},
    "actas:atender": {"pk": "observacion"},
    "actas:cambios": {"numero": "ronda_siguiente"},
    **{
        f"actas:{nombre}": {"pk": "con_archivo"}
        for nombre in (
            "anexo",
            "pagina_de_anexo",
            "marcar_anexo",
            "buscar_en_anexo",
            "desmarcar_anexo",
            "copia_de_anexo",
            "publicar_anexo",
            "completo_anexo",
            "retirar_anexo",
        )
    },
    "sesiones:anexo": {"sesion": "publicada", "pk": "publicado"},
    "sesiones:acuerdo": {"sesion": "publicada", "numero": "uno"},
    "actas:firma": {"sesion": "sellada"},
    "actas:escaneo": {"sesion": "sellada"},
    "actas:publica": {"sesion": "sellada"},
    "actas:publica_previa": {"sesion": "sellada"},
    "actas:ignorar_sugerencia": {"sesion": "sellada"},
    "actas:quitar_testado": {"sesion": "sellada", "pk": "testado"},
    "actas:firmar_simple": {"sesion": "sellada"},
    "actas:negarse": {"sesion": "sellada"},
    "actas:preparar_firma": {"sesion": "sellada"},
    "actas:terminar_firma": {"sesion": "sellada"},
    "mfa_remove_webauthn": {"pk": "llave"},
    "archivo:subida": {"clave": "subida"},
    **{f"municipios:{nombre}": {"clave": "municipio"} for nombre in ("detalle", "ficha")},
    **{
        f"municipios:{nombre}": {"numero": "uno"}
        for nombre in ("corte", "corte_json", "corte_csv", "corte_geojson", "totales_csv")
    },
    "gestion_municipios:casilla": {"clave": "municipio"},
    **{f"gestion_municipios:{n}": {"clave": "municipio", "pk": "anotacion"} for n in ("deshacer", "rehacer")},
    "municipios:informe": {"organo": "municipal", "numero": "informe_publicado"},
    **{f"informes:{nombre}": {"organo": "municipal"} for nombre in DE_INFORMES},
    **{f"municipios:{nombre}": {"clave": "indice"} for nombre in ("metrica", "metrica_csv")},
    "gestion_municipios:valores": {"pk": "metrica"},
    "informes:texto": {"organo": "municipal", "clave": "apartado"},
    "ejes:eje": {"numero": "uno"},
    "ejes:compromiso": {"eje": "uno", "numero": "uno"},
    **{f"ejes:{nombre}": {"numero": "uno"} for nombre in ("informe", "informe_pdf", "informe_json")},
    "ejes:bimestre": {"numero": "por_gestionar"},
    "ejes:accion": {"codigo": "accion"},
    "ejes:evidencia": {"pk": "evidencia_publicada"},
    **{f"ejes:{n}": {"pk": "reporte_publicado"} for n in ("reporte", "reporte_pdf", "reporte_json")},
    "archivo:miniatura": {"huella": "con_miniatura"},
    "ejes:comparar": {"numero": "uno"},
    "cortes:corregir": {"numero": "uno"},
    "cortes:cifras": {"numero": "corte", "codigo": "compromiso"},
    **{
        f"cortes:{nombre}": {"numero": "corte"}
        for nombre in ("corte", "datos", "tomar", "quitar", "comparar", "previa", "publicar")
    },
    "gestion:bimestre": {"numero": "por_gestionar"},
    **{f"gestion:{nombre}": {"version": "uno"} for nombre in ("formato", "nueva_version")},
    **convocadas.DE_QUE,
    **cortados.DE_QUE,
    **leidos.DE_QUE,
    **reportados.DE_QUE,
    **revisados.DE_QUE,
    **{f"agenda:{nombre}": {"clave": "clave_de_evento"} for nombre in ("detalle", "cita")},
    **informes_anuales.DE_QUE,
    **{f"historicas:{nombre}": {"pk": "por_transcribir"} for nombre in ("revisar", "descartar")},
    **{f"gestion_agenda:{nombre}": {"pk": "evento"} for nombre in ("evento", "decidir")},
    "preguntas:confirmar": {"llave": "liga_de_pregunta"},
    "preguntas:nueva": {"clase": "de_compromiso", "clave": "clave_de_compromiso"},
    **{
        f"moderar:{n}": {"pk": "por_moderar"}
        for n in ("pregunta", "publicar", "rechazar", "responder", "retirar")
    },
    **{f"datos:{n}": {"clave": "conjunto"} for n in ("conjunto", "archivo", "versiones")},
    "datos:version": {"clave": "conjunto", "numero": "uno"},
    "parte_del_mapa": {"clave": "textos", "numero": "uno"},
    **{f"seguir:{n}": {"clave": "suscripcion"} for n in ("confirmar", "baja")},
    **{f"sesiones:acta{forma}": {"sesion": "publicada"} for forma in ("", "_pdf", "_json", "_xml")},
}
# Los registros comparten dirección: uno que captura quien conduce y otro que solo la administración.
REGISTROS = {
    "frases": {"registro": "frases", "pk": "frase"},
    "roles": {"registro": "roles", "pk": "rol"},
    "nombramientos": {"registro": "nombramientos", "pk": "nombramiento"},
}
Mundo = dict[str, str | int]


def crear_mundo(reparto: Reparto) -> Mundo:
    """Los argumentos de todas las direcciones, por el nombre de lo que existe."""
    sesion = fabricas.crear_en_curso(reparto)
    fila = m.Rol.objects.filter(organo=reparto.organo).earliest("pk")
    frase = m.Frase.objects.create(organo=reparto.organo, nombre="Da cuenta", texto="Se da cuenta")
    nombramiento = reparto.asientos["poder"].nombramientos.get()
    Municipio.objects.update_or_create(
        clave="11020", defaults={"nombre": "León", "cabecera": "León", "latitud": 21, "longitud": -101}
    )
    fijos: Mundo = {"organo": reparto.organo.clave, "sesion": sesion.clave, "sesion_pk": str(sesion.pk)}
    fijos |= {"asiento": reparto.asientos["poder"].pk, "rol": fila.pk, "frase": frase.pk}
    fijos |= {"nombramiento": nombramiento.pk, "municipio": "11020", "clase": "sesion", "parrafo": "proemio"}
    fijos |= {"textos": "textos", "frases": "frases", "roles": "roles", "nombramientos": "nombramientos"}
    fijos |= {"con_acta": convocadas.concluida(reparto)}
    fijos |= {"suscripcion": _suscripcion(reparto), "plan": crear_plan(reparto.organo).clave, "uno": 1}
    fijos |= {"corte": _en_preparacion(str(fijos["plan"])), "compromiso": "1.1"}
    fijos |= {"por_gestionar": _bimestre(str(fijos["plan"]))}
    fijos |= _reporte_publicado(reparto, str(fijos["plan"]))
    fijos |= reportados.reportado(reparto, str(fijos["plan"]))
    fijos |= revisados.revisado(reparto) | eventos.anunciado(reparto) | convocadas.convocada(reparto)
    fijos |= {"anio": timezone.localdate().year, "por_transcribir": por_transcribir(reparto.organo).pk}
    fijos |= {"uidb36": "1", "key": "set-password", "llave": 0, "formula": "acta.firmas"}  # la llave de nadie
    fijos |= {"subida": "00000000-0000-0000-0000-000000000000", "ficha": invitadas.ficha()}  # la de nadie
    fijos |= preguntadas.preguntado(str(fijos["plan"]))
    punto = puntos.publicar()
    fijos |= {"n": punto.tamano, "tamano": punto.tamano, "antes": punto.tamano, "ahora": punto.tamano}
    fijos |= _anotada(reparto) | cortados.cortado(reparto)
    fijos |= _informes(reparto, str(fijos["con_acta"])) | _metrica(reparto.organo)
    de_la_sesion = _de_la_sesion(reparto, sesion) | _de_la_revision(reparto, sesion) | _publicada(reparto)
    fijos |= informes_anuales.para_la_matriz(reparto)
    fijos |= _versionado() | leidos.leido(reparto.organo, str(fijos["con_acta"]))
    return fijos | de_la_sesion | _por_firmar(reparto) | _calendarios(sesion) | _archivos(reparto, sesion)


def _versionado() -> Mundo:
    """Un conjunto de datos abiertos con una versión guardada."""
    version = versiones.guardar(CONJUNTOS["acuerdos"], timezone.now())
    assert version
    return {"conjunto": version.conjunto, "forma": "csv"}


def _anotada(reparto: Reparto) -> Mundo:
    """Una casilla del avance de León, con lo que se anotó en ella."""
    etapa = crear_etapas(reparto.organo)[-1]
    return {"etapa": etapa.clave, "anotacion": anotar(etapa, "11020", "en_proceso").pk}


def _informes(reparto: Reparto, con_acta: str) -> Mundo:
    """En un órgano municipal con la misma gente: un informe que se escribe (el 1) y otro ya publicado."""
    municipal = _con_la_misma_gente(reparto)
    llenar.en_blanco(municipal)
    sesion = m.Sesion.objects.get(organo=reparto.organo, clave=con_acta)
    publicado = llenar.publicado(municipal, Trimestre(2026, 2), sesion)
    return {
        "apartado": "m7-reuniones",
        "informe_publicado": publicado.numero,
        "municipal": municipal.organo.clave,
    }


def _con_la_misma_gente(reparto: Reparto) -> Reparto:
    """Un secretariado municipal donde cada cuenta puede lo mismo que en el estatal."""
    estatal = reparto.organo.acompanado_por or reparto.organo
    municipal = crear_municipal(estatal, "stm-de-la-misma-gente", "11046")
    for rol in m.Rol.objects.filter(organo=reparto.organo):
        m.Rol.objects.create(organo=municipal.organo, usuario=rol.usuario, tipo=rol.tipo)
    municipal.asientos["civil"].nombramientos.update(persona=reparto.personas["civil"])
    return replace(municipal, cuentas=reparto.cuentas)


def _metrica(organo: m.Organo) -> Mundo:
    """Una métrica con un valor."""
    metrica = organo.metricas_municipales.create(clave="indice", nombre="Índice", autor="Instituto")
    metrica.valores.create(municipio_id="11020", anio=2025, valor=50, fuente="https://ejemplo.example/")
    return {"metrica": metrica.pk, "indice": metrica.clave}


def _en_preparacion(plan: str) -> int:
    """El número de un corte que todavía se arma."""
    desde, hasta = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
    return editar_corte.abrir(Plan.objects.get(clave=plan), nombre="Otro", desde=desde, hasta=hasta).numero


def _reporte_publicado(reparto: Reparto, plan: str) -> Mundo:
    """Un reporte que cualquiera puede leer, con una de sus evidencias y su acción."""
    publicado = publicar(crear_entrega(reparto, crear_reporte(reparto, plan=Plan.objects.get(clave=plan))))
    evidencia = publicado.entrega.evidencias.earliest("pk")
    return {"reporte_publicado": publicado.reporte_id, "evidencia_publicada": evidencia.pk, "accion": "1.1.1"}


def _bimestre(plan: str) -> int:
    """El número de un bimestre abierto, con su formato."""
    return crear_bimestre(Plan.objects.get(clave=plan), timezone.localdate(), numero=9).numero


def _suscripcion(reparto: Reparto) -> str:
    """La clave de quien sigue al órgano sin tener cuenta, por confirmar."""
    tema = f"organo:{reparto.organo.clave}"
    return Suscripcion.objects.create(correo="sigue@prueba.example", tema=tema, clave="c" * 43).clave


def _de_la_sesion(reparto: Reparto, sesion: m.Sesion) -> Mundo:
    """Lo que cuelga de la sesión y de su punto."""
    punto = sesion.puntos.get()
    votacion = m.Votacion.registrar(punto, asunto="Lo votado", forma="unanimidad")
    invitada = m.Asistencia.invitar(sesion, nombre="Invitada de Prueba")
    firmante = m.Firmante.proponer(sesion)[0]
    civil = sesion.asistencias.get(asiento=reparto.asientos["civil"])
    civil.retirar(hora=None, punto=punto)
    return {
        "punto": punto.pk,
        "votacion": votacion.pk,
        "intervencion": m.Intervencion.agregar(punto, quien="Alguien", texto="Dijo algo.").pk,
        "acuerdo": m.Acuerdo.agregar(punto, texto="Difundir").pk,
        "numero": 1,
        "plazo": punto.plazos.create(concepto="Entrega", literal="en dos semanas").pk,
        "anexo": m.Anexo.agregar(punto, titulo="Anexo de prueba").pk,
        **_con_archivo(punto),
        "receso": sesion.recesos.create(inicio=dt.time(10, 30)).pk,
        "asistencia": sesion.asistencias.get(asiento=reparto.asientos["poder"]).pk,
        "invitada": invitada.pk,
        "movimiento": civil.movimientos.get().pk,
        "firmante": firmante.pk,
    }


def _con_archivo(punto: m.Punto) -> Mundo:
    """Un anexo que se puede testar, con algo ya marcado."""
    salida = BytesIO()
    Image.new("RGB", (20, 20), "white").save(salida, "PNG")
    archivo = almacen.guardar_propio(salida.getvalue(), "anexo.png")
    zona = archivo.zonas.create(
        pagina=1, x=0, y=0, ancho=1, alto=1, motivo="Rúbrica", fundamento="Artículo 1"
    )
    return {"con_archivo": m.Anexo.agregar(punto, titulo="Con archivo", archivo=archivo).pk, "zona": zona.pk}


def _de_la_revision(reparto: Reparto, sesion: m.Sesion) -> Mundo:
    """El acta circulada a un integrante, que ya observó."""
    hoy = timezone.now()
    ronda = m.Acta.de(sesion).rondas.create(numero=1, abierta_el=hoy, parrafos=[])
    revisor = ronda.revisores.create(persona=reparto.personas["civil"], nombre="C. Darío Vega Cruz")
    observacion = revisor.observaciones.create(texto="Falta algo.", creada_el=hoy)
    return {"observacion": observacion.pk, "ronda_siguiente": 2}


def _por_firmar(reparto: Reparto) -> Mundo:
    """Otra sesión con el acta sellada, y el lugar del integrante en su hoja de firmas."""
    sello = sellada(reparto, fecha=DIA - dt.timedelta(days=7))
    lugar = sello.lugares.get(persona=reparto.personas["civil"])
    testado = m.Testado.objects.create(sello=sello, texto="Ana Ruiz", motivo="Nombre", fundamento="Artículo")
    return {"sellada": sello.acta.sesion.clave, "lugar": lugar.pk, "testado": testado.pk}


def _publicada(reparto: Reparto) -> Mundo:
    """Una sesión más, con el acta publicada."""
    sello = publicada_con_filas(reparto)
    archivo = almacen.guardar_propio(b"texto publicado", "anexo.txt")
    anexo = m.Anexo.objects.create(sesion=sello.acta.sesion, titulo="Publicado", archivo=archivo)
    anexos.publicar_completo(anexo, None, timezone.now())
    return {"publicada": sello.acta.sesion.clave, "codigo": sello.codigo, "publicado": anexo.pk}


def _calendarios(sesion: m.Sesion) -> Mundo:
    """Uno propuesto y uno aprobado."""
    propuesto = sesion.organo.calendarios.create(anio=2028)
    aprobado = sesion.organo.calendarios.create(anio=2027)
    fecha = aprobado.fechas.create(fecha=dt.date(2027, 1, 20), hora=dt.time(10))
    aprobado.aprobar(None, acuerdo=sesion.acuerdos.get())
    return {"calendario": propuesto.pk, "aprobado": aprobado.pk, "fecha": fecha.pk}


def _archivos(reparto: Reparto, sesion: m.Sesion) -> Mundo:
    """El archivo de un oficio y el adjunto de un aviso."""
    archivo = almacen.guardar_propio(b"texto del oficio", "oficio.txt")
    m.Oficio.objects.create(organo=reparto.organo, folio="PRU-7", asunto="Prueba", archivo=archivo)
    salida = BytesIO()
    Image.new("RGB", (30, 20), "white").save(salida, "PNG")
    foto = almacen.guardar_propio(salida.getvalue(), "oficio.png")
    m.Oficio.objects.create(organo=reparto.organo, folio="PRU-8", asunto="Foto", archivo=foto)
    motivo = f"sesion:{sesion.pk}:convocatoria:0"
    aviso = Aviso.objects.create(motivo=motivo, para="a@prueba.example", estado="enviado")
    adjunto = aviso.adjuntos.create(nombre="cita.ics", tipo="text/calendar", contenido=b"BEGIN")
    fijos: Mundo = {"huella": archivo.huella, "nombre": archivo.nombre}
    fijos |= {"adjunto": adjunto.pk, "aviso": aviso.pk}
    return fijos | {"con_miniatura": foto.huella}


def argumentos(nombre: str, patron: URLPattern, mundo: Mundo, registro: str) -> Mundo:
    """Los que pide la dirección, tomados de lo que existe; lanza `KeyError` si falta decir de qué habla."""
    pedidos = [*patron.pattern.converters, *patron.pattern.regex.groupindex]
    traducidos = DE_QUE.get(nombre, {}) | REGISTROS.get(registro, {})
    return {pedido: mundo[traducidos.get(pedido, pedido)] for pedido in pedidos}
