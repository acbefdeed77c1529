"""Las páginas de los informes, las capacitaciones y las métricas, para el paseo de accesibilidad."""

import datetime as dt

from django.utils import timezone

from municipios.informes import escribir
from municipios.informes.trimestres import Trimestre
from municipios.models import InformeTrimestral, Municipio
from sesiones import anexos
from sesiones import models as m
from stl_portal.archivo import almacen
from stl_portal.cuentas.models import Usuario

from .llenar import AHORA, JULIO


def de_quien_informa() -> list[str]:
    """La lista, uno por escribir, otro entregado y donde se pegan los valores de una métrica."""
    demo = m.Organo.objects.get(clave="demo")
    municipal = _municipal(demo)
    entregado = _entregado(municipal, Trimestre(2026, 2))
    por_escribir = escribir.empezar(municipal, JULIO, None, AHORA)
    metrica = demo.metricas_municipales.create(clave="indice", nombre="Índice", autor="Instituto", unidad="%")
    leon = Municipio.objects.get(nombre="León")
    metrica.valores.create(municipio=leon, anio=2025, valor=50, fuente="https://ejemplo.example/indice")
    suyas = [por_escribir.get_absolute_url(), f"{por_escribir.get_absolute_url()}escribir/"]
    lista = ["/gestion/informes/", f"/gestion/informes/{municipal.clave}/"]
    return [
        *lista,
        *suyas,
        entregado.get_absolute_url(),
        f"/gestion/municipios/metricas/{metrica.pk}/valores/",
    ]


def publicas(sesion: m.Sesion) -> list[str]:
    """Un informe presentado en esa sesión, ya publicado; las capacitaciones y una métrica."""
    informe = _entregado(_municipal(sesion.organo), Trimestre(2026, 1), numero=9)
    archivo = almacen.guardar_propio(b"informe", "informe.pdf")
    anexo = m.Anexo.objects.create(sesion=sesion, titulo=str(informe), archivo=archivo)
    informe.cambiar("presentar", None, anexo=anexo)
    anexos.publicar_completo(anexo, None, timezone.now())
    evento = sesion.organo.eventos_municipales.create(
        titulo="Taller", hasta=dt.date(2026, 3, 18), personas=20, publico=True
    )
    evento.municipios.set(Municipio.objects.all())
    evento.materiales.create(titulo="Guía", direccion="https://ejemplo.example/guia")
    hijas = (
        "informes/",
        f"informes/{informe.organo.clave}/{informe.numero}/",
        "capacitaciones/",
        "metricas/",
        "metricas/demo/indice/",
    )
    return [f"/municipios/{hija}" for hija in hijas]


def _municipal(estatal: m.Organo) -> m.Organo:
    """Un secretariado municipal ficticio que conduce quien conduce el de la demostración."""
    organo, nuevo = m.Organo.objects.get_or_create(
        clave="stm-de-prueba",
        defaults={
            "clase": "municipal",
            "clave_municipio": "11020",
            "ficticio": True,
            "acompanado_por": estatal,
        },
    )
    if nuevo:
        organo.denominaciones.create(nombre="STM de prueba", nombre_corto="STM de prueba", siglas="STM")
        organo.reglas.create(vigente_desde=dt.date(2025, 1, 1))
        quien = Usuario.objects.get(email="facilitadora@demo.example")
        organo.roles.create(usuario=quien, tipo="facilitadora")
    return organo


def _entregado(organo: m.Organo, trimestre: Trimestre, numero: int | None = None) -> InformeTrimestral:
    informe = escribir.empezar(organo, trimestre, None, AHORA, numero)
    informe.textos.filter(apartado="actividades").update(texto="- Una jornada\n- Dos visitas")
    escribir.entregar(informe, None, AHORA)
    return informe
