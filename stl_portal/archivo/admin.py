"""Los archivos en los registros: de qué son y cuánto pesan; se abren donde cada uno se usa."""

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Archivo, CopiaPublica, Subida, ZonaTestada


@apuntar(Archivo)
class Archivos(Consulta):
    """Lo recibido, con su huella y lo que se advirtió al revisarlo."""

    nota = "Un archivo nunca se reemplaza: se sube otro. Se abre donde se usa, con el permiso de ahí."
    list_display = ("nombre", "tipo", "tamano", "paginas", "subido_por", "subido_el")
    list_filter = ("tipo", "subido_el")
    search_fields = ("nombre", "huella", "subido_por__nombre")
    ordering = ("-pk",)


@apuntar(ZonaTestada)
class Zonas(Consulta):
    """Lo que de un archivo no se publica, con su motivo."""

    nota = "Se marca y se quita en la página del anexo."
    list_display = ("archivo", "pagina", "motivo", "fundamento", "por", "creada_el")
    list_filter = ("creada_el",)
    search_fields = ("archivo__nombre", "motivo", "fundamento")


@apuntar(CopiaPublica)
class Copias(Consulta):
    """La copia testada de un archivo."""

    list_display = ("original", "publico", "hecha_el", "hecha_por")
    list_filter = ("hecha_el",)
    search_fields = ("original__nombre",)


@apuntar(Subida)
class Subidas(Consulta):
    """Lo que se está subiendo en partes, o se quedó a medias."""

    nota = "Caduca sola; la recibe y la termina quien la empezó."
    list_display = ("nombre", "por", "recibido", "tamano", "empezada_el", "caduca_el", "archivo")
    list_filter = ("empezada_el",)
    search_fields = ("nombre", "por__nombre")
