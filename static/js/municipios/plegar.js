/**
 * En el teléfono cada municipio se ve en un renglón, con cuántas etapas lleva en cada avance, y se abre al
 * tocarlo. En pantalla grande los estilos no pliegan nada y el botón no se muestra.
 */

import { crear } from "../mesa/dom.js";

/** Pliega los municipios, salvo los que esperan una corrección o si es uno solo. */
export function plegar(forma) {
  const filas = [...forma.querySelectorAll("tbody tr")];
  if (filas.filter((fila) => !fila.hidden).length < 2) return;
  for (const fila of filas) if (!fila.querySelector("[aria-invalid]")) cerrar(fila);
}

function cerrar(fila) {
  const titulo = fila.querySelector("th");
  const abridor = crear("button", { type: "button", class: "matriz__abrir", "aria-expanded": "false" });
  abridor.append(crear("span", { class: "oculto" }, `Etapas de ${titulo.querySelector(".matriz__nombre").firstChild.textContent.trim()}`));
  abridor.addEventListener("click", () => mostrar(fila, fila.classList.contains("renglon--cerrado")));
  titulo.append(abridor);
  fila.classList.add("renglon--cerrado");
}

function mostrar(fila, abierta) {
  fila.classList.toggle("renglon--cerrado", !abierta);
  fila.querySelector(".matriz__abrir")?.setAttribute("aria-expanded", String(abierta));
}

/** Deja a la vista el renglón o la casilla, con su columna, aunque estuviera plegado o filtrado. */
export function descubrir(parte) {
  const fila = parte.closest("tr");
  fila.hidden = false;
  mostrar(fila, true);
  if (!parte.hidden) return;
  for (const celda of fila.closest("table").querySelectorAll(`[data-etapa="${CSS.escape(parte.dataset.etapa)}"]`)) celda.hidden = false;
}
