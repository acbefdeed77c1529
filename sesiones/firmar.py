"""Firmar el acta sellada: cada persona a su modo, mezclados en la misma hoja.

Un solo acto a la vez por acta: quien firma con e.firma toma un turno corto mientras su navegador
calcula; si alguien más dejó su firma en medio, lo preparado se descarta y se repite, nunca se mezcla.
"""

import datetime as dt
import json
import secrets
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from sesiones import constancia_publica
from sesiones.estados import ClaseFirma, EstadoActa
from sesiones.models import Acta, Firma, LugarDeFirma, Preparacion, Sello
from sesiones.models.sellado import pdf_actual
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.firma import certificados, pades
from stl_portal.firma import sello_institucional as del_organo
from stl_portal.firma.estampa import Estampador, estampador
from stl_portal.firma.preparacion import Preparacion as Preparada

TURNO = dt.timedelta(minutes=2)
# Pone la firma en el PDF, con la estampa de tiempo que dé el servicio.
Componer = Callable[[bytes, Estampador | None], bytes]


def autografa(lugar: LugarDeFirma, por: Any, cuando: dt.datetime, escaneo: Archivo) -> Firma:
    """Asienta la firma de puño y letra con el escaneo; en el PDF da constancia el sello del órgano."""
    razon = f"Consta la firma autógrafa de {lugar.nombre}; escaneo {escaneo.huella[:16]}"
    return _asentar(
        lugar,
        ClaseFirma.AUTOGRAFA,
        por,
        cuando,
        componer=_constancia(lugar, cuando, "Constancia de firma autógrafa", razon),
        escaneo=escaneo,
        detalle={"escaneo": escaneo.huella},
    )


def simple(lugar: LugarDeFirma, por: Any, cuando: dt.datetime, *, metodo: str) -> Firma:
    """Firma de quien acaba de identificarse otra vez; `metodo` dice cómo: «contraseña y código temporal»."""
    _exigir_titular(lugar, por)
    razon = f"Consta la firma electrónica simple de {lugar.nombre}, identificada con {metodo}"
    return _asentar(
        lugar,
        ClaseFirma.SIMPLE,
        por,
        cuando,
        componer=_constancia(lugar, cuando, "Constancia de firma simple", razon),
        detalle={"metodo": metodo},
    )


def _constancia(lugar: LugarDeFirma, cuando: dt.datetime, rotulo: str, razon: str) -> Componer:
    """Llena el espacio de la persona con el sello del órgano, que dice de qué da constancia."""

    def poner(pdf: bytes, servicio: Estampador | None) -> bytes:
        sello = del_organo.del_entorno()
        return del_organo.sellar(
            pdf,
            sello,
            campo=lugar.campo,
            rotulo=rotulo,
            ahora=cuando,
            razon=razon,
            estampador=servicio,
        )

    return poner


def negarse(lugar: LugarDeFirma, por: Any, cuando: dt.datetime, *, motivo: str) -> Firma:
    """Deja constancia de que no firma y por qué. Quien se negó puede firmar después."""
    _exigir_titular(lugar, por)
    if not motivo.strip():
        raise ValidationError({"motivo": "Escribe por qué no firmas."})
    # Un motivo corto se podría adivinar probando contra la huella que queda en el registro.
    azar = {"sal": secrets.token_hex(16)}
    return _asentar(lugar, ClaseFirma.NEGADA, por, cuando, detalle=azar, motivo=motivo.strip())


def tomar_turno(lugar: LugarDeFirma, por: Any, cuando: dt.datetime, certificado: bytes) -> Preparacion:
    """Prepara lo que la persona firmará con su e.firma y le aparta el acta dos minutos.

    Lanza `FirmaRechazada` si el certificado no sirve o no es suyo, y `ValidationError` si le toca
    a otra persona o alguien está firmando ahora.
    """
    _exigir_titular(lugar, por)
    with transaction.atomic():
        sello = _bloquear(lugar)
        _exigir_libre(lugar)
        _exigir_turno_libre(sello, por, cuando)
        (raices, intermedios), (rfc, curp) = _autoridades(sello), _identidad(lugar)
        confianza = certificados.comprobar(
            certificados.leer(certificado),
            al=cuando,
            raices=raices,
            intermedios=intermedios,
            rfc=rfc,
            curp=curp,
        )
        base = pdf_actual(sello)
        preparada = pades.preparar(
            almacen.leer(base),
            lugar.campo,
            confianza,
            ahora=cuando,
            razon=f"Firma del acta {sello.codigo}",
            con_estampa=estampador() is not None,
        )
        return Preparacion.objects.create(
            sello=sello,
            lugar=lugar,
            clave=secrets.token_urlsafe(32),
            base=base,
            certificado=certificado,
            datos=json.dumps(preparada.a_datos()).encode(),
            por=por,
            vence=cuando + TURNO,
        )


def avanzada(clave: str, por: Any, cuando: dt.datetime, firma: bytes) -> Firma:
    """Pone en el PDF la firma que calculó el navegador. Una preparación vale una sola vez.

    Lanza `FirmaRechazada` si la firma no corresponde y `ValidationError` si el turno ya no vale.
    """
    turno = Preparacion.objects.filter(clave=clave, por=por).select_related("lugar__sello").first()
    if turno is None or turno.vence < cuando:
        raise ValidationError("Tu turno para firmar terminó o ya se usó. Vuelve a intentarlo.")
    preparada = Preparada.de_datos(json.loads(bytes(turno.datos)))
    certificado, servicio = certificados.leer(bytes(turno.certificado)), estampador()
    if servicio:
        servicio.estampar(firma)  # antes del candado: si tarda, nadie más espera
    return _asentar(
        turno.lugar,
        ClaseFirma.AVANZADA,
        por,
        cuando,
        componer=lambda pdf, servicio: pades.terminar(pdf, preparada, firma, estampador=servicio),
        detalle=_publicable(certificado),
        servicio=servicio,
    )


def _asentar(
    lugar: LugarDeFirma,
    clase: str,
    por: Any,
    cuando: dt.datetime,
    *,
    componer: Componer | None = None,
    detalle: dict[str, str] | None = None,
    servicio: Estampador | None = None,
    **campos: Any,
) -> Firma:
    """El único camino de una firma: candado, comprobar, PDF al almacén, eslabón, fila y estado.

    En el detalle queda cómo le fue con la estampa de tiempo, si hay a quién pedirla.
    """
    with transaction.atomic():
        sello = _bloquear(lugar)
        _exigir_libre(lugar)
        pdf = antes = pdf_actual(sello)
        servicio = servicio or estampador()
        if componer:
            pdf = almacen.guardar_propio(componer(almacen.leer(antes), servicio), antes.nombre, por)
        estampa = {"estampa": str(servicio.dicho)} if servicio and servicio.dicho else {}
        detalle = (detalle or {}) | estampa
        firma = Firma(lugar=lugar, clase=clase, cuando=cuando, por=por, pdf=pdf, detalle=detalle, **campos)
        constancia_publica.anotar(firma)
        firma.save(force_insert=True)
        Preparacion.objects.filter(sello=sello).delete()
        if not por_firmar(sello):
            sello.acta.cambiar("completar_firmas", por, cuando=cuando)
    return firma


def _bloquear(lugar: LugarDeFirma) -> Sello:
    """El sello con el acta bajo candado; lanza `TransicionInvalida` si ya no se firma."""
    acta = Acta.objects.select_for_update().get(sello=lugar.sello_id)
    acta.exigir("completar_firmas")
    return Sello.objects.select_related("acta__sesion__organo", "pdf").get(pk=lugar.sello_id)


def _exigir_libre(lugar: LugarDeFirma) -> None:
    """Lanza `ValidationError` si ya firmó o, con firmas en orden, falta alguien antes."""
    if lugar.firmas.exclude(clase=ClaseFirma.NEGADA).exists():
        raise ValidationError("Ese lugar de la hoja ya está firmado.")
    if not lugar.sello.acta.sesion.regla.firma_en_orden:
        return
    antes = next((x for x in por_firmar(lugar.sello) if x.orden < lugar.orden), None)
    if antes:
        raise ValidationError(f"Las firmas van en orden: primero le toca a {antes.nombre}.")


def por_firmar(sello: Sello) -> list[LugarDeFirma]:
    """Los lugares que nadie ha resuelto; negarse también resuelve."""
    return list(sello.lugares.filter(firmas__isnull=True))


def _exigir_titular(lugar: LugarDeFirma, usuario: Any) -> None:
    """Lanza `ValidationError` si la cuenta no es la de quien debe firmar ahí."""
    if lugar.persona is None or lugar.persona.usuario_id != usuario.pk:
        raise ValidationError(f"Ese lugar es de {lugar.nombre}: solo esa persona firma en él.")


def _exigir_turno_libre(sello: Sello, usuario: Any, cuando: dt.datetime) -> None:
    """Retira el turno vencido o propio; lanza `ValidationError` si otra persona está firmando.

    El que vence después de lo que dura uno se tomó con otro reloj: si lo corrigieron, tampoco vale.
    """
    vencido = Q(vence__lte=cuando) | Q(vence__gt=cuando + TURNO)
    Preparacion.objects.filter(vencido, sello=sello).delete()
    Preparacion.objects.filter(sello=sello, por=usuario).delete()
    ocupado = Preparacion.objects.filter(sello=sello).select_related("lugar").first()
    if ocupado:
        raise ValidationError(
            f"{ocupado.lugar.nombre} está firmando en este momento. Espera un poco e inténtalo de nuevo."
        )


def _autoridades(sello: Sello) -> tuple[list[bytes], list[bytes]]:
    """Los certificados que el órgano acepta: raíces e intermedios. `ValidationError` si no hay raíces."""
    filas = list(sello.acta.sesion.organo.raices.all())
    raices = [bytes(fila.certificado) for fila in filas if not fila.intermedia]
    if not raices:
        raise ValidationError("El órgano no tiene registrada ninguna autoridad certificadora.")
    return raices, [bytes(fila.certificado) for fila in filas if fila.intermedia]


def _identidad(lugar: LugarDeFirma) -> tuple[str, str]:
    """RFC y CURP con que se compara el certificado."""
    return (lugar.persona.rfc, lugar.persona.curp) if lugar.persona else ("", "")


def _publicable(certificado: certificados.Certificado) -> dict[str, str]:
    """Del certificado, lo que se puede mostrar: nunca RFC ni CURP."""
    return {
        "nombre": certificado.nombre,
        "emisor": certificado.emisor,
        "serie": certificado.numero,
        "huella": certificado.huella,
        "desde": certificado.desde.isoformat(),
        "hasta": certificado.hasta.isoformat(),
        "revocacion": certificados.REVOCACION_NO_CONSULTADA,
    }


def lugar_de(acta: Acta, usuario: Any) -> LugarDeFirma | None:
    """El lugar de la cuenta en la hoja del acta, si le toca firmarla."""
    return LugarDeFirma.objects.filter(sello__acta=acta, persona__usuario=usuario).first()


def pendientes_de(usuario: Any) -> list[LugarDeFirma]:
    """Las actas que la cuenta tiene por firmar ahora mismo."""
    filas = LugarDeFirma.objects.filter(
        persona__usuario=usuario, firmas__isnull=True, sello__acta__estado=EstadoActa.POR_FIRMAR
    )
    return list(filas.select_related("sello__acta__sesion__organo").order_by("sello__sellado_el"))
