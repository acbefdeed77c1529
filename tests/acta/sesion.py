"""Una sesión con de todo: para contar consultas, editar párrafos e imprimir."""

import datetime as dt

from sesiones import cierre
from sesiones import models as m
from sesiones.estados import EstadoAcuerdo, Resultado
from tests.fabricas import crear_en_curso, crear_suplencia
from tests.personas import Reparto


def crear_sesion_llena(reparto: Reparto, renglones: int = 1) -> m.Sesion:
    """En curso, con `renglones` de cada cosa que el acta puede decir."""
    anterior = _anterior(reparto)
    sesion = crear_en_curso(reparto, puntos=renglones, estilo="ordinales")
    puntos = list(sesion.puntos.all())
    presentes = list(sesion.asistencias.presentes())
    for numero, punto in enumerate(puntos, start=1):
        _llenar(reparto, sesion, punto, presentes[0], anterior, numero)
    return sesion


def _anterior(reparto: Reparto) -> m.Acuerdo:
    """Un acuerdo de una sesión anterior, al que se da seguimiento."""
    previa = crear_en_curso(reparto, fecha=dt.date(2026, 2, 18))
    return m.Acuerdo.agregar(previa.puntos.get(), texto="Se acuerda informar después.")


def _llenar(
    reparto: Reparto,
    sesion: m.Sesion,
    punto: m.Punto,
    habla: m.Asistencia,
    anterior: m.Acuerdo,
    numero: int,
) -> None:
    """Anota en el punto una fila de cada clase."""
    m.Intervencion.agregar(punto, asistencia=habla, texto=f"expone el tema {numero}.")
    acuerdo = _acordar(sesion, punto, numero)
    punto.plazos.create(concepto=f"Entrega {numero}", literal="pronto", fecha=dt.date(2026, 4, 15))
    sesion.anexos.create(punto=punto, titulo=f"Anexo {numero}")
    sesion.anexos.create(acuerdo=acuerdo, punto=punto, titulo=f"Anexo del acuerdo {numero}")
    _dar_cuenta(reparto, sesion, punto, numero)
    _suplir(reparto, acuerdo, numero)
    punto.refiere_a.add(anterior)
    anterior.dar_seguimiento(
        EstadoAcuerdo.EN_PROCESO,
        f"Avance {numero}",
        por=reparto.cuentas["facilitadora"],
        fecha=sesion.fecha,
        sesion=sesion,
    )
    m.Asistencia.invitar(sesion, nombre=f"Invitada {numero}", calidad="invitada")
    sesion.recesos.create(inicio=dt.time(10, 30), fin=dt.time(10, 40))
    m.Punto.agregar(sesion, f"Inciso de {numero}", padre=punto).resolver(Resultado.DA_CUENTA)


def _acordar(sesion: m.Sesion, punto: m.Punto, numero: int) -> m.Acuerdo:
    """Un acuerdo votado por nombre y un trámite votado por unanimidad."""
    acuerdo = m.Acuerdo.agregar(
        punto,
        texto=f"Se acuerda el tema {numero}.",
        responsable="Poder de Prueba",
        plazo=("dos semanas", dt.date(2026, 4, 1)),
    )
    presentes = sesion.asistencias.presentes().filter(asiento__tiene_voto=True)
    nominal = {a.asiento_id: "a_favor" for a in presentes if a.asiento_id}
    m.Votacion.registrar(punto, asunto=f"Tema {numero}", forma="nominal", nominal=nominal, acuerdo=acuerdo)
    m.Votacion.registrar(punto, asunto=f"Trámite {numero}", forma="unanimidad")
    return acuerdo


def _dar_cuenta(reparto: Reparto, sesion: m.Sesion, punto: m.Punto, numero: int) -> None:
    """Un oficio con copia, que además refrenda un nombramiento."""
    oficio = m.Oficio.objects.create(
        organo=sesion.organo, folio=f"X-{numero}/2026", asunto="Informe", remitente="Titular de prueba"
    )
    oficio.copias.create(para="Archivo")
    punto.oficios.add(oficio)
    nombramiento = reparto.asientos["poder"].nombramientos.get()
    m.Refrendo.objects.create(nombramiento=nombramiento, oficio=oficio, punto=punto)


def _suplir(reparto: Reparto, acuerdo: m.Acuerdo, numero: int) -> None:
    """Una suplencia admitida por el acuerdo."""
    suplencia = crear_suplencia(
        reparto,
        folio=f"SUP-{numero}/2026",
        nombre=f"Suplente {numero}",
        vigente_desde=dt.date(2020 + numero, 1, 1),
        vigente_hasta=dt.date(2020 + numero, 12, 31),
    )
    suplencia.admitida_en = acuerdo
    suplencia.save()


def cerrar(reparto: Reparto, sesion: m.Sesion) -> None:
    """La cierra a las once cuarenta y dos y propone las firmas."""
    sesion.refresh_from_db()
    cierre.cerrar(
        sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11, 42), sin_tratar="Se agotó el tiempo"
    )
    m.Firmante.proponer(sesion)
