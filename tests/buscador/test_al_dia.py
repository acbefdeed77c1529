"""Después de cada acto que publica, testa, corrige o retira, el índice dice lo que daría rehacerlo entero.

Y nada de lo que todavía no es público se encuentra, ni se guarda en él.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from ejes.cortes import publicar as cortes_del_plan
from ejes.models import Accion, Compromiso, Corte, Eje, Plan
from municipios.models import Evento, Municipio
from sesiones import anexos, testados
from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.buscador.models import Hallable
from stl_portal.participacion import atender
from tests import fabricas
from tests.anexos.conftest import con_anexos, subir
from tests.archivo.hostiles import sencillo
from tests.buscador.halla import al_dia, claves, todo_lo_indexado
from tests.ejes.entregas import SECRETO, crear_entrega, validar
from tests.ejes.entregas import publicar as publicar_reporte
from tests.ejes.fabricas import crear_plan
from tests.municipios.fabricas import crear_etapas
from tests.municipios.informes import llenar
from tests.municipios.publicados import publicar_corte
from tests.participacion.fabricas import confirmada, objeto_de
from tests.personas import DIA, Reparto
from tests.vida.archivadas import archivada, corregida
from tests.vida.conftest import JUEVES
from tests.vida.publicas import MARCA, TELEFONO, lo_dice, publicada_testada

pytestmark = pytest.mark.django_db
CLASE = "informe-municipal"


def convocada(reparto: Reparto, **cambios: object) -> m.Sesion:
    """Con su convocatoria escrita, por el verbo del modelo y sin componer el PDF."""
    sesion = fabricas.crear_sesion(reparto, **cambios)
    fabricas.crear_punto(sesion, "Presentar el padrón")
    fabricas.avisar(sesion)
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="programada")
    sesion.refresh_from_db()
    sesion.cambiar("convocar", reparto.cuentas["facilitadora"])
    return sesion


def test_la_sesion_se_encuentra_desde_que_se_convoca_y_por_lo_que_se_aviso(reparto: Reparto) -> None:
    programada = fabricas.crear_sesion(reparto, lugar="Sede sigilosa")
    assert claves("sigilosa") == []
    sesion = convocada(reparto, fecha=DIA + dt.timedelta(days=7), lugar="Casa de la Cultura")
    suya = f"sesion:prueba/{sesion.clave}"
    assert (claves("padron"), claves('"casa de la cultura"')) == ([suya], [suya])
    # Mientras se prepara una enmienda, lo que se encuentra es lo avisado.
    sesion.corregir_datos(sesion.version, por=reparto.cuentas["facilitadora"], lugar="Teatro reservado")
    assert (claves("teatro"), claves("cultura")) == ([], [suya])
    assert al_dia()
    sesion.cancelar(reparto.cuentas["facilitadora"], motivo="Lluvia")
    assert claves("cultura") == [suya]
    assert al_dia()
    assert programada.clave not in todo_lo_indexado().replace(sesion.clave, "")


def test_los_acuerdos_se_encuentran_al_concluir_y_dejan_de_encontrarse_al_reabrir(reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    m.Acuerdo.agregar(
        sesion.puntos.get(),
        texto="Publicar el **catálogo**",
        responsable_asiento=reparto.asientos["academia"],
    )
    assert claves("catalogo") == []
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    acuerdo = f"acuerdo:prueba/{sesion.clave}/1"
    assert claves("catalogo") == [acuerdo]
    assert acuerdo in claves("universidad")
    assert Hallable.objects.get(clave=acuerdo).texto.startswith("Publicar el catálogo Responde: Universidad")
    reparto.asientos["academia"].institucion.nombre = "Instituto Tecnológico"
    reparto.asientos["academia"].institucion.save()
    assert acuerdo in claves("tecnologico")
    assert al_dia()
    sesion.reabrir(reparto.cuentas["facilitadora"], motivo="Faltó un dato")
    assert claves("catalogo") == []
    assert al_dia()


def test_el_orden_del_dia_que_cambia_en_la_sesion_no_se_encuentra_hasta_que_concluye(
    reparto: Reparto,
) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    fabricas.crear_punto(sesion, "Punto añadido en la mesa")
    assert claves("añadido") == []
    assert al_dia()
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    assert claves("añadido") == [f"sesion:prueba/{sesion.clave}"]


def test_el_acta_se_encuentra_por_parrafo_y_su_liga_llega_a_el(client: object, reparto: Reparto) -> None:
    sello = archivada(reparto)
    acta = f"acta:prueba/{sello.acta.sesion.clave}"
    assert acta in claves("acta ordinaria")
    hallados = [clave for clave in claves('"hay quórum legal"') if clave.startswith(acta)]
    assert len(hallados) == 1
    pagina = client.get(sello.acta.sesion.get_absolute_url() + "acta/").content.decode()  # type: ignore[attr-defined]
    for fila in Hallable.objects.filter(grupo=acta).exclude(clave=acta):
        assert f'id="{fila.url.partition("#")[2]}"' in pagina, fila.clave
    assert al_dia()


def test_la_fe_de_erratas_sustituye_lo_que_se_encuentra(reparto: Reparto) -> None:
    primera = archivada(reparto)
    segunda = corregida(reparto, primera)
    assert claves('"dice 2025 y es 2026"') == []
    grupo = Hallable.objects.filter(grupo=f"acta:prueba/{segunda.acta.sesion.clave}")
    assert grupo.count() == len(set(grupo.values_list("clave", flat=True))) > 3
    assert al_dia()


def test_lo_testado_no_se_encuentra_ni_se_guarda(reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    assert lo_dice(bytes(sello.documento))  # la prueba sabe encontrarlo
    assert claves(TELEFONO) == []
    assert not lo_dice(todo_lo_indexado().encode())
    assert {c.partition(":")[0] for c in claves("se llama al")} == {"acta", "acuerdo", "sesion"}
    assert al_dia()


def test_lo_que_se_testa_despues_de_publicar_deja_de_encontrarse(reparto: Reparto) -> None:
    sello = publicada_testada(reparto)
    assert claves('"calle 1"') != []
    otra = MARCA | {"texto": "Calle 1"}
    testados.marcar(sello, reparto.cuentas["facilitadora"], JUEVES, **otra, por_que="Se vio después.")
    assert claves('"calle 1"') == []
    assert al_dia()


def test_el_anexo_se_encuentra_mientras_esta_publicado(reparto: Reparto) -> None:
    sesion = con_anexos(reparto, subir(sencillo()), subir(b"otro", "otro.txt"))
    publico, reservado = sesion.anexos.order_by("orden")
    m.Anexo.objects.filter(pk=publico.pk).update(titulo="Padrón de obras")
    m.Anexo.objects.filter(pk=reservado.pk).update(titulo="Padrón reservado")
    assert [c for c in claves("padron") if c.startswith("anexo")] == []
    anexos.publicar_completo(publico, None, timezone.now())
    assert claves("padron obras") == [f"anexo:prueba/{sesion.clave}/{publico.pk}"]
    assert claves("reservado") == []
    assert al_dia()
    anexos.retirar(publico, None, timezone.now(), "Tenía un error")
    assert claves("padron obras") == []
    assert al_dia()


def test_las_personas_se_encuentran_por_su_nombre_cargo_e_institucion_y_por_nada_mas(
    reparto: Reparto,
) -> None:
    persona = reparto.personas["poder"]
    titular = reparto.asientos["poder"].nombramientos.get()
    suya = f"persona:prueba/titular-{titular.pk}"
    assert claves(persona.nombre) == [suya]
    persona.correo, persona.rfc, persona.curp = "ana@prueba.example", "RUPA800101AB1", "RUPA800101MGTXXX01"
    persona.nombre = "Ana Nuevo Nombre"
    persona.save()
    assert (claves('"nuevo nombre"'), claves("RUPA800101AB1"), claves("ana@prueba.example")) == (
        [suya],
        [],
        [],
    )
    assert "RUPA" not in todo_lo_indexado()
    assert "@" not in todo_lo_indexado()
    suplente = fabricas.crear_suplencia(reparto)
    assert claves("fabio nava") == [f"persona:prueba/suplente-{suplente.pk}"]
    assert al_dia()


def test_el_plan_se_encuentra_desde_que_se_publica(reparto: Reparto) -> None:
    borrador = Plan.objects.create(
        organo=reparto.organo, clave="borrador", nombre="Plan todavía secreto", inicio=2030, fin=2031
    )
    eje = Eje.objects.create(plan=borrador, numero=1, nombre="Eje todavía secreto")
    compromiso = Compromiso.objects.create(eje=eje, numero=5, nombre="Compromiso todavía secreto")
    Accion.objects.create(compromiso=compromiso, numero=3, texto="Acción todavía secreta")
    assert claves("secreto") == []
    borrador.cambiar("publicar", None)
    assert claves("todavia secreto") == [
        "accion:borrador/1.5.3",
        "compromiso:borrador/1.5",
        "eje:borrador/1",
        "plan:borrador",
    ]
    assert claves("1.5.3") == ["accion:borrador/1.5.3"]
    compromiso.nombre = "Compromiso renombrado"
    compromiso.save()
    assert claves("renombrado") == ["accion:borrador/1.5.3", "compromiso:borrador/1.5"]
    assert al_dia()


def test_del_corte_corregido_se_encuentra_su_correccion(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    assert claves('"primer informe"') == ["corte:prueba/1"]
    datos = {"desde": dt.date(2026, 1, 1), "hasta": dt.date(2026, 3, 31), "que_corrige": "Una cifra"}
    nuevo = Corte.objects.create(
        plan=plan, numero=2, nombre="Informe corregido", corrige=plan.cortes.get(numero=1), **datos
    )
    nuevo.figuras.create(accion=Accion.objects.get(), declarado=40, nota="Nota del ajuste")
    assert claves("ajuste") == []
    cortes_del_plan.publicar(nuevo, None, timezone.now())
    assert (claves("ajuste"), claves('"primer informe"')) == (["corte:prueba/2"], [])
    assert al_dia()


def test_el_reporte_y_sus_evidencias_se_encuentran_al_publicarse(reparto: Reparto) -> None:
    entrega = crear_entrega(reparto)
    assert claves(SECRETO) == []
    validar_y_publicar = publicar_reporte(entrega)
    reporte = validar_y_publicar.reporte
    assert [c.partition(":")[0] for c in claves(SECRETO)] == ["evidencia", "evidencia", "reporte"]
    assert claves(f"lista {SECRETO}")[0].endswith(f"@{reporte.pk}")
    assert al_dia()


def test_un_reporte_validado_sin_publicar_no_se_encuentra(reparto: Reparto) -> None:
    validar(crear_entrega(reparto))
    assert claves(SECRETO) == []
    assert SECRETO not in todo_lo_indexado()
    assert al_dia()


def test_lo_municipal_se_encuentra_cuando_es_publico(reparto: Reparto) -> None:
    etapa, *_ = crear_etapas(reparto.organo)
    assert claves("guanajuato leon") == ["municipio:11020"]
    corte = publicar_corte(reparto.organo, nombre="Corte de primavera").corte
    assert claves("primavera") == [f"corte-municipal:prueba/{corte.numero}"]
    assert claves(etapa.nombre) == [f"corte-municipal:prueba/{corte.numero}"]
    evento = Evento.objects.create(
        organo=reparto.organo, titulo="Taller de archivo", hasta=DIA, publico=False
    )
    assert claves("taller") == []
    evento.publico = True
    evento.save()
    assert claves("taller") == [f"evento:{evento.pk}"]
    evento.publico = False
    evento.save()
    assert claves("taller") == []
    Municipio.objects.get(clave="11020").save()
    assert al_dia()


def test_el_informe_trimestral_se_encuentra_mientras_su_anexo_esta_publicado(db: None) -> None:
    leon = llenar.municipal()
    llenar.entregado(leon, llenar.Trimestre(2026, 2))
    assert claves("difundió", clase=CLASE) == []
    informe = llenar.publicado(leon)  # la sesión la hace con filas sueltas: solo se mira el informe
    suyo = f"{CLASE}:stm-leon/{informe.numero}"
    assert claves('difundió "julio de 2026"', clase=CLASE) == [f"{suyo}#m7-actividades"]
    assert al_dia(solo=CLASE)
    assert informe.anexo is not None
    anexos.retirar(informe.anexo, None, timezone.now(), "Por un error")
    assert claves("difundió", clase=CLASE) == []
    assert al_dia(solo=CLASE)


def test_la_pregunta_se_encuentra_mientras_es_publica(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    objeto = objeto_de("compromiso", f"{plan.clave}/{Compromiso.objects.get(eje__plan=plan).codigo}")
    pregunta = confirmada(objeto, texto="¿Cuándo habrá luminarias?", nombre="Vecina")
    assert claves("luminarias") == []
    conduce = reparto.cuentas["facilitadora"]
    pregunta.publicar(conduce, timezone.now())
    suya = f"pregunta:{pregunta.folio}"
    assert (claves("luminarias"), claves("luminarias", clase="acta")) == ([suya], [])
    atender.responder(pregunta, conduce, "En **marzo**.", 0, timezone.now())
    assert claves("luminarias marzo") == [suya]
    assert "@" not in todo_lo_indexado()
    compromiso = Compromiso.objects.get(eje__plan=plan)
    compromiso.nombre = "Alumbrado renombrado"
    compromiso.save()
    assert suya in claves("renombrado")
    assert al_dia()
    pregunta.refresh_from_db()
    atender.retirar(pregunta, conduce, "Traía un dato personal", timezone.now())
    assert claves("luminarias") == []
    assert al_dia()


def test_si_el_acto_no_se_completa_tampoco_cambia_el_indice(reparto: Reparto) -> None:
    sesion = convocada(reparto)
    antes = set(Hallable.objects.values_list("clave", "texto"))
    with transaction.atomic():
        sesion.cancelar(reparto.cuentas["facilitadora"], motivo="Lluvia")
        m.Persona.objects.get(pk=reparto.personas["poder"].pk).save()
        transaction.set_rollback(True)
    assert set(Hallable.objects.values_list("clave", "texto")) == antes
