"""Publicar, sustituir y retirar un anexo: qué se exige, qué queda público y qué se anota."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from pytest_django import Settings

from sesiones import anexos, constancia_de_anexos
from sesiones import models as m
from stl_portal.archivo import almacen, vitrina
from stl_portal.archivo.models import Archivo, CopiaPublica
from stl_portal.archivo.permisos import puede_abrir
from stl_portal.sello.registro import VERIFICADORES
from tests.anexos.conftest import con_anexos, foto, marcar, subir
from tests.archivo.hostiles import DATO
from tests.personas import Reparto
from tests.quitar_guardas import quitar_las_de_lo_sellado
from tests.vida.conftest import JUEVES


def abre_cualquiera(archivo: Archivo | None) -> bool:
    return archivo is not None and puede_abrir(AnonymousUser(), archivo)


def tapado(anexo: m.Anexo, reparto: Reparto, motivo: str = "") -> m.AnexoPublicado:
    contenido, zonas = anexos.copia_publica(anexo)
    por = reparto.cuentas["facilitadora"]
    return anexos.publicar_testado(anexo, contenido, zonas, por, JUEVES, motivo)


def completo(anexo: m.Anexo, reparto: Reparto, motivo: str = "") -> m.AnexoPublicado:
    return anexos.publicar_completo(anexo, reparto.cuentas["facilitadora"], JUEVES, motivo)


def retirar(anexo: m.Anexo, reparto: Reparto, motivo: str = "Se veía un dato.") -> m.AnexoPublicado:
    return anexos.retirar(anexo, reparto.cuentas["facilitadora"], JUEVES, motivo)


# --- publicar ---


def test_de_un_acta_publicada_ningun_anexo_es_publico_hasta_que_alguien_lo_decide(anexo: m.Anexo) -> None:
    assert not abre_cualquiera(anexo.archivo)
    assert anexos.renglon(anexo).dicho == "Sin publicar"


def test_testado_se_entrega_la_copia_y_el_original_sigue_reservado(anexo: m.Anexo, reparto: Reparto) -> None:
    marcar(anexo)
    fila = tapado(anexo, reparto)
    assert fila.archivo is not None
    assert abre_cualquiera(fila.archivo)
    assert not abre_cualquiera(anexo.archivo)
    assert DATO.encode() not in almacen.leer(fila.archivo)
    assert "padron" not in fila.archivo.nombre  # el nombre del original también podría decir el dato
    renglon = anexos.renglon(anexo)
    assert (renglon.estado, renglon.dicho) == ("testado", "Publicado con 1 dato testado")
    assert [(z["numero"], z["pagina"], z["motivo"]) for z in renglon.zonas] == [(1, 1, "Teléfono particular")]


def test_completo_se_entrega_tal_cual(anexo: m.Anexo, reparto: Reparto) -> None:
    fila = completo(anexo, reparto)
    assert fila.archivo == anexo.archivo
    assert abre_cualquiera(anexo.archivo)
    assert anexos.renglon(anexo).dicho == "Publicado completo"


def test_una_foto_completa_se_publica_sin_metadatos(reparto: Reparto) -> None:
    anexo = con_anexos(reparto, subir(foto(), "foto.jpg")).anexos.get()
    fila = completo(anexo, reparto)
    assert fila.archivo is not None
    assert fila.archivo != anexo.archivo
    assert b"Fulana" in almacen.leer(anexo.archivo)  # type: ignore[arg-type]
    assert b"Fulana" not in almacen.leer(fila.archivo)
    assert anexos.renglon(anexo).estado == "completo"
    assert list(constancia_de_anexos.fallas()) == []


def test_antes_de_publicarse_el_acta_se_puede_marcar_y_no_publicar(
    sin_publicar: m.Anexo, reparto: Reparto
) -> None:
    with pytest.raises(ValidationError, match="cuando el acta ya está publicada"):
        completo(sin_publicar, reparto)
    marcar(sin_publicar)
    with pytest.raises(ValidationError, match="cuando el acta ya está publicada"):
        tapado(sin_publicar, reparto)
    assert not m.AnexoPublicado.objects.exists()


def test_con_datos_marcados_no_se_publica_completo(anexo: m.Anexo, reparto: Reparto) -> None:
    marcar(anexo)
    with pytest.raises(ValidationError, match="publícalo testado"):
        completo(anexo, reparto)
    assert not abre_cualquiera(anexo.archivo)


def test_sin_marcas_no_hay_copia_testada_que_publicar(anexo: m.Anexo, reparto: Reparto) -> None:
    with pytest.raises(ValidationError, match="No has marcado"):
        tapado(anexo, reparto)


def test_sin_archivo_se_dice(reparto: Reparto) -> None:
    anexo = con_anexos(reparto, None).anexos.get()
    with pytest.raises(ValidationError, match="Falta el archivo"):
        completo(anexo, reparto)


def test_lo_que_no_se_puede_testar_se_publica_completo(reparto: Reparto) -> None:
    anexo = con_anexos(reparto, subir(b"clave,valor\n1,2\n", "datos.csv")).anexos.get()
    [impide] = anexos.lo_que_impide(anexos.renglon(anexo), anexos.TESTADO, con_acta=True)
    assert "Conviértelo a PDF" in impide
    assert abre_cualquiera(completo(anexo, reparto).archivo)


def test_si_alguien_cambia_las_marcas_en_medio_no_se_publica(anexo: m.Anexo, reparto: Reparto) -> None:
    marcar(anexo)
    contenido, zonas = anexos.copia_publica(anexo)
    marcar(anexo, y=0.8, motivo="CURP")
    with pytest.raises(ValidationError, match="cambiaron"):
        anexos.publicar_testado(anexo, contenido, zonas, None, JUEVES)
    assert (m.AnexoPublicado.objects.count(), CopiaPublica.objects.count()) == (0, 0)


# --- sustituir y retirar ---


def test_sustituir_pide_motivo_y_lo_anterior_deja_de_entregarse(anexo: m.Anexo, reparto: Reparto) -> None:
    completo(anexo, reparto)
    marcar(anexo)
    with pytest.raises(ValidationError, match="por qué"):
        tapado(anexo, reparto)
    assert abre_cualquiera(anexo.archivo)
    nueva = tapado(anexo, reparto, "Se veía un teléfono.")
    assert not abre_cualquiera(anexo.archivo)
    assert abre_cualquiera(nueva.archivo)


def test_retirado_nadie_lo_abre_y_puede_volver_a_publicarse(anexo: m.Anexo, reparto: Reparto) -> None:
    publicado = completo(anexo, reparto)
    with pytest.raises(ValidationError, match="por qué"):
        retirar(anexo, reparto, "  ")
    retirar(anexo, reparto)
    assert not abre_cualquiera(publicado.archivo)
    assert anexos.renglon(anexo).dicho == "Retirado"
    with pytest.raises(ValidationError, match="No está publicado"):
        retirar(anexo, reparto)
    marcar(anexo)
    assert abre_cualquiera(tapado(anexo, reparto, "Ya sin el dato.").archivo)


def test_publicar_dos_veces_lo_mismo_no_deja_dos_filas(anexo: m.Anexo, reparto: Reparto) -> None:
    completo(anexo, reparto)
    with pytest.raises(ValidationError, match="exactamente así"):
        completo(anexo, reparto, "Otra vez.")
    assert m.AnexoPublicado.objects.count() == 1


def test_lo_retirado_sale_tambien_de_la_vitrina_de_nginx(
    anexo: m.Anexo, reparto: Reparto, settings: Settings, django_capture_on_commit_callbacks: object
) -> None:
    settings.ENTREGA_INTERNA = "/interno/"
    archivo = completo(anexo, reparto).archivo
    assert archivo is not None
    vitrina.exponer(archivo)
    ligas: Path = almacen.raiz() / vitrina.PUBLICOS
    assert len(list(ligas.iterdir())) == 1
    retirar(anexo, reparto)
    assert list(ligas.iterdir()) == []


def test_el_anexo_publicado_no_se_puede_quitar_de_la_sesion(anexo: m.Anexo, reparto: Reparto) -> None:
    completo(anexo, reparto)
    with pytest.raises(models.ProtectedError):
        anexo.delete()


# --- lo que consta ---


def test_el_registro_guarda_las_huellas_y_ningun_texto(anexo: m.Anexo, reparto: Reparto) -> None:
    from stl_portal.sello.models import Eslabon

    marcar(anexo)
    fila = tapado(anexo, reparto)
    eslabon = Eslabon.objects.get(n=fila.eslabon)
    assert anexo.archivo is not None
    assert fila.archivo is not None
    assert anexo.archivo.huella in eslabon.payload
    assert hashlib.sha256(almacen.leer(fila.archivo)).hexdigest() in eslabon.payload
    assert [dicho for dicho in ("Teléfono", anexo.titulo, DATO) if dicho in eslabon.payload] == []
    retirado = retirar(anexo, reparto)
    assert Eslabon.objects.get(n=retirado.eslabon).tipo == "anexo-retirado"
    assert list(constancia_de_anexos.fallas()) == []
    assert constancia_de_anexos.fallas in VERIFICADORES


def test_la_base_impide_cambiar_y_borrar_lo_publicado(anexo: m.Anexo, reparto: Reparto) -> None:
    completo(anexo, reparto)
    for orden in (
        "UPDATE sesiones_anexopublicado SET motivo = 'otro'",
        "DELETE FROM sesiones_anexopublicado",
    ):
        with (
            pytest.raises(IntegrityError, match="sellad"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(orden)


@pytest.mark.parametrize(
    "que", ["archivo", "motivo", "publicado_el", "publicado_por", "eslabon", "zonas", "fila"]
)
def test_cada_cambio_por_debajo_se_detecta(anexo: m.Anexo, reparto: Reparto, que: str) -> None:
    marcar(anexo)
    fila = tapado(anexo, reparto)
    quitar_las_de_lo_sellado(connection)
    filas = m.AnexoPublicado.objects.filter(pk=fila.pk)
    cambios: dict[str, dict[str, Any]] = {
        "archivo": {"archivo": anexo.archivo},
        "motivo": {"motivo": "Otro"},
        "publicado_el": {"publicado_el": JUEVES.replace(year=2020)},
        "publicado_por": {"publicado_por": reparto.cuentas["colega"]},
        "eslabon": {"eslabon": 999},
    }
    if que == "fila":
        filas.delete()
    elif que == "zonas":
        CopiaPublica.objects.update(zonas=[])
    else:
        filas.update(**cambios[que])
    assert list(constancia_de_anexos.fallas()) != []
