"""Exportar e importar; «todo» e «importaciones» no son el nombre de ningún recurso."""

from django.urls import path

from . import views, views_importacion

app_name = "traspaso"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("todo.zip", views.exportar_todo, name="exportar_todo"),
    path("importaciones/<uuid:clave>/", views_importacion.importacion, name="importacion"),
    path("importaciones/<uuid:clave>/confirmar/", views_importacion.confirmar, name="confirmar"),
    path("importaciones/<uuid:clave>/descartar/", views_importacion.descartar, name="descartar"),
    path("importaciones/<uuid:clave>/repetir/", views_importacion.repetir, name="repetir"),
    path("importaciones/<uuid:clave>/deshacer/", views_importacion.deshacer, name="deshacer"),
    path("importaciones/<uuid:clave>/resultado.csv", views_importacion.resultado, name="resultado"),
    path("<slug:recurso>/importar/", views.importar, name="importar"),
    path("<slug:recurso>.csv", views.exportar_csv, name="exportar_csv"),
    path("<slug:recurso>.xlsx", views.exportar_xlsx, name="exportar_xlsx"),
]
