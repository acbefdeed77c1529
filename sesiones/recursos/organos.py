"""El órgano y lo que de él cambia con el tiempo: nombres, citas legales, reglas y numeración."""

from collections.abc import Iterable, Mapping
from typing import Any

from sesiones.models import CitaLegal, Denominacion, Frase, Organo, PuntoPlantilla, Regla, Serie
from stl_portal.traspaso.con_forma import ConForma
from stl_portal.traspaso.recurso import ORDINAL, Recurso

from .formas import minimos


class Organos(Recurso):
    """Secretariados, comisiones y grupos de trabajo."""

    clave = "organos"
    nombre = "Órganos"
    descripcion = "Un secretariado, una comisión o un grupo de trabajo."
    modelo = Organo
    numerada = True
    llave = ("clave",)
    fijas = {
        "clase": "de ella dependen sus reglas y sus páginas.",
        "ficticio": "lo ficticio nunca se vuelve real, ni al revés.",
    }


class Denominaciones(Recurso):
    """Cómo se ha llamado cada órgano."""

    clave = "denominaciones"
    nombre = "Nombres de los órganos"
    descripcion = "Cómo se llama un órgano entre dos fechas."
    modelo = Denominacion
    llave = ("organo", "vigente_desde")


class Citas(Recurso):
    """Los fundamentos que se imprimen."""

    clave = "citas-legales"
    nombre = "Citas legales"
    descripcion = "El fundamento que se imprime en una parte de los documentos, entre dos fechas."
    modelo = CitaLegal
    llave = ("organo", "clave", "vigente_desde")


class Reglas(ConForma):
    """Quórum, mayoría, plazos, firma: las reglas con su vigencia."""

    clave = "reglas"
    nombre = "Reglas"
    descripcion = "Las reglas con que funciona un órgano entre dos fechas."
    modelo = Regla
    formas = {"quorum_por_sector": minimos}
    llave = ("organo", "vigente_desde")


class Series(Recurso):
    """Hasta qué número va cada numeración."""

    clave = "series"
    nombre = "Series de numeración"
    descripcion = "El último número que se dio en una serie de sesiones."
    modelo = Serie
    llave = ("organo", "nombre")

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Un número ya dado no se vuelve a dar."""
        if antes and ahora["ultimo"] < antes["ultimo"]:
            yield "ultimo", f"No puede bajar: ya se dio el {antes['ultimo']}."


class Plantillas(Recurso):
    """El orden del día que se propone al programar."""

    clave = "plantillas"
    nombre = "Plantillas del orden del día"
    descripcion = "Un punto del orden del día que se propone para una clase de sesión."
    modelo = PuntoPlantilla
    llave = ("organo", "tipo_sesion", ORDINAL)


class Frases(Recurso):
    """Lo que se ofrece al escribir el desahogo."""

    clave = "frases"
    nombre = "Frases"
    descripcion = "Una frase que se ofrece al escribir; sin órgano, a todos."
    modelo = Frase
    llave = ("organo", "nombre", ORDINAL)


TODOS = (Organos, Denominaciones, Citas, Reglas, Series, Plantillas, Frases)
