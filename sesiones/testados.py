"""Marcar los datos de un acta que no se publican, antes y después de publicarla.

Lo marcado vale para todas las versiones selladas de la misma sesión que lo digan: la fe de erratas no
vuelve a publicar lo que la primera eliminó, ni la primera sigue diciendo lo que después se testó.
"""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sesiones import version_publica
from sesiones.models import Acta, Sello, Testado
from sesiones.models.publica import LETRAS_MINIMAS
from sesiones.publica import aparece, contenido_sellado, lugares, selladas
from sesiones.testar import MARCA, leer, testar, textos_de

MITAD = 0.5


def marcar(
    sello: Sello,
    por: Any,
    cuando: dt.datetime,
    *,
    texto: str,
    motivo: str,
    fundamento: str,
    por_que: str = "",
) -> Testado:
    """Marca un dato; si el acta ya es pública, la sustituye por otra versión sin él.

    `por_que` se lee en la versión nueva y es obligatorio cuando ya se publicó. `ValidationError` si el
    texto es muy corto, ya está marcado, no aparece o borraría más de la mitad del acta.
    """
    with transaction.atomic():
        acta = Acta.objects.select_for_update().get(pk=sello.acta_id)
        fila = Testado(sello=sello, texto=texto, motivo=motivo, fundamento=fundamento, por=por)
        _exigir_testable(fila)
        if sello.acta.publica and not por_que:
            raise ValidationError({"por_que": "Di por qué se testa después de publicarla."})
        fila.full_clean()
        fila.save()
        for otra in selladas(acta.sesion_id).exclude(pk=sello.pk):
            if aparece(otra, texto) and not _marcado(otra, texto):
                Testado.objects.create(sello=otra, texto=texto, motivo=motivo, fundamento=fundamento, por=por)
        if por_que:
            version_publica.reelaborar(acta, por, cuando, por_que)
    return fila


def quitar(fila: Testado) -> None:
    """Quita una marca antes de publicar. `ValidationError` si el acta ya es pública."""
    with transaction.atomic():
        acta = Acta.objects.select_for_update().get(pk=fila.sello.acta_id)
        if acta.publica:
            raise ValidationError("El acta ya se publicó sin ese dato: no se vuelve a mostrar.")
        fila.delete()


def _marcado(sello: Sello, texto: str) -> bool:
    buscado = leer(texto).letras.strip()
    return any(
        leer(otro).letras.strip() == buscado for otro in sello.testados.values_list("texto", flat=True)
    )


def _exigir_testable(fila: Testado) -> None:
    """Lanza `ValidationError`, junto a su campo."""
    buscado = leer(fila.texto).letras.strip()
    if MARCA.search(fila.texto):
        raise ValidationError({"texto": "Eso ya está testado."})
    if len(buscado) < LETRAS_MINIMAS:
        raise ValidationError(
            {"texto": f"Escribe al menos {LETRAS_MINIMAS} letras: con menos se borraría de más."}
        )
    if _marcado(fila.sello, fila.texto):
        raise ValidationError({"texto": "Ese texto ya está marcado."})
    contenido = contenido_sellado(fila.sello)
    if not lugares(contenido, [fila.texto])[0]:
        raise ValidationError({"texto": "No aparece en el acta. Cópialo tal como está en ella."})
    _exigir_que_quede_acta(contenido, [*fila.sello.testados.values_list("texto", flat=True), fila.texto])
    for campo in ("motivo", "fundamento"):
        if buscado in leer(getattr(fila, campo)).letras:
            raise ValidationError({campo: "Aquí no escribas el dato: esto sí se publica."})


def _exigir_que_quede_acta(contenido: dict[str, Any], textos: list[str]) -> None:
    queda, _ = testar(contenido, textos)
    antes, despues = (sum(map(len, _sin_marcas(c))) for c in (contenido, queda))
    if despues < antes * MITAD:
        raise ValidationError({"texto": "Borraría más de la mitad del acta: marca solo los datos."})


def _sin_marcas(contenido: dict[str, Any]) -> list[str]:
    return [MARCA.sub("", texto) for texto in textos_de(contenido)]
