"""A cuántas sesiones del periodo asistió cada asiento; lo justificado, aparte de las faltas."""

from typing import Any

from sesiones.asistio import Cuenta, EnLista, por_asiento
from sesiones.estados import EstadoSesion, TipoSesion
from sesiones.models import Asiento, Asistencia
from stl_portal.informe_anual.apartado import Apartado, Periodo, Tabla, grafica
from stl_portal.publico.registro import OrganoPublico

CAMPOS = ("sesion", "sesion__fecha", "asiento", "persona", "calidad", "estado")
COLUMNAS = ("Institución", "Sesiones", "Titular", "Suplente", "Justificadas", "Faltas", "Sin titular")
QUE_ES_CADA_COSA = (
    "Sale de las listas congeladas de las sesiones concluidas, sin contar reuniones de trabajo. El motivo de"
    " una ausencia justificada no se publica. «Sin titular» es el asiento vacante: no es una falta."
)


def asistencia(organo: OrganoPublico, periodo: Periodo) -> Apartado:
    """La cuenta de cada asiento y la de todos."""
    cuentas = por_asiento(EnLista(*valores) for valores in _lista(organo, periodo))
    if not cuentas:
        return Apartado(("En el periodo no consta ninguna lista de asistencia.",))
    asientos = Asiento.objects.filter(pk__in=cuentas).select_related("institucion").order_by("orden", "pk")
    filas = [(asiento.institucion.nombre, cuentas[asiento.pk]) for asiento in asientos]
    total = _juntas([cuenta for _, cuenta in filas])
    de_cada_modo = [
        ("Con su titular", total.en_persona),
        ("Con quien suple", total.por_suplente),
        ("Ausencia justificada", total.justificadas),
        ("Falta", total.faltas),
        ("Asiento sin titular", total.sin_titular),
    ]
    return Apartado(
        hechos=(_dicho(total),),
        tablas=(Tabla("Asistencia por institución", COLUMNAS, tuple(_fila(n, c) for n, c in filas)),),
        graficas=grafica("Cómo estuvieron los asientos en las sesiones", "Cómo", "Veces", de_cada_modo),
        notas=(QUE_ES_CADA_COSA,),
    )


def _lista(organo: OrganoPublico, periodo: Periodo) -> Any:
    concluidas = {"sesion__organo": organo.pk, "sesion__estado": EstadoSesion.CONCLUIDA}
    filas = Asistencia.objects.ocupantes().filter(sesion__fecha__range=periodo.dias, **concluidas)
    return filas.exclude(sesion__tipo=TipoSesion.TRABAJO).order_by().values_list(*CAMPOS)


def _juntas(cuentas: list[Cuenta]) -> Cuenta:
    modos = ("en_persona", "por_suplente", "justificadas", "faltas", "sin_titular")
    return Cuenta(**{modo: sum(getattr(cuenta, modo) for cuenta in cuentas) for modo in modos})


def _fila(nombre: str, c: Cuenta) -> tuple[str, int, int, int, int, int, int]:
    return nombre, c.sesiones, c.en_persona, c.por_suplente, c.justificadas, c.faltas, c.sin_titular


def _dicho(total: Cuenta) -> str:
    """Cuántas de las veces que tocaba estar alguien ocupó su asiento."""
    tocaba = total.sesiones - total.sin_titular
    if not tocaba:
        return "Ningún asiento convocado tenía titular."
    parte = round(100 * total.representado / tocaba)
    aparte = f" Hubo {total.justificadas} ausencia{'s' * (total.justificadas != 1)} justificada"
    aparte += f"{'s' * (total.justificadas != 1)} y {total.faltas} falta{'s' * (total.faltas != 1)}."
    return (
        f"De {tocaba} veces que un asiento con titular fue convocado, en {total.representado} alguien lo"
        f" ocupó ({parte} %).{aparte}"
    )
