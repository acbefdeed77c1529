"""Los textos que se editan sin programar."""

from pathlib import Path

from django.apps import AppConfig


class TextosConfig(AppConfig):
    """Sala «textos»."""

    name = "stl_portal.textos"
    label = "textos"
    verbose_name = "Textos del portal"

    def ready(self) -> None:
        """Apunta los de la casa, los de ejemplo y qué tablas no cambian lo público."""
        from stl_portal.publico import edicion, registro

        from . import demo, recursos
        from .registro import apuntar

        recursos.registrar()
        apuntar(Path(__file__).with_name("de_la_casa.toml"))
        edicion.apuntar_privadas({"textos_cambiodetexto": "La historia de un texto la lee quien lo edita."})
        registro.apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
