"""Lo que el personal captura del plan con las listas y formas que comparten los registros del órgano."""
