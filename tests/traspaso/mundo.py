"""Un portal con de todo, cuyas numeraciones no empiezan en uno."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import AutoField
from django.utils import timezone

from ejes import models as e
from municipios import models as mu
from sesiones import models as m
from tests.permisos.mundo import Mundo, crear_mundo
from tests.personas import DIA, Reparto

INCOMODO = '=HYPERLINK("http://malo.example")\n«comillas», comas; "y" emoji 🏛️ '


def portal_completo(reparto: Reparto) -> Mundo:
    """El mundo de la matriz de permisos y lo que le falta."""
    mundo = crear_mundo(reparto)
    m.Oficio.objects.filter(remitente="").update(remitente="C. Remitente de Prueba")
    plan = e.Plan.objects.get(clave=mundo["plan"])
    acuerdo = m.Acuerdo.objects.earliest("pk")
    _del_plan(plan, acuerdo)
    _de_los_cortes(plan, acuerdo)
    _de_los_municipios(reparto)
    return mundo


def saltar_numeros() -> None:
    """Como si de cada tabla ya se hubieran borrado renglones: lo que venga no empieza en uno ni coincide."""
    for n, modelo in enumerate(apps.get_models(include_auto_created=True), start=1):
        meta = modelo._meta
        if isinstance(meta.pk, AutoField):
            _siguiente(meta.db_table, meta.pk.attname, 100 * n)


def _siguiente(tabla: str, columna: str, numero: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [tabla, columna, numero])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [tabla])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [tabla, numero])


def _del_plan(plan: e.Plan, acuerdo: m.Acuerdo) -> None:
    """Lo que cuelga del eje y de su compromiso."""
    eje = plan.ejes.earliest("numero")
    compromiso = eje.compromisos.earliest("numero")
    eje.submetas.create(orden=1, texto=INCOMODO)
    eje.propuestas.create(orden=1, texto="-1 árbol")
    for medio in ("Página", "Página"):
        eje.difusion.create(medio=medio, direccion="https://ejemplo.example/")
    eje.alineaciones.create(objetivo=16, meta="16.6")
    compromiso.alineaciones.create(objetivo=16)
    compromiso.acuerdos.add(acuerdo)
    institucion = m.Institucion.objects.earliest("pk")
    compromiso.partes.create(
        institucion=institucion, nombre="+Parte", le_toca="'=1", sector=institucion.sector
    )
    accion = compromiso.acciones.earliest("numero")
    compromiso.hitos.create(nombre="De la acción", accion=accion, previsto=DIA, cumplido=DIA)
    compromiso.hitos.create(nombre="Del compromiso", previsto=DIA)
    bimestre = plan.bimestres.earliest("numero")
    limite = (bimestre.entrega or DIA) + dt.timedelta(days=5)
    bimestre.prorrogas.create(entrega=limite, acuerdo=acuerdo, motivo="@pidieron más")


def _de_los_cortes(plan: e.Plan, acuerdo: m.Acuerdo) -> None:
    """Lo que cuelga de una cifra, y una evidencia que sustituye a otra."""
    figura = e.Figura.objects.filter(corte__plan=plan).earliest("pk")
    vieja = e.Evidencia.objects.filter(plan=plan).earliest("pk")
    datos: dict[str, Any] = {"plan": plan, "asiento": vieja.asiento, "subida_el": timezone.now()}
    nueva = e.Evidencia.objects.create(titulo="Otra", liga="https://e.example/", sustituye=vieja, **datos)
    nueva.acuerdos.add(acuerdo)
    figura.evidencias.add(vieja)
    figura.ligas.create(direccion="https://e.example/", titulo="Liga")
    figura.ediciones.create(
        que="declarado", antes="30", ahora="31", motivo="Se contó mal", cuando=timezone.now()
    )


def _de_los_municipios(reparto: Reparto) -> None:
    """Una capacitación con todo, un hueco de otra y una etapa de la que un corte no habla."""
    organo = reparto.organo
    evento = mu.Evento.objects.create(
        organo=organo, titulo=INCOMODO[:40], hasta=DIA, publico=True, personas=12
    )
    evento.municipios.set(mu.Municipio.objects.filter(clave__in=("11020", "11046")))
    evento.materiales.create(titulo="Guía", direccion="https://e.example/guia")
    retirado = mu.Evento.objects.create(organo=organo, titulo="Retirado", hasta=DIA, publico=True)
    retirado.delete()
    corte = mu.CorteMunicipal.objects.filter(estado="borrador").earliest("pk")
    corte.fuera.add(corte.organo.etapas_municipales.earliest("pk"))
    metrica = mu.Metrica.objects.earliest("pk")
    metrica.valores.create(
        municipio_id="11046", anio=2025, valor=Decimal("61.87"), literal="61.870", fuente="https://e.example/"
    )
