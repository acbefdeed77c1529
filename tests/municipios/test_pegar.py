"""Pegar el avance: qué cambia, qué se pregunta, y que se anota todo o nada."""

import datetime as dt
import html
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from municipios.models import Anotacion
from sesiones import models as m
from tests.municipios.fabricas import LEON, anotar, crear_municipal
from tests.municipios.pegado import ENCABEZADO, HOY, cambios, los_46, ocultos, pegar, url
from tests.personas import Reparto

pytestmark = pytest.mark.django_db


def errores(respuesta: Any) -> dict[int, dict[str, str]]:
    filas = respuesta.context["revision"].por_corregir
    return {f.pegado.numero: {c: e.frase for c, e in f.errores.items()} for f in filas}


def test_se_ve_antes_que_despues_y_se_anota_de_una_vez(captura: Client, seguimiento: m.Organo) -> None:
    anotar(seguimiento.etapas_municipales.get(clave="convocatoria"), LEON, "cumplido", HOY)
    previa = pegar(captura, seguimiento, *los_46("Cumplido"))
    assert (previa.status_code, len(cambios(previa)), Anotacion.objects.count()) == (200, 45, 1)
    assert [str(x) for x in previa.context["revision"].iguales] == ["León"]
    assert "Aplicar 45 cambios" in previa.content.decode()
    enviado = ocultos(previa) | {"aplicar": "1"}
    aplicado = captura.post(url(seguimiento), enviado)
    ultima = Anotacion.objects.latest("pk").pk
    a_donde = f"/gestion/municipios/prueba/?al={HOY.isoformat()}&importacion={ultima}"
    assert aplicado.headers["Location"] == a_donde
    assert Anotacion.objects.count() == 46
    otra_vez = captura.post(url(seguimiento), enviado)
    assert (otra_vez.status_code, Anotacion.objects.count()) == (302, 46)


@pytest.mark.parametrize(
    ("renglon", "columna", "frase"),
    [
        ("11099\t\tCumplido\t", "quien", "No hay un municipio con la clave «11099»: van de 11001 a 11046."),
        (
            "\tSilao\tCumplido\t",
            "quien",
            "No se reconoce el municipio «Silao». ¿Quisiste decir Silao de la Victoria (11037)?",
        ),
        ("11020\tCelaya\tCumplido\t", "quien", "La clave 11020 es León, pero el nombre dice Celaya."),
        ("\t\tCumplido\t", "quien", "No dice de qué municipio es. Suele pasar al copiar celdas combinadas."),
        (
            "11020\tLeón\tCumplida\t",
            "convocatoria",
            "«Cumplida» no es una de sus situaciones: Sin información, No iniciado, En proceso o Cumplido.",
        ),
        (
            "11020\tLeón\tCumplido\t\tde más",
            "sobra",
            "Después de la última columna venía «de más»: quizá las celdas están recorridas.",
        ),
    ],
)
def test_lo_que_no_se_entiende_lo_dice_su_renglon(
    captura: Client, seguimiento: m.Organo, renglon: str, columna: str, frase: str
) -> None:
    previa = pegar(captura, seguimiento, ENCABEZADO, "11001\tAbasolo\tCumplido\t", renglon)
    assert (previa.status_code, errores(previa)) == (422, {3: {columna: frase}})
    assert cambios(previa) == [("Abasolo", "convocatoria", "cumplido")]
    pagina = previa.content.decode()
    assert html.escape(f"Renglón 3: {frase}") in pagina
    assert 'name="aplicar"' not in pagina
    forzado = captura.post(url(seguimiento), ocultos(previa) | {"aplicar": "1"})
    assert (forzado.status_code, Anotacion.objects.count()) == (422, 0)


def test_el_repetido_se_dice_en_ambos_renglones(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, ENCABEZADO, "11020\t\tCumplido\t", "\tleon \tEn proceso\t")
    frase = "León viene en los renglones 2 y 3. Quita los que sobren."
    assert errores(previa) == {2: {"quien": frase}, 3: {"quien": frase}}
    corregida = captura.post(url(seguimiento), ocultos(previa) | {"r0-quitar": "on"})
    assert cambios(corregida) == [("León", "convocatoria", "en_proceso")]


def test_los_municipios_se_eligen_por_nombre(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, "municipio\tconvocatoria", "Silao\tCumplido")
    (arreglo,) = previa.context["arreglos"]
    nombres = [dicho for clave, dicho in arreglo.fields["quien"].choices if clave != "?"]
    assert len(nombres) == 46
    assert nombres[2:5] == ["Apaseo el Alto (11004)", "Apaseo el Grande (11005)", "Atarjea (11006)"]
    assert nombres.index("Manuel Doblado (11008)") == nombres.index("León (11020)") + 1


def test_silao_se_acepta_con_un_clic(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, "municipio\tconvocatoria", "Silao\tCumplido")
    assert 'value="0:quien:11037"' in previa.content.decode()
    aceptada = captura.post(url(seguimiento), ocultos(previa) | {"aceptar": "0:quien:11037"})
    assert (errores(aceptada), cambios(aceptada)) == (
        {},
        [("Silao de la Victoria", "convocatoria", "cumplido")],
    )


def test_retroceder_pide_el_motivo_ahi_mismo(captura: Client, seguimiento: m.Organo) -> None:
    anotar(seguimiento.etapas_municipales.get(clave="convocatoria"), LEON, "cumplido", HOY)
    previa = pegar(captura, seguimiento, ENCABEZADO, "11020\tLeón\tEn proceso\t")
    assert errores(previa) == {
        2: {"motivo": "Convocatoria retrocede de «Cumplido» a «En proceso»: di por qué."}
    }
    con_motivo = captura.post(url(seguimiento), ocultos(previa) | {"r0-motivo": "Se anuló la convocatoria."})
    assert (con_motivo.status_code, errores(con_motivo)) == (200, {})
    captura.post(url(seguimiento), ocultos(con_motivo) | {"aplicar": "1"})
    assert Anotacion.objects.latest("pk").motivo == "Se anuló la convocatoria."


def test_el_motivo_de_un_renglon_es_solo_de_lo_que_retrocede(captura: Client, seguimiento: m.Organo) -> None:
    anotar(seguimiento.etapas_municipales.get(clave="convocatoria"), LEON, "cumplido", HOY)
    previa = pegar(
        captura,
        seguimiento,
        f"{ENCABEZADO}\tmotivo\tnota",
        "11020\tLeón\tSin información\tCumplido\tSe anuló\tOficio 4",
        "11007\tCelaya\tCumplido\t\tSe anuló\t",
    )
    pagina = " ".join(html.unescape(previa.content.decode()).split())
    assert "Motivo de Convocatoria:</span> Se anuló" in pagina
    assert "Nota de las 2 etapas que cambian:</span> Oficio 4" in pagina
    assert previa.context["revision"].avisos == ["Renglón 3: Nada retrocede en él: su motivo no se guarda."]
    captura.post(url(seguimiento), ocultos(previa) | {"aplicar": "1"})
    nuevas = Anotacion.objects.exclude(por=None).values_list("municipio", "etapa__clave", "motivo", "nota")
    assert sorted(nuevas) == [
        ("11007", "convocatoria", "", ""),
        ("11020", "convocatoria", "Se anuló", "Oficio 4"),
        ("11020", "instalacion", "", "Oficio 4"),
    ]


def test_la_fecha_de_cada_renglon(captura: Client, seguimiento: m.Organo) -> None:
    manana, ayer = HOY + dt.timedelta(days=1), HOY - dt.timedelta(days=1)
    previa = pegar(
        captura,
        seguimiento,
        "municipio\tconvocatoria\tfecha",
        f"León\tCumplido\t{manana.isoformat()}",
        f"Celaya\tCumplido\t{ayer:%d/%m/%Y}",
        "Abasolo\tCumplido\tayer",
    )
    assert errores(previa) == {
        2: {"fecha": "La fecha todavía no llega."},
        4: {"fecha": "No se entiende la fecha «ayer». Escríbela así: 2026-03-18 o 18/3/2026."},
    }
    arreglos = {"r0-fecha": "", "r2-fecha": ayer.isoformat()}
    bien = captura.post(url(seguimiento), ocultos(previa) | arreglos)
    assert [c.fecha for c in bien.context["revision"].cambios] == [HOY, ayer, ayer]


def test_la_fecha_general_no_puede_ser_futura(captura: Client, seguimiento: m.Organo) -> None:
    manana = (HOY + dt.timedelta(days=1)).isoformat()
    respuesta = pegar(captura, seguimiento, *los_46("Cumplido"), fecha=manana)
    assert (respuesta.status_code, respuesta.context["forma"].errors["fecha"]) == (
        422,
        ["La fecha todavía no llega."],
    )


def test_los_que_faltan_se_dicen_y_no_cambian(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, *los_46("Cumplido")[:-2])
    assert [str(x) for x in previa.context["revision"].faltan] == ["Xichú", "Yuriria"]
    assert "<strong>Faltan 2:</strong> Xichú, Yuriria." in previa.content.decode()


def test_espacios_y_acentos_se_aceptan_y_se_dicen(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, "Municipio \tCONVOCATORIA", "Leo\u0301n \tcumplido ")
    assert cambios(previa) == [("León", "convocatoria", "cumplido")]
    assert previa.context["revision"].avisos == [
        "Renglón 2: Se leyó «Leo\u0301n » como «León» (espacios de más, acentos separados de su letra).",
        "Renglón 2: Se leyó «cumplido » como «Cumplido» (espacios de más, otras mayúsculas).",
    ]


def test_una_columna_mal_escrita_se_pregunta(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, "municipio\tinstalasion\tcolor", "León\tCumplido\tazul")
    assert (previa.status_code, cambios(previa)) == (422, [])
    frase = "No se reconoce la columna «color»: lo que trae no se anotará."
    assert frase in previa.content.decode()
    dicha = captura.post(url(seguimiento), ocultos(previa) | {"ajena-0": "instalacion"})
    assert (dicha.status_code, cambios(dicha)) == (200, [("León", "instalacion", "cumplido")])
    antes_del_boton = dicha.content.decode().partition('name="aplicar"')[0]
    assert frase in re.sub(r"<details.*?</details>", "", antes_del_boton, flags=re.DOTALL)


def test_sin_encabezados_se_supone_el_orden_y_se_dice(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, "11020\tLeón\tCumplido\t", "11007\tCelaya\t\tEn proceso")
    assert cambios(previa) == [
        ("León", "convocatoria", "cumplido"),
        ("Celaya", "instalacion", "en_proceso"),
    ]
    assert previa.context["revision"].avisos[0].startswith("No venían encabezados")


@pytest.mark.parametrize(
    ("pegado", "frase"),
    [
        ("", "No hay nada que leer: pega las celdas o elige un archivo."),
        (
            "hola\nmundo",
            "No se encontraron los encabezados. El primer renglón debe decir «clave_inegi» o «municipio» y "
            "las etapas: convocatoria e instalacion.",
        ),
        (
            "municipio\tcolor\nLeón\tazul",
            "Ninguna columna es de una etapa. Las etapas son: convocatoria e instalacion.",
        ),
        (
            "municipio\tinstalacion\tInstalacion\nLeón\tCumplido\t",
            "Viene dos veces la columna «Instalacion». Deja una.",
        ),
        ("municipio\tinstalacion\n" + "León\tCumplido\n" * 61, "Trae 61 renglones y los municipios son 46."),
    ],
)
def test_lo_que_no_es_un_avance_se_devuelve_entero(
    captura: Client, seguimiento: m.Organo, pegado: str, frase: str
) -> None:
    respuesta = pegar(captura, seguimiento, pegado)
    assert (respuesta.status_code, respuesta.context["forma"].errors["celdas"]) == (422, [frase])
    assert html.escape(pegado.strip()[:20], quote=False) in respuesta.content.decode()


def test_un_archivo_que_no_es_hoja_se_dice(captura: Client, seguimiento: m.Organo) -> None:
    archivo = SimpleUploadedFile("acta.pdf", b"%PDF-1.4", "application/pdf")
    respuesta = captura.post(url(seguimiento), {"archivo": archivo, "fecha": HOY.isoformat()})
    assert respuesta.context["forma"].errors["archivo"] == [
        "Aquí se leen hojas: CSV, texto de Excel (TXT), Excel (XLSX) o LibreOffice (ODS)."
    ]


def test_lo_que_otra_persona_anoto_mientras_tanto_se_ensena(
    reparto: Reparto, captura: Client, seguimiento: m.Organo
) -> None:
    previa = pegar(captura, seguimiento, ENCABEZADO, "11020\tLeón\tCumplido\t", "11007\tCelaya\tCumplido\t")
    etapa = seguimiento.etapas_municipales.get(clave="convocatoria")
    suya = anotar(etapa, LEON, "en_proceso", HOY, por=reparto.cuentas["colega"])
    choque = captura.post(url(seguimiento), ocultos(previa) | {"aplicar": "1"})
    assert (choque.status_code, Anotacion.objects.count()) == (409, 1)
    assert choque.context["revision"].choques == [
        f"Convocatoria: mientras revisabas, {suya.por} anotó «En proceso». Quedará «Cumplido»."
    ]
    captura.post(url(seguimiento), ocultos(choque) | {"aplicar": "1"})
    assert sorted(Anotacion.objects.values_list("municipio", "situacion__clave")) == [
        ("11007", "cumplido"),
        ("11020", "cumplido"),
        ("11020", "en_proceso"),
    ]


def test_lo_que_no_se_habia_ensenado_no_se_anota(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, ENCABEZADO, "11020\tLeón\tCumplido\t")
    ayer = (HOY - dt.timedelta(days=1)).isoformat()
    otra_fecha = captura.post(url(seguimiento), ocultos(previa) | {"fecha": ayer, "aplicar": "1"})
    assert (otra_fecha.status_code, Anotacion.objects.count()) == (409, 0)
    assert "Cambió lo que se anotaría" in otra_fecha.content.decode()


def test_quien_informa_de_un_municipio_no_escribe_ni_lee_los_demas(
    seguimiento: m.Organo, client: Client
) -> None:
    anotar(seguimiento.etapas_municipales.get(clave="convocatoria"), "11007", "cumplido", HOY)
    client.force_login(crear_municipal(seguimiento).cuentas["facilitadora"])
    renglones = ["11020\tLeón\tCumplido\t", "11007\tCelaya\tEn proceso\t", "11001\tAbasolo\tCumplido\t"]
    previa = pegar(client, seguimiento, ENCABEZADO, *renglones)
    assert errores(previa) == {
        3: {"quien": "No te toca informar de Celaya."},
        4: {"quien": "No te toca informar de Abasolo."},
    }
    assert "retrocede" not in previa.content.decode()  # diría lo que Celaya tiene
    sin = client.post(url(seguimiento), ocultos(previa) | {"sin_ajenas": "1"})
    assert cambios(sin) == [("León", "convocatoria", "cumplido")]
    assert (sin.status_code, sin.context["revision"].faltan) == (200, [])


@pytest.mark.parametrize(
    ("papel", "estado"), [("auditora", 403), ("integrante", 403), ("extrana", 404), ("colega", 200)]
)
def test_quien_pega(reparto: Reparto, seguimiento: m.Organo, client: Client, papel: str, estado: int) -> None:
    client.force_login(reparto.cuentas[papel])
    assert client.get(url(seguimiento)).status_code == estado
    assert pegar(client, seguimiento, *los_46("Cumplido")).status_code == estado


@pytest.mark.parametrize("hoja", ["", "{}", "[]", "null", '{"columnas":["x"]}', "no es json", '"' * 3000])
def test_una_vista_previa_que_no_llego_completa_vuelve_a_pedir(
    captura: Client, seguimiento: m.Organo, hoja: str
) -> None:
    respuesta = captura.post(url(seguimiento), {"hoja": hoja, "fecha": HOY.isoformat(), "aplicar": "1"})
    assert respuesta.status_code == 422
    assert "Vuelve a pegar las celdas." in respuesta.content.decode()


def test_lo_que_viene_con_error_no_se_da_por_faltante(captura: Client, seguimiento: m.Organo) -> None:
    encabezado, *renglones = los_46("Cumplido")
    mal = [r.replace("11020\tLeón", "\tLeonn") for r in renglones]
    revision = pegar(captura, seguimiento, encabezado, *mal).context["revision"]
    assert [f.dice for f in revision.por_corregir] == ["Leonn"]
    assert revision.faltan == []


def test_el_repetido_ya_viene_elegido_en_su_lista(captura: Client, seguimiento: m.Organo) -> None:
    previa = pegar(captura, seguimiento, ENCABEZADO, *[f"{LEON}\tLeón\tCumplido\t"] * 2)
    elegidos = [arreglo["quien"].value() for arreglo in previa.context["arreglos"]]
    assert elegidos == [LEON, LEON]


@pytest.mark.parametrize("numero", [2**63, -1, 10**400])
def test_un_numero_que_no_cabe_no_rompe_la_pagina(
    captura: Client, seguimiento: m.Organo, numero: int
) -> None:
    previa = pegar(captura, seguimiento, ENCABEZADO, f"{LEON}\tLeón\tCumplido\t")
    enviado = ocultos(previa) | {"aplicar": "1"}
    hoja = json.loads(enviado["hoja"])
    hoja["vistas"] = dict.fromkeys(hoja["vistas"], numero)
    respuesta = captura.post(url(seguimiento), enviado | {"hoja": json.dumps(hoja)})
    assert (respuesta.status_code, Anotacion.objects.exists()) == (422, False)
