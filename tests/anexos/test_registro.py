"""El registro público lleva al acta y al anexo que nombra, si cualquiera los puede leer."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from sesiones import anexos
from sesiones import models as m
from sesiones.estados import EstadoActa
from stl_portal.sello.registro import paginas
from tests.anexos.conftest import con_anexos, subir
from tests.archivo import muestras
from tests.personas import Reparto
from tests.vida.archivadas import corregida


def ligas(client: Client) -> set[str]:
    arbol = html.fromstring(client.get("/registro/").content.decode())
    return set(arbol.xpath("//main//a[starts-with(@href, '/sesiones/')]/@href"))


def test_lleva_a_cada_version_del_acta(client: Client, reparto: Reparto) -> None:
    sesion = con_anexos(reparto)
    corregida(reparto, m.Sello.objects.get(acta__sesion=sesion))
    acta = f"{sesion.get_absolute_url()}acta/"
    assert ligas(client) == {f"{acta}?version=1", f"{acta}?version=2"}
    assert {client.get(url).status_code for url in ligas(client)} == {200}
    m.Acta.objects.filter(version=2).update(estado=EstadoActa.FIRMADA)
    assert ligas(client) == {f"{acta}?version=1"}


def test_lleva_al_anexo_publicado_y_al_retirado(client: Client, reparto: Reparto) -> None:
    sesion = con_anexos(reparto, subir(muestras.pdf()), subir(muestras.pdf(paginas=2)))
    publicado, sin_publicar = sesion.anexos.order_by("pk")
    anexos.publicar_completo(publicado, reparto.cuentas["facilitadora"], timezone.now())
    url = f"{sesion.get_absolute_url()}anexos/{publicado.pk}/"
    assert url in ligas(client)
    assert not any(f"/anexos/{sin_publicar.pk}/" in otra for otra in ligas(client))
    assert client.get(url).status_code == 302
    anexos.retirar(publicado, reparto.cuentas["facilitadora"], timezone.now(), "Se veía un dato.")
    assert url in ligas(client)
    assert client.get(url).status_code == 410
    assert paginas([f"anexo:{sin_publicar.pk}", "anexo:", "anexo:x", "acta:NADA"]) == {}


def test_las_consultas_no_crecen(client: Client, reparto: Reparto) -> None:
    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            assert client.get("/registro/").status_code == 200
        return len(hechas)

    sesion = con_anexos(reparto)
    antes = consultas()
    corregida(reparto, m.Sello.objects.get(acta__sesion=sesion))
    assert consultas() == antes
