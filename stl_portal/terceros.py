"""De las bibliotecas del navegador solo se publica lo que el navegador usa."""

from django.contrib.staticfiles.apps import StaticFilesConfig

SOBRAN = ("browser-test-bundle.js", "tus.js", "tus.js.map", "sha256.js", "sha256.min.js", "*.cjs")


class Estaticos(StaticFilesConfig):
    """Los estáticos de Django, sin lo que las bibliotecas traen para sus propias pruebas o para Node."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, *SOBRAN]
