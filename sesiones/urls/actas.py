"""El acta y los documentos que salen de ella, dentro de la mesa."""

from django.urls import path

from sesiones.views import actas

app_name = "actas"

S = "<slug:organo>/<slug:sesion>"

urlpatterns = [
    path(f"{S}/acta/", actas.paso, name="acta"),
    path(f"{S}/acta/previa/", actas.previa, name="previa"),
    path(f"{S}/acta/estilo/", actas.estilo, name="estilo"),
    path(f"{S}/acta/parrafos/<slug:clave>/", actas.parrafo, name="parrafos"),
    path(f"{S}/acta/revision/", actas.paso, name="revision"),
    path(f"{S}/acta/firma/", actas.paso, name="firma"),
    path(f"{S}/acta.pdf", actas.acta_pdf, name="acta_pdf"),
    path(f"{S}/convocatoria.pdf", actas.convocatoria_pdf, name="convocatoria_pdf"),
    path(f"{S}/acuerdo/<int:numero>/certificacion.pdf", actas.certificacion, name="certificacion"),
]
