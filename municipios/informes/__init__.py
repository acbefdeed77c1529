"""El informe trimestral: se escribe mes por mes, se entrega y se presenta en sesión como anexo."""
