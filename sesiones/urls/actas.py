"""El acta y los documentos que salen de ella, dentro de la mesa."""

from django.urls import path

from sesiones.views import actas, anexos, firma, publicar_anexos, revision, testado, vida

app_name = "actas"

S = "<slug:organo>/<slug:sesion>"
A = f"{S}/acta/anexos/<int:pk>"

urlpatterns = [
    path(f"{S}/acta/", actas.paso, name="acta"),
    path(f"{S}/acta/previa/", actas.previa, name="previa"),
    path(f"{S}/acta/estilo/", actas.estilo, name="estilo"),
    path(f"{S}/acta/parrafos/<slug:clave>/", actas.parrafo, name="parrafos"),
    path(f"{S}/acta/revision/", revision.pagina, name="revision"),
    path(f"{S}/acta/revision/circular/", revision.circular, name="circular"),
    path(f"{S}/acta/revision/cerrar/", revision.cerrar, name="cerrar_revision"),
    path(f"{S}/acta/revision/observar/", revision.observar, name="observar"),
    path(f"{S}/acta/revision/conforme/", revision.conformar, name="conformar"),
    path(f"{S}/acta/revision/observaciones/<int:pk>/retirar/", revision.retirar, name="retirar"),
    path(f"{S}/acta/revision/observaciones/<int:pk>/atender/", revision.atender, name="atender"),
    path(f"{S}/acta/revision/cambios/<int:numero>/", revision.cambios, name="cambios"),
    path(f"{S}/acta/firma/", firma.hoja, name="firma"),
    path(f"{S}/acta/firma/escaneo/", firma.escaneo, name="escaneo"),
    path(f"{S}/acta/firma/<int:lugar>/simple/", firma.simple, name="firmar_simple"),
    path(f"{S}/acta/firma/<int:lugar>/negarse/", firma.negarse, name="negarse"),
    path(f"{S}/acta/firma/<int:lugar>/preparar/", firma.preparar, name="preparar_firma"),
    path(f"{S}/acta/firma/<int:lugar>/terminar/", firma.terminar, name="terminar_firma"),
    path(f"{S}/acta/aprobar/", vida.aprobar, name="aprobar"),
    path(f"{S}/acta/devolver/", vida.devolver, name="devolver"),
    path(f"{S}/acta/descartar/", vida.descartar, name="descartar"),
    path(f"{S}/acta/sellar/", vida.confirmar_sello, name="sellar"),
    path(f"{S}/acta/publicar/", vida.confirmar_publicacion, name="publicar"),
    path(f"{S}/acta/publica/", testado.pagina, name="publica"),
    path(f"{S}/acta/publica/previa.pdf", testado.previa, name="publica_previa"),
    path(f"{S}/acta/publica/ignorar/", testado.ignorar, name="ignorar_sugerencia"),
    path(f"{S}/acta/publica/<int:pk>/quitar/", testado.quitar, name="quitar_testado"),
    path(f"{S}/acta/corregir/", vida.corregir, name="corregir"),
    path(f"{S}/acta/anexos/", anexos.lista, name="anexos"),
    path(f"{A}/", anexos.anexo, name="anexo"),
    path(f"{A}/paginas/<int:numero>.png", anexos.pagina, name="pagina_de_anexo"),
    path(f"{A}/marcar/", anexos.marcar, name="marcar_anexo"),
    path(f"{A}/buscar/", anexos.buscar, name="buscar_en_anexo"),
    path(f"{A}/zonas/<int:zona>/quitar/", anexos.desmarcar, name="desmarcar_anexo"),
    path(f"{A}/copia/", anexos.copia, name="copia_de_anexo"),
    *(
        path(f"{A}/{decision}/", publicar_anexos.decidir, {"decision": decision}, name=f"{decision}_anexo")
        for decision in publicar_anexos.DECISIONES
    ),
    path(f"{S}/acta.pdf", actas.acta_pdf, name="acta_pdf"),
    path(f"{S}/acta.json", actas.acta_json, name="acta_json"),
    path(f"{S}/acta.xml", actas.acta_xml, name="acta_xml"),
    path(f"{S}/convocatoria.pdf", actas.convocatoria_pdf, name="convocatoria_pdf"),
    path(f"{S}/acuerdo/<int:numero>/certificacion.pdf", actas.certificacion, name="certificacion"),
]
