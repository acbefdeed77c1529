"""Autoridades certificadoras: de quién acepta e.firmas el órgano."""

from django.utils import timezone

from sesiones import permisos
from sesiones.forms.autoridades import FormaAutoridad, dia
from sesiones.models import Organo, RaizDeConfianza
from stl_portal.firma import certificados

from .declaracion import Celda, Registro


def _vigencia(autoridad: RaizDeConfianza, organo: Organo) -> Celda:
    """Hasta cuándo vale; la vencida se ve."""
    leido = certificados.leer(bytes(autoridad.certificado))
    vencida = leido.hasta < timezone.now()
    return Celda(
        f"{'Venció' if vencida else 'Hasta'} el {dia(leido.hasta)}", tono="alerta" if vencida else ""
    )


def _clase(autoridad: RaizDeConfianza, organo: Organo) -> Celda:
    """Si da confianza por sí misma o a través de su raíz."""
    if not autoridad.intermedia:
        return Celda("Raíz")
    return Celda("Intermedia", nota=f"emitida por {certificados.leer(bytes(autoridad.certificado)).emisor}")


def _huella(autoridad: RaizDeConfianza, organo: Organo) -> str:
    """De cuatro en cuatro, como se compara a la vista."""
    return " ".join(autoridad.huella[n : n + 4] for n in range(0, len(autoridad.huella), 4))


AUTORIDADES = Registro(
    clave="autoridades",
    titulo="Autoridades certificadoras",
    uno="autoridad certificadora",
    agregar="Registrar una autoridad",
    ayuda="De quién se aceptan e.firmas. Antes de registrar una, compara su huella con la publicada.",
    forma=FormaAutoridad,
    filas=lambda organo: organo.raices.all(),
    nace=lambda organo, padre: RaizDeConfianza(organo=organo),
    quien_captura=permisos.puede_administrar,
    borrable=True,
    columnas=(
        ("Nombre", lambda a, organo: a.nombre),
        ("Clase", _clase),
        ("Vigencia", _vigencia),
        ("Huella SHA-256", _huella),
    ),
)
