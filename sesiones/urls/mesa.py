"""La mesa: una sesión paso a paso."""

from django.urls import path

from sesiones.views.mesa import asistencia, cierre, convocatoria, desahogo, nueva, orden

app_name = "mesa"

S = "<slug:organo>/<slug:sesion>"
P = f"{S}/desahogo/<int:punto>"

urlpatterns = [
    path("<slug:organo>/nueva/", nueva.nueva, name="nueva"),
    path(f"{S}/", convocatoria.entrada, name="sesion"),
    path(f"{S}/convocatoria/", convocatoria.paso, name="convocatoria"),
    path(f"{S}/convocatoria/datos/", convocatoria.datos, name="datos"),
    path(f"{S}/convocatoria/emitir/", convocatoria.emitir, name="emitir"),
    path(f"{S}/convocatoria/cancelar/", convocatoria.cancelar, name="cancelar"),
    path(f"{S}/asistencia/", asistencia.paso, name="asistencia"),
    path(f"{S}/asistencia/asiento/<int:asiento>/", asistencia.lista, name="lista"),
    path(f"{S}/asistencia/asiento/<int:asiento>/oficio/", asistencia.oficio, name="oficio"),
    path(f"{S}/asistencia/invitada/", asistencia.invitada, name="invitada"),
    path(f"{S}/asistencia/<int:asistencia>/", asistencia.asistente, name="asistente"),
    path(f"{S}/asistencia/<int:asistencia>/quitar/", asistencia.quitar_invitada, name="quitar_invitada"),
    path(f"{S}/asistencia/quorum/", asistencia.quorum, name="quorum"),
    path(f"{S}/asistencia/no-celebrada/", asistencia.no_celebrada, name="no_celebrada"),
    path(f"{S}/asistencia/rectificar/", asistencia.rectificar, name="rectificar"),
    path(f"{S}/asistencia/llegada/", asistencia.llegada, name="llegada"),
    path(f"{S}/asistencia/salida/", asistencia.salida, name="salida"),
    path(f"{S}/asistencia/movimiento/<int:movimiento>/", asistencia.movimiento, name="movimiento"),
    path(
        f"{S}/asistencia/movimiento/<int:movimiento>/quitar/",
        asistencia.quitar_movimiento,
        name="quitar_movimiento",
    ),
    path(f"{S}/orden/", orden.paso, name="orden"),
    path(f"{S}/orden/agregar/", orden.agregar, name="agregar_punto"),
    path(f"{S}/orden/<int:punto>/", orden.editar, name="editar_punto"),
    path(f"{S}/orden/<int:punto>/mover/", orden.mover, name="mover_punto"),
    path(f"{S}/orden/<int:punto>/quitar/", orden.quitar, name="quitar_punto"),
    path(f"{S}/desahogo/", desahogo.paso, name="desahogo"),
    path(f"{P}/", desahogo.ver, name="punto"),
    path(f"{P}/texto/", desahogo.texto, name="texto"),
    path(f"{P}/presencia/", desahogo.presencia, name="presencia"),
    path(f"{P}/resultado/", desahogo.resultado, name="resultado"),
    path(f"{P}/votacion/", desahogo.votar, name="votar"),
    path(f"{P}/votacion/<int:pk>/anular/", desahogo.quitar_votacion, name="quitar_votacion"),
    path(f"{P}/intervencion/", desahogo.intervenir, name="intervenir"),
    path(f"{P}/intervencion/<int:pk>/", desahogo.texto_intervencion, name="texto_intervencion"),
    path(f"{P}/intervencion/<int:pk>/quitar/", desahogo.quitar_intervencion, name="quitar_intervencion"),
    path(f"{P}/acuerdo/", desahogo.acordar, name="acordar"),
    path(f"{P}/acuerdo/<int:pk>/", desahogo.corregir_acuerdo, name="corregir_acuerdo"),
    path(f"{P}/acuerdo/<int:pk>/quitar/", desahogo.quitar_acuerdo, name="quitar_acuerdo"),
    path(f"{P}/acuerdo/<int:pk>/mover/", desahogo.mover_acuerdo, name="mover_acuerdo"),
    path(f"{P}/plazo/", desahogo.plazo, name="plazo"),
    path(f"{P}/plazo/<int:pk>/quitar/", desahogo.quitar_plazo, name="quitar_plazo"),
    path(f"{P}/anexo/", desahogo.anexar, name="anexar"),
    path(f"{P}/anexo/<int:pk>/quitar/", desahogo.quitar_anexo, name="quitar_anexo"),
    path(f"{P}/oficios/", desahogo.oficios, name="oficios"),
    path(f"{S}/cierre/", cierre.paso, name="cierre"),
    path(f"{S}/cierre/cerrar/", cierre.cerrar, name="cerrar"),
    path(f"{S}/cierre/reabrir/", cierre.reabrir, name="reabrir"),
    path(f"{S}/cierre/receso/", cierre.receso, name="receso"),
    path(f"{S}/cierre/receso/<int:pk>/quitar/", cierre.quitar_receso, name="quitar_receso"),
    path(f"{S}/cierre/firmas/", cierre.proponer_firmas, name="proponer_firmas"),
    path(f"{S}/cierre/firmas/agregar/", cierre.agregar_firmante, name="agregar_firmante"),
    path(f"{S}/cierre/firmas/asistente/<int:pk>/", cierre.firmar_asistente, name="firmar_asistente"),
    path(f"{S}/cierre/firmas/<int:pk>/explicar/", cierre.explicar, name="explicar"),
    path(f"{S}/cierre/firmas/<int:pk>/quitar/", cierre.quitar_firmante, name="quitar_firmante"),
]
