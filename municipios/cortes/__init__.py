"""Los cortes municipales: prepararlos, compararlos, publicarlos, reconocerlos."""
