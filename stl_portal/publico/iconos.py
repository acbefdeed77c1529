"""Trazos de los iconos: formas propias y simples en una retícula de 24 × 24, línea de 2.

El color y el tamaño los pone la hoja de estilo (`.icono`); el significado, siempre el texto de al lado.
"""

# ruff: noqa: E501 — un trazo es un solo dato: partirlo en dos cadenas no lo hace más legible.
TRAZOS = {
    "abajo": "M12 5v14M6 13l6 6 6-6",
    "acuerdo": "M6 3h9l4 4v14H6zM9 13l2.5 2.5L16 11M9 7h4",
    "adelante": "M5 12h14M13 6l6 6-6 6",
    "anexo": "M20 11.5 11.5 20a5 5 0 0 1-7-7L13 4.5a3.4 3.4 0 0 1 4.8 4.8L9.5 17.6a1.6 1.6 0 0 1-2.3-2.3L15 7.5",
    "arriba": "M12 19V5M6 11l6-6 6 6",
    "asa": "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
    "atras": "M19 12H5M11 6l-6 6 6 6",
    "buscar": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21",
    "calendario": "M4 6h16v15H4zM4 11h16M8 3v5M16 3v5",
    "candado": "M6 11h12v10H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11M12 15v2.5",
    "circulo": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
    "cita": "M10 7H5v6h5v1c0 2-1 3-3 3.5M19 7h-5v6h5v1c0 2-1 3-3 3.5",
    "correo": "M3 6h18v13H3zM3 7l9 7 9-7",
    "cruz": "M6 6l12 12M18 6 6 18",
    "descargar": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "documento": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7",
    "editar": "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7 17 10.5",
    "info": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8h.01",
    "lugar": "M12 21c4-5 6.5-8.2 6.5-11.5a6.5 6.5 0 0 0-13 0C5.5 12.8 8 16 12 21zM12 7.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
    "mas": "M12 5v14M5 12h14",
    "media": "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
    "menos": "M5 12h14",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "mesa": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3h.01M12 21h.01M3 12h.01M21 12h.01M5.7 5.7h.01M18.3 18.3h.01M5.7 18.3h.01M18.3 5.7h.01",
    "nube": "M7 18a4 4 0 0 1-.5-8 6 6 0 0 1 11.4 1.5A3.4 3.4 0 0 1 17.5 18z",
    "novedades": "M5 19h.01M5 11a8 8 0 0 1 8 8M5 4a15 15 0 0 1 15 15",
    "ojo": "M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    "palomita": "M5 12.5l4.5 4.5L19 7.5",
    "persona": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 21a7.5 7.5 0 0 1 15 0",
    "reloj": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
    "rombo": "M12 3l9 9-9 9-9-9z",
    "salir": "M13 4H5v16h8M10 12h11M17 8l4 4-4 4",
    "sin_red": "M4 4l16 16M8.5 10.2A4 4 0 0 0 7 18h9.5M11 7.2a6 6 0 0 1 6.9 4.3 3.4 3.4 0 0 1 2.5 5",
    "triangulo": "M12 4 2.5 20h19zM12 10v4.5M12 17h.01",
    "voto": "M4 12v8h16v-8M8 12V4h8v8M2.5 12h19M10 8l1.5 1.5L14.5 6.5",
}
