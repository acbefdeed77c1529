"""Tres personas firman, una tras otra; todo queda íntegro, archivable y accesible."""

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
from django.utils import timezone

from stl_portal.documentos.pdf import producir
from stl_portal.firma import errores, pades, sello_institucional, validacion
from stl_portal.firma.preparacion import Preparacion
from stl_portal.firma.sello_institucional import Sello
from stl_portal.firma.validacion import Cambios
from tests.documentos.muestra import NOMBRES
from tests.firma.documento import (
    RAZON,
    acta,
    componer,
    confianza,
    firmada_por_todas,
    firmar,
    huecos,
    widgets,
)
from tests.firma.pki import AHORA, AMALIA, EFRAIN, Autoridad, Emitido, Persona


@pytest.fixture(scope="module")
def firmada(autoridad: Autoridad, personas: dict[str, Emitido]) -> bytes:
    return firmada_por_todas(autoridad, personas)


@pytest.fixture(scope="module")
def sello_del_organo(tmp_path_factory: pytest.TempPathFactory) -> Sello:
    ruta = tmp_path_factory.mktemp("sello") / "sello.p12"
    ruta.write_bytes(sello_institucional._de_demostracion(AHORA))
    return sello_institucional.abrir(ruta, sello_institucional.CLAVE_DE_DEMOSTRACION)


@pytest.fixture(scope="module")
def sellada(firmada: bytes, sello_del_organo: Sello) -> bytes:
    return sello_institucional.sellar(firmada, sello_del_organo, ahora=AHORA, razon="Publicación del acta")


@pytest.fixture
def preparada(autoridad: Autoridad, personas: dict[str, Emitido]) -> Preparacion:
    quien = confianza(autoridad, personas[AMALIA.nombre])
    return pades.preparar(acta(), "firma-1", quien, ahora=AHORA, razon=RAZON)


# --- Los espacios de firma ---


def test_los_espacios_nacen_con_el_documento_y_siempre_iguales() -> None:
    assert componer() == acta()
    esperados = {f"firma-{n}": False for n in range(1, len(NOMBRES) + 1)} | {"sello": False}
    assert pades.campos(acta()) == esperados


def test_los_espacios_son_visibles_imprimibles_y_dicen_de_quien_son() -> None:
    *de_personas, del_sello = widgets(acta())
    assert [campo["rotulo"] for campo in de_personas] == [f"Firma de {nombre}" for nombre, *_ in NOMBRES]
    assert del_sello["nombre"] == "sello"
    for campo in [*de_personas, del_sello]:
        assert (campo["tipo"], campo["impreso"], campo["dibujo"]) == ("/Sig", True, b"")
        assert campo["ancho"] > 90
        assert campo["alto"] > 30


def test_lo_que_se_ve_de_una_firma_no_toca_la_raya_de_abajo(autoridad: Autoridad, tmp_path: Path) -> None:
    largo = Persona("MARÍA DE LOS ÁNGELES FERNÁNDEZ DE LARA", "FELM800101AA2", "FELM800101MGTRRR02")
    (tmp_path / "a.pdf").write_bytes(firmar(acta(), "firma-1", autoridad, autoridad.persona(largo)))
    orden = ["pdftotext", "-bbox", str(tmp_path / "a.pdf"), "-"]
    leido = subprocess.run(orden, capture_output=True, check=True, text=True).stdout
    alto = float(re.findall(r'<page width="[\d.]+" height="([\d.]+)"', leido)[0])
    hora = f"{timezone.localtime(AHORA):%H:%M}"
    (abajo,) = map(float, re.findall(rf'yMax="([\d.]+)">[^<]*{hora}</word>', leido))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        raya = alto - float(pdf.Root.AcroForm.Fields[0].Rect[1])
    assert 2 < raya - abajo < 20


def test_dos_espacios_con_el_mismo_nombre_no_se_producen() -> None:
    espacio = '<input type="checkbox" class="campo-firma" name="firma-1" title="Firma de Ana">'
    with pytest.raises(ValueError, match="nombre distinto"):
        producir(f"<html><body><h1>Acta</h1>{espacio}{espacio}</body></html>", titulo="Acta")


# --- Tres firmas y un sello ---


def test_tres_firmas_quedan_integras_confiables_y_solo_se_agregan_firmas(
    autoridad: Autoridad, personas: dict[str, Emitido], firmada: bytes
) -> None:
    resultados = validacion.validar(firmada, autoridad.raices)
    assert [r.nombre for r in resultados] == list(personas)
    assert [r.campo for r in resultados] == ["firma-1", "firma-2", "firma-3"]
    assert [(r.integra, r.confiable, r.en_regla) for r in resultados] == [(True, True, True)] * 3
    assert [r.cambios for r in resultados] == [Cambios.FIRMAS, Cambios.FIRMAS, Cambios.NINGUNO]
    assert [r.cubre_todo for r in resultados] == [False, False, True]
    assert {r.revocacion for r in resultados} == {"no consultada"}
    assert {(r.declarada, r.razon) for r in resultados} == {(AHORA, RAZON)}


def test_firmar_solo_agrega_al_final(firmada: bytes) -> None:
    assert firmada.startswith(acta())
    assert len(firmada) - len(acta()) < 3 * 25_000


def test_sin_su_raiz_la_firma_es_integra_pero_no_confiable(ajena: Autoridad, firmada: bytes) -> None:
    resultados = validacion.validar(firmada, ajena.raices)
    assert [(r.integra, r.confiable, r.en_regla) for r in resultados] == [(True, False, False)] * 3


def test_el_sello_cierra_el_documento(
    autoridad: Autoridad,
    personas: dict[str, Emitido],
    sellada: bytes,
    sello_del_organo: Sello,
) -> None:
    resultados = validacion.validar(sellada, [*autoridad.raices, sello_del_organo.cadena[0]])
    assert [r.en_regla for r in resultados] == [True] * 4
    assert resultados[-1].nombre == "Sello de demostración, sin validez"
    assert resultados[-1].cubre_todo
    with pytest.raises(errores.DocumentoCerrado, match="sellado"):
        firmar(sellada, "firma-4", autoridad, personas[EFRAIN.nombre])


def test_otro_programa_opina_lo_mismo(sellada: bytes, tmp_path: Path) -> None:
    """`pdfsig` (Poppler) no comparte código con pyHanko."""
    archivo = tmp_path / "acta.pdf"
    archivo.write_bytes(sellada)
    dicho = subprocess.run(["pdfsig", "-nocert", archivo], capture_output=True, text=True).stdout
    assert dicho.count("Signature is Valid.") == 4
    assert dicho.count("ETSI.CAdES.detached") == 4
    assert dicho.count("Total document signed") == 1


def test_la_hoja_muestra_quien_firmo(firmada: bytes, tmp_path: Path) -> None:
    archivo = tmp_path / "acta.pdf"
    archivo.write_bytes(firmada)
    texto = subprocess.run(
        ["pdftotext", "-layout", archivo, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert texto.count("Firma electrónica avanzada") == 3
    assert "AMALIA ÑÁÑEZ GÜERECA" in texto
    assert AMALIA.rfc not in texto


# --- Archivable y accesible, antes y después ---

ESTADOS = ["acta", "firmada", "sellada"]


@pytest.fixture(params=ESTADOS)
def en_cada_estado(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    archivo = tmp_path / "acta.pdf"
    archivo.write_bytes(acta() if request.param == "acta" else request.getfixturevalue(request.param))
    return archivo


def test_sin_hallazgos_de_accesibilidad(en_cada_estado: Path) -> None:
    informe = pdfua.validate(str(en_cada_estado))
    assert len(informe.outcomes) - len(informe.skipped) > 10
    assert [f"{hallazgo.rule_id}: {hallazgo.message}" for hallazgo in informe.findings] == []


def test_qpdf_no_encuentra_defectos(en_cada_estado: Path) -> None:
    qpdf = shutil.which("qpdf")
    assert qpdf, "falta qpdf; lo instala .ci/preparar pruebas"
    revision = subprocess.run([qpdf, "--check", en_cada_estado], capture_output=True, text=True)
    assert (revision.returncode, revision.stderr) == (0, "")


def test_sigue_siendo_pdf_a_y_pdf_ua(en_cada_estado: Path) -> None:
    with pikepdf.open(en_cada_estado) as pdf:
        with pikepdf.open(BytesIO(acta())) as original:
            assert pdf.Root.Metadata.read_bytes() == original.Root.Metadata.read_bytes()
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
            assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert int(pdf.Root.AcroForm.SigFlags) == 3
        for objeto in pdf.objects:
            assert not (isinstance(objeto, pikepdf.Stream) and objeto.get("/Subtype") == "/Image")
            assert not (
                isinstance(objeto, (pikepdf.Dictionary, pikepdf.Stream)) and objeto.get("/Interpolate")
            )


def test_cada_espacio_esta_en_las_etiquetas_como_form(en_cada_estado: Path) -> None:
    with pikepdf.open(en_cada_estado) as pdf:
        indice = pdf.Root.StructTreeRoot.ParentTree.Nums
        padres = {int(indice[n]): indice[n + 1] for n in range(0, len(indice), 2)}
        for campo in pdf.Root.AcroForm.Fields:
            forma = padres[int(campo.StructParent)]
            assert str(forma.S) == "/Form"
            assert forma.K.Obj.objgen == campo.objgen
            assert str(campo.TU)


def test_las_letras_de_cada_firma_van_incrustadas(en_cada_estado: Path) -> None:
    contenido = en_cada_estado.read_bytes()
    firmados = pades.campos(contenido)
    for campo in widgets(contenido):
        assert campo["incrustadas"] == ([True] if firmados[campo["nombre"]] else [])
        assert bool(campo["dibujo"]) == firmados[campo["nombre"]]


# --- Un byte ---


def test_un_byte_cambiado_se_detecta(autoridad: Autoridad, firmada: bytes) -> None:
    cubiertos = [n for n in range(len(firmada)) if not any(a <= n < b for a, b in huecos(firmada))]
    for posicion in random.Random(7).sample(cubiertos, 12):
        alterado = bytearray(firmada)
        alterado[posicion] ^= 0x01
        try:
            resultados = validacion.validar(bytes(alterado), autoridad.raices)
        except errores.PdfIlegible:
            continue
        assert len(resultados) < 3 or not all(r.en_regla for r in resultados), posicion


def test_lo_agregado_despues_de_firmar_se_nota(autoridad: Autoridad, firmada: bytes) -> None:
    with pikepdf.open(BytesIO(firmada)) as pdf:
        pdf.pages[0].Rotate = 90
        salida = BytesIO()
        pdf.save(salida)
    assert not all(r.en_regla for r in validacion.validar(salida.getvalue(), autoridad.raices))


def test_un_pdf_sin_firmas_no_tiene_resultados_y_lo_demas_no_es_pdf() -> None:
    assert validacion.validar(acta(), []) == []
    for basura in (b"", b"hola", b"%PDF-1.7", acta()[:5000]):
        with pytest.raises(errores.PdfIlegible):
            validacion.validar(basura, [])
        with pytest.raises(errores.PdfIlegible):
            pades.campos(basura)


# --- Preparar y terminar ---


def test_la_preparacion_se_guarda_como_datos(preparada: Preparacion, personas: dict[str, Emitido]) -> None:
    recuperada = Preparacion.de_datos(json.loads(json.dumps(preparada.a_datos())))
    assert recuperada == preparada
    firma = personas[AMALIA.nombre].firmar(recuperada.atributos)
    assert pades.campos(pades.terminar(acta(), recuperada, firma))["firma-1"]


def test_la_segunda_de_dos_a_la_vez_prepara_otra_vez_y_ambas_valen(
    autoridad: Autoridad, personas: dict[str, Emitido], preparada: Preparacion
) -> None:
    con_la_otra = firmar(acta(), "firma-2", autoridad, personas[EFRAIN.nombre])
    with pytest.raises(errores.PreparacionVencida, match="Vuelve a firmar"):
        pades.terminar(con_la_otra, preparada, personas[AMALIA.nombre].firmar(preparada.atributos))
    ambas = firmar(con_la_otra, "firma-1", autoridad, personas[AMALIA.nombre])
    assert [r.en_regla for r in validacion.validar(ambas, autoridad.raices)] == [True, True]


def test_repetir_una_preparacion_ya_usada_se_rechaza(
    preparada: Preparacion, personas: dict[str, Emitido]
) -> None:
    firma = personas[AMALIA.nombre].firmar(preparada.atributos)
    firmado = pades.terminar(acta(), preparada, firma)
    with pytest.raises(errores.PreparacionVencida):
        pades.terminar(firmado, preparada, firma)


ALTERADAS: dict[str, Callable[[bytes], bytes]] = {
    "un bit": lambda firma: firma[:-1] + bytes([firma[-1] ^ 1]),
    "corta": lambda firma: firma[:-1],
    "vacía": lambda _: b"",
    "larga": lambda firma: firma + b"\0",
}


@pytest.mark.parametrize("como", ALTERADAS)
def test_una_firma_alterada_no_se_guarda(
    preparada: Preparacion, personas: dict[str, Emitido], como: str
) -> None:
    firma = ALTERADAS[como](personas[AMALIA.nombre].firmar(preparada.atributos))
    with pytest.raises(errores.FirmaAlterada, match="No se guardó"):
        pades.terminar(acta(), preparada, firma)


def test_la_firma_de_otra_llave_o_de_otros_bytes_no_se_guarda(
    preparada: Preparacion, personas: dict[str, Emitido]
) -> None:
    for firma in (
        personas[EFRAIN.nombre].firmar(preparada.atributos),
        personas[AMALIA.nombre].firmar(preparada.atributos + b" "),
    ):
        with pytest.raises(errores.FirmaAlterada):
            pades.terminar(acta(), preparada, firma)


def test_lo_preparado_y_alterado_en_el_camino_no_se_guarda(
    preparada: Preparacion, personas: dict[str, Emitido]
) -> None:
    otro_texto = preparada.agregado.replace(b"ByteRange", b"ByteRunge", 1)
    menos = preparada.agregado.replace(b"/Widget", b"/Wodget", 1)
    firma = personas[AMALIA.nombre].firmar(preparada.atributos)
    for agregado in (otro_texto, menos):
        assert agregado != preparada.agregado
        with pytest.raises(errores.FirmaRechazada):
            pades.terminar(acta(), replace(preparada, agregado=agregado), firma)


def test_no_se_firma_donde_no_hay_espacio_ni_dos_veces(
    autoridad: Autoridad, personas: dict[str, Emitido], firmada: bytes
) -> None:
    with pytest.raises(errores.CampoInexistente, match="no tiene un espacio"):
        firmar(acta(), "firma-99", autoridad, personas[AMALIA.nombre])
    with pytest.raises(errores.CampoFirmado, match="ya firmó"):
        firmar(firmada, "firma-1", autoridad, personas[AMALIA.nombre])
