"""Lo que rige al órgano: su nombre, sus reglas, sus citas legales, su plantilla y sus frases."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from sesiones import permisos
from sesiones.forms.personas import FormaRol
from sesiones.forms.registros import FormaCita, FormaDenominacion, FormaFrase, FormaPuntoPlantilla
from sesiones.forms.reglas import FormaRegla
from sesiones.models import CitaLegal, Denominacion, Frase, Organo, PuntoPlantilla, Regla, Rol
from sesiones.quorum import regla_en_palabras
from stl_portal.cuentas import segundo_factor

from .celdas import vigencia
from .declaracion import Celda, Registro


def _por_fecha(filas: Any) -> QuerySet[Any]:
    """Lo más reciente primero; lo que no tiene inicio, al final."""
    ordenadas: QuerySet[Any] = filas.order_by(F("vigente_desde").desc(nulls_last=True), "-pk")
    return ordenadas


def _regla_nueva(organo: Organo, padre: Any) -> Regla:
    """Parte de las reglas vigentes: casi siempre cambia una sola cosa."""
    regla = organo.reglas.vigentes(timezone.localdate()).first() or Regla(organo=organo)
    regla.pk, regla._state.adding = None, True
    regla.vigente_desde = regla.vigente_hasta = None
    regla.fundamento = ""
    return regla


def _quorum(regla: Regla, organo: Organo) -> Celda:
    return Celda(regla_en_palabras(regla.de_quorum(timezone.localdate())), nota=regla.fundamento)


def _en_dos_pasos(rol: Any, organo: Organo) -> Celda:
    """Si la cuenta tiene segundo factor; sin él no sella, publica ni administra."""
    return Celda("Sí") if rol.con_segundo_factor else Celda("No la ha activado", tono="alerta")


def _avisos(regla: Regla, organo: Organo) -> str:
    """Días de aviso como se dicen."""
    uno, varios = ("día hábil", "días hábiles") if regla.aviso_habiles else ("día natural", "días naturales")
    dias = {"ordinaria": regla.aviso_ordinaria, "extraordinaria": regla.aviso_extraordinaria}
    dichos = [f"{nombre}, {n} {uno if n == 1 else varios}" for nombre, n in dias.items() if n is not None]
    return "; ".join(dichos).capitalize() or "No se validan"


DENOMINACIONES = Registro(
    clave="denominaciones",
    titulo="Denominaciones",
    uno="denominación",
    agregar="Registrar un cambio de nombre",
    ayuda="Cómo se ha llamado el órgano. Cada acta lleva el nombre de su fecha.",
    forma=FormaDenominacion,
    filas=lambda organo: _por_fecha(organo.denominaciones),
    nace=lambda organo, padre: Denominacion(organo=organo),
    quien_captura=permisos.puede_administrar,
    columnas=(
        ("Nombre oficial", lambda d, organo: Celda(d.nombre, nota=d.lugar)),
        ("Siglas", lambda d, organo: d.siglas),
        ("Vigencia", vigencia),
    ),
)

REGLAS = Registro(
    clave="reglas",
    titulo="Reglas",
    uno="versión de las reglas",
    agregar="Registrar un cambio de reglas",
    ayuda="Quórum, avisos, votación, numeración y forma del acta, con la fecha desde la que rigen.",
    forma=FormaRegla,
    filas=lambda organo: _por_fecha(organo.reglas.select_related("organo")),
    nace=_regla_nueva,
    quien_captura=permisos.puede_administrar,
    columnas=(
        ("Quórum", _quorum),
        ("Días de aviso", _avisos),
        ("Votación", lambda r, organo: r.get_mayoria_display()),
        ("Acta", lambda r, organo: Celda(r.get_estilo_acta_display(), nota=r.get_aprobacion_display())),
        ("Vigencia", vigencia),
    ),
)

CITAS = Registro(
    clave="citas",
    titulo="Citas legales",
    uno="cita legal",
    agregar="Registrar una cita",
    ayuda="El fundamento que se imprime en convocatorias y actas, según su fecha.",
    forma=FormaCita,
    filas=lambda organo: organo.citas.order_by("clave", F("vigente_desde").desc(nulls_last=True)),
    nace=lambda organo, padre: CitaLegal(organo=organo),
    busca=("clave", "texto"),
    quien_captura=permisos.puede_administrar,
    columnas=(
        ("Dónde se imprime", lambda c, organo: c.uso),
        ("Texto", lambda c, organo: c.texto),
        ("Vigencia", vigencia),
    ),
)

PLANTILLA = Registro(
    clave="plantilla",
    titulo="Plantilla del orden del día",
    uno="punto de la plantilla",
    agregar="Agregar un punto",
    ayuda="Los puntos con los que nace cada sesión.",
    forma=FormaPuntoPlantilla,
    filas=lambda organo: organo.plantilla.all(),
    nace=lambda organo, padre: PuntoPlantilla(organo=organo, orden=organo.plantilla.count() + 1),
    borrable=True,
    columnas=(
        ("Punto", lambda p, organo: p.titulo),
        ("Lugar", lambda p, organo: str(p.orden)),
        ("Para qué sirve", lambda p, organo: p.get_tipo_display()),
        ("En sesiones", lambda p, organo: p.get_tipo_sesion_display() or "De todos los tipos"),
    ),
)

FRASES = Registro(
    clave="frases",
    titulo="Frases",
    uno="frase",
    agregar="Agregar una frase",
    ayuda="Lo que más se repite al redactar, para insertarlo con un botón.",
    forma=FormaFrase,
    filas=lambda organo: organo.frases.all(),
    nace=lambda organo, padre: Frase(organo=organo, orden=organo.frases.count() + 1),
    busca=("nombre", "texto"),
    borrable=True,
    columnas=(
        ("Nombre", lambda f, organo: f.nombre),
        ("Texto", lambda f, organo: f.texto),
    ),
)

ROLES = Registro(
    clave="roles",
    titulo="Roles en el portal",
    uno="rol",
    agregar="Dar un rol",
    ayuda="Quién captura, quién administra y quién consulta, entre qué fechas.",
    forma=FormaRol,
    filas=lambda organo: _por_fecha(segundo_factor.con_tenencia(organo.roles.select_related("usuario"))),
    nace=lambda organo, padre: Rol(organo=organo),
    busca=("usuario__nombre", "usuario__email"),
    quien_captura=permisos.puede_administrar,
    columnas=(
        ("Persona", lambda r, organo: str(r.usuario)),
        ("Rol", lambda r, organo: r.get_tipo_display()),
        ("Vigencia", vigencia),
    ),
    reservadas=(("En dos pasos", _en_dos_pasos),),
)

REGISTROS = (DENOMINACIONES, REGLAS, CITAS, PLANTILLA, FRASES, ROLES)
