"""El secretariado municipal de León, ficticio: del municipio solo son ciertos su nombre y su clave."""
