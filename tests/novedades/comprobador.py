"""Lo que RFC 4287 exige de un canal Atom, leído con lxml."""

from datetime import datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
UNO_SOLO = ("id", "title", "updated")  # §4.1.1 y §4.1.2


def comprobado(contenido: bytes) -> etree._Element:
    """El canal, si es válido; si no, la prueba falla diciendo qué le falta."""
    canal = etree.fromstring(contenido)
    assert canal.tag == f"{ATOM}feed"
    assert [a.get("href") for a in canal.findall(f"{ATOM}link[@rel='self']")] != []
    for elemento in (canal, *entradas(canal)):
        _elemento(elemento)
    ids = [texto(entrada, "id") for entrada in entradas(canal)]
    assert len(ids) == len(set(ids))
    assert all(identificador.startswith("tag:") for identificador in ids)
    if ids:
        cambios = [texto(entrada, "updated") for entrada in entradas(canal)]
        assert texto(canal, "updated") == max(cambios, key=_instante)
    for entrada in entradas(canal):
        _entrada(entrada)
    return canal


def entradas(canal: etree._Element) -> list[etree._Element]:
    """Sus entradas."""
    return list(canal.findall(f"{ATOM}entry"))


def texto(elemento: etree._Element, nombre: str) -> str:
    """Lo que dice ese hijo; vacío si no lo tiene."""
    return str(elemento.findtext(f"{ATOM}{nombre}", ""))


def _elemento(elemento: etree._Element) -> None:
    for nombre in UNO_SOLO:
        assert len(elemento.findall(f"{ATOM}{nombre}")) == 1
        assert texto(elemento, nombre).strip()
    assert urlsplit(texto(elemento, "id")).scheme  # un IRI completo (§4.2.6)
    assert _instante(texto(elemento, "updated")).tzinfo is not None


def _entrada(entrada: etree._Element) -> None:
    """Autor con nombre, una sola liga alterna y completa, fechas en orden y un resumen que dice algo más."""
    assert [n.text for n in entrada.findall(f"{ATOM}author/{ATOM}name") if not (n.text or "").strip()] == []
    assert entrada.find(f"{ATOM}author/{ATOM}name") is not None
    ligas = entrada.findall(f"{ATOM}link[@rel='alternate']")
    assert [urlsplit(liga.get("href") or "").scheme for liga in ligas] == ["http"]
    assert _instante(texto(entrada, "published")) <= _instante(texto(entrada, "updated"))
    assert len(texto(entrada, "summary")) > 20
    assert texto(entrada, "summary") != texto(entrada, "title")


def _instante(escrito: str) -> datetime:
    """RFC 3339, con su huso. Lanza `ValueError`."""
    return datetime.fromisoformat(escrito)
