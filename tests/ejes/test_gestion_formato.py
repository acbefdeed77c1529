"""El formato se escribe en una sola forma, no cambia si ya se usó y se versiona copiándolo."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from ejes.models import Bimestre, Entrega, Formato, Plan, Pregunta, RenglonFormato, Reporte
from tests.ejes.fabricas import CATEGORIAS, crear_formato, crear_reporte
from tests.ejes.gestion import HOY, plan_de_dos_ejes
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    return plan_de_dos_ejes(reparto)


@pytest.fixture
def conduce(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


def _url(version: int = 1, nombre: str = "formato") -> str:
    return reverse(f"gestion:{nombre}", args=("prueba", version))


def _escrito(client: Client, url: str) -> dict[str, Any]:
    """Lo que el navegador mandaría sin cambiar nada."""
    pagina = client.get(url)
    datos = {"huella": pagina.context["huella"]}
    renglones = pagina.context["renglones"]
    for forma in (renglones.management_form, *renglones):
        for campo in forma:
            valor = campo.value()
            if valor is not None and valor is not False and valor != "":
                datos[campo.html_name] = "on" if valor is True else str(valor)
    return datos


def test_ocho_renglones_con_las_preguntas_de_cada_eje_de_una_vez(conduce: Client, plan: Plan) -> None:
    conduce.post(
        f"{reverse('registros:nuevo', args=('prueba', 'formatos'))}?plan={plan.pk}",
        {"nombre": "Indicadores", "fuente": "XVIII Sesión"},
    )
    datos = _escrito(conduce, _url())
    assert datos["renglon-TOTAL_FORMS"] == "8"
    categorias = [f"Categoría {n}" for n, cuantos in enumerate(CATEGORIAS, start=1) for _ in range(cuantos)]
    for n, categoria in enumerate(categorias):
        datos |= {f"renglon-{n}-categoria": categoria, f"renglon-{n}-indicador": f"Indicador {n + 1}"}
        for eje in plan.ejes.all():
            datos[f"renglon-{n}-e{eje.pk}_texto"] = f"¿Qué hay del {eje.nombre}?"
            datos[f"renglon-{n}-e{eje.pk}_unidad"] = "datos" if n == 0 else ""
            datos[f"renglon-{n}-e{eje.pk}_linea_base"] = "10.5" if n == 0 else ""
    respuesta = conduce.post(_url(), datos)
    assert respuesta.headers["Location"] == _url()
    formato = Formato.objects.get()
    assert [r.orden for r in formato.renglones.all()] == list(range(1, 9))
    assert len({r.categoria for r in formato.renglones.all()}) == 6
    assert Pregunta.objects.count() == 16
    assert [(p.unidad, str(p.linea_base)) for p in formato.renglones.all()[0].preguntas.all()] == [
        ("datos", "10.5000")
    ] * 2


def test_los_renglones_cambian_de_lugar_se_quitan_y_se_agregan(conduce: Client, plan: Plan) -> None:
    formato = crear_formato(plan)
    datos = _escrito(conduce, _url())
    datos |= {"renglon-0-orden": "2", "renglon-1-orden": "1", "renglon-7-DELETE": "on"}
    datos |= {"renglon-8-orden": "8", "renglon-8-categoria": "Otra", "renglon-8-indicador": "Nuevo"}
    assert conduce.post(_url(), datos).status_code == 302
    dichos = [r.indicador for r in formato.renglones.order_by("orden")]
    medio = [f"Indicador {n}" for n in range(3, 8)]
    assert dichos == ["Indicador 2", "Indicador 1", *medio, "Nuevo"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orden=st.permutations(range(1, 9)))
def test_cualquier_orden_se_guarda(conduce: Client, plan: Plan, orden: list[int]) -> None:
    formato = plan.formatos.last() or crear_formato(plan)
    datos = _escrito(conduce, _url())
    esperado = {}
    for n, lugar in enumerate(orden):
        datos[f"renglon-{n}-orden"] = str(lugar)
        esperado[lugar] = int(datos[f"renglon-{n}-id"])
    assert conduce.post(_url(), datos).status_code == 302
    assert dict(formato.renglones.values_list("orden", "pk")) == esperado


@pytest.mark.parametrize(
    ("cambio", "frase"),
    [
        ({"renglon-0-orden": "2"}, "Ese número ya está en otro renglón."),
        ({"renglon-0-indicador": ""}, "Este campo es obligatorio"),
        ({"renglon-0-e{eje}_texto": "", "renglon-0-e{eje}_meta": "5"}, "Escribe la pregunta del eje 1."),
        ({"renglon-0-e{eje}_meta": "muchas"}, "Escribe un número"),
    ],
)
def test_lo_mal_escrito_se_dice_en_su_lugar_y_nada_se_pierde(
    conduce: Client, plan: Plan, cambio: dict[str, str], frase: str
) -> None:
    crear_formato(plan)
    eje = plan.ejes.get(numero=1).pk
    antes = list(RenglonFormato.objects.values())
    datos = _escrito(conduce, _url()) | {clave.format(eje=eje): v for clave, v in cambio.items()}
    respuesta = conduce.post(_url(), datos | {"renglon-3-categoria": "Lo que escribí"})
    texto = respuesta.content.decode()
    assert respuesta.status_code == 422
    assert frase in texto
    assert "Lo que escribí" in texto
    assert list(RenglonFormato.objects.values()) == antes


def test_si_alguien_lo_cambio_se_ven_ambos_textos(conduce: Client, plan: Plan) -> None:
    formato = crear_formato(plan)
    datos = _escrito(conduce, _url()) | {"renglon-2-indicador": "El mío"}
    formato.renglones.filter(orden=3).update(indicador="El de otra persona")
    respuesta = conduce.post(_url(), datos)
    texto = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Renglón 3. Indicador" in texto
    assert "El de otra persona" in texto
    assert "El mío" in texto
    assert formato.renglones.get(orden=3).indicador == "El de otra persona"
    segunda = conduce.post(_url(), datos | {"huella": respuesta.context["huella"]})
    assert (segunda.status_code, formato.renglones.get(orden=3).indicador) == (302, "El mío")


def _usar(reporte: Reporte) -> None:
    Entrega.objects.create(
        reporte=reporte, numero=1, documento=b"{}", huella="0" * 64, enviada_el="2026-03-18T10:00Z", firma="X"
    )


def test_usado_en_un_envio_no_cambia_y_lo_escrito_vuelve(conduce: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto, HOY)
    datos = _escrito(conduce, _url()) | {"renglon-0-indicador": "Cambio tardío"}
    _usar(reporte)
    respuesta = conduce.post(_url(), datos)
    assert respuesta.status_code == 409
    texto = respuesta.content.decode()
    assert "Este formato ya no cambia" in texto
    assert "Cambio tardío" in texto
    assert "Guardar el formato" not in conduce.get(_url()).content.decode()
    assert not RenglonFormato.objects.filter(indicador="Cambio tardío").exists()
    formato = Formato.objects.get()
    for verbo in ("editar", "quitar"):
        url = reverse(f"registros:{verbo}", args=("prueba", "formatos", formato.pk))
        assert conduce.post(url, {"nombre": "Otro"}).status_code == 403


def test_un_renglon_que_se_esta_respondiendo_no_se_quita(conduce: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto, HOY)
    reporte.respuestas.create(renglon=RenglonFormato.objects.get(orden=1), texto="Vamos bien")
    datos = _escrito(conduce, _url()) | {"renglon-0-DELETE": "on", "renglon-1-orden": "1"}
    respuesta = conduce.post(_url(), datos)
    assert respuesta.status_code == 422
    assert "ya se está respondiendo" in respuesta.content.decode()
    assert [r.orden for r in RenglonFormato.objects.all()] == list(range(1, 9))


def test_una_version_nueva_copia_todo_y_el_bimestre_sigue_con_la_suya(
    conduce: Client, reparto: Reparto
) -> None:
    reporte = crear_reporte(reparto, HOY)
    _usar(reporte)
    url = _url(nombre="nueva_version")
    respuesta = conduce.post(url, {"envio": "a" * 32})
    assert respuesta.headers["Location"] == _url(2)
    assert conduce.post(url, {"envio": "a" * 32}).headers["Location"] == _url(2)  # dos clics, una versión
    primera, segunda = Formato.objects.order_by("version")
    for formato in (primera, segunda):
        assert formato.renglones.count() == 8
        assert Pregunta.objects.filter(renglon__formato=formato).count() == 8
    assert Bimestre.objects.get().formato == primera
    datos = _escrito(conduce, _url(2)) | {"renglon-0-indicador": "Solo en la nueva"}
    assert conduce.post(_url(2), datos).status_code == 302
    assert primera.renglones.get(orden=1).indicador == "Indicador 1"


def test_el_de_otro_plan_se_copia_sin_las_preguntas_de_sus_ejes(conduce: Client, plan: Plan) -> None:
    original = crear_formato(plan)
    nuevo = Plan.objects.create(organo=plan.organo, clave="nuevo", nombre="Nuevo", inicio=2030, fin=2031)
    url = f"{reverse('registros:nuevo', args=('prueba', 'formatos'))}?plan={nuevo.pk}"
    respuesta = conduce.post(url, {"nombre": "Indicadores", "copiar_de": original.pk})
    assert respuesta.headers["Location"] == reverse("gestion:formato", args=("nuevo", 1))
    copia = nuevo.formatos.get()
    dichos = ("orden", "categoria", "indicador", "unidad")
    assert list(copia.renglones.values_list(*dichos)) == list(original.renglones.values_list(*dichos))
    assert not Pregunta.objects.filter(renglon__formato=copia).exists()


def test_lo_cambiado_en_un_plan_publicado_consta(conduce: Client, plan: Plan, reparto: Reparto) -> None:
    crear_formato(plan)
    conduce.post(_url(), _escrito(conduce, _url()) | {"renglon-0-indicador": "Otro"})
    cambio = plan.historia.latest("pk")
    assert (cambio.por, cambio.verbo) == (reparto.cuentas["facilitadora"], "corregir")
    assert "Otro" in cambio.nota


def test_mismas_consultas_con_pocos_o_muchos_renglones(
    conduce: Client, plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    formato = crear_formato(plan)
    with django_assert_num_queries(16):
        assert conduce.get(_url()).status_code == 200
    for n in range(9, 30):
        renglon = formato.renglones.create(orden=n, categoria="C", indicador=f"I {n}")
        for eje in plan.ejes.all():
            renglon.preguntas.create(eje=eje, texto="¿?")
    with django_assert_num_queries(16):
        assert conduce.get(_url()).status_code == 200


def test_la_version_hecha_por_error_se_borra_mientras_nadie_la_use(conduce: Client, reparto: Reparto) -> None:
    reporte = crear_reporte(reparto, HOY)
    conduce.post(_url(1, "nueva_version"))
    pagina = conduce.get(_url(2))
    quitar = pagina.context["url_quitar"]
    assert "¿Borrar esta versión del formato?" in pagina.content.decode()
    assert "¿Borrar esta versión del formato?" not in conduce.get(_url(1)).content.decode()
    nueva = Formato.objects.get(version=2)
    de_la_primera = quitar.replace(f"/{nueva.pk}/", f"/{reporte.bimestre.formato_id}/")
    assert conduce.post(de_la_primera).status_code == 403
    assert conduce.post(quitar).status_code == 302
    assert [f.version for f in Formato.objects.all()] == [1]
