"""Lo que los certificados mexicanos escriben distinto de lo que asn1crypto espera."""

from asn1crypto import x509


def registrar() -> None:
    """Lee `x500UniqueIdentifier` (2.5.4.45) como texto, que es como la e.firma guarda ahí el RFC.

    La norma X.520 lo define como BIT STRING y asn1crypto falla al encontrar un texto; sin este ajuste
    ningún certificado del SAT se puede leer. Repetirlo no cambia nada.
    """
    x509.NameTypeAndValue._oid_specs["unique_identifier"] = x509.DirectoryString
