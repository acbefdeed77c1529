"""Orden del día y su desahogo: puntos anidados, intervenciones, plazos y anexos."""

from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sesiones.estados import EDITABLES, REQUIEREN_MOTIVO, REQUIEREN_VOTACION, Resultado, TipoPunto
from sesiones.numeracion import etiqueta_punto
from stl_portal.versiones import ConVersion

from .oficios import Oficio
from .sesiones import Sesion

SIN_DESAHOGO = frozenset(
    {TipoPunto.GRUPO, TipoPunto.LISTA, TipoPunto.PROPUESTAS, TipoPunto.GENERALES, TipoPunto.ACTA}
)
# Lo que un punto puede guardar: relación y cómo se dice.
CONTENIDO = {
    "acuerdos": "acuerdos",
    "votaciones": "votaciones",
    "intervenciones": "intervenciones",
    "anexos": "anexos",
    "plazos": "plazos",
    "movimientos": "llegadas o salidas",
    "oficios": "oficios",
    "refrendos": "refrendos",
    "hijos": "incisos",
}
ULTIMO = 10_000  # al mover: al final de su nivel
NIVELES = 3  # romano, inciso y un nivel más: nadie lee una agenda más honda


class PuntoQuerySet(models.QuerySet["Punto"]):
    """Preguntas sobre puntos."""

    def en_arbol(self) -> "list[Punto]":
        """Puntos en orden de lectura, con `nivel`, `posicion`, `etiqueta` y `ruta` ya calculados."""
        return ordenar(self)

    def sin_resultado(self) -> Self:
        """Los que debieron desahogarse y siguen pendientes."""
        return self.filter(resultado=Resultado.PENDIENTE).exclude(tipo__in=SIN_DESAHOGO)

    def sin_tratar(self) -> Self:
        """De esos, los que no se alcanzaron: nada consta en ellos. El que tiene incisos va por los suyos."""
        return self.sin_resultado().filter(desahogo="", **{f"{nombre}__isnull": True for nombre in CONTENIDO})


def ordenar(puntos: "Iterable[Punto]") -> "list[Punto]":
    """Ordena en profundidad y numera: I, II, a), b)… Los retirados conservan su etiqueta."""
    todos = list(puntos)
    hijos: dict[int | None, list[Punto]] = {}
    for punto in sorted(todos, key=lambda p: (p.orden, p.pk or 0)):
        hijos.setdefault(punto.padre_id, []).append(punto)
    formatos = todos[0].sesion.formatos if todos else ()

    def bajar(padre: int | None, ruta: tuple[str, ...]) -> "Iterator[Punto]":
        for lugar, punto in enumerate(hijos.get(padre, []), start=1):
            punto.nivel = len(ruta)
            punto.etiqueta = etiqueta_punto(lugar, punto.nivel, formatos)
            punto.ruta = (*ruta, punto.etiqueta)
            yield punto
            yield from bajar(punto.pk, punto.ruta)

    arbol = list(bajar(None, ()))
    for posicion, punto in enumerate(arbol):
        punto.posicion = posicion
    return arbol


class Punto(ConVersion):
    """Punto del orden del día, con lo que ocurrió al tratarlo."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="puntos")
    padre = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hijos",
        verbose_name="dentro de",
    )
    orden = models.PositiveSmallIntegerField(default=0)
    tipo = models.CharField(max_length=20, choices=TipoPunto.choices, default=TipoPunto.ASUNTO)
    titulo = models.CharField("título", max_length=500)
    en_sesion = models.BooleanField("se agregó en la sesión", default=False)
    propuesto_por = models.CharField("a propuesta de", max_length=200, blank=True)
    desahogo = models.TextField(blank=True)
    resultado = models.CharField(max_length=20, choices=Resultado.choices, default=Resultado.PENDIENTE)
    motivo = models.CharField("motivo", max_length=500, blank=True)
    oficios = models.ManyToManyField(Oficio, blank=True, related_name="puntos")
    refiere_a = models.ManyToManyField("sesiones.Acuerdo", blank=True, related_name="referido_en")
    refiere_literal = models.CharField(
        "acuerdo o acta a que se refiere",
        max_length=200,
        blank=True,
        help_text="Como se escribe: «cuarto acuerdo de la XVII Sesión».",
    )
    acta_de = models.ForeignKey(
        Sesion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="se_aprueba_en",
        verbose_name="acta que se somete a aprobación",
    )

    objects = PuntoQuerySet.as_manager()

    EDITABLE_SI = Q(sesion__estado__in=EDITABLES)

    nivel: int = 0
    posicion: int = 0
    etiqueta: str = ""
    ruta: tuple[str, ...] = ()  # etiquetas desde la raíz: («IV», «a)»)

    class Meta:
        verbose_name = "punto"
        verbose_name_plural = "puntos"
        ordering = ("orden", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(resultado__in=sorted(REQUIEREN_MOTIVO)) | ~Q(motivo=""),
                name="punto_retirado_o_pospuesto_con_motivo",
                violation_error_message="Escribe el motivo por el que se retira o pospone.",
            ),
        )

    def __str__(self) -> str:
        return self.titulo

    @classmethod
    def agregar(cls, sesion: Sesion, titulo: str, *, padre: "Punto | None" = None, **campos: Any) -> Self:
        """Agrega al final de su nivel. Con la sesión en curso queda marcado «en sesión».

        Lanza `ValidationError` si la sesión ya no se edita o el anidado es demasiado hondo.
        """
        with sesion.en_edicion() as sesion:
            if padre and padre.hondura() + 1 >= NIVELES:
                raise ValidationError({"padre": f"El orden del día admite {NIVELES} niveles."})
            campos.setdefault("en_sesion", sesion.estado == "en_curso")
            hermanos = cls.objects.filter(sesion=sesion, padre=padre)
            punto = cls(sesion=sesion, padre=padre, titulo=titulo, orden=hermanos.count() + 1, **campos)
            punto.full_clean()
            punto.save()
        return punto

    def hondura(self) -> int:
        """Cuántos niveles hay por encima."""
        return 0 if self.padre is None else 1 + self.padre.hondura()

    def _altura(self) -> int:
        """Cuántos niveles hay por debajo."""
        return max((1 + hijo._altura() for hijo in self.hijos.all()), default=0)

    def mover(self, *, padre: "Punto | None", lugar: int) -> None:
        """Coloca el punto en la posición `lugar` (desde 1) dentro de `padre` y renumera."""
        with self.sesion.en_edicion() as sesion:
            # Otra persona pudo moverlos mientras se esperaba el candado.
            self.refresh_from_db(fields=["padre", "orden"])
            padre = Punto.objects.get(pk=padre.pk) if padre else None
            self._exigir_cabe_en(padre)
            anterior, self.padre = self.padre_id, padre
            self.save(update_fields=["padre"])
            hermanos = list(Punto.objects.filter(sesion=sesion, padre=padre).exclude(pk=self.pk))
            hermanos.insert(max(lugar, 1) - 1, self)
            renumerar(hermanos)
            if anterior != self.padre_id:
                renumerar(Punto.objects.filter(sesion=sesion, padre=anterior))

    def _exigir_cabe_en(self, padre: "Punto | None") -> None:
        """Un punto no puede quedar dentro de sí mismo, de otra sesión ni demasiado hondo."""
        ancestro = padre
        while ancestro is not None:
            if ancestro.pk == self.pk:
                raise ValidationError("Un punto no puede quedar dentro de sí mismo.")
            ancestro = ancestro.padre
        if padre and padre.sesion_id != self.sesion_id:
            raise ValidationError("El punto pertenece a otra sesión.")
        if padre and padre.hondura() + 1 + self._altura() >= NIVELES:
            raise ValidationError(f"El orden del día admite {NIVELES} niveles.")

    def subir(self) -> None:
        """Cambia con el punto anterior de su nivel; el primero se queda donde está."""
        self.mover(padre=self.padre, lugar=self.orden - 1)

    def bajar(self) -> None:
        """Cambia con el siguiente de su nivel."""
        self.mover(padre=self.padre, lugar=self.orden + 1)

    def quitar(self) -> None:
        """Borra el punto; nunca si guarda algo: acuerdos, votaciones, plazos, incisos…"""
        with self.sesion.en_edicion():
            ocupado = self._lo_que_guarda()
            if ocupado:
                raise ValidationError(
                    f"«{self.titulo}» no se puede borrar porque tiene {ocupado}. "
                    "Muévelos antes, o retira el punto con su motivo."
                )
            sesion, padre = self.sesion_id, self.padre_id
            self.delete()
            renumerar(Punto.objects.filter(sesion=sesion, padre=padre))

    def _lo_que_guarda(self) -> str:
        """Qué impide borrarlo, en palabras."""
        guarda = [dicho for relacion, dicho in CONTENIDO.items() if getattr(self, relacion).exists()]
        return ", ".join([*guarda, *(["texto"] if self.desahogo else [])])

    def resolver(self, resultado: str, *, motivo: str = "") -> None:
        """Anota cómo terminó el punto. Retirar o posponer exige motivo; aprobar, su votación."""
        with self.sesion.en_edicion():
            if self.actas_aprobadas.exists():
                raise ValidationError("Con este punto se aprobó un acta: su resultado ya no cambia.")
            if resultado in REQUIEREN_MOTIVO and not motivo.strip():
                raise ValidationError({"motivo": "Escribe el motivo por el que se retira o pospone."})
            if resultado in REQUIEREN_VOTACION and not self.votaciones.exists():
                raise ValidationError("Ese resultado lo da una votación: regístrala.")
            self.resultado, self.motivo = resultado, motivo.strip()
            self.save(update_fields=["resultado", "motivo"])

    def corregir(self, version: int, *, por: Any, padre: "Punto | None", **campos: Any) -> None:
        """Corrige título, tipo o lugar sobre la versión leída: todo o nada."""
        with self.sesion.en_edicion():
            self.guardar_sobre(version, por=por, **campos)
            if (padre and padre.pk) != self.padre_id:
                self.mover(padre=padre, lugar=ULTIMO)

    def dar_cuenta(self, oficios: "Iterable[Oficio]") -> None:
        """Elige los oficios de los que se da cuenta en el punto."""
        with self.sesion.en_edicion():
            self.oficios.set(oficios)


def renumerar(hermanos: "Iterable[Punto]") -> None:
    """Deja 1, 2, 3… a los puntos de un mismo nivel, en el orden dado."""
    for lugar, punto in enumerate(hermanos, start=1):
        if punto.orden != lugar:
            punto.orden = lugar
            punto.save(update_fields=["orden"])
