"""Buscar en todo lo publicado: encontrar, ordenar, contar y traer la página pedida."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from stl_portal.buscador.coincidencias import TOPE, Coincidencia, Filtros, coincidencias
from stl_portal.buscador.consulta import Consulta
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

    `hay_mas` dice que coinciden más de `TOPE`: se ordenaron los más recientes. `faltando` son las partes
    que a cada lugar le faltan, si ninguno las dice todas; `sin_anio`, los lugares que no son de un año.
    """

    documentos: Sequence[Documento] = ()
    lugares: int = 0
    total: int = 0  # documentos
    hay_mas: bool = False
    faltando: int = 0
    sin_anio: int = 0
    clases: Counter[str] = field(default_factory=Counter)
    organos: Counter[str] = field(default_factory=Counter)
    anios: Counter[int] = field(default_factory=Counter)


def buscar(consulta: Consulta, filtros: Filtros = Filtros(), pagina: int = 1) -> Resultados:  # noqa: B008
    """Lo que dice todo lo buscado: primero en el título, luego más veces y lo reciente; al final lo ficticio.

    Si nada lo dice todo, lo que dice más. `pagina` empieza en 1; una que no existe viene sin documentos. Una
    consulta vacía no halla nada.
    """
    if not consulta:
        return Resultados()
    todas, faltando = _las_que_mas_dicen(consulta, filtros)
    halladas = sorted(todas[:TOPE], key=_orden)
    por_documento = _juntas(halladas, sueltas=bool(filtros.documento))
    desde = (pagina - 1) * POR_PAGINA
    return Resultados(
        documentos=_traer(list(por_documento.items())[desde : desde + POR_PAGINA]),
        lugares=len(halladas),
        total=len(por_documento),
        hay_mas=len(todas) > TOPE,
        faltando=faltando,
        sin_anio=sum(una.fecha is None for una in halladas),
        clases=Counter(una.clase for una in halladas),
        organos=Counter(una.organo for una in halladas if una.organo),
        anios=Counter(una.fecha.year for una in halladas if una.fecha),
    )


def _las_que_mas_dicen(consulta: Consulta, filtros: Filtros) -> tuple[list[Coincidencia], int]:
    """Las que dicen todo o, si ninguna, las que dicen más; y cuántas partes les faltan."""
    for una in (consulta, *consulta.con_menos()):
        if todas := coincidencias(una, filtros):
            return todas, una.faltando
    return [], 0


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


def _orden(una: Coincidencia) -> tuple[bool, int, int, int]:
    """De menor a mayor: lo real, lo que más dice su título, las veces que lo dice, lo más reciente."""
    return (not es_real(una.numero), -una.en_titulo, -min(una.veces, VECES_QUE_CUENTAN), -una.numero)
