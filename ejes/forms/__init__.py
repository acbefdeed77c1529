"""Lo que se captura del plan: un módulo por quien lo captura."""
