"""Los asientos de un órgano pegados como texto: un renglón por asiento, con su institución y su sector.

La institución que ya está registrada se usa; la que se parece a una registrada, o a la de otro renglón, se
pregunta; nunca se adivina.
"""

import difflib
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sesiones.estados import Funcion, Sector
from sesiones.models import Institucion
from stl_portal import texto as de_portal
from stl_portal.espanol import llano

MAXIMOS = 60  # renglones
COLUMNAS = 3
LARGO = 200
CITADO = 60  # letras de lo que no se entendió
SECTOR_PARECIDO = 0.6  # «acadmia» y «academia»; «gremio» no se parece a ninguno
PARECIDO = 0.86  # de 0 a 1: «Universidad de Leon» y «Universidad de León, A.C.» se preguntan
NUEVA = "nueva"
OFRECIDAS = 3
UNICAS = (Funcion.PRESIDENCIA, Funcion.FACILITACION)
# Con qué termina el nombre de una persona moral: no distingue a una institución de otra.
_REGIMEN = re.compile(
    r" (a ?c|asociacion civil|s ?c|sociedad civil|i ?a ?p|institucion de asistencia privada|a ?b ?p"
    r"|s ?a( de c ?v)?|s ?a ?p ?i de c ?v|s de r ?l( de c ?v)?"
    r"|sociedad anonima( promotora de inversion)?( de capital variable)?"
    r"|sociedad de responsabilidad limitada( de capital variable)?)$"
)


def llana(nombre: str) -> str:
    """El nombre como se compara: sin acentos, mayúsculas, signos ni espacios de más, ni su régimen legal.

    «Red Ciudadana, A. C.» y «RED CIUDADANA AC» son el mismo; un nombre que solo fuera régimen se queda.
    """
    sin_puntos = re.sub(r"[.'’]", "", llano(nombre))
    limpio = " ".join(re.findall(r"\w+", sin_puntos))
    return _REGIMEN.sub("", limpio)


def _por_nombre(opciones: Sequence[tuple[str, str]], **otras: str) -> dict[str, str]:
    """Cómo se puede escribir cada opción: su clave o su nombre, sin acentos."""
    dichas = {llano(nombre): clave for clave, nombre in opciones}
    return dichas | {llano(clave.replace("_", " ")): clave for clave, _ in opciones} | otras


SECTORES = _por_nombre(
    Sector.choices, garante="organo_autonomo", gobierno="poder_publico", empresas="iniciativa_privada"
)
FUNCIONES = _por_nombre(
    Funcion.choices, facilitadora="facilitacion", facilitador="facilitacion", presidenta="presidencia"
)


@dataclass(frozen=True)
class Renglon:
    """Un asiento pedido. `error` dice por qué no se admite; vacío si se admite.

    `aviso` dice lo que conviene mirar y `sector_cercano`, el que se ofrece en lugar de uno que no existe.
    """

    numero: int
    nombre: str
    sector: str = ""
    funcion: str = Funcion.INTEGRANTE
    error: str = ""
    aviso: str = ""
    sector_cercano: str = ""
    existe: Institucion | None = None
    parecidas: tuple[Institucion, ...] = ()
    igual_a: "Renglon | None" = None  # el renglón de antes que la nombra de otro modo

    @property
    def se_pregunta(self) -> bool:
        """Si hay que elegir cuál institución es."""
        return not self.error and bool(self.parecidas or self.igual_a)

    @property
    def campo(self) -> str:
        """Con qué nombre viaja lo que se elige de este renglón; cambia si cambia la institución."""
        return f"cual_{hashlib.sha256(self.nombre.encode()).hexdigest()[:12]}"

    @property
    def sector_dicho(self) -> str:
        """El de la institución registrada o el escrito."""
        sector = self.existe.sector if self.existe else self.sector
        return Sector(sector).label if sector else "El propio secretariado"

    @property
    def funcion_dicha(self) -> str:
        """«Presidencia»."""
        return Funcion(self.funcion).label


def leer(texto: str) -> list[Renglon]:
    """Un `Renglon` por renglón no vacío, numerado como se ve; si son más de `MAXIMOS`, sin leer.

    Consulta una vez las instituciones.
    """
    lineas = [(n, linea) for n, linea in enumerate(texto.splitlines(), start=1) if linea.strip()]
    if lineas and llano(_celdas(lineas[0][1])[0]) == "institucion":
        lineas = lineas[1:]
    if len(lineas) > MAXIMOS:  # no se admiten, y compararlos todos con todos tardaría minutos
        return [Renglon(n, linea.strip()[:LARGO]) for n, linea in lineas]
    registradas = {i.nombre: i for i in Institucion.objects.all()} if lineas else {}
    llanas = _llanas(registradas.values())
    leidos = [_con_institucion(_renglon(n, linea), registradas, llanas) for n, linea in lineas]
    return _repetidos(_dichas_de_otro_modo(leidos))


def _celdas(linea: str) -> list[str]:
    """Separadas por «|» o, como las deja una hoja de cálculo, por tabulador."""
    return [_limpia(celda) for celda in re.split(r"[|\t]", linea)]


def _limpia(celda: str) -> str:
    """Lo que no cabe en ninguna columna se corta antes: ya se rechaza por largo, y limpiarlo entero falla."""
    return de_portal.limpiar_linea(celda[: 5 * LARGO])


def _renglon(numero: int, linea: str) -> Renglon:
    celdas = _celdas(linea)
    nombre, dicho_sector, dicha_funcion = (*celdas, "", "", "")[:COLUMNAS]
    sector, funcion = SECTORES.get(llano(dicho_sector)), FUNCIONES.get(llano(dicha_funcion))
    error = _por_que_no(celdas, sector, funcion)
    cercano = sector_cercano(dicho_sector) if error and sector is None else ""
    return Renglon(numero, nombre, sector or "", funcion or Funcion.INTEGRANTE, error, sector_cercano=cercano)


def sector_cercano(dicho: str) -> str:
    """El nombre del sector que más se parece a lo escrito, o vacío si ninguno se parece."""
    hallados = difflib.get_close_matches(llano(dicho), SECTORES, n=1, cutoff=SECTOR_PARECIDO)
    return str(Sector(SECTORES[hallados[0]]).label) if hallados and SECTORES[hallados[0]] else ""


def con_sector_cercano(texto: str, numero: int) -> str:
    """El mismo texto con el sector de ese renglón cambiado por el que se le parece; sin parecido, igual."""
    lineas = texto.splitlines()
    if not 1 <= numero <= len(lineas):
        return texto
    partes = re.split(r"([|\t])", lineas[numero - 1])  # celdas en los pares; separadores en los impares
    if len(partes) > 2 and (cercano := sector_cercano(_limpia(partes[2]))):
        partes[2] = f" {cercano} " if partes[1] == "|" else cercano
    lineas[numero - 1] = "".join(partes).rstrip(" ")
    return "\n".join(lineas)


def _por_que_no(celdas: list[str], sector: str | None, funcion: str | None) -> str:
    """La primera razón por la que el renglón no se entiende."""
    nombre, dicho_sector, dicha_funcion = (*celdas, "", "", "")[:COLUMNAS]
    if len(celdas) > COLUMNAS:
        return f"Tiene {len(celdas)} columnas; son tres: institución, sector y función."
    if not nombre:
        return "Falta el nombre de la institución."
    if len(nombre) > LARGO:
        return f"El nombre pasa de {LARGO} caracteres, que es el máximo."
    if dicho_sector and sector is None:
        return f"«{dicho_sector[:CITADO]}» no es un sector. Son: {', '.join(Sector.labels)}."
    if dicha_funcion and funcion is None:
        return f"«{dicha_funcion[:CITADO]}» no es una función. Son: {', '.join(Funcion.labels)}."
    return ""


Llanas = Mapping[str, Sequence[Institucion]]


def _llanas(instituciones: Iterable[Institucion]) -> Llanas:
    """Las registradas por su nombre llano; dos pueden compartirlo."""
    por_llana: defaultdict[str, list[Institucion]] = defaultdict(list)
    for institucion in instituciones:
        por_llana[llana(institucion.nombre)].append(institucion)
    return por_llana


def _dichas_de_otro_modo(renglones: Sequence[Renglon]) -> list[Renglon]:
    """Cada renglón con el primero que nombra a la misma institución escrita de otra manera."""
    primeros: dict[str, Renglon] = {}
    revisados = []
    for r in renglones:
        primero = primeros.setdefault(llana(r.nombre), r) if not r.error else r
        distinto = llano(primero.nombre) != llano(r.nombre)
        registrada = r.existe or primero.existe  # esa ya se ofrece entre las parecidas
        revisados.append(replace(r, igual_a=primero) if distinto and not registrada else r)
    return revisados


def _con_institucion(renglon: Renglon, registradas: Mapping[str, Institucion], llanas: Llanas) -> Renglon:
    """Con la institución registrada o, si no está con ese nombre, las que se le parecen."""
    if renglon.error:
        return renglon
    existe = registradas.get(renglon.nombre)
    if existe and renglon.sector and existe.sector != renglon.sector:
        return replace(
            renglon, error=f"Esta institución ya está registrada como «{_sector(existe)}»: usa ese sector."
        )
    parecidas = () if existe else _parecidas(renglon.nombre, llanas)
    falta = not (existe or parecidas or renglon.sector or renglon.funcion == Funcion.FACILITACION)
    error = f"Di su sector. Son: {', '.join(Sector.labels)}." if falta else ""
    return replace(renglon, existe=existe, parecidas=parecidas, error=error)


def _sector(institucion: Institucion) -> str:
    return institucion.get_sector_display() or "El propio secretariado"


def _parecidas(nombre: str, llanas: Llanas) -> tuple[Institucion, ...]:
    """Las de nombre casi igual, la más parecida primero."""
    halladas = difflib.get_close_matches(llana(nombre), llanas, n=OFRECIDAS, cutoff=PARECIDO)
    return tuple(institucion for hallada in halladas for institucion in llanas[hallada])[:OFRECIDAS]


def _repetidos(renglones: list[Renglon]) -> list[Renglon]:
    """Marca los asientos repetidos y las funciones que solo puede tener uno, con todos sus renglones.

    La institución que está en dos renglones con funciones distintas se admite, pero se avisa.
    """
    pares = Counter((llano(r.nombre), r.funcion) for r in renglones if not r.error)
    unicas = Counter(r.funcion for r in renglones if not r.error and r.funcion in UNICAS)
    return [_revisado(r, renglones, pares, unicas) for r in renglones]


def _revisado(
    r: Renglon, todos: list[Renglon], pares: Counter[tuple[str, str]], unicas: Counter[str]
) -> Renglon:
    if r.error:
        return r
    iguales = [o for o in todos if llano(o.nombre) == llano(r.nombre) and o.funcion == r.funcion]
    if pares[llano(r.nombre), r.funcion] > 1:
        return replace(r, error=f"Está repetida: es la misma de {_donde(iguales, r)}.")
    if unicas[r.funcion] > 1:
        otros = [o for o in todos if o.funcion == r.funcion]
        return replace(
            r, error=f"Solo puede haber una {r.funcion_dicha.lower()}: también {_donde(otros, r)}."
        )
    misma = [o for o in todos if llano(o.nombre) == llano(r.nombre)]
    if len(misma) > 1:
        return replace(r, aviso=f"Ocuparía más de un asiento: también {_donde(misma, r)}.")
    return r


def _donde(renglones: list[Renglon], salvo: Renglon) -> str:
    """«el renglón 3» o «los renglones 3, 5»."""
    numeros = [str(r.numero) for r in renglones if r.numero != salvo.numero]
    return f"el renglón {numeros[0]}" if len(numeros) == 1 else f"los renglones {', '.join(numeros)}"
