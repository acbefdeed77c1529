"""Direcciones del portal: estables, en español y citables."""

from django.urls import include, path

from stl_portal.avisos.elegir import mis_avisos

urlpatterns = [
    path("", include("stl_portal.publico.urls")),
    path("", include("stl_portal.observa.urls")),
    path("", include("stl_portal.cuentas.urls")),
    path("archivos/", include("stl_portal.archivo.urls")),
    path("avisos/", include("stl_portal.avisos.urls")),
    path("seguir/", include("stl_portal.avisos.urls_seguir")),
    path("mi/avisos/", mis_avisos, name="mis_avisos"),
    path("gestion/avisos/", include("stl_portal.avisos.urls_gestion")),
    path("correo/", include("stl_portal.avisos.urls_buzon")),  # 404 fuera de la demostración
    path("registro/", include("stl_portal.sello.urls")),
    path("", include("stl_portal.calendario.urls")),
    path("", include("stl_portal.novedades.urls")),
    path("buscar/", include("stl_portal.buscador.urls")),
    path("datos/formatos/", include("stl_portal.formatos.urls")),  # antes que `datos/<conjunto>/`
    path("datos/", include("stl_portal.datos.urls")),
    path("api/v1/", include("stl_portal.datos.api.urls")),
    path("api/", include("stl_portal.datos.api.urls_pagina")),
    path("preguntas/", include("stl_portal.participacion.urls")),
    path("informes/", include("stl_portal.informe_anual.urls")),
    path("mesa/", include("sesiones.urls.registros")),  # antes que `<organo>/<sesion>/`
    path("mesa/", include("sesiones.urls.actas")),
    path("mesa/", include("sesiones.urls.mesa")),
    path("", include("sesiones.urls.publicas")),
    path("agenda/", include("sesiones.eventos.urls")),
    path("verificar/", include("sesiones.urls.verificar")),
    path("convocatorias/", include("sesiones.certamenes.urls.publicas")),
    path("mi/convocatorias/", include("sesiones.certamenes.urls.comite")),
    path("plan/", include("ejes.urls.publicas")),
    path("reportes/revision/", include("ejes.urls.revision")),
    path("reportes/", include("ejes.urls.reportes")),
    path("gestion/traspaso/", include("stl_portal.traspaso.urls")),
    path("gestion/agenda/", include("sesiones.eventos.urls_gestion")),
    path("gestion/auditoria/", include("stl_portal.auditoria.urls")),
    path("gestion/", include("stl_portal.gestion.urls")),
    path("gestion/textos/", include("stl_portal.textos.urls")),
    path("gestion/organos/", include("sesiones.urls.gestion")),
    path("gestion/actas-historicas/", include("sesiones.historicas.urls")),
    path("gestion/convocatorias/", include("sesiones.certamenes.urls.gestion")),
    path("gestion/preguntas/", include("stl_portal.participacion.urls_gestion")),
    path("gestion/informe-anual/", include("stl_portal.informe_anual.urls_gestion")),
    path("gestion/plan/", include("ejes.urls.gestion")),
    path("gestion/cortes/", include("ejes.urls.cortes")),
    path("gestion/municipios/cortes/", include("municipios.urls.cortes")),
    path("gestion/municipios/", include("municipios.urls.gestion")),
    path("gestion/informes/", include("municipios.urls.informes")),
    path("municipios/", include("municipios.urls.publicas")),
]

handler400 = "stl_portal.publico.errores.peticion_invalida"
handler403 = "stl_portal.publico.errores.sin_permiso"
handler404 = "stl_portal.publico.errores.no_encontrada"
handler429 = "stl_portal.publico.errores.demasiadas_veces"  # lo busca allauth
handler500 = "stl_portal.publico.errores.fallo"
