"""Lo que cualquiera lee del plan, sus reportes y sus evidencias."""
