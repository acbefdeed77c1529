"""Lo que cualquiera lee: las convocatorias públicas, sus bases, su plazo y sus resultados."""

from django.db.models import Case, F, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sesiones.certamenes.lectura import Leida, leidas
from sesiones.certamenes.models import Certamen
from stl_portal.paginacion import pagina_pedida

POR_PAGINA = 20


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Primero las que reciben, la que cierra antes por delante; luego las demás, de nuevas a viejas."""
    ahora = timezone.now()
    abiertas = Certamen.objects.abiertos(ahora).values("pk")
    filas = Certamen.objects.publicos().con_organo()
    filas = filas.annotate(
        cierra=Case(When(pk__in=abiertas, then=F("cierra_el"))),
        despues=Case(When(pk__in=abiertas, then=Value(0)), default=Value(1)),
    ).order_by("despues", "cierra", "-publicada_el", "-pk")
    pagina = pagina_pedida(request, filas, POR_PAGINA)
    contexto = {"pagina": pagina, "leidas": leidas(pagina, ahora)}
    return render(request, "certamenes/lista.html", contexto)


@require_safe
def certamen(request: HttpRequest, organo: str, clave: str) -> HttpResponse:
    """Una, con sus bases, cuánto falta y, si ya se publicaron, sus resultados."""
    leida = Leida(publicada_o_404(organo, clave), timezone.now())
    return render(request, "certamenes/certamen.html", {"leida": leida, "c": leida.certamen})


def publicada_o_404(organo: str, clave: str) -> Certamen:
    """La que cualquiera lee; lo demás, para nadie existe."""
    filas = Certamen.objects.publicos().con_organo().select_related("documento")
    return get_object_or_404(filas, organo__clave=organo, clave=clave)
