"""Lo impreso: bytes iguales, hechos dentro, marca de borrador, renglones y texto que se puede leer."""

import json
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pytest
from django.core.cache import cache

from sesiones import models as m
from sesiones.acta import edicion, imprenta
from sesiones.acta.edicion import borrador
from sesiones.acta.estilos import ESTILOS
from sesiones.estados import Calidad, EstadoAsistencia, Resultado, TipoPunto
from tests.acta.sesion import cerrar, crear_sesion_llena
from tests.personas import Reparto

# Mira el papel; lo que se guarda lo revisan las demás.
pytestmark = pytest.mark.apariencia


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Concluida, con una fila de cada cosa."""
    fila = crear_sesion_llena(reparto)
    cerrar(reparto, fila)
    return fila


def bytes_de(original: imprenta.Original) -> bytes:
    """El PDF recién compuesto, sin nada guardado."""
    cache.clear()
    return imprenta.imprimir(original).contenido


def texto(contenido: bytes, carpeta: Path) -> str:
    """Lo que extrae pdftotext, con un solo espacio entre palabras."""
    archivo = carpeta / "acta.pdf"
    archivo.write_bytes(contenido)
    orden = ["pdftotext", "-raw", str(archivo), "-"]
    return " ".join(subprocess.run(orden, capture_output=True, text=True, check=True).stdout.split())


def copia(contenido: bytes) -> dict[str, Any]:
    """Los datos que viajan dentro."""
    with pikepdf.open(BytesIO(contenido)) as pdf:
        (nombre,) = pdf.attachments
        datos: dict[str, Any] = json.loads(pdf.attachments[nombre].get_file().read_bytes())
    return datos


def test_el_mismo_contenido_da_los_mismos_bytes(sesion: m.Sesion) -> None:
    assert bytes_de(imprenta.acta(borrador(sesion))) == bytes_de(imprenta.acta(borrador(sesion)))


def test_el_acta_dice_sus_hechos_y_lleva_su_copia_en_datos(sesion: m.Sesion, tmp_path: Path) -> None:
    contenido = bytes_de(imprenta.acta(borrador(sesion), renglones=False))
    dicho = texto(contenido, tmp_path)
    for hecho in (
        "dieciocho de marzo de dos mil veintiséis",
        "Mtra. Ana Ruiz Peña",
        "Se acuerda el tema 1.",
        "aprobado por unanimidad de votos de las cuatro personas presentes con derecho a voto",
        "dos semanas (1 de abril de 2026)",
        "a las once horas con cuarenta y dos minutos del día de su inicio",
        "Página 1 de",
    ):
        assert hecho in dicho
    datos = copia(contenido)
    assert (datos["fecha"], datos["cierre"]) == ("2026-03-18", "11:42:00")
    (acuerdo,) = datos["acuerdos"]
    assert acuerdo["texto"].startswith("Se acuerda el tema 1.")
    assert acuerdo["plazos"] == [{"literal": "dos semanas", "fecha": "2026-04-01", "original": None}]
    assert (acuerdo["votaciones"][0]["a_favor"], acuerdo["votaciones"][0]["padron"]) == (4, 4)


def test_titulo_idioma_marcadores_y_etiquetas(sesion: m.Sesion) -> None:
    with pikepdf.open(BytesIO(bytes_de(imprenta.acta(borrador(sesion))))) as pdf:
        assert str(pdf.Root.Lang) == "es-MX"
        assert str(pdf.docinfo["/Title"]) == f"Acta de la {sesion.designacion}"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_outline() as esquema:
            titulos = [str(hijo.title) for raiz in esquema.root for hijo in raiz.children]
    assert titulos[0] == "Orden del día"
    assert "Acuerdos" in titulos
    assert titulos[-1] == "Firmas"


def test_el_borrador_lleva_marca_y_el_acta_aprobada_no(sesion: m.Sesion, reparto: Reparto) -> None:
    assert imprenta.acta(borrador(sesion)).marca == "BORRADOR"
    sesion.puntos.filter(padre=None).update(tipo=TipoPunto.ACTA, resultado=Resultado.UNANIMIDAD)
    assert imprenta.acta(borrador(sesion)).marca == ""


def test_los_renglones_se_piden_o_los_fija_la_sesion(sesion: m.Sesion) -> None:
    sesion.renglones = True
    assert imprenta.acta(borrador(sesion)).renglones
    assert not imprenta.acta(borrador(sesion), renglones=False).renglones


def test_la_certificacion_transcribe_un_solo_acuerdo(sesion: m.Sesion, tmp_path: Path) -> None:
    original = imprenta.certificacion(borrador(sesion), 1)
    dicho = texto(bytes_de(original), tmp_path)
    assert "Certificación del acuerdo primero" in dicho
    assert "certifica que en la" in dicho
    assert "Se acuerda el tema 1." in dicho
    assert original.datos["acuerdo"]["numero"] == 1


def test_la_convocatoria_dice_cuando_donde_que_y_a_quien(sesion: m.Sesion, tmp_path: Path) -> None:
    dicho = texto(bytes_de(imprenta.convocatoria(sesion)), tmp_path)
    for hecho in (
        "miércoles 18 de marzo de 2026",
        "10:00 horas",
        "Asunto de prueba 1",
        "Lic. Beto Sosa Lira",
    ):
        assert hecho in dicho
    assert "Lugar vacante" in dicho


def adjuntos(contenido: bytes) -> str:
    """Todo lo que viaja dentro del PDF sin verse en sus páginas."""
    with pikepdf.open(BytesIO(contenido)) as pdf:
        return " ".join(archivo.get_file().read_bytes().decode() for archivo in pdf.attachments.values())


def test_nada_de_lo_que_el_acta_calla_viaja_dentro(sesion: m.Sesion, reparto: Reparto) -> None:
    sesion.asistencias.filter(asiento=reparto.asientos["civil"]).update(
        estado=EstadoAsistencia.JUSTIFICADA, nombre="Nombre Ausente", motivo="Cirugía programada"
    )
    sesion.firmantes.filter(asistencia__asiento=reparto.asientos["civil"]).delete()
    punto = sesion.puntos.get(padre=None)
    sesion.puntos.filter(padre=None).update(desahogo="El teléfono de Beto es 477 000 0000.")
    edicion.editar(
        sesion,
        f"punto-{punto.pk}",
        texto="Da su teléfono.",
        base="x",
        version=0,
        por=reparto.cuentas["colega"],
    )
    m.Convocatoria.objects.create(
        sesion=sesion, emitida_el=sesion.cuando, motivo="Se enfermó alguien", contenido={}
    )
    dentro = adjuntos(bytes_de(imprenta.acta(borrador(sesion))))
    for callado in ("Cirugía", "Nombre Ausente", "477 000", "enfermó", "@prueba.example", "sexo"):
        assert callado not in dentro
    assert "Da su teléfono." in dentro
    assert "Mtra. Ana Ruiz Peña" in dentro


def test_nada_de_lo_que_la_convocatoria_calla_viaja_dentro(sesion: m.Sesion) -> None:
    m.Asistencia.objects.filter(sesion=sesion, asiento=None).delete()
    m.Asistencia.objects.create(
        sesion=sesion, nombre="Invitada Incógnita", calidad=Calidad.INVITADA, ocupa_asiento=False
    )
    sesion.asistencias.update(motivo="Cirugía programada")
    sesion.puntos.update(desahogo="Apuntes que nadie ha revisado.")
    m.Sesion.objects.filter(pk=sesion.pk).update(liga="https://reunion.example/abc")
    sesion.refresh_from_db()
    contenido = bytes_de(imprenta.convocatoria(sesion))
    dentro = adjuntos(contenido)
    for callado in (
        "Incógnita",
        "Cirugía",
        "Apuntes",
        "reunion.example",
        "Se acuerda el tema",
        "@prueba.example",
    ):
        assert callado not in dentro
    datos = copia(contenido)
    assert datos["puntos"][0] == {"etiqueta": "I", "nivel": 0, "titulo": "Asunto de prueba 1"}
    assert datos["convocadas"][1]["titular"] == "Lic. Beto Sosa Lira"


def test_la_certificacion_solo_lleva_su_acuerdo(sesion: m.Sesion) -> None:
    m.Acuerdo.objects.create(
        sesion=sesion, punto=sesion.puntos.get(padre=None), numero=2, texto="Otro asunto."
    )
    sesion.puntos.update(desahogo="Apuntes que nadie ha revisado.")
    dentro = adjuntos(bytes_de(imprenta.certificacion(borrador(sesion), 1)))
    assert "Se acuerda el tema 1." in dentro
    assert "Otro asunto" not in dentro
    assert "Apuntes" not in dentro


def test_certificar_lleva_la_marca_del_acta(sesion: m.Sesion) -> None:
    def marcas() -> tuple[str, str]:
        leida = borrador(sesion)
        return imprenta.acta(leida).marca, imprenta.certificacion(leida, 1).marca

    assert marcas() == ("BORRADOR", "BORRADOR")
    sesion.puntos.filter(padre=None).update(tipo=TipoPunto.ACTA, resultado=Resultado.UNANIMIDAD)
    assert marcas() == ("", "")


def test_el_voto_nominal_conserva_a_quien_voto(sesion: m.Sesion) -> None:
    sesion.asistencias.filter(nombre__startswith="Beto").update(nombre="Quien Llegó Después")
    nominal = borrador(sesion).hechos.acuerdo(1).votaciones[0].nominal
    assert "Lic. Beto Sosa Lira" in [voto.nombre for voto in nominal]
    assert "Lic. Quien Llegó Después" not in [voto.nombre for voto in nominal]


def test_el_asiento_responsable_llega_al_acta(sesion: m.Sesion, reparto: Reparto) -> None:
    sesion.acuerdos.update(responsable="", responsable_asiento=reparto.asientos["academia"])
    leida = borrador(sesion)
    institucion = reparto.asientos["academia"].institucion.nombre
    assert leida.hechos.acuerdo(1).responsable == institucion
    assert ("Responsable", institucion) in next(b for b in leida.bloques if b.clase == "acuerdo").filas


def test_cambiar_un_dato_cambia_la_huella(sesion: m.Sesion) -> None:
    antes = imprenta.acta(borrador(sesion)).huella
    sesion.acuerdos.update(texto="Se acuerda otra cosa.")
    assert imprenta.acta(borrador(sesion)).huella != antes


@pytest.mark.parametrize("estilo", ESTILOS)
def test_ningun_hallazgo_de_accesibilidad(sesion: m.Sesion, tmp_path: Path, estilo: str) -> None:
    archivo = tmp_path / "acta.pdf"
    archivo.write_bytes(bytes_de(imprenta.acta(borrador(sesion, estilo), renglones=True)))
    informe = pdfua.validate(str(archivo))
    assert len(informe.outcomes) - len(informe.skipped) > 10
    assert [f"{h.rule_id}: {h.message}" for h in informe.findings] == []


def test_la_convocatoria_no_trae_lo_que_se_agrego_en_la_sesion(reparto: Reparto, sesion: m.Sesion) -> None:
    m.Punto.objects.create(sesion=sesion, titulo="Asunto de última hora", orden=9, en_sesion=True)
    assert "Asunto de última hora" not in imprenta.convocatoria(sesion).html
    assert "Asunto de última hora" in imprenta.acta(borrador(sesion)).html
