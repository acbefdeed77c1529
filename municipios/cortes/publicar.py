"""Publicar un corte municipal: se fija como datos y queda en el registro público."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from municipios.avance import lo_que_no_suma
from municipios.captura.contradicciones import contradicen, pares
from municipios.cortes import seguidores
from municipios.cuadro import Cuadro, tomar
from municipios.documento import documento_de, leer
from municipios.estados import Avance
from municipios.models import Anotacion, CorteMunicipal, CorteMunicipalPublicado, Etapa, EtapaSoloTotal
from sesiones.models import Organo
from stl_portal.archivo import vitrina
from stl_portal.archivo.models import Archivo
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.sello import bitacora
from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.constancia import contra_su_eslabon, sin_fila
from stl_portal.sello.lectura import leidas
from stl_portal.sello.registro import Falla

TIPO = "corte-municipal-publicado"
A_NOMBRAR = 5  # municipios que se dicen por su nombre en un aviso; los demás, cuántos son
DE_UN_CORTE = ("organo", "punto__sesion__organo", "corrige__publicacion")  # lo que lee `documento_de`


class YaNoEsIgual(Exception):
    """Lo que se publicaría no es lo que se enseñó al confirmar: no se publicó nada."""


def publicar(
    corte: CorteMunicipal, por: Any, cuando: dt.datetime | None = None, *, vista: str | None = None
) -> CorteMunicipalPublicado:
    """Congela el corte, ahora o `cuando` se diga; `vista` es la huella de lo que se enseñó, si se compara.

    Lanza `ValidationError` con lo que lo impida, `YaNoEsIgual` y `TransicionInvalida`.
    """
    with transaction.atomic():
        esperar_turno(corte.organo_id)
        cuando = cuando or _despues_de_lo_anotado(corte.organo_id)
        filas = CorteMunicipal.objects.select_for_update(of=("self",), no_key=True)
        filas = filas.select_related(*DE_UN_CORTE)
        corte = filas.get(pk=corte.pk)
        corte.exigir("publicar")
        cuadro = tomar(corte.organo, corte.fecha)
        faltan = pendientes(corte, cuadro, timezone.localdate(cuando))
        if impide := [p.frase for p in faltan if p.impide]:
            raise ValidationError(impide)
        documento = canonico(documento_de(corte, cuadro))
        if vista is not None and vista != huella(documento):
            raise YaNoEsIgual
        fila = CorteMunicipalPublicado(
            corte=corte,
            documento=documento,
            huella=huella(documento),
            publicado_el=cuando,
            publicado_por=por,
        )
        fila.eslabon = bitacora.anotar(TIPO, lo_que_consta(fila), objeto=objeto_de(fila)).n
        fila.save(force_insert=True)
        corte.cambiar("publicar", por, cuando=cuando)
        seguidores.avisar(fila)
        _retirar_lo_corregido(fila)
    return fila


def _retirar_lo_corregido(fila: CorteMunicipalPublicado) -> None:
    """Las pruebas que solo decía el corte corregido salen de la vitrina; `corrige.publicacion` ya traída."""
    if fila.corte.corrige is None:
        return
    decia, dice = (_pruebas(bytes(f.documento)) for f in (fila.corte.corrige.publicacion, fila))
    for archivo in Archivo.objects.filter(huella__in=decia - dice):
        vitrina.retirar(archivo)


def _pruebas(documento: bytes) -> set[str]:
    return {casilla["prueba"] for casilla in leer(documento).casillas.values()} - {""}


def _despues_de_lo_anotado(organo: int) -> dt.datetime:
    """Ahora, ya en el turno: todo lo anotado antes quedó antes, aunque entretanto atrasaran el reloj."""
    ultima = Anotacion.objects.filter(etapa__organo=organo).aggregate(u=Max("cuando"))["u"]
    return max(timezone.now(), ultima) if ultima else timezone.now()


def esperar_turno(organo: int) -> None:
    """Nadie anota, deshace ni cambia un corte o sus etapas mientras se publica: lo sellado es lo que se miró.

    Es lo primero que se bloquea, y lo mismo que al capturar los registros del órgano: así nadie se espera
    en círculo.
    """
    Organo.objects.select_for_update(no_key=True).get(pk=organo)


@dataclass(frozen=True)
class Pendiente:
    """Algo por resolver antes de publicar. `donde`: «datos», «etapas», «fuente» o la clave de una etapa."""

    donde: str
    frase: str
    impide: bool = True


def pendientes(corte: CorteMunicipal, cuadro: Cuadro, hoy: dt.date) -> Iterator[Pendiente]:
    """Lo que no deja publicarlo y lo que conviene; `punto.sesion` ya traído."""
    if corte.fecha > hoy:
        yield Pendiente("datos", "La fecha del corte todavía no llega.")
    dichas = incluidas(corte, cuadro)
    if not dichas:
        yield Pendiente("etapas", "No dice nada de ninguna etapa: incluye al menos una.")
    solo_total = set(corte.solo_totales.values_list("etapa", flat=True))
    yield from _sumas(corte, [e for e in dichas if e.pk in solo_total], len(cuadro.municipios))
    desglosadas = [e for e in dichas if e.pk not in solo_total]
    yield from _lo_que_no_se_sabe(desglosadas, cuadro)
    yield from _lo_que_no_concuerda(desglosadas, cuadro)
    if not corte.fuente:
        yield Pendiente("fuente", "Conviene decir de dónde se tomó.", impide=False)
    yield from _de_la_sesion(corte)


def _de_la_sesion(corte: CorteMunicipal) -> Iterator[Pendiente]:
    """Dónde se presentó: no hace falta decirlo, pero una sesión no presenta lo que aún no consta."""
    if corte.punto is None:
        yield Pendiente("datos", "Conviene decir en qué sesión se presentó.", impide=False)
        return
    sesion = corte.punto.sesion
    if sesion.fecha < corte.fecha:
        cuando, del_corte = fecha_larga(sesion.fecha), fecha_larga(corte.fecha)
        yield Pendiente(
            "datos",
            f"Dice que se presentó en la {sesion.designacion}, del {cuando}, y el corte es del {del_corte}: "
            "elige una sesión de ese día o posterior, o cambia la fecha del corte.",
        )
    if not sesion.publica:
        yield Pendiente(
            "datos", "La sesión donde se presentó aún no es pública: no se mencionará.", impide=False
        )


def _sumas(corte: CorteMunicipal, etapas: Sequence[Etapa], municipios: int) -> Iterator[Pendiente]:
    """De las etapas que solo dicen su total, las que no suman los municipios que hay."""
    totales = dict(corte.totales.values_list("situacion", "cantidad"))
    for etapa in etapas:
        de_etapa = {s.clave: totales.get(s.pk, 0) for s in etapa.situaciones.all()}
        if frase := lo_que_no_suma(de_etapa, municipios):
            yield Pendiente(etapa.clave, f"{etapa}: {frase}")


def _lo_que_no_se_sabe(etapas: Sequence[Etapa], cuadro: Cuadro) -> Iterator[Pendiente]:
    """De cuántos municipios el desglose diría «sin información»: quizá falta capturar."""
    for etapa in etapas:
        contados, calladas = cuadro.totales(etapa), etapa.situaciones.all()
        cuantos = sum(contados[s.clave] for s in calladas if s.avance == Avance.SIN_INFORMACION)
        if cuantos:
            frase = f"Conviene revisar {etapa}: {cuantos} de {len(cuadro.municipios)} sin información."
            yield Pendiente(etapa.clave, frase, impide=False)


def _lo_que_no_concuerda(etapas: Sequence[Etapa], cuadro: Cuadro) -> Iterator[Pendiente]:
    """En qué municipios dos etapas se contradicen: se advierte, quien publica decide."""
    for par in pares(etapas):
        quienes = [
            str(municipio)
            for municipio in cuadro.municipios
            if contradicen([par], {c.etapa.pk: c.vale for c in cuadro.de(municipio)})
        ]
        if quienes:
            dichos = quienes[:A_NOMBRAR]
            if sobran := len(quienes) - len(dichos):
                dichos.append(f"{sobran} más")
            las_dos = enumerar([str(par.una), str(par.otra)])
            frase = f"{las_dos} no concuerdan en {enumerar(dichos)}: revisa cuál es cierta."
            yield Pendiente(par.una.clave, frase, impide=False)


def incluidas(corte: CorteMunicipal, cuadro: Cuadro) -> Sequence[Etapa]:
    """Las etapas de las que el corte dice algo."""
    fuera = set(corte.fuera.values_list("pk", flat=True))
    return [etapa for etapa in cuadro.etapas if etapa.pk not in fuera]


def en_un_corte(anotacion: Anotacion) -> bool:
    """Si un corte publicado pudo decirla; entonces ya no se deshace."""
    return publicadas(Anotacion.objects.filter(pk=anotacion.pk)).exists()


def publicadas(anotaciones: "QuerySet[Anotacion]") -> "QuerySet[Anotacion]":
    """De esas, las que un corte publicado pudo decir.

    Las dice todo corte publicado después de anotarlas, con fecha igual o posterior a la suya y desglose de
    su etapa.
    """
    cortes = CorteMunicipal.objects.publicados().filter(
        organo=OuterRef("etapa__organo"),
        fecha__gte=OuterRef("fecha"),
        publicacion__publicado_el__gte=OuterRef("cuando"),
    )
    suya = {"etapa": OuterRef(OuterRef("etapa"))}
    sin_desglose = EtapaSoloTotal.objects.filter(corte=OuterRef("pk"), **suya)
    callada = CorteMunicipal.fuera.through.objects.filter(cortemunicipal=OuterRef("pk"), **suya)
    return anotaciones.filter(Exists(cortes.filter(~Exists(sin_desglose), ~Exists(callada))))


def objeto_de(fila: CorteMunicipalPublicado) -> str:
    """De qué habla su eslabón: «corte-municipal:stl/3»."""
    return f"corte-municipal:{fila.corte.organo.clave}/{fila.corte.numero}"


def lo_que_consta(fila: CorteMunicipalPublicado) -> dict[str, Any]:
    """Lo que se anota de él."""
    return {
        "huella": fila.huella,
        "cuando": instante(fila.publicado_el),
        "cuenta": fila.publicado_por_id,
    }


def fallas() -> Iterator[Falla]:
    """Los cortes municipales publicados que ya no dicen lo que consta, y los que desaparecieron."""
    filas = CorteMunicipalPublicado.objects.select_related("corte__organo")
    for leida in leidas(filas):
        hallado = [*leida.fallas(), *(_de_la_fila(leida.fila) if leida.fila else ())]
        yield from (Falla(f"corte municipal publicado {leida.pk}", que) for que in hallado)
    yield from sin_fila(CorteMunicipalPublicado, TIPO)


def _de_la_fila(fila: CorteMunicipalPublicado) -> Iterator[str]:
    if hashlib.sha256(bytes(fila.documento)).hexdigest() != fila.huella:
        yield "el documento no da su huella (documento, huella)"
    yield from contra_su_eslabon(fila.eslabon, TIPO, objeto_de(fila), [lo_que_consta(fila)])
