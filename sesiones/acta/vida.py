"""La vida del acta, de borrador a publicada: en qué etapa va, qué sigue y qué falta para eso."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from sesiones import aprobacion, firmar, ronda, sellar
from sesiones.acta.edicion import Borrador
from sesiones.estados import ClaseFirma, EstadoActa, ViaAprobacion
from sesiones.faltantes import Falta
from sesiones.models import Acta, Firma, LugarDeFirma, Punto, Ronda, Sello, Sesion
from stl_portal.espanol import enumerar, fecha_larga

A = EstadoActa
ETAPAS = ("Borrador", "Revisión", "Aprobación", "Sello", "Firmas", "Publicación")
OMITIDA = "No se circuló"
# Cuántas etapas quedaron atrás en cada estado.
HECHAS = {
    A.BORRADOR: 0,
    A.CIRCULADA: 1,
    A.OBSERVADA: 1,
    A.REVISADA: 2,
    A.APROBADA: 3,
    A.POR_FIRMAR: 4,
    A.FIRMADA: 5,
    A.PUBLICADA: 6,
    A.SUSTITUIDA: 6,
}


@dataclass(frozen=True)
class Etapa:
    """Un peldaño de la vida del acta, como lo pinta `componentes/pasos.html`."""

    texto: str
    estado: str
    detalle: str = ""


@dataclass(frozen=True)
class Siguiente:
    """Lo único que sigue: su botón, su explicación y lo que falta para poder hacerlo.

    `url` recibe un POST si `enviar`; si no, es una página.
    """

    accion: str
    url: str
    explica: str
    para: str = ""
    faltas: tuple[Falta, ...] = ()
    enviar: bool = False

    @property
    def impedido(self) -> bool:
        """Si algo de lo que falta es indispensable."""
        return any(falta.impide for falta in self.faltas)


@dataclass(frozen=True)
class Firmante:
    """Un lugar de la hoja de firmas: quién, en qué va y de qué modo firmó."""

    lugar: LugarDeFirma
    firma: Firma | None

    @property
    def estado(self) -> str:
        """«Firmó», «Se negó» o «Falta»."""
        if self.firma is None:
            return "Falta"
        return "Se negó a firmar" if self.firma.clase == ClaseFirma.NEGADA else "Firmó"

    @property
    def tono(self) -> str:
        """El de `componentes/etiqueta.html`."""
        return {"Falta": "neutro", "Firmó": "exito"}.get(self.estado, "alerta")

    @property
    def como(self) -> str:
        """De qué modo, con lo que del certificado se puede publicar; si se negó, por qué."""
        return como(self.firma) if self.firma else ""


def como(firma: Firma) -> str:
    """Una frase con el modo de firmar y, si se pidió estampa de tiempo, si la tiene."""
    return "; ".join(filter(None, (_modo(firma), firma.detalle.get("estampa"))))


def _modo(firma: Firma) -> str:
    detalle = firma.detalle
    match firma.clase:
        case ClaseFirma.NEGADA:
            return f"Motivo: {firma.motivo}"
        case ClaseFirma.AUTOGRAFA:
            return "Firma autógrafa; el órgano conserva la hoja escaneada"
        case ClaseFirma.SIMPLE:
            return f"Firma electrónica simple, con {detalle['metodo']}"
    return (
        f"Firma electrónica avanzada, certificado {detalle['serie']} de {detalle['emisor']}; "
        f"revocación {detalle['revocacion']}"
    )


def hoja_de(sello: Sello) -> list[Firmante]:
    """Los lugares de la hoja de firmas, en su orden, en dos consultas."""
    return [Firmante(lugar, lugar.resuelto) for lugar in sello.lugares.prefetch_related("firmas")]


def cuantas(hoja: list[Firmante]) -> str:
    """«7 de 8» mientras nadie se niegue; si no, «7 firmaron, 1 se negó», y cuántas faltan."""
    firmaron = sum(f.estado == "Firmó" for f in hoja)
    faltan = sum(f.firma is None for f in hoja)
    negadas = len(hoja) - firmaron - faltan
    if not negadas:
        return f"{firmaron} de {len(hoja)}"
    firmo, nego = "firmó" if firmaron == 1 else "firmaron", "negó" if negadas == 1 else "negaron"
    dicho = f"{firmaron} {firmo}, {negadas} se {nego}"
    return f"{dicho}, {'falta' if faltan == 1 else 'faltan'} {faltan}" if faltan else dicho


def acta_de(sesion: Sesion) -> Acta:
    """La versión en que se trabaja, sin crearla: una sesión sin acta tiene un borrador por escribir."""
    ultima = Acta.objects.select_related("sello__pdf", "sello__publicacion__pdf").filter(sesion=sesion).last()
    acta = ultima or Acta(sesion=sesion)
    acta.sesion = sesion
    return acta


def versiones_selladas(sesion: Sesion) -> list[Sello]:
    """Las versiones selladas, de la más reciente a la primera, sin sus bytes."""
    filas = Sello.objects.filter(acta__sesion=sesion).defer("documento", "xml")
    return list(filas.select_related("acta", "pdf", "publicacion__pdf").order_by("-acta__version"))


def sello_de(acta: Acta) -> Sello | None:
    """El sello de esa versión, si ya se selló."""
    sello: Sello | None = getattr(acta, "sello", None)
    return sello


def etapas(acta: Acta, ronda: Ronda | None, hoja: list[Firmante]) -> list[Etapa]:
    """Las seis etapas, con lo que de cada una se sabe."""
    hechas = HECHAS[EstadoActa(acta.estado)]
    detalles = dict(_detalles(acta, ronda, hoja))
    return [
        Etapa(
            texto,
            _estado(texto, lugar, hechas, detalles),
            detalles.get(texto, ""),
        )
        for lugar, texto in enumerate(ETAPAS)
    ]


def _estado(texto: str, lugar: int, hechas: int, detalles: dict[str, str]) -> str:
    """Una etapa que quedó atrás sin hacerse está omitida, no hecha."""
    if lugar < hechas:
        return "omitida" if detalles.get(texto) == OMITIDA else "hecho"
    return "actual" if lugar == hechas else "pendiente"


def _detalles(acta: Acta, ronda: Ronda | None, hoja: list[Firmante]) -> Iterator[tuple[str, str]]:
    if ronda and ronda.cerrada_el is None:
        yield "Revisión", f"Hasta el {ronda.vence:%d/%m/%Y}" if ronda.vence else "Abierta, sin plazo"
    elif ronda is None and not acta.en_trabajo:
        yield "Revisión", OMITIDA
    if acta.aprobada_el:
        yield "Aprobación", f"{acta.aprobada_el:%d/%m/%Y}"
    sello = sello_de(acta)
    if sello:
        yield "Sello", f"{timezone.localdate(sello.sellado_el):%d/%m/%Y}"
        yield "Firmas", cuantas(hoja)
        if acta.publica:
            yield "Publicación", f"{timezone.localdate(sello.publicacion.publicada_el):%d/%m/%Y}"


def siguiente(
    acta: Acta, borrador: Borrador | None, faltas: list[Falta], ultima: Ronda | None = None
) -> Siguiente | None:
    """Lo que sigue según el estado; None si ya se publicó.

    `faltas` es lo que falta para circular y `ultima`, su última ronda; solo cuentan mientras se trabaja
    el borrador.
    """
    match acta.estado:
        case A.APROBADA:
            return _por_sellar(acta, borrador)
        case A.POR_FIRMAR | A.FIRMADA:
            return _por_publicar(acta)
        case A.PUBLICADA | A.SUSTITUIDA:
            return None
    pendiente = ronda.pendiente(ultima, borrador) if ultima and borrador else None
    return _en_trabajo(acta, pendiente, faltas)


def _en_trabajo(acta: Acta, pendiente: ronda.Pendiente | None, faltas: list[Falta]) -> Siguiente:
    """Aprobarla, si ya tiene con qué; si no, circularla o esperar la revisión."""
    vias = aprobacion.vias_posibles(acta) if acta.pk else []
    punto = None if vias else aprobacion.punto_que_la_aprobo(acta)
    if vias or punto:
        via = vias[0] if vias else ViaAprobacion.MISMA
        return Siguiente("Aprobar el acta", _url(acta, "aprobar"), prueba(acta, via), "aprobar", enviar=True)
    if acta.estado == A.CIRCULADA:
        return Siguiente(
            "Ver cómo va la revisión",
            _url(acta, "revision"),
            "El borrador está circulando. Cuando se cierre la revisión podrás seguir.",
            "cerrar la revisión",
            tuple(_sin_responder(acta)),
        )
    if pendiente:
        return _tras_la_ronda(acta, pendiente, faltas)
    return Siguiente(
        "Circular a revisión",
        _url(acta, "revision"),
        f"Quienes revisan reciben un correo con la liga y comentan párrafo por párrafo.{_se_vota(acta)}",
        "circular",
        tuple(faltas),
    )


def _tras_la_ronda(acta: Acta, pendiente: ronda.Pendiente, faltas: list[Falta]) -> Siguiente:
    """Atender, circular otra vez o aprobar, con las mismas palabras que la página de la revisión."""
    para, que_falta = ("circular", faltas) if pendiente.sin_terminar else ("aprobar", por_aprobar(acta))
    return Siguiente(
        pendiente.accion,
        _url(acta, "revision"),
        f"{pendiente.titulo}. {pendiente.explica}{_se_vota(acta)}",
        para,
        tuple(que_falta),
    )


def _sin_responder(acta: Acta) -> Iterator[Falta]:
    """Quienes no han respondido en la ronda abierta."""
    ultima = acta.rondas.last()
    for revisor in ultima.faltan() if ultima else []:
        yield Falta(f"{revisor.nombre} no ha respondido.", _url(acta, "revision"))


def por_aprobar(acta: Acta) -> Iterator[Falta]:
    """Qué falta para aprobarla por la vía que prevén las reglas."""
    if acta.sesion.regla.aprobacion == ViaAprobacion.CORREO:
        for frase in aprobacion.lo_que_impide_por_correo(acta):
            yield Falta(frase, _url(acta, "revision"), impide=True)
        return
    donde = _la_lleva(acta)
    if donde:
        yield Falta(
            f"Se aprueba al cerrarse la {donde.designacion}, que la lleva en su orden del día.",
            donde.siguiente_url,
            impide=True,
        )
    else:
        sigue = "agrégala al orden del día de la que sigue"
        if acta.version > 1:
            sigue = "al programar la que sigue, se agrega sola a su orden del día"
        yield Falta(
            f"Ninguna sesión la ha aprobado: {sigue}.",
            reverse("registros:sesiones", args=(acta.sesion.organo.clave,)),
            impide=True,
        )


def _la_lleva(acta: Acta) -> Sesion | None:
    """La sesión que trae su aprobación en el orden del día y aún no la decide."""
    puntos = acta.sesion.se_aprueba_en.select_related("sesion__organo").order_by("-sesion__fecha", "-pk")
    return next((punto.sesion for punto in puntos if acta.la_vota(punto.sesion)), None)


def _se_vota(acta: Acta) -> str:
    """De una fe de erratas, que la aprobación de la versión anterior no le sirve y dónde será la suya."""
    if acta.version == 1 or acta.sesion.regla.aprobacion == ViaAprobacion.CORREO:
        return ""
    donde = _la_lleva(acta)
    lugar = (
        f"la {donde.designacion}, que ya la lleva"
        if donde
        else "la siguiente sesión que se programe, que la llevará sola"
    )
    return f" La fe de erratas se aprueba aparte, en {lugar} en su orden del día."


def prueba(acta: Acta, via: str) -> str:
    """En qué consta que el acta se aprobó, dicho para quien va a aprobarla."""
    if via == ViaAprobacion.CORREO:
        conformes, total = aprobacion.conformidades(acta)
        return f"Por correo: {conformes} de {total} personas respondieron «sin observaciones»."
    punto = aprobacion.punto_que_la_aprobo(acta)
    return prueba_en_sesion(punto) if punto else ""


def prueba_en_sesion(punto: Punto) -> str:
    """El punto donde se aprobó, con su resultado y su fecha."""
    sesion = punto.sesion
    resultado = punto.get_resultado_display()
    return f"{resultado}: «{punto.titulo}», {sesion.designacion}, {fecha_larga(sesion.fecha)}."


def _por_sellar(acta: Acta, borrador: Borrador | None) -> Siguiente:
    return Siguiente(
        "Sellar el acta",
        _url(acta, "sellar"),
        "Al sellarla su texto queda fijo para siempre y se prepara la hoja de firmas.",
        "sellar",
        tuple(sellar.lo_que_impide(acta, borrador)),
    )


def _por_publicar(acta: Acta) -> Siguiente:
    """Publicarla si ya se puede; si no, las firmas que faltan."""
    faltas = tuple(por_publicar(acta))
    if any(falta.impide for falta in faltas):
        return Siguiente(
            "Ir a las firmas",
            _url(acta, "firma"),
            "El acta está sellada. Cada persona firma a su modo, en la misma hoja.",
            "publicar",
            faltas,
        )
    explica = "El sello del órgano cierra el PDF, cualquiera puede leerla y se avisa a quienes integran."
    return Siguiente("Publicar el acta", _url(acta, "publicar"), explica, "publicar", faltas)


def por_publicar(acta: Acta) -> Iterator[Falta]:
    """Cuántas firmas faltan; impiden publicar si la regla las exige todas."""
    faltan = firmar.por_firmar(acta.sello)
    if faltan:
        quienes = enumerar([lugar.nombre for lugar in faltan])
        cuantas = "Falta la firma" if len(faltan) == 1 else "Faltan las firmas"
        impide = not acta.sesion.regla.publica_sin_firmas
        yield Falta(f"{cuantas} de {quienes}.", _url(acta, "firma"), impide=impide)


def _url(acta: Acta, nombre: str) -> str:
    return reverse(f"actas:{nombre}", args=(acta.sesion.organo.clave, acta.sesion.clave))
