"""Vocabulario y vida de las cosas de `sesiones`, en una pantalla."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import models

from stl_portal.transiciones import Transicion, paso


class ClaseOrgano(models.TextChoices):
    """Qué clase de cuerpo colegiado es."""

    ESTATAL = "estatal", "Secretariado estatal"
    MUNICIPAL = "municipal", "Secretariado municipal"
    COMISION = "comision", "Comisión"
    GRUPO = "grupo", "Grupo de trabajo"


class Sector(models.TextChoices):
    """Sector de procedencia de una institución (dominio §2)."""

    PODER_PUBLICO = "poder_publico", "Poder público"
    ORGANO_AUTONOMO = "organo_autonomo", "Órgano autónomo o garante"
    TRIBUNAL = "tribunal", "Tribunal"
    MUNICIPIO = "municipio", "Municipio"
    ACADEMIA = "academia", "Academia"
    SOCIEDAD_CIVIL = "sociedad_civil", "Sociedad civil"
    INICIATIVA_PRIVADA = "iniciativa_privada", "Iniciativa privada"


class Sexo(models.TextChoices):
    """Solo sirve para concordar artículos y cargos en el acta."""

    MUJER = "m", "Mujer"
    HOMBRE = "h", "Hombre"
    NO_BINARIO = "x", "No binario o no especificado"


class SexoDeclarado(models.TextChoices):
    """El que la propia persona declara, si quiere. Nunca se publica el de alguien: solo cuentas."""

    MUJER = "mujer", "Mujer"
    HOMBRE = "hombre", "Hombre"
    NO_BINARIO = "no_binario", "No binario u otra respuesta"


class Funcion(models.TextChoices):
    """Qué hace el asiento dentro del órgano."""

    INTEGRANTE = "integrante", "Integrante"
    PRESIDENCIA = "presidencia", "Presidencia"
    FACILITACION = "facilitacion", "Facilitación"
    COORDINACION = "coordinacion", "Coordinación"


class TipoRol(models.TextChoices):
    """Roles por órgano, con fechas. Integrante no está: lo da el asiento."""

    FACILITADORA = "facilitadora", "Persona facilitadora"
    TECNICA = "tecnica", "Personal técnico"
    ENLACE = "enlace", "Enlace"
    ADMINISTRADORA = "administradora", "Administradora"
    AUDITORA = "auditora", "Auditora"


class TipoSuplencia(models.TextChoices):
    """Alcance del oficio de suplencia."""

    PERMANENTE = "permanente", "Hasta nuevo aviso"
    POR_SESION = "por_sesion", "Para una sola sesión"


class TipoSesion(models.TextChoices):
    """Clase de reunión del órgano."""

    ORDINARIA = "ordinaria", "Ordinaria"
    EXTRAORDINARIA = "extraordinaria", "Extraordinaria"
    INSTALACION = "instalacion", "De instalación"
    TRABAJO = "trabajo", "Reunión de trabajo"


SIN_QUORUM_REQUERIDO = frozenset({TipoSesion.TRABAJO})


class Modalidad(models.TextChoices):
    """Cómo se reúne el órgano."""

    PRESENCIAL = "presencial", "Presencial"
    REMOTA = "remota", "Vía remota"
    HIBRIDA = "hibrida", "Híbrida"


class EstadoSesion(models.TextChoices):
    """Vida de una sesión."""

    PROGRAMADA = "programada", "Programada"
    CONVOCADA = "convocada", "Convocada"
    SIN_QUORUM = "sin_quorum", "Sin quórum en primera convocatoria"
    EN_CURSO = "en_curso", "En curso"
    CONCLUIDA = "concluida", "Concluida"
    NO_CELEBRADA = "no_celebrada", "No celebrada"
    CANCELADA = "cancelada", "Cancelada"


E = EstadoSesion
PREVIAS = frozenset({E.PROGRAMADA, E.CONVOCADA, E.SIN_QUORUM})
# La ciudadanía ve la sesión desde que se convoca; antes es preparación interna.
PUBLICAS = frozenset({E.CONVOCADA, E.SIN_QUORUM, E.EN_CURSO, E.CONCLUIDA, E.NO_CELEBRADA, E.CANCELADA})
EDITABLES = PREVIAS | {E.EN_CURSO}

TRANSICIONES_SESION: Mapping[str, Transicion] = {
    "convocar": paso(E.PROGRAMADA, hacia=E.CONVOCADA, dicho="convocar la sesión"),
    "enmendar": paso(E.CONVOCADA, hacia=E.CONVOCADA, dicho="enmendar la convocatoria"),
    "declarar_quorum": paso(*PREVIAS, hacia=E.EN_CURSO, dicho="declarar quórum"),
    "declarar_falta": paso(
        E.PROGRAMADA, E.CONVOCADA, hacia=E.SIN_QUORUM, dicho="declarar que no hubo quórum"
    ),
    "dar_por_no_celebrada": paso(E.SIN_QUORUM, hacia=E.NO_CELEBRADA, dicho="dar la sesión por no celebrada"),
    "iniciar": paso(E.PROGRAMADA, E.CONVOCADA, hacia=E.EN_CURSO, dicho="iniciar la reunión"),
    # Rectificar regresa al estado desde el que se declaró el quórum.
    "rectificar_lista": paso(E.EN_CURSO, hacia=E.CONVOCADA, dicho="rectificar la lista"),
    "rectificar_sin_convocar": paso(E.EN_CURSO, hacia=E.PROGRAMADA, dicho="rectificar la lista"),
    "rectificar_segunda": paso(E.EN_CURSO, hacia=E.SIN_QUORUM, dicho="rectificar la lista"),
    "corregir_movimiento": paso(E.EN_CURSO, hacia=E.EN_CURSO, dicho="corregir una llegada o salida"),
    "quitar_movimiento": paso(E.EN_CURSO, hacia=E.EN_CURSO, dicho="quitar una llegada o salida"),
    "cerrar": paso(E.EN_CURSO, hacia=E.CONCLUIDA, dicho="cerrar la sesión"),
    "reabrir": paso(E.CONCLUIDA, hacia=E.EN_CURSO, dicho="reabrir la sesión"),
    "cancelar": paso(E.PROGRAMADA, E.CONVOCADA, hacia=E.CANCELADA, dicho="cancelar la sesión"),
}


class Siguiente(NamedTuple):
    """Lo que toca en un estado: el paso de la mesa, lo que dice su botón y lo que falta."""

    paso: str
    accion: str
    falta: str


SIGUIENTE: Mapping[EstadoSesion, Siguiente] = {
    E.PROGRAMADA: Siguiente("convocatoria", "Preparar la convocatoria", "Falta convocarla"),
    E.CONVOCADA: Siguiente("asistencia", "Pasar lista", "Convocada"),
    E.SIN_QUORUM: Siguiente("asistencia", "Ir a la segunda convocatoria", "No hubo quórum en primera"),
    E.EN_CURSO: Siguiente("desahogo", "Continuar la sesión", "Está en curso"),
    E.CONCLUIDA: Siguiente("acta", "Revisar el acta", "Concluida"),
    E.NO_CELEBRADA: Siguiente("convocatoria", "Ver", "No se celebró"),
    E.CANCELADA: Siguiente("convocatoria", "Ver", "Cancelada"),
}


class Calidad(models.TextChoices):
    """En qué calidad está una persona en la sesión."""

    TITULAR = "titular", "Titular"
    SUPLENTE = "suplente", "Suplente"
    INVITADA = "invitada", "Invitada o invitado"
    PONENTE = "ponente", "Ponente"


class EstadoAsistencia(models.TextChoices):
    """Resultado del pase de lista para un asiento o persona."""

    PRESENTE = "presente", "Presente"
    AUSENTE = "ausente", "Ausente"
    JUSTIFICADA = "justificada", "Ausencia justificada"


class TipoMovimiento(models.TextChoices):
    """Entradas y salidas durante la sesión."""

    LLEGADA = "llegada", "Se incorpora"
    SALIDA = "salida", "Se retira"


class Resultado(models.TextChoices):
    """Cómo terminó un punto (dominio §2)."""

    PENDIENTE = "pendiente", "Por desahogar"
    DA_CUENTA = "da_cuenta", "Se da cuenta"
    PRESENTADO = "presentado", "Presentado"
    UNANIMIDAD = "unanimidad", "Aprobado por unanimidad"
    MAYORIA = "mayoria", "Aprobado por mayoría"
    CONSENSO = "consenso", "Consenso sin votación"
    NO_APROBADO = "no_aprobado", "No aprobado"
    RETIRADO = "retirado", "Retirado"
    POSPUESTO = "pospuesto", "Pospuesto"
    DISPENSADO = "dispensado", "Lectura dispensada"
    DESAHOGADO = "desahogado", "Desahogado"


REQUIEREN_VOTACION = frozenset({Resultado.UNANIMIDAD, Resultado.MAYORIA, Resultado.NO_APROBADO})
REQUIEREN_MOTIVO = frozenset({Resultado.RETIRADO, Resultado.POSPUESTO})


class TipoPunto(models.TextChoices):
    """Para qué sirve el punto; de esto dependen ayudas de la mesa y frases del acta."""

    LISTA = "lista", "Pase de lista y quórum"
    PROPUESTAS = "propuestas", "Propuestas para asuntos generales"
    ORDEN = "orden", "Aprobación del orden del día"
    ACTA_ANTERIOR = "acta_anterior", "Aprobación de acta anterior"
    ASUNTO = "asunto", "Asunto específico"
    GENERALES = "generales", "Asuntos generales"
    ACTA = "acta", "Lectura y aprobación del acta"
    GRUPO = "grupo", "Encabezado que agrupa puntos"


class FormaVoto(models.TextChoices):
    """Cómo se tomó la votación."""

    UNANIMIDAD = "unanimidad", "Por unanimidad"
    CONTEO = "conteo", "Por conteo"
    NOMINAL = "nominal", "Nominal"


class SentidoVoto(models.TextChoices):
    """No votar, abstenerse y estar ausente son cosas distintas."""

    A_FAVOR = "a_favor", "A favor"
    EN_CONTRA = "en_contra", "En contra"
    ABSTENCION = "abstencion", "Abstención"
    NO_VOTO = "no_voto", "Presente, no votó"
    AUSENTE = "ausente", "Ausente en la votación"


class EstadoAcuerdo(models.TextChoices):
    """Seguimiento de un acuerdo."""

    PENDIENTE = "pendiente", "Pendiente"
    EN_PROCESO = "en_proceso", "En proceso"
    CUMPLIDO = "cumplido", "Cumplido"
    SIN_EFECTO = "sin_efecto", "Sin efecto"


class EstiloActa(models.TextChoices):
    """Las tres formas del acta (dominio §3)."""

    ORDINALES = "ordinales", "Acuerdos ordinales"
    RENGLONES = "renglones", "Desahogo con renglones numerados"
    NARRATIVA = "narrativa", "Narrativa municipal"


class EstadoCalendario(models.TextChoices):
    """Vida del calendario anual de sesiones."""

    PROPUESTO = "propuesto", "Propuesto"
    APROBADO = "aprobado", "Aprobado"
    SUSTITUIDO = "sustituido", "Sustituido"


TRANSICIONES_CALENDARIO: Mapping[str, Transicion] = {
    "aprobar": paso(
        EstadoCalendario.PROPUESTO, hacia=EstadoCalendario.APROBADO, dicho="aprobar el calendario"
    ),
    "sustituir": paso(
        EstadoCalendario.APROBADO, hacia=EstadoCalendario.SUSTITUIDO, dicho="sustituir el calendario"
    ),
}


class ViaAprobacion(models.TextChoices):
    """Cómo se aprueba el acta."""

    MISMA = "misma", "En la misma sesión, previa lectura"
    POSTERIOR = "posterior", "En una sesión posterior"
    CORREO = "correo", "Por correo electrónico"


class EstadoActa(models.TextChoices):
    """Vida de un acta (dominio §2): de borrador a publicada; lo publicado solo se sustituye."""

    BORRADOR = "borrador", "Borrador"
    CIRCULADA = "circulada", "En revisión"
    OBSERVADA = "observada", "Con observaciones"
    REVISADA = "revisada", "Revisada"
    APROBADA = "aprobada", "Aprobada"
    POR_FIRMAR = "por_firmar", "Sellada, por firmar"
    FIRMADA = "firmada", "Firmada"
    PUBLICADA = "publicada", "Publicada"
    SUSTITUIDA = "sustituida", "Sustituida por una fe de erratas"


A = EstadoActa
# El texto aún se escribe; desde que se aprueba, solo lo corrige una fe de erratas.
ACTA_EN_TRABAJO = frozenset({A.BORRADOR, A.CIRCULADA, A.OBSERVADA, A.REVISADA})
ACTA_SELLADA = frozenset({A.POR_FIRMAR, A.FIRMADA, A.PUBLICADA, A.SUSTITUIDA})
ACTA_PUBLICA = frozenset({A.PUBLICADA, A.SUSTITUIDA})

TRANSICIONES_ACTA: Mapping[str, Transicion] = {
    "circular": paso(A.BORRADOR, A.OBSERVADA, A.REVISADA, hacia=A.CIRCULADA, dicho="circular el acta"),
    "cerrar_con_observaciones": paso(A.CIRCULADA, hacia=A.OBSERVADA, dicho="cerrar la revisión"),
    "cerrar_sin_observaciones": paso(A.CIRCULADA, hacia=A.REVISADA, dicho="cerrar la revisión"),
    "aprobar": paso(A.BORRADOR, A.OBSERVADA, A.REVISADA, hacia=A.APROBADA, dicho="aprobar el acta"),
    # Aprobada y aún sin sellar, se descubre que algo impide sellarla: se corrige y se aprueba otra vez.
    "devolver": paso(A.APROBADA, hacia=A.BORRADOR, dicho="devolver el acta a borrador"),
    "sellar": paso(A.APROBADA, hacia=A.POR_FIRMAR, dicho="sellar el acta"),
    "completar_firmas": paso(A.POR_FIRMAR, hacia=A.FIRMADA, dicho="dar el acta por firmada"),
    "publicar": paso(A.POR_FIRMAR, A.FIRMADA, hacia=A.PUBLICADA, dicho="publicar el acta"),
    "sustituir": paso(A.PUBLICADA, hacia=A.SUSTITUIDA, dicho="sustituir el acta"),
}


class RespuestaRevision(models.TextChoices):
    """Lo que dijo quien revisa el borrador."""

    SIN_RESPUESTA = "", "Sin respuesta"
    CONFORME = "conforme", "Sin observaciones"
    OBSERVA = "observa", "Con observaciones"


class Atencion(models.TextChoices):
    """Qué se hizo con una observación."""

    PENDIENTE = "", "Por atender"
    INCORPORADA = "incorporada", "Incorporada"
    NO_INCORPORADA = "no_incorporada", "No incorporada"


class ClaseFirma(models.TextChoices):
    """De qué modo quedó resuelto el lugar de quien firma (confianza §3)."""

    AUTOGRAFA = "autografa", "Autógrafa"
    SIMPLE = "simple", "Electrónica simple"
    AVANZADA = "avanzada", "Electrónica avanzada"
    NEGADA = "negada", "Se negó a firmar"
