"""Donde se arman, se publican y se corrigen los informes anuales."""

from django.urls import path

from . import views_gestion as views

app_name = "informe_anual"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("<slug:organo>/empezar/", views.empezar, name="empezar"),
    path("<slug:clave>/", views.informe, name="informe"),
    path("<slug:clave>/guardar/", views.guardar, name="guardar"),
    path("<slug:clave>/apartados/<slug:apartado>/", views.apartado, name="apartado"),
    path("<slug:clave>/borrador.pdf", views.previa, name="previa"),
    path("<slug:clave>/publicar/", views.publicar, name="publicar"),
    path("<slug:clave>/corregir/", views.corregir, name="corregir"),
    path("<slug:clave>/descartar/", views.descartar, name="descartar"),
]
