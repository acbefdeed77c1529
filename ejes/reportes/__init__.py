"""Preparar, sustentar y enviar un reporte bimestral."""
