"""Abrir un corte y cambiar sus cifras como lo haría un navegador."""

import datetime as dt
from typing import Any

from django.test import Client
from lxml import html

from ejes.cortes import editar_corte
from ejes.cortes.corte import tomar
from ejes.cortes.publicar import DE_UN_CORTE
from ejes.models import Corte, Figura, Plan
from tests.ejes import entregas
from tests.ejes.fabricas import crear_reporte
from tests.personas import Reparto

HOY, MEDIODIA = dt.date(2026, 6, 30), dt.time(12)
DATOS = {"nombre": "Segundo Informe", "desde": "2026-04-01", "hasta": "2026-06-30"}
RAIZ = "/gestion/cortes/prueba/"


def abrir(plan: Plan, **cambios: Any) -> Corte:
    campos = {"nombre": "Segundo Informe", "desde": dt.date(2026, 4, 1), "hasta": HOY}
    return editar_corte.abrir(plan, **{**campos, **cambios})


def accion_de(corte: Corte) -> Figura:
    return corte.figuras.get(accion__isnull=False)


def reporte_validado(reparto: Reparto, plan: Plan) -> Any:
    """El reporte de un bimestre que terminó antes del corte, validado: declara 45 % y se verificó 30 %."""
    escrito = entregas.contestar(crear_reporte(reparto, HOY, plan))
    return entregas.validar(entregas.enviar(escrito, dt.datetime.combine(HOY, MEDIODIA, dt.UTC)))


def cuadro(corte: Corte) -> Any:
    return tomar(Corte.objects.select_related(*DE_UN_CORTE).get(pk=corte.pk))


def enviar(client: Client, corte: Corte, cambios: dict[Figura, dict[str, str]], codigo: str = "1.1") -> Any:
    """Abre la página, cambia lo pedido y la envía como lo haría un navegador."""
    return mandar(client, corte, leer(client, corte, codigo), cambios, codigo)


def leer(client: Client, corte: Corte, codigo: str = "1.1") -> dict[str, str]:
    """Lo que la forma enviaría sin tocarla."""
    pagina = html.fromstring(client.get(f"{corte.url_de_trabajo}cifras/{codigo}/").content.decode())
    (forma,) = pagina.xpath("//form[contains(@class, 'cifras')]")
    return valores(forma)


def valores(forma: Any) -> dict[str, str]:
    """Como los lee un navegador: sin el primer salto de un cuadro de texto."""
    return {nombre: (valor or "").removeprefix("\n") for nombre, valor in forma.form_values()}


def mandar(
    client: Client,
    corte: Corte,
    leido: dict[str, str],
    cambios: dict[Figura, dict[str, str]],
    codigo: str = "1.1",
) -> Any:
    nuevos = {f"f{f.pk}-{campo}": valor for f, suyos in cambios.items() for campo, valor in suyos.items()}
    return client.post(f"{corte.url_de_trabajo}cifras/{codigo}/", leido | nuevos)
