"""Cómo se sabe qué hace el portal: números de referencia, registros, si está listo y cifras."""
