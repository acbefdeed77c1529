"""Los datos abiertos: conjuntos, diccionario, catálogo, versiones e interfaz de lectura."""

from django.apps import AppConfig


class DatosConfig(AppConfig):
    """Aplicación de datos abiertos."""

    name = "stl_portal.datos"
    label = "datos"
    verbose_name = "Datos abiertos"

    def ready(self) -> None:
        """Apunta su lugar en la navegación y lo que de sus versiones se comprueba y se reconoce."""
        from stl_portal.publico import edicion, paginas_guardadas, registro

        from . import constancia, paginas_publicas

        registro.apuntar(registro.NAVEGACION, registro.Enlace("Datos", "/datos/", 60))
        paginas_guardadas.apuntar("datos:inicio datos:conjunto datos:catalogo interfaz:documentacion")
        paginas_guardadas.apuntar("datos:versiones", "page")
        edicion.apuntar_privadas({"datos_datoquitado": "Que se quitó algo no lo dice ninguna página."})
        paginas_publicas.registrar()
        constancia.registrar()
