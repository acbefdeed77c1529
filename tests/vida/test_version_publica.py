"""La versión pública no lleva lo testado en ningún byte; el original queda reservado y se comprueba."""

import hashlib
import json
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
from django.template.loader import render_to_string

from sesiones import constancia_publica, publica, sellar, version_publica
from sesiones import models as m
from sesiones.acta import imprenta
from stl_portal.archivo import almacen
from stl_portal.firma.validacion import validar
from stl_portal.sello import puntos
from stl_portal.sello.models import PuntoDeControl
from tests.personas import Reparto, crear_reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import aprobada, sellada
from tests.vida.publicas import publicada_testada

pytestmark = pytest.mark.django_db


def test_publicar_elabora_la_version_publica(reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    publico = publica.lo_publico(sello)
    version = publico.version
    assert version is not None
    assert list(version_publica.razones(sello)) == ["1 dato testado"]
    assert (version.ordinal, publico.pdf) == (1, version.pdf)
    assert hashlib.sha256(almacen.leer(version.pdf)).hexdigest() == version.pdf.huella
    dicho = json.loads(bytes(version.documento))["version_publica"]
    assert (dicho["de"], dicho["codigo"]) == (sello.huella, sello.codigo)
    assert list(constancia_publica.fallas()) == []
    assert m.Acta.objects.get(pk=sello.acta_id).publica


def test_el_acta_lleva_impreso_el_ultimo_punto_de_control(reparto: Reparto, tmp_path: Path) -> None:
    primera = sellada(reparto)
    assert json.loads(bytes(primera.documento))["punto_de_control"] is None
    punto = puntos.publicar()
    segunda = sellada(crear_reparto("otro"))
    dicho = json.loads(bytes(segunda.documento))["punto_de_control"]
    assert dicho == {"origen": punto.origen, "tamano": punto.tamano, "raiz": punto.raiz}
    (tmp_path / "acta.pdf").write_bytes(almacen.leer(segunda.pdf))
    orden = ["pdftotext", "-raw", str(tmp_path / "acta.pdf"), "-"]
    impreso = subprocess.run(orden, capture_output=True, check=True, text=True).stdout
    corrido = " ".join(impreso.split())
    assert f"{punto.origen}, {punto.tamano} eslabones, raíz {punto.raiz}" in corrido
    assert "Último punto de control del registro público al sellarse" in corrido
    assert list(constancia_publica.fallas()) == []


def test_si_se_firma_otro_punto_mientras_se_sella_el_acta_no_cambio(
    reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    acta = aprobada(reparto)
    imprimir = imprenta.imprimir

    def y_otro_punto(original: imprenta.Original) -> imprenta.Impreso:
        puntos.publicar()
        return imprimir(original)

    monkeypatch.setattr(imprenta, "imprimir", y_otro_punto)
    sello = sellar.sellar(acta, reparto.cuentas["facilitadora"], JUEVES)
    assert json.loads(bytes(sello.documento))["punto_de_control"] is None
    assert PuntoDeControl.objects.count() == 1


def test_su_pdf_se_archiva_y_se_lee_en_voz_alta(reparto: Reparto, tmp_path: Path) -> None:
    sello = publicada_testada(reparto)
    pdf, archivo, qpdf = (
        almacen.leer(publica.lo_publico(sello).pdf),
        tmp_path / "acta.pdf",
        shutil.which("qpdf"),
    )
    archivo.write_bytes(pdf)
    informe = pdfua.validate(str(archivo))
    assert [f"{hallazgo.rule_id}: {hallazgo.message}" for hallazgo in informe.findings] == []
    assert qpdf, "falta qpdf; lo instala .ci/preparar pruebas"
    revision = subprocess.run([qpdf, "--check", archivo], capture_output=True, text=True)
    assert (revision.returncode, revision.stderr) == (0, "")
    with pikepdf.open(BytesIO(pdf)) as abierto:
        with abierto.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
            assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert {*abierto.attachments} == {"acta.json", "acta.xml"}
        # Ningún espacio de firma más que el del sello del órgano.
        assert [str(campo.T) for campo in abierto.Root.AcroForm.Fields] == ["sello"]
    assert [r.campo for r in validar(pdf, [])] == ["sello"]


def test_lo_que_dice_de_cada_firma_no_lleva_rfc_ni_curp(reparto: Reparto) -> None:
    sello = sellada(reparto)
    lugar = sello.lugares.earliest("pk")
    detalle = {"nombre": "Ana Ruiz", "emisor": "AC de prueba", "serie": "0001", "revocacion": "no consultada"}
    firma = m.Firma(
        lugar=lugar,
        clase="avanzada",
        cuando=JUEVES,
        por=reparto.cuentas["facilitadora"],
        pdf=sello.pdf,
        detalle=detalle,
    )
    constancia_publica.anotar(firma)
    firma.save(force_insert=True)
    assert list(version_publica.razones(sello)) == ["1 e.firma"]
    dicho_en_ella = version_publica.contenido_de(sello, 1)["version_publica"]
    assert dicho_en_ella["certificados"] == {
        "motivo": "RFC y CURP dentro de los certificados de 1 e.firma",
        "fundamento": "Datos personales (RFC y CURP) dentro del certificado",
        "veces": 1,
    }
    fila = m.VersionPublica(ordinal=1, motivo="")
    pagina = render_to_string(
        "sesiones/publico/_version_publica.html", {"version": dicho_en_ella, "fila": fila}
    )
    assert "RFC y CURP dentro de los certificados de 1 e.firma" in pagina
    contenido = version_publica.previa(sello, JUEVES)
    assert "RFC y CURP dentro de los certificados de 1 e.firma" in contenido.html
    dicho = dicho_en_ella["firmas"]
    assert dicho[0]["como"] == (
        "Firma electrónica avanzada, certificado 0001 de AC de prueba; revocación no consultada"
    )
    assert [uno["estado"] for uno in dicho] == ["Firmó", "Falta", "Falta", "Falta", "Falta"]
