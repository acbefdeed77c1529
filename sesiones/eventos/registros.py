"""La agenda en los registros del órgano: eventos, sus materiales y las cifras de redes sociales."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sesiones.cantidades import Cantidad
from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.forms.eventos import FormaEvento
from sesiones.eventos.forms.materiales import FormaMaterial
from sesiones.eventos.forms.redes import FormaCifra
from sesiones.eventos.models import CifraDeRed, Evento, Material
from sesiones.models import Organo
from sesiones.views.registros.catalogo import sumar
from sesiones.views.registros.declaracion import Celda, Padre, Registro
from stl_portal.espanol import fecha_larga

TONO = {
    EstadoEvento.BORRADOR: "neutro",
    EstadoEvento.PUBLICADO: "info",
    EstadoEvento.CELEBRADO: "exito",
    EstadoEvento.CANCELADO: "error",
}


def pagina(evento: Any, organo: Organo) -> str:
    """Donde se publica, se cancela o se dice que se celebró."""
    return reverse("gestion_agenda:evento", args=(organo.clave, evento.pk))


def _eventos(organo: Organo) -> "QuerySet[Evento]":
    return Evento.objects.filter(organo=organo).select_related("organo").order_by("-dia", "-pk")


def _hoy(organo: Organo, hoy: dt.date) -> dict[str, Any]:
    return {"hoy": hoy}


def _titulo(evento: Evento, organo: Organo) -> Celda:
    return Celda(evento.titulo, pagina(evento, organo), nota=evento.get_tipo_display())


def _ya_no(evento: Evento, organo: Organo) -> str:
    return "Se canceló: queda como estaba." if evento.estado == EstadoEvento.CANCELADO else ""


def _se_queda(evento: Evento, organo: Organo) -> str:
    return "Ya se publicó: si no se hará, cancélalo." if evento.publico else ""


EVENTOS = Registro(
    clave="eventos",
    titulo="Agenda de eventos",
    uno="evento",
    agregar="Agregar un evento",
    ayuda="Paneles, cursos, foros y talleres abiertos al público. Nacen como borrador: los publicas en su"
    " página. Lo que se hace con los municipios va en «Capacitaciones y eventos».",
    forma=FormaEvento,
    filas=_eventos,
    nace=lambda organo, padre: Evento(organo=organo),
    argumentos=_hoy,
    al_guardar=pagina,
    busca=("titulo", "organiza", "institucion__nombre", "ponentes__nombre"),
    borrable=True,
    candado=_ya_no,
    no_se_quita=_se_queda,
    anota=lambda evento, que, por: evento.anotar(que, por),
    columnas=(
        ("Título", _titulo),
        ("Cuándo", lambda e, organo: fecha_larga(e.dia)),
        ("Estado", lambda e, organo: Celda(e.get_estado_display(), tono=TONO[e.estado])),
    ),
)


def _materiales(organo: Organo) -> "QuerySet[Material]":
    filas = Material.objects.filter(evento__organo=organo).select_related("evento__organo", "archivo")
    return filas.order_by("-evento__dia", "pk")


def _participantes(material: Material, organo: Organo) -> str:
    return Cantidad(material.participantes, material.participantes_literal).dicha("persona", "personas")


MATERIALES = Registro(
    clave="materiales-de-eventos",
    titulo="Materiales de los eventos",
    uno="material",
    agregar="Agregar un material",
    ayuda="Lo que se repartió o se proyectó, y a cuántas personas llegó. Se publica con su evento.",
    forma=FormaMaterial,
    filas=_materiales,
    nace=lambda organo, evento: Material(evento=evento),
    al_guardar=lambda material, organo: pagina(material.evento, organo),
    casa=lambda material, organo: (material.evento.titulo, pagina(material.evento, organo)),
    padre=Padre(
        "evento",
        "¿De qué evento?",
        _eventos,
        busca=("titulo",),
        falta="Primero agrega el evento.",
        antes="eventos",
    ),
    busca=("titulo", "evento__titulo"),
    borrable=True,
    columnas=(
        ("Material", lambda m, organo: Celda(m.titulo, nota=m.evento.titulo)),
        ("Participantes", _participantes),
    ),
)


def _cifras(organo: Organo) -> "QuerySet[CifraDeRed]":
    return CifraDeRed.objects.filter(organo=organo).select_related("confirmado_por")


CIFRAS = Registro(
    clave="cifras-de-redes",
    titulo="Cifras de redes sociales",
    uno="cifra",
    agregar="Agregar una cifra",
    ayuda="Como las da cada red y el número que confirmas; son para el informe anual.",
    forma=FormaCifra,
    filas=_cifras,
    nace=lambda organo, padre: CifraDeRed(organo=organo),
    busca=("red", "cuenta", "literal"),
    borrable=True,
    anota=lambda cifra, que, por: cifra.confirmar(por) if que != "Se quitó" else None,
    columnas=(
        ("Red", lambda c, organo: Celda(c.get_red_display(), nota=c.cuenta)),
        ("Qué se contó", lambda c, organo: Celda(c.get_medida_display(), nota=c.periodo)),
        ("Cifra", lambda c, organo: Celda(c.literal, nota=f"Número: {c.dicho}")),
    ),
)


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    sumar("Agenda y difusión", (EVENTOS, CIFRAS), aparte=(MATERIALES,))
