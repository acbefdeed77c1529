"""Por qué no se aceptó una firma, un certificado o un archivo; cada motivo con su frase.

La frase se muestra tal cual a la persona. Ninguna incluye su RFC ni su CURP.
"""

from datetime import datetime

from django.utils import timezone

from stl_portal.espanol import fecha_larga


class FirmaRechazada(ValueError):
    """Algo de la firma no se puede aceptar; `frase` lo dice en palabras llanas. El archivo no cambió."""

    frase = "La firma no se puede aceptar."

    def __init__(self, frase: str = "") -> None:
        self.frase = frase or self.frase
        super().__init__(self.frase)


class PeticionMalHecha(FirmaRechazada):
    """Lo recibido no tiene la forma que manda la página: falta el archivo, es enorme o no está codificado."""


class CertificadoIlegible(FirmaRechazada):
    """Los bytes no son un certificado X.509."""

    frase = "Ese archivo no es un certificado. Elige el que termina en .cer; el .key va en el otro campo."


class CertificadoVencido(FirmaRechazada):
    """La vigencia terminó antes del instante en que se firma."""

    def __init__(self, hasta: datetime) -> None:
        super().__init__(f"Tu certificado venció el {_dia(hasta)}. Renuévalo para poder firmar con él.")


class CertificadoFuturo(FirmaRechazada):
    """La vigencia aún no empieza en el instante en que se firma."""

    def __init__(self, desde: datetime) -> None:
        super().__init__(f"Tu certificado empieza a valer el {_dia(desde)}; todavía no puedes firmar con él.")


class EsSelloDigital(FirmaRechazada):
    """Es un Certificado de Sello Digital (CSD): sirve para facturar, no para firmar como persona."""

    frase = (
        "Ese certificado es un sello digital (CSD), el que se usa para facturar. "
        "Para firmar un acta se necesita tu e.firma personal."
    )


class EsPersonaMoral(FirmaRechazada):
    """La e.firma pertenece a una persona moral."""

    frase = "Ese certificado es de una persona moral. El acta la firma cada persona con su propia e.firma."


class UsoNoPermitido(FirmaRechazada):
    """El certificado no declara uso de firma y no repudio, o es el de una autoridad."""

    frase = "Ese certificado no se emitió para firmar documentos. Usa el de tu e.firma."


class LlaveDebil(FirmaRechazada):
    """Llave que no es RSA o mide menos de 2048 bits."""

    frase = "La llave de ese certificado es demasiado débil (menos de 2048 bits). Renueva tu e.firma."


class EmisorDesconocido(FirmaRechazada):
    """Ninguna cadena llega a las autoridades que el órgano reconoce."""

    def __init__(self, emisor: str) -> None:
        super().__init__(
            f"Ese certificado lo emitió «{emisor}», que no está entre las autoridades reconocidas."
        )


class DeOtraPersona(FirmaRechazada):
    """El RFC o la CURP del certificado no son los de quien debe firmar."""

    frase = "Ese certificado es de otra persona. Firma con la e.firma de quien aparece en el acta."


class SinIdentidad(FirmaRechazada):
    """No hay RFC ni CURP en común con qué comparar."""

    frase = (
        "No se puede comprobar de quién es ese certificado: falta su RFC o su CURP, o no están en tu "
        "registro. Pide al personal técnico que revise tus datos."
    )


class PdfIlegible(FirmaRechazada):
    """El archivo no es un PDF que se pueda leer."""

    frase = "El archivo no es un PDF que se pueda leer; quizá está incompleto."


class CampoInexistente(FirmaRechazada):
    """El PDF no tiene un espacio de firma con ese nombre."""

    frase = "El documento no tiene un espacio de firma para esta persona."


class CampoFirmado(FirmaRechazada):
    """El espacio de esa persona ya tiene firma."""

    frase = "Esta persona ya firmó el documento; no hace falta firmar otra vez."


class DocumentoCerrado(FirmaRechazada):
    """El órgano ya puso su sello: nada se agrega después."""

    frase = "El documento ya está sellado y publicado; no admite más firmas."


class PreparacionVencida(FirmaRechazada):
    """El archivo cambió entre que se preparó la firma y llegó."""

    frase = "Alguien más firmó mientras tanto y el documento cambió. Vuelve a firmar: tu llave sigue lista."


class FirmaAlterada(FirmaRechazada):
    """La firma no corresponde al certificado y a lo que se pidió firmar."""

    frase = "La firma no corresponde al certificado o al documento. No se guardó; vuelve a intentarlo."


class SinSello(FirmaRechazada):
    """No está configurado el sello del órgano, o su archivo no se puede abrir."""

    frase = "El sello del órgano no está configurado o no se puede abrir; avisa a quien administra el portal."


def _dia(instante: datetime) -> str:
    return fecha_larga(timezone.localtime(instante).date())
