"""Quita de un archivo lo que no se publica. Corre en un proceso aparte: lo que lee es ajeno."""
