"""Publicar un reporte: sellado con lo que dijo la revisión, en el registro, en PDF y corregible."""

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from ejes.datos_sellados import leer
from ejes.estados import EstadoPlan, EstadoReporte
from ejes.models import Entrega, Evidencia, EvidenciaPublicada, Plan, ReportePublicado
from ejes.revision import constancia_de_reportes, publicar_reporte
from stl_portal.archivo import almacen, derivados
from stl_portal.archivo.vitrina import es_publico
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.sello.models import Eslabon
from stl_portal.transiciones import TransicionInvalida
from tests.archivo.muestras import foto_con_gps
from tests.ejes.entregas import (
    SECRETO,
    contestar,
    corregir_y_publicar,
    crear_entrega,
    enviar,
    publicar,
    validar,
)
from tests.ejes.fabricas import crear_reporte
from tests.en_disco import ruta_de
from tests.hechos import texto_de_pdf
from tests.personas import Reparto


@pytest.fixture
def entrega(reparto: Reparto) -> Entrega:
    return crear_entrega(reparto)


@pytest.fixture
def publicado(entrega: Entrega) -> ReportePublicado:
    return publicar(entrega)


def test_el_documento_es_lo_enviado_con_lo_que_dijo_la_revision(publicado: ReportePublicado) -> None:
    documento = leer(publicado)
    enviado = json.loads(bytes(publicado.entrega.documento))
    assert publicar_reporte.como_se_envio(documento) == enviado
    assert {r["veredicto"] for r in documento["renglones"]} == {"validado"}
    (avance,) = documento["avances"]
    assert (avance["declarado"], avance["verificado"]) == ("45", "30")
    assert avance["observacion"] == "Solo hay dos de tres."
    assert [e["veredicto"] for e in documento["evidencias"]] == ["verificada", ""]
    assert documento["publicacion"]["sustituye"] is None


def test_reporte_y_evidencias_quedan_en_el_registro_y_la_base_no_deja_cambiarlos(
    publicado: ReportePublicado,
) -> None:
    datos = json.loads(Eslabon.objects.get(n=publicado.eslabon).payload)
    assert datos["objeto"] == f"reporte:prueba/{publicado.reporte_id}/1"
    assert datos["datos"]["huella"] == publicado.huella
    evidencias = EvidenciaPublicada.objects.order_by("evidencia")
    archivo = Evidencia.objects.exclude(archivo=None).get().archivo
    assert evidencias[0].huella == (archivo and archivo.huella)
    assert Eslabon.objects.filter(tipo="evidencia-publicada").count() == 2
    assert list(constancia_de_reportes.fallas()) == []
    for modelo in (ReportePublicado, EvidenciaPublicada):
        with pytest.raises(DatabaseError), transaction.atomic():
            modelo.objects.update(huella="0" * 64)


def test_publicar_lo_que_no_esta_validado_o_ya_se_publico_no_se_puede(entrega: Entrega) -> None:
    with pytest.raises(TransicionInvalida):
        publicar_reporte.publicar(entrega.reporte, None, timezone.now())
    reporte = validar(entrega)
    publicar_reporte.publicar(reporte, None, timezone.now())
    with pytest.raises(TransicionInvalida):
        publicar_reporte.publicar(reporte, None, timezone.now())
    assert ReportePublicado.objects.count() == 1


def test_con_el_plan_en_borrador_no_se_publica_nada(entrega: Entrega) -> None:
    reporte = validar(entrega)
    Plan.objects.update(estado=EstadoPlan.BORRADOR)
    with pytest.raises(ValidationError, match="plan todavía no es público"):
        publicar_reporte.publicar(reporte, None, timezone.now())
    reporte.refresh_from_db()
    assert reporte.estado == EstadoReporte.VALIDADO
    assert not Eslabon.objects.filter(tipo__contains="publicad", objeto__startswith="reporte").exists()


def test_la_correccion_sustituye_y_la_anterior_sigue(publicado: ReportePublicado) -> None:
    nueva = corregir_y_publicar(publicado.reporte)
    assert leer(nueva)["publicacion"]["sustituye"] == publicado.huella
    assert list(nueva.reporte.publicaciones.all()) == [publicado, nueva]
    assert EvidenciaPublicada.objects.count() == 2  # las mismas: no se publican dos veces
    assert list(constancia_de_reportes.fallas()) == []
    cambio = nueva.reporte.historia.get(verbo="corregir")
    assert cambio.nota == "La cifra del renglón 2 no era."


def test_mientras_se_corrige_lo_publicado_no_cambia(publicado: ReportePublicado) -> None:
    publicar_reporte.corregir(publicado.reporte, "Cifra mal.", None, timezone.now())
    publicado.reporte.respuestas.update(texto="Otra cosa")
    publicado.refresh_from_db()
    assert "Otra cosa" not in bytes(publicado.documento).decode()
    assert Aviso.objects.filter(motivo__contains=":correccion:").count() == 1


def test_a_quien_lo_prepara_se_le_dice_que_ya_es_publico(entrega: Entrega, reparto: Reparto) -> None:
    publicado = publicar(entrega)
    aviso = Aviso.objects.get(motivo__contains=":publicacion:")
    assert aviso.para == reparto.personas["civil"].correo
    assert publicado.reporte.get_absolute_url() in aviso.cuerpo


def test_quien_sigue_el_plan_recibe_un_correo_con_su_liga(entrega: Entrega) -> None:
    Suscripcion.objects.create(
        correo="sigue@prueba.example",
        tema="plan:prueba",
        clave="s" * 43,
        pedida_el=timezone.now(),
        confirmada_el=timezone.now(),
    )
    publicado = publicar(entrega)
    (aviso,) = Aviso.objects.filter(para="sigue@prueba.example")
    assert aviso.asunto == "Reporte publicado: Eje 1. Datos, Bimestre 1 · Secretariado"
    assert f"/plan/prueba/reporte/{publicado.reporte_id}/" in aviso.cuerpo
    corregir_y_publicar(publicado.reporte)
    asuntos = (
        Aviso.objects.filter(para="sigue@prueba.example").order_by("pk").values_list("asunto", flat=True)
    )
    assert list(asuntos)[1:] == ["Reporte corregido: Eje 1. Datos, Bimestre 1 · Secretariado"]


def test_lo_alterado_se_nota(publicado: ReportePublicado) -> None:
    """Lo que una orden directa a la base cambiaría: aquí, en la fila leída."""
    publicado = ReportePublicado.objects.select_related("reporte__eje__plan", "entrega", "pdf").get()
    documento = bytes(publicado.documento).replace(b'"verificado":"30"', b'"verificado":"99"')
    publicado.documento = documento
    revisar = constancia_de_reportes._del_reporte
    assert list(revisar(publicado)) == ["el documento no da su huella (documento, huella)"]
    publicado.refresh_from_db()
    publicado.entrega.documento = b"{}"
    assert list(revisar(publicado)) == [
        "no es lo que se envió (documento, entrega)",
        "la entrega no da su huella (entrega)",
    ]
    evidencia = EvidenciaPublicada.objects.exclude(evidencia__liga="").get()
    evidencia.evidencia.liga = "https://otra.example"
    assert list(constancia_de_reportes._de_la_evidencia(evidencia)) == [
        "el archivo o la dirección ya no son los que se publicaron (huella)"
    ]


def test_verificar_reconoce_el_pdf_los_datos_y_el_archivo_y_no_lo_privado(
    client: Client, entrega: Entrega
) -> None:
    archivo = Evidencia.objects.exclude(archivo=None).get().archivo
    assert archivo
    liga = f"https://{SECRETO.lower()}.example/avance"
    de_la_liga = hashlib.sha256(liga.encode()).hexdigest()
    for huella in (archivo.huella, de_la_liga):
        assert client.get("/verificar/", {"huella": huella}).status_code == 404
    publicado = publicar(entrega)
    for huella, que in (
        (publicado.pdf.huella, "Tu archivo es un reporte publicado"),
        (publicado.huella, "Son los datos de un reporte publicado"),
        (archivo.huella, "Tu archivo es una evidencia publicada"),
        (de_la_liga, "Es la huella de una liga publicada como evidencia"),
    ):
        respuesta = client.get("/verificar/", {"huella": huella})
        assert (respuesta.status_code, f"<h1>{que}</h1>" in respuesta.content.decode()) == (200, True)
    cuerpo = client.get("/verificar/", {"huella": de_la_liga}).content.decode()
    assert f"la dirección {liga}, no de lo que hoy se lee" in cuerpo
    corregir_y_publicar(publicado.reporte)
    cuerpo = client.get("/verificar/", {"huella": publicado.huella}).content.decode()
    assert "que después se corrigió" in cuerpo
    assert f"/plan/prueba/reporte/{publicado.reporte_id}/?version=1" in cuerpo
    Plan.objects.update(estado=EstadoPlan.BORRADOR)
    assert client.get("/verificar/", {"huella": publicado.huella}).status_code == 404


def test_de_una_foto_consta_tambien_la_copia_sin_metadatos(client: Client, reparto: Reparto) -> None:
    reporte = contestar(crear_reporte(reparto))
    archivo = almacen.guardar(ContentFile(foto_con_gps(), name="plaza.jpg"))
    Evidencia.objects.exclude(archivo=None).update(archivo=archivo)
    publicar(enviar(reporte))
    descargada = b"".join(client.get(archivo.a_la_vista).streaming_content)  # type: ignore[attr-defined]
    copia = hashlib.sha256(descargada).hexdigest()
    fila = EvidenciaPublicada.objects.get(evidencia__archivo=archivo)
    assert (fila.huella, fila.copia) == (archivo.huella, copia)
    assert copia != archivo.huella
    for huella, dicho in ((copia, "a la copia sin metadatos"), (archivo.huella, "al que se recibió")):
        assert dicho in client.get("/verificar/", {"huella": huella}).content.decode()
    assert copia in client.get(fila.evidencia.get_absolute_url()).content.decode()
    assert list(constancia_de_reportes.fallas()) == []
    guardada = almacen.raiz() / derivados.LIMPIAS / archivo.huella
    guardada.write_bytes(b"otra cosa")
    assert [f.que for f in constancia_de_reportes.fallas()] == [
        "la copia que recibe cualquiera ya no es la que se publicó (copia)"
    ]
    guardada.unlink()
    ruta_de(archivo).unlink()
    assert [f.que for f in constancia_de_reportes.fallas()] == [
        "faltan la copia que recibe cualquiera y el original de que se hizo (copia)"
    ]


def test_si_falta_el_archivo_de_una_evidencia_se_dice_cual_y_no_se_publica_nada(entrega: Entrega) -> None:
    reporte = validar(entrega)
    evidencia = Evidencia.objects.exclude(archivo=None).get()
    assert evidencia.archivo
    ruta_de(evidencia.archivo).unlink()
    with pytest.raises(ValidationError, match=f"«{evidencia}»"):
        publicar_reporte.publicar(reporte, None, timezone.now())
    reporte.refresh_from_db()
    assert reporte.estado == EstadoReporte.VALIDADO
    assert not ReportePublicado.objects.exists()


def test_las_copias_se_hacen_antes_de_tomar_el_turno_del_registro(reparto: Reparto) -> None:
    reporte = contestar(crear_reporte(reparto))
    archivo = almacen.guardar(ContentFile(foto_con_gps(), name="plaza.jpg"))
    Evidencia.objects.exclude(archivo=None).update(archivo=archivo)
    copia = almacen.raiz() / derivados.LIMPIAS / archivo.huella
    estaba = []

    def vigilar(ejecutar: Callable[..., Any], sql: str, *resto: Any) -> Any:
        if "sello_eslabon" in sql:
            estaba.append(copia.is_file())
        return ejecutar(sql, *resto)

    validado = validar(enviar(reporte))
    copia.unlink(missing_ok=True)
    with connection.execute_wrapper(vigilar):
        publicar_reporte.publicar(validado, None, timezone.now())
    assert estaba
    assert all(estaba)


def test_el_pdf_lo_abre_cualquiera_y_solo_si_el_plan_es_publico(publicado: ReportePublicado) -> None:
    assert es_publico(publicado.pdf)
    Plan.objects.update(estado=EstadoPlan.BORRADOR)
    assert not es_publico(publicado.pdf)


def test_el_pdf_es_de_archivo_y_se_lee_en_voz_alta(publicado: ReportePublicado, tmp_path: Path) -> None:
    contenido = almacen.leer(publicado.pdf)
    with pikepdf.open(BytesIO(contenido)) as pdf:
        assert pdf.attachments["reporte.json"].get_file().read_bytes() == bytes(publicado.documento)
        assert "pdfaid:part" in str(pdf.Root.Metadata.read_bytes())
    archivo = tmp_path / "reporte.pdf"
    archivo.write_bytes(contenido)
    assert [f"{h.rule_id}: {h.message}" for h in pdfua.validate(str(archivo)).findings] == []


def test_el_pdf_dice_todo(publicado: ReportePublicado) -> None:
    junto = "".join(texto_de_pdf(almacen.leer(publicado.pdf)).split())
    archivo = Evidencia.objects.exclude(archivo=None).get().archivo
    assert archivo
    hechos = [
        "Eje 1. Datos",
        "Asociación de Prueba prueba",
        "C. Darío Vega Cruz, Titular",
        "A tiempo",
        *(f"Categoría {n}" for n in range(1, 7)),
        *(f"¿Pregunta {n} del eje 1?" for n in range(1, 9)),
        *(f"{SECRETO}: respuesta {n}" for n in range(1, 9)),
        "120 personas",
        "45 %",
        "30 %",
        "Solo hay dos de tres.",
        archivo.huella,
        f"https://{SECRETO.lower()}.example/avance",
        publicado.huella,
        "1 de",
    ]
    assert [h for h in hechos if "".join(h.split()) not in junto] == []
