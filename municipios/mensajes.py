"""Los mensajes sobre los municipios: informes trimestrales y lo que reciben quienes los siguen."""

import datetime as dt
from typing import Any

from stl_portal.avisos.clases import CON_SU_LIGA, Clase, apuntar

_EJEMPLO: dict[str, Any] = {
    "que": "Corte publicado",
    "titulo": "Corte de noviembre",
    "dicho": "Prepara el informe del trimestre de octubre a diciembre de 2026",
    "nombre": "Persona de ejemplo",
    "por": "Enlace de ejemplo",
    "informe": {"numero": 4, "periodo": "octubre a diciembre de 2026"},
    "organo": "Secretariado municipal de ejemplo (ficticio)",
    "organos": [("Secretariado municipal de ejemplo (ficticio)", "https://portal.example/gestion/informes/")],
    "trimestre": "octubre a diciembre de 2026",
    "termina": dt.date(2026, 12, 31),
    "terminado": False,
    "municipio": {"nombre": "Municipio de ejemplo"},
    "corte": {
        "nombre": "Corte de noviembre",
        "corrige": None,
        "que_corrige": "",
        "fecha": dt.date(2026, 11, 20),
    },
    "cambios": ["Instalación: en proceso → concluida"],
    "huella": "0f" * 32,
    "liga": "https://portal.example/municipios/",
    "liga_del_corte": "https://portal.example/municipios/cortes/ejemplo/1/",
}

ENTREGADO = Clase(
    clave="informe.entregado",
    nombre="Se entregó un informe trimestral",
    cuando="Al entregarlo quien lo escribe",
    quienes="A quienes conducen el secretariado municipal, salvo a quien lo entrega",
    asunto="Se entregó el {titulo}",
    plantilla="avisos/correo/informe_entregado.txt",
    ejemplo={**_EJEMPLO, "titulo": "informe trimestral 4"},
    boton="Leerlo y elegir su sesión",
)
RECORDATORIO = Clase(
    clave="informe.recordatorio",
    nombre="Toca el informe trimestral",
    cuando="Cinco días antes de que termine el trimestre y diez días después",
    quienes="A quien conduce el secretariado municipal y a su enlace, si no se ha entregado",
    asunto="{dicho}",
    plantilla="avisos/correo/recordatorio_de_informe.txt",
    ejemplo=_EJEMPLO,
    boton="Ir a los informes",
)


def _de_quien_sigue(que: str, nombre: str, cuando: str, quienes: str, asunto: str, plantilla: str) -> Clase:
    return Clase(
        clave=f"seguir.{que}",
        nombre=nombre,
        cuando=cuando,
        quienes=quienes,
        asunto=asunto,
        plantilla=f"avisos/correo/{plantilla}_para_seguidores.txt",
        ejemplo={**_EJEMPLO, "organo": {"ficticio": True}},
        siempre=CON_SU_LIGA,
        boton="Verlo",
    )


DE_CORTE = _de_quien_sigue(
    "corte_municipal",
    "Corte de los municipios publicado",
    "Al publicarse",
    "A quienes siguen el avance de los municipios",
    "{que}: {titulo}",
    "corte_municipal",
)
DE_MUNICIPIO = _de_quien_sigue(
    "municipio",
    "Un corte mueve un municipio",
    "Al publicarse un corte que lo cambia",
    "A quienes siguen ese municipio",
    "{titulo}",
    "municipio",
)
DE_INFORME = _de_quien_sigue(
    "informe_de_municipio",
    "Informe trimestral de un municipio",
    "Al publicarse",
    "A quienes siguen ese municipio",
    "{titulo}",
    "informe_de_municipio",
)


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(ENTREGADO, RECORDATORIO, DE_CORTE, DE_MUNICIPIO, DE_INFORME)
