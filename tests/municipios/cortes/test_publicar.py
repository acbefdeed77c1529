"""Publicar un corte municipal: qué se sella, qué lo impide, qué queda en el registro y quién se entera."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from municipios.captura import anotar as captura
from municipios.cortes import preparar, presentados, publicar, reconocer
from municipios.cortes.preparar import Como, DeEtapa
from municipios.cuadro import tomar
from municipios.documento import leer
from municipios.models import (
    Anotacion,
    CorteMunicipal,
    CorteMunicipalPublicado,
    Etapa,
    Municipio,
)
from sesiones.models import Sesion
from stl_portal.archivo import almacen, vitrina
from stl_portal.avisos.models import Aviso, Suscripcion
from stl_portal.publico import registro
from stl_portal.sello.canonico import canonico
from stl_portal.sello.models import Eslabon
from stl_portal.sello.registro import paginas
from stl_portal.transiciones import TransicionInvalida
from tests.archivo.muestras import pdf
from tests.fabricas import crear_en_curso
from tests.municipios.cortes.conftest import AHORA
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.personas import DIA, Reparto, crear_reparto
from tests.vida.publicas import TELEFONO, lo_dice, marcada


def test_se_sella_lo_anotado_y_de_lo_que_solo_hay_total_no_se_inventa_el_desglose(
    publicado: CorteMunicipalPublicado,
) -> None:
    leido = leer(publicado.documento)
    convocatoria, instalacion = leido.etapas
    assert [s.municipios for s in convocatoria.situaciones] == [45, 0, 1, 0]
    assert [s.municipios for s in instalacion.situaciones] == [44, 0, 0, 2]
    assert (convocatoria.solo_total, instalacion.solo_total) == (False, True)
    assert leido.casillas[LEON, "convocatoria"]["situacion"] == "en_proceso"
    assert {etapa for _, etapa in leido.casillas} == {"convocatoria"}
    assert len(leido.nombres) == leido.municipios == 46


def test_los_bytes_son_canonicos_y_quedan_en_el_registro(publicado: CorteMunicipalPublicado) -> None:
    assert canonico(json.loads(bytes(publicado.documento))) == bytes(publicado.documento)
    eslabon = Eslabon.objects.get(n=publicado.eslabon)
    anotado = json.loads(eslabon.payload)
    assert (anotado["tipo"], anotado["objeto"]) == ("corte-municipal-publicado", "corte-municipal:prueba/1")
    assert anotado["datos"]["huella"] == publicado.huella
    assert list(publicar.fallas()) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        CorteMunicipalPublicado.objects.update(huella="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic():
        CorteMunicipalPublicado.objects.all().delete()


def test_publicarlo_otra_vez_no_se_puede(publicado: CorteMunicipalPublicado) -> None:
    with pytest.raises(TransicionInvalida):
        publicar.publicar(publicado.corte, None, AHORA)


def frases(corte: CorteMunicipal) -> list[str]:
    """Lo que impide publicarlo; y nada quedó publicado."""
    with pytest.raises(ValidationError) as rechazo:
        publicar.publicar(corte, None, AHORA)
    corte.refresh_from_db()
    assert (corte.estado, CorteMunicipalPublicado.objects.exists()) == ("borrador", False)
    return list(rechazo.value.messages)


@pytest.mark.parametrize(
    ("cuantos", "frase"),
    [
        (1, "Instalacion: suma 45 y son 46: falta 1."),
        (0, "Instalacion: suma 44 y son 46: faltan 2."),
        (3, "Instalacion: suma 47 y son 46: sobra 1."),
    ],
)
def test_lo_que_no_suma_no_se_publica(solo_total: CorteMunicipal, cuantos: int, frase: str) -> None:
    solo_total.totales.filter(situacion__clave="cumplido").update(cantidad=cuantos)
    assert frases(solo_total) == [frase]


def test_sin_etapas_o_antes_de_su_fecha_no_se_publica(corte: CorteMunicipal, etapas: list[Etapa]) -> None:
    CorteMunicipal.objects.update(fecha=dt.date(2026, 4, 2))
    preparar.guardar_etapas(corte, corte.version, {e.pk: DeEtapa(Como.FUERA) for e in etapas}, None)
    assert frases(corte) == [
        "La fecha del corte todavía no llega.",
        "No dice nada de ninguna etapa: incluye al menos una.",
    ]


def test_lo_que_queda_fuera_no_se_menciona(corte: CorteMunicipal, etapas: list[Etapa]) -> None:
    preparar.guardar_etapas(corte, corte.version, {etapas[1].pk: DeEtapa(Como.FUERA)}, None)
    publicado = publicar.publicar(corte, None, AHORA)
    assert [e.clave for e in leer(publicado.documento).etapas] == ["convocatoria"]
    assert b"instalacion" not in bytes(publicado.documento)


@pytest.fixture
def sesion(corte: CorteMunicipal, reparto: Reparto) -> Sesion:
    """Donde se presenta el corte, ya pública."""
    sesion = crear_en_curso(reparto)
    punto = sesion.puntos.create(titulo="Informe de Ana Solís y los municipios")
    CorteMunicipal.objects.filter(pk=corte.pk).update(punto=punto)
    return sesion


def test_dice_en_que_sesion_publica_se_presento(corte: CorteMunicipal, sesion: Sesion) -> None:
    assert sesion.publica
    presentado = leer(publicar.publicar(corte, None, AHORA).documento).presentado_en
    dicho = f"{sesion}, Informe de Ana Solís y los municipios"
    assert presentado == {"texto": dicho, "url": sesion.get_absolute_url()}


def test_no_sella_el_titulo_de_una_sesion_que_no_es_publica(corte: CorteMunicipal, sesion: Sesion) -> None:
    Sesion.objects.filter(pk=sesion.pk).update(estado="programada")
    publicado = publicar.publicar(corte, None, AHORA)
    assert leer(publicado.documento).presentado_en is None
    assert "Ana Solís" not in bytes(publicado.documento).decode()


def test_del_punto_solo_sella_lo_que_se_lee_en_publico(corte: CorteMunicipal, reparto: Reparto) -> None:
    sesion = marcada(reparto).acta.sesion
    punto = sesion.puntos.get(titulo__contains=TELEFONO)
    CorteMunicipal.objects.filter(pk=corte.pk).update(punto=punto, fecha=sesion.fecha)
    publicado = publicar.publicar(corte, None, AHORA)
    presentado = leer(publicado.documento).presentado_en
    assert presentado is not None
    assert presentado["texto"].startswith(f"{sesion}, Atender a quien llama del ")
    assert not lo_dice(bytes(publicado.documento))


def test_la_pagina_de_la_sesion_enlaza_los_cortes_que_presento(
    solo_total: CorteMunicipal, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    punto = crear_en_curso(reparto).puntos.create(titulo="Informe de los municipios")
    CorteMunicipal.objects.filter(pk=solo_total.pk).update(punto=punto)
    assert presentados.de_puntos([punto.pk]) == {}  # en preparación no es público
    publicado = publicar.publicar(solo_total, None, AHORA)
    (ligado,) = presentados.de_puntos([punto.pk])[punto.pk]
    assert (ligado.texto, ligado.url) == (
        "Corte de marzo: el avance de los municipios",
        publicado.corte.get_absolute_url(),
    )
    publicar.publicar(preparar.corregir(publicado.corte, "Faltaba la nota."), None, AHORA)
    with django_assert_num_queries(1):
        (ligado,) = presentados.de_puntos([punto.pk])[punto.pk]
    assert ligado.texto.startswith("Corte de marzo (corrección): ")
    assert presentados.de_puntos in registro.DE_PUNTOS


@pytest.mark.parametrize("dias", [-1, 0, 1])
def test_una_sesion_no_presenta_un_corte_de_despues(
    corte: CorteMunicipal, reparto: Reparto, dias: int
) -> None:
    sesion = crear_en_curso(reparto)
    CorteMunicipal.objects.filter(pk=corte.pk).update(
        punto=sesion.puntos.create(titulo="Informe"), fecha=sesion.fecha - dt.timedelta(days=dias)
    )
    corte.refresh_from_db()
    lo_impide = [
        p.frase for p in publicar.pendientes(corte, tomar(corte.organo, corte.fecha), corte.fecha) if p.impide
    ]
    if dias < 0:
        (frase,) = lo_impide
        assert frase.startswith(f"Dice que se presentó en la {sesion.designacion}, del ")
    else:
        assert lo_impide == []


def test_decir_la_sesion_y_la_fuente_solo_conviene(corte: CorteMunicipal) -> None:
    corte.fuente = ""
    faltan = list(publicar.pendientes(corte, tomar(corte.organo, corte.fecha), corte.fecha))
    assert [(p.frase, p.impide) for p in faltan] == [
        ("Conviene revisar Convocatoria: 45 de 46 sin información.", False),
        ("Conviene revisar Instalacion: 46 de 46 sin información.", False),
        ("Conviene decir de dónde se tomó.", False),
        ("Conviene decir en qué sesión se presentó.", False),
    ]


def test_la_correccion_dice_a_cual_y_el_corregido_deja_de_regir(publicado: CorteMunicipalPublicado) -> None:
    nueva = preparar.corregir(publicado.corte, "Eran tres instalados.")
    assert (nueva.nombre, nueva.numero) == ("Corte de marzo (corrección)", 2)
    nueva.totales.filter(situacion__clave="cumplido").update(cantidad=3)
    nueva.totales.filter(situacion__clave="sin_informacion").update(cantidad=43)
    correccion = publicar.publicar(nueva, None, AHORA)
    leido = leer(correccion.documento)
    assert leido.corrige == {"numero": 1, "huella": publicado.huella, "que": "Eran tres instalados."}
    assert [c.numero for c in CorteMunicipal.objects.vigentes()] == [2]
    conocido = reconocer.corte(publicado.huella)
    assert conocido is not None
    assert (conocido.tono, conocido.eslabon) == ("alerta", publicado.eslabon)


def test_la_correccion_dice_las_mismas_etapas_aunque_hoy_haya_mas(
    publicado: CorteMunicipalPublicado, etapas: list[Etapa]
) -> None:
    nueva_etapa = crear_etapas(publicado.corte.organo, "capacitacion")[0]
    corte = preparar.corregir(publicado.corte, "Falta una nota.")
    assert preparar.lo_dicho(corte)[nueva_etapa.pk].como == Como.FUERA
    dicho = leer(publicar.publicar(corte, None, AHORA).documento).etapas
    assert dicho == leer(publicado.documento).etapas


def test_la_prueba_que_solo_decia_el_corregido_deja_de_entregarse(
    corte: CorteMunicipal,
    etapas: list[Etapa],
    settings: Settings,
    django_capture_on_commit_callbacks: object,
) -> None:
    settings.ENTREGA_INTERNA = "/interno/"
    quitada, queda = (almacen.guardar_propio(pdf(paginas=n), f"{n}.pdf") for n in (1, 2))
    anotar(etapas[1], LEON, "cumplido", prueba=quitada)
    anotar(etapas[1], "11037", "cumplido", prueba=queda)
    publicado = publicar.publicar(corte, None, AHORA)
    for archivo in (quitada, queda):
        vitrina.exponer(archivo)
    ligas = almacen.raiz() / vitrina.PUBLICOS
    assert len(list(ligas.iterdir())) == 2
    anotar(etapas[1], LEON, "en_proceso", motivo="No era suya")
    publicar.publicar(preparar.corregir(publicado.corte, "La prueba era de otro."), None, AHORA)
    assert [liga.name.partition("-")[0] for liga in ligas.iterdir()] == [queda.huella]
    assert (vitrina.es_publico(quitada), vitrina.es_publico(queda)) == (False, True)


def test_el_momento_de_publicar_y_de_anotar_se_toma_ya_en_el_turno(
    corte: CorteMunicipal, etapas: list[Etapa], reparto: Reparto, monkeypatch: pytest.MonkeyPatch
) -> None:
    en_turno: list[dt.datetime] = []
    for donde in (publicar, captura):
        monkeypatch.setattr(donde, "esperar_turno", lambda organo: en_turno.append(timezone.now()))
    cambio = captura.Cambio(
        Municipio.objects.get(pk=LEON), etapas[1], etapas[1].situaciones.get(clave="cumplido"), DIA
    )
    (anotada,) = captura.varias(reparto.cuentas["facilitadora"], reparto.organo, [cambio])
    publicado = publicar.publicar(corte, None)
    assert en_turno[0] <= anotada.cuando <= en_turno[1] <= publicado.publicado_el
    assert publicar.en_un_corte(anotada)


def test_se_reconoce_por_su_huella_y_el_registro_lleva_a_su_pagina(
    publicado: CorteMunicipalPublicado, reparto: Reparto
) -> None:
    conocido = reconocer.corte(publicado.huella)
    assert conocido is not None
    assert (conocido.tono, conocido.url) == ("exito", publicado.corte.get_absolute_url())
    assert reconocer.corte("0" * 64) is None
    preparar.abrir(reparto.organo, nombre="Borrador", fecha=DIA)
    de_los_objetos = paginas(
        ["corte-municipal:prueba/1", "corte-municipal:prueba/2", "corte-municipal:otro/1"]
    )
    assert de_los_objetos == {"corte-municipal:prueba/1": publicado.corte.get_absolute_url()}


def test_quien_lo_sigue_recibe_un_correo(solo_total: CorteMunicipal) -> None:
    Suscripcion.objects.create(
        correo="sigue@prueba.example",
        tema="municipios:prueba",
        clave="a",
        pedida_el=AHORA,
        confirmada_el=AHORA,
    )
    Suscripcion.objects.create(
        correo="otra@prueba.example", tema="municipios:otro", clave="b", pedida_el=AHORA, confirmada_el=AHORA
    )
    publicado = publicar.publicar(solo_total, None, AHORA)
    aviso = Aviso.objects.get()
    assert (aviso.para, aviso.asunto) == (
        "sigue@prueba.example",
        "Corte publicado: Corte de marzo · Secretariado",
    )
    assert publicado.huella in aviso.cuerpo
    assert publicado.corte.get_absolute_url() in aviso.cuerpo


# --- Lo que un corte publicado dijo ya no se deshace ---


def test_lo_que_dijo_un_corte_publicado_esta_en_el(corte: CorteMunicipal) -> None:
    anotacion = Anotacion.objects.select_related("etapa").get()
    assert not publicar.en_un_corte(anotacion)
    publicar.publicar(corte, None, AHORA)
    assert publicar.en_un_corte(anotacion)


def test_lo_posterior_lo_anotado_despues_y_lo_de_otro_organo_no_estan(
    corte: CorteMunicipal, etapas: list[Etapa]
) -> None:
    publicar.publicar(corte, None, AHORA)
    ajena = crear_etapas(crear_reparto("otro").organo)[0]
    antes, despues = AHORA - dt.timedelta(days=1), AHORA + dt.timedelta(days=1)
    sueltas = [
        anotar(etapas[0], LEON, "cumplido", DIA + dt.timedelta(days=1), cuando=antes),
        anotar(etapas[0], LEON, "cumplido", DIA, cuando=despues),
        anotar(ajena, LEON, "cumplido", DIA, cuando=antes),
    ]
    assert [publicar.en_un_corte(a) for a in sueltas] == [False, False, False]


@pytest.mark.parametrize("como", [Como.TOTAL, Como.FUERA])
def test_lo_de_una_etapa_sin_desglose_no_esta_en_el_corte(
    corte: CorteMunicipal, etapas: list[Etapa], como: Como
) -> None:
    nada = etapas[0].situaciones.get(clave="sin_informacion")
    cifras = {nada.pk: 46} if como == Como.TOTAL else {}
    preparar.guardar_etapas(corte, corte.version, {etapas[0].pk: DeEtapa(como, cifras)}, None)
    publicar.publicar(corte, None, AHORA)
    assert not publicar.en_un_corte(Anotacion.objects.select_related("etapa").get())
