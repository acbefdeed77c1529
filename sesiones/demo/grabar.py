"""Captura una sesión con los mismos verbos que la mesa: nada se escribe a espaldas del modelo."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.estados import Calidad, EstadoCalendario, TipoMovimiento
from sesiones.votos import Conteo

from . import anexo
from .directorio import Directorio
from .integrar import facultar, guardar


def grabar(datos: dict[str, Any], directorio: Directorio, por: Any = None) -> m.Sesion:
    """Captura la sesión completa, del orden del día a las firmas, todo o nada.

    `por` es la cuenta que captura; None en las sesiones históricas, que nadie capturó en el portal.
    """
    with transaction.atomic():
        grabacion = Grabacion(datos, directorio, por)
        grabacion.preparar()
        grabacion.abrir()
        grabacion.desahogar()
        grabacion.concluir()
        grabacion.calendarizar()
    return grabacion.sesion


class Grabacion:
    """La sesión que se va capturando y las filas que ya tienen clave en el archivo."""

    def __init__(self, datos: dict[str, Any], directorio: Directorio, por: Any) -> None:
        """Programa la sesión con el número que dice el archivo."""
        self.datos, self.directorio, self.por = datos, directorio, por
        campos = {campo: valor for campo, valor in datos["sesion"].items() if campo != "organo"}
        self.sesion = m.Sesion.programar(directorio.organo, por=por, **campos)
        self.puntos: dict[str, m.Punto] = {}
        self.acuerdos: dict[int, m.Acuerdo] = {}

    # --- antes y al abrir ---

    def preparar(self) -> None:
        """Oficios que llegaron para esta sesión y el orden del día como se conocía antes de empezar."""
        facultar(self.directorio, self.datos, self.sesion)
        for ficha in self.datos["punto"]:
            if not ficha.get("en_sesion"):
                self._punto(ficha)

    def abrir(self) -> None:
        """Pase de lista, invitadas, quórum y lo que se agregó al orden del día."""
        for ficha in self.datos["asistencia"]:
            self._lista(ficha)
        for ficha in self.datos.get("invitacion", []):
            self._invitar(ficha)
        hora = self.datos["quorum"]["hora"]
        m.Quorum.declarar(self.sesion, self.por, hora=hora, cuando=self._a_las(hora))
        self.sesion.refresh_from_db()
        for ficha in self.datos["punto"]:
            if ficha.get("en_sesion"):
                self._punto(ficha).mover(padre=self._padre(ficha), lugar=self._lugar(ficha))
        self._releer_puntos()

    def _punto(self, ficha: dict[str, Any]) -> m.Punto:
        """Agrega el punto al final de su nivel."""
        punto = m.Punto.agregar(
            self.sesion,
            ficha["titulo"],
            padre=self._padre(ficha),
            tipo=ficha["tipo"],
            propuesto_por=ficha.get("propuesto_por", ""),
            refiere_literal=ficha.get("refiere", ""),
            acta_de=self._sesion_anterior(ficha),
        )
        self.puntos[ficha["clave"]] = punto
        return punto

    def _sesion_anterior(self, ficha: dict[str, Any]) -> m.Sesion | None:
        """La sesión cuya acta se aprueba en el punto, por su número."""
        if "acta_de" not in ficha:
            return None
        return self.sesion.organo.sesiones.get(tipo=self.sesion.tipo, numero=ficha["acta_de"])

    def _padre(self, ficha: dict[str, Any]) -> m.Punto | None:
        """El punto que lo contiene, si lo hay."""
        return self.puntos[ficha["padre"]] if "padre" in ficha else None

    def _lugar(self, ficha: dict[str, Any]) -> int:
        """Qué lugar le toca entre sus hermanos, contados como están en el archivo."""
        hermanos = [otra["clave"] for otra in self.datos["punto"] if otra.get("padre") == ficha.get("padre")]
        return hermanos.index(ficha["clave"]) + 1

    def _releer_puntos(self) -> None:
        """Mover renumera a los hermanos: las filas en memoria se vuelven a leer."""
        for punto in self.puntos.values():
            punto.refresh_from_db()

    def _lista(self, ficha: dict[str, Any]) -> None:
        """Un asiento en el pase de lista, con su titular o con el suplente que dice la ficha."""
        ocupante = self.directorio.suplencia(ficha["suplencia"]) if "suplencia" in ficha else None
        m.Asistencia.pasar_lista(
            self.sesion,
            self.directorio.asiento(ficha["asiento"]),
            ficha["estado"],
            ocupante=ocupante,
            motivo=ficha.get("motivo", ""),
            tratamiento=ficha.get("tratamiento", ""),
        )

    def _invitar(self, ficha: dict[str, Any]) -> None:
        """Invitada, ponente, suplente que acude junto a su titular o quien acompaña a un asiento."""
        persona = self.directorio.persona(ficha["persona"])
        datos: dict[str, Any] = {
            "calidad": Calidad.INVITADA if ficha["calidad"] == "acompana" else ficha["calidad"],
            "tratamiento": ficha.get("tratamiento", persona.tratamiento),
            "apellidos": persona.apellidos,
            "sexo": persona.sexo,
        }
        datos |= {campo: ficha[campo] for campo in ("cargo", "institucion", "sin_firma") if campo in ficha}
        if "asiento" in ficha:
            datos["asiento"] = self.directorio.asiento(ficha["asiento"])
            datos.setdefault("institucion", datos["asiento"].institucion.nombre)
        if "suplencia" in ficha:
            datos["suplencia"] = suplencia = self.directorio.suplencia(ficha["suplencia"])
            datos["oficio"] = suplencia.oficio.folio if suplencia.oficio else ""
        m.Asistencia.invitar(self.sesion, nombre=persona.nombre, persona=persona, **datos)

    # --- durante ---

    def desahogar(self) -> None:
        """Lo ocurrido en cada punto. Las llegadas van antes que los votos: de ellas sale el padrón."""
        pasos = (
            ("acuerdo", self._acordar),
            ("movimiento", self._mover),
            ("votacion", self._votar),
            ("intervencion", self._intervenir),
            ("plazo", self._plazo),
            ("anexo", self._anexar),
            ("punto", self._resolver),
        )
        for seccion, paso in pasos:
            for ficha in self.datos.get(seccion, []):
                paso(ficha)

    def _acordar(self, ficha: dict[str, Any]) -> None:
        """Acuerdo con el siguiente número y las suplencias que admite."""
        self.acuerdos[ficha["numero"]] = m.Acuerdo.agregar(
            self.puntos[ficha["punto"]],
            texto=ficha["texto"],
            responsable=ficha.get("responsable", ""),
            suplencias=[self.directorio.suplencia(clave) for clave in ficha.get("suplencias", [])],
        )

    def _mover(self, ficha: dict[str, Any]) -> None:
        """Alguien se incorpora o se retira; sin hora si el documento no la dice."""
        asiento, punto = self.directorio.asiento(ficha["asiento"]), self.puntos[ficha["punto"]]
        if ficha["tipo"] == TipoMovimiento.SALIDA:
            self.sesion.asistencias.get(asiento=asiento, ocupa_asiento=True).retirar(
                hora=ficha.get("hora"), punto=punto
            )
            return
        ocupante: Any = asiento.titular(self.sesion.fecha)
        if "suplencia" in ficha:
            ocupante = self.directorio.suplencia(ficha["suplencia"])
        m.Asistencia.incorporar(self.sesion, asiento, ocupante, hora=ficha.get("hora"), punto=punto)

    def _votar(self, ficha: dict[str, Any]) -> None:
        """Votación con el padrón de quienes estaban en ese punto."""
        conteo = Conteo(**ficha["conteo"]) if "conteo" in ficha else None
        nominal = {self.directorio.asiento(clave).pk: voto for clave, voto in ficha.get("votos", {}).items()}
        m.Votacion.registrar(
            self.puntos[ficha["punto"]],
            asunto=ficha["asunto"],
            forma=ficha["forma"],
            conteo=conteo,
            nominal=nominal or None,
            acuerdo=self.acuerdos.get(ficha.get("acuerdo", 0)),
            cuando=self._a_las(self.datos["quorum"]["hora"]),
        )

    def _intervenir(self, ficha: dict[str, Any]) -> None:
        """Lo dicho por alguien de la lista."""
        asistencia = self.sesion.asistencias.get(persona=self.directorio.persona(ficha["persona"]))
        m.Intervencion.agregar(
            self.puntos[ficha["punto"]],
            asistencia=asistencia,
            texto=ficha["texto"],
            literal=ficha.get("literal", False),
        )

    def _plazo(self, ficha: dict[str, Any]) -> None:
        """Plazo con lo dicho, su fecha y la que se prorrogó."""
        campos = {campo: valor for campo, valor in ficha.items() if campo not in ("punto", "acuerdo")}
        acuerdo = self.acuerdos.get(ficha.get("acuerdo", 0))
        m.Plazo.fijar(self.puntos[ficha["punto"]], acuerdo=acuerdo, **campos)

    def _anexar(self, ficha: dict[str, Any]) -> None:
        """Anexo por su título; de los reales el portal no tiene copia y de los inventados, la que dibuja."""
        acuerdo = self.acuerdos.get(ficha.get("acuerdo", 0))
        archivo = anexo.recibir(self.por) if ficha.get("archivo") == anexo.ARCHIVO else None
        m.Anexo.agregar(self.puntos[ficha["punto"]], acuerdo=acuerdo, titulo=ficha["titulo"], archivo=archivo)

    def _resolver(self, ficha: dict[str, Any]) -> None:
        """Texto, oficios, refrendos y resultado del punto; si hubo votación, ella lo dio."""
        punto = self.puntos[ficha["clave"]]
        punto.refresh_from_db()
        punto.dar_cuenta([self.directorio.oficio(clave) for clave in ficha.get("oficios", [])])
        for clave in ficha.get("refrendos", []):
            self.directorio.nombramiento(clave).refrendos.update(punto=punto)
        if "desahogo" in ficha:
            punto = punto.guardar_sobre(punto.version, por=self.por, desahogo=ficha["desahogo"])
        if "resultado" in ficha:
            punto.resolver(ficha["resultado"], motivo=ficha.get("motivo", ""))

    # --- al terminar ---

    def concluir(self) -> None:
        """Cierre, firmas con sus explicaciones y lo que la propia sesión dejó cumplido."""
        hora = self.datos["cierre"]["hora"]
        cerrar(self.sesion, self.por, cierre=hora, cuando=self._a_las(hora))
        m.Firmante.proponer(self.sesion)
        for ficha in self.datos.get("firmante", []):
            asiento = self.directorio.asiento(ficha["asiento"])
            firma = self.sesion.firmantes.get(asistencia__asiento=asiento)
            firma.explicar(ficha["explicacion"])
        for ficha in self.datos.get("seguimiento", []):
            self.acuerdos[ficha["acuerdo"]].dar_seguimiento(
                ficha["estado"], ficha["nota"], por=self.por, fecha=self.sesion.fecha, sesion=self.sesion
            )

    def calendarizar(self) -> None:
        """El calendario que uno de sus acuerdos aprobó o enmendó; es del año de su última fecha."""
        if "calendario" not in self.datos:
            return
        ficha = self.datos["calendario"]
        anio = max(fecha["fecha"] for fecha in ficha["fechas"]).year
        calendario = self._calendario(anio, enmienda=ficha.get("enmienda", False))
        for fecha in ficha["fechas"]:
            if fecha["fecha"].year == anio:
                iguales = self.sesion.organo.sesiones.filter(fecha=fecha["fecha"]).first()
                guardar(m.FechaCalendario(calendario=calendario, sesion=iguales, **fecha))
        calendario.aprobar(self.por, acuerdo=self.acuerdos[ficha["acuerdo"]])

    def _calendario(self, anio: int, *, enmienda: bool) -> m.Calendario:
        """Uno nuevo, o la propuesta que enmienda al que rige, sin sus fechas."""
        calendarios = m.Calendario.objects.filter(organo=self.sesion.organo, anio=anio)
        if not enmienda:
            return guardar(m.Calendario(organo=self.sesion.organo, anio=anio))
        calendario = calendarios.get(estado=EstadoCalendario.APROBADO).enmendar(self.por)
        calendario.fechas.all().delete()
        return calendario

    def _a_las(self, hora: dt.time) -> dt.datetime:
        """El día de la sesión a esa hora, en la zona del portal."""
        return timezone.make_aware(dt.datetime.combine(self.sesion.fecha, hora))
