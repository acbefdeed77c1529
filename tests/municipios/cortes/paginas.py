"""Las páginas de los cortes municipales de la demostración, para recorrerlas."""

import datetime as dt

from django.utils import timezone

from municipios.cortes import preparar
from municipios.cortes.preparar import Como, DeEtapa
from municipios.cortes.publicar import publicar
from municipios.estados import EstadoCorte
from sesiones.models import Organo


def paginas_de_cortes() -> list[str]:
    """De uno publicado y de otro en preparación, con una etapa de la que solo hay total y no suma."""
    organo = Organo.objects.get(clave="demo")
    ayer = timezone.localdate() - dt.timedelta(days=1)
    previo = preparar.abrir(organo, nombre="Corte anterior", fecha=ayer)
    publicar(previo, None, timezone.now())
    corte = organo.cortes_municipales.get(estado=EstadoCorte.BORRADOR)
    etapa = organo.etapas_municipales.earliest("orden")
    cifras = {etapa.situaciones.earliest("orden").pk: 45}
    preparar.guardar_etapas(corte, corte.version, {etapa.pk: DeEtapa(Como.TOTAL, cifras)}, None)
    todos = "/gestion/municipios/cortes/demo/"
    de_uno = [f"{todos}{corte.numero}/{pagina}" for pagina in ("", "datos/", "previa/", "publicar/")]
    return [todos, f"{todos}nuevo/", *de_uno, *(f"{todos}{previo.numero}/{p}" for p in ("", "corregir/"))]
