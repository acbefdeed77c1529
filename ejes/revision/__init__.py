"""Revisar, dictaminar y publicar los reportes."""
