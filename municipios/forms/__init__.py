"""Lo que se captura de los municipios: un módulo por lo que se captura."""
