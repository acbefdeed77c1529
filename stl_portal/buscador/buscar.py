"""Buscar en todo lo publicado: encontrar, ordenar, contar y traer la página pedida."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stl_portal.buscador.coincidencias import TOPE, Coincidencia, Filtros, coincidencias
from stl_portal.buscador.consulta import Consulta, Parte
from stl_portal.buscador.models import Hallable
from stl_portal.buscador.numero import es_real

POR_PAGINA = 10  # documentos
PARTES_A_LA_VISTA = 3  # de cada documento; las demás, en su propia lista
VECES_QUE_CUENTAN = 5  # repetir más la palabra no lo hace más pertinente que ser reciente


@dataclass(frozen=True)
class Documento:
    """Lo hallado de un mismo documento: sus mejores lugares y cuántos son en total."""

    clave: str
    lugares: Sequence[Hallable]
    total: int

    @property
    def primero(self) -> Hallable:
        """El mejor."""
        return self.lugares[0]

    @property
    def otros(self) -> Sequence[Hallable]:
        """Los que siguen, a la vista."""
        return self.lugares[1:]

    @property
    def faltan(self) -> int:
        """Cuántos más hay."""
        return self.total - len(self.lugares)


@dataclass(frozen=True)
class Resultados:
    """Una página de lo hallado. Las cuentas son de lugares, entre los que se ordenaron.

    `hay_mas` dice que coinciden más de `TOPE`: se ordenaron los más recientes.
    """

    documentos: Sequence[Documento] = ()
    lugares: int = 0
    total: int = 0  # documentos
    hay_mas: bool = False
    clases: Counter[str] = field(default_factory=Counter)
    organos: Counter[str] = field(default_factory=Counter)
    anios: Counter[int] = field(default_factory=Counter)


def buscar(consulta: Consulta, filtros: Filtros = Filtros(), pagina: int = 1) -> Resultados:  # noqa: B008
    """Lo que dice todo lo buscado: primero en el título, luego más veces y lo reciente; al final lo ficticio

    `pagina` empieza en 1; una que no existe viene sin documentos. Una consulta vacía no halla nada.
    """
    if not consulta:
        return Resultados()
    todas = coincidencias(consulta, filtros)
    halladas = sorted(todas[:TOPE], key=lambda una: _orden(una, consulta.partes))
    por_documento = _juntas(halladas, sueltas=bool(filtros.documento))
    desde = (pagina - 1) * POR_PAGINA
    return Resultados(
        documentos=_traer(list(por_documento.items())[desde : desde + POR_PAGINA]),
        lugares=len(halladas),
        total=len(por_documento),
        hay_mas=len(todas) > TOPE,
        clases=Counter(una.clase for una in halladas),
        organos=Counter(una.organo for una in halladas if una.organo),
        anios=Counter(una.fecha.year for una in halladas if una.fecha),
    )


def _juntas(halladas: Sequence[Coincidencia], *, sueltas: bool) -> dict[str, list[int]]:
    """Los números de cada documento, en orden; `sueltas` = cada parte por su lado."""
    por_documento: dict[str, list[int]] = {}
    for una in halladas:
        clave = una.clave if sueltas else una.clave.partition("#")[0]
        por_documento.setdefault(clave, []).append(una.numero)
    return por_documento


def _traer(pagina: Sequence[tuple[str, list[int]]]) -> list[Documento]:
    """Los de la página, en una consulta."""
    visibles = {clave: numeros[:PARTES_A_LA_VISTA] for clave, numeros in pagina}
    filas = Hallable.objects.in_bulk([numero for numeros in visibles.values() for numero in numeros])
    documentos = [
        Documento(clave, [filas[n] for n in visibles[clave] if n in filas], len(numeros))
        for clave, numeros in pagina
    ]
    return [documento for documento in documentos if documento.lugares]  # pudo retirarse hace un instante


def _orden(una: Coincidencia, partes: Sequence[Parte]) -> tuple[bool, int, int, int]:
    """De menor a mayor: lo real, lo que más dice su título, las veces que lo dice, lo más reciente."""
    titulo, texto, _ = (f" {renglon} " for renglon in una.raices.split("\n"))
    en_titulo = veces = 0
    for parte in partes:
        en_titulo += any(dicho in titulo for dicho in _dichos(parte))
        veces += sum(texto.count(dicho) for dicho in _dichos(parte))
    return (not es_real(una.numero), -en_titulo, -min(veces, VECES_QUE_CUENTAN), -una.numero)


def _dichos(parte: Parte) -> Iterator[str]:
    """Cómo se ve la parte entre las raíces de un texto con espacios en los extremos."""
    if not parte.prefijo:
        yield f" {' '.join(parte.raices)} "
        return
    yield f" {parte.prefijo}"
    yield from (f" {raiz} " for raiz in parte.completas)
