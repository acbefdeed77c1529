"""Con qué variables el almacén es un cubo S3, y qué le falta a un entorno a medias."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from stl_portal import secretos
from stl_portal.archivo import ajustes

from .servicio import Cubo

COMPLETO = Cubo("https://s3.example.org", "archivos").entorno()


def test_sin_variables_es_el_disco_y_con_todas_el_cubo() -> None:
    vacias = dict.fromkeys(COMPLETO, "")
    assert ajustes.del_entorno(vacias) == {"BACKEND": "stl_portal.archivo.disco.EnDisco"}
    dicho = ajustes.del_entorno(COMPLETO)
    assert dicho["BACKEND"] == "stl_portal.archivo.cubo.EnCubo"
    assert list(dicho["OPTIONS"].values()) == list(COMPLETO.values())


@pytest.mark.parametrize("falta", secretos.DEL_ALMACEN)
def test_a_medias_no_arranca_y_nombra_la_que_falta(falta: str) -> None:
    entorno = COMPLETO | {falta: ""}
    frase = f"falta {falta}, que el almacén S3 necesita"
    with pytest.raises(ImproperlyConfigured, match=f"El portal no arranca: {frase}."):
        ajustes.del_entorno(entorno)
    assert [dicha for dicha in secretos.objeciones(entorno) if "S3" in dicha] == [frase]


@pytest.mark.parametrize(
    ("variable", "valor", "frase"),
    [
        ("ALMACEN_S3_SECRETO", "minioadmin", "ALMACEN_S3_SECRETO trae un valor de ejemplo"),
        ("ALMACEN_S3_LLAVE", "AKIAIOSFODNN7EXAMPLE", "ALMACEN_S3_LLAVE trae un valor de ejemplo"),
        (
            "ALMACEN_S3_URL",
            "http://s3.example.org",
            "ALMACEN_S3_URL debe empezar con https://: los archivos viajarían sin cifrar",
        ),
        ("ALMACEN_S3_URL", "http://127.0.0.1:9000", None),
        ("ALMACEN_S3_URL", "https://s3.example.org", None),
    ],
)
def test_en_produccion_no_se_admite_lo_de_muestra_ni_lo_que_va_sin_cifrar(
    variable: str, valor: str, frase: str | None
) -> None:
    dichas = [d for d in secretos.objeciones(COMPLETO | {variable: valor}) if "ALMACEN_S3" in d]
    assert dichas == ([frase] if frase else [])
