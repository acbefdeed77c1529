"""Lo que llega de programas y no de personas: subidas, filtros, cabeceras, certificados, rebotes y fichas."""

import base64
import datetime as dt
import json
import unicodedata
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core import signing
from django.http import QueryDict
from hypothesis import strategies as st

from stl_portal.archivo import entrega, fichas, tus
from stl_portal.archivo.nombres import limpiar_nombre
from stl_portal.archivo.subidas import exigir_que_se_acepte
from stl_portal.avisos import rebotes
from stl_portal.datos import filtros
from stl_portal.datos.api import cursor, peticion
from stl_portal.firma import certificados
from stl_portal.firma.errores import FirmaRechazada
from stl_portal.firma.validacion import validar
from stl_portal.observa.peticion import referencia_de
from stl_portal.participacion import sello_de_tiempo
from stl_portal.sello import nota
from stl_portal.sello.canonico import canonico
from tests.archivo.tus import metadatos
from tests.avisos.test_rebotes import dsn
from tests.datos.muestra import MUESTRA
from tests.firma.documento import acta, firmar
from tests.firma.pki import AHORA, AMALIA, Autoridad

from .campana import CUENTAS, blanco, o_rechazo
from .mutar import bytes_de, texto_de

SANOS = metadatos(filename="acta.pdf", filetype="application/pdf", huella="a" * 64, destino="/reportes/1/")
LARGOS = texto_de("12", "0", "999999999999999999", "2147483648")
SUMAS = texto_de(f"sha256 {base64.b64encode(b'x' * 32).decode()}", "sha1 aG9sYQ==", "")


@blanco(
    "subida",
    ejemplos=[{"datos": "filename ñ", "largo": "1", "suma": "sha256 ñ"}],
    datos=texto_de(SANOS, "filename aG9sYS5wZGY=,huella YQ=="),
    largo=LARGOS,
    suma=SUMAS,
)
def test_un_anuncio_de_subida(datos: str, largo: str, suma: str) -> None:
    """Las cabeceras del protocolo: un anuncio entero o su estado y su frase."""
    anuncio = o_rechazo("subida", tus.NoSeRecibe, lambda: tus.Anuncio.leer(largo, datos))
    if anuncio is not None:
        assert len(anuncio.huella) == 64
        pedido = (limpiar_nombre(anuncio.nombre), anuncio.declarado, anuncio.tamano)
        o_rechazo("subida", tus.NoSeRecibe, lambda: exigir_que_se_acepte(*pedido))
    resumen = o_rechazo("subida", tus.NoSeRecibe, lambda: tus.suma(suma))
    assert resumen is None or len(resumen) == 32


NOMBRES = st.sampled_from([*(f.nombre for f in MUESTRA.filtros), "limite", "cursor"]) | texto_de("anio")
VALORES = texto_de("2026", "2026-03-31", "true", "enviado", "3", "200", "deadbeef12")


@blanco("filtros", pedido=st.lists(st.tuples(NOMBRES, VALORES), max_size=4), marca=VALORES)
def test_lo_que_se_pide_de_los_datos(pedido: list[tuple[str, str]], marca: str) -> None:
    """Filtros de las listas y de la interfaz, límite y cursor; sin tocar la base."""
    consulta = QueryDict(mutable=True)
    for nombre, valor in pedido:
        consulta.appendlist(nombre, valor)
    otra = QueryDict(consulta.urlencode())
    leido = o_rechazo("filtros", filtros.FiltroMalo, lambda: peticion.leer(MUESTRA, otra))
    if leido is not None:
        assert 1 <= leido.limite <= 1000
    hallado = o_rechazo("filtros", filtros.FiltroMalo, lambda: cursor.leer(MUESTRA, marca))
    assert hallado is None or str(cursor.leer(MUESTRA, str(hallado))) == str(hallado)


RANGOS = texto_de("bytes=0-10", "bytes=-5", "bytes=9-", "bytes=999999999999999999-", "bytes=0-1,3-4")


@blanco("cabeceras", rango=RANGOS, referencia=texto_de("0123456789abcdef", "a-b-c-d-e-f"))
def test_las_cabeceras(rango: str, referencia: str) -> None:
    extremos = entrega._rango(rango)
    assert extremos is None or all(e == "" or int(e) >= 0 for e in extremos)
    dicha = referencia_de(referencia)
    assert dicha.isascii()
    assert 8 <= len(dicha) <= 64
    assert "\n" not in dicha


@pytest.fixture(scope="module")
def autoridad() -> Autoridad:
    return Autoridad("Autoridad Certificadora de Prueba")


def test_un_certificado_estropeado_se_lee_o_dice_por_que_no(autoridad: Autoridad) -> None:
    """El `.cer` cambiado, y el `.key` puesto en su lugar; lo que se lee se comprueba como al firmar."""
    quien = autoridad.persona(AMALIA)
    muestras = (quien.cer, quien.key(), autoridad.raices[0], b"-----BEGIN CERTIFICATE-----\nMIIB\n")

    @blanco("certificados", der=bytes_de(*muestras))
    def comprueba(der: bytes) -> None:
        leido = o_rechazo("certificados", FirmaRechazada, lambda: certificados.leer(der))
        if leido is None:
            return
        raices: dict[str, Any] = {
            "al": AHORA,
            "raices": autoridad.raices,
            "intermedios": autoridad.intermedios,
        }
        bueno = o_rechazo(
            "certificados", FirmaRechazada, lambda: certificados.comprobar(leido, rfc=AMALIA.rfc, **raices)
        )
        assert bueno is None or der.startswith(quien.cer)
        assert AMALIA.rfc not in repr(leido)

    comprueba()


def test_un_pdf_firmado_y_luego_cambiado_nunca_queda_en_regla(autoridad: Autoridad) -> None:
    """Se valida o no se puede leer; lo cambiado dentro de lo firmado se nota."""
    bueno = firmar(acta(), "firma-1", autoridad, autoridad.persona(AMALIA))

    @blanco("pdf-firmado", pdf=bytes_de(bueno))
    def valida(pdf: bytes) -> None:
        hallado = o_rechazo("pdf-firmado", FirmaRechazada, lambda: validar(pdf, autoridad.raices))
        for firma in hallado or ():
            assert not (firma.en_regla and firma.cubre_todo) or pdf == bueno

    valida()


def test_un_punto_de_control_alterado_no_es_de_la_clave() -> None:
    llave = Ed25519PrivateKey.generate()
    sana = nota.Nota("portal.ejemplo.mx/registro", 128, "ab" * 32, "2026-11-21T18:00:00.000000Z")
    firmada, clave = sana.firmada(llave), nota.publica(llave)

    @blanco("registro", texto=texto_de(firmada), otra=texto_de(clave))
    def lee(texto: str, otra: str) -> None:
        try:
            leida = nota.leer(texto)
        except ValueError:
            CUENTAS["registro"].rechazos += 1
            return
        assert leida.es_de(clave) == (texto == firmada)
        leida.es_de(otra)

    lee()


_JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda hijos: st.lists(hijos, max_size=4) | st.dictionaries(st.text(max_size=4), hijos, max_size=4),
    max_leaves=12,
)


@blanco("canonico", ejemplos=[{"documento": 2.0**53}], documento=_JSON)
def test_lo_canonico_tiene_una_sola_escritura(documento: Any) -> None:
    try:
        escrito = canonico(documento)
    except ValueError:
        CUENTAS["canonico"].rechazos += 1
        return
    assert canonico(json.loads(escrito)) == escrito
    assert unicodedata.is_normalized("NFC", escrito.decode()) or "\\u" in escrito.decode()


ROTO = dsn("ana@prueba.example").replace(b"Content-Type:", b"Message-ID: <@x.example>\r\nContent-Type:", 1)
DSN = bytes_de(dsn("ana@prueba.example"), dsn("ana@prueba.example", "4.2.2", "delayed"))


@blanco("rebotes", ejemplos=[{"mensaje": ROTO}], mensaje=DSN)
def test_un_aviso_de_rebote(mensaje: bytes) -> None:
    for fallo in rebotes.leer(mensaje):
        assert "@" in fallo.correo
        assert len(fallo.correo) <= 254
        assert "\0" not in fallo.correo + fallo.dicho
        assert len(fallo.huella) == 64


@pytest.mark.django_db
def test_las_fichas_firmadas_alteradas_no_abren_nada() -> None:
    ahora = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    sana, sello = signing.dumps("a" * 64, salt=fichas.SAL), sello_de_tiempo.poner("plan:1", ahora)

    @blanco("fichas", ficha=texto_de(sana, sello), puesto=texto_de(sello, sana))
    def toma(ficha: str, puesto: str) -> None:
        assert fichas.tomar(ficha) is None  # de ese archivo no hay ninguno, y de otro nadie firmó
        edad = sello_de_tiempo.edad(puesto, "plan:1", ahora)
        assert edad is None or puesto == sello

    toma()
