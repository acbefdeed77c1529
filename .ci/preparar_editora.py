"""Una editora con su sesión por desahogar, en una instalación recién hecha. Se le da a `manage.py shell`.

Dice en un renglón de JSON con qué entra y dónde escribe; lo lee `editora.py`.
"""

import base64
import datetime as dt
import json
import os

from allauth.mfa.totp.internal import auth
from django.core.management import call_command
from django.utils import timezone

from sesiones.models import Organo, Punto, Rol, Sesion
from stl_portal.cuentas.models import Usuario

correo, clave = "editora@prueba.example", base64.b32encode(os.urandom(20)).decode()
secreto = base64.b32encode(os.urandom(20)).decode()
with open(os.devnull, "w") as silencio:
    administra = "administra@prueba.example"
    call_command(
        "crear_organo", "prueba", "Órgano de prueba", siglas="OP", administra=administra, stdout=silencio
    )
organo = Organo.objects.get(clave="prueba")
editora = Usuario.objects.create_user(correo, clave, nombre="Editora ficticia")
Rol.objects.create(usuario=editora, organo=organo, tipo="tecnica")
auth.TOTP.activate(editora, secreto)
sesion = Sesion.programar(
    organo, tipo="ordinaria", fecha=timezone.localdate(), hora=dt.time(10), lugar="Sala", por=editora
)
punto = Punto.agregar(sesion, "Lo que se escribe mientras se actualiza")
pagina = f"/mesa/prueba/{sesion.clave}/desahogo/{punto.pk}/"
print(json.dumps({"correo": correo, "clave": clave, "secreto": secreto, "pagina": pagina, "galletas": {}}))
