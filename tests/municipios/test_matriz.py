"""Las páginas donde se captura: la matriz sin JavaScript, la casilla, sus registros y quién ve qué."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from municipios.cortes.publicar import publicar
from municipios.espacios import de_quien_informa, por_informar
from municipios.models import Anotacion, Etapa, Municipio
from stl_portal.archivo.permisos import puede_abrir
from stl_portal.publico import registro
from stl_portal.publico.registro import Hecho
from tests.archivo.muestras import pdf
from tests.municipios.fabricas import LEON, anotar, crear_corte, crear_etapas, crear_municipal
from tests.personas import DIA, Reparto

MATRIZ = "/gestion/municipios/prueba/"
CASILLA = f"{MATRIZ}{LEON}/instalacion/"
SUELTA = {"headers": {"X-Autoguardado": "1"}}


def control(etapa: Etapa, municipio: str = LEON, letra: str = "c") -> str:
    return f"{letra}-{municipio}-{etapa.pk}"


def envio(etapas: list[Etapa], elegidas: dict[str, str], **extras: str) -> dict[str, str]:
    """La forma completa tal como el navegador la manda, con lo elegido por nombre de control."""
    hoy = timezone.localdate().isoformat()
    todo = {
        control(e, m.pk): str(e.situaciones.get(clave="sin_informacion").pk)
        for e in etapas
        for m in Municipio.objects.filter(pk__in=(LEON, "11037"))
    }
    return todo | {"fecha": hoy, "visto": ""} | elegidas | extras


def de(etapa: Etapa, clave: str) -> str:
    return str(etapa.situaciones.get(clave=clave).pk)


def test_se_guarda_solo_lo_que_cambio(facilitadora: Client, etapas: list[Etapa]) -> None:
    respuesta = facilitadora.post(MATRIZ, envio(etapas, {control(etapas[0]): de(etapas[0], "cumplido")}))
    assert respuesta.status_code == 302
    fila = Anotacion.objects.get()
    assert (fila.municipio_id, fila.etapa, fila.fecha) == (LEON, etapas[0], timezone.localdate())
    assert "Se guardó un cambio." in facilitadora.get(respuesta["Location"]).text


def test_si_algo_falta_nada_se_guarda_y_nada_se_pierde(facilitadora: Client, etapas: list[Etapa]) -> None:
    vista = anotar(etapas[0], LEON, "cumplido")
    elegidas = {
        control(etapas[0]): de(etapas[0], "en_proceso"),
        control(etapas[1], "11037"): de(etapas[1], "no_iniciado"),
    }
    visto = f"{LEON}-{etapas[0].pk}:{vista.pk}"
    pagina = facilitadora.post(MATRIZ, envio(etapas, elegidas, visto=visto))
    assert pagina.status_code == 422
    assert f'<a href="#{control(etapas[0])}">León, Convocatoria: Retrocede: di por qué.</a>' in pagina.text
    assert f'name="{control(etapas[0], letra="m")}"' in pagina.text
    for valor in elegidas.values():
        assert html.fromstring(pagina.text).xpath(f"//option[@value='{valor}'][@selected]")
    assert Anotacion.objects.count() == 1
    con_motivo = elegidas | {control(etapas[0], letra="m"): "Renunció el comité"}
    assert facilitadora.post(MATRIZ, envio(etapas, con_motivo, visto=visto)).status_code == 302
    assert Anotacion.objects.filter(motivo="Renunció el comité").exists()
    assert Anotacion.objects.count() == 3


def test_lo_que_otra_persona_anoto_se_muestra_junto_a_lo_mio(
    facilitadora: Client, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], LEON, "no_iniciado")
    elegida = {control(etapas[0]): de(etapas[0], "cumplido")}
    pagina = facilitadora.post(MATRIZ, envio(etapas, elegida))
    assert pagina.status_code == 409
    assert "Otra persona anotó «No iniciado» mientras tanto. Tú elegiste «Cumplido»" in pagina.text
    assert pagina.context["tablero"].visto in pagina.text
    otra_vez = envio(etapas, elegida, visto=pagina.context["tablero"].visto)
    assert facilitadora.post(MATRIZ, otra_vez).status_code == 302
    assert Anotacion.objects.count() == 2


def test_un_valor_de_otra_etapa_se_rechaza(facilitadora: Client, etapas: list[Etapa]) -> None:
    pagina = facilitadora.post(MATRIZ, envio(etapas, {control(etapas[0]): de(etapas[1], "cumplido")}))
    assert pagina.status_code == 422
    assert "Esa situación no es de la etapa." in pagina.text


@pytest.mark.parametrize("basura", ["x", "-1", "9" * 40, "\x00"])
def test_la_basura_no_tumba_la_matriz(facilitadora: Client, etapas: list[Etapa], basura: str) -> None:
    datos = envio(etapas, {control(etapas[0]): basura}, visto=f"{basura}:x x:{basura}", fecha=basura)
    assert facilitadora.post(MATRIZ, datos).status_code == 422
    assert facilitadora.get(MATRIZ, {"al": basura}).status_code == 422


def test_los_totales_suman_los_46(facilitadora: Client, etapas: list[Etapa]) -> None:
    anotar(etapas[0], LEON, "cumplido")
    tablero = facilitadora.get(MATRIZ).context["tablero"]
    assert [suma for _, _, suma, _ in tablero.totales] == [46, 46]
    assert {s.clave: n for s, n in tablero.totales[0][1]} == {
        "sin_informacion": 45,
        "no_iniciado": 0,
        "en_proceso": 0,
        "cumplido": 1,
    }


def test_se_ve_lo_que_constaba_otro_dia(facilitadora: Client, etapas: list[Etapa]) -> None:
    anotar(etapas[0], LEON, "en_proceso")
    antes = facilitadora.get(MATRIZ, {"al": (DIA - dt.timedelta(days=1)).isoformat()})
    assert "Estás viendo lo que constaba al 17 de marzo de 2026" in antes.text
    assert antes.context["tablero"].visto == ""


def test_un_dia_que_no_llega_se_dice(facilitadora: Client, etapas: list[Etapa]) -> None:
    futuro = facilitadora.get(MATRIZ, {"al": "2199-01-01"})
    assert (futuro.status_code, futuro.context["al"]) == (422, timezone.localdate())
    assert "Esa fecha todavía no llega" in futuro.text
    raro = facilitadora.get(MATRIZ, {"al": "ayer"})
    assert (raro.status_code, "Esa fecha no se entiende" in raro.text) == (422, True)
    hoy = facilitadora.get(MATRIZ, {"al": timezone.localdate().isoformat()})
    assert (hoy.status_code, "todavía no llega" in hoy.text) == (200, False)


def test_los_renglones_van_por_nombre(facilitadora: Client, etapas: list[Etapa]) -> None:
    nombres = [str(r.municipio) for r in facilitadora.get(MATRIZ).context["renglones"]]
    assert len(nombres) == 46
    assert nombres.index("San Miguel de Allende") == nombres.index("San Luis de la Paz") + 1
    assert nombres.index("Acámbaro") == nombres.index("Abasolo") + 1


def test_lo_derivado_lo_dice_y_si_difiere_se_ven_las_dos(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa], monkeypatch: pytest.MonkeyPatch
) -> None:
    leon = crear_municipal(reparto.organo)
    Etapa.objects.filter(pk=etapas[1].pk).update(hecho="instalacion")
    hecho = Hecho(leon.organo.pk, "instalacion", DIA, "Se publicó su acta", "/sesiones/leon/")
    monkeypatch.setattr(registro, "HECHOS", [lambda organos, al: [hecho]])
    pagina = facilitadora.get(MATRIZ).text
    assert "Se deriva: «Cumplido»." in pagina
    assert '<a href="/sesiones/leon/">Se publicó su acta</a>' in pagina
    assert '<option value="">Cumplido (se deriva)</option>' in pagina
    anotar(etapas[1], LEON, "en_proceso")
    pagina = facilitadora.get(MATRIZ).text
    assert "Se capturó «En proceso» y se deriva «Cumplido». Vale «Cumplido»." in pagina
    celda = html.fromstring(pagina).xpath(f"//select[@id='{control(etapas[1])}']/ancestor::td")[0]
    assert celda.xpath(".//@data-dicho") == ["Cumplido"]
    assert celda.xpath(".//option[@selected]/text()") == ["En proceso"]
    assert "Se capturó «En proceso»; vale «Cumplido»" in celda.text_content()
    assert "Lo capturado dice «En proceso»" in facilitadora.get(CASILLA).text


def test_el_enlace_municipal_solo_ve_su_renglon(
    client: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    leon = crear_municipal(reparto.organo)
    client.force_login(leon.cuentas["facilitadora"])
    pagina = client.get(MATRIZ)
    assert [r.municipio.pk for r in pagina.context["renglones"]] == [LEON]
    assert "Salamanca" not in pagina.text
    assert "data-totales" not in pagina.text
    assert client.get(CASILLA).status_code == 200
    assert client.get(CASILLA.replace(LEON, "11027")).status_code == 404
    ajena = {control(etapas[0], "11037"): de(etapas[0], "cumplido")}
    client.post(MATRIZ, envio(etapas, ajena))
    assert not Anotacion.objects.exists()


def test_la_casilla_guarda_nota_prueba_y_liga_y_conserva_lo_deshecho(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    datos = {
        "situacion": de(etapas[1], "cumplido"),
        "fecha": DIA.isoformat(),
        "nota": "Con acta firmada",
        "liga": "https://leon.gob.mx/acta",
        "prueba": SimpleUploadedFile("acta.pdf", pdf(), "application/pdf"),
        "version": "0",
    }
    assert facilitadora.post(CASILLA, datos).status_code == 302
    fila = Anotacion.objects.get()
    assert fila.prueba is not None
    assert puede_abrir(reparto.cuentas["facilitadora"], fila.prueba)
    assert not puede_abrir(reparto.cuentas["extrana"], fila.prueba)
    pagina = facilitadora.get(CASILLA).text
    for dicho in ("Con acta firmada", "https://leon.gob.mx/acta", "Facilitadora de Prueba", "Deshacer esta"):
        assert dicho in pagina
    assert facilitadora.post(f"{CASILLA}deshacer/{fila.pk}/").status_code == 302
    pagina = facilitadora.get(CASILLA).text
    assert "La deshizo Facilitadora de Prueba" in pagina
    assert "<s>Cumplido</s>" in pagina


def test_la_prueba_es_publica_solo_cuando_un_corte_la_publica(
    facilitadora: Client, reparto: Reparto, etapas: list[Etapa]
) -> None:
    prueba = SimpleUploadedFile("acta.pdf", pdf(), "application/pdf")
    datos = {"situacion": de(etapas[1], "cumplido"), "fecha": DIA.isoformat(), "prueba": prueba}
    facilitadora.post(CASILLA, datos)
    archivo = Anotacion.objects.get().prueba
    assert archivo is not None
    assert not puede_abrir(reparto.cuentas["extrana"], archivo)
    publicar(crear_corte(reparto.organo), reparto.cuentas["facilitadora"], timezone.now())
    assert puede_abrir(reparto.cuentas["extrana"], archivo)


@pytest.mark.parametrize(
    ("mal", "frase"),
    [
        ({"liga": "http://leon.gob.mx/"}, "La dirección debe empezar con https://."),
        ({"fecha": "2199-01-01"}, "La fecha todavía no llega."),
        ({"situacion": "0"}, "Elige una de las opciones"),
    ],
)
def test_lo_que_no_procede_en_la_casilla_se_dice_y_se_conserva(
    facilitadora: Client, etapas: list[Etapa], mal: dict[str, str], frase: str
) -> None:
    datos = {"situacion": de(etapas[1], "cumplido"), "fecha": DIA.isoformat(), "nota": "No te pierdas"} | mal
    pagina = facilitadora.post(CASILLA, datos)
    assert pagina.status_code == 422
    assert frase in pagina.text
    assert "No te pierdas" in pagina.text
    assert not Anotacion.objects.exists()


def test_la_matriz_recibe_la_casilla_y_los_totales_sin_recargar(
    facilitadora: Client, etapas: list[Etapa]
) -> None:
    hoy = timezone.localdate().isoformat()
    datos = {"situacion": de(etapas[1], "cumplido"), "fecha": hoy, "al": hoy, "version": "0"}
    hecho = facilitadora.post(CASILLA, datos, **SUELTA).json()  # type: ignore[arg-type]
    assert hecho["version"] == hecho["anotacion"] == Anotacion.objects.get().pk
    assert "avance--cumplido" in hecho["casilla"]
    assert "Suman <b>46</b>" in hecho["totales"]
    baja = datos | {"situacion": de(etapas[1], "en_proceso"), "version": str(hecho["version"])}
    rechazo = facilitadora.post(CASILLA, baja, **SUELTA)  # type: ignore[arg-type]
    assert (rechazo.status_code, rechazo.json()["campo"]) == (422, "motivo")
    choque = facilitadora.post(CASILLA, baja | {"version": "0"}, **SUELTA)  # type: ignore[arg-type]
    assert (choque.status_code, choque.json()["dijo"]) == (409, "Cumplido")
    assert choque.json()["quien"] == "Tu otra ventana"


def test_mi_portal_lleva_a_cada_quien_a_lo_suyo(reparto: Reparto, etapas: list[Etapa]) -> None:
    leon = crear_municipal(reparto.organo)
    quien_sigue, enlace = reparto.cuentas["facilitadora"], leon.cuentas["facilitadora"]
    assert [e.nombre for e in de_quien_informa(quien_sigue, DIA)] == [
        "Avance de los municipios: Secretariado"
    ]
    assert [e.nombre for e in de_quien_informa(enlace, DIA)] == ["Avance de León"]
    assert list(de_quien_informa(reparto.cuentas["extrana"], DIA)) == []
    assert list(por_informar(quien_sigue, DIA)) == []
    anotar(etapas[0], LEON, "cumplido")
    assert [p.detalle for p in por_informar(enlace, DIA)] == ["Sin información: Instalacion"]
    anotar(etapas[1], LEON, "no_iniciado")
    assert list(por_informar(enlace, DIA)) == []


@pytest.mark.parametrize(("municipios", "veces"), [(1, 1), (46, 5)])
def test_las_consultas_no_crecen_con_lo_anotado(
    facilitadora: Client,
    etapas: list[Etapa],
    municipios: int,
    veces: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for municipio in Municipio.objects.all()[:municipios]:
        for _ in range(veces):
            anotar(etapas[0], municipio.pk, "en_proceso")
    with django_assert_num_queries(15):
        facilitadora.get(MATRIZ)
    with django_assert_num_queries(24):
        facilitadora.get(f"{MATRIZ}11001/convocatoria/")


@pytest.mark.parametrize(
    "direccion",
    [
        "/gestion/municipios/stm-leon/",
        f"/gestion/municipios/stm-leon/{LEON}/instalacion/",
        "/gestion/municipios/stm-leon/pegar/",
        "/gestion/municipios/stm-leon/avance.csv",
        "/gestion/municipios/cortes/stm-leon/",
        "/gestion/municipios/cortes/stm-leon/nuevo/",
        "/mesa/stm-leon/registros/etapas/",
        "/mesa/stm-leon/registros/etapas/nuevo/",
        "/mesa/stm-leon/registros/situaciones/",
    ],
)
def test_un_organo_municipal_no_sigue_a_los_46(client: Client, reparto: Reparto, direccion: str) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    crear_etapas(reparto.organo)
    assert client.get(direccion.replace("stm-leon", "prueba")).status_code == 200
    municipal = crear_municipal(reparto.organo)
    crear_etapas(municipal.organo)
    client.force_login(municipal.cuentas["facilitadora"])
    assert client.get(direccion).status_code == 404


def test_la_casa_de_un_organo_municipal_no_ofrece_sus_etapas(client: Client, reparto: Reparto) -> None:
    client.force_login(crear_municipal(reparto.organo).cuentas["facilitadora"])
    casa = client.get("/mesa/stm-leon/").content.decode()
    assert "/mesa/stm-leon/registros/capacitaciones/" in casa
    assert "/mesa/stm-leon/registros/etapas/" not in casa
    client.force_login(reparto.cuentas["facilitadora"])
    assert "/mesa/prueba/registros/etapas/" in client.get("/mesa/prueba/").content.decode()
