"""Las calificaciones que otros hacen de los municipios, por año y con su fuente."""

from municipios import models as m
from stl_portal.traspaso.recurso import Recurso


class Metricas(Recurso):
    """Quién mide y en qué unidad."""

    clave = "metricas"
    nombre = "Métricas"
    descripcion = "Una medición externa: de quién es, en qué unidad y entre qué valores."
    modelo = m.Metrica
    llave = ("organo", "clave")


class Valores(Recurso):
    """Lo que cada municipio obtuvo."""

    clave = "metricas-valores"
    nombre = "Valores de las métricas"
    descripcion = "Lo que un municipio obtuvo un año en una métrica."
    modelo = m.ValorDeMetrica
    llave = ("metrica", "municipio", "anio")


RECURSOS = (Metricas, Valores)
