"""De la revisión confirmada a una sesión concluida, con los mismos verbos que usa la mesa. Todo o nada."""

import datetime as dt
from typing import Any

from django.db import transaction

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.demo.grabar import Grabacion
from sesiones.estados import REQUIEREN_VOTACION, EstadoAsistencia
from sesiones.numeracion import normalizar_folio

from .estados import EstadoTranscripcion
from .forms.revision import Revision
from .lectura.letras import clave
from .models import ActaPorTranscribir
from .padron import ErrorDeFila, Padron

NO_ASISTIO = "No está entre quienes asistieron: corrige su nombre o escribe por qué firma."


def confirmar(acta: ActaPorTranscribir, revision: Revision, por: Any, cuando: dt.datetime) -> m.Sesion:
    """La sesión capturada; si el acta ya se había confirmado, la que quedó.

    Lanza `ErrorDeFila` o `ValidationError` con lo que no se admite, `TransicionInvalida` si el acta se
    descartó; y entonces no queda nada.
    """
    with transaction.atomic():
        fila = ActaPorTranscribir.objects.select_for_update().get(pk=acta.pk)
        if fila.estado == EstadoTranscripcion.CONFIRMADA and fila.sesion:
            return fila.sesion
        fila.exigir("confirmar")
        sesion = capturar(acta.organo, revision, por)
        acta.cambiar("confirmar", por, cuando=cuando, sesion=sesion)
    return sesion


def capturar(organo: m.Organo, revision: Revision, por: Any) -> m.Sesion:
    """Crea la sesión con todo lo suyo."""
    fecha = revision.datos.cleaned_data["fecha"]
    padron = Padron(organo, fecha, constancias=revision.datos.cleaned_data["constancias"])
    padron.registrar(revision.validas("asistentes"))
    transcrita = Transcripcion(_datos(revision, padron), padron, por)
    transcrita.preparar()
    transcrita.abrir()
    transcrita.desahogar()
    transcrita.concluir()
    padron.anotar_alias(str(transcrita.sesion))
    return transcrita.sesion


def _datos(revision: Revision, padron: Padron) -> dict[str, Any]:
    """Las fichas que espera `Grabacion`, con las claves del padrón."""
    limpios = revision.datos.cleaned_data
    campos = ("tipo", "numero", "fecha", "modalidad", "lugar", "domicilio")
    return {
        "sesion": {**{c: limpios[c] for c in campos}, "hora": limpios["inicio"]},
        "quorum": {"hora": limpios["inicio"]},
        "cierre": {"hora": limpios["cierre"]},
        "sin_tratar": limpios["sin_tratar"],
        "punto": _puntos(revision, padron),
        "oficio": padron.oficios_nuevos(_cada(revision, "oficios")),
        "acuerdo": [
            {"numero": n, **acuerdo} for n, acuerdo in enumerate(_cada(revision, "acuerdos"), start=1)
        ],
        "votacion": [_votacion(voto) for voto in _cada(revision, "votos")],
        "plazo": _cada(revision, "plazos"),
        "firmante": _con_fila(revision, "firmantes"),
        **padron.lista(),
    }


def _cada(revision: Revision, cual: str) -> list[dict[str, Any]]:
    """Lo limpio de cada renglón; lo vacío no va."""
    limpias = (fila.cleaned_data for fila in revision.validas(cual))
    return [{c: v for c, v in una.items() if c != "DELETE" and v not in (None, "")} for una in limpias]


def _con_fila(revision: Revision, cual: str) -> list[dict[str, Any]]:
    """Lo mismo, y en qué renglón se dijo: ahí se señala lo que no se admite."""
    filas = revision.validas(cual)
    return [{**limpio, "fila": fila} for limpio, fila in zip(_cada(revision, cual), filas, strict=True)]


def _puntos(revision: Revision, padron: Padron) -> list[dict[str, Any]]:
    """En orden de lectura; el resultado que da una votación lo pone ella."""
    oficios: dict[str, list[str]] = {}
    for oficio in _cada(revision, "oficios"):
        oficios.setdefault(oficio["punto"], []).append(normalizar_folio(oficio["folio"]))
    fichas = []
    for punto in sorted(_cada(revision, "puntos"), key=lambda p: [int(n) for n in p["ruta"].split(".")]):
        numero = punto.pop("ruta")
        ficha = {**punto, "clave": numero, "oficios": oficios.get(numero, [])}
        if padre := numero.rpartition(".")[0]:
            ficha["padre"] = padre
        if ficha.get("resultado") in REQUIEREN_VOTACION:
            del ficha["resultado"]
        fichas.append(ficha)
    return fichas


def _votacion(voto: dict[str, Any]) -> dict[str, Any]:
    """La ficha con su conteo."""
    conteo = {c: voto.get(c, 0) for c in ("a_favor", "en_contra", "abstenciones")}
    ficha = {c: v for c, v in voto.items() if c not in conteo}
    return {**ficha, "conteo": conteo} if voto["forma"] == "conteo" else ficha


class Transcripcion(Grabacion):
    """Una grabación cuyas invitadas pueden no estar registradas y cuyas firmas son las del acta."""

    def _invitar(self, ficha: dict[str, Any]) -> None:
        if ficha["persona"]:
            super()._invitar(ficha)
            return
        m.Asistencia.invitar(self.sesion, **{c: v for c, v in ficha.items() if c != "persona"})

    def concluir(self) -> None:
        """Cierra a la hora del acta y deja la lista de firmas como está en ella."""
        hora = self.datos["cierre"]["hora"]
        sin_tratar = self.datos["sin_tratar"]
        cerrar(self.sesion, self.por, cierre=hora, sin_tratar=sin_tratar, cuando=self._a_las(hora))
        m.Firmante.proponer(self.sesion)
        self._firmas()

    def _firmas(self) -> None:
        """Quita a quien no firmó y agrega a quien sí, con su porqué."""
        asistieron = {clave(a.nombre): a for a in self.sesion.asistencias.presentes()}
        escritos = {clave(escrito): clave(real) for escrito, real in self.directorio.escritos.items()}  # type: ignore[attr-defined]
        firman = {escritos.get(clave(f["nombre"]), clave(f["nombre"])): f for f in self.datos["firmante"]}
        if not firman:
            return
        for propuesta in self.sesion.firmantes.select_related("asistencia"):
            quien = clave(propuesta.asistencia.nombre) if propuesta.asistencia else clave(propuesta.nombre)
            if quien not in firman:
                self._no_firmo(propuesta)
            elif explicacion := firman.pop(quien).get("explicacion"):
                propuesta.explicar(explicacion)
        for quien, ficha in firman.items():
            self._tambien_firmo(asistieron.get(quien), ficha)

    @staticmethod
    def _no_firmo(propuesta: m.Firmante) -> None:
        asistencia = propuesta.asistencia
        propuesta.quitar()
        if asistencia:
            asistencia.explicar_sin_firma("No aparece en la hoja de firmas del acta.")

    def _tambien_firmo(self, asistencia: m.Asistencia | None, ficha: dict[str, Any]) -> None:
        if asistencia and asistencia.estado == EstadoAsistencia.PRESENTE:
            m.Firmante.incluir(asistencia)
            return
        porque = ficha.get("explicacion", "")
        if not porque:
            raise ErrorDeFila(ficha["fila"], "nombre", NO_ASISTIO)
        m.Firmante.agregar(
            self.sesion, nombre=ficha["nombre"], cargo=ficha.get("cargo", ""), explicacion=porque
        )
