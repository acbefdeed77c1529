"""Cuánto más cuesta importar 10 000 renglones y exportar 100 000 que hacerlo con lo más simple del ORM.

Lo simple al importar es leer el CSV y `bulk_create`: sin comparar, sin revisar columnas, sin nombres en vez
de números y sin con qué deshacer. Al exportar, `values_list` y `csv.writer`. Se mide el trabajo del proceso
y, aparte, cuánta memoria pide exportar con diez veces más renglones.
"""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from time import process_time
from typing import Any

from bench.medida import Medida, razon

ENTRAN, SALEN = 10_000, 100_000
VECES = 5
META = 2.0
META_DE_MEMORIA = 1.2


def medir() -> dict[str, Medida]:
    """Importar, exportar y la memoria de exportar."""
    from stl_portal.traspaso import escritura, registro

    personas = registro.de_clave("personas")
    if personas is None:
        raise LookupError("No hay recurso de personas.")
    archivo = _archivo(personas)
    importar = razon(lambda: _importar(personas, archivo), lambda: _a_secas(archivo), VECES, process_time)
    _crear()
    exportar = razon(lambda: _gastar(escritura.en_csv(personas)), _sacar_a_secas, VECES, process_time)
    return {
        "importar": Medida(
            "10 000 renglones importados", "csv.reader + bulk_create", importar, META, nota=_por_renglon()
        ),
        "exportar": Medida("100 000 renglones exportados", "values_list + csv.writer", exportar, META),
        "memoria": _memoria(personas),
    }


def _por_renglon() -> str:
    return "con comparación, columnas revisadas y lo que hace falta para deshacer"


def _archivo(personas: Any) -> bytes:
    """Un CSV con renglones nuevos, en las columnas del recurso."""
    from sesiones.models import Persona

    fijas = {"n": "1", "sexo": str(Persona._meta.get_field("sexo").flatchoices[0][0])}
    salida = io.StringIO(newline="")
    escritor = csv.DictWriter(salida, personas.encabezados(), restval="")
    escritor.writeheader()
    for n in range(ENTRAN):
        suyas = {"nombre": f"Persona ficticia {n}", "apellidos": f"Ficticia {n}", "tratamiento": "C."}
        escritor.writerow({c: v for c, v in (fijas | suyas).items() if c in personas.encabezados()})
    return salida.getvalue().encode()


def _importar(personas: Any, archivo: bytes) -> int:
    """Con todo lo que hace el portal; al final se deshace, para que cada vuelta encuentre lo mismo."""
    from django.db import transaction

    from stl_portal.traspaso import lectura
    from stl_portal.traspaso.motor import Motor

    with transaction.atomic():
        resultado = Motor().importar(lectura.hojas(io.BytesIO(archivo), lectura.CSV, personas))
        transaction.set_rollback(True)
    if resultado.cuentas[personas.clave].nuevas != ENTRAN:
        raise ValueError("No entraron todos.")
    return ENTRAN


def _a_secas(archivo: bytes) -> int:
    """Lo que cualquiera escribiría en seis renglones."""
    from django.db import transaction

    from sesiones.models import Persona

    campos = {campo.name for campo in Persona._meta.concrete_fields} - {"id"}
    with transaction.atomic():
        filas = csv.DictReader(io.StringIO(archivo.decode()))
        nuevas = [Persona(**{c: v for c, v in fila.items() if c in campos}) for fila in filas]
        Persona.objects.bulk_create(nuevas, batch_size=500)
        transaction.set_rollback(True)
    return len(nuevas)


def _crear() -> None:
    """Lo que se exporta."""
    from sesiones.models import Persona

    filas = (
        Persona(nombre=f"Persona ficticia {n}", apellidos=f"Ficticia {n}", tratamiento="C.")
        for n in range(SALEN)
    )
    Persona.objects.bulk_create(filas, batch_size=2000)


def _sacar_a_secas() -> int:
    from sesiones.models import Persona

    campos = [campo.name for campo in Persona._meta.concrete_fields]
    salida = io.StringIO()
    escritor = csv.writer(salida)
    escritor.writerow(campos)
    escritor.writerows(Persona.objects.order_by("pk").values_list(*campos).iterator())
    return len(salida.getvalue().encode())


def _gastar(trozos: Iterator[bytes]) -> int:
    return sum(map(len, trozos))


def _memoria(personas: Any) -> Medida:
    """Lo más que se tuvo a la vez con todos los renglones contra lo que se tuvo con la décima parte."""
    from stl_portal.traspaso import escritura
    from stl_portal.traspaso.nombres import Nombres

    picos = []
    for partes in (1, 10, 100):  # cada parte son mil renglones; la primera carga lo que se carga una vez
        tracemalloc.start()
        _gastar(islice(escritura.en_csv(personas, Nombres()), partes))
        picos.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return Medida(
        "memoria al exportar 100 000",
        "10 000",
        picos[2] / picos[1],
        META_DE_MEMORIA,
        nota=f"{picos[2] / 1e6:.1f} MB",
    )
