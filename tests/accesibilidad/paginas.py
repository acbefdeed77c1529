"""Las páginas del portal que se recorren, por quién las abre, con algo que ver en cada una."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from ejes.cortes import editar_corte
from ejes.models import Plan
from sesiones import models as m
from sesiones.estados import TipoMovimiento
from sesiones.eventos.models import Evento
from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.datos import versiones
from stl_portal.sello import puntos
from tests.archivo import medios
from tests.archivo import muestras as mu
from tests.certamenes import paginas as paginas_de_certamenes
from tests.cuentas import invitadas
from tests.ejes.entregas import por_revisar_en_la_demostracion as por_revisar
from tests.ejes.gestion import paginas_de_gestion
from tests.ejes.llenados import devuelto_en_la_demostracion
from tests.ejes.publicados import publicado_con_historia
from tests.historicas.paginas import paginas_de_historicas
from tests.informe_anual import paginas as paginas_de_informes_anuales
from tests.municipios.cortes.paginas import paginas_de_cortes
from tests.municipios.informes import paginas as paginas_de_informes
from tests.participacion import paginas as paginas_de_preguntas
from tests.traspaso.paginas import paginas_de_traspaso


def de_registros() -> list[str]:
    """Las listas del órgano de demostración y una forma de cada clase."""
    persona = m.Persona.objects.earliest("pk")
    suplencia = m.Suplencia.objects.get(asiento__organo__clave="demo")
    registros = "/mesa/demo/registros"
    return [
        *(f"{registros}/{r}/" for r in ("personas", "oficios", "asientos", "autoridades")),
        "/mesa/demo/",
        "/mesa/demo/textos/",
        "/mesa/demo/textos/acta.apertura.ordinales/",
        f"{registros}/oficios/nuevo/",
        f"{registros}/personas/{persona.pk}/",
        f"{registros}/personas/{persona.pk}/ver/",
        f"{registros}/suplencias/{suplencia.pk}/terminar/",
    ]


def paginas() -> dict[str, list[str]]:
    """Direcciones por visitar según quién: público, facilitadora y quien revisa un acta."""
    proxima = m.Sesion.objects.get(organo__clave="demo", estado="convocada")
    circulada = m.Sesion.objects.get(organo__clave="demo", actas__estado="circulada")
    publicada = m.Sesion.objects.get(organo__clave="demo", actas__estado="publicada")
    por_firmar = m.Sesion.objects.get(organo__clave="demo", actas__estado="por_firmar")
    m.Acta.objects.create(sesion=m.Sesion.objects.get(clave="xxi-ordinaria-2020"), estado="aprobada")
    revision = f"/mesa/demo/{circulada.clave}/acta/revision/"
    mesa, stl = f"/mesa/demo/{proxima.clave}", "/mesa/stl/xviii-ordinaria-2020"
    punto = proxima.puntos.en_arbol()[5].pk
    asiento = m.Asiento.objects.filter(organo__clave="demo")[0]
    con_acuerdo = m.Acuerdo.objects.filter(sesion=circulada)[0]
    calendario = m.Calendario.objects.create(organo=proxima.organo, anio=proxima.fecha.year + 1)
    asistencia = circulada.asistencias.all()[0]
    privadas = ["/mi/", "/contrasena/cambiar/", "/salir/", "/cuenta/aparatos/", "/mesa/", "/mesa/demo/nueva/"]
    privadas += [
        f"{mesa}/{p}/" for p in ("convocatoria", "asistencia", "orden", "desahogo", "cierre", "acta")
    ]
    privadas += [f"{stl}/{p}/" for p in ("convocatoria", "asistencia", "orden", "desahogo", "cierre", "acta")]
    privadas += ["/mi/avisos/", "/cuenta/dos-pasos/", "/cuenta/dos-pasos/hace-falta/?next=/mi/"]
    privadas += [*de_actas(publicada, por_firmar, circulada), "/mesa/stl/xxi-ordinaria-2020/acta/sellar/"]
    privadas += [f"{mesa}/asistencia/asiento/{asiento.pk}/oficio/", f"{mesa}/orden/{punto}/"]
    movimiento = asistencia.movimientos.create(tipo=TipoMovimiento.SALIDA, hora=circulada.cierre)
    privadas += [f"/mesa/demo/{circulada.clave}/asistencia/movimiento/{movimiento.pk}/"]
    privadas += [f"/mesa/demo/{circulada.clave}/asistencia/{asistencia.pk}/"]
    privadas += [f"/mesa/demo/{circulada.clave}/desahogo/{con_acuerdo.punto_id}/acuerdo/{con_acuerdo.pk}/"]
    privadas += ["/mesa/demo/sesiones/", "/mesa/demo/acuerdos/", f"/mesa/demo/acuerdos/{con_acuerdo.pk}/"]
    privadas += [f"/mesa/demo/asientos/{asiento.pk}/", f"/mesa/demo/calendarios/{calendario.pk}/"]
    privadas += [*de_registros(), *paginas_de_gestion(), *de_quien_revisa(), *de_la_agenda()]
    privadas += [f"{mesa}/desahogo/{punto}/", f"/avisos/sesion/{proxima.pk}/", *paginas_de_historicas()]
    privadas += [revision, f"{revision}cambios/2/", *de_archivos(publicada), *de_cortes()]
    privadas += [*paginas_de_preguntas.de_quien_atiende(), *paginas_de_certamenes.de_quien_conduce()]
    privadas += [*paginas_de_cortes(), *paginas_de_informes.de_quien_informa()]
    privadas += paginas_de_informes_anuales.de_quien_conduce()
    privadas += [f"/gestion/municipios/{p}" for p in ("", "demo/", "demo/11001/instalacion/", "demo/pegar/")]
    return {
        "": publicas_con(publicada),
        "facilitadora@demo.example": privadas,
        "integrante@demo.example": [revision, *paginas_de_certamenes.del_comite()],
        "titular@demo.example": de_quien_reporta(),
        "lectora@demo.example": ["/gestion/auditoria/", "/gestion/auditoria/?desde=ayer"],
        "administradora@demo.example": ["/gestion/organos/demo/nuevo/", *de_quien_administra()],
    }


def de_la_agenda() -> list[str]:
    """La lista y las formas de la agenda, y un evento por publicar y otro publicado."""
    borrador = Evento.objects.get(organo__clave="demo", estado="borrador")
    publicado = Evento.objects.get(organo__clave="demo", estado="publicado")
    registros = "/mesa/demo/registros"
    listas = ("eventos", "materiales-de-eventos", "cifras-de-redes")
    return [
        *(f"{registros}/{r}/" for r in listas),
        f"{registros}/eventos/{publicado.pk}/",
        f"{registros}/materiales-de-eventos/nuevo/?evento={publicado.pk}",
        f"{registros}/cifras-de-redes/nuevo/",
        *(f"/gestion/agenda/demo/{evento.pk}/" for evento in (borrador, publicado)),
    ]


def de_quien_administra() -> list[str]:
    """El tablero y una de cada clase de página de los registros, que comparten marco y piezas."""
    registros, persona = "/gestion/registros/", m.Persona.objects.earliest("pk").pk
    suyas = ("cuentas/usuario/?is_active__exact=1", "sesiones/rol/add/", "sesiones/acta/?q=nada")
    de_una = [f"{registros}sesiones/persona/{persona}/{pagina}/" for pagina in ("change", "history")]
    de_una += ["/gestion/textos/", "/gestion/textos/seccion.calendario/"]
    de_una += ["/gestion/avisos/", "/gestion/avisos/acta.firma/"]
    de_una += ["/gestion/invitaciones/", "/mesa/demo/invitaciones/"]
    todas = ["/gestion/", registros, f"{registros}ejes/", *(registros + una for una in suyas), *de_una]
    return [*todas, *paginas_de_traspaso()]


def de_quien_reporta() -> list[str]:
    """Un reporte devuelto con observaciones, paso por paso, y a quién se encarga prepararlo."""
    reporte = devuelto_en_la_demostracion()
    base, evidencia = f"/reportes/{reporte.pk}/", reporte.usos.earliest("pk").evidencia_id
    pasos = ("", "indicadores/", "avances/", "evidencias/", f"evidencias/{evidencia}/")
    return ["/reportes/", "/reportes/encargos/", *(base + paso for paso in pasos)]


def de_quien_revisa() -> list[str]:
    """La fila, un reporte enviado por segunda vez con su archivo al lado, y publicar y corregir otros."""
    otra_vez, validado, publicado = por_revisar(Plan.objects.get(organo__clave="demo"))
    fila, archivo = "/reportes/revision/", otra_vez.usos.exclude(renglon=None).earliest("pk").evidencia_id
    suyo = f"{fila}{otra_vez.pk}/"
    de_uno = [suyo, f"{suyo}?ver={archivo}&en=renglon-1", f"{suyo}cambios/2/"]
    return [fila, *de_uno, f"{fila}{validado.pk}/publicar/", f"{fila}{publicado.pk}/corregir/"]


def de_cortes() -> list[str]:
    """El corte publicado del plan y otro en preparación."""
    plan = Plan.objects.get(clave="2022-2024")
    desde, hasta = dt.date(2023, 12, 1), dt.date(2024, 3, 31)
    nuevo = editar_corte.abrir(plan, nombre="Otro", desde=desde, hasta=hasta, conserva=True)
    todos = f"/gestion/cortes/{plan.clave}/"
    de_uno = ("", "datos/", "cifras/1.5/", "cifras/plan/", "comparar/", "publicar/")
    suyas = [f"{todos}{nuevo.numero}/{pagina}" for pagina in de_uno]
    return [todos, f"{todos}nuevo/", f"{todos}1/", f"{todos}1/corregir/", *suyas]


def de_reportes_publicados() -> list[str]:
    """El plan con dos cortes que comparar y un reporte publicado, corregido y con una evidencia observada."""
    plan = Plan.objects.get(organo__clave="demo")
    primero = publicado_con_historia(plan)
    evidencia = primero.entrega.evidencias.earliest("pk")
    base, reporte = f"/plan/{plan.clave}/", f"/plan/{plan.clave}/reporte/{primero.reporte_id}/"
    codigo = primero.entrega.reporte.eje.compromisos.earliest("numero").acciones.earliest("numero").codigo
    paginas = ("", "eje/1/", "compromiso/1.1/", "bimestre/1/", f"accion/{codigo}/")
    return [*(base + p for p in paginas), reporte, f"{reporte}?version=1", f"{base}evidencia/{evidencia.pk}/"]


def de_actas(publicada: m.Sesion, por_firmar: m.Sesion, circulada: m.Sesion) -> list[str]:
    """Las de la vida de tres actas: texto, hoja de firmas, datos que no se publican y anexos."""
    actas = [f"/mesa/demo/{s.clave}/acta/" for s in (publicada, por_firmar, circulada)]
    anexo = publicada.anexos.exclude(archivo=None).earliest("pk")
    de_anexos = f"{actas[0]}anexos/"
    return [
        *actas,
        *(f"{acta}firma/" for acta in actas),
        *(f"{acta}publica/" for acta in actas[:2]),
        f"{actas[1]}firma/escaneo/",
        f"{actas[1]}publicar/",
        de_anexos,
        *(f"{de_anexos}{anexo.pk}/{que}" for que in ("", "publicar/", "completo/", "retirar/")),
    ]


def de_archivos(sesion: m.Sesion) -> list[str]:
    """El visor con cada clase de archivo: PDF, imagen, hojas, texto y audio."""
    recibidos = {
        "visita.jpg": mu.foto_con_gps(),
        "avance.csv": b"accion,avance\n1.1.1,100\n",
        "nota.txt": b"Texto de la nota.\n",
        "oficio.pdf": mu.pdf(),
        "audio.mp3": medios.mp3(),
    }
    archivos = [almacen.guardar(ContentFile(contenido, nombre)) for nombre, contenido in recibidos.items()]
    for archivo in archivos:
        m.Anexo.objects.create(sesion=sesion, titulo=archivo.nombre, archivo=archivo)
    return [f"/archivos/{archivo.huella}/" for archivo in archivos]


def publicas_con(publicada: m.Sesion) -> list[str]:
    """Lo que lee cualquiera, con un acta publicada."""
    publicas = ["/", "/estilo/", "/ayuda/", "/accesibilidad/", "/aviso-de-privacidad/", "/entrar/"]
    publicas += [f"/invitacion/{invitadas.ficha(ambito='demo')}/", "/invitacion/inventada/"]
    publicas += ["/contrasena/olvidada/", "/contrasena/enviada/", "/sesiones/", "/sesiones/stl/"]
    publicas += ["/sesiones/stl/xxi-ordinaria-2020/", "/acuerdos/", "/integrantes/"]
    publicas += [
        "/acuerdos/stl/xviii-ordinaria-2020/4/",
        *(f"/integrantes/demo/{p}" for p in ("", "historia/", "asistencia/")),
    ]
    publicas += [f"/sesiones/demo/{publicada.clave}/", f"/sesiones/demo/{publicada.clave}/acta/"]
    publicas += ["/registro/", f"/registro/eslabon/{puntos.publicar().tamano}/", "/registro/comprobar/"]
    codigos = list(m.Sello.objects.order_by("pk").values_list("codigo", flat=True))
    publicas += ["/verificar/", "/verificar/?huella=corta", "/verificar/aaaa-bbbb-cccc-dddd/"]
    publicas += [f"/verificar/{codigo}/" for codigo in codigos]  # la publicada y la que se está firmando
    publicas += ["/plan/", "/plan/2022-2024/", "/plan/2022-2024/eje/1/", "/plan/2022-2024/compromiso/1.5/"]
    publicas += ["/plan/2022-2024/informe/1/", "/plan/2019-2020/", "/plan/2019-2020/eje/1/"]
    publicas += ["/plan/2022-2024/informe/1/cambios/", *de_reportes_publicados()]
    publicas += ["/correo/", de_un_correo()]
    publicas += ["/seguir/", "/seguir/?tema=organo:stl", "/seguir/pedido/", *de_quien_sigue()]
    publicas += [f"/municipios/{p}" for p in ("", "?etapa=convocatoria", "?q=zzz", "11020/", "comparar/")]
    publicas += ["/municipios/cortes/", "/municipios/cortes/stl/1/", "/no-existe/"]
    publicas += [
        "/calendario/",
        "/calendario/2020/7/",
        "/calendario/2021/1/",
        "/novedades/",
        "/novedades/2020/3/",
    ]
    agenda = [e.get_absolute_url() for e in Evento.objects.publicados().con_todo()]
    publicas += ["/agenda/", "/agenda/?tipo=taller", "/agenda/?anio=x", *agenda]
    publicas += [*paginas_de_informes.publicas(publicada), *paginas_de_preguntas.publicas(), *de_datos()]
    publicas += [*paginas_de_certamenes.publicas(), *paginas_de_informes_anuales.publicas()]
    publicas += ["/buscar/", "/buscar/?q=sesion", "/buscar/?q=zzzz&anio=2020", "/buscar/?q=sesion&anio=x"]
    publicas += ["/buscar/?q=plan+zzzz"]
    return publicas


def de_datos() -> list[str]:
    """Los conjuntos, uno con filas y gráfica, otro filtrado hasta quedar vacío, sus versiones y formatos."""
    versiones.guardar_primeras(timezone.now())
    de_datos = ("", "acuerdos/", "ejes/?plan=nada", "acuerdos/versiones/")
    formatos = ("", "sesiones-ejemplo/", "sesiones-ejemplo.csv?desde=x")
    return [*(f"/datos/{p}" for p in de_datos), *(f"/datos/formatos/{p}" for p in formatos), "/api/"]


def de_un_correo() -> str:
    """Un mensaje del buzón de la demostración, con su versión HTML en el marco."""
    comun = {
        "motivo": "axe",
        "asunto": "Acta publicada",
        "cuerpo": "Se publicó el acta.",
        "estado": "enviado",
    }
    aviso = Aviso.objects.create(para="a@demo.example", enviado_el=timezone.now(), **comun)
    return f"/correo/{aviso.pk}/"


def de_quien_sigue() -> list[str]:
    """Por confirmar, ya confirmado y dejar de seguir."""
    claves = ["a" * 43, "b" * 43]
    for clave, confirmada_el in zip(claves, (None, timezone.now()), strict=True):
        Suscripcion.objects.create(
            correo=f"{clave[0]}@ejemplo.example", tema="organo:demo", clave=clave, confirmada_el=confirmada_el
        )
    return [*(f"/seguir/confirmar/{clave}/" for clave in claves), f"/seguir/baja/{claves[1]}/"]
