"""Qué escrituras cambian lo público: toda página que se guarda se recorre mirando de qué tablas lee."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipios.informes import escribir
from stl_portal.publico import edicion, paginas_guardadas
from stl_portal.publico.paginas_guardadas import GUARDABLES
from tests.municipios.fabricas import crear_municipal
from tests.municipios.informes import llenar
from tests.permisos.mundo import crear_mundo
from tests.permisos.test_matriz import MATRIZ
from tests.personas import Reparto
from tests.velocidad.paginas import guardables

LEE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Públicas que no se guardan compuestas, y por qué.
NO_SE_GUARDAN = {
    **dict.fromkeys(
        [
            "account_login",
            "account_logout",
            "account_signup",
            "account_inactive",
            "account_email",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
        ],
        "De quien entra: llevan ficha o dependen de su sesión.",
    ),
    **dict.fromkeys(
        ["seguir:inicio", "seguir:pedido", "seguir:confirmar", "seguir:baja"],
        "Llevan ficha, o son de un solo correo.",
    ),
    "verificar:inicio": "Lleva la ficha de su forma.",
    "verificar:codigo": "Cuenta cuántas veces se insiste.",
    "verificar:comprobacion": "Cuenta cuántas veces se insiste.",
    **dict.fromkeys(("preguntas:nueva", "preguntas:confirmar"), "Llevan ficha, o son de un solo correo."),
    **dict.fromkeys(("salud", "listo"), "Dice cómo está el portal ahora."),
    "estilo": "Solo existe en la demostración, y lleva ficha.",
    "buscar": "Hay tantas búsquedas como gente.",
    **dict.fromkeys(
        ["datos:archivo", "datos:version"], "Se transmiten por lotes y llevan su propia etiqueta."
    ),
    **dict.fromkeys(["formatos:archivo", "sesiones:compendio"], "Se transmiten por partes."),
    "sesiones:convocatoria_pdf": "Es un PDF que se compone al pedirlo.",
    **dict.fromkeys(
        [f"buzon:{n}" for n in ("inicio", "mensaje", "html", "adjunto")],
        "Solo existe en la demostración, y dice los correos de este momento.",
    ),
    "invitacion": "La abre una sola persona, y una sola vez.",
    **dict.fromkeys(["certamenes:lista", "certamenes:certamen"], "Dicen cuánto falta para que cierre."),
    **dict.fromkeys(
        [f"certamenes:{n}" for n in ("empezar", "recibida", "postulacion", "acuse_pdf")],
        "Llevan ficha, o son de una sola postulación.",
    ),
}

# Se leen solo desde su acto público, que sí cuenta; para entonces el plazo cerró y el dictamen está sellado
# (`tests/certamenes`): ya no cambian.
SE_LEEN_CON_SU_ACTO = {"certamenes_postulacion", "certamenes_resultado"}
MARCA = "nadie@lee-esto.example"
# Campos que se leen ya publicados y que solo cambian antes, cuando nadie más los ve.
SOLO_MIENTRAS_SE_ESCRIBE = {("municipios_textodeinforme", "texto")}


def se_sabe_por_que(nombre: str) -> bool:
    """Si esa pública no se guarda a propósito; las de la API llevan su propia etiqueta y su propio tope."""
    return nombre in NO_SE_GUARDAN or nombre.startswith("api:")


def test_toda_pagina_publica_se_guarda_o_dice_por_que_no() -> None:
    publicas = {renglon for renglon, clase in MATRIZ.items() if clase == "publica"}
    assert {nombre for nombre in publicas - set(GUARDABLES) if not se_sabe_por_que(nombre)} == set()
    assert set(GUARDABLES) - publicas == set()
    assert set(GUARDABLES) & set(NO_SE_GUARDAN) == set()
    assert set(NO_SE_GUARDAN) - publicas == set()


def test_ninguna_pagina_guardada_lee_de_lo_que_no_cuenta(reparto: Reparto) -> None:
    leidas: dict[str, str] = {}
    for direccion in guardables(crear_mundo(reparto)):
        with CaptureQueriesContext(connection) as hechas:
            Client().get(direccion)
        for orden in (hecha["sql"] for hecha in hechas):
            leidas |= dict.fromkeys(LEE.findall(orden), direccion)
    assert len(leidas) > 50  # si no, no se recorrió nada
    privadas = set(edicion.PRIVADAS) - SE_LEEN_CON_SU_ACTO
    assert {t: d for t, d in leidas.items() if t in privadas} == {}


def test_ninguna_pagina_guardada_dice_los_campos_que_no_cuentan(reparto: Reparto) -> None:
    """Pueden traerse con su fila; decirse, no."""
    direcciones = guardables(crear_mundo(reparto))
    campos = {(t, c) for t, todos in edicion.CAMPOS_PRIVADOS.items() for c in todos}
    with connection.cursor() as cursor:
        for tabla, campo in campos - SOLO_MIENTRAS_SE_ESCRIBE:
            cursor.execute(f'UPDATE "{tabla}" SET "{campo}" = %s', [MARCA])
            assert cursor.rowcount > 0
    assert [d for d in direcciones if MARCA.encode() in Client().get(d).getvalue()] == []


def test_lo_que_se_lee_publicado_ya_no_se_escribe(reparto: Reparto) -> None:
    publicado = llenar.publicado(crear_municipal(reparto.organo), llenar.JULIO)
    texto = publicado.textos.exclude(texto="").earliest("pk")
    with pytest.raises(ValidationError):
        escribir.guardar(texto, texto.version, None, "Otra cosa")


def test_todas_se_guardan_de_verdad(reparto: Reparto) -> None:
    """Una forma con su ficha, una galleta o un mensaje lo impedirían."""
    direcciones, cliente = guardables(crear_mundo(reparto)), Client()
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(paginas_guardadas, "connection", SimpleNamespace(in_atomic_block=False))
        dichas = {d: "HX-Request" in cliente.get(d).headers.get("Vary", "") for d in direcciones}
    assert {d for d, vale in dichas.items() if not vale} == set()
