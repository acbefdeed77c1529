"""Cuánto más cuesta descargar 100 000 filas de datos abiertos que sacarlas de la base con lo más simple.

Lo simple es `values_list` y `csv.writer` con las mismas columnas: sin modelos, sin diccionario y sin cuidar
fórmulas, fechas ni decimales. Se mide el trabajo del proceso y, aparte, cuánta memoria pide cada forma.
"""

import csv
import datetime as dt
import io
import tracemalloc
from collections.abc import Iterator, Sequence
from itertools import islice
from time import process_time
from typing import Any

from bench.medida import Medida, razon

FILAS = 100_000
DE_LIBRO = 20_000  # un libro de Excel cuesta veinte veces lo que un CSV
VECES = 5
META = 2.0
META_DE_MEMORIA = 1.2
COLUMNAS = (
    *("id", "asunto", "estado", "para", "intentos", "cuerpo", "creado_el", "enviado_el", "no_antes_de"),
    "error",
)
CAMPOS = ("motivo", "asunto", "estado", "nombre", "intentos", "cuerpo", *COLUMNAS[6:])
NACIO = dt.datetime(2026, 3, 1, 16, 30, tzinfo=dt.UTC)


def medir() -> dict[str, Medida]:
    """El tiempo contra lo simple, y la memoria con diez veces más filas."""
    from stl_portal.datos import formas
    from stl_portal.datos.filtros import Seleccion

    _crear()
    conjunto = _conjunto()

    def descargar() -> int:
        return sum(map(len, formas.en_csv(conjunto, Seleccion(conjunto).filas())))

    tiempo = razon(descargar, _a_secas, VECES, reloj=process_time)
    pesa = descargar() / 1e6
    return {
        "csv": Medida(
            "100 000 filas en CSV", "values_list + csv.writer", tiempo, META, nota=f"{pesa:.0f} MB"
        ),
        "asistencias": _asistencias(),
        "memoria": _memoria(conjunto),
    }


def _crear() -> None:
    from stl_portal.avisos.models import Aviso

    Aviso.objects.bulk_create(
        (
            Aviso(
                motivo=f"aviso/{n}",
                para="alguien@ejemplo.example",
                asunto=f"Convocatoria a la sesión número {n}",
                cuerpo="Se tratarán los asuntos del orden del día, con sus anexos. " * 2,
                intentos=n % 4,
                enviado_el=NACIO if n % 2 else None,
                no_antes_de=NACIO + dt.timedelta(minutes=n),
            )
            for n in range(FILAS)
        ),
        batch_size=2000,
    )


def _conjunto() -> Any:
    """Diez columnas de la misma tabla, con sus tipos."""
    from stl_portal.avisos.models import Aviso
    from stl_portal.datos.registro import Columna, Conjunto, Tipo

    tipos = {"intentos": Tipo.ENTERO} | dict.fromkeys(COLUMNAS[6:9], Tipo.INSTANTE)

    def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
        for a in objetos:
            fila = (a.motivo, a.asunto, a.estado, a.nombre, a.intentos, a.cuerpo)
            yield a, (*fila, a.creado_el, a.enviado_el, a.no_antes_de, a.error)

    return Conjunto(
        clave="avisos",
        titulo="Avisos",
        descripcion="Para medir.",
        columnas=tuple(Columna(n, tipos.get(n, Tipo.TEXTO), n.capitalize(), "Para medir.") for n in COLUMNAS),
        publicado=Aviso.objects.all,
        filas=filas,
        de_id=lambda objetos, clave: objetos.filter(motivo=clave),
        genera="Nadie",
        tema="Medición",
    )


def _a_secas() -> int:
    """Lo mismo con lo que cualquiera escribiría en diez renglones."""
    from stl_portal.avisos.models import Aviso

    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(COLUMNAS)
    escritor.writerows(Aviso.objects.order_by("pk").values_list(*CAMPOS).iterator())
    return len(salida.getvalue().encode())


def _asistencias() -> Medida:
    """Un conjunto de verdad, con sus reglas: tachar lo testado, direcciones, quién suple a quién."""
    from django.core.management import call_command

    from sesiones.models import Asistencia
    from stl_portal.datos import formas
    from stl_portal.datos.filtros import Seleccion
    from stl_portal.datos.registro import CONJUNTOS

    call_command("cargar_muchos", organos=10, anios=5, verbosity=0)
    conjunto = CONJUNTOS["asistencias"]
    # Lo que llevan sus diecisiete columnas, como está en la base.
    de_su_sesion = ("sesion__organo__clave", "sesion__clave", "sesion__fecha", "sesion__organo__ficticio")
    del_asiento = ("asiento", "asiento__organo__clave", "asiento__institucion__sector", "institucion")
    de_quien = ("estado", "calidad", "tratamiento", "nombre", "persona", "cargo", "oficio")
    todos = ("pk", *de_su_sesion, *del_asiento, *de_quien, "suplencia__tipo")

    def a_secas() -> int:
        salida = io.StringIO()
        csv.writer(salida).writerows(Asistencia.objects.order_by("pk").values_list(*todos).iterator())
        return len(salida.getvalue().encode())

    def descargar() -> int:
        return sum(map(len, formas.en_csv(conjunto, Seleccion(conjunto).filas())))

    tiempo = razon(descargar, a_secas, VECES, reloj=process_time)
    return Medida(
        "asistencias en CSV", "values_list + csv.writer", tiempo, META, nota=f"{a_secas() / 1e6:.1f} MB"
    )


def _memoria(conjunto: Any) -> Medida:
    """Lo más que se tuvo a la vez con todas las filas contra lo que se tuvo con la décima parte."""
    from stl_portal.datos import formas
    from stl_portal.datos.filtros import Seleccion

    notas, peor = [], 0.0
    for clave, forma in formas.formas_de(conjunto).items():
        cuantas = DE_LIBRO if clave == "xlsx" else FILAS
        picos = []
        for n in (1, cuantas // 10, cuantas):  # la primera carga lo que se carga una sola vez
            picos.append(_pico(forma.escribir(conjunto, islice(Seleccion(conjunto).filas(), n))))
        notas.append(f"{clave}, {cuantas} filas: {picos[-1] / 1e6:.1f} MB")
        peor = max(peor, picos[-1] / picos[-2])
    return Medida(
        "memoria con todas las filas", "con la décima parte", peor, META_DE_MEMORIA, nota="; ".join(notas)
    )


def _pico(trozos: Iterator[bytes]) -> int:
    tracemalloc.start()
    for _ in trozos:
        pass
    _, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return pico
