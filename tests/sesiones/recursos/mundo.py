"""Un órgano con al menos un renglón en cada tabla de las sesiones, dichos como nadie quisiera."""

import datetime as dt
from io import BytesIO
from typing import Any

import pikepdf
from django.utils import timezone

from sesiones import constancia_de_anexos, constancia_publica, version_publica
from sesiones import models as m
from sesiones.acta import edicion
from sesiones.acta.documento import documento_de
from sesiones.convocar import contenido_de
from sesiones.estados import ClaseFirma, EstadoActa, EstadoSesion, SentidoVoto
from sesiones.eventos.models import CifraDeRed, Evento
from sesiones.historicas.models import AliasInstitucion
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo, CopiaPublica, ZonaTestada
from stl_portal.sello.canonico import canonico
from tests.fabricas import crear_en_curso, crear_punto, crear_sesion, crear_suplencia, votos
from tests.personas import DESDE, DIA, Reparto, crear_reparto

INCOMODO = '=HYPERLINK("http://malo.example";"x")\n  «comillas», comas; \'y\' emoji 🏛️\r\n-fin\t'
AHORA = dt.datetime(2026, 4, 1, 18, 30, 15, 123456, tzinfo=dt.UTC)
TELEFONO = "477 000 1234"


def crear() -> Reparto:
    """Todo; antes, filas que se borraron: los números que se citan no empiezan en uno."""
    for _ in range(3):
        m.Organo.objects.create(clave="se-borro").delete()
        m.Persona.objects.create(nombre="Se borró").delete()
        m.Institucion.objects.create(nombre="Se borró").delete()
    reparto = crear_reparto()
    _integracion(reparto)
    sesion = _celebrada(reparto)
    _pendiente(reparto, sesion)
    _calendario(reparto, sesion)
    _agenda(reparto)
    return reparto


def _integracion(reparto: Reparto) -> None:
    organo, persona = reparto.organo, reparto.personas["poder"]
    m.Organo.objects.create(clave="a-comision", clase="comision", padre=organo)
    organo.citas.create(clave="quorum", texto=INCOMODO, vigente_desde=None, vigente_hasta=DESDE)
    m.PuntoPlantilla.objects.create(organo=organo, tipo_sesion="ordinaria", tipo="asunto", titulo="Lista")
    m.Frase.objects.create(nombre="De todos", texto="'=1+1")
    m.Frase.objects.create(organo=organo, nombre="Propia", texto="@así")
    m.Persona.objects.create(nombre=persona.nombre, tratamiento="Dr.")  # otra que se llama igual
    persona.alias.create(texto="Veto Sosa", fuente="acta, renglón 3")
    AliasInstitucion.objects.create(institucion=m.Institucion.objects.earliest("pk"), texto="IdP")
    oficio = m.Oficio.objects.create(organo=organo, asunto="Sin folio", remitente=INCOMODO, recibido_el=AHORA)
    oficio.copias.create(para="Archivo")
    reparto.asientos["poder"].nombramientos.get().refrendos.create(oficio=oficio)
    crear_suplencia(reparto)


def _celebrada(reparto: Reparto) -> m.Sesion:
    """Concluida, con su acta publicada en versión pública y un anexo testado."""
    sesion = crear_en_curso(reparto, puntos=2)
    primero, segundo = sesion.puntos.order_by("pk")
    # El que agrupa nació después que el agrupado.
    grupo = crear_punto(sesion, "Asuntos", tipo="grupo")
    primero.mover(padre=grupo, lugar=1)
    acuerdo = m.Acuerdo.agregar(segundo, texto=INCOMODO, responsable_asiento=reparto.asientos["civil"])
    m.Plazo.fijar(segundo, acuerdo=acuerdo, concepto="Acuerdo", literal="en dos semanas", fecha=DIA)
    segundo.refiere_a.add(acuerdo)
    segundo.oficios.add(m.Oficio.objects.earliest("pk"))
    nominal = votos(segundo, reparto, presidencia=SentidoVoto.A_FAVOR, poder=SentidoVoto.EN_CONTRA)
    m.Votacion.registrar(segundo, asunto="El asunto", forma="nominal", nominal=nominal, acuerdo=acuerdo)
    asistencia = sesion.asistencias.get(asiento=reparto.asientos["poder"])
    asistencia.movimientos.create(tipo="salida", hora=dt.time(11), punto=segundo)
    m.Intervencion.agregar(segundo, asistencia=asistencia, texto=INCOMODO)
    m.Receso.anotar(sesion, inicio=dt.time(10, 30), fin=dt.time(10, 45))
    sesion.convocatorias.create(emitida_el=AHORA, contenido=contenido_de(sesion), pdf=hoja("conv.pdf"))
    acuerdo.dar_seguimiento("en_proceso", "-va", por=reparto.cuentas["colega"], fecha=DIA)
    _anexo(sesion)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado=EstadoSesion.CONCLUIDA, notas_cierre=TELEFONO)
    m.Firmante.objects.create(sesion=sesion, asistencia=asistencia, nombre="Beto", orden=1)
    _sellada(m.Sesion.objects.get(pk=sesion.pk), reparto)
    return sesion


def _anexo(sesion: m.Sesion) -> None:
    original, copia = hoja("anexo.pdf"), hoja("copia.pdf")
    anexo = sesion.anexos.create(titulo="+Anexo", archivo=original, orden=1)
    marca = {"motivo": "Teléfono", "fundamento": "Artículo de prueba"}
    ZonaTestada.objects.create(archivo=original, pagina=1, x=0.1, y=0.2, ancho=0.3, alto=0.05, **marca)
    CopiaPublica.objects.create(original=original, publico=copia, zonas=[{"pagina": 1, **marca}])
    publicado = m.AnexoPublicado(anexo=anexo, archivo=copia, publicado_el=AHORA)
    constancia_de_anexos.anotar(publicado)
    publicado.save()


def _sellada(sesion: m.Sesion, reparto: Reparto) -> None:
    """Con filas: componer y firmar su PDF tardaría más que todo lo demás."""
    por, pdf = reparto.cuentas["facilitadora"], hoja("acta.pdf")
    acta = m.Acta.objects.create(sesion=sesion, estado=EstadoActa.PUBLICADA)
    acta.historia.create(verbo="publicar", de="firmada", a="publicada", por=por, cuando=AHORA, nota="")
    parrafos = [{"clave": "p", "rotulo": "", "texto": TELEFONO}]
    ronda = acta.rondas.create(numero=1, abierta_el=AHORA, cerrada_el=AHORA, parrafos=parrafos)
    revisor = ronda.revisores.create(persona=reparto.personas["poder"], nombre="Beto", respuesta="observa")
    revisor.observaciones.create(texto=INCOMODO, creada_el=AHORA, atendida_por=por, atendida_el=AHORA)
    acta.editados.create(clave="cierre", texto=f"Teléfono {TELEFONO}", base="")
    documento = documento_de(acta, edicion.borrador(sesion))
    sello = m.Sello(acta=acta, documento=documento.canonico, huella=documento.huella, codigo=documento.codigo)
    sello.xml, sello.pdf, sello.sellado_el, sello.sellado_por = b"<akomaNtoso/>", pdf, AHORA, por
    lugar = m.LugarDeFirma(sello=sello, orden=1, campo="firma-1", persona=reparto.personas["poder"])
    lugar.nombre = "Beto"
    _guardar(sello, [lugar])
    lugar.sello = sello
    lugar.save()
    for clase, motivo in ((ClaseFirma.NEGADA, "No estoy de acuerdo"), (ClaseFirma.SIMPLE, "")):
        _guardar(
            m.Firma(
                lugar=lugar,
                clase=clase,
                cuando=AHORA,
                por=por,
                motivo=motivo,
                pdf=pdf,
                detalle={"metodo": "prueba"},
            )
        )
    sello.testados.create(texto=TELEFONO, motivo="Teléfono", fundamento="Artículo de prueba", por=por)
    _guardar(m.Publicacion(sello=sello, pdf=pdf, publicada_el=AHORA))
    contenido = version_publica.contenido_de(sello, 1)
    version = m.VersionPublica(sello=sello, ordinal=1, documento=canonico(contenido), xml=b"<x/>", pdf=pdf)
    version.testados, version.elaborada_el = contenido["version_publica"]["testados"], AHORA
    _guardar(version)


def _guardar(fila: Any, lugares: Any = ()) -> None:
    constancia_publica.anotar(fila, lugares)
    fila.save(force_insert=True)


def _pendiente(reparto: Reparto, anterior: m.Sesion) -> None:
    """Una por celebrarse, donde se aprobaría el acta de la anterior, y con alguien que solo suple en ella."""
    sesion = crear_sesion(reparto, fecha=DIA + dt.timedelta(days=30))
    crear_punto(sesion, "Acta anterior", tipo="acta", acta_de=anterior)
    crear_suplencia(
        reparto,
        "academia",
        folio="PRU-002/2025",
        nombre="Gil Ávila Paz",
        tipo="por_sesion",
        sesion=sesion,
        admitida_en=anterior.acuerdos.get(),
    )


def _calendario(reparto: Reparto, sesion: m.Sesion) -> None:
    viejo = m.Calendario.objects.create(organo=reparto.organo, anio=2026, estado="sustituido")
    nuevo = m.Calendario.objects.create(organo=reparto.organo, anio=2026, sustituye=viejo)
    nuevo.fechas.create(fecha=DIA, hora=dt.time(10), sesion=sesion)
    viejo.historia.create(verbo="sustituir", de="aprobado", a="sustituido", cuando=AHORA)


def _agenda(reparto: Reparto) -> None:
    evento = Evento.objects.create(organo=reparto.organo, titulo="Panel", dia=DIA, descripcion=INCOMODO)
    evento.publicar(reparto.cuentas["facilitadora"])
    evento.relaciones.create(clave="2026/eje/1")
    evento.ponentes.create(persona=reparto.personas["civil"], nombre="Darío Vega", tema="=tema")
    evento.materiales.create(titulo="Lámina", archivo=hoja("lamina.pdf"))
    CifraDeRed.objects.create(
        organo=reparto.organo,
        red="facebook",
        medida="seguidores",
        desde=DIA,
        hasta=DIA,
        literal="61.870",
        valor="61870",
        confirmado_el=timezone.now(),
    )


def hoja(nombre: str) -> Archivo:
    """Un PDF de una hoja, distinto por su nombre."""
    salida = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = nombre
        pdf.save(salida)
    return almacen.guardar_propio(salida.getvalue(), nombre)
