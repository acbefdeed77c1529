"""Las páginas de la casa que se guardan ya compuestas; las de cada aplicación, en su `edicion_publica.py`."""

from .paginas_guardadas import apuntar
from .parametros import declarar


def apuntar_todo() -> None:
    """Portada, textos fijos y registro público."""
    apuntar("inicio ayuda accesibilidad privacidad mapa_del_sitio parte_del_mapa robots")
    apuntar("registro:lista", "page")
    apuntar("calendario:inicio calendario:mes", "organo")
    apuntar("calendario:ics calendario:ics_de_organo novedades:atom novedades:atom_de_organo")
    apuntar("novedades:inicio novedades:semana", "organo", filtran="clase")
    declarar("archivo:ver", "hoja")  # no se guarda: quién lo abre depende de quién lo pide
    apuntar(
        "registro:eslabon registro:eslabon_json registro:contenido registro:prueba registro:ultimo_punto "
        "registro:punto registro:continuidad registro:clave registro:comprobar registro:verificador"
    )
