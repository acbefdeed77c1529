"""Postular sin cuenta, como lo hace la página: pedir la liga, escribir, equivocarse y presentar una vez."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from sesiones.certamenes.models import Certamen, Evidencia, Postulacion
from stl_portal.avisos.models import Aviso
from stl_portal.participacion import sello_de_tiempo
from tests.archivo import muestras
from tests.certamenes import fabricas
from tests.personas import Reparto

CORREO = "vecina@prueba.example"


@pytest.fixture
def certamen(reparto: Reparto) -> Certamen:
    return fabricas.abierta(reparto.organo)


@pytest.fixture
def tarde(certamen: Certamen, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Al pedirlo, pasa el tiempo: el reloj del portal llega a la hora del cierre."""

    def pasar() -> None:
        monkeypatch.setattr(timezone, "now", lambda: certamen.ventana.cierra)

    return pasar


def pedir(client: Client, certamen: Certamen, **cambios: str) -> Any:
    """Envía el correo, con un sello de hace diez segundos."""
    de = f"certamen:{certamen.organo.clave}/{certamen.clave}"
    sello = sello_de_tiempo.poner(de, timezone.now() - dt.timedelta(seconds=10))
    return client.post(
        f"{certamen.get_absolute_url()}postular/", {"correo": CORREO, "sello": sello} | cambios
    )


def lleno(fila: Postulacion, **cambios: Any) -> dict[str, Any]:
    """Lo que la página envía de un borrador completo."""
    fila.refresh_from_db()
    campos = ("version", "titulo", "institucion", "sector", "nombre", "telefono")
    datos = {campo: getattr(fila, campo) for campo in campos}
    respuestas = {f"apartado_{r.apartado_id}": r.texto for r in fila.respuestas.all()}
    return datos | respuestas | cambios


def dicho(respuesta: Any) -> str:
    cuerpo: str = respuesta.content.decode()
    return cuerpo


def destino(respuesta: Any) -> str:
    lleva: str = respuesta["Location"]
    return lleva


def test_pedir_la_liga_confirmar_y_empezar(certamen: Certamen, client: Client) -> None:
    assert destino(pedir(client, certamen, correo=" Vecina@Prueba.example ")) == "/convocatorias/recibida/"
    fila, aviso = Postulacion.objects.get(), Aviso.objects.get()
    assert (fila.correo, fila.estado, aviso.para) == (CORREO, "iniciada", CORREO)
    assert fila.get_absolute_url() in aviso.cuerpo
    assert "Confirmar y empezar" in dicho(client.get(fila.get_absolute_url()))
    fila.refresh_from_db()
    assert fila.estado == "iniciada"  # abrirla no confirma
    client.post(fila.get_absolute_url())
    assert 'data-tope="250"' in dicho(client.get(fila.get_absolute_url()))
    pedir(client, certamen)  # la perdió: le llega la misma
    assert Postulacion.objects.count() == 1
    assert all(fila.get_absolute_url() in aviso.cuerpo for aviso in Aviso.objects.all())
    assert dicho(client.get("/convocatorias/recibida/")).count("Revisa tu correo") > 0


def test_lo_que_se_pide_mal_no_manda_nada(certamen: Certamen, client: Client) -> None:
    casos = (
        ({"correo": "no es"}, 422, "Escribe el correo completo"),
        ({"correo": ""}, 422, "Escribe tu correo"),
        ({"sitio": "http://x.example"}, 422, "lo llenan los programas"),
        ({"sello": "otro"}, 422, "llevaba mucho tiempo abierta"),
    )
    for cambios, codigo, frase in casos:
        respuesta = pedir(client, certamen, **cambios)
        assert (respuesta.status_code, frase in dicho(respuesta)) == (codigo, True)
    otra = fabricas.en_preparacion(certamen.organo, "Sin publicar")
    assert client.get(f"{otra.get_absolute_url()}postular/").status_code == 404
    assert (Postulacion.objects.count(), Aviso.objects.count()) == (0, 0)


def test_muchas_ligas_al_mismo_correo_esperan(certamen: Certamen, client: Client) -> None:
    fila = fabricas.borrador(certamen, correo=CORREO)
    for n in range(5):
        Aviso.objects.create(motivo=f"postulacion-de:{fila.pk}:liga:{n}", para=CORREO)
    respuesta = pedir(client, certamen)
    assert (respuesta.status_code, 86_000 < int(respuesta["Retry-After"]) <= 86_400) == (429, True)


def test_guardar_a_medias_y_con_texto_de_mas_no_pierde_nada(certamen: Certamen, client: Client) -> None:
    fila = fabricas.borrador(certamen)
    url, apartado = fila.get_absolute_url(), certamen.apartados.get(tope=250)
    largo = "á" * 262
    respuesta = client.post(
        url, lleno(fila, **{"titulo": "", f"apartado_{apartado.pk}": largo, "guardar": "1"})
    )
    assert respuesta.status_code == 422
    assert f"{apartado.pregunta} Son 262 caracteres y caben 250: sobran 12." in dicho(respuesta)
    assert fila.respuestas.get(apartado=apartado).texto == largo
    respuesta = client.post(url, lleno(fila, sector="", presentar="1"))
    assert respuesta.status_code == 422
    # En el orden de la página: el nombre, las preguntas y al final quién postula.
    frases = ("Escribe el nombre de la práctica.", "Son 262 caracteres", "Elige de qué sector vienes.")
    lugares = [dicho(respuesta).index(frase) for frase in frases]
    assert lugares == sorted(lugares)
    assert (Postulacion.objects.get().folio, Postulacion.objects.get().titulo) == (None, "")
    respuesta = client.post(url, lleno(fila, **{f"apartado_{apartado.pk}": "Ya cabe", "guardar": "1"}))
    assert destino(respuesta) == f"{url}?guardada=1"


def test_desde_otra_ventana_no_se_pisa(certamen: Certamen, client: Client) -> None:
    fila = fabricas.borrador(certamen)
    url, vieja = fila.get_absolute_url(), lleno(fila, titulo="Desde la vieja")
    client.post(url, lleno(fila, titulo="Desde la nueva", guardar="1"))
    respuesta = client.post(url, vieja)
    assert (respuesta.status_code, 'value="Desde la vieja"' in dicho(respuesta)) == (409, True)
    assert "otra ventana" in dicho(respuesta)
    fila.refresh_from_db()
    assert fila.titulo == "Desde la nueva"
    assert client.post(url, vieja | {"version": fila.version}).status_code == 302


def test_presentar_dos_veces_es_un_folio_y_ya_no_cambia(certamen: Certamen, client: Client) -> None:
    fila = fabricas.borrador(certamen)
    url, datos = fila.get_absolute_url(), lleno(fila, presentar="1")
    assert [destino(client.post(url, datos)) for _ in range(2)] == [url, url]
    client.post(url, datos | {"titulo": "Otro"})
    guardada = Postulacion.objects.get()
    assert (guardada.folio_dicho, guardada.titulo) == ("P-001", datos["titulo"])
    pagina = dicho(client.get(url))
    assert "Folio P-001" in pagina
    assert fabricas.SECRETA not in pagina
    assert Aviso.objects.filter(asunto="Recibimos tu postulación, folio P-001").count() == 1


def test_tarde_se_conserva_el_borrador_y_se_dice_la_hora(
    certamen: Certamen, client: Client, tarde: Any
) -> None:
    fila = fabricas.borrador(certamen)
    datos = lleno(fila, titulo="Lo último que escribí", presentar="1")
    tarde()
    respuesta = client.post(fila.get_absolute_url(), datos)
    assert respuesta.status_code == 409
    assert f"{certamen.ventana.cerro}. Tu borrador se guardó" in dicho(respuesta)
    fila.refresh_from_db()
    assert (fila.titulo, fila.folio) == ("Lo último que escribí", None)
    assert pedir(client, certamen).status_code == 409
    cerrada = client.get(f"{certamen.get_absolute_url()}postular/")
    assert (cerrada.status_code, certamen.ventana.cerro in dicho(cerrada)) == (200, True)


def test_evidencias_de_archivo_y_de_liga_se_agregan_y_se_quitan(certamen: Certamen, client: Client) -> None:
    fila = fabricas.borrador(certamen)
    url = fila.get_absolute_url()
    foto = SimpleUploadedFile("foto.png", muestras.imagen(), "image/png")
    respuesta = client.post(url, lleno(fila, titulo="Escrito", archivo=foto, tipo="fotografia", agregar="1"))
    assert destino(respuesta) == f"{url}?guardada=1"
    de_archivo = Evidencia.objects.exclude(archivo=None).get()
    assert (de_archivo.archivo.nombre, Postulacion.objects.get().titulo) == ("foto.png", "Escrito")  # type: ignore[union-attr]
    client.post(url, lleno(fila, quitar=str(de_archivo.pk)))
    assert [e.liga[:16] for e in fila.evidencias.all()] == ["https://practica"]
    malas = (
        ({"archivo": SimpleUploadedFile("x.png", b"MZ\x90\x00 programa"), "tipo": "fotografia"}, "x.png"),
        ({"liga": "javascript:alert(1)", "tipo": "portal"}, "Escribe la dirección completa"),
        ({"liga": "https://bien.example/"}, "Di qué es lo que agregas."),
        ({"liga": "https://bien.example/", "tipo": "nada"}, "nada"),
    )
    for cambios, _frase in malas:
        assert client.post(url, lleno(fila, **cambios)).status_code == 422
    assert fila.evidencias.count() == 1


def test_la_liga_alterada_o_caducada_no_dice_nada(certamen: Certamen, client: Client) -> None:
    fila = fabricas.presentada(certamen)
    url = fila.get_absolute_url()
    for mala in (
        url.replace("x/", "y/"),
        f"{url.replace('x/', 'y/')}acuse.pdf",
        "/convocatorias/postulacion/a/",
    ):
        assert client.get(mala).status_code == 404
    perdida = fabricas.borrador(certamen)
    assert client.get(f"{perdida.get_absolute_url()}acuse.pdf").status_code == 404
    Postulacion.objects.filter(pk=perdida.pk).update(
        estado="iniciada", iniciada_el=timezone.now() - dt.timedelta(days=4)
    )
    assert client.get(perdida.get_absolute_url()).status_code == 410


@pytest.mark.apariencia
def test_el_acuse_en_pdf_dice_lo_presentado_y_nada_del_contacto(certamen: Certamen, client: Client) -> None:
    import pymupdf

    fila = fabricas.presentada(certamen, titulo="Mapa de baches")
    respuesta = client.get(f"{fila.get_absolute_url()}acuse.pdf")
    with pymupdf.open(stream=respuesta.content) as pdf:
        texto = " ".join(pagina.get_text() for pagina in pdf)
        adjunto = pdf.embfile_get(0).decode()
    assert respuesta["Content-Type"] == "application/pdf"
    assert ("P-001" in texto, "Mapa de baches" in texto) == (True, True)
    assert fabricas.NOMBRE_SECRETO not in texto + adjunto
    assert fabricas.SECRETA not in texto + adjunto
