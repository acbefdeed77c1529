"""El anexo inventado de la demostración: un oficio con un teléfono y una rúbrica que no son de nadie."""

import datetime as dt
from math import sin
from typing import Any

from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen, testado
from stl_portal.archivo.models import Archivo, ZonaTestada

ARCHIVO = "oficio-ficticio"
TELEFONO = "55 0000 0000"
FUNDAMENTO = "Fundamento ficticio, de demostración"
# Dónde va la rúbrica, en puntos desde arriba de una hoja carta.
ANCHO, ALTO = 612, 792
RUBRICA = (72, 560, 252, 640)
RENGLONES = (
    (90, 20, "Oficio ficticio de demostración"),
    (116, 11, "Nada de lo que dice es cierto: sirve para ver cómo se testa un anexo."),
    (170, 12, "Asunto: solicitud de un tablero de obras en la plaza"),
    (210, 12, "Se propone que el tablero muestre, obra por obra, lo gastado y lo que falta"),
    (228, 12, "por hacer, y que se actualice cada mes."),
    (290, 12, f"Para cualquier duda, mi teléfono particular (ficticio) es {TELEFONO}."),
    (400, 12, "El tablero no tendría publicidad ni colores de partido."),
    (540, 12, "Atentamente"),
    (660, 12, "Persona Inventada de Demostración"),
)


def recibir(por: Any) -> Archivo:
    """El oficio, dibujado y guardado como si alguien lo hubiera subido."""
    import pymupdf  # trae el motor de PDF: solo se paga al cargar la demostración

    with pymupdf.open() as documento:
        hoja = documento.new_page(width=ANCHO, height=ALTO)
        for alto, tamano, texto in RENGLONES:
            hoja.insert_text((72, alto), texto, fontsize=tamano)
        hoja.draw_bezier((80, 610), (120, 520), (150, 690), (240, 570), width=2)
        hoja.draw_polyline([(90 + x, 600 + 25 * sin(x / 9)) for x in range(0, 150, 3)], width=1.5)
        contenido = documento.tobytes(garbage=4, deflate=True, no_new_id=True)
    archivo = almacen.guardar_propio(contenido, f"{ARCHIVO}.pdf", por)
    Archivo.objects.filter(pk=archivo.pk).update(paginas=1)
    return archivo


def publicar(sesion: m.Sesion, por: Any, cuando: dt.datetime) -> None:
    """Publica los anexos inventados de la sesión sin su teléfono ni su rúbrica."""
    for anexo in sesion.anexos.select_related("archivo").exclude(archivo=None):
        if anexo.archivo is None:  # no ocurre: se excluyeron
            continue
        marcar = {"archivo": anexo.archivo, "fundamento": FUNDAMENTO, "por": por}
        with almacen.a_la_mano(anexo.archivo) as ruta:
            lugares = testado.buscar(ruta, TELEFONO)
        for lugar in lugares:
            ZonaTestada.objects.create(motivo="Teléfono particular (ficticio)", **marcar, **lugar)
        x0, y0, x1, y1 = RUBRICA
        caja = {"x": x0 / ANCHO, "y": y0 / ALTO, "ancho": (x1 - x0) / ANCHO, "alto": (y1 - y0) / ALTO}
        ZonaTestada.objects.create(motivo="Rúbrica (ficticia)", pagina=1, **marcar, **caja)
        contenido, zonas = anexos.copia_publica(anexo)
        anexos.publicar_testado(anexo, contenido, zonas, por, cuando)
