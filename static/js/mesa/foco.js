/**
 * Al cambiar la mesa por htmx, el foco regresa al mismo control; quien usa teclado o lector de
 * pantalla no vuelve al principio de la página. Un aviso de error o de conflicto lo recibe primero.
 */

let ultimo = null;

/** Se queda escuchando los cambios de la mesa. */
export function prepararFoco() {
  document.addEventListener("htmx:beforeSwap", (evento) => {
    if (evento.detail.target?.id === "mesa") ultimo = senas(document.activeElement);
  });
  document.addEventListener("htmx:afterSettle", restaurar);
}

/** Cómo reconocer un control después de que la página se pintó otra vez. */
function senas(elemento) {
  if (!elemento?.closest("#mesa")) return null;
  const forma = elemento.closest("form");
  return {
    id: elemento.id,
    etiqueta: elemento.localName,
    accion: forma?.getAttribute("action") ?? "",
    nombre: elemento.getAttribute("name") ?? "",
    valor: elemento.localName === "button" ? elemento.getAttribute("value") ?? "" : "",
    enlace: elemento.getAttribute("href") ?? "",
    seccion: elemento.closest("section")?.getAttribute("aria-labelledby") ?? "",
  };
}

function restaurar() {
  const buscado = ultimo;
  ultimo = null;
  const mesa = document.getElementById("mesa");
  if (!mesa || !buscado) return;
  const urgente = mesa.querySelector(".resumen-errores, .conflicto[autofocus]");
  const activo = document.activeElement;
  if (!urgente && activo && activo !== document.body && mesa.contains(activo)) return;
  const destino = urgente ?? igual(mesa, buscado) ?? titulo(mesa, buscado.seccion);
  if (!destino) return;
  if (destino.tabIndex < 0) destino.setAttribute("tabindex", "-1");
  destino.focus({ preventScroll: !urgente });
}

function igual(mesa, buscado) {
  if (buscado.id) return document.getElementById(buscado.id);
  return [...mesa.querySelectorAll(buscado.etiqueta)].find((otro) => {
    const suyas = senas(otro);
    return ["accion", "nombre", "valor", "enlace"].every((clave) => suyas[clave] === buscado[clave]);
  });
}

function titulo(mesa, id) {
  return id ? mesa.querySelector(`#${CSS.escape(id)}`) : null;
}
