"""Capacitaciones, eventos y métricas."""
