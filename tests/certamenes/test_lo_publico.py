"""Lo que de las convocatorias públicas se busca, se descarga y se recuerda, sin nada de lo reservado."""

import datetime as dt
import json

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones.certamenes import calificar, constancia, dictaminar, pendientes, recordatorios
from sesiones.certamenes.models import Certamen
from stl_portal.avisos.envio import liga
from stl_portal.avisos.models import Aviso
from stl_portal.buscador import reindexar
from tests.certamenes import fabricas
from tests.personas import Reparto, crear_reparto


def leer(url: str) -> str:
    respuesta = Client().get(url)
    assert respuesta.status_code == 200, url
    return (b"".join(respuesta) if respuesta.streaming else respuesta.content).decode()


def filas(conjunto: str) -> list[dict[str, object]]:
    leidas: list[dict[str, object]] = json.loads(leer(f"/datos/{conjunto}.json"))
    return leidas


def test_se_encuentra_y_se_descarga_lo_reconocido_y_nada_de_lo_demas(reparto: Reparto) -> None:
    dada = fabricas.con_resultados(reparto.organo, reparto.cuentas["integrante"], "Premio dado")
    callada = fabricas.con_resultados(
        reparto.organo, reparto.cuentas["integrante"], "Premio callado", publicar=False
    )
    fabricas.en_preparacion(reparto.organo, "Premio por venir")
    reindexar.al_dia()
    assert [(f["id"], f["estado"], f["comite"]) for f in filas("convocatorias-publicas")] == [
        (f"prueba/{dada.clave}", "con_resultados", "Instituto Juez"),
        (f"prueba/{callada.clave}", "en_dictamen", "Instituto Juez"),
    ]
    assert [c["id"] for c in json.loads(leer("/datos/convocatorias-publicas.json?estado=en_dictamen"))] == [
        f"prueba/{callada.clave}"
    ]
    gana = dada.postulaciones.get(folio=1)
    assert filas("practicas-reconocidas") == [
        {
            "id": f"prueba/{dada.clave}/1",
            "convocatoria": f"prueba/{dada.clave}",
            "organo": "prueba",
            "ficticio": False,
            "practica": "La que gana de Premio dado",
            "institucion": gana.institucion,
            "sector": "academia",
            "lugar": 1,
            "mencion": False,
            "direccion": liga(dada.get_absolute_url()),
        }
    ]
    assert dada.get_absolute_url() in leer("/buscar/?q=la+que+gana")
    donde = ["/buscar/?q=premio", "/datos/convocatorias-publicas.csv", "/datos/practicas-reconocidas.csv"]
    donde += ["/buscar/?q=no+llega", "/novedades.atom", "/sitemap/de-convocatorias-publicas-1.xml"]
    todo = "".join(map(leer, donde))
    assert (dada.get_absolute_url() in todo, callada.get_absolute_url() in todo) == (True, True)
    reservado = (
        "La que no llega",
        "gana de Premio callado",
        "Premio por venir",
        fabricas.SECRETA,
        "4770000000",
    )
    assert [dicho for dicho in (*reservado, fabricas.NOMBRE_SECRETO, "90.00") if dicho in todo] == []
    perdida = Client().get("/convocatorias/prueba/premio-dad/")
    assert (perdida.status_code, dada.get_absolute_url() in perdida.content.decode()) == (404, True)


def _en_dictamen(reparto: Reparto, hasta: dt.date | None) -> Certamen:
    """Con una postulación por calificar y dos en el comité."""
    certamen = fabricas.abierta(reparto.organo, dictamen_hasta=hasta)
    for cuenta in ("integrante", "extrana"):
        fabricas.del_comite(certamen, reparto.cuentas[cuenta], cuenta.title())
    fabricas.presentada(certamen)
    return fabricas.cerrada(certamen)


def test_se_recuerda_al_comite_lo_que_le_falta_y_a_quien_conduce_lo_que_le_toca(reparto: Reparto) -> None:
    hoy = timezone.localdate()
    hasta = hoy + dt.timedelta(days=9)
    certamen, quien = _en_dictamen(reparto, hasta), reparto.cuentas["facilitadora"]
    integrante, extrana = reparto.cuentas["integrante"], reparto.cuentas["extrana"]
    Aviso.objects.all().delete()
    dias = {n: hasta - dt.timedelta(days=n) for n in (6, 5, 1, 0, -1)}
    assert [recordatorios.enviar(dias[n]) for n in (6, 5, 5)] == [0, 2, 0]
    (uno,) = pendientes.todos(integrante, dias[1])
    assert (uno.vence, uno.urgente, uno.donde) == (hasta, True, "Secretariado")
    uno_de_dos = certamen.comite.get(usuario=integrante)
    fabricas.puntuar(uno_de_dos, certamen.postulaciones.get(), 8)
    # A quien ya calificó no se le recuerda; a quien conduce, solo cuando el plazo pasó, en su portal.
    assert [recordatorios.enviar(dias[n]) for n in (1, 0, -1)] == [1, 0, 0]
    mensaje = Aviso.objects.latest("pk")
    assert (mensaje.para, mensaje.asunto) == (extrana.email, "Mañana termina el plazo: Premio de prueba")
    assert "Te falta calificar una postulación" in mensaje.cuerpo
    assert [list(pendientes.todos(integrante, hoy)), list(pendientes.todos(quien, hasta))] == [[], []]
    (tarde,) = pendientes.todos(quien, dias[-1])
    assert "El comité no ha terminado" in tarde.detalle
    calificar.abstenerse(
        certamen.comite.get(usuario=extrana), certamen.postulaciones.get(), "Es mía.", timezone.now()
    )
    conducen = {reparto.cuentas[papel].email for papel in ("facilitadora", "colega", "administradora")}
    for que, verbo in (
        ("cierra el dictamen", dictaminar.dictaminar),
        ("publica los resultados", dictaminar.publicar),
    ):
        (toca,) = pendientes.todos(quien, hoy)
        assert (que in toca.detalle, toca.url) == (True, certamen.url_de_gestion)
        assert list(pendientes.todos(extrana, hoy)) == []
        assert [recordatorios.enviar(hoy), recordatorios.enviar(hoy)] == [len(conducen), 0]
        del_paso = Aviso.objects.filter(cuerpo__contains=que)
        assert set(del_paso.values_list("para", flat=True)) == conducen
        assert certamen.url_de_gestion in del_paso[0].cuerpo
        verbo(certamen, quien, timezone.now())
    assert (list(pendientes.todos(quien, hoy)), recordatorios.enviar(hoy)) == ([], 0)
    assert list(constancia.fallas()) == []


def test_lo_que_toca_cuesta_lo_mismo_con_una_que_con_muchas(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    otro = crear_reparto("otro")
    hoy, quien = timezone.localdate(), reparto.cuentas["facilitadora"]
    for cuantas in (1, 4):
        for n in range(cuantas):
            for organo in (reparto.organo, otro.organo):
                fabricas.cerrada(fabricas.abierta(organo, f"Premio {cuantas}{n}"))
        with django_assert_num_queries(4):
            tocan = list(pendientes.todos(quien, hoy))
        assert {(t.organo, t.detalle) for t in tocan} == {(reparto.organo.pk, pendientes.TOCA["desierta"])}
