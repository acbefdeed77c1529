"""Lo que las sesiones aportan al informe anual: solo de lo concluido y publicado, sin lo testado."""
