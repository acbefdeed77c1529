"""Varias personas a la vez: una sola decisión por pregunta, un folio para cada una y ningún envío doble."""

import pytest
from django.utils import timezone

from stl_portal.avisos.models import Aviso
from stl_portal.cuentas.models import Usuario
from stl_portal.participacion import atender, preguntar
from stl_portal.participacion.models import Pregunta
from stl_portal.participacion.registro import Objeto
from stl_portal.transiciones import TransicionInvalida
from tests.hilos import a_la_vez
from tests.participacion import fabricas
from tests.participacion.conftest import crear_plan
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gente(transactional_db: None) -> Reparto:
    return crear_reparto()


@pytest.fixture
def objeto(gente: Reparto) -> Objeto:
    crear_plan(gente)
    return fabricas.objeto_de("compromiso", "prueba/1.1")


def test_dos_que_moderan_distinto_dejan_una_sola_decision(gente: Reparto, objeto: Objeto) -> None:
    pregunta, ahora = fabricas.confirmada(objeto), timezone.now()

    def hacer(verbo: str, cuenta: Usuario) -> str:
        copia = Pregunta.objects.get(pk=pregunta.pk)
        try:
            if verbo == "publicar":
                atender.publicar(copia, cuenta, ahora)
            else:
                atender.rechazar(copia, cuenta, "ajena", "No.", ahora)
        except TransicionInvalida:
            return "choca"
        return verbo

    resultados = a_la_vez(
        [
            lambda: hacer("publicar", gente.cuentas["facilitadora"]),
            lambda: hacer("rechazar", gente.cuentas["colega"]),
        ]
    )
    pregunta.refresh_from_db()
    quedo = {"publicada": ["publicar", "choca"], "rechazada": ["choca", "rechazar"]}
    assert resultados == quedo[pregunta.estado]
    assert pregunta.historia.count() == 2
    assert Aviso.objects.filter(para=fabricas.CORREO).count() == 1


def test_dos_que_responden_dejan_una_respuesta_y_el_otro_se_entera(gente: Reparto, objeto: Objeto) -> None:
    pregunta, ahora = fabricas.publicada(objeto), timezone.now()

    def responder(papel: str) -> str:
        try:
            atender.responder(pregunta, gente.cuentas[papel], f"Responde {papel}.", 0, ahora)
        except Exception as error:
            return type(error).__name__
        return "responde"

    papeles = ("facilitadora", "integrante")
    resultados = a_la_vez([lambda papel=papel: responder(papel) for papel in papeles])  # type: ignore[misc]
    assert sorted(resultados) == ["ValidationError", "responde"]
    assert pregunta.respuestas.count() == 1


def test_confirmar_a_la_vez_da_folios_seguidos_y_distintos(objeto: Objeto) -> None:
    llaves, ahora = [fabricas.crear_pregunta(objeto).llave for _ in range(5)], timezone.now()
    a_la_vez([lambda llave=llave: preguntar.confirmar(llave, ahora) for llave in llaves])  # type: ignore[misc]
    anio = timezone.localdate().year
    folios = sorted(str(folio) for folio in Pregunta.objects.values_list("folio", flat=True))
    assert folios == [f"{anio}-{n:04}" for n in range(1, 6)]


def test_lo_mismo_confirmado_a_la_vez_pasa_una_sola_vez(objeto: Objeto) -> None:
    ahora, texto = timezone.now(), "¿Y el agua?"
    llaves = [fabricas.crear_pregunta(objeto, texto=texto).llave for _ in range(3)]

    def confirmar(llave: str) -> str:
        try:
            return preguntar.confirmar(llave, ahora).estado
        except preguntar.Repetida:
            return "repetida"

    hechas = a_la_vez([lambda llave=llave: confirmar(llave) for llave in llaves])  # type: ignore[misc]
    assert sorted(hechas) == ["confirmada", "repetida", "repetida"]
    assert Pregunta.objects.por_moderar().count() == 1


def test_la_misma_liga_a_la_vez_confirma_una_vez(objeto: Objeto) -> None:
    pregunta, ahora = fabricas.crear_pregunta(objeto), timezone.now()
    a_la_vez([lambda: preguntar.confirmar(pregunta.llave, ahora)] * 4)
    pregunta.refresh_from_db()
    assert (pregunta.historia.count(), str(pregunta.folio)[-4:]) == (1, "0001")


def test_el_mismo_envio_a_la_vez_es_una_sola_pregunta(objeto: Objeto) -> None:
    datos = {"tipo": "pregunta", "texto": "¿Y los datos?", "nombre": "", "correo": fabricas.CORREO}
    ahora = timezone.now()
    hechas = a_la_vez([lambda: preguntar.recibir("compromiso", objeto, datos, "ficha", ahora)] * 4)
    assert len({p.pk for p in hechas}) == 1
    assert (Pregunta.objects.count(), Aviso.objects.count()) == (1, 1)
