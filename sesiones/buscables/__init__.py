"""Lo que de las sesiones se encuentra en el buscador, y con qué filas cambia."""
