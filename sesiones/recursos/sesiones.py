"""La sesión y lo que ocurrió en ella: orden del día, lista, quórum, desahogo, votos y acuerdos."""

from sesiones.estados import EDITABLES
from sesiones.models import (
    Acuerdo,
    Anexo,
    Asistencia,
    CambioSesion,
    Convocatoria,
    Firmante,
    Intervencion,
    Movimiento,
    Plazo,
    Punto,
    Quorum,
    Receso,
    Seguimiento,
    Sesion,
    Votacion,
    Voto,
)
from stl_portal.traspaso.con_forma import ConForma, lista_de
from stl_portal.traspaso.recurso import ORDINAL, Recurso

from .colgado import Colgado
from .formas import aviso

DEL_EDITOR = {
    "version": "cuenta los guardados para que dos personas no se pisen: empieza de nuevo.",
    "editado_por": "dice quién tiene abierto el texto: empieza de nuevo.",
    "editado_el": "dice quién tiene abierto el texto: empieza de nuevo.",
}


class Sesiones(Recurso):
    """Las sesiones y reuniones."""

    clave = "sesiones"
    nombre = "Sesiones"
    descripcion = "Una sesión o reunión de trabajo."
    modelo = Sesion
    numerada = True
    llave = ("organo", "clave")
    excluidas = DEL_EDITOR
    fijas = {
        "tipo": "de él salen su número y su clave.",
        "numero": "ya se dio y se cita con él.",
        "serie": "ya se dio y se cita con ella.",
        "estado": "avanza en la mesa, paso por paso.",
    }
    editables = EDITABLES


class HistoriaDeSesiones(Colgado):
    """Cada cambio de estado."""

    clave = "sesiones-historia"
    nombre = "Historia de las sesiones"
    descripcion = "Un cambio de estado de una sesión: qué, cuándo y quién."
    modelo = CambioSesion
    llave = ("objeto", ORDINAL)
    solo_con_ella = True
    camino = "objeto"


class Convocatorias(ConForma, Colgado):
    """Cada aviso, tal como se emitió."""

    clave = "convocatorias"
    nombre = "Convocatorias"
    descripcion = "Una convocatoria, con lo que dijo al emitirse."
    modelo = Convocatoria
    llave = ("sesion", "secuencia")
    formas = {"contenido": aviso}
    solo_con_ella = True


class Recesos(Colgado):
    """Suspensiones."""

    clave = "recesos"
    nombre = "Recesos"
    descripcion = "Una suspensión y su reanudación."
    modelo = Receso
    llave = ("sesion", ORDINAL)


class Puntos(Colgado):
    """El orden del día, en árbol, y lo que pasó en cada punto."""

    clave = "puntos"
    nombre = "Puntos del orden del día"
    descripcion = "Un punto; «padre» dice dentro de cuál va."
    modelo = Punto
    numerada = True
    llave = ("sesion", ORDINAL)
    excluidas = DEL_EDITOR


class OficiosDePuntos(Colgado):
    """De qué oficios se da cuenta."""

    clave = "puntos-oficios"
    nombre = "Oficios de los puntos"
    descripcion = "Un oficio del que se da cuenta en un punto."
    modelo = Punto.oficios.through
    llave = ("punto", "oficio")
    camino = "punto__sesion"


class Acuerdos(Colgado):
    """Lo acordado."""

    clave = "acuerdos"
    nombre = "Acuerdos"
    descripcion = "Un acuerdo de una sesión."
    modelo = Acuerdo
    numerada = True
    llave = ("sesion", "numero")
    excluidas = DEL_EDITOR


class AcuerdosReferidos(Colgado):
    """A qué acuerdos anteriores se refiere cada punto."""

    clave = "puntos-acuerdos"
    nombre = "Acuerdos a que se refieren los puntos"
    descripcion = "Un acuerdo anterior del que se habla en un punto."
    modelo = Punto.refiere_a.through
    llave = ("punto", "acuerdo")
    camino = "punto__sesion"


class Seguimientos(Colgado):
    """Cómo ha ido cada acuerdo: cada renglón cambió su estado, y eso se anota en su página."""

    clave = "seguimientos"
    nombre = "Seguimiento de los acuerdos"
    descripcion = "Un renglón de seguimiento de un acuerdo."
    modelo = Seguimiento
    llave = ("acuerdo", ORDINAL)
    camino = "acuerdo__sesion"
    solo_con_ella = True


class Asistencias(Colgado):
    """La lista, con los nombres y cargos de ese día."""

    clave = "asistencias"
    nombre = "Asistencias"
    descripcion = "Quién ocupó un asiento o estuvo en la sesión, o que faltó."
    modelo = Asistencia
    numerada = True
    llave = ("sesion", ORDINAL)


class Movimientos(Colgado):
    """Llegadas y salidas."""

    clave = "movimientos"
    nombre = "Llegadas y salidas"
    descripcion = "Una llegada o una salida, con el punto desde el que cuenta."
    modelo = Movimiento
    llave = ("asistencia", ORDINAL)
    camino = "asistencia__sesion"


class Declaratorias(ConForma, Colgado):
    """El quórum, como se declaró."""

    clave = "declaratorias"
    nombre = "Declaratorias de quórum"
    descripcion = "Una declaratoria, con la cuenta y la lista que quedaron congeladas."
    modelo = Quorum
    formas = {"lista": lista_de(nombre=str, institucion=str)}
    llave = ("sesion", ORDINAL)
    solo_con_ella = True


class Intervenciones(Colgado):
    """Lo que se dijo."""

    clave = "intervenciones"
    nombre = "Intervenciones"
    descripcion = "Lo que dijo alguien en un punto."
    modelo = Intervencion
    llave = ("punto", ORDINAL)
    excluidas = DEL_EDITOR
    camino = "punto__sesion"


class Plazos(Colgado):
    """Lo que vence."""

    clave = "plazos"
    nombre = "Plazos"
    descripcion = "Un plazo, como se dijo y con su fecha."
    modelo = Plazo
    llave = ("punto", ORDINAL)
    camino = "punto__sesion"


class Anexos(Colgado):
    """Lo que se agrega al acta."""

    clave = "anexos"
    nombre = "Anexos"
    descripcion = "Un documento que se agrega al acta; el archivo, por su huella."
    modelo = Anexo
    numerada = True
    llave = ("sesion", ORDINAL)


class Votaciones(ConForma, Colgado):
    """Qué se votó, con su padrón congelado."""

    clave = "votaciones"
    nombre = "Votaciones"
    descripcion = "Una votación, con su cuenta y quiénes podían votar."
    modelo = Votacion
    formas = {"padron": lista_de(asiento=int, nombre=str, institucion=str)}
    numerada = True
    llave = ("punto", ORDINAL)
    solo_con_ella = True
    camino = "punto__sesion"


class Votos(Colgado):
    """El voto de cada asiento."""

    clave = "votos"
    nombre = "Votos nominales"
    descripcion = "El voto de un asiento en una votación nominal."
    modelo = Voto
    llave = ("votacion", "asiento")
    solo_con_ella = True
    camino = "votacion__punto__sesion"


class Firmantes(Colgado):
    """Quién debe firmar el acta."""

    clave = "firmantes"
    nombre = "Firmantes"
    descripcion = "Quién firma el acta, o por qué no quien asistió."
    modelo = Firmante
    llave = ("sesion", ORDINAL)


TODOS = (
    Sesiones,
    HistoriaDeSesiones,
    Convocatorias,
    Recesos,
    Puntos,
    OficiosDePuntos,
    Acuerdos,
    AcuerdosReferidos,
    Seguimientos,
    Asistencias,
    Movimientos,
    Declaratorias,
    Intervenciones,
    Plazos,
    Anexos,
    Votaciones,
    Votos,
    Firmantes,
)
