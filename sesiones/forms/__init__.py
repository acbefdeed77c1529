"""Formularios: reciben y validan la forma; las reglas viven en modelos y módulos del dominio."""
