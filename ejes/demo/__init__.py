"""Los planes de la demostración: hechos y cifras de los documentos, con palabras propias."""
