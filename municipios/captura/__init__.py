"""Capturar el avance de los municipios: una casilla, la matriz, lo pegado."""
