"""Las palabras que se leen en lo publicado, para proponer una cuando lo escrito trae una errata.

Se agregan después de publicar y solo se limpian con `manage.py reindexar`: por eso nunca se propone una sin
comprobar antes que hoy se lee en algo público.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import partial

from django.db import transaction
from django.db.models.functions import Length

from stl_portal.buscador import raices
from stl_portal.buscador.coincidencias import Filtros, coincidencias
from stl_portal.buscador.consulta import leer
from stl_portal.buscador.models import Hallable, Vocablo

LETRAS = 4  # de las más cortas casi cualquiera se parece
PARECIDO = 0.75
DE_DIFERENCIA = 2  # letras de más o de menos
INTENTOS = 3
CANDIDATAS = 4000
LOTE = 1000


def anotar(lugares: Iterable[Hallable]) -> None:
    """Agrega sus palabras al confirmarse la transacción: publicar no espera ni depende de esto."""
    nuevas = {palabra for lugar in lugares for palabra in _palabras(lugar)}
    if nuevas:
        transaction.on_commit(partial(_agregar, nuevas), robust=True)


def rehacer() -> None:
    """Deja solo las que hoy se leen."""
    hoy = {palabra for lugar in Hallable.objects.iterator(LOTE) for palabra in _palabras(lugar)}
    sobran = set(Vocablo.objects.values_list("palabra", flat=True)) - hoy
    for lote in _lotes(sorted(sobran)):
        Vocablo.objects.filter(palabra__in=lote).delete()
    _agregar(hoy)


def _agregar(nuevas: set[str]) -> None:
    """En orden: así dos que agregan a la vez no se esperan en círculo."""
    for lote in _lotes(sorted(nuevas)):
        Vocablo.objects.bulk_create([Vocablo(palabra=palabra) for palabra in lote], ignore_conflicts=True)


def _lotes(palabras: list[str]) -> Iterable[list[str]]:
    return (palabras[n : n + LOTE] for n in range(0, len(palabras), LOTE))


def _palabras(lugar: Hallable) -> Iterable[str]:
    dichas = raices.palabras(f"{lugar.titulo} {lugar.texto} {lugar.de_donde}")
    return (palabra for palabra in dichas if len(palabra) >= LETRAS and not raices.fija(palabra))


def sugerencia(escrito: str) -> str:
    """Lo mismo con las palabras que nadie dice cambiadas por otras que sí; vacío si no hay con qué."""
    raras = [p for p in raices.con_lugar(escrito) if _nadie_dice(escrito[p.desde : p.hasta])]
    if len(raras) != 1:  # con dos o más ya no se adivina qué se quiso decir
        return ""
    antes, rara, despues = _partido(escrito, raras[0])
    for candidata in _parecidas(rara):
        dicha = _como_se_lee(candidata, f"{antes}{candidata}{despues}")
        if dicha:
            return f"{antes}{dicha}{despues}"
    return ""


def _partido(escrito: str, donde: raices.Palabra) -> tuple[str, str, str]:
    return escrito[: donde.desde], escrito[donde.desde : donde.hasta], escrito[donde.hasta :]


def _nadie_dice(palabra: str) -> bool:
    """Una palabra de las que se completan o se corrigen, que no está en nada publicado."""
    dichas = raices.palabras(palabra)
    if len(dichas) != 1 or len(dichas[0]) < LETRAS or raices.fija(dichas[0]):
        return False
    return not coincidencias(leer(palabra), Filtros(), tope=0)


def _parecidas(rara: str) -> list[str]:
    """De las que empiezan igual y miden casi lo mismo, las que más se parecen."""
    (palabra,) = raices.palabras(rara)
    corta, larga = len(palabra) - DE_DIFERENCIA, len(palabra) + DE_DIFERENCIA
    filas = Vocablo.objects.filter(palabra__startswith=palabra[0]).annotate(largo=Length("palabra"))
    cerca = filas.filter(largo__gte=corta, largo__lte=larga).values_list("palabra", flat=True)[:CANDIDATAS]
    return get_close_matches(palabra, list(cerca), n=INTENTOS, cutoff=PARECIDO)


def _como_se_lee(candidata: str, corregido: str) -> str:
    """La palabra como está escrita en algo público que responde a la búsqueda corregida; vacío si no está.

    Lo que después se testó pudo quedar en el vocabulario: sin leerlo aquí no se propone.
    """
    for hallada in coincidencias(leer(corregido), Filtros(), tope=INTENTOS):
        lugar = Hallable.objects.filter(pk=hallada.numero).first()
        texto = f"{lugar.titulo} {lugar.texto} {lugar.de_donde}" if lugar else ""
        for palabra in raices.con_lugar(texto):
            dicha = texto[palabra.desde : palabra.hasta]
            if raices.palabras(dicha) == [candidata]:
                return dicha.lower()
    return ""
