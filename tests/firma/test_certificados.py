"""Un certificado se acepta por lo que dice y por quién lo emitió; cada defecto tiene su frase."""

import logging
from collections.abc import Callable

import pytest
from asn1crypto import core, x509

from stl_portal.firma import certificados, ensayo, errores
from tests.firma.documento import confianza
from tests.firma.pki import AHORA, AMALIA, EFRAIN, UN_DIA, Autoridad, Emitido


def test_se_lee_quien_es_y_desde_cuando_vale(personas: dict[str, Emitido]) -> None:
    leido = certificados.leer(personas[AMALIA.nombre].cer)
    assert (leido.nombre, leido.rfc, leido.curp) == (AMALIA.nombre, AMALIA.rfc, AMALIA.curp)
    assert leido.emisor == "Intermedia de Autoridad Certificadora de Prueba"
    assert leido.desde < AHORA < leido.hasta
    assert leido.bits == 2048
    assert (len(leido.numero), leido.numero.isdigit()) == (20, True)


def test_el_rfc_viene_como_texto_igual_que_en_los_certificados_reales(personas: dict[str, Emitido]) -> None:
    sujeto = x509.Certificate.load(personas[AMALIA.nombre].cer).subject
    partes = {par["type"].native: par["value"] for rdn in sujeto.chosen for par in rdn}
    assert isinstance(partes["unique_identifier"].chosen, core.UTF8String)


def test_una_e_firma_buena_se_acepta_y_dice_que_no_se_consulto_su_revocacion(
    autoridad: Autoridad, personas: dict[str, Emitido]
) -> None:
    aceptada = confianza(autoridad, personas[AMALIA.nombre], curp=AMALIA.curp)
    assert aceptada.revocacion == "no consultada"
    assert aceptada.cadena == (autoridad.raiz.cer, autoridad.intermedia.cer, personas[AMALIA.nombre].cer)


@pytest.mark.parametrize(
    "datos",
    [{"rfc": "", "curp": AMALIA.curp}, {"rfc": f" {AMALIA.rfc.lower()} "}, {"rfc": AMALIA.rfc, "curp": ""}],
)
def test_basta_con_que_coincida_lo_que_se_tiene(
    autoridad: Autoridad, personas: dict[str, Emitido], datos: dict[str, str]
) -> None:
    assert confianza(autoridad, personas[AMALIA.nombre], **datos).certificado.nombre == AMALIA.nombre


DEFECTOS: dict[
    str, tuple[type[errores.FirmaRechazada], str, Callable[[Autoridad, Autoridad], ensayo.Emitido]]
] = {
    "vencida": (errores.CertificadoVencido, "venció", lambda a, _: a.persona(AMALIA, hasta=AHORA - UN_DIA)),
    "futura": (errores.CertificadoFuturo, "todavía", lambda a, _: a.persona(AMALIA, desde=AHORA + UN_DIA)),
    "ajena": (errores.EmisorDesconocido, "autoridades reconocidas", lambda _, b: b.persona(AMALIA)),
    "CSD": (errores.EsSelloDigital, "CSD", lambda a, _: a.sello_digital(AMALIA)),
    "débil": (errores.LlaveDebil, "2048", lambda a, _: a.persona(AMALIA, bits=1024)),
    "otra": (errores.DeOtraPersona, "otra persona", lambda a, _: a.persona(EFRAIN)),
    "otra CURP": (errores.DeOtraPersona, "otra persona", lambda a, _: a.persona(AMALIA, curp=EFRAIN.curp)),
    "moral": (
        errores.EsPersonaMoral,
        "persona moral",
        lambda a, _: a.persona(AMALIA, rfc=f"EJE010101AB1 / {AMALIA.rfc}", curp=f" / {AMALIA.curp}"),
    ),
    "sin identidad": (errores.SinIdentidad, "RFC", lambda a, _: a.persona(AMALIA, rfc="", curp="")),
    "otro uso": (
        errores.UsoNoPermitido,
        "no se emitió para firmar",
        lambda a, _: a.persona(AMALIA, usos=("key_encipherment",)),
    ),
    "autoridad": (errores.UsoNoPermitido, "no se emitió para firmar", lambda a, _: a.intermedia),
}


@pytest.mark.parametrize("defecto", DEFECTOS)
def test_cada_defecto_tiene_su_frase_y_no_revela_datos(
    autoridad: Autoridad, ajena: Autoridad, defecto: str, caplog: pytest.LogCaptureFixture
) -> None:
    clase, dice, hacer = DEFECTOS[defecto]
    with caplog.at_level(logging.DEBUG), pytest.raises(clase) as rechazo:
        confianza(autoridad, hacer(autoridad, ajena), rfc=AMALIA.rfc, curp=AMALIA.curp)
    assert dice in rechazo.value.frase
    mostrado = f"{rechazo.value} {rechazo.value.__cause__!r} {caplog.text}"
    for dato in (AMALIA.rfc, AMALIA.curp, EFRAIN.rfc, EFRAIN.curp):
        assert dato not in mostrado


def test_ni_rfc_ni_curp_salen_al_mostrar_el_objeto(
    autoridad: Autoridad, personas: dict[str, Emitido]
) -> None:
    mostrado = repr(confianza(autoridad, personas[AMALIA.nombre]))
    assert AMALIA.nombre in mostrado
    assert AMALIA.rfc not in mostrado
    assert AMALIA.curp not in mostrado


def test_lo_que_no_es_un_certificado_se_dice(personas: dict[str, Emitido]) -> None:
    quien = personas[AMALIA.nombre]
    basura = [b"", b"hola", quien.key(), quien.cer[:-1], quien.cer + b"\0", b"%PDF-1.7", b"0" * 50_000]
    for contenido in basura:
        with pytest.raises(errores.CertificadoIlegible, match=r"\.cer"):
            certificados.leer(contenido)


def test_ningun_byte_cambiado_pasa_por_bueno(autoridad: Autoridad, personas: dict[str, Emitido]) -> None:
    original = personas[AMALIA.nombre].cer
    for posicion in range(0, len(original), 7):
        alterado = bytearray(original)
        alterado[posicion] ^= 0x01
        with pytest.raises(errores.FirmaRechazada):
            certificados.comprobar(
                certificados.leer(bytes(alterado)),
                al=AHORA,
                raices=autoridad.raices,
                intermedios=autoridad.intermedios,
                rfc=AMALIA.rfc,
            )
