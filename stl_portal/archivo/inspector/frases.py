"""Frases de rechazo que dicen qué pasa y cómo remediarlo; las comparten varios lectores."""

MACROS = "El documento contiene macros. Guárdalo sin macros (.docx, .xlsx, .odt, .ods) y súbelo otra vez."
CONTRASENA = "El documento está protegido con contraseña. Guárdalo sin contraseña y súbelo otra vez."
PROTEGIDO = "El PDF limita imprimir, copiar o editar. Guárdalo sin esa protección y súbelo otra vez."
DANADO = "El documento está dañado o incompleto: no se pudo leer. Vuelve a guardarlo y súbelo otra vez."
BOMBA = "El documento crece demasiado al abrirse; puede estar dañado o hecho a propósito."
MEMORIA = "El archivo ocupa demasiada memoria al abrirse; puede estar dañado o hecho a propósito."
RUTAS = "El documento trae rutas que apuntan fuera de él."
OBJETO = "El documento lleva dentro un objeto de otro programa. Quítalo y súbelo otra vez."
ENTIDADES = "El documento trae definiciones XML peligrosas; vuelve a guardarlo con tu programa."
VINCULO_EXCEL = (
    "El documento toma datos de otro libro de Excel. "
    "En Excel: Datos, Editar vínculos, Romper vínculo; guarda y súbelo otra vez."
)
VINCULO = (
    "El documento se trae datos, imágenes u objetos de otro archivo o sitio. "
    "Pégalos dentro del documento y súbelo otra vez."
)
SIN_FINAL = "El PDF está incompleto: le falta el final. Vuelve a generarlo o a descargarlo."
CON_COLA = "El PDF trae otro contenido escondido después de su final."
PIXELES = "La imagen tiene demasiados píxeles; el máximo son {millones} millones. Redúcela y súbela otra vez."
NULOS = "El archivo no es texto simple: contiene bytes nulos. Si viene de Excel, guárdalo como «CSV UTF-8»."
OTRA_COSA = "El archivo dice ser {nombre} pero por dentro es otra cosa."
VIDEO_DANADO = "El video está dañado o incompleto: no se pudo leer. Vuelve a exportarlo y súbelo otra vez."
AUDIO_DANADO = "El audio está dañado o incompleto: no se pudo leer. Vuelve a exportarlo y súbelo otra vez."
ESCONDIDO = "El archivo trae escondido otro contenido ({que})."
