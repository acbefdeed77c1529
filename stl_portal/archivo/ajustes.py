"""Dónde se guardan los archivos: en el disco o, si el entorno lo dice, en un servicio que habla S3."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from stl_portal import secretos


def del_entorno(entorno: Mapping[str, str]) -> dict[str, Any]:
    """El almacén, como lo pide `STORAGES`. Lanza `ImproperlyConfigured` si al cubo le falta algo."""
    if not secretos.con_s3(entorno):
        return {"BACKEND": "stl_portal.archivo.disco.EnDisco"}
    if faltan := secretos.del_almacen(entorno):
        raise ImproperlyConfigured(f"El portal no arranca: {'; '.join(faltan)}.")
    return {
        "BACKEND": "stl_portal.archivo.cubo.EnCubo",
        "OPTIONS": {
            "bucket_name": entorno["ALMACEN_S3_CUBO"],
            "endpoint_url": entorno["ALMACEN_S3_URL"],
            "region_name": entorno["ALMACEN_S3_REGION"],
            "access_key": entorno["ALMACEN_S3_LLAVE"],
            "secret_key": entorno["ALMACEN_S3_SECRETO"],
        },
    }
