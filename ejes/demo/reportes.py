"""Los reportes ficticios: se llenan, se envían y se publican con los mismos verbos que usan las personas."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile

from ejes.demo.fechas import dia
from ejes.estados import RevisionEvidencia, Veredicto
from ejes.models import Accion, Entrega, Plan, Reporte
from ejes.reportes import evidencias, reportar
from ejes.reportes.evidencias import Respaldo
from ejes.revision import dictaminar, publicar_reporte
from ejes.revision.partes import ACCION
from sesiones.demo.directorio import Directorio
from stl_portal.archivo import almacen

REVISION = dt.timedelta(days=3)  # lo que tarda el personal técnico en revisar


def cargar(plan: Plan, datos: Mapping[str, Any], directorio: Directorio, ahora: dt.datetime) -> None:
    """Nada, si el archivo del plan no trae reportes."""
    for ficha in datos.get("reporte", ()):
        entrega = _enviar(plan, ficha, directorio, ahora)
        if ficha["hasta"] == "publicado":
            _publicar(entrega, ficha, ahora)


def _cuenta(correo: str) -> Any:
    return get_user_model().objects.get(email=correo)


def _enviar(plan: Plan, ficha: Mapping[str, Any], directorio: Directorio, ahora: dt.datetime) -> Entrega:
    """El reporte lleno, con sus evidencias, como se envió ese día."""
    por = _cuenta(ficha["prepara"])
    cuando = ahora.replace(hour=17, minute=30) + (dia(ficha["dia"], ahora.date()) - ahora.date())
    reporte = Reporte.objects.create(
        bimestre=plan.bimestres.con_prorrogas().get(numero=ficha["bimestre"]),
        eje=plan.ejes.select_related("plan__organo").get(numero=ficha["eje"]),
        asiento=directorio.asiento(ficha["asiento"]),
    )
    _llenar(reporte, ficha, por)
    for evidencia in ficha["evidencia"]:
        _evidencia(reporte, evidencia, por, cuando)
    return reportar.enviar(reporte, por, cuando)


def _llenar(reporte: Reporte, ficha: Mapping[str, Any], por: Any) -> None:
    renglones = {r.orden: r for r in reporte.bimestre.formato.renglones.all()}  # type: ignore[union-attr]
    for dicho in ficha["respuestas"]:
        campos = {campo: valor for campo, valor in dicho.items() if campo != "renglon"}
        reporte.respuestas.create(renglon=renglones[dicho["renglon"]], editado_por=por, **campos)
    for dicho in ficha["avances"]:
        campos = {campo: dicho[campo] for campo in ("declarado", "textual", "nota") if campo in dicho}
        reporte.avances.create(accion=_accion(reporte, dicho["accion"]), editado_por=por, **campos)


def _accion(reporte: Reporte, codigo: str) -> Accion:
    _, compromiso, numero = codigo.split(".")
    return Accion.objects.get(compromiso__eje=reporte.eje_id, compromiso__numero=compromiso, numero=numero)


def _evidencia(reporte: Reporte, ficha: Mapping[str, Any], por: Any, cuando: dt.datetime) -> None:
    """El archivo pasa por la misma inspección que cualquiera."""
    archivo = None
    if "archivo" in ficha:
        archivo = almacen.guardar(ContentFile(_contenido(ficha), name=ficha["archivo"]), por)
    evidencias.agregar(
        reporte,
        _respaldo(reporte, ficha["respalda"]),
        por,
        cuando,
        archivo=archivo,
        liga=ficha.get("liga", ""),
        titulo=ficha["titulo"],
    )


def _contenido(ficha: Mapping[str, Any]) -> bytes:
    """El texto del archivo o, si trae `barras`, un dibujo con una por porcentaje."""
    if "barras" not in ficha:
        texto: str = ficha["contenido"]
        return texto.lstrip().encode()
    from PIL import Image, ImageDraw  # solo se paga al cargar la demostración

    hoja = Image.new("RGB", (640, 400), "white")
    pluma = ImageDraw.Draw(hoja)
    for n, porcentaje in enumerate(ficha["barras"]):
        pluma.rectangle((60, 60 + 80 * n, 580, 100 + 80 * n), outline="#0d3d3b")
        pluma.rectangle((60, 60 + 80 * n, 60 + 5.2 * porcentaje, 100 + 80 * n), fill="#0d3d3b")
    memoria = BytesIO()
    hoja.save(memoria, "PNG")
    return memoria.getvalue()


def _respaldo(reporte: Reporte, respalda: list[int | str]) -> Respaldo:
    """Los números son renglones del formato; los códigos, acciones."""
    formato = reporte.bimestre.formato
    renglones = (
        formato.renglones.filter(orden__in=[r for r in respalda if isinstance(r, int)]) if formato else []
    )
    acciones = [_accion(reporte, codigo) for codigo in respalda if isinstance(codigo, str)]
    return Respaldo(tuple(renglones), tuple(acciones))


def _publicar(entrega: Entrega, ficha: Mapping[str, Any], ahora: dt.datetime) -> None:
    """El personal técnico mira lo declarado, verifica lo que las evidencias sostienen y publica.

    Se publica ahora y no en el pasado: el registro público lleva su propia hora y no se inventa.
    """
    por, cuando = _cuenta(ficha["revisa"]), entrega.enviada_el + REVISION
    for avance in ficha["avances"]:
        if "verificado" in avance:
            dictaminar.dictaminar(
                entrega,
                (ACCION, avance["accion"]),
                Veredicto.VALIDADO,
                por=por,
                cuando=cuando,
                nota=avance.get("dictamen", ""),
                verificado=Decimal(avance["verificado"]),
            )
    verificadas = {e["titulo"] for e in ficha["evidencia"] if e.get("verificada")}
    for evidencia in entrega.evidencias.filter(titulo__in=verificadas):
        verificada = RevisionEvidencia.VERIFICADA
        dictaminar.dictaminar_evidencia(entrega, evidencia, verificada, por=por, cuando=cuando)
    dictaminar.validar_el_resto(entrega, por, cuando)
    dictaminar.validar(entrega, por, cuando)
    publicar_reporte.publicar(entrega.reporte, por, ahora)
