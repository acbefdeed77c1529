"""Lo que se cambia desde los registros: con las mismas reglas, con los mismos verbos y con su historia."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from ejes.models import Plan
from sesiones import models as m
from sesiones.estados import TipoRol
from stl_portal.avisos.models import Aviso, EstadoAviso
from stl_portal.cuentas import segundo_factor
from stl_portal.cuentas.models import Usuario
from stl_portal.participacion.estados import EstadoPregunta
from stl_portal.participacion.models import Pregunta
from tests.cuentas.codigos import dar_telefono, identificarse
from tests.ejes.fabricas import crear_plan
from tests.gestion.quien import administra, entrar
from tests.permisos.preguntadas import preguntado
from tests.personas import Reparto
from tests.vida.momentos import sellada

FRASES = "admin:sesiones_frase"


def historia() -> list[tuple[str, str]]:
    """Qué quedó anotado, y de quién."""
    return [(str(fila.user), fila.get_change_message()) for fila in LogEntry.objects.order_by("pk")]


def accion(client: Client, lista: str, nombre: str, *filas: Any) -> list[str]:
    """Hace la acción con esas filas y devuelve lo que se dijo."""
    datos = {"action": nombre, "index": "0", "_selected_action": [fila.pk for fila in filas]}
    respuesta = client.post(reverse(f"admin:{lista}_changelist"), datos, follow=True)
    assert respuesta.status_code == 200
    return [str(dicho) for dicho in respuesta.context["messages"]]


def test_lo_capturado_se_limpia_se_valida_y_queda_con_quien(reparto: Reparto) -> None:
    client, datos = entrar(reparto), {"organo": reparto.organo.pk, "nombre": " Da  cuenta ", "orden": "1"}
    vacia = client.post(reverse(f"{FRASES}_add"), datos | {"texto": "<b></b>"})
    assert (vacia.status_code, m.Frase.objects.count()) == (422, 0)
    assert "Este campo es obligatorio." in vacia.content.decode()
    pegada = {"texto": "<p>Se da cuenta</p>"}
    assert client.post(reverse(f"{FRASES}_add"), datos | pegada).status_code == 302
    frase = m.Frase.objects.get()
    assert (frase.nombre, frase.texto) == ("Da cuenta", "Se da cuenta")
    # Al corregir, lo que se eligió al nacer ya no cambia aunque venga en el envío.
    otro = m.Organo.objects.create(clave="otro")
    cambio = {"organo": otro.pk, "nombre": "Cuenta", "texto": "Se da cuenta", "orden": "2"}
    client.post(reverse(f"{FRASES}_change", args=(frase.pk,)), cambio)
    frase.refresh_from_db()
    assert (frase.nombre, frase.organo, frase.orden) == ("Cuenta", reparto.organo, 2)
    assert historia() == [
        ("Administradora de Prueba", "Agregado."),
        ("Administradora de Prueba", "Modificado Nombre y Orden."),
    ]


def test_los_otros_nombres_se_capturan_con_la_persona(reparto: Reparto) -> None:
    persona, client = reparto.personas["civil"], entrar(reparto)
    cambio = {"nombre": persona.nombre, "apellidos": persona.apellidos, "tratamiento": "C.", "sexo": "h"}
    renglones = {"alias-TOTAL_FORMS": "1", "alias-INITIAL_FORMS": "0", "correo": "otra@x.example"}
    renglon = {"alias-0-texto": " Dario  Vega ", "alias-0-fuente": "Acta XXI", "rfc": "XXXX010101AAA"}
    ficha = reverse("admin:sesiones_persona_change", args=(persona.pk,))
    assert client.post(ficha, cambio | renglones | renglon).status_code == 302
    persona.refresh_from_db()
    assert (persona.correo, persona.rfc) == ("civil.prueba@prueba.example", "")
    assert list(persona.alias.values_list("texto", "fuente")) == [("Dario Vega", "Acta XXI")]


def test_la_vigencia_que_se_encima_se_rechaza_con_su_frase(reparto: Reparto) -> None:
    datos = {"organo": reparto.organo.pk, "nombre": "Otro", "nombre_corto": "Otro", "siglas": "O"}
    respuesta = entrar(reparto).post(reverse("admin:sesiones_denominacion_add"), datos)
    assert respuesta.status_code == 422
    assert "Choca con" in respuesta.content.decode()


def test_lo_que_no_se_captura_aqui_no_se_agrega_cambia_ni_borra(reparto: Reparto) -> None:
    sello, client = sellada(reparto), entrar(reparto)
    antes = list(m.Acta.objects.values()), list(m.Sello.objects.values()), list(m.Regla.objects.values())
    for fila in (sello, sello.acta, reparto.regla):
        nombre = f"admin:sesiones_{fila._meta.model_name}"
        assert client.post(reverse(f"{nombre}_add")).status_code == 403
        for pagina in ("change", "delete"):
            datos = {"post": "yes", "estado": "publicada", "codigo": "X", "fundamento": "Otro"}
            assert client.post(reverse(f"{nombre}_{pagina}", args=(fila.pk,)), datos).status_code == 403
        borrar = {"action": "delete_selected", "_selected_action": [fila.pk], "index": "0", "post": "yes"}
        client.post(reverse(f"{nombre}_changelist"), borrar)
    assert antes == (
        list(m.Acta.objects.values()),
        list(m.Sello.objects.values()),
        list(m.Regla.objects.values()),
    )
    assert historia() == []


def test_un_rol_se_da_con_su_aviso_y_una_cuenta_nace_sin_contrasena(reparto: Reparto) -> None:
    client = entrar(reparto)
    nueva = {"email": "Nueva@Prueba.example", "nombre": "Nueva de Prueba", "is_active": "on"}
    client.post(reverse("admin:cuentas_usuario_add"), nueva)
    cuenta = Usuario.objects.get(email="nueva@prueba.example")
    assert (cuenta.has_usable_password(), cuenta.is_staff, cuenta.is_superuser) == (False, False, False)
    rol = {"usuario": cuenta.pk, "organo": reparto.organo.pk, "tipo": TipoRol.TECNICA}
    client.post(reverse("admin:sesiones_rol_add"), rol | {"vigente_desde": "18/03/2026"})
    dado = m.Rol.objects.get(usuario=cuenta)
    invitaciones = Aviso.objects.filter(clase="cuenta.invitacion", para=cuenta.email).order_by("pk")
    assert ["con el rol de personal técnico" in aviso.cuerpo for aviso in invitaciones] == [False, True]
    assert dado.tipo == TipoRol.TECNICA
    assert [que for _, que in historia()] == ["Agregado.", "Agregado."]


def test_nadie_se_cierra_la_puerta_ni_ve_la_contrasena(reparto: Reparto) -> None:
    client, cuenta = entrar(reparto), reparto.cuentas["administradora"]
    ficha = reverse("admin:cuentas_usuario_change", args=(cuenta.pk,))
    respuesta = client.post(ficha, {"nombre": "Yo", "is_active": "on"})
    assert respuesta.status_code == 422
    assert "No puedes quitarte a ti misma el acceso" in respuesta.content.decode()
    cuenta.refresh_from_db()
    assert (cuenta.is_staff, cuenta.nombre) == (True, "Administradora de Prueba")
    assert cuenta.password not in client.get(ficha).content.decode()


def test_una_accion_pregunta_lo_mismo_que_su_pagina(reparto: Reparto) -> None:
    preguntado(crear_plan(reparto.organo).clave)
    pregunta = Pregunta.objects.get(estado=EstadoPregunta.CONFIRMADA)
    plan = Plan.objects.create(organo=reparto.organo, clave="vacio", nombre="Vacío", inicio=2026, fin=2027)
    extrana = identificarse(Client(), administra(reparto.cuentas["extrana"]))
    for lista, fila in (("participacion_pregunta", pregunta), ("ejes_plan", plan)):
        (dicho,) = accion(extrana, lista, "publicar", fila)
        assert "no tienes permiso; le toca a quien conduce su órgano" in dicho
    client = entrar(reparto)
    assert accion(client, "participacion_pregunta", "publicar", pregunta) == ["Se publicó: 1."]
    (dicho,) = accion(client, "ejes_plan", "publicar", plan)
    assert "Agrega al menos un eje." in dicho
    pregunta.refresh_from_db()
    paso = pregunta.historia.get(verbo="publicar")
    assert (pregunta.estado, paso.por) == (EstadoPregunta.PUBLICADA, reparto.cuentas["administradora"])
    assert historia() == [("Administradora de Prueba", "Se publicó")]


def test_volver_a_enviar_y_quitar_el_segundo_paso(reparto: Reparto) -> None:
    client, cuenta = entrar(reparto), reparto.cuentas["facilitadora"]
    dar_telefono(cuenta)
    comun = {"cuerpo": "Hola", "asunto": "A"}
    fallido = Aviso.objects.create(motivo="x:1", para="a@x.example", estado="fallido", error="No", **comun)
    enviado = Aviso.objects.create(motivo="x:2", para="b@x.example", estado=EstadoAviso.ENVIADO, **comun)
    (dicho,) = accion(client, "avisos_aviso", "volver_a_enviar", fallido, enviado)
    assert dicho.startswith("Vuelven a la fila: 1.")
    accion(client, "cuentas_usuario", "quitar_segundo_paso", cuenta)
    assert not segundo_factor.tiene(cuenta)
    hechos = [que for _, que in historia()]
    assert hechos == ["Se volvió a poner en la fila para enviarse.", "Se quitó la verificación en dos pasos."]


@pytest.mark.parametrize("ruta", ["999999/change/", "abc/change/", "%00/change/", "?q=%00", "?estado=%00"])
def test_lo_que_no_existe_es_404(reparto: Reparto, ruta: str) -> None:
    assert entrar(reparto).get(f"/gestion/registros/sesiones/acta/{ruta}").status_code == 404


@pytest.mark.apariencia
def test_la_politica_de_contenido_no_se_afloja(reparto: Reparto) -> None:
    client = entrar(reparto)
    normal = client.get("/").headers["Content-Security-Policy"]
    for ruta in ("/gestion/", "/gestion/registros/", "/gestion/registros/sesiones/rol/add/"):
        respuesta = client.get(ruta)
        assert respuesta.headers["Content-Security-Policy"] == normal
        pagina = respuesta.content.decode()
        assert "alpine" not in pagina
        assert "htmx" not in pagina
        assert "<style" not in pagina
    assert "unsafe" not in normal


def test_sin_segundo_paso_se_pide_activarlo_y_sin_usarlo_hace_poco_solo_se_consulta(
    reparto: Reparto,
) -> None:
    cuenta, client, url = administra(reparto.cuentas["administradora"]), Client(), reverse(f"{FRASES}_add")
    client.force_login(cuenta)
    assert client.get(url).headers["Location"].startswith(reverse("mfa_hace_falta"))
    dar_telefono(cuenta)
    assert client.get(url).status_code == 200
    datos = {"organo": reparto.organo.pk, "nombre": "A", "texto": "B", "orden": "1"}
    assert client.post(url, datos).headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert m.Frase.objects.count() == 0
