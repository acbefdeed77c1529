"""Los pasos de una importación: recibir el archivo, revisarlo, confirmarla, hacerla y deshacerla.

Cada paso largo lo toma un trabajador de la fila: el estado dice qué sigue, y tomarlo es cambiar de estado con
el renglón bloqueado. Si el trabajador muere, la base deshace su transacción y el paso se puede repetir; si
solo se tardó y alguien lo repitió, el segundo encuentra que ya no hay nada igual a lo que se vio.
"""

import datetime as dt
import hashlib
import logging
import uuid
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks.backends.immediate import ImmediateBackend

from stl_portal.buscador import reindexar
from stl_portal.buscador.fuentes import FUENTES
from stl_portal.transiciones import TransicionInvalida

from . import avance, deshacer, lectura, registro, tareas
from .estados import REPETIR, SE_TOMA, SIGUE_HECHA, TRANSICIONES, EstadoImportacion
from .lectura import ArchivoIlegible
from .models import TODO, Importacion
from .motor import Motor
from .recurso import VERBO
from .resultado import Resultado

AL_MOMENTO = 500  # renglones; con más, se hace en segundo plano
VIDA = dt.timedelta(days=7)  # lo que se guarda un archivo que nadie confirmó
SIN_TURNO = 300  # segundos en fila: quizá se perdió su lugar, y se puede pedir otra vez
CAMBIO = "Algo cambió desde la vista previa. Esto es lo que haría ahora: revísalo y confirma otra vez."
CAMBIO_Y_FALLA = (
    "Algo cambió desde la vista previa y ahora hay renglones que no pueden entrar: no se importó nada."
)
CAMBIO_Y_NADA = "Algo cambió desde la vista previa: el portal ya dice lo mismo que el archivo."
FALLO = "El portal falló y no guardó nada. Avisa a quien lo mantiene; puedes revisarla otra vez."
PERDIDO = "El portal ya no tiene el archivo y no se importó nada: descártala y súbelo otra vez."
OTRA_DESPUES = "Se hizo otra importación después: primero se deshace esa."
bitacora = logging.getLogger(__name__)


def recibir(
    clave: Any, recurso: str, subido: Any, por: Any, ahora: dt.datetime, *, a_la_fila: bool = True
) -> Importacion:
    """Guarda el archivo y empieza a revisarlo. El mismo envío, dos veces, es la misma importación.

    La clave nace con la página, y con «Atrás» la página trae otro archivo: solo es el mismo envío si también
    es el mismo archivo, de lo mismo y de la misma persona. Sin `a_la_fila`, quien llama la atiende.
    Lanza `ArchivoIlegible` si ni siquiera se puede empezar.
    """
    limpiar_viejas(ahora)
    clave = uuid.uuid5(clave, f"{recurso} {por.pk} {_huella(subido)}")
    ya = Importacion.objects.filter(clave=clave).first()
    if ya and ya.estado not in (EstadoImportacion.DESCARTADA, EstadoImportacion.DESHECHA):
        return ya
    clave = uuid.uuid4() if ya else clave
    avance.guardar(clave, subido)
    try:
        nueva = _guardada(clave, recurso, subido.name or "archivo", por, ahora, a_la_fila)
    except ArchivoIlegible:
        avance.borrar(clave)
        raise
    except IntegrityError:  # el mismo envío, dos veces a la vez
        return Importacion.objects.get(clave=clave)
    if a_la_fila:
        _al_momento(nueva)
    return nueva


def _huella(subido: Any) -> str:
    suma = hashlib.sha256()
    for parte in subido.chunks():
        suma.update(parte)
    return suma.hexdigest()


def _guardada(
    clave: Any, recurso: str, nombre: str, por: Any, ahora: dt.datetime, a_la_fila: bool
) -> Importacion:
    """El renglón de la importación, después de contar lo que trae: de paso se sabe si se puede leer."""
    with avance.abrir(clave) as archivo:
        formato = lectura.formato_de(nombre, archivo.read(8))
        hojas = lectura.hojas(archivo, formato, _recurso(recurso))
        cuantos = sum(1 for hoja in hojas for _ in hoja.renglones)
        archivo.seek(0)
        huella = hashlib.file_digest(archivo, "sha256").hexdigest()
    with transaction.atomic():
        nueva = Importacion.objects.create(
            clave=clave,
            recurso=recurso,
            archivo=nombre[:255],
            formato=formato,
            huella=huella,
            renglones=cuantos,
            por=por,
            subida_el=ahora,
        )
        if a_la_fila:
            _a_la_fila(nueva)
    return nueva


def _recurso(clave: str) -> Any:
    return None if clave == TODO else registro.de_clave(clave)


def _sin_fila(importacion: Importacion) -> bool:
    """Si son pocos, o no hay quien atienda la fila, se hace al momento."""
    return importacion.renglones <= AL_MOMENTO or isinstance(tareas.atender.get_backend(), ImmediateBackend)


def _a_la_fila(importacion: Importacion) -> None:
    """Va en la misma transacción que su cambio de estado: nunca dice que espera sin estar en la fila."""
    if not _sin_fila(importacion):
        tareas.atender.enqueue(importacion.pk)


def _al_momento(importacion: Importacion) -> None:
    """Ya confirmado su cambio de estado."""
    if _sin_fila(importacion):
        atender(importacion.pk)


def _encargar(importacion: Importacion, verbo: str, por: Any, a_la_fila: bool = True, **campos: Any) -> None:
    """El verbo que la manda a hacerse, y su lugar en la fila: las dos cosas o ninguna."""
    with transaction.atomic():
        importacion.cambiar(verbo, por, **campos)
        if a_la_fila:
            _a_la_fila(importacion)
    if a_la_fila:
        _al_momento(importacion)


def atender(pk: int) -> None:
    """Hace lo que la importación espera."""
    importacion = Importacion.objects.get(pk=pk)
    verbo = SE_TOMA.get(EstadoImportacion(importacion.estado))
    if verbo is None:
        return
    try:
        importacion.cambiar(verbo, importacion.pidio)
    except TransicionInvalida:
        return  # otro trabajador la tomó
    try:
        {"revisar": _revisar, "importar": _importar, "deshacer": _deshacer}[verbo](importacion)
    except TransicionInvalida:
        bitacora.warning("La importación %s se repitió mientras se hacía.", importacion.clave)


def _esperar_turno(importacion: Importacion) -> None:
    """De una en una, y solo si al tocarle nadie la repitió: dos a la vez darían los mismos ordinales.

    SQLite ya escribe de uno en uno. Lanza `TransicionInvalida`.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('traspaso', 0))")
    tomada = importacion.estado
    if Importacion.objects.values_list("estado", flat=True).get(pk=importacion.pk) != tomada:
        raise TransicionInvalida("Otro trabajador la tomó.")


class _NoSeGuarda(Exception):
    """Deshace la transacción y se lleva el resultado."""

    def __init__(self, resultado: Resultado) -> None:
        super().__init__()
        self.resultado = resultado


def _revisar(importacion: Importacion) -> None:
    """Hace todo y lo deshace: la vista previa es lo que de verdad pasaría."""
    try:
        with transaction.atomic():
            raise _NoSeGuarda(_correr(importacion).resultado)
    except _NoSeGuarda as visto:
        _mostrar(importacion, visto.resultado, "")
    except ArchivoIlegible as error:
        _rechazar(importacion, str(error))
    except FileNotFoundError:
        _rechazar(importacion, PERDIDO)
    except Exception:
        bitacora.exception("No se pudo revisar la importación %s.", importacion.clave)
        _rechazar(importacion, FALLO)


def _importar(importacion: Importacion) -> None:
    """Todo o nada, y solo si haría exactamente lo que se vio."""
    try:
        with transaction.atomic():
            _esperar_turno(importacion)
            motor = _correr(importacion)
            resultado = motor.resultado
            if resultado.rechazadas or resultado.huella != importacion.huella_de_lo_visto:
                raise _NoSeGuarda(resultado)
            _rotular(importacion, motor)
            _guardar(importacion, resultado, "terminar", hecha_el=timezone.now(), motivo="")
            reindexar.anotar({grupo for fuente in FUENTES.values() for grupo in fuente.grupos()})
    except _NoSeGuarda as visto:
        _mostrar(importacion, visto.resultado, _que_cambio(visto.resultado))
    except TransicionInvalida:
        raise
    except ArchivoIlegible as error:
        _rechazar(importacion, str(error))
    except FileNotFoundError:
        _rechazar(importacion, PERDIDO)
    except Exception:
        bitacora.exception("No se pudo hacer la importación %s.", importacion.clave)
        _rechazar(importacion, FALLO)
    else:
        avance.borrar(importacion.clave)


def _correr(importacion: Importacion) -> Motor:
    motor = Motor(avance.Avisador(importacion.clave, importacion.renglones))
    with avance.abrir(importacion.clave) as archivo:
        motor.importar(lectura.hojas(archivo, importacion.formato, _recurso(importacion.recurso)))
    return motor


def _rotular(importacion: Importacion, motor: Motor) -> None:
    """Lo que tiene historia dice en ella que llegó en un archivo."""
    nota = f"Llegó por importación, en «{importacion.archivo}»."
    ahora = timezone.now()
    for recurso, pks in motor.llegaron:
        historia = recurso.modelo._meta.get_field("historia").related_model
        estados = recurso.modelo._base_manager.filter(pk__in=pks).values_list("pk", "estado")
        filas = [
            historia(objeto_id=pk, verbo=VERBO, a=estado, por=importacion.pidio, cuando=ahora, nota=nota)
            for pk, estado in estados
        ]
        historia._base_manager.bulk_create(filas, batch_size=200)


def _que_cambio(resultado: Resultado) -> str:
    """Lo que se dice cuando ya no haría lo que se vio, y lo que sí se puede hacer."""
    if resultado.rechazadas:
        return CAMBIO_Y_FALLA
    return CAMBIO if resultado.cambia_algo else CAMBIO_Y_NADA


def _mostrar(importacion: Importacion, resultado: Resultado, motivo: str) -> None:
    """La vista previa; con un solo renglón que no pueda entrar, no se puede confirmar."""
    if resultado.cortado_en:
        motivo = f"Hay demasiados errores: se dejó de revisar en {resultado.cortado_en}."
    _guardar(importacion, resultado, "rechazar" if resultado.rechazadas else "aceptar", motivo=motivo)


def _guardar(importacion: Importacion, resultado: Resultado, verbo: str, **campos: Any) -> None:
    with transaction.atomic():
        importacion.guardar_tandas(resultado.tandas)
        campos |= {"resumen": resultado.resumen(), "huella_de_lo_visto": resultado.huella}
        importacion.cambiar(verbo, importacion.pidio, **campos)


def _rechazar(importacion: Importacion, motivo: str) -> None:
    """Primero el estado: si otro ya la hizo, sus tandas son con lo que se deshace."""
    with transaction.atomic():
        importacion.cambiar("rechazar", importacion.pidio, motivo=motivo, resumen=[])
        importacion.tandas.all().delete()


def confirmar(importacion: Importacion, por: Any, visto: str, *, a_la_fila: bool = True) -> bool:
    """La manda importar; False si lo que se vio ya no es lo que se revisó al final."""
    if visto != importacion.huella_de_lo_visto:
        return False
    _encargar(importacion, "confirmar", por, a_la_fila)
    return True


def descartar(importacion: Importacion, por: Any) -> None:
    """Ya no se quiere: se borra el archivo y queda que se subió."""
    with transaction.atomic():
        importacion.cambiar("descartar", por)
        importacion.tandas.all().delete()
    avance.borrar(importacion.clave)


def interrumpida(importacion: Importacion) -> bool:
    """Si quien la atendía murió a la mitad, o nadie la ha tomado en mucho tiempo."""
    if not importacion.en_proceso:
        return False
    ultimo = importacion.historia.last()
    lleva = (timezone.now() - (ultimo.cuando if ultimo else importacion.subida_el)).total_seconds()
    if importacion.en_fila:
        return lleva >= SIN_TURNO
    dicho = avance.leer(importacion.clave)
    return lleva >= avance.SIN_LATIDO and not (dicho and dicho.vivo)


def repetir(importacion: Importacion, por: Any) -> None:
    """Vuelve a la fila lo que se interrumpió, o se revisa otra vez lo ya revisado."""
    if importacion.en_proceso and not interrumpida(importacion):
        raise TransicionInvalida("Todavía se está atendiendo: espera a que termine.")
    estado = EstadoImportacion(importacion.estado)
    _encargar(importacion, REPETIR.get(estado, "repetir_revision"), por, motivo="")


def ultima() -> Importacion | None:
    """La única que se puede deshacer: la última hecha, aunque ya se haya pedido."""
    return Importacion.objects.filter(estado__in=SIGUE_HECHA).order_by("-hecha_el", "-pk").first()


def pedir_deshacer(importacion: Importacion, por: Any) -> None:
    """La manda deshacer. Lanza `TransicionInvalida` si hay otra posterior."""
    if importacion != ultima():
        raise TransicionInvalida("Solo se deshace la última importación hecha.")
    _encargar(importacion, "pedir_deshacer", por, motivo="")


def _deshacer(importacion: Importacion) -> None:
    """Todo o nada."""
    avance.Avisador(importacion.clave, importacion.renglones)
    try:
        with transaction.atomic():
            _esperar_turno(importacion)
            if importacion != ultima():
                raise deshacer.NoSeDeshace([OTRA_DESPUES])
            deshacer.deshacer(importacion)
            importacion.cambiar("acabar_de_deshacer", importacion.pidio)
            reindexar.anotar({grupo for fuente in FUENTES.values() for grupo in fuente.grupos()})
    except deshacer.NoSeDeshace as error:
        importacion.cambiar("conservar", importacion.pidio, motivo="\n".join(error.razones))
    except TransicionInvalida:
        raise
    except Exception:
        bitacora.exception("No se pudo deshacer la importación %s.", importacion.clave)
        importacion.cambiar(
            "conservar", importacion.pidio, motivo="El portal falló al deshacerla: sigue hecha."
        )
    avance.borrar(importacion.clave)


def limpiar_viejas(ahora: dt.datetime) -> None:
    """Lo que se subió y nadie confirmó en una semana se descarta."""
    sin_confirmar = TRANSICIONES["descartar"].desde
    for vieja in Importacion.objects.filter(subida_el__lt=ahora - VIDA, estado__in=sin_confirmar):
        descartar(vieja, None)
