"""Lo que cualquiera lee de un acta al verificarla: nunca RFC ni CURP, y nada de firmas sin publicar."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from sesiones import comprobacion, publica
from sesiones.constancia_publica import FIRMADA
from sesiones.estados import ClaseFirma, EstadoActa
from sesiones.models import Firma, LugarDeFirma, Sello
from sesiones.testar import Tachador
from sesiones.verificacion import Hallazgo, Veredicto, Via
from stl_portal.archivo import almacen
from stl_portal.firma import sello_institucional as del_organo
from stl_portal.firma.errores import FirmaRechazada
from stl_portal.firma.validacion import ResultadoFirma, validar
from stl_portal.sello.models import Eslabon, PuntoDeControl

UN_MES = 30 * 24 * 60 * 60  # segundos
MODOS = {
    ClaseFirma.AUTOGRAFA: "Autógrafa: firmó en papel y el órgano conserva la hoja escaneada",
    ClaseFirma.SIMPLE: "Electrónica simple: volvió a identificarse en el portal con {metodo}",
    ClaseFirma.AVANZADA: "Electrónica avanzada, con su e.firma",
}


@dataclass(frozen=True)
class Dicho:
    """La respuesta en palabras: tono de `componentes/etiqueta.html`, título y una o dos frases."""

    tono: str
    titulo: str
    texto: str


V = Veredicto
_IGUAL = "Es idéntico, byte por byte, al que publicó el órgano."
_DICHOS = {
    (V.VIGENTE, Via.CODIGO): Dicho(
        "exito",
        "El código es de un acta publicada y vigente",
        "Compara lo que tienes con el documento publicado: un código se puede copiar en otro papel.",
    ),
    (V.VIGENTE, Via.PDF): Dicho("exito", "Tu archivo es el acta publicada y vigente", _IGUAL),
    (V.VIGENTE, Via.DATOS): Dicho(
        "exito", "Son los datos de un acta publicada y vigente", "La huella es la que el órgano selló."
    ),
    (V.SUSTITUIDA, Via.CODIGO): Dicho(
        "alerta", "El código es de un acta ya sustituida", "Se publicó, pero una fe de erratas la corrigió."
    ),
    (V.SUSTITUIDA, Via.PDF): Dicho(
        "alerta", "Tu archivo es un acta ya sustituida", f"{_IGUAL} Después, una fe de erratas la corrigió."
    ),
    (V.SUSTITUIDA, Via.DATOS): Dicho(
        "alerta", "Son los datos de un acta ya sustituida", "Son auténticos; una fe de erratas los corrigió."
    ),
    (V.RESERVADA, Via.PDF): Dicho(
        "info",
        "Es el original firmado; lo publicado es su versión pública",
        "Es auténtico, pero dice datos personales y por eso el órgano lo reserva. Usa y comparte la versión "
        "pública.",
    ),
    (V.RESERVADA, Via.DATOS): Dicho(
        "info",
        "Es la huella del original firmado; lo publicado es su versión pública",
        "El original dice datos personales y por eso el órgano lo reserva.",
    ),
    (V.REEMPLAZADA, Via.PDF): Dicho(
        "alerta",
        "Tu archivo es una versión pública ya sustituida",
        f"{_IGUAL} Después se eliminó otro dato: usa y comparte la versión de ahora.",
    ),
    (V.REEMPLAZADA, Via.DATOS): Dicho(
        "alerta",
        "Son los datos de una versión pública ya sustituida",
        "Son auténticos. Después se eliminó otro dato: usa y comparte la versión de ahora.",
    ),
    (V.ANTERIOR, Via.PDF): Dicho(
        "alerta",
        "Tu archivo es de antes de la publicación",
        "Es auténtico, pero le falta alguna firma o el sello del órgano. Usa el PDF publicado.",
    ),
    (V.ALTERADA, Via.PDF): Dicho(
        "error",
        "Tu archivo está alterado",
        "Dice ser el acta de abajo, pero no es el archivo que guarda el portal: alguien lo cambió, se dañó "
        "o se guardó de nuevo con otro programa. No te fíes de él.",
    ),
}
_EN_FIRMA = Dicho(
    "info",
    "Acta sellada, todavía sin publicar",
    "Existe y su texto ya no cambia, pero se están reuniendo las firmas. Cuando se publique, aquí estará "
    "el documento y quién lo firmó.",
)
_DESCONOCIDA = Dicho("alerta", "No lo reconocemos", "Ningún documento publicado aquí es ese.")


def dicho(hallazgo: Hallazgo) -> Dicho:
    """Lo que se le responde a quien verifica."""
    if hallazgo.veredicto == V.EN_FIRMA:
        return _EN_FIRMA
    return _DICHOS.get((hallazgo.veredicto, hallazgo.via), _DESCONOCIDA)


@dataclass(frozen=True)
class Renglon:
    """Un lugar de la hoja de firmas: quién, qué hizo y qué vale eso en el PDF publicado."""

    lugar: LugarDeFirma
    firma: Firma | None
    en_pdf: ResultadoFirma | None

    @property
    def estado(self) -> str:
        """«Firmó», «Se negó a firmar» o «Falta su firma»."""
        if self.firma is None:
            return "Falta su firma"
        return "Se negó a firmar" if self.firma.clase == ClaseFirma.NEGADA else "Firmó"

    @property
    def tono(self) -> str:
        """El de `componentes/etiqueta.html`."""
        return "exito" if self.estado == "Firmó" else "alerta"

    @property
    def modo(self) -> str:
        """De qué manera firmó; vacío si no lo hizo."""
        if self.firma is None:
            return ""
        return MODOS.get(ClaseFirma(self.firma.clase), "").format(**self.firma.detalle)

    @property
    def constancia(self) -> str:
        """Cómo se llama lo que hay en su espacio del PDF si no es su firma, sino el sello del órgano."""
        sin_certificado = self.firma and self.firma.clase in (ClaseFirma.AUTOGRAFA, ClaseFirma.SIMPLE)
        return "constancia con el sello del órgano" if sin_certificado else ""

    @property
    def certificado(self) -> dict[str, Any]:
        """Del certificado con que firmó, solo lo que se publica; vacío si no usó uno."""
        if self.firma is None or self.firma.clase != ClaseFirma.AVANZADA:
            return {}
        detalle = self.firma.detalle
        publico = {campo: detalle[campo] for campo in ("nombre", "emisor", "serie", "revocacion")}
        fechas = {campo: dt.datetime.fromisoformat(detalle[campo]) for campo in ("desde", "hasta")}
        return publico | fechas


def acta(sello: Sello) -> dict[str, Any]:
    """Lo que se dice del acta: mientras no se publica, solo que está sellada y de qué sesión es."""
    tachador = publica.tachador_de(sello)
    contenido = publica.testar(json.loads(bytes(sello.documento)), tachador.textos)[0]
    fila = publica.tachar(sello.acta, tachador)
    publica.tachar(fila.sesion, tachador)
    minimo = {
        "sello": sello,
        "organo": fila.sesion.organo,
        "sesion": fila.sesion,
        "titulo": contenido["titulo"],
        "del_organo": contenido["sesion"]["organo"],
        "publica": fila.publica,
    }
    if not fila.publica:
        return minimo | {"eslabones": _eslabones(sello)}
    return minimo | _publicada(sello, contenido, tachador)


def _publicada(sello: Sello, contenido: dict[str, Any], tachador: Tachador) -> dict[str, Any]:
    """Documento, firmas, versiones y lo que consta en el registro."""
    fila = sello.acta
    firmas, publico = firmas_del_pdf(sello), publica.lo_publico(sello)
    return {
        "acta": fila,
        "publicacion": sello.publicacion,
        "publico": publico,
        "aprobada_en": contenido["aprobacion"]["sesion"],
        "anexos": len(contenido["anexos"]),
        "firmas": publica.hoja_sin_datos(list(_hoja(sello, firmas or {})), tachador),
        "sello_del_organo": (firmas or {}).get("sello"),
        "pdf_danado": firmas is None,
        "corrige": contenido["sustituye"] and contenido["sustituye"] | {"motivo": publica.motivo_de(sello)},
        "vigente": _la_que_la_sustituye(sello),
        "eslabones": _eslabones(sello),
        "punto": PuntoDeControl.objects.filter(
            tamano__gte=comprobacion.ultimo_eslabon(sello, publico)
        ).last(),
        "ordenes": comprobacion.ordenes(publico),
        "actos": len(comprobacion.actos(sello, publico)),
        "consulta": f"?version={fila.version}",
    }


def _hoja(sello: Sello, en_pdf: dict[str, ResultadoFirma]) -> Iterator[Renglon]:
    """Los lugares de la hoja en su orden, cada uno con lo último que pasó en él."""
    for lugar in sello.lugares.prefetch_related("firmas"):
        yield Renglon(lugar, lugar.resuelto, en_pdf.get(lugar.campo))


def _la_que_la_sustituye(sello: Sello) -> Sello | None:
    """La versión vigente, si esta ya no lo es."""
    if sello.acta.estado != EstadoActa.SUSTITUIDA:
        return None
    filas = Sello.objects.filter(acta__sesion=sello.acta.sesion_id, acta__estado=EstadoActa.PUBLICADA)
    vigente = filas.select_related("acta", "publicacion").defer("documento", "xml").last()
    if vigente:
        vigente.acta.motivo = publica.motivo_de(vigente)  # en memoria: solo se muestra
    return vigente


def _eslabones(sello: Sello) -> dict[str, list[Eslabon]]:
    """Lo que de esta acta consta en el registro, las firmas aparte; sin publicar, solo que se selló."""
    filas = Eslabon.objects.filter(objeto=f"acta:{sello.codigo}").defer("payload")
    if not sello.acta.publica:
        filas = filas.filter(n=sello.eslabon)
    todos = list(filas.order_by("n"))
    return {
        "principales": [uno for uno in todos if uno.tipo != FIRMADA],
        "firmas": [uno for uno in todos if uno.tipo == FIRMADA],
    }


def firmas_del_pdf(sello: Sello) -> dict[str, ResultadoFirma] | None:
    """Qué vale cada firma del PDF publicado, por espacio; None si el archivo falta o ya no es el mismo.

    Que el archivo sea el mismo se comprueba siempre; revisar sus firmas tarda uno o dos segundos y con
    las mismas autoridades da siempre lo mismo: se guarda un mes.
    """
    contenido = _intacto(sello)
    if contenido is None:
        return None
    raices, intermedios = _autoridades(sello)
    suma = hashlib.sha256(b"".join([*raices, *intermedios])).hexdigest()[:16]
    clave = f"firmas-del-pdf:{sello.publicacion.pdf.huella}:{suma}"
    resultados: list[ResultadoFirma] | None = cache.get(clave)
    if resultados is None:
        resultados = validar(contenido, raices, intermedios=intermedios)
        cache.set(clave, resultados, timeout=UN_MES)
    return {uno.campo: uno for uno in resultados}


def _intacto(sello: Sello) -> bytes | None:
    """El PDF publicado, si está y da su huella."""
    try:
        contenido = almacen.leer(sello.publicacion.pdf)
    except FileNotFoundError:
        return None
    return contenido if hashlib.sha256(contenido).hexdigest() == sello.publicacion.pdf.huella else None


def _autoridades(sello: Sello) -> tuple[list[bytes], list[bytes]]:
    """Las autoridades que el órgano reconoce y, para su propio sello, la cadena con que sella hoy."""
    filas = list(sello.acta.sesion.organo.raices.all())
    propias = _cadena_del_sello()
    raices = [bytes(fila.certificado) for fila in filas if not fila.intermedia] + propias[:1]
    return raices, [bytes(fila.certificado) for fila in filas if fila.intermedia] + propias[1:]


def _cadena_del_sello() -> list[bytes]:
    try:
        return list(del_organo.cadena_del_entorno())
    except FirmaRechazada:
        return []
