/**
 * Después de arrastrar un punto se dice cómo quedó y se ofrece deshacerlo. El envío es el de los botones
 * «Subir» y «Bajar», con `hacia=lugar`, `padre` y `lugar`.
 */

import { boton, crear } from "./dom.js";

let enviado = null; // el movimiento que espera a que el portal repinte el orden del día

/** Manda el punto a su lugar y recuerda dónde estaba. */
export function mover(punto, { padre, lugar }, deshace = false) {
  const antes = lugarDe(punto);
  if (antes.padre === padre && antes.lugar === lugar) return;
  enviado = { punto, antes, deshace };
  const forma = [...punto.querySelectorAll("form")].find((una) => una.getAttribute("action") === punto.dataset.mover);
  for (const [nombre, valor] of Object.entries({ hacia: "lugar", padre, lugar })) {
    forma.append(crear("input", { type: "hidden", name: nombre, value: valor }));
  }
  forma.requestSubmit();
}

/** De quién cuelga y en qué lugar entre sus hermanos, desde 1. */
function lugarDe(punto) {
  const { padre } = punto.dataset;
  const hermanos = [...punto.parentElement.querySelectorAll("li[data-punto]")].filter((uno) => uno.dataset.padre === padre);
  return { padre, lugar: hermanos.indexOf(punto) + 1 };
}

/** Si el orden ya se repintó, dice cómo quedó el punto que se movió. */
export function anunciarMovido() {
  if (!enviado || enviado.punto.isConnected) return;
  const { punto: viejo, antes, deshace } = enviado;
  enviado = null;
  const punto = document.getElementById(viejo.id);
  if (!punto || document.querySelector("#mesa .resumen-errores")) return;
  const voz = crear("div", { class: "aviso__texto", role: "status" });
  punto.closest("section").append(crear("div", { class: "aviso aviso--exito movido" }, voz));
  const frase = `${deshace ? "Punto regresado" : "Punto movido"}: quedó como ${designacion(punto)}.`;
  const acciones = deshace ? [] : [boton("Deshacer", () => mover(punto, antes, true))];
  // La región existe vacía un momento antes: así los lectores de pantalla sí anuncian lo que entra.
  setTimeout(() => voz.append(crear("span", {}, frase), ...acciones), 50);
}

/** La etiqueta con la de sus padres: «IV b)». */
function designacion(punto) {
  const padre = document.getElementById(`punto-${punto.dataset.padre}`);
  const etiqueta = punto.querySelector(".agenda__etiqueta").textContent.trim();
  return padre ? `${designacion(padre)} ${etiqueta}` : etiqueta;
}
