"""Una versión por cambio, con su huella, lo que cambió y su lugar en el registro público; no cambia nunca."""

import csv
import gzip
import io
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from stl_portal.archivo import almacen
from stl_portal.avisos.models import Aviso
from stl_portal.datos import constancia, versiones
from stl_portal.datos.models import VersionDeDatos
from stl_portal.datos.registro import CONJUNTOS, Conjunto
from stl_portal.sello import bitacora
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import nombres, paginas, reconocido
from tests.datos.muestra import crear
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
    menos = Conjunto(
        **{
            **vars(muestra),
            "columnas": muestra.columnas[:3],
            "filas": lambda objetos: ((o, f[:3]) for o, f in muestra.filas(objetos)),
        }
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
    almacen.ruta_de(version.archivo).write_bytes(gzip.compress(b"otra cosa"))
    assert [str(f) for f in constancia.fallas()] == [
        f"versión de datos {version.pk}: el archivo no da su huella"
    ]
    almacen.ruta_de(version.archivo).unlink()
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
    from tests.datos.muestra import MUESTRA

    monkeypatch.setitem(CONJUNTOS, MUESTRA.clave, MUESTRA)
    crear(3)
    hechas = a_la_vez([lambda: _guardar(MUESTRA), lambda: _guardar(MUESTRA)])
    assert sorted(version is None for version in hechas) == [False, True]
    assert VersionDeDatos.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_lo_que_se_lee_es_de_un_mismo_instante() -> None:
    crear(2)
    with versiones.una_sola_foto():
        assert Aviso.objects.count() == 2
        if connection.vendor == "postgresql":  # en SQLite nadie más escribe mientras tanto
            a_la_vez([lambda: crear(1, desde=2)])
        assert Aviso.objects.count() == 2
