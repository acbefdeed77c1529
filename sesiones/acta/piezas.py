"""Los hechos de una sesión, congelados: cada pieza copia lo que la fila decía y no vuelve a la base."""

import datetime as dt
from dataclasses import dataclass, field

from sesiones.estados import EstiloActa, ViaAprobacion
from sesiones.numeracion import ordinal_acuerdo


@dataclass(frozen=True)
class Movimiento:
    """Llegada o salida, con su hora y el punto (id) desde el que cuenta."""

    id: int
    tipo: str
    hora: dt.time | None
    punto: int | None


@dataclass(frozen=True)
class Asistente:
    """Renglón del pase de lista o persona invitada, con nombre y cargo de ese día."""

    id: int
    asiento: int | None
    persona: int | None
    formal: str
    apelativo: str
    tratamiento: str
    sexo: str
    cargo: str
    institucion: str
    calidad: str
    presente: bool
    justificada: bool
    ocupa: bool
    en_quorum: bool
    oficio: str
    sin_firma: str
    facilita: bool
    preside: bool
    movimientos: tuple[Movimiento, ...] = ()
    solo_esta: bool = False  # su oficio lo faculta en esta sesión y en ninguna otra


@dataclass(frozen=True)
class EnLista:
    """Un nombre de la lista que quedó congelada al declarar el quórum."""

    formal: str
    cargo: str
    institucion: str
    calidad: str
    oficio: str
    ocupa: bool
    solo_esta: bool = False


@dataclass(frozen=True)
class QuorumDeclarado:
    """Declaración de que hubo o no quórum; `presentes` es la cuenta que hizo la regla."""

    convocatoria: int
    hay: bool
    presentes: int
    base: int
    requeridos: int
    frase: str
    hora: dt.time
    lista: tuple[EnLista, ...]


@dataclass(frozen=True)
class Intervencion:
    """Lo dicho; `literal` si son palabras exactas, `articulo` si `quien` lo lleva («la Lic. Ducoing»)."""

    id: int
    quien: str
    sexo: str
    articulo: bool
    en_lista: bool
    calidad: str
    texto: str
    literal: bool


@dataclass(frozen=True)
class Oficio:
    """Oficio del que se da cuenta."""

    id: int
    folio: str
    lugar: str
    fecha: dt.date | None
    asunto: str
    remitente: str
    remitente_cargo: str
    destinatario: str
    recibido: dt.datetime | None
    recibido_en: str
    resumen: str
    copias: tuple[str, ...] = ()


@dataclass(frozen=True)
class VotoNominal:
    """Sentido del voto de un asiento y quién lo ocupaba."""

    sentido: str
    nombre: str
    institucion: str


@dataclass(frozen=True)
class Votacion:
    """Votación con su padrón (cuántos podían votar) y su cuenta."""

    id: int
    acuerdo: int | None
    asunto: str
    a_favor: int
    en_contra: int
    abstenciones: int
    voto_de_calidad: str
    aprobada: bool
    unanime: bool
    padron: int
    nominal: tuple[VotoNominal, ...] = ()


@dataclass(frozen=True)
class Plazo:
    """Vencimiento: como se dijo y su fecha; `original` es la fecha que se prorrogó."""

    id: int
    acuerdo: int | None
    concepto: str
    literal: str
    fecha: dt.date | None
    original: dt.date | None


@dataclass(frozen=True)
class Anexo:
    """Documento que se agrega."""

    id: int
    acuerdo: int | None
    punto: int | None
    titulo: str


@dataclass(frozen=True)
class Acuerdo:
    """Acuerdo numerado de la sesión y las suplencias que con él se admiten."""

    id: int
    punto: int
    numero: int
    texto: str
    responsable: str
    votaciones: tuple[Votacion, ...] = ()
    plazos: tuple[Plazo, ...] = ()
    anexos: tuple[Anexo, ...] = ()
    admite: tuple[str, ...] = ()

    @property
    def ordinal(self) -> str:
        """«Primero», «Noveno»…"""
        return ordinal_acuerdo(self.numero)


@dataclass(frozen=True)
class Referencia:
    """Acuerdo de otra sesión al que se refiere un punto."""

    numero: int
    sesion: str


@dataclass(frozen=True)
class Refrendo:
    """Representación que un oficio confirma."""

    id: int
    nombre: str
    institucion: str
    oficio: str


@dataclass(frozen=True)
class Punto:
    """Punto y todo lo ocurrido al tratarlo; `ruta` son las etiquetas desde la raíz: («IV», «a)»)."""

    id: int
    etiqueta: str
    ruta: tuple[str, ...]
    nivel: int
    posicion: int
    tipo: str
    titulo: str
    en_sesion: bool
    propuesto_por: str
    desahogo: str
    resultado: str
    motivo: str
    refiere_literal: str
    referencias: tuple[Referencia, ...] = ()
    intervenciones: tuple[Intervencion, ...] = ()
    oficios: tuple[Oficio, ...] = ()
    votaciones: tuple[Votacion, ...] = ()
    acuerdos: tuple[Acuerdo, ...] = ()
    plazos: tuple[Plazo, ...] = ()
    anexos: tuple[Anexo, ...] = ()
    refrendos: tuple[Refrendo, ...] = ()
    sin_tratar: bool = False  # la sesión se cerró sin alcanzarlo


@dataclass(frozen=True)
class Receso:
    """Suspensión y reanudación."""

    id: int
    inicio: dt.time
    fin: dt.time | None
    motivo: str


@dataclass(frozen=True)
class Seguimiento:
    """Informe, dado en esta sesión, sobre un acuerdo anterior."""

    id: int
    acuerdo: Referencia
    estado: str
    nota: str


@dataclass(frozen=True)
class Firma:
    """Quien firma el acta y, si no coincide con la asistencia, por qué."""

    id: int
    nombre: str
    cargo: str
    institucion: str
    explicacion: str
    asistencia: int | None
    persona: int | None


@dataclass(frozen=True)
class Convocatoria:
    """Aviso emitido; con `secuencia` mayor que cero, una enmienda y su motivo."""

    secuencia: int
    emitida: dt.date
    motivo: str


@dataclass(frozen=True)
class Aprobacion:
    """Cómo se aprobó el acta: en qué sesión y quiénes estaban, o por correo y quiénes se conformaron."""

    via: str
    designacion: str
    fecha: dt.date
    personas: tuple[int, ...] = ()
    circulada_a: int = 0

    @property
    def misma(self) -> bool:
        """En la propia sesión, previa lectura."""
        return self.via == ViaAprobacion.MISMA

    @property
    def por_correo(self) -> bool:
        """Con las conformidades que llegaron al circularla."""
        return self.via == ViaAprobacion.CORREO


@dataclass(frozen=True)
class Hechos:
    """Todo lo que el acta dice, con los nombres, cargos y leyes de la fecha de la sesión."""

    organo: str
    plaza: str
    ficticio: bool
    sesion: int
    clave: str
    designacion: str
    numero: int
    tipo: str
    modalidad: str
    estado: str
    fecha: dt.date
    hora: dt.time
    inicio: dt.time | None
    cierre: dt.time | None
    lugar: str
    domicilio: str
    objetivo: str
    publico: str
    notas_cierre: str
    con_quorum: bool
    via_de_aprobacion: str
    quien_firma: str
    aprobada: Aprobacion | None
    asistentes: tuple[Asistente, ...] = ()
    quorums: tuple[QuorumDeclarado, ...] = ()
    convocatorias: tuple[Convocatoria, ...] = ()
    puntos: tuple[Punto, ...] = ()
    recesos: tuple[Receso, ...] = ()
    seguimientos: tuple[Seguimiento, ...] = ()
    anexos: tuple[Anexo, ...] = ()
    firmas: tuple[Firma, ...] = ()
    firmas_propuestas: bool = False
    citas: dict[str, str] = field(default_factory=dict)
    sin_tratar: str = ""  # por qué quedaron puntos sin tratar
    estilo: str = EstiloActa.ORDINALES
    formulas: dict[str, str] = field(default_factory=dict)  # las que no son de fábrica, por clave

    @property
    def acuerdos(self) -> tuple[Acuerdo, ...]:
        """Los acuerdos de la sesión, por número."""
        return tuple(sorted((a for p in self.puntos for a in p.acuerdos), key=lambda a: a.numero))

    def acuerdo(self, numero: int) -> Acuerdo:
        """El acuerdo con ese número; lanza `KeyError` si la sesión no lo tiene."""
        return {a.numero: a for a in self.acuerdos}[numero]

    @property
    def facilitadora(self) -> Asistente | None:
        """Quien facilita la sesión, si asistió."""
        return next((a for a in self.asistentes if a.facilita and a.presente and a.ocupa), None)

    @property
    def presidencia(self) -> Asistente | None:
        """Quien preside la sesión, si asistió."""
        return next((a for a in self.asistentes if a.preside and a.presente and a.ocupa), None)

    @property
    def quorum(self) -> QuorumDeclarado | None:
        """La última declaración: la que vale."""
        return self.quorums[-1] if self.quorums else None

    def punto(self, identidad: int | None) -> Punto | None:
        """El punto con ese id."""
        return next((p for p in self.puntos if p.id == identidad), None)
