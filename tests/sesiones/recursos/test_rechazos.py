"""Lo que un archivo no puede: traer un acta a medias, cambiar lo sellado o agregar a lo que ya ocurrió."""

import base64
from collections.abc import Callable, Sequence

from django.db import transaction

from sesiones import models as m
from sesiones.numeracion import normalizar_folio
from stl_portal.sello.models import Eslabon
from stl_portal.traspaso.con_forma import OTRA_FORMA
from tests.sesiones.recursos.mudanza import Foto, alterado, importar, rechazos

Renglones = list[dict[str, str]]
ACTA = "Acta de la I Sesión Ordinaria"
ACUERDO = "Acuerdo primero de la I Sesión Ordinaria"
CON_EL_SELLO = (
    *("actas_selladas", "actas_lugares_de_firma", "actas_firmas", "actas_publicadas"),
    *("actas_testados", "actas_versiones_publicas"),
)


def poner(**celdas: str) -> Callable[[Renglones], None]:
    """Cambia unas celdas del primer renglón."""
    return lambda renglones: renglones[0].update(celdas)


def titular_el_ultimo(renglones: Renglones) -> None:
    """Cambia el título del último, que es de la sesión que aún se captura."""
    renglones[-1]["titulo"] = "Lectura y aprobación"


def agregar(**celdas: str) -> Callable[[Renglones], None]:
    """Otro renglón, copia del primero con esas celdas, sin número propio."""
    propio = {"n": "", "id": ""}
    return lambda renglones: renglones.append(
        renglones[0] | {c: v for c, v in propio.items() if c in renglones[0]} | celdas
    )


def vaciar(renglones: Renglones) -> None:
    """Sin renglones."""
    renglones.clear()


def intentar(contenido: bytes) -> list[tuple[str, int, Sequence[Sequence[str]]]]:
    """Lo que se rechaza; nada se queda."""
    with transaction.atomic():
        dicho = rechazos(importar(contenido))
        transaction.set_rollback(True)
    return dicho


def en_base64(contenido: bytes) -> str:
    return base64.b64encode(contenido).decode()


def test_un_acta_a_medias_o_cambiada_no_entra(exportado: Foto) -> None:
    """Ni sin su documento, ni con otro, ni con otra hoja, ni sin la versión que oculta sus datos."""

    def razones(**cambios: Callable[[Renglones], None]) -> list[str]:
        dicho = intentar(alterado(exportado.zip, **cambios))
        assert {(recurso, renglon) for recurso, renglon, _ in dicho} == {("todo", 0)}
        return [razon for _, _, ((_, razon),) in dicho]

    de_otra = poner(**{"punto.sesion.clave": "ii-ordinaria-2026", "punto.n": "1"})
    assert razones(acuerdos=de_otra, **dict.fromkeys(CON_EL_SELLO, vaciar)) == [
        f"acuerdo «{ACUERDO}»: un acuerdo es de un punto de otra sesión.",
        f"{ACTA} dice estar «publicada» y no viene su documento sellado.",
    ]
    assert razones(actas_lugares_de_firma=poner(nombre="Otra Persona"), actas_versiones_publicas=vaciar) == [
        f"{ACTA}: los lugares de firma no son los de la hoja sellada.",
        f"{ACTA}: tiene datos que no se publican y falta su versión pública.",
    ]
    assert razones(actas_versiones_publicas=poner(documento=en_base64(b'{"a":1}'))) == [
        f"{ACTA}: su documento no tiene la forma de un acta."
    ]
    assert intentar(alterado(exportado.zip, actas_selladas=poner(documento=en_base64(b"{}"))))[0] == (
        "actas-selladas",
        2,
        [["documento", "El documento no da la huella que dice: no es el que se selló."]],
    )
    sin_forma = intentar(
        alterado(
            exportado.zip,
            convocatorias=poner(contenido='{"fecha":"ayer"}'),
            votaciones=poner(padron='[{"asiento":"1"}]'),
            declaratorias=poner(lista="{}"),
            rondas=poner(parrafos="[1]"),
            actas_firmas=poner(clase="avanzada"),
            eventos=poner(estado="otro"),
        )
    )
    assert {(recurso, *celdas[0]) for recurso, _, celdas in sin_forma if "impórtalo" not in celdas[0][1]} == {
        ("convocatorias", "contenido", OTRA_FORMA),
        ("votaciones", "padron", OTRA_FORMA),
        ("declaratorias", "lista", OTRA_FORMA),
        ("rondas", "parrafos", OTRA_FORMA),
        ("actas-firmas", "detalle", OTRA_FORMA),
        ("eventos", "estado", "No es un estado de un evento."),
    }
    assert Eslabon.objects.count() == m.Sello.objects.count() == 0


def test_lo_que_ya_ocurrio_no_cambia_y_lo_que_se_captura_si(exportado: Foto) -> None:
    """Sobre lo mismo ya importado: cada renglón distinto se rechaza con su razón, o cambia."""
    importar(exportado.zip)
    ana = m.Persona.objects.get(nombre="Ana Ruiz Peña")
    dichos = intentar(
        alterado(
            exportado.zip,
            votos=poner(sentido="abstencion"),
            seguimientos=agregar(nota="Otra"),
            sesiones_historia=agregar(nota="Otra"),
            puntos=poner(titulo="Otro"),
            sesiones=poner(estado="en_curso"),
            actas_selladas=poner(sellado_el="2020-01-01T10:00:00-06:00"),
            series=poner(ultimo="0"),
            reglas=poner(quorum_por_sector='{"nadie":1}'),
            eventos=poner(lugar="Otro"),
            personas=agregar(nombre="Zoé Paz", id=str(ana.pk)),
        )
    )
    con_lo_nuevo = "con un archivo; llega entero con lo que es nuevo."
    ya_ocurrio = f"Su sesión ya está en el portal: nada de esto se agrega ni cambia {con_lo_nuevo}"
    ya_no = f"Su sesión ya está en el portal: ya no se captura y no cambia {con_lo_nuevo}"
    assert {recurso: celdas[0] for recurso, _, celdas in dichos} == {
        "votos": ["votacion.punto.sesion.organo", ya_ocurrio],
        "seguimientos": ["acuerdo.sesion.organo", ya_ocurrio],
        "sesiones-historia": ["objeto.organo", ya_ocurrio],
        "puntos": ["sesion.organo", ya_no],
        "sesiones": ["estado", "Ya existe y esto no cambia: avanza en la mesa, paso por paso."],
        "actas-selladas": ["sellado_el", "Ya está sellado y no se cambia."],
        "reglas": ["quorum_por_sector", OTRA_FORMA],
        "series": ["ultimo", "No puede bajar: ya se dio el 2."],
        "eventos": ["lugar", "Ya existe y está «Publicado»: así no cambia aquí."],
        "personas": ["id", f"El número {ana.pk} ya es de «{ana.nombre} · 1»."],
    }
    otro = importar(
        alterado(
            exportado.zip,
            puntos=titular_el_ultimo,
            oficios=agregar(folio="IACIP/PPI/ - 80/2020", sentido="enviado"),
        )
    )
    cuentas = [(c.clave, c.nuevas, c.cambian) for c in otro.cuentas.values() if c.nuevas or c.cambian]
    assert cuentas == [("oficios", 1, 0), ("puntos", 0, 1)]
    assert m.Oficio.objects.filter(folio_normalizado=normalizar_folio("IACIP/PPI - 80/2020")).count() == 1
