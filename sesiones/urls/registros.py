"""La casa de cada órgano en la mesa y sus registros.

Va antes que `<organo>/<sesion>/`: ninguna clave de sesión es «sesiones», «registros», «asientos»,
«calendarios», «textos», «invitaciones» ni «acuerdos» (todas empiezan con su número).
"""

from django.urls import path

from sesiones.views.registros import (
    asiento,
    calendario,
    generico,
    invitados,
    lectura,
    organo,
    seguimiento,
    textos,
)

app_name = "registros"

O = "<slug:organo>"  # noqa: E741  # se lee como en las demás direcciones: S sesión, P punto, O órgano
R = f"{O}/registros/<slug:registro>"
C = f"{O}/calendarios/<int:pk>"

urlpatterns = [
    path("", organo.inicio, name="inicio"),
    path(f"{O}/", organo.casa, name="organo"),
    path(f"{O}/sesiones/", organo.sesiones, name="sesiones"),
    path(f"{O}/acuerdos/", seguimiento.lista, name="acuerdos"),
    path(f"{O}/acuerdos/<int:pk>/", seguimiento.ficha, name="acuerdo"),
    path(f"{O}/invitaciones/", invitados.pendientes, name="invitaciones"),
    path(f"{O}/asientos/<int:pk>/", asiento.ficha, name="asiento"),
    path(f"{C}/", calendario.ficha, name="calendario"),
    path(f"{C}/aprobar/", calendario.aprobar, name="aprobar_calendario"),
    path(f"{C}/enmendar/", calendario.enmendar, name="enmendar_calendario"),
    path(f"{C}/programar/<int:fecha>/", calendario.programar, name="programar"),
    path(f"{O}/textos/", textos.inicio, name="textos"),
    path(f"{O}/textos/<str:formula>/", textos.texto, name="texto"),
    path(f"{R}/<int:pk>/mover/", textos.mover, name="mover"),
    path(f"{R}/", generico.lista, name="lista"),
    path(f"{R}/nuevo/", generico.nuevo, name="nuevo"),
    path(f"{R}/<int:pk>/", generico.editar, name="editar"),
    path(f"{R}/<int:pk>/ver/", lectura.ver, name="ver"),
    path(f"{R}/<int:pk>/terminar/", generico.terminar, name="terminar"),
    path(f"{R}/<int:pk>/quitar/", generico.quitar, name="quitar"),
]
