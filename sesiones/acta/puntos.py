"""La prosa de cada punto: lo que se dijo, de qué se dio cuenta, qué se votó y qué se acordó."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import chain

from sesiones.acta.bloques import ACUERDO, ANEXOS, RESULTADO, SUBTITULO, VOTOS, Bloque, Renglon, parrafo
from sesiones.acta.palabras import (
    VINETAS,
    citar,
    con_articulo,
    con_punto,
    frase,
    llano,
    nombrada,
    serie,
    sin_punto,
)
from sesiones.acta.piezas import (
    Acuerdo,
    Anexo,
    Asistente,
    Hechos,
    Intervencion,
    Movimiento,
    Oficio,
    Plazo,
    Punto,
    Votacion,
)
from sesiones.acta.redaccion import con_oficio
from sesiones.estados import Resultado, SentidoVoto, TipoMovimiento
from sesiones.numeracion import ordinal_acuerdo
from stl_portal import espanol
from stl_portal.espanol import (
    cardinal,
    enumerar,
    fecha_larga,
    hora_en_palabras,
    mayuscula_inicial,
)

RESULTADOS = {
    Resultado.DA_CUENTA: "Se da cuenta.",
    Resultado.PRESENTADO: "Queda presentado.",
    Resultado.CONSENSO: "Las y los integrantes manifiestan su conformidad, sin votación.",
    Resultado.DISPENSADO: "Se dispensa su lectura.",
}
POR_VOTO = frozenset({Resultado.UNANIMIDAD, Resultado.MAYORIA, Resultado.NO_APROBADO})
CON_MOTIVO = {Resultado.RETIRADO: "El punto se retira", Resultado.POSPUESTO: "El punto se pospone"}
SENTIDOS = dict(SentidoVoto.choices)


# --- Orden del día ---


def orden_del_dia(h: Hechos) -> tuple[Renglon, ...]:
    """El orden del día anidado, con los puntos agregados en sesión señalados."""
    return tuple(_renglon(h, p) for p in h.puntos if len(p.ruta) == 1)


def _renglon(h: Hechos, punto: Punto) -> Renglon:
    dentro = tuple(
        _renglon(h, p) for p in h.puntos if len(p.ruta) == len(punto.ruta) + 1 and _padre(h, p) is punto
    )
    return Renglon(
        etiqueta(punto), llano(punto.titulo), "Agregado en la sesión" if punto.en_sesion else "", dentro
    )


def _padre(h: Hechos, punto: Punto) -> Punto | None:
    """El punto anterior más cercano de un nivel menos: así va el orden de lectura."""
    anteriores = (p for p in reversed(h.puntos[: punto.posicion]) if len(p.ruta) == len(punto.ruta) - 1)
    return next(anteriores, None)


def etiqueta(punto: Punto) -> str:
    """«IV.», «a)», «•»."""
    marca = punto.etiqueta.strip()
    return marca if not marca or marca in VINETAS or not marca[-1].isalnum() else f"{marca}."


def titulo(punto: Punto) -> Bloque:
    """Encabezado del punto; los incisos van un nivel abajo del suyo."""
    marca, nombre = etiqueta(punto), sin_punto(punto.titulo)
    rotulo = nombre if marca in VINETAS else f"{marca} {nombre}".strip()
    return Bloque(f"titulo-{punto.id}", SUBTITULO, rotulo=rotulo, nivel=min(3 + punto.nivel, 5))


# --- Desahogo ---


def relato(h: Hechos, punto: Punto) -> Iterator[Bloque]:
    """Lo ocurrido en el punto, en su orden, sin acuerdos ni resultado."""
    yield from movimientos(h, punto)
    yield from _propuesta(punto)
    if punto.desahogo.strip():
        yield parrafo(f"punto-{punto.id}", punto.desahogo.strip(), paso="desahogo")
    for oficio in punto.oficios:
        yield parrafo(f"oficio-{punto.id}-{oficio.id}", da_cuenta(oficio), paso="desahogo")
    for intervencion in punto.intervenciones:
        yield parrafo(f"intervencion-{intervencion.id}", interviene(intervencion), paso="desahogo")
    for refrendo in punto.refrendos:
        folio = f"Conforme al oficio {llano(refrendo.oficio)}, se" if refrendo.oficio else "Se"
        de_quien = espanol.con_articulo(llano(refrendo.institucion), "de")
        texto = frase(
            f"{folio} tiene por refrendada la representación {de_quien}, a cargo de:",
            refrendo.nombre,
        )
        yield parrafo(f"refrendo-{refrendo.id}", texto, paso="desahogo")
    for votacion in punto.votaciones:
        yield from votada(votacion)
    yield from vencimientos(punto.plazos)
    yield from anexados(f"anexos-punto-{punto.id}", punto.anexos)


def _propuesta(punto: Punto) -> Iterator[Bloque]:
    """Si el punto se agregó en sesión o se refiere a un acuerdo anterior, lo dice."""
    textos = []
    if punto.en_sesion:
        textos.append("Este punto se agregó en la sesión.")
        if punto.propuesto_por:
            textos.append(frase("Lo propuso:", sin_punto(punto.propuesto_por)))
    if punto.referencias or (punto.refiere_literal and punto.refiere_literal not in punto.titulo):
        acuerdos = [
            f"acuerdo {ordinal_acuerdo(r.numero).lower()} de la {r.sesion}" for r in punto.referencias
        ]
        textos.append(
            frase(
                "Se refiere a lo siguiente:",
                enumerar(acuerdos) if acuerdos else sin_punto(punto.refiere_literal),
            )
        )
    if textos:
        yield parrafo(f"origen-{punto.id}", " ".join(textos), paso="orden")


def interviene(i: Intervencion) -> str:
    """Quién habla y qué dice: en tercera persona, o sus palabras entre comillas si es cita."""
    quien = mayuscula_inicial(con_articulo(llano(i.quien), i.sexo, tratada=i.articulo))
    if i.calidad and not i.en_lista:
        quien = f"{quien}, {llano(i.calidad)},"
    dicho = i.texto.strip()
    if not dicho:
        return frase(f"{quien} hace uso de la voz".replace(",,", ","))
    if i.literal:
        return f"{quien.rstrip(',')} expresa textualmente:\n\n{_citada(dicho)}"
    une = " " if dicho[0].islower() else " expresa: "
    return f"{quien}{une}{con_punto(dicho)}"


def _citada(dicho: str) -> str:
    """Cada renglón como cita; las comillas abren y cierran una sola vez."""
    entre = dicho if dicho.startswith(("«", "“", '"')) else f"«{dicho}»"
    return "\n".join(f"> {linea}".rstrip() for linea in entre.splitlines())


def da_cuenta(o: Oficio) -> str:
    """El oficio con folio, lugar, fecha, asunto, quién lo suscribe, a quién, sello, resumen y copias."""
    folio = f"del oficio {llano(o.folio)}" if o.folio else "de un oficio sin folio"
    lugar = f"expedido en {sin_punto(o.lugar)}" if o.lugar else ""
    fecha = f"de fecha {fecha_larga(o.fecha)}" if o.fecha else ""
    asunto = f"con el asunto {citar(o.asunto)}" if o.asunto else ""
    firma = ", ".join(sin_punto(parte) for parte in (o.remitente, o.remitente_cargo) if parte)
    return " ".join(
        texto
        for texto in (
            frase(", ".join(p for p in (f"Se da cuenta {folio}", lugar, fecha, asunto) if p)),
            frase("Lo suscribe:", firma) if firma else "",
            frase("Se dirige a:", sin_punto(o.destinatario)) if o.destinatario else "",
            _sello(o),
            frase(o.resumen),
            frase("Con copia para:", serie(sin_punto(c) for c in o.copias)) if o.copias else "",
        )
        if texto
    )


def _sello(o: Oficio) -> str:
    """Cuándo y dónde se recibió."""
    if o.recibido is None:
        return ""
    oficialia = f" en {sin_punto(o.recibido_en)}" if o.recibido_en else ""
    hora = hora_en_palabras(o.recibido.time())
    return frase(f"Se recibió{oficialia} el {fecha_larga(o.recibido.date())} a {hora}")


def movimientos(h: Hechos, punto: Punto) -> Iterator[Bloque]:
    """Llegadas y salidas que cuentan desde este punto."""
    return _narrados(h, lambda mov: mov.punto == punto.id)


def movimientos_sin_punto(h: Hechos) -> Iterator[Bloque]:
    """Llegadas y salidas de las que solo consta la hora."""
    return _narrados(h, lambda mov: h.punto(mov.punto) is None)


def _narrados(h: Hechos, cuenta: Callable[[Movimiento], bool]) -> Iterator[Bloque]:
    """En el orden en que ocurrieron; los que no traen hora, al final y como se anotaron."""
    pares = [(mov, a) for a in h.asistentes for mov in a.movimientos if cuenta(mov)]
    for mov, quien in sorted(pares, key=lambda par: (par[0].hora or dt.time.max, par[0].id)):
        yield parrafo(f"movimiento-{mov.id}", se_mueve(quien, mov), paso="asistencia")


def se_mueve(a: Asistente, mov: Movimiento) -> str:
    """Quién se incorpora o se retira, a qué hora y con qué oficio."""
    hora = f"a {hora_en_palabras(mov.hora)}" if mov.hora else "en este momento"
    if mov.tipo == TipoMovimiento.SALIDA:
        return frase(f"{hora} se retira {nombrada(a)}")
    calidad = f", {con_oficio(a)}" if con_oficio(a) else ""
    lugar = f", por {espanol.con_articulo(llano(a.institucion))}" if a.institucion else ""
    return frase(f"{hora} se incorpora a la sesión {nombrada(a)}{lugar}{calidad}")


# --- Votaciones, plazos, anexos y resultado ---


def votada(v: Votacion) -> Iterator[Bloque]:
    """La votación en prosa y, si fue nominal, la tabla de votos."""
    yield parrafo(f"votacion-{v.id}", votacion(v), paso="desahogo")
    yield from nominal(v)


def nominal(v: Votacion) -> Iterator[Bloque]:
    """El sentido de cada voto, con quién lo emitió."""
    if v.nominal:
        filas = tuple(
            (voto.institucion, voto.nombre, str(SENTIDOS.get(voto.sentido, voto.sentido)))
            for voto in v.nominal
        )
        columnas = ("Institución", "Quién votó", "Sentido")
        yield Bloque(
            f"votos-{v.id}",
            VOTOS,
            f"Votación nominal: {sin_punto(v.asunto)}",
            filas=(columnas, *filas),
            paso="desahogo",
        )


def votacion(v: Votacion) -> str:
    """Qué se sometió a votación y cómo resultó, con las cuentas en palabras."""
    return frase(
        f"Sometido a votación el asunto {citar(v.asunto)}, {resultado_de(v)}" if v.asunto else resultado_de(v)
    )


def resultado_de(v: Votacion) -> str:
    """«resulta aprobado por unanimidad de votos…» o la cuenta completa."""
    resulta = "resulta aprobado" if v.aprobada else "no resulta aprobado"
    if v.unanime and v.aprobada:
        return f"{resulta} por unanimidad de votos{_de_quienes(v.padron)}"
    cuentas = [f"{votos(v.a_favor)} a favor", f"{votos(v.en_contra)} en contra"]
    cuentas.append("una abstención" if v.abstenciones == 1 else f"{cardinal(v.abstenciones)} abstenciones")
    callados = v.padron - v.a_favor - v.en_contra - v.abstenciones
    if callados > 0:
        cuentas.append(f"{personas(callados)} sin votar")
    sentido = str(SENTIDOS.get(v.voto_de_calidad, "")).lower()
    calidad = f", con voto de calidad de la presidencia {sentido}" if sentido else ""
    por_mayoria = " por mayoría" if v.aprobada else ""
    return f"{resulta}{por_mayoria}, con {enumerar(cuentas)}{calidad}"


def _de_quienes(padron: int) -> str:
    """« de las siete personas presentes con derecho a voto»."""
    if padron < 2:
        return " de la persona presente con derecho a voto" if padron else ""
    return f" de las {personas(padron)} presentes con derecho a voto"


def votos(n: int) -> str:
    """«un voto», «siete votos»."""
    return "un voto" if n == 1 else f"{cardinal(n, apocope=True)} votos"


def personas(n: int) -> str:
    """«una persona», «siete personas»."""
    return "una persona" if n == 1 else f"{cardinal(n, 'f')} personas"


def vencimientos(plazos: tuple[Plazo, ...]) -> Iterator[Bloque]:
    """Plazos del punto que no son de un acuerdo."""
    for plazo in plazos:
        yield parrafo(
            f"plazo-{plazo.id}", frase(f"{sin_punto(plazo.concepto)}: {plazo_de(plazo)}"), paso="desahogo"
        )


def plazo_de(p: Plazo) -> str:
    """El vencimiento como se dijo y con su fecha; si es prórroga, también la fecha original."""
    fecha = fecha_larga(p.fecha) if p.fecha else ""
    if p.original and fecha:
        return f"el plazo, que vencía el {fecha_larga(p.original)}, se amplía al {fecha}"
    literal = sin_punto(p.literal)
    if literal and fecha and literal.lower() not in fecha.lower():
        return f"{literal} ({fecha})"
    return fecha or literal


def anexados(clave: str, anexos: tuple[Anexo, ...]) -> Iterator[Bloque]:
    """Documentos que se agregan."""
    if anexos:
        filas = tuple((sin_punto(a.titulo),) for a in anexos)
        yield Bloque(
            clave, ANEXOS, rotulo="Se anexa" if len(filas) == 1 else "Se anexan", filas=filas, paso="desahogo"
        )


def resultado(punto: Punto) -> Iterator[Bloque]:
    """Cómo terminó el punto, en una línea; si se votó, ya lo dice la votación."""
    texto = (
        "No se trató en esta sesión." if punto.sin_tratar else RESULTADOS.get(Resultado(punto.resultado), "")
    )
    if punto.resultado in CON_MOTIVO:
        texto = frase(
            f"{CON_MOTIVO[Resultado(punto.resultado)]}: {sin_punto(punto.motivo)}"
            if punto.motivo
            else CON_MOTIVO[Resultado(punto.resultado)]
        )
    votado = bool(punto.votaciones) or any(a.votaciones for a in punto.acuerdos)
    if punto.resultado in POR_VOTO and not votado:
        texto = con_punto(str(Resultado(punto.resultado).label))
    if texto:
        yield Bloque(f"resultado-{punto.id}", RESULTADO, texto, paso="desahogo")


# --- Acuerdos ---


def acuerdo(a: Acuerdo, *, nivel: int = 4) -> Iterator[Bloque]:
    """El acuerdo con su ordinal, su votación, a quién toca, para cuándo y qué se le anexa.

    `nivel` es el del encabezado dentro del documento.
    """
    compromisos = tuple((rotulo, texto) for rotulo, texto in compromiso(a) if texto)
    votado = " ".join(mayuscula_inicial(con_punto(resultado_de(v))) for v in a.votaciones)
    texto = "\n\n".join(parte for parte in (a.texto.strip(), votado) if parte)
    ordinal = ordinal_acuerdo(a.numero)
    yield Bloque(f"acuerdo-{a.id}", ACUERDO, texto, ordinal, filas=compromisos, paso="desahogo", nivel=nivel)
    yield from chain.from_iterable(nominal(v) for v in a.votaciones)


def compromiso(a: Acuerdo) -> Iterator[tuple[str, str]]:
    """Responsable, plazos, suplencias que admite y anexos, con su rótulo."""
    yield "Responsable", sin_punto(a.responsable)
    yield "Plazo", "; ".join(plazo_de(p) for p in a.plazos if plazo_de(p))
    yield "Se tiene por suplente a", serie(llano(nombre) for nombre in a.admite)
    yield "Anexo" if len(a.anexos) == 1 else "Anexos", "; ".join(sin_punto(x.titulo) for x in a.anexos)
