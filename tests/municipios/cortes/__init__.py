"""Los cortes municipales: prepararlos, publicarlos, compararlos y su demostración."""
