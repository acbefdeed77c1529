"""El sitio público entero en una carpeta: cada página, documento, dato y prueba, con ligas relativas.

Se recorre como lo recorrería cualquiera: desde el mapa del sitio y siguiendo ligas. Primero se baja todo y se
sabe qué hay; después se escribe cada página con ligas a lo que de verdad está.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.template.loader import render_to_string

from stl_portal.avisos.envio import liga
from stl_portal.publico import mapa_del_sitio

from . import direcciones, paginas
from .direcciones import Liga
from .registro import SEMILLAS
from .visita import Visitante, contenido

HTML, CSS = "text/html", "text/css"
LLEVAN_A_OTRA = (301, 302, 307, 308)
SE_GUARDAN = (200, 410)  # lo que se retiró también dice por qué
AL_ENTRAR = "/entrar/"
SOLO_EN_EL_PORTAL = "solo en el portal"
CADA = 500  # direcciones entre un aviso de avance y otro


@dataclass(frozen=True)
class Pieza:
    """Una dirección ya bajada: en qué archivo quedó y de qué tipo es."""

    direccion: str
    ruta: str
    tipo: str


@dataclass(frozen=True)
class Falla:
    """Lo que se quiso copiar y no se pudo, y desde dónde se enlaza."""

    direccion: str
    motivo: str
    desde: str


@dataclass
class Copia:
    """Una copia que se está haciendo en `carpeta`; `al` es el día, ya escrito, que se lee en cada página."""

    carpeta: Path
    al: str
    decir: Callable[[str], None] = print
    piezas: dict[str, Pieza] = field(default_factory=dict)
    fallas: list[Falla] = field(default_factory=list)
    _destinos: dict[str, str] = field(default_factory=dict)
    _de_quien: dict[str, str] = field(default_factory=dict)  # de cada archivo, su dirección

    def hacer(self) -> None:
        """Baja todo y vuelve a escribir las páginas y los estilos."""
        self.bajar(semillas())
        for pieza in self.piezas.values():
            if pieza.tipo == HTML:
                self._escribir_pagina(pieza)
            elif pieza.tipo == CSS:
                self._escribir_estilos(pieza)

    def bajar(self, desde: Iterable[str]) -> None:
        """Cada dirección y, de las páginas y los estilos, las que enlazan, en el orden en que se hallan."""
        visitante = Visitante()
        pendientes = deque((direccion, "el mapa del sitio") for direccion in dict.fromkeys(desde))
        vistas = {direccion for direccion, _ in pendientes}
        while pendientes:
            direccion, de = pendientes.popleft()
            for nueva in self._bajar(visitante, direccion, de):
                if nueva not in vistas:
                    vistas.add(nueva)
                    pendientes.append((nueva, direccion))
            if len(self.piezas) % CADA == 0:
                self.decir(f"{len(self.piezas)} archivos; faltan al menos {len(pendientes)} direcciones")

    def _bajar(self, visitante: Visitante, direccion: str, de: str) -> list[str]:
        """Guarda una y devuelve las que enlaza."""
        with visitante.pedir(direccion) as respuesta:
            if respuesta.status_code in LLEVAN_A_OTRA:
                return self._seguir(direccion, respuesta["Location"])
            if respuesta.status_code in SE_GUARDAN:
                return self._guardar(direccion, respuesta["Content-Type"], contenido(respuesta))
            self.fallas.append(Falla(direccion, f"respondió {respuesta.status_code}", de))
            return []

    def _seguir(self, direccion: str, destino: str) -> list[str]:
        """Una que lleva a otra: las ligas irán derecho a donde termina."""
        leida = direcciones.leer(destino, direccion)
        if not leida.interna or leida.direccion.startswith(AL_ENTRAR):
            return []  # pide entrar: no es pública
        self._destinos[direccion] = leida.direccion
        return [leida.direccion]

    def _guardar(self, direccion: str, tipo: str, cuerpo: Iterable[bytes]) -> list[str]:
        mime = tipo.partition(";")[0].strip().lower()
        pieza = Pieza(direccion, self._lugar(direccion, mime), mime)
        self.piezas[direccion] = pieza
        archivo = self.carpeta / pieza.ruta
        archivo.parent.mkdir(parents=True, exist_ok=True)
        with archivo.open("wb") as abierto:
            abierto.writelines(cuerpo)
        return list(dict.fromkeys(self._que_enlaza(pieza, archivo)))

    def _lugar(self, direccion: str, mime: str) -> str:
        """Un archivo que no sea ya de otra, ni en un sistema que no distingue mayúsculas."""
        ruta = direcciones.archivo(direccion, mime)
        while self._de_quien.setdefault(ruta.casefold(), direccion) != direccion:
            base, punto, extension = ruta.rpartition(".")
            ruta = f"{base}_{punto}{extension}"
        return ruta

    def _que_enlaza(self, pieza: Pieza, archivo: Path) -> Iterator[str]:
        for escrita in _ligas_de(pieza.tipo, archivo):
            leida = direcciones.leer(escrita, pieza.direccion)
            if leida.interna and not leida.filtra and direcciones.se_copia(leida.direccion):
                yield leida.direccion

    def final(self, direccion: str) -> Pieza | None:
        """La pieza a la que de verdad lleva; None si no está en la copia."""
        for _ in range(len(self._destinos) + 1):
            if direccion not in self._destinos:
                break
            direccion = self._destinos[direccion]
        return self.piezas.get(direccion)

    def _escribir_pagina(self, pieza: Pieza) -> None:
        contexto = {"al": self.al, "en_el_portal": liga(pieza.direccion)}
        aviso = render_to_string("exportacion/_aviso.html", contexto)
        forma = render_to_string("exportacion/_forma.html", contexto)
        archivo = self.carpeta / pieza.ruta
        hecha = paginas.Reescritor(lambda escrita: self._cambio(pieza, escrita), aviso, forma)
        archivo.write_text(hecha.escribir(_leer(archivo)), encoding="utf-8", newline="")

    def _escribir_estilos(self, pieza: Pieza) -> None:
        archivo = self.carpeta / pieza.ruta
        hechos = paginas.cambiar_estilos(
            _leer(archivo), lambda escrita: self._cambio(pieza, escrita).direccion or escrita
        )
        archivo.write_text(hechos, encoding="utf-8", newline="")

    def _cambio(self, pieza: Pieza, escrita: str) -> paginas.Cambio:
        """Una liga de esa pieza, como va en la copia."""
        if escrita.startswith("#"):
            return paginas.Cambio(escrita)
        leida = direcciones.leer(escrita, pieza.direccion)
        if not leida.interna:
            return paginas.Cambio(escrita)
        destino = self.final(leida.direccion)
        if destino is not None:
            return paginas.Cambio(direcciones.relativa(pieza.ruta, destino.ruta, leida.ancla))
        return self._al_portal(leida)

    def _al_portal(self, leida: Liga) -> paginas.Cambio:
        """Lo que no está en la copia: un filtro ya no lleva a nada; lo demás, al portal, y lo dice."""
        if leida.filtra:
            return paginas.Cambio(None)
        return paginas.Cambio(liga(leida.direccion), SOLO_EN_EL_PORTAL)


def semillas() -> Iterator[str]:
    """Por dónde se empieza: el mapa del sitio, él mismo y lo que las aplicaciones apuntan aparte."""
    for pagina in mapa_del_sitio.direcciones():
        yield direcciones.leer(pagina.url, "/").direccion
    for fuente in SEMILLAS:
        yield from fuente()


def _ligas_de(tipo: str, archivo: Path) -> Iterator[str]:
    if tipo == HTML:
        yield from paginas.ligas(_leer(archivo))
    elif tipo == CSS:
        yield from paginas.ligas_de_estilos(_leer(archivo))


def _leer(archivo: Path) -> str:
    return archivo.read_bytes().decode("utf-8")
