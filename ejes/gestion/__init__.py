"""Administrar los planes: su tablero, sus versiones, su publicación."""
