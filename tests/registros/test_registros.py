"""Todos los registros se listan, se agregan, se corrigen y se protegen igual."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.views.registros.catalogo import REGISTROS
from tests import fabricas
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto, crear_reparto

VERSION = {"vigente_desde": "2026-01-01"}
REGLA = VERSION | {
    "quorum_numerador": "2",
    "quorum_denominador": "3",
    "quorum_redondeo": "arriba",
    "quorum_base": "asientos",
    "segunda_minutos": "15",
    "mayoria": "absoluta",
    "quien_firma": "asistentes",
    "quien_revisa": "titulares",
    "revision_dias": "3",
    "aprobacion": "posterior",
    "estilo_acta": "narrativa",
    "formatos_agenda": "romano,inciso",
    "reinicio": "anio",
    "numeral": "anual",
    "sector_sociedad_civil": "2",
}
SIN_RENGLONES = {"renglon-TOTAL_FORMS": "0", "renglon-INITIAL_FORMS": "0"}
# Lo mínimo que admite cada registro y cómo se encuentra lo guardado.
ALTAS: dict[str, tuple[dict[str, str], Any, dict[str, Any]]] = {
    "denominaciones": (
        VERSION
        | {"nombre": "Secretariado de Estado Abierto", "nombre_corto": "Secretariado", "siglas": "SEA"},
        m.Denominacion,
        {"siglas": "SEA", "organo__clave": "prueba"},
    ),
    "reglas": (REGLA, m.Regla, {"quorum_por_sector": {"sociedad_civil": 2}, "mayoria": "absoluta"}),
    "citas": (VERSION | {"clave": "quorum", "texto": "artículo 14"}, m.CitaLegal, {"texto": "artículo 14"}),
    "plantilla": (
        {"titulo": "Bienvenida", "tipo": "asunto", "orden": "1"},
        m.PuntoPlantilla,
        {"titulo": "Bienvenida"},
    ),
    "frases": (
        {"nombre": "Da cuenta", "texto": "Se da cuenta de", "orden": "1"},
        m.Frase,
        {"nombre": "Da cuenta"},
    ),
    "roles": (
        VERSION | {"correo": "nueva@prueba.example", "nombre": "Nora Nueva", "tipo": "enlace"},
        m.Rol,
        {"usuario__email": "nueva@prueba.example", "tipo": "enlace"},
    ),
    "instituciones": (
        {"nombre": "Universidad Nueva", "sector": "academia"},
        m.Institucion,
        {"nombre": "Universidad Nueva"},
    ),
    "personas": (
        SIN_RENGLONES | {"nombre": "Olga Pérez Islas", "sexo": "m", "tratamiento": "Lic."},
        m.Persona,
        {"nombre": "Olga Pérez Islas", "sexo": "m"},
    ),
    "oficios": (
        SIN_RENGLONES
        | {"sentido": "recibido", "folio": "IACIP/PPI - 79/2020", "asunto": "X", "remitente": "Y"},
        m.Oficio,
        {"folio": "IACIP/PPI - 79/2020", "organo__clave": "prueba"},
    ),
    "calendarios": (SIN_RENGLONES | {"anio": "2027"}, m.Calendario, {"anio": 2027, "estado": "propuesto"}),
    "comisiones": (
        {
            "clase": "comision",
            "clave": "prueba-datos",
            "nombre": "Comisión de Datos",
            "nombre_corto": "Datos",
            "siglas": "CD",
            "desde": "2026-01-01",
        },
        m.Organo,
        {"clave": "prueba-datos", "padre__clave": "prueba", "reglas__quorum_denominador": 2},
    ),
}


def _nuevo(registro: str, extra: str = "") -> str:
    return reverse("registros:nuevo", args=("prueba", registro)) + extra


@pytest.mark.parametrize("registro", sorted(ALTAS))
def test_se_agrega_y_aparece_en_la_lista(client: Client, reparto: Reparto, registro: str) -> None:
    datos, modelo, busqueda = ALTAS[registro]
    identificarse(client, reparto.cuentas["administradora"])
    assert client.get(_nuevo(registro)).status_code == 200
    respuesta = client.post(_nuevo(registro), datos)
    assert respuesta.status_code == 302, respuesta.context["forma"].errors
    fila = modelo.objects.get(**busqueda)
    lista = client.get(reverse("registros:lista", args=("prueba", registro)))
    assert fila in list(lista.context["pagina"])


@pytest.mark.parametrize("registro", sorted(ALTAS))
def test_vacio_se_explica_y_no_guarda(client: Client, reparto: Reparto, registro: str) -> None:
    modelo = ALTAS[registro][1]
    antes = modelo.objects.count()
    identificarse(client, reparto.cuentas["administradora"])
    respuesta = client.post(_nuevo(registro), SIN_RENGLONES)
    assert respuesta.status_code == 422
    assert "resumen-errores" in respuesta.content.decode()
    assert modelo.objects.count() == antes


@pytest.mark.parametrize("registro", sorted(set(ALTAS) - {"comisiones", "calendarios"}))
def test_se_corrige(client: Client, reparto: Reparto, registro: str) -> None:
    datos, modelo, busqueda = ALTAS[registro]
    identificarse(client, reparto.cuentas["administradora"])
    client.post(_nuevo(registro), datos)
    fila = modelo.objects.get(**busqueda)
    url = reverse("registros:editar", args=("prueba", registro, fila.pk))
    assert client.get(url).status_code == 200
    respuesta = client.post(url, datos)
    assert respuesta.status_code == 302, respuesta.context["forma"].errors
    assert modelo.objects.get(**busqueda) == fila


@pytest.mark.parametrize("registro", sorted(REGISTROS))
@pytest.mark.parametrize(
    ("papel", "lista", "alta"), [("extrana", 404, 404), ("auditora", 200, 403), ("integrante", 200, 403)]
)
def test_quien_no_captura(
    client: Client, reparto: Reparto, registro: str, papel: str, lista: int, alta: int
) -> None:
    client.force_login(reparto.cuentas[papel])
    assert client.get(reverse("registros:lista", args=("prueba", registro))).status_code == lista
    assert client.get(_nuevo(registro)).status_code == alta
    assert client.post(_nuevo(registro), SIN_RENGLONES).status_code == alta


@pytest.mark.parametrize("registro", ["reglas", "denominaciones", "citas", "roles"])
def test_lo_que_rige_lo_cambia_solo_la_administracion(
    client: Client, reparto: Reparto, registro: str
) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    assert client.get(reverse("registros:lista", args=("prueba", registro))).status_code == 200
    assert client.get(_nuevo(registro)).status_code == 403
    datos, modelo, busqueda = ALTAS[registro]
    assert client.post(_nuevo(registro), datos).status_code == 403
    assert not modelo.objects.filter(**busqueda).exists()


def test_sin_entrar_pide_entrar(client: Client, reparto: Reparto) -> None:
    for url in (
        reverse("registros:inicio"),
        reverse("registros:organo", args=("prueba",)),
        _nuevo("oficios"),
    ):
        respuesta = client.get(url)
        assert respuesta.status_code == 302
        assert respuesta.headers["Location"].startswith("/entrar/")


@pytest.mark.parametrize("registro", sorted(REGISTROS))
def test_las_filas_de_otro_organo_no_existen(client: Client, reparto: Reparto, registro: str) -> None:
    otro = crear_reparto("otro")
    fabricas.crear_suplencia(otro)
    identificarse(client, reparto.cuentas["administradora"])
    ajenas = REGISTROS[registro].filas(otro.organo)
    propias = set(REGISTROS[registro].filas(reparto.organo).values_list("pk", flat=True))
    compartidos = {"instituciones", "personas"}  # se eligen desde cualquier órgano
    for fila in ajenas if registro not in compartidos else []:
        assert fila.pk not in propias
        assert client.get(reverse("registros:editar", args=("prueba", registro, fila.pk))).status_code == 404


@pytest.mark.parametrize(
    ("registro", "consultas"),
    [
        ("asientos", 14),
        ("nombramientos", 11),
        ("suplencias", 9),
        ("oficios", 9),
        ("personas", 17),
        ("roles", 9),
    ],
)
def test_mismas_consultas_con_una_fila_o_muchas(
    client: Client,
    reparto: Reparto,
    django_assert_num_queries: DjangoAssertNumQueries,
    registro: str,
    consultas: int,
) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    url = reverse("registros:lista", args=("prueba", registro))
    fabricas.crear_suplencia(reparto)
    with django_assert_num_queries(consultas):
        assert client.get(url).status_code == 200
    for n in range(4):
        asiento = ("presidencia", "academia", "civil", "vacante")[n]
        fabricas.crear_suplencia(reparto, asiento=asiento, folio=f"PRU-{n + 10}/2025", nombre=f"Persona {n}")
        m.Rol.objects.create(
            usuario=reparto.cuentas["extrana"],
            organo=reparto.organo,
            tipo="enlace",
            vigente_desde=dt.date(2020 + n, 1, 1),
            vigente_hasta=dt.date(2020 + n, 2, 1),
        )
    with django_assert_num_queries(consultas):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("registro", sorted(ALTAS))
def test_se_lee_completo_sin_poder_capturar(client: Client, reparto: Reparto, registro: str) -> None:
    datos, modelo, busqueda = ALTAS[registro]
    identificarse(client, reparto.cuentas["administradora"])
    client.post(_nuevo(registro), datos)
    fila = modelo.objects.get(**busqueda)
    url = reverse("registros:ver", args=("prueba", registro, fila.pk))
    client.force_login(reparto.cuentas["auditora"])
    texto = client.get(url).content.decode()
    assert f"<h1>{fila}</h1>" in texto
    assert "Corregir" not in texto
    client.force_login(reparto.cuentas["extrana"])
    assert client.get(url).status_code == 404


def test_el_correo_de_una_persona_solo_lo_ve_quien_captura(client: Client, reparto: Reparto) -> None:
    persona = reparto.personas["poder"]
    url = reverse("registros:ver", args=("prueba", "personas", persona.pk))
    client.force_login(reparto.cuentas["integrante"])
    assert persona.correo not in client.get(url).content.decode()
    client.force_login(reparto.cuentas["facilitadora"])
    assert persona.correo in client.get(url).content.decode()


def test_el_correo_de_quien_integra_otro_organo_no_se_ve_aqui(client: Client, reparto: Reparto) -> None:
    ajena = crear_reparto("otro").personas["poder"]
    identificarse(client, reparto.cuentas["administradora"])
    for accion, estado in (("ver", 200), ("editar", 403)):
        respuesta = client.get(reverse(f"registros:{accion}", args=("prueba", "personas", ajena.pk)))
        assert respuesta.status_code == estado
        assert ajena.correo not in respuesta.content.decode()
    cambio = {"nombre": "Otro nombre", "sexo": "x", "alias-TOTAL_FORMS": "0", "alias-INITIAL_FORMS": "0"}
    assert (
        client.post(reverse("registros:editar", args=("prueba", "personas", ajena.pk)), cambio).status_code
        == 403
    )
    ajena.refresh_from_db()
    assert ajena.nombre == "Beto Sosa Lira"


def test_las_reglas_se_preguntan_con_palabras_y_se_leen_igual(client: Client, reparto: Reparto) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    forma = client.get(_nuevo("reglas")).context["forma"]
    assert set(forma._meta.labels) == set(forma._meta.fields) - {"formatos_agenda"}
    assert not [campo.label for campo in forma if ":" in str(campo.label).replace("necesaria:", "")]
    leida = client.get(reverse("registros:ver", args=("prueba", "reglas", reparto.regla.pk)))
    texto = leida.content.decode()
    assert "Fracción necesaria: número de arriba" in texto
    assert "I, II, III… y dentro a), b), c)…" in texto


def test_una_numeracion_poco_comun_no_se_pierde_al_corregir(client: Client, reparto: Reparto) -> None:
    m.Regla.objects.filter(pk=reparto.regla.pk).update(formatos_agenda="romano,arabigo,vineta")
    identificarse(client, reparto.cuentas["administradora"])
    url = reverse("registros:editar", args=("prueba", "reglas", reparto.regla.pk))
    forma = client.get(url).context["forma"]
    assert forma["formatos_agenda"].value() == "romano,arabigo,vineta"
    assert ("romano,arabigo,vineta", "Como está: romano,arabigo,vineta") in forma.fields[
        "formatos_agenda"
    ].choices


def test_la_cita_dice_donde_se_imprime(client: Client, reparto: Reparto) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    respuesta = client.post(_nuevo("citas"), ALTAS["citas"][0], follow=True)
    texto = respuesta.content.decode()
    assert "Se guardó «Declaratoria de quórum: artículo 14»." in texto
    rara = client.post(_nuevo("citas"), VERSION | {"clave": "cuorum", "texto": "artículo 9"})
    assert rara.status_code == 422


def test_al_crear_una_comision_se_le_llama_por_su_nombre(client: Client, reparto: Reparto) -> None:
    identificarse(client, reparto.cuentas["administradora"])
    texto = client.post(_nuevo("comisiones"), ALTAS["comisiones"][0], follow=True).content.decode()
    assert "Se guardó «Comisión de Datos»." in texto


@pytest.mark.parametrize("papel", ["administradora", "auditora"])
def test_sin_nada_registrado_la_ayuda_se_dice_una_vez(client: Client, reparto: Reparto, papel: str) -> None:
    client.force_login(reparto.cuentas[papel])
    pagina = client.get(reverse("registros:lista", args=("prueba", "oficios")))
    html = pagina.content.decode()
    assert "Todavía no hay nada registrado" in html
    assert html.count(escape(pagina.context["registro"].ayuda)) == 1
