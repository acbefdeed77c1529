"""Los registros del plan, sumados a los del órgano."""

from sesiones.views.registros.catalogo import sumar

from . import calendario, plan


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`: en la página del órgano se ofrecen los planes, y ahí lo demás."""
    sumar(
        "Plan de acción",
        (plan.PLANES,),
        aparte=(
            *(plan.EJES, plan.COMPROMISOS, plan.ACCIONES, plan.HITOS),
            *(calendario.FORMATOS, calendario.BIMESTRES, calendario.PRORROGAS),
        ),
    )
