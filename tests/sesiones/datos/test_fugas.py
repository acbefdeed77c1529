"""Lo que no es público no sale en ningún conjunto, ni en Popolo, ni en la interfaz."""

import json

import pytest
from django.test import Client

from sesiones import models as m
from sesiones.datos import popolo
from stl_portal.datos.formas import en_csv, en_json
from stl_portal.datos.registro import CONJUNTOS
from tests import fabricas
from tests.datos.api.lector import paginas
from tests.personas import Reparto
from tests.sesiones.datos.mundo import (
    SECRETOS,
    SESIONES,
    concluida,
    dar_seguimiento,
    publicar_acta,
)
from tests.vida.archivadas import archivada

TELEFONO = "449 555 0147"


def todo_lo_publicado(client: Client) -> str:
    """Los conjuntos como CSV, como JSON y por la interfaz, y el archivo Popolo."""
    partes = [b"".join(popolo.trozos()).decode()]
    for clave in SESIONES:
        conjunto = CONJUNTOS[clave]
        partes += [b"".join(forma(conjunto, conjunto.todas())).decode() for forma in (en_csv, en_json)]
        partes.append(json.dumps(paginas(client, clave, limite=200), ensure_ascii=False))
    return "\n".join(partes)


def dichos(texto: str) -> list[str]:
    return [secreto for secreto in SECRETOS if secreto in texto]


def test_de_una_sesion_concluida_sale_lo_publico_y_nada_mas(client: Client, reparto: Reparto) -> None:
    todo = concluida(reparto)
    dar_seguimiento(todo.acuerdo)
    publicar_acta(todo.sesion)
    texto = todo_lo_publicado(client)
    assert dichos(texto) == []
    assert "Se difunde el plan." in texto
    assert "Lic. Fabio Nava Gil" in texto


def test_de_la_que_no_ha_concluido_no_salen_hechos(client: Client, reparto: Reparto) -> None:
    todo = concluida(reparto)
    dar_seguimiento(todo.acuerdo)
    m.Acuerdo.objects.update(texto="Acuerdo todavía reservado")
    m.Sesion.objects.filter(pk=todo.sesion.pk).update(estado="en_curso")
    texto = todo_lo_publicado(client)
    assert dichos(texto) == []
    assert "Fabio Nava Gil" not in texto  # suple solo en una sesión que no ha terminado
    assert [list(CONJUNTOS[c].todas()) for c in ("asistencias", "votaciones", "votos", "acuerdos")] == [
        []
    ] * 4
    assert len(list(CONJUNTOS["sesiones"].todas())) == 1  # y la que se prepara tampoco está


def test_la_fecha_de_una_enmienda_sin_emitir_no_se_adivina_filtrando(
    client: Client, reparto: Reparto
) -> None:
    sesion = fabricas.crear_sesion(reparto)
    fabricas.avisar(sesion)
    m.Sesion.objects.filter(pk=sesion.pk).update(fecha="2027-05-05")
    assert [len(pagina) for pagina in paginas(client, "sesiones", anio=2027)] == [0]
    assert [len(pagina) for pagina in paginas(client, "sesiones", desde="2027-01-01")] == [0]
    assert [len(pagina) for pagina in paginas(client, "sesiones", anio=2026)] == [1]


def test_el_estado_que_aun_no_se_dice_tampoco_se_adivina_filtrando(client: Client, reparto: Reparto) -> None:
    todo = concluida(reparto)
    dar_seguimiento(todo.acuerdo)
    cuantos = {e: len(paginas(client, "acuerdos", estado=e)[0]) for e in ("cumplido", "sin_efecto")}
    assert cuantos == {"cumplido": 1, "sin_efecto": 0}


@pytest.fixture
def testada(reparto: Reparto) -> m.Sesion:
    """Con un teléfono y el nombre de quien votó testados en su acta publicada, y escritos en todas partes."""
    sello = archivada(reparto)
    sesion = sello.acta.sesion
    punto = sesion.puntos.earliest("pk")
    escrito = {"lugar": f"Tel. {TELEFONO}", "objetivo": f"Llamar al {TELEFONO}", "domicilio": TELEFONO}
    m.Sesion.objects.filter(pk=sesion.pk).update(**escrito, designacion=f"Sesión del {TELEFONO}")
    m.Quorum.objects.filter(sesion=sesion).update(frase=f"Hay quórum, dijo el {TELEFONO}")
    m.Punto.objects.filter(sesion=sesion).update(titulo=f"Atender al {TELEFONO}")
    acuerdo = m.Acuerdo.objects.create(
        sesion=sesion, punto=punto, numero=1, texto=f"Llamar al {TELEFONO}", responsable=TELEFONO
    )
    acuerdo.plazos.create(punto=punto, concepto="Uno", literal=f"al llamar al {TELEFONO}")
    acuerdo.seguimientos.create(estado="cumplido", nota=f"Contestó el {TELEFONO}", fecha=sesion.fecha)
    _votar(reparto, sesion, punto, acuerdo)
    sesion.asistencias.update(cargo=f"Atiende el {TELEFONO}", institucion=f"Oficina {TELEFONO}")
    for texto in (TELEFONO, "C. Darío Vega Cruz"):
        m.Testado.objects.create(sello=sello, texto=texto, motivo="Dato personal", fundamento="Artículo 3")
    return sesion


def _votar(reparto: Reparto, sesion: m.Sesion, punto: m.Punto, acuerdo: m.Acuerdo) -> None:
    """Una votación nominal con los nombres congelados, escrita como la deja el dominio."""
    quienes = list(sesion.asistencias.filter(asiento__tiene_voto=True).select_related("asiento"))
    padron = [
        {"asiento": q.asiento_id, "nombre": q.formal, "institucion": f"Oficina {TELEFONO}"} for q in quienes
    ]
    votacion = m.Votacion.objects.create(
        punto=punto,
        acuerdo=acuerdo,
        asunto=f"Llamar al {TELEFONO}",
        frase=f"aprobado, dijo el {TELEFONO}",
        forma="nominal",
        a_favor=len(quienes),
        padron=padron,
        aprobada=True,
        unanime=True,
        registrada_el="2026-03-18T16:00:00Z",
    )
    m.Voto.objects.bulk_create(
        m.Voto(votacion=votacion, asiento=quien.asiento, asistencia=quien, sentido="a_favor")
        for quien in quienes
        if quien.asiento
    )


def test_lo_testado_no_sale_en_ninguna_parte(client: Client, testada: m.Sesion) -> None:
    texto = todo_lo_publicado(client)
    assert TELEFONO not in texto
    assert "Llamar al [testado 1]" in texto


def test_de_quien_se_testo_su_nombre_no_queda_ni_su_identificador(
    reparto: Reparto, testada: m.Sesion
) -> None:
    suya = f"persona-{reparto.personas['civil'].pk}"
    for clave in ("asistencias", "votos"):
        conjunto = CONJUNTOS[clave]
        de_personas = [dict(zip(conjunto.nombres, fila, strict=True)) for fila in conjunto.todas()]
        assert suya not in [fila["persona_id"] for fila in de_personas]
        assert [f["persona"] for f in de_personas].count("[testado 2]") == 1
    votos = [v for e in json.loads(b"".join(popolo.trozos()))["vote_events"] for v in e["votes"]]
    assert len(votos) == 4
    assert [v.get("voter_id") for v in votos].count(None) == 1
    assert suya not in [v.get("voter_id") for v in votos]
