"""El motor: nuevos, cambios, iguales y rechazos, con la razón de cada uno."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from sesiones import models as m
from stl_portal.cuentas.models import Usuario
from stl_portal.traspaso import escritura, lectura, registro
from stl_portal.traspaso.motor import Motor
from stl_portal.traspaso.recurso import Recurso
from stl_portal.traspaso.resultado import Resultado, Suceso, descomprimir
from tests.personas import Reparto

from .recursos import TODOS, Alias, Asientos, Nombramientos, Organos, Personas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _solo_los_de_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registro, "RECURSOS", TODOS)
    monkeypatch.setattr(registro, "AL_TERMINAR", [])


def exportado(recurso: type[Recurso]) -> list[list[str]]:
    hoja = next(lectura.hojas(io.BytesIO(b"".join(escritura.en_csv(recurso))), lectura.CSV, recurso))
    return [celdas for _, celdas in hoja.renglones]


def importado(recurso: type[Recurso], filas: list[list[str]]) -> Resultado:
    hoja = lectura.Hoja(recurso, list(enumerate(filas, start=2)))
    return Motor().importar([hoja])


def sucesos(resultado: Resultado) -> list[Suceso]:
    return [suceso for tanda in resultado.tandas for suceso in descomprimir(tanda)]


def razones(recurso: type[Recurso], filas: list[list[str]]) -> list[tuple[int, str, str]]:
    return [
        (suceso.renglon, columna, razon)
        for suceso in sucesos(importado(recurso, filas))
        if suceso.que == "rechazada"
        for columna, razon in suceso.celdas
    ]


def cuenta(resultado: Resultado, recurso: type[Recurso]) -> tuple[int, int, int, int]:
    suya = resultado.cuentas[recurso.clave]
    return suya.nuevas, suya.cambian, suya.iguales, suya.rechazadas


def test_lo_exportado_entra_igual_y_lo_cambiado_dice_de_que_a_que(reparto: Reparto) -> None:
    filas = exportado(Nombramientos)
    assert cuenta(importado(Nombramientos, filas), Nombramientos) == (0, 0, 5, 0)
    cargo = Nombramientos.encabezados().index("cargo")
    antes, filas[1][cargo] = filas[1][cargo], "Rectora  "
    nueva = [*filas[0]]
    nueva[Nombramientos.encabezados().index("vigente_desde")] = "2019-01-01"
    nueva[Nombramientos.encabezados().index("vigente_hasta")] = "2019-12-31"
    resultado = importado(Nombramientos, [*filas, nueva])
    assert cuenta(resultado, Nombramientos) == (1, 1, 4, 0)
    cambio = next(s for s in sucesos(resultado) if s.que == "cambia")
    assert (cambio.renglon, cambio.celdas) == (3, [["cargo", antes, "Rectora  "]])
    assert m.Nombramiento.objects.get(pk=cambio.pk).cargo == "Rectora  "
    assert m.Nombramiento.objects.count() == 6


def test_no_hay_una_consulta_por_renglon(
    reparto: Reparto, django_assert_num_queries: Callable[..., Any]
) -> None:
    fila = exportado(Personas)[0]
    fila[Personas.encabezados().index("usuario")] = fila[Personas.encabezados().index("id")] = ""
    nombre = Personas.encabezados().index("nombre")
    uno, muchos = ([[*fila[:nombre], f"P{n}-{c}", *fila[nombre + 1 :]] for n in range(c)] for c in (1, 60))
    # leer los nombres de las cuentas y de las personas, y por cada lote un punto de guardado y una inserción
    for filas in (uno, muchos):
        with django_assert_num_queries(5):
            assert cuenta(importado(Personas, filas), Personas)[0] == len(filas)


def test_un_huerfano_dice_que_falta_y_en_que_recurso(reparto: Reparto) -> None:
    fila = exportado(Nombramientos)[0]
    fila[Nombramientos.encabezados().index("persona")] = "Nadie"
    assert razones(Nombramientos, [fila]) == [
        (2, "persona", "No existe «Nadie» en Personas: impórtalo antes."),
    ]


def test_el_que_menciona_a_uno_que_viene_despues_nace_en_su_lugar(db: None) -> None:
    encabezados = Organos.encabezados()
    vacia = ["" for _ in encabezados]

    def fila(clave: str, padre: str) -> list[str]:
        celdas = dict(zip(encabezados, vacia, strict=True)) | SIN_DATOS | {"clave": clave, "padre": padre}
        return [celdas[e] for e in encabezados]

    assert cuenta(importado(Organos, [fila("hijo", "padre"), fila("padre", "")]), Organos) == (2, 0, 0, 0)
    hijo, padre = m.Organo.objects.order_by("pk")
    assert (hijo.clave, hijo.padre, padre.clave) == ("hijo", padre, "padre")
    assert razones(Organos, [fila("otro", "nadie")]) == [
        (2, "padre", "No existe «nadie» en Órganos: impórtalo antes."),
    ]


SIN_DATOS = {
    campo.name: "false"
    for campo in m.Organo._meta.concrete_fields
    if campo.get_internal_type() == "BooleanField"
} | {
    campo.name: str(campo.get_default())
    for campo in m.Organo._meta.concrete_fields
    if campo.has_default() and campo.get_internal_type() != "BooleanField"
}


def test_el_ordinal_vacio_es_el_que_sigue_y_uno_que_se_salta_no_nombra_a_nadie(reparto: Reparto) -> None:
    filas = [["", "Ana Ruiz Peña", "Anita", ""], ["2", "Ana Ruiz Peña", "Ani", ""]]
    assert cuenta(importado(Alias, filas), Alias) == (2, 0, 0, 0)
    assert exportado(Alias) == [["1", *filas[0][1:]], filas[1]]
    for mal in ("4", "0", "٣", "9" * 5000):
        assert razones(Alias, [[mal, "Ana Ruiz Peña", "Anuca", ""]]) == [
            (2, "n", "El siguiente es el 3; deja vacío si es nuevo."),
        ]
    assert cuenta(importado(Alias, [["01", *filas[0][1:]]]), Alias) == (0, 0, 1, 0)


def test_cada_celda_mala_dice_su_columna_y_su_razon(reparto: Reparto) -> None:
    buena = exportado(Nombramientos)[0]
    encabezados = Nombramientos.encabezados()

    def con(columna: str, celda: str) -> list[str]:
        mala = [*buena]
        mala[encabezados.index(columna)] = celda
        return mala

    malas = [
        con("vigente_desde", "18/03/2026"),
        con("persona", ""),
        con("cargo", "x" * 5000),
        con("vigente_hasta", "1999-01-01"),
        [],
        con("cargo", "El mismo otra vez"),
    ]
    dichas = razones(Nombramientos, malas)
    assert [(renglon, columna) for renglon, columna, _ in dichas] == [
        *((2, "vigente_desde"), (3, "persona"), (4, "cargo"), (6, "")),
        *((7, "asiento.organo"), (5, "")),
    ]
    assert [razon for _, _, razon in dichas][1] == "No puede quedar vacía."
    assert [razon for _, _, razon in dichas][4] == "Repite el renglón 5: es el mismo."
    assert [razon for _, _, razon in dichas][5] == "La fecha final no puede ser anterior a la inicial."


def test_lo_que_la_base_impide_se_dice_en_su_renglon(reparto: Reparto) -> None:
    """Dos titulares del mismo asiento el mismo día: lo rechaza la guarda, no el portal."""
    fila = exportado(Nombramientos)[0]
    fila[Nombramientos.encabezados().index("vigente_desde")] = "2025-06-01"
    dichas = razones(Nombramientos, [fila])
    assert [(renglon, columna) for renglon, columna, _ in dichas] == [(2, "")]
    assert dichas[0][2].startswith("Se encima con otro periodo")


def test_una_cuenta_importada_no_puede_entrar(reparto: Reparto) -> None:
    from .recursos import Cuentas

    nueva = ["nueva@ejemplo.mx", "Nueva"]
    assert Cuentas.encabezados() == ("email", "nombre")
    assert cuenta(importado(Cuentas, [nueva]), Cuentas) == (1, 0, 0, 0)
    cuenta_nueva = Usuario.objects.get(email="nueva@ejemplo.mx")
    assert (cuenta_nueva.is_active, cuenta_nueva.is_staff, cuenta_nueva.has_usable_password()) == (
        *(False, False),
        False,
    )
    suya = Usuario.objects.filter(is_active=True).first()
    assert suya
    assert razones(Cuentas, [[suya.email, "Otro nombre"]]) == [
        (2, "nombre", "Ya existe y esto no cambia: Lo cambia su dueña."),
    ]


def test_asientos_se_nombran_por_organo_e_institucion(reparto: Reparto) -> None:
    assert Asientos.partes_del_nombre() == ("organo", "institucion")
    assert cuenta(importado(Asientos, exportado(Asientos)), Asientos) == (0, 0, 6, 0)
