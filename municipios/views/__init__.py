"""Páginas de lo municipal."""
