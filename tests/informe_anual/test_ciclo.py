"""De empezarlo a corregirlo: escribir sin pisar a nadie, publicar, corregir y comprobar que consta."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from stl_portal.informe_anual import escribir, portal
from stl_portal.informe_anual import publicar as publicacion
from stl_portal.informe_anual.forms import huella_de
from stl_portal.informe_anual.models import InformeAnual
from stl_portal.sello.models import Eslabon
from stl_portal.transiciones import TransicionInvalida
from tests.cuentas.codigos import dar_telefono, identificarse
from tests.informe_anual.fabricas import CUANDO, PASADO, empezado, publicado
from tests.personas import Reparto

GESTION = "/gestion/informe-anual/"


@pytest.fixture
def mesa(client: Client, reparto: Reparto) -> Client:
    """Quien conduce el órgano, recién identificada."""
    client.force_login(reparto.cuentas["facilitadora"])
    dar_telefono(reparto.cuentas["facilitadora"])
    return identificarse(client, reparto.cuentas["facilitadora"])


def _campos(informe: InformeAnual, **cambios: str) -> dict[str, str]:
    """Lo que la página enviaría sin tocar nada, con esos cambios."""
    campos = {}
    for texto in informe.textos.all():
        campos[f"{texto.apartado}-version"] = str(texto.version)
        campos[f"{texto.apartado}-texto"] = texto.texto
        campos[f"{texto.apartado}-base"] = huella_de(texto.texto, va=texto.va)
        if texto.va:
            campos[f"{texto.apartado}-va"] = "on"
    return campos | cambios


def test_de_empezarlo_a_corregirlo(mesa: Client, reparto: Reparto) -> None:
    dias = {"desde": PASADO.desde.isoformat(), "hasta": PASADO.hasta.isoformat()}
    trabajo = f"{GESTION}prueba-2020/"
    assert mesa.post(f"{GESTION}prueba/empezar/", dias).headers["Location"] == trabajo
    assert mesa.post(f"{GESTION}prueba/empezar/", dias).headers["Location"] == trabajo  # dos clics, uno solo
    informe = InformeAnual.objects.get()
    escrito = _campos(informe, **{"sesiones-texto": "Fue un año **intenso**.", "despues": "publicar"})
    escrito.pop("redes-va")
    assert mesa.post(f"{trabajo}guardar/", escrito).headers["Location"] == f"{trabajo}publicar/"
    assert mesa.get(f"{trabajo}borrador.pdf").content.startswith(b"%PDF")
    assert mesa.get(informe.get_absolute_url()).status_code == 404
    assert mesa.post(f"{trabajo}publicar/").headers["Location"] == informe.get_absolute_url()
    assert mesa.post(f"{trabajo}publicar/").headers["Location"] == informe.get_absolute_url()
    pagina = mesa.get(informe.get_absolute_url()).content.decode()
    assert "<strong>intenso</strong>" in pagina
    assert "Redes sociales" not in pagina
    nuevo = mesa.post(f"{trabajo}corregir/", {"motivo": "Faltó una sesión."}).headers["Location"]
    assert nuevo == f"{GESTION}prueba-2020-2/"
    assert mesa.post(f"{trabajo}corregir/", {"motivo": "Otra vez."}).status_code == 409
    assert InformeAnual.objects.get(corrige=informe).textos.get(apartado="sesiones").texto == (
        "Fue un año **intenso**."
    )
    assert "Se está corrigiendo con otro" in mesa.get(GESTION).content.decode()
    corregido = mesa.get(informe.get_absolute_url()).content.decode()
    assert ("se corrigió" in corregido, "Faltó una sesión." in corregido) == (False, False)
    mesa.post(f"{nuevo}publicar/")
    assert "Ya lo sustituye otro" in mesa.get(GESTION).content.decode()
    corregido = mesa.get(informe.get_absolute_url()).content.decode()
    assert ("se corrigió" in corregido, "Faltó una sesión." in corregido) == (True, True)
    assert "Faltó una sesión." in mesa.get("/informes/prueba-2020-2/").content.decode()
    assert [fila.clave for fila in InformeAnual.objects.vigentes()] == ["prueba-2020-2"]


def test_dos_que_escriben_no_se_pisan(mesa: Client, reparto: Reparto) -> None:
    informe, colega = empezado(reparto), reparto.cuentas["colega"]
    campos = _campos(informe, **{"sesiones-texto": "Lo mío.", "acuerdos-texto": "Acuerdos míos."})
    fila = informe.textos.get(apartado="sesiones")
    escribir.guardar(fila, fila.version, colega, "Lo de ella.", va=True)
    respuesta = mesa.post(f"{GESTION}{informe.clave}/guardar/", campos)
    pagina = respuesta.content.decode()
    assert respuesta.status_code == 409
    assert "Lo mío." in pagina
    assert "Lo de ella." in pagina
    assert "Colega de Prueba guardó mientras escribías" in pagina
    guardados = dict(informe.textos.values_list("apartado", "texto"))
    assert (guardados["sesiones"], guardados["acuerdos"]) == ("Lo de ella.", "Acuerdos míos.")
    # Lo que la página devolvió se puede enviar otra vez: ahora sí, sobre lo que ya leyó.
    de_nuevo = campos | {"sesiones-version": "2", "acuerdos-version": "2"}
    assert mesa.post(f"{GESTION}{informe.clave}/guardar/", de_nuevo).status_code == 302
    assert informe.textos.get(apartado="sesiones").texto == "Lo mío."


def test_lo_que_no_se_entiende_o_no_procede_se_dice(mesa: Client, reparto: Reparto) -> None:
    for dias, frase in (
        ({"desde": "x", "hasta": "2020-12-31"}, "fecha"),
        ({"desde": "2020-12-31", "hasta": "2020-01-01"}, "El periodo termina antes de empezar."),
        ({"desde": "2018-01-01", "hasta": "2020-12-31"}, "Un informe abarca hasta dos años."),
        ({"desde": "1810-01-01", "hasta": "1810-12-31"}, "El año va de 2015"),
    ):
        respuesta = mesa.post(f"{GESTION}prueba/empezar/", dias)
        assert (respuesta.status_code, frase in respuesta.content.decode()) == (422, True)
    informe = empezado(reparto)
    largo = mesa.post(
        f"{GESTION}{informe.clave}/guardar/", _campos(informe, **{"sesiones-texto": "a" * 10_001})
    )
    assert largo.status_code == 422
    assert "Son 10,001 caracteres y caben 10,000: quita 1." in largo.content.decode()
    sin_version = mesa.post(f"{GESTION}{informe.clave}/guardar/", {})
    assert sin_version.status_code == 422
    with pytest.raises(ValidationError, match="El periodo todavía no termina"):
        publicacion.publicar(informe, None, timezone.make_aware(dt.datetime(2026, 6, 30, 12)))
    informe.textos.update(va=False)
    with pytest.raises(ValidationError, match="Elige al menos un apartado"):
        publicacion.publicar(informe, None, CUANDO)
    assert mesa.post(f"{GESTION}{informe.clave}/corregir/", {"motivo": ""}).status_code == 422
    assert mesa.post(f"{GESTION}{informe.clave}/descartar/").status_code == 302
    assert not InformeAnual.objects.exists()


def test_lo_publicado_no_cambia_y_consta(reparto: Reparto) -> None:
    fila = publicado(reparto)
    informe, texto = fila.informe, fila.informe.textos.first()
    assert texto
    with pytest.raises(TransicionInvalida):
        publicacion.publicar(informe, None, CUANDO)
    with pytest.raises(ValidationError, match="ya se publicó"):
        escribir.guardar(texto, texto.version, None, "Otra cosa.", va=True)
    with pytest.raises(ValidationError, match="nadie ha escrito"):
        escribir.descartar(informe)
    eslabon = Eslabon.objects.get(n=fila.eslabon)
    assert (eslabon.tipo, eslabon.objeto) == ("informe-anual-publicado", "informe-anual:prueba-2026")
    assert list(publicacion.fallas()) == []
    for huella, titulo in (
        (fila.huella, "Son los datos de un informe anual publicado"),
        (fila.pdf.huella, "Tu archivo es un informe anual publicado"),
    ):
        hallado = portal.reconocido(huella)
        assert hallado
        assert (hallado.titulo, hallado.url, hallado.eslabon) == (
            titulo,
            "/informes/prueba-2026/",
            fila.eslabon,
        )
    assert portal.reconocido("0" * 64) is None
    with pytest.raises(ValidationError, match="ya tiene un informe"):
        empezado(reparto)


def test_cada_apartado_se_guarda_solo_y_no_pisa_a_nadie(mesa: Client, reparto: Reparto) -> None:
    """200 con la versión, 409 con lo que hay, 422 con la frase; ya publicado, 409: nada se pierde."""
    informe = empezado(reparto)
    url = f"{GESTION}{informe.clave}/apartados/sesiones/"
    assert f'data-fila="{url}"' in mesa.get(informe.url_de_trabajo).content.decode()

    def solo(texto: str, version: int) -> tuple[int, dict[str, object]]:
        datos = {"sesiones-texto": texto, "sesiones-va": "on", "version": version}
        respuesta = mesa.post(url, datos, headers={"X-Autoguardado": "1"})
        return respuesta.status_code, respuesta.json()

    inicial = informe.textos.get(apartado="sesiones").version
    estado, dicho = solo("Fue un año intenso.", inicial)
    assert (estado, dicho) == (200, {"version": inicial + 1})
    estado, dicho = solo("Otra cosa.", inicial)
    assert (estado, dicho["error"], dicho["texto"], dicho["quien"]) == (
        409,
        "version",
        "Fue un año intenso.",
        "Tu otra ventana",
    )
    assert solo("a" * 100_000, inicial + 1)[0] == 422
    assert solo("", inicial + 1) == (200, {"version": inicial + 2})
    assert mesa.post(f"{GESTION}{informe.clave}/apartados/nada/").status_code == 404
    informe.cambiar("publicar", reparto.cuentas["facilitadora"], cuando=CUANDO)
    estado, dicho = solo("Tarde.", inicial + 2)
    assert (estado, dicho["error"]) == (409, "estado")
    assert informe.textos.get(apartado="sesiones").texto == ""
