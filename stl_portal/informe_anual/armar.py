"""Armar un informe con lo que hoy consta: sus apartados, en orden, con lo que en cada uno se escribió."""

from dataclasses import dataclass
from functools import cached_property

from stl_portal.publico.registro import OrganoPublico, organos

from . import registro
from .apartado import Apartado, Periodo
from .models import InformeAnual, TextoDeApartado
from .registro import Fuente


@dataclass(frozen=True)
class Parte:
    """Un apartado del informe: lo escrito y lo que consta."""

    fuente: Fuente
    texto: TextoDeApartado
    contenido: Apartado

    @property
    def clave(self) -> str:
        """Su ancla y el prefijo de su forma."""
        return self.fuente.clave

    @property
    def titulo(self) -> str:
        """Cómo se titula."""
        return self.fuente.titulo

    @property
    def introduccion(self) -> str:
        """Lo que se escribió antes de los hechos."""
        return self.texto.texto

    @property
    def va(self) -> bool:
        """Si va en el informe."""
        return self.texto.va


@dataclass(frozen=True)
class Armado:
    """Un informe como saldría hoy, con su órgano llamado como al terminar el periodo."""

    informe: InformeAnual
    organo: OrganoPublico
    todas: tuple[Parte, ...]

    @property
    def periodo(self) -> Periodo:
        """Del informe."""
        return self.informe.periodo

    @cached_property
    def partes(self) -> list[Parte]:
        """Las que van."""
        return [parte for parte in self.todas if parte.va]


def organo_de(informe: InformeAnual) -> OrganoPublico:
    """Su órgano, con el nombre que tenía al terminar el periodo. Lanza `LookupError` si ya no está."""
    return organos(informe.hasta)[informe.clave_del_organo]


def armar(informe: InformeAnual, organo: OrganoPublico | None = None) -> Armado:
    """Pregunta a cada aplicación lo suyo; lo que se agregó al portal después de empezarlo, entra vacío."""
    de_quien = organo or organo_de(informe)
    contenidos = [(fuente, fuente.dar(de_quien, informe.periodo)) for fuente in registro.en_orden()]
    tocan = [(fuente, contenido) for fuente, contenido in contenidos if contenido is not None]
    textos = _textos(informe, [fuente.clave for fuente, _ in tocan])
    return Armado(informe, de_quien, tuple(Parte(f, textos[f.clave], c) for f, c in tocan))


def _textos(informe: InformeAnual, claves: list[str]) -> dict[str, TextoDeApartado]:
    """Lo escrito en cada apartado; leer no escribe: los que faltan van vacíos y sin guardar."""
    hay = {texto.apartado: texto for texto in informe.textos.all()}
    return {clave: hay.get(clave) or TextoDeApartado(informe=informe, apartado=clave) for clave in claves}
