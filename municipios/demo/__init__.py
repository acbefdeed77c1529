"""Lo municipal de la demostración: los `.toml` son los datos."""
