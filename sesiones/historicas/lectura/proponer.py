"""Del texto de un acta a la sesión que se propone: el mismo texto da siempre la misma propuesta."""

import datetime as dt
from collections.abc import Sequence

from . import (
    acuerdos,
    asistentes,
    encabezado,
    firmas,
    oficios,
    orden,
    plazos,
    renglones,
    resultados,
    tabla_de_acuerdos,
    votos,
)
from .alineado import alinear
from .hallado import Hallado, Propuesta, Punto
from .implicito import puntos_del_desahogo
from .orden import Lista
from .partes import Parte, Partido, partir
from .renglones import Parrafo
from .tabla_de_acuerdos import Desahogado, Fila

CABEZA = 14  # párrafos del principio donde se busca de qué sesión es


def proponer(texto: str) -> Propuesta:
    """La sesión que dice el texto. Lanza `TextoIlegible` si no es el texto de un acta."""
    parrafos = renglones.parrafos(r for r in renglones.leer(texto))
    partido = partir(parrafos)
    cuerpo, tabla = tabla_de_acuerdos.separar(_cuerpo(partido))
    puntos = orden.proponer(_lista(partido)) or puntos_del_desahogo(cuerpo)
    return _armar(parrafos, partido, cuerpo, tabla, puntos)


def _cuerpo(partido: Partido) -> list[Parrafo]:
    """El desahogo con sus acuerdos; si el acta no tiene partes, toda."""
    cuerpo = partido.todos(Parte.DESAHOGO, Parte.ACUERDOS)
    return cuerpo or partido.todos(Parte.ENCABEZADO, Parte.ASISTENCIA, Parte.ORDEN)


def _lista(partido: Partido) -> Lista:
    """El orden del día: en lista o, si no, escrito de corrido."""
    if partido.lista.puntos:
        return partido.lista
    con_orden = [p for p in partido.todos(*Parte) if "orden del dia" in p.llano]
    return next((lista for p in con_orden if (lista := orden.en_linea(p)).puntos), partido.lista)


def _armar(
    parrafos: Sequence[Parrafo],
    partido: Partido,
    cuerpo: Sequence[Parrafo],
    tabla: Sequence[Fila],
    puntos: Sequence[Hallado[Punto]],
) -> Propuesta:
    cabeza = _cabeza(partido, cuerpo)
    fin = [*partido.de[Parte.FIN], *parrafos[-3:]]
    rutas = alinear(cuerpo, puntos)
    claves, titulos = [p.valor.ruta for p in puntos], [p.valor.titulo for p in puntos]
    tramos = acuerdos.tramos(cuerpo, rutas, claves, titulos)
    votados = votos.proponer(cuerpo, rutas, puntos, tramos)
    tipo, numero = encabezado.sesion(cabeza, fin)
    fecha = encabezado.fecha(cabeza) or encabezado.fecha(fin)
    sede, domicilio = encabezado.lugar(cabeza)
    cierre = encabezado.cierre(cabeza, cuerpo)
    dia = fecha.valor if fecha else None
    contados = acuerdos.proponer(cuerpo, rutas, tramos)
    desahogo = Desahogado(cuerpo, rutas, puntos)
    acordado, de_tabla = tabla_de_acuerdos.agregar(contados, tabla, desahogo, dia)
    return Propuesta(
        organo=encabezado.organo([*cabeza, *fin]),
        tipo=tipo,
        numero=numero,
        fecha=fecha,
        inicio=encabezado.inicio(cabeza, cuerpo),
        cierre=cierre,
        modalidad=encabezado.modalidad(cabeza, sede),
        lugar=sede,
        domicilio=domicilio,
        asistentes=tuple(asistentes.proponer(partido)),
        puntos=tuple(resultados.aplicar(puntos, votados, cuerpo, rutas, parrafos)),
        acuerdos=tuple(acordado),
        votos=tuple(votados),
        oficios=tuple(oficios.proponer(cuerpo, rutas)),
        plazos=tuple(tabla_de_acuerdos.juntar(plazos.proponer(cuerpo, rutas, tramos, dia), de_tabla)),
        firmantes=tuple(firmas.proponer(partido, _fin_del_cuerpo(cuerpo, cierre))),
    )


def _cabeza(partido: Partido, cuerpo: Sequence[Parrafo]) -> list[Parrafo]:
    """Lo que va antes de la asistencia y el orden del día; si nada, el principio del acta."""
    cabeza = partido.todos(Parte.ENCABEZADO, Parte.ASISTENCIA)
    return cabeza[:CABEZA] if cabeza else list(cuerpo[:CABEZA])


def _fin_del_cuerpo(cuerpo: Sequence[Parrafo], cierre: Hallado[dt.time] | None) -> tuple[int, ...]:
    """Los renglones del párrafo con que se cierra la sesión; las firmas van después."""
    cierran = [
        p
        for p in cuerpo
        if acuerdos.CIERRA.match(p.llano) or (cierre and set(cierre.renglones) & set(p.renglones))
    ]
    return cierran[-1].renglones if cierran else ()
