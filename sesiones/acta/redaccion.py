"""La prosa formal del acto: apertura, asistencia, quórum, recesos, cierre y firmas.

Todo sale de los hechos; nada se inventa: lo que no consta no se escribe.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from sesiones.acta import formulas
from sesiones.acta.bloques import FIRMAS, PERSONAS, Bloque, parrafo
from sesiones.acta.firmas import diferencias_de
from sesiones.acta.palabras import (
    calidad,
    con_fundamento,
    con_oficio,
    con_punto,
    enlistada,
    frase,
    llano,
    nombrada,
    nombrar,
    presentada,
    presentar,
    serie,
    sin_punto,
)
from sesiones.acta.piezas import Asistente, Hechos, QuorumDeclarado, Receso
from sesiones.estados import Calidad, EstadoSesion, Modalidad, ViaAprobacion
from sesiones.numeracion import ordinal_acuerdo
from stl_portal.espanol import (
    cardinal,
    con_articulo,
    enumerar,
    fecha_en_palabras,
    fecha_larga,
    hora_en_palabras,
    mayuscula_inicial,
)

MEDIOS = frozenset(
    {"enlace", "plataforma", "videoconferencia", "videollamada", "sala", "sesión", "aplicación"}
)


EN_LA_MISMA = (
    "Previa lectura, esta acta se aprueba en la misma sesión; la firman quienes constan en su hoja de firmas."
)
POR_APROBAR: Mapping[str, str] = {
    ViaAprobacion.POSTERIOR: "El acta se someterá a aprobación en una sesión posterior.",
    ViaAprobacion.CORREO: "El acta se enviará por correo electrónico a sus integrantes para su revisión.",
}


# --- Apertura ---


def cuando(h: Hechos) -> str:
    """«las diez horas del dieciocho de enero de dos mil veinte»."""
    return f"{hora_en_palabras(h.inicio or h.hora)} del {fecha_en_palabras(h.fecha)}"


def donde(h: Hechos) -> str:
    """La sede con su domicilio, o el medio si es a distancia."""
    lugar = sin_punto(h.lugar)
    if not lugar:
        return ""
    if h.modalidad == Modalidad.REMOTA:
        primera = lugar.split(" ", 1)[0].lower()
        if primera == "vía":
            return f"por {lugar[0].lower()}{lugar[1:]}"
        return f"mediante {lugar[0].lower()}{lugar[1:]}" if primera in MEDIOS else f"mediante {lugar}"
    sede = f"con sede {con_articulo(lugar, 'en')}"
    return f"{sede}, con domicilio en {sin_punto(h.domicilio)}" if h.domicilio else sede


def apertura(h: Hechos) -> str:
    """Dónde, cuándo, quiénes y para qué se reúnen."""
    valores = {
        "plaza": f"en {sin_punto(h.plaza)}" if h.plaza else "",
        "cuando": cuando(h),
        "sede": donde(h),
        "convocatoria": convocada(h),
        "modalidad": "de manera presencial y a distancia" if h.modalidad == Modalidad.HIBRIDA else "",
        "organo": con_articulo(h.organo),
        "sesion": h.designacion,
        "fundamento": con_fundamento(h.citas.get("proemio", "")),
    }
    return formulas.oracion(h, formulas.APERTURA, valores)


def convocada(h: Hechos) -> str:
    """La convocatoria que se atiende y su última enmienda."""
    if not h.convocatorias:
        return ""
    primera, ultima = h.convocatorias[0], h.convocatorias[-1]
    texto = f"conforme a la convocatoria emitida el {fecha_larga(primera.emitida)}"
    return f"{texto} y enmendada el {fecha_larga(ultima.emitida)}" if ultima.secuencia else texto


# --- Asistencia y quórum ---


def lista_y_quorum(h: Hechos) -> Iterator[Bloque]:
    """Lo declarado en cada convocatoria, con la lista que se congeló; si no hay, la asistencia."""
    vigentes = {q.convocatoria: q for q in h.quorums}
    for numero, declarado in sorted(vigentes.items()):
        clave = "quorum" if numero == 1 else f"quorum-{numero}"
        yield parrafo(clave, quorum(h, declarado), paso="asistencia")
    if not vigentes:
        presentes = [presentada(a) for a in ocupantes(h)]
        texto = (
            frase("Asisten:", serie(presentes)) if presentes else "Aún no se ha pasado lista de asistencia."
        )
        yield parrafo("quorum", texto, paso="asistencia")


def asistencia(h: Hechos) -> Iterator[Bloque]:
    """Quienes asisten al abrir: la última lista congelada o, si no se ha declarado, la de ahora."""
    nombres = [enlistada(uno) for uno in h.quorum.lista if uno.ocupa] if h.quorum else []
    nombres = nombres or [presentada(a) for a in ocupantes(h)]
    texto = frase("Asisten:", serie(nombres)) if nombres else "Aún no se ha pasado lista de asistencia."
    yield parrafo("asistencia", texto, paso="asistencia")


def quorum(h: Hechos, q: QuorumDeclarado) -> str:
    """La declaratoria con los nombres de quienes estaban."""
    nombres = serie(enlistada(uno) for uno in q.lista if uno.ocupa)
    asistencia = frase("Pasada la lista, asisten:", nombres) if nombres else "Pasada la lista, nadie asiste."
    return f"{asistencia} {declara(h, q)}"


def declaratoria(h: Hechos) -> Iterator[Bloque]:
    """La declaratoria sin nombres, para las actas que ya los llevan en una tabla."""
    for numero, declarado in sorted({q.convocatoria: q for q in h.quorums}.items()):
        yield parrafo(
            "quorum" if numero == 1 else f"quorum-{numero}", declara(h, declarado), paso="asistencia"
        )


def declara(h: Hechos, q: QuorumDeclarado) -> str:
    """Cuántos lugares hay presentes, cuántos se requieren, conforme a qué, y qué se declara."""
    exige = "se requiere uno" if q.requeridos == 1 else f"se requieren {cardinal(q.requeridos)}"
    estan = "Está representado" if q.presentes == 1 else "Están representados"
    de_base = "un lugar" if q.base == 1 else f"{cardinal(q.base, apocope=True)} lugares"
    cuenta = f"{estan} {cardinal(q.presentes)} de {de_base}; {exige} para sesionar"
    cita = con_fundamento(h.citas.get("quorum", ""))
    segunda = "en segunda convocatoria" if q.convocatoria > 1 else ""
    if q.hay:
        hecho = f"{quien_declara(h)} declara {segunda} que hay quórum legal para sesionar"
        return f"{frase(cuenta)} {frase(hecho, cita)}"
    en = segunda or "en primera convocatoria"
    hecho = f"A {hora_en_palabras(q.hora)} se hace constar que {en} no hubo quórum"
    return f"{frase(cuenta)} {frase(hecho, cita)}"


def quien_declara(h: Hechos) -> str:
    """Declara la persona facilitadora; sin ella, quien preside; sin ambas, el órgano."""
    persona = h.facilitadora or h.presidencia
    return nombrada(persona) if persona else "se"


def ocupantes(h: Hechos) -> list[Asistente]:
    """Quienes ocuparon un asiento en algún momento."""
    return [a for a in h.asistentes if a.ocupa and a.presente]


def otras_personas(h: Hechos) -> list[Asistente]:
    """Invitadas, ponentes y acompañantes."""
    return [a for a in h.asistentes if not a.ocupa and a.presente]


def invitadas(h: Hechos) -> Iterator[Bloque]:
    """Quienes asisten por invitación, exponen o acompañan: ni votan ni cuentan."""
    for rotulo, cuales in (
        ("Asisten por invitación, sin voto:", lambda a: a.asiento is None and a.calidad != Calidad.PONENTE),
        ("Asisten para exponer:", lambda a: a.asiento is None and a.calidad == Calidad.PONENTE),
        ("Acompañan, sin ocupar asiento:", lambda a: a.asiento is not None),
    ):
        personas = agrupadas(a for a in otras_personas(h) if cuales(a))
        if personas:
            clave = f"asisten-{rotulo.split()[1].rstrip(',')}"
            yield parrafo(clave, frase(rotulo, serie(personas)), paso="asistencia")


def agrupadas(personas: Iterable[Asistente]) -> list[str]:
    """Nombres con su cargo; quienes comparten cargo e institución se nombran juntos."""
    textos = []
    for _, grupo in groupby(personas, key=lambda a: (a.cargo, a.institucion)):
        primera, *demas = grupo
        if not demas or not (primera.formal and (primera.cargo or primera.institucion)):
            textos += [presentar(a.formal, a.cargo, a.institucion) for a in (primera, *demas)]
            continue
        nombres = enumerar(llano(a.formal) for a in (primera, *demas))
        como = f"como {presentar('', primera.cargo, primera.institucion)}"
        textos.append(f"{nombres}, {como if primera.cargo else f'por {con_articulo(primera.institucion)}'}")
    return textos


def ausencias(h: Hechos) -> Iterator[Bloque]:
    """Qué lugares no tuvieron a nadie; el motivo de una ausencia es dato personal y no se imprime."""
    faltan = [a for a in h.asistentes if a.ocupa and not a.presente]
    sin_aviso = [llano(a.institucion) for a in faltan if not a.justificada]
    justificadas = [llano(a.institucion) for a in faltan if a.justificada]
    textos = [frase("No asistió representación de:", serie(sin_aviso)) if sin_aviso else ""]
    textos.append(frase("Con ausencia justificada:", serie(justificadas)) if justificadas else "")
    if any(textos):
        yield parrafo("ausencias", " ".join(t for t in textos if t), paso="asistencia")


def tabla_de_asistentes(h: Hechos) -> Iterator[Bloque]:
    """Nombre, institución y calidad, en el orden de los asientos."""
    columnas = ("Nombre", "Institución", "Cargo o calidad")
    filas = tuple(
        (a.formal or a.institucion, a.institucion, mayuscula_inicial(con_oficio(a) or a.cargo or "titular"))
        for a in ocupantes(h)
    )
    if filas:
        yield Bloque("asistentes", PERSONAS, filas=(columnas, *filas), paso="asistencia")
    otras = tuple(
        (a.formal, a.institucion, mayuscula_inicial(calidad(a) or a.cargo)) for a in otras_personas(h)
    )
    if otras:
        yield Bloque(
            "tambien-asisten",
            PERSONAS,
            "También asisten, sin voto",
            filas=(columnas, *otras),
            paso="asistencia",
        )


# --- Recesos y cierre ---


def recesos(h: Hechos) -> Iterator[Bloque]:
    """Cada suspensión con su reanudación."""
    for receso in h.recesos:
        yield parrafo(f"receso-{receso.id}", frase_de_receso(receso), paso="cierre")


def frase_de_receso(receso: Receso) -> str:
    """A qué hora se suspende, por qué y a qué hora se reanuda."""
    motivo = f" (motivo: {sin_punto(receso.motivo)})" if receso.motivo else ""
    reanuda = f"; se reanuda a {hora_en_palabras(receso.fin)}" if receso.fin else ""
    return frase(f"A {hora_en_palabras(receso.inicio)} se decreta un receso{motivo}{reanuda}")


def cierre(h: Hechos) -> Iterator[Bloque]:
    """Lo dicho al cerrar, lo que quedó sin tratar, el fundamento, la hora y cómo se aprueba el acta."""
    if h.notas_cierre.strip():
        yield parrafo("notas-cierre", h.notas_cierre.strip(), paso="cierre")
    if any(punto.sin_tratar for punto in h.puntos):
        yield parrafo("sin-tratar", quedan_sin_tratar(h), paso="cierre")
    cita = con_fundamento(h.citas.get("cierre", ""))
    if cita:
        yield parrafo("fundamento", frase("Lo anterior,", cita))
    if h.cierre or h.estado == EstadoSesion.NO_CELEBRADA:
        yield parrafo("cierre", concluida(h), paso="cierre")
    texto = aprobacion(h)
    if texto:
        yield parrafo("aprobacion", texto)


def quedan_sin_tratar(h: Hechos) -> str:
    """Los puntos que no se alcanzaron y por qué."""
    puntos = [nombrar(punto) for punto in h.puntos if punto.sin_tratar]
    queda = "Queda" if len(puntos) == 1 else "Quedan"
    cuales = serie(puntos) if any("," in punto for punto in puntos) else enumerar(puntos)
    return f"{frase(f'{queda} sin tratar {cuales}')} {frase('Motivo:', sin_punto(h.sin_tratar))}"


def concluida(h: Hechos) -> str:
    """La hora en palabras y, si se agotaron, que ya no hay asuntos; o que la sesión no se celebró."""
    if h.cierre is None:
        return frase(
            f"Al no reunirse el quórum, la {h.designacion} no se celebró; se levanta la presente constancia"
        )
    quedaron = any(punto.sin_tratar for punto in h.puntos)
    valores = {
        "agotado": "" if quedaron else "Sin más asuntos que tratar",
        "sesion": h.designacion,
        "hora": hora_en_palabras(h.cierre),
    }
    return formulas.oracion(h, formulas.CIERRE, valores)


def aprobacion(h: Hechos) -> str:
    """Dónde se aprobó el acta o cómo se aprobará según la regla de ese día."""
    if h.aprobada and h.aprobada.misma:
        return EN_LA_MISMA
    if h.aprobada and h.aprobada.por_correo:
        conformes = f"{len(h.aprobada.personas)} de las {h.aprobada.circulada_a} personas"
        return frase(
            f"Esta acta se circuló por correo electrónico y se aprobó el {fecha_larga(h.aprobada.fecha)} "
            f"con la conformidad de {conformes} a quienes se envió"
        )
    if h.aprobada:
        cual = f"{h.aprobada.designacion}, celebrada el {fecha_larga(h.aprobada.fecha)}"
        return frase(f"Esta acta se aprobó en la {cual}")
    return POR_APROBAR.get(h.via_de_aprobacion, "") if h.estado == EstadoSesion.CONCLUIDA else ""


def seguimientos(h: Hechos) -> Iterator[Bloque]:
    """Lo informado sobre acuerdos de sesiones anteriores."""
    for fila in h.seguimientos:
        acuerdo = f"acuerdo {ordinal_acuerdo(fila.acuerdo.numero).lower()} de la {fila.acuerdo.sesion}"
        estado = f"Queda como {fila.estado.lower()}."
        texto = f"{frase(f'Sobre el {acuerdo} se informa:', sin_punto(fila.nota))} {estado}"
        yield parrafo(f"seguimiento-{fila.id}", texto)


# --- Firmas ---


def hoja_de_firmas(h: Hechos, forma: str) -> Iterator[Bloque]:
    """Quienes firman (`forma`: tabla o rubricas), la leyenda de la hoja y las diferencias explicadas."""
    filas = tuple((llano(f.nombre), llano(f.cargo), llano(f.institucion)) for f in h.firmas)
    notas = tuple((f"{d.nombre}: {con_punto(d.explicacion)}",) for d in diferencias_de(h) if d.explicacion)
    yield Bloque("firmas", FIRMAS, leyenda(h), forma, filas=filas, paso="cierre")
    if notas:
        yield Bloque(
            "diferencias", "notas", rotulo="Sobre la asistencia y las firmas", filas=notas, paso="cierre"
        )


def leyenda(h: Hechos) -> str:
    """A qué acta pertenece la hoja y, si ya consta, dónde se aprobó."""
    valores = {
        "sesion": h.designacion,
        "del_organo": con_articulo(h.organo, "de"),
        "fecha": fecha_larga(h.fecha),
        "aprobada": _aprobada_en(h),
    }
    return formulas.oracion(h, formulas.FIRMAS, valores)


def _aprobada_en(h: Hechos) -> str:
    """«aprobada en la XIX Sesión Ordinaria»; nada si fue en la misma o aún no consta."""
    if h.aprobada is None or h.aprobada.misma:
        return ""
    if h.aprobada.por_correo:
        return f"aprobada por correo electrónico el {fecha_larga(h.aprobada.fecha)}"
    return f"aprobada en la {h.aprobada.designacion}"


def fin_de_texto(h: Hechos) -> str:
    """Última línea del documento."""
    return f"Fin de texto. Acta de la {h.designacion}, {fecha_larga(h.fecha)}."
