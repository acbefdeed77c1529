"""Convocatorias públicas en cualquier momento de su vida, hechas con sus verbos."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from sesiones.certamenes import calificar, dictaminar, postular, preparar
from sesiones.certamenes.models import Certamen, IntegranteDelComite, Postulacion
from sesiones.certamenes.postular import Prueba
from sesiones.models import Organo
from stl_portal.cuentas.models import Usuario

HORA = dt.timedelta(hours=1)
SECRETA = "vecina.secreta@prueba.example"
NOMBRE_SECRETO = "Hilaria Secretísima"
_CUENTA = itertools.count(1)


def en_preparacion(organo: Organo, titulo: str = "Premio de prueba", **cambios: Any) -> Certamen:
    """Abre hace una hora y cierra dentro de dos."""
    certamen = preparar.crear(organo, titulo)
    ahora = timezone.now()
    datos = {"bases": "Se premia **lo mejor**.", "abre_el": ahora - HORA, "cierra_el": ahora + 2 * HORA}
    Certamen.objects.filter(pk=certamen.pk).update(**datos | cambios)
    certamen.refresh_from_db()
    return certamen


def abierta(organo: Organo, titulo: str = "Premio de prueba", **cambios: Any) -> Certamen:
    """Publicada y recibiendo."""
    certamen = en_preparacion(organo, titulo, **cambios)
    preparar.publicar(certamen, None, timezone.now())
    return certamen


def borrador(certamen: Certamen, correo: str = SECRETA, **cambios: Any) -> Postulacion:
    """Una postulación completa que todavía no se presenta."""
    n = next(_CUENTA)
    fila = Postulacion.objects.create(certamen=certamen, correo=correo, llave=f"llave-{n}".ljust(43, "x"))
    postular.confirmar(fila, timezone.now())
    fila.refresh_from_db()
    datos = {
        "titulo": f"Práctica {n}",
        "institucion": f"Colectivo {n}",
        "sector": "academia",
        "nombre": NOMBRE_SECRETO,
        "telefono": "4770000000",
    }
    respuestas = {a.pk: f"Contestado {n}" for a in certamen.apartados.all()}
    prueba = Prueba("portal", "La página", liga=f"https://practica{n}.example/")
    postular.guardar(fila, fila.version, datos | cambios, respuestas, [prueba])
    return fila


def presentada(certamen: Certamen, **cambios: Any) -> Postulacion:
    """Con su folio."""
    fila = borrador(certamen, **cambios)
    postular.presentar(fila, timezone.now())
    return fila


def del_comite(
    certamen: Certamen, cuenta: Usuario, institucion: str = "Instituto Juez"
) -> IntegranteDelComite:
    """Con un lugar en el comité."""
    return preparar.sumar_al_comite(certamen, institucion, cuenta)


def cerrada(certamen: Certamen) -> Certamen:
    """En dictamen, como si su plazo ya hubiera pasado."""
    preparar.cerrar(certamen, None, certamen.ventana.cierra)
    return certamen


def con_resultados(organo: Organo, cuenta: Usuario, titulo: str, *, publicar: bool = True) -> Certamen:
    """La califica una sola persona: una gana, con ese título, y otra no llega al mínimo."""
    certamen = abierta(organo, titulo)
    juez = del_comite(certamen, cuenta)
    filas = [presentada(certamen, titulo=f"{que} de {titulo}") for que in ("La que gana", "La que no llega")]
    cerrada(certamen)
    for fila, puntos in zip(filas, (9, 2), strict=True):
        puntuar(juez, fila, puntos)
    dictaminar.dictaminar(certamen, None, timezone.now())
    if publicar:
        dictaminar.publicar(certamen, None, timezone.now())
    return certamen


def puntuar(integrante: IntegranteDelComite, postulacion: Postulacion, puntos: Sequence[int] | int) -> None:
    """Lo mismo en todos los criterios o, con una lista, lo de cada uno."""
    claves = [criterio.pk for criterio in integrante.certamen.criterios.all()]
    cuales = [puntos] * len(claves) if isinstance(puntos, int) else puntos
    calificar.calificar(integrante, postulacion, dict(zip(claves, cuales, strict=True)), timezone.now())
