"""El informe anual de actividades de un órgano: se arma de lo que consta, se publica y ya no cambia."""
