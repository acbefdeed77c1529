"""Los datos de la sesión: órgano, tipo, número, fecha, horas, modalidad y lugar."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from . import etiquetas, fechas, horas
from .hallado import Confianza, Hallado
from .letras import llano
from .renglones import Parrafo

_NUMERO = (
    rf"(?P<antes>[ivxl1]{{1,8}}|\d{{1,3}}(?:\s?/\s?[ao])?\s?[ªº°a-z]{{0,4}}|"
    rf"{etiquetas.ORDINALES}(?:\s+{etiquetas.ORDINALES})?)"
)
_SESION = re.compile(
    rf"(?:\b{_NUMERO}\.?\s+)?\b(?:sesion|reunion)\s+(?:publica\s+)?(?:de\s+)?"
    r"(?P<tipo>ordinaria|extraordinaria|instalacion|solemne de instalacion|trabajo)\b"
    r"(?:\s+(?:numero|num\.?|no\.?|n[°º])?\s*(?P<despues>\d{1,3}|[ivx]{1,8})\b(?!\s*de\s))?"
)
_AJENA = re.compile(
    r"(?:aprobad\w+ en|acta (?:correspondiente )?(?:a|de) la|acuerdos? de la|siguiente|proxima)\W*$"
)
_TIPOS = {"trabajo": "trabajo", "ordinaria": "ordinaria", "extraordinaria": "extraordinaria"}


def sesion(
    cabeza: Sequence[Parrafo], pie: Sequence[Parrafo]
) -> tuple[Hallado[str] | None, Hallado[int] | None]:
    """Tipo y número: del encabezado, o de la hoja de firmas si ahí faltan. El número puede no decirse."""
    tipo: Hallado[str] | None = None
    for confianza, parrafos in ((Confianza.ALTA, cabeza), (Confianza.MEDIA, pie)):
        for parrafo in parrafos:
            for hallada in _SESION.finditer(parrafo.llano):
                if _AJENA.search(parrafo.llano[: hallada.start()]) and not _titula(parrafo):
                    continue
                donde = parrafo.renglones_de(*hallada.span())
                tipo = tipo or Hallado(_TIPOS.get(hallada["tipo"], "instalacion"), donde, confianza)
                numero = _numero(hallada)
                if numero:
                    return tipo, Hallado(numero, donde, confianza)
    if tipo and tipo.valor == "instalacion":
        return tipo, Hallado(1, tipo.renglones, Confianza.MEDIA)
    return tipo, None


def _titula(parrafo: Parrafo) -> bool:
    """«Acta de la XXI Sesión Ordinaria» es el título de esta, no la mención de otra."""
    return parrafo.llano.startswith(("acta ", "minuta ", "la presente hoja", "fin de texto"))


def _numero(hallada: re.Match[str]) -> int:
    """El número de la sesión, como venga escrito; 0 si no lo dice."""
    antes, despues = hallada["antes"] or "", hallada["despues"] or ""
    if antes[:1].isdigit():
        return int(re.match(r"\d+", antes)[0])  # type: ignore[index]
    return (
        etiquetas.numero_ordinal(antes)
        or etiquetas.leer_romano(antes.upper().replace("L", "I"))
        or _llano(despues)
    )


def _llano(texto: str) -> int:
    return int(texto) if texto.isdigit() else etiquetas.leer_romano(texto.upper()) if texto else 0


_ORGANO = re.compile(
    r"\b(?:secretariado tecnico|secretariado|comision|comite|consejo|grupo de trabajo"
    r"|grupo impulsor|observatorio)"
    r"(?=\s)"
)
_ACABA = re.compile(
    r"[,;:|(]|\.(?:\s|$)|\s(?:celebrad|verificad|realizad|correspondiente|siendo|en la ciudad"
    r"|se encuentran|(?:ficha|minuta|acta) de|"
    r"presentes|al tenor|con fecha|del dia|que se|para celebrar|\d{4}\b)"
)
_LARGO = 200


def organo(parrafos: Iterable[Parrafo]) -> Hallado[str] | None:
    """El nombre del órgano: el del primer título, o el de la frase que dice de quién es la sesión."""
    frase = None
    for parrafo in parrafos:
        for hallado in _ORGANO.finditer(parrafo.llano):
            fin = _ACABA.search(parrafo.llano, hallado.end())
            nombre = parrafo.texto[hallado.start() : fin.start() if fin else None].strip()[:_LARGO]
            if len(nombre.split()) < 4:
                continue
            donde = parrafo.renglones_de(hallado.start(), hallado.start() + len(nombre))
            antes = parrafo.llano[: hallado.start()].rstrip()
            if not antes or (antes.endswith((" del", " de la")) and _SESION.search(antes)):
                return Hallado(nombre, donde, Confianza.ALTA)
            frase = frase or Hallado(nombre, donde, Confianza.MEDIA)
    return frase


_CAMPO = re.compile(r"(?P<campo>[a-z][a-z ,/y]{2,50}):\s*\|?\s*(?P<valor>\S.*)")


def campos(parrafos: Iterable[Parrafo]) -> list[tuple[str, str, Parrafo, int]]:
    """Los «Fecha: …» del encabezado: nombre llano, valor, de qué párrafo y desde qué letra."""
    hallados = []
    for parrafo in parrafos:
        campo = _CAMPO.match(parrafo.llano)
        if campo:
            valor = parrafo.texto[campo.start("valor") :]
            hallados.append((campo["campo"].strip(), valor, parrafo, campo.start("valor")))
    return hallados


def fecha(parrafos: Sequence[Parrafo]) -> Hallado[dt.date] | None:
    """El día de la sesión: el campo «Fecha» o, si no lo hay, la primera del encabezado."""
    for nombre, valor, parrafo, inicio in campos(parrafos):
        dichas = fechas.hallar(valor) if "fecha" in nombre else []
        if dichas:
            return Hallado(
                dichas[0].fecha, parrafo.renglones_de(inicio + dichas[0].desde, inicio + dichas[0].hasta)
            )
    for parrafo in parrafos:
        for dicha in fechas.hallar(parrafo.texto):
            if not re.search(r"\bacta\b.{0,120}$|publicad\w+.{0,60}$", parrafo.llano[: dicha.desde]):
                return Hallado(dicha.fecha, parrafo.renglones_de(dicha.desde, dicha.hasta), Confianza.MEDIA)
    return None


_ES_INICIO = re.compile(r"inicio|horario|hora$|hora (?:de )?(?:apertura|inicio)|fecha y hora|comienzo")
_ES_CIERRE = re.compile(r"cierre|termino|conclusion|clausura|terminacion|fin$")
_DICE_INICIO = re.compile(r"siendo las|a las|dio inicio|inicio a las|se reun|reunid")
_DICE_CIERRE = re.compile(r"siendo las|conclu|clausur|cerr|cierr|levant|termin|finaliz")


def inicio(parrafos: Sequence[Parrafo], despues: Sequence[Parrafo]) -> Hallado[dt.time] | None:
    """La hora en que empezó: su campo, el proemio, o el primer párrafo del desahogo que la diga."""
    de_campo = _hora_de_campo(parrafos, _ES_INICIO)
    if de_campo:
        return de_campo
    for confianza, cuales in ((Confianza.ALTA, parrafos), (Confianza.MEDIA, despues[:4])):
        for parrafo in cuales:
            dichas = horas.hallar(parrafo.texto)
            if dichas and _DICE_INICIO.search(parrafo.llano):
                return Hallado(
                    dichas[0].hora, parrafo.renglones_de(dichas[0].desde, dichas[0].hasta), confianza
                )
    return None


def cierre(parrafos: Sequence[Parrafo], despues: Sequence[Parrafo]) -> Hallado[dt.time] | None:
    """La hora en que terminó: su campo, o lo último del desahogo que lo diga."""
    de_campo = _hora_de_campo([*parrafos, *despues[-8:]], _ES_CIERRE)
    if de_campo:
        return de_campo
    for parrafo in reversed(despues):
        dichas = horas.hallar(parrafo.texto)
        if dichas and _DICE_CIERRE.search(parrafo.llano):
            return Hallado(dichas[0].hora, parrafo.renglones_de(dichas[0].desde, dichas[0].hasta))
    return None


def _hora_de_campo(parrafos: Sequence[Parrafo], cual: re.Pattern[str]) -> Hallado[dt.time] | None:
    for nombre, valor, parrafo, desde in campos(parrafos):
        dichas = horas.hallar(valor) if cual.search(nombre) else []
        if dichas:
            return Hallado(
                dichas[0].hora, parrafo.renglones_de(desde + dichas[0].desde, desde + dichas[0].hasta)
            )
    return None


_LUGARES = (r"sede", r"lugar|^plataforma", r"domicilio|ubicacion")
_FRASE_LUGAR = re.compile(
    r"(?:reunid\w+|constituid\w+|congregad\w+|se reunieron|da inicio|sita"
    r"|instalad\w+)\s+(?:[^,;:.]{0,60}?\s)??en\s+(?P<lugar>"
    r"(?:el|la|las|los)\s[^;:]{4,250})"
)
# El lugar antes de decir que se reunieron: tiene que empezar con el nombre de un sitio, porque ahí también
# se dicen la ciudad, la fecha y el marco legal.
_LUGAR_ANTES = re.compile(
    r"(?:^|[,;.]\s+|\bhoras?,?\s+)en\s+(?P<lugar>(?:el|la|las|los)\s+(?:archivo|auditorio|aula|biblioteca"
    r"|casa|centro|despacho|domicilio|edificio|explanada|foro|instalaciones|museo|oficinas?|palacio|patio"
    r"|plataforma|presidencia|recinto|salas?|salon|sede|teatro)\b[^;:]{4,250}?)"
    r"(?=,?\s+(?:siendo|a las \d|se reun|se congreg|se constituy|se celebr|se llev|reunid))"
)
_ACABA_LUGAR = re.compile(
    r",?\s+(?:con fundamento|se (?:encuentran|reun|procede|dio|llev|celebr)|con (?:el|la) (?:objet"
    r"|finalid|proposit|asisten)"
    r"|los? (?:integrant|ciudadan|suscrit|cc?\.)|las? (?:y los )?(?:integrant|person)|estando"
    r"|previa|a (?:fin|efecto)|para )"
    r"|,\s+siendo|\.\s|\.$|\s\|"
)
_DOMICILIOS = (  # el primero que aparezca; «ubicado en» también dice en qué parte de la sede
    re.compile(r"[.,;]?\s+(?:con domicilio en|con domicilio|domicilio en)\s+|\.\s+domicilio:?\s+"),
    re.compile(r"[.,;]?\s+(?:ubicad[oa]s? en|sit[oa]s? en)\s+"),
)


def lugar(parrafos: Sequence[Parrafo]) -> tuple[Hallado[str] | None, Hallado[str] | None]:
    """La sede y su domicilio, si los dice."""
    for patron in _LUGARES[:2]:
        for nombre, valor, parrafo, inicio in campos(parrafos):
            if re.search(patron, nombre) and (limpio := _sin_momento(valor)):
                return _con_domicilio(limpio, parrafo, inicio, Confianza.ALTA)
    for parrafo in parrafos:
        frase = _FRASE_LUGAR.search(parrafo.llano)
        if frase:
            desde = frase.start("lugar")
            acaba = _ACABA_LUGAR.search(parrafo.llano, desde)
            valor = parrafo.texto[desde : acaba.start() if acaba else frase.end()]
            return _con_domicilio(valor.partition(" ")[2], parrafo, desde, Confianza.MEDIA)
        antes = _LUGAR_ANTES.search(parrafo.llano)
        if antes:
            valor = parrafo.texto[antes.start("lugar") : antes.end("lugar")]
            return _con_domicilio(valor.partition(" ")[2], parrafo, antes.start("lugar"), Confianza.MEDIA)
    return None, None


def _sin_momento(valor: str) -> str:
    """El lugar sin la fecha y la hora que a veces lo preceden; vacío si solo era «ciudad, a fecha»."""
    tramos = [(f.desde, f.hasta) for f in fechas.hallar(valor)] + [
        (h.desde, h.hasta) for h in horas.hallar(valor)
    ]
    corte = max((hasta for _, hasta in tramos), default=0)
    resto = (
        re.sub(r"^[\s,.;:-]*(?:horas|hrs?\.?|h\b)?[\s,.;:-]*", "", valor[corte:], flags=re.I)
        if corte
        else valor
    )
    return resto.strip()


def _con_domicilio(
    valor: str, parrafo: Parrafo, inicio: int, confianza: Confianza
) -> tuple[Hallado[str] | None, Hallado[str] | None]:
    plano = llano(valor)
    patron = next((p for p in _DOMICILIOS if p.search(plano)), _DOMICILIOS[0])
    partes = patron.split(plano, maxsplit=1)
    sede = valor[: len(partes[0])].strip(" .,;")[:250]
    desde = parrafo.texto.find(sede[:30], inicio)
    del_lugar = Hallado(sede, parrafo.renglones_de(max(desde, 0), max(desde, 0) + len(valor)), confianza)
    if len(partes) == 1:
        return del_lugar, None
    domicilio = valor[len(valor) - len(partes[1]) :].strip(" .,;")[:300]
    return del_lugar, Hallado(domicilio, del_lugar.renglones, confianza)


_REMOTA = re.compile(
    r"remota|virtual|zoom|teams|google meet|\bmeet\b|videoconferencia|a distancia|en linea|telematic"
)
_HIBRIDA = re.compile(r"hibrid|mixta|presencial y (?:remota|virtual|a distancia)")


def modalidad(parrafos: Sequence[Parrafo], sede: Hallado[str] | None) -> Hallado[str] | None:
    """Presencial, remota o híbrida: su campo o lo que dice el lugar."""
    for nombre, valor, parrafo, _ in campos(parrafos):
        if "modalidad" in nombre:
            return Hallado(_modalidad(llano(valor)), parrafo.renglones)
    if sede is None:
        return None
    dicha = _modalidad(llano(sede.valor))
    return Hallado(dicha, sede.renglones, Confianza.ALTA if dicha == "remota" else Confianza.MEDIA)


def _modalidad(plano: str) -> str:
    if _HIBRIDA.search(plano):
        return "hibrida"
    return "remota" if _REMOTA.search(plano) else "presencial"
