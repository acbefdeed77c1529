"""Importar los renglones de un recurso: los nuevos nacen, los que cambian se actualizan y ninguno se borra.

Quien llama abre la transacción y la deshace si algo se rechazó o si solo era una vista previa: por eso la
vista previa descubre lo mismo que la importación, hasta lo que solo la base sabe.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import models

from stl_portal.vigencia import ConVigencia

from . import guardar, registro
from .crudo import antes_y_ahora, escrito, firma, valores_de
from .lectura import Hoja
from .models import TODO
from .nombres import Nombre, Nombres, lugar_del_ordinal
from .recurso import COLUMNA_ORDINAL, Columna, Recurso
from .renglon import DeReferencia, Lector, Renglon
from .resultado import CAMBIA, COMPLETA, NUEVA, RECHAZADA, Cuenta, Resultado, Suceso
from .sin_repasos import sin_repasos

LOTE = 500
ERRORES_MAXIMOS = 1000
CON_SU_VERBO = "Ya existe, y su estado cambia con su verbo, no con un archivo."
SELLADO = "Ya está sellado y no se cambia."


class DemasiadosErrores(Exception):
    """Ya no vale la pena seguir revisando."""


class Motor:
    """Importa las hojas de un archivo, una tras otra, con los mismos nombres."""

    def __init__(self, avisar: Callable[[int], None] = lambda _: None) -> None:
        """`avisar` recibe cuántos renglones van."""
        self.nombres = Nombres()
        self.resultado = Resultado()
        self.avisar = avisar
        self.van = 0
        self.llegaron: list[tuple[type[Recurso], list[Any]]] = []  # lo nuevo que tiene estado
        self.nacidas: dict[type[Recurso], list[Any]] = {}  # todo lo nuevo
        self.cambiadas: dict[type[Recurso], list[Any]] = {}

    def importar(self, hojas: Iterable[Hoja]) -> Resultado:
        """Todas; se detiene si hay demasiados errores."""
        try:
            with sin_repasos():
                for hoja in hojas:
                    _DeUnRecurso(self, hoja.recurso).importar(hoja.renglones)
        except DemasiadosErrores as corte:
            self.resultado.cortado_en = str(corte)
        if self.resultado.cambia_algo and not self.resultado.rechazadas:
            self._terminar()
        self.resultado.cerrar()
        return self.resultado

    def _terminar(self) -> None:
        """Lo que las aplicaciones comprueban o anotan cuando ya está todo; lo que digan impide importar."""
        for hacer in registro.AL_TERMINAR:
            self.avisar(self.van)  # comprobar también tarda: que se sepa que sigue viva
            for razon in hacer(self):
                cuenta = self.resultado.cuentas.setdefault(TODO, Cuenta(TODO, "Todo lo importado"))
                cuenta.rechazadas += 1
                self.resultado.anotar(Suceso(TODO, 0, RECHAZADA, celdas=[["", razon]]))


class _DeUnRecurso:
    """Lo que se lleva mientras se importa un recurso."""

    def __init__(self, motor: Motor, recurso: type[Recurso]) -> None:
        self.motor, self.recurso, self.propio = motor, recurso, recurso()
        self.propio.preparar(motor)
        self.nombres, self.resultado = motor.nombres, motor.resultado
        self.cuenta = self.resultado.cuenta(recurso)
        self.lector = Lector(recurso, self.nombres)
        self.columnas = recurso.columnas()
        self.campos = tuple(columna.attname for columna in self.columnas)
        self.con_version = guardar.con_version(recurso.modelo)
        self.encabezado = {c.attribute: c.encabezados[0] for c in self.columnas}
        self.existentes = self.nombres.cual(recurso)
        self.vistos: dict[Nombre, int] = {}
        self.nuevas: list[Renglon] = []
        self.por_nacer: set[Nombre] = set()
        self.naceran: Counter[Nombre] = Counter()  # cuántos, de cada grupo con ordinal
        self.cambian: list[tuple[Any, Renglon]] = []
        self.rezagadas: list[Renglon] = []
        self.por_completar: list[tuple[Any, Renglon]] = []
        self.nacidas: list[Any] = []
        limpiar = recurso.modelo.clean
        self.limpia = recurso.con_clean and limpiar not in (models.Model.clean, ConVigencia.clean)

    def importar(self, renglones: Iterable[tuple[int, list[str]]]) -> None:
        """De lote en lote; al final, los que esperaban a otro del mismo archivo."""
        recorrido = iter(renglones)
        while lote := list(islice(recorrido, LOTE)):
            for numero, celdas in lote:
                self._clasificar(self.lector.leer(numero, celdas))
            self._guardar()
            self.motor.van += len(lote)
            self.motor.avisar(self.motor.van)
        self._completar()
        self._guardar()
        self.motor.nacidas.setdefault(self.recurso, []).extend(self.nacidas)
        if self.nacidas and self.recurso.con_estado():
            self.motor.llegaron.append((self.recurso, self.nacidas))

    def _clasificar(self, renglon: Renglon) -> None:
        """Nuevo, ya existente o rechazado."""
        if renglon.fallas or (self.lector.con_ordinal and not self._numerar(renglon)):
            return self._rechazar(renglon)
        antes = self.vistos.setdefault(renglon.nombre, renglon.numero)
        if antes != renglon.numero:
            columna = self.recurso.partes_del_nombre()[0]
            return self._rechazar(renglon, (columna, f"Repite el renglón {antes}: es el mismo."))
        if self.por_nacer.intersection(renglon.esperados.values()):
            self._guardar()
            for _ in self._resolver(renglon):
                pass
        pk = self.existentes.get(renglon.nombre)
        if pk is not None:
            self._de_antes(pk, renglon)
            return None
        self.nuevas.append(renglon)
        self.por_nacer.add(renglon.nombre)
        if self.lector.con_ordinal:
            self.naceran[self.nombres.grupo(self.recurso, renglon.nombre)] += 1
        return None

    def _de_antes(self, pk: Any, renglon: Renglon) -> None:
        """Ya existe: se compara con su lote, o al final si se refiere a uno que viene después."""
        if renglon.esperados:
            self.rezagadas.append(renglon)
        else:
            self.cambian.append((pk, renglon))

    def _numerar(self, renglon: Renglon) -> bool:
        """Un ordinal vacío es «el que sigue»; uno que se salta números no nombra a nadie."""
        lugar = lugar_del_ordinal(self.recurso)
        dicho = renglon.nombre[lugar].lstrip("0") or renglon.nombre[lugar]  # «01» es el 1
        grupo = self.nombres.grupo(self.recurso, renglon.nombre)
        sigue = self.nombres.siguiente(self.recurso, grupo) + self.naceran[grupo]
        es_numero = dicho.isascii() and dicho.isdecimal() and len(dicho) <= len(str(sigue))
        if dicho and not (es_numero and 0 < int(dicho) <= sigue):
            renglon.fallas.append((COLUMNA_ORDINAL, f"El siguiente es el {sigue}; deja vacío si es nuevo."))
            return False
        renglon.nombre = (*renglon.nombre[:lugar], dicho or str(sigue), *renglon.nombre[lugar + 1 :])
        return True

    def _rechazar(self, renglon: Renglon, *fallas: tuple[str, str]) -> None:
        renglon.fallas.extend(fallas)
        self.cuenta.rechazadas += 1
        celdas = [[columna, razon] for columna, razon in renglon.fallas]
        self.resultado.anotar(
            Suceso(self.recurso.clave, renglon.numero, RECHAZADA, list(renglon.nombre), None, celdas)
        )
        if self.resultado.rechazadas >= ERRORES_MAXIMOS:
            raise DemasiadosErrores(f"{self.recurso.nombre}, renglón {renglon.numero}")

    def _guardar(self) -> None:
        """Los nuevos primero: los que cambian pueden referirse a ellos."""
        nuevas, self.nuevas, self.por_nacer, self.naceran = self.nuevas, [], set(), Counter()
        if nuevas:
            self._nacer(nuevas)
        cambian, self.cambian = self.cambian, []
        if cambian:
            self._comparar(cambian)

    def _nacer(self, renglones: list[Renglon]) -> None:
        """Guarda los nuevos que nadie objeta."""
        listos: list[tuple[Renglon, Any]] = []
        for renglon in renglones:
            sin_nadie = [a for a in renglon.esperados if not self._columna(a).null]
            fallas = [*self.propio.objetar(None, renglon.valores), *self._sin_padre(renglon, sin_nadie)]
            objeto = self.recurso.modelo(**renglon.valores, **self.recurso.al_nacer())
            fallas += self._numero_ocupado(objeto)
            fallas += [] if fallas or not self.limpia else self._limpiar(objeto)
            if fallas:
                self._rechazar(renglon, *fallas)
            else:
                self.propio.al_llegar(objeto)
                listos.append((renglon, objeto))
        if not listos:
            return
        rechazos = guardar.insertar(self.recurso.modelo, [objeto for _, objeto in listos])
        for n, (renglon, objeto) in enumerate(listos):
            if n in rechazos:
                self._rechazar(renglon, ("", rechazos[n]))
            else:
                self._nacida(renglon, objeto.pk)

    def _numero_ocupado(self, objeto: Any) -> list[tuple[str, str]]:
        """El número con que se cita ya es de otro renglón."""
        pk = objeto.pk if self.recurso.numerada else None
        duenio = self.nombres.de(self.recurso).get(pk) if pk is not None else None
        if duenio is None:
            return []
        return [(objeto._meta.pk.name, f"El número {pk} ya es de «{' · '.join(filter(None, duenio))}».")]

    def _nacida(self, renglon: Renglon, pk: Any) -> None:
        self.cuenta.nuevas += 1
        self.nacidas.append(pk)
        self.nombres.agregar(self.recurso, renglon.nombre, pk)
        if self.recurso.numerada:
            renglon.valores[self.recurso.modelo._meta.pk.attname] = pk  # el que le puso la base
        if renglon.esperados:
            self.por_completar.append((pk, renglon))
        quedo = firma(self.columnas, renglon.valores)
        nombre = list(renglon.nombre)
        self.resultado.anotar(Suceso(self.recurso.clave, renglon.numero, NUEVA, nombre, pk, firma=quedo))

    def _columna(self, attname: str) -> Columna:
        return next(c for c in self.columnas if c.attname == attname)

    def _sin_padre(self, renglon: Renglon, campos: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Se refieren a uno de su misma tabla que no está ni viene en el archivo."""
        for lector, _ in self.lector.columnas:
            if isinstance(lector, DeReferencia) and lector.columna.attname in campos:
                yield lector.encabezado, lector.no_hay(renglon.esperados[lector.columna.attname])

    def _limpiar(self, objeto: Any) -> list[tuple[str, str]]:
        """Lo que objeta el modelo."""
        try:
            objeto.clean()
        except ValidationError as error:
            dichos = (
                error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            )
            return [(self.encabezado.get(campo, ""), frase) for campo, ff in dichos.items() for frase in ff]
        except ObjectDoesNotExist:
            return [("", "Le falta algo a lo que se refiere.")]
        return []

    def _comparar(self, pares: list[tuple[Any, Renglon]]) -> None:
        """Cambia los que dicen otra cosa; los que dicen lo mismo no se tocan."""
        actuales = valores_de(self.recurso, [pk for pk, _ in pares])
        distintos = []
        for pk, renglon in pares:
            if self.recurso.numerada and renglon.valores[self.recurso.modelo._meta.pk.attname] is None:
                renglon.valores[self.recurso.modelo._meta.pk.attname] = pk
            campos = [c for c in self._que_se_comparan() if actuales[pk][c] != renglon.valores[c]]
            if campos:
                distintos.append((pk, renglon, campos))
            else:
                self.cuenta.iguales += 1
        sellados = guardar.sellados(self.recurso.modelo, [pk for pk, _, _ in distintos])
        for pk, renglon, campos in distintos:
            fallas = [*self._no_cambian(actuales[pk], campos, pk in sellados)]
            fallas += self.propio.objetar(actuales[pk], renglon.valores)
            if self.limpia and not fallas:
                fallas += self._limpiar(self.recurso.modelo(pk=pk, **renglon.valores))
            if fallas:
                self._rechazar(renglon, *fallas)
            else:
                self._cambiar(pk, renglon, campos, actuales[pk])

    def _que_se_comparan(self) -> Iterator[str]:
        """Cuántas veces se guardó aquí un renglón no lo dice un archivo."""
        return (campo for campo in self.campos if not (self.con_version and campo == guardar.VERSION))

    def _no_cambian(
        self, actual: Mapping[str, Any], campos: list[str], sellado: bool
    ) -> Iterator[tuple[str, str]]:
        """Lo que un archivo no cambia de un renglón que ya existe."""
        recurso = self.recurso
        libres = recurso.modelo.SELLADA.libres if sellado else ()
        cerrado = recurso.editables is not None and actual["estado"] not in recurso.editables
        for columna in self.columnas:
            nombre = columna.attribute
            if columna.attname not in campos:
                continue
            if columna.campo.primary_key:
                yield columna.encabezados[0], f"Ya existe, y su número es el {actual[columna.attname]}."
            elif nombre in recurso.fijas:
                yield columna.encabezados[0], f"Ya existe y esto no cambia: {recurso.fijas[nombre]}"
            elif nombre == "estado" and recurso.con_estado():
                yield columna.encabezados[0], CON_SU_VERBO
            elif cerrado:
                dicho = self._estado(actual)
                yield columna.encabezados[0], f"Ya existe y está «{dicho}»: así no cambia aquí."
            elif sellado and nombre not in libres:
                yield columna.encabezados[0], SELLADO

    def _estado(self, actual: Mapping[str, Any]) -> str:
        campo = self.recurso.modelo._meta.get_field("estado")
        return str(dict(campo.flatchoices).get(actual["estado"], actual["estado"]))

    def _cambiar(self, pk: Any, renglon: Renglon, campos: list[str], actual: Mapping[str, Any]) -> None:
        razon = guardar.cambiar(self.recurso.modelo, pk, {c: renglon.valores[c] for c in campos})
        if razon:
            return self._rechazar(renglon, ("", razon))
        if self.con_version and guardar.VERSION in actual:
            renglon.valores[guardar.VERSION] = actual[guardar.VERSION] + 1  # la que le puso `guardar`
        self.cuenta.cambian += 1
        self.motor.cambiadas.setdefault(self.recurso, []).append(pk)
        cambiadas = [c for c in self.columnas if c.attname in campos]
        celdas = [par for c in cambiadas for par in antes_y_ahora(c, self.nombres, actual, renglon.valores)]
        antes = {c.attname: escrito(c, actual[c.attname]) for c in cambiadas}
        quedo = firma(self.columnas, renglon.valores)
        nombre = list(renglon.nombre)
        self.resultado.anotar(
            Suceso(self.recurso.clave, renglon.numero, CAMBIA, nombre, pk, celdas, antes=antes, firma=quedo)
        )
        return None

    def _completar(self) -> None:
        """Los que se refieren a uno que venía después: nacieron sin él, en su lugar, y aquí lo reciben."""
        self._guardar()
        for renglon in self.rezagadas:
            fallas = list(self._resolver(renglon))
            if fallas:
                self._rechazar(renglon, *fallas)
            else:
                self.cambian.append((self.existentes[renglon.nombre], renglon))
        for pk, renglon in self.por_completar:
            campos = list(renglon.esperados)
            fallas = list(self._resolver(renglon))
            razon = "" if fallas else self._poner(pk, renglon, campos)
            if fallas or razon:
                self.cuenta.nuevas -= 1
                self._rechazar(renglon, *fallas, *([("", razon)] if razon else []))

    def _poner(self, pk: Any, renglon: Renglon, campos: list[str]) -> str:
        valores = {c: renglon.valores[c] for c in campos}
        razon = guardar.cambiar(self.recurso.modelo, pk, valores, recien_nacida=True)
        quedo = firma(self.columnas, renglon.valores)
        nombre = list(renglon.nombre)
        self.resultado.anotar(Suceso(self.recurso.clave, renglon.numero, COMPLETA, nombre, pk, firma=quedo))
        return razon

    def _resolver(self, renglon: Renglon) -> Iterator[tuple[str, str]]:
        """Busca otra vez a los que faltaban; los que no llegaron se dicen."""
        for attname, nombre in list(renglon.esperados.items()):
            renglon.valores[attname] = self.existentes.get(nombre)
            if renglon.valores[attname] is not None:
                del renglon.esperados[attname]
        yield from self._sin_padre(renglon, list(renglon.esperados))
