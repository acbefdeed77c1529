"""Los registros del órgano: una sola forma de listar, agregar, corregir y terminar para todos."""
