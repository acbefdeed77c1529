"""Las páginas de las convocatorias públicas que se recorren, con algo que ver en cada una."""

from django.utils import timezone

from sesiones.certamenes import dictaminar, postular
from sesiones.certamenes.models import Certamen
from sesiones.models import Organo
from stl_portal.cuentas.models import Usuario
from tests.certamenes import fabricas

GESTION = "/gestion/convocatorias/"


def _organo() -> Organo:
    return Organo.objects.get(clave="demo")


def _en_dictamen(titulo: str, *, hasta_el_final: bool = False) -> Certamen:
    """Con una postulación que el integrante ya calificó si se llevó hasta el final."""
    certamen = fabricas.abierta(_organo(), titulo)
    juez = fabricas.del_comite(certamen, Usuario.objects.get(email="integrante@demo.example"))
    fila = fabricas.presentada(certamen)
    fabricas.cerrada(certamen)
    if hasta_el_final:
        fabricas.puntuar(juez, fila, 8)
        dictaminar.dictaminar(certamen, None, timezone.now())
        dictaminar.publicar(certamen, None, timezone.now())
    return certamen


def publicas() -> list[str]:
    """La lista, una abierta, otra con resultados, la forma y la liga de quien postula en cada momento."""
    abierta, terminada = fabricas.abierta(_organo()), _en_dictamen("Premio dado", hasta_el_final=True)
    suyas = [
        postular.empezar(abierta, "otra@prueba.example", timezone.now()),
        fabricas.borrador(abierta),
        fabricas.presentada(abierta),
        fabricas.borrador(_en_dictamen("Premio cerrado")),
    ]
    fijas = ["/convocatorias/", "/convocatorias/recibida/", f"{abierta.get_absolute_url()}postular/"]
    return [
        *fijas,
        *(c.get_absolute_url() for c in (abierta, terminada)),
        *(p.get_absolute_url() for p in suyas),
    ]


def de_quien_conduce() -> list[str]:
    """La lista, preparar una, sus bases y su comité; en dictamen y ya dictaminada."""
    borrador = fabricas.en_preparacion(_organo(), "Premio que se prepara")
    dictamen, dado = _en_dictamen("Premio que se dictamina"), _en_dictamen("Otro dado", hasta_el_final=True)
    una = borrador.url_de_gestion
    de_uno = [una, f"{una}bases/", f"{una}comite/"]
    otras = [f"{dictamen.url_de_gestion}{p}" for p in ("", "postulaciones/", "postulaciones/1/")]
    return [GESTION, f"{GESTION}demo/nueva/", *de_uno, *otras, dado.url_de_gestion]


def del_comite() -> list[str]:
    """Todas y una, en dictamen."""
    certamen = _en_dictamen("Premio por calificar")
    todas = f"/mi/convocatorias/demo/{certamen.clave}/"
    return [todas, f"{todas}1/"]
