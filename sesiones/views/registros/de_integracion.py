"""Instituciones, asientos, personas, titulares, suplencias y refrendos."""

from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from sesiones.forms.asientos import (
    FormaAsiento,
    FormaNombramiento,
    FormaRefrendo,
    FormaSuplencia,
)
from sesiones.forms.personas import FormaPersona, solo_de
from sesiones.forms.registros import FormaInstitucion
from sesiones.forms.terminar import TerminarNombramiento, TerminarSuplencia
from sesiones.models import Asiento, Institucion, Nombramiento, Organo, Persona, Refrendo, Suplencia
from sesiones.permisos import familia_de
from sesiones.suplir import personas_elegibles

from .celdas import representacion, si_no, vigencia
from .declaracion import Celda, Padre, Registro


def ficha_de_asiento(asiento: Asiento, organo: Organo) -> str:
    """Página del asiento, con la historia de quienes lo han ocupado."""
    return reverse("registros:asiento", args=(organo.clave, asiento.pk))


def _asientos(organo: Organo) -> QuerySet[Asiento]:
    asientos: QuerySet[Asiento] = organo.asientos.con_ocupantes()
    return asientos


def _titular(asiento: Asiento, organo: Organo) -> Celda:
    """Quién lo ocupa hoy; el vacante se ve."""
    titular = asiento.titular(timezone.localdate())
    if titular is None:
        return Celda("Vacante", tono="alerta")
    return Celda(titular.persona.nombre, nota=titular.cargo)


def _suplente(asiento: Asiento, organo: Organo) -> str:
    return "; ".join(s.persona.nombre for s in asiento.suplentes(timezone.localdate())) or "Sin suplente"


def _oficio(fila: Any, organo: Organo) -> str:
    return fila.oficio.folio or "Sin folio" if fila.oficio else "Sin oficio"


def _ocupante(fila: Any, organo: Organo) -> Celda:
    return Celda(fila.persona.nombre, nota=fila.cargo)


def _lugar(fila: Any, organo: Organo) -> Celda:
    return Celda(fila.asiento.institucion.nombre, ficha_de_asiento(fila.asiento, organo))


def _ocupantes(modelo: Any, organo: Organo) -> QuerySet[Any]:
    """Nombramientos o suplencias del órgano, lo más reciente primero."""
    filas = modelo.objects.filter(asiento__organo=organo)
    con_todo = filas.select_related("persona", "oficio", "asiento__institucion", "asiento__organo")
    ordenadas: QuerySet[Any] = con_todo.order_by(F("vigente_desde").desc(nulls_last=True), "-pk")
    return ordenadas


def _compartida(institucion: Institucion, organo: Organo) -> str:
    """Corregir una institución que también está en otro órgano cambiaría lo que aquel muestra."""
    donde = {asiento.organo_id for asiento in institucion.asientos.all()}
    if donde - familia_de(organo):
        return "Esta institución también integra otro órgano: la corrige la administración del portal."
    return ""


def _instituciones(organo: Organo) -> QuerySet[Institucion]:
    """Todas, con sus asientos; las comisiones se traen una vez porque cada renglón pregunta por ellas."""
    prefetch_related_objects([organo], "comisiones")
    return Institucion.objects.prefetch_related("asientos").order_by("nombre")


def _personas(organo: Organo) -> QuerySet[Persona]:
    """Las elegibles, con lo que cada renglón pregunta."""
    prefetch_related_objects([organo], "comisiones")
    personas = personas_elegibles(organo).order_by("nombre", "pk")
    return personas.prefetch_related(
        "alias", "nombramientos__asiento__institucion", "suplencias__asiento__institucion"
    )


def _de_otro_organo(persona: Persona, organo: Organo) -> str:
    """A quien también integra otro órgano no se le cambia el nombre desde este."""
    return "" if solo_de(persona, organo) else "Esta persona integra otro órgano: allá se corrigen sus datos."


def _que_hace(persona: Persona, organo: Organo) -> Celda | str:
    """Qué asiento ocupa hoy en este órgano."""
    hoy = timezone.localdate()
    for calidad, filas in (("Titular", persona.nombramientos), ("Suplente", persona.suplencias)):
        for fila in filas.all():
            if fila.asiento.organo_id == organo.pk and fila.vigente(hoy):
                liga = ficha_de_asiento(fila.asiento, organo)
                return Celda(fila.asiento.institucion.nombre, liga, nota=calidad)
    return "Sin asiento hoy"


DE_ASIENTO = Padre(
    "asiento",
    "¿De qué asiento?",
    _asientos,
    busca=("institucion__nombre", "institucion__siglas", "nombramientos__persona__nombre"),
)

ASIENTOS = Registro(
    clave="asientos",
    titulo="Asientos",
    uno="asiento",
    agregar="Agregar un asiento",
    ayuda="El lugar de cada institución, quién lo ocupa hoy y quién suple. Los vacantes se ven.",
    forma=FormaAsiento,
    filas=_asientos,
    nace=lambda organo, padre: Asiento(organo=organo, orden=organo.asientos.count() + 1),
    busca=("institucion__nombre", "nombramientos__persona__nombre", "suplencias__persona__nombre"),
    borrable=True,
    al_guardar=ficha_de_asiento,
    columnas=(
        ("Institución", lambda a, organo: Celda(a.institucion.nombre, ficha_de_asiento(a, organo))),
        (
            "Función",
            lambda a, organo: Celda(a.get_funcion_display(), nota="" if a.tiene_voto else "sin voto"),
        ),
        ("Titular hoy", _titular),
        ("Suplente hoy", _suplente),
        ("Vigencia", vigencia),
    ),
)

PERSONAS = Registro(
    clave="personas",
    titulo="Personas",
    uno="persona",
    candado=_de_otro_organo,
    agregar="Agregar a una persona",
    ayuda="El nombre correcto de cada quien y las otras formas en que los documentos lo escribieron.",
    forma=FormaPersona,
    filas=_personas,
    nace=lambda organo, padre: Persona(),
    argumentos=lambda organo, hoy: {"organo": organo},
    busca=("nombre", "alias__texto"),
    columnas=(
        ("Nombre", lambda p, organo: p.formal),
        ("Asiento", _que_hace),
        ("También aparece como", lambda p, organo: "; ".join(a.texto for a in p.alias.all()) or "—"),
        ("Entra al portal", lambda p, organo: si_no(p.usuario_id is not None)),
    ),
)

NOMBRAMIENTOS = Registro(
    clave="nombramientos",
    titulo="Titulares",
    uno="nombramiento",
    agregar="Registrar a una persona titular",
    ayuda="Quién ha sido titular de cada asiento, entre qué fechas y con qué oficio.",
    forma=FormaNombramiento,
    filas=lambda organo: _ocupantes(Nombramiento, organo).prefetch_related(
        "refrendos", "asiento__organo__reglas"
    ),
    nace=lambda organo, asiento: Nombramiento(asiento=asiento),
    padre=DE_ASIENTO,
    termina=TerminarNombramiento,
    busca=("persona__nombre", "cargo", "asiento__institucion__nombre"),
    al_guardar=lambda fila, organo: ficha_de_asiento(fila.asiento, organo),
    columnas=(
        ("Titular", _ocupante),
        ("Asiento", _lugar),
        ("Oficio", _oficio),
        ("Vigencia", representacion),
    ),
)

SUPLENCIAS = Registro(
    clave="suplencias",
    titulo="Suplencias",
    uno="suplencia",
    agregar="Registrar una suplencia",
    ayuda="Quién puede suplir en cada asiento, hasta nuevo aviso o para una sesión, y con qué oficio.",
    forma=FormaSuplencia,
    filas=lambda organo: _ocupantes(Suplencia, organo).select_related("sesion"),
    nace=lambda organo, asiento: Suplencia(asiento=asiento),
    padre=DE_ASIENTO,
    termina=TerminarSuplencia,
    busca=("persona__nombre", "cargo", "asiento__institucion__nombre", "oficio__folio"),
    al_guardar=lambda fila, organo: ficha_de_asiento(fila.asiento, organo),
    columnas=(
        ("Suplente", _ocupante),
        ("Asiento", _lugar),
        ("Alcance", lambda s, organo: Celda(s.get_tipo_display(), nota=str(s.sesion or ""))),
        ("Oficio", _oficio),
        ("Vigencia", vigencia),
    ),
)

REFRENDOS = Registro(
    clave="refrendos",
    titulo="Refrendos",
    uno="refrendo",
    agregar="Registrar un refrendo",
    ayuda="Oficios que confirman a quien ya era titular.",
    forma=FormaRefrendo,
    filas=lambda organo: (
        Refrendo.objects.filter(nombramiento__asiento__organo=organo)
        .select_related("oficio", "nombramiento__persona", "nombramiento__asiento__institucion")
        .select_related("nombramiento__asiento__organo")
        .order_by(F("fecha").desc(nulls_last=True), "-pk")
    ),
    nace=lambda organo, nombramiento: Refrendo(nombramiento=nombramiento),
    padre=Padre(
        "nombramiento",
        "¿A quién confirma?",
        lambda organo: _ocupantes(Nombramiento, organo),
        busca=("persona__nombre", "cargo", "asiento__institucion__nombre"),
    ),
    borrable=True,
    al_guardar=lambda fila, organo: ficha_de_asiento(fila.nombramiento.asiento, organo),
    columnas=(
        ("Titular", lambda r, organo: _ocupante(r.nombramiento, organo)),
        ("Asiento", lambda r, organo: _lugar(r.nombramiento, organo)),
        ("Oficio", _oficio),
        ("Fecha", lambda r, organo: f"{r.fecha:%d/%m/%Y}" if r.fecha else "Sin fecha"),
    ),
)

INSTITUCIONES = Registro(
    clave="instituciones",
    titulo="Instituciones",
    uno="institución",
    agregar="Agregar una institución",
    ayuda="Quienes pueden ocupar un asiento y su sector. Son las mismas para todos los órganos.",
    forma=FormaInstitucion,
    filas=_instituciones,
    nace=lambda organo, padre: Institucion(),
    busca=("nombre", "siglas"),
    candado=_compartida,
    columnas=(
        ("Nombre", lambda i, organo: Celda(i.nombre, nota=i.siglas)),
        ("Sector", lambda i, organo: i.get_sector_display() or "El propio secretariado"),
        ("Asientos aquí", lambda i, organo: str(sum(a.organo_id == organo.pk for a in i.asientos.all()))),
        ("Vigencia", vigencia),
    ),
)

REGISTROS = (ASIENTOS, NOMBRAMIENTOS, SUPLENCIAS, REFRENDOS, PERSONAS, INSTITUCIONES)
