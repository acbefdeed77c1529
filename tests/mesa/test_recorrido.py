"""Una sesión completa por formularios comunes: la mesa funciona sin JavaScript."""

from django.test import Client
from django.urls import reverse

from sesiones import models as m
from sesiones.estados import EstadoSesion, Resultado
from tests.fabricas import crear_sesion, crear_suplencia, pasar_lista
from tests.personas import DIA, Reparto

from .conftest import url


def enviar(mesa: Client, direccion: str, **datos: object) -> None:
    """Envía la forma y exige que redirija: la acción se hizo."""
    respuesta = mesa.post(direccion, datos)
    assert respuesta.status_code == 302, respuesta.content.decode()[:3000]
    assert mesa.get(respuesta["Location"]).status_code == 200


def convocar(mesa: Client, organo: m.Organo) -> m.Sesion:
    """Crea la sesión y ordena sus tres puntos; el segundo y el tercero cambian de lugar."""
    enviar(
        mesa,
        reverse("mesa:nueva", args=(organo.clave,)),
        tipo="ordinaria",
        numero=1,
        fecha=DIA.isoformat(),
        hora="10:00",
        modalidad="presencial",
        lugar="Sala de prueba",
    )
    sesion = m.Sesion.objects.get(organo=organo)
    for titulo in ("Pase de lista", "Asunto uno", "Asunto dos"):
        enviar(mesa, url(sesion, "agregar_punto"), titulo=titulo, tipo="asunto")
    *_, dos = sesion.puntos.en_arbol()
    enviar(mesa, url(sesion, "mover_punto", dos.pk), hacia="subir")
    return sesion


def reunir(reparto: Reparto, mesa: Client, sesion: m.Sesion) -> None:
    """Cuatro titulares, una suplente y una ponente; declara el quórum."""
    suplencia = crear_suplencia(reparto)
    for nombre in ("presidencia", "academia", "civil", "facilitadora"):
        titular = reparto.asientos[nombre].titular(DIA)
        assert titular is not None
        enviar(mesa, url(sesion, "lista", reparto.asientos[nombre].pk), quien=f"t{titular.pk}")
    enviar(mesa, url(sesion, "lista", reparto.asientos["poder"].pk), quien=f"s{suplencia.pk}")
    enviar(mesa, url(sesion, "invitada"), nombre_completo="Inés Gil", calidad="ponente")
    enviar(mesa, url(sesion, "quorum"), hora="10:05", verbo="hay")


def desahogar(mesa: Client, sesion: m.Sesion, uno: m.Punto, dos: m.Punto) -> None:
    """Un punto con todo, otro retirado; receso y cierre."""
    enviar(mesa, url(sesion, "texto", uno.pk), desahogo="Se expuso **el tema**.", version="1")
    enviar(mesa, url(sesion, "intervenir", uno.pk), quien="Inés Gil", texto="dijo algo.")
    enviar(mesa, url(sesion, "acordar", uno.pk), texto="Se acuerda.", plazo_literal="diez días hábiles")
    acuerdo = sesion.acuerdos.get()
    enviar(mesa, url(sesion, "votar", uno.pk), forma="conteo", a_favor=3, en_contra=1, acuerdo=acuerdo.pk)
    enviar(mesa, url(sesion, "resultado", dos.pk), resultado="retirado", motivo="Falta el documento")
    enviar(mesa, url(sesion, "anexar", uno.pk), titulo="Documento de prueba", acuerdo=acuerdo.pk)
    enviar(mesa, url(sesion, "receso"), inicio="10:30", fin="10:40")
    enviar(mesa, url(sesion, "cerrar"), cierre="11:30", sin_tratar="Se agotó el tiempo")


def test_de_la_convocatoria_a_las_firmas(reparto: Reparto, mesa: Client) -> None:
    sesion = convocar(mesa, reparto.organo)
    _, dos, uno = sesion.puntos.en_arbol()
    assert [dos.titulo, uno.titulo] == ["Asunto dos", "Asunto uno"]
    reunir(reparto, mesa, sesion)
    desahogar(mesa, sesion, uno, dos)

    sesion.refresh_from_db()
    uno.refresh_from_db()
    assert (sesion.estado, str(sesion.inicio), str(sesion.cierre)) == (
        EstadoSesion.CONCLUIDA,
        "10:05:00",
        "11:30:00",
    )
    assert (uno.desahogo, uno.resultado) == ("Se expuso **el tema**.", Resultado.MAYORIA)
    assert [f.nombre for f in sesion.firmantes.all()] == [
        "Mtra. Ana Ruiz Peña",
        "Lic. Fabio Nava Gil",
        "Dra. Celia Mora Díaz",
        "C. Darío Vega Cruz",
        "Lic. Eva Luna Ríos",
    ]
    assert sesion.anexos.get().acuerdo == sesion.acuerdos.get()
    acta = mesa.get(reverse("actas:acta", args=(reparto.organo.clave, sesion.clave))).content.decode()
    assert "Falta el documento" in acta
    assert "Queda sin tratar el punto I. Motivo: Se agotó el tiempo." in acta
    assert "<strong>el tema</strong>" in acta


def test_sin_quorum_lleva_a_segunda_convocatoria(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion(reparto)
    pasar_lista(reparto, sesion, ("presidencia",))
    rechazo = mesa.post(url(sesion, "quorum"), {"hora": "10:05", "verbo": "hay"})
    assert rechazo.status_code == 422
    assert "No se puede declarar quórum" in rechazo.content.decode()
    enviar(mesa, url(sesion, "quorum"), hora="10:05", verbo="falta")
    pagina = mesa.get(url(sesion, "asistencia")).content.decode()
    assert "Segunda convocatoria" in pagina
    enviar(mesa, url(sesion, "quorum"), hora="10:35", verbo="hay")
    assert [q.convocatoria for q in sesion.quorums.all()] == [1, 2]


def test_ya_votado_el_punto_no_ofrece_otra_unanimidad_de_un_toque(reparto: Reparto, mesa: Client) -> None:
    sesion = crear_sesion(reparto)
    punto = sesion.puntos.create(titulo="Asunto", orden=1)
    reunir(reparto, mesa, sesion)
    de_un_toque = 'class="boton boton--grande" name="forma" value="unanimidad"'
    assert de_un_toque in mesa.get(url(sesion, "punto", punto.pk)).content.decode()
    enviar(mesa, url(sesion, "votar", punto.pk), forma="unanimidad", asunto="Asunto")
    pagina = mesa.get(url(sesion, "punto", punto.pk)).content.decode()
    assert de_un_toque not in pagina
    assert "Aprobado por unanimidad de votos" in pagina  # como frase, con mayúscula
    assert 'name="forma" value="unanimidad"' in pagina  # para votar aparte un acuerdo
