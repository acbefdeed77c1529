"""Quien sigue un tema sin cuenta: nadie recibe sin confirmar, nadie recibe dos veces, todo se borra."""

import datetime as dt
import re
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sesiones.mensajes.de_quien_sigue import ACTA
from sesiones.mensajes.de_sesiones import CONVOCATORIA
from stl_portal.avisos import envio, seguidores
from stl_portal.avisos.models import Aviso, EstadoAviso, Suscripcion
from stl_portal.avisos.registro import Tema
from tests.avisos.conftest import PARQUE, PLAZA, seguir

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lugares")]
ANA, BETO = "ana@prueba.example", "beto@prueba.example"
HORA, DIA = dt.timedelta(hours=1), dt.timedelta(days=1)


def para_confirmar(correo: str = ANA) -> list[Aviso]:
    """Los correos de confirmación escritos a esa dirección."""
    return list(Aviso.objects.filter(para=correo, motivo__startswith="seguir-pedido:"))


def novedades(correo: str = ANA) -> list[str]:
    """Los asuntos de lo que se le avisó por seguir algo."""
    filas = Aviso.objects.filter(para=correo, motivo__startswith="seguir:").order_by("pk")
    return list(filas.values_list("asunto", flat=True))


# --- pedirlo y confirmarlo ---


def test_un_solo_correo_pide_confirmar_todo_lo_que_se_pidio() -> None:
    seguidores.pedir("Ana@Prueba.example", [PARQUE, PLAZA], timezone.now())
    (aviso,) = para_confirmar()
    assert "- El parque: noticias\n- La plaza (ficticio): noticias\n" in aviso.cuerpo
    (clave,) = re.findall(r"http://127\.0\.0\.1:8000/seguir/confirmar/([\w-]{43})/", aviso.cuerpo)
    seguidores.confirmar(clave, timezone.now())
    assert Suscripcion.objects.filter(correo=ANA, confirmada_el__isnull=False).count() == 2


def test_confirmar_dos_veces_no_cambia_cuando_se_confirmo() -> None:
    ahora = timezone.now()
    (fila,) = seguir(ANA, PARQUE, cuando=ahora)
    seguidores.confirmar(fila.clave, ahora + DIA)
    fila.refresh_from_db()
    assert fila.confirmada_el == ahora


@pytest.mark.parametrize(("dias", "confirma"), [(7, True), (8, False)])
def test_la_liga_dura_siete_dias(dias: int, confirma: bool) -> None:
    ahora = timezone.now()
    seguidores.pedir(ANA, [PARQUE], ahora)
    fila = Suscripcion.objects.get()
    if not confirma:
        with pytest.raises(seguidores.Caducada):
            seguidores.confirmar(fila.clave, ahora + DIA * dias)
    else:
        seguidores.confirmar(fila.clave, ahora + DIA * dias)
    fila.refresh_from_db()
    assert bool(fila.confirmada_el) is confirma


def test_repetir_el_pedido_no_repite_el_correo_hasta_pasada_una_hora() -> None:
    ahora = timezone.now()
    for cuando in (ahora, ahora, ahora + HORA / 2):
        seguidores.pedir(ANA, [PARQUE], cuando)
    assert len(para_confirmar()) == 1
    seguidores.pedir(ANA, [PARQUE], ahora + HORA)
    assert len(para_confirmar()) == 2
    assert Suscripcion.objects.count() == 1


@pytest.mark.parametrize(("cada", "caben"), [(dt.timedelta(seconds=1), 3), (dt.timedelta(minutes=25), 6)])
def test_nadie_llena_un_buzon_ajeno_cambiando_de_tema(cada: dt.timedelta, caben: int) -> None:
    """Muy seguido caben tres en la hora; con calma, seis en el día. Mañana se puede otra vez."""
    ahora = timezone.now()
    muchos = [Tema(f"lugar:{n}", f"Lugar {n}", "noticias") for n in range(20)]
    for n, tema in enumerate(muchos):
        cuando = ahora + cada * n
        seguidores.pedir(ANA, [tema], cuando)
        Aviso.objects.filter(motivo__endswith=f"{cuando:%Y%m%d%H%M%S%f}").update(creado_el=cuando)
    assert len(para_confirmar()) == caben
    seguidores.pedir(ANA, muchos, ahora + DIA * 2)
    assert len(para_confirmar()) == caben + 1


def test_a_quien_ya_lo_sigue_se_le_recuerda_como_dejarlo() -> None:
    ahora = timezone.now()
    (fila,) = seguir(ANA, PARQUE, cuando=ahora)
    seguidores.pedir(ANA, [PARQUE], ahora + HORA)
    ultimo = para_confirmar()[-1]
    assert ultimo.asunto == "Esto ya lo sigues"
    assert f"- El parque: noticias\n  http://127.0.0.1:8000/seguir/baja/{fila.clave}/\n" in ultimo.cuerpo
    assert "/confirmar/" not in ultimo.cuerpo
    seguidores.pedir(ANA, [PARQUE, PLAZA], ahora + HORA * 2)
    mixto = para_confirmar()[-1]
    assert mixto.asunto == "Confirma lo que quieres seguir"
    assert "- La plaza (ficticio): noticias\n" in mixto.cuerpo.partition("Esto ya lo sigues")[0]
    assert f"/seguir/baja/{fila.clave}/\n" in mixto.cuerpo.partition("Esto ya lo sigues")[2]


def test_recien_confirmado_se_puede_pedir_la_liga_para_dejarlo_y_no_se_repite() -> None:
    ahora = timezone.now()
    seguidores.pedir(ANA, [PARQUE], ahora)
    seguidores.confirmar(Suscripcion.objects.get().clave, ahora + HORA / 12)
    for minutos in (10, 11, 30):
        seguidores.pedir(ANA, [PARQUE], ahora + dt.timedelta(minutes=minutos))
    primero, segundo = para_confirmar()
    assert (primero.asunto, segundo.asunto) == ("Confirma lo que quieres seguir", "Esto ya lo sigues")


# --- recibirlo ---


def test_solo_recibe_quien_confirmo_ese_tema() -> None:
    seguir(ANA, PARQUE)
    seguir(BETO, PLAZA)
    seguidores.pedir("sin.confirmar@prueba.example", [PARQUE], timezone.now())
    seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "Cierra la fuente.\n")
    assert [a.para for a in Aviso.objects.filter(motivo="seguir:lugar:parque:obra:1")] == [ANA]


def test_el_correo_dice_por_que_llego_y_se_deja_con_un_clic() -> None:
    (fila,) = seguir(ANA, PARQUE)
    seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "Cierra la fuente.\n")
    aviso = Aviso.objects.get(motivo="seguir:lugar:parque:obra:1")
    liga = f"http://127.0.0.1:8000/seguir/baja/{fila.clave}/"
    assert aviso.cuerpo == (
        "Cierra la fuente.\n\n—\nTe llega porque sigues con este correo «El parque: noticias».\n"
        f"Para dejar de recibirlo (si no sigues nada más, tu correo se borra):\n{liga}\n"
    )
    correo = message_from_bytes(envio.correo_de(aviso).message().as_bytes(), policy=policy.default)
    assert correo["List-Unsubscribe"].strip() == f"<{liga}>"
    assert correo["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_el_correo_para_confirmar_tambien_se_detiene_con_un_clic() -> None:
    seguidores.pedir(ANA, [PARQUE, PLAZA], timezone.now())
    cabeceras = envio.correo_de(para_confirmar()[0]).extra_headers
    clave = Suscripcion.objects.earliest("pk").clave
    assert cabeceras["List-Unsubscribe"] == f"<http://127.0.0.1:8000/seguir/baja/{clave}/?todo=1>"
    assert cabeceras["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_los_demas_avisos_no_llevan_esas_cabeceras() -> None:
    (aviso,) = envio.encolar(CONVOCATORIA, "sesion:1:convocatoria:0", [envio.Mensaje(ANA, "Hola", "x")])
    assert set(envio.correo_de(aviso).extra_headers) == {"Message-ID"}


def test_el_mismo_acto_no_avisa_dos_veces_ni_a_quien_ya_se_aviso() -> None:
    seguir(ANA, PARQUE)
    seguir(BETO, PARQUE)
    for _ in range(2):
        seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "x", salvo={BETO})
    assert (novedades(ANA), novedades(BETO)) == (["Hay obra"], [])


@pytest.mark.parametrize("hay", [1, 40])
def test_avisar_a_muchas_personas_no_pide_mas_consultas(hay: int) -> None:
    ahora = timezone.now()
    Suscripcion.objects.bulk_create(
        Suscripcion(correo=f"{n}@prueba.example", tema=PARQUE.clave, clave=str(n), confirmada_el=ahora)
        for n in range(hay)
    )
    with CaptureQueriesContext(connection) as consultas:
        seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "x")
    dichas = [c["sql"].split()[0] for c in consultas if "SAVEPOINT" not in c["sql"]]
    assert dichas == ["SELECT", "SELECT", "INSERT"]
    assert Aviso.objects.count() == hay


@pytest.mark.django_db(transaction=True)
def test_nada_sale_antes_de_confirmarse_la_transaccion() -> None:
    seguir(ANA, PARQUE)
    mail.outbox.clear()
    with transaction.atomic():
        seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "x")
        assert mail.outbox == []
    assert [c.subject for c in mail.outbox] == ["Hay obra"]
    with transaction.atomic():
        seguidores.avisar(ACTA, PARQUE, "obra:2", "Otra obra", "x")
        transaction.set_rollback(True)
    assert (novedades(), len(mail.outbox)) == (["Hay obra"], 1)


# --- dejarlo ---


def test_darse_de_baja_borra_lo_suyo_y_solo_lo_suyo() -> None:
    parque, _ = seguir(ANA, PARQUE, PLAZA)
    seguir(BETO, PARQUE)
    for tema in (PARQUE, PLAZA):
        seguidores.avisar(ACTA, tema, "obra:1", f"Obra en {tema.nombre}", "x")
    for _ in range(2):
        seguidores.dar_de_baja(parque.clave)
    assert list(Suscripcion.objects.values_list("correo", "tema")) == [
        (ANA, "lugar:plaza"),
        (BETO, "lugar:parque"),
    ]
    assert (novedades(ANA), novedades(BETO)) == (["Obra en La plaza"], ["Obra en El parque"])
    assert len(para_confirmar()) == 1


def test_al_dejar_lo_ultimo_no_queda_rastro_del_correo() -> None:
    (fila,) = seguir(ANA, PARQUE)
    seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "x")
    envio.encolar(CONVOCATORIA, "sesion:1:convocatoria:0", [envio.Mensaje(ANA, "Convocatoria", "x")])
    seguidores.dar_de_baja(fila.clave)
    assert not Suscripcion.objects.exists()
    assert [a.asunto for a in Aviso.objects.filter(para=ANA)] == ["Convocatoria"]


def test_dejarlo_todo_borra_cada_tema() -> None:
    fila, _ = seguir(ANA, PARQUE, PLAZA)
    seguir(BETO, PARQUE)
    seguidores.dar_de_baja(fila.clave, todo=True)
    assert list(Suscripcion.objects.values_list("correo", flat=True)) == [BETO]
    assert not Aviso.objects.filter(para=ANA).exists()


def test_lo_que_esperaba_turno_no_sale_si_ya_no_se_sigue() -> None:
    """Aunque el renglón se escriba después de la baja, como cuando publicar y darse de baja coinciden."""
    (fila,) = seguir(ANA, PARQUE)
    envio.enviar()
    mail.outbox.clear()
    seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "x")
    Suscripcion.objects.filter(pk=fila.pk).delete()
    assert envio.enviar() == (0, 0)
    assert (mail.outbox, novedades()) == ([], [])


def test_darse_de_baja_mientras_el_correo_sale_no_rompe_el_envio(monkeypatch: pytest.MonkeyPatch) -> None:
    (fila,) = seguir(ANA, PARQUE)
    envio.enviar()
    seguidores.avisar(ACTA, PARQUE, "obra:1", "Hay obra", "x")
    seguidores.avisar(ACTA, PARQUE, "obra:2", "Otra obra", "x")
    correo_de = envio.correo_de

    def y_se_da_de_baja(aviso: Aviso, conexion: object = None) -> object:
        correo = correo_de(aviso)
        seguidores.dar_de_baja(fila.clave)
        return correo

    monkeypatch.setattr(envio, "correo_de", y_se_da_de_baja)
    mail.outbox.clear()
    assert envio.enviar() == (1, 0)
    assert [c.subject for c in mail.outbox] == ["Hay obra"]
    assert not Aviso.objects.filter(para=ANA).exists()


# --- lo que se borra solo ---


def test_lo_que_nadie_confirmo_se_borra_con_su_correo() -> None:
    ahora = timezone.now()
    seguidores.pedir(ANA, [PARQUE], ahora - DIA * 8)
    seguidores.pedir(BETO, [PARQUE], ahora - DIA * 6)
    (fila,) = seguir("cora@prueba.example", PARQUE, cuando=ahora - DIA * 400)
    assert seguidores.limpiar(ahora) == 1
    assert set(Suscripcion.objects.values_list("correo", flat=True)) == {BETO, fila.correo}
    assert not Aviso.objects.filter(para=ANA).exists()
    assert seguidores.limpiar(ahora) == 0


def test_las_copias_viejas_se_borran_y_lo_que_falta_por_salir_no() -> None:
    seguir(ANA, PARQUE)
    envio.encolar(CONVOCATORIA, "sesion:1:convocatoria:0", [envio.Mensaje(ANA, "Convocatoria", "x")])
    seguidores.avisar(ACTA, PARQUE, "obra:1", "Vieja", "x")
    Aviso.objects.update(estado=EstadoAviso.ENVIADO)
    seguidores.avisar(ACTA, PARQUE, "obra:2", "Por salir", "x")
    Aviso.objects.update(creado_el=timezone.now() - DIA * 31)
    seguidores.limpiar(timezone.now())
    assert set(Aviso.objects.values_list("asunto", flat=True)) == {"Convocatoria", "Por salir"}


# --- propiedad ---

PASOS = st.lists(
    st.tuples(
        st.sampled_from(["pedir", "confirmar", "baja", "todo", "avisar", "limpiar"]),
        st.sampled_from([ANA, BETO]),
        st.sampled_from([PARQUE, PLAZA]),
        st.integers(0, 60 * 24 * 9),  # minutos que pasan
    ),
    max_size=14,
)


class Historias(TestCase):
    """Cualquier orden de pedir, confirmar, dejar, publicar y limpiar."""

    @settings(max_examples=60)
    @given(PASOS)
    def test_nadie_recibe_sin_haber_confirmado_ni_dos_veces(
        self, pasos: list[tuple[str, str, Tema, int]]
    ) -> None:
        """Se lleva la cuenta aparte, con un conjunto, y se compara con lo que de verdad sale."""
        sigue: set[tuple[str, str]] = set()
        mail.outbox.clear()
        for numero, (paso, correo, tema, _) in enumerate(pasos):
            ahora = timezone.now() + dt.timedelta(minutes=sum(p[3] for p in pasos[: numero + 1]))
            fila = Suscripcion.objects.filter(correo=correo, tema=tema.clave).first()
            if paso == "pedir":
                seguidores.pedir(correo, [tema], ahora)
            elif paso == "limpiar":
                seguidores.limpiar(ahora)
            elif paso == "confirmar" and fila:
                sigue |= _confirmar(fila, ahora)
            elif paso in ("baja", "todo") and fila:
                seguidores.dar_de_baja(fila.clave, todo=paso == "todo")
                sigue -= {s for s in sigue if s[0] == correo and (paso == "todo" or s[1] == tema.clave)}
            elif paso == "avisar":
                assert _recibieron(tema, numero) == sorted(c for c, t in sigue if t == tema.clave)


def _confirmar(fila: Suscripcion, ahora: dt.datetime) -> set[tuple[str, str]]:
    """Lo que dice su correo de confirmación, si su liga no ha caducado."""
    if not fila.confirmada_el and ahora > fila.pedida_el + DIA * 7:
        with pytest.raises(seguidores.Caducada):
            seguidores.confirmar(fila.clave, ahora)
        return set()
    confirmadas = {(f.correo, f.tema) for f in seguidores.del_pedido(fila.clave, ahora)}
    seguidores.confirmar(fila.clave, ahora)
    return confirmadas


def _recibieron(tema: Tema, numero: int) -> list[str]:
    """A quiénes les llegó de verdad el aviso, escrito y enviado dos veces."""
    for _ in range(2):
        seguidores.avisar(ACTA, tema, f"acto:{numero}", f"Acto {numero}", "x")
        envio.enviar()
    return sorted(c.to[0] for c in mail.outbox if c.subject == f"Acto {numero}")
