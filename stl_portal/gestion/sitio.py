"""El sitio de los registros: toda tabla del portal, con su búsqueda, sus filtros y su historia.

Usa django-unfold sin su Alpine ni su htmx: piden evaluar texto como programa, y la política de contenido no
lo permite ni aquí. Lo que hacían esos programas (menús y filtros que se abren) lo hace HTML.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from unfold.sites import UnfoldAdminSite

from stl_portal.espanol import llano

from . import permisos, puerta

# No hay segunda entrada ni otra página de contraseña; la búsqueda de unfold y el salto a la página pública
# dependen de programas y de una aplicación (sites) que no usamos.
SOBRAN = {"login", "logout", "password_change", "password_change_done", "search", "view_on_site"}

# Cómo se llama lo que traen las bibliotecas, que no se puede renombrar en su aplicación.
DE_BIBLIOTECAS = {
    "account": "Correos de las cuentas",
    "mfa": "Verificación en dos pasos",
    "admin": "Historia de la administración",
    "django_tasks_database": "Trabajos en segundo plano",
}


class Sitio(UnfoldAdminSite):
    """Los registros del portal. Quién pasa lo decide `puerta`."""

    site_header = site_title = "Administración del portal"
    index_title = "Registros"
    index_template = "gestion/registros.html"
    app_index_template = "gestion/registros.html"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Quien administra el portal."""
        return permisos.administra(request.user)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Cada vista, detrás de la puerta del portal: 404 y segundo factor antes que nada."""
        protegida = super().admin_view(view, cacheable)

        @wraps(view)
        def pasar(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            puerta.exigir(request)
            return protegida(request, *args, **kwargs)

        return pasar

    def get_urls(self) -> list[Any]:
        """Las de los modelos, sin las de entrar, salir y cambiar la contraseña."""
        return [una for una in super().get_urls() if getattr(una, "name", None) not in SOBRAN]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Con `?q=`, solo los registros que se llaman así, sin fijarse en acentos ni mayúsculas.

        Una parte del portal que se llama así da su liga, no todos sus registros: serían decenas.
        """
        buscado = request.GET.get("q", "").strip()[:100]
        apps = self.get_app_list(request)
        hallados = []
        for app in apps:
            modelos = [modelo for modelo in app["models"] if _dice(modelo["name"], buscado)]
            if modelos:
                hallados.append(app | {"models": modelos})
        partes = [app for app in apps if buscado and _dice(app["name"], buscado)]
        contexto = {"buscado": buscado, "app_list": hallados, "partes": partes, "entero": True}
        return super().index(request, contexto | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Con los nombres del dominio, también lo que traen las bibliotecas."""
        lista: list[dict[str, Any]] = super().get_app_list(request, app_label)
        for aplicacion in lista:
            aplicacion["name"] = DE_BIBLIOTECAS.get(aplicacion["app_label"], aplicacion["name"])
            for modelo in aplicacion["models"]:
                modelo["name"] = capfirst(self._registry[modelo["model"]].plural)
        return lista

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Sin colores en línea: los pone `css/registros.css`."""
        return super().each_context(request) | {"colors": {}, "border_radius": None}


def _dice(nombre: str, buscado: str) -> bool:
    """Si trae cada palabra, en el orden que sea."""
    dicho = llano(nombre)
    return all(palabra in dicho for palabra in llano(buscado).split())


sitio = Sitio()


def apuntar(*modelos: type[Model]) -> Callable[[type[Any]], type[Any]]:
    """Decorador: esa clase administra esos modelos."""

    def envolver(clase: type[Any]) -> type[Any]:
        sitio.register(modelos, clase)
        return clase

    return envolver
