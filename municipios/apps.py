"""Los 46 municipios y el avance hacia su propio secretariado."""

from pathlib import Path

from django.apps import AppConfig

from stl_portal.publico import registro
from stl_portal.sello.registro import VERIFICADORES
from stl_portal.textos import registro as textos


class MunicipiosConfig(AppConfig):
    """Aplicación de municipios."""

    name = "municipios"
    verbose_name = "Municipios"

    def ready(self) -> None:
        """Apunta su lugar en la navegación y lo que carga con la demostración."""
        from municipios import auditado, buscables, edicion_publica, en_espera, espacios, mensajes
        from municipios.ciudadania import citas, enlazada, mapa_del_sitio, parecidas, portada, que_cambio
        from municipios.conjuntos import portal as conjuntos
        from municipios.cortes import presentados, publicar, reconocer, seguidores
        from municipios.eventos.materiales import DE_CAPACITACIONES
        from municipios.recursos import todos as recursos

        from .carga import cargar_en_demo, para_fundar
        from .demo import avance
        from .demo.leon.carga import cargar_en_demo as cargar_leon
        from .informes import portal as informes

        textos.apuntar(Path(__file__).with_name("textos_editables.toml"))
        registro.apuntar(registro.NAVEGACION, registro.Enlace("Municipios", "/municipios/", 40))
        registro.apuntar(registro.DEMOSTRACION, cargar_en_demo)
        registro.apuntar(registro.DEMOSTRACION, avance.cargar)
        registro.apuntar(registro.DEMOSTRACION, cargar_leon)
        registro.apuntar(registro.MUNICIPIOS, para_fundar)
        auditado.registrar()
        mensajes.registrar()
        informes.registrar()
        portada.registrar()
        citas.registrar()
        que_cambio.registrar()
        mapa_del_sitio.registrar()
        enlazada.registrar()
        parecidas.registrar()
        espacios.registrar()
        en_espera.registrar()
        edicion_publica.registrar()
        buscables.registrar()
        DE_CAPACITACIONES.registrar()
        registro.apuntar(registro.DE_PUNTOS, presentados.de_puntos)
        registro.apuntar(VERIFICADORES, publicar.fallas)
        reconocer.registrar()
        seguidores.registrar()
        conjuntos.registrar()
        recursos.registrar()
