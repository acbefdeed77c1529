/**
 * Un botón de la mesa vuelve a pintar la página; lo que se llevaba escrito en las demás formas
 * (un acuerdo a medias mientras se anota una votación) se conserva y su renglón queda abierto.
 */

let apartado = [];

/** Se queda escuchando los cambios de la mesa. */
export function conservarEscrito() {
  document.addEventListener("htmx:beforeSwap", (evento) => {
    const { target, shouldSwap, requestConfig } = evento.detail;
    if (target?.id === "mesa" && shouldSwap) apartado = escritos(requestConfig?.elt.closest?.("form"));
  });
  document.addEventListener("htmx:afterSettle", reponer);
}

/** Los campos cambiados de las formas que no se enviaron y que no se guardan solas. */
function escritos(enviada) {
  return [...document.querySelectorAll("#mesa form:not([data-autoguardado])")]
    .filter((forma) => forma !== enviada)
    .flatMap((forma) => [...forma.elements].filter(cambio).map((campo) => senas(forma, campo)));
}

function cambio(campo) {
  if (!campo.name || ["hidden", "submit", "button", "file"].includes(campo.type)) return false;
  if (["checkbox", "radio"].includes(campo.type)) return campo.checked !== campo.defaultChecked;
  if (campo.localName !== "select") return campo.value !== campo.defaultValue;
  const inicial = [...campo.options].findIndex((opcion) => opcion.defaultSelected);
  return campo.selectedIndex !== Math.max(inicial, 0);
}

function senas(forma, campo) {
  return {
    accion: forma.getAttribute("action"),
    nombre: campo.name,
    valor: campo.value,
    marcado: campo.checked,
    casilla: ["checkbox", "radio"].includes(campo.type),
  };
}

function reponer() {
  const campos = apartado;
  apartado = [];
  for (const guardado of campos) {
    const forma = document.querySelector(`#mesa form[action="${CSS.escape(guardado.accion)}"]`);
    const iguales = [...(forma?.elements ?? [])].filter((campo) => campo.name === guardado.nombre);
    const campo = guardado.casilla ? iguales.find((uno) => uno.value === guardado.valor) : iguales[0];
    if (!campo) continue;
    if (guardado.casilla) campo.checked = guardado.marcado;
    else campo.value = guardado.valor;
    campo.closest("details")?.setAttribute("open", "");
  }
}
