"""Quien edita: entra con su cuenta y guarda puntos, asistencia y archivos, y al final se mira si está todo.

Cada persona lleva su lista de lo que el portal le dijo que guardó. Al terminar se relee cada cosa en su
página y en la base: si algo aceptado no está, se perdió.
"""

import asyncio
import hashlib
import random
import re
import time
from dataclasses import dataclass, field
from html import escape
from time import monotonic
from typing import Any

from bench.cuenta import Cuenta
from bench.navegante import Navegante, Respuesta

EN_LA_MESA, EN_REPORTES = 16, 4
CUANTAS = EN_LA_MESA + EN_REPORTES
GUARDAN = ("guardar", "lista", "archivo", "evidencia")
CONTRASENA = "ensayo de carga del portal"
PAUSA = (3.0, 8.0)
PARRAFO = "Se expone el avance del compromiso y las personas integrantes lo comentan. "
FICHA = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ENVIO = re.compile(r'name="envio" value="([^"]+)"')
VERSION = re.compile(r'name="version" value="(\d+)"')
LIMITE = "portalensayo"


@dataclass
class Editora:
    """Una persona con cuenta y lo que lleva guardado."""

    correo: str
    secreto: str = ""  # de su segundo paso, si lo tiene
    pagina: str = ""  # donde escribe
    lista: str = ""  # donde pasa lista, y el asiento que le toca
    asiento: int = 0
    punto: int = 0
    version: int = 1
    guardados: int = 0
    texto: str = ""
    asistencia: str = ""
    archivos: dict[str, str] = field(default_factory=dict)  # nombre y huella
    ligas: dict[str, str] = field(default_factory=dict)  # título y dirección
    navega: Navegante = field(init=False)
    cuenta: Cuenta = field(init=False)
    azar: random.Random = field(init=False)

    def sentarse(self, navega: Navegante, cuenta: Cuenta, azar: random.Random) -> "Editora":
        """Frente a su navegador."""
        self.navega, self.cuenta, self.azar = navega, cuenta, azar
        return self

    async def trabajar(self, llega: float, hasta: float) -> None:
        """Entra y guarda una cosa tras otra; lo que falle se anota y sigue."""
        await asyncio.sleep(llega)
        if not await self._a_salvo(self._entrar):
            return
        acciones = (
            [self._escribir] * 5 + [self._pasar_lista, self._anexar] if self.punto else [self._evidencia]
        )
        while monotonic() < hasta:
            await self._a_salvo(self.azar.choice(acciones))
            await asyncio.sleep(min(self.azar.uniform(*PAUSA), max(0.0, hasta - monotonic())))
        await self._a_salvo(self._releer)
        self.navega.cerrar()

    async def _a_salvo(self, accion: Any) -> bool:
        try:
            await accion()
        except (OSError, TimeoutError, EOFError, ValueError, LookupError) as error:
            self.cuenta.fallo(f"{type(error).__name__} en {accion.__name__} de {self.correo}: {error}")
            return False
        return True

    async def _entrar(self) -> None:
        """Contraseña y, si lo tiene, código. Lanza `LookupError` si no la dejan."""
        pagina = await self._ver("/entrar/")
        datos = {"login": self.correo, "password": CONTRASENA, "csrfmiddlewaretoken": _una(FICHA, pagina)}
        respuesta = await self.navega.enviar("/entrar/", datos, "/entrar/")
        self.cuenta.anotar("entrar", "/entrar/", respuesta, admite=(302,))
        if self.secreto:
            respuesta = await self._dar_codigo(respuesta.cabeceras["location"])
        if "__Host-sesion" not in self.navega.galletas or respuesta.codigo != 302:
            raise LookupError(f"no entró: {respuesta.codigo}")
        await self._ver(self.pagina)

    async def _dar_codigo(self, ruta: str) -> Respuesta:
        from tests.cuentas.codigos import codigo

        pagina = await self._ver(ruta)
        datos = {"code": codigo(self.secreto), "csrfmiddlewaretoken": _una(FICHA, pagina)}
        respuesta = await self.navega.enviar(ruta, datos, ruta)
        self.cuenta.anotar("entrar", ruta, respuesta, admite=(302,))
        return respuesta

    async def _ver(self, ruta: str) -> str:
        respuesta = await self.navega.ver(ruta)
        self.cuenta.anotar("con cuenta", ruta, respuesta)
        return respuesta.texto

    async def _escribir(self) -> None:
        """Otro renglón, como lo guarda solo la página: sobre la versión leída."""
        pagina = await self._ver(self.pagina)
        if (leida := int(_una(VERSION, pagina))) != self.version:
            self.cuenta.fallo(f"se leyó la versión {leida} y se guardó la {self.version} en {self.pagina}")
        for _ in range(self.azar.randint(1, 4)):
            await self._guardar(_una(FICHA, pagina))
            await asyncio.sleep(self.azar.uniform(1, 3))

    async def _guardar(self, ficha: str) -> None:
        texto = f"{PARRAFO * 8}Guardado {self.guardados + 1}, {self.correo}."
        datos = {"desahogo": texto, "version": str(self.version), "csrfmiddlewaretoken": ficha}
        ruta = f"{self.pagina}texto/"
        respuesta = await self.navega.enviar(ruta, datos, self.pagina, X_Autoguardado="1")
        if self.cuenta.anotar("guardar", ruta, respuesta):
            self.texto, self.guardados, self.version = texto, self.guardados + 1, self.version + 1

    async def _pasar_lista(self) -> None:
        """Ausente o justificada, un toque; quien no tiene asiento, mira."""
        pagina = await self._ver(self.lista)
        if not self.asiento:
            return
        quien = "justificada" if self.asistencia == "ausente" else "ausente"
        ruta = f"{self.lista}asiento/{self.asiento}/"
        datos = {"quien": quien, "motivo": "", "csrfmiddlewaretoken": _una(FICHA, pagina)}
        respuesta = await self.navega.enviar(ruta, datos, self.lista)
        if self.cuenta.anotar("lista", ruta, respuesta, admite=(302,)):
            self.asistencia = quien

    async def _anexar(self) -> None:
        """Un documento nuevo en su punto."""
        pagina = await self._ver(self.pagina)
        await self._subir(f"{self.pagina}anexo/", pagina, admite=302)

    async def _evidencia(self) -> None:
        """Un archivo o una liga en el reporte."""
        pagina = await self._ver(self.pagina)
        if self.azar.random() < 0.6:
            await self._subir(f"{self.pagina}subir/", pagina, admite=302)
            return
        numero = len(self.ligas)
        titulo, liga = f"Liga {numero} de {self.correo}", f"https://datos.example.org/{self.correo}/{numero}"
        datos = {"liga": liga, "titulo": titulo, "csrfmiddlewaretoken": _una(FICHA, pagina)}
        respuesta = await self.navega.enviar(f"{self.pagina}ligar/", datos, self.pagina)
        if self.cuenta.anotar("evidencia", f"{self.pagina}ligar/", respuesta, admite=(302,)):
            self.ligas[titulo] = liga

    async def _subir(self, ruta: str, pagina: str, *, admite: int) -> None:
        nombre = f"lista-{self.correo.partition('@')[0]}-{len(self.archivos)}.csv"
        contenido = f"nombre,institución\r\n{nombre},{PARRAFO * self.azar.randint(1, 400)}\r\n".encode()
        campos = {"csrfmiddlewaretoken": _una(FICHA, pagina), "envio": f"{time.time_ns():032x}"}
        cuerpo = _partes(campos, nombre, contenido)
        tipo = f"multipart/form-data; boundary={LIMITE}"
        respuesta = await self.navega.enviar_cuerpo(ruta, cuerpo, tipo, self.pagina)
        if self.cuenta.anotar("archivo", ruta, respuesta, admite=(admite,)):
            self.archivos[nombre] = hashlib.sha256(contenido).hexdigest()

    async def _releer(self) -> None:
        """En su página está lo último que escribió, y cada archivo y cada liga."""
        pagina = await self._ver(self.pagina)
        faltan = [n for n in (*self.archivos, *self.ligas) if escape(n) not in pagina]
        if self.texto and escape(self.texto) not in pagina:
            faltan.append(f"el guardado {self.guardados}")
        for que in faltan:
            self.cuenta.fallo(f"no se relee {que} en {self.pagina}")


def _una(patron: re.Pattern[str], pagina: str) -> str:
    """Lo que trae la página. Lanza `LookupError` si no lo trae."""
    hallado = patron.search(pagina)
    if hallado is None:
        raise LookupError(f"la página no trae {patron.pattern}")
    return hallado[1]


def _partes(campos: dict[str, str], nombre: str, contenido: bytes) -> bytes:
    """Una forma con un archivo."""
    dichos = [
        f'--{LIMITE}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in campos.items()
    ]
    archivo = f'--{LIMITE}\r\nContent-Disposition: form-data; name="archivo"; filename="{nombre}"\r\n'
    cabeza = "".join(dichos) + archivo + "Content-Type: text/csv\r\n\r\n"
    return cabeza.encode() + contenido + f"\r\n--{LIMITE}--\r\n".encode()


def contratar() -> list[Editora]:
    """Veinte cuentas: en la mesa, con dos pasos y cada una con su punto; las demás, en un reporte."""
    return [*_de_la_mesa(), *_de_reportes()]


def _cuenta(clave: str, numero: int, *, dos_pasos: bool) -> tuple[Any, str]:
    """La cuenta y el secreto de su segundo paso, o vacío."""
    from stl_portal.cuentas.models import Usuario
    from tests.cuentas.codigos import dar_telefono

    correo = f"{clave}{numero}@ensayo.example"
    cuenta = Usuario.objects.create_user(correo, CONTRASENA, nombre=f"Editora ficticia {numero}")
    return cuenta, dar_telefono(cuenta) if dos_pasos else ""


def _de_la_mesa() -> list[Editora]:
    from sesiones.models import Punto, Rol, Sesion

    sesion = Sesion.objects.filter(organo__clave="demo", estado="convocada").get()
    asientos = list(sesion.organo.asientos.vigentes(sesion.fecha).values_list("pk", flat=True))
    mesa, lista = f"/mesa/{sesion.organo.clave}/{sesion.clave}/", []
    for numero in range(EN_LA_MESA):
        cuenta, secreto = _cuenta("mesa", numero, dos_pasos=True)
        Rol.objects.create(usuario=cuenta, organo=sesion.organo, tipo="tecnica")
        punto = Punto.agregar(sesion, f"Punto del ensayo {numero}")
        asiento = asientos[numero] if numero < len(asientos) else 0
        una = Editora(cuenta.email, secreto, f"{mesa}desahogo/{punto.pk}/", f"{mesa}asistencia/")
        una.asiento, una.punto = asiento, punto.pk
        lista.append(una)
    return lista


def _de_reportes() -> list[Editora]:
    """Con el encargo de preparar el reporte que la demostración deja por empezar."""
    from django.utils import timezone

    from ejes.models import Encargo
    from ejes.reportes import reportar
    from sesiones.models import Asiento
    from stl_portal.cuentas.models import Usuario

    hoy, lista = timezone.localdate(), []
    titular = Usuario.objects.get(email="integrante@demo.example")
    asiento = Asiento.objects.ocupados_por(titular, hoy).filter(organo__clave="demo").get()
    casilla = next(c for c in reportar.de_los_asientos([asiento], hoy) if c.reporte is None)
    reporte = reportar.iniciar(casilla.bimestre, casilla.eje, asiento, hoy)
    for numero in range(EN_REPORTES):
        cuenta, secreto = _cuenta("reporte", numero, dos_pasos=False)
        Encargo.objects.create(asiento=asiento, usuario=cuenta, dado_por=titular, vigente_desde=hoy)
        lista.append(Editora(cuenta.email, secreto, f"/reportes/{reporte.pk}/evidencias/"))
    return lista


def perdidos(gente: list[Editora]) -> list[str]:
    """Lo que se aceptó y no está en la base tal como se envió."""
    from ejes.models import Evidencia
    from sesiones.models import Anexo, Asistencia, Punto

    faltan = []
    for una in gente:
        if una.punto:
            punto = Punto.objects.get(pk=una.punto)
            if (punto.desahogo, punto.version) != (una.texto, 1 + una.guardados):
                faltan.append(f"{una.correo}: versión {punto.version} de {1 + una.guardados}")
            guardados: Any = Anexo.objects.filter(punto=punto).values_list(
                "archivo__nombre", "archivo__huella"
            )
        else:
            guardados = Evidencia.objects.values_list("archivo__nombre", "archivo__huella")
            ligas = set(Evidencia.objects.values_list("titulo", "liga"))
            faltan += [f"{una.correo}: {liga}" for liga in una.ligas.items() - ligas]
        faltan += [f"{una.correo}: {n}" for n in una.archivos.items() - set(guardados)]
        if una.asistencia and not Asistencia.objects.filter(
            asiento=una.asiento, sesion__estado="convocada", estado=una.asistencia
        ):
            faltan.append(f"{una.correo}: su asiento no quedó {una.asistencia}")
    return faltan
