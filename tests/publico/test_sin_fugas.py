"""Nada de lo que no es público llega a una página pública: ni títulos, ni nombres, ni folios."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import Calidad, EstadoAcuerdo, EstadoAsistencia
from stl_portal.publico import registro
from tests import fabricas
from tests.personas import DIA, Reparto

BORRADOR = (
    "Punto secreto del borrador",
    "FOLIO-SECRETO-7",
    "Sede secreta",
    "liga-secreta.example",
    "Invitada Sigilosa",
    "Acompañante Sigiloso",
    "Motivo reservado",
    "Desahogo todavía reservado",
    "Acuerdo todavía reservado",
    "secreta@prueba.example",
    "Asunto reservado del oficio",
)


def _oficio(reparto: Reparto) -> m.Oficio:
    return m.Oficio.objects.create(
        organo=reparto.organo,
        folio="FOLIO-SECRETO-7",
        asunto="Asunto reservado del oficio",
        remitente="Quien sea",
    )


def _programada(reparto: Reparto) -> m.Sesion:
    """Una sesión en preparación, con todo lo que podría filtrarse."""
    sesion = fabricas.crear_sesion(
        reparto, lugar="Sede secreta", liga="https://liga-secreta.example/1", fecha=dt.date(2099, 1, 7)
    )
    punto = fabricas.crear_punto(sesion, "Punto secreto del borrador")
    punto.oficios.add(_oficio(reparto))
    m.Persona.objects.filter(pk=reparto.personas["poder"].pk).update(correo="secreta@prueba.example")
    return sesion


def _en_curso(reparto: Reparto) -> m.Sesion:
    """Una sesión convocada que ya empezó: solo su orden del día es público."""
    sesion = fabricas.crear_en_curso(reparto, puntos=1, liga="https://liga-secreta.example/2")
    punto = sesion.puntos.get()
    m.Punto.objects.filter(pk=punto.pk).update(desahogo="Desahogo todavía reservado")
    punto.oficios.add(_oficio(reparto))
    m.Acuerdo.agregar(punto, texto="Acuerdo todavía reservado", responsable="Invitada Sigilosa")
    m.Asistencia.objects.create(
        sesion=sesion, nombre="Invitada Sigilosa", calidad=Calidad.INVITADA, ocupa_asiento=False
    )
    m.Asistencia.invitar(
        sesion,
        nombre="Acompañante Sigiloso",
        asiento=reparto.asientos["poder"],
        institucion="Poder de Prueba",
    )
    ausente = sesion.asistencias.get(asiento=reparto.asientos["civil"])
    m.Asistencia.objects.filter(pk=ausente.pk).update(
        estado=EstadoAsistencia.JUSTIFICADA, motivo="Motivo reservado"
    )
    return sesion


def _publicas(sesion: m.Sesion) -> list[str]:
    """Todas las páginas públicas que podrían mencionar la sesión."""
    clave = sesion.organo.clave
    return [
        reverse("inicio"),
        reverse("sesiones:lista"),
        reverse("sesiones:lista") + "?q=secreto",
        reverse("sesiones:organo", args=(clave,)),
        reverse("sesiones:detalle", args=(clave, sesion.clave)),
        reverse("sesiones:acuerdos"),
        reverse("sesiones:acuerdos") + "?q=reservado",
        *(reverse(f"sesiones:{n}", args=(clave,)) for n in ("integrantes_de", "historia", "asistencia")),
    ]


def _todo_lo_publico(client: Client, sesion: m.Sesion) -> str:
    return "\n".join(client.get(url).content.decode() for url in _publicas(sesion))


def test_una_sesion_en_preparacion_no_existe_para_la_ciudadania(client: Client, reparto: Reparto) -> None:
    sesion = _programada(reparto)
    texto = _todo_lo_publico(client, sesion)
    assert [secreto for secreto in BORRADOR if secreto in texto] == []
    assert sesion.designacion not in texto
    assert client.get(_publicas(sesion)[4]).status_code == 404


def test_en_curso_solo_es_publico_el_orden_del_dia(client: Client, reparto: Reparto) -> None:
    sesion = _en_curso(reparto)
    texto = _todo_lo_publico(client, sesion)
    assert [secreto for secreto in BORRADOR if secreto in texto] == []
    assert "Asunto de prueba 1" in texto
    assert "Presente" not in texto


def test_concluida_publica_acuerdos_y_asistencia_pero_no_lo_reservado(
    client: Client, reparto: Reparto
) -> None:
    sesion = _en_curso(reparto)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    texto = _todo_lo_publico(client, sesion)
    publicos = {"FOLIO-SECRETO-7", "Acuerdo todavía reservado", "Invitada Sigilosa"}
    assert [s for s in BORRADOR if s in texto and s not in publicos] == []
    pagina = client.get(sesion.get_absolute_url()).content.decode()
    assert "Acuerdo todavía reservado" in pagina
    assert "Mtra. Ana Ruiz Peña" in pagina
    assert "4 presentes, 1 ausente." in pagina
    assert "También estuvieron 2 personas sin asiento" in pagina  # la invitada y quien acompaña
    assert pagina.count("Poder de Prueba") == 1


def test_reabierta_deja_de_ser_publico_lo_que_se_corrige(client: Client, reparto: Reparto) -> None:
    sesion = _en_curso(reparto)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    sesion.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó un dato")
    assert "Acuerdo todavía reservado" not in _todo_lo_publico(client, sesion)


def test_el_seguimiento_no_nombra_una_sesion_en_preparacion(client: Client, reparto: Reparto) -> None:
    sesion = _en_curso(reparto)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    futura = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7), designacion="Sesión todavía secreta")
    acuerdo = sesion.acuerdos.get()
    acuerdo.dar_seguimiento("en_proceso", "Va bien.", por=None, fecha=DIA)
    acuerdo.dar_seguimiento("en_proceso", "Se dirá en la que viene.", por=None, fecha=DIA, sesion=futura)
    for url in (reverse("sesiones:acuerdos"), sesion.get_absolute_url()):
        texto = client.get(url).content.decode()
        assert "Va bien." in texto
        assert "Se dirá en la que viene." not in texto
        assert "Sesión todavía secreta" not in texto


def test_el_estado_publico_es_el_del_seguimiento_publicado(client: Client, reparto: Reparto) -> None:
    sesion = _en_curso(reparto)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11))
    futura = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7))
    acuerdo = sesion.acuerdos.get()
    _dice(client, sesion, "pendiente", "sin seguimiento publicado")
    acuerdo.dar_seguimiento("en_proceso", "Va bien.", por=None, fecha=dt.date(2026, 2, 1))
    acuerdo.dar_seguimiento("cumplido", "Se dirá.", por=None, fecha=dt.date(2026, 3, 1), sesion=futura)
    assert m.Acuerdo.objects.get().estado == "cumplido"  # quien conduce sí lo sabe
    _dice(client, sesion, "en_proceso", "1 de febrero de 2026")
    m.Sesion.objects.filter(pk=futura.pk).update(estado="concluida")
    _dice(client, sesion, "cumplido", "1 de marzo de 2026")


def _dice(client: Client, sesion: m.Sesion, estado: str, al: str) -> None:
    """El mismo estado, con su fecha, en la lista, en su filtro, en la sesión y en la portada."""
    acuerdos = reverse("sesiones:acuerdos")
    for url in (acuerdos, f"{acuerdos}?estado={estado}", sesion.get_absolute_url(), reverse("inicio")):
        texto = client.get(url).content.decode()
        dichos = re.findall(r'acuerdo__meta">.*?</svg>([^<]+)</span>', texto, re.DOTALL)
        assert (url, dichos) == (url, [EstadoAcuerdo(estado).label])
        assert al in texto
    for otro in set(EstadoAcuerdo.values) - {estado}:
        assert "Ningún acuerdo coincide" in client.get(acuerdos, {"estado": otro}).content.decode()


def test_el_acuerdo_dice_que_institucion_responde(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    asiento = reparto.asientos["academia"]
    m.Acuerdo.agregar(sesion.puntos.get(), texto="Difundir", responsable_asiento=asiento)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    acuerdos = reverse("sesiones:acuerdos")
    for url in (acuerdos, f"{acuerdos}?q=universidad", sesion.get_absolute_url()):
        assert "Responsable: Universidad de Prueba prueba" in client.get(url).content.decode()
    client.force_login(reparto.cuentas["facilitadora"])
    mesa = reverse("registros:acuerdos", args=("prueba",))
    for url in (f"{mesa}?q=universidad", f"{mesa}{sesion.acuerdos.get().pk}/"):
        assert "Universidad de Prueba prueba" in client.get(url).content.decode()


@pytest.mark.parametrize("papel", ["extrana", "integrante", "facilitadora"])
def test_entrar_no_cambia_lo_publico(client: Client, reparto: Reparto, papel: str) -> None:
    sesion = _programada(reparto)
    client.force_login(reparto.cuentas[papel])
    assert client.get(reverse("sesiones:detalle", args=("prueba", sesion.clave))).status_code == 404


def test_la_portada_y_la_navegacion_estan_apuntadas_una_sola_vez(client: Client, db: None) -> None:
    nombres = [enlace.texto for enlace in registro.NAVEGACION]
    assert nombres[:3] == ["Sesiones", "Acuerdos", "Integrantes"]
    assert len(nombres) == len(set(nombres))
    assert "No hay sesiones convocadas por ahora." in client.get("/").content.decode()
