"""Con qué nombre responde quien conduce el órgano: nunca con su correo."""

from sesiones import preguntas
from tests.personas import DIA, Reparto


def test_sin_nombre_en_su_cuenta_responde_con_su_cargo(reparto: Reparto) -> None:
    cuenta = reparto.cuentas["facilitadora"]
    cuenta.nombre = ""
    cuenta.save(update_fields=["nombre"])
    firma = preguntas.firma(cuenta, reparto.organo.pk, 0, DIA)
    assert cuenta.email not in str(firma)
    assert firma.nombre == firma.cargo != ""
