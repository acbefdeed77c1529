"""Lo municipal en el informe anual: capacitaciones, avance de los municipios e informes trimestrales."""

from collections.abc import Sequence

from django.db.models import Q

from municipios.ciudadania.publicados import filas, leido
from municipios.documento import CorteLeido
from municipios.estados import ClaseEvento
from municipios.informes import publicados
from municipios.models import CorteMunicipalPublicado, Evento
from sesiones.cantidades import Cantidad, distintos, sumar
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Celda, Liga, Periodo, Tabla, grafica
from stl_portal.informe_anual.registro import Fuente, apuntar
from stl_portal.publico.registro import OrganoPublico

CAPACITACIONES = (
    "Cuando solo se conoce el conjunto («17 capacitaciones», «más de 100 personas») se cuenta así, y el total"
    " dice que es un mínimo. Quien acudió a dos capacitaciones se cuenta en las dos."
)


def capacitaciones(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """Las publicadas que dio el órgano: personas, sujetos obligados y municipios."""
    suyas = Evento.objects.publicados().filter(organo=organo.pk, hasta__range=periodo.dias)
    eventos = list(suyas.prefetch_related("municipios").order_by("hasta", "pk"))
    if not eventos:
        return Apartado(("En el periodo no consta ninguna capacitación ni evento con los municipios.",))
    return Apartado(
        hechos=_dichos(eventos),
        tablas=(
            Tabla(
                "Lo que se hizo con los municipios",
                ("Título", "Qué fue", "Cuántos", "Hasta", "Municipios", "Personas", "Sujetos obligados"),
                tuple(_renglon(evento) for evento in eventos),
            ),
        ),
        graficas=grafica("Con los municipios", "Qué fue", "Cuántos", _por_clase(eventos)),
        notas=(CAPACITACIONES,),
    )


def _por_clase(eventos: Sequence[Evento]) -> list[tuple[str, int]]:
    cuentas = [(str(c.label), sum(e.cuantos for e in eventos if e.clase == c)) for c in ClaseEvento]
    return [par for par in cuentas if par[1]]


def _dichos(eventos: Sequence[Evento]) -> tuple[str, ...]:
    clases = {
        ClaseEvento.CAPACITACION: ("capacitación", "capacitaciones"),
        ClaseEvento.EVENTO: ("evento", "eventos"),
        ClaseEvento.REUNION: ("reunión de acompañamiento", "reuniones de acompañamiento"),
    }
    cuentas = [(c, sum(e.cuantos for e in eventos if e.clase == c)) for c in clases]
    partes = [f"{n} {clases[c][n > 1]}" for c, n in cuentas if n]
    personas = sumar(Cantidad(e.personas, e.personas_literal) for e in eventos)
    obligados = sumar(Cantidad(e.sujetos_obligados) for e in eventos)
    municipios = distintos(([m.clave for m in e.municipios.all()], e.municipios_cuantos) for e in eventos)
    de_cuantos = [
        s.dicha(uno, varios)
        for s, uno, varios in (
            (personas, "persona", "personas"),
            (obligados, "sujeto obligado", "sujetos obligados"),
            (municipios, "municipio", "municipios"),
        )
        if s.numero
    ]
    hecho = f"Con los municipios hubo {enumerar(partes)}"
    return (f"{hecho}, con {enumerar(de_cuantos)}." if de_cuantos else f"{hecho}.",)


def _renglon(evento: Evento) -> tuple[Celda, ...]:
    personas = Cantidad(evento.personas, evento.personas_literal)
    return (
        evento.titulo,
        evento.get_clase_display(),
        evento.cuantos,
        fecha_larga(evento.hasta),
        len(evento.municipios.all()) or evento.municipios_cuantos,
        None if personas.numero is None else personas.dicha("persona", "personas"),
        evento.sujetos_obligados,
    )


def avance(organo: OrganoPublico, periodo: Periodo) -> Apartado | None:
    """El último corte municipal que cabe en el periodo; None si el órgano nunca ha publicado cortes."""
    suyos = filas().filter(corte__organo=organo.pk)
    if not suyos.exists():
        return None
    del_periodo = suyos.filter(Q(rige=True), corte__fecha__range=periodo.dias)
    ultimo: CorteMunicipalPublicado | None = (
        del_periodo.defer(None).order_by("corte__fecha", "corte__numero").last()
    )
    if ultimo is None:
        return Apartado(("En el periodo no se publicó ningún corte del avance municipal.",))
    corte = leido(ultimo)
    return Apartado(
        hechos=tuple(_de_etapa(corte, n) for n in range(len(corte.etapas))) or ("El corte no dice nada.",),
        tablas=_por_municipio(corte),
        graficas=tuple(
            g
            for e in corte.etapas
            for g in grafica(
                e.nombre, "Situación", "Municipios", [(s.nombre, s.municipios) for s in e.situaciones]
            )
        ),
        notas=(_fuente(corte),),
    )


def _de_etapa(corte: CorteLeido, n: int) -> str:
    etapa = corte.etapas[n]
    partes = [f"{s.municipios} en «{s.nombre}»" for s in etapa.situaciones if s.municipios]
    return f"{etapa.nombre}: de {etapa.suma} municipios, {enumerar(partes)}."


def _por_municipio(corte: CorteLeido) -> tuple[Tabla, ...]:
    """Un renglón por municipio, con las etapas de las que se sabe cuál está en cuál."""
    etapas = [etapa for etapa in corte.etapas if not etapa.solo_total]
    if not etapas:
        return ()
    renglones = []
    for clave, nombre in corte.nombres.items():
        situaciones = [corte.situacion_de(clave, etapa) for etapa in etapas]
        renglones.append((nombre, *(s.nombre if s else None for s in situaciones)))
    return (Tabla("Avance por municipio", ("Municipio", *(e.nombre for e in etapas)), tuple(renglones)),)


def _fuente(corte: CorteLeido) -> str:
    solo_total = [etapa.nombre for etapa in corte.etapas if etapa.solo_total]
    nota = f"Según el corte «{corte.nombre}», al {fecha_larga(corte.fecha)}."
    if corte.fuente:
        nota += f" Fuente: {corte.fuente}."
    if solo_total:
        nota += f" De {enumerar(solo_total)} solo se conoce el total, no el de cada municipio."
    return nota


def trimestrales(organo: OrganoPublico, periodo: Periodo) -> Apartado | None:
    """Los informes trimestrales que publicó un secretariado municipal; None si no ha publicado ninguno."""
    suyos = list(publicados.publicados().filter(organo=organo.pk))
    if not suyos:
        return None
    dentro = [i for i in reversed(suyos) if periodo.desde <= i.desde <= periodo.hasta]
    if not dentro:
        return Apartado(("En el periodo no se publicó ningún informe trimestral.",))
    renglones = tuple(
        (
            Liga(i.periodo.capitalize(), publicados.url_de(i)),
            i.numero,
            str(i.anexo.sesion) if i.anexo else None,
        )
        for i in dentro
    )
    cuantos = "un informe trimestral" if len(dentro) == 1 else f"{len(dentro)} informes trimestrales"
    return Apartado(
        (
            f"Se publicaron {cuantos} del periodo."
            if len(dentro) > 1
            else f"Se publicó {cuantos} del periodo.",
        ),
        (Tabla("Informes trimestrales", ("Trimestre", "Número", "Se presentó en"), renglones),),
    )


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(Fuente("capacitaciones", "Capacitaciones y eventos con los municipios", 70, capacitaciones))
    apuntar(Fuente("municipios", "Avance municipal", 75, avance))
    apuntar(Fuente("trimestrales", "Informes trimestrales", 80, trimestrales))
