"""Los formatos de transparencia: los mismos datos, con los encabezados que pide quien los recibe."""
