"""Lo que de las sesiones se exporta y se vuelve a importar: un recurso por tabla."""
