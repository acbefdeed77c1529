"""Lo que del plan se encuentra en el buscador: el plan, sus informes, sus reportes y sus evidencias."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ejes import models as m
from ejes.ciudadania import lectura
from ejes.ciudadania.lectura import Leido
from ejes.cortes.cuadro import Renglon
from ejes.cortes.publicar import leido
from ejes.estados import EstadoPlan
from sesiones.models import Institucion
from stl_portal.buscador.fuentes import Clase, Fuente, Lugar, apuntar_fuente, vigilar
from stl_portal.buscador.secciones import apuntar_seccion
from stl_portal.participacion import buscables as preguntas
from stl_portal.texto import a_llano


def grupos_de_planes() -> Iterator[str]:
    """Los planes publicados."""
    return (f"plan:{clave}" for clave in m.Plan.objects.publicados().values_list("clave", flat=True))


def de_plan(grupo: str) -> Iterator[Lugar]:
    """El plan, sus ejes, compromisos y acciones, como hoy se leen."""
    plan = m.Plan.objects.publicados().select_related("organo").filter(clave=_clave(grupo)).first()
    if plan is None:
        return
    comun = _comun(plan.organo)
    periodo = f"{plan.inicio}-{plan.fin}"
    yield Lugar(grupo, "plan", plan.nombre, plan.get_absolute_url(), plan.fuente, periodo, **comun)
    ejes = plan.ejes.select_related("responsable__institucion").prefetch_related(
        "submetas",
        "propuestas",
        "compromisos__acciones",
        "compromisos__partes",
        "compromisos__responsable__institucion",
    )
    for eje in ejes:
        eje.plan = plan
        yield _eje(eje, comun)
        for compromiso in eje.compromisos.all():
            compromiso.eje = eje
            yield _compromiso(compromiso, comun)
            yield from (_accion(a, compromiso, comun) for a in compromiso.acciones.all())


def _eje(eje: Any, comun: Any) -> Lugar:
    partes = [parte.texto for parte in (*eje.submetas.all(), *eje.propuestas.all())]
    texto = _junto(eje.descripcion, eje.meta, *partes, _responde(eje.responsable))
    clave = f"eje:{eje.plan.clave}/{eje.codigo}"
    return Lugar(clave, "plan", str(eje), eje.get_absolute_url(), texto, eje.plan.nombre, **comun)


def _compromiso(compromiso: Any, comun: Any) -> Lugar:
    partes = [_junto(parte.nombre, parte.le_toca) for parte in compromiso.partes.all()]
    responde = _responde(compromiso.responsable)
    texto = _junto(compromiso.problema, compromiso.descripcion, *partes, responde)
    return Lugar(
        f"compromiso:{compromiso.eje.plan.clave}/{compromiso.codigo}",
        "compromiso",
        f"Compromiso {compromiso}",
        compromiso.get_absolute_url(),
        texto,
        f"{compromiso.eje.plan.nombre}, eje {compromiso.eje.numero}",
        **comun,
    )


def _accion(accion: Any, compromiso: Any, comun: Any) -> Lugar:
    plan, codigo = compromiso.eje.plan, f"{compromiso.codigo}.{accion.numero}"
    return Lugar(
        f"accion:{plan.clave}/{codigo}",
        "accion",
        f"Acción {codigo}. {a_llano(accion.texto)}",
        reverse("ejes:accion", args=(plan.clave, codigo)),
        de_donde=f"{plan.nombre}, compromiso {compromiso}",
        **comun,
    )


def _responde(asiento: Any) -> str:
    return f"Responde: {asiento.institucion.nombre}." if asiento else ""


def grupos_de_cortes() -> Iterator[str]:
    """Los informes que rigen: lo corregido se lee desde su corrección."""
    return (f"corte:{plan}/{n}" for plan, n in _cortes().values_list("plan__clave", "numero"))


def _cortes() -> Any:
    return m.Corte.objects.vigentes().filter(plan__estado=EstadoPlan.PUBLICADO, publicacion__isnull=False)


def de_corte(grupo: str) -> Iterator[Lugar]:
    """El informe y las notas que lleva, de sus bytes sellados."""
    plan, _, numero = _clave(grupo).partition("/")
    filas = _cortes().filter(plan__clave=plan, numero=int(numero) if numero.isdecimal() else 0)
    for corte in filas.select_related("plan__organo", "publicacion"):
        cuadro = leido(corte.publicacion)
        yield Lugar(
            grupo,
            "informe",
            cuadro.corte["nombre"],
            corte.get_absolute_url(),
            _junto(*_notas(cuadro.total)),
            cuadro.plan["nombre"],
            fecha=corte.hasta,
            **_comun(corte.plan.organo),
        )


def _notas(renglon: Renglon) -> Iterator[str]:
    dicho = _junto(renglon.textual, renglon.nota, renglon.explicacion)
    if dicho:
        yield f"{renglon.codigo} {renglon.titulo}: {dicho}".strip()
    for parte in renglon.partes:
        yield from _notas(parte)


def grupos_de_reportes() -> Iterator[str]:
    """Los reportes con algo publicado."""
    filas = lectura.vigentes().values_list("reporte__bimestre__plan__clave", "reporte")
    return (f"reporte:{plan}/{reporte}" for plan, reporte in filas)


def de_reporte(grupo: str) -> Iterator[Lugar]:
    """Lo último publicado del reporte y cada evidencia que usó, con el título que entonces tenía."""
    plan, _, pk = _clave(grupo).partition("/")
    filas = lectura.vigentes().filter(
        reporte=int(pk) if pk.isdecimal() else 0, reporte__bimestre__plan__clave=plan
    )
    for publicado in filas.select_related("reporte__bimestre__plan__organo"):
        del_reporte = Leido(publicado)
        comun = _comun(publicado.reporte.bimestre.plan.organo)
        comun["fecha"] = timezone.localdate(publicado.publicado_el)
        de_quien = f"{del_reporte.institucion}, {del_reporte.bimestre.lower()}"
        yield Lugar(
            grupo,
            "reporte",
            f"Reporte de {de_quien}",
            del_reporte.direccion,
            _junto(*_dicho(del_reporte)),
            f"Eje {del_reporte.documento['eje']['numero']}. {del_reporte.documento['eje']['nombre']}",
            **comun,
        )
        for prueba in del_reporte.evidencias.values():
            yield Lugar(
                f"evidencia:{plan}/{prueba.pk}@{pk}",
                "evidencia",
                prueba.titulo,
                reverse("ejes:evidencia", args=(plan, prueba.pk)),
                prueba.datos.get("descripcion", ""),
                f"Evidencia de {de_quien}",
                **comun,
            )


def _dicho(reporte: Leido) -> Iterator[str]:
    """Lo que la institución contestó y anotó, tal como se publicó."""
    for renglon in reporte.documento["renglones"]:
        if renglon["texto"]:
            yield f"{renglon['pregunta']} {renglon['texto']}"
    for avance in reporte.documento["avances"]:
        if avance["textual"] or avance["nota"]:
            yield f"{avance['codigo']} {_junto(avance['textual'], avance['nota'])}"


def _junto(*partes: str) -> str:
    return " ".join(a_llano(parte) for parte in partes if parte)


def _clave(grupo: str) -> str:
    return grupo.partition(":")[2]


def _comun(organo: Any) -> dict[str, Any]:
    return {"organo": organo.clave, "ficticio": organo.ficticio}


def _del_plan(plan: m.Plan) -> list[str]:
    return [f"plan:{plan.clave}"]


def _del_cambio_de_plan(cambio: Any) -> Iterator[str]:
    """Al publicarse el plan se leen también sus informes y sus reportes."""
    plan = cambio.objeto
    yield f"plan:{plan.clave}"
    yield from (f"corte:{plan.clave}/{n}" for n in plan.cortes.values_list("numero", flat=True))
    yield from preguntas.de(
        "compromiso", m.Compromiso.objects.filter(eje__plan=plan).values_list("pk", flat=True)
    )
    reportes = m.Reporte.objects.filter(bimestre__plan=plan).values_list("pk", flat=True)
    yield from (f"reporte:{plan.clave}/{pk}" for pk in reportes)


def _preguntas_del_compromiso(fila: m.Compromiso) -> list[str]:
    """Las que se han hecho de él llevan su nombre."""
    return preguntas.de("compromiso", [fila.pk])


def _del_eje(fila: Any) -> list[str]:
    return _del_plan(fila.plan)


def _de_algo_del_eje(fila: Any) -> list[str]:
    return _del_plan(fila.eje.plan)


def _de_algo_del_compromiso(fila: Any) -> list[str]:
    return _del_plan(fila.compromiso.eje.plan)


def _del_cambio_de_corte(cambio: Any) -> Iterator[str]:
    """También el que corrige, que deja de regir."""
    corte = cambio.objeto
    for fila in (corte, corte.corrige):
        if fila is not None:
            yield f"corte:{fila.plan.clave}/{fila.numero}"


def _del_cambio_de_reporte(cambio: Any) -> list[str]:
    return [f"reporte:{cambio.objeto.bimestre.plan.clave}/{cambio.objeto.pk}"]


def _de_la_institucion(institucion: Any) -> Iterable[str]:
    """Los planes donde responde por un eje o por un compromiso."""
    planes = m.Plan.objects.publicados().order_by()
    de_ejes = planes.filter(ejes__responsable__institucion=institucion)
    de_compromisos = planes.filter(ejes__compromisos__responsable__institucion=institucion)
    return [f"plan:{clave}" for clave in de_ejes.union(de_compromisos).values_list("clave", flat=True)]


FUENTES = (
    Fuente(
        "plan",
        {
            "plan": Clase("Plan y ejes", "Planes y ejes"),
            "compromiso": Clase("Compromiso", "Compromisos"),
            "accion": Clase("Acción", "Acciones"),
        },
        grupos_de_planes,
        de_plan,
    ),
    Fuente("corte", {"informe": Clase("Informe del plan", "Informes del plan")}, grupos_de_cortes, de_corte),
    Fuente(
        "reporte",
        {"reporte": Clase("Reporte", "Reportes"), "evidencia": Clase("Evidencia", "Evidencias")},
        grupos_de_reportes,
        de_reporte,
    ),
)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    for fuente in FUENTES:
        apuntar_fuente(fuente)
    apuntar_seccion(
        "Plan de acción: cuánto se ha avanzado",
        "/plan/",
        *("plan", "plan acción", "plan avance", "avance", "avances", "compromisos", "compromisos cumplidos"),
    )
    vigilar(m.CambioPlan, _del_cambio_de_plan)
    vigilar(m.Compromiso, _preguntas_del_compromiso)
    vigilar(m.Plan, _del_plan)
    vigilar(m.Eje, _del_eje)
    for del_eje in (m.Submeta, m.PropuestaCiudadana, m.Compromiso):
        vigilar(del_eje, _de_algo_del_eje)
    for del_compromiso in (m.Accion, m.ParteCocreadora):
        vigilar(del_compromiso, _de_algo_del_compromiso)
    vigilar(m.CambioCorte, _del_cambio_de_corte)
    vigilar(m.CambioReporte, _del_cambio_de_reporte)
    vigilar(Institucion, _de_la_institucion)
