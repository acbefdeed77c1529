"""Lo que cada aplicación dice en el informe: solo lo publicado, de ese órgano y de ese periodo."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sesiones.models import Organo
from stl_portal.informe_anual import escribir
from stl_portal.informe_anual.apartado import Apartado
from stl_portal.informe_anual.armar import armar
from stl_portal.informe_anual.documento import documento_de
from stl_portal.versiones import VersionRancia
from tests.informe_anual.fabricas import con_de_todo, concluida, empezado
from tests.personas import Reparto, crear_reparto

SIN_TODO = 34  # consultas para armarlo, con cuantas filas sea


@pytest.fixture
def apartados(reparto: Reparto) -> dict[str, Apartado]:
    """Los de un órgano real con algo de todo; en otro, ficticio, hay lo mismo."""
    con_de_todo(reparto)
    otro = crear_reparto("otro")
    Organo.objects.filter(pk=otro.organo.pk).update(ficticio=True)
    concluida(otro, acuerdos=2)
    armado = armar(empezado(reparto))
    assert "secretoqx" not in json.dumps(documento_de(armado), ensure_ascii=False)
    return {parte.clave: parte.contenido for parte in armado.todas}


def test_cada_apartado_cuenta_lo_suyo_y_nada_mas(apartados: dict[str, Apartado]) -> None:
    assert {clave: contenido.hechos for clave, contenido in apartados.items()} == {
        "sesiones": ("Se celebraron 2 sesiones: 1 ordinaria y 1 extraordinaria.",),
        "mesas": ("Se tuvo una reunión de trabajo.",),
        "integracion": ("Al 30 de junio de 2026, el órgano tenía 6 asientos, 5 con titular y 1 vacante.",),
        "asistencia": (
            "De 10 veces que un asiento con titular fue convocado, en 9 alguien lo ocupó (90 %)."
            " Hubo 1 ausencia justificada y 0 faltas.",
        ),
        "acuerdos": (
            "Se tomaron 3 acuerdos. Al 30 de junio de 2026, 1 está cumplido, 1 está en proceso y"
            " 1 está pendiente.",
            "Al empezar el periodo seguía abierto un acuerdo anterior; se cumplió.",
        ),
        "avance": (
            "Al 31 de marzo de 2026, el avance global era 30 % calculado, según el Primer Informe del Plan de"
            " prueba.",
        ),
        "ods": apartados["ods"].hechos,
        "agenda": (
            "Se celebró un evento. Su alcance: al menos 52,000 personas.",
            "De los anunciados, 1 se canceló y de 1 no consta que se celebrara; no se cuentan.",
        ),
        "materiales": ("Se repartieron o publicaron un material, con 40 participantes.",),
        "capacitaciones": (
            "Con los municipios hubo 2 capacitaciones, con más de 100 personas, 7 sujetos obligados y 5"
            " municipios.",
        ),
        "redes": ("Hay una cifra de redes sociales de este periodo.",),
    }
    assert apartados["ods"].tablas[0].filas == (("ODS 16. Paz, justicia e instituciones sólidas", 1, "1.1"),)
    assert apartados["redes"].tablas[0].filas[0][3:5] == ("61.870", 61_870)


def test_el_sexo_solo_se_dice_sumado_y_sin_senalar_a_nadie(apartados: dict[str, Apartado]) -> None:
    sectores, sexos = apartados["integracion"].tablas
    assert sexos.filas == (("Mujer", 1), ("Hombre", 1), ("Otra respuesta o no declarado", 3))
    assert sectores.filas == (
        ("Poder público", 1, 1, 0),
        ("Órgano autónomo o garante", 1, 1, 0),
        ("Academia", 1, 1, 0),
        ("Sociedad civil", 1, 1, 0),
        ("Iniciativa privada", 1, 0, 1),
        ("El propio secretariado", 1, 1, 0),
    )


def test_se_arma_con_las_mismas_consultas_con_una_sesion_o_con_muchas(reparto: Reparto) -> None:
    con_de_todo(reparto)
    informe = empezado(reparto)
    armar(informe)
    cuentas = []
    for mes in (1, 2, 4):
        with CaptureQueriesContext(
            connection,
        ) as consultas:
            armar(informe)
        cuentas.append(len(consultas))
        concluida(reparto, acuerdos=mes, fecha=informe.desde.replace(month=mes, day=20))
    assert cuentas == [SIN_TODO] * 3


def test_sin_nada_lo_dice_en_vez_de_dejarlo_en_blanco(reparto: Reparto) -> None:
    contenidos = {p.clave: p.contenido.hechos[0] for p in armar(empezado(reparto)).todas}
    assert contenidos.pop("integracion").startswith("Al 30 de junio de 2026, el órgano tenía 6 asientos")
    assert {frase.split(" ", 1)[0] for frase in contenidos.values()} <= {"En", "No"}
    assert sorted(contenidos) == [
        "acuerdos",
        "agenda",
        "asistencia",
        "capacitaciones",
        "materiales",
        "mesas",
        "redes",
        "sesiones",
    ]


def test_leer_no_escribe_y_el_apartado_que_se_agrego_despues_nace_al_guardarlo(reparto: Reparto) -> None:
    informe, por = empezado(reparto), reparto.cuentas["facilitadora"]
    informe.textos.filter(apartado="mesas").delete()
    habia = informe.textos.count()
    (primera, otra) = (next(p for p in armar(informe).todas if p.clave == "mesas") for _ in range(2))
    assert (primera.introduccion, primera.va, informe.textos.count()) == ("", True, habia)
    escribir.guardar(primera.texto, 1, por, "Hubo una.", va=True)
    with pytest.raises(VersionRancia):  # dos personas lo abrieron a la vez
        escribir.guardar(otra.texto, 1, por, "Hubo dos.", va=True)
    assert [t.texto for t in informe.textos.filter(apartado="mesas")] == ["Hubo una."]
    assert informe.textos.count() == habia + 1
