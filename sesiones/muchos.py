"""Muchos secretariados municipales con años de sesiones, ficticios, para ver que el portal no se frena.

Se graban por lotes, ya concluidas, sin pasar por la mesa: conducir cinco mil sesiones tardaría horas.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sesiones import modelos_de_organo
from sesiones.estados import (
    ClaseOrgano,
    EstadoAcuerdo,
    EstadoAsistencia,
    EstadoSesion,
    Funcion,
    Resultado,
    Sector,
    TipoSesion,
)
from sesiones.fundar import Fundacion, Lugar, fundar, municipios
from sesiones.models import (
    Acuerdo,
    Asiento,
    Asistencia,
    Denominacion,
    Institucion,
    Nombramiento,
    Organo,
    Persona,
    Punto,
    Quorum,
    Serie,
    Sesion,
)
from sesiones.models.series import serie_de
from sesiones.numeracion import clave_sesion, designar
from stl_portal.cuentas.models import Usuario

ESTATAL = "muchos"
QUIEN = "muchos@demo.example"
AL_ANIO = 12  # sesiones
PUNTOS = ("Lista de asistencia", "Orden del día", "Informe del mes", "Difusión", "Asuntos generales")
CON_ACUERDO = (2, 3)  # de los puntos, por su lugar
SECTORES = (Sector.PODER_PUBLICO, Sector.ACADEMIA, Sector.SOCIEDAD_CIVIL, Sector.INICIATIVA_PRIVADA)
ABIERTAS = 3  # de las últimas sesiones, cuántas dejaron acuerdos por cumplir
LOTE = 500


@dataclass(frozen=True)
class Cuenta:
    """Cuánto se creó."""

    organos: int
    sesiones: int


@dataclass(frozen=True)
class Sentado:
    """Un asiento con la persona que lo ocupa."""

    asiento: Asiento
    persona: Persona


def crear(organos: int, anios: int, hoy: dt.date) -> Cuenta:
    """Crea los secretariados con sus sesiones hasta el año anterior a `hoy`, todo o nada.

    Lanza `ValidationError` si ya se habían creado.
    """
    if Organo.objects.filter(clave=ESTATAL).exists():
        raise ValidationError("Ya estaban: bórralos con su base antes de crearlos otra vez.")
    with transaction.atomic():
        quien = Usuario.objects.create_user(QUIEN, nombre="Cuenta de Muchos (ficticia)")
        estatal = _fundar(ESTATAL, "Secretariado de Ensayo", quien, hoy, None, 0)
        sesiones, claves = 0, list(municipios())
        for numero in range(1, organos + 1):
            nombre = f"Secretariado Municipal de Ensayo {numero}"
            organo = _fundar(f"{ESTATAL}-{numero}", nombre, quien, hoy, estatal, numero)
            organo.clave_municipio = claves[numero - 1] if numero <= len(claves) else ""
            organo.save()
            sesiones += _con_sesiones(organo, anios, hoy)
    return Cuenta(organos, sesiones)


def _fundar(
    clave: str, nombre: str, quien: Usuario, hoy: dt.date, estatal: Organo | None, numero: int
) -> Organo:
    """Un órgano que se nombra por su número, no por un municipio, y dice que es ficticio."""
    organo = Organo(
        clave=clave,
        clase=ClaseOrgano.MUNICIPAL if estatal else ClaseOrgano.ESTATAL,
        acompanado_por=estatal,
        ficticio=True,
    )
    denominacion = Denominacion(
        nombre=f"{nombre} (ficticio)", nombre_corto=f"{nombre} (ficticio)", siglas=f"SME{numero}"
    )
    modelo = modelos_de_organo.de_plantilla(modelos_de_organo.MUNICIPAL)
    lugares = [
        Lugar(Institucion(nombre=f"{sector.label} de ensayo {numero} (ficticia)", sector=sector))
        for sector in SECTORES
    ]
    return fundar(Fundacion(organo, denominacion, modelo, quien, lugares), hoy)


def _con_sesiones(organo: Organo, anios: int, hoy: dt.date) -> int:
    """Las sesiones de cada mes de esos años, con su orden del día, su lista y sus acuerdos."""
    sentados = list(_sentar(organo))
    sesiones = Sesion.objects.bulk_create(_sesiones(organo, anios, hoy), batch_size=LOTE)
    puntos = Punto.objects.bulk_create(
        [punto for sesion in sesiones for punto in _puntos(sesion)], batch_size=LOTE
    )
    Acuerdo.objects.bulk_create(_acuerdos(puntos, sesiones[-ABIERTAS:]), batch_size=LOTE)
    Asistencia.objects.bulk_create(
        [a for sesion in sesiones for a in _asistencias(sesion, sentados)], batch_size=LOTE
    )
    Quorum.objects.bulk_create([_quorum(sesion, len(sentados)) for sesion in sesiones], batch_size=LOTE)
    return len(sesiones)


def _sentar(organo: Organo) -> Iterator[Sentado]:
    """Nombra a una persona ficticia en cada asiento que vota."""
    for asiento in organo.asientos.exclude(funcion=Funcion.FACILITACION):
        persona = Persona.objects.create(nombre=f"Persona {asiento.pk} Ficticia", tratamiento="C.")
        Nombramiento.objects.create(asiento=asiento, persona=persona, cargo="Representante (ficticio)")
        yield Sentado(asiento, persona)


def _sesiones(organo: Organo, anios: int, hoy: dt.date) -> list[Sesion]:
    """Una por mes; la numeración es la del órgano y su serie queda donde le toca."""
    regla, tipo = organo.regla(hoy), TipoSesion.ORDINARIA
    meses = [
        dt.date(anio, mes, 15) for anio in range(hoy.year - anios, hoy.year) for mes in range(1, AL_ANIO + 1)
    ]
    Serie.alcanzar(organo, serie_de(regla, tipo, meses[-1]), len(meses))
    return [
        Sesion(
            organo=organo,
            tipo=tipo,
            numero=numero,
            serie=serie_de(regla, tipo, fecha),
            designacion=designar(numero, tipo, regla.numeral, fecha.year),
            clave=clave_sesion(numero, tipo, fecha),
            fecha=fecha,
            hora=dt.time(10),
            inicio=dt.time(10),
            cierre=dt.time(11),
            lugar="Sala de ensayo",
            estado=EstadoSesion.CONCLUIDA,
            estilo=regla.estilo_acta,
            formatos_agenda=regla.formatos_agenda,
        )
        for numero, fecha in enumerate(meses, start=1)
    ]


def _puntos(sesion: Sesion) -> list[Punto]:
    return [
        Punto(sesion=sesion, orden=orden, titulo=titulo, resultado=Resultado.PRESENTADO)
        for orden, titulo in enumerate(PUNTOS, start=1)
    ]


def _acuerdos(puntos: Sequence[Punto], abiertas: Sequence[Sesion]) -> list[Acuerdo]:
    """Uno por cada punto que lo lleva, numerados dentro de su sesión; los viejos ya se cumplieron."""
    return [
        Acuerdo(
            sesion=punto.sesion,
            punto=punto,
            numero=CON_ACUERDO.index(lugar) + 1,
            texto=f"Se aprueba lo presentado en «{punto.titulo}» (ficticio).",
            estado=EstadoAcuerdo.PENDIENTE if punto.sesion in abiertas else EstadoAcuerdo.CUMPLIDO,
        )
        for n, punto in enumerate(puntos)
        if (lugar := n % len(PUNTOS)) in CON_ACUERDO
    ]


def _asistencias(sesion: Sesion, sentados: Sequence[Sentado]) -> list[Asistencia]:
    return [
        Asistencia(
            sesion=sesion,
            asiento=uno.asiento,
            persona=uno.persona,
            estado=EstadoAsistencia.PRESENTE,
            ocupa_asiento=True,
            en_quorum=True,
            nombre=uno.persona.nombre,
            tratamiento=uno.persona.tratamiento,
            cargo="Representante (ficticio)",
            institucion=uno.asiento.institucion.nombre,
            orden=orden,
        )
        for orden, uno in enumerate(sentados, start=1)
    ]


def _quorum(sesion: Sesion, presentes: int) -> Quorum:
    return Quorum(
        sesion=sesion,
        hay=True,
        presentes=presentes,
        base=presentes,
        requeridos=presentes // 2 + 1,
        frase=f"Hay quórum con {presentes} asientos presentes (ficticio).",
        lista=[],
        hora=dt.time(10),
        declarado_el=timezone.make_aware(dt.datetime.combine(sesion.fecha, dt.time(10))),
    )
