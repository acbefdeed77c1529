"""Lo que cualquiera lee de los municipios: mapa, tabla, ficha, datos."""
