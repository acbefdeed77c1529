"""El correo de otra ronda le dice a cada quien qué se hizo con lo que observó, y solo con lo suyo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sesiones import aprobacion, revision
from sesiones import models as m
from sesiones.acta import edicion
from sesiones.estados import Atencion, Resultado, TipoPunto
from stl_portal.avisos.models import Aviso
from tests.personas import Reparto
from tests.vida.revisiones import lugar, observada


def otra(reparto: Reparto, ronda: m.Ronda, version: int = 0, dice: str = "Eran las doce.") -> m.Ronda:
    """Cierra esa ronda, cambia el cierre y circula la siguiente; lo observado ya está atendido."""
    quien, sesion = reparto.cuentas["facilitadora"], ronda.acta.sesion
    revision.cerrar(ronda, quien, timezone.now())
    cierre = edicion.borrador(sesion).parrafo("cierre")
    assert cierre
    texto = f"{cierre.generado} {dice}"
    edicion.editar(sesion, "cierre", texto=texto, base=cierre.generado, version=version, por=quien)
    return revision.circular(ronda.acta, quien, timezone.now())


def atender(observacion: m.Observacion, reparto: Reparto, atencion: str, porque: str = "") -> None:
    """La facilitadora la responde."""
    observacion.atender(reparto.cuentas["facilitadora"], timezone.now(), atencion=atencion, porque=porque)


def correo(acta: m.Acta, quien: str, numero: int) -> str:
    """Lo que se le escribió a esa persona al abrirse la ronda."""
    motivo = f"acta:{acta.pk}:ronda:{numero}"
    return Aviso.objects.get(motivo=motivo, para=f"{quien}.prueba@prueba.example").cuerpo


def test_cada_quien_lee_su_observacion_y_su_respuesta(reparto: Reparto, ronda: m.Ronda) -> None:
    acta = ronda.acta
    atender(observada(ronda, reparto, texto="Falta\n\nla hora."), reparto, Atencion.INCORPORADA)
    general = observada(ronda, reparto, texto="Que se adjunte el video.", clave="")
    atender(general, reparto, Atencion.NO_INCORPORADA, "No hay\nvideo de la sesión.")
    matizada = observada(ronda, reparto, "poder", texto="La hora está mal.")
    atender(matizada, reparto, Atencion.INCORPORADA, "Con la hora del video.")
    otra(reparto, ronda)
    assert (
        "\nEsto se hizo con lo que observaste en la ronda 1:\n\n"
        "- «Falta la hora.»\n"
        "  En el párrafo que empieza: "
    ) in correo(acta, "civil", 2)
    assert (
        "…\n  Incorporada.\n\n"
        "- «Que se adjunte el video.»\n"
        "  No, porque: No hay video de la sesión.\n\n"
        "Léelo aquí, comenta"
    ) in correo(acta, "civil", 2)
    assert "- «La hora está mal.»\n" in correo(acta, "poder", 2)
    assert "  Incorporada. Con la hora del video.\n" in correo(acta, "poder", 2)


def test_nadie_lee_lo_de_otra_persona_ni_quien_no_observo_lee_nada(reparto: Reparto, ronda: m.Ronda) -> None:
    atender(observada(ronda, reparto), reparto, Atencion.INCORPORADA)
    otra(reparto, ronda)
    for quien in ("presidencia", "poder", "academia"):
        dicho = correo(ronda.acta, quien, 2)
        assert "Esto se hizo" not in dicho
        assert "Falta la hora." not in dicho
        assert "desde la ronda anterior.\n\nLéelo aquí" in dicho


def test_solo_se_cita_la_ronda_anterior(reparto: Reparto, ronda: m.Ronda) -> None:
    atender(observada(ronda, reparto, texto="De la primera."), reparto, Atencion.INCORPORADA)
    segunda = otra(reparto, ronda)
    atender(observada(segunda, reparto, texto="De la segunda."), reparto, Atencion.INCORPORADA)
    otra(reparto, segunda, version=1, dice="Eran las doce y diez.")
    dicho = correo(ronda.acta, "civil", 3)
    assert "en la ronda 2:\n\n- «De la segunda.»" in dicho
    assert "De la primera." not in dicho


def test_la_primera_ronda_no_cita_nada(ronda: m.Ronda) -> None:
    assert "Esto se hizo" not in correo(ronda.acta, "civil", 1)


@pytest.mark.parametrize("veces", [1, 12])
def test_citar_muchas_observaciones_no_pide_mas_consultas(
    reparto: Reparto, ronda: m.Ronda, veces: int
) -> None:
    for n in range(veces):
        for quien in ("civil", "poder", "academia") if veces > 1 else ("civil",):
            atender(observada(ronda, reparto, quien, texto=f"{quien} {n}"), reparto, Atencion.INCORPORADA)
    siguiente = otra(reparto, ronda)
    assert lugar(siguiente, reparto).nombre
    with CaptureQueriesContext(connection) as consultas:
        escritos = list(
            revision._mensajes(m.Ronda.objects.select_related("acta__sesion__organo").get(numero=2))
        )
    assert len(escritos) == 4
    assert len(consultas) == 5  # la ronda, lo observado, los dos nombres del órgano y quienes revisan


def test_aprobada_sin_otra_ronda_se_avisa_una_vez_a_quien_observo(reparto: Reparto, ronda: m.Ronda) -> None:
    acta, quien = ronda.acta, reparto.cuentas["facilitadora"]
    atender(observada(ronda, reparto), reparto, Atencion.NO_INCORPORADA, "Ya consta.")
    revision.cerrar(ronda, quien, timezone.now())
    assert not Aviso.objects.filter(motivo__endswith=":respuestas").exists()
    m.Punto.objects.filter(sesion=acta.sesion).update(tipo=TipoPunto.ACTA, resultado=Resultado.UNANIMIDAD)
    for _ in range(2):
        acta = m.Acta.objects.get(pk=acta.pk)
        aprobacion.aprobar_en_sesion(acta, quien, timezone.now())
        m.Acta.objects.get(pk=acta.pk).devolver(quien, motivo="Falta una coma.")
    aviso = Aviso.objects.get(motivo=f"acta:{acta.pk}:ronda:1:respuestas")
    assert aviso.para == "civil.prueba@prueba.example"
    assert "- «Falta la hora.»\n" in aviso.cuerpo
    assert "  No, porque: Ya consta.\n\nLéelo junto" in aviso.cuerpo
