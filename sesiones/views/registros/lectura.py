"""Una fila completa, para leerla: también quien no captura puede conocer todo lo que rige."""

import datetime as dt
from typing import Any

from django.db.models import Model
from django.forms import BoundField, ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sesiones.forms.personas import PRIVADOS
from sesiones.forms.registros import ConRenglones
from sesiones.views.acceso import organo_o_404
from stl_portal.espanol import fecha_larga, mayuscula_inicial

from .celdas import si_no
from .generico import marco, registro_o_404
from .huella import VACIO
from .huella import en_palabras as dicho_en_la_forma

# Solo para quien captura: no se muestra a quien nada más consulta.
RESERVADOS = frozenset(PRIVADOS)


@require_safe
def ver(request: HttpRequest, organo: str, registro: str, pk: int) -> HttpResponse:
    """Todos los datos de la fila, con sus renglones."""
    del_organo = organo_o_404(request, organo)
    este = registro_o_404(registro, del_organo)
    fila = get_object_or_404(este.filas(del_organo), pk=pk)
    captura = este.quien_captura(request.user, del_organo, timezone.localdate())
    forma = este.forma(instance=fila, **este.argumentos(del_organo, timezone.localdate()))
    # El formulario ya retira lo que no toca a este órgano (el correo de quien también integra otro).
    nombres = dict.fromkeys((*(este.forma._meta.fields or ()), *este.forma.APARTE))
    campos = [c for c in nombres if c in forma.fields and (captura or c not in RESERVADOS)]
    contexto = marco(
        request,
        del_organo,
        registro=este,
        fila=fila,
        datos=[dato(fila, forma[campo]) for campo in campos],
        renglones=list(forma.hijos.get_queryset()) if isinstance(forma, ConRenglones) else [],
        titulo_renglones=getattr(este.forma, "TITULO_RENGLONES", ""),
        url_lista=este.url(del_organo),
        url_editar=este.url_de(fila, del_organo) if captura and not este.candado(fila, del_organo) else "",
    )
    return render(request, "sesiones/registros/ver.html", contexto)


def dato(fila: Model, campo: BoundField) -> dict[str, str]:
    """Un renglón de `componentes/lista_resumen.html`, con las palabras con que se pregunta."""
    if campo.name in getattr(campo.form, "APARTE", ()):
        valor = escrito_aparte(campo)
        return {"termino": mayuscula_inicial(str(campo.label)), "valor": valor}
    opciones = dict(getattr(campo.field, "choices", ())) if type(campo.field) is ChoiceField else {}
    valor = opciones.get(getattr(fila, campo.name)) or en_palabras(fila, campo.name)
    return {"termino": mayuscula_inicial(str(campo.label)), "valor": valor}


def escrito_aparte(campo: BoundField) -> str:
    """Lo que se guarda en otras filas, como lo dice la comparación; vacío si no hay nada."""
    dicho = dicho_en_la_forma(campo, campo.initial)
    return "" if dicho == VACIO else dicho


def en_palabras(fila: Any, nombre: str) -> str:
    """El valor como lo diría una persona."""
    valor = getattr(fila, nombre)
    if hasattr(fila, f"get_{nombre}_display"):
        return str(getattr(fila, f"get_{nombre}_display")() or "")
    if isinstance(valor, bool):
        return si_no(valor)
    if isinstance(valor, dt.datetime):
        return f"{fecha_larga(timezone.localtime(valor).date())}, {timezone.localtime(valor):%H:%M} h"
    return fecha_larga(valor) if isinstance(valor, dt.date) else "" if valor is None else str(valor)
