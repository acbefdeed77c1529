"""Lo que la forma de revisión muestra de entrada: la propuesta con las personas y asientos ya reconocidos."""

from collections.abc import Iterable, Mapping
from typing import Any

from sesiones.models import Asiento, Organo

from . import reconocer
from .estados import CON_ASIENTO
from .forms.filas import Opciones
from .models import ActaPorTranscribir
from .reconocer import Conocidas

Propuesta = Mapping[str, Any]


def ruta(partes: Iterable[int]) -> str:
    """(4, 1) → «4.1»."""
    return ".".join(map(str, partes))


class Reconocida:
    """La propuesta de un acta cotejada con lo registrado. Hace un número fijo de consultas."""

    def __init__(
        self, acta: ActaPorTranscribir, nombres: Iterable[str] = (), instituciones: Iterable[str] = ()
    ) -> None:
        """`nombres` e `instituciones` son los que la persona escribió al corregir."""
        self.propuesta: Propuesta = acta.propuesta
        self.organo: Organo = acta.organo
        self._personas, self._instituciones = reconocer.personas(), reconocer.instituciones()
        self._asientos = list(acta.organo.asientos.select_related("institucion").order_by("orden", "pk"))
        escritos = [f["valor"] for f in self.propuesta["asistentes"]]
        self._nombres = {*(f["nombre"] for f in escritos), *nombres}
        self._escritas = {*(f["institucion"] for f in escritos), *instituciones}

    def opciones(self) -> Opciones:
        """Lo que se ofrece en cada renglón."""
        return Opciones(
            personas={
                n: [(f"p{pk}", f"Es {nombre}") for pk, nombre in self._personas.parecidas(n)]
                for n in self._nombres
            },
            asientos=[(f"a{a.pk}", _dicho(a)) for a in self._asientos],
            instituciones={i: self._sin_asiento(i) for i in self._escritas},
        )

    def _sin_asiento(self, escrita: str) -> list[tuple[str, str]]:
        con_asiento = {a.institucion_id for a in self._asientos}
        parecidas = self._instituciones.parecidas(escrita)
        return [
            (f"i{pk}", f"{n} (sin asiento en este órgano)") for pk, n in parecidas if pk not in con_asiento
        ]

    def iniciales(self) -> dict[str, Any]:
        """Campo por campo, para las formas."""
        return {
            "datos": self._datos(),
            "asistentes": [self._asistente(f["valor"]) for f in self.propuesta["asistentes"]],
            "puntos": [{**f["valor"], "ruta": ruta(f["valor"]["ruta"])} for f in self.propuesta["puntos"]],
            "acuerdos": [_con_punto(f["valor"]) for f in self.propuesta["acuerdos"]],
            "votos": [_voto(f["valor"]) for f in self.propuesta["votos"]],
            "oficios": [_con_punto(f["valor"]) for f in self.propuesta["oficios"]],
            "plazos": [_plazo(f["valor"]) for f in self.propuesta["plazos"]],
            "firmantes": [f["valor"] for f in self.propuesta["firmantes"]],
        }

    def _datos(self) -> dict[str, Any]:
        campos = ("tipo", "numero", "fecha", "inicio", "cierre", "modalidad", "lugar", "domicilio")
        return {c: self.propuesta[c]["valor"] for c in campos if self.propuesta[c]}

    def _asistente(self, valor: dict[str, Any]) -> dict[str, Any]:
        """Con su persona y su asiento, solo si no hay duda de cuáles son."""
        persona = self._personas.exacta(valor["nombre"])
        inicial = {**valor, "lugar": valor["calidad"], "persona": f"p{persona}" if persona else ""}
        if valor["calidad"] in CON_ASIENTO and (asiento := self._asiento(valor)):
            inicial["asiento"] = f"a{asiento.pk}"
        return inicial

    def _asiento(self, valor: dict[str, Any]) -> Asiento | None:
        """El de esa institución, si es uno solo; el de quien facilita, por su función."""
        cual = self._instituciones.exacta(valor["institucion"])
        suyos = [a for a in self._asientos if a.institucion_id == cual]
        if valor["calidad"] == "facilitadora":
            suyos = [a for a in self._asientos if a.facilita]
        return suyos[0] if len(suyos) == 1 else None

    @property
    def conocidas(self) -> tuple[Conocidas, Conocidas]:
        """Las personas y las instituciones registradas."""
        return self._personas, self._instituciones


def _dicho(asiento: Asiento) -> str:
    """«Poder Judicial», y hasta cuándo si ya terminó."""
    hasta = f", hasta el {asiento.vigente_hasta:%d/%m/%Y}" if asiento.vigente_hasta else ""
    facilita = " (facilitación)" if asiento.facilita else ""
    return f"{asiento.institucion.nombre}{facilita}{hasta}"


def _con_punto(valor: dict[str, Any]) -> dict[str, Any]:
    return {**valor, "punto": ruta(valor["punto"])}


def _plazo(valor: dict[str, Any]) -> dict[str, Any]:
    return {**_con_punto(valor), "acuerdo": valor["acuerdo"] or None}


def _voto(valor: dict[str, Any]) -> dict[str, Any]:
    favor, contra, abstenciones = valor["conteo"] or (None, None, None)
    forma = "unanimidad" if valor["forma"] == "unanimidad" else "conteo"
    return {
        **_plazo(valor),
        "forma": forma,
        "a_favor": favor,
        "en_contra": contra,
        "abstenciones": abstenciones,
    }
