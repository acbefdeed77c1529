"""Quiénes estuvieron: tablas, listas, la frase del quórum, y quienes hablan o se admiten en la sesión."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from . import etiquetas, nombres
from .cargos import partir_cargo
from .frases import fin_de
from .hallado import Asistente, Confianza, Hallado
from .letras import clave, llano
from .nombres import Nombrada
from .partes import Parte, Partido
from .renglones import Parrafo

Hallados = list[Hallado[Asistente]]


def proponer(partido: Partido) -> Hallados:
    """Una fila por persona, en el orden en que el acta las nombra."""
    filas: Hallados = []
    for parte, calidad in (
        (Parte.ASISTENCIA, "titular"),
        (Parte.INVITADAS, "invitada"),
        (Parte.AUSENCIAS, "ausente"),
    ):
        filas += _de_lista(partido.de[parte], calidad)
    cuerpo = partido.todos(Parte.DESAHOGO, Parte.ACUERDOS)
    if not filas:
        filas += _de_la_frase([*partido.de[Parte.ENCABEZADO], *partido.de[Parte.ORDEN], *cuerpo[:6]])
    filas += _facilitadora([*partido.de[Parte.ENCABEZADO], *cuerpo])
    filas += _de_asistencia_dicha(cuerpo)
    filas += _suplentes(cuerpo)
    filas += _ponentes(cuerpo)
    return _sin_repetir(filas)


# --- listas y tablas ---


def _de_lista(parrafos: Sequence[Parrafo], calidad: str) -> Iterator[Hallado[Asistente]]:
    columnas: dict[str, int] = {}
    for parrafo in parrafos:
        etiqueta = etiquetas.leer(parrafo.texto)
        inicio = etiqueta.fin if etiqueta and etiqueta.clase != "acuerdo" else 0
        celdas = [c.strip(" ;.*") for c in parrafo.texto[inicio:].split("|")]
        encabezado = _columnas(celdas)
        if encabezado:
            columnas = encabezado
        elif len(celdas) > 1:
            yield from _de_fila(celdas, columnas, parrafo, calidad)
        elif ";" in parrafo.texto and len(nombres.todas(parrafo.texto, solo_tras=";:")) > 1:
            yield from _de_frase(parrafo, calidad)
        else:
            yield from _de_renglon(parrafo, inicio, calidad)


_COLUMNAS = (
    ("nombre", r"nombre.*|integrante|persona|asistente"),
    (
        "institucion",
        r"institucion.*|dependencia.*|organizacion|ente|sujeto obligado|procedencia|representa a",
    ),
    ("cargo", r"cargo.*|puesto"),
    ("calidad", r"caracter|calidad|tipo|titular.*"),
)


def _columnas(celdas: Sequence[str]) -> dict[str, int]:
    """Qué hay en cada columna, si la fila es el encabezado de la tabla."""
    halladas = {}
    for lugar, celda in enumerate(celdas):
        for columna, patron in _COLUMNAS:
            if columna not in halladas and re.fullmatch(patron, llano(celda)):
                halladas[columna] = lugar
                break
    return halladas if "nombre" in halladas and len(halladas) > 1 else {}


def _de_fila(
    celdas: Sequence[str], columnas: dict[str, int], parrafo: Parrafo, calidad: str
) -> Iterator[Hallado[Asistente]]:
    """Una fila; dos nombres seguidos son dos personas por la misma institución."""
    de_nombre = celdas[columnas["nombre"] :][:1] if columnas else celdas
    personas = [p for c in de_nombre if (p := nombres.solo(c))]
    resto = [
        c for c in celdas if c and not nombres.solo(c) and not c.isdigit() and not re.fullmatch(r"[_\W]*", c)
    ]
    if not personas:
        return
    dicho = {columna: celdas[lugar] for columna, lugar in columnas.items() if lugar < len(celdas)}
    descrita = dicho.get("institucion", "") if dicho else "".join(resto[:1])
    cargo, institucion = partir_cargo(descrita)
    cargo = dicho.get("cargo", cargo)
    if dicho and not institucion:
        institucion, cargo = descrita, dicho.get("cargo", "")
    propia = _calidad(" ".join((dicho.get("calidad", ""), cargo, *resto[1:])), calidad)
    for lugar, persona in enumerate(personas):
        esta = propia if lugar == 0 else "acompana"
        yield _fila(persona, cargo, institucion, esta, parrafo.renglones, Confianza.ALTA)


# «Por el Poder Ejecutivo: Lic. Fulana de Tal, Directora…», «Invitada: Ing. Mengana de Cual».
_ROTULO = re.compile(
    r"(?:[Pp]or(?: parte)?(?: del?)?(?: el| la| los| las)?\s+(?P<quien>[^:,;.]{3,80})"
    r"|(?P<papel>(?:Personas? )?(?:Facilitador|Invitad|Ponente|Suplente|President|Secretari|Titular)"
    r"[^:,;.]{0,60}))"
    r"\s*:\s*"
)
_ES_NOMBRE = re.compile(r"(?:fundacion|red|colectiv[oa]|asociacion|camara|universidad|instituto)\b")


def _de_renglon(parrafo: Parrafo, inicio: int, calidad: str) -> Iterator[Hallado[Asistente]]:
    """«Mtra. Fulana de Tal, Comisionada del Instituto de Cual»."""
    rotulo = _ROTULO.match(parrafo.texto, inicio)
    persona = nombres.en(parrafo.texto, rotulo.end() if rotulo else inicio)
    if persona is None:
        return
    de_quien, papel = (rotulo["quien"] or "", rotulo["papel"] or "") if rotulo else ("", "")
    descrita = parrafo.texto[persona.hasta :].strip(" ,.;:-–—()/")
    cargo, institucion = partir_cargo(descrita, en_lista=True)
    institucion = institucion or (cargo if _ES_NOMBRE.match(llano(cargo)) else "") or de_quien
    donde = parrafo.renglones
    propia = _calidad(f"{papel} {descrita}", calidad)
    yield _fila(persona, "" if cargo == institucion else cargo, institucion, propia, donde, Confianza.ALTA)


# --- frases ---

_ANUNCIA = re.compile(
    r"asistencia de|presentes|comparec|asistieron|reunid[oa]s|con la presencia de|contando con"
    r"|se encuentran|integrantes"
)


def _de_la_frase(parrafos: Sequence[Parrafo]) -> Hallados:
    """La frase del proemio o de la declaratoria que más personas nombra."""
    candidatas = [list(_de_frase(p, "titular")) for p in parrafos if _ANUNCIA.search(p.llano)]
    mejor = max(candidatas, key=len, default=[])
    return mejor if len(mejor) > 1 else []


def _de_frase(parrafo: Parrafo, calidad: str) -> Iterator[Hallado[Asistente]]:
    personas = nombres.todas(parrafo.texto, solo_tras=";:")
    con_punto_y_coma = len(personas) > 2 and parrafo.texto.count(";") >= len(personas) - 1
    if not con_punto_y_coma:
        personas = nombres.todas(parrafo.texto)
    for persona, siguiente in zip_longest(personas, personas[1:]):
        hasta = siguiente.desde if siguiente else _fin_de_frase(parrafo.texto, persona.hasta)
        tramo = parrafo.texto[persona.hasta : hasta]
        if siguiente is None or con_punto_y_coma:
            tramo = tramo.partition(";")[0]
        descrita = (
            re.sub(r"[\s,;]+(?:y|e)?\s*(?:el|la|los|las)?\s*[A-Za-z]{0,6}\.?\s*$", "", tramo)
            if siguiente and not con_punto_y_coma
            else tramo
        )
        descrita = descrita.strip(" ,.;:()")
        cargo, institucion = partir_cargo(descrita)
        donde = parrafo.renglones_de(persona.desde, persona.hasta + len(tramo))
        yield _fila(persona, cargo, institucion, _calidad(descrita, calidad), donde, Confianza.MEDIA)


_SEGUIDO = re.compile(r",\s+(?:con el objeto|con la finalidad|con el fin|a efecto|quienes|todos|todas)\b")


def _fin_de_frase(texto: str, desde: int) -> int:
    """Donde acaba la frase, o donde deja de describir a la persona."""
    fin = fin_de(texto, desde)
    sigue = _SEGUIDO.search(texto, desde, fin)
    return sigue.start() if sigue else fin


_FACILITA = re.compile(r"\bfacilitadora?\b(?: del [a-z ]{3,60})?,?\s+")


def _facilitadora(parrafos: Iterable[Parrafo]) -> Hallados:
    """«… la facilitadora, Lic. Fulana de Tal, pasó lista»."""
    for parrafo in parrafos:
        for hallada in _FACILITA.finditer(parrafo.llano):
            persona = nombres.en(parrafo.texto, hallada.end())
            if persona:
                donde = parrafo.renglones_de(hallada.start(), persona.hasta)
                return [_fila(persona, "Facilitadora", "", "facilitadora", donde, Confianza.MEDIA)]
        for hallada in _COMO_FACILITADORA.finditer(parrafo.llano):
            persona = nombres.en(parrafo.texto, hallada.end())
            if persona and re.match(r",? como facilitador", parrafo.llano[persona.hasta :]):
                donde = parrafo.renglones_de(hallada.start(), persona.hasta)
                return [_fila(persona, "Facilitadora", "", "facilitadora", donde, Confianza.BAJA)]
    return []


_COMO_FACILITADORA = re.compile(r"\b(?:al?|la)\s+(?=(?:c|lic|mtr[oa]|dra?|ing)\.)")
_ASISTENCIA_DICHA = re.compile(
    r"(?:asistencia|presencia|bienvenida)\b[^.;]{0,80}?\b(?:de|a)?\s*(?=(?:l[oa]s\s+)?cc?\.\s)"
)


def _de_asistencia_dicha(parrafos: Iterable[Parrafo]) -> Iterator[Hallado[Asistente]]:
    """«… da cuenta de la asistencia de los CC. Fulano, Zutana y Mengano, integrantes de…»: invitadas."""
    for parrafo in parrafos:
        anuncio = _ASISTENCIA_DICHA.search(parrafo.llano)
        if not anuncio:
            continue
        tramo = parrafo.texto[anuncio.end() : _fin_de_frase(parrafo.texto, anuncio.end())]
        personas = nombres.todas(tramo)
        if not personas:
            continue
        personas = [p for p in (nombres.en(tramo, 0), *personas) if p] if personas[0].desde > 8 else personas
        descrita = tramo[personas[-1].hasta :].strip(" ,.")
        cargo, institucion = partir_cargo(descrita.partition(", dándo")[0].partition(", a qui")[0])
        for persona in personas:
            donde = parrafo.renglones_de(anuncio.start(), anuncio.end() + personas[-1].hasta + len(descrita))
            yield _fila(persona, cargo, institucion, "invitada", donde, Confianza.MEDIA, tratamiento="C.")


_SUPLE = re.compile(
    r"\b(?:como (?:mi |su )?suplente|(?:representante )?suplente"
    r"|en suplencia)\s+(?:de [^,.;]{3,80}?\s)?(?:al?|la)\s+"
)


def _suplentes(parrafos: Iterable[Parrafo]) -> Iterator[Hallado[Asistente]]:
    """A quien se tiene por suplente durante la sesión."""
    for parrafo in parrafos:
        for hallada in _SUPLE.finditer(parrafo.llano):
            persona = nombres.en(parrafo.texto, hallada.end())
            if persona:
                tramo = parrafo.texto[persona.hasta : _fin_de_frase(parrafo.texto, persona.hasta)]
                cargo, institucion = partir_cargo(re.split(r"\.\s", tramo)[0].strip(" ,.;"))
                donde = parrafo.renglones_de(hallada.start(), persona.hasta + len(tramo))
                yield _fila(persona, cargo, institucion, "suplente", donde, Confianza.MEDIA, en_sesion=True)


_HABLA = re.compile(
    r",?\s*(?:,[^,.;]{3,90},\s*)?(?:(?:el|la|quien|mismo|misma)(?: cual)?\s+)?"
    r"(?:presenta|presento|expone|expuso|explica|explico|propone|propuso|da a conocer|dio a conocer"
    r"|informa|informo|"
    r"comenta|comento|da cuenta|dio cuenta|manifiesta|manifesto|senala|senalo|refiere|refirio"
    r"|detalla|detallo)\b"
)
_VOZ = re.compile(r"(?:^|[.;:]\s+|\bvoz al?\s|\binciso [a-z]\)\s|,\s)(?:(?:el|la|al)\s+)?", re.I)
PALABRAS_DE_PONENTE = 3  # quien solo se nombra por sus apellidos no se puede reconocer


def _ponentes(parrafos: Iterable[Parrafo]) -> Iterator[Hallado[Asistente]]:
    """Quien toma la palabra con su nombre completo y su tratamiento sin estar en la lista."""
    for parrafo in parrafos:
        etiqueta = etiquetas.leer(parrafo.texto)
        comienzos = [etiqueta.fin if etiqueta else 0, *(m.end() for m in _VOZ.finditer(parrafo.llano))]
        for comienzo in comienzos:
            persona = nombres.en(parrafo.texto, comienzo)
            if not persona or not persona.tratamiento or persona.palabras < PALABRAS_DE_PONENTE:
                continue
            if _HABLA.match(parrafo.llano, persona.hasta):
                donde = parrafo.renglones_de(persona.desde, persona.hasta)
                yield _fila(persona, "", "", "ponente", donde, Confianza.BAJA)


# --- lo que se dice de cada quien ---


def _fila(
    persona: Nombrada,
    cargo: str,
    institucion: str,
    calidad: str,
    renglones: tuple[int, ...],
    confianza: Confianza,
    *,
    tratamiento: str = "",
    en_sesion: bool = False,
) -> Hallado[Asistente]:
    asistente = Asistente(
        nombre=persona.nombre,
        tratamiento=persona.tratamiento or tratamiento,
        cargo=cargo[:250],
        institucion=institucion[:200],
        calidad=calidad,
        en_sesion=en_sesion,
    )
    return Hallado(asistente, renglones, confianza)


_CALIDADES = (
    ("acompana", r"acompana"),
    ("facilitadora", r"facilitador"),
    ("suplente", r"\bsuplente\b|en suplencia|por suplencia"),
    ("invitada", r"\binvitad[oa]"),
    ("ponente", r"\bponente"),
    ("ausente", r"\bausente|no asisti|justific"),
)


def _calidad(descrita: str, de_la_parte: str) -> str:
    plano = llano(descrita)
    return next((c for c, patron in _CALIDADES if re.search(patron, plano)), de_la_parte)


_FUERZA = {
    "titular": 3,
    "facilitadora": 4,
    "suplente": 3,
    "acompana": 3,
    "invitada": 2,
    "ausente": 3,
    "ponente": 1,
}


def _sin_repetir(filas: Iterable[Hallado[Asistente]]) -> Hallados:
    """Una persona, una fila: vale lo primero que se dijo, completado con lo demás."""
    unicas: dict[str, Hallado[Asistente]] = {}
    for fila in filas:
        quien = _ya_nombrada(clave(fila.valor.nombre), unicas)
        if quien not in unicas or _FUERZA[fila.valor.calidad] > _FUERZA[unicas[quien].valor.calidad]:
            anterior = unicas.get(quien)
            unicas[quien] = (
                fila if not anterior or fila.valor.institucion else _con_institucion(fila, anterior)
            )
    return list(unicas.values())


def _con_institucion(fila: Hallado[Asistente], anterior: Hallado[Asistente]) -> Hallado[Asistente]:
    """La fila nueva con la institución que ya se sabía."""
    valor = replace(
        fila.valor, institucion=anterior.valor.institucion, cargo=fila.valor.cargo or anterior.valor.cargo
    )
    return replace(fila, valor=valor)


def _ya_nombrada(quien: str, unicas: dict[str, Hallado[Asistente]]) -> str:
    """La clave con la que ya está: la misma, o una que contiene todas sus palabras."""
    suyas = set(quien.split())
    return next((otra for otra in unicas if suyas <= set(otra.split()) and len(suyas) >= 3), quien)
