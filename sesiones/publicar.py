"""Publicar el acta: el sello del órgano cierra el PDF y la versión anterior, si la hay, queda sustituida."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from sesiones import constancia_publica, firmar, novedades, version_publica
from sesiones.models import Acta, Publicacion
from sesiones.models.sellado import pdf_actual
from stl_portal.archivo import almacen
from stl_portal.espanol import enumerar
from stl_portal.firma import sello_institucional as del_organo
from stl_portal.firma.estampa import estampador
from stl_portal.sello import puntos


def lo_que_impide(acta: Acta) -> Iterator[str]:
    """Frases de lo que falta; con firmas pendientes solo se publica si la regla lo permite."""
    faltan = firmar.por_firmar(acta.sello)
    if faltan and not acta.sesion.regla.publica_sin_firmas:
        cuantas = "Falta la firma" if len(faltan) == 1 else "Faltan las firmas"
        yield f"{cuantas} de {enumerar([lugar.nombre for lugar in faltan])}."


def publicar(acta: Acta, por: Any, cuando: dt.datetime) -> Publicacion:
    """Cierra el PDF con el sello del órgano y lo hace público. Lanza `ValidationError` con lo que falte.

    Si lleva datos personales, lo público es su versión pública y el PDF cerrado queda reservado.
    `FirmaRechazada` si el sello del órgano no se puede abrir: entonces nada cambia.
    """
    with transaction.atomic():
        Acta.objects.select_for_update().get(pk=acta.pk)
        acta = Acta.objects.select_related("sesion__organo", "sello__pdf").get(pk=acta.pk)
        acta.exigir("publicar")
        impide = list(lo_que_impide(acta))
        if impide:
            raise ValidationError(impide)
        sello, antes = acta.sello, pdf_actual(acta.sello)
        cerrado = del_organo.sellar(
            almacen.leer(antes),
            del_organo.del_entorno(),
            ahora=cuando,
            razon=f"Publicación del acta {sello.codigo}",
            estampador=estampador(),
        )
        pdf = almacen.guardar_propio(cerrado, antes.nombre, por)
        publicacion = Publicacion(sello=sello, pdf=pdf, publicada_el=cuando, publicada_por=por)
        constancia_publica.anotar(publicacion)
        publicacion.save(force_insert=True)
        acta.cambiar("publicar", por, cuando=cuando)
        if version_publica.hace_falta(sello):
            version_publica.elaborar(sello, por, cuando)
        _sustituir_anterior(acta, por, cuando)
        novedades.avisar_publicacion(publicacion)
        # Con él se comprueba el acta sin el portal. Si no se pudo firmar, lo hará la tarea diaria.
        transaction.on_commit(puntos.publicar, robust=True)
    return publicacion


def _sustituir_anterior(acta: Acta, por: Any, cuando: dt.datetime) -> None:
    """La versión que esta corrige sigue al alcance y dice cuál la sustituye."""
    if acta.version == 1:
        return
    anterior = acta.sesion.actas.select_related("sello").get(version=acta.version - 1)
    constancia_publica.anotar_sustitucion(anterior.sello, acta.sello)
    anterior.cambiar("sustituir", por, cuando=cuando, nota=acta.motivo)
    # Lo que se marcó en esta y la anterior también dice deja de leerse en las dos.
    version_publica.reelaborar(acta, por, cuando, "Se testó también en la fe de erratas.")
