"""Las evidencias de un reporte en sus páginas: subir, ligar, reusar, sustituir, quitar y quién las abre."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from ejes.models import Evidencia, EvidenciaPublicada, Reporte
from ejes.reportes import evidencias, reportar
from stl_portal.archivo import almacen
from tests.ejes.fabricas import crear_bimestre
from tests.ejes.lectura import visible
from tests.ejes.llenados import crear_lleno, observar
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia


@pytest.fixture
def reporte(reparto: Reparto) -> Reporte:
    return crear_lleno(reparto)


@pytest.fixture
def prepara(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["integrante"])
    return client


def texto(nombre: str, contenido: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(nombre, contenido.encode(), "text/plain")


def agregar(reporte: Reporte, nombre: str = "lista.txt") -> Evidencia:
    archivo = almacen.guardar_propio(nombre.encode(), nombre)
    return evidencias.agregar(reporte, evidencias.Respaldo(), None, timezone.now(), archivo=archivo)


def test_de_varios_archivos_los_buenos_se_quedan(prepara: Client, reporte: Reporte) -> None:
    archivos = [texto("lista_de_asistencia.txt", "a"), texto("programa.exe", "MZ"), texto("vacio.txt", "")]
    url = f"/reportes/{reporte.pk}/evidencias/"
    respuesta = prepara.post(f"{url}subir/?para=r3", {"archivo": archivos}, follow=True)
    evidencia = Evidencia.objects.get()
    assert (evidencia.titulo, evidencia.usos.get().renglon.orden) == ("lista de asistencia", 3)  # type: ignore[union-attr]
    for frase in ("Se agregó 1 archivo.", "«programa.exe»", "«vacio.txt»: El archivo está vacío."):
        assert frase in respuesta.text


def test_ninguno_bueno_es_422_y_dice_por_que(prepara: Client, reporte: Reporte) -> None:
    respuesta = prepara.post(
        f"/reportes/{reporte.pk}/evidencias/subir/", {"archivo": [texto("vacio.txt", "")]}
    )
    assert respuesta.status_code == 422
    assert "«vacio.txt»: El archivo está vacío." in visible(respuesta)


def test_la_subida_en_partes_recibe_solo_su_renglon(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/evidencias/subir/"
    bueno = prepara.post(url, {"archivo": [texto("acta.txt", "a")]}, headers={"X-Subida": "1"})
    assert "<html" not in bueno.text
    assert 'id="evidencia-' in bueno.text
    malo = prepara.post(url, {"archivo": [texto("vacio.txt", "")]}, headers={"X-Subida": "1"})
    assert (malo.status_code, malo.headers["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert malo.text == "«vacio.txt»: El archivo está vacío."


def test_el_mismo_archivo_es_la_misma_evidencia(prepara: Client, reporte: Reporte) -> None:
    url = f"/reportes/{reporte.pk}/evidencias/subir/"
    for para in ("r1", "r2"):
        prepara.post(f"{url}?para={para}", {"archivo": [texto("acta.txt", "igual")]})
    evidencia = Evidencia.objects.get()
    assert sorted(u.renglon.orden for u in evidencia.usos.all() if u.renglon) == [1, 2]


@pytest.mark.parametrize(
    ("liga", "frase"),
    [
        ("http://datos.example.org/", "https://"),
        ("javascript:alert(1)", "https://"),
        ("https://ana:clave@datos.example.org/", "usuario o contraseña"),
        ("https://localhost/x", "dentro de una red"),
        ("https://127.0.0.1/x", "dentro de una red"),
        ("https://127.1/x", "dentro de una red"),
        ("https://10.0.0.8/x", "dentro de una red"),
        ("https://[::1]/x", "dentro de una red"),
        ("https://servidor/x", "dentro de una red"),
        ("https://intranet.local/x", "dentro de una red"),
        ("https://0x7f000001/x", "dentro de una red"),
        ("https://datos.example.org:99999/", "mal escrita"),
        ("https://datos example.org/", "espacios"),
        ("https://datos.example.org\\@otro.example.org/", "espacios"),
        ("https://[mal/", "mal escrita"),
        ("https://", "dentro de una red"),
    ],
)
def test_una_liga_que_no_sirve_se_explica(prepara: Client, reporte: Reporte, liga: str, frase: str) -> None:
    respuesta = prepara.post(
        f"/reportes/{reporte.pk}/evidencias/ligar/", {"liga": liga, "titulo": "Algo que no se pierde"}
    )
    assert respuesta.status_code == 422
    assert frase in visible(respuesta)
    assert "Algo que no se pierde" in respuesta.text
    assert not Evidencia.objects.exists()


def test_una_liga_buena_se_agrega_una_vez(prepara: Client, reporte: Reporte) -> None:
    datos = {"liga": "https://datos.example.org/acta?id=1#p2", "titulo": "Acta", "envio": "f"}
    for _ in range(2):
        assert prepara.post(f"/reportes/{reporte.pk}/evidencias/ligar/", datos).status_code == 302
    assert Evidencia.objects.get().liga == datos["liga"]


def test_una_respalda_varias_cosas_y_se_cambia(prepara: Client, reporte: Reporte) -> None:
    evidencia = agregar(reporte)
    accion = reporte.avances.get().accion_id
    url = f"/reportes/{reporte.pk}/evidencias/{evidencia.pk}/"
    datos = {"titulo": "Lista", "descripcion": "Quiénes fueron", "para": ["r1", f"a{accion}"]}
    datos["leida"] = leida(prepara, url)
    assert prepara.post(f"{url}editar/", datos).status_code == 302
    usos = {(u.renglon.orden if u.renglon else None, u.accion_id) for u in evidencia.usos.all()}
    assert usos == {(1, None), (None, accion)}
    pagina = visible(prepara.get(f"/reportes/{reporte.pk}/evidencias/"))
    assert "Respalda: 1. Indicador 1; 1.1.1 Abrir" in pagina


def test_se_reusa_una_de_otro_bimestre_y_no_la_de_otra_institucion(
    prepara: Client, reporte: Reporte, reparto: Reparto
) -> None:
    plan, ayer = reporte.eje.plan, timezone.localdate()
    viejo = Reporte.objects.create(
        bimestre=crear_bimestre(plan, ayer, numero=5), eje=reporte.eje, asiento=reporte.asiento
    )
    ajeno = Reporte.objects.create(
        bimestre=viejo.bimestre, eje=reporte.eje, asiento=reparto.asientos["academia"]
    )
    suya, de_otra = agregar(viejo, "suya.txt"), agregar(ajeno, "ajena.txt")
    pagina = prepara.get(f"/reportes/{reporte.pk}/evidencias/")
    assert "suya.txt" in pagina.text
    assert "ajena" not in pagina.text
    url = f"/reportes/{reporte.pk}/evidencias/reusar/"
    assert prepara.post(url, {"evidencia": de_otra.pk}).status_code == 422
    assert prepara.post(f"{url}?para=r1", {"evidencia": suya.pk}).status_code == 302
    assert set(suya.usos.values_list("reporte", flat=True)) == {viejo.pk, reporte.pk}


def test_sustituir_conserva_la_anterior_y_pasa_lo_que_respaldaba(prepara: Client, reporte: Reporte) -> None:
    vieja = agregar(reporte)
    url = f"/reportes/{reporte.pk}/evidencias/{vieja.pk}/sustituir/"
    assert prepara.post(url, {}).status_code == 422
    assert prepara.post(url, {"archivo": texto("nueva.txt", "otra cosa")}).status_code == 302
    nueva = Evidencia.objects.get(sustituye=vieja)
    assert (nueva.usos.count(), vieja.usos.count()) == (1, 0)
    assert almacen.leer(vieja.archivo) == b"lista.txt"  # type: ignore[arg-type]
    assert "que se conserva" in visible(prepara.get(f"/reportes/{reporte.pk}/evidencias/{nueva.pk}/"))


def test_quitar_la_que_sustituye_devuelve_la_anterior(reporte: Reporte) -> None:
    vieja, otro = agregar(reporte), almacen.guardar_propio(b"otra", "otra.txt")
    nueva = evidencias.sustituir(reporte, vieja, None, timezone.now(), archivo=otro)
    evidencias.quitar(reporte, nueva)
    assert [e for e, _ in evidencias.del_reporte(reporte)] == [vieja]


def test_quitar_la_que_en_otro_reporte_se_sustituyo_la_conserva(prepara: Client, reporte: Reporte) -> None:
    bimestre = crear_bimestre(reporte.eje.plan, timezone.localdate(), numero=5)
    otro = Reporte.objects.create(bimestre=bimestre, eje=reporte.eje, asiento=reporte.asiento)
    vieja = agregar(reporte)
    evidencias.usar(otro, vieja, evidencias.Respaldo())
    nueva = evidencias.sustituir(otro, vieja, None, timezone.now(), liga="https://datos.example.org/")
    assert prepara.post(f"/reportes/{reporte.pk}/evidencias/{vieja.pk}/quitar/").status_code == 302
    assert evidencias.del_reporte(reporte) == []
    assert [e for e, _ in evidencias.del_reporte(otro)] == [nueva]
    assert Evidencia.objects.get(pk=nueva.pk).sustituye == vieja


def test_lo_enviado_ya_no_se_quita(prepara: Client, reporte: Reporte, reparto: Reparto) -> None:
    evidencia = agregar(reporte)
    entrega = reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert list(entrega.evidencias.all()) == [evidencia]
    url = f"/reportes/{reporte.pk}/evidencias/{evidencia.pk}/quitar/"
    assert prepara.post(url).status_code == 409  # se está revisando
    observar(entrega, reparto.cuentas["colega"])
    assert prepara.post(url).status_code == 409
    assert "no se puede quitar" in visible(prepara.get(f"/reportes/{reporte.pk}/evidencias/{evidencia.pk}/"))
    assert Evidencia.objects.get() == evidencia


def test_lo_nunca_enviado_se_quita_y_deja_de_existir(prepara: Client, reporte: Reporte) -> None:
    evidencia = agregar(reporte)
    assert prepara.post(f"/reportes/{reporte.pk}/evidencias/{evidencia.pk}/quitar/").status_code == 302
    assert not Evidencia.objects.exists()


def test_despues_de_enviar_no_se_agrega_nada(prepara: Client, reporte: Reporte) -> None:
    reporte.cambiar("enviar", None)
    url = f"/reportes/{reporte.pk}/evidencias/"
    assert prepara.post(f"{url}subir/", {"archivo": [texto("a.txt", "a")]}).status_code == 409
    respuesta = prepara.post(f"{url}ligar/", {"liga": "https://datos.example.org/", "titulo": "X"})
    assert respuesta.status_code == 409
    assert "El reporte ya se envió" in visible(respuesta)
    assert not Evidencia.objects.exists()


def test_quien_abre_el_archivo_segun_en_que_va(client: Client, reporte: Reporte, reparto: Reparto) -> None:
    evidencia = agregar(reporte)
    archivo = evidencia.archivo
    assert archivo

    def abren() -> set[str]:
        return {papel for papel, c in reparto.cuentas.items() if evidencias.puede_abrir(c, archivo)}

    assert abren() == {"integrante"}
    reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now())
    assert abren() == {"integrante", "facilitadora", "colega", "administradora", "auditora"}
    client.force_login(reparto.cuentas["extrana"])
    assert client.get(archivo.a_la_vista).status_code == 404
    EvidenciaPublicada.objects.create(
        evidencia=evidencia, huella="2" * 64, publicada_el=timezone.now(), eslabon=1
    )
    assert abren() == set(reparto.cuentas)


@pytest.mark.parametrize("cuantas", [1, 30])
def test_la_pagina_hace_las_mismas_consultas(
    prepara: Client, reporte: Reporte, cuantas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for numero in range(cuantas):
        agregar(reporte, f"archivo-{numero}.txt")
    prepara.get(f"/reportes/{reporte.pk}/evidencias/")
    with django_assert_num_queries(20):
        prepara.get(f"/reportes/{reporte.pk}/evidencias/")


def test_lo_enviado_no_cambia_de_nombre_pero_si_de_lo_que_respalda(
    prepara: Client, reporte: Reporte, reparto: Reparto
) -> None:
    evidencia = agregar(reporte)
    observar(
        reportar.enviar(reporte, reparto.cuentas["integrante"], timezone.now()), reparto.cuentas["colega"]
    )
    url = f"/reportes/{reporte.pk}/evidencias/{evidencia.pk}/"
    datos = {"para": ["r4"], "leida": leida(prepara, url)}
    respuesta = prepara.post(f"{url}editar/", {**datos, "titulo": "Otro nombre"})
    assert (respuesta.status_code, "Mientras escribías se envió" in visible(respuesta)) == (422, True)
    assert prepara.post(f"{url}editar/", datos).status_code == 302
    evidencia.refresh_from_db()
    assert evidencia.titulo == "lista"
    assert [u.renglon.orden for u in evidencia.usos.all() if u.renglon] == [4]


def leida(client: Client, url: str) -> str:
    """Lo que la página manda de regreso para saber si alguien guardó mientras tanto."""
    (valor,) = html.fromstring(client.get(url).content.decode()).xpath("//input[@name='leida']/@value")
    return str(valor)


def test_dos_personas_la_describen_y_nadie_pisa_a_nadie(prepara: Client, reporte: Reporte) -> None:
    evidencia = agregar(reporte)
    url = f"/reportes/{reporte.pk}/evidencias/{evidencia.pk}/"
    a_la_vista = leida(prepara, url)
    suyo = {"titulo": "La de Ana", "descripcion": "Doce firmas", "para": ["r1"], "leida": a_la_vista}
    mio = {"titulo": "La de Beto", "descripcion": "Doce firmas", "para": ["r2"], "leida": a_la_vista}
    for _ in range(2):  # repetir lo que ya se guardó no choca
        assert prepara.post(f"{url}editar/", suyo).status_code == 302
    choque = prepara.post(f"{url}editar/", mio)
    celdas = html.fromstring(choque.content.decode()).xpath("//caption/..//tbody/tr/*/text()")
    assert choque.status_code == 409
    assert celdas == [
        *("Título", "La de Ana", "La de Beto"),
        *("Qué respalda", "1. Indicador 1", "2. Indicador 2"),
    ]
    evidencia.refresh_from_db()
    assert (evidencia.titulo, evidencia.usos.get().renglon.orden) == ("La de Ana", 1)  # type: ignore[union-attr]
    (forma,) = html.fromstring(choque.content.decode()).xpath("//form[contains(@action, '/editar/')]")
    assert prepara.post(f"{url}editar/", dict(forma.form_values())).status_code == 302
    evidencia.refresh_from_db()
    assert (evidencia.titulo, evidencia.usos.get().renglon.orden) == ("La de Beto", 2)  # type: ignore[union-attr]


def test_la_cuenta_de_evidencias_no_se_queda_vieja(prepara: Client, reporte: Reporte) -> None:
    agregar(reporte)
    assert "1 en el reporte" in visible(prepara.get(f"/reportes/{reporte.pk}/indicadores/"))
    assert "en el reporte" not in visible(prepara.get(f"/reportes/{reporte.pk}/evidencias/"))
