"""Lo que sesiones aporta a la participación: quién lleva cada órgano, sus plazos, y los acuerdos."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from sesiones import organos_publicos, permisos, publica
from sesiones.invitar import correo_de
from sesiones.models import Acuerdo, Asiento, Organo, Regla, Rol
from sesiones.plazos import dias_habiles, sumar_dias_habiles
from stl_portal.participacion import registro
from stl_portal.participacion.registro import Clase, Destinatario, Firma, Objeto, Sede
from stl_portal.publico.registro import Enlace

CUENTAS = ("nombramientos__persona__usuario", "suplencias__persona__usuario")
RESPONSABLE = ("sesion__organo", "responsable_asiento__institucion")


def conduce(usuario: Any, al: dt.date) -> "QuerySet[Any]":
    """Los que la cuenta conduce o administra."""
    return permisos.organos_que_conduce(usuario, al).values("pk")


def audita(usuario: Any, al: dt.date) -> "QuerySet[Any]":
    """Los que conduce o audita."""
    return permisos.organos_que_audita(usuario, al).values("pk")


def quienes_conducen(organo: int, al: dt.date) -> list[Destinatario]:
    """Las cuentas activas que lo conducen o administran ese día."""
    fila = Organo.objects.get(pk=organo)
    roles = Rol.objects.vigentes(al).filter(tipo__in=permisos.CONDUCEN, usuario__is_active=True)
    suyos = roles.filter(organo__in=[fila.pk, fila.padre_id]).select_related("usuario").order_by("pk")
    return [Destinatario(rol.usuario.email, rol.usuario.nombre) for rol in suyos]


def quienes_ocupan(asiento: int, al: dt.date) -> list[Destinatario]:
    """Titular y suplentes de ese día que tienen correo; ninguno si el asiento no existe."""
    fila = Asiento.objects.filter(pk=asiento).con_ocupantes().prefetch_related(*CUENTAS).first()
    ocupantes = filter(None, (fila.titular(al), *fila.suplentes(al))) if fila else ()
    personas = [ocupante.persona for ocupante in ocupantes]
    return [Destinatario(correo_de(p), p.formal) for p in personas if correo_de(p)]


def dias(organo: int, al: dt.date) -> int | None:
    """Los días hábiles para responder que fija la regla de ese día; None si no los fija."""
    return Regla.objects.filter(organo=organo).vigentes(al).values_list("respuesta_dias", flat=True).first()


def firma(usuario: Any, organo: int, asiento: int, al: dt.date) -> Firma:
    """Con su asiento, si lo ocupa ese día; si no, con el rol que tiene en el órgano."""
    fila = Asiento.objects.ocupados_por(usuario, al).filter(pk=asiento).con_ocupantes().first()
    if fila is not None:
        for ocupante in fila.quien_puede_sentarse(al):
            if ocupante.persona.usuario_id == usuario.pk:
                return Firma(ocupante.persona.formal, ocupante.cargo, fila.institucion.nombre)
    del_organo = Organo.objects.con_nombre().get(pk=organo)
    roles = Rol.objects.vigentes(al).filter(usuario=usuario, tipo__in=permisos.CONDUCEN)
    rol = roles.filter(organo__in=[del_organo.pk, del_organo.padre_id]).first()
    cargo = rol.get_tipo_display() if rol else ""
    # Una cuenta sin nombre se lee como su correo, que nunca se publica.
    return Firma(
        usuario.nombre or cargo or "Quien conduce el órgano", cargo, del_organo.denominacion(al).nombre
    )


def acuerdos_publicos() -> "QuerySet[Any]":
    """Los de sesiones concluidas."""
    return Acuerdo.objects.de_sesiones_publicas()


def acuerdos_por_pk(cuales: Collection[int]) -> Mapping[int, Objeto]:
    """De esos, los públicos, sin lo testado en sus actas."""
    filas = acuerdos_publicos().filter(pk__in=cuales).select_related(*RESPONSABLE)
    return {acuerdo.pk: _objeto(acuerdo) for acuerdo in publica.acuerdos_sin_datos(filas)}


def acuerdo_por_clave(clave: str) -> Objeto | None:
    """«stl/xviii-ordinaria-2020/4»; None si no lo hay o no es público."""
    partes = clave.split("/")
    if len(partes) != 3 or not (partes[2].isascii() and partes[2].isdigit() and len(partes[2]) < 5):
        return None
    cual = {"sesion__organo__clave": partes[0], "sesion__clave": partes[1], "numero": int(partes[2])}
    filas = acuerdos_publicos().filter(**cual).select_related(*RESPONSABLE)
    return next((_objeto(acuerdo) for acuerdo in publica.acuerdos_sin_datos(filas)), None)


def clave_de(acuerdo: Acuerdo) -> str:
    """Cómo se le cita al preguntar de él; `sesion.organo` ya traído."""
    return f"{acuerdo.sesion.organo.clave}/{acuerdo.sesion.clave}/{acuerdo.numero}"


def _objeto(acuerdo: Acuerdo) -> Objeto:
    return Objeto(
        pk=acuerdo.pk,
        clave=clave_de(acuerdo),
        titulo=str(acuerdo),
        url=acuerdo.get_absolute_url(),
        organo=acuerdo.sesion.organo_id,
        responde=acuerdo.quien_responde,
        asiento=acuerdo.responsable_asiento_id or 0,
    )


def acuerdos_a_cargo(usuario: Any, al: dt.date) -> "QuerySet[Any]":
    """Los públicos que señalan como responsable a un asiento que la cuenta ocupa ese día."""
    asientos = Asiento.objects.ocupados_por(usuario, al).values("pk")
    return acuerdos_publicos().filter(responsable_asiento__in=asientos).values("pk")


ACUERDO = Clase(
    nombre="acuerdo",
    del_dicho="del acuerdo",
    donde=Enlace("un acuerdo", "/acuerdos/"),
    publicos=acuerdos_publicos,
    por_pk=acuerdos_por_pk,
    por_clave=acuerdo_por_clave,
    a_cargo=acuerdos_a_cargo,
)
SEDE = Sede(
    organos=organos_publicos.por_pk,
    filas=Organo.objects.all,
    conduce=conduce,
    audita=audita,
    quienes_conducen=quienes_conducen,
    quienes_ocupan=quienes_ocupan,
    dias=dias,
    vence=sumar_dias_habiles,
    habiles=dias_habiles,
    firma=firma,
)


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    registro.instalar(SEDE)
    registro.apuntar_clase(ACUERDO)
