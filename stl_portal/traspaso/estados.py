"""La vida de una importación, en una pantalla."""

from django.db.models import TextChoices

from stl_portal.transiciones import paso


class EstadoImportacion(TextChoices):
    """En qué va un archivo que se subió para importarse."""

    RECIBIDA = "recibida", "en fila para revisarse"
    REVISANDO = "revisando", "revisándose"
    REVISADA = "revisada", "revisada"
    CON_ERRORES = "con_errores", "con errores"
    POR_IMPORTAR = "por_importar", "en fila para importarse"
    IMPORTANDO = "importando", "importándose"
    HECHA = "hecha", "hecha"
    POR_DESHACER = "por_deshacer", "en fila para deshacerse"
    DESHACIENDO = "deshaciendo", "deshaciéndose"
    DESHECHA = "deshecha", "deshecha"
    DESCARTADA = "descartada", "descartada"


E = EstadoImportacion
EN_FILA = frozenset({E.RECIBIDA, E.POR_IMPORTAR, E.POR_DESHACER})
EN_CURSO = frozenset({E.REVISANDO, E.IMPORTANDO, E.DESHACIENDO})
SIGUE_HECHA = frozenset({E.HECHA, E.POR_DESHACER, E.DESHACIENDO})
# Lo que se hace al tomarla de la fila, y a dónde vuelve si quien la atendía murió a la mitad.
SE_TOMA = {E.RECIBIDA: "revisar", E.POR_IMPORTAR: "importar", E.POR_DESHACER: "deshacer"}
TRANSICIONES = {
    "revisar": paso(E.RECIBIDA, hacia=E.REVISANDO, dicho="revisar"),
    "aceptar": paso(E.REVISANDO, E.IMPORTANDO, hacia=E.REVISADA, dicho="dar por revisada"),
    "rechazar": paso(E.REVISANDO, E.IMPORTANDO, hacia=E.CON_ERRORES, dicho="rechazar"),
    "confirmar": paso(E.REVISADA, hacia=E.POR_IMPORTAR, dicho="confirmar"),
    "importar": paso(E.POR_IMPORTAR, hacia=E.IMPORTANDO, dicho="importar"),
    "terminar": paso(E.IMPORTANDO, hacia=E.HECHA, dicho="terminar"),
    "pedir_deshacer": paso(E.HECHA, hacia=E.POR_DESHACER, dicho="deshacer"),
    "deshacer": paso(E.POR_DESHACER, hacia=E.DESHACIENDO, dicho="deshacer"),
    "acabar_de_deshacer": paso(E.DESHACIENDO, hacia=E.DESHECHA, dicho="dar por deshecha"),
    "conservar": paso(E.DESHACIENDO, hacia=E.HECHA, dicho="conservar"),
    "repetir_revision": paso(
        *(E.RECIBIDA, E.REVISANDO, E.REVISADA, E.CON_ERRORES), hacia=E.RECIBIDA, dicho="revisar otra vez"
    ),
    "repetir_importacion": paso(E.POR_IMPORTAR, E.IMPORTANDO, hacia=E.POR_IMPORTAR, dicho="repetir"),
    "repetir_deshacer": paso(E.POR_DESHACER, E.DESHACIENDO, hacia=E.POR_DESHACER, dicho="repetir"),
    "descartar": paso(
        *(E.RECIBIDA, E.REVISANDO, E.REVISADA, E.CON_ERRORES, E.POR_IMPORTAR),
        hacia=E.DESCARTADA,
        dicho="descartar",
    ),
}
REPETIR = {
    E.REVISANDO: "repetir_revision",
    E.POR_IMPORTAR: "repetir_importacion",
    E.IMPORTANDO: "repetir_importacion",
    E.POR_DESHACER: "repetir_deshacer",
    E.DESHACIENDO: "repetir_deshacer",
}
