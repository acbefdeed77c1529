"""Lo que ve la ciudadanía: sesiones, acuerdos e integrantes."""

from django.urls import path

from sesiones.views import (
    publico,
    publico_acta,
    publico_acuerdo,
    publico_anexos,
    publico_cita,
    publico_compendio,
    publico_convocatoria,
    publico_integrantes,
)

app_name = "sesiones"

S = "sesiones/<slug:organo>/<slug:sesion>"

urlpatterns = [
    path("sesiones/", publico.Lista.as_view(), name="lista"),
    path("sesiones/actas.zip", publico_compendio.actas, name="compendio"),
    path("sesiones/<slug:organo>/", publico.DelOrgano.as_view(), name="organo"),
    path(f"{S}/", publico.detalle, name="detalle"),
    path(f"{S}/cita.ics", publico_cita.cita, name="cita"),
    path(f"{S}/convocatoria.pdf", publico_convocatoria.convocatoria_pdf, name="convocatoria_pdf"),
    path(f"{S}/acta/", publico_acta.acta, name="acta"),
    path(f"{S}/anexos/<int:pk>/", publico_anexos.anexo, name="anexo"),
    path(f"{S}/acta.pdf", publico_acta.acta_pdf, name="acta_pdf"),
    path(f"{S}/acta.json", publico_acta.acta_json, name="acta_json"),
    path(f"{S}/acta.xml", publico_acta.acta_xml, name="acta_xml"),
    path("acuerdos/", publico.Acuerdos.as_view(), name="acuerdos"),
    path(
        "acuerdos/<slug:organo>/<slug:sesion>/<int:numero>/",
        publico_acuerdo.acuerdo,
        name="acuerdo",
    ),
    path("integrantes/", publico_integrantes.integrantes, name="integrantes"),
    path("integrantes/<slug:organo>/", publico_integrantes.del_organo, name="integrantes_de"),
    path("integrantes/<slug:organo>/historia/", publico_integrantes.historia, name="historia"),
    path("integrantes/<slug:organo>/asistencia/", publico_integrantes.asistencia, name="asistencia"),
]
