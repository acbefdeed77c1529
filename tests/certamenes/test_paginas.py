"""Lo que lee cualquiera, lo que lee el comité y lo que hace quien conduce, por sus páginas."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sesiones.certamenes import demo, dictaminar, postular
from sesiones.certamenes.models import Certamen, Dictamen, Evidencia, IntegranteDelComite
from sesiones.models import Organo
from stl_portal.archivo import almacen
from stl_portal.archivo.permisos import puede_abrir
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests.certamenes import fabricas
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia

LISTA = "/convocatorias/"


def leer(client: Client, url: str) -> str:
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def destino(respuesta: Any) -> str:
    lleva: str = respuesta["Location"]
    return lleva


def terminada(reparto: Reparto) -> tuple[Certamen, list[Any]]:
    """Con una ganadora y otra que no llegó al mínimo."""
    certamen = fabricas.abierta(reparto.organo)
    juez = fabricas.del_comite(certamen, reparto.cuentas["integrante"])
    filas = [fabricas.presentada(certamen, titulo=t) for t in ("La que gana", "La que no llega")]
    fabricas.cerrada(certamen)
    for fila, puntos in zip(filas, (9, 2), strict=True):
        fabricas.puntuar(juez, fila, puntos)
    dictaminar.dictaminar(certamen, None, timezone.now())
    return certamen, filas


def test_solo_se_publica_titulo_institucion_y_lugar(reparto: Reparto, client: Client) -> None:
    certamen, (gana, pierde) = terminada(reparto)
    borrador = fabricas.en_preparacion(reparto.organo, "Reservada todavía")
    url = certamen.get_absolute_url()
    antes = leer(client, url)
    dictaminar.publicar(certamen, None, timezone.now())
    despues = leer(client, url)
    publico = despues + leer(client, LISTA) + leer(client, "/novedades/") + leer(client, "/")
    assert ("La que gana" in antes, "En dictamen" in antes) == (False, True)
    for dicho in (
        "Primer lugar",
        "La que gana",
        gana.institucion,
        "Academia y estudiantes",
        "Instituto Juez",
    ):
        assert dicho in despues
    reservado = [
        fabricas.SECRETA,
        fabricas.NOMBRE_SECRETO,
        "4770000000",
        "La que no llega",
        pierde.institucion,
    ]
    reservado += ["Contestado", "https://practica", "90.00", "Reservada todavía", "Integrante de Prueba"]
    assert [dicho for dicho in reservado if dicho in publico] == []
    assert "Resultados: Premio de prueba" in publico
    assert client.get(borrador.get_absolute_url()).status_code == 404
    assert client.get(f"{LISTA}prueba/no-hay/").status_code == 404


@pytest.mark.parametrize("cuantas", [1, 12])
def test_la_lista_cuesta_lo_mismo_con_una_que_con_muchas(
    reparto: Reparto, client: Client, django_assert_num_queries: DjangoAssertNumQueries, cuantas: int
) -> None:
    for n in range(cuantas):
        fabricas.abierta(reparto.organo, f"Premio {n}")
    leer(client, LISTA)
    with django_assert_num_queries(3):
        assert leer(client, LISTA).count("Está abierta") == cuantas


def test_el_comite_no_ve_lo_ajeno_ni_el_contacto_hasta_que_se_cierra(
    reparto: Reparto, client: Client
) -> None:
    certamen = fabricas.abierta(reparto.organo)
    ana = fabricas.del_comite(certamen, reparto.cuentas["integrante"])
    beto = fabricas.del_comite(certamen, reparto.cuentas["extrana"], "Otro Instituto")
    fila = fabricas.presentada(certamen)
    todas = f"/mi/convocatorias/prueba/{certamen.clave}/"
    client.force_login(ana.usuario)
    assert fila.titulo not in leer(client, todas)  # antes del cierre tampoco se lee
    assert client.get(f"{todas}1/").status_code == 404
    fabricas.cerrada(certamen)
    fabricas.puntuar(beto, fila, 7)
    assert "Califica 1 postulación" in leer(client, "/mi/")
    visto = leer(client, todas) + leer(client, f"{todas}1/")
    assert fila.titulo in visto
    assert not any(dicho in visto for dicho in (fabricas.SECRETA, fabricas.NOMBRE_SECRETO, "70.00"))
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(todas).status_code == 404
    tablero = leer(client, certamen.url_de_gestion)
    assert ("lleva 1 de 1" in tablero, "70.00" in tablero) == (True, False)
    assert "Lo que dijo el comité" not in leer(client, f"{certamen.url_de_gestion}postulaciones/1/")


def test_calificar_y_abstenerse_desde_la_pagina(reparto: Reparto, client: Client) -> None:
    certamen = fabricas.abierta(reparto.organo)
    juez = fabricas.del_comite(certamen, reparto.cuentas["integrante"], "Instituto Juez")
    fabricas.presentada(certamen)
    propia = fabricas.presentada(certamen, institucion="Instituto Juez")
    fabricas.cerrada(certamen)
    todas = f"/mi/convocatorias/prueba/{certamen.clave}/"
    client.force_login(juez.usuario)
    claves = [f"criterio_{c.pk}" for c in certamen.criterios.all()]
    mala = client.post(f"{todas}1/", dict.fromkeys(claves, "11"))
    assert (mala.status_code, mala.content.decode().count("de 0 a 10.")) == (422, 10)
    assert destino(client.post(f"{todas}1/", dict.fromkeys(claves, "8"))) == todas
    conflicto = client.post(f"{todas}{propia.folio}/", dict.fromkeys(claves, "10"))
    assert (conflicto.status_code, "abstente" in conflicto.content.decode()) == (422, True)
    sin_motivo = client.post(f"{todas}{propia.folio}/", {"abstenerse": "1"})
    assert (sin_motivo.status_code, Dictamen.objects.count()) == (422, 1)
    client.post(f"{todas}{propia.folio}/", {"abstenerse": "1", "motivo": "Es de mi instituto."})
    assert list(Dictamen.objects.order_by("pk").values_list("abstencion", "motivo")) == [
        (False, ""),
        (True, "Es de mi instituto."),
    ]
    assert "Califica" not in leer(client, "/mi/")


def test_las_evidencias_las_abren_quien_conduce_y_el_comite(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    archivo = almacen.guardar_propio(b"evidencia reservada", "evidencia.txt")
    fila = fabricas.borrador(certamen)
    Evidencia.objects.create(postulacion=fila, tipo="documento", archivo=archivo)
    cuentas = reparto.cuentas
    fabricas.del_comite(certamen, cuentas["extrana"])
    assert not any(puede_abrir(cuenta, archivo) for cuenta in cuentas.values())  # es un borrador
    postular.presentar(fila, timezone.now())
    abren = {papel for papel, cuenta in cuentas.items() if puede_abrir(cuenta, archivo)}
    assert abren == {"facilitadora", "colega", "administradora", "extrana"}


def formset(prefijo: str, filas: list[dict[str, Any]]) -> dict[str, Any]:
    """Lo que envían los renglones de la forma."""
    campos = {
        f"{prefijo}-{n}-{campo}": valor for n, fila in enumerate(filas) for campo, valor in fila.items()
    }
    return campos | {f"{prefijo}-TOTAL_FORMS": len(filas), f"{prefijo}-INITIAL_FORMS": 0}


def de_bases(version: int, **cambios: Any) -> dict[str, Any]:
    """Lo que envía la página de las bases."""
    datos = {
        "version": version,
        "titulo": "Premio corregido",
        "bases": "**Bases**",
        "abre_dia": "2027-01-10",
        "abre_hora": "09:00",
        "cierra_dia": "2027-02-10",
        "cierra_hora": "18:00",
        "sectores": ["academia", "otro"],
        "evidencias": ["portal"],
        "lugares": 2,
        "menciones": 1,
        "minimo": "70.5",
        "dictamen_hasta": "2027-02-28",
    }
    preguntas: list[dict[str, Any]] = [{"pregunta": "¿Qué?", "tope": 100}, {"pregunta": "", "tope": ""}]
    criterios: list[dict[str, Any]] = [
        {"nombre": "Uno", "peso": 60, "escala": 5},
        {"nombre": "Otro", "peso": 40, "escala": 10},
    ]
    return datos | formset("apartados", preguntas) | formset("criterios", criterios) | cambios


def test_preparar_y_publicar_desde_la_pagina(reparto: Reparto, client: Client) -> None:
    identificarse(client, reparto.cuentas["facilitadora"])
    gestion = "/gestion/convocatorias/"
    nueva = client.post(f"{gestion}prueba/nueva/", {"titulo": "Premio"})
    una = nueva["Location"]
    assert (una, client.post(f"{gestion}prueba/nueva/", {"titulo": ""}).status_code) == (
        f"{gestion}prueba/premio/",
        422,
    )
    assert client.post(f"{una}publicar/").status_code == 422
    malas: tuple[tuple[dict[str, Any], str], ...] = (
        ({"cierra_dia": "2027-01-01"}, "Tiene que cerrar después de abrir."),
        ({"dictamen_hasta": "2027-02-09"}, "El comité califica cuando ya cerró"),
        ({"cierra_hora": ""}, "Falta la hora."),
        ({"sectores": []}, "Elige al menos un sector."),
        ({"apartados-0-tope": ""}, "Di cuántos caracteres caben."),
        ({"criterios-0-peso": ""}, "Di cuánto pesa."),
    )
    for cambios, frase in malas:
        respuesta = client.post(f"{una}bases/", de_bases(1, **cambios))
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    assert destino(client.post(f"{una}bases/", de_bases(1))) == una
    assert client.post(f"{una}bases/", de_bases(1, titulo="Rancio")).status_code == 409
    certamen = Certamen.objects.get()
    assert (certamen.titulo, certamen.apartados.get().tope, str(certamen.minimo)) == (
        "Premio corregido",
        100,
        "70.50",
    )
    assert (
        certamen.ventana.dicha
        == "Del 10 de enero de 2027 a las 09:00 h al 10 de febrero de 2027 a las 18:00 h"
    )
    assert destino(client.post(f"{una}publicar/")) == una
    assert client.get(f"{una}bases/").status_code == 409
    publica = leer(client, certamen.get_absolute_url())
    assert ("Abre pronto" in publica, "a más tardar el 28 de febrero de 2027" in publica) == (True, True)
    assert client.post(f"{una}cerrar/").status_code == 409


def test_el_comite_se_integra_con_cuentas_nuevas_o_de_siempre(reparto: Reparto, client: Client) -> None:
    certamen = fabricas.en_preparacion(reparto.organo)
    client.force_login(reparto.cuentas["colega"])
    url = f"{certamen.url_de_gestion}comite/"
    nueva = {"institucion": "Centro", "nombre": "Nueva Persona", "correo": "Nueva@prueba.example"}
    assert destino(client.post(url, nueva)) == url
    repetida, mala = client.post(url, nueva), client.post(url, nueva | {"correo": "x"})
    assert (repetida.status_code, mala.status_code) == (422, 422)
    assert "ya está en el comité" in repetida.content.decode()
    lugar = IntegranteDelComite.objects.get()
    assert (str(lugar), lugar.usuario.has_usable_password()) == ("Nueva Persona, Centro", False)
    assert "ponle contraseña" in Aviso.objects.get(para="nueva@prueba.example").cuerpo
    client.post(f"{url}{lugar.pk}/quitar/")
    assert not certamen.comite.exists()


@pytest.mark.apariencia
def test_la_demostracion_trae_una_abierta_otra_en_dictamen_y_otra_con_resultados(
    db: None, client: Client
) -> None:
    organo = Organo.objects.create(clave="demo", ficticio=True)
    organo.denominaciones.create(nombre="Secretariado Ficticio", nombre_corto="Ficticio", siglas="SF")
    for papel in ("facilitadora", "titular", "integrante"):
        Usuario.objects.create_user(f"{papel}@demo.example", nombre=papel)
    dichos: list[str] = []
    demo.cargar(dichos.append)
    demo.cargar(dichos.append)
    assert dichos == ["3 convocatorias públicas ficticias"]
    lista = leer(client, LISTA)
    assert [lista.count(d) for d in ("Está abierta", "En dictamen", "Con resultados", "Ficticio</span>")] == [
        1,
        1,
        1,
        3,
    ]
    resultados = leer(client, Certamen.objects.get(estado="con_resultados").get_absolute_url())
    assert [resultados.count(f"{cual} lugar") for cual in ("Primer", "Segundo", "Tercer")] == [1, 1, 1]
    assert "Buzón sin respuesta" not in resultados


def test_la_orden_diaria_pasa_al_comite_lo_que_ya_termino(
    reparto: Reparto, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    certamen = fabricas.abierta(reparto.organo)
    monkeypatch.setattr(timezone, "now", lambda: certamen.ventana.cierra)
    for cuantas in (1, 0):
        call_command("atender_plazos")
        assert f"Convocatorias públicas que pasaron al comité: {cuantas}." in capsys.readouterr().out
    certamen.refresh_from_db()
    assert certamen.estado == "cerrada"


@pytest.mark.apariencia
def test_la_administracion_no_lee_borradores_ni_la_liga_ni_el_contacto(
    reparto: Reparto, client: Client
) -> None:
    certamen = fabricas.abierta(reparto.organo)
    fila, sin_presentar = fabricas.presentada(certamen), fabricas.borrador(certamen)
    cuenta = Usuario.objects.create_user("tecnica@prueba.example", nombre="Técnica", is_staff=True)
    identificarse(client, cuenta)
    registros = "/gestion/registros/certamenes/"
    ficha = leer(client, f"{registros}postulacion/{fila.pk}/change/")
    visto = ficha + "".join(
        leer(client, f"{registros}{m}/") for m in ("postulacion", "respuesta", "evidencia")
    )
    assert fila.titulo in visto
    reservado = (fila.llave, fabricas.SECRETA, fabricas.NOMBRE_SECRETO, sin_presentar.titulo)
    assert [dicho for dicho in (*reservado, sin_presentar.llave) if dicho in visto] == []
    assert client.get(f"{registros}postulacion/{sin_presentar.pk}/change/").status_code != 200
