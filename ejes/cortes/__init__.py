"""Los cortes del plan: tomarlos, armarlos, compararlos, publicarlos."""
