"""Direcciones de lo municipal."""
