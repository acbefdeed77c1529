"""Vocabulario y vida de una convocatoria pública y de lo que en ella se postula, en una pantalla.

En el código se llama certamen, para que nadie la confunda con la convocatoria a una sesión.
"""

from collections.abc import Mapping

from django.db import models

from stl_portal.transiciones import Transicion, paso


class EstadoCertamen(models.TextChoices):
    """En qué va. Si todavía se reciben postulaciones lo dice la ventana, no el estado."""

    BORRADOR = "borrador", "En preparación"
    PUBLICADA = "publicada", "Publicada"
    CERRADA = "cerrada", "En dictamen"
    DICTAMINADA = "dictaminada", "Dictaminada"
    CON_RESULTADOS = "con_resultados", "Con resultados"
    DESIERTA = "desierta", "Desierta"


E = EstadoCertamen
PUBLICOS = frozenset(set(E) - {E.BORRADOR})  # las que cualquiera lee
TERMINADOS = frozenset({E.CON_RESULTADOS, E.DESIERTA})
DICTAMINADOS = TERMINADOS | {E.DICTAMINADA}  # desde aquí se ven las calificaciones de todo el comité

TRANSICIONES_CERTAMEN: Mapping[str, Transicion] = {
    "publicar": paso(E.BORRADOR, hacia=E.PUBLICADA, dicho="publicar la convocatoria"),
    "cerrar": paso(E.PUBLICADA, hacia=E.CERRADA, dicho="cerrar la convocatoria"),
    "dictaminar": paso(E.CERRADA, hacia=E.DICTAMINADA, dicho="cerrar el dictamen"),
    "publicar_resultados": paso(E.DICTAMINADA, hacia=E.CON_RESULTADOS, dicho="publicar los resultados"),
    "declarar_desierta": paso(E.CERRADA, E.DICTAMINADA, hacia=E.DESIERTA, dicho="declararla desierta"),
}

# Cómo se cuenta, en su historia, cada paso que dio.
HECHO = {
    "publicar": "Se publicó",
    "cerrar": "Se cerró y pasó al comité",
    "dictaminar": "Se cerró el dictamen",
    "publicar_resultados": "Se publicaron los resultados",
    "declarar_desierta": "Se declaró desierta",
}


class EstadoPostulacion(models.TextChoices):
    """En qué va lo que alguien postula."""

    INICIADA = "iniciada", "Por confirmar el correo"
    BORRADOR = "borrador", "Borrador"
    PRESENTADA = "presentada", "Presentada"


TRANSICIONES_POSTULACION: Mapping[str, Transicion] = {
    "confirmar": paso(
        EstadoPostulacion.INICIADA, hacia=EstadoPostulacion.BORRADOR, dicho="confirmar el correo"
    ),
    "presentar": paso(
        EstadoPostulacion.BORRADOR, hacia=EstadoPostulacion.PRESENTADA, dicho="presentar la postulación"
    ),
}


class SectorDeProcedencia(models.TextChoices):
    """De dónde viene quien postula; no es el sector de un asiento."""

    ACADEMIA = "academia", "Academia y estudiantes"
    SOCIEDAD_CIVIL = "sociedad_civil", "Sociedad civil"
    GOBIERNO = "gobierno", "Institución de gobierno"
    AUTONOMO = "autonomo", "Órgano autónomo o garante"
    EMPRESA = "empresa", "Sector empresarial"
    OTRO = "otro", "Otro"


class TipoDeEvidencia(models.TextChoices):
    """Con qué se comprueba lo que se postula."""

    FOTOGRAFIA = "fotografia", "Fotografía"
    BENEFICIARIAS = "beneficiarias", "Testimonio de personas beneficiarias"
    RESPONSABLES = "responsables", "Testimonio de quienes la llevaron a cabo"
    DOCUMENTO = "documento", "Documento generado por la práctica"
    PORTAL = "portal", "Portal o página en línea"


class Acto(models.TextChoices):
    """Lo que de una convocatoria queda en el registro público."""

    PUBLICADA = "publicada", "Se publicó la convocatoria"
    RESULTADOS = "resultados", "Se publicaron los resultados"
    DESIERTA = "desierta", "Se declaró desierta"
