"""Elaborar la versión pública de un acta: lo mismo, sin los datos personales, con su propio PDF sellado.

El documento se testa en sus datos y de ahí se vuelve a dibujar todo (XML, página y PDF): lo eliminado no
está en ningún byte de lo que se entrega. El original queda reservado; su huella, en el registro público.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from sesiones import constancia_publica, publica
from sesiones.acta import akn, vida
from sesiones.acta.imprenta import imprimir
from sesiones.acta.imprenta_publica import acta_publica
from sesiones.estados import ClaseFirma
from sesiones.models import Acta, Firma, Publicacion, Sello, VersionPublica
from sesiones.testar import Tachador
from stl_portal.archivo import almacen, vitrina
from stl_portal.firma import sello_institucional as del_organo
from stl_portal.firma.estampa import estampador
from stl_portal.sello.canonico import canonico, huella


def razones(sello: Sello) -> Iterator[str]:
    """Por qué el acta no se publica completa; vacío si sí."""
    testados = sello.testados.count()
    if testados:
        yield "1 dato testado" if testados == 1 else f"{testados} datos testados"
    con_certificado = _con_certificado(sello)
    if con_certificado:
        # Su certificado va dentro del PDF firmado, con el RFC y la CURP de quien firmó.
        yield f"{con_certificado} e.firma"


def _con_certificado(sello: Sello) -> int:
    return Firma.objects.filter(lugar__sello=sello, clase=ClaseFirma.AVANZADA).count()


def _certificados(sello: Sello) -> dict[str, Any] | None:
    """Lo que se va con el PDF firmado, como un renglón más de lo eliminado; None si nadie usó e.firma."""
    cuantos = _con_certificado(sello)
    return (
        {
            "motivo": f"RFC y CURP dentro de los certificados de {cuantos} e.firma",
            "fundamento": "Datos personales (RFC y CURP) dentro del certificado",
            "veces": cuantos,
        }
        if cuantos
        else None
    )


def hace_falta(sello: Sello) -> bool:
    """Si lo que se publica es una versión pública."""
    return any(razones(sello))


def contenido_de(sello: Sello, ordinal: int, motivo: str = "") -> dict[str, Any]:
    """El documento sin los datos y, en `version_publica`, qué se eliminó y quién firmó el original."""
    filas = list(sello.testados.all())
    tachador = Tachador(tuple(fila.texto for fila in filas))
    original = publica.contenido_sellado(sello)
    contenido = publica.sin_datos(original, tachador.textos)
    veces = publica.lugares(original, tachador.textos)
    contenido["version_publica"] = {
        "de": sello.huella,
        "codigo": sello.codigo,
        "ordinal": ordinal,
        "motivo": publica.tachador_de_todas(sello)(motivo),
        "testados": publica.renglones(filas, veces, tachador),
        "certificados": _certificados(sello),
        "firmas": [
            {
                "espacio": f.lugar.campo,
                "estado": f.estado,
                "como": tachador(f.como),
                "cuando": _cuando(f.firma),
            }
            for f in vida.hoja_de(sello)
        ],
    }
    return contenido


def _cuando(firma: Firma | None) -> str:
    return firma.cuando.isoformat(timespec="seconds") if firma else ""


def previa(sello: Sello, cuando: dt.datetime) -> Any:
    """El PDF como saldría hoy, con marca de borrador y sin sellar."""
    contenido = contenido_de(sello, _siguiente(sello))
    escrito = canonico(contenido)
    xml = akn.acta_xml(contenido, huella(escrito))
    return acta_publica(sello, contenido, escrito, xml, cuando, marca="BORRADOR")


def elaborar(sello: Sello, por: Any, cuando: dt.datetime, motivo: str = "") -> VersionPublica:
    """La compone, la sella, la anota y la guarda: desde ese momento es lo único que se entrega.

    `FirmaRechazada` si el sello del órgano no se puede abrir: entonces nada cambia. La transacción puede
    ser de quien llama.
    """
    with transaction.atomic():
        Acta.objects.select_for_update().get(pk=sello.acta_id)
        anterior = sello.versiones_publicas.select_related("pdf").last()
        version = _compuesta(sello, _siguiente(sello), por, cuando, motivo)
        constancia_publica.anotar(version)
        version.save(force_insert=True)
        antes = anterior.pdf if anterior else _publicado_completo(sello)
        if antes:
            vitrina.retirar(antes)
    return version


def _siguiente(sello: Sello) -> int:
    return sello.versiones_publicas.count() + 1


def _publicado_completo(sello: Sello) -> Any:
    publicacion = Publicacion.objects.filter(sello=sello).select_related("pdf").first()
    return publicacion.pdf if publicacion else None


def _compuesta(sello: Sello, ordinal: int, por: Any, cuando: dt.datetime, motivo: str) -> VersionPublica:
    contenido = contenido_de(sello, ordinal, motivo)
    escrito = canonico(contenido)
    xml = akn.acta_xml(contenido, huella(escrito))
    original = acta_publica(sello, contenido, escrito, xml, cuando)
    cerrado = del_organo.sellar(
        imprimir(original).contenido,
        del_organo.del_entorno(),
        ahora=cuando,
        razon=f"Versión pública del acta {sello.codigo}",
        estampador=estampador(),
    )
    return VersionPublica(
        sello=sello,
        ordinal=ordinal,
        documento=escrito,
        xml=xml,
        pdf=almacen.guardar_propio(cerrado, original.nombre, por),
        testados=contenido["version_publica"]["testados"],
        elaborada_el=cuando,
        elaborada_por=por,
        motivo=motivo,
    )


def reelaborar(acta: Acta, por: Any, cuando: dt.datetime, motivo: str) -> list[VersionPublica]:
    """Una nueva de cada versión ya publicada de esa sesión cuyo testado cambió."""
    hechas = []
    for sello in publica.selladas(acta.sesion_id).filter(publicacion__isnull=False):
        ultima = sello.versiones_publicas.last()
        if sello.testados.count() != len(ultima.testados if ultima else ()):
            hechas.append(elaborar(sello, por, cuando, motivo))
    return hechas
