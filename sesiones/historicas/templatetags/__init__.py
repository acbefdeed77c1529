"""Lo que las plantillas de las actas históricas necesitan."""
