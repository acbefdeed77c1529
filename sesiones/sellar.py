"""Sellar el acta aprobada: su contenido queda escrito para siempre y su PDF se compone una sola vez.

Orden de las escrituras (confianza, «Acta: from text to proof»): el PDF entra al almacén antes que
cualquier fila; luego, en una sola transacción, el sello, los lugares de firma, el eslabón del registro
público y el cambio de estado. Un corte deja, cuando mucho, un PDF sin fila.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sesiones import constancia_publica, faltantes, pedir_firmas, publica
from sesiones.acta import akn, edicion, imprenta
from sesiones.acta.documento import AlSellar, Documento, documento_de, espacio
from sesiones.acta.edicion import Borrador
from sesiones.acta.piezas import Firma as EnHoja
from sesiones.faltantes import Falta
from sesiones.models import Acta, LugarDeFirma, Sello
from stl_portal.archivo import almacen


@dataclass(frozen=True)
class Preparada:
    """Lo que se va a sellar, ya compuesto y sin candado alguno."""

    documento: Documento
    xml: bytes
    pdf: bytes
    nombre: str
    firmas: tuple[EnHoja, ...]


def sellar(acta: Acta, por: Any, cuando: dt.datetime) -> Sello:
    """Congela el acta aprobada. Lanza `ValidationError` con lo que lo impida y `TransicionInvalida`.

    El PDF tarda uno o dos segundos: se compone antes de tomar el candado y, ya con él, se comprueba que
    el acta sigue diciendo lo mismo.
    """
    acta = Acta.objects.select_related("sesion__organo").get(pk=acta.pk)
    _exigir_sellable(acta)
    fijo = AlSellar.ahora()
    preparada = _preparar(acta, fijo)
    with transaction.atomic():
        actual = Acta.objects.select_for_update(of=("self",)).select_related("sesion__organo").get(pk=acta.pk)
        _exigir_sellable(actual)
        ahora = documento_de(actual, edicion.borrador(actual.sesion), fijo)
        if ahora.huella != preparada.documento.huella:
            raise ValidationError("El acta cambió mientras se sellaba; revísala y séllala otra vez.")
        return _asentar(actual, preparada, por, cuando)


def lo_que_impide(acta: Acta, borrador: Borrador | None = None) -> Iterator[Falta]:
    """Lo que hay que resolver antes de sellar, y dónde. `borrador`, si ya se leyó, ahorra leerlo otra vez."""
    borrador = borrador or edicion.borrador(acta.sesion)
    cierre, texto = acta.sesion.paso_url("cierre"), acta.sesion.paso_url("acta")
    if borrador.hechos.firmas_propuestas or not borrador.hechos.firmas:
        yield Falta(
            "No hay lista de quienes firman: propónla en el paso Cierre.", f"{cierre}#firmas", impide=True
        )
    else:
        for frase in faltantes.firmas_sin_explicar(borrador.hechos):
            yield Falta(frase, f"{cierre}#firmas", impide=True)
    for anexo in acta.sesion.anexos.filter(archivo__isnull=True):
        yield Falta(f"El anexo «{anexo.titulo}» no tiene archivo: súbelo o quítalo.", cierre, impide=True)
    if borrador.desfasados:
        frase = "Un párrafo editado a mano ya no dice lo que dicen los datos: decide cuál vale."
        yield Falta(frase, texto, impide=True)
    if borrador.huerfanas:
        frase = "Quedó un texto editado a mano cuyo dato ya no existe: cópialo o descártalo."
        yield Falta(frase, texto, impide=True)


def _exigir_sellable(acta: Acta) -> None:
    acta.exigir("sellar")
    impide = [falta.texto for falta in lo_que_impide(acta)]
    if impide:
        raise ValidationError(impide)


def _preparar(acta: Acta, fijo: AlSellar) -> Preparada:
    """Compone todo lo que se guardará."""
    borrador = edicion.borrador(acta.sesion)
    documento = documento_de(acta, borrador, fijo)
    xml = akn.acta_xml(json.loads(documento.canonico), documento.huella)
    original = imprenta.acta_sellada(acta, borrador, documento, xml)
    return Preparada(
        documento, xml, imprenta.imprimir(original).contenido, original.nombre, borrador.hechos.firmas
    )


def _asentar(acta: Acta, preparada: Preparada, por: Any, cuando: dt.datetime) -> Sello:
    """Escribe el sello, los lugares, el eslabón y el estado; la transacción es de quien llama."""
    documento = preparada.documento
    pdf = almacen.guardar_propio(preparada.pdf, preparada.nombre, por)
    sello = Sello(
        acta=acta,
        documento=documento.canonico,
        huella=documento.huella,
        codigo=documento.codigo,
        xml=preparada.xml,
        pdf=pdf,
        sellado_el=cuando,
        sellado_por=por,
    )
    lugares = [
        LugarDeFirma(
            sello=sello,
            orden=orden,
            campo=espacio(orden),
            persona_id=firma.persona,
            nombre=firma.nombre,
            cargo=firma.cargo,
            institucion=firma.institucion,
        )
        for orden, firma in enumerate(preparada.firmas, start=1)
    ]
    constancia_publica.anotar(sello, lugares)
    sello.save(force_insert=True)
    LugarDeFirma.objects.bulk_create(lugares)
    publica.heredar(sello)
    acta.cambiar("sellar", por, cuando=cuando)
    pedir_firmas.avisar(sello)
    return sello
