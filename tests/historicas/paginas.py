"""Las páginas de las actas históricas que se recorren: la lista, recibir una y revisar la de demostración."""

from sesiones.historicas import demo
from sesiones.models import Organo


def paginas_de_historicas() -> list[str]:
    """Sus direcciones, para quien facilita el órgano de demostración."""
    demo.cargar(lambda _: None)
    acta = Organo.objects.get(clave="demo").por_transcribir.get()
    return ["/gestion/actas-historicas/", "/gestion/actas-historicas/nueva/", acta.get_absolute_url()]
