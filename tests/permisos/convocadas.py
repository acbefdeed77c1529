"""Una convocatoria pública en dictamen, con una postulación presentada, para la matriz de permisos."""

import datetime as dt

from django.utils import timezone

from sesiones.convocar import contenido_de
from tests.certamenes import fabricas
from tests.personas import Reparto
from tests.vida.archivadas import archivada

_UNA = {"clave": "convocatoria_publica", "folio": "folio_postulado", "pk": "del_comite"}
DE_GESTION = """
    certamen bases comite quitar publicar cerrar dictaminar resultados postulaciones postulacion
"""
DE_QUE = {
    **{f"certamenes:{nombre}": _UNA for nombre in ("certamen", "empezar")},
    **{f"certamenes:{nombre}": {"llave": "liga_de_postulacion"} for nombre in ("postulacion", "acuse_pdf")},
    **{f"certamenes_gestion:{nombre}": _UNA for nombre in DE_GESTION.split()},
    **{f"certamenes_comite:{nombre}": _UNA for nombre in ("todas", "calificar")},
}


def convocada(reparto: Reparto) -> dict[str, str | int]:
    """En su comité está quien integra el órgano; el contacto de quien postula es reservado."""
    certamen = fabricas.abierta(reparto.organo, "Premio en dictamen")
    juez = fabricas.del_comite(certamen, reparto.cuentas["integrante"])
    # El contacto es lo reservado: ni el comité ni quien abre la liga lo leen.
    fila = fabricas.presentada(certamen, nombre="reservadoqx", correo="reservadoqx@prueba.example")
    fabricas.cerrada(certamen)
    fabricas.con_resultados(reparto.organo, reparto.cuentas["integrante"], "Premio dado")
    return {
        "convocatoria_publica": certamen.clave,
        "folio_postulado": fila.folio or 0,
        "liga_de_postulacion": fila.llave,
        "del_comite": juez.pk,
    }


def concluida(reparto: Reparto) -> str:
    """La clave de una sesión que se convocó y cuya acta se publicó."""
    sesion = archivada(reparto, fecha=dt.date(2026, 4, 15)).acta.sesion
    sesion.convocatorias.create(emitida_el=timezone.now(), contenido=contenido_de(sesion))
    clave: str = sesion.clave
    return clave
