"""Marcar los datos de un acta que no se publican, antes y después de publicarla.

Lo marcado vale para todas las versiones selladas de la misma sesión que lo digan: la fe de erratas no
vuelve a publicar lo que la primera eliminó, ni la primera sigue diciendo lo que después se testó.
"""

import datetime as dt
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sesiones import version_publica
from sesiones.datos.de_la_sesion import id_de
from sesiones.models import Acta, Sello, Sesion, Testado, VersionPublica
from sesiones.models.publica import LETRAS_MINIMAS
from sesiones.publica import SIN_NADA, aparece, contenido_sellado, lugares, selladas, tachadores
from sesiones.sospechas import sospechas_en
from sesiones.testar import MARCA, Tachador, leer, testar, textos_de
from stl_portal.datos import versiones

MITAD = 0.5
SE_TESTO = "Decía un dato personal que después se testó en un acta."
NO_SE_MUESTRA = "Ya se publicó sin ese dato: no se vuelve a mostrar."


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

    Las versiones guardadas de los datos abiertos que lo dicen de esa sesión dejan de entregarse.
    `por_que` se lee en la versión nueva y es obligatorio cuando ya se publicó. `ValidationError` si el
    texto es muy corto, ya está marcado, no aparece o borraría más de la mitad del acta.
    """
    with transaction.atomic():
        acta = Acta.objects.select_for_update().get(pk=sello.acta_id)
        fila = Testado(sello=sello, texto=texto, motivo=motivo, fundamento=fundamento, por=por)
        _exigir_testable(fila, por_que)
        if sello.acta.publica and not por_que:
            raise ValidationError({"por_que": "Di por qué se testa después de publicarla."})
        fila.full_clean()
        fila.save()
        for otra in selladas(acta.sesion_id).exclude(pk=sello.pk):
            if aparece(otra, texto) and not _marcado(otra, texto):
                Testado.objects.create(sello=otra, texto=texto, motivo=motivo, fundamento=fundamento, por=por)
        if por_que:
            version_publica.reelaborar(acta, por, cuando, por_que)
        _retirar_de_los_datos(acta.sesion, texto, cuando)
    return fila


def _retirar_de_los_datos(sesion: Sesion, texto: str, cuando: dt.datetime) -> None:
    """Solo por filas que hablan de esa sesión: en otra, el mismo nombre puede ser público."""
    clave = id_de(sesion)
    de_la_sesion, tachador = re.compile(rf"(?<![\w-]){re.escape(clave)}(?![\w-])"), Tachador((texto,))

    def lo_dice(fila: list[str]) -> bool:
        return any(map(de_la_sesion.search, fila)) and any(tachador(celda) != celda for celda in fila)

    versiones.retirar_las_que_dicen(clave, lo_dice, SE_TESTO, cuando)


def previa_con(
    sello: Sello,
    por: Any,
    cuando: dt.datetime,
    *,
    texto: str,
    motivo: str,
    fundamento: str,
    por_que: str = "",
) -> Any:
    """El PDF como quedaría sin ese dato además de los marcados; no guarda nada. Lanza `ValidationError`."""
    with transaction.atomic():
        fila = Testado(sello=sello, texto=texto, motivo=motivo, fundamento=fundamento, por=por)
        _exigir_testable(fila, por_que)
        fila.full_clean()
        fila.save()
        hoja = version_publica.previa(sello, cuando)
        transaction.set_rollback(True)
    return hoja


def quitar(fila: Testado) -> None:
    """Quita una marca antes de publicar, también de las versiones anteriores que aún lo dicen.

    `ValidationError` si esta versión, o una anterior de la misma sesión, ya se publicó sin ese dato.
    """
    with transaction.atomic():
        acta = Acta.objects.select_for_update().get(pk=fila.sello.acta_id)
        if acta.publica or _buscado(fila.texto) in ya_sin_publicar(fila.sello):
            raise ValidationError(NO_SE_MUESTRA)
        todas = Testado.objects.filter(sello__acta__sesion=acta.sesion_id)
        iguales = [otra.pk for otra in todas if _buscado(otra.texto) == _buscado(fila.texto)]
        todas.filter(pk__in=iguales).delete()


def ya_sin_publicar(sello: Sello) -> frozenset[str]:
    """Los datos, como se buscan, sin los que ya se publicó otra versión de la misma sesión."""
    con_version = VersionPublica.objects.filter(sello__in=selladas(sello.acta.sesion_id).exclude(pk=sello.pk))
    cuantos = {
        suyo: len(dichos) for suyo, dichos in con_version.order_by("ordinal").values_list("sello", "testados")
    }
    filas = Testado.objects.filter(sello__in=cuantos).order_by("pk").values_list("sello", "texto")
    por_sello: dict[int, list[str]] = {}
    for suyo, texto in filas:
        por_sello.setdefault(suyo, []).append(_buscado(texto))
    return frozenset(texto for suyo, textos in por_sello.items() for texto in textos[: cuantos[suyo]])


def es_fija(fila: Testado, fijos: frozenset[str]) -> bool:
    """Si la marca ya no se puede quitar, dados los `fijos` de `ya_sin_publicar`."""
    return _buscado(fila.texto) in fijos


def exigir_sin_datos(sesion: Sesion, motivo: str) -> None:
    """Que lo que se va a publicar como motivo no diga un dato. Lanza `ValidationError` junto a `motivo`."""
    tachador = tachadores([sesion.pk]).get(sesion.pk, SIN_NADA)
    if tachador(motivo) != motivo:
        raise ValidationError(
            {"motivo": "Dice un dato que se testó en el acta, y esto sí se publica: quítalo."}
        )
    for una in sospechas_en(motivo):
        frase = f"«{una.texto}» parece un dato personal ({una.motivo}) y esto sí se publica: quítalo."
        raise ValidationError({"motivo": frase})


def _buscado(texto: str) -> str:
    return leer(texto).letras.strip()


def _marcado(sello: Sello, texto: str) -> bool:
    return any(_buscado(otro) == _buscado(texto) for otro in sello.testados.values_list("texto", flat=True))


def _exigir_testable(fila: Testado, por_que: str) -> None:
    """Lanza `ValidationError`, junto a su campo."""
    buscado = _buscado(fila.texto)
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
    _exigir_que_no_se_encime(fila, contenido)
    dichos = {"motivo": fila.motivo, "fundamento": fila.fundamento, "por_que": por_que}
    for campo, dicho in dichos.items():
        if buscado in leer(dicho).letras:
            raise ValidationError({campo: "Aquí no escribas el dato: esto sí se publica."})


def _exigir_que_no_se_encime(fila: Testado, contenido: dict[str, Any]) -> None:
    """Que ninguna marca se quede sin lugar: su número estaría en la tabla y no en el texto.

    Ya publicada el acta, la anterior no se puede quitar: entonces otra más larga sí la cubre.
    """
    otros = list(fila.sello.testados.values_list("texto", flat=True))
    queda, _ = testar(contenido, [*otros, fila.texto])
    vistos = {int(n) for texto in textos_de(queda) for n in MARCA.findall(texto)}
    cubiertas = [n for n in range(1, len(otros) + 1) if n not in vistos]
    if len(otros) + 1 not in vistos:
        cubiertas = [_cual_la_cubre(fila, contenido, otros)]
    elif fila.sello.acta.publica:
        return
    if cubiertas:
        raise ValidationError({"texto": f"Se encima con el dato {cubiertas[0]}: quita uno."})


def _cual_la_cubre(fila: Testado, contenido: dict[str, Any], otros: list[str]) -> int:
    """El número de la primera marca que deja menos lugares para esta."""
    solos = testar(contenido, [fila.texto])[1][0]
    for numero, otro in enumerate(otros, start=1):
        if testar(testar(contenido, [otro])[0], [fila.texto])[1][0] < solos:
            return numero
    return len(otros)


def _exigir_que_quede_acta(contenido: dict[str, Any], textos: list[str]) -> None:
    queda, _ = testar(contenido, textos)
    antes, despues = (sum(map(len, _sin_marcas(c))) for c in (contenido, queda))
    if despues < antes * MITAD:
        raise ValidationError({"texto": "Borraría más de la mitad del acta: marca solo los datos."})


def _sin_marcas(contenido: dict[str, Any]) -> list[str]:
    return [MARCA.sub("", texto) for texto in textos_de(contenido)]
