"""De la preparación a los resultados, con los verbos del modelo; y lo que la base misma impide."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from sesiones.certamenes import borrado, calificar, constancia, dictaminar, postular, preparar
from sesiones.certamenes.estados import TRANSICIONES_CERTAMEN, EstadoCertamen
from sesiones.certamenes.models import Certamen, Evidencia, Postulacion, Resultado
from sesiones.certamenes.postular import FueraDePlazo
from stl_portal.avisos.models import Aviso
from stl_portal.sello.models import Eslabon
from stl_portal.transiciones import TransicionInvalida
from tests.certamenes import fabricas
from tests.hilos import a_la_vez
from tests.personas import Reparto, crear_reparto


def test_nace_con_lo_que_se_propone_y_dice_lo_que_le_falta(reparto: Reparto) -> None:
    uno, otro, nueva = (preparar.crear(reparto.organo, t) for t in ("Premio", "Premio", "Nueva"))
    assert [uno.clave, otro.clave, nueva.clave] == ["premio", "premio-2", "nueva-2"]
    assert list(uno.apartados.values_list("tope", flat=True)) == [500, 500, 250, 700, 500]
    assert (uno.lugares, uno.menciones, uno.criterios.count()) == (3, 2, 5)
    with pytest.raises(ValidationError) as impide:
        preparar.publicar(uno, None, timezone.now())
    assert impide.value.messages == [
        "Falta: bases: el texto o el documento.",
        "Falta: cuándo abre y cuándo cierra.",
        "Falta: que cierre después de hoy.",
    ]
    assert Certamen.objects.publicos().count() == 0


def test_publicada_ni_su_plazo_ni_sus_bases_cambian(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    datos = {campo: getattr(certamen, campo) for campo in ("titulo", "bases")}
    with pytest.raises(TransicionInvalida, match="no hay prórroga"):
        preparar.guardar(certamen, certamen.version, None, datos, [], [])
    mas_tarde = certamen.ventana.cierra + fabricas.HORA
    for cambio in ({"cierra_el": mas_tarde}, {"bases": "Otras"}, {"publicada_el": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Certamen.objects.filter(pk=certamen.pk).update(**cambio)
    assert certamen.actos.get().eslabon == Eslabon.objects.order_by("-n")[0].n
    assert list(constancia.fallas()) == []


def test_solo_proceden_los_pasos_de_la_tabla(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    for estado in EstadoCertamen:
        certamen.estado = estado
        puede = {verbo for verbo in TRANSICIONES_CERTAMEN if certamen.puede(verbo)}
        assert puede == {v for v, paso in TRANSICIONES_CERTAMEN.items() if estado in paso.desde}
    certamen.refresh_from_db()
    ahora = timezone.now()
    for verbo in (preparar.cerrar, dictaminar.dictaminar, dictaminar.publicar, preparar.publicar):
        with pytest.raises(TransicionInvalida):
            verbo(certamen, None, ahora)
    assert preparar.cerrar_vencidos(ahora) == 0
    cierra = certamen.ventana.cierra
    assert [preparar.cerrar_vencidos(cierra), preparar.cerrar_vencidos(cierra)] == [1, 0]


def test_de_la_publicacion_a_los_resultados_con_un_conflicto(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    cuentas = reparto.cuentas
    ana = fabricas.del_comite(certamen, cuentas["integrante"], "Instituto Juez")
    beto = fabricas.del_comite(certamen, cuentas["colega"], "Colegio Juez")
    filas = [fabricas.presentada(certamen, correo=f"p{n}@prueba.example") for n in range(1, 6)]
    assert [f.folio for f in filas] == [1, 2, 3, 4, 5]
    fabricas.cerrada(certamen)
    for fila, puntos in zip(filas, (9, 8, 7, 6, 3), strict=True):
        fabricas.puntuar(ana, fila, puntos)
    calificar.abstenerse(beto, filas[0], "Es de mi hermana.", timezone.now())
    with pytest.raises(ValidationError) as impide:
        dictaminar.dictaminar(certamen, None, timezone.now())
    assert impide.value.messages == ["Falta que termine: Colega de Prueba."]
    for fila in filas[1:]:
        fabricas.puntuar(beto, fila, 5)
    dictaminar.dictaminar(certamen, cuentas["facilitadora"], timezone.now())
    quedaron = [(r.postulacion.folio, str(r.promedio), r.dicho) for r in dictaminar.resultados(certamen)]
    assert quedaron == [
        (1, "90.00", "Primer lugar"),
        (2, "65.00", "Segundo lugar"),
        (3, "60.00", "Tercer lugar"),
        (4, "55.00", ""),
        (5, "40.00", ""),
    ]
    primera = Resultado.objects.get(lugar=1)
    assert primera.porque == "90.00 de 100, promedio de 1 calificación. Una persona se abstuvo y no cuenta."
    with pytest.raises(TransicionInvalida, match="ya se cerró"):
        fabricas.puntuar(ana, filas[0], 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Resultado.objects.filter(pk=primera.pk).update(lugar=3)
    dictaminar.publicar(certamen, cuentas["facilitadora"], timezone.now())
    assert certamen.estado == EstadoCertamen.CON_RESULTADOS
    assert list(constancia.fallas()) == []
    avisos = Aviso.objects.filter(asunto=f"Resultados: {certamen}").order_by("para")
    assert [("primer lugar" in a.cuerpo, "no quedó" in a.cuerpo) for a in avisos] == [
        (True, False),
        (False, False),
        (False, False),
        (False, True),
        (False, True),
    ]


def test_desierta_si_nadie_presenta_o_nadie_llega_al_minimo(reparto: Reparto) -> None:
    vacia, baja = (fabricas.abierta(reparto.organo, t) for t in ("Vacía", "Baja"))
    fabricas.borrador(vacia)
    juez = fabricas.del_comite(baja, reparto.cuentas["integrante"])
    fila = fabricas.presentada(baja)
    for certamen in (vacia, baja):
        fabricas.cerrada(certamen)
    with pytest.raises(ValidationError, match="declárala desierta"):
        dictaminar.dictaminar(vacia, None, timezone.now())
    fabricas.puntuar(juez, fila, 5)
    dictaminar.dictaminar(baja, None, timezone.now())
    assert dictaminar.resultados(baja)[0].porque.endswith("No llegó al mínimo de 60.00.")
    for certamen in (vacia, baja):
        dictaminar.publicar(certamen, None, timezone.now())
        assert certamen.estado == EstadoCertamen.DESIERTA
    assert list(constancia.fallas()) == []


def test_lo_propio_no_se_califica_y_si_todos_se_abstienen_falta_alguien(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    cuenta = reparto.cuentas["integrante"]
    juez = fabricas.del_comite(certamen, cuenta, "Instituto Júez")
    propia = fabricas.presentada(certamen, correo=cuenta.email)
    de_casa = fabricas.presentada(certamen, institucion="instituto  juez")
    ajena = fabricas.presentada(certamen)
    with pytest.raises(TransicionInvalida, match="Todavía no empieza"):
        fabricas.puntuar(juez, ajena, 10)
    fabricas.cerrada(certamen)
    assert [bool(calificar.conflicto(juez, p)) for p in (propia, de_casa, ajena)] == [True, True, False]
    for fila in (propia, de_casa):
        with pytest.raises(ValidationError, match="abstente"):
            fabricas.puntuar(juez, fila, 10)
        calificar.abstenerse(juez, fila, "Es mía.", timezone.now())
    with pytest.raises(ValidationError, match="de 0 a 10"):
        fabricas.puntuar(juez, ajena, 11)
    fabricas.puntuar(juez, ajena, 10)
    assert dictaminar.lo_que_impide(certamen) == [
        f"Todo el comité se abstuvo en «{p}»: suma a alguien que la califique." for p in (propia, de_casa)
    ]
    with pytest.raises(TransicionInvalida, match="sigue en el comité"):
        preparar.quitar_del_comite(juez)
    calificar.abstenerse(juez, ajena, "Me acordé tarde.", timezone.now())
    assert not juez.dictamenes.get(postulacion=ajena).puntajes.exists()


def test_lo_presentado_no_cambia_y_el_contacto_se_borra_a_su_tiempo(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    fila, sin_presentar = fabricas.presentada(certamen), fabricas.borrador(certamen)
    ahora = timezone.now()
    perdida = postular.empezar(certamen, "otra@prueba.example", ahora)
    with pytest.raises(DatabaseError), transaction.atomic():
        Postulacion.objects.filter(pk=fila.pk).update(titulo="Otro")
    assert borrado.limpiar(ahora) == 0
    assert borrado.limpiar(ahora + dt.timedelta(days=4)) == 1
    assert not Postulacion.objects.filter(pk=perdida.pk).exists()
    assert borrado.limpiar(certamen.ventana.cierra + borrado.DE_BORRADORES + fabricas.HORA) == 1
    assert list(certamen.postulaciones.all()) == [fila]
    assert not Evidencia.objects.filter(postulacion=sin_presentar.pk).exists()
    fabricas.cerrada(certamen)
    juez = fabricas.del_comite(certamen, reparto.cuentas["integrante"])
    fabricas.puntuar(juez, fila, 9)
    dictaminar.dictaminar(certamen, None, ahora)
    dictaminar.publicar(certamen, None, ahora)
    assert borrado.limpiar(ahora + borrado.DE_CONTACTO + fabricas.HORA) == 1
    fila.refresh_from_db()
    assert (fila.correo, fila.nombre, fila.telefono, fila.folio) == ("", "", "", 1)


@pytest.mark.django_db(transaction=True)
def test_a_la_vez_cada_una_su_folio_y_la_misma_uno_solo() -> None:
    certamen = fabricas.abierta(crear_reparto().organo)
    filas = [fabricas.borrador(certamen) for _ in range(4)]
    claves = [fila.pk for fila in filas for _ in range(2)]

    def presentar(pk: int) -> None:
        postular.presentar(Postulacion.objects.get(pk=pk), timezone.now())

    a_la_vez([lambda pk=pk: presentar(pk) for pk in claves])  # type: ignore[misc]
    assert list(certamen.postulaciones.presentadas().values_list("folio", flat=True)) == [1, 2, 3, 4]
    assert Aviso.objects.filter(motivo__endswith=":acuse").count() == 4
    misma = a_la_vez([lambda: postular.empezar(certamen, "nueva@prueba.example", timezone.now()).pk] * 3)
    assert len(set(misma)) == 1


def test_tarde_no_hay_folio_y_el_borrador_se_queda(reparto: Reparto) -> None:
    certamen = fabricas.abierta(reparto.organo)
    fila = fabricas.borrador(certamen)
    with pytest.raises(FueraDePlazo) as tarde:
        postular.presentar(fila, certamen.ventana.cierra)
    assert tarde.value.frase == f"{certamen.ventana.cerro}."
    fila.refresh_from_db()
    assert (fila.folio, fila.estado, fila.respuestas.count()) == (None, "borrador", 5)
    postular.presentar(fila, certamen.ventana.cierra - dt.timedelta(microseconds=1))
    assert fila.folio == 1
