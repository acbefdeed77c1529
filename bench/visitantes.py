"""Quien lee el portal sin cuenta: llega por cualquier página, la lee, sigue una liga, busca, descarga.

Las ligas son las que cada página trae, así que a ninguna clase de página pública le falta visita. Las que
piden entrar no se siguen.
"""

import asyncio
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from time import monotonic
from urllib.parse import urlencode, urljoin, urlsplit

from bench.cuenta import Cuenta
from bench.navegante import Navegante, Respuesta

PAUSA = (4.0, 16.0)  # segundos que alguien pasa en cada página
LIGA = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
ESTATICO = re.compile(r'"(/static/[^"]+)"')
EN_EL_MAPA = re.compile(r"<loc>(.*?)</loc>")
ADMITE = (200, 301, 302, 304)
CON_CUENTA = ("/entrar/", "/salir/", "/mi/", "/correo/", "/cuenta/", "/contrasena/")
DESCARGA = re.compile(r"\.(pdf|csv|json|jsonld|geojson|xlsx|xml|ics|atom|zip|pub)$")
PALABRAS = (
    "acuerdo", "datos abiertos", "transparencia", "municipio", "León", "plan de acción", "compromiso",
    "quórum", "acta", "evidencia", "capacitación", "indicador", "2020", "ordinaria", "participación",
    "sesión", "informe", "convocatoria", "secretariado", "presupuesto", "no existe tal cosa", "Guanajuato",
)  # fmt: skip


@dataclass(frozen=True)
class Mapa:
    """Por dónde se puede llegar: las páginas del mapa del sitio y las direcciones de la API que anuncian."""

    paginas: list[str]
    api: list[str]


async def mapa(quien: Navegante) -> Mapa:
    """Lo que el portal dice que tiene. Lanza `RuntimeError` si algo de eso no está."""
    partes = await _leido(quien, ["/sitemap.xml"], EN_EL_MAPA)
    paginas = await _leido(quien, partes, EN_EL_MAPA)
    datos = [ruta for ruta in paginas if ruta.startswith("/datos/")]
    ligas = await _leido(quien, [*datos, "/api/"], LIGA)
    return Mapa(paginas, sorted({ruta for ruta in ligas if ruta.startswith("/api/v1/")}))


async def recorrer(navegantes: Sequence[Navegante], mapa: Mapa) -> None:
    """Cada página, una vez entre todos: ninguno pide tantas que nginx lo detenga."""
    tramos = [mapa.paginas[n :: len(navegantes)] for n in range(len(navegantes))]
    await asyncio.gather(*map(_por_todas, navegantes, tramos))


async def _por_todas(quien: Navegante, rutas: Iterable[str]) -> None:
    for ruta in rutas:
        await quien.ver(ruta)
    quien.cerrar()


async def _leido(quien: Navegante, rutas: Iterable[str], que: re.Pattern[str]) -> list[str]:
    """Las direcciones que aparecen en esas."""
    halladas = []
    for ruta in rutas:
        respuesta = await quien.ver(ruta)
        if respuesta.codigo != 200:
            raise RuntimeError(f"{ruta} contestó {respuesta.codigo}.")
        halladas += [_aqui(ruta, unescape(liga)) for liga in que.findall(respuesta.texto)]
    return halladas


def _aqui(ruta: str, liga: str) -> str:
    """La misma, sin el nombre del sitio."""
    partes = urlsplit(urljoin(ruta, liga))
    return partes.path + (f"?{partes.query}" if partes.query else "")


def clase(ruta: str) -> str:
    """De qué se trata, para contar aparte lo que cuesta distinto."""
    camino = ruta.partition("?")[0]
    if camino.startswith("/static/"):
        return "estáticos"
    if camino.startswith("/api/v1/"):
        return "API"
    if camino == "/buscar/":
        return "búsqueda"
    if camino.endswith(".pdf"):
        return "PDF"
    return "datos" if DESCARGA.search(camino) else "páginas"


@dataclass
class Visitante:
    """Una persona, con su conexión, su manera de andar y lo que su navegador ya guardó."""

    navega: Navegante
    mapa: Mapa
    cuenta: Cuenta
    azar: random.Random
    guardados: set[str] = field(default_factory=set)
    marcas: dict[str, str] = field(default_factory=dict)
    ligas: list[str] = field(default_factory=list)
    descargas: list[str] = field(default_factory=list)

    async def pasear(self, llega: float, hasta: float) -> None:
        """Desde que llega hasta que se va; lo que falle se anota y sigue."""
        await asyncio.sleep(llega)
        while monotonic() < hasta:
            ruta = self._a_donde()
            try:
                await self._visitar(ruta)
            except (OSError, TimeoutError, EOFError, ValueError) as error:
                self.cuenta.fallo(f"{type(error).__name__} en {ruta}: {error}")
            await asyncio.sleep(min(self.azar.uniform(*PAUSA), max(0.0, hasta - monotonic())))
        self.navega.cerrar()

    def _a_donde(self) -> str:
        """Casi siempre, una liga de lo que está leyendo."""
        suerte = self.azar.random()
        if suerte < 0.08:
            palabras = self.azar.sample(PALABRAS, self.azar.choice((1, 1, 2)))
            return "/buscar/?" + urlencode({"q": " ".join(palabras)})
        if suerte < 0.14:
            return self.azar.choice(self.mapa.api)
        if suerte < 0.26 and self.descargas:
            return self.azar.choice(self.descargas)
        if suerte < 0.9 and self.ligas:
            return self.azar.choice(self.ligas)
        return self.azar.choice(["/", *self.azar.sample(self.mapa.paginas, 3)])

    async def _visitar(self, ruta: str) -> None:
        respuesta = await self._pedir(ruta)
        if respuesta.codigo in (301, 302):
            ruta = _aqui(ruta, respuesta.cabeceras["location"])
            if ruta.startswith(CON_CUENTA):
                return
            respuesta = await self._pedir(ruta)
        if respuesta.codigo == 200 and respuesta.cabeceras.get("content-type", "").startswith("text/html"):
            await self._leer(ruta, respuesta.texto)

    async def _pedir(self, ruta: str) -> Respuesta:
        marca = {"If_None_Match": self.marcas[ruta]} if ruta in self.marcas else {}
        respuesta = await self.navega.ver(ruta, **marca)
        self.cuenta.anotar(clase(ruta), ruta, respuesta, admite=ADMITE)
        if respuesta.codigo == 200 and "etag" in respuesta.cabeceras:
            self.marcas[ruta] = respuesta.cabeceras["etag"]
        return respuesta

    async def _leer(self, ruta: str, html: str) -> None:
        """Lo que la página necesita para verse, y a dónde lleva."""
        if "</html>" not in html:
            self.cuenta.fallo(f"cortada: {ruta}")
        for estatico in set(ESTATICO.findall(html)) - self.guardados:
            self.guardados.add(estatico)
            await self._pedir(estatico)
        todas = [_aqui(ruta, unescape(liga)) for liga in LIGA.findall(html) if _de_aqui(liga, self.navega)]
        self.ligas = [liga for liga in todas if not DESCARGA.search(liga.partition("?")[0])] or self.ligas
        self.descargas = [liga for liga in todas if DESCARGA.search(liga.partition("?")[0])]


def _de_aqui(liga: str, quien: Navegante) -> bool:
    """Si lleva a otra parte de este sitio que se lee sin cuenta."""
    dentro = liga.removeprefix(quien.portal.origen)
    return dentro.startswith(("/", "?")) and not dentro.startswith(("//", *CON_CUENTA))
