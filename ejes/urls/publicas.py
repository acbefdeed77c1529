"""El plan de acción, para cualquiera."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.decorators.http import conditional_page, require_safe

from ejes.views import comparar, publico
from ejes.views import plan as views
from ejes.views.novedades import Novedades


class CodigoDeAccion(StringConverter):
    """«1.5.3»: eje, compromiso y acción."""

    regex = r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}"


register_converter(CodigoDeAccion, "codigo_de_accion")

app_name = "ejes"

P = "<slug:plan>"

urlpatterns = [
    path("", views.planes, name="planes"),
    path("novedades.atom", conditional_page(require_safe(Novedades())), name="novedades"),
    path(f"{P}/", views.plan, name="plan"),
    path(f"{P}/eje/<int:numero>/", views.eje, name="eje"),
    path(f"{P}/compromiso/<int:eje>.<int:numero>/", views.compromiso, name="compromiso"),
    path(f"{P}/informe/<int:numero>/", views.informe, name="informe"),
    path(f"{P}/informe/<int:numero>/cambios/", comparar.cambios, name="comparar"),
    path(f"{P}/informe/<int:numero>.pdf", views.informe_pdf, name="informe_pdf"),
    path(f"{P}/informe/<int:numero>.json", views.informe_json, name="informe_json"),
    path(f"{P}/bimestre/<int:numero>/", publico.bimestre, name="bimestre"),
    path(f"{P}/accion/<codigo_de_accion:codigo>/", publico.accion, name="accion"),
    path(f"{P}/reporte/<int:pk>/", publico.reporte, name="reporte"),
    path(f"{P}/reporte/<int:pk>.pdf", publico.reporte_pdf, name="reporte_pdf"),
    path(f"{P}/reporte/<int:pk>.json", publico.reporte_json, name="reporte_json"),
    path(f"{P}/evidencia/<int:pk>/", publico.evidencia, name="evidencia"),
]
