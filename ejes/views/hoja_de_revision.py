"""Lo que muestra la página donde se revisa un reporte: cada parte, su evidencia y lo que se dijo de ella."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from ejes import datos_sellados, permisos
from ejes.estados import EstadoReporte
from ejes.forms.revision import FormaDictamen, FormaEvidencia
from ejes.models import Dictamen, DictamenEvidencia, Entrega, Reporte, ReportePublicado
from ejes.revision import dictaminar
from ejes.revision.dictaminar import Revision
from ejes.revision.partes import DE_TODO, Clave, Diferencia, Parte, diferencias, partes_de, sueltas
from sesiones.forms.base import FormaMesa
from stl_portal.archivo import visor
from stl_portal.archivo.models import Archivo
from stl_portal.archivo.veredicto import ArchivoRechazado
from stl_portal.versiones import entero


@dataclass(frozen=True)
class Prueba:
    """Una evidencia junto a lo que respalda."""

    datos: Mapping[str, Any]
    archivo: Archivo | None
    dictamen: DictamenEvidencia | None
    forma: FormaEvidencia | None
    abierta: Mapping[str, Any] | None  # lo que se lee de ella, si es la que se está mirando


@dataclass(frozen=True)
class Tarjeta:
    """Un renglón o una acción con todo lo que hace falta para decidir."""

    parte: Parte
    dictamen: Dictamen | None
    heredado: bool
    diferencia: Diferencia | None
    previo: Dictamen | None  # lo que se observó de ella en el envío anterior, si desde entonces cambió
    publicada: Mapping[str, Any] | None
    pruebas: list[Prueba]
    forma: FormaDictamen | None

    @property
    def verificado(self) -> Decimal | None:
        """Lo que la revisión dio por verificado, si lo dijo."""
        return self.dictamen.verificado if self.dictamen else None

    @property
    def abierta(self) -> Prueba | None:
        """La evidencia que se está mirando junto a esta parte."""
        return next((p for p in self.pruebas if p.abierta), None)


@dataclass
class Hoja:
    """La página de una cuenta."""

    request: HttpRequest
    reporte: Reporte
    entrega: Entrega
    rechazada: FormaMesa | None = None

    @cached_property
    def revision(self) -> Revision:
        """Lo último que se envió con lo dicho hasta ahora."""
        return dictaminar.revision_de(self.entrega)

    @cached_property
    def conduce(self) -> bool:
        """Decide; la auditora solo lee."""
        return permisos.revisa(self.request.user, self.reporte, timezone.localdate())

    @property
    def decide(self) -> bool:
        """Si ahora puede decir algo."""
        return self.conduce and self.reporte.estado == EstadoReporte.ENVIADO

    @cached_property
    def _antes(self) -> Mapping[Clave, Parte]:
        anterior = self.revision.anterior
        return partes_de(datos_sellados.leer(anterior)) if anterior else {}

    @cached_property
    def _cambios(self) -> dict[Clave, Diferencia]:
        return diferencias(self._antes, self.revision.partes) if self.revision.anterior else {}

    @cached_property
    def previos(self) -> Mapping[Clave, Dictamen]:
        """Lo dicho en el envío anterior."""
        return dictaminar.propios(self.revision.anterior) if self.revision.anterior else {}

    @cached_property
    def _archivos(self) -> Mapping[str, Archivo]:
        huellas = [e["archivo"]["huella"] for e in self.revision.documento["evidencias"] if e["archivo"]]
        return Archivo.objects.in_bulk(huellas, field_name="huella")

    @cached_property
    def publicado(self) -> ReportePublicado | None:
        """Lo último que la institución publicó del eje en un bimestre anterior."""
        reporte = self.reporte
        filas = ReportePublicado.objects.filter(
            reporte__eje=reporte.eje_id, reporte__asiento=reporte.asiento_id
        )
        antes = filas.filter(reporte__bimestre__numero__lt=reporte.bimestre.numero)
        con_bimestre = antes.select_related("reporte__bimestre")
        return con_bimestre.order_by("reporte__bimestre__numero", "pk").last()

    @cached_property
    def _publicadas(self) -> Mapping[str, Mapping[str, Any]]:
        """Por indicador o por acción, lo que se publicó la última vez."""
        if self.publicado is None:
            return {}
        partes = partes_de(datos_sellados.leer(self.publicado)).values()
        return {p.clave[1] if p.de_accion else p.titulo: p.dato for p in partes}

    def tarjetas(self) -> Iterator[Tarjeta]:
        """Cada parte, en el orden en que se envió."""
        for clave, parte in self.revision.partes.items():
            dictamen, cambio = self.revision.dictamenes.get(clave), self._cambios.get(clave)
            yield Tarjeta(
                parte=parte,
                dictamen=dictamen,
                heredado=self.revision.heredado(clave),
                diferencia=cambio,
                previo=self.previos.get(clave) if cambio else None,
                publicada=self._publicadas.get(parte.clave[1] if parte.de_accion else parte.titulo),
                pruebas=[self._prueba(e, parte.ancla) for e in parte.evidencias],
                forma=self._forma(parte, dictamen),
            )

    def sueltas(self) -> list[Prueba]:
        """Las evidencias de todo el reporte."""
        return [self._prueba(e, DE_TODO[0]) for e in sueltas(self.revision.documento)]

    @property
    def forma_general(self) -> FormaDictamen | None:
        """Para observar todo el reporte."""
        return self._forma(None, self.revision.dictamenes.get(DE_TODO))

    def _forma(self, parte: Parte | None, dictamen: Dictamen | None) -> FormaDictamen | None:
        vacia = FormaDictamen(parte, dictamen)
        if isinstance(self.rechazada, FormaDictamen) and self.rechazada.auto_id == vacia.auto_id:
            return self.rechazada
        return vacia if self.decide else None

    def _prueba(self, evidencia: Mapping[str, Any], ancla: str) -> Prueba:
        dictamen = self.revision.evidencias.get(evidencia["id"])
        forma = FormaEvidencia(evidencia["id"], dictamen, en=ancla)
        mia = isinstance(self.rechazada, FormaEvidencia) and self.rechazada.auto_id == forma.auto_id
        archivo = self._archivos.get(evidencia["archivo"]["huella"]) if evidencia["archivo"] else None
        return Prueba(
            datos=evidencia,
            archivo=archivo,
            dictamen=dictamen,
            forma=self.rechazada if mia else (forma if self.decide else None),  # type: ignore[arg-type]
            abierta=leer(archivo) if archivo and self._mira(evidencia["id"], ancla) else None,
        )

    def _mira(self, pk: int, ancla: str) -> bool:
        pedida = self.request.GET
        return entero(pedida.get("ver")) == pk and pedida.get("en", ancla) == ancla


def leer(archivo: Archivo) -> dict[str, Any]:
    """Lo que el visor muestra del archivo; si no se puede leer aquí, solo su clase y el rechazo."""
    clase = visor.clase(archivo)
    abierta: dict[str, Any] = {"clase": clase}
    if clase != visor.DOCUMENTO:
        return abierta
    try:
        leido_ = visor.leer(archivo)
    except (ArchivoRechazado, FileNotFoundError):
        return abierta | {"rechazo": True}
    hojas = leido_.get("hojas", [])
    return (
        abierta | leido_ | ({"hoja": hojas[0], "hojas": hojas[:1], "demas": len(hojas) - 1} if hojas else {})
    )
