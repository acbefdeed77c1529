"""Los informes trimestrales que cualquiera lee: la lista y la página de cada uno."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from municipios.forms.filtros import FiltroInformes
from municipios.informes import publicados
from municipios.informes.escribir import meses_de
from municipios.informes.presentar import se_tomo_nota
from municipios.models import InformeTrimestral, Municipio
from sesiones.forms.filtros import Filtro
from sesiones.views.publico import ConFiltro


class Lista(ConFiltro):
    """Todos los publicados, del trimestre más reciente al más viejo."""

    template_name = "municipios/informes/publicados.html"
    context_object_name = "informes"

    def hacer_filtro(self) -> Filtro:
        """Por municipio y año."""
        return FiltroInformes(self.request.GET)

    @property
    def queryset(self) -> QuerySet[InformeTrimestral]:  # type: ignore[override]
        """Se arma en cada petición: lo publicado cambia."""
        return publicados.publicados()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Cada informe con el nombre que hoy tiene su órgano y el municipio del que es."""
        contexto = super().get_context_data(**kwargs)
        hoy, filas = timezone.localdate(), list(contexto["informes"])
        claves = {fila.organo.clave_municipio for fila in filas}
        nombres = dict(Municipio.objects.filter(clave__in=claves).values_list("clave", "nombre"))
        contexto["renglones"] = [
            {
                "informe": fila,
                "url": publicados.url_de(fila),
                "organo": fila.organo.denominacion(hoy).nombre,
                "municipio": nombres.get(fila.organo.clave_municipio, ""),
            }
            for fila in filas
        ]
        return contexto


@require_safe
def detalle(request: HttpRequest, organo: str, numero: int) -> HttpResponse:
    """El informe mes por mes y su PDF; si se publicó testado, solo su PDF."""
    filas = publicados.publicados().select_related("anexo__punto").defer("anexo__punto__desahogo")
    informe = get_object_or_404(filas, organo__clave=organo, numero=numero)
    anexo: Any = informe.anexo  # lo publicado lo tiene: lo garantiza la base
    sesion = anexo.sesion
    sesion.organo = informe.organo
    completo = publicados.se_lee_completo(informe)
    contexto = {
        "informe": informe,
        "denominacion": informe.organo.denominacion(sesion.fecha),
        "sesion": sesion,
        "tomo_nota": se_tomo_nota(informe),
        "archivo": publicados.archivo_publico(informe),
        "meses": meses_de(informe) if completo else [],
        "municipio": Municipio.objects.filter(clave=informe.organo.clave_municipio).first(),
        "migas": [
            ("Municipios", reverse("municipios:lista")),
            ("Informes trimestrales", reverse("municipios:informes")),
        ],
    }
    return render(request, "municipios/informes/publico.html", contexto)
