"""Moderar y responder."""

from django.urls import path

from . import views_gestion as views

app_name = "moderar"

urlpatterns = [
    path("", views.inicio, name="inicio"),
    path("<int:pk>/", views.pregunta, name="pregunta"),
    path("<int:pk>/publicar/", views.publicar, name="publicar"),
    path("<int:pk>/rechazar/", views.rechazar, name="rechazar"),
    path("<int:pk>/responder/", views.responder, name="responder"),
    path("<int:pk>/retirar/", views.retirar, name="retirar"),
]
