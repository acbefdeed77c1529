"""Los reportes bimestrales, para quien los prepara."""

from django.urls import path

from ejes.views import encargos, evidencias, reportes

app_name = "reportes"

R = "<int:pk>"
E = f"{R}/evidencias/<int:evidencia>"

urlpatterns = [
    path("", reportes.inicio, name="inicio"),
    path("encargos/", encargos.pagina, name="encargos"),
    path("encargos/<int:pk>/terminar/", encargos.terminar, name="terminar_encargo"),
    path("encargos/asiento/<int:asiento>/", encargos.dar, name="encargar"),
    path("empezar/<int:bimestre>/<int:eje>/<int:asiento>/", reportes.iniciar, name="iniciar"),
    path(f"{R}/", reportes.reporte, name="reporte"),
    path(f"{R}/enviar/", reportes.enviar, name="enviar"),
    path(f"{R}/indicadores/", reportes.indicadores, name="indicadores"),
    path(f"{R}/indicadores/guardar/", reportes.guardar_indicadores, name="guardar_indicadores"),
    path(f"{R}/avances/", reportes.avances, name="avances"),
    path(f"{R}/avances/guardar/", reportes.guardar_avances, name="guardar_avances"),
    path(f"{R}/guardar/<slug:paso>/<slug:clave>/", reportes.guardar_fila, name="guardar_fila"),
    path(f"{R}/evidencias/", evidencias.pagina, name="evidencias"),
    path(f"{R}/evidencias/subir/", evidencias.subir, name="subir"),
    path(f"{R}/evidencias/ligar/", evidencias.ligar, name="ligar"),
    path(f"{R}/evidencias/reusar/", evidencias.reusar, name="reusar"),
    path(f"{E}/", evidencias.evidencia, name="evidencia"),
    path(f"{E}/editar/", evidencias.editar, name="editar_evidencia"),
    path(f"{E}/sustituir/", evidencias.sustituir, name="sustituir"),
    path(f"{E}/quitar/", evidencias.quitar, name="quitar"),
]
