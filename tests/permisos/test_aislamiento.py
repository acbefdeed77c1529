"""Nada privado de un órgano llega a quien es de otro, por ninguna dirección del portal.

Se recorren todas, con todo lo que existe en el órgano ajeno, y se mira qué se contesta y qué palabras trae.
"""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from ejes.models import Corte
from municipios.models import TextoDeInforme
from sesiones import models as m
from sesiones.estados import ClaseOrgano, TipoRol
from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from tests import turnos
from tests.permisos.mundo import Mundo, argumentos, crear_mundo
from tests.permisos.test_matriz import MATRIZ, PATRONES, contestado, esperado
from tests.personas import DESDE, Reparto, crear_reparto

SECRETO = "reservadoqx"
# Lo que un municipal sí comparte con el estatal que lo acompaña: el avance de su propio municipio.
COMPARTIDAS = ("gestion_municipios:", "cortes_municipales:")
DE_SEGUIMIENTO = (
    "cortes_municipales:",
    *(
        f"gestion_municipios:{nombre}"
        for nombre in ("matriz", "casilla", "deshacer", "rehacer", "pegar", "csv", "xlsx")
    ),
)
# Para el enlace que acompaña: lo que ni siquiera existe, además de lo que no le toca.
OCULTAS_AL_ENLACE = ("auditar", "auditoria", "revisar", "cerrar revision", "ajeno", "dictaminar")
# Quien captura en lo suyo también lo intenta en lo ajeno; la técnica puede lo mismo que la facilitadora.
METODOS = {"facilitadora": ("get", "post"), "enlace": ("get", "post")}
# El buzón de la demostración enseña a cualquiera los correos ficticios, y solo existe en ella
# (`tests/avisos/test_buzon.py`).
SOLO_EN_LA_DEMOSTRACION = "buzon:"
DE_ENTRADA = ("cuenta", "publica", "subir")
PAREJAS = [("municipal", "municipal"), ("estatal", "municipal"), ("municipal", "estatal")]
# Lo público es lo que más tarda en componerse: con cada cambio, cada cuenta lo lee en una pareja, otra
# cada día; `make turnos` lo lee con todas en todas.


def _plantar(ajeno: m.Organo) -> None:
    """Pone la palabra en todo lo que del órgano no es público."""
    en_curso = m.Sesion.objects.filter(organo=ajeno, estado="en_curso")
    m.Sesion.objects.filter(organo=ajeno).update(liga=f"https://{SECRETO}.example/")
    m.Punto.objects.filter(sesion__in=en_curso).update(desahogo=f"Se dijo {SECRETO}.")
    m.Intervencion.objects.filter(punto__sesion__in=en_curso).update(texto=SECRETO)
    m.Acuerdo.objects.filter(sesion__in=en_curso).update(texto=SECRETO)
    m.Anexo.objects.filter(sesion__in=en_curso).update(titulo=SECRETO)
    m.Asistencia.objects.filter(sesion__organo=ajeno).update(motivo=SECRETO)
    m.Observacion.objects.filter(revisor__ronda__acta__sesion__organo=ajeno).update(texto=SECRETO)
    ajeno.frases.update(nombre=SECRETO, texto=SECRETO)
    ajeno.oficios.filter(folio__startswith="PRU-").update(asunto=SECRETO)
    Corte.objects.filter(plan__organo=ajeno, estado="borrador").update(nombre=SECRETO)
    TextoDeInforme.objects.filter(informe__organo=ajeno, informe__estado="borrador").update(texto=SECRETO)
    Aviso.objects.update(asunto=SECRETO, cuerpo=SECRETO)
    for persona in m.Persona.objects.filter(nombramientos__asiento__organo=ajeno):
        m.Persona.objects.filter(pk=persona.pk).update(correo=f"{SECRETO}.{persona.pk}@prueba.example")
    for rol in ajeno.roles.all():
        Usuario.objects.filter(pk=rol.usuario_id).update(email=f"{SECRETO}.rol{rol.pk}@prueba.example")


def _vestir(reparto: Reparto, clase: str, acompana: m.Organo | None) -> Reparto:
    """El mismo órgano, de la clase dicha."""
    municipio = {"ajeno": "11020", "propio": "11037"}[reparto.organo.clave] if clase == "municipal" else ""
    m.Organo.objects.filter(pk=reparto.organo.pk).update(
        clase=clase, clave_municipio=municipio, acompanado_por=acompana
    )
    reparto.organo.refresh_from_db()
    return reparto


def _enlace(organo: m.Organo) -> Usuario:
    cuenta = Usuario.objects.create_user(f"enlace.{organo.clave}@prueba.example", nombre="Enlace")
    m.Rol.objects.create(usuario=cuenta, organo=organo, tipo=TipoRol.ENLACE, vigente_desde=DESDE)
    return cuenta


def _de_los_dos(clase_ajeno: str, clase_propio: str) -> tuple[Mundo, Reparto]:
    """Lo que hay en el órgano ajeno y la gente del propio, que se acompañan si uno es estatal."""
    ajeno, propio = crear_reparto("ajeno"), crear_reparto("propio")
    tercero = m.Organo.objects.create(clave="tercero")
    acompana = {("municipal", "estatal"): propio.organo, ("municipal", "municipal"): tercero}
    _vestir(ajeno, clase_ajeno, acompana.get((clase_ajeno, clase_propio)))
    de_propio = {("estatal", "municipal"): ajeno.organo, ("municipal", "municipal"): tercero}
    _vestir(propio, clase_propio, de_propio.get((clase_ajeno, clase_propio)))
    mundo = crear_mundo(ajeno)
    _plantar(ajeno.organo)
    return mundo, propio


def _adentro(cuenta: Usuario) -> Client:
    """Quien ya entró con esa cuenta."""
    client = Client(raise_request_exception=False)
    client.force_login(cuenta)
    return client


def _pedir(renglon: str, metodo: str, mundo: Mundo, client: Client) -> tuple[str, str]:
    """Qué se contesta y qué dice; lo que haya cambiado se deshace."""
    nombre, _, registro = renglon.partition("/")
    url = reverse(nombre, kwargs=argumentos(nombre, PATRONES[nombre], mundo, registro))
    galletas = client.cookies.copy()
    with transaction.atomic():
        respuesta: HttpResponseBase = getattr(client, metodo)(url)
        cuerpo = (
            b"".join(respuesta.streaming_content)  # type: ignore[arg-type]  # de un archivo, siempre síncrono
            if isinstance(respuesta, StreamingHttpResponse)
            else respuesta.content  # type: ignore[attr-defined]  # toda otra respuesta la tiene
        )
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(galletas)  # aunque haya salido: la base también lo olvidó
    return contestado(respuesta), cuerpo.decode(errors="ignore").lower() + str(respuesta.headers).lower()


def _lee_lo_publico(n: int, pareja: int) -> bool:
    """Si a la cuenta número `n` le toca hoy leer lo público con esa pareja de órganos."""
    return turnos.toca(n, len(PAREJAS), pareja)


def _faltas(mundo: Mundo, cuenta: Usuario, quien: str, *, comparte: bool, publico: bool) -> Iterator[str]:
    """Cada dirección que contesta lo que no debe o dice lo que no se dice."""
    client = _adentro(cuenta)
    for (renglon, clase), metodo in product(MATRIZ.items(), METODOS.get(quien, ("get",))):
        if renglon.startswith(SOLO_EN_LA_DEMOSTRACION) or (clase == "publica" and not publico):
            continue
        obtenido, cuerpo = _pedir(renglon, metodo, mundo, client)
        if SECRETO in cuerpo:
            yield f"{quien} {metodo.upper()} {renglon}: dice lo reservado"
        libre = clase in DE_ENTRADA or (comparte and renglon.startswith(COMPARTIDAS))
        if not libre and obtenido not in esperado(clase, metodo, "extrana", "sin confirmar"):
            yield f"{quien} {metodo.upper()} {renglon}: {obtenido}"


@pytest.mark.apariencia
@pytest.mark.parametrize("pareja", range(len(PAREJAS)))
def test_nada_de_un_organo_llega_a_la_gente_de_otro(db: None, pareja: int) -> None:
    ajeno, propio = PAREJAS[pareja]
    mundo, gente = _de_los_dos(ajeno, propio)
    cuentas = {n: gente.cuentas[n] for n in ("facilitadora", "colega", "integrante")}
    if propio == ClaseOrgano.MUNICIPAL:  # el del estatal que acompaña sí lee: abajo
        cuentas["enlace"] = _enlace(gente.organo)
    comparte = (ajeno, propio) == ("estatal", "municipal")
    faltas: list[str] = []
    for n, (quien, cuenta) in enumerate(cuentas.items()):
        publico = _lee_lo_publico(n, pareja)
        faltas += _faltas(mundo, cuenta, quien, comparte=comparte, publico=publico)
    assert faltas == []


@pytest.mark.apariencia
def test_el_enlace_del_estatal_lee_la_mesa_del_que_acompana_y_no_captura_nada(db: None) -> None:
    mundo, gente = _de_los_dos("municipal", "estatal")
    client, distintas = _adentro(_enlace(gente.organo)), []
    propias = {r: clase for r, clase in MATRIZ.items() if clase not in DE_ENTRADA}
    for (renglon, clase), metodo in product(propias.items(), ("get", "post")):
        obtenido, _ = _pedir(renglon, metodo, mundo, client)
        if obtenido not in _del_enlace(renglon, clase, metodo):
            distintas.append(f"{metodo.upper()} {renglon}: {obtenido}")
    assert distintas == []


def _del_enlace(renglon: str, clase: str, metodo: str) -> set[str]:
    """Lee lo que la auditora lee de la mesa, salvo lo que los integrantes tampoco ven.

    Un reporte que todavía se prepara no es de la mesa: solo existe para quien lo prepara. Y un órgano
    municipal no sigue a los 46: ahí no hay matriz ni cortes.
    """
    if clase in OCULTAS_AL_ENLACE or renglon.startswith(("reportes:", *DE_SEGUIMIENTO)):
        return {"no existe", "metodo"}
    return esperado(clase, metodo, "lee", "sin confirmar")


def test_el_enlace_deja_de_leer_cuando_ya_no_lo_acompana(db: None, client: Client) -> None:
    estatal, municipal = crear_reparto("propio"), crear_reparto("ajeno")
    _vestir(municipal, "municipal", estatal.organo)
    client.force_login(_enlace(estatal.organo))
    assert client.get("/mesa/ajeno/").status_code == 200
    _vestir(municipal, "municipal", None)
    assert client.get("/mesa/ajeno/").status_code == 404
