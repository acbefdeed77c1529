"""Lo que de los municipios se exporta y se vuelve a importar: un recurso por tabla."""
