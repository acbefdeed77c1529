"""La cadena: cada eslabón cubre su contenido y al anterior, aunque muchos anoten a la vez."""

import hashlib
import json
import threading

import pytest
from django.db import connection, transaction

from stl_portal.sello.bitacora import anotar
from stl_portal.sello.canonico import canonico, huella
from stl_portal.sello.models import PRIMERO, Eslabon

HILOS, VECES = 8, 25


def test_el_hash_es_el_que_dice_la_regla(db: None) -> None:
    uno = anotar("acta-sellada", {"sha256": "ab" * 32, "folio": "A-1"}, objeto="acta:1")
    dos = anotar("acta-publicada", {}, objeto="acta:1")
    assert (uno.n, uno.prev, dos.n, dos.prev) == (1, PRIMERO, 2, uno.hash)
    for eslabon in (uno, dos):
        contenido = hashlib.sha256(eslabon.payload.encode()).digest()
        assert eslabon.payload_sha256 == contenido.hex()
        entero = b"\x02" + bytes.fromhex(eslabon.prev) + contenido
        assert eslabon.hash == hashlib.sha256(entero).hexdigest()


def test_el_contenido_lo_dice_todo_y_se_guarda_tal_cual(db: None) -> None:
    eslabon = anotar("prueba", {"texto": "sesio\u0301n", "nada": None}, objeto="comisio\u0301n:1")
    eslabon.refresh_from_db()
    documento = json.loads(eslabon.payload)
    assert documento["datos"] == {"texto": "sesi\u00f3n", "nada": None}
    assert (documento["tipo"], documento["objeto"]) == ("prueba", "comisi\u00f3n:1")
    assert (eslabon.objeto, eslabon.de_que) == ("comisi\u00f3n:1", "Comisi\u00f3n 1")
    assert documento["creado_el"] == eslabon.creado_el.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert canonico(documento).decode() == eslabon.payload


def test_lo_que_se_deshace_nunca_consto(db: None) -> None:
    anotar("prueba", {})
    with transaction.atomic():
        anotar("prueba", {})
        transaction.set_rollback(True)
    assert anotar("prueba", {}).n == 2


@pytest.mark.parametrize("malo", [float("nan"), 2**53, object(), {"á": 1, "a\u0301": 2}, {1: 2}, "\ud800"])
def test_lo_que_no_tiene_una_sola_escritura_se_rechaza(db: None, malo: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        anotar("prueba", {"malo": malo})
    assert Eslabon.objects.count() == 0


def test_canonico_ordena_normaliza_y_no_depende_de_como_se_escribio() -> None:
    assert canonico({"b": [1, 2.0, True], "a": "o\u0301"}) == '{"a":"ó","b":[1,2,true]}'.encode()
    assert huella(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.django_db(transaction=True)
def test_ocho_a_la_vez_no_rompen_la_cadena() -> None:
    errores: list[Exception] = []

    def anotar_varias(quien: int) -> None:
        try:
            for vez in range(VECES):
                anotar("prueba", {"quien": quien, "vez": vez})
        except Exception as error:  # se cuenta en el hilo principal
            errores.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=anotar_varias, args=(n,)) for n in range(HILOS)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert errores == []
    eslabones = list(Eslabon.objects.order_by("n"))
    assert [e.n for e in eslabones] == list(range(1, HILOS * VECES + 1))
    assert [e.prev for e in eslabones] == [PRIMERO, *(e.hash for e in eslabones[:-1])]
    dichos = {(d["quien"], d["vez"]) for d in (json.loads(e.payload)["datos"] for e in eslabones)}
    assert len(dichos) == HILOS * VECES
