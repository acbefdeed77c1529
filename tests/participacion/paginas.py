"""Las páginas de la participación que se recorren, con algo que ver en cada una."""

from stl_portal.participacion.models import Pregunta
from tests.participacion import fabricas

DE_QUE = ("compromiso", "demo/1.1")


def publicas() -> list[str]:
    """La lista, la forma, una sin responder, una corregida, una retirada y las ligas de quien preguntó."""
    objeto = fabricas.objeto_de(*DE_QUE)
    vencida = fabricas.publicada(objeto)
    corregida = fabricas.respondida(objeto)
    corregida.corregir(None, "Se termina **mañana**.", fabricas.FIRMA, corregida.recibida_el)
    retirada = fabricas.publicada(objeto)
    retirada.retirar(None, "Traía el domicilio de una persona.", retirada.recibida_el)
    por_confirmar, rechazada = fabricas.crear_pregunta(objeto), fabricas.confirmada(objeto)
    rechazada.rechazar(None, "ajena", "No trata de esto.", rechazada.recibida_el)
    suyas = [f"/preguntas/confirmar/{p.llave}/" for p in (por_confirmar, rechazada, vencida)]
    con_folio = [f"/preguntas/{p.folio}/" for p in (vencida, corregida, retirada)]
    forma = f"/preguntas/{'/'.join(DE_QUE)}/nueva/"
    return ["/preguntas/", "/preguntas/?estado=vencidas", forma, "/preguntas/recibida/", *con_folio, *suyas]


def de_quien_atiende() -> list[str]:
    """La fila y una pregunta en cada momento."""
    objeto = fabricas.objeto_de(*DE_QUE)
    por_moderar, por_responder = fabricas.confirmada(objeto), fabricas.publicada(objeto)
    ya: list[Pregunta] = [fabricas.respondida(objeto)]
    suyas = [f"/gestion/preguntas/{p.pk}/" for p in (por_moderar, por_responder, *ya)]
    return ["/gestion/preguntas/", "/gestion/preguntas/?ver=atendidas", *suyas]
