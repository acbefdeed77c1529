"""Un conjunto con columnas de cada tipo y textos incómodos, hecho de avisos; los fallidos no se publican."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from stl_portal.avisos.models import Aviso
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo

# Lo que una hoja de cálculo ejecutaría, lo que rompe un CSV y lo que un XLSX no admite.
INCOMODOS = (
    *('=HYPERLINK("http://malo.example")', "+1", "-2", "@SUM(A1)", "\tcon tabulador", "'=1", "''+1"),
    *(
        "con, coma",
        'con "comillas"',
        "dos\nrenglones",
        "ñandú áéíóú ü",
        "#N/A",
        "controles\x07\x0b",
        "😀 emoji",
    ),
    *("</script><script>alert(1)</script>", "  con espacios  ", "00123", "1/2/2026", "TRUE"),
)
NACIO = dt.datetime(2026, 3, 1, 16, 30, tzinfo=dt.UTC)  # 10:30 en Guanajuato
ESTADOS = (("pendiente", "Por enviar"), ("enviado", "Enviado"))
COLUMNAS = (
    Columna("id", Tipo.TEXTO, "Identificador", "El motivo.", True, ejemplo="aviso/1"),
    Columna("asunto", Tipo.TEXTO, "Asunto", "De qué trata."),
    Columna("estado", Tipo.TEXTO, "Estado", "Si salió.", True, ESTADOS),
    Columna("intentos", Tipo.ENTERO, "Intentos", "Cuántos.", True, unidad="intentos"),
    Columna("parte", Tipo.NUMERO, "Parte", "La cuarta parte de los intentos."),
    Columna("salio", Tipo.SI_NO, "Salió", "Si se envió.", True),
    Columna("dia", Tipo.FECHA, "Día", "En que se creó.", True),
    Columna("hora", Tipo.HORA, "Hora", "En que se creó."),
    Columna("creado_el", Tipo.INSTANTE, "Creado el", "Cuándo.", True),
    Columna("enviado_el", Tipo.INSTANTE, "Enviado el", "Cuándo; vacío si no ha salido."),
    Columna("liga", Tipo.LIGA, "Liga", "Su página.", True),
)


def publicado() -> "QuerySet[Any]":
    """Todos menos los fallidos."""
    return Aviso.objects.exclude(estado="fallido")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por aviso."""
    for aviso in objetos:
        creado = aviso.no_antes_de
        yield (
            aviso,
            (
                *(aviso.motivo, aviso.asunto, aviso.estado, aviso.intentos, Decimal(aviso.intentos) / 4),
                *(aviso.enviado_el is not None, creado.date(), dt.time(10, 30), creado, aviso.enviado_el),
                f"https://portal.example/{aviso.motivo}",
            ),
        )


MUESTRA = Conjunto(
    clave="muestra",
    titulo="Muestra",
    descripcion="Avisos que sirven de muestra.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=lambda objetos, motivo: objetos.filter(motivo=motivo),
    genera="Quien prueba",
    tema="Pruebas",
    una_fila="un aviso que no falló",
    filtros=(
        Filtro("estado", Tipo.TEXTO, "estado", "Si salió.", valores=ESTADOS),
        Filtro("anio", Tipo.ENTERO, "no_antes_de__year", "Año en que se creó."),
        Filtro("desde", Tipo.FECHA, "no_antes_de__date__gte", "Creados ese día o después."),
        Filtro("hasta_el_dia", Tipo.FECHA, "", "Creados ese día o antes.", "dia", "hasta"),
        Filtro("anio_del_dia", Tipo.ENTERO, "", "Año del día.", "dia"),
        Filtro("intentos", Tipo.ENTERO, "", "Cuántos intentos.", "intentos"),
        Filtro("salio", Tipo.SI_NO, "enviado_el__isnull", "Al revés: true son los que no han salido."),
        Filtro("asunto", Tipo.TEXTO, "asunto", "Exacto."),
    ),
    palabras=("avisos",),
    grafica=("estado", ""),
)


def crear(cuantos: int, desde: int = 0, **datos: Any) -> None:
    """Tantos avisos, uno por día desde el primero de marzo de 2026 y con los textos por turno."""
    Aviso.objects.bulk_create(
        (
            Aviso(
                **{
                    "motivo": f"aviso/{n}",
                    "para": "destinataria-secreta@prueba.example",
                    "asunto": INCOMODOS[n % len(INCOMODOS)],
                    "cuerpo": "Cuerpo que no se publica",
                    "intentos": n % 7,
                    "estado": ESTADOS[n % 2][0],
                    "enviado_el": NACIO if n % 2 else None,
                    "no_antes_de": NACIO + dt.timedelta(days=n % 1000),
                    **datos,
                }
            )
            for n in range(desde, desde + cuantos)
        ),
        batch_size=2000,
    )
