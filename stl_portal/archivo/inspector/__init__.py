"""Lectores que corren en un proceso aparte: si un archivo los tumba, el portal ni se entera."""
