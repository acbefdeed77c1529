"""Quien prueba la demostración puede firmar con una e.firma que no es de nadie."""

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.x509 import load_der_x509_certificate
from django.utils import timezone

from sesiones.demo import contrasena, efirmas
from sesiones.models import Organo, Persona
from stl_portal.firma import certificados

# Leen lo cargado; que se cargue en las dos bases lo prueba `test_carga`.
pytestmark = [pytest.mark.apariencia, pytest.mark.usefixtures("cargada")]


def test_cada_efirma_es_de_su_cuenta_y_la_reconoce_solo_el_organo_ficticio() -> None:
    filas = list(Organo.objects.get(clave="demo").raices.all())
    raices = [bytes(fila.certificado) for fila in filas if not fila.intermedia]
    intermedios = [bytes(fila.certificado) for fila in filas if fila.intermedia]
    con_efirma = Persona.objects.exclude(rfc="")
    assert con_efirma.count() == 6
    for persona in con_efirma:
        cer = efirmas.carpeta() / f"{persona.correo.split('@')[0]}.cer"
        leido = certificados.leer(cer.read_bytes())
        aceptada = certificados.comprobar(
            leido,
            al=timezone.now(),
            raices=raices,
            intermedios=intermedios,
            rfc=persona.rfc,
            curp=persona.curp,
        )
        assert aceptada.certificado.nombre == persona.nombre.upper()
        llave = load_der_private_key(cer.with_suffix(".key").read_bytes(), contrasena().encode())
        assert llave.public_key() == load_der_x509_certificate(cer.read_bytes()).public_key()
    assert not Organo.objects.get(clave="stl").raices.exists()


def test_junto_a_ellas_se_dice_para_que_sirven_y_con_que_contrasena() -> None:
    leeme = (efirmas.carpeta() / "LEEME.txt").read_text(encoding="utf-8")
    assert "sin validez" in leeme
    assert f"Contraseña de la llave: {contrasena()}\n" in leeme
    assert (efirmas.carpeta() / "integrante.key").exists()


def test_su_autoridad_dice_que_no_vale() -> None:
    nombres = Organo.objects.get(clave="demo").raices.values_list("nombre", flat=True)
    assert len(nombres) == 2
    assert all("Demostración, sin validez" in nombre for nombre in nombres)
