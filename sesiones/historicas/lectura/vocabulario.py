"""Palabras que nunca son el nombre de una persona, llanas y por qué no lo son."""


def _son(palabras: str) -> frozenset[str]:
    return frozenset(palabras.split())


# Con las que empieza el nombre de una institución.
INSTITUCIONES = _son(
    "academia agencia alianza asociacion auditoria ayuntamiento barra biblioteca cabildo camara centro "
    "colectiva colectivo colegio comision comite confederacion congreso consejeria consejo contraloria "
    "cooperativa coparmex corporativo delegacion despacho empresa escuela facultad federacion fiscalia "
    "frente fundacion gobierno grupo instituto junta legislatura municipio museo observatorio oficialia "
    "oficina organizacion organo patronato poder presidencia procuraduria red secretaria secretariado "
    "sindicato sistema sociedad teatro tecnologico tesoreria tribunal union universidad "
)
# Con las que empieza el de un área, que no es una institución.
AREAS = _son("area coordinacion departamento direccion jefatura subdireccion subsecretaria unidad ")
# Cargos y calidades.
CARGOS = _son(
    "asesor asesora auditor auditora comisionada comisionado consejera consejero contralor contralora "
    "coordinador coordinadora delegada delegado diputada diputado director directora encargada encargado "
    "enlace facilitador facilitadora gobernador gobernadora integrante integrantes invitada invitado jefa "
    "jefe magistrada magistrado moderador moderadora oficial ponente presidenta presidente propietaria "
    "propietario rector rectora regidor regidora representante responsable secretaria secretario sindica "
    "sindico subdirector subdirectora suplente tecnica tecnico tesorera tesorero titular vocal "
)
# Las demás con las que empieza un renglón o una frase.
AJENAS = _son(
    "a abierto accion acta acto acuerdo acuerdos ademas al anexo anexos aprobada aprobado articulo "
    "articulos asimismo asuntos atentamente avenida bienvenida calle caracter cargo cierre clausura "
    "colonia como con continuando convocatoria de declaracion dependencia desahogo diciembre el en enero "
    "esta estado este extraordinaria febrero fecha fin finalmente firma firmas gobierno hoja hora informe "
    "inicio institucion junio la las lectura ley lineamientos lista lo local los lugar marzo mayo no "
    "nombre noviembre numero octubre orden ordinaria palacio para pase plan por portal posteriormente "
    "presentes programa puesto punto que quorum registro reglamento respecto sala salon se septiembre "
    "sesion siendo sobre su taller tel toma total un una unanimidad votos zona "
)
