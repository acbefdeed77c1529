"""Lo que el personal captura de los municipios con las listas y formas que comparten los registros."""
