"""Lo que la agenda aporta al informe anual: eventos, materiales con participantes y cifras de redes."""

from collections.abc import Sequence

from sesiones.cantidades import Cantidad, sumar
from sesiones.eventos.estados import EstadoEvento, TipoEvento
from sesiones.eventos.models import CifraDeRed, Evento, Material
from sesiones.eventos.situacion import alcance, organizadores
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Liga, Periodo, Tabla, grafica
from stl_portal.informe_anual.registro import Fuente, apuntar
from stl_portal.publico.registro import OrganoPublico

SE_CUENTAN = "Se cuentan los eventos que el órgano anunció y después dio por celebrados."
ALCANCE = "El alcance es el que dijo quien organizó; lo aproximado se suma como «más de» o «al menos»."
REDES = (
    "Cada cifra va como la escribe su fuente y con el número que confirmó una persona. No se suman entre"
    " redes: una misma persona puede estar en varias."
)


def eventos(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Los celebrados, con quién organizó, quiénes participaron y a cuántas personas llegó."""
    del_periodo = Evento.objects.publicados().filter(organo=organo.pk, dia__range=periodo.dias)
    filas = list(del_periodo.con_todo().prefetch_related("ponentes").order_by("dia", "hora", "pk"))
    celebrados = [fila for fila in filas if fila.estado == EstadoEvento.CELEBRADO]
    por_tipo = [(str(t.label), sum(fila.tipo == t for fila in celebrados)) for t in TipoEvento]
    return Apartado(
        hechos=(_dicho(celebrados), *_lo_demas(filas)),
        tablas=_de_eventos(celebrados),
        graficas=grafica("Eventos por tipo", "Tipo", "Eventos", [par for par in por_tipo if par[1]]),
        notas=(SE_CUENTAN, ALCANCE) if celebrados else (),
    )


def _dicho(celebrados: Sequence[Evento]) -> str:
    if not celebrados:
        return "En el periodo no consta ningún evento celebrado."
    llego = sumar(Cantidad(fila.alcance, fila.alcance_literal) for fila in celebrados)
    cuantos = "Se celebró un evento" if len(celebrados) == 1 else f"Se celebraron {len(celebrados)} eventos"
    if not llego.numero:
        return f"{cuantos}. De su alcance no hay dato."
    return f"{cuantos}. Su alcance: {llego.dicha('persona', 'personas')}."


def _lo_demas(filas: Sequence[Evento]) -> list[str]:
    """Los que se cancelaron y los que nadie ha dicho si se hicieron."""
    cancelados = sum(fila.estado == EstadoEvento.CANCELADO for fila in filas)
    sin_decir = sum(fila.estado == EstadoEvento.PUBLICADO for fila in filas)
    dichos = []
    if cancelados:
        dichos.append(f"{cancelados} se {'cancelaron' if cancelados > 1 else 'canceló'}")
    if sin_decir:
        dichos.append(f"de {sin_decir} no consta que se {'celebraran' if sin_decir > 1 else 'celebrara'}")
    return [f"De los anunciados, {enumerar(dichos)}; no se cuentan."] if dichos else []


def _de_eventos(celebrados: Sequence[Evento]) -> tuple[Tabla, ...]:
    if not celebrados:
        return ()
    filas = tuple(
        (
            Liga(fila.titulo, fila.get_absolute_url()),
            f"{fila.get_tipo_display()}, {fecha_larga(fila.dia)}",
            organizadores(fila),
            fila.get_modalidad_display(),
            enumerar([ponente.nombre for ponente in fila.ponentes.all()]) or None,
            alcance(fila) or None,
        )
        for fila in celebrados
    )
    columnas = ("Evento", "Qué y cuándo", "Organiza", "Modalidad", "Participan", "Alcance")
    return (Tabla("Eventos celebrados", columnas, filas),)


def materiales(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Los de eventos celebrados, con a cuántas personas llegó cada uno."""
    de_eventos = {"evento__organo": organo.pk, "evento__estado": EstadoEvento.CELEBRADO}
    filas = Material.objects.filter(evento__dia__range=periodo.dias, **de_eventos)
    lista = list(filas.select_related("evento__organo").order_by("evento__dia", "evento", "pk"))
    if not lista:
        return Apartado(("En el periodo no consta ningún material de los eventos celebrados.",))
    cantidades = [Cantidad(fila.participantes, fila.participantes_literal) for fila in lista]
    llego = sumar(cantidades)
    cuantos = "un material" if len(lista) == 1 else f"{len(lista)} materiales"
    llegaron = f", con {llego.dicha('participante', 'participantes')}" if llego.numero else ""
    renglones = tuple(
        (
            fila.titulo,
            Liga(fila.evento.titulo, fila.evento.get_absolute_url()),
            None if c.numero is None else c.dicha("persona", "personas"),
        )
        for fila, c in zip(lista, cantidades, strict=True)
    )
    return Apartado(
        hechos=(f"Se repartieron o publicaron {cuantos}{llegaron}.",),
        tablas=(Tabla("Materiales", ("Material", "Evento", "Participantes"), renglones),),
        notas=("Una persona que recibió dos materiales se cuenta en los dos.",),
    )


def redes(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Las cifras confirmadas cuyo periodo cabe entero: como las escribe la fuente y su número."""
    del_periodo = CifraDeRed.objects.filter(organo=organo.pk).del_periodo(*periodo.dias)
    confirmadas = del_periodo.filter(confirmado_el__isnull=False)
    lista = list(confirmadas.order_by("red", "cuenta", "medida", "desde", "pk"))
    if not lista:
        return Apartado(("No consta ninguna cifra de redes sociales de este periodo.",))
    filas = tuple(
        (
            ", ".join(filter(None, (fila.get_red_display(), fila.cuenta))),
            fila.get_medida_display(),
            str(Periodo(fila.desde, fila.hasta)).removeprefix("del ").capitalize(),
            fila.literal,
            int(fila.valor) if fila.valor == int(fila.valor) else fila.dicho,
            Liga("Fuente", fila.fuente) if fila.fuente else None,
        )
        for fila in lista
    )
    columnas = ("Red", "Qué se contó", "Periodo", "Como lo escribe la fuente", "Número", "De dónde")
    cuantas = "Hay una cifra" if len(lista) == 1 else f"Hay {len(lista)} cifras"
    return Apartado(
        hechos=(f"{cuantas} de redes sociales de este periodo.",),
        tablas=(Tabla("Cifras de redes sociales", columnas, filas),),
        notas=(REDES,),
    )


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(Fuente("agenda", "Eventos", 60, eventos))
    apuntar(Fuente("materiales", "Materiales con participantes", 65, materiales))
    apuntar(Fuente("redes", "Redes sociales", 90, redes))
