"""La interfaz de lectura `/api/v1/`: las mismas filas de los conjuntos, para programas."""
