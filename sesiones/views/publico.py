"""Páginas públicas de sesiones. Todo sale de filas publicadas: `publicas()` o `de_sesiones_publicas()`.

Antes de que la sesión empiece se lee lo que dice su convocatoria (`anuncio`), no la fila que se edita.
La liga para conectarse, los correos, los motivos de ausencia y el desahogo en borrador no entran
al contexto: lo que no llega a la plantilla no se puede filtrar.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.generic import ListView

from sesiones import anuncio, novedades, permisos, publica, renglones, seguimiento
from sesiones.estados import EstadoCalendario, EstadoSesion
from sesiones.forms.filtros import Filtro, FiltroAcuerdos, FiltroSesiones
from sesiones.ligados import con_ligados, de_organo, puntos_con_ligados
from sesiones.models import Acuerdo, Asiento, Organo, Punto, Sesion
from sesiones.numeracion import para_citar
from sesiones.testar import Tachador
from stl_portal.paginacion import PorPaginas
from stl_portal.transiciones import IMPORTAR

POR_PAGINA = 20
EN_ORDEN = (F("dia").desc(nulls_last=True), F("a_las").desc(nulls_last=True), "-pk")


def listado() -> QuerySet[Sesion]:
    """Las sesiones públicas, de la más reciente a la más antigua, según lo que de ellas se avisó."""
    return anuncio.fechadas(Sesion.objects.publicas()).order_by(*EN_ORDEN)


class ConFiltro(PorPaginas, ListView):  # type: ignore[type-arg]  # en ejecución no es genérica
    """Lista paginada con un filtro que llega por la dirección; si vino mal, 422 y su frase."""

    paginate_by = POR_PAGINA
    filtro: Any

    def hacer_filtro(self) -> Filtro:
        """El filtro de esta lista."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        """Lo publicado que cumple el filtro."""
        self.filtro = self.hacer_filtro()
        filas: QuerySet[Any] = self.filtro.aplicar(super().get_queryset())
        return filas

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Añade el filtro y la consulta para las ligas de página."""
        consulta = self.request.GET.copy()
        consulta.pop("page", None)
        return super().get_context_data(filtro=self.filtro, consulta=consulta.urlencode(), **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Un filtro imposible se explica; no se finge que no hay resultados."""
        kwargs.setdefault("status", 200 if self.filtro.is_valid() else 422)
        return super().render_to_response(context, **kwargs)


class SoloCuales(ConFiltro):
    """Una lista que crece con los años: se elige y se ordena por clave, y solo se traen los de la página."""

    def get_queryset(self) -> Any:
        """Las claves de lo que cumple el filtro; si basta el buscador, ni se recorre lo demás."""
        cuales = super().get_queryset().values_list("pk", flat=True)
        hallados = self.filtro.hallados()
        if hallados is not None:
            return hallados
        return list(cuales) if self.filtro.elegido.get("q") else cuales

    def en_su_orden(self, filas: Iterable[Any], cuales: Any) -> Iterable[Any]:
        """Las de la página, como vinieron sus claves; las que eligió la base ya vienen en orden."""
        if not isinstance(cuales, list):
            return filas
        lugar = {clave: n for n, clave in enumerate(cuales)}
        return sorted(filas, key=lambda fila: lugar[fila.pk])


class Lista(SoloCuales):
    """Todas las sesiones públicas, de la más reciente a la más antigua."""

    template_name = "sesiones/publico/lista.html"
    context_object_name = "sesiones"
    organo: Organo | None = None

    def hacer_filtro(self) -> Filtro:
        """Por órgano, año, tipo y palabras."""
        return FiltroSesiones(self.request.GET, organo=self.organo)

    @property
    def queryset(self) -> QuerySet[Sesion]:  # type: ignore[override]
        """Se arma en cada petición: la fecha y lo publicado cambian."""
        return listado()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Las sesiones de la página, como se avisaron y sin lo testado en sus actas."""
        contexto = super().get_context_data(**kwargs)
        filas = anuncio.fechadas(renglones.de_sesiones(contexto["sesiones"])).order_by(*EN_ORDEN)
        filas = filas.prefetch_related("convocatorias")
        avisadas = anuncio.todas(self.en_su_orden(filas, contexto["sesiones"]))
        return contexto | {"sesiones": publica.sesiones_sin_datos(avisadas)}


class DelOrgano(Lista):
    """Las sesiones de un órgano, con su próxima cita y su integración a la mano."""

    template_name = "sesiones/publico/organo.html"

    @property
    def queryset(self) -> QuerySet[Sesion]:  # type: ignore[override]
        """Solo del órgano de la dirección."""
        return listado().filter(organo=self.organo)

    def get_queryset(self) -> Any:
        """Antes que nada, el órgano."""
        self.organo = get_object_or_404(_con_lo_que_enlaza(), clave=self.kwargs["organo"])
        return super().get_queryset()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Añade el órgano y la sesión que viene."""
        hoy = timezone.localdate()
        if self.organo is None:  # no ocurre: ListView llama antes a get_queryset, que lo encuentra
            raise Http404
        kwargs["organo"] = self.organo
        kwargs["denominacion"] = self.organo.denominacion(hoy)
        kwargs["comisiones"] = [(c, c.denominacion(hoy).nombre) for c in self.organo.comisiones.con_nombre()]
        aprobados = self.organo.calendarios.filter(estado=EstadoCalendario.APROBADO, anio__gte=hoy.year)
        quien = ("acuerdo__sesion__organo", "sustituye__acuerdo__sesion__organo")
        kwargs["calendarios"] = aprobados.select_related(*quien).order_by("anio").prefetch_related("fechas")
        del_organo = Sesion.objects.publicas().filter(organo=self.organo).select_related("organo")
        proximas = anuncio.por_celebrar(del_organo.prefetch_related("convocatorias"), hoy)[:1]
        kwargs["ligados"] = de_organo(self.organo.pk)
        kwargs["proxima"] = next(iter(anuncio.todas(proximas)), None)
        return super().get_context_data(**kwargs)


def _con_lo_que_enlaza() -> QuerySet[Any]:
    """Los órganos, con si ya hay integrantes y acuerdos suyos que enlazar: uno nuevo no los tiene."""
    celebradas = Sesion.objects.celebradas().order_by().filter(organo=OuterRef("pk"))
    asientos = Asiento.objects.filter(organo=OuterRef("pk"))
    return Organo.objects.con_nombre().annotate(
        con_acuerdos=Exists(celebradas), con_asientos=Exists(asientos)
    )


class Acuerdos(SoloCuales):
    """Qué se decidió y qué pasó después: acuerdos de sesiones concluidas."""

    template_name = "sesiones/publico/acuerdos.html"
    context_object_name = "acuerdos"

    def hacer_filtro(self) -> Filtro:
        """Por órgano, año, seguimiento y palabras."""
        return FiltroAcuerdos(self.request.GET)

    @property
    def queryset(self) -> QuerySet[Acuerdo]:  # type: ignore[override]
        """Los más recientes primero."""
        publicos = seguimiento.con_estado_publico(Acuerdo.objects.de_sesiones_publicas())
        return publicos.order_by(*renglones.ACUERDOS_RECIENTES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Los de la página, sin lo testado en sus actas."""
        cuantos, de_prueba, al = seguimiento.en_resumen()
        kwargs |= {"cuantos": cuantos, "de_prueba": de_prueba, "al": al}
        contexto = super().get_context_data(**kwargs)
        filas = renglones.de_acuerdos(contexto["acuerdos"]).select_related(
            "sesion__organo", "responsable_asiento__institucion"
        )
        filas = filas.prefetch_related("sesion__organo__denominaciones", "plazos", seguimiento.publicado())
        con_todo = self.en_su_orden(filas, contexto["acuerdos"])
        acuerdos = seguimiento.con_vencidos(publica.acuerdos_sin_datos(con_todo), timezone.localdate())
        return contexto | {"acuerdos": con_ligados(acuerdos)}


def detalle(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """Una sesión: orden del día siempre; asistencia, votos y acuerdos cuando concluyó."""
    publicas = novedades.con_acta(Sesion.objects.publicas()).select_related("organo")
    publicas = publicas.prefetch_related("organo__denominaciones", "convocatorias")
    encontrada = anuncio.como_se_aviso(get_object_or_404(publicas, organo__clave=organo, clave=sesion))
    tachador = publica.tachadores([encontrada.pk]).get(encontrada.pk, publica.SIN_NADA)
    publica.tachar(encontrada, tachador)
    hoy = timezone.localdate()
    contexto: dict[str, Any] = {
        "sesion": encontrada,
        "organo": encontrada.organo,
        "denominacion": encontrada.organo.denominacion(encontrada.fecha or hoy),
        "concluida": encontrada.estado == EstadoSesion.CONCLUIDA,
        "con_convocatoria": bool(encontrada.convocatorias.all()),
        "puede_mesa": permisos.puede_leer_mesa(request.user, encontrada.organo, hoy),
    }
    # Antes de concluir solo es público el orden del día: títulos, nada de lo que se captura.
    if contexto["concluida"]:
        contexto |= _concluida(encontrada, tachador)
    else:
        contexto |= {
            "puntos": anuncio.puntos(encontrada),
            "por_celebrarse": encontrada.estado == EstadoSesion.CONVOCADA,
        }
    contexto["orden_del_dia"] = _con_su_cita(contexto["puntos"])
    return render(request, "sesiones/publico/detalle.html", contexto)


def _con_su_cita(puntos: Sequence[Any]) -> list[tuple[Any, str, str]]:
    """Cada punto con el número que lo señala en la página y su cita completa, aunque el acta use viñetas."""
    citas = para_citar((punto.nivel, punto.etiqueta) for punto in puntos)
    return [(punto, *cita) for punto, cita in zip(puntos, citas, strict=True)]


def _concluida(sesion: Sesion, tachador: Tachador) -> dict[str, Any]:
    """Lo que ya es un hecho: lista congelada, quórum, resultados, votos y acuerdos; sin lo testado."""
    ocupantes = [
        publica.tachar_asistencia(a, tachador) for a in sesion.asistencias.ocupantes().con_personas()
    ]
    presentes = [a for a in ocupantes if a.presente]
    faltaron = [a for a in ocupantes if not a.presente]
    # Nadie la condujo en el portal: sus hechos vienen del acta que el órgano publicó.
    reconstruida = not sesion.historia.exclude(por=None).exclude(verbo=IMPORTAR).exists()
    # Quien falta tiene nombre aunque no se publique; sin él no hay titular, salvo que el acta no lo diga.
    vacantes = [] if reconstruida else [a for a in faltaron if not a.nombre]
    return {
        "puntos": puntos_con_ligados([_punto_sin_datos(punto, tachador) for punto in _puntos(sesion)]),
        "quorum": sesion.quorums.last(),
        "presentes": presentes,
        "asientos": len({a.asiento_id for a in presentes}),  # uno puede haber pasado de una persona a otra
        "ausentes": [a for a in faltaron if a not in vacantes],
        "vacantes": vacantes,
        # Cuántas personas más, con quienes acompañan a un asiento: sus nombres no se publican.
        "invitadas": sesion.asistencias.presentes().count() - len(presentes),
        "acuerdos": con_ligados(
            seguimiento.con_vencidos(
                (publica.tachar_acuerdo(a, tachador) for a in _acuerdos(sesion)), timezone.localdate()
            )
        ),
        "anexos": sesion.anexos.select_related("punto", "acuerdo"),
        "reconstruida": reconstruida,
    }


def _punto_sin_datos(punto: Punto, tachador: Tachador) -> Punto:
    """El punto, sus votaciones y sus oficios ya traídos."""
    for fila in (*punto.votaciones.all(), *punto.oficios.all()):
        publica.tachar(fila, tachador)
    tachado: Punto = publica.tachar(punto, tachador)
    return tachado


def _puntos(sesion: Sesion) -> list[Punto]:
    """Puntos en orden de lectura con votaciones, oficios y plazos, sin el texto del desahogo."""
    filas = sesion.puntos.defer("desahogo").prefetch_related(
        "votaciones__votos__asistencia", "votaciones__acuerdo", "oficios", "plazos", "acuerdos__sesion"
    )
    return filas.en_arbol()


def _acuerdos(sesion: Sesion) -> QuerySet[Acuerdo]:
    """Acuerdos de la sesión con el seguimiento que ya es público."""
    acuerdos = seguimiento.con_estado_publico(sesion.acuerdos.all()).select_related(
        "punto", "sesion__organo", "responsable_asiento__institucion"
    )
    return acuerdos.prefetch_related("plazos", "votaciones", seguimiento.publicado())
