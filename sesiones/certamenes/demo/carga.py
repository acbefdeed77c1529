"""Convocatorias ficticias: una abierta, otra en dictamen y otra con resultados. Lo que ya está no se toca."""

import datetime as dt
import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from sesiones.certamenes import calificar, dictaminar, postular, preparar
from sesiones.certamenes.models import Certamen, IntegranteDelComite, Postulacion
from sesiones.certamenes.postular import Prueba
from sesiones.certamenes.ventana import CENTRO
from sesiones.models import Organo
from stl_portal.cuentas.models import Usuario

DATOS = Path(__file__).parent / "convocatorias.toml"
DIA = dt.timedelta(days=1)


def cargar(decir: Callable[[str], None]) -> None:
    """Deja las convocatorias ficticias y dice cuántas creó. No manda ningún correo de las que ya pasaron."""
    datos, ahora = tomllib.loads(DATOS.read_text(encoding="utf-8")), timezone.now()
    organo = Organo.objects.filter(clave=datos["organo"], ficticio=True).first()
    if organo is None:
        return
    ya = set(Certamen.objects.filter(organo=organo).values_list("titulo", flat=True))
    faltan = [ficha for ficha in datos["convocatoria"] if ficha["titulo"] not in ya]
    for ficha in faltan:
        _una(organo, ficha, ahora)
    if faltan:
        decir(f"{len(faltan)} convocatorias públicas ficticias")


@transaction.atomic
def _una(organo: Organo, ficha: Mapping[str, Any], ahora: dt.datetime) -> None:
    """Una, llevada hasta donde dice su ficha."""
    abre, cierra = _a_las(9, ahora + DIA * ficha["abre"]), _a_las(18, ahora + DIA * ficha["cierra"])
    certamen = preparar.crear(organo, ficha["titulo"])
    Certamen.objects.filter(pk=certamen.pk).update(
        bases=ficha["bases"],
        abre_el=abre,
        cierra_el=cierra,
        dictamen_hasta=timezone.localdate(ahora) + DIA * ficha["dictamen"],
        minimo=Decimal(60),
    )
    certamen.refresh_from_db()
    lleva = Usuario.objects.filter(email=ficha["lleva"]).first()
    preparar.publicar(certamen, lleva, abre)
    comite = [_del_comite(certamen, uno) for uno in ficha["comite"]]
    postuladas = [_postulacion(certamen, una, abre + DIA) for una in ficha.get("postulacion", ())]
    if cierra < ahora:
        preparar.cerrar(certamen, lleva, cierra, avisar=False)
    if any("puntos" in una for una in ficha.get("postulacion", ())):
        _dictaminar(certamen, lleva, comite, list(zip(postuladas, ficha["postulacion"], strict=True)), cierra)


def _a_las(hora: int, cuando: dt.datetime) -> dt.datetime:
    """Ese día a esa hora del centro de México, como se escribiría en unas bases."""
    return cuando.astimezone(CENTRO).replace(hour=hora, minute=0, second=0, microsecond=0)


def _del_comite(certamen: Certamen, ficha: Mapping[str, Any]) -> IntegranteDelComite:
    """Con una cuenta del elenco; sin avisarle."""
    cuenta = Usuario.objects.get(email=ficha["correo"])
    return certamen.comite.create(institucion=ficha["institucion"], usuario=cuenta)


def _postulacion(certamen: Certamen, ficha: Mapping[str, Any], cuando: dt.datetime) -> Postulacion:
    """Presentada, sin correo: nadie la mandó de verdad."""
    fila = Postulacion.objects.create(
        certamen=certamen, llave=f"demo-{certamen.pk}-{certamen.postulaciones.count()}", iniciada_el=cuando
    )
    postular.confirmar(fila, cuando)
    fila.refresh_from_db()
    datos = {campo: ficha.get(campo, "") for campo in postular.CAMPOS} | {"nombre": "Persona Ficticia"}
    respuestas = {a.pk: ficha["dicho"] for a in certamen.apartados.all()}
    prueba = Prueba("portal", "Página de la práctica (ficticia)", liga="https://practica.example/")
    postular.guardar(fila, fila.version, datos, respuestas, [prueba])
    postular.presentar(fila, cuando, avisar=False)
    return fila


def _dictaminar(
    certamen: Certamen,
    lleva: Usuario | None,
    comite: list[IntegranteDelComite],
    postuladas: list[tuple[Postulacion, Mapping[str, Any]]],
    cierra: dt.datetime,
) -> None:
    """La califica como dice la ficha y publica sus resultados."""
    criterios = list(certamen.criterios.all())
    for fila, ficha in postuladas:
        for integrante, puntos in zip(comite, ficha["puntos"], strict=True):
            if puntos:
                calificar.calificar(
                    integrante, fila, dict(zip((c.pk for c in criterios), puntos, strict=True)), cierra + DIA
                )
            else:
                calificar.abstenerse(integrante, fila, ficha["conflicto"], cierra + DIA)
    dictaminar.dictaminar(certamen, lleva, cierra + 2 * DIA)
    dictaminar.publicar(certamen, lleva, cierra + 3 * DIA)
