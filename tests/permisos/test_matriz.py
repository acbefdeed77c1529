"""Quién puede qué, dirección por dirección: la matriz se compara con el URLconf y con lo que responde.

Una dirección nueva sin su renglón aquí hace fallar la prueba.
"""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from itertools import product

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import dar_telefono, identificarse
from tests.permisos import leidos
from tests.permisos.mundo import Mundo, argumentos, crear_mundo
from tests.personas import Reparto, crear_reparto

PUBLICAS = """
    mapa_del_sitio parte_del_mapa robots salud listo
    inicio buscar ayuda accesibilidad privacidad estilo account_login account_logout account_signup
    account_inactive account_email account_reset_password account_reset_password_done
    account_reset_password_from_key account_reset_password_from_key_done invitacion
    sesiones:lista sesiones:organo sesiones:detalle sesiones:acuerdos sesiones:acuerdo
    sesiones:integrantes sesiones:integrantes_de sesiones:historia sesiones:asistencia
    sesiones:compendio sesiones:acta sesiones:acta_pdf sesiones:acta_json sesiones:acta_xml sesiones:anexo
    sesiones:convocatoria_pdf
    municipios:lista municipios:detalle municipios:ficha municipios:novedades municipios:comparar
    municipios:cortes municipios:corte municipios:corte_json municipios:corte_csv municipios:corte_geojson
    municipios:totales_csv
    municipios:informes municipios:informe municipios:capacitaciones municipios:capacitaciones_csv
    municipios:metricas municipios:metrica municipios:metrica_csv
    ejes:planes ejes:plan ejes:eje ejes:compromiso ejes:informe ejes:informe_pdf ejes:informe_json
    ejes:comparar ejes:novedades ejes:bimestre ejes:accion ejes:reporte ejes:reporte_pdf ejes:reporte_json
    ejes:evidencia
    registro:lista registro:eslabon registro:eslabon_json registro:contenido registro:prueba
    registro:ultimo_punto registro:punto registro:continuidad registro:clave registro:comprobar
    registro:verificador verificar:inicio verificar:codigo verificar:comprobacion
    seguir:inicio seguir:pedido seguir:confirmar seguir:baja
    buzon:inicio buzon:mensaje buzon:html buzon:adjunto
    formatos:lista formatos:formato formatos:archivo
    datos:inicio datos:catalogo datos:conjunto datos:archivo datos:versiones datos:version
    novedades:inicio novedades:semana novedades:atom novedades:atom_de_organo
    calendario:inicio calendario:mes calendario:ics calendario:ics_de_organo sesiones:cita
    agenda:lista agenda:detalle agenda:cita
    preguntas:inicio preguntas:pregunta preguntas:nueva preguntas:recibida preguntas:confirmar
    certamenes:lista certamenes:certamen certamenes:empezar certamenes:recibida certamenes:postulacion
    certamenes:acuse_pdf
    informes_anuales:lista informes_anuales:informe informes_anuales:pdf informes_anuales:json
"""
DE_LA_CUENTA = """
    mi mis_avisos registros:inicio account_reauthenticate account_change_password account_set_password
    mfa_index mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
    mfa_generate_recovery_codes mfa_authenticate mfa_hace_falta mfa_add_webauthn mfa_remove_webauthn
    mfa_reauthenticate_webauthn mfa_login_webauthn aparatos
    historicas:lista historicas:nueva informes:inicio moderar:inicio certamenes_gestion:inicio
    reportes:inicio reportes:encargos revision:inicio gestion_municipios:inicio gestion:planes cortes:planes
    informe_anual:inicio
"""
LEER = """
    archivo:descargar archivo:ver archivo:miniatura avisos:serie
    registros:organo registros:sesiones registros:acuerdos registros:acuerdo registros:asiento
    registros:calendario registros:textos registros:lista/frases registros:lista/roles registros:ver/frases
    actas:revision actas:cambios actas:firma
    actas:acta actas:previa actas:acta_pdf actas:acta_json actas:acta_xml
    actas:convocatoria_pdf actas:certificacion
    mesa:sesion mesa:convocatoria mesa:asistencia mesa:orden mesa:desahogo mesa:punto mesa:cierre
    gestion:plan gestion:bimestre gestion:formato certamenes_gestion:certamen
    cortes:inicio cortes:corte cortes:comparar cortes:previa
    cortes_municipales:inicio cortes_municipales:corte cortes_municipales:previa
    reportes:reporte reportes:indicadores reportes:avances reportes:evidencias reportes:evidencia
    gestion_municipios:matriz gestion_municipios:casilla gestion_municipios:csv gestion_municipios:xlsx
    informes:lista informes:informe informes:escribir informes:previa gestion_municipios:valores
    gestion_agenda:evento
"""
# Lo que para los demás integrantes no existe: lo que se dice de un reporte mientras se revisa.
AUDITAR = "revision:reporte revision:cambios moderar:pregunta informe_anual:informe informe_anual:previa"
# Lo que solo se consulta y solo consulta quien conduce: ahí todavía están los datos que no se publican.
RESERVADO = """
    actas:anexos actas:anexo actas:pagina_de_anexo actas:copia_de_anexo actas:publica_previa
    certamenes_gestion:postulaciones certamenes_gestion:postulacion historicas:revisar
"""
# A quien se circuló el acta, tiene un lugar en su hoja de firmas o responde por el reporte; ni quien conduce.
RESPONDER = """
    actas:observar actas:conformar actas:retirar
    actas:firmar_simple actas:negarse actas:preparar_firma actas:terminar_firma
    reportes:iniciar reportes:enviar reportes:guardar_indicadores reportes:guardar_avances
    reportes:guardar_fila reportes:subir reportes:ligar reportes:reusar reportes:editar_evidencia
    reportes:sustituir reportes:quitar reportes:encargar reportes:terminar_encargo
"""
# De quien está en el comité de una convocatoria pública, y de nadie más: ni de quien la conduce.
DICTAMINAR = "certamenes_comite:todas certamenes_comite:calificar"
# De quien audita el órgano, y de nadie más: ni de quien lo conduce o lo administra.
AUDITORIA = "auditoria:inicio auditoria:exportar"
# De su propia cuenta, para quien tiene dónde subir archivos en cualquier órgano.
SUBIR = "archivo:subidas archivo:subida"
SUBEN = {"ajena", "integrante", "facilitadora", "administradora"}
# De quien vigila el portal con su ficha, que no es de ninguna cuenta.
DE_NADIE = "metricas"
# De otra persona: a quien no conduce se le contesta que no existe.
AJENO = "avisos:adjunto"
CAPTURAR = """
    historicas:descartar
    gestion_municipios:deshacer gestion_municipios:rehacer gestion_municipios:pegar
    informes:empezar informes:guardar informes:texto informes:entregar informes:devolver informes:presentar
    informes:descartar informes:quitar
    certamenes_gestion:nueva certamenes_gestion:bases certamenes_gestion:comite certamenes_gestion:quitar
    certamenes_gestion:cerrar certamenes_gestion:dictaminar
    gestion:nueva_version gestion_agenda:decidir
    cortes:nuevo cortes:datos cortes:tomar cortes:quitar cortes:cifras
    cortes_municipales:nuevo cortes_municipales:datos cortes_municipales:etapas cortes_municipales:quitar
    avisos:reintentar actas:estilo actas:parrafos actas:circular actas:cerrar_revision actas:atender
    actas:marcar_anexo actas:buscar_en_anexo actas:desmarcar_anexo
    actas:aprobar actas:devolver actas:descartar
    actas:publica actas:ignorar_sugerencia actas:quitar_testado
    registros:aprobar_calendario registros:enmendar_calendario registros:programar
    registros:nuevo/frases registros:editar/frases registros:quitar/frases registros:terminar/nombramientos
    registros:texto registros:mover/frases
    mesa:nueva mesa:datos mesa:emitir mesa:cancelar mesa:lista mesa:oficio mesa:invitada mesa:asistente
    mesa:quitar_invitada mesa:quorum mesa:no_celebrada mesa:rectificar mesa:llegada mesa:salida
    mesa:movimiento mesa:quitar_movimiento
    mesa:agregar_punto mesa:editar_punto mesa:mover_punto mesa:quitar_punto mesa:texto mesa:presencia
    mesa:resultado mesa:votar mesa:quitar_votacion mesa:intervenir mesa:texto_intervencion
    mesa:quitar_intervencion mesa:acordar mesa:corregir_acuerdo mesa:quitar_acuerdo mesa:mover_acuerdo
    mesa:plazo mesa:quitar_plazo mesa:anexar mesa:quitar_anexo mesa:oficios mesa:cerrar mesa:reabrir
    mesa:receso mesa:quitar_receso mesa:proponer_firmas mesa:agregar_firmante mesa:firmar_asistente
    mesa:explicar mesa:quitar_firmante
"""
# Piden además segundo factor reciente; la identidad se pide después del permiso, nunca antes.
CERRAR = """
    actas:sellar actas:publicar actas:corregir actas:escaneo
    actas:publicar_anexo actas:completo_anexo actas:retirar_anexo
    cortes:publicar cortes:corregir gestion:publicar
    cortes_municipales:publicar cortes_municipales:corregir
    certamenes_gestion:publicar certamenes_gestion:resultados
"""
# Lo que se decide de un reporte: tampoco existe para los demás integrantes.
REVISAR = """
    revision:dictaminar revision:evidencia revision:resto revision:devolver revision:validar
    moderar:publicar moderar:rechazar moderar:responder moderar:retirar
    informe_anual:empezar informe_anual:guardar informe_anual:apartado informe_anual:descartar
"""
CERRAR_REVISION = "revision:publicar revision:corregir informe_anual:publicar informe_anual:corregir"
ADMINISTRAR = "registros:nuevo/roles registros:editar/roles registros:invitaciones organos:fundar"

# Renglones como «registros:editar/roles»: la dirección y, tras la barra, el registro del que se trata.
MATRIZ = {
    renglon: clase
    for clase, renglones in (
        ("publica", " ".join((PUBLICAS, "interfaz:documentacion", *leidos.NOMBRES))),
        ("cuenta", DE_LA_CUENTA),
        ("leer", LEER),
        ("auditar", AUDITAR),
        ("reservado", RESERVADO),
        ("responder", RESPONDER),
        ("dictaminar", DICTAMINAR),
        ("subir", SUBIR),
        ("auditoria", AUDITORIA),
        ("ajeno", AJENO),
        ("de nadie", DE_NADIE),
        ("capturar", CAPTURAR),
        ("cerrar", CERRAR),
        ("revisar", REVISAR),
        ("cerrar revision", CERRAR_REVISION),
        ("administrar", ADMINISTRAR),
    )
    for renglon in renglones.split()
}
# Qué es cada quien para el órgano de prueba.
PAPELES = {
    "anonima": "anonima",
    "extrana": "extrana",
    "ajena": "extrana",  # conduce otro órgano
    "integrante": "revisa",
    "auditora": "lee",
    "facilitadora": "conduce",
    "administradora": "administra",
}
# Cómo se le contesta a quien no le toca; a quien sí, la petición pasa.
NEGATIVAS = {"anonima": "entrar", "extrana": "no existe"}  # a los demás, «prohibido»
LES_TOCA = {
    "publica": set(PAPELES.values()),
    "cuenta": {"extrana", "lee", "revisa", "conduce", "administra"},
    "leer": {"lee", "revisa", "conduce", "administra"},
    "auditar": {"lee", "conduce", "administra"},
    "reservado": {"conduce", "administra"},
    "responder": {"revisa"},
    "dictaminar": {"revisa"},
    "auditoria": {"lee"},
    "ajeno": {"conduce", "administra"},
    "de nadie": set(),
    "capturar": {"conduce", "administra"},
    "subir": {"conduce"},
    "cerrar": {"conduce", "administra"},
    "revisar": {"conduce", "administra"},
    "cerrar revision": {"conduce", "administra"},
    "administrar": {"administra"},
}
# Lo público es igual para todos los papeles y lo que más tarda: lo piden los extremos; con los demás lo lee
# `test_aislamiento`, que además mira qué dice.
LEEN_LO_PUBLICO = ("anonima", "administradora")
DELICADAS = ("cerrar", "cerrar revision", "administrar")
# A quién se le contesta que no existe, además de a quien no tiene que ver con el órgano.
OCULTAS = {
    "ajeno": ("lee", "revisa"),
    "de nadie": tuple(PAPELES.values()),
    "dictaminar": ("lee", "conduce", "administra"),
    "auditoria": ("revisa", "conduce", "administra"),
    **dict.fromkeys(("auditar", "revisar", "cerrar revision"), ("revisa",)),
}
# Con qué identidad llega: sin segundo factor, con uno que no ha usado hace poco, o recién identificada.
IDENTIDADES = {"sin factor": "activar", "sin confirmar": "confirmar", "confirmada": "pasa"}


def esperado(clase: str, metodo: str, papel: str, identidad: str) -> set[str]:
    """Qué se puede contestar. El método equivocado siempre se puede rechazar antes de mirar quién es."""
    acto = "capturar" if clase == "leer" and metodo == "post" else clase
    negativa = "no existe" if papel in OCULTAS.get(clase, ()) else NEGATIVAS.get(papel, "prohibido")
    positiva = IDENTIDADES[identidad] if clase in DELICADAS else "pasa"
    normal = positiva if papel in LES_TOCA[acto] else negativa
    de_paginas = clase in (
        "publica",
        "cuenta",
        "leer",
        "auditar",
        "reservado",
        "ajeno",
        "dictaminar",
        "auditoria",
        "de nadie",
    )
    return {normal} if de_paginas == (metodo == "get") else {normal, "metodo"}


DESVIOS = {
    reverse("account_login"): "entrar",
    reverse("mfa_hace_falta"): "activar",
    reverse("mfa_reauthenticate"): "confirmar",
}


def contestado(respuesta: HttpResponseBase) -> str:
    """La clase de respuesta."""
    if respuesta.status_code >= 500:
        return "falla"
    destino = respuesta.headers.get("Location", "").partition("?")[0]
    if destino in DESVIOS:
        return DESVIOS[destino]
    clases = {401: "entrar", 403: "prohibido", 404: "no existe", 405: "metodo"}
    return clases.get(respuesta.status_code, "pasa")


def direcciones(
    patrones: list[URLPattern | URLResolver], espacio: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Todas las del portal, con su nombre completo; la que no tiene nombre, con su ruta."""
    for patron in patrones:
        if isinstance(patron, URLResolver):
            yield from direcciones(
                patron.url_patterns, f"{patron.namespace}:" if patron.namespace else espacio
            )
        else:
            yield f"{espacio}{patron.name or patron.pattern}", patron


PATRONES = dict(direcciones(get_resolver().url_patterns))


def test_toda_direccion_tiene_su_renglon_y_todo_renglon_su_direccion() -> None:
    con_renglon = {renglon.split("/")[0] for renglon in MATRIZ}
    assert {nombre for nombre in PATRONES if not _de_la_administracion(nombre)} - con_renglon == set()
    assert con_renglon - set(PATRONES) == set()


def _de_la_administracion(nombre: str) -> bool:
    """Las más de 600 de los registros y su tablero: una sola regla, en `tests/gestion/test_puerta.py`."""
    return nombre.startswith(("admin:", "textos:", "traspaso:", "gestion_avisos:")) or nombre in (
        "tablero",
        "invitaciones",
    )


@pytest.mark.apariencia
@pytest.mark.parametrize("papel", PAPELES)
def test_a_cada_quien_lo_que_le_toca(reparto: Reparto, papel: str) -> None:
    mundo, cuentas = crear_mundo(reparto), dict(reparto.cuentas)
    cuentas["ajena"] = crear_reparto("otro").cuentas["facilitadora"]
    if papel in cuentas:
        dar_telefono(cuentas[papel])
    client, distintas = Client(raise_request_exception=False), []
    if papel in cuentas:
        client.force_login(cuentas[papel])
    for (renglon, clase), metodo in product(MATRIZ.items(), ("get", "post")):
        if clase == "publica" and papel not in LEEN_LO_PUBLICO:
            continue
        for identidad in IDENTIDADES if clase in DELICADAS else ["sin confirmar"]:
            obtenido = contestado(_pedir(renglon, metodo, mundo, client, cuentas.get(papel), identidad))
            if clase == "cuenta" and obtenido == "confirmar":
                obtenido = "pasa"  # las páginas de la propia cuenta piden confirmarse por su lado
            quien = _para_subir(papel) if clase == "subir" else PAPELES[papel]
            if obtenido not in esperado(clase, metodo, quien, identidad):
                distintas.append(f"{metodo.upper()} {renglon} ({identidad}): {obtenido}")
    assert distintas == []


def _para_subir(papel: str) -> str:
    """Qué es para quien recibe archivos, sin mirar de qué órgano: sube, no sube o no ha entrado."""
    if papel in SUBEN:
        return "conduce"
    return PAPELES[papel] if papel == "anonima" else "lee"


def _pedir(
    renglon: str, metodo: str, mundo: Mundo, client: Client, cuenta: Usuario | None, identidad: str
) -> HttpResponseBase:
    """Hace la petición y deshace lo que haya cambiado, para que la siguiente encuentre lo mismo."""
    nombre, _, registro = renglon.partition("/")
    url = reverse(nombre, kwargs=argumentos(nombre, PATRONES[nombre], mundo, registro))
    galletas = client.cookies.copy()
    with transaction.atomic():
        if cuenta is not None:
            _identificar(client, cuenta, identidad)
        respuesta: HttpResponseBase = getattr(client, metodo)(url)
        if isinstance(respuesta, StreamingHttpResponse):
            list(respuesta)  # leerlo entero cierra el archivo
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(galletas)  # aunque haya salido: la base también lo olvidó
    return respuesta


def _identificar(client: Client, cuenta: Usuario, identidad: str) -> None:
    """Deja el segundo factor como se dijo."""
    if identidad == "confirmada":
        identificarse(client, cuenta)
    elif identidad == "sin factor":
        Authenticator.objects.filter(user=cuenta).delete()
