"""Las páginas de importar y exportar, con algo que ver en cada una, para recorrerlas."""

from django.utils import timezone

from stl_portal.cuentas.models import Usuario
from stl_portal.traspaso.models import Importacion
from stl_portal.traspaso.resultado import CAMBIA, RECHAZADA, Cuenta, Suceso, comprimir


def paginas_de_traspaso() -> list[str]:
    """La lista, subir un archivo y una importación con errores y cambios."""
    cuenta = vars(Cuenta("cuentas", "Cuentas", nuevas=0, cambian=1, iguales=3, rechazadas=1))
    vista = Importacion.objects.create(
        recurso="cuentas",
        archivo="cuentas.csv",
        formato="csv",
        renglones=5,
        estado="con_errores",
        resumen=[cuenta],
        por=Usuario.objects.earliest("pk"),
        subida_el=timezone.now(),
    )
    sucesos = [
        Suceso("cuentas", 2, CAMBIA, ["a@ejemplo.mx"], 1, [["nombre", "Ana", "Anita"]]),
        Suceso("cuentas", 3, RECHAZADA, ["B@ejemplo.mx"], None, [["email", "El correo va en minúsculas."]]),
    ]
    vista.guardar_tandas([comprimir(sucesos)])
    inicio = "/gestion/traspaso/"
    return [inicio, f"{inicio}cuentas/importar/", vista.get_absolute_url()]
