"""Firma electrónica avanzada: certificados X.509, firmas PAdES dentro del PDF y sello del órgano.

No guarda nada ni conoce sesiones o actas: recibe bytes y fechas, devuelve bytes y resultados. La
llave privada de una persona nunca llega aquí; se abre y se usa en su navegador.
"""

from stl_portal.firma import asn1

asn1.registrar()
