/**
 * Quién más está en el mismo punto. `[data-presencia]` trae la dirección que se consulta cada 15 s y
 * `[data-presencia-quienes]` es donde van los nombres. Respuesta: `{otras: [nombre], version}`.
 */

import { fichaVigente } from "./ficha.js";

const CADA = 15000; // milisegundos

let reloj = null;
let lugar = "";

/** Empieza a avisar que se está aquí; al cambiar de punto, avisa en el nuevo. */
export function prepararPresencia() {
  const actual = document.querySelector("[data-presencia]")?.dataset.presencia ?? "";
  if (actual === lugar) return; // la mesa se repintó en el mismo punto: el reloj ya corre
  lugar = actual;
  clearInterval(reloj);
  if (!lugar) return;
  reloj = setInterval(preguntar, CADA);
  preguntar();
}

async function preguntar() {
  const linea = document.querySelector("[data-presencia]");
  if (!linea || document.visibilityState === "hidden") return;
  try {
    const respuesta = await fetch(linea.dataset.presencia, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": fichaVigente(), "X-Autoguardado": "1" },
    });
    if (respuesta.ok && !respuesta.redirected) pintar(linea, (await respuesta.json()).otras);
  } catch {
    // Sin red no se sabe quién está; el guardado ya lo dice en su propia línea.
  }
}

function pintar(linea, otras) {
  const nombres = new Intl.ListFormat("es-MX").format(otras);
  const quienes = linea.querySelector("[data-presencia-quienes]");
  if (quienes.textContent !== nombres) quienes.textContent = nombres;
  linea.hidden = !otras.length;
}
