"""Los mensajes del plan de acción: reportes, su revisión y lo que reciben quienes lo siguen."""

import datetime as dt
from typing import Any

from stl_portal.avisos.clases import CON_SU_LIGA, Clase, apuntar

DE_QUIEN_PREPARA = "avisos/correo/reporte_de_quien_prepara.txt"

_REPORTE: dict[str, Any] = {
    "asiento": {"institucion": {"nombre": "Institución de ejemplo"}},
    "bimestre": "Bimestre 1",
    "eje": "Eje 1. Transparencia",
    "tardio": False,
    "limite": dt.date(2026, 11, 30),
}
_PLAN: dict[str, Any] = {"nombre": "Plan de ejemplo", "organo": {"ficticio": True}}
_EJEMPLO: dict[str, Any] = {
    "que": "Reporte recibido",
    "titulo": "Bimestre 1, Eje 1. Transparencia",
    "bimestre": "Bimestre 1",
    "nombre": "Persona de ejemplo",
    "reporte": _REPORTE,
    "entrega": {
        "numero": 1,
        "firma": "Titular de ejemplo",
        "huella": "0f" * 32,
        "enviada_el": dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC),
    },
    "del_organo": "del Secretariado de ejemplo (ficticio)",
    "motivo_dicho": "Faltó una evidencia.",
    "institucion": "Institución de ejemplo",
    "corrige": False,
    "plan": _PLAN,
    "eje": "Eje 1. Transparencia",
    "corte": {"nombre": "Primer informe", "corrige": None, "que_corrige": "", "hasta": dt.date(2026, 10, 31)},
    "del_eje": {"dicho_antes": "20 %", "dicho_ahora": "35 %"},
    "suyas": 2,
    "huella": "0f" * 32,
    "liga": "https://portal.example/reportes/1/",
    "liga_publica": "https://portal.example/plan/ejemplo/reporte/1/",
    "liga_del_informe": "https://portal.example/plan/ejemplo/informe/1/",
}

RECIBIDO = Clase(
    clave="reporte.recibido",
    nombre="Llegó un reporte por revisar",
    cuando="Cada vez que se envía un reporte bimestral",
    quienes="A quienes conducen el órgano",
    asunto="{que}: {titulo}",
    plantilla="avisos/correo/reporte.txt",
    ejemplo=_EJEMPLO,
    boton="Revisarlo",
)


def _de_quien_prepara(acto: str, nombre: str, cuando: str, asunto: str, boton: str) -> Clase:
    return Clase(
        clave=f"reporte.{acto}",
        nombre=nombre,
        cuando=cuando,
        quienes="A quienes preparan el reporte de esa institución",
        asunto=asunto + ": {bimestre}",
        plantilla=DE_QUIEN_PREPARA,
        ejemplo={**_EJEMPLO, "acto": acto},
        boton=boton,
    )


ACUSE = _de_quien_prepara(
    "acuse", "Acuse de tu reporte", "Al recibirse el reporte", "Se recibió tu reporte", "Ver en qué va"
)
PUBLICADO = _de_quien_prepara(
    "publicacion", "Se publicó tu reporte", "Al publicarse", "Se publicó tu reporte", "Verlo publicado"
)
OBSERVADO = _de_quien_prepara(
    "observaciones",
    "Tu reporte tiene observaciones",
    "Al devolverse",
    "Tu reporte tiene observaciones",
    "Leerlas y corregir",
)
ABIERTO = _de_quien_prepara(
    "correccion",
    "Tu reporte se abrió para corregirlo",
    "Al abrirse lo ya validado o publicado",
    "Tu reporte se abrió para corregirlo",
    "Corregirlo",
)
RECORDATORIO = Clase(
    clave="reporte.recordatorio",
    nombre="Toca reportar",
    cuando="10, 3 y 1 días antes del límite que rige, y al día siguiente",
    quienes="A titular, suplente y quien tiene el encargo, de las instituciones que no han enviado",
    asunto="{dicho}",
    plantilla="avisos/correo/recordatorio_de_reporte.txt",
    ejemplo={
        "dicho": "El reporte de Bimestre 1 vence en 3 días, el 30 de noviembre de 2026",
        "nombre": "Persona de ejemplo",
        "bimestre": "Bimestre 1",
        "ventana": {"entrega": dt.date(2026, 11, 30)},
        "vencido": False,
        "prorroga": None,
        "faltan": [(_REPORTE, "https://portal.example/reportes/1/")],
    },
    boton="Preparar el reporte",
)
ENCARGO = Clase(
    clave="reporte.encargo",
    nombre="Te encargaron preparar reportes",
    cuando="Al darse el encargo",
    quienes="A la colega que lo recibe",
    asunto="Te encargaron preparar los reportes de {institucion}",
    plantilla="avisos/correo/encargo.txt",
    ejemplo={
        "institucion": "Institución de ejemplo",
        "encargo": {
            "usuario": {"nombre": "Persona de ejemplo"},
            "dado_por": "Titular de ejemplo",
            "asiento": _REPORTE["asiento"],
            "vigente_desde": dt.date(2026, 11, 22),
            "vigente_hasta": None,
        },
        "liga": "https://portal.example/reportes/",
    },
    siempre="Dice qué puedes hacer en el portal y desde cuándo.",
    boton="Ir a los reportes",
)


def _de_quien_sigue(que: str, nombre: str, quienes: str, asunto: str, plantilla: str, boton: str) -> Clase:
    return Clase(
        clave=f"seguir.{que}",
        nombre=nombre,
        cuando="Al publicarse",
        quienes=quienes,
        asunto=asunto,
        plantilla=f"avisos/correo/{plantilla}_para_seguidores.txt",
        ejemplo={**_EJEMPLO, "que": "Reporte publicado" if que == "reporte" else "Informe publicado"},
        siempre=CON_SU_LIGA,
        boton=boton,
    )


DE_REPORTE = _de_quien_sigue(
    "reporte",
    "Reporte bimestral publicado",
    "A quienes siguen el plan o el eje",
    "{que}: {titulo}",
    "reporte",
    "Leer el reporte",
)
DE_INFORME = _de_quien_sigue(
    "informe",
    "Informe del plan publicado",
    "A quienes siguen el plan",
    "{que}: {titulo}",
    "informe",
    "Leer el informe",
)
DE_EJE = _de_quien_sigue(
    "eje", "Un informe mueve un eje", "A quienes siguen el eje", "{titulo}", "eje", "Ver el eje"
)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(RECIBIDO, ACUSE, PUBLICADO, OBSERVADO, ABIERTO, RECORDATORIO, ENCARGO)
    apuntar(DE_REPORTE, DE_INFORME, DE_EJE)
