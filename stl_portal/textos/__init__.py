"""Los textos del portal que se editan sin programar: cuáles son, lo que dicen hoy y su historia.

    from stl_portal import textos

    textos.de("correo.despedida", portal="…")

Cada uno se declara en un registro (`de_la_casa.toml` y el `textos_editables.toml` de cada
aplicación) con lo que dice de fábrica; en la base solo está lo que alguien cambió.
"""

from .lectura import de, sin_llenar

__all__ = ["de", "sin_llenar"]
