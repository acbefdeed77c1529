"""Una pregunta publicada y otra que espera moderación, para la matriz de permisos."""

from tests.participacion import fabricas


def preguntado(plan: str) -> dict[str, str | int]:
    """La clave de su compromiso, el folio de la publicada, la liga de quien preguntó y la que se modera."""
    objeto = fabricas.objeto_de("compromiso", f"{plan}/1.1")
    publicada = fabricas.publicada(objeto)
    por_moderar = fabricas.confirmada(objeto, texto="Lo que todavía no es público (reservadoqx).")
    return {
        "de_compromiso": "compromiso",
        "clave_de_compromiso": objeto.clave,
        "folio": publicada.folio or "",
        "liga_de_pregunta": publicada.llave,
        "por_moderar": por_moderar.pk,
    }
