"""Archivos estáticos compilados: nombre con huella, comprimidos y con sus módulos enlazados."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_, _IMPORTACIONES = HashedFilesMixin._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class ConModulos(CompressedManifestStaticFilesStorage):
    """También reescribe los `import` de nuestro JavaScript, que apuntan a archivos con huella.

    Sin esto, `import … from "./guardado.js"` pediría un nombre que al compilar ya no existe. Solo
    los nuestros (`js/`): los de las bibliotecas nombran archivos que no distribuyen.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTACIONES)
