"""Proponer otra palabra cuando lo escrito trae una errata: nunca una que hoy no se lee en algo público."""

from difflib import get_close_matches

from django.db.models.functions import Length

from stl_portal.buscador import raices
from stl_portal.buscador.coincidencias import Filtros, coincidencias
from stl_portal.buscador.consulta import leer
from stl_portal.buscador.models import Hallable, Vocablo
from stl_portal.buscador.vocabulario import LETRAS

PARECIDO = 0.75
DE_DIFERENCIA = 2  # letras de más o de menos
INTENTOS = 3
CANDIDATAS = 4000


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
