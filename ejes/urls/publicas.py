"""El plan de acción, para cualquiera."""

from django.urls import path

from ejes.views import plan as views

app_name = "ejes"

P = "<slug:plan>"

urlpatterns = [
    path("", views.planes, name="planes"),
    path(f"{P}/", views.plan, name="plan"),
    path(f"{P}/eje/<int:numero>/", views.eje, name="eje"),
    path(f"{P}/compromiso/<int:eje>.<int:numero>/", views.compromiso, name="compromiso"),
    path(f"{P}/informe/<int:numero>/", views.informe, name="informe"),
    path(f"{P}/informe/<int:numero>.pdf", views.informe_pdf, name="informe_pdf"),
    path(f"{P}/informe/<int:numero>.json", views.informe_json, name="informe_json"),
]
