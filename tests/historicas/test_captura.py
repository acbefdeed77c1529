"""De un acta pegada a una sesión: se reconoce, se corrige, se confirma una vez y nada se crea en silencio."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones import models as m
from sesiones.historicas.models import ActaPorTranscribir
from tests.historicas.capturas import ACTA, LISTA, NUEVA, enviado, recibida, resuelto
from tests.personas import Reparto, crear_reparto

pytestmark = [pytest.mark.django_db, pytest.mark.apariencia]


@pytest.fixture
def reparto() -> Reparto:
    """El órgano de prueba."""
    return crear_reparto()


def cuantas() -> tuple[int, int, int, int]:
    """Personas, instituciones, asientos y sesiones registradas."""
    return (
        m.Persona.objects.count(),
        m.Institucion.objects.count(),
        m.Asiento.objects.count(),
        m.Sesion.objects.count(),
    )


def test_sin_reconocer_a_todas_no_se_confirma_ni_se_crea_nada(client: Client, reparto: Reparto) -> None:
    """Quien se escribió distinto y quien no está quedan por elegir; lo ya corregido se conserva."""
    antes = cuantas()
    acta = recibida(client, reparto)
    pagina = client.get(acta.get_absolute_url())
    assert pagina.status_code == 200
    campos = enviado(pagina.content)
    reconocidas = [campos[f"asistentes-{n}-persona"] for n in range(6)]
    por_elegir = [n for n, quien in enumerate(reconocidas) if not quien]
    assert por_elegir == [1, 4, 5]
    assert campos["asistentes-0-persona"] == f"p{reparto.personas['presidencia'].pk}"
    assert f'value="p{reparto.personas["poder"].pk}"' in pagina.content.decode()

    respuesta = client.post(acta.get_absolute_url(), campos | {"lugar": "Sala corregida", "confirmar": "si"})
    assert respuesta.status_code == 422
    quien = f"{campos['asistentes-1-nombre']} · Quién es: este campo es obligatorio."
    assert f'href="#id_asistentes-1-persona">{quien}' in respuesta.content.decode()
    assert cuantas() == antes
    assert enviado(client.get(acta.get_absolute_url()).content)["lugar"] == "Sala corregida"


def test_confirmar_crea_la_sesion_completa_una_sola_vez(client: Client, reparto: Reparto) -> None:
    """Lista, quórum, orden del día, acuerdo, votos, oficio, plazo y firmas; repetirlo lleva a la misma."""
    acta = recibida(client, reparto)
    campos = resuelto(reparto, enviado(client.get(acta.get_absolute_url()).content)) | {"confirmar": "si"}
    antes = cuantas()
    primera = client.post(acta.get_absolute_url(), campos)
    assert primera.status_code == 302, [
        (f.errors, f.changed_data, f.prefix) for f in primera.context["errores"]
    ]
    segunda = client.post(acta.get_absolute_url(), campos)
    assert segunda.headers["Location"] == primera.headers["Location"]

    sesion = m.Sesion.objects.get()
    assert (sesion.tipo, sesion.numero, sesion.fecha) == ("ordinaria", 4, dt.date(2025, 2, 12))
    assert (sesion.estado, sesion.inicio, sesion.cierre) == ("concluida", dt.time(10), dt.time(11, 30))
    assert cuantas() == (antes[0] + 1, antes[1] + 1, antes[2] + 1, 1)
    presentes = sesion.asistencias.presentes().order_by("nombre").values_list("nombre", "calidad")
    assert list(presentes) == [
        ("Ana Ruiz Peña", "titular"),
        ("Beto Sosa Lira", "titular"),
        ("Celia Mora Díaz", "titular"),
        ("Eva Luna Ríos", "titular"),
        ("Nuria Ocampo Vidal", "suplente"),
        ("Olga Privada Secreta", "invitada"),
    ]
    ausente = sesion.asistencias.exclude(estado="presente").get()
    assert ausente.asiento == reparto.asientos["civil"]
    puntos = [(p.etiqueta, p.titulo, p.resultado) for p in sesion.puntos.en_arbol()]
    assert puntos == [
        ("I", "Lista de asistencia y declaración de quórum", "desahogado"),
        ("II", "Aprobación del orden del día", "unanimidad"),
        ("III", "Asuntos específicos", "pendiente"),
        ("a)", "Calendario de talleres", "mayoria"),
        ("b)", "Informe de la plataforma", "da_cuenta"),
        ("IV", "Asuntos generales", "pendiente"),
    ]
    acuerdo = sesion.acuerdos.get()
    voto = acuerdo.votaciones.get()
    assert (voto.a_favor, voto.en_contra, voto.abstenciones) == (3, 1, 0)
    assert acuerdo.plazos.get().fecha == dt.date(2025, 2, 28)
    assert reparto.organo.oficios.get().folio == "IP/015/2025"
    assert sesion.firmantes.count() == 5


def test_lo_que_se_registra_de_ese_dia_no_rige_despues(client: Client, reparto: Reparto) -> None:
    """El alias queda con su fuente; el asiento y la suplencia que constan valen solo ese día."""
    acta = recibida(client, reparto)
    campos = resuelto(reparto, enviado(client.get(acta.get_absolute_url()).content)) | {"confirmar": "si"}
    assert client.post(acta.get_absolute_url(), campos).status_code == 302
    alias = m.AliasPersona.objects.get()
    assert (alias.persona, alias.texto) == (reparto.personas["poder"], "Beto Soza Lira")
    assert alias.fuente == "Acta de la IV Sesión Ordinaria, 12/02/2025"
    suplencia = m.Suplencia.objects.get()
    assert suplencia.sesion == m.Sesion.objects.get()
    assert suplencia.asiento.vigente_hasta == dt.date(2025, 2, 12)
    assert not m.Persona.objects.filter(nombre="Olga Privada Secreta").exists()
    assert reparto.organo.asientos.vigentes(dt.date(2025, 2, 13)).count() == 6


def test_lo_que_se_quita_ya_no_importa_como_este(client: Client, reparto: Reparto) -> None:
    """Un renglón mal escrito detiene; marcado para quitarse, no."""
    acta = recibida(client, reparto)
    campos = resuelto(reparto, enviado(client.get(acta.get_absolute_url()).content))
    campos |= {"oficios-0-punto": "mal", "confirmar": "si"}
    assert client.post(acta.get_absolute_url(), campos).status_code == 422
    assert client.post(acta.get_absolute_url(), campos | {"oficios-0-DELETE": "on"}).status_code == 302
    assert m.Sesion.objects.count() == 1


def test_sin_permitir_constancias_se_dice_en_su_renglon(client: Client, reparto: Reparto) -> None:
    """No se registra un asiento que nadie pidió registrar."""
    acta = recibida(client, reparto)
    campos = resuelto(reparto, enviado(client.get(acta.get_absolute_url()).content))
    del campos["constancias"]
    antes = cuantas()
    respuesta = client.post(acta.get_absolute_url(), campos | {"confirmar": "si"})
    assert respuesta.status_code == 422
    assert "El portal no tiene quién ocupaba ese asiento el 12/02/2025" in respuesta.content.decode()
    assert cuantas() == antes


def test_quien_firma_sin_haber_asistido_se_senala_en_su_renglon(client: Client, reparto: Reparto) -> None:
    acta = recibida(client, reparto)
    campos = resuelto(reparto, enviado(client.get(acta.get_absolute_url()).content)) | {"confirmar": "si"}
    respuesta = client.post(acta.get_absolute_url(), campos | {"firmantes-0-nombre": "Nadie Conocida"})
    pagina = respuesta.content.decode()
    assert (respuesta.status_code, m.Sesion.objects.count()) == (422, 0)
    assert pagina.count('class="resumen-errores"') == 1
    assert '<a href="#id_firmantes-0-nombre">' in pagina
    assert pagina.count("No está entre quienes asistieron") == 2  # arriba y en su campo


def test_nunca_sobrescribe_una_sesion_que_ya_esta(client: Client, reparto: Reparto) -> None:
    """Otra acta con el mismo número se rechaza con su frase, y la primera queda como estaba."""
    acta = recibida(client, reparto)
    campos = resuelto(reparto, enviado(client.get(acta.get_absolute_url()).content)) | {"confirmar": "si"}
    client.post(acta.get_absolute_url(), campos)
    otra = recibida(client, reparto, ACTA.replace("Sala de juntas", "Patio"))
    assert otra.pk != acta.pk
    campos = resuelto(reparto, enviado(client.get(otra.get_absolute_url()).content))
    nuria = m.Persona.objects.get(nombre="Nuria Ocampo Vidal").pk
    campos |= {"asistentes-4-persona": f"p{nuria}", "confirmar": "si"}
    respuesta = client.post(otra.get_absolute_url(), campos)
    assert respuesta.status_code == 422
    assert "Ya existe una sesión con ese número." in respuesta.content.decode()
    assert m.Sesion.objects.get().lugar == "Sala de juntas de prueba"


def test_el_mismo_texto_lleva_a_la_misma_revision_y_se_puede_descartar(
    client: Client, reparto: Reparto
) -> None:
    """Recibirlo dos veces no repite; descartado, ya no se confirma y se puede empezar otra vez."""
    acta = recibida(client, reparto)
    assert recibida(client, reparto).pk == acta.pk
    client.post(f"{LISTA}{acta.pk}/descartar/")
    assert client.post(acta.get_absolute_url(), {"confirmar": "si"}).status_code == 409
    assert recibida(client, reparto).pk != acta.pk
    assert m.Sesion.objects.count() == 0


@pytest.mark.parametrize(
    ("datos", "frase"),
    [
        ({"texto": ""}, "Sube el archivo o pega el texto"),
        ({"texto": "1234"}, "No hay texto que leer"),
        ({"texto": "a" * 500_000}, "demasiado largo"),
        ({"texto": "\x01\x02\x03\ufffd" * 100}, "archivo binario"),
    ],
)
def test_lo_que_no_se_puede_leer_se_dice_junto_al_campo(
    client: Client, reparto: Reparto, datos: dict[str, str], frase: str
) -> None:
    """422, con la frase y sin guardar nada."""
    client.force_login(reparto.cuentas["facilitadora"])
    respuesta = client.post(NUEVA, {"organo": reparto.organo.pk, **datos})
    assert respuesta.status_code == 422
    assert frase in respuesta.content.decode()
    assert not ActaPorTranscribir.objects.exists()


@pytest.mark.parametrize("cuantas_hay", [1, 12])
def test_la_lista_cuesta_lo_mismo_con_muchas(client: Client, reparto: Reparto, cuantas_hay: int) -> None:
    """Y solo trae las de los órganos que la cuenta conduce."""
    ajeno = crear_reparto("ajeno")
    recibida(client, ajeno, ACTA + "\nTexto reservado de otro órgano.\n")
    acta = recibida(client, reparto)
    for n in range(1, cuantas_hay):
        ActaPorTranscribir.objects.create(
            organo=reparto.organo,
            nombre=f"Acta {n}",
            texto="x",
            huella=str(n),
            propuesta=acta.propuesta,
            subida_el=acta.subida_el,
        )
    client.force_login(reparto.cuentas["facilitadora"])
    with CaptureQueriesContext(
        connection,
    ) as consultas:
        respuesta = client.get(LISTA)
    assert len(respuesta.context["filas"]) == cuantas_hay
    assert len(consultas) == 6
    assert (
        client.get(ActaPorTranscribir.objects.get(organo=ajeno.organo).get_absolute_url()).status_code == 404
    )
