"""El reporte como se llena: cada renglón y cada acción con lo escrito, lo anterior y lo observado."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ejes.cortes.publicar import leido
from ejes.datos_sellados import escribir_cifra, leer
from ejes.estados import EstadoReporte, Veredicto
from ejes.models import (
    Accion,
    AvanceReportado,
    Corte,
    Dictamen,
    Entrega,
    Pregunta,
    RenglonFormato,
    Reporte,
    Respuesta,
)
from ejes.reportes import entregado
from sesiones.acta.cotejo import Tramo, palabra_por_palabra


def en_palabras(texto: str, valor: str | None, unidad: str, motivo: str) -> str:
    """Una respuesta en texto llano: el número con su unidad y lo escrito, o por qué no aplica."""
    if motivo:
        return f"No aplica: {motivo}"
    numero = f"{valor} {unidad}".strip() if valor is not None else ""
    return "\n\n".join(filter(None, (numero, texto)))


def avance_en_palabras(declarado: str | None, textual: str, nota: str) -> str:
    """Un avance en texto llano: el porcentaje o las palabras, y la nota."""
    dicho = f"{declarado} %" if declarado is not None else textual
    return "\n\n".join(filter(None, (dicho, nota)))


@dataclass(frozen=True)
class Fila:
    """Un renglón del formato en este reporte. `anterior` y `enviado` son renglones de un documento."""

    renglon: RenglonFormato
    pregunta: Pregunta | None
    guardada: Respuesta
    anterior: dict[str, Any] | None = None
    enviado: dict[str, Any] | None = None
    observacion: Dictamen | None = None

    @property
    def clave(self) -> str:
        """Con la que sus campos se distinguen de los demás: «r3»."""
        return f"r{self.renglon.orden}"

    @property
    def url(self) -> str:
        """Donde se llena."""
        return f"{url_de(self.guardada.reporte, 'indicadores')}#{self.clave}"

    @property
    def titulo(self) -> str:
        """«3. Solicitudes atendidas»."""
        return str(self.renglon)

    @property
    def se_pregunta(self) -> str:
        """La pregunta propia del eje o, si no tiene, la del formato."""
        return self.pregunta.texto if self.pregunta else self.renglon.pregunta

    @property
    def unidad(self) -> str:
        """En qué se cuenta; vacía si no pide un número."""
        return self.renglon.unidad_de(self.pregunta)

    @property
    def falta(self) -> str:
        """Qué le falta para poder enviarse; vacío si nada."""
        dicha = self.guardada
        if dicha.no_aplica and dicha.motivo:
            return ""
        if dicha.vacia:
            return "responde o di por qué no aplica" if self.renglon.obligatorio else ""
        return f"escribe el número de {self.unidad}" if self.unidad and dicha.valor is None else ""

    @property
    def dicha(self) -> str:
        """La respuesta guardada, como se lee."""
        r = self.guardada
        return en_palabras(r.texto, escribir_cifra(r.valor), self.unidad, r.motivo if r.no_aplica else "")

    @property
    def cambios(self) -> tuple[Tramo, ...]:
        """Lo que va cambiando de lo que se envió, palabra por palabra; vacío si nada."""
        e = self.enviado
        antes = en_palabras(e["texto"], e["valor"], e["unidad"], e["motivo"]) if e else self.dicha
        return palabra_por_palabra(antes, self.dicha) if antes != self.dicha else ()


@dataclass(frozen=True)
class FilaDeAccion:
    """Una acción en este reporte. `anterior` y `enviado` son avances de un documento."""

    accion: Accion
    guardada: AvanceReportado
    anterior: dict[str, Any] | None = None
    enviado: dict[str, Any] | None = None
    observacion: Dictamen | None = None

    @property
    def clave(self) -> str:
        """Con la que sus campos se distinguen de los demás: «a12»."""
        return f"a{self.accion.pk}"

    @property
    def url(self) -> str:
        """Donde se llena."""
        return f"{url_de(self.guardada.reporte, 'avances')}#{self.clave}"

    @property
    def titulo(self) -> str:
        """«1.5.3 Texto de la acción»."""
        return str(self.accion)

    @property
    def falta(self) -> str:
        """Qué le falta para poder enviarse; vacío si nada."""
        return "escribe un porcentaje o dilo con palabras" if self.guardada.vacio else ""

    @property
    def dicha(self) -> str:
        """El avance guardado, como se lee."""
        a = self.guardada
        return avance_en_palabras(escribir_cifra(a.declarado), a.textual, a.nota)

    @property
    def cambios(self) -> tuple[Tramo, ...]:
        """Lo que va cambiando de lo que se envió, palabra por palabra; vacío si nada."""
        e = self.enviado
        antes = avance_en_palabras(e["declarado"], e["textual"], e["nota"]) if e else self.dicha
        return palabra_por_palabra(antes, self.dicha) if antes != self.dicha else ()


@dataclass(frozen=True)
class Requisito:
    """Algo que debe estar para enviar, como lo pinta `componentes/lista_tareas.html`."""

    texto: str
    hecha: bool
    url: str
    detalle: str = ""


@dataclass(frozen=True)
class Antecedentes:
    """De dónde se toma lo que se muestra junto a cada respuesta."""

    anterior: Entrega | None
    ultima: Entrega | None
    dictamenes: tuple[Dictamen, ...]

    @property
    def general(self) -> Dictamen | None:
        """Lo observado sobre todo el reporte."""
        return next((d for d in self.dictamenes if not d.renglon_id and not d.accion_id), None)


def antecedentes(reporte: Reporte) -> Antecedentes:
    """Lo enviado el bimestre anterior, lo último enviado de este y lo que se le observó."""
    ultima = reporte.entregas.order_by("-numero").first()
    dichos: Iterable[Dictamen] = ()
    if ultima and reporte.estado == EstadoReporte.OBSERVADO:
        dichos = ultima.dictamenes.filter(veredicto=Veredicto.OBSERVADO).select_related("por")
    return Antecedentes(anterior(reporte), ultima, tuple(dichos))


def anterior(reporte: Reporte) -> Entrega | None:
    """Lo último que se envió de un bimestre anterior del mismo eje y asiento."""
    previas = Entrega.objects.filter(
        reporte__eje=reporte.eje_id,
        reporte__asiento=reporte.asiento_id,
        reporte__bimestre__numero__lt=reporte.bimestre.numero,
    )
    en_orden = previas.order_by("-reporte__bimestre__numero", "-numero")
    return en_orden.select_related("reporte__bimestre").first()


def filas(reporte: Reporte, antes: Antecedentes) -> list[Fila]:
    """Los renglones del formato en su orden; ninguno si el bimestre no tiene formato."""
    formato = reporte.bimestre.formato
    if formato is None:
        return []
    preguntas = {p.renglon_id: p for p in reporte.eje.preguntas.filter(renglon__formato=formato)}
    guardadas = {r.renglon_id: r for r in reporte.respuestas.select_related("editado_por")}
    previos, enviados = (
        _por(antes.anterior, "renglones", "indicador"),
        _por(antes.ultima, "renglones", "orden"),
    )
    observados = {d.renglon_id: d for d in antes.dictamenes}
    return [
        Fila(
            renglon,
            preguntas.get(renglon.pk),
            guardadas.get(renglon.pk) or Respuesta(reporte=reporte, renglon=renglon),
            _si_dice(previos.get(renglon.indicador)),
            enviados.get(renglon.orden),
            observados.get(renglon.pk),
        )
        for renglon in formato.renglones.order_by("orden")
    ]


def acciones(reporte: Reporte, antes: Antecedentes) -> list[FilaDeAccion]:
    """Las acciones de las que responde la institución en el eje, en su orden."""
    guardados = {a.accion_id: a for a in reporte.avances.select_related("editado_por")}
    suyas = entregado.acciones_de(reporte)
    del_corte = _del_ultimo_corte(reporte)
    previos, enviados = _por(antes.anterior, "avances", "codigo"), _por(antes.ultima, "avances", "codigo")
    observados = {d.accion_id: d for d in antes.dictamenes}
    return [
        FilaDeAccion(
            accion,
            guardados.get(accion.pk) or AvanceReportado(reporte=reporte, accion=accion),
            previos.get(accion.codigo) or del_corte.get(accion.codigo),
            enviados.get(accion.codigo),
            observados.get(accion.pk),
        )
        for accion in suyas
    ]


def _del_ultimo_corte(reporte: Reporte) -> dict[str, dict[str, Any]]:
    """Lo que publicó de cada acción el corte vigente más nuevo, para quien reporta por primera vez."""
    vigentes = Corte.objects.vigentes().filter(plan=reporte.eje.plan_id)
    corte = vigentes.select_related("publicacion").last()
    if corte is None:
        return {}
    return {
        a.codigo: {
            "de": corte.nombre,
            "declarado": escribir_cifra(a.declarado),
            "textual": a.textual,
            "nota": a.nota,
        }
        for a in leido(corte.publicacion).acciones
        if a.declarado is not None or a.textual or a.nota
    }


def _por(entrega: Entrega | None, parte: str, campo: str) -> dict[Any, dict[str, Any]]:
    """Lo de esa parte del documento, por uno de sus campos; `de` dice de qué bimestre es."""
    if entrega is None:
        return {}
    de = str(entrega.reporte.bimestre)
    return {cosa[campo]: cosa | {"de": de} for cosa in leer(entrega)[parte]}


def _si_dice(renglon: dict[str, Any] | None) -> dict[str, Any] | None:
    """El renglón anterior, salvo que se haya quedado en blanco."""
    dice = renglon and (renglon["texto"] or renglon["valor"] is not None or renglon["motivo"])
    return renglon if dice else None


def lo_que_falta_para_enviar(reporte: Reporte) -> list[Requisito]:
    """Cada renglón y cada acción, con lo que le falta. Número fijo de consultas."""
    nada = Antecedentes(None, None, ())
    todas: list[Fila | FilaDeAccion] = [*filas(reporte, nada)]
    todas.extend(acciones(reporte, nada))
    return requisitos(todas)


def requisitos(todas: "Iterable[Fila | FilaDeAccion]") -> list[Requisito]:
    """Como `lo_que_falta_para_enviar`, con las filas ya leídas."""
    return [Requisito(fila.titulo, not fila.falta, fila.url, fila.falta) for fila in todas]


def url_de(reporte: Reporte, paso: str) -> str:
    """La página de ese paso."""
    return reverse(f"reportes:{paso}", args=(reporte.pk,))
