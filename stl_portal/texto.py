"""Texto que escriben las personas: formato limitado, limpio al guardar, seguro al mostrar.

Se guarda texto llano con marcas sencillas: párrafos separados por una línea vacía, **negritas**,
*cursivas*, listas con guion o número y «> » para citas literales. Así se puede escribir sin
JavaScript, comparar palabra por palabra y leer dentro de veinte años.
"""

import html
import re
import unicodedata
from functools import lru_cache

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

MARCAS = 15_000  # de HTML en lo pegado; un texto de Word del largo máximo trae unas cinco mil
PASADAS = 4  # «&lt;p&gt;» pegado deja «<p>»: sin volver a mirarlo, cambiaría al guardarse otra vez
MUCHO_FORMATO = "Lo pegado trae demasiado formato. Pégalo como texto sin formato."
ETIQUETAS = {"p", "strong", "em", "ul", "ol", "li", "blockquote", "br"}
# De lo pegado desde Word se conserva la estructura que sí admitimos.
_APERTURAS = {
    r"</p>|<br\s*/?>|</div>|</li>|</h[1-6]>|</tr>": "\n",
    r"<li[^>]*>": "- ",
    r"</?(?:b|strong)(?:\s[^>]*)?>": "**",
    r"</?(?:i|em)(?:\s[^>]*)?>": "*",
}
# Lo que traen Word, un correo o una página al pegarse. Lo demás que parezca etiqueta («<script>»,
# «<correo@ejemplo.mx>») lo tecleó alguien: se queda como texto, que al mostrarse va escapado.
_DE_LO_PEGADO = (
    "p|br|div|span|b|strong|i|em|u|font|a|h[1-6]|ul|ol|li|blockquote|table|t(?:body|head|r|d|h)|o:p|html|body"
)
_PARECE_HTML = re.compile(rf"</?(?:{_DE_LO_PEGADO})(?:\s[^<>]*)?/?>|<!--|<!\[", re.IGNORECASE)
# «Negritas» o «Cursivas» sin nada dentro. Pegado a letras o números, el asterisco dice algo
# («cuenta ****1234») y se queda; dos al principio del renglón son una llamada a nota.
# Los espacios se miran una sola vez, desde el primero: si no, 200 mil de ellos tardarían minutos.
_MARCAS_VACIAS = re.compile(r"(?<![ \t])[ \t]*+(?<![\\*\w])\*{4}(?![*\w])|^[ \t]*\*\*[ \t]*$", re.MULTILINE)
_PROHIBIDAS = {"Cc", "Cs", "Co", "Cn"}
# Cambian el sentido visual de la línea: con ellas un texto puede mentir al leerse.
_BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b")


def _desde_html(texto: str) -> str:
    """Convierte HTML pegado (Word, correo) a texto con marcas; descarta guiones y estilos."""
    sin_codigo = nh3.clean(
        texto, tags=ETIQUETAS | {"div", "b", "i", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}, attributes={}
    )
    for patron, marca in _APERTURAS.items():
        sin_codigo = re.sub(patron, marca, sin_codigo, flags=re.IGNORECASE)
    return html.unescape(nh3.clean(sin_codigo, tags=set()))


def limpiar(texto: str) -> str:
    """Devuelve el texto listo para guardarse: NFC, sin el HTML de lo pegado, sin caracteres de control.

    Lanza `ValidationError` si excede `TEXTO_MAXIMO` caracteres o trae demasiado HTML.
    """
    if len(texto) > settings.TEXTO_MAXIMO:
        raise ValidationError(
            f"El texto tiene {len(texto):,} caracteres; el máximo es {settings.TEXTO_MAXIMO:,}. "
            "Agrega lo demás como anexo.",
            code="muy_largo",
        )
    texto = _visible(texto)
    for _ in range(PASADAS):
        if not _PARECE_HTML.search(texto):
            break
        if texto.count("<") > MARCAS:  # unas dentro de otras, leerlas tarda el cuadrado
            raise ValidationError(MUCHO_FORMATO, code="mucho_formato")
        texto = _visible(_desde_html(texto))
    return _sin_renglones_de_mas(_MARCAS_VACIAS.sub("", texto))


def limpiar_llano(texto: str) -> str:
    """Para lo que se guarda y se muestra como se tecleó: ni las marcas ni el HTML significan algo."""
    return _sin_renglones_de_mas(_visible(texto))


def _visible(texto: str) -> str:
    """En NFC, con saltos de línea parejos y sin caracteres que no se ven."""
    return sin_invisibles(texto.replace("\r\n", "\n").replace("\r", "\n"))


def sin_invisibles(texto: str) -> str:
    """En NFC y sin lo que no se ve o cambia el sentido de la línea; los renglones quedan como están."""
    texto = unicodedata.normalize("NFC", texto)
    if texto.isprintable():  # casi todo, y se sabe sin mirar letra por letra
        return texto
    return "".join(
        c for c in texto if c in "\n\t\r" or (unicodedata.category(c) not in _PROHIBIDAS and c not in _BIDI)
    )


def _sin_renglones_de_mas(texto: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", texto).strip()


def limpiar_linea(texto: str) -> str:
    """Como `limpiar`, en una sola línea, sin espacios repetidos y sin las marcas de lo pegado."""
    limpio = limpiar(texto)
    return a_llano(limpio) if _PARECE_HTML.search(texto) else " ".join(limpio.split())


@lru_cache(maxsize=1)
def _interprete() -> MarkdownIt:
    """Intérprete con solo lo que admitimos: ni HTML, ni ligas, ni imágenes, ni encabezados."""
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["emphasis", "balance_pairs", "fragments_join", "list", "blockquote", "newline", "escape"]
    )


def a_html(texto: str) -> SafeString:
    """Convierte el texto guardado en HTML seguro con las etiquetas de `ETIQUETAS`."""
    return mark_safe(nh3.clean(_interprete().render(texto), tags=ETIQUETAS, attributes={}))  # noqa: S308 -- recién saneado


def a_llano(texto: str) -> str:
    """El texto sin marcas, para resúmenes, búsquedas y nombres."""
    return " ".join(html.unescape(nh3.clean(_interprete().render(texto), tags=set())).split())
