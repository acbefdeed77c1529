"""Los datos abiertos del plan de acción: un archivo por conjunto."""
