"""Un acta ficticia de ocho páginas, con todas las piezas, para probar y medir el motor."""

import datetime as dt
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from stl_portal.documentos.pdf import Adjunto, Documento, producir
from stl_portal.documentos.qr import qr_svg

RAIZ = Path(__file__).resolve().parents[2]
PLANTILLAS = [str(RAIZ / "templates"), str(Path(__file__).parent / "plantillas")]
TITULO = "Acta de la tercera sesión ordinaria de 2031"
DIRECCION = "https://portal.ejemplo.mx/verificar/7K2M-QX4D/"
FECHA = dt.datetime(2031, 3, 14, 18, 0, tzinfo=dt.UTC)
COPIA_JSON = Adjunto("acta.json", b'{"numero":3}', "El acta como datos", "Data")
COPIA_XML = Adjunto("acta.xml", b"<acta/>", "El acta en Akoma Ntoso", "Source")

LOGOTIPO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<circle cx="12" cy="12" r="11" fill="#1f3d36"/><path d="M7 17V8l5-3 5 3v9z" fill="#f3ecdd"/></svg>'
)

DATOS = [
    ("Fecha", "Viernes 14 de marzo de 2031"),
    ("Inicio", "10:00 horas"),
    ("Cierre", "11:42 horas"),
    (
        "Lugar",
        "Sala Juárez del Archivo Histórico, Calle de Ejemplo 12, y enlace por videoconferencia",
    ),
    ("Quórum", "Siete de nueve asientos; mitad más uno de los asientos ocupados"),
]

NOMBRES = [
    (
        "Lic. Amalia Ñáñez Güereca",
        "Presidenta del Consejo",
        "Poder Ejecutivo",
        "Titular",
    ),
    (
        "Mtro. Efraín Pérez Íñiguez",
        "Director de Archivos",
        "Poder Legislativo",
        "Suplente",
    ),
    ("Dra. Úrsula Castañón Olvera", "Magistrada", "Poder Judicial", "Titular"),
    (
        "C. Ramón Ibáñez Cuéllar",
        "Representante",
        "Asociación Vecinal de Ejemplo, A.C.",
        "Titular",
    ),
    (
        "Mtra. Sofía Zúñiga Arreola",
        "Coordinadora académica",
        "Universidad de Ejemplo",
        "Titular",
    ),
    ("Ing. Teodoro Magaña Luévano", "Regidor", "Municipio de Ejemplo", "Suplente"),
    (
        "C. Jimena Ávila Ordóñez",
        "Representante",
        "Cámara de Comercio de Ejemplo",
        "Titular",
    ),
    (
        "Lic. Olga Treviño Báez",
        "Facilitadora",
        "Secretariado Técnico de Ejemplo",
        "Facilitadora",
    ),
]

FRASES = [
    "{persona} da cuenta del oficio SEJ/UT/{folio}/2031, recibido el día anterior, y pide que su copia "
    "se agregue al acta como anexo para que cualquiera pueda consultarla.",
    "Explica que las siete instituciones entregaron sus avances dentro del plazo, que dos de ellas "
    "acompañaron evidencia fotográfica y que la universidad ofreció su plataforma para las capacitaciones "
    "que faltan; con ello se habrían atendido 38 de los 46 municipios.",
    "En uso de la voz, {persona} pregunta si la fecha de entrega puede recorrerse, porque la información "
    "del bimestre depende de un sistema que estará en mantenimiento entre el 20 y el 24 de marzo.",
    "La facilitadora responde que la prórroga debe acordarse en sesión y que, de aprobarse, el portal "
    "conservará la fecha original y la nueva, con la referencia al acuerdo que la concedió.",
    "Quienes integran el secretariado coinciden en que conviene publicar el calendario completo antes de "
    "que termine el mes, de modo que la ciudadanía sepa cuándo se presentará cada informe y pueda acudir.",
    "{persona} propone que el documento se difunda también en formato de lectura fácil y en audio, y "
    "ofrece que su institución revise la versión preliminar sin costo para el órgano.",
    "No habiendo más comentarios, la facilitadora somete el punto a consideración de las y los presentes.",
]

TEMAS = [
    "Pase de lista y declaración de quórum",
    "Lectura y, en su caso, aprobación del orden del día",
    "Aprobación del acta de la segunda sesión ordinaria",
    "Avances del bimestre enero-febrero",
    "Calendario de difusión del plan de acción",
    "Capacitación a los municipios",
    "Propuesta de convocatoria a prácticas exitosas",
    "Asuntos generales",
    "Lectura, aprobación y firma del acta",
]
ROMANOS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
ORDINALES = ["Primero", "Segundo", "Tercero", "Cuarto", "Quinto"]


def _parrafos(n: int) -> list[str]:
    """Párrafos distintos en cada punto: el mismo texto repetido mediría de menos."""
    personas = [persona for persona, *_ in NOMBRES]
    return [
        FRASES[(n + paso) % 7].format(persona=personas[(n * 3 + paso) % 8], folio=100 + 7 * n + paso)
        + " "
        + FRASES[(n * 2 + paso + 3) % 7].format(persona=personas[(n + paso * 5) % 8], folio=200 + n + paso)
        for paso in range(2 + n % 2)
    ]


def _punto(n: int, tema: str) -> dict[str, Any]:
    punto: dict[str, Any] = {
        "numero": ROMANOS[n],
        "titulo": tema,
        "parrafos": _parrafos(n),
    }
    if tema == "Asuntos generales":
        punto["incisos"] = [
            "Oficio del comité ciudadano",
            "Invitación al panel de justicia abierta",
        ]
        punto["cita"] = "«Lo que aquí se decida debe poder leerse mañana sin que nadie lo explique.»"
    if n % 2 == 0:
        punto["acuerdo"] = f"{ORDINALES[n // 2]} acuerdo"
        punto["texto_del_acuerdo"] = FRASES[4]
        punto["responsable"] = NOMBRES[n % 8][0]
    if n == 6:
        punto["votacion"] = [(dependencia, "A favor") for _, _, dependencia, _ in NOMBRES[:7]]
    return punto


def html_de_muestra(**cambios: Any) -> str:
    """El HTML del acta ficticia; `cambios` sustituye valores del contexto."""
    personas = [dict(zip(("nombre", "cargo", "dependencia", "calidad"), n, strict=True)) for n in NOMBRES]
    logotipo = "data:image/svg+xml;base64," + b64encode(LOGOTIPO.encode()).decode()
    contexto = {
        "titulo": TITULO,
        "organo": {
            "nombre": "Secretariado Técnico de Ejemplo",
            "sede": "Órgano ficticio para pruebas",
            "logotipo": logotipo,
        },
        "documento": TITULO,
        "codigo": "7K2M-QX4D",
        "datos": DATOS,
        "puntos": [_punto(n, tema) for n, tema in enumerate(TEMAS)],
        "firmantes": personas,
        "rubricas": [personas[0], personas[7]],
        "qr": qr_svg(DIRECCION),
        "direccion": DIRECCION,
    }
    motor = Engine(dirs=PLANTILLAS)
    return motor.get_template("acta_de_muestra.html").render(Context(contexto | cambios, use_l10n=False))


@cache
def muestra(*, renglones: bool = False, marca: str | None = None) -> Documento:
    """El acta ficticia ya compuesta; una sola vez por corrida, que componerla tarda."""
    return producir(html_de_muestra(), titulo=TITULO, renglones=renglones, marca=marca)


def breve(**cambios: Any) -> bytes:
    """Un documento corto con todas las piezas que podrían variar entre procesos."""
    opciones: dict[str, Any] = {"titulo": "Oficio", "fecha": FECHA, "adjuntos": [COPIA_JSON]}
    opciones |= {"renglones": True, "marca": "COPIA"} | cambios
    cuerpo = f"<h1>Oficio</h1><p>Se informa <i>lo</i> <b>siguiente</b>.</p>{qr_svg(DIRECCION)}"
    return producir(
        f"<html><body>{cuerpo}</body></html>", **({"titulo": "Oficio"} | opciones | cambios)
    ).contenido
