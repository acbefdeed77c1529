"""Las tres decisiones sobre un anexo, cada una en su página: publicarlo testado, completo, o retirarlo."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sesiones import anexos, testados
from sesiones.forms.anexos import FormaPorQueCambia
from sesiones.forms.base import FormaInvalida
from sesiones.models import Anexo, AnexoPublicado
from stl_portal.archivo import testado
from stl_portal.archivo.models import ZonaTestada
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.cuentas import identidad

from .anexos import anexo_o_404, huella, url
from .mesa.una_vez import una_vez


@dataclass
class Copia:
    """La copia testada tal como se publicaría, para revisarla y después publicar exactamente esa."""

    contenido: bytes = b""
    zonas: list[ZonaTestada] = field(default_factory=list)

    @property
    def huella(self) -> str:
        """Su SHA-256."""
        return huella(self.contenido)

    @property
    def tamano(self) -> int:
        """En bytes."""
        return len(self.contenido)

    @property
    def tabla(self) -> list[dict[str, Any]]:
        """Lo que se publica de cada dato."""
        return anexos.tabla(self.zonas)

    @property
    def texto(self) -> list[str]:
        """Lo que se podrá copiar como texto, por página."""
        return testado.texto_por_pagina(self.contenido) if self.contenido.startswith(b"%PDF") else []


Acto = Callable[[HttpRequest, Anexo, Copia, str], AnexoPublicado]


@dataclass(frozen=True)
class Decision:
    """Cómo se pregunta y qué se hace."""

    modo: str
    titulo: str
    accion: str
    advierte: str
    hecho: str
    hacer: Acto


DECISIONES = {
    "publicar": Decision(
        anexos.TESTADO,
        "Publicar este anexo testado",
        "Publicar la copia testada",
        "Cualquiera podrá descargar esta copia. El original queda reservado y su huella se anota en el "
        "registro público.",
        "Se publicó la copia testada.",
        lambda r, a, c, m: anexos.publicar_testado(a, c.contenido, c.zonas, r.user, timezone.now(), m),
    ),
    "completo": Decision(
        anexos.COMPLETO,
        "Publicar este anexo completo",
        "No contiene datos personales: publicar completo",
        "Cualquiera podrá descargar el archivo tal como está. Ábrelo y revísalo antes: lo que alguien "
        "descargue ya no se puede recoger.",
        "Se publicó completo.",
        lambda r, a, c, m: anexos.publicar_completo(a, r.user, timezone.now(), m),
    ),
    "retirar": Decision(
        anexos.RETIRADO,
        "Retirar este anexo",
        "Retirar el anexo",
        "Deja de poder descargarse y en su lugar se lee por qué. Queda anotado en el registro público.",
        "Se retiró.",
        lambda r, a, c, m: anexos.retirar(a, r.user, timezone.now(), m),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def decidir(request: HttpRequest, organo: str, sesion: str, pk: int, decision: str) -> HttpResponse:
    """La página que explica la decisión; al confirmarla, se hace. 422 con lo que lo impide."""
    _, anexo = anexo_o_404(request, organo, sesion, pk)
    identidad.exigir(request, repetir=False)
    elegida, forma, copia = DECISIONES[decision], FormaPorQueCambia(), Copia()
    rechazo: list[str] = []
    try:
        copia = _copia(anexo, elegida)
        if request.method == "POST":
            forma = FormaPorQueCambia(request.POST)
            return _hacer(request, anexo, elegida, copia, forma)
    except ValidationError as error:
        rechazo = error.messages
    except FormaInvalida:
        pass
    except ArchivoRechazado as error:
        rechazo = [error.frase]
    return _pagina(request, anexo, elegida, copia, forma, rechazo)


def _copia(anexo: Anexo, decision: Decision) -> Copia:
    """La copia que se revisa; vacía si la decisión no la usa o aún no se puede hacer."""
    con_acta = anexos.acta_publicada(anexo.sesion)
    impide = any(anexos.lo_que_impide(anexos.renglon(anexo), decision.modo, con_acta=con_acta))
    return Copia() if impide or decision.modo != anexos.TESTADO else Copia(*anexos.copia_publica(anexo))


def _hacer(
    request: HttpRequest, anexo: Anexo, decision: Decision, copia: Copia, forma: FormaPorQueCambia
) -> HttpResponse:
    """Lo hace una sola vez. Lanza `ValidationError` y `FormaInvalida`."""
    if copia.contenido and request.POST.get("copia") != copia.huella:
        raise ValidationError(anexos.CAMBIARON)

    def hacer() -> str:
        if anexos.renglon(anexo).publicacion is None:
            decision.hacer(request, anexo, copia, "")
        else:  # ya hubo algo publicado: se dice por qué cambia
            with forma.ejecutar() as datos:
                testados.exigir_sin_datos(anexo.sesion, datos["motivo"])
                decision.hacer(request, anexo, copia, datos["motivo"])
        messages.success(request, f"«{anexo.titulo}»: {decision.hecho}")
        return reverse("actas:anexos", args=(anexo.sesion.organo.clave, anexo.sesion.clave))

    return redirect(una_vez(request, hacer))


def _pagina(
    request: HttpRequest,
    anexo: Anexo,
    decision: Decision,
    copia: Copia,
    forma: FormaPorQueCambia,
    rechazo: list[str],
) -> HttpResponse:
    renglon, con_acta = anexos.renglon(anexo), anexos.acta_publicada(anexo.sesion)
    contexto = {
        "anexo": anexo,
        "sesion": anexo.sesion,
        "organo": anexo.sesion.organo,
        "renglon": renglon,
        "decision": decision,
        "copia": copia,
        "impide": list(anexos.lo_que_impide(renglon, decision.modo, con_acta=con_acta)),
        "con_motivo": renglon.publicacion is not None,
        "forma_motivo": forma,
        "rechazo": rechazo,
        "volver": url(anexo),
    }
    status = 422 if rechazo or forma.is_bound else 200
    return render(request, "sesiones/anexos/decidir.html", contexto, status=status)
