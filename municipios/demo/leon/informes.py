"""Los informes trimestrales ficticios: uno presentado en la sesión que lo tuvo como anexo, otro a medias."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from municipios.informes import escribir, presentar, trimestres
from municipios.models import InformeTrimestral
from sesiones.models import Punto


def presentar_el_primero(ficha: Mapping[str, Any], punto: Punto, por: Any, cuando: dt.datetime) -> None:
    """El del último trimestre que había terminado al celebrarse la sesión."""
    trimestre = trimestres.ultimo_terminado(punto.sesion.fecha)
    informe = _escrito(punto.sesion.organo, trimestre, ficha["mes"], por, cuando)
    escribir.entregar(informe, por, cuando)
    presentar.presentar(informe, punto.sesion, punto, por, cuando)


def empezar_el_segundo(ficha: Mapping[str, Any], primero: InformeTrimestral, por: Any, ahora: Any) -> None:
    """El del trimestre que le sigue: ya terminó y le falta por escribir."""
    que_sigue = trimestres.Trimestre(primero.anio, primero.trimestre).siguiente
    _escrito(primero.organo, que_sigue, ficha["mes"], por, ahora)


def _escrito(
    organo: Any, trimestre: trimestres.Trimestre, meses: Sequence[Mapping[str, str]], por: Any, cuando: Any
) -> InformeTrimestral:
    """El informe con sus apartados llenos, mes por mes, hasta donde dice el archivo."""
    informe = escribir.empezar(organo, trimestre, por, cuando)
    for mes, dicho in zip(informe.meses, meses, strict=False):
        for texto in informe.textos.filter(mes=mes):
            escribir.guardar(texto, texto.version, por, dicho[texto.apartado])
    return informe
