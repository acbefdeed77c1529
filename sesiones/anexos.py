"""Los anexos que se publican: completos, testados o retirados, y qué le falta a cada uno.

Solo son públicos cuando el acta ya lo es. La última fila de `AnexoPublicado` es la que vale.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery

from sesiones import constancia_de_anexos
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Acta, Anexo, AnexoPublicado, Sesion
from stl_portal.archivo import almacen, testado, vitrina
from stl_portal.archivo.models import Archivo, CopiaPublica, ZonaTestada
from stl_portal.archivo.tipos import POR_MIME

SIN_PUBLICAR, COMPLETO, TESTADO, RETIRADO = "sin_publicar", "completo", "testado", "retirado"
SIN_ARCHIVO = "Falta el archivo: agrégalo en el desahogo."
SIN_ACTA = "Los anexos se publican cuando el acta ya está publicada."
CON_MARCAS = "Tiene datos marcados: publícalo testado, o quita las marcas si no hay datos personales."
SIN_MARCAS = "No has marcado ningún dato."
NO_SE_TESTA = "Aquí no se puede testar este tipo de archivo. Conviértelo a PDF para testarlo."
CAMBIARON = "Las marcas cambiaron mientras revisabas la copia. Mírala otra vez antes de publicarla."


@dataclass(frozen=True)
class Renglon:
    """Un anexo y cómo está ante el público."""

    anexo: Anexo
    publicacion: AnexoPublicado | None
    zonas: list[dict[str, Any]] = field(default_factory=list)  # número, página, motivo y fundamento
    marcas: int = 0  # lo marcado para testar, publicado o no

    @property
    def estado(self) -> str:
        """Una de las cuatro constantes de este módulo."""
        if self.publicacion is None:
            return SIN_PUBLICAR
        if self.publicacion.archivo is None:
            return RETIRADO
        return TESTADO if self.zonas else COMPLETO

    @property
    def dicho(self) -> str:
        """El estado en palabras."""
        if self.estado == TESTADO:
            cuantos = len(self.zonas)
            return f"Publicado con {cuantos} {'dato testado' if cuantos == 1 else 'datos testados'}"
        return {
            SIN_PUBLICAR: "Sin publicar",
            COMPLETO: "Publicado completo",
            RETIRADO: "Retirado",
        }[self.estado]

    @property
    def tono(self) -> str:
        """El de `componentes/etiqueta.html`."""
        return {SIN_PUBLICAR: "neutro", RETIRADO: "alerta"}.get(self.estado, "exito")

    @property
    def clave(self) -> str:
        """Para distinguirlo de los demás en la página."""
        return str(self.anexo.pk)

    @property
    def tipo(self) -> str:
        """El formato en que se descarga: «PDF»."""
        return POR_MIME[self.archivo.tipo].nombre if self.archivo else ""

    @property
    def archivo(self) -> Archivo | None:
        """Lo que cualquiera descarga."""
        return self.publicacion.archivo if self.publicacion else None


def renglones(anexos: Iterable[Anexo]) -> list[Renglon]:
    """Cada anexo con su última publicación y sus marcas, en tres consultas."""
    filas = list(anexos)
    publicadas = AnexoPublicado.objects.filter(anexo__in=[fila.pk for fila in filas]).select_related(
        "archivo"
    )
    ultimas = {fila.anexo_id: fila for fila in publicadas.order_by("pk")}
    originales = [fila.archivo_id for fila in filas if fila.archivo_id]
    hechas = CopiaPublica.objects.filter(original__in=originales).order_by("pk")
    copias = {(copia.original_id, copia.publico_id): copia.zonas for copia in hechas}
    marcadas = ZonaTestada.objects.filter(archivo__in=originales).order_by()
    marcas = dict(marcadas.values_list("archivo").annotate(Count("pk")))
    return [
        Renglon(
            fila,
            ultima := ultimas.get(fila.pk),
            copias.get((fila.archivo_id or 0, (ultima.archivo_id or 0) if ultima else 0), []),
            marcas.get(fila.archivo_id, 0),
        )
        for fila in filas
    ]


def renglon(anexo: Anexo) -> Renglon:
    """Como `renglones`, de uno solo."""
    return renglones([anexo])[0]


def es_publico(archivo: Archivo) -> bool:
    """Si es con el que hoy se publica algún anexo de un acta pública."""
    ultima = AnexoPublicado.objects.filter(anexo=OuterRef("anexo")).order_by("-pk").values("pk")[:1]
    vigentes = AnexoPublicado.objects.filter(archivo=archivo, pk=Subquery(ultima))
    return vigentes.filter(anexo__sesion__actas__estado__in=ACTA_PUBLICA).exists()


def acta_publicada(sesion: Sesion) -> bool:
    """Si cualquiera lee ya el acta de la sesión."""
    return Acta.objects.filter(sesion=sesion, estado__in=ACTA_PUBLICA).exists()


def lo_que_impide(fila: Renglon, modo: str, *, con_acta: bool) -> Iterator[str]:
    """Por qué no se puede publicar de ese modo (`COMPLETO` o `TESTADO`) o retirar."""
    archivo = fila.anexo.archivo
    if modo == RETIRADO:
        if fila.archivo is None:
            yield "No está publicado."
        return
    if archivo is None:
        yield SIN_ARCHIVO
        return
    if not con_acta:
        yield SIN_ACTA
    if modo == COMPLETO and fila.marcas:
        yield CON_MARCAS
    if modo == TESTADO and not testado.se_puede(archivo):
        yield NO_SE_TESTA
    elif modo == TESTADO and not fila.marcas:
        yield SIN_MARCAS


def copia_publica(anexo: Anexo) -> tuple[bytes, list[ZonaTestada]]:
    """Los bytes que se publicarían con lo marcado hoy, y las zonas con su orden. `ArchivoRechazado`.

    Hacerla dos veces con las mismas zonas da los mismos bytes. De una imagen se hace también para
    publicarla completa: así se va sin metadatos.
    """
    zonas = list(_de(anexo).zonas.all())
    with almacen.a_la_mano(_de(anexo)) as ruta:
        return testado.testar(ruta, _de(anexo).tipo, zonas), zonas


def tabla(zonas: Sequence[ZonaTestada]) -> list[dict[str, Any]]:
    """Lo que de cada zona es público, numerado como en la copia."""
    return [
        {"numero": n, "pagina": z.pagina, "motivo": z.motivo, "fundamento": z.fundamento}
        for n, z in enumerate(zonas, start=1)
    ]


def publicar_completo(anexo: Anexo, por: Any, cuando: dt.datetime, motivo: str = "") -> AnexoPublicado:
    """Publica el archivo tal cual; una imagen, sin sus metadatos.

    Lanza `ValidationError` con lo que lo impide y `ArchivoRechazado` si la imagen no se pudo leer.
    """
    _exigir(anexo, COMPLETO)
    original = _de(anexo)
    if not original.tipo.startswith("image/"):
        return _asentar(anexo, COMPLETO, original, por, cuando, motivo)
    contenido, zonas = copia_publica(anexo)
    return _con_copia(anexo, COMPLETO, contenido, zonas, por, cuando, motivo)


def publicar_testado(
    anexo: Anexo,
    contenido: bytes,
    zonas: Sequence[ZonaTestada],
    por: Any,
    cuando: dt.datetime,
    motivo: str = "",
) -> AnexoPublicado:
    """Publica la copia que dio `copia_publica`. Lanza `ValidationError` si no se puede o cambió algo."""
    return _con_copia(anexo, TESTADO, contenido, zonas, por, cuando, motivo)


def retirar(anexo: Anexo, por: Any, cuando: dt.datetime, motivo: str) -> AnexoPublicado:
    """Deja de entregarlo; queda dicho por qué. Lanza `ValidationError`."""
    return _asentar(anexo, RETIRADO, None, por, cuando, motivo)


def _con_copia(
    anexo: Anexo,
    modo: str,
    contenido: bytes,
    zonas: Sequence[ZonaTestada],
    por: Any,
    cuando: dt.datetime,
    motivo: str,
) -> AnexoPublicado:
    """Guarda la copia y la publica, si las marcas siguen siendo las mismas."""
    original = _de(anexo)
    # Sin el nombre ni el título del original: también podrían decir el dato.
    nombre = f"{anexo.sesion.clave}-anexo-{anexo.pk}-version-publica{PurePosixPath(original.nombre).suffix}"
    publico = almacen.guardar_propio(contenido, nombre, por)
    with transaction.atomic():
        if tabla(list(original.zonas.all())) != tabla(zonas):
            raise ValidationError(CAMBIARON)
        CopiaPublica.objects.create(original=original, publico=publico, zonas=tabla(zonas), hecha_por=por)
        return _asentar(anexo, modo, publico, por, cuando, motivo)


def _asentar(
    anexo: Anexo, modo: str, archivo: Archivo | None, por: Any, cuando: dt.datetime, motivo: str
) -> AnexoPublicado:
    """La fila y su eslabón; lo que se entregaba antes deja de entregarse en ese mismo momento."""
    with transaction.atomic():
        anexo = (
            Anexo.objects.select_for_update(of=("self",)).select_related("sesion", "archivo").get(pk=anexo.pk)
        )
        _exigir(anexo, modo)
        anterior = renglon(anexo)
        if archivo is not None and anterior.archivo == archivo:
            raise ValidationError("Ya está publicado exactamente así.")
        if anterior.publicacion is not None and not motivo.strip():
            raise ValidationError({"motivo": "Escribe por qué se retira o se cambia."})
        if anterior.archivo is not None:
            vitrina.retirar(anterior.archivo)
        fila = AnexoPublicado(anexo=anexo, archivo=archivo, publicado_el=cuando, publicado_por=por)
        fila.motivo = motivo.strip()
        fila.clean_fields(exclude=["archivo", "publicado_por", "eslabon"])
        constancia_de_anexos.anotar(fila)
        fila.save(force_insert=True)
    return fila


def _exigir(anexo: Anexo, modo: str) -> None:
    """Lanza `ValidationError` con todo lo que lo impide."""
    impide = list(lo_que_impide(renglon(anexo), modo, con_acta=acta_publicada(anexo.sesion)))
    if impide:
        raise ValidationError(impide)


def _de(anexo: Anexo) -> Archivo:
    """Su archivo. Lanza `ValidationError` si no lo tiene."""
    if anexo.archivo is None:
        raise ValidationError(SIN_ARCHIVO)
    return anexo.archivo
