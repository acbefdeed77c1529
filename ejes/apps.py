"""El plan de acción: ejes, compromisos, acciones, reportes y evidencias."""

from pathlib import Path

from django.apps import AppConfig

from stl_portal.publico import registro
from stl_portal.sello.registro import RECONOCEDORES, VERIFICADORES
from stl_portal.textos import registro as textos


class EjesConfig(AppConfig):
    """Aplicación del plan de acción."""

    name = "ejes"
    verbose_name = "Plan de acción"

    def ready(self) -> None:
        """Apunta su lugar en la navegación, lo que se comprueba y se reconoce, y su demostración."""
        from ejes import auditado, buscables, edicion_publica, mensajes, permisos
        from ejes.ciudadania import portal as ciudadania
        from ejes.cortes import publicar, reconocer
        from ejes.datos import portal as datos
        from ejes.gestion import en_espera, espacios
        from ejes.recursos import todos as recursos
        from ejes.reportes import evidencias, pendientes
        from ejes.revision import constancia_de_reportes, pendientes_de_revision
        from stl_portal.archivo.permisos import ACCESO, POR_DENTRO, QUIEN_SUBE

        from .demo.carga import cargar, cargar_municipales

        textos.apuntar(Path(__file__).with_name("textos_editables.toml"))
        registro.apuntar(registro.NAVEGACION, registro.Enlace("Plan de acción", "/plan/", 30))
        registro.apuntar(registro.DEMOSTRACION, cargar)
        registro.apuntar(registro.DEMOSTRACION_AL_FINAL, cargar_municipales)
        registro.apuntar(VERIFICADORES, publicar.fallas)
        registro.apuntar(RECONOCEDORES, reconocer.informe)
        registro.apuntar(ACCESO, publicar.puede_abrir)
        registro.apuntar(ACCESO, evidencias.puede_abrir)
        registro.apuntar(POR_DENTRO, evidencias.lee_por_dentro)
        registro.apuntar(registro.PENDIENTES, pendientes.de_quien_reporta)
        registro.apuntar(registro.ESPACIOS, pendientes.espacios)
        registro.apuntar(QUIEN_SUBE, permisos.prepara_alguno)
        auditado.registrar()
        mensajes.registrar()
        ciudadania.registrar()
        espacios.registrar()
        en_espera.registrar()
        edicion_publica.registrar()
        buscables.registrar()
        constancia_de_reportes.registrar()
        datos.registrar()
        pendientes_de_revision.registrar()
        recursos.registrar()
