"""Lo que administra quien lleva varios órganos."""

from django.urls import path

from sesiones.views import fundar

app_name = "organos"

urlpatterns = [
    path("<slug:organo>/nuevo/", fundar.fundar, name="fundar"),
]
