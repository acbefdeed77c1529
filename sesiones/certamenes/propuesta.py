"""Con qué nace una convocatoria: preguntas y criterios propuestos, que se cambian antes de publicar."""

PREGUNTAS: tuple[tuple[str, str, int], ...] = (
    ("¿Qué buscaba la práctica?", "El objetivo, en pocas palabras.", 500),
    ("¿Cómo estaban las cosas antes?", "El problema o la situación que había.", 500),
    ("¿Cuáles fueron sus hitos?", "Los productos o las actividades clave que la hicieron posible.", 250),
    (
        "¿Cómo contribuye a mejorar la vida de las personas o a resolver un problema público?",
        "Piensa en participación, transparencia, rendición de cuentas e innovación social o tecnológica.",
        700,
    ),
    ("¿Qué cambió después?", "Los resultados y beneficios, con la evidencia que los muestre.", 500),
)
CRITERIOS: tuple[tuple[str, str], ...] = (
    ("Participación ciudadana", "Qué tanto intervino la ciudadanía y con qué efecto."),
    ("Transparencia y acceso a la información", "Qué información se abrió y quién la pudo usar."),
    ("Rendición de cuentas", "Quién explica lo que hace, ante quién y cómo se le exige."),
    ("Innovación social", "Qué se hizo de un modo que antes no existía en esa comunidad."),
    ("Innovación tecnológica", "Qué tanto la tecnología ayudó a resolver el problema."),
)
PESO, ESCALA = 20, 10  # de cada criterio propuesto
