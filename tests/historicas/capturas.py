"""Un acta vieja del órgano de prueba y lo que el navegador enviaría al revisarla."""

from typing import Any

import lxml.html
from django.test import Client
from django.utils import timezone

from sesiones.historicas.lectura.en_json import escribir
from sesiones.historicas.lectura.proponer import proponer
from sesiones.historicas.models import ActaPorTranscribir
from sesiones.models import Organo
from tests.personas import Reparto

LISTA = "/gestion/actas-historicas/"
NUEVA = f"{LISTA}nueva/"

ACTA = """SECRETARIADO TÉCNICO DE PRUEBA DEL ESTADO IMAGINARIO
Acta de la IV SESIÓN ORDINARIA

Fecha: 12 de febrero de 2025
Inicio: 10:00 hrs.
Cierre: 11:30 hrs.
Lugar: Sala de juntas de prueba

LISTA DE ASISTENCIA

Nombre | Institución | Carácter
Mtra. Ana Ruiz Peña | Instituto de Prueba prueba | Titular
Lic. Beto Soza Lira | Poder de Prueba prueba | Titular
Dra. Celia Mora Díaz | Universidad de Prueba prueba | Titular
Lic. Eva Luna Ríos | Secretariado de Prueba prueba | Facilitadora
Ing. Nuria Ocampo Vidal | Fundación Recién Llegada | Suplente
C. Olga Privada Secreta | Vecinas Curiosas | Invitada

ORDEN DEL DÍA

1. Lista de asistencia y declaración de quórum
2. Aprobación del orden del día
3. Asuntos específicos
3.1 Calendario de talleres
3.2 Informe de la plataforma
4. Asuntos generales

DESAHOGO

Punto 1. Se pasa lista y se declara que hay quórum.

Punto 2. Se aprueba por unanimidad el orden del día.

Punto 3.1. La Dra. Celia Mora Díaz presenta el calendario. Con 3 votos a favor, 1 en contra y 0
abstenciones se aprueba por mayoría.

Acuerdo 1: Se aprueba el calendario de talleres, que se publicará a más tardar el 28 de febrero de 2025.

Punto 3.2. Se da cuenta del oficio IP/015/2025.

Punto 4. No hubo.

Se cierra la sesión a las 11:30 hrs.

FIRMAS

Mtra. Ana Ruiz Peña
Lic. Beto Soza Lira
Dra. Celia Mora Díaz
Lic. Eva Luna Ríos
Ing. Nuria Ocampo Vidal
"""


def por_transcribir(organo: Organo) -> ActaPorTranscribir:
    """Un acta recibida, sin pasar por la página."""
    acta, _ = ActaPorTranscribir.recibir(
        organo,
        nombre="Vieja",
        texto=ACTA,
        propuesta=escribir(proponer(ACTA)),
        por=None,
        cuando=timezone.now(),
    )
    return acta


def recibida(client: Client, reparto: Reparto, texto: str = ACTA) -> ActaPorTranscribir:
    """El acta ya recibida por quien facilita."""
    client.force_login(reparto.cuentas["facilitadora"])
    respuesta = client.post(NUEVA, {"organo": reparto.organo.pk, "texto": texto})
    assert respuesta.status_code == 302, respuesta.content.decode()
    return ActaPorTranscribir.objects.latest("pk")


def enviado(pagina: bytes) -> dict[str, Any]:
    """Los campos de la forma de revisión con lo que la página trae puesto."""
    forma: Any = lxml.html.fromstring(pagina).get_element_by_id("forma-revision")
    return dict(forma.form_values())


def resuelto(reparto: Reparto, campos: dict[str, Any]) -> dict[str, Any]:
    """Lo mismo, con cada persona e institución que faltaba reconocer ya elegida."""
    beto = reparto.personas["poder"].pk
    return campos | {
        "asistentes-1-persona": f"p{beto}",
        "asistentes-4-persona": "nueva",
        "asistentes-4-asiento": "nueva",
        "asistentes-4-sector": "sociedad_civil",
        "asistentes-5-persona": "texto",
        "constancias": "on",
    }
