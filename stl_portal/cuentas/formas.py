"""Qué forma del portal usa allauth en cada paso; la configuración las toma de aquí."""

ACCOUNT_FORMS = {
    "login": "stl_portal.cuentas.forms.Entrada",
    "reset_password": "stl_portal.cuentas.forms.Olvidada",
    "reset_password_from_key": "stl_portal.cuentas.forms.Elegida",
    "change_password": "stl_portal.cuentas.forms.Cambiada",
    "set_password": "stl_portal.cuentas.forms.Puesta",
    "reauthenticate": "stl_portal.cuentas.forms.Confirmada",
}
MFA_FORMS = {
    "authenticate": "stl_portal.cuentas.forms.SegundoPaso",
    "reauthenticate": "stl_portal.cuentas.forms.ConfirmadaConCodigo",
    "activate_totp": "stl_portal.cuentas.forms.ActivarDosPasos",
    "add_webauthn": "stl_portal.cuentas.forms.LlaveNueva",
    "authenticate_webauthn": "stl_portal.cuentas.forms.LlaveSegundoPaso",
    "login_webauthn": "stl_portal.cuentas.forms.LlaveAlEntrar",
    "reauthenticate_webauthn": "stl_portal.cuentas.forms.ConfirmadaConLlave",
}
