"""Lo que del plan de acción se exporta y se vuelve a importar: un recurso por tabla."""
