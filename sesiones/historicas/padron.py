"""Quién ocupó qué asiento ese día: lo que ya consta y, solo si se pidió, lo que el acta hace constar."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from sesiones import models as m
from sesiones.demo.directorio import Directorio
from sesiones.demo.integrar import guardar
from sesiones.estados import EstadoAsistencia, Funcion, TipoSuplencia
from sesiones.numeracion import normalizar_folio
from stl_portal.versiones import entero

from .estados import CON_ASIENTO, Lugar
from .forms.filas import NUEVA, TEXTO, Fila
from .lectura.letras import clave
from .models import AliasInstitucion

NOTA = "Consta en el acta de esa sesión; el portal no tiene el documento que dice desde cuándo."
PIDE_CONSTANCIA = (
    "El portal no tiene quién ocupaba ese asiento el {fecha:%d/%m/%Y}. Marca «Registrar, solo por ese día…», "
    "o registra antes su nombramiento u oficio."
)


class ErrorDeFila(ValidationError):
    """Algo que no se admite de un renglón; la vista lo pone junto a su campo."""

    def __init__(self, fila: Fila, campo: str, frase: str) -> None:
        """Conserva de qué renglón es."""
        super().__init__(frase)
        self.fila, self.campo, self.frase = fila, campo, frase


class Padron(Directorio):
    """Traduce las claves de las fichas a filas; registra a propósito lo que la persona pidió registrar."""

    def __init__(self, organo: m.Organo, fecha: dt.date, *, constancias: bool) -> None:
        """`constancias`: si se registran los asientos, nombramientos y suplencias de ese día."""
        super().__init__(organo, {})
        self.fecha, self.constancias = fecha, constancias
        self.escritos: dict[str, str] = {}  # nombre en el acta → nombre registrado
        self._personas: dict[str, m.Persona] = {}
        self._asientos: dict[str, m.Asiento] = {}
        self._alias: list[tuple[m.Persona, str]] = []
        self._instituciones: dict[str, m.Institucion] = {}
        self._ocupados: set[str] = set()
        self._fichas_de: dict[str, list[dict[str, Any]]] = {
            seccion: [] for seccion in ("asistencia", "invitacion", "movimiento", "suplencia")
        }

    # --- lo que pregunta la grabación ---

    def sumar(self, datos: dict[str, Any]) -> None:
        """Nada: aquí las claves ya son filas."""

    def persona(self, clave: str) -> m.Persona:
        """La elegida en ese renglón."""
        return self._personas[clave]

    def asiento(self, clave: str) -> m.Asiento:
        """El de esa clave."""
        return self._asientos[clave]

    def oficio(self, clave: str) -> m.Oficio:
        """El del órgano con ese folio."""
        return self.organo.oficios.filter(folio_normalizado=clave).earliest("pk")

    def suplencia(self, clave: str) -> m.Suplencia:
        """La que ese día facultaba a la persona de ese renglón en su asiento."""
        asiento, _, persona = clave.partition("/")
        suyas = self._asientos[asiento].suplencias.vigentes(self.fecha)
        suplencia: m.Suplencia = suyas.filter(persona=self._personas[persona]).latest("pk")
        return suplencia

    # --- lo que se registra ---

    def registrar(self, filas: Sequence[Fila]) -> None:
        """Personas, asientos y en qué calidad estuvo cada quien. Lanza `ErrorDeFila`."""
        for fila in filas:
            self._personas_de(fila)
        primero = sorted(filas, key=lambda f: f.cleaned_data["lugar"] == Lugar.ACOMPANA)
        for fila in primero:
            self._sentar(fila)

    def lista(self) -> dict[str, list[dict[str, Any]]]:
        """Las fichas del pase de lista: quien no está en el acta y tenía un asiento, ausente."""
        for asiento in self.organo.asientos.vigentes(self.fecha).con_ocupantes():
            llave = f"a{asiento.pk}"
            if llave not in self._ocupados and asiento.titular(self.fecha):
                self._asientos[llave] = asiento
                self._fichas_de["asistencia"].append({"asiento": llave, "estado": EstadoAsistencia.AUSENTE})
        return self._fichas_de

    def oficios_nuevos(self, oficios: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Las fichas de los que el órgano no tiene; cada folio una vez."""
        registrados = set(self.organo.oficios.values_list("folio_normalizado", flat=True))
        nuevos = {
            normal: {
                "folio": o["folio"],
                "asunto": o["asunto"],
                "remitente": o.get("remitente", "No lo dice el acta"),
            }
            for o in oficios
            if (normal := normalizar_folio(o["folio"])) not in registrados
        }
        return list(nuevos.values())

    def anotar_alias(self, acta: str) -> None:
        """Las formas en que el acta escribió a personas e instituciones que ya estaban."""
        fuente = f"Acta de la {acta}, {self.fecha:%d/%m/%Y}"[:200]
        for persona, escrito in self._alias:
            m.AliasPersona.objects.get_or_create(persona=persona, texto=escrito, fuente=fuente)
        for escrita, institucion in self._instituciones.items():
            if clave(escrita) not in (clave(institucion.nombre), clave(institucion.siglas)):
                AliasInstitucion.objects.get_or_create(institucion=institucion, texto=escrita, fuente=fuente)

    def _personas_de(self, fila: Fila) -> None:
        """La persona elegida, o la nueva que se pidió registrar."""
        datos = fila.cleaned_data
        elegida, nombre = datos["persona"], datos["nombre"]
        if elegida == TEXTO:
            return
        if elegida == NUEVA:
            persona = guardar(m.Persona(nombre=nombre, tratamiento=datos["tratamiento"]))
        else:
            persona = m.Persona.objects.get(pk=entero(elegida[1:]))
            if clave(persona.nombre) != clave(nombre):
                self._alias.append((persona, nombre))
        if persona in self._personas.values():
            raise ErrorDeFila(fila, "persona", "Esa persona ya está en otro renglón.")
        self._personas[fila.prefix or ""] = persona
        self.escritos[nombre] = persona.nombre

    def _sentar(self, fila: Fila) -> None:
        """La ficha de su asistencia, según cómo estuvo."""
        datos, quien = fila.cleaned_data, fila.prefix or ""
        lugar = datos["lugar"]
        if lugar not in CON_ASIENTO:
            self._fichas_de["invitacion"].append(self._invitacion(fila, lugar))
            return
        asiento = self._asiento_de(fila)
        llave = f"a{asiento.pk}"
        if lugar == Lugar.AUSENTE:
            return
        if lugar == Lugar.ACOMPANA or llave in self._ocupados:
            calidad = Lugar.SUPLENTE if lugar == Lugar.SUPLENTE else Lugar.INVITADA
            ficha = {
                **self._invitacion(fila, calidad),
                "asiento": llave,
                "institucion": asiento.institucion.nombre,
            }
            self._fichas_de["invitacion"].append(ficha)
            return
        self._ocupados.add(llave)
        suple = lugar == Lugar.SUPLENTE
        faculta = self._suplente if suple else self._titular
        faculta(fila, asiento)
        con = {"suplencia": f"{llave}/{quien}"} if suple else {}
        self._presente(llave, datos, con)

    def _presente(self, llave: str, datos: dict[str, Any], con: dict[str, str]) -> None:
        """Desde el principio, o desde el punto en que llegó."""
        ficha = {
            "asiento": llave,
            "estado": EstadoAsistencia.PRESENTE,
            "tratamiento": datos["tratamiento"],
            **con,
        }
        if datos["desde"]:
            ficha = {"asiento": llave, "estado": EstadoAsistencia.AUSENTE}
            llegada = {"tipo": "llegada", "asiento": llave, "punto": datos["desde"], **con}
            self._fichas_de["movimiento"].append(llegada)
        self._fichas_de["asistencia"].append(ficha)

    def _invitacion(self, fila: Fila, calidad: str) -> dict[str, Any]:
        datos, quien = fila.cleaned_data, fila.prefix or ""
        return {
            "persona": quien if quien in self._personas else "",
            "nombre": datos["nombre"],
            "calidad": calidad,
            "tratamiento": datos["tratamiento"],
            "cargo": datos["cargo"],
            "institucion": datos["institucion"],
        }

    # --- asientos y con qué se ocupan ---

    def _asiento_de(self, fila: Fila) -> m.Asiento:
        """El elegido, o el que se registra solo por ese día. Lanza `ErrorDeFila`."""
        elegido, escrita = fila.cleaned_data["asiento"], fila.cleaned_data["institucion"]
        if elegido.startswith("a"):
            asiento = self.organo.asientos.select_related("institucion").get(pk=entero(elegido[1:]))
            if not asiento.vigente(self.fecha):
                raise ErrorDeFila(fila, "asiento", f"Ese asiento no existía el {self.fecha:%d/%m/%Y}.")
        else:
            asiento = self._asiento_nuevo(fila, elegido)
        self._asientos[f"a{asiento.pk}"] = asiento
        if escrita:
            self._instituciones[escrita] = asiento.institucion
        return asiento

    def _asiento_nuevo(self, fila: Fila, elegido: str) -> m.Asiento:
        self._exigir_constancias(fila)
        datos = fila.cleaned_data
        if elegido == NUEVA:
            institucion = m.Institucion.objects.filter(nombre=datos["institucion"]).first()
            institucion = institucion or guardar(
                m.Institucion(nombre=datos["institucion"], sector=datos["sector"])
            )
        else:
            institucion = m.Institucion.objects.get(pk=entero(elegido[1:]))
        funcion = Funcion.FACILITACION if datos["lugar"] == Lugar.FACILITADORA else Funcion.INTEGRANTE
        ya = (
            self.organo.asientos.vigentes(self.fecha).filter(institucion=institucion, funcion=funcion).first()
        )
        return ya or guardar(
            m.Asiento(
                organo=self.organo,
                institucion=institucion,
                funcion=funcion,
                tiene_voto=funcion != Funcion.FACILITACION,
                orden=self.organo.asientos.count() + 1,
                vigente_desde=self.fecha,
                vigente_hasta=self.fecha,
            )
        )

    def _exigir_constancias(self, fila: Fila) -> None:
        if not self.constancias:
            raise ErrorDeFila(fila, "asiento", PIDE_CONSTANCIA.format(fecha=self.fecha))

    def _titular(self, fila: Fila, asiento: m.Asiento) -> None:
        """Comprueba o registra su nombramiento de ese día."""
        persona = self._personas[fila.prefix or ""]
        actual = asiento.titular(self.fecha)
        if actual is None:
            self._exigir_constancias(fila)
            guardar(m.Nombramiento(**self._de_ese_dia(fila, asiento, persona)))
        elif actual.persona_id != persona.pk:
            frase = f"Ese día la titular era {actual.persona}: ¿estuvo como suplente?"
            raise ErrorDeFila(fila, "lugar", frase.replace("la titular era", "quien ocupaba el asiento era"))

    def _suplente(self, fila: Fila, asiento: m.Asiento) -> None:
        """Comprueba su suplencia permanente o deja lista la de esta sesión."""
        persona = self._personas[fila.prefix or ""]
        permanentes = asiento.suplencias.vigentes(self.fecha).filter(tipo=TipoSuplencia.PERMANENTE)
        if permanentes.filter(persona=persona).exists():
            return
        self._exigir_constancias(fila)
        ficha = self._de_ese_dia(fila, asiento, persona)
        ficha |= {"tipo": TipoSuplencia.POR_SESION, "asiento": f"a{asiento.pk}", "persona": fila.prefix or ""}
        self._fichas_de["suplencia"].append(ficha)

    def _de_ese_dia(self, fila: Fila, asiento: m.Asiento, persona: m.Persona) -> dict[str, Any]:
        return {
            "asiento": asiento,
            "persona": persona,
            "cargo": fila.cleaned_data["cargo"] or "Representante",
            "tratamiento": fila.cleaned_data["tratamiento"],
            "vigente_desde": self.fecha,
            "vigente_hasta": self.fecha,
            "nota": NOTA,
        }
