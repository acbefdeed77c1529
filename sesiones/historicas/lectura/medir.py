"""Qué tan bien se leyó un acta: la propuesta comparada con los hechos que una persona anotó leyéndola.

La lista de hechos es un TOML (los de las pruebas, en `tests/historicas/actas/`): lo que no anota no
se mide. Precisión: de lo propuesto, cuánto está bien. Exhaustividad: de los hechos, cuántos se hallaron.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sesiones.numeracion import normalizar_folio

from .hallado import Acuerdo, Propuesta, Voto
from .letras import clave

Pares = tuple[set[str], set[str]]  # propuesto y anotado


@dataclass(frozen=True)
class Cuenta:
    """De una clase de hecho: cuántos coinciden, cuántos se propusieron y cuántos se anotaron."""

    bien: int = 0
    propuestos: int = 0
    anotados: int = 0
    faltan: tuple[str, ...] = ()
    sobran: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """De 0 a 1; sin nada propuesto, 1."""
        return self.bien / self.propuestos if self.propuestos else 1.0

    @property
    def exhaustividad(self) -> float:
        """De 0 a 1; sin nada anotado, 1."""
        return self.bien / self.anotados if self.anotados else 1.0

    def __add__(self, otra: "Cuenta") -> "Cuenta":
        return Cuenta(
            self.bien + otra.bien,
            self.propuestos + otra.propuestos,
            self.anotados + otra.anotados,
            self.faltan + otra.faltan,
            self.sobran + otra.sobran,
        )


def medir(propuesta: Propuesta, hechos: Mapping[str, Any]) -> dict[str, Cuenta]:
    """La cuenta por clase de hecho, en el orden del acta."""
    clases = {
        "datos de la sesión": _sesion(propuesta, hechos["sesion"]),
        **_asistentes(propuesta, hechos["asistentes"]),
        **_puntos(propuesta, hechos["puntos"]),
        **_acuerdos(propuesta, hechos["acuerdos"]),
        "votaciones": _votos(propuesta, hechos["votos"]),
        **_listas(propuesta, hechos["listas"]),
    }
    return {clase: _contar(*pares) for clase, pares in clases.items()}


def total(cuentas: Iterable[Cuenta]) -> Cuenta:
    """Todas juntas."""
    return sum(cuentas, Cuenta())


def _contar(propuesto: set[str], anotado: set[str]) -> Cuenta:
    bien = propuesto & anotado
    return Cuenta(
        len(bien),
        len(propuesto),
        len(anotado),
        tuple(sorted(anotado - bien)),
        tuple(sorted(propuesto - bien)),
    )


def _sesion(propuesta: Propuesta, hechos: Mapping[str, Any]) -> Pares:
    campos = (
        ("organo", "tipo", "numero", "fecha", "inicio", "cierre", "modalidad", "lugar", "domicilio")
        if "domicilio" in hechos
        else ("organo", "tipo", "numero", "fecha", "inicio", "cierre", "modalidad", "lugar")
    )
    dichos = {c: hallado.valor for c in campos if (hallado := getattr(propuesta, c)) is not None}
    anotados = {c: hechos[c] for c in campos if c in hechos}
    return tuple({f"{c}: {clave(str(v))}" for c, v in d.items()} for d in (dichos, anotados))  # type: ignore[return-value]


def _asistentes(propuesta: Propuesta, hechos: Mapping[str, Any]) -> dict[str, Pares]:
    filas = [fila.valor for fila in propuesta.asistentes]
    nombres = {clave(nombre): dicho for nombre, dicho in hechos.items()}
    conocidas = [fila for fila in filas if clave(fila.nombre) in nombres]
    return {
        "asistentes": ({clave(fila.nombre) for fila in filas}, set(nombres)),
        "instituciones": (
            {f"{clave(f.nombre)}: {clave(f.institucion)}" for f in conocidas if f.institucion},
            {f"{nombre}: {clave(dicho[0])}" for nombre, dicho in nombres.items() if dicho[0]},
        ),
        "calidades": (
            {f"{clave(f.nombre)}: {f.calidad}" for f in conocidas},
            {f"{nombre}: {dicho[1]}" for nombre, dicho in nombres.items()},
        ),
    }


def _ruta(ruta: tuple[int, ...]) -> str:
    return ".".join(map(str, ruta))


def _puntos(propuesta: Propuesta, hechos: Mapping[str, Any]) -> dict[str, Pares]:
    filas = [fila.valor for fila in propuesta.puntos]
    return {
        "puntos": (
            {f"{_ruta(p.ruta)} {clave(p.titulo)}" for p in filas},
            {f"{ruta} {clave(dicho[0])}" for ruta, dicho in hechos.items()},
        ),
        "resultados": (
            {f"{_ruta(p.ruta)}: {p.resultado}" for p in filas if p.resultado},
            {f"{ruta}: {dicho[1]}" for ruta, dicho in hechos.items() if dicho[1]},
        ),
    }


def _acuerdos(propuesta: Propuesta, hechos: Mapping[str, Any]) -> dict[str, Pares]:
    filas = [fila.valor for fila in propuesta.acuerdos]
    anotados = {int(numero): dicho for numero, dicho in hechos.items()}
    dichos = {a.numero for a in filas if _dice(a, propuesta, anotados)}
    return {
        "acuerdos": (
            {str(a.numero) if a.numero in dichos else f"{a.numero}: {a.texto[:60]}" for a in filas},
            {str(numero) for numero in anotados},
        ),
        "punto de cada acuerdo": (
            {f"{a.numero} en {_ruta(a.punto)}" for a in filas if anotados.get(a.numero, [""])[0]},
            {f"{numero} en {dicho[0]}" for numero, dicho in anotados.items() if dicho[0]},
        ),
    }


def _dice(acuerdo: Acuerdo, propuesta: Propuesta, anotados: Mapping[int, list[str]]) -> bool:
    """Si su texto, quien responde y sus plazos dicen todo lo anotado, y no empieza con otro acuerdo."""
    vencen = (p.valor.literal for p in propuesta.plazos if p.valor.acuerdo == acuerdo.numero)
    dicho = clave(" ".join((acuerdo.texto, acuerdo.responsable, *vencen)))
    return acuerdo.numero in anotados and all(clave(parte) in dicho for parte in anotados[acuerdo.numero][1:])


def _votos(propuesta: Propuesta, hechos: Mapping[str, Any]) -> Pares:
    propuestos = {f"{_de(v.valor)}: {_como(v.valor)}" for v in propuesta.votos}
    return propuestos, {f"{de}: {como}" for de, dichos in hechos.items() for como in dichos}


def _de(voto: Voto) -> str:
    return f"acuerdo {voto.acuerdo}" if voto.acuerdo else f"punto {_ruta(voto.punto)}"


def _como(voto: Voto) -> str:
    return "-".join(map(str, voto.conteo)) if voto.conteo else voto.forma


def _porque(nombre: str, dicho: str) -> str:
    return f"{clave(nombre)}: {clave(dicho)}"


def _listas(propuesta: Propuesta, hechos: Mapping[str, Any]) -> dict[str, Pares]:
    return {
        "oficios": (
            {normalizar_folio(o.valor.folio) for o in propuesta.oficios},
            {normalizar_folio(folio) for folio in hechos["oficios"]},
        ),
        "plazos": (
            {str(p.valor.fecha or clave(p.valor.literal)) for p in propuesta.plazos},
            {dicho if dicho[:4].isdigit() else clave(dicho) for dicho in hechos["plazos"]},
        ),
        "firmantes": (
            {clave(f.valor.nombre) for f in propuesta.firmantes},
            {clave(nombre) for nombre in hechos["firmantes"]},
        ),
        "por qué firman": (
            {
                _porque(f.valor.nombre, f.valor.explicacion)
                for f in propuesta.firmantes
                if f.valor.explicacion
            },
            {_porque(nombre, dicho) for nombre, dicho in hechos.get("explicaciones", {}).items()},
        ),
    }
