"""Las convocatorias públicas en el informe anual: cuáles se publicaron y a quiénes se reconoció."""

from collections import defaultdict

from django.utils import timezone

from sesiones.certamenes.estados import Acto
from sesiones.certamenes.models import ActoPublico, Resultado
from stl_portal.espanol import enumerar, fecha_larga
from stl_portal.informe_anual.apartado import Apartado, Liga, Periodo, Tabla
from stl_portal.informe_anual.registro import Fuente, apuntar
from stl_portal.publico.registro import OrganoPublico

QUE = {
    Acto.PUBLICADA: "Se publicó",
    Acto.RESULTADOS: "Se dieron sus resultados",
    Acto.DESIERTA: "Se declaró desierta",
}
SOLO_LO_RECONOCIDO = (
    "De lo postulado solo se publica lo reconocido; quien postuló a título individual no se nombra."
)


def certamenes(organo: OrganoPublico, periodo: Periodo) -> Apartado | None:
    """Lo que de ellas consta en el periodo; None si el órgano nunca ha publicado una."""
    todos = ActoPublico.objects.filter(certamen__organo=organo.pk).select_related("certamen__organo")
    actos = list(todos.order_by("eslabon"))
    if not actos:
        return None
    dentro = [a for a in actos if periodo.desde <= timezone.localdate(a.cuando) <= periodo.hasta]
    if not dentro:
        return Apartado(("En el periodo no se publicó ninguna convocatoria pública ni sus resultados.",))
    filas = tuple(
        (
            Liga(str(a.certamen), a.certamen.get_absolute_url()),
            QUE[Acto(a.acto)],
            fecha_larga(timezone.localdate(a.cuando)),
        )
        for a in dentro
    )
    reconocidas = _reconocidas([a.certamen_id for a in dentro if a.acto == Acto.RESULTADOS])
    return Apartado(
        hechos=(_dicho(dentro),),
        tablas=(Tabla("Convocatorias públicas", ("Convocatoria", "Qué pasó", "Cuándo"), filas), *reconocidas),
        notas=(SOLO_LO_RECONOCIDO,) if reconocidas else (),
    )


def _dicho(actos: list[ActoPublico]) -> str:
    cuantas: dict[str, int] = defaultdict(int)
    for acto in actos:
        cuantas[acto.acto] += 1
    palabras = {
        Acto.PUBLICADA: ("se publicó una", "se publicaron {}"),
        Acto.RESULTADOS: ("una dio sus resultados", "{} dieron sus resultados"),
        Acto.DESIERTA: ("una se declaró desierta", "{} se declararon desiertas"),
    }
    partes = [dicho[n > 1].format(n) for acto, dicho in palabras.items() if (n := cuantas[acto.value])]
    return f"De convocatorias públicas, {enumerar(partes)}."


def _reconocidas(certamenes: list[int]) -> tuple[Tabla, ...]:
    """Título, institución o sector y lugar: lo mismo que dice la página de cada una."""
    privados = (f"postulacion__{campo}" for campo in ("correo", "nombre", "telefono", "llave"))
    todos = Resultado.objects.filter(postulacion__certamen__in=certamenes)
    filas = (
        todos.select_related("postulacion__certamen")
        .defer(*privados)
        .order_by("postulacion__certamen", "orden", "postulacion__folio")
    )
    renglones = tuple(
        (str(r.postulacion), r.postulacion.de_donde, r.dicho, str(r.postulacion.certamen))
        for r in filas
        if r.dicho
    )
    columnas = ("Práctica", "De quién", "Reconocimiento", "Convocatoria")
    return (Tabla("Prácticas reconocidas", columnas, renglones),) if renglones else ()


def registrar() -> None:
    """Se llama desde `CertamenesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(Fuente("certamenes", "Convocatorias públicas", 68, certamenes))
