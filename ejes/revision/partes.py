"""Las partes de un reporte enviado: cada renglón y cada acción con sus evidencias, y qué cambió en ellas.

Todo sale de los bytes de la entrega, nunca de las filas que quien prepara puede seguir escribiendo.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ejes.datos_sellados import leer_cifra
from sesiones.acta.cotejo import Tramo, palabra_por_palabra

RENGLON, ACCION, TODO = "renglon", "accion", "reporte"
Clave = tuple[str, str]  # («renglon», «3») o («accion», «1.5.2»)
DE_TODO: Clave = (TODO, "")


@dataclass(frozen=True)
class Parte:
    """Un renglón del formato o una acción, tal como se envió."""

    clave: Clave
    dato: Mapping[str, Any]
    evidencias: Sequence[Mapping[str, Any]] = field(default=())

    @property
    def ancla(self) -> str:
        """«renglon-3», «accion-1-5-2»: su lugar en la página."""
        return ancla_de(self.clave)

    @property
    def de_accion(self) -> bool:
        """Si es el avance de una acción."""
        return self.clave[0] == ACCION

    @property
    def rotulo(self) -> str:
        """«Renglón 3», «Acción 1.5.2»."""
        return f"{'Acción' if self.de_accion else 'Renglón'} {self.clave[1]}"

    @property
    def titulo(self) -> str:
        """El indicador o el texto de la acción."""
        return str(self.dato["texto" if self.de_accion else "indicador"])

    @property
    def declarado(self) -> Decimal | None:
        """El avance que declara la institución; None si lo dice con palabras o no es una acción."""
        return leer_cifra(self.dato.get("declarado"))

    @property
    def dicho(self) -> str:
        """Lo respondido en llano, con sus evidencias al final: así se compara palabra por palabra."""
        propio = _de_la_accion(self.dato) if self.de_accion else _del_renglon(self.dato)
        return "\n".join([*propio, *(_de_la_evidencia(e) for e in self.evidencias)])


@dataclass(frozen=True)
class Diferencia:
    """Una parte que no dice lo mismo que en la entrega anterior."""

    parte: Parte
    tramos: tuple[Tramo, ...]


def partes_de(documento: Mapping[str, Any]) -> dict[Clave, Parte]:
    """Los renglones y luego las acciones, en el orden en que se enviaron."""
    por_id = {e["id"]: e for e in documento["evidencias"]}
    crudas = [
        *(((RENGLON, str(d["orden"])), d) for d in documento["renglones"]),
        *(((ACCION, d["codigo"]), d) for d in documento["avances"]),
    ]
    return {clave: Parte(clave, _solo(d), tuple(por_id[n] for n in d["evidencias"])) for clave, d in crudas}


def sueltas(documento: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Las evidencias que respaldan el reporte entero."""
    return [e for e in documento["evidencias"] if e["id"] in documento["de_todo_el_reporte"]]


def diferencias(antes: Mapping[Clave, Parte], ahora: Mapping[Clave, Parte]) -> dict[Clave, Diferencia]:
    """Lo que cambió de una entrega a la que sigue, palabra por palabra."""
    return {clave: dif for clave, parte in ahora.items() if (dif := _diferencia(antes.get(clave), parte))}


def _diferencia(antes: Parte | None, parte: Parte) -> Diferencia | None:
    if antes == parte:
        return None
    return Diferencia(parte, palabra_por_palabra(antes.dicho if antes else "", parte.dicho))


def ancla_de(clave: Clave) -> str:
    """Identificador en la página de esa parte o de todo el reporte."""
    return "-".join([clave[0], *filter(None, clave[1].split("."))])


def _solo(dato: Mapping[str, Any]) -> dict[str, Any]:
    return {campo: valor for campo, valor in dato.items() if campo != "evidencias"}


def _del_renglon(dato: Mapping[str, Any]) -> Iterator[str]:
    if dato["no_aplica"]:
        yield f"No aplica: {dato['motivo']}"
        return
    if dato["valor"] is not None:
        yield f"{dato['valor']} {dato['unidad']}".strip()
    yield dato["texto"]


def _de_la_accion(dato: Mapping[str, Any]) -> Iterator[str]:
    yield dato["textual"] if dato["declarado"] is None else f"{dato['declarado']} %"
    if dato["nota"]:
        yield dato["nota"]


def _de_la_evidencia(evidencia: Mapping[str, Any]) -> str:
    archivo = evidencia["archivo"]
    return f"Evidencia: {evidencia['titulo']} ({archivo['nombre'] if archivo else evidencia['liga']})"
