"""Cómo se ve un modelo en los registros: se consulta entero, menos sus secretos, y no se cambia.

Es lo normal: lo sellado no cambia, y lo que cambia con un verbo (convocar, publicar) se cambia en su
página, que hace las preguntas del caso. Lo que se captura aquí mismo hereda de `captura.Captura`.
"""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib.admin import ShowFacets, display
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from unfold.admin import ModelAdmin

SELLADO = "Está sellado: ni esta página ni la base de datos dejan cambiarlo o borrarlo."
ELIGE_QUE = [("", "Elige qué hacer")]
# Para leerse a distancia no sirven: bytes de documentos, certificados y firmas.
ILEGIBLES = (models.BinaryField,)


class Consulta(ModelAdmin):
    """Lista y ficha de solo lectura.

    `ocultos` son los campos que jamás se muestran; `con`, las relaciones que la lista o la ficha dicen y se
    traen en la misma consulta, además de las directas; `tambien`, las de muchos a muchos que se enseñan.
    `nombre` y `nombres` son el singular y el plural, si el modelo no los dice bien.
    """

    con: ClassVar[tuple[str, ...]] = ()
    ocultos: ClassVar[tuple[str, ...]] = ()
    tambien: ClassVar[tuple[str, ...]] = ()
    nota: ClassVar[str] = "Aquí se consulta; se cambia en la página donde se trabaja."
    nombre: ClassVar[str] = ""
    nombres: ClassVar[str] = ""

    change_list_template = "gestion/lista.html"
    change_form_before_template = "gestion/_nota.html"
    empty_value_display = "—"
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    view_on_site = False
    compressed_fields = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Quien pasó la puerta ve todos los registros."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Igual que `has_module_permission`."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nada nace aquí."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nada se cambia aquí."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nada se borra aquí: lo publicado se corrige con otra fila, y lo demás se quita en su página."""
        return False

    @property
    def singular(self) -> str:
        """Cómo se llama uno."""
        return self.nombre or str(self.opts.verbose_name)

    @property
    def plural(self) -> str:
        """Cómo se llaman muchos."""
        return self.nombres or str(self.opts.verbose_name_plural)

    @property
    def aviso(self) -> str:
        """Lo que hay que saber antes de leer o cambiar."""
        return SELLADO if getattr(self.model, "SELLADA", None) else self.nota

    def titulo(self, obj: Any) -> str:
        """Cómo se llama la fila en su ficha."""
        return str(obj)

    def donde(self, obj: Any) -> str:
        """La página del portal donde se ve o se trabaja; vacía si no tiene una sola."""
        propia = getattr(obj, "get_absolute_url", None)
        return str(propia()) if propia else ""

    def get_queryset(self, request: HttpRequest) -> Any:
        """Con sus relaciones y sin los bytes que no se enseñan."""
        campos = self.model._meta.concrete_fields
        directas = [c.name for c in campos if c.is_relation]
        pesados = [c.name for c in campos if isinstance(c, ILEGIBLES)]
        return super().get_queryset(request).select_related(*directas, *self.con).defer(*pesados)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Todos los campos, menos los secretos y los bytes."""
        visibles = [
            c.name
            for c in self.model._meta.concrete_fields
            if not isinstance(c, ILEGIBLES) and c.name not in self.ocultos and not _es_numero_interno(c)
        ]
        return [*visibles, *self.tambien]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Los mismos campos; los de JSON, con sangría y sin los colores en línea que les pone unfold."""
        grupos = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return grupos
        campos = self.model._meta.concrete_fields
        dichos = {c.name: _en_renglones(c) for c in campos if isinstance(c, models.JSONField)}
        return [
            (titulo, {**suyo, "fields": [dichos.get(nombre, nombre) for nombre in suyo["fields"]]})
            for titulo, suyo in grupos
        ]

    def get_actions(self, request: HttpRequest) -> Any:
        """Solo las que el modelo declara: la de borrar, que trae Django, no."""
        return {c: accion for c, accion in super().get_actions(request).items() if c != "delete_selected"}

    def get_action_choices(self, request: HttpRequest, default_choices: Any = ELIGE_QUE) -> Any:
        """Las acciones, con lo vacío dicho en español."""
        return super().get_action_choices(request, default_choices)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """La lista, con el nombre del modelo por título."""
        titulo = {"title": capfirst(self.plural), "subtitle": None}
        return super().changelist_view(request, titulo | (extra_context or {}))

    def render_change_form(self, request: HttpRequest, context: Any, **kwargs: Any) -> HttpResponse:
        """La ficha, con la liga a donde se trabaja; con errores se contesta 422."""
        obj = kwargs.get("obj")
        context["donde"] = self.donde(obj) if obj is not None else ""
        context["title"] = self.titulo(obj) if obj is not None else f"Agregar {self.singular}"
        context["subtitle"] = None
        respuesta: TemplateResponse = super().render_change_form(request, context, **kwargs)
        if context.get("errors"):
            respuesta.status_code = 422
        return respuesta

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """La historia, con el mismo nombre que la ficha."""
        obj = self.get_object(request, unquote(object_id))
        titulo = {"title": f"Historia de cambios: {self.titulo(obj)}"} if obj is not None else {}
        return super().history_view(request, object_id, titulo | (extra_context or {}))

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: Any) -> Any:
        """Lo que no existe es un 404; Django regresaría al principio con un aviso."""
        raise Http404


class Historia(Consulta):
    """Los renglones de historia de algo con estado."""

    nota = "Cada renglón se escribió al dar el paso y no se corrige."
    list_display = ("objeto", "verbo", "de", "a", "por", "cuando")
    list_filter = ("verbo", "a", "cuando")
    search_fields = ("nota", "por__nombre")
    ordering = ("-pk",)


def _es_numero_interno(campo: Any) -> bool:
    """La clave que pone la base no le dice nada a nadie."""
    return isinstance(campo, models.AutoField)


def _en_renglones(campo: Any) -> Callable[[Any], SafeString | None]:
    """Ese campo de JSON como se lee, con su mismo nombre y su misma ayuda; lo que no hay, vacío."""

    @display(description=campo.verbose_name, empty_value="—")
    def dicho(obj: Any) -> SafeString | None:
        valor = campo.value_from_object(obj)
        if valor is None:
            return None
        escrito = json.dumps(valor, ensure_ascii=False, indent=2, sort_keys=True, cls=campo.encoder)
        return format_html("<pre>{}</pre>", escrito)

    dicho.__name__ = campo.name
    return dicho
