"""Motor de documentos: de HTML a un PDF archivable y accesible, con renglones citables."""
