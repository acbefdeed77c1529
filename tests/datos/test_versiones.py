"""Una versión por cambio, con su huella, lo que cambió y su lugar en el registro público; no cambia nunca."""

import csv
import dataclasses
import gzip
import io
import json
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo
from stl_portal.avisos.models import Aviso
from stl_portal.datos import constancia, formas, versiones
from stl_portal.datos.models import DatoQuitado, VersionDeDatos
from stl_portal.datos.registro import CONJUNTOS, Conjunto, Fila
from stl_portal.sello import bitacora
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import nombres, paginas, reconocido
from tests.datos.muestra import MUESTRA, crear
from tests.en_disco import ruta_de
from tests.hilos import a_la_vez


def _guardar(conjunto: Conjunto) -> VersionDeDatos | None:
    return versiones.guardar(conjunto, timezone.now())


def _contenido(version: VersionDeDatos) -> list[list[str]]:
    texto = gzip.decompress(almacen.leer(version.archivo)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texto, newline="")))


def test_la_primera_version_consta_en_el_registro(muestra: Conjunto) -> None:
    crear(3)
    antes = bitacora.anotar("acto-anterior", {}).n
    version = _guardar(muestra)
    assert version
    assert (version.numero, version.filas, version.hasta, version.eslabon) == (1, 3, antes, antes + 1)
    assert version.cambios == {}
    assert version.grafica == [["Por enviar", 2.0], ["Enviado", 1.0]] or version.grafica == [
        ("Por enviar", 2.0),
        ("Enviado", 1.0),
    ]
    assert [fila[0] for fila in _contenido(version)] == ["id", "aviso/0", "aviso/1", "aviso/2"]
    anotado = json.loads(Eslabon.objects.get(n=version.eslabon).payload)
    assert (anotado["tipo"], anotado["objeto"]) == ("version-de-datos", "datos:muestra/1")
    assert anotado["datos"] == {
        "conjunto": "muestra",
        "numero": 1,
        "filas": 3,
        "huella": version.huella,
        "hasta": antes,
    }


def test_sin_cambios_no_hay_version_nueva_ni_eslabon(muestra: Conjunto) -> None:
    crear(3)
    assert _guardar(muestra)
    eslabones = Eslabon.objects.count()
    crear(2, desde=3, estado="fallido")  # no se publica: los datos siguen iguales
    assert _guardar(muestra) is None
    assert (VersionDeDatos.objects.count(), Eslabon.objects.count()) == (1, eslabones)


def test_dice_cuantas_filas_hay_de_mas_de_menos_y_distintas(muestra: Conjunto) -> None:
    crear(5)
    primera = _guardar(muestra)
    Aviso.objects.filter(motivo="aviso/0").delete()
    Aviso.objects.filter(motivo__in=("aviso/1", "aviso/2")).update(asunto="Otro")
    crear(3, desde=5)
    segunda = _guardar(muestra)
    assert primera
    assert segunda
    assert (segunda.numero, segunda.filas) == (2, 7)
    assert segunda.cambios == {"mas": 3, "menos": 1, "distintas": 2, "columnas": False}
    assert [fila[0] for fila in _contenido(primera)][1:] == [f"aviso/{n}" for n in range(5)]


def test_si_cambian_las_columnas_lo_dice(muestra: Conjunto, monkeypatch: pytest.MonkeyPatch) -> None:
    crear(2)
    _guardar(muestra)
    menos = dataclasses.replace(
        muestra,
        columnas=muestra.columnas[:3],
        filas=lambda objetos: ((o, f[:3]) for o, f in muestra.filas(objetos)),
    )
    segunda = _guardar(menos)
    assert segunda
    assert segunda.cambios == {"mas": 0, "menos": 0, "distintas": 2, "columnas": True}


def test_el_mismo_contenido_comprimido_da_los_mismos_bytes(muestra: Conjunto) -> None:
    crear(2)
    una = _guardar(muestra)
    Aviso.objects.filter(motivo="aviso/1").update(asunto="Otro")
    _guardar(muestra)
    Aviso.objects.filter(motivo="aviso/1").update(asunto="+1")
    tercera = _guardar(muestra)
    assert una
    assert tercera
    assert (tercera.numero, tercera.huella, tercera.archivo_id) == (3, una.huella, una.archivo_id)


def test_una_version_no_se_cambia_ni_se_borra(muestra: Conjunto) -> None:
    crear(1)
    _guardar(muestra)
    for cambio in ({"filas": 7}, {"huella": "0" * 64}, {"conjunto": "otro"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VersionDeDatos.objects.update(**cambio)
    with pytest.raises(IntegrityError), transaction.atomic():
        VersionDeDatos.objects.all().delete()


def test_la_comprobacion_del_registro_nota_un_archivo_alterado(muestra: Conjunto) -> None:
    crear(1)
    version = _guardar(muestra)
    assert version
    assert list(constancia.fallas()) == []
    ruta_de(version.archivo).write_bytes(gzip.compress(b"otra cosa"))
    assert [str(f) for f in constancia.fallas()] == [
        f"versión de datos {version.pk}: el archivo no da su huella"
    ]
    ruta_de(version.archivo).unlink()
    assert [str(f) for f in constancia.fallas()] == [
        f"versión de datos {version.pk}: su archivo no se puede leer (FileNotFoundError)"
    ]


def test_se_reconoce_por_su_huella_y_el_registro_la_nombra(muestra: Conjunto) -> None:
    crear(1)
    version = _guardar(muestra)
    assert version
    hallado = reconocido(version.huella)
    assert hallado
    assert (hallado.documento, hallado.url) == ("Muestra, versión 1", "/datos/muestra/versiones/")
    assert paginas(["datos:muestra/1", "datos:otro/1"]) == {"datos:muestra/1": "/datos/muestra/versiones/"}
    assert nombres(["datos:muestra/1"]) == {"datos:muestra/1": "Datos abiertos: Muestra, versión 1"}
    versiones.retirar(version, "Llevaba un dato personal.", timezone.now())
    retirado = reconocido(version.huella)
    assert retirado
    assert (retirado.tono, retirado.texto) == ("alerta", "Llevaba un dato personal.")


def test_las_ordenes_guardan_y_retiran(muestra: Conjunto, monkeypatch: pytest.MonkeyPatch) -> None:
    for clave in [c for c in CONJUNTOS if c != "muestra"]:
        monkeypatch.delitem(CONJUNTOS, clave)
    crear(2)
    dicho = StringIO()
    call_command("versionar_datos", stdout=dicho)
    call_command("versionar_datos", stdout=dicho)
    eslabon = VersionDeDatos.objects.get().eslabon
    assert dicho.getvalue() == (
        f"muestra, versión 1: 2 filas, eslabón {eslabon}.\n"
        "Versiones nuevas: 1 de 1 conjuntos.\nVersiones nuevas: 0 de 1 conjuntos.\n"
    )
    call_command("retirar_version_de_datos", "muestra", "1", motivo="Un dato personal.", stdout=dicho)
    fila = VersionDeDatos.objects.get()
    assert (fila.motivo, fila.retirada_el is not None) == ("Un dato personal.", True)
    ultimo = Eslabon.objects.order_by("n").last()
    assert ultimo
    assert ultimo.tipo == "version-de-datos-retirada"
    for numero, motivo in (("1", "Otra vez."), ("2", "No existe."), ("1", " ")):
        with pytest.raises(CommandError):
            call_command("retirar_version_de_datos", "muestra", numero, motivo=motivo)


def test_la_pagina_lista_las_versiones_con_lo_que_cambio(client: Client, muestra: Conjunto) -> None:
    crear(2)
    _guardar(muestra)
    crear(3, desde=2)
    segunda = _guardar(muestra)
    assert segunda
    pagina = client.get("/datos/muestra/versiones/").content.decode()
    assert "3 más, 0 menos, 0 distintas" in pagina
    assert "La primera" in pagina
    assert segunda.huella in pagina
    assert f'href="/registro/eslabon/{segunda.eslabon}/"' in pagina
    assert pagina.index("versiones/2.csv") < pagina.index("versiones/1.csv")


@pytest.mark.django_db(transaction=True)
def test_dos_a_la_vez_guardan_una_sola(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONJUNTOS, MUESTRA.clave, MUESTRA)
    crear(3)
    hechas = a_la_vez([lambda: _guardar(MUESTRA), lambda: _guardar(MUESTRA)])
    assert sorted(version is None for version in hechas) == [False, True]
    assert VersionDeDatos.objects.count() == 1


def _que_mientras_se_lee(acto: Callable[[], object]) -> Conjunto:
    """La muestra, que al leerse por primera vez espera a que otra persona termine `acto`."""
    pendientes = [acto]

    def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
        suyas = list(MUESTRA.filas(objetos))
        if pendientes:
            a_la_vez([pendientes.pop()])
        yield from suyas

    return dataclasses.replace(MUESTRA, filas=filas)


@pytest.mark.django_db(transaction=True)
def test_mientras_se_escribe_nadie_espera_y_todo_es_de_un_mismo_instante() -> None:
    crear(3)
    de_entonces = {
        clave: sum(map(len, forma.escribir(MUESTRA, MUESTRA.todas())))
        for clave, forma in formas.formas_de(MUESTRA).items()
    }
    hasta = bitacora.anotar("acto-anterior", {}).n

    def publicar() -> None:
        crear(2, desde=3)
        bitacora.anotar("acto-de-mientras", {})

    version = _guardar(_que_mientras_se_lee(publicar))
    assert version
    assert Aviso.objects.count() == 5
    assert (version.filas, version.pesos, version.hasta) == (3, de_entonces, hasta)
    assert (version.numero, version.eslabon) == (1, hasta + 2)
    siguiente = _guardar(MUESTRA)
    assert siguiente
    assert siguiente.cambios == {"mas": 2, "menos": 0, "distintas": 0, "columnas": False}


@pytest.mark.django_db(transaction=True)
def test_no_nace_con_lo_que_se_quito_mientras_se_escribia() -> None:
    crear(2)
    crear(1, desde=2, asunto="Un teléfono: 449 555 0147")

    @transaction.atomic
    def quitar() -> None:
        Aviso.objects.filter(motivo="aviso/2").update(asunto="[testado 1]")
        versiones.retirar_las_que_dicen("449 555", lambda fila: True, "Se testó.", timezone.now())

    version = _guardar(_que_mientras_se_lee(quitar))
    assert version
    assert [fila[:2] for fila in _contenido(version)][3] == ["aviso/2", "[testado 1]"]
    assert (version.numero, VersionDeDatos.objects.count(), Archivo.objects.count()) == (1, 1, 1)
    assert str(DatoQuitado.objects.get()).endswith(": Se testó.")


@pytest.mark.django_db(transaction=True)
def test_si_no_dejan_de_quitarse_datos_se_deja_para_despues(monkeypatch: pytest.MonkeyPatch) -> None:
    crear(1)
    leidas = []

    def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
        leidas.append(1)
        a_la_vez(
            [lambda: versiones.retirar_las_que_dicen("x", lambda fila: True, "Se testó.", timezone.now())]
        )
        yield from MUESTRA.filas(objetos)

    assert _guardar(dataclasses.replace(MUESTRA, filas=filas)) is None
    assert len(leidas) == versiones.INTENTOS * len(formas.formas_de(MUESTRA))
    assert (VersionDeDatos.objects.count(), list(almacen.raiz().glob("pendientes/*"))) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_lo_que_se_lee_es_de_un_mismo_instante() -> None:
    crear(2)
    with versiones.una_sola_foto():
        assert Aviso.objects.count() == 2
        a_la_vez([lambda: crear(1, desde=2)])
        assert Aviso.objects.count() == 2
    assert Aviso.objects.count() == 3
