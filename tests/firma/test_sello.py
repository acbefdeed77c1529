"""El sello del órgano: de dónde sale y qué cierra."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pytest_django import Settings

from stl_portal.firma import errores, estampa, sello_institucional, validacion
from stl_portal.firma.sello_institucional import Sello
from tests.firma.documento import RAZON, acta, firmar
from tests.firma.pki import AHORA, EFRAIN, Autoridad, Emitido

CLAVE = "clave del sello"


def sellar(sello: Sello) -> bytes:
    """El acta sellada, con la estampa que esté configurada."""
    return sello_institucional.sellar(
        acta(), sello, ahora=AHORA, razon="Publicación del acta", estampador=estampa.estampador()
    )


@pytest.fixture
def del_organo(autoridad: Autoridad, tmp_path: Path) -> Path:
    """Un PKCS#12 con la cadena en desorden, como lo dan muchas autoridades."""
    propio = autoridad.organo("Secretariado Técnico de Ejemplo")
    otros = [autoridad.raiz.certificado, autoridad.intermedia.certificado]
    ruta = tmp_path / "sello.p12"
    cifrado = BestAvailableEncryption(CLAVE.encode())
    ruta.write_bytes(
        pkcs12.serialize_key_and_certificates(b"sello", propio.llave, propio.certificado, otros, cifrado)
    )
    return ruta


@pytest.fixture
def sello(del_organo: Path) -> Sello:
    return sello_institucional.abrir(del_organo, CLAVE)


# --- De dónde sale ---


def test_el_sello_configurado_es_el_del_organo(
    settings: Settings, autoridad: Autoridad, del_organo: Path
) -> None:
    settings.SELLO_PKCS12, settings.SELLO_CLAVE = str(del_organo), CLAVE
    sello = sello_institucional.del_entorno()
    assert sello.cadena[:2] == (autoridad.raiz.cer, autoridad.intermedia.cer)
    (resultado,) = validacion.validar(sellar(sello), autoridad.raices)
    assert (resultado.nombre, resultado.campo) == ("Secretariado Técnico de Ejemplo", "sello")
    assert (resultado.en_regla, resultado.cubre_todo, resultado.estampada) == (True, True, None)


def test_en_la_demostracion_se_genera_uno_que_lo_dice(settings: Settings, tmp_path: Path) -> None:
    settings.VAR, settings.SELLO_PKCS12 = tmp_path / "var", ""
    with ThreadPoolExecutor(6) as hilos:
        sellos = list(hilos.map(lambda _: sello_institucional.del_entorno(), range(6)))
    assert {sello.certificado.huella for sello in sellos} == {sellos[0].certificado.huella}
    assert sellos[0].certificado.nombre == "Sello de demostración, sin validez"
    (archivo,) = (tmp_path / "var").iterdir()
    assert archivo.stat().st_mode & 0o777 == 0o600


def test_en_produccion_sin_sello_no_se_inventa_uno(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCCION, settings.SELLO_PKCS12, settings.VAR = True, "", tmp_path
    with pytest.raises(errores.SinSello, match="no está configurado"):
        sello_institucional.del_entorno()
    assert list(tmp_path.iterdir()) == []


def test_un_sello_que_no_se_puede_abrir_se_dice(del_organo: Path, tmp_path: Path) -> None:
    roto, de_otra_llave = tmp_path / "roto.p12", tmp_path / "ec.p12"
    roto.write_bytes(del_organo.read_bytes()[:-30])
    llave = ec.generate_private_key(ec.SECP256R1())
    cifrado = BestAvailableEncryption(CLAVE.encode())
    de_otra_llave.write_bytes(pkcs12.serialize_key_and_certificates(None, llave, None, None, cifrado))
    for ruta, clave in (
        (del_organo, "otra"),
        (roto, CLAVE),
        (tmp_path / "no-existe.p12", CLAVE),
        (de_otra_llave, CLAVE),
    ):
        with pytest.raises(errores.SinSello):
            sello_institucional.abrir(ruta, clave)


def test_el_organo_da_constancia_en_el_espacio_de_una_persona_y_despues_cierra(
    autoridad: Autoridad, personas: dict[str, Emitido], sello: Sello
) -> None:
    razon = "Consta la firma autógrafa de Amalia"
    con_constancia = sello_institucional.sellar(
        acta(), sello, ahora=AHORA, razon=razon, campo="firma-1", rotulo="Constancia de firma autógrafa"
    )
    firmada = firmar(con_constancia, "firma-2", autoridad, personas[EFRAIN.nombre])
    cerrada = sello_institucional.sellar(firmada, sello, ahora=AHORA, razon="Publicación")
    resultados = validacion.validar(cerrada, autoridad.raices)
    assert [(r.campo, r.razon, r.en_regla) for r in resultados] == [
        ("firma-1", razon, True),
        ("firma-2", RAZON, True),
        ("sello", "Publicación", True),
    ]
