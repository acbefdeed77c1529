"""Quórum: cuántos asientos deben estar presentes según la regla vigente del órgano.

La regla es dato con vigencia (los Lineamientos no son públicos y cambian): fracción, redondeo,
base, mínimos por sector y segunda convocatoria. Se cuentan asientos, no personas: dos personas
por una institución ocupan un solo lugar.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from sesiones.estados import Sector
from stl_portal.espanol import cardinal, enumerar

from .numeracion import ordinal

Base = Literal["asientos", "asientos_ocupados", "asientos_con_voto", "ocupados_con_voto"]
FRASE_MAXIMA = 500  # lo que guarda `Quorum.frase`

BASES = {
    "asientos": "todos los asientos",
    "asientos_ocupados": "los asientos ocupados",
    "asientos_con_voto": "los asientos con voto",
    "ocupados_con_voto": "los asientos ocupados con voto",
}


@dataclass(frozen=True)
class ReglaQuorum:
    """Regla de quórum vigente.

    `segunda_convocatoria` es la fracción que basta en la segunda: cero es «con quienes asistan»,
    None es que no la hay y se exige lo mismo. Si la persona facilitadora cuenta, cuenta aunque no
    vote. Lanza `ValueError` si una fracción no va de 0 a 1 o la base no existe.
    """

    fraccion: Fraction = Fraction(1, 2)
    mas_uno: bool = True
    redondeo: Literal["arriba", "abajo"] = "abajo"
    base: Base = "asientos_ocupados"
    minimo_por_sector: Mapping[str, int] = field(default_factory=dict)
    cuenta_facilitadora: bool = False
    segunda_convocatoria: Fraction | None = None
    fundamento: str = ""
    requiere_presidencia: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.fraccion <= 1 or not 0 <= (self.segunda_convocatoria or 0) <= 1:
            raise ValueError("La fracción del quórum va de cero a uno.")
        if self.base not in BASES:
            raise ValueError(f"«{self.base}» no es una base de quórum: {enumerar(BASES, 'o')}.")

    def cuenta(self, lugar: "Lugar") -> bool:
        """Dice si el lugar entra en la cuenta, esté o no presente."""
        if lugar.facilitadora:
            return self.cuenta_facilitadora
        return lugar.tiene_voto or not self.base.endswith("con_voto")


@dataclass(frozen=True)
class Lugar:
    """Un asiento visto por la regla."""

    asiento: int
    sector: str = ""
    ocupado: bool = True
    presente: bool = False
    facilitadora: bool = False
    presidencia: bool = False
    tiene_voto: bool = True


@dataclass(frozen=True)
class EnSector:
    """Presentes de un sector frente al mínimo que pide la regla."""

    presentes: int
    minimo: int

    @property
    def faltan(self) -> int:
        """Cuántos más hacen falta de ese sector."""
        return max(self.minimo - self.presentes, 0)


@dataclass(frozen=True)
class Quorum:
    """Resultado de la cuenta. `motivos` dice todo lo que falta; vacío si hay quórum."""

    hay: bool
    presentes: int
    base: int
    requeridos: int
    faltan: int
    por_sector: Mapping[str, EnSector]
    fundamento: str
    convocatoria: int
    motivos: tuple[str, ...]

    def frase(self) -> str:
        """«6 de 9 — hay quórum (mitad más uno, art. 14)»."""
        cabeza = f"{self.presentes} de {self.base} — {'hay quórum' if self.hay else 'no hay quórum'}"
        if self.convocatoria > 1:
            cabeza += " en segunda convocatoria"
        if self.motivos:
            cabeza += f": {enumerar(self.motivos)}"
        completa = f"{cabeza} ({self.fundamento})" if self.fundamento else cabeza
        return completa if len(completa) <= FRASE_MAXIMA else cabeza[:FRASE_MAXIMA]


def requeridos(regla: ReglaQuorum, base: int, convocatoria: int = 1) -> int:
    """Asientos presentes que hacen falta sobre esa base: al menos uno, a lo más todos."""
    segunda = regla.segunda_convocatoria if convocatoria > 1 else None
    fraccion = regla.fraccion if segunda is None else segunda
    redondear = ceil if regla.redondeo == "arriba" else floor
    cuantos = redondear(base * fraccion) + (regla.mas_uno and segunda is None)
    return max(min(cuantos, base), 1)


def calcular(regla: ReglaQuorum, lugares: Iterable[Lugar], convocatoria: int = 1) -> Quorum:
    """Cuenta los lugares presentes y dice si hay quórum, y si no, todo lo que falta.

    Un asiento vacante con alguien presente (su suplente) se tiene por ocupado. En la segunda
    convocatoria que prevé la regla no se exigen mínimos por sector.
    """
    cuentan = [lugar for lugar in lugares if regla.cuenta(lugar)]
    presentes = [lugar for lugar in cuentan if lugar.presente]
    solo_ocupados = "ocupados" in regla.base
    base = sum(lugar.ocupado or lugar.presente for lugar in cuentan) if solo_ocupados else len(cuentan)
    pedidos = requeridos(regla, base, convocatoria)
    faltan = max(pedidos - len(presentes), 0)
    por_sector = _por_sector(regla, presentes, convocatoria)
    motivos = tuple(_motivos(regla, faltan, por_sector, presentes))
    return Quorum(
        hay=not motivos,
        presentes=len(presentes),
        base=base,
        requeridos=pedidos,
        faltan=faltan,
        por_sector=por_sector,
        fundamento=_fundamento(regla, convocatoria),
        convocatoria=convocatoria,
        motivos=motivos,
    )


def _por_sector(regla: ReglaQuorum, presentes: list[Lugar], convocatoria: int) -> dict[str, EnSector]:
    """Cada sector presente o exigido, con su mínimo."""
    relevado = convocatoria > 1 and regla.segunda_convocatoria is not None
    minimos = {} if relevado else regla.minimo_por_sector
    sectores = sorted({lugar.sector for lugar in presentes if lugar.sector} | set(minimos))
    return {s: EnSector(sum(lugar.sector == s for lugar in presentes), minimos.get(s, 0)) for s in sectores}


def _motivos(
    regla: ReglaQuorum, faltan: int, por_sector: Mapping[str, EnSector], presentes: list[Lugar]
) -> Iterable[str]:
    """Lo que impide el quórum, en palabras."""
    if faltan:
        yield f"{_falta(faltan)} {'integrante' if faltan == 1 else 'integrantes'}"
    for sector, cuenta in por_sector.items():
        if cuenta.faltan:
            yield f"{_falta(cuenta.faltan)} de {nombre_sector(sector)}"
    if regla.requiere_presidencia and not any(lugar.presidencia for lugar in presentes):
        yield "falta la presidencia"


def _falta(cuantos: int) -> str:
    return f"{'falta' if cuantos == 1 else 'faltan'} {cuantos}"


def nombre_sector(sector: str) -> str:
    """«sociedad_civil» → «sociedad civil»; una clave desconocida se muestra tal cual."""
    return Sector(sector).label.lower() if sector in Sector.values else sector.replace("_", " ")


def _fundamento(regla: ReglaQuorum, convocatoria: int) -> str:
    """La regla en breve y su cita: «mitad más uno, art. 14»."""
    segunda = regla.segunda_convocatoria if convocatoria > 1 else None
    if segunda is None:
        breve = fraccion_en_palabras(regla.fraccion, mas_uno=regla.mas_uno)
    else:
        breve = fraccion_en_palabras(segunda) if segunda else "con quienes asistan"
    return ", ".join(filter(None, (breve, regla.fundamento)))


def fraccion_en_palabras(fraccion: Fraction, *, mas_uno: bool = False) -> str:
    """1/2 → «mitad» o «mitad más uno»; 2/3 → «dos terceras partes»; 1 → «la totalidad»."""
    arriba, abajo = fraccion.numerator, fraccion.denominator
    if fraccion == 1:
        return "la totalidad"  # no hay más uno que sumar
    if fraccion == Fraction(1, 2):
        texto = "mitad"
    elif arriba == 0:
        return "una persona" if mas_uno else "quienes asistan"
    elif 3 <= abajo <= 10:
        partes = ordinal(abajo, "f")
        texto = f"{cardinal(arriba, 'f')} {partes}{' parte' if arriba == 1 else 's partes'}"
    else:
        texto = f"{arriba}/{abajo}"
    return f"{texto} más uno" if mas_uno else texto


def regla_en_palabras(regla: ReglaQuorum) -> str:
    """La regla completa: «mitad más uno de los asientos ocupados; al menos 1 de sociedad civil»."""
    frases = [f"{fraccion_en_palabras(regla.fraccion, mas_uno=regla.mas_uno)} de {BASES[regla.base]}"]
    frases += [f"al menos {n} de {nombre_sector(s)}" for s, n in sorted(regla.minimo_por_sector.items()) if n]
    if regla.requiere_presidencia:
        frases.append("con la presidencia presente")
    frases.append(f"la persona facilitadora {'sí' if regla.cuenta_facilitadora else 'no'} cuenta")
    if regla.segunda_convocatoria is not None:
        frases.append(f"en segunda convocatoria, {fraccion_en_palabras(regla.segunda_convocatoria)}")
    return "; ".join(frases)
