"""Las páginas de las sesiones a las que el buscador lleva directo, y con qué palabras se piden."""

from stl_portal.buscador.secciones import apuntar_seccion


def registrar() -> None:
    """Repetirlo no las duplica."""
    apuntar_seccion("Sesiones y actas", "/sesiones/", "sesiones", "actas", "orden del día", "minutas")
    apuntar_seccion(
        "Acuerdos: qué se decidió y qué se cumplió",
        "/acuerdos/",
        *("acuerdos", "qué decidió", "decisiones", "cumplidos", "cumplió", "pendientes", "vencidos"),
    )
    apuntar_seccion(
        "Integrantes: quiénes son y quién asiste",
        "/integrantes/",
        *("integrantes", "quién integra", "titulares", "suplentes", "quién faltó", "quién asiste", "faltas"),
    )
    apuntar_seccion(
        "Verificar un documento", "/verificar/", "verificar", "auténtico", "falso", "firma válida"
    )
