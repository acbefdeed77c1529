"""Lo que un archivo no puede: traer un acta a medias, cambiar lo sellado o agregar a lo que ya ocurrió."""

import base64
from collections.abc import Callable
from typing import Any

from django.db import transaction

from sesiones import models as m
from sesiones.numeracion import normalizar_folio
from stl_portal.sello.models import Eslabon
from tests.sesiones.recursos.mudanza import Foto, alterado, importar, rechazos

Renglones = list[dict[str, str]]
ACTA = "Acta de la I Sesión Ordinaria"
ACUERDO = "Acuerdo primero de la I Sesión Ordinaria"
CON_EL_SELLO = (
    *("actas_selladas", "actas_lugares_de_firma", "actas_firmas", "actas_publicadas"),
    *("actas_testados", "actas_versiones_publicas"),
)


def poner(renglon: int = 0, **celdas: str) -> Callable[[Renglones], None]:
    """Cambia unas celdas de un renglón."""
    return lambda renglones: renglones[renglon].update(celdas)


def agregar(**celdas: str) -> Callable[[Renglones], None]:
    """Otro renglón, copia del primero con esas celdas, sin número propio."""
    propio = {"n": "", "id": ""}
    return lambda renglones: renglones.append(
        renglones[0] | {c: v for c, v in propio.items() if c in renglones[0]} | celdas
    )


def vaciar(renglones: Renglones) -> None:
    """Sin renglones."""
    renglones.clear()


def intentar(contenido: bytes) -> list[tuple[str, int, list[list[str]]]]:
    """Lo que se rechaza; nada se queda."""
    with transaction.atomic():
        dicho = rechazos(importar(contenido))
        transaction.set_rollback(True)
    return dicho


def en_base64(contenido: bytes) -> str:
    return base64.b64encode(contenido).decode()


def test_un_acta_a_medias_o_cambiada_no_entra(exportado: Foto) -> None:
    """Ni sin su documento, ni con otro, ni con otra hoja, ni sin la versión que oculta sus datos."""
    completo = exportado.zip

    def unica(**cambios: Callable[[Renglones], None]) -> Any:
        (rechazo,) = intentar(alterado(completo, **cambios))
        return rechazo

    assert unica(**dict.fromkeys(CON_EL_SELLO, vaciar)) == (
        "todo",
        0,
        [["", f"{ACTA} dice estar «publicada» y no viene su documento sellado."]],
    )
    assert unica(actas_lugares_de_firma=poner(nombre="Otra Persona")) == (
        "todo",
        0,
        [["", f"{ACTA}: los lugares de firma no son los de la hoja sellada."]],
    )
    assert unica(actas_versiones_publicas=vaciar) == (
        "todo",
        0,
        [["", f"{ACTA}: tiene datos que no se publican y falta su versión pública."]],
    )
    assert unica(actas_versiones_publicas=poner(documento=en_base64(b'{"a":1}'))) == (
        "todo",
        0,
        [["", f"{ACTA}: su documento no tiene la forma de un acta."]],
    )
    assert unica(acuerdos=poner(**{"punto.sesion.clave": "ii-ordinaria-2026", "punto.n": "1"})) == (
        "todo",
        0,
        [["", f"acuerdo «{ACUERDO}»: un acuerdo es de un punto de otra sesión."]],
    )
    assert intentar(alterado(completo, actas_selladas=poner(documento=en_base64(b"{}"))))[0] == (
        "actas-selladas",
        2,
        [["documento", "El documento no da la huella que dice: no es el que se selló."]],
    )
    assert Eslabon.objects.count() == m.Sello.objects.count() == 0


def test_lo_que_ya_ocurrio_no_cambia_y_lo_que_se_captura_si(exportado: Foto) -> None:
    """Sobre lo mismo ya importado: cada renglón distinto se rechaza con su razón, o cambia."""
    importar(exportado.zip)
    ya_esta = "Su sesión ya está en el portal: "
    con_lo_nuevo = " con un archivo; llega entero con lo que es nuevo."
    de_sesion = f"{ya_esta}nada de esto se agrega ni cambia{con_lo_nuevo}"

    def rechazo(**cambios: Callable[[Renglones], None]) -> Any:
        ((_, _, celdas),) = intentar(alterado(exportado.zip, **cambios))
        return celdas

    assert rechazo(votos=poner(sentido="abstencion")) == [["votacion.punto.sesion.organo", de_sesion]]
    assert rechazo(seguimientos=agregar(nota="Otra")) == [["acuerdo.sesion.organo", de_sesion]]
    assert rechazo(sesiones_historia=agregar(nota="Otra")) == [["objeto.organo", de_sesion]]
    assert rechazo(puntos=poner(titulo="Otro")) == [
        ["sesion.organo", f"{ya_esta}ya no se captura y no cambia{con_lo_nuevo}"]
    ]
    assert rechazo(sesiones=poner(estado="en_curso")) == [
        ["estado", "Ya existe y esto no cambia: avanza en la mesa, paso por paso."]
    ]
    assert rechazo(actas_selladas=poner(sellado_el="2020-01-01T10:00:00-06:00"))[0] == [
        "sellado_el",
        "Ya está sellado y no se cambia.",
    ]
    assert rechazo(eventos=poner(lugar="Otro"))[0][0] == "lugar"
    ana = m.Persona.objects.get(nombre="Ana Ruiz Peña")
    assert rechazo(personas=agregar(nombre="Zoé Paz", id=str(ana.pk))) == [
        ["id", f"El número {ana.pk} ya es de «{ana.nombre} · 1»."]
    ]
    otro = importar(
        alterado(
            exportado.zip,
            puntos=poner(-1, titulo="Lectura y aprobación"),
            oficios=agregar(folio="IACIP/PPI/ - 80/2020", sentido="enviado"),
        )
    )
    cuentas = [(c.clave, c.nuevas, c.cambian) for c in otro.cuentas.values() if c.nuevas or c.cambian]
    assert cuentas == [("oficios", 1, 0), ("puntos", 0, 1)]
    assert m.Oficio.objects.filter(folio_normalizado=normalizar_folio("IACIP/PPI - 80/2020")).count() == 1
