"""Lo que cualquiera ve de los anexos: en la sesión, en el acta y en su propia dirección."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from tests.anexos.conftest import FUNDAMENTO, con_anexos, marcar, subir
from tests.archivo.hostiles import DATO
from tests.personas import Reparto


def publico(anexo: m.Anexo) -> str:
    sesion = anexo.sesion
    return reverse("sesiones:anexo", args=(sesion.organo.clave, sesion.clave, anexo.pk))


def paginas(sesion: m.Sesion) -> list[str]:
    return [reverse(f"sesiones:{n}", args=(sesion.organo.clave, sesion.clave)) for n in ("detalle", "acta")]


def publicar_testado(anexo: m.Anexo, motivo: str = "") -> m.AnexoPublicado:
    marcar(anexo)
    contenido, zonas = anexos.copia_publica(anexo)
    return anexos.publicar_testado(anexo, contenido, zonas, None, timezone.now(), motivo)


def test_sin_publicar_se_nombra_y_no_se_descarga(client: Client, anexo: m.Anexo) -> None:
    assert anexo.archivo is not None
    for pagina in paginas(anexo.sesion):
        cuerpo = client.get(pagina).content.decode()
        assert anexo.titulo in cuerpo
        assert publico(anexo) not in cuerpo
        assert anexo.archivo.nombre not in cuerpo
    assert client.get(publico(anexo)).status_code == 404


def test_testado_se_descarga_y_dice_que_se_quito_y_por_que(client: Client, anexo: m.Anexo) -> None:
    fila = publicar_testado(anexo)
    assert fila.archivo is not None
    for pagina in paginas(anexo.sesion):
        cuerpo = client.get(pagina).content.decode()
        assert "Publicado con 1 dato testado" in cuerpo
        assert f'href="{publico(anexo)}"' in cuerpo
        assert [
            dicho for dicho in ("Teléfono particular", FUNDAMENTO, fila.archivo.huella) if dicho not in cuerpo
        ] == []
        assert "padron" not in cuerpo
    archivo = client.get(publico(anexo), follow=True)
    assert archivo.getvalue() == almacen.leer(fila.archivo)
    assert archivo["Cache-Control"] == "public, no-cache"
    assert DATO.encode() not in almacen.leer(fila.archivo)


def test_retirado_es_410_con_su_motivo_y_no_el_titulo(client: Client, anexo: m.Anexo) -> None:
    fila = anexos.publicar_completo(anexo, None, timezone.now())
    assert fila.archivo is not None
    directa = reverse("archivo:descargar", args=(fila.archivo.huella, fila.archivo.nombre))
    assert client.get(directa).getvalue() == almacen.leer(fila.archivo)
    anexos.retirar(anexo, None, timezone.now(), "Traía un domicilio.")
    respuesta = client.get(publico(anexo))
    assert respuesta.status_code == 410
    assert "Traía un domicilio." in respuesta.content.decode()
    assert anexo.titulo not in respuesta.content.decode()
    retirado = client.get(directa)
    assert (retirado.status_code, "se retiró" in retirado.content.decode()) == (410, True)
    assert publico(anexo) in retirado.content.decode()
    for pagina in paginas(anexo.sesion):
        cuerpo = client.get(pagina).content.decode()
        assert "Traía un domicilio." in cuerpo
        assert fila.archivo.huella not in cuerpo


def test_lo_sustituido_es_410_y_lleva_al_de_hoy(client: Client, anexo: m.Anexo) -> None:
    completo = anexos.publicar_completo(anexo, None, timezone.now()).archivo
    assert completo is not None
    publicar_testado(anexo, "Traía un domicilio.")
    directa = client.get(reverse("archivo:descargar", args=(completo.huella, completo.nombre)))
    assert (directa.status_code, publico(anexo) in directa.content.decode()) == (410, True)


def test_en_el_acta_el_titulo_es_el_que_el_acta_publica(client: Client, anexo: m.Anexo) -> None:
    m.Anexo.objects.filter(pk=anexo.pk).update(titulo="Otro título, cambiado después")
    cuerpo = client.get(paginas(anexo.sesion)[1]).content.decode()
    assert "Anexo 1" in cuerpo
    assert "Otro título" not in cuerpo


@pytest.mark.parametrize("cual", [0, 1])
def test_las_paginas_publicas_cuestan_lo_mismo_con_uno_y_con_muchos(
    client: Client, reparto: Reparto, cual: int
) -> None:
    import datetime as dt

    cuentas = []
    for vez, cuantos in enumerate((1, 4)):
        archivos = [subir(f"texto {vez}-{n}".encode(), f"{n}.txt") for n in range(cuantos)]
        sesion = con_anexos(reparto, *archivos, fecha=dt.date(2026, 3, 18 + 7 * vez))
        for fila in sesion.anexos.all():
            anexos.publicar_completo(fila, None, timezone.now())
        client.get(paginas(sesion)[cual])
        with CaptureQueriesContext(connection) as consultas:
            client.get(paginas(sesion)[cual])
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]


def verificar(client: Client, archivo: Archivo | None) -> tuple[int, str]:
    """Lo que dice /verificar/ a quien trae ese archivo, que es lo mismo con su sola huella."""
    assert archivo is not None
    subido = SimpleUploadedFile("anexo.pdf", almacen.leer(archivo))
    respuesta = client.post("/verificar/", {"pdf": subido})
    con_huella = client.get("/verificar/", {"huella": archivo.huella})
    titulos = [re.findall(r"<h1>(.*?)</h1>", una.content.decode()) for una in (respuesta, con_huella)]
    assert titulos[0] == titulos[1]
    return respuesta.status_code, respuesta.content.decode()


def test_verificar_reconoce_lo_publicado_y_nunca_el_original(client: Client, anexo: m.Anexo) -> None:
    assert verificar(client, anexo.archivo)[0] == 404
    publicado = publicar_testado(anexo)
    assert verificar(client, anexo.archivo)[0] == 404  # consta como original, y sigue reservado
    estado, cuerpo = verificar(client, publicado.archivo)
    assert (estado, "Tu archivo es un anexo publicado" in cuerpo, anexo.titulo in cuerpo) == (200, True, True)
    assert f'href="{publico(anexo)}"' in cuerpo
    assert f'href="/registro/eslabon/{publicado.eslabon}/"' in cuerpo
    anexos.retirar(anexo, None, timezone.now(), motivo="Dice de más.")
    estado, cuerpo = verificar(client, publicado.archivo)
    assert (estado, "Tu archivo es un anexo que se retiró" in cuerpo) == (200, True)
    assert anexo.titulo not in cuerpo
    assert verificar(client, anexo.archivo)[0] == 404
    otra_vez = anexos.publicar_testado(anexo, *anexos.copia_publica(anexo), None, timezone.now(), "Faltaba.")
    assert otra_vez.archivo == publicado.archivo
    assert f'href="/registro/eslabon/{otra_vez.eslabon}/"' in verificar(client, publicado.archivo)[1]
