"""Anotar lo que se sabe de una etapa en un municipio: una casilla o varias, todas o ninguna.

Nada se edita: cada cambio es una anotación nueva sobre la que se vio.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from municipios import permisos
from municipios.avance import retrocede
from municipios.cortes.publicar import esperar_turno
from municipios.cuadro import historias, la_que_rige
from municipios.models import Anotacion, Etapa, Municipio, Situacion
from sesiones.models import Organo
from stl_portal import texto
from stl_portal.archivo.models import Archivo
from stl_portal.versiones import VersionRancia

NO_TE_TOCA = "No te toca informar de ese municipio."
EN_EL_FUTURO = "La fecha todavía no llega."
DE_OTRA_ETAPA = "Esa situación no es de la etapa."
DE_OTRO = "Esa etapa no se captura aquí."
FALTA_MOTIVO = "Retrocede: di por qué."
DOS_VECES = "La misma casilla viene dos veces."
OTRA_PERSONA = "Otra persona anotó algo aquí mientras tanto."

Sitio = tuple[str, int]  # clave INEGI y etapa: una casilla


@dataclass(frozen=True)
class Cambio:
    """Lo que se quiere anotar en una casilla.

    `sobre` es la anotación que regía en ella cuando se miró, o la última de su historia (0 = ninguna; None =
    no se compara): si después se anotó otra que rija el día `fecha`, o esa se deshizo, no se pisa.
    `renglon` solo sirve para decir dónde estuvo el error. El `motivo` solo se guarda si la casilla retrocede.
    """

    municipio: Municipio
    etapa: Etapa
    situacion: Situacion
    fecha: dt.date
    motivo: str = ""
    nota: str = ""
    sobre: int | None = None
    prueba: Archivo | None = None
    liga: str = ""
    renglon: int = 0

    @property
    def sitio(self) -> Sitio:
        """La casilla donde va."""
        return self.municipio.pk, self.etapa.pk


@dataclass(frozen=True)
class Rechazo:
    """Por qué un cambio no se puede anotar.

    `columna` es la clave de la etapa; `campo`, qué dato del cambio lo impide («sobre» si otra persona
    anotó antes, y entonces `actual` es lo que ahora rige, o None si ya no hay nada).
    """

    renglon: int
    columna: str
    frase: str
    campo: str
    municipio: str = ""
    etapa: int = 0
    actual: Anotacion | None = None

    @property
    def sitio(self) -> Sitio:
        """La casilla de la que habla."""
        return self.municipio, self.etapa


class Rechazados(Exception):
    """Hay cambios que no se pueden anotar, y por eso no se anotó ninguno."""

    def __init__(self, rechazos: Sequence[Rechazo]) -> None:
        """Conserva todos, en el orden en que venían."""
        super().__init__("No se anotó nada: hay renglones por corregir.")
        self.rechazos = rechazos


def varias(
    usuario: Any, organo: Organo, cambios: Sequence[Cambio], *, ahora: dt.datetime | None = None
) -> list[Anotacion]:
    """Anota todos los cambios o ninguno; devuelve lo que rige en cada casilla, en el mismo orden.

    Lo que ya estaba anotado igual no se repite. Lanza `Rechazados` con el error de cada renglón.
    """
    with transaction.atomic():
        esperar_turno(organo.pk)  # dos capturas van una tras otra: la segunda ya ve lo que dejó la primera
        return _anotar_todas(usuario, organo, cambios, ahora or timezone.now())


def revisar(
    usuario: Any, organo: Organo, cambios: Sequence[Cambio], *, ahora: dt.datetime | None = None
) -> list[Rechazo]:
    """Lo que `varias` rechazaría de esos cambios en este momento; no anota nada."""
    return list(_regla(usuario, organo, cambios, ahora or timezone.now()).rechazos(cambios))


def _anotar_todas(
    usuario: Any, organo: Organo, cambios: Sequence[Cambio], cuando: dt.datetime
) -> list[Anotacion]:
    regla = _regla(usuario, organo, cambios, cuando)
    if rechazos := list(regla.rechazos(cambios)):
        raise Rechazados(rechazos)
    return [_anotar(usuario, c, regla.antes(c), cuando) for c in cambios]


def _regla(usuario: Any, organo: Organo, cambios: Sequence[Cambio], cuando: dt.datetime) -> "_Regla":
    hoy = timezone.localdate(cuando)
    de_quien = permitidos(usuario, organo, hoy)
    return _Regla(organo, hoy, de_quien, _vigentes(organo, cambios), _anuladas(organo, cambios))


def permitidos(usuario: Any, organo: Organo, hoy: dt.date) -> frozenset[str]:
    """Claves de los municipios que la cuenta puede capturar en ese seguimiento."""
    return frozenset(permisos.municipios_que_informa(usuario, organo, hoy).values_list("pk", flat=True))


def _vigentes(organo: Organo, cambios: Sequence[Cambio]) -> dict[tuple[Sitio, dt.date], Anotacion]:
    """Lo que regía en cada casilla el día en que algo se anota, en una consulta."""
    if not cambios:
        return {}
    filas = Anotacion.objects.validas().filter(
        etapa__organo=organo,
        municipio__in={c.municipio.pk for c in cambios},
        fecha__lte=max(c.fecha for c in cambios),
    )
    historia = historias(filas.select_related("situacion", "por"))
    regian = {(c.sitio, c.fecha): la_que_rige(historia[c.sitio], c.fecha) for c in cambios}
    return {donde: fila for donde, fila in regian.items() if fila}


def _anuladas(organo: Organo, cambios: Sequence[Cambio]) -> frozenset[int]:
    """De las que se miraban, cuáles ya se deshicieron."""
    miradas = {c.sobre for c in cambios if c.sobre}
    filas = Anotacion.objects.filter(etapa__organo=organo, pk__in=miradas, anulada_el__isnull=False)
    return frozenset(filas.values_list("pk", flat=True))


@dataclass(frozen=True)
class _Regla:
    """Lo que se necesita saber para aceptar o rechazar un cambio."""

    organo: Organo
    hoy: dt.date
    permitidos: frozenset[str]
    vigentes: Mapping[tuple[Sitio, dt.date], Anotacion]
    anuladas: frozenset[int]

    def antes(self, cambio: Cambio) -> Anotacion | None:
        """Lo que rige en la casilla el día del cambio."""
        return self.vigentes.get((cambio.sitio, cambio.fecha))

    def rechazos(self, cambios: Sequence[Cambio]) -> Iterator[Rechazo]:
        """El primer error de cada cambio que lo tenga."""
        vistos: set[Sitio] = set()
        for cambio in cambios:
            error = ("situacion", DOS_VECES) if cambio.sitio in vistos else self._error(cambio)
            vistos.add(cambio.sitio)
            if error:
                yield self._rechazo(cambio, *error)

    def _rechazo(self, cambio: Cambio, campo: str, frase: str) -> Rechazo:
        actual = self.antes(cambio) if campo == "sobre" else None
        return Rechazo(cambio.renglon, cambio.etapa.clave, frase, campo, *cambio.sitio, actual)

    def _error(self, cambio: Cambio) -> tuple[str, str] | None:
        """Campo y frase de lo primero que impide el cambio."""
        if cambio.municipio.pk not in self.permitidos:
            return "municipio", NO_TE_TOCA
        if cambio.etapa.organo_id != self.organo.pk or not cambio.etapa.activa:
            return "etapa", DE_OTRO
        if cambio.situacion.etapa_id != cambio.etapa.pk:
            return "situacion", DE_OTRA_ETAPA
        if cambio.fecha > self.hoy:
            return "fecha", EN_EL_FUTURO
        return self._contra_lo_anterior(cambio, self.antes(cambio))

    def _contra_lo_anterior(self, cambio: Cambio, antes: Anotacion | None) -> tuple[str, str] | None:
        if antes is not None and es_igual(antes, cambio):
            return None
        if cambio.sobre is not None and (
            cambio.sobre in self.anuladas or (antes and antes.pk > cambio.sobre)
        ):
            return "sobre", OTRA_PERSONA
        baja = antes is not None and retrocede(antes.situacion.avance, cambio.situacion.avance)
        return ("motivo", FALTA_MOTIVO) if baja and not texto.limpiar(cambio.motivo) else None


def _datos(cambio: Cambio, antes: Anotacion | None) -> dict[str, Any]:
    """Lo que se guarda de un cambio, ya limpio; `antes` es lo que rige en su casilla."""
    return {
        "situacion": cambio.situacion,
        "fecha": cambio.fecha,
        "motivo": texto.limpiar(cambio.motivo) if antes and _lleva_motivo(antes, cambio) else "",
        "nota": texto.limpiar(cambio.nota),
        "prueba": cambio.prueba,
        "liga": cambio.liga.strip(),
    }


def _lleva_motivo(antes: Anotacion, cambio: Cambio) -> bool:
    """Si hay qué motivar: la casilla retrocede, o repite la situación a la que ya había retrocedido.

    El motivo se publica: el de un renglón pegado no es de las demás etapas que vienen en él.
    """
    repite = bool(antes.motivo) and antes.situacion_id == cambio.situacion.pk
    return repite or retrocede(antes.situacion.avance, cambio.situacion.avance)


def es_igual(anotacion: Anotacion, cambio: Cambio) -> bool:
    """Si ya está anotado exactamente eso: un segundo clic, o un envío que se repitió."""
    lo_mismo = _datos(cambio, anotacion) | {"prueba": cambio.prueba and cambio.prueba.pk}
    lo_mismo["prueba_id"] = lo_mismo.pop("prueba")
    return all(getattr(anotacion, nombre) == valor for nombre, valor in lo_mismo.items())


def _anotar(usuario: Any, cambio: Cambio, antes: Anotacion | None, cuando: dt.datetime) -> Anotacion:
    if antes is not None and es_igual(antes, cambio):
        return antes
    nueva = Anotacion(
        municipio=cambio.municipio, etapa=cambio.etapa, por=usuario, cuando=cuando, **_datos(cambio, antes)
    )
    nueva.clean_fields(exclude=["por"])
    nueva.save()
    return nueva


def anotar(
    usuario: Any,
    organo: Organo,
    municipio: Municipio,
    etapa: Etapa,
    situacion: Situacion,
    *,
    fecha: dt.date,
    sobre: int | None,
    motivo: str = "",
    nota: str = "",
    prueba: Archivo | None = None,
    liga: str = "",
    ahora: dt.datetime | None = None,
) -> Anotacion:
    """Anota una casilla sobre lo que se vio en ella.

    Lanza `PermissionDenied` si el municipio no le toca a la cuenta, `VersionRancia` (con lo que ahora
    rige, o None) si otra persona anotó mientras tanto, y `ValidationError` por campo en lo demás.
    """
    cambio = Cambio(municipio, etapa, situacion, fecha, motivo, nota, sobre, prueba, liga)
    try:
        return varias(usuario, organo, [cambio], ahora=ahora)[0]
    except Rechazados as rechazados:
        raise _error_de(rechazados.rechazos[0]) from None


def _error_de(rechazo: Rechazo) -> Exception:
    """La excepción con que se responde a un solo cambio."""
    if rechazo.campo == "municipio":
        return PermissionDenied(rechazo.frase)
    if rechazo.campo == "sobre":
        return VersionRancia(rechazo.actual)
    campo = rechazo.campo if rechazo.campo in ("fecha", "motivo", "situacion") else "situacion"
    return ValidationError({campo: ValidationError(rechazo.frase, code=rechazo.campo)})
