"""El acta: hechos de la sesión → prosa formal → párrafos editables → HTML y PDF."""
