"""Los datos abiertos de los municipios: un archivo por conjunto."""
